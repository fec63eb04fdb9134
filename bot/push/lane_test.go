package push_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/models"
)

// digests are n pushes of the bulk lane.
func (w *world) digests(n int, person string) (ids []string) {
	w.t.Helper()
	var all []models.Push
	for i := range n {
		ids = append(ids, fmt.Sprintf("d%03d", i))
		all = append(all, w.push(ids[i], person, func(p *models.Push) { p.Kind, p.Title = models.PushDigest, "（"+ids[i]+"）" }))
	}
	w.put(all...)
	return ids
}

// titled shows a digest's title on its card, by which got finds it.
func titled(o *push.Options) {
	o.Templates = map[models.PushKind]push.Template{
		models.PushDigest: {ID: "tpl-digest", Keywords: map[string]string{"title": "thing1"}}, models.PushDue: templates[models.PushDue],
	}
}

func TestAllReplicasTogetherKeepToTheRate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		const rate = 40
		ids := w.digests(60, "p1")
		for range 2 {
			w.run(func(o *push.Options) {
				titled(o)
				o.Rate = rate
				o.Pace.Claim, o.Pace.Send = time.Minute, 30*time.Second
			})
		}
		require.Eventually(t, func() bool { return w.count(ids, models.PushDelivered) == len(ids) }, patience, 50*time.Millisecond)
		var at []time.Time
		for _, e := range calls(w, templatePath) {
			at = append(at, e.At)
		}
		slices.SortFunc(at, time.Time.Compare)
		// Half a second's worth, what may be made up for, and what the machine held back before.
		const most = rate/2 + rate/10 + rate/4
		for i := most; i < len(at); i++ {
			require.Greater(t, at[i].Sub(at[i-most]), 400*time.Millisecond, "more than %d sends in half a second", most)
		}
		require.Greater(t, at[len(at)-1].Sub(at[0]), 1200*time.Millisecond)
	})
}

func TestWhatOnePersonWaitsForOvertakesBulk(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		ids := w.digests(150, "p1")
		w.run(func(o *push.Options) {
			titled(o)
			o.Rate, o.Workers = 40, 2
			o.Pace.Claim, o.Pace.Send = time.Minute, 30*time.Second
		})
		require.Eventually(t, func() bool { return w.count(ids, models.PushDelivered) > 5 }, patience, 20*time.Millisecond)
		w.put(w.push("a1", "p1"))
		w.becomes("a1", models.PushDelivered)
		require.Less(t, w.count(ids, models.PushDelivered), 120, "it did not queue behind the digests")
	})
}

func TestBulkLetsRepliesGoFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		var busy atomic.Bool
		busy.Store(true)
		w.run(func(o *push.Options) {
			titled(o)
			o.Workers = 2
			o.Busy = busy.Load
			o.Pace.Claim, o.Pace.Send = time.Minute, 30*time.Second
		})
		began := time.Now()
		ids := w.digests(40, "p1")
		w.put(w.push("a1", "p1"))
		w.becomes("a1", models.PushDelivered)
		time.Sleep(300 * time.Millisecond)
		got := w.count(ids, models.PushDelivered)
		require.LessOrEqual(t, got, 2*(1+int(time.Since(began)/(2*time.Second))), "each of two workers lets go of one in two seconds")
		busy.Store(false)
		require.Eventually(t, func() bool { return w.count(ids, models.PushDelivered) == len(ids) }, patience, 50*time.Millisecond)
	})
}

func TestAFlushedQueueIsFilledAgainFromTheRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		ids := w.digests(60, "p1")
		w.run(func(o *push.Options) { titled(o); o.Rate, o.Workers = 60, 2 })
		for range 3 {
			time.Sleep(200 * time.Millisecond)
			require.NoError(t, w.redis.FlushDB(t.Context()).Err())
		}
		require.Eventually(t, func() bool { return w.count(ids, models.PushDelivered) == len(ids) }, patience, 50*time.Millisecond, "%s", w.log)
		got := w.got()
		for _, id := range ids {
			require.Equal(t, 1, got[id], id)
		}
	})
}

func TestAStoppingProcessFinishesWhatItHasBegun(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: templatePath, Delay: 250 * time.Millisecond}}})
		ids := w.digests(30, "p1")
		patient := func(o *push.Options) { titled(o); o.Workers, o.Pace.Send = 4, 30*time.Second } // nobody takes over, however busy the machine is
		first := w.run(patient)
		require.Eventually(t, func() bool { return len(calls(w, templatePath)) > 2 }, patience, 10*time.Millisecond)
		first.stop()
		for _, id := range ids {
			require.Empty(t, w.row(id).Trying, "nothing is left open")
		}
		require.Positive(t, w.count(ids, models.PushWaiting))
		w.run(patient)
		require.Eventually(t, func() bool { return w.count(ids, models.PushDelivered) == len(ids) }, patience, 50*time.Millisecond)
		require.Len(t, calls(w, templatePath), len(ids), "each was asked for once")
	})
}

func TestAClockThatGoesBackSendsNothingTwiceNorEarly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		w.clock.add(2 * time.Hour)
		w.run(nil)
		w.put(w.push("a1", "p1"))
		w.becomes("a1", models.PushDelivered)
		a2 := w.push("a2", "p1")
		w.clock.add(-time.Hour)
		w.put(w.push("a1", "p1"), a2)
		time.Sleep(500 * time.Millisecond)
		require.Equal(t, models.PushWaiting, w.row("a2").State)
		require.Zero(t, w.row("a2").Tries)
		w.clock.add(time.Hour)
		w.becomes("a2", models.PushDelivered)
		require.Equal(t, map[string]int{"a1": 1, "a2": 1}, w.got())
	})
}

// After the clock was set back nobody can say how long ago a send began: a repetition
// could come after the platform has forgotten its id.
func TestALostAnswerIsNotRepeatedWhenTheClockWentBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("p1")
		w.quiet()
		w.clock.add(time.Hour)
		w.run(func(o *push.Options) { o.Pace.Retry = 2 * time.Second })
		w.wechat.SetFaults(platform.Faults{LoseOutcome: true, API: []platform.APIFault{{Path: templatePath, After: true, Drop: true}}})
		w.put(w.push("a1", "p1"))
		require.Eventually(t, func() bool { return w.row("a1").Code == "transport" }, patience, 10*time.Millisecond)
		asked := len(calls(w, templatePath))
		w.clock.add(-time.Minute)
		time.Sleep(300 * time.Millisecond) // somebody looks at the clock
		w.clock.add(time.Minute + 2*time.Second)
		w.becomes("a1", models.PushUnsure)
		require.Len(t, calls(w, templatePath), asked)
	})
}

func TestTemplatesAskOnlyForWhatThereIs(t *testing.T) {
	t.Parallel()
	w := embedded(t)
	_, err := newReplica(parts{w.store, w.redis, w.api, w.clock.now, w.log}, func(o *push.Options) {
		o.Templates = map[models.PushKind]push.Template{models.PushDue: {ID: "x", Keywords: map[string]string{"houshold": "thing1"}}}
	})
	require.ErrorContains(t, err, `no value "houshold": there are count`)
	for field, ours := range map[string]string{"number1": "title", "date2": "text", "time3": "count", "amount4": "count", "character_string5": "due"} {
		_, err := newReplica(parts{w.store, w.redis, w.api, w.clock.now, w.log}, func(o *push.Options) {
			o.Templates = map[models.PushKind]push.Template{models.PushDue: {ID: "x", Keywords: map[string]string{ours: field}}}
		})
		require.ErrorContains(t, err, "field "+field+" does not take", "every message by it would be refused")
	}
}
