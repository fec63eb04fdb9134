package push

import (
	"context"
	"errors"
	"time"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// verdict is what a channel leaves to be done.
type verdict struct {
	over bool      // the push is settled
	code string    // why the channel did not do
	wait time.Time // when it may do; zero for not in sight
	gone bool      // the person does not follow the account: what goes to followers is of no use
}

var done = verdict{over: true}

// attempts tries the channels in order until one takes the push.
func (c *Courier) attempts(ctx context.Context, j models.PushJob) error {
	resumed := j.Trying != ""
	channels := []models.PushChannel{models.PushCustom, models.PushTemplate, models.PushSubscribe}
	if resumed {
		channels = []models.PushChannel{j.Trying} // anything else could come twice
	}
	stops, err := c.o.Rows.Stops(ctx, j.To, c.o.Now())
	if err != nil {
		return err
	}
	p, best := j.Push, verdict{code: codeNoChannel}
	p.User = j.To
	for _, channel := range channels {
		v := c.may(channel, j, stops)
		if best.gone && channel == models.PushTemplate {
			continue
		}
		if v == done {
			if v, err = c.attempt(ctx, &p, channel, resumed); err != nil || v.over {
				return err
			}
		}
		best = best.or(v)
	}
	switch {
	case resumed: // whatever keeps it from being repeated, the first send is what counts
		return c.unknown(ctx, p, best.code)
	case !best.wait.IsZero():
		return c.later(ctx, p, best.wait, best.code)
	}
	return c.end(ctx, p, models.PushRefused, best.code)
}

// or keeps the verdict that says more: one with a time, the sooner the better, then
// one with a reason, the first first.
func (v verdict) or(next verdict) verdict {
	out := v
	switch {
	case !next.wait.IsZero() && (v.wait.IsZero() || next.wait.Before(v.wait)):
		out = next
	case v.wait.IsZero() && v.code == codeNoChannel && next.code != "":
		out = next
	}
	out.gone = v.gone || next.gone
	return out
}

// may tells whether a channel is worth asking: done if so, else why not.
func (c *Courier) may(channel models.PushChannel, j models.PushJob, stops []models.PushStop) verdict {
	now := c.o.Now()
	if !c.has(channel, j, now) {
		return verdict{}
	}
	for _, scope := range []string{scopeAll, string(channel)} {
		if b, open := c.broken(scope); open && now.Before(b.Until) {
			return verdict{code: decimal(b.Code), wait: scatterAfter(b.Until)}
		}
	}
	for _, s := range stops {
		if s.Channel == channel || s.Channel == "" && channel == models.PushTemplate {
			v := verdict{code: s.Code, gone: s.Channel == ""}
			if s.Code == decimal(codeTooFrequent) {
				v.wait = s.Until
			}
			return v
		}
	}
	return done
}

// has tells whether there is such a channel to the person at all.
func (c *Courier) has(channel models.PushChannel, j models.PushJob, now time.Time) bool {
	switch channel {
	case models.PushCustom:
		return j.Window.Open(now.Add(ahead))
	case models.PushTemplate:
		return c.o.Templates[j.Kind].ID != ""
	}
	return c.o.Notifications[j.Kind].ID != ""
}

// attempt asks the platform once, by one channel.
func (c *Courier) attempt(ctx context.Context, p *models.Push, channel models.PushChannel, resumed bool) (verdict, error) {
	if err := c.turn(ctx, p.Lane); err != nil {
		return verdict{}, err
	}
	now := c.o.Now()
	if !now.Before(p.Expires) || !decent(*p, now).Equal(now) { // its turn came too late: what to do then, deliver knows
		p.NextTry = now
		return done, c.settle(ctx, *p)
	}
	if v, err := c.pay(ctx, *p, channel); err != nil || v != done {
		return v, err
	}
	if !resumed {
		p.TriedAt = &now
	}
	p.Trying, p.Channel, p.Tries, p.NextTry = channel, channel, p.Tries+1, now.Add(c.o.Pace.Send)
	version, err := c.o.Rows.Begin(ctx, *p)
	if err != nil {
		c.refund(ctx, *p)
		if models.CodeOf(err) == models.Conflict {
			return done, nil // voided, or somebody else has it
		}
		return verdict{}, err
	}
	p.Version = version
	// Once it has begun a send is not cut short by our going down.
	sending, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.o.Pace.Send-c.o.Pace.Send/4)
	defer cancel()
	msgID, err := c.send(sending, *p, channel)
	if err == nil {
		return c.taken(ctx, *p, msgID)
	}
	return c.failed(ctx, p, resumed, err)
}

// turn waits until this send may begin: replies first, then the rate.
func (c *Courier) turn(ctx context.Context, lane models.PushLane) error {
	if lane == models.LaneBulk && c.o.Busy != nil {
		for waited := time.Duration(0); c.o.Busy() && waited < busyPatience; waited += busyLook {
			if err := pause(ctx, busyLook); err != nil {
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
	reply := bot.Reply{Text: or(p.Text, p.Title)}
	for _, tap := range p.Taps {
		reply.Options = append(reply.Options, bot.Option{Label: tap.Label, Say: tap.Say})
	}
	return reply
}

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
	return c.end(ctx, p, models.PushFailed, models.PushUnknown)
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

// scatterAfter spreads what waits for one moment over a little while after it.
func scatterAfter(at time.Time) time.Time { return at.Add(scatter(time.Second)) }
