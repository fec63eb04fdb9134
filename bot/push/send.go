package push

import (
	"cmp"
	"context"
	"time"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// turn waits until this send may begin: replies first, then the rate.
func (c *Courier) turn(ctx context.Context, lane models.PushLane) error {
	if lane == models.LaneBulk && c.o.Busy != nil {
		for waited := time.Duration(0); c.o.Busy() && waited < busyPatience; waited += busyLook {
			if err := bot.Pause(ctx, busyLook); err != nil {
				return err
			}
		}
	}
	return c.limit.wait(ctx)
}

const (
	// busyPatience keeps bulk moving, one send of each worker in so long, when people
	// write without end: the digest is for this morning.
	busyPatience = 2 * time.Second
	busyLook     = 25 * time.Millisecond
)

// pay takes what the channel costs from the ledger; done when it is paid.
func (c *Courier) pay(ctx context.Context, p models.Push, channel models.PushChannel) (verdict, error) {
	var paid bool
	var err error
	code := codeWindow
	switch channel {
	case models.PushCustom:
		paid, err = c.o.Rows.Spend(ctx, p.User, c.o.Now().Add(ahead))
	case models.PushSubscribe:
		code = codeNoGrant
		paid, err = c.o.Rows.SpendGrant(ctx, p.User, c.o.Notifications[p.Kind].ID)
	default:
		return done, nil
	}
	if err != nil || !paid {
		return verdict{code: code}, err
	}
	return done, nil
}

// refund gives back what a send has cost that surely was not carried out.
func (c *Courier) refund(ctx context.Context, p models.Push) {
	var err error
	switch p.Channel {
	case models.PushCustom:
		err = c.o.Rows.Spent(ctx, p.User, -1)
	case models.PushSubscribe:
		key := "refund:" + p.ID + ":" + decimal(p.Version)
		err = c.o.Rows.Grant(ctx, []models.GrantAnswer{{User: p.User, Template: c.o.Notifications[p.Kind].ID, Accept: true, Key: key}})
	}
	if err != nil { // the person can be reached once less than the platform would allow
		c.o.Log.Warn("ledger not put right", "comp", "push", "push", p.ID, "err", err)
	}
}

// send asks the platform.
func (c *Courier) send(ctx context.Context, p models.Push, channel models.PushChannel) (msgID string, err error) {
	switch channel {
	case models.PushCustom:
		return "", c.o.Sender.SendPush(ctx, p.User, replyOf(p))
	case models.PushTemplate:
		return c.o.Sender.SendTemplate(ctx, c.fill(ctx, c.o.Templates[p.Kind], p))
	}
	return c.o.Sender.SendSubscribe(ctx, c.fill(ctx, c.o.Notifications[p.Kind], p))
}

// replyOf is the push as a message. Its lines carry no numbers: a typed number
// answers the question that is open in the conversation, never a push.
func replyOf(p models.Push) bot.Reply {
	reply := bot.Reply{Text: cmp.Or(p.Text, p.Title)}
	for _, tap := range p.Taps {
		reply.Options = append(reply.Options, bot.Option{Label: tap.Label, Say: tap.Say})
	}
	return reply
}
