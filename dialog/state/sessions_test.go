package state_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/state"
)

// realRedis is the server the tests were given; without one they fail.
func realRedis(t *testing.T) redis.UniversalClient {
	t.Helper()
	url := os.Getenv("HHQ_TEST_REDIS")
	require.NotEmpty(t, url, "no Redis to test with: run through `make test` or `deploy/test-services run -- go test ./dialog/...`")
	client, err := state.Dial(url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	return client
}

func embedded(t *testing.T) redis.UniversalClient {
	t.Helper()
	e, err := state.Embed()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e.Client
}

// bundle is what one conformance test works with: a person nobody else uses.
type bundle struct {
	*state.Sessions
	client redis.UniversalClient
	user   string
}

var conformance = map[string]func(*testing.T, bundle){
	"locks a free person and hands out what the last turn left": keepsSession,
	"answers a message seen before without locking":             answersAgain,
	"asking again with the same token finds the lock held":      entersTwice,
	"serves waiting messages in arrival order":                  ordersArrivals,
	"a duplicate of the message at work goes first":             duplicateFirst,
	"a crashed holder is passed when its lease is over":         leaseEnds,
	"a turn that extends its lease is not overtaken":            leaseExtended,
	"a waiter that stopped asking is passed over":               waiterDies,
	"who lost the lock keeps nothing":                           fenced,
	"a message without an answer can be taken again":            unanswered,
	"leaves nothing of a person behind":                         leavesNothing,
	"different people do not wait for each other":               independent,
	"of many at once one is in":                                 exclusive,
}

func TestSessions(t *testing.T) {
	t.Parallel()
	for kind, open := range map[string]func(*testing.T) redis.UniversalClient{"embedded": embedded, "redis": realRedis} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			client := open(t)
			for name, test := range conformance {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					s := state.New(client)
					s.Lease, s.Patience = 2*time.Second, time.Second
					test(t, bundle{Sessions: s, client: client, user: fmt.Sprintf("o-%s-%d", t.Name(), os.Getpid())})
				})
			}
		})
	}
}

// enter asks once and wants to have to wait for ahead others (0: to be in).
func (b bundle) enter(t *testing.T, key, token string, ahead int) []byte {
	t.Helper()
	n, answer, session, err := b.Enter(t.Context(), b.user, key, token)
	require.NoError(t, err)
	require.Nil(t, answer)
	require.Equal(t, ahead, n, "messages ahead of %s", key)
	return session
}

// wait asks until it is in.
func (b bundle) wait(t *testing.T, key, token string) {
	t.Helper()
	require.Eventually(t, func() bool {
		n, answer, _, err := b.Enter(t.Context(), b.user, key, token)
		return err == nil && answer == nil && n == 0
	}, 5*time.Second, 20*time.Millisecond)
}

func (b bundle) leave(t *testing.T, key, token, session, answer string) {
	t.Helper()
	require.NoError(t, b.Leave(t.Context(), b.user, key, token, []byte(session), []byte(answer)))
}

func (b bundle) answered(t *testing.T, key, want string) {
	t.Helper()
	_, answer, session, err := b.Enter(t.Context(), b.user, key, "again")
	require.NoError(t, err)
	require.Equal(t, want, string(answer))
	require.Nil(t, session)
}

func keepsSession(t *testing.T, b bundle) {
	require.Nil(t, b.enter(t, "m1", "t1", 0), "a new person has no session")
	binary := "\x00\xff sealed \r\n"
	b.leave(t, "m1", "t1", binary, "a1")
	require.Equal(t, binary, string(b.enter(t, "m2", "t2", 0)))
	b.leave(t, "m2", "t2", "", "a2")
	require.Nil(t, b.enter(t, "m3", "t3", 0), "removed")
}

func answersAgain(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.leave(t, "m1", "t1", "s", "a1")
	b.enter(t, "m2", "t2", 0)
	b.answered(t, "m1", "a1")
	b.answered(t, "m1", "a1")
	b.leave(t, "m2", "t2", "s", "a2")
	b.answered(t, "m2", "a2")
}

func entersTwice(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.enter(t, "m2", "t2", 1)
	b.enter(t, "m1", "t1", 0)
	b.leave(t, "m1", "t1", "s", "a")
	require.Equal(t, "s", string(b.enter(t, "m2", "t2", 0)))
}

func ordersArrivals(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.enter(t, "m2", "t2", 1)
	b.enter(t, "m3", "t3", 2)
	b.enter(t, "m4", "t4", 3)
	b.enter(t, "m3", "t3", 2)
	b.leave(t, "m1", "t1", "s", "a1")
	b.enter(t, "m3", "t3", 1)
	b.enter(t, "m5", "t5", 3)
	b.enter(t, "m2", "t2", 0)
	b.enter(t, "m3", "t3", 1)
	b.leave(t, "m2", "t2", "s", "a2")
	b.enter(t, "m4", "t4", 1)
	b.enter(t, "m3", "t3", 0)
}

func duplicateFirst(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.enter(t, "m2", "t2", 1)
	b.enter(t, "m1", "other replica", 1)
	b.enter(t, "m2", "t2", 2)
	b.leave(t, "m1", "t1", "s", "a1")
	b.answered(t, "m1", "a1")
	b.enter(t, "m2", "t2", 0)
}

func leaseEnds(t *testing.T, b bundle) {
	b.Lease = 300 * time.Millisecond
	b.enter(t, "m1", "t1", 0)
	b.enter(t, "m2", "t2", 1)
	b.enter(t, "m1", "retried", 1)
	b.Lease = 10 * time.Second
	b.wait(t, "m1", "retried")
	b.enter(t, "m2", "t2", 1)
}

func leaseExtended(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	for range 6 { // 3 s, and the lease is 2
		time.Sleep(500 * time.Millisecond)
		require.NoError(t, b.Extend(t.Context(), b.user, "m1", "t1"))
		b.enter(t, "m2", "t2", 1)
	}
	require.ErrorIs(t, b.Extend(t.Context(), b.user, "m1", "t2"), state.ErrLost)
}

func waiterDies(t *testing.T, b bundle) {
	b.Patience = 300 * time.Millisecond
	b.enter(t, "m1", "t1", 0)
	b.enter(t, "dead", "t2", 1)
	b.enter(t, "m3", "t3", 2)
	b.leave(t, "m1", "t1", "s", "a")
	b.enter(t, "m3", "t3", 1)
	b.wait(t, "m3", "t3")
}

func fenced(t *testing.T, b bundle) {
	b.Lease = 100 * time.Millisecond
	b.enter(t, "m1", "t1", 0)
	b.wait(t, "m2", "t2")
	require.ErrorIs(t, b.Leave(t.Context(), b.user, "m1", "t1", []byte("old"), []byte("a1")), state.ErrLost)
	b.Lease = 2 * time.Second
	require.Nil(t, b.enterAnew(t, "m2"))
}

// enterAnew waits for the lock as another attempt of the same message.
func (b bundle) enterAnew(t *testing.T, key string) (session []byte) {
	t.Helper()
	require.Eventually(t, func() bool {
		n, _, got, err := b.Enter(t.Context(), b.user, key, "anew")
		session = got
		return err == nil && n == 0
	}, 5*time.Second, 20*time.Millisecond)
	return session
}

func unanswered(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.enter(t, "m2", "t2", 1)
	b.enter(t, "m1", "other", 1)
	b.leave(t, "m1", "t1", "", "")
	b.enter(t, "m2", "t2", 1)
	b.enter(t, "m1", "other", 0)
}

func leavesNothing(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.leave(t, "m1", "t1", "s", "a")
	b.enter(t, "m2", "t2", 0)
	b.enter(t, "m3", "t3", 1)
	b.leave(t, "m2", "t2", "", "a")
	b.enter(t, "m3", "t3", 0)
	b.leave(t, "m3", "t3", "", "a")
	for _, key := range state.KeysOf(b.user, "") {
		n, err := b.client.Exists(t.Context(), key).Result()
		require.NoError(t, err)
		require.Zero(t, n, key)
	}
	for key, longest := range map[string]time.Duration{"m1": 15 * time.Minute} {
		ttl, err := b.client.PTTL(t.Context(), state.KeysOf(b.user, key)[1]).Result()
		require.NoError(t, err)
		require.Greater(t, ttl, 10*time.Minute)
		require.LessOrEqual(t, ttl, longest)
	}
}

func independent(t *testing.T, b bundle) {
	b.enter(t, "m1", "t1", 0)
	b.user += "-neighbour"
	b.enter(t, "m1", "t1", 0)
}

func exclusive(t *testing.T, b bundle) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	inside, served := 0, 0
	for i := range 20 {
		wg.Go(func() {
			key, token := fmt.Sprint("m", i), fmt.Sprint("t", i)
			for {
				n, _, _, err := b.Enter(context.Background(), b.user, key, token)
				if err == nil && n == 0 {
					break
				}
				time.Sleep(5 * time.Millisecond)
			}
			mu.Lock()
			inside++
			served++
			alone := inside == 1
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			inside--
			mu.Unlock()
			if !alone || b.Leave(context.Background(), b.user, key, token, []byte("s"), []byte("a")) != nil {
				t.Error("two inside at once, or the lock lost")
			}
		})
	}
	wg.Wait()
	require.Equal(t, 20, served)
}
