package turn

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
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
	Version int64
	// Actor is who the person was found to be at Met; nil when unbound.
	Actor *models.Actor
	Met   time.Time
	// Session is the conversation's own, opaque; nil when there is none.
	Session []byte
}

// The head of an envelope is one line: version, time and the actor's fields. It
// is written and read in every turn; JSON costs several times as much.
const (
	headSep    = "\x1f"
	headStamps = 2 // version and time
	headActor  = 7 // further fields when there is an actor; Source is of the turn
)

var errEnvelope = errors.New("session without head")

// bytes is the head, then the session as it is.
func (e envelope) bytes() []byte {
	b := make([]byte, 0, 256+len(e.Session))
	b = strconv.AppendInt(b, e.Version, 10)
	b = append(b, headSep...)
	if !e.Met.IsZero() {
		b = strconv.AppendInt(b, e.Met.UnixMilli(), 10)
	}
	if a := e.Actor; a != nil {
		for _, field := range [headActor]string{a.PersonID, a.Name, string(a.Role), a.Area, a.AreaName, a.Groups.String(), a.Department} {
			b = append(b, headSep...)
			b = append(b, cleaned.Replace(field)...)
		}
	}
	b = append(b, '\n')
	return append(b, e.Session...)
}

// cleaned keeps what separates out of the fields.
var cleaned = strings.NewReplacer("\n", " ", headSep, " ")

func readEnvelope(b []byte) (envelope, error) {
	var e envelope
	head, session, found := bytes.Cut(b, []byte{'\n'})
	f := strings.Split(string(head), headSep)
	if !found || len(f) != headStamps && len(f) != headStamps+headActor {
		return e, errEnvelope
	}
	var err error
	if e.Version, err = strconv.ParseInt(f[0], 10, 64); err != nil {
		return e, errEnvelope
	}
	if f[1] != "" {
		ms, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			return e, errEnvelope
		}
		e.Met = time.UnixMilli(ms)
	}
	if a := f[headStamps:]; len(a) > 0 {
		e.Actor = &models.Actor{
			PersonID: a[0], Name: a[1], Role: models.Role(a[2]), Area: a[3], AreaName: a[4], Groups: models.ParseSet(a[5]), Department: a[6],
		}
	}
	if len(session) > 0 {
		e.Session = session
	}
	return e, nil
}
