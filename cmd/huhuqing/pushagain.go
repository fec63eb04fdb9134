package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
)

// pushAgain wakes pushes that ended badly.
type pushAgain struct {
	IDs   []string `arg:"" optional:"" name:"id" help:"${push_id}"`
	Dead  bool     `help:"${push_dead}"`
	Twice bool     `help:"${push_twice}"`
}

// Run says of each push what it did. One that was named and is not sent again makes
// the command fail; of the dead letters the others just stay.
func (c pushAgain) Run(ctx context.Context, p program, flags config.Flags) error {
	if (len(c.IDs) > 0) == c.Dead {
		return fmt.Errorf("%s", say("push_which"))
	}
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	ids, old := c.IDs, 0
	if c.Dead {
		if ids, old, err = r.deadPushes(ctx, time.Now()); err != nil {
			return err
		}
	}
	left := false
	for _, id := range ids {
		text, err := c.one(ctx, r, id)
		left = left || err != nil
		if text == "" {
			return err
		}
		_, _ = fmt.Fprintln(p.Out, text)
	}
	if old > 0 {
		_, _ = fmt.Fprintln(p.Out, say("push_olds", "n", fmt.Sprint(old)))
	}
	if left && !c.Dead {
		return errFailed
	}
	return nil
}

// one wakes a push and says so, or why not; no text when the database fails.
func (c pushAgain) one(ctx context.Context, r *records, id string) (string, error) {
	err := r.store.Pushes().Again(ctx, operator(""), id, c.Twice, time.Now())
	var e *models.Error
	switch {
	case err == nil:
		return say("push_will", "id", id), nil
	case models.CodeOf(err) == models.NotFound:
		return say("push_unknown_id", "id", id), err
	case errors.As(err, &e) && e.Key == "push_unsure":
		return say("push_maybe", "id", id), err
	case errors.As(err, &e) && e.Key == "push_expired":
		return say("push_old", "id", id), err
	case models.CodeOf(err) == models.Conflict:
		states, _ := r.store.Pushes().States(ctx, []string{id})
		return say("push_not", "id", id, "state", string(states[id])), err
	}
	return "", err
}

// deadPushes are the ids of all dead letters, and how many of them are out of date.
func (r *records) deadPushes(ctx context.Context, now time.Time) (ids []string, old int, err error) {
	q := models.PushQuery{States: []models.PushState{models.PushFailed, models.PushGivenUp, models.PushUnsure}, Limit: 200}
	for more := true; more; {
		var page []models.Push
		if page, more, err = r.store.Pushes().List(ctx, operator(""), q); err != nil {
			return nil, 0, err
		}
		for _, x := range page {
			q.Before = x.ID
			if now.Before(x.Expires) {
				ids = append(ids, x.ID)
			} else {
				old++
			}
		}
	}
	return ids, old, nil
}
