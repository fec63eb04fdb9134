package turn_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/models"
)

func TestConversationGoesOnFromTurnToTurn(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		a, b := g.runner(t), g.runner(t)
		require.Equal(t, "one", g.take(t, a, "one"))
		require.Equal(t, "one,two", g.take(t, b, "two"))
		require.Equal(t, "one,two,three", g.take(t, a, "three"))
		require.Equal(t, "one,two,three", g.tallied(t))
		d, err := g.store.Turns().Session(t.Context(), g.user)
		require.NoError(t, err)
		require.Equal(t, int64(3), d.Version)
		require.Equal(t, "h1", d.Household, "for those who open the same household")
	})
}

func TestSameMessageGetsTheFirstAnswerAndCountsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		runners := []*turn.Runner{g.runner(t), g.runner(t)}
		g.take(t, runners[0], "one")
		answers := make([]string, 12)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() { answers[i] = g.take(t, runners[i%2], "two") })
		}
		wg.Wait()
		for _, a := range answers {
			require.Equal(t, "one,two", a)
		}
		g.take(t, runners[1], "three")
		require.Equal(t, "one,two", g.take(t, runners[1], "two"), "also later")
		require.NoError(t, g.client.Del(t.Context(), g.keys("two")...).Err())
		require.Equal(t, "one,two", g.take(t, runners[0], "two"), "also when Redis has forgotten it")
		require.Equal(t, "one,two,three,four", g.take(t, runners[0], "four"))
		require.Equal(t, "one,two,three,four", g.tallied(t))
	})
}

func TestQuickMessagesAreAnsweredOnceEachInOrder(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		quick(t, g, 50, 2, state.New(g.client))
	})
}

// quick sends n messages to several replicas in turn, each as soon as the one
// before has arrived, and every fifth a second time to another.
func quick(t *testing.T, g *ground, n, replicas int, sessions turn.Sessions) {
	t.Helper()
	arrived := make(chan string, 2*n)
	var runners []*turn.Runner
	for range replicas {
		runners = append(runners, g.runner(t, func(o *turn.Options) { o.Sessions = &arrivals{Sessions: sessions, arrived: arrived} }))
	}
	var texts []string
	answers, again := make([]string, n), make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		text := fmt.Sprint("m", i)
		texts = append(texts, text)
		wg.Go(func() { answers[i] = g.take(t, runners[i%replicas], text) })
		for <-arrived != g.say(text).Key {
		}
		if i%5 == 0 {
			wg.Go(func() { again[i] = g.take(t, runners[(i+1)%replicas], text) })
		}
	}
	wg.Wait()
	for i := range n {
		require.Equal(t, strings.Join(texts[:i+1], ","), answers[i])
		if i%5 == 0 {
			require.Equal(t, answers[i], again[i])
		}
	}
	require.Equal(t, strings.Join(texts, ","), g.tallied(t))
}

// arrivals tells when a message has asked Redis for the first time: that is its
// place among those of all replicas.
type arrivals struct {
	turn.Sessions
	seen    sync.Map
	arrived chan string
}

func (a *arrivals) Enter(ctx context.Context, user, key, token string) (int, []byte, []byte, error) {
	ahead, answer, session, err := a.Sessions.Enter(ctx, user, key, token)
	if _, seen := a.seen.LoadOrStore(key, true); !seen {
		a.arrived <- key
	}
	return ahead, answer, session, err
}

func TestCrashCostsOnlyItsMessage(t *testing.T) {
	for _, text := range []string{crash, crashEffect, fails, forbiddenAct, meetsTwice} {
		t.Run(text, func(t *testing.T) {
			onEach(t, func(t *testing.T, g *ground) {
				talk := &counting{}
				r := g.runner(t, func(o *turn.Options) { o.Conversation = talk })
				g.take(t, r, "one")
				first := g.take(t, r, text)
				require.Contains(t, first, "sorry: ")
				asked := talk.asked.Load()
				require.Equal(t, first, g.take(t, r, text))
				require.Equal(t, first, g.take(t, g.runner(t), text))
				require.NoError(t, g.client.Del(t.Context(), g.keys(text)...).Err())
				require.Equal(t, first, g.take(t, r, text))
				require.LessOrEqual(t, talk.asked.Load()-asked, int64(1), "not run again, unless Redis forgot it")
				require.Equal(t, "one,two", g.take(t, r, "two"))
				require.Equal(t, "one,two", g.tallied(t))
				require.NotContains(t, g.log.String(), "the person said")
				require.NotContains(t, g.log.String(), g.user)
			})
		})
	}
}

func TestConflictComesBackIntoTheConversation(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		g.take(t, r, "one")
		require.Equal(t, "one,conflict seen", g.take(t, r, meets))
		require.Equal(t, "one,conflict seen", g.take(t, r, meets))
		require.Equal(t, "one,conflict seen,two", g.take(t, r, "two"))
		require.Equal(t, "one,conflict seen,two", g.tallied(t), "what met the conflict was rolled back")
	})
}

func TestUnavailableRecordsAreSaidAndTheMessageMayComeAgain(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		talk := &counting{}
		r := g.runner(t, func(o *turn.Options) { o.Conversation = talk })
		for range 2 {
			reply, err := r.Take(t.Context(), g.say(unavailable))
			require.Equal(t, models.Unavailable, models.CodeOf(err))
			require.Equal(t, "sorry: unavailable", reply.Text)
		}
		require.Equal(t, int64(2), talk.asked.Load())
		require.Equal(t, "one", g.take(t, r, "one"))
	})
}

func TestCancelledTurnAppliesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		for _, text := range []string{slow, "waits behind it"} {
			wg.Go(func() {
				reply, err := r.Take(ctx, g.say(text))
				if models.CodeOf(err) != models.Unavailable || reply.Text != "sorry: unavailable" {
					t.Errorf("%s: %v, %v", text, reply, err)
				}
			})
			time.Sleep(20 * time.Millisecond)
		}
		wg.Wait()
		require.Empty(t, g.tallied(t))
		require.Equal(t, "one", g.take(t, r, "one"), "the lock is free again")
	})
}

func TestSlowTurnIsNotOvertaken(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		lease := func(o *turn.Options) {
			s := state.New(g.client)
			s.Lease = 3 * time.Second // the slow turn takes longer
			o.Sessions, o.Conversation = s, &counting{slow: 4 * time.Second}
		}
		a, b := g.runner(t, lease), g.runner(t, lease)
		var wg sync.WaitGroup
		wg.Go(func() { g.take(t, a, slow) })
		time.Sleep(100 * time.Millisecond)
		require.Equal(t, "slow,next", g.take(t, b, "next"))
		wg.Wait()
		require.Equal(t, "slow,next", g.tallied(t))
	})
}

func TestSessionBehindTheDatabaseIsNoticed(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		deaf := g.runner(t, func(o *turn.Options) { o.Sessions = leaveless{state.New(g.client)} })
		g.take(t, r, "one")
		require.Equal(t, "one,two", g.take(t, deaf, "two"), "the answer stands although Redis did not hear of it")
		require.NoError(t, g.client.Del(t.Context(), g.keys("")[2]).Err()) // the lock's lease over
		require.Equal(t, "one,two,three", g.take(t, r, "three"))
		require.Equal(t, "one,two", g.take(t, r, "two"))
		require.Equal(t, "one,two,three,four", g.take(t, r, "four"))
		require.Equal(t, "one,two,three,four", g.tallied(t))
	})
}

// leaveless is a Redis that goes away before the end of a turn.
type leaveless struct{ turn.Sessions }

func (leaveless) Leave(context.Context, string, string, string, []byte, []byte) error {
	return fmt.Errorf("away")
}

func TestUnreadableSessionInRedisIsReadFromTheDatabase(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		g.take(t, r, "one")
		require.NoError(t, g.client.Set(t.Context(), g.keys("")[0], "rubbish", time.Hour).Err())
		require.Equal(t, "one,two", g.take(t, r, "two"))
	})
}

func TestUnreadableDurableSessionIsNotOverwritten(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		require.NoError(t, g.store.Turns().SaveSession(t.Context(), models.Draft{User: g.user, Body: []byte("another key"), UpdatedAt: g.clock.now()}, 0))
		require.Equal(t, "sorry: internal", g.take(t, g.runner(t), "one"))
		d, err := g.store.Turns().Session(t.Context(), g.user)
		require.NoError(t, err)
		require.Equal(t, "another key", string(d.Body))
	})
}

func TestForgottenPersonLeavesNoTrace(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		g.take(t, r, "one")
		g.take(t, r, forget)
		_, err := g.store.Turns().Session(t.Context(), g.user)
		require.Equal(t, models.NotFound, models.CodeOf(err))
		_, err = g.store.Turns().Answer(t.Context(), g.user, g.say("one").Key)
		require.Equal(t, models.NotFound, models.CodeOf(err))
		require.Zero(t, g.client.Exists(t.Context(), g.keys("")[0]).Val())
		require.Equal(t, "back", g.take(t, r, "back"))
		g.take(t, r, forget)
		require.Equal(t, "back,again", g.take(t, r, "again"), "the repeated farewell changes nothing")
	})
}

func TestLongKeysAndMissingOnes(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r := g.runner(t)
		in := g.say("long")
		in.Key += strings.Repeat("x", 300)
		for range 2 {
			reply, err := r.Take(t.Context(), in)
			require.NoError(t, err)
			require.Equal(t, "long", reply.Text)
		}
		_, err := r.Take(t.Context(), dialog.Input{User: g.user, Text: "without key"})
		require.Equal(t, models.Invalid, models.CodeOf(err))
	})
}

func TestPurgeForgetsOnlyOldTurns(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	r := g.runner(t)
	g.take(t, r, "old")
	g.clock.advance(6 * 24 * time.Hour)
	g.take(t, r, "young")
	g.clock.advance(2 * 24 * time.Hour)
	n, err := r.Purge(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(1), n)
	require.Equal(t, "old,young,now", g.take(t, r, "now"))
}
