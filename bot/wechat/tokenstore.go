package wechat

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	redisLimit = 500 * time.Millisecond // for one command: Redis being away must not hold up a send
	lockLife   = 10 * time.Second       // longer than one fetch
	awaitLimit = 3 * time.Second        // for another replica's fetch
	awaitPause = 100 * time.Millisecond
)

// tokenStore is the copy of the access token that all replicas share.
type tokenStore struct {
	redis redis.UniversalClient
	appID string
}

func newTokenStore(client redis.UniversalClient, appID string) *tokenStore {
	return &tokenStore{redis: client, appID: appID}
}

// tokenKey holds the token. STRING, lives as long as the token.
func (s *tokenStore) tokenKey() string { return "hhq:{wechat:" + s.appID + "}:token" }

// lockKey is held by the replica that fetches. STRING, lives lockLife.
func (s *tokenStore) lockKey() string { return "hhq:{wechat:" + s.appID + "}:token:lock" }

// dropIfEqual deletes a key that still holds a value.
//
//	KEYS[1] -> the token or the lock
//	ARGV[1] -> the value it must have
//	Output: 1 if it was deleted
var dropIfEqual = redis.NewScript(`
if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
return 0`)

// load is the shared token and how long it lives; "" if there is none.
func (s *tokenStore) load(ctx context.Context) (string, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	pipe := s.redis.Pipeline()
	value, life := pipe.Get(ctx, s.tokenKey()), pipe.PTTL(ctx, s.tokenKey())
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return "", 0, err
	}
	return value.Val(), life.Val(), nil
}

func (s *tokenStore) save(ctx context.Context, value string, life time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	return s.redis.Set(ctx, s.tokenKey(), value, life).Err()
}

func (s *tokenStore) drop(ctx context.Context, value string) error {
	ctx, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	return dropIfEqual.Run(ctx, s.redis, []string{s.tokenKey()}, value).Err()
}

// lock makes this replica the one that fetches. If Redis is away, or there is
// none, every replica is: the stable token is the same for all.
func (t *tokens) lock(ctx context.Context) (release func(), mine bool) {
	nothing := func() {}
	if t.shared == nil {
		return nothing, true
	}
	owner := rand.Text()
	setCtx, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	err := t.shared.redis.SetArgs(setCtx, t.shared.lockKey(), owner, redis.SetArgs{Mode: "NX", TTL: lockLife}).Err()
	if errors.Is(err, redis.Nil) {
		return nothing, false
	}
	if err != nil {
		return nothing, true
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), redisLimit)
		defer cancel()
		// A lock that is not released ends by itself.
		_ = dropIfEqual.Run(ctx, t.shared.redis, []string{t.shared.lockKey()}, owner).Err()
	}, true
}

// await waits for the token that another replica is fetching. If that takes
// too long this one fetches as well.
func (t *tokens) await(ctx context.Context) (string, bool) {
	for deadline := time.After(awaitLimit); ; {
		select {
		case <-deadline:
			return "", false
		case <-ctx.Done():
			return "", false
		case <-time.After(awaitPause):
			if value, ok := t.adopt(ctx); ok {
				return value, true
			}
		}
	}
}
