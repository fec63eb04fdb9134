package reminders

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// maxADay is how many pushes one person gets in a day: the list, and two things that
// could not wait. What else comes is in the next list.
const maxADay = 3

// telling is one pass over the people with something open.
type telling struct {
	*Service
	now    time.Time
	today  models.Date
	report *Report
	places map[string]string // area code → name
}

// Tell makes the pushes that are to go out at this instant: none in quiet hours or on
// days off.
func (s *Service) Tell(ctx context.Context, now time.Time, r *Report) error {
	if quiet(now) || !s.calendar.Works(now) {
		return nil
	}
	t := &telling{Service: s, now: now, today: models.DayOf(now), report: r, places: map[string]string{}}
	rs, p := s.o.Store.Reminders(), s.o.Profile.ID
	if err := t.each(ctx, func(after string) ([]models.Listener, error) {
		return rs.Listeners(ctx, p, t.today, clockOf(now), after, page)
	}, false); err != nil {
		return err
	}
	return t.each(ctx, func(after string) ([]models.Listener, error) {
		return rs.Urgent(ctx, p, t.today, after, page)
	}, true)
}

// each tells page after page of people.
func (t *telling) each(ctx context.Context, next func(after string) ([]models.Listener, error), urgent bool) error {
	for after := ""; ; {
		ls, err := next(after)
		if err != nil {
			return err
		}
		for _, l := range ls {
			if err := t.person(ctx, l, urgent); err != nil {
				return err
			}
			after = l.Person.ID
		}
		if len(ls) < page {
			return nil
		}
	}
}

// person tells one person, unless they are talking with us this moment or have heard
// enough today.
func (t *telling) person(ctx context.Context, l models.Listener, urgent bool) error {
	if busy(l.Busy, t.now) || l.Told >= maxADay || !strings.HasPrefix(l.Person.AreaCode, t.o.Area) {
		return nil
	}
	rows, err := t.open(ctx, l, urgent)
	if err == nil && (len(rows) > 0 || !urgent) {
		err = t.push(ctx, l, rows, urgent)
	}
	var e *models.Error
	switch {
	case err == nil, errors.As(err, &e) && e.Code == models.Conflict && e.Key == "told":
		return nil // told by another replica, or not due any more: the next round knows
	case models.CodeOf(err) == models.Unavailable || ctx.Err() != nil:
		return err
	}
	t.report.Failed++
	t.o.Log.Error("not told", "comp", "reminders", "person", l.Person.ID, "code", models.CodeOf(err), "err", err)
	return nil
}

// open are the reminders the person wants to hear of now.
func (t *telling) open(ctx context.Context, l models.Listener, urgent bool) ([]models.Reminder, error) {
	all, err := t.o.Store.Reminders().Open(ctx, t.o.Profile.ID, l.Person.ID, t.today)
	var rows []models.Reminder
	for i := range all {
		if (!urgent || all[i].Urgent) && due.Wanted(l.Amount, &all[i], t.o.Profile, t.today) {
			rows = append(rows, all[i])
		}
	}
	return rows, err
}

// push notes what is told and puts the push, both or neither. A day without anything
// they want is noted as well: it is not looked at again every minute.
func (t *telling) push(ctx context.Context, l models.Listener, rows []models.Reminder, urgent bool) error {
	note := models.Telling{PersonID: l.Person.ID, Day: t.today, At: t.now}
	if urgent {
		note.N = l.Told
	}
	var pushes []models.Push
	if len(rows) > 0 {
		p, err := t.compose(ctx, l, rows, note.N)
		if err != nil {
			return err
		}
		note.Push, pushes = p.ID, []models.Push{p}
	}
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	err := t.o.Store.Atomically(ctx, func(s models.Store) error {
		if err := s.Reminders().Tell(ctx, note, ids); err != nil {
			return err
		}
		return t.o.Pushes(s).Put(ctx, pushes)
	})
	if err == nil {
		t.report.Pushes = append(t.report.Pushes, pushes...)
	}
	return err
}
