package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Message is one message or event as it came in, decoded but not judged. Every
// value is the string that was sent: a number that is none loses its field,
// never the message (wechat.md §2.3).
type Message struct {
	To       string    // our original id, gh_…
	From     string    // the sender's openid
	At       time.Time // CreateTime, or when it arrived if that is unreadable
	Type     string    // MsgType: text, image, …, event
	Event    string    // of events: subscribe, CLICK, …
	EventKey string    // of events
	ID       string    // MsgId of messages; MsgID of events that report on a send
	Fields   []Field   // every leaf of the body in wire order
}

// Field is one leaf of a message. Names of nested elements are joined with a
// slash: ScanCodeInfo/ScanResult. A name may repeat below the top level.
type Field struct{ Name, Value string }

// Field is the value of the first field of that name, "" if there is none.
func (m Message) Field(name string) string {
	for _, f := range m.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// maxKey is what the store gives a turn's key (models.Turn).
const maxKey = 120

// Key says which message this is: the same key comes with every retry and with
// no other message. Sender, MsgId and CreateTime for messages, because MsgId is
// not unique across people; sender, CreateTime, Event, EventKey and MsgID for
// events (wechat.md §1.4). A message without MsgId is told apart by what it
// says. At most 120 bytes.
func (m Message) Key() string {
	created := m.Field("CreateTime")
	switch {
	case m.Type == "event":
		return bounded(m.From + ":" + created + ":e:" + m.Event + ":" + m.ID + ":" + m.EventKey)
	case m.ID != "":
		return bounded(m.From + ":" + created + ":m:" + m.ID)
	}
	return bounded(m.From + ":" + created + ":x:" + m.digest())
}

func bounded(key string) string {
	if len(key) <= maxKey {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return "h:" + hex.EncodeToString(sum[:])
}

func (m Message) digest() string {
	h := sha256.New()
	for _, f := range m.Fields {
		h.Write([]byte(f.Name + "\x00" + f.Value + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Kind is a label for the metrics: MsgType, or the event, of a closed set.
func (m Message) Kind() string {
	name := strings.ToLower(m.Type)
	if m.Type == "event" {
		name = strings.ToLower(m.Event)
	}
	if m.Notice() {
		return "notice"
	}
	if _, known := inputs[name]; known {
		return name
	}
	return "other"
}

// UserHash stands for an openid in logs: the same person, not who it is.
func UserHash(openid string) string {
	sum := sha256.Sum256([]byte("user:" + openid))
	return hex.EncodeToString(sum[:6])
}
