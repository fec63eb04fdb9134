package wechat

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
)

// hand is a clock that a test turns.
type hand struct {
	mu sync.Mutex
	at time.Time
}

func (h *hand) now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.at }

func (h *hand) turn(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.at = h.at.Add(d) }

// mint is a platform's stable token: T1 until somebody calls next.
type mint struct {
	fetched atomic.Int64
	serial  atomic.Int64
	life    time.Duration
	delay   time.Duration
	err     error
}

func (m *mint) fetch(context.Context) (string, time.Duration, error) {
	m.fetched.Add(1)
	time.Sleep(m.delay)
	return fmt.Sprintf("T%d", m.serial.Load()), m.life, m.err
}

func newMint() *mint { return &mint{life: 2 * time.Hour} }

// replica is one process's tokens.
func replica(t *testing.T, m *mint, clock *hand, addr string) *tokens {
	t.Helper()
	b := setup(t)
	o := b.o
	o.Now = clock.now
	if addr != "" {
		client := redis.NewClient(&redis.Options{Addr: addr, MaxRetries: -1, DialTimeout: 200 * time.Millisecond})
		t.Cleanup(func() { _ = client.Close() })
		o.Redis = client
	}
	return newTokens(o, m.fetch)
}

func get(t *testing.T, r *tokens) string {
	t.Helper()
	value, err := r.GetAccessTokenContext(t.Context())
	require.NoError(t, err)
	return value
}

func TestTokenIsFetchedOnceForAll(t *testing.T) {
	t.Parallel()
	server, clock, m := miniredis.RunT(t), &hand{at: clock}, newMint()
	m.delay = 50 * time.Millisecond
	replicas := []*tokens{replica(t, m, clock, server.Addr()), replica(t, m, clock, server.Addr()), replica(t, m, clock, server.Addr())}
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			if value, err := replicas[i%3].GetAccessToken(); err != nil || value != "T0" {
				t.Errorf("%q %v", value, err)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1, m.fetched.Load())
	require.Equal(t, 2*time.Hour, server.TTL("hhq:{wechat:"+appID+"}:token"))
	require.False(t, server.Exists("hhq:{wechat:"+appID+"}:token:lock"), "the lock is released")
}

func TestTokenIsRenewedAheadWhileTheOldOneServes(t *testing.T) {
	t.Parallel()
	clock, m := &hand{at: clock}, newMint()
	r := replica(t, m, clock, miniredis.RunT(t).Addr())
	require.Equal(t, "T0", get(t, r))
	clock.turn(115*time.Minute + time.Second)
	m.serial.Add(1)
	require.Equal(t, "T0", get(t, r), "nobody waits")
	require.Eventually(t, func() bool { return get(t, r) == "T1" }, time.Second, time.Millisecond)
	require.EqualValues(t, 2, m.fetched.Load())
}

func TestOldTokenServesWhileRenewalFails(t *testing.T) {
	t.Parallel()
	clock, m := &hand{at: clock}, newMint()
	r := replica(t, m, clock, "")
	require.Equal(t, "T0", get(t, r))
	clock.turn(116 * time.Minute)
	m.err = errors.New("away")
	for range 50 {
		require.Equal(t, "T0", get(t, r))
	}
	require.Eventually(t, func() bool { return m.fetched.Load() == 2 }, time.Second, time.Millisecond)
	clock.turn(4 * time.Minute)
	_, err := r.GetAccessTokenContext(t.Context())
	require.Error(t, err, "it has ended")
}

func TestTokenWithoutRedis(t *testing.T) {
	t.Parallel()
	t.Run("away from the start", func(t *testing.T) {
		m := newMint()
		r := replica(t, m, &hand{at: clock}, "127.0.0.1:1")
		for range 100 {
			require.Equal(t, "T0", get(t, r))
		}
		require.EqualValues(t, 1, m.fetched.Load(), "the local copy saves the quota")
	})
	t.Run("gone and back", func(t *testing.T) {
		server, clock, m := miniredis.RunT(t), &hand{at: clock}, newMint()
		r := replica(t, m, clock, server.Addr())
		get(t, r)
		server.SetError("LOADING")
		clock.turn(3 * time.Hour)
		m.serial.Add(1)
		require.Equal(t, "T1", get(t, r))
		server.SetError("")
		require.Equal(t, "T1", get(t, r))
		require.EqualValues(t, 2, m.fetched.Load())
	})
}

func TestRefusedTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	server, clock, m := miniredis.RunT(t), &hand{at: clock}, newMint()
	a, b := replica(t, m, clock, server.Addr()), replica(t, m, clock, server.Addr())
	require.Equal(t, "T0", get(t, a))
	require.Equal(t, "T0", get(t, b))
	m.serial.Add(1)
	for range 10 { // ten callers were refused with T0
		a.InvalidateIfEqual(t.Context(), "T0")
		require.Equal(t, "T1", get(t, a))
	}
	b.InvalidateIfEqual(t.Context(), "T0")
	require.Equal(t, "T1", get(t, b), "taken from Redis: the other's newer token was not dropped")
	require.EqualValues(t, 2, m.fetched.Load())
}

func TestTokenQuotaIsNotBurnt(t *testing.T) {
	t.Parallel()
	clock, m := &hand{at: clock}, newMint()
	m.err = errors.New("away")
	r := replica(t, m, clock, "")
	for range 100 {
		_, err := r.GetAccessTokenContext(t.Context())
		require.Error(t, err)
	}
	require.EqualValues(t, tokenBudget, m.fetched.Load())
	_, err := r.GetAccessTokenContext(t.Context())
	require.Equal(t, bot.SendRetry, bot.SendClassOf(err))
	clock.turn(time.Minute)
	m.err = nil
	require.Equal(t, "T0", get(t, r))
}

func TestAnotherReplicasFetchIsAwaited(t *testing.T) {
	t.Parallel()
	server, clock, m := miniredis.RunT(t), &hand{at: clock}, newMint()
	r := replica(t, m, clock, server.Addr())
	require.NoError(t, server.Set("hhq:{wechat:"+appID+"}:token:lock", "another"))
	time.AfterFunc(150*time.Millisecond, func() {
		_ = server.Set("hhq:{wechat:"+appID+"}:token", "T9")
		server.SetTTL("hhq:{wechat:"+appID+"}:token", time.Hour)
	})
	require.Equal(t, "T9", get(t, r))
	require.Zero(t, m.fetched.Load())
	require.True(t, server.Exists("hhq:{wechat:"+appID+"}:token:lock"), "another's lock stays")
}

func TestTokenLifeIsClamped(t *testing.T) {
	t.Parallel()
	for _, life := range []time.Duration{0, -time.Hour, time.Second, 300 * time.Second, 1500 * time.Second, 1e6 * time.Second} {
		server, clock, m := miniredis.RunT(t), &hand{at: clock}, &mint{life: life}
		r := replica(t, m, clock, server.Addr())
		require.Equal(t, "T0", get(t, r))
		require.Positive(t, server.TTL("hhq:{wechat:"+appID+"}:token"), "v9 would keep it for ever")
		clock.turn(2*time.Hour + time.Second)
		m.serial.Add(1)
		server.FastForward(3 * time.Hour)
		require.Equal(t, "T1", get(t, r))
	}
}

func TestCallerNeedNotWait(t *testing.T) {
	t.Parallel()
	m := newMint()
	m.delay = 300 * time.Millisecond
	r := replica(t, m, &hand{at: clock}, "")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := r.GetAccessTokenContext(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Equal(t, "T0", get(t, r))
	require.EqualValues(t, 1, m.fetched.Load(), "the fetch went on for the next one")
}

func TestFurtherPartsAreSentByOneReplica(t *testing.T) {
	t.Parallel()
	server := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: server.Addr(), MaxRetries: -1})
	t.Cleanup(func() { _ = client.Close() })
	a := setup(t, func(o *Options) { o.Redis = client })
	b := setup(t, func(o *Options) { o.Redis = client })
	require.True(t, a.firstAnywhere(t.Context(), "k"))
	require.False(t, b.firstAnywhere(t.Context(), "k"))
	require.True(t, b.firstAnywhere(t.Context(), "other"))
	server.SetError("LOADING")
	require.True(t, b.firstAnywhere(t.Context(), "k"), "twice is better than never")
}
