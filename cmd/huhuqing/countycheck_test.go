package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/models"
)

// check holds the records against what people's screens showed.
func (c *county) check() {
	c.t.Helper()
	pushes := c.pushes()
	shown := c.shown(pushes)
	c.decent()
	states, twice := map[string]int{}, 0
	for id, p := range pushes {
		states[strings.TrimSpace(string(p.State)+" "+p.Code)]++
		if shown[id] > 1 {
			twice++
		}
		c.pushStands(p, shown[id])
	}
	for id, by := range c.told {
		n := 0
		for push := range by {
			n += shown[push]
		}
		if n > 1 {
			twice++
			c.t.Errorf("reminder %s reached its person %d times", id, n)
		}
	}
	rows, due := c.reminderRows(), 0
	fates := map[string]int{}
	for household, ids := range c.expected {
		for id := range ids {
			due++
			r, ok := rows[id]
			switch {
			case !ok && c.changed[household] == "":
				c.t.Errorf("in force and never written: %s of %s", id, household)
			case !ok:
				fates["changed the same day"]++
			default:
				fates[c.stands(r, household, pushes, shown)]++
			}
		}
	}
	c.t.Logf("%d households, %d measures; %d reminders due: %v", len(c.dossiers), 6*len(c.dossiers), due, sorted(fates))
	c.t.Logf("%d pushes: %v; %d shown; twice: %d", len(pushes), sorted(states), total(shown), twice)
	require.Zero(c.t, twice)
	require.Positive(c.t, fates["reached"])
}

func total(of map[string]int) (n int) {
	for _, one := range of {
		n += one
	}
	return n
}

func sorted(of map[string]int) (out []string) {
	for _, key := range slices.Sorted(maps.Keys(of)) {
		out = append(out, fmt.Sprintf("%s %d", key, of[key]))
	}
	return out
}

// pushes are all rows.
func (c *county) pushes() map[string]models.Push {
	c.t.Helper()
	out := map[string]models.Push{}
	for q := (models.PushQuery{Limit: 200}); ; {
		page, more, err := c.s.Pushes().List(c.t.Context(), models.Actor{Role: models.RoleAdmin, Area: "53"}, q)
		require.NoError(c.t, err)
		for _, p := range page {
			out[p.ID], q.Before = p, p.ID
		}
		if !more {
			return out
		}
	}
}

// shown is how often each push came to a screen. A template message is known by the id that the bot gave it, a
// customer-service message by its person, day and words; what is on a screen and belongs to no push is a fault.
func (c *county) shown(pushes map[string]models.Push) map[string]int {
	c.t.Helper()
	byMsgID, byDay := map[int64]string{}, map[string][]models.Push{}
	for _, p := range pushes {
		key := openID(p.PersonID) + string(models.DayOf(p.NotBefore))
		byDay[key] = append(byDay[key], p)
	}
	record := c.wechat.Record()
	for _, e := range record {
		if e.Kind == platform.EntryAPI && e.Path == templateSend && e.MsgID != 0 {
			var sent struct {
				ID string `json:"client_msg_id"`
			}
			require.NoError(c.t, json.Unmarshal([]byte(e.Got), &sent))
			byMsgID[e.MsgID] = sent.ID
		}
	}
	out := map[string]int{}
	for _, e := range record {
		if e.Kind != platform.EntryShown || e.Item.From != platform.FromAccount || e.Item.Via == platform.ViaReply {
			continue
		}
		id := byMsgID[e.Item.MsgID]
		if e.Item.Via == platform.ViaCustomer {
			for _, p := range byDay[e.OpenID+string(models.DayOf(e.At))] {
				if strings.HasPrefix(e.Item.Plain(), p.Text) {
					id = p.ID
				}
			}
		}
		if p, known := pushes[id]; !known || openID(p.PersonID) != e.OpenID {
			c.t.Errorf("%s has on the screen what is no push of theirs: %s", e.OpenID, e.Item.Plain())
		}
		out[id]++
	}
	return out
}

// decent: nothing is sent, and nothing shown, at night or on a day off.
func (c *county) decent() {
	c.t.Helper()
	for _, e := range c.wechat.Record() {
		send := e.Kind == platform.EntryAPI && (e.Path == templateSend || e.Path == customSend)
		if shown := e.Kind == platform.EntryShown && e.Item.From == platform.FromAccount && e.Item.Via != platform.ViaReply; !send && !shown {
			continue
		}
		hm := e.At.In(models.Zone).Format("15:04")
		if hm >= models.QuietFrom || hm < models.QuietTo || !c.calendar.Works(e.At) {
			c.t.Errorf("%s disturbed at %s", e.OpenID, e.At.In(models.Zone))
		}
	}
}

// pushStands holds the state of a push against how often it was shown.
func (c *county) pushStands(p models.Push, shown int) {
	c.t.Helper()
	want := 0
	switch {
	case p.State == models.PushDelivered || p.State == models.PushSent:
		want = 1
	case p.State == models.PushUnsure, p.State == models.PushShown && !platformRefused(p): // nobody can know: once or not at all
		want = min(shown, 1)
	}
	lasting := p.State != models.PushWaiting && (want == 1 || p.State == models.PushVoid || p.State == models.PushShown || p.Code != "")
	if shown != want || !lasting {
		c.t.Errorf("push %s stands as %s %q and was shown %d times", p.ID, p.State, p.Code, shown)
	}
}

// platformRefused: the platform said no, by a code of its own; any other code is of an answer that never came, and
// what became of that was told at the next contact.
func platformRefused(p models.Push) bool {
	_, err := strconv.Atoi(p.Code)
	return err == nil
}

// reminderRow is what became of a reminder.
type reminderRow struct{ id, person, state, why, push, on string }

func (c *county) reminderRows() map[string]reminderRow {
	c.t.Helper()
	found, err := c.rows.QueryContext(c.t.Context(), "SELECT id, person_id, state, why, push, on_day FROM reminders")
	require.NoError(c.t, err)
	defer func() { _ = found.Close() }()
	out := map[string]reminderRow{}
	for found.Next() {
		var r reminderRow
		require.NoError(c.t, found.Scan(&r.id, &r.person, &r.state, &r.why, &r.push, &r.on))
		out[r.id] = r
	}
	require.NoError(c.t, found.Err())
	return out
}

// expiredLately tells whether a list of the last days told a reminder and did not go out.
func (c *county) expiredLately(r reminderRow, pushes map[string]models.Push) bool {
	for id := range c.told[r.id] {
		if p := pushes[id]; p.State == models.PushExpired && c.last.Sub(p.NotBefore) < 72*time.Hour {
			return true
		}
	}
	return false
}

// stands is what became of a reminder; whatever is neither with its person nor has a reason is a fault.
func (c *county) stands(r reminderRow, household string, pushes map[string]models.Push, shown map[string]int) string {
	c.t.Helper()
	switch p, known := pushes[r.push]; models.ReminderState(r.state) {
	case models.ReminderTold:
		switch {
		case !known || p.PersonID != r.person:
		case shown[r.push] == 1:
			return "reached"
		case r.why != "":
			return "told, and stands: " + r.why
		case p.State != models.PushDelivered && p.State != models.PushSent && p.Code != "": // of today, not settled yet
			return "told, and its push stands: " + string(p.State)
		}
	case models.ReminderVoid:
		if r.why != "" {
			return "void: " + r.why
		}
	default:
		user, err := c.s.People().UserOf(c.t.Context(), r.person)
		switch {
		case err != nil || user == "":
			return "open: nobody is bound"
		case r.on >= string(models.DayOf(c.last.Add(-72*time.Hour))):
			return "open: since the last days"
		case c.changed[household] >= models.DayOf(c.last.Add(-72*time.Hour)): // its reason is there again
			return "open: changed in the last days"
		case c.expiredLately(r, pushes):
			return "open: its last list expired"
		}
	}
	c.t.Errorf("a reminder without a reason: %+v", r)
	return "no reason"
}
