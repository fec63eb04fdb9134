package reminders

import (
	"context"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
	"golang.org/x/sync/errgroup"
)

const (
	// page is how many households are asked for at a time.
	page = 200
	// overlap is how far before the last sweep one looks again for what was saved: a
	// transaction may commit after a sweep that began later than it.
	overlap = time.Hour
)

// sweep is one pass over what the day brings.
type sweep struct {
	*Service
	now    time.Time
	today  models.Date
	mu     sync.Mutex // guards the rest
	report *Report
	people map[string][]models.Person // by village
}

// Sweep brings the rows of every household, village and county whose day has come up to
// date, and those saved since the last sweep past the conversations.
func (s *Service) Sweep(ctx context.Context, now time.Time, r *Report) error {
	w := &sweep{Service: s, now: now, today: models.DayOf(now), report: r, people: map[string][]models.Person{}}
	if err := s.missing(ctx, now); err != nil {
		return err
	}
	if err := w.unwatched(ctx); err != nil {
		return err
	}
	orphans, err := s.o.Store.Reminders().Orphaned(ctx, s.o.Profile.ID, page)
	if err != nil {
		return err
	}
	if err := w.all(ctx, orphans); err != nil {
		return err
	}
	return w.watched(ctx)
}

// unwatched goes through what an import, or another program, has saved.
func (w *sweep) unwatched(ctx context.Context) error {
	rs, programme := w.o.Store.Reminders(), w.o.Profile.ID
	since, err := rs.SweptAt(ctx, programme)
	if err != nil {
		return err
	}
	if !since.IsZero() {
		since = since.Add(-overlap)
	}
	for after := ""; ; {
		ids, err := rs.Unwatched(ctx, programme, since, after, page)
		if err != nil {
			return err
		}
		if err := w.all(ctx, ids); err != nil {
			return err
		}
		if len(ids) < page {
			return rs.Swept(ctx, programme, earlier(w.now, w.o.Now()))
		}
		if w.full() {
			return nil
		}
		after = ids[page-1]
	}
}

// full reports whether a round has looked at enough. What is left has not moved on: the
// next round finds it.
func (w *sweep) full() bool { return w.o.AtOnce > 0 && w.report.Looked >= w.o.AtOnce }

// watched goes through what has its day. What was looked at has moved on; the cursor
// steps over what failed.
func (w *sweep) watched(ctx context.Context) error {
	for after := (models.Watch{}); ; {
		ws, err := w.o.Store.Reminders().Watched(ctx, w.o.Profile.ID, w.today, after, page)
		if err != nil {
			return err
		}
		things := make([]string, 0, len(ws))
		for _, one := range ws {
			things = append(things, one.Thing)
		}
		if err := w.all(ctx, things); err != nil {
			return err
		}
		if len(ws) < page || w.full() {
			return nil
		}
		after = ws[page-1]
	}
}

// all looks at a page of things: the areas first, then the households side by side,
// each of which is a few round trips to the database.
func (w *sweep) all(ctx context.Context, things []string) error {
	var households []string
	for _, thing := range things {
		if len(thing) == models.HouseholdDigits {
			households = append(households, thing)
		} else if err := w.look(ctx, thing); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(w.o.Beside)
	for _, id := range households {
		group.Go(func() error { return w.look(ctx, id) })
	}
	return group.Wait()
}

// look keeps one thing. Only a database that is away ends the sweep.
func (w *sweep) look(ctx context.Context, thing string) error {
	var err error
	switch len(thing) {
	case models.HouseholdDigits:
		err = w.household(ctx, thing)
	case models.VillageDigits:
		err = w.village(ctx, thing)
	case models.CountyDigits:
		err = w.county(ctx, thing)
	default:
		err = w.o.Store.Reminders().Drop(ctx, thing)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report.Looked++
	if err == nil {
		return nil
	}
	if code := models.CodeOf(err); code == models.Unavailable || ctx.Err() != nil {
		return err
	}
	w.report.Failed++
	w.o.Log.Error("not looked at for reminders", "comp", "reminders", "thing", thing, "code", models.CodeOf(err), "err", err)
	return nil
}

func (w *sweep) household(ctx context.Context, id string) error {
	by := models.Actor{Area: id[:models.VillageDigits]}
	d, err := w.o.Store.Households().Dossier(ctx, by, id, 0)
	if models.CodeOf(err) == models.NotFound {
		return w.o.Store.Reminders().Drop(ctx, id)
	}
	if err != nil {
		return err
	}
	people, err := w.officials(ctx, id[:models.VillageDigits])
	if err != nil {
		return err
	}
	watch, fresh := due.Watched(d, w.o.Profile, w.now, people)
	return w.keep(ctx, watch, fresh)
}

// village looks again every day: who can be reached changes without a record that does.
func (w *sweep) village(ctx context.Context, code string) error {
	by, p := models.Actor{Area: code}, w.o.Profile
	lights, err := w.o.Store.Households().Lights(ctx, by, p.ID, code)
	if err != nil {
		return err
	}
	deaf, err := w.o.Store.Reminders().Unreached(ctx, by, p.ID, w.today)
	if err != nil {
		return err
	}
	people, err := w.officials(ctx, code)
	if err != nil {
		return err
	}
	return w.keep(ctx, models.Watch{Programme: p.ID, Thing: code, Next: models.DayOf(w.now.AddDate(0, 0, 1))}, due.Village(code, lights, deaf, people, p, w.now))
}

// county looks again every week.
func (w *sweep) county(ctx context.Context, code string) error {
	people, err := w.officials(ctx, code+"000000") // no village of it has this code: only the county's own people
	if err != nil {
		return err
	}
	return w.keep(ctx, models.Watch{Programme: w.o.Profile.ID, Thing: code, Next: models.DayOf(w.now.AddDate(0, 0, 7))}, due.County(code, people, w.o.Profile, w.now))
}

// officials are who can answer for a village, asked for once a sweep.
func (w *sweep) officials(ctx context.Context, village string) ([]models.Person, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if people, ok := w.people[village]; ok {
		return people, nil
	}
	people, err := w.o.Store.People().Officials(ctx, models.Actor{Area: village}, village)
	if err == nil {
		w.people[village] = people
	}
	return people, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// keep writes the rows, and stops pushes that have lost their reason.
func (w *sweep) keep(ctx context.Context, watch models.Watch, fresh []models.Reminder) error {
	if real := models.DayOf(w.o.Now()); real < w.today {
		watch.Next = real // somebody looks ahead: the days until then are still to be looked at
	}
	pushes, err := w.o.Store.Reminders().Keep(ctx, watch, fresh, w.today, w.now)
	if err != nil || len(pushes) == 0 {
		return err
	}
	return w.o.Pushes(w.o.Store).Void(ctx, pushes)
}
