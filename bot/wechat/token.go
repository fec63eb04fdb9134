package wechat

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/silenceper/wechat/v2/credential"
	"golang.org/x/sync/singleflight"

	"github.com/huhuqing/huhuqing/bot"
)

const (
	// tokenAhead is when a token is renewed before it ends: the platform hands
	// out the next one in the last five minutes (wechat.md §1.12), asked earlier
	// it answers with the same.
	tokenAhead = 5 * time.Minute
	// tokenPause lies between two renewals ahead of time.
	tokenPause = 30 * time.Second
	// tokenBudget bounds the fetches of this process per minute, whatever goes
	// wrong: with ten replicas 200 of the platform's 10,000 a minute, and below
	// its 500,000 a day.
	tokenBudget = 20
	tokenLimit  = 15 * time.Second // for one renewal, waiting for another replica included
	maxTokenAge = 2 * time.Hour
)

// tokens hands out the account's access token: a copy here, one in Redis for
// all replicas, and the platform's stable token behind both. While one caller
// renews it, the others go on with the old one as long as it is good. Without
// Redis it works the same, except that each replica fetches for itself.
type tokens struct {
	fetch  func(ctx context.Context) (value string, life time.Duration, err error)
	shared *tokenStore // nil without Redis
	o      Options
	flight singleflight.Group

	mu      sync.Mutex
	current token
	bad     string // the value refused last: not to be taken from Redis again
	minute  time.Time
	fetched int // in the minute that began then
}

// token is one access token.
type token struct {
	value   string
	expires time.Time // not used from then on
	renew   time.Time // to be replaced from then on
}

var _ credential.AccessTokenContextHandle = (*tokens)(nil)

var errTokenBudget = errors.New("too many token fetches in a minute")

func newTokens(o Options, fetch func(context.Context) (string, time.Duration, error)) *tokens {
	t := &tokens{fetch: fetch, o: o}
	if o.Redis != nil {
		t.shared = newTokenStore(o.Redis, o.AppID)
	}
	return t
}

// newToken clamps what the platform says about the life of a token: never
// longer than it promises anywhere, never nothing.
func newToken(value string, life time.Duration, now time.Time) token {
	if life <= 0 {
		life = time.Minute
	}
	life = min(life, maxTokenAge)
	margin := min(10*time.Second, life/10)
	ahead := min(tokenAhead, life/3)
	return token{value: value, expires: now.Add(life - margin), renew: now.Add(life - ahead)}
}

// GetAccessToken is GetAccessTokenContext without a context.
func (t *tokens) GetAccessToken() (string, error) {
	return t.GetAccessTokenContext(context.Background())
}

// GetAccessTokenContext returns a token that was good when it was last looked
// at. It waits only when there is none.
func (t *tokens) GetAccessTokenContext(ctx context.Context) (string, error) {
	value, renew := t.usable()
	if value != "" {
		if renew {
			t.flight.DoChan("token", t.renewal)
		}
		return value, nil
	}
	select {
	case result := <-t.flight.DoChan("token", t.renewal):
		if result.Err != nil {
			return "", result.Err
		}
		return result.Val.(string), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// usable is the copy here, and whether this caller is to see to a new one.
func (t *tokens) usable() (value string, renew bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.o.Now()
	if t.current.value == "" || !now.Before(t.current.expires) {
		return "", false
	}
	if now.Before(t.current.renew) {
		return t.current.value, false
	}
	t.current.renew = now.Add(tokenPause)
	return t.current.value, true
}

// renewal gets a newer token than the one here and keeps it. It belongs to all
// who wait for it, so it has a deadline of its own and no caller's context.
func (t *tokens) renewal() (any, error) {
	ctx, cancel := context.WithTimeout(context.Background(), tokenLimit)
	defer cancel()
	if shared, ok := t.adopt(ctx); ok {
		return shared, nil
	}
	release, mine := t.lock(ctx)
	defer release()
	if !mine {
		if value, ok := t.await(ctx); ok {
			return value, nil
		}
	} else if shared, ok := t.adopt(ctx); ok {
		return shared, nil // somebody was quicker than the lock
	}
	return t.fetchNew(ctx)
}

func (t *tokens) fetchNew(ctx context.Context) (any, error) {
	if !t.spend() {
		t.o.Metrics.TokenRefreshed("refused")
		return nil, &bot.SendError{Class: bot.SendRetry, Err: errTokenBudget}
	}
	value, life, err := t.fetch(ctx)
	if err != nil {
		t.o.Metrics.TokenRefreshed("failed")
		t.o.Log.Warn("access token not fetched", "comp", "wechat", "err", err)
		return nil, err
	}
	t.o.Metrics.TokenRefreshed("fetched")
	fresh := newToken(value, life, t.o.Now())
	t.keep(fresh)
	if t.shared != nil {
		if err := t.shared.save(ctx, value, min(max(life, time.Second), maxTokenAge)); err != nil {
			t.o.Log.Warn("access token not shared", "comp", "wechat", "err", err)
		}
	}
	return value, nil
}

// adopt takes the copy in Redis if it is newer than the one here.
func (t *tokens) adopt(ctx context.Context) (string, bool) {
	if t.shared == nil {
		return "", false
	}
	value, life, err := t.shared.load(ctx)
	if err != nil {
		t.o.Log.Warn("shared access token not read", "comp", "wechat", "err", err)
		return "", false
	}
	t.mu.Lock()
	known := value == "" || value == t.bad || value == t.current.value
	t.mu.Unlock()
	if known || life <= time.Second || life <= tokenAhead && t.hasUsable() {
		return "", false
	}
	t.keep(newToken(value, life, t.o.Now()))
	t.o.Metrics.TokenRefreshed("shared")
	return value, true
}

func (t *tokens) hasUsable() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.current.value != "" && t.o.Now().Before(t.current.expires)
}

func (t *tokens) keep(fresh token) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current = fresh
}

// spend takes one fetch from the minute's budget.
func (t *tokens) spend() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.o.Now(); now.Sub(t.minute) >= time.Minute || now.Before(t.minute) {
		t.minute, t.fetched = now, 0
	}
	t.fetched++
	return t.fetched <= tokenBudget
}

// InvalidateIfEqual drops value, which the platform has refused, unless it was
// replaced in the meantime: of many callers refused together only the first
// makes the others fetch.
func (t *tokens) InvalidateIfEqual(ctx context.Context, value string) {
	t.mu.Lock()
	mine := t.current.value == value
	if mine {
		t.current, t.bad = token{}, value
	}
	t.mu.Unlock()
	if mine && t.shared != nil {
		if err := t.shared.drop(ctx, value); err != nil {
			t.o.Log.Warn("shared access token not dropped", "comp", "wechat", "err", err)
		}
	}
}
