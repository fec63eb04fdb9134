package push

import (
	"context"
	"errors"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// taken ends a send that the platform has accepted. Of a customer-service message
// nothing more is heard: accepted is as good as delivered.
func (c *Courier) taken(ctx context.Context, p models.Push, msgID string) (verdict, error) {
	now := c.o.Now()
	p.SentAt, p.MsgID, p.Code, p.Rid = &now, msgID, "", ""
	c.mend(ctx, p.Channel)
	if p.Channel == models.PushCustom {
		return done, c.end(ctx, p, models.PushDelivered, "")
	}
	p.State, p.Trying, p.EndedAt, p.NextTry = models.PushSent, "", &now, c.nextSend(p)
	return done, c.settle(ctx, p)
}

// failed decides by the table of wechat.md §1.13.
func (c *Courier) failed(ctx context.Context, p *models.Push, resumed bool, err error) (verdict, error) {
	var e *bot.SendError
	if !errors.As(err, &e) {
		e = &bot.SendError{Class: bot.SendOurBug, Err: err}
	}
	code := codeOf(e)
	p.Rid = e.Rid
	if e.Unknown || resumed { // this time it surely was not sent, the first time it may have been
		return done, c.unknown(ctx, *p, code)
	}
	c.refund(ctx, *p)
	p.Trying, p.TriedAt = "", nil
	switch e.Class {
	case bot.SendRetry, bot.SendNewToken:
		return done, c.again(ctx, *p, code, e.Code)
	case bot.SendStopAll:
		p.Tries-- // no fault of this push
		c.trip(ctx, p.Channel, e)
		return verdict{code: code, wait: scatterAfter(e.Until)}, nil
	case bot.SendStopUser:
		return c.unreachable(ctx, *p, e.Code), nil
	}
	return done, c.end(ctx, *p, models.PushFailed, code)
}

// again lets a push wait for its next try, as long as there is one.
func (c *Courier) again(ctx context.Context, p models.Push, code string, errcode int) error {
	if p.Tries >= models.PushTries {
		return c.end(ctx, p, models.PushGivenUp, code)
	}
	d := c.o.Pace.Retry << (2 * (p.Tries - 1))
	if errcode == codeTooFast {
		d = max(d, 2*c.o.Pace.Retry) // the platform counts by the minute
	}
	return c.later(ctx, p, c.o.Now().Add(scatter(d)), code)
}

// unknown is for a send that may have been carried out. A template message is
// repeated under its id while the platform remembers it; for a notification its
// report is waited for; a customer-service message ends here.
func (c *Courier) unknown(ctx context.Context, p models.Push, code string) error {
	now := c.o.Now()
	switch p.Channel {
	case models.PushTemplate:
		// Soon enough for several tries before the platform forgets the id.
		wait := scatter(min(c.o.Pace.Retry<<min(p.Tries-1, 3), c.o.Pace.Repeatable/3))
		p.State, p.Code, p.NextTry = models.PushWaiting, code, now.Add(wait)
		return c.settle(ctx, p)
	case models.PushSubscribe:
		p.State, p.Code, p.NextTry = models.PushWaiting, code, now.Add(min(lost, c.o.Pace.Repeatable/3))
		return c.settle(ctx, p)
	}
	return c.end(ctx, p, models.PushUnsure, code)
}

func codeOf(e *bot.SendError) string {
	switch {
	case e.Code != 0:
		return decimal(e.Code)
	case e.HTTP != 0:
		return "http_" + decimal(e.HTTP)
	case errors.Is(e, context.DeadlineExceeded):
		return "timeout"
	case e.Class == bot.SendRetry:
		return "transport"
	}
	return string(e.Class)
}
