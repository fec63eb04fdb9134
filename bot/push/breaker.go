package push

import (
	"context"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// scopeAll is the breaker of everything; the others are named after their channel.
const scopeAll = "all"

// readBreakers takes what all replicas know over, unless this one turned a breaker while
// the list was read: then the list may be older than what is known here.
func (c *Courier) readBreakers(ctx context.Context) error {
	c.mu.Lock()
	before := c.turned
	c.mu.Unlock()
	list, err := c.o.Rows.Breakers(ctx)
	if err != nil {
		return err
	}
	open := make(map[string]models.Breaker, len(list))
	for _, b := range list {
		open[b.Scope] = b
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turned != before {
		return nil
	}
	c.breakers = open
	for _, scope := range []string{scopeAll, string(models.PushCustom), string(models.PushTemplate), string(models.PushSubscribe)} {
		_, stopped := open[scope]
		c.o.Metrics.Broken(scope, stopped)
	}
	return nil
}

// setBreaker sets a breaker as this courier knows it now; nil ends it.
func (c *Courier) setBreaker(scope string, b *models.Breaker) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turned++
	if b == nil {
		delete(c.breakers, scope)
	} else {
		c.breakers[scope] = *b
	}
	c.o.Metrics.Broken(scope, b != nil)
}

func (c *Courier) broken(scope string) (models.Breaker, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b, open := c.breakers[scope]
	return b, open
}

// trip stops a channel, or all of them, for everybody, and raises the alarm once.
func (c *Courier) trip(ctx context.Context, channel models.PushChannel, e *bot.SendError) {
	b := models.Breaker{Scope: scopeAll, Code: e.Code, Rid: e.Rid, Since: c.o.Now(), Until: e.Until}
	if e.Only {
		b.Scope = string(channel)
	}
	c.setBreaker(b.Scope, &b)
	fresh, err := c.o.Rows.Trip(context.WithoutCancel(ctx), b)
	c.setBreaker(b.Scope, &b) // a list read meanwhile may not have it
	if err != nil {           // the other replicas will find out by themselves
		c.o.Log.Error("breaker not kept", "comp", "push", "code", b.Code, "err", err)
	}
	if fresh {
		c.o.Log.Error("pushes stopped: somebody must look", "comp", "push", "scope", b.Scope, "code", b.Code, "rid", b.Rid, "until", b.Until)
	}
}

// mend ends what a success has shown to be over.
func (c *Courier) mend(ctx context.Context, channel models.PushChannel) {
	now := c.o.Now()
	for _, scope := range []string{scopeAll, string(channel)} {
		b, open := c.broken(scope)
		if !open || now.Before(b.Until) {
			continue
		}
		mended, err := c.o.Rows.Mend(context.WithoutCancel(ctx), scope)
		if err != nil {
			c.o.Log.Error("breaker not mended", "comp", "push", "err", err)
			continue
		}
		c.setBreaker(scope, nil)
		if mended {
			c.o.Log.Warn("pushes go on", "comp", "push", "scope", scope, "code", b.Code, "since", b.Since)
		}
	}
}
