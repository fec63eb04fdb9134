package push

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Error codes that are about one person (wechat.md §1.13).
const (
	codeWrongOpenid  = 40003 // of another account
	codeNotFollowing = 43004
	codeUnfollowed   = 50005
	codeBlacklisted  = 43019
	codeTooFrequent  = 43117 // later
	codeSaidNo       = 43101 // template refused, or no grant left
	codeTooFast      = 45011 // for all, by the minute
)

const (
	// A person who does not follow is asked again after their next message (which
	// ends the stop), or after so long, should we never hear of it.
	goneFor     = 30 * 24 * time.Hour
	saidNoFor   = 7 * 24 * time.Hour // nothing tells us when a template is allowed again
	frequentFor = time.Hour
)

// unreachable notes what the platform says of a person and a channel.
func (c *Courier) unreachable(ctx context.Context, p models.Push, code int) verdict {
	v := verdict{code: decimal(code)}
	now := c.o.Now()
	stop := models.PushStop{User: p.User, Channel: p.Channel, Code: v.code}
	var err error
	switch {
	case code == codeTooFrequent:
		stop.Until = now.Add(frequentFor)
		v.wait = scatterAfter(stop.Until)
	case code == codeSaidNo && p.Channel == models.PushSubscribe:
		err = c.o.Rows.Grant(ctx, []models.GrantAnswer{{User: p.User, Template: c.o.Notifications[p.Kind].ID, All: true, Key: "said_no:" + p.ID}})
	case code == codeSaidNo:
		stop.Until = now.Add(saidNoFor)
	case code == codeWrongOpenid || code == codeNotFollowing || code == codeUnfollowed || code == codeBlacklisted:
		v.gone, stop.Channel, stop.Until = true, "", now.Add(goneFor)
	default: // 45015, 45047: the window is not what we thought
		err = c.o.Rows.ShutWindow(ctx, p.User)
	}
	if err == nil && !stop.Until.IsZero() {
		err = c.o.Rows.Stop(ctx, stop)
	}
	if err != nil { // the next push will be told the same
		c.o.Log.Warn("ledger not put right", "comp", "push", "push", p.ID, "err", err)
	}
	return v
}
