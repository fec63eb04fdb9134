package reminders

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// Held is why nothing goes out to somebody at an instant; "" when it does.
type Held string

// The reasons.
const (
	HeldQuiet    Held = "quiet"    // quiet hours
	HeldDayOff   Held = "day_off"  // no working day
	HeldHour     Held = "hour"     // their hour has not come
	HeldBusy     Held = "busy"     // they are talking with us
	HeldUnwanted Held = "unwanted" // they do not want to hear of it
)

// Outlook is what one person has to hear of at an instant.
type Outlook struct {
	Person models.Person
	At     string // their hour
	Held   Held
	Items  []due.Item
}

// Outlook tells what is due for everybody who has not had their list of the day, and
// what would go out at the instant. It makes nothing; Sweep brings the rows up to date.
func (s *Service) Outlook(ctx context.Context, now time.Time) ([]Outlook, error) {
	t := &telling{Service: s, now: now, today: models.DayOf(now), report: new(Report), places: map[string]string{}}
	var out []Outlook
	for after := ""; ; {
		ls, err := s.o.Store.Reminders().Listeners(ctx, s.o.Profile.ID, t.today, "24:00", after, page)
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			one, err := t.outlook(ctx, l)
			if err != nil {
				return nil, err
			}
			if len(one.Items) > 0 {
				out = append(out, one)
			}
			after = l.Person.ID
		}
		if len(ls) < page {
			return out, nil
		}
	}
}

func (t *telling) outlook(ctx context.Context, l models.Listener) (Outlook, error) {
	o := Outlook{Person: l.Person, At: l.At, Held: t.held(l)}
	rows, err := t.open(ctx, l, false)
	if err == nil && len(rows) == 0 {
		o.Held = HeldUnwanted
		rows, err = t.o.Store.Reminders().Open(ctx, t.o.Profile.ID, l.Person.ID, t.today)
	}
	if err != nil {
		return o, err
	}
	place, err := t.placesOf(ctx, l.Person, rows)
	if err != nil {
		return o, err
	}
	o.Items = due.List(rows, t.o.Profile, t.today, place)
	return o, nil
}

// held is why a listener hears nothing now.
func (t *telling) held(l models.Listener) Held {
	switch {
	case quiet(t.now):
		return HeldQuiet
	case !t.calendar.Works(t.now):
		return HeldDayOff
	case l.At > clockOf(t.now):
		return HeldHour
	case busy(l.Busy, t.now):
		return HeldBusy
	}
	return ""
}

// Calendar is what the service goes by.
func (s *Service) Calendar() *due.Calendar { return s.calendar }
