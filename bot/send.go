package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
)

// Sender delivers what cannot be the answer to an HTTP request any more.
// Errors are of type *SendError when the platform, or the way to it, refused.
type Sender interface {
	// SendText sends a reply as customer-service messages, in as many parts as
	// it needs, in order. It stops at the first part that is refused. Works only
	// while the person's window is open (wechat.md §1.7).
	SendText(ctx context.Context, user string, reply dialog.Reply) error
}

// TemplateSender sends template messages, the pushes that need no open window.
type TemplateSender interface {
	// SendTemplate returns the platform's id of the send, which comes back in
	// the MsgID of its TEMPLATESENDJOBFINISH event.
	SendTemplate(ctx context.Context, t Template) (msgID string, err error)
}

// PushSender sends what nobody has asked for at this moment; bot/push chooses the way.
// Errors are of type *SendError.
type PushSender interface {
	TemplateSender
	// SendPush sends a reply as one customer-service message, its text cut where it
	// would need a second one.
	SendPush(ctx context.Context, user string, reply dialog.Reply) error
	// SendSubscribe sends a subscription notification against one of the user's grants.
	// The id is "" when the answer names none; the report of the send has one anyway.
	// Once is of no use here: the platform does not know it for notifications.
	SendSubscribe(ctx context.Context, t Template) (msgID string, err error)
}

// Template is a template message. Values are cut or checked by the type that
// their name begins with, such as thing3 or character_string1 (wechat.md §1.8).
type Template struct {
	User   string // openid
	ID     string // the account's template id
	URL    string // where a tap leads, may be empty
	Once   string // client_msg_id: the same person and id are sent once within ten minutes
	Fields []Field
}

// SendClass says what to do about a failed send (wechat.md §1.13).
type SendClass string

// The classes of failure.
const (
	SendRetry    SendClass = "retry"     // busy, rate limit, 5xx, timeout: again with back-off
	SendNewToken SendClass = "new_token" // the token was refused even after it was renewed
	SendStopAll  SendClass = "stop_all"  // nothing gets through until Until; somebody must be told
	SendStopUser SendClass = "stop_user" // this person cannot be reached this way
	SendOurBug   SendClass = "our_bug"   // the request is wrong; never repeat it
)

// SendError is a send that failed. It holds neither the text, nor the person,
// nor any secret, so it may be logged as it is.
type SendError struct {
	Code  int       // errcode; 0 when no answer of the API was read
	HTTP  int       // status when it was not 200
	Rid   string    // the platform's request id, to look it up in the console
	Class SendClass // what to do
	Until time.Time // of SendStopAll: when to try again
	Only  bool      // of SendStopAll: a quota of this one call; other calls go on
	// Unknown: the request may have been carried out although no answer came.
	// Repeat only what carries a Template.Once.
	Unknown bool
	Err     error // the transport's reason, redacted
}

func (e *SendError) Error() string {
	s := "send: " + string(e.Class)
	if e.Code != 0 {
		s += fmt.Sprintf(" errcode=%d", e.Code)
	}
	if e.HTTP != 0 {
		s += fmt.Sprintf(" status=%d", e.HTTP)
	}
	if e.Rid != "" {
		s += " rid=" + e.Rid
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *SendError) Unwrap() error { return e.Err }

// SendClassOf is the class of err: SendOurBug for strangers, "" for nil.
func SendClassOf(err error) SendClass {
	if err == nil {
		return ""
	}
	var e *SendError
	if errors.As(err, &e) {
		return e.Class
	}
	return SendOurBug
}
