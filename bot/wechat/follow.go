package wechat

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/huhuqing/huhuqing/bot"
)

const (
	followLimit = 30 * time.Second // for all parts of one answer
	// followMemory is how long a message's parts count as sent: longer than the
	// platform's three tries of five seconds, on clocks that differ.
	followMemory = time.Minute
)

// follow sends the parts after the first, once for a message: its retries get
// the first part again and no other. What was shown last says that more was to
// come, so a refusal here leaves nobody with half an answer unawares.
func (a *Account) follow(m bot.Message, parts []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closing {
		a.o.Log.Warn("rest of a long answer not sent", "comp", "wechat", "user", bot.UserHash(m.From))
		return
	}
	if !a.firstHere(m.Key()) {
		return
	}
	a.running.Add(1)
	go func() {
		defer a.running.Done()
		ctx, cancel := context.WithTimeout(a.base, followLimit)
		defer cancel()
		if !a.firstAnywhere(ctx, m.Key()) {
			return
		}
		err := bot.Pause(ctx, a.pause)
		if err == nil {
			err = a.sendParts(ctx, m.From, parts)
		}
		if err != nil {
			a.o.Log.Error("rest of a long answer not sent", "comp", "wechat", "user", bot.UserHash(m.From), "err", err)
		}
	}()
}

// firstHere remembers key and tells whether this process saw it first. The
// caller holds mu.
func (a *Account) firstHere(key string) bool {
	now := a.o.Now()
	for old, at := range a.followed {
		if now.Sub(at) > followMemory {
			delete(a.followed, old)
		}
	}
	_, seen := a.followed[key]
	a.followed[key] = now
	return !seen
}

// firstAnywhere does the same for all replicas. Without Redis this one speaks:
// twice is better than never.
func (a *Account) firstAnywhere(ctx context.Context, key string) bool {
	if a.o.Redis == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	err := a.o.Redis.SetArgs(ctx, followedKey(a.o.AppID, key), "1", redis.SetArgs{Mode: "NX", TTL: followMemory}).Err()
	return !errors.Is(err, redis.Nil)
}

// followedKey marks a message whose parts are on their way. STRING, lives
// followMemory.
func followedKey(appID, key string) string {
	return "hhq:{wechat:" + appID + "}:followed:" + bot.UserHash(key)
}
