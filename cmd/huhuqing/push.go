package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
)

// pushCmd is `huhuqing push`: what was sent to whom, and what became of it.
type pushCmd struct {
	List  pushList  `cmd:"" help:"${push_list}"`
	Show  pushShow  `cmd:"" help:"${push_show}"`
	Again pushAgain `cmd:"" help:"${push_again}"`
}

// pushStates are those that can be asked for.
var pushStates = []models.PushState{
	models.PushWaiting, models.PushSent, models.PushDelivered, models.PushRefused, models.PushFailed, models.PushUnsure, models.PushGivenUp,
	models.PushExpired, models.PushShown, models.PushVoid,
}

// operator sees all villages; the operator's tools stand beside the database.
func operator(area string) models.Actor {
	return models.Actor{PersonID: "operator", Role: models.RoleAdmin, Area: cmp.Or(area, models.Everywhere), Source: "tool"}
}

// pushList prints one line a push; no word of what it tells.
type pushList struct {
	State  []string `sep:"," placeholder:"S" help:"${push_state}"`
	Person string   `placeholder:"P" help:"${push_person}"`
	Since  string   `placeholder:"T" help:"${push_since}"`
	Area   string   `placeholder:"CODE" help:"${push_area}"`
	Limit  int      `default:"50" help:"${push_limit}"`
	Before string   `placeholder:"ID" help:"${push_before}"`
}

// Run prints a page, newest first.
func (c pushList) Run(ctx context.Context, p program, flags config.Flags) error {
	q, err := c.query(time.Now())
	if err != nil {
		return err
	}
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	list, more, err := r.store.Pushes().List(ctx, operator(c.Area), q)
	if err != nil {
		return pushError(err, c.Before)
	}
	if len(list) == 0 {
		_, _ = fmt.Fprintln(p.Err, say("push_none"))
		return nil
	}
	rows, names := [][]string{strings.Split(say("push_head"), "|")}, r.names(ctx)
	for _, x := range list {
		rows = append(rows, []string{
			x.ID, stamp(&x.CreatedAt), string(x.State), dash(x.Code), string(x.Kind), dash(string(x.Channel)), fmt.Sprint(x.Tries), names(x.PersonID), x.Village,
		})
	}
	if err := columns(p.Out, rows); err != nil {
		return err
	}
	if more {
		_, _ = fmt.Fprintln(p.Err, say("push_more", "id", list[len(list)-1].ID))
	}
	return nil
}

func (c pushList) query(now time.Time) (models.PushQuery, error) {
	q := models.PushQuery{PersonID: c.Person, Before: c.Before, Limit: c.Limit}
	for _, s := range c.State {
		if !slices.Contains(pushStates, models.PushState(s)) {
			return q, fmt.Errorf("%s", say("push_bad_state", "value", s, "states", strings.Join(asText(pushStates), " ")))
		}
		q.States = append(q.States, models.PushState(s))
	}
	if c.Since == "" {
		return q, nil
	}
	if back, err := time.ParseDuration(c.Since); err == nil {
		q.Since = now.Add(-back)
		return q, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.ParseInLocation(layout, c.Since, models.Zone); err == nil {
			q.Since = at
			return q, nil
		}
	}
	return q, fmt.Errorf("%s", say("push_bad_since", "value", c.Since))
}

// pushShow prints everything about one push.
type pushShow struct {
	ID   string `arg:"" help:"${push_id}"`
	Text bool   `help:"${push_text}"`
}

// Run leaves the words out unless they are asked for: they name households.
func (c pushShow) Run(ctx context.Context, p program, flags config.Flags) error {
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	x, err := r.store.Pushes().Push(ctx, operator(""), c.ID)
	if err != nil {
		return pushError(err, c.ID)
	}
	_, _ = fmt.Fprintln(p.Out, say("push_fields", "id", x.ID, "person", x.PersonID, "name", r.names(ctx)(x.PersonID), "village", x.Village,
		"kind", string(x.Kind), "count", fmt.Sprint(x.Count), "due", dash(string(x.Due)), "state", string(x.State), "code", x.Code,
		"channel", dash(string(x.Channel)), "tries", fmt.Sprint(x.Tries), "msg", dash(x.MsgID), "rid", dash(x.Rid),
		"made", stamp(&x.CreatedAt), "from", stamp(&x.NotBefore), "until", stamp(&x.Expires), "next", nextTry(x), "sent", stamp(x.SentAt), "ended", stamp(x.EndedAt)))
	if !c.Text {
		return nil
	}
	_, _ = fmt.Fprintf(p.Out, "\n%s\n%s\n", x.Title, x.Text)
	for _, tap := range x.Taps {
		_, _ = fmt.Fprintf(p.Out, "[%s] %s\n", tap.Label, tap.Say)
	}
	return nil
}

// names looks each person's name up once.
func (r *records) names(ctx context.Context) func(id string) string {
	known := map[string]string{}
	return func(id string) string {
		if _, ok := known[id]; !ok {
			person, err := r.store.People().Person(ctx, id)
			if known[id] = person.Name; err != nil {
				known[id] = id
			}
		}
		return known[id]
	}
}

func pushError(err error, id string) error {
	if models.CodeOf(err) == models.NotFound {
		return fmt.Errorf("%s", say("push_unknown_id", "id", id))
	}
	return err
}

func nextTry(x models.Push) string {
	if x.State != models.PushWaiting {
		return "-"
	}
	return stamp(&x.NextTry)
}

func stamp(at *time.Time) string {
	if at == nil || at.IsZero() {
		return "-"
	}
	return at.In(models.Zone).Format("2006-01-02 15:04:05")
}

func dash(s string) string { return cmp.Or(s, "-") }

func asText[T ~string](list []T) []string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, string(x))
	}
	return out
}
