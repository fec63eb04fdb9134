package state

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrLost is returned when the lock is no longer the caller's: its lease ran
// out, or Redis was flushed. Nothing was kept.
var ErrLost = errors.New("the lock of the person is no longer held")

// Sessions are the locks, sessions and remembered answers. Every call is one
// script, hence one round trip.
type Sessions struct {
	// Lease is how long a lock stays without Extend. A crashed holder keeps the
	// person waiting for that long. Losing the lock too early is harmless: the
	// version of the durable session decides (dialog/turn). Default 5 s.
	Lease time.Duration
	// Patience is how long a message that waits may be silent before those behind
	// it pass. Default 3 s: many times the longest pause between two questions.
	Patience time.Duration

	redis redis.UniversalClient
}

// New makes Sessions on a connected client; see Dial and Embed.
func New(client redis.UniversalClient) *Sessions {
	return &Sessions{Lease: 5 * time.Second, Patience: 3 * time.Second, redis: client}
}

// Enter asks to work on a message. It returns the answer when the message was
// seen before; else how many messages of the person go first, in which case it
// takes a ticket the first time and must be called again soon; else, with ahead
// 0, the person is locked by token and session is what the last turn left (nil
// when Redis has none).
func (s *Sessions) Enter(ctx context.Context, user, key, token string) (ahead int, answer, session []byte, err error) {
	got, err := enterCmd.Run(ctx, s.redis, keysOf(user, key), digest(key), token,
		s.Lease.Milliseconds(), s.Patience.Milliseconds(), queueTTL.Milliseconds()).Slice()
	if err != nil {
		return 0, nil, nil, fmt.Errorf("enter: %w", err)
	}
	if len(got) != 2 {
		return 0, nil, nil, fmt.Errorf("enter: %d values", len(got))
	}
	state, isNumber := got[0].(int64)
	blob, isText := got[1].(string)
	switch {
	case !isNumber || !isText:
		return 0, nil, nil, fmt.Errorf("enter: answer of types %T, %T", got[0], got[1])
	case state < 0:
		return 0, []byte(blob), nil, nil
	case blob == "":
		return int(state), nil, nil, nil
	}
	return 0, nil, []byte(blob), nil
}

// Extend renews the lease of the lock; ErrLost when it is not held by token.
func (s *Sessions) Extend(ctx context.Context, user, key, token string) error {
	ours, err := extendCmd.Run(ctx, s.redis, []string{lockKey(user)},
		digest(key)+":"+token, s.Lease.Milliseconds()).Bool()
	return lost("extend", ours, err)
}

// Leave keeps session and answer and unlocks; ErrLost when the lock is not held
// by token. A nil session removes the one in Redis, a nil answer remembers none.
func (s *Sessions) Leave(ctx context.Context, user, key, token string, session, answer []byte) error {
	ours, err := leaveCmd.Run(ctx, s.redis, keysOf(user, key), digest(key), token,
		session, answer, sessionTTL.Milliseconds(), answerTTL.Milliseconds()).Bool()
	return lost("leave", ours, err)
}

// Ping tells whether Redis answers.
func (s *Sessions) Ping(ctx context.Context) error {
	if err := s.redis.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ping redis: %w", err)
	}
	return nil
}

func keysOf(user, key string) []string {
	return []string{sessionKey(user), answerKey(user, key), lockKey(user), queueKey(user), askedKey(user)}
}

func lost(op string, ours bool, err error) error {
	if err == nil && !ours {
		err = ErrLost
	}
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}
