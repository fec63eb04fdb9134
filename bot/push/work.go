package push

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/hibiken/asynq"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// Words of ours that say why a push stands as it does; errcodes stand beside them.
const (
	codeUnbound   = "unbound"    // the person has not tied a WeChat user, or has left
	codeNoChannel = "no_channel" // no window, no template, no grant
	codeNoGrant   = "no_grant"
	codeWindow    = "window" // the window closed, or was used up, in this moment
	codeExpired   = "expired"
	codeNight     = "night" // it was late when its turn came
	codeLost      = "lost"  // its worker died before an answer came
)

const (
	// settlePatience is how long a database that is away is waited for when the
	// platform has answered: what it said must not be lost.
	settlePatience = 20 * time.Second
	// ahead is how much sooner a window counts as shut here than at the platform.
	ahead = 5 * time.Second
	// lost is how long after a notification whose answer got lost its report is waited for.
	lost = 2 * time.Minute
)

// work does one task. It fails only when the database or Redis is away, or when this
// process goes down: then another try, or another replica, does what is left.
func (c *Courier) work(ctx context.Context, t *asynq.Task) error {
	end := c.o.Now().Add(c.o.Pace.Claim / 2)
	for _, claim := range readPayload(t.Payload()) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.o.Now().After(end) {
			return nil // the platform is slow; the rows are fed again when their claims have run out
		}
		if err := c.one(ctx, claim); err != nil {
			return err
		}
	}
	return nil
}

// one does one push of a task.
func (c *Courier) one(ctx context.Context, claim models.PushClaim) error {
	j, err := c.o.Rows.Job(ctx, claim.ID)
	switch {
	case models.CodeOf(err) == models.NotFound:
		return nil // purged
	case err != nil:
		return err
	case j.State != models.PushWaiting || j.Version != claim.Version:
		return nil // voided, or claimed anew, or done by the same task's first run
	}
	return c.deliver(ctx, j)
}

// deliver brings one push on: to an end, or to the time of its next try.
func (c *Courier) deliver(ctx context.Context, j models.PushJob) error {
	now, p := c.clock(), j.Push
	p.User = j.To
	if p.Trying != "" {
		if over, err := c.resume(ctx, j, now); over || err != nil {
			return err
		}
		return c.attempts(ctx, j)
	}
	switch {
	case now.Before(p.NotBefore): // the clock was set back
		p.NextTry = p.NotBefore
		return c.settle(ctx, p)
	case !now.Before(p.Expires):
		return c.end(ctx, p, models.PushExpired, cmp.Or(p.Code, codeExpired))
	case !decent(p, now).Equal(now):
		return c.later(ctx, p, decent(p, now), cmp.Or(p.Code, codeNight))
	case j.To == "":
		return c.end(ctx, p, models.PushRefused, codeUnbound)
	}
	return c.attempts(ctx, j)
}

// resume takes over a push whose last send has begun and not ended: its worker died,
// or the answer was lost. over means that nothing more is to be done now.
func (c *Courier) resume(ctx context.Context, j models.PushJob, now time.Time) (over bool, err error) {
	p := j.Push
	same := p.Trying == models.PushTemplate && p.User == j.To && j.To != ""
	if same && now.Before(p.Expires) && c.repeatable(*p.TriedAt, now) && decent(p, now).Equal(now) {
		return false, nil // the same id once more is sent once
	}
	if p.Trying != models.PushCustom {
		// A report that no push was found for may be of this send. With two there is no
		// telling, and a young one may be of a send that is being settled.
		reports, err := c.o.Rows.Unclaimed(ctx, p.User, p.Trying, *p.TriedAt)
		if err != nil {
			return true, err
		}
		if len(reports) == 1 {
			if ripe := reports[0].At.Add(c.o.Pace.Send); now.Before(ripe) {
				return true, c.later(ctx, p, ripe, p.Code)
			}
			p.State, p.Trying, p.MsgID, p.SentAt, p.NextTry = models.PushSent, "", reports[0].MsgID, p.TriedAt, c.nextSend(p)
			return true, c.settle(ctx, p)
		}
	}
	return true, c.end(ctx, p, models.PushUnsure, cmp.Or(p.Code, codeLost))
}

// nextSend is when a push may be sent again that the platform has taken and lost:
// its id has to be forgotten there first.
func (c *Courier) nextSend(p models.Push) time.Time {
	return p.TriedAt.Add(c.o.Pace.Repeatable + 2*time.Minute)
}

// end settles a push in a state that lasts.
func (c *Courier) end(ctx context.Context, p models.Push, state models.PushState, code string) error {
	now := c.o.Now()
	p.State, p.Code, p.Trying, p.EndedAt = state, code, "", &now
	return c.settle(ctx, p)
}

// later settles a push that waits for at, or that would be out of date then.
func (c *Courier) later(ctx context.Context, p models.Push, at time.Time, code string) error {
	if !at.Before(p.Expires) && p.Trying == "" {
		return c.end(ctx, p, models.PushExpired, code)
	}
	p.State, p.Code, p.NextTry = models.PushWaiting, code, at
	return c.settle(ctx, p)
}

// settle writes a push down, however long the database takes within reason, also
// when this process is going down. Somebody else's newer version wins.
func (c *Courier) settle(ctx context.Context, p models.Push) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settlePatience)
	defer cancel()
	for try := 0; ; try++ {
		err := c.o.Rows.Settle(ctx, p)
		switch {
		case err == nil:
			c.told(p)
			return nil
		case models.CodeOf(err) == models.Conflict:
			c.o.Log.Warn("a push was taken over while it was being sent", "comp", "push", "push", p.ID, "code", p.Code)
			return nil
		case bot.Pause(ctx, scatter(200*time.Millisecond<<min(try, 4))) != nil:
			c.o.Log.Error("the outcome of a push was not written", "comp", "push", "push", p.ID, "kind", string(p.State), "err", err)
			return err
		}
	}
}

// told counts and, where somebody has to look, says what became of a push.
func (c *Courier) told(p models.Push) {
	c.o.Metrics.Pushed(string(p.Kind), string(cmp.Or(p.Channel, "none")), string(p.State))
	about := []any{"comp", "push", "push", p.ID, "kind", string(p.Kind), "channel", string(p.Channel), "code", p.Code, "n", p.Tries}
	switch p.State {
	case models.PushFailed:
		c.o.Log.Error("push failed: a dead letter", append(about, "rid", p.Rid)...)
	case models.PushGivenUp:
		c.o.Log.Error("push given up", append(about, "rid", p.Rid)...)
	case models.PushUnsure:
		c.o.Log.Warn("push may have been delivered or not", about...)
	case models.PushRefused, models.PushExpired:
		c.o.Log.Warn("push not delivered", append(about, "state", string(p.State))...)
	case models.PushWaiting:
		c.o.Log.Info("push waits", about...)
	}
}

func decimal(code int) string { return strconv.Itoa(code) }
