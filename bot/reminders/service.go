package reminders

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// Pushes is where pushes go and what became of them; models.Pushes fulfils it.
type Pushes interface {
	Put(ctx context.Context, pushes []models.Push) error
	Void(ctx context.Context, ids []string) error
	States(ctx context.Context, ids []string) (map[string]models.PushState, error)
}

// Options are what a Service is made of. All but Pushes and Every are required.
type Options struct {
	Store   models.Store
	Profile *models.Profile
	Now     func() time.Time
	Log     *slog.Logger
	// Pushes gives the pushes of a store, within its transaction; by default its own.
	Pushes func(models.Store) Pushes
	Every  time.Duration // how often a round is made; a minute by default
	// AtOnce bounds how many households, villages and counties one round looks at, so
	// that an import does not hold up the morning's lists; 0 for all of them.
	AtOnce int
	// Area bounds whom Tell tells: those of the area with that code; "" for everybody.
	Area string
	// Beside is how many households are looked at side by side; one by default, and
	// never more with a Store that is a transaction.
	Beside int
}

// Service works out what is due and makes pushes of it. It is safe for concurrent use.
type Service struct {
	o        Options
	calendar *due.Calendar
	texts    texts
	name     string // of this replica among those that may lead

	mu     sync.Mutex
	warned models.Date // the day on which a missing year was last said
}

// every is short enough that «8点» is 8 o'clock, and long enough to cost nothing.
const every = time.Minute

// New fails when an option is missing or the embedded data is wrong.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Profile == nil || o.Now == nil || o.Log == nil {
		return nil, errors.New("reminders: store, profile, clock and log are required")
	}
	if o.Pushes == nil {
		o.Pushes = func(s models.Store) Pushes { return s.Pushes() }
	}
	o.Beside = max(o.Beside, 1)
	if o.Every <= 0 {
		o.Every = every
	}
	c, err := due.Days()
	if err != nil {
		return nil, err
	}
	t, err := loadTexts()
	if err != nil {
		return nil, err
	}
	return &Service{o: o, calendar: c, texts: t, name: rand.Text()}, nil
}

// Report is what a round did.
type Report struct {
	Looked int           // households, villages and counties looked at
	Failed int           // of them could not be
	Pushes []models.Push // made by this round
}

// Round settles earlier pushes, looks at what the instant brings, also of what they did
// not tell, and makes those that are to go out now. What one household or one person fails at does not hold up the
// others; an error means that nothing more could be done, as with the database away.
func (s *Service) Round(ctx context.Context, now time.Time) (Report, error) {
	var r Report
	if err := s.Settle(ctx, now); err != nil {
		return r, err
	}
	if err := s.Sweep(ctx, now, &r); err != nil {
		return r, err
	}
	if err := s.Tell(ctx, now, &r); err != nil {
		return r, err
	}
	if r.Failed > 0 || len(r.Pushes) > 0 {
		s.o.Log.Info("reminders", "comp", "reminders", "looked", r.Looked, "failed", r.Failed, "pushes", len(r.Pushes))
	}
	return r, nil
}

// missing tells the operators, once, and the log, once a day, of years whose days off
// are not on file.
func (s *Service) missing(ctx context.Context, now time.Time) error {
	years, today := s.calendar.Missing(now), models.DayOf(now)
	s.mu.Lock()
	said := s.warned == today
	s.warned = today
	s.mu.Unlock()
	if len(years) == 0 || said {
		return nil
	}
	operators, err := s.o.Store.Reminders().Operators(ctx)
	if err != nil {
		return err
	}
	for _, year := range years {
		s.o.Log.Warn("no arrangement of days off for the year, weekends count as days off", "comp", "reminders", "year", year)
		var rows []models.Reminder
		for _, who := range operators {
			row := models.Reminder{
				Programme: s.o.Profile.ID, State: models.ReminderOpen, PersonID: who.ID, HouseholdID: ruleCalendar, Village: who.AreaCode,
				Thing: ruleCalendar, Rule: ruleCalendar, Step: strconv.Itoa(year), Level: models.County, Due: models.Date(fmt.Sprintf("%d-12-31", year)), On: today,
				Title: s.texts.say("rule.calendar", "title", strconv.Itoa(year)), Count: 1,
			}
			row.Name()
			rows = append(rows, row)
		}
		if err := s.o.Store.Reminders().Add(ctx, rows, now); err != nil {
			return err
		}
	}
	return nil
}

// ruleCalendar names what is said of a year that is not on file.
const ruleCalendar = "calendar"
