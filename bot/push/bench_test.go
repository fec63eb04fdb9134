package push_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/models"
)

// number reads a benchmark's size from the environment.
func number(b *testing.B, name, standard string) int {
	b.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), standard))
	require.NoError(b, err)
	return n
}

// due puts n digests into the rows, for people in turn.
func (w *world) due(n int, people []string) (ids []string) {
	w.t.Helper()
	var batch []models.Push
	for i := range n {
		id := fmt.Sprintf("b%06d", i)
		ids = append(ids, id)
		batch = append(batch, w.push(id, people[i%len(people)], func(p *models.Push) { p.Kind, p.Title = models.PushDigest, "（"+id+"）" }))
		if len(batch) == 5000 || i == n-1 {
			w.put(batch...)
			batch = nil
		}
	}
	return ids
}

// BenchmarkFeed moves due rows into the queue: claimed, and a task enqueued for each
// (performance.md row 12). HHQ_BENCH_PUSHES rows, 20,000 by default.
func BenchmarkFeed(b *testing.B) {
	n := number(b, "HHQ_BENCH_PUSHES", "20000")
	for name, make := range map[string]func(testing.TB) *world{"servers": servers, "embedded": embedded} {
		b.Run(name, func(b *testing.B) {
			w := make(b)
			w.due(n, []string{"p1"})
			r, _ := w.courier(nil)
			fed, ctx := 0, b.Context()
			for b.Loop() {
				for {
					got, err := r.FeedLane(ctx, models.LaneBulk)
					require.NoError(b, err)
					if fed += got; got == 0 {
						break
					}
				}
				b.StopTimer()
				w.clock.add(time.Hour) // all claims have run out: the rows are due again
				require.NoError(b, w.redis.FlushDB(context.Background()).Err())
				b.StartTimer()
			}
			b.ReportMetric(float64(fed)/b.Elapsed().Seconds(), "pushes/s")
		})
	}
}

// BenchmarkDeliver works pushes off with several workers at a rate set, over HTTP to
// the local WeChat and back by its outcome events, and compares the platform's record
// with the rows. HHQ_BENCH_PUSHES (2,000), HHQ_BENCH_RATE a second (0: none),
// HHQ_BENCH_COURIERS (3).
func BenchmarkDeliver(b *testing.B) {
	n, rate, couriers := number(b, "HHQ_BENCH_PUSHES", "2000"), number(b, "HHQ_BENCH_RATE", "0"), number(b, "HHQ_BENCH_COURIERS", "3")
	for name, make := range map[string]func(testing.TB) *world{"servers": servers, "embedded": embedded} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := make(b)
				var people []string
				for i := range 50 {
					people = append(people, fmt.Sprintf("p%02d", i))
					w.person(people[i])
				}
				w.quiet()
				w.due(n, people)
				b.StartTimer()
				for range couriers {
					w.run(func(o *push.Options) {
						o.Rate, o.Workers, o.Pace.Claim, o.Pace.Send = rate, 8, time.Minute, 30*time.Second
						o.Templates = map[models.PushKind]push.Template{models.PushDigest: {ID: "tpl", Keywords: map[string]string{"title": "thing1"}}}
					})
				}
				require.Eventually(b, func() bool { return w.tally(models.PushDelivered) == n }, time.Hour, time.Second)
				b.StopTimer()
				require.NoError(b, w.wechat.Settle(context.Background()))
				got := w.got()
				require.Len(b, got, n)
				for id, times := range got {
					require.Equal(b, 1, times, id)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "pushes/s")
		})
	}
}

// tally counts the rows of a state.
func (w *world) tally(state models.PushState) (n int) {
	w.t.Helper()
	q := models.PushQuery{States: []models.PushState{state}, Limit: 200}
	for more := true; more; {
		var page []models.Push
		var err error
		page, more, err = w.store.Pushes().List(context.Background(), everywhere, q)
		require.NoError(w.t, err)
		n += len(page)
		if len(page) > 0 {
			q.Before = page[len(page)-1].ID
		}
	}
	return n
}
