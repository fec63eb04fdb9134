package push

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/redis/go-redis/v9"
)

// limiter spaces the sends of all replicas.
type limiter struct {
	redis redis.UniversalClient
	every time.Duration // between two sends; 0 for no limit
	burst time.Duration // how much of the pauses may be made up for
}

func newLimiter(client redis.UniversalClient, rate int) *limiter {
	l := &limiter{redis: client}
	if rate > 0 {
		l.every = time.Second / time.Duration(rate)
		l.burst = 100 * time.Millisecond // what a worker loses between two looks
	}
	return l
}

// reserve takes the next free place and tells how long to wait for it.
//
//	KEYS[1] -> hhq:{push}:rate
//	ARGV[1] -> microseconds between two sends
//	ARGV[2] -> microseconds that may be made up for
//	Output: microseconds to wait
//
// The time is Redis's own, so the clocks of replicas need not agree.
var reserve = redis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local at = tonumber(redis.call('GET', KEYS[1]) or '0')
if at < now - ARGV[2] then
  at = now - ARGV[2]
end
redis.call('SET', KEYS[1], string.format('%.0f', at + ARGV[1]), 'PX', math.ceil((at + ARGV[1] - now) / 1000) + 1000)
if at < now then
  return 0
end
return math.ceil(at - now)
`)

// wait returns when this process may send. The place is lost when ctx ends first.
func (l *limiter) wait(ctx context.Context) error {
	if l.every == 0 {
		return ctx.Err()
	}
	us, err := reserve.Run(ctx, l.redis, []string{rateKey()}, l.every.Microseconds(), l.burst.Microseconds()).Int64()
	if err != nil {
		return err
	}
	return bot.Pause(ctx, time.Duration(us)*time.Microsecond)
}

// scatter is d give or take a quarter, so that what failed together does not come
// back together.
func scatter(d time.Duration) time.Duration { return d - d/4 + rand.N(d/2+1) }
