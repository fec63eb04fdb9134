package reminders

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestOneReplicaLeadsAndAnotherTakesOver(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		a, b := g.replica(), g.replica()
		ctx := t.Context()
		g.household("张大有", dated("养牛2头", "2018-10-31"))
		g.now = at("2018-10-08 07:55")
		require.True(t, a.round(ctx))
		require.False(t, b.round(ctx))
		g.now = g.now.Add(2 * time.Minute)
		require.True(t, a.round(ctx))
		require.False(t, b.round(ctx))

		g.now = at("2018-10-08 08:00") // a has died at 7:57
		require.True(t, b.round(ctx))
		require.Len(t, g.sent.pushes, 2, "wang's list, and the county's")
		require.False(t, a.round(ctx), "it was only slow")

		g.now = g.now.Add(-time.Hour)
		require.True(t, a.round(ctx), "the lease was taken before the clock was set back")
		require.False(t, b.round(ctx))

		g.now = g.now.Add(2 * time.Hour)
		var leading atomic.Int32
		var all sync.WaitGroup
		for range 6 {
			s := g.replica()
			all.Go(func() {
				if s.round(ctx) {
					leading.Add(1)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 1, leading.Load())
		require.Len(t, g.sent.pushes, 2)
	})
}

// TestAStoppedLeaderIsFollowedAtOnce runs two as serve does; the first one ends in order.
func TestAStoppedLeaderIsFollowedAtOnce(t *testing.T) {
	onEach(t, "2018-10-08 09:00", func(t *testing.T, g *ground) {
		a, b := g.replica(), g.replica()
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- a.Run(ctx) }()
		require.Eventually(t, func() bool {
			at, err := g.store.Reminders().SweptAt(t.Context(), prog)
			return err == nil && !at.IsZero()
		}, 30*time.Second, 5*time.Millisecond)
		require.False(t, b.round(t.Context()))
		stop()
		require.NoError(t, <-ended)
		require.True(t, b.round(t.Context()))
	})
}
