package turn

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// Conversation is the engine with its flows; dialog/flows has it. It reads
// through view and writes nothing: what it wants written are the effects of the
// result, each of them a models.Effect.
type Conversation interface {
	// Turn answers one input. session is what the last result held, nil when there
	// is none; by is nil for somebody unbound. Called again with the same arguments
	// when another replica was faster; only the last result counts.
	Turn(ctx context.Context, session []byte, in dialog.Input, by *models.Actor, view models.Repos, now time.Time) (dialog.Result, error)
	// Conflict is asked when the effects of Turn met a conflict and were rolled
	// back. Its effects are written the same way; a second conflict is an error.
	Conflict(ctx context.Context, session []byte, in dialog.Input, by *models.Actor, view models.Repos, now time.Time, conflict error) (dialog.Result, error)
	// Sorry is the reply when nothing could be done; code tells why. With
	// unavailable the message was not kept and can be sent again.
	Sorry(code models.Code) dialog.Reply
}

// Sessions are locks, sessions and remembered answers that all replicas share;
// dialog/state has them on Redis. Any error but the caller's own cancellation
// means that they are away: the turn goes on without.
type Sessions interface {
	// Enter asks to work on a message. It returns the answer when it was seen
	// before; else how many messages of this person go first (ask again soon); else
	// locks the person for token for at least 3 s and returns the session, nil when
	// there is none.
	Enter(ctx context.Context, user, key, token string) (ahead int, answer, session []byte, err error)
	// Extend keeps the lock for as long again.
	Extend(ctx context.Context, user, key, token string) error
	// Leave keeps session and answer and unlocks, all of it only while token holds
	// the lock. A nil session removes the one kept, a nil answer remembers none.
	Leave(ctx context.Context, user, key, token string, session, answer []byte) error
}

// Sealer encrypts what is kept of a conversation; models/seal has it.
type Sealer interface {
	Seal(purpose string, plain []byte) []byte
	Open(purpose string, sealed []byte) ([]byte, error)
}
