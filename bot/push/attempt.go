package push

import (
	"context"
	"time"

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

// scatterAfter spreads what waits for one moment over a little while after it.
func scatterAfter(at time.Time) time.Time { return at.Add(scatter(time.Second)) }
