package turn_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/dialog/turn/proxytest"
	"github.com/huhuqing/huhuqing/models"
)

// At every moment of a turn the process is killed, or that one call goes wrong.
// WeChat delivers the message three times in all, the last two elsewhere.
func TestFailureAtEveryStep(t *testing.T) {
	for name, kill := range map[string]bool{"killed": true, "disturbed": false} {
		for _, fresh := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, session in redis %v", name, !fresh), func(t *testing.T) {
				onEach(t, func(t *testing.T, g *ground) { everyStep(t, g, kill, fresh) })
			})
		}
	}
}

func everyStep(t *testing.T, g *ground, kill, fresh bool) {
	undisturbed := &steps{}
	failure(t, g, undisturbed, fresh)
	require.GreaterOrEqual(t, undisturbed.n, 18, "enter, leave, and the transaction with its four statements, twice each")
	var wg sync.WaitGroup
	for n := range undisturbed.n {
		s, g := &steps{at: n + 1, kill: kill}, *g
		g.user += fmt.Sprint("-", n+1)
		wg.Go(func() { t.Run(fmt.Sprint("step ", n+1), func(t *testing.T) { failure(t, &g, s, fresh) }) })
	}
	wg.Wait()
}

// failure: one message before, the message in question, one after. fresh: Redis
// has forgotten the session when it comes.
func failure(t *testing.T, g *ground, s *steps, fresh bool) {
	short := func(o *turn.Options) { o.Sessions = g.sessions() }
	healthy := g.runner(t, short)
	require.Equal(t, "one", g.take(t, healthy, "one"))
	if fresh {
		require.NoError(t, g.client.Del(t.Context(), g.keys("one")...).Err())
	}
	broken := g.runner(t, short, s.into)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	reply, err := broken.Take(ctx, g.say("two"))
	heard := !s.dead // a killed process answers nobody
	switch {
	case heard && err == nil && reply.Text == "one,two":
		require.Equal(t, "one,two", g.tallied(t), "acknowledged, so it is there")
	case heard && err == nil:
		require.Equal(t, "sorry: unavailable", reply.Text)
		require.Equal(t, "one", g.tallied(t), "said to be not kept, so it is not")
	case models.CodeOf(err) == models.Unavailable:
		require.Equal(t, "one", g.tallied(t), "unavailable promises that nothing was applied")
	}
	second, third := g.take(t, healthy, "two"), g.take(t, healthy, "two")
	require.Equal(t, second, third)
	if heard && err == nil {
		require.Equal(t, reply.Text, second)
	}
	if second == "sorry: unavailable" { // the answer that stands: the person says it again
		again := g.say("two")
		again.Key += " again"
		reply, err := healthy.Take(t.Context(), again)
		require.NoError(t, err)
		second = reply.Text
	}
	require.Equal(t, "one,two", second)
	require.Equal(t, "one,two,three", g.take(t, healthy, "three"))
	require.Equal(t, "one,two,three", g.tallied(t))
}

func TestCommitThatTakesEffectLateIsNotDenied(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		var wg sync.WaitGroup
		r := g.runner(t, func(o *turn.Options) { o.Store = lateCommit{o.Store, 300 * time.Millisecond, &wg} })
		require.Equal(t, "one", g.take(t, r, "one"), "it was asked whether it counts, until that was clear")
		wg.Wait()
		require.Equal(t, "one,two", g.take(t, g.runner(t), "two"))
		require.Equal(t, "one,two", g.tallied(t))
	})
}

func TestRedisFlushedInMidConversation(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		g.take(t, r, "one")
		require.NoError(t, g.client.Del(t.Context(), g.keys("one")...).Err())
		require.Equal(t, "one,two", g.take(t, r, "two"))
		require.Equal(t, "one", g.take(t, r, "one"))

		var wg sync.WaitGroup
		wg.Go(func() { g.take(t, r, slow) })
		time.Sleep(100 * time.Millisecond)
		require.NoError(t, g.client.Del(t.Context(), g.keys(slow)...).Err(), "also while a turn is running")
		require.Equal(t, "one,two,three", g.take(t, g.runner(t), "three"))
		wg.Wait()
		require.Equal(t, "one,two,three,slow,four", g.take(t, r, "four"))
		require.Equal(t, "one,two,three,slow,four", g.tallied(t))
	})
}

func TestRedisDownAndBack(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		p := proxytest.New(t, g.redisURL, nil)
		throughProxy := func(o *turn.Options) {
			client, err := state.Dial(p.URL)
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, client.Close()) })
			o.Sessions = state.New(client)
		}
		runners := []*turn.Runner{g.runner(t, throughProxy), g.runner(t, throughProxy)}
		require.Equal(t, "one", g.take(t, runners[0], "one"))
		p.Down()
		require.Equal(t, "one,two", g.take(t, runners[1], "two"))
		require.Equal(t, "one,two,three", g.take(t, runners[0], "three"))
		require.Equal(t, "one,two", g.take(t, runners[0], "two"), "the database knows it")
		p.Up(t)
		require.Equal(t, "one,two,three,four", g.take(t, runners[0], "four"), "Redis still had the session after the first message")
		require.Equal(t, "one,two,three,four,five", g.take(t, runners[1], "five"))
		require.Equal(t, "one,two,three,four,five", g.tallied(t))
	})
}

func TestQuickMessagesWithoutRedis(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		client, err := state.Dial("redis://127.0.0.1:1/0")
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, client.Close()) })
		away := func(o *turn.Options) { o.Sessions = state.New(client) }
		quick(t, g, 20, 1, state.New(client))

		g.user += "-two replicas"
		runners := []*turn.Runner{g.runner(t, away), g.runner(t, away)}
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() { g.take(t, runners[i%2], fmt.Sprint("m", i/2)) })
		}
		wg.Wait()
		texts := strings.Split(g.tallied(t), ",")
		slices.Sort(texts)
		require.Equal(t, strings.Split("m0,m1,m2,m3,m4,m5,m6,m7,m8,m9", ","), texts, "each once, whichever replica was first")
		for i := range 10 {
			text := fmt.Sprint("m", i)
			require.Equal(t, g.take(t, runners[0], text), g.take(t, runners[1], text))
		}
	})
}

func TestDatabaseDownAndBack(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		db := &outage{Store: g.store}
		r := g.runner(t, func(o *turn.Options) { o.Store, o.View = db, db })
		g.take(t, r, "one")
		db.set(true)
		reply, err := r.Take(t.Context(), g.say("two"))
		require.Equal(t, models.Unavailable, models.CodeOf(err))
		require.Equal(t, dialog.Reply{Text: "sorry: unavailable"}, reply)
		require.Equal(t, "one", g.take(t, r, "one"), "what Redis remembers is still answered")
		db.set(false)
		require.Equal(t, "one,two", g.take(t, r, "two"))
		require.Equal(t, "one,two", g.tallied(t))
	})
}

func TestMariaDBConnectionsCutAndBack(t *testing.T) {
	t.Parallel()
	g := servers(t)
	records, p := throughProxy(t, nil)
	r := g.runner(t, func(o *turn.Options) { o.Store, o.View = records, records.Reader() })
	g.take(t, r, "one")
	p.Down()
	reply, err := r.Take(t.Context(), g.say("two"))
	require.Equal(t, models.Unavailable, models.CodeOf(err))
	require.Equal(t, "sorry: unavailable", reply.Text)
	p.Up(t)
	require.Equal(t, "one,two", g.take(t, r, "two"))

	var wg sync.WaitGroup
	wg.Go(func() {
		time.Sleep(300 * time.Millisecond)
		p.Down()
		p.Up(t)
	})
	require.Equal(t, "one,two,slow", g.take(t, r, slow), "cut while the conversation worked: noticed and dialled anew")
	wg.Wait()
	require.Equal(t, "one,two,slow", g.tallied(t))
}

func TestCrashedHolderIsPassedWhenItsLeaseIsOver(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		sessions := g.sessions()
		ahead, _, _, err := sessions.Enter(t.Context(), g.user, "crashed", "token")
		require.NoError(t, err)
		require.Zero(t, ahead)
		began := time.Now()
		r := g.runner(t, func(o *turn.Options) { o.Sessions = sessions })
		require.Equal(t, "one", g.take(t, r, "one"))
		require.Greater(t, time.Since(began), 200*time.Millisecond)
	})
}
