package turn

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	mathrand "math/rand/v2"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

const (
	// maxKey is what the tables keep of a message key (models.Turn, models.Change).
	maxKey = 120
	// extendEvery is well below the 3 s a lock lasts at least.
	extendEvery = time.Second
	// leaveLimit bounds saving to Redis when the caller's time is over.
	leaveLimit = time.Second
	// A message waits askEvery for each one ahead before it asks again, about the
	// time a turn takes, and at most askAtMost.
	askEvery  = 5 * time.Millisecond
	askAtMost = 100 * time.Millisecond
)

// turn is one message on its way.
type turn struct {
	*Runner
	in    dialog.Input
	token string // of this attempt: only it may save and unlock
	place *place
	now   time.Time
}

// outcome is what remains of a turn, sealed. A nil session: the next turn reads
// the durable one. A nil answer: the message was not taken.
type outcome struct {
	session, answer []byte
	reply           *dialog.Reply // the answer before it was sealed; nil when it came from elsewhere
}

func (r *Runner) begin(in dialog.Input) (*turn, error) {
	if in.User == "" || in.Key == "" {
		return nil, models.E(models.Invalid, "take a message", errors.New("without sender or key"))
	}
	if len(in.Key) > maxKey {
		sum := sha256.Sum256([]byte(in.Key))
		in.Key = hex.EncodeToString(sum[:])
	}
	return &turn{Runner: r, in: in, token: rand.Text(), place: r.lines.join(in.User), now: r.Now()}, nil
}

// enter waits until all messages of the person that came before are done. It
// returns the answer of a message seen before, or the session that Redis has.
// When Redis is away, only this process's line counts.
func (t *turn) enter(ctx context.Context) (answer, session []byte, err error) {
	if err := wait(ctx, t.place.ticketAhead); err != nil {
		return nil, nil, err
	}
	doneAhead := t.place.doneAhead
	for {
		ahead, answer, session, err := t.Sessions.Enter(ctx, t.in.User, t.in.Key, t.token)
		t.place.ticketed()
		switch {
		case err != nil && ctx.Err() != nil:
			return nil, nil, ctx.Err()
		case err != nil:
			t.Log.Warn("state store away, going on with the database", "comp", "turn", "err", err)
			return nil, nil, wait(ctx, t.place.doneAhead)
		case answer != nil || ahead == 0:
			return answer, session, nil
		}
		select {
		case <-doneAhead:
			doneAhead = nil // said it once; from now on only time tells
		case <-time.After(pause(ahead)):
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
	}
}

// pause before asking again: longer the more are ahead, never in step with others.
func pause(ahead int) time.Duration {
	d := min(time.Duration(ahead)*askEvery, askAtMost)
	return d/2 + mathrand.N(d)/2
}

// keepLock extends the lock while a turn takes long, until stop is called.
func (t *turn) keepLock(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	late := time.AfterFunc(extendEvery, func() { t.extend(ctx) }) // nearly every turn is over by then
	return func() { late.Stop(); cancel() }
}

func (t *turn) extend(ctx context.Context) {
	ticker := time.NewTicker(extendEvery)
	defer ticker.Stop()
	for {
		if err := t.Sessions.Extend(ctx, t.in.User, t.in.Key, t.token); err != nil {
			return // lost or away: the version of the session guards what comes
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// leave saves to Redis and unlocks, also when the caller's time is over. If
// that fails the answer stands all the same: what Redis has is then behind the
// database, and the next turn finds out by the version.
func (t *turn) leave(ctx context.Context, out outcome) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveLimit)
	defer cancel()
	if err := t.Sessions.Leave(ctx, t.in.User, t.in.Key, t.token, out.session, out.answer); err != nil {
		t.Log.Warn("session not saved in the state store", "comp", "turn", "err", err)
	}
}

// sorry is the apology for err, which says whether anything may have been
// applied. Only waiting can end with an error of the context: nothing was.
func (t *turn) sorry(err error) (dialog.Reply, error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		err = models.E(models.Unavailable, "take a message", err)
	}
	return t.Conversation.Sorry(models.CodeOf(err)), err
}

// seal makes an answer of a reply.
func (t *turn) seal(reply dialog.Reply) ([]byte, error) {
	plain, err := json.Marshal(reply)
	if err != nil {
		return nil, models.E(models.Internal, "write answer", err)
	}
	return t.Sealer.Seal(sealAnswer+t.in.User, plain), nil
}

// open makes a reply of an answer.
func (t *turn) open(answer []byte) (dialog.Reply, error) {
	plain, err := t.Sealer.Open(sealAnswer+t.in.User, answer)
	var reply dialog.Reply
	if err == nil {
		err = json.Unmarshal(plain, &reply)
	}
	if err != nil {
		return t.sorry(models.E(models.Internal, "read answer", err))
	}
	return reply, nil
}
