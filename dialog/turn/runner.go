package turn

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// keepTurns is how long the database knows a message again: WeChat repeats
// within 15 s (wechat.md §1.3), an operator who replays a day's traffic within
// a few days.
const keepTurns = 7 * 24 * time.Hour

// Options are what a Runner is made of; all are required.
type Options struct {
	Conversation Conversation
	Store        models.Store
	View         models.Repos // the same records, read-only
	Sessions     Sessions
	Sealer       Sealer
	Now          func() time.Time
	Log          *slog.Logger
}

// Runner takes messages. It is safe for concurrent use; any number of them, in
// any number of processes, may share a database and a Redis.
type Runner struct {
	Options
	lines *lines
}

// New makes a Runner.
func New(o Options) (*Runner, error) {
	if o.Conversation == nil || o.Store == nil || o.View == nil || o.Sessions == nil || o.Sealer == nil || o.Now == nil || o.Log == nil {
		return nil, errors.New("turn: conversation, store, view, sessions, sealer, clock and log are required")
	}
	return &Runner{Options: o, lines: newLines()}, nil
}

// Take takes one message and returns what the person is to hear. The same
// Input.Key gets the first answer again and changes nothing.
//
// With an error the reply is the conversation's apology. Unavailable promises
// that nothing was applied and the message may come again; any other error
// leaves open whether it was (the connection broke in the COMMIT and did not
// come back). A mistake of ours is not an error but an answer like any other:
// it stands, so that a repeated message does not run into it again.
func (r *Runner) Take(ctx context.Context, in dialog.Input) (dialog.Reply, error) {
	t, err := r.begin(in)
	if err != nil {
		return r.Conversation.Sorry(models.Internal), err
	}
	defer t.place.leave()

	answer, session, err := t.enter(ctx) // in order, seen before, locked
	if err != nil {
		return t.sorry(err)
	}
	if answer != nil {
		return t.open(answer)
	}
	stop := t.keepLock(ctx)
	out, err := t.work(ctx, session) // session, actor, conversation, one transaction
	stop()
	t.leave(ctx, out) // saved, unlocked
	if err != nil {
		return t.sorry(err)
	}
	if out.reply != nil {
		return *out.reply, nil
	}
	return t.open(out.answer)
}

// Purge forgets the messages of long ago and tells how many. To be run daily.
func (r *Runner) Purge(ctx context.Context) (int64, error) {
	return r.Store.Turns().Purge(ctx, r.Now().Add(-keepTurns))
}
