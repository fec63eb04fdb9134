package reminders

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// reported is how long the platform has to say what became of a push it took; after
// that «sent» is all there is to know.
const reported = 48 * time.Hour

// Settle asks what became of pushes. What expired before it went out is open again for
// the next list; what did not arrive stands with its reason and is shown when the
// person comes by, unless it gets through after all.
func (s *Service) Settle(ctx context.Context, now time.Time) error {
	rs := s.o.Store.Reminders()
	for after := (models.Telling{}); ; {
		ts, err := rs.Undecided(ctx, after, page)
		if err != nil || len(ts) == 0 {
			return err
		}
		ids := make([]string, 0, len(ts))
		for _, t := range ts {
			ids = append(ids, t.Push)
		}
		states, err := s.o.Pushes(s.o.Store).States(ctx, ids)
		if err != nil {
			return err
		}
		for _, t := range ts {
			if state, ok := settled(states, t, now); ok {
				if err := rs.Heard(ctx, t.Push, state); err != nil {
					return err
				}
			}
			after = t
		}
		if len(ts) < page {
			return nil
		}
	}
}

// settled is the outcome of a push, if it is known for good. One that nobody knows any
// more is as if it had expired: Put and the note are one transaction, so it was lost
// after that.
func settled(states map[string]models.PushState, t models.Telling, now time.Time) (models.PushState, bool) {
	state, known := states[t.Push]
	switch {
	case string(state) == t.Outcome:
		return "", false // nothing new; of an outcome that is known and a push that is not as well
	case !known:
		return models.PushExpired, t.Outcome == "" && now.Sub(t.At) > time.Hour
	case state == models.PushWaiting:
		return state, t.Outcome != "" // it is sent once more
	case state == models.PushSent:
		return state, now.Sub(t.At) > reported
	}
	return state, true
}
