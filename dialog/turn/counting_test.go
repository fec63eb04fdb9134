package turn_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// counting is a conversation whose session is the list of all texts received,
// and which answers with that list. Some texts make it misbehave.
type counting struct {
	quiet bool          // no effects: what a turn costs by itself
	slow  time.Duration // how long a slow turn takes, 1 s if not said
	asked atomic.Int64
	mu    sync.Mutex
	by    *models.Actor // of the last turn
}

const (
	crash        = "crash"         // panics
	crashEffect  = "crash effect"  // its effect panics
	fails        = "fails"         // returns an error that is no models.Error
	unavailable  = "unavailable"   // could not read the records
	slow         = "slow"          // takes a while
	meets        = "meets"         // its effect meets a conflict once
	meetsTwice   = "meets twice"   // also what Conflict proposes does
	forbiddenAct = "forbidden act" // its effect is refused
	forget       = "forget"
	rebind       = "rebind"
)

func (c *counting) Turn(ctx context.Context, session []byte, in dialog.Input, by *models.Actor, _ models.Repos, _ time.Time) (dialog.Result, error) {
	c.asked.Add(1)
	c.mu.Lock()
	c.by = by
	c.mu.Unlock()
	switch in.Text {
	case crash:
		panic("the person said: " + in.Text)
	case fails:
		return dialog.Result{}, fmt.Errorf("cannot")
	case unavailable:
		return dialog.Result{}, models.E(models.Unavailable, "read", nil)
	case slow:
		select {
		case <-time.After(cmp.Or(c.slow, time.Second)):
		case <-ctx.Done():
			return dialog.Result{}, ctx.Err()
		}
	}
	result, err := c.answer(session, in, in.Text)
	switch in.Text {
	case crashEffect, meets, meetsTwice, forbiddenAct:
		result.Effects = append(result.Effects, trouble{in.Text})
	case forget:
		result.Forget = true
	case rebind:
		result.Rebound = true
	}
	return result, err
}

func (c *counting) Conflict(_ context.Context, session []byte, in dialog.Input, _ *models.Actor, _ models.Repos, _ time.Time, conflict error) (dialog.Result, error) {
	if models.CodeOf(conflict) != models.Conflict {
		return dialog.Result{}, conflict
	}
	result, err := c.answer(session, in, "conflict seen")
	if in.Text == meetsTwice {
		result.Effects = append(result.Effects, trouble{in.Text})
	}
	return result, err
}

func (*counting) Sorry(code models.Code) dialog.Reply {
	return dialog.Reply{Text: "sorry: " + string(code)}
}

func (c *counting) answer(session []byte, in dialog.Input, text string) (dialog.Result, error) {
	var texts []string
	if session != nil {
		if err := json.Unmarshal(session, &texts); err != nil {
			return dialog.Result{}, err
		}
	}
	texts = append(texts, text)
	next, err := json.Marshal(texts)
	result := dialog.Result{Session: next, Reply: dialog.Reply{Text: strings.Join(texts, ",")}, Household: "h1"}
	if !c.quiet {
		result.Effects = []dialog.Effect{tally{in.User, text}}
	}
	return result, err
}

// tally adds a text to a list in the database. Doing it twice shows.
type tally struct{ user, text string }

func (tally) Kind() string { return "tally" }

func (e tally) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	d, err := r.Drafts().Take(ctx, e.user, "tally")
	if err != nil && models.CodeOf(err) != models.NotFound {
		return err
	}
	if by.Source == "" {
		return models.E(models.Internal, "tally", fmt.Errorf("without source"))
	}
	body := append(bytes.Clone(d.Body), e.text+","...)
	return r.Drafts().Put(ctx, models.Draft{User: e.user, Thing: "tally", Body: body, Version: 1, UpdatedAt: now})
}

// trouble is an effect that does what its name says.
type trouble struct{ how string }

func (trouble) Kind() string { return "trouble" }

func (e trouble) Apply(context.Context, models.Repos, models.Actor, time.Time) error {
	switch e.how {
	case crashEffect:
		panic("the person said something")
	case forbiddenAct:
		return models.E(models.Forbidden, "act", nil)
	}
	return &models.Error{Code: models.Conflict, Op: "save", Key: "household_moved"}
}
