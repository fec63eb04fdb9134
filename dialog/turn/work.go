package turn

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

const (
	// actorFresh is how long a person stays who they were found to be: a
	// revocation takes effect after this at the latest.
	actorFresh = 5 * time.Minute
	// maxTries bounds how often a turn is worked out anew because another replica
	// was faster. Only without Redis can it happen more than once.
	maxTries = 10
)

// The conflicts that are the turn's own business (models.Turns).
const (
	turnSeen     = "turn_seen"
	sessionMoved = "session_moved"
)

// work takes the message: session, actor, conversation, one transaction; again
// from the durable session when Redis's was behind it.
func (t *turn) work(ctx context.Context, cached []byte) (outcome, error) {
	out, err := t.attempt(ctx, cached)
	for try := 1; try < maxTries && keyOf(err) == sessionMoved; try++ {
		out, err = t.attempt(ctx, nil)
	}
	code, key := models.CodeOf(err), keyOf(err)
	switch {
	case err == nil:
		return out, nil
	case key == turnSeen:
		return t.recall(ctx)
	case errors.Is(err, errInDoubt):
		return outcome{}, err
	case ctx.Err() != nil || code == models.Unavailable || key == sessionMoved:
		return outcome{}, models.E(models.Unavailable, "take a message", err)
	}
	t.Log.Error("turn failed", "comp", "turn", "kind", t.in.Kind, "code", code, "err", err)
	return t.refuse(ctx, code)
}

// attempt works the message out once. A conflict of the effects is asked about once.
func (t *turn) attempt(ctx context.Context, cached []byte) (outcome, error) {
	was, err := t.session(ctx, cached)
	if err != nil {
		return outcome{}, err
	}
	if err := t.meet(ctx, &was); err != nil {
		return outcome{}, err
	}
	result, err := t.converse(func() (dialog.Result, error) {
		return t.Conversation.Turn(ctx, was.Session, t.in, t.actor(was), t.View, t.now)
	})
	if err != nil {
		return outcome{}, err
	}
	out, err := t.commit(ctx, was, result)
	if key := keyOf(err); models.CodeOf(err) != models.Conflict || key == turnSeen || key == sessionMoved {
		return out, err
	}
	conflict := err
	result, err = t.converse(func() (dialog.Result, error) {
		return t.Conversation.Conflict(ctx, was.Session, t.in, t.actor(was), t.View, t.now, conflict)
	})
	if err != nil {
		return outcome{}, err
	}
	return t.commit(ctx, was, result)
}

// session is what Redis had, else the durable one, else a new one. One that
// cannot be opened in Redis is as if it were not there; in the database it is
// an error, for it must not be overwritten just because a key is missing.
func (t *turn) session(ctx context.Context, cached []byte) (envelope, error) {
	if cached != nil {
		if e, err := t.unseal(cached); err == nil {
			return e, nil
		}
		t.Log.Warn("session in the state store unreadable", "comp", "turn")
	}
	draft, err := t.Store.Turns().Session(ctx, t.in.User)
	if models.CodeOf(err) == models.NotFound {
		return envelope{}, nil
	}
	if err != nil {
		return envelope{}, fmt.Errorf("read session: %w", err)
	}
	e, err := t.unseal(draft.Body)
	if err != nil {
		return envelope{}, models.E(models.Internal, "open durable session", err)
	}
	e.Version = draft.Version
	return e, nil
}

func (t *turn) unseal(sealed []byte) (envelope, error) {
	plain, err := t.Sealer.Open(sealSession+t.in.User, sealed)
	if err != nil {
		return envelope{}, err
	}
	return readEnvelope(plain)
}

// meet finds out who the person is, unless that was done a short while ago.
func (t *turn) meet(ctx context.Context, e *envelope) error {
	if age := t.now.Sub(e.Met); e.Actor != nil && age >= 0 && age < actorFresh {
		return nil
	}
	e.Actor, e.Met = nil, t.now
	p, err := t.View.People().ByUser(ctx, t.in.User)
	if models.CodeOf(err) == models.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find person: %w", err)
	}
	area, err := t.View.Areas().Area(ctx, p.AreaCode)
	if err != nil && models.CodeOf(err) != models.NotFound {
		return fmt.Errorf("find area of person: %w", err)
	}
	e.Actor = &models.Actor{
		PersonID: p.ID, Name: p.Name, Role: p.Role, Area: p.AreaCode, AreaName: area.Name,
		Groups: p.Groups, Department: p.Department,
	}
	return nil
}

// actor is who acts in this turn: a copy, for the conversation to keep.
func (t *turn) actor(e envelope) *models.Actor {
	if e.Actor == nil {
		return nil
	}
	by := *e.Actor
	by.Source = t.in.Key
	return &by
}

// converse asks the conversation. A crash in it costs this message only. The
// log gets where, but not the value: it may hold what the person said.
func (t *turn) converse(ask func() (dialog.Result, error)) (result dialog.Result, err error) {
	defer t.recovered(&err)
	return ask()
}

func (t *turn) recovered(err *error) {
	if v := recover(); v != nil {
		t.Log.Error("turn crashed", "comp", "turn", "kind", t.in.Kind, "err", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
		*err = models.E(models.Internal, "take a message", errors.New("crashed"))
	}
}

// refuse answers a message that our own mistake or a broken rule made
// impossible. The apology is the answer and stands, so that a repeated message
// does not run into the same mistake; the session stays what it was.
func (t *turn) refuse(ctx context.Context, code models.Code) (outcome, error) {
	answer, err := t.seal(t.Conversation.Sorry(code))
	if err != nil {
		return outcome{}, err
	}
	err = t.Store.Turns().Insert(ctx, models.Turn{User: t.in.User, Key: t.in.Key, Answer: answer, At: t.now})
	if keyOf(err) == turnSeen {
		return t.recall(ctx)
	}
	if err != nil {
		return outcome{}, fmt.Errorf("keep refusal: %w", err)
	}
	return outcome{answer: answer}, nil
}

// recall is the answer the database has for this message; not_found when it was
// never taken.
func (t *turn) recall(ctx context.Context) (outcome, error) {
	answer, err := t.Store.Turns().Answer(ctx, t.in.User, t.in.Key)
	if err != nil {
		return outcome{}, fmt.Errorf("recall answer: %w", err)
	}
	return outcome{answer: answer}, nil
}

// keyOf is which conflict err is; "" for none.
func keyOf(err error) string {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.Conflict {
		return e.Key
	}
	return ""
}
