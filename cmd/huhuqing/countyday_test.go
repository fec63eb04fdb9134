package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/models"
)

const (
	templateSend = "/cgi-bin/message/template/send"
	customSend   = "/cgi-bin/message/custom/send"
)

// day is one day: its rounds, and what people do and what goes wrong between them.
func (c *county) day(n int, day time.Time) {
	c.t.Helper()
	date := day.Format(time.DateOnly)
	c.last = day
	if n%7 == 0 {
		c.t.Logf("%s: %v; %d reminders, %d pushes", date, c.spent, c.count(c.t, "SELECT COUNT(*) FROM reminders"), c.count(c.t, "SELECT COUNT(*) FROM pushes"))
	}
	c.round(date+" 00:10", c.apps[n%2])
	if !c.calendar.Works(day.Add(12 * time.Hour)) {
		c.round(date+" 08:00", c.apps[n%2])
		return
	}
	c.round(date+" 07:29", c.apps[0])
	c.expect(day.Add(8 * time.Hour))
	c.misfortune(n)
	if n%6 == 1 { // a process that is killed while it sends
		c.delivers(date+" 07:31", c.killed(n), c.apps[0])
	} else {
		c.delivers(date+" 07:31", nil, c.apps[0])
	}
	if n%3 == 0 {
		c.set.set(date + " 07:50")
		c.talk(n)
	}
	c.delivers(date+" 08:00", func() { c.trouble(n) }, c.apps...)
	if n%5 == 2 { // the clock stepped back, into the quiet hours
		c.round(date+" 07:20", c.apps...)
		c.delivers(date+" 07:40", nil, c.apps[1])
	}
	c.delivers(date+" 08:20", nil, c.apps[1])
	c.change(1 + len(c.dossiers)/400)
	c.delivers(date+" 12:00", nil, c.apps...)
	c.tell(date)
	c.round(date+" 20:58", c.apps[1])
	c.round(date+" 23:50", c.apps[0])
}

// spend keeps count of the time.
func (c *county) spend(on string) (end func()) {
	began := time.Now()
	return func() { c.spent[on] += time.Since(began).Round(time.Millisecond) }
}

// round is made by one replica, or by both at the same instant.
func (c *county) round(when string, replicas ...*app) {
	c.t.Helper()
	c.set.set(when)
	defer c.spend("rounds " + when[11:])()
	var all sync.WaitGroup
	for _, a := range replicas {
		all.Go(func() {
			r, err := a.reminders.Round(context.Background(), c.set.now())
			for err == nil && r.Looked >= lookAtOnce { // as the next minute would
				r, err = a.reminders.Round(context.Background(), c.set.now())
			}
			if err != nil || r.Failed > 0 {
				c.t.Errorf("%s: %v, %d failed", when, err, r.Failed)
			}
		})
	}
	all.Wait()
}

// delivers is a round with what happens meanwhile, until all that can be sent is.
func (c *county) delivers(when string, meanwhile func(), replicas ...*app) {
	c.t.Helper()
	c.round(when, replicas...)
	defer c.spend("delivering")()
	if meanwhile != nil {
		meanwhile()
	}
	require.Eventually(c.t, func() bool { return c.count(c.t, "SELECT COUNT(*) FROM pushes WHERE state = 'waiting'") == 0 },
		2*time.Minute, 10*time.Millisecond, "%s: pushes wait", when)
	require.NoError(c.t, c.wechat.Settle(c.t.Context()))
}

// misfortune is what the platform does wrong on a day.
func (c *county) misfortune(n int) {
	f := platform.Faults{DuplicateOutcomes: 1, Together: n%2 == 0, API: []platform.APIFault{
		{Path: templateSend, Every: 23, ErrCode: -1},
		{Path: templateSend, Every: 37, After: true, Drop: true},
		{Path: templateSend, Every: 53, Status: 502},
		{Path: templateSend, Every: 211, After: true, Hang: true}, // until the bot's patience ends
		{Path: customSend, Every: 7, ErrCode: -1},
		{Path: customSend, Every: 11, After: true, Drop: true},
		{Path: "/cgi-bin/stable_token", Every: 3, ErrCode: -1},
	}}
	if n%7 == 3 {
		f.API = append([]platform.APIFault{{Path: templateSend, OpenID: c.openid(n), ErrCode: 43004}}, f.API...)
	}
	if n%10 == 8 {
		f.API = append([]platform.APIFault{{Path: templateSend, ErrCode: 45009}}, f.API...)
	}
	c.wechat.SetFaults(f)
}

// trouble comes while the morning's lists are on their way.
func (c *county) trouble(n int) {
	c.t.Helper()
	switch n % 4 {
	case 0:
		c.wechat.ExpireTokens()
	case 1:
		require.NoError(c.t, c.apps[0].redis.FlushDB(c.t.Context()).Err())
	case 2:
		c.wechat.RevokeTokens()
	}
}

// killed starts one more process and kills it in the midst of its sends.
func (c *county) killed(n int) func() {
	c.t.Helper()
	f := c.wechat.Faults()
	slow := f
	slow.API = append([]platform.APIFault{{Path: templateSend, Delay: 60 * time.Millisecond}}, f.API...)
	c.wechat.SetFaults(slow)
	child := exec.Command(os.Args[0], "serve")
	child.Env = append(c.environment(), beHuhuqing+"=1", beClock+"="+c.set.path, "HHQ_LOG_LEVEL=info", "GORACE=atexit_sleep_ms=0")
	out := c.newOutput()
	child.Stdout, child.Stderr = out, out
	require.NoError(c.t, child.Start())
	c.t.Cleanup(func() { _ = child.Process.Kill() })
	require.Eventually(c.t, func() bool { return out.line("serving") != nil }, patience, pollEvery, "%s", out)
	return func() {
		time.Sleep(time.Duration(20+n%5*15) * time.Millisecond)
		require.NoError(c.t, child.Process.Kill())
		_, _ = child.Process.Wait()
		c.wechat.SetFaults(f)
	}
}

// talk: on some mornings people are in the middle of a conversation when their hour comes; it opens their window.
func (c *county) talk(n int) {
	c.t.Helper()
	for i := n % 3; i < len(c.people); i += 3 + len(c.people)/20 {
		if i%10 != 7 {
			_, err := c.wechat.User(openID(c.people[i].ID)).Say(c.t.Context(), "待办")
			require.NoError(c.t, err)
		}
	}
	for _, a := range c.apps {
		require.NoError(c.t, a.ledger.Flush(c.t.Context()))
	}
}

// openid is of somebody who is bound.
func (c *county) openid(n int) string { return openID(c.people[n%len(c.people)/10*10].ID) }

// change lets somebody record things: a visit, something done, a date put off.
func (c *county) change(n int) {
	c.t.Helper()
	defer c.spend("changing")()
	now := c.set.now()
	for range n {
		i := c.r.IntN(len(c.dossiers))
		d := c.dossier(c.dossiers[i].Household.ID)
		m := &d.Measures[c.r.IntN(len(d.Measures))]
		switch c.r.IntN(4) {
		case 0:
			d.Household.VisitDate = models.DayOf(now)
		case 1:
			m.Status = "finished"
		case 2:
			m.Due = models.DayOf(now.AddDate(0, 0, c.r.IntN(90)))
		default:
			m.Status = "working"
		}
		id := d.Household.ID
		_, err := c.s.Households().Save(c.t.Context(), models.Actor{PersonID: "x", Area: countyCode, Source: fmt.Sprint(now, id)}, d, d.Household.Version, now)
		require.NoError(c.t, err)
		c.dossiers[i], c.changed[id] = c.dossier(id), models.DayOf(now)
	}
}

// tell notes which pushes told which reminders on a day, also those that will be told again.
func (c *county) tell(date string) {
	c.t.Helper()
	found, err := c.rows.QueryContext(c.t.Context(), "SELECT r.id, r.push FROM tellings t JOIN reminders r ON r.push = t.push WHERE t.day = ? AND t.push <> ''", date)
	require.NoError(c.t, err)
	defer func() { _ = found.Close() }()
	for found.Next() {
		var id, push string
		require.NoError(c.t, found.Scan(&id, &push))
		if c.told[id] == nil {
			c.told[id] = map[string]bool{}
		}
		c.told[id][push] = true
	}
	require.NoError(c.t, found.Err())
}
