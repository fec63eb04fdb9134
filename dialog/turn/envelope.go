package turn

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Purposes under which things are sealed, followed by the sender: nothing can be
// passed off as another kind of thing, or as another person's.
const (
	sealSession = "turn session "
	sealAnswer  = "turn answer "
)

// envelope is a session as it is kept, in Redis and in the database alike.
type envelope struct {
	// Version is that of the durable session this one is, or was, equal to.
	Version int64 `json:"v"`
	// Actor is who the person was found to be at Met; nil when unbound.
	Actor *models.Actor `json:"a,omitempty"`
	Met   time.Time     `json:"m,omitzero"`
	// Session is the conversation's own, opaque; nil when there is none.
	Session []byte `json:"-"`
}

// bytes is one line of JSON, then the session as it is: base64 would cost a
// third of every session.
func (e envelope) bytes() ([]byte, error) {
	head, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return append(append(head, '\n'), e.Session...), nil
}

func readEnvelope(b []byte) (envelope, error) {
	var e envelope
	head, session, found := bytes.Cut(b, []byte{'\n'})
	if !found {
		return e, errors.New("session without head")
	}
	if err := json.Unmarshal(head, &e); err != nil {
		return e, err
	}
	if len(session) > 0 {
		e.Session = session
	}
	return e, nil
}
