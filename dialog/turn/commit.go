package turn

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// How long to ask whether a COMMIT that broke had come through, within the
// 4.5 s the person may wait.
const (
	settleFor   = 1500 * time.Millisecond
	settleEvery = 100 * time.Millisecond
)

// errInDoubt: the connection broke in the COMMIT and the database did not come
// back in time to say whether it counts.
var errInDoubt = errors.New("outcome unknown")

// commit writes key, answer, effects and session in one transaction: BEGIN,
// INSERT, what the effects need, UPSERT, COMMIT.
func (t *turn) commit(ctx context.Context, was envelope, result dialog.Result) (outcome, error) {
	out, err := t.sealed(was, result)
	if err != nil {
		return outcome{}, err
	}
	written := false
	err = t.Store.Atomically(ctx, func(tx models.Store) (err error) {
		defer t.recovered(&err)
		written = false
		if err := t.write(ctx, tx, was, result, out); err != nil {
			return err
		}
		written = true
		return nil
	})
	if err != nil && written {
		return t.settle(ctx, err)
	}
	if err != nil {
		return outcome{}, fmt.Errorf("write turn: %w", err)
	}
	if result.Forget {
		out.session = nil
	}
	return out, nil
}

// sealed makes the session and the answer ready to be kept.
func (t *turn) sealed(was envelope, result dialog.Result) (outcome, error) {
	next := envelope{Version: was.Version + 1, Actor: was.Actor, Met: was.Met, Session: result.Session}
	if result.Rebound {
		next.Actor = nil
	}
	plain := next.bytes()
	answer, err := t.seal(result.Reply)
	return outcome{session: t.Sealer.Seal(sealSession+t.in.User, plain), answer: answer, reply: &result.Reply}, err
}

func (t *turn) write(ctx context.Context, tx models.Store, was envelope, result dialog.Result, out outcome) error {
	if err := tx.Turns().Insert(ctx, models.Turn{User: t.in.User, Key: t.in.Key, Answer: out.answer, At: t.now}); err != nil {
		return err
	}
	by := models.Actor{Source: t.in.Key}
	if actor := t.actor(was); actor != nil {
		by = *actor
	}
	for _, effect := range result.Effects {
		apply, ok := effect.(models.Effect)
		if !ok {
			return models.E(models.Internal, "apply "+effect.Kind(), errors.New("not an effect on records"))
		}
		if err := apply.Apply(ctx, tx, by, t.now); err != nil {
			return fmt.Errorf("apply %s: %w", effect.Kind(), err)
		}
	}
	if result.Forget {
		return tx.People().Forget(ctx, t.in.User)
	}
	return tx.Turns().SaveSession(ctx, models.Draft{
		User: t.in.User, PersonID: by.PersonID, Household: result.Household,
		Body: out.session, Version: was.Version + 1, UpdatedAt: t.now,
	}, was.Version)
}

// settle finds out whether a COMMIT that ended in cause counts after all:
// telling the person that it was not kept when it was would make them say it
// twice. It claims the key for the apology: either that succeeds, and the
// transaction can never come through, or the first answer is there. The
// caller's deadline does not matter here, only how long one waits.
func (t *turn) settle(ctx context.Context, cause error) (outcome, error) {
	t.Log.Warn("commit in doubt", "comp", "turn", "err", cause)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleFor)
	defer cancel()
	for {
		out, err := t.refuse(ctx, models.Unavailable)
		if err == nil {
			return out, nil
		}
		select {
		case <-time.After(settleEvery):
		case <-ctx.Done():
			return outcome{}, models.E(models.Internal, "commit turn", errInDoubt)
		}
	}
}
