package push_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/models"
)

const (
	templatePath = "/cgi-bin/message/template/send"
	customPath   = "/cgi-bin/message/custom/send"
	bizPath      = "/cgi-bin/message/subscribe/bizsend"
)

// TestEveryCodeByTheTable sends one template message that meets a code, and looks
// where it stands then (wechat.md §1.13).
func TestEveryCodeByTheTable(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		later := func(p models.Push) bool { return p.State == models.PushWaiting && p.Trying == "" && p.Tries > 0 }
		dead := func(p models.Push) bool { return p.State == models.PushFailed && p.Rid != "" && p.Tries == 1 }
		refused := func(p models.Push) bool { return p.State == models.PushRefused }
		hour := func(p models.Push) bool {
			return p.State == models.PushWaiting && p.NextTry.Sub(w.clock.now()) > 59*time.Minute && p.NextTry.Sub(w.clock.now()) < 61*time.Minute
		}
		cases := []struct {
			code int
			want func(models.Push) bool
		}{
			{-1, later}, {45011, later}, {40001, later}, {42001, later}, {40014, later},
			{40003, refused}, {43004, refused}, {50005, refused}, {43019, refused}, {43101, refused}, {43117, hour},
			{40036, dead}, {40037, dead}, {47001, dead}, {47003, dead}, {45002, dead}, {45008, dead}, {40007, dead}, {40033, dead}, {40200, dead}, {48001, dead},
			{49999, dead},
		}
		w.run(func(o *push.Options) {
			o.Pace.Retry, o.Notifications = time.Hour, nil
			o.Pace.Claim, o.Pace.Send = time.Minute, 30*time.Second // nobody takes over, however busy the machine is
		})
		for i, c := range cases {
			person := fmt.Sprintf("q%d", i)
			u := w.person(person)
			w.quiet()
			w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: templatePath, OpenID: u.OpenID(), ErrCode: c.code}}})
			id := fmt.Sprintf("c%d", i)
			w.put(w.push(id, person, func(p *models.Push) { p.Expires = p.NotBefore.Add(11 * time.Hour) }))
			require.Eventually(t, func() bool { return c.want(w.row(id)) }, patience, 10*time.Millisecond, "%d: %+v", c.code, w.row(id))
			require.Equal(t, fmt.Sprint(c.code), w.row(id).Code)
		}
		require.Empty(t, w.got())
		require.NotContains(t, w.log.String(), "岩温")
	})
}

func TestEverythingStopsWithAnAlarmUntilItIsOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.quiet()
		r := w.run(nil)
		for i, code := range []int{40164, 40125, 40243, 48004, 50002} {
			w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: templatePath, ErrCode: code}}})
			before := len(calls(w, templatePath))
			ids := []string{fmt.Sprint("a", i), fmt.Sprint("b", i), fmt.Sprint("c", i), fmt.Sprint("d", i)}
			for _, id := range ids {
				w.put(w.push(id, "p1"))
			}
			require.Eventually(t, func() bool { return gauge(t, r, "huhuqing_push_breaker", "all") == 1 }, patience, 10*time.Millisecond)
			time.Sleep(300 * time.Millisecond)
			require.LessOrEqual(t, len(calls(w, templatePath))-before, 8, "at most the workers that were at it")
			w.wechat.SetFaults(platform.Faults{})
			settled := func() bool {
				return !slices.ContainsFunc(ids, func(id string) bool { return w.row(id).Trying != "" })
			}
			require.Eventually(t, settled, patience, 10*time.Millisecond, "a send that is under way now would be an old one then")
			w.clock.add(2 * time.Minute)
			for _, id := range ids {
				require.Equal(t, models.PushTemplate, w.becomes(id, models.PushDelivered).Channel)
			}
			require.Eventually(t, func() bool { return gauge(t, r, "huhuqing_push_breaker", "all") == 0 }, patience, 10*time.Millisecond)
		}
		require.Equal(t, 5, strings.Count(w.log.String(), "pushes stopped: somebody must look"), "one alarm each")
		require.Len(t, w.wechat.Pushed()[u.OpenID()], 20)
	})
}

func TestAQuotaStopsItsOwnCallUntilTomorrow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		v := w.person("p2")
		w.quiet()
		w.writes(v)
		r := w.run(nil)
		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: templatePath, ErrCode: 45009}}})
		w.put(
			w.push("a1", "p1", func(p *models.Push) { p.Expires = w.clock.now().Add(26 * time.Hour) }),
			w.push("a2", "p1"), w.push("b1", "p2"),
		)
		require.Equal(t, "45009", w.becomes("a2", models.PushExpired).Code, "the next digest has it")
		require.Equal(t, models.PushCustom, w.becomes("b1", models.PushDelivered).Channel, "other calls go on")
		require.Eventually(t, func() bool { return w.row("a1").Code == "45009" }, patience, 10*time.Millisecond)
		at := w.row("a1").NextTry.In(time.FixedZone("CST", 8*3600))
		require.Equal(t, "2026-03-03 00:00", at.Format("2006-01-02 15:04"))
		require.InDelta(t, 1, gauge(t, r, "huhuqing_push_breaker", "template"), 0)
		w.wechat.SetFaults(platform.Faults{})
		w.clock.add(23*time.Hour + 30*time.Minute)
		w.becomes("a1", models.PushDelivered)
		require.Eventually(t, func() bool { return gauge(t, r, "huhuqing_push_breaker", "template") == 0 }, patience, 10*time.Millisecond)
		require.Len(t, w.wechat.Pushed()[u.OpenID()], 1)
	})
}

// staleRows reads the breakers, and hands the list out only when one has been tripped since; after that it fails.
type staleRows struct {
	models.Deliveries
	slow    <-chan struct{} // closed: from now on
	tripped chan struct{}
	given   chan struct{}
	read    atomic.Int32
}

func (r *staleRows) Breakers(ctx context.Context) ([]models.Breaker, error) {
	select {
	case <-r.slow:
	default:
		return r.Deliveries.Breakers(ctx)
	}
	switch list, err := r.Deliveries.Breakers(ctx); {
	case r.read.Add(1) == 1:
		select {
		case <-r.tripped:
		case <-ctx.Done():
		}
		defer time.AfterFunc(50*time.Millisecond, func() { close(r.given) })
		return list, err
	default:
		return nil, errors.New("away")
	}
}

func (r *staleRows) Trip(ctx context.Context, b models.Breaker) (bool, error) {
	fresh, err := r.Deliveries.Trip(ctx, b)
	close(r.tripped)
	return fresh, err
}

// TestAListReadBeforeDoesNotMendABreaker: the breakers are read while a worker trips one. What it knows is newer.
func TestAListReadBeforeDoesNotMendABreaker(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		slow := make(chan struct{})
		rows := &staleRows{slow: slow, tripped: make(chan struct{}), given: make(chan struct{})}
		r := w.run(func(o *push.Options) {
			rows.Deliveries = o.Rows
			o.Rows = rows
		})
		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: templatePath, ErrCode: 45009, Delay: 700 * time.Millisecond}}})
		w.put(w.push("a1", "p1"))
		require.Eventually(t, func() bool { return len(calls(w, templatePath)) > 0 || w.row("a1").Tries > 0 }, patience, time.Millisecond)
		close(slow)
		<-rows.given
		require.InDelta(t, 1, gauge(t, r, "huhuqing_push_breaker", "template"), 0)
	})
}

// calls are the platform's record of one path.
func calls(w *world, path string) (out []platform.Entry) {
	for _, e := range w.wechat.Record() {
		if e.Kind == platform.EntryAPI && e.Path == path {
			out = append(out, e)
		}
	}
	return out
}

func gauge(t *testing.T, r *replica, name, label string) float64 {
	t.Helper()
	families, err := r.metrics.Gather()
	require.NoError(t, err)
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == name && m.GetLabel()[0].GetValue() == label {
				return m.GetGauge().GetValue()
			}
		}
	}
	t.Fatalf("no series %s{%s}", name, label)
	return 0
}

func TestATokenThatExpiresCostsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		w.run(nil)
		for i, spoil := range []func(){w.wechat.ExpireTokens, w.wechat.RevokeTokens} {
			id := fmt.Sprint("a", i)
			w.put(w.push(id+"x", "p1"))
			w.becomes(id+"x", models.PushDelivered)
			spoil()
			w.put(w.push(id, "p1"))
			require.Equal(t, 1, w.becomes(id, models.PushDelivered).Tries)
		}
	})
}

func TestALostAnswerIsRepeatedUnderTheSameIDOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		v := w.person("p2")
		w.quiet()
		w.writes(v)
		w.run(nil)
		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{
			{Path: templatePath, After: true, Drop: true, Times: 6},
			{Path: customPath, After: true, Drop: true, Times: 1},
		}})
		w.put(w.push("a1", "p1"), w.push("b1", "p2"))
		w.becomes("a1", models.PushDelivered)
		w.becomes("b1", models.PushUnsure)
		require.Equal(t, map[string]int{"a1": 1, "b1": 1}, w.got())
		require.Len(t, calls(w, customPath), 1)
		require.Greater(t, len(calls(w, templatePath)), 6)

		err := w.store.Pushes().Again(t.Context(), everywhere, "b1", false, w.clock.now())
		require.Equal(t, models.Conflict, models.CodeOf(err), "not without saying so")
		unshown, err := w.store.Pushes().Unshown(t.Context(), "p2", w.clock.now())
		require.NoError(t, err)
		require.Len(t, unshown, 1, "the next contact says so")
	})
}

// A send whose answer never comes, however often it is asked, is known by its report.
func TestAReportTellsOfASendWithoutAnAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.quiet()
		w.run(func(o *push.Options) { o.Pace.Repeatable = 400 * time.Millisecond })
		w.wechat.SetFaults(platform.Faults{DuplicateOutcomes: 2, API: []platform.APIFault{{Path: "/cgi-bin/message/", After: true, Drop: true}}})
		w.put(w.push("a1", "p1"))
		require.Equal(t, models.PushTemplate, w.becomes("a1", models.PushDelivered).Channel)

		w.wechat.SetFaults(platform.Faults{DuplicateOutcomes: 2, API: []platform.APIFault{
			{Path: templatePath, ErrCode: 43101}, {Path: bizPath, After: true, Drop: true},
		}})
		_, err := u.Subscribe(t.Context(), "sub-due", true)
		require.NoError(t, err)
		w.put(w.push("a2", "p1"))
		require.Equal(t, models.PushSubscribe, w.becomes("a2", models.PushDelivered).Channel)
		require.Len(t, w.wechat.Pushed()[u.OpenID()], 2)

		w.clock.add(2 * time.Second) // two answers within a second are one event
		w.wechat.SetFaults(platform.Faults{LoseOutcome: true, API: []platform.APIFault{{Path: bizPath, After: true, Drop: true}}})
		_, err = u.Subscribe(t.Context(), "sub-due", true)
		require.NoError(t, err)
		w.put(w.push("a3", "p1"))
		w.becomes("a3", models.PushUnsure)
		require.Len(t, w.wechat.Pushed()[u.OpenID()], 3)
	})
}

func TestReportsAreTakenEarlyTwiceAndForFailures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.quiet()
		w.run(nil)
		w.wechat.SetFaults(platform.Faults{DuplicateOutcomes: 3, Together: true, API: []platform.APIFault{{Path: templatePath, Delay: 300 * time.Millisecond}}})
		w.put(w.push("a1", "p1"))
		w.becomes("a1", models.PushDelivered) // the report was there before the answer
		u.Block(true)
		w.put(w.push("a2", "p1"))
		require.Equal(t, "user_block", w.becomes("a2", models.PushRefused).Code)
		before := len(calls(w, templatePath))
		w.put(w.push("a3", "p1"))
		require.Equal(t, "user_block", w.becomes("a3", models.PushRefused).Code)
		require.Len(t, calls(w, templatePath), before, "known")

		v := w.person("p2")
		w.quiet()
		w.wechat.SetFaults(platform.Faults{Outcome: "failed: system failed"})
		w.put(w.push("b1", "p2"))
		require.Eventually(t, func() bool { return w.row("b1").Code == "system_failed" }, patience, 10*time.Millisecond)
		require.Empty(t, w.wechat.Pushed()[v.OpenID()])
		w.wechat.SetFaults(platform.Faults{LoseOutcome: true})
		w.clock.add(12 * time.Minute) // the platform has forgotten the id
		w.becomes("b1", models.PushSent)
		require.Equal(t, map[string]int{"a1": 1, "b1": 1}, w.got())
		w.wechat.SetFaults(platform.Faults{Outcome: "failed: who knows"})
		w.put(w.push("b2", "p2"))
		require.Equal(t, "outcome", w.becomes("b2", models.PushFailed).Code)
	})
}

// dying is a sender whose process ends while it waits for the platform: the message
// goes out, and nobody hears the answer.
type dying struct {
	bot.PushSender
	mu    sync.Mutex
	every int
	n     int
	dead  chan struct{} // closed when the process is gone; its calls never return before
}

func (d *dying) falls() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
	return d.n%d.every == 0
}

func (d *dying) SendTemplate(ctx context.Context, m bot.Template) (string, error) {
	id, err := d.PushSender.SendTemplate(ctx, m)
	if d.falls() {
		<-d.dead
		panic("killed")
	}
	return id, err
}

func (d *dying) SendPush(ctx context.Context, user string, r bot.Reply) error {
	err := d.PushSender.SendPush(ctx, user, r)
	if d.falls() {
		<-d.dead
		panic("killed")
	}
	return err
}

// TestEveryPushOnceOrWithItsReason lets everything go wrong at once, on two workers,
// and compares the rows with what the platform has shown.
func TestEveryPushOnceOrWithItsReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const people, each = 12, 8
		var ids []string
		for i := range people {
			w.person(fmt.Sprintf("p%02d", i))
		}
		w.quiet()
		for i := range people {
			if i%3 == 0 { // these have an open window
				w.writes(w.wechat.User(w.people[fmt.Sprintf("p%02d", i)]))
			}
		}
		_, err := w.wechat.User(w.people["p01"]).Unfollow(t.Context())
		require.NoError(t, err)
		w.wechat.SetFaults(platform.Faults{DuplicateOutcomes: 1, Together: true, API: []platform.APIFault{
			{Path: templatePath, Every: 5, ErrCode: -1},
			{Path: templatePath, Every: 7, After: true, Drop: true},
			{Path: templatePath, Every: 11, Status: 502},
			{Path: templatePath, Every: 13, Delay: 100 * time.Millisecond},
			{Path: templatePath, Times: 1, ErrCode: 40164},
			{Path: customPath, Every: 4, ErrCode: -1},
			{Path: customPath, Every: 9, After: true, Drop: true},
			{Path: "/cgi-bin/stable_token", Every: 3, ErrCode: -1},
		}})
		dead := make(chan struct{})
		t.Cleanup(func() { close(dead) })
		first := w.run(func(o *push.Options) { o.Sender = &dying{PushSender: o.Sender, every: 17, dead: dead} })
		w.run(func(o *push.Options) { o.Rate = 400 })
		for n := range each {
			var batch []models.Push
			for i := range people {
				id := fmt.Sprintf("e%02dx%d", i, n)
				ids = append(ids, id)
				batch = append(batch, w.push(id, fmt.Sprintf("p%02d", i)))
			}
			w.put(batch...)
			w.put(batch...) // a producer that is not sure
			switch n {
			case 2:
				w.wechat.ExpireTokens()
			case 4:
				require.NoError(t, w.redis.FlushDB(t.Context()).Err())
			case 5:
				w.wechat.RevokeTokens()
			case 6:
				first.stop()
			}
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(time.Second)
		w.clock.add(2 * time.Minute) // the breaker's minute is over
		ended := func() bool {
			states, err := w.store.Pushes().States(t.Context(), ids)
			require.NoError(t, err)
			left := 0
			for _, s := range states {
				if s == models.PushWaiting {
					left++
				}
			}
			if left > 0 && left < 5 {
				w.clock.add(time.Second)
			}
			return left == 0
		}
		require.Eventually(t, ended, 90*time.Second, 100*time.Millisecond, "%s", w.log)
		require.NoError(t, w.wechat.Settle(t.Context()))

		got, tally := w.got(), map[string]int{}
		for _, id := range ids {
			p := w.row(id)
			tally[string(p.State)+" "+p.Code]++
			require.LessOrEqual(t, got[id], 1, "%s twice on the screen: %+v", id, p)
			switch p.State {
			case models.PushDelivered, models.PushSent:
				require.Equal(t, 1, got[id], "%s: %s but not there: %+v", id, p.State, p)
			case models.PushUnsure:
				require.NotEmpty(t, p.Code)
			case models.PushRefused, models.PushGivenUp:
				require.NotEmpty(t, p.Code)
				require.Zero(t, got[id], "%s: %s, and there: %+v", id, p.State, p)
			default:
				t.Errorf("%s stands as %s %s", id, p.State, p.Code)
			}
		}
		t.Log(tally)
		require.Greater(t, tally["delivered "], len(ids)/2)
		// A refusal whose answer was lost is one of the unknown.
		require.GreaterOrEqual(t, tally["refused 43004"], each/2)
		require.True(t, slices.ContainsFunc(ids, func(id string) bool { return w.row(id).Tries > 1 }))
	})
}
