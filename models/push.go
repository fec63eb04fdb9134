package models

import (
	"context"
	"encoding/json"
	"time"
)

// PushKind says what a push is about, and so which template carries it.
type PushKind string

// The kinds of push.
const (
	PushDigest PushKind = "digest" // the morning's list of one person
	PushDue    PushKind = "due"    // one thing, when it cannot wait for the morning
	PushReview PushKind = "review" // something to approve, or sent back
)

// PushState is how far a push has come.
type PushState string

// The states of a push. Waiting ends in one of the others; sent ends in delivered,
// refused or failed when the platform reports, and stays sent when it never does.
// Void, delivered, shown and expired are final; the others an operator may wake
// (`huhuqing push again`), and refused and given_up the person, by writing to us.
// Unsure is never sent again by itself: twice the same message is the worse fault.
const (
	PushWaiting   PushState = "waiting"   // to be sent, or being sent
	PushSent      PushState = "sent"      // the platform took it and has not reported yet
	PushDelivered PushState = "delivered" // the person has it
	PushRefused   PushState = "refused"   // no way to this person today: to be shown at the next contact
	PushFailed    PushState = "failed"    // a dead letter: our mistake
	PushUnsure    PushState = "unsure"    // it may have been delivered: no answer came, and nothing can tell
	PushGivenUp   PushState = "given_up"  // tried as often as is reasonable: to be shown at the next contact
	PushExpired   PushState = "expired"   // too late: the next digest tells it
	PushShown     PushState = "shown"     // a conversation told it
	PushVoid      PushState = "void"      // its reason is gone
)

// PushChannel is the way a push takes to the person (wechat.md §1.7–1.9).
type PushChannel string

// The channels, in the order in which they are tried.
const (
	PushCustom    PushChannel = "custom"    // customer-service message, while the person's window is open
	PushTemplate  PushChannel = "template"  // template message
	PushSubscribe PushChannel = "subscribe" // subscription notification, against one grant
)

// PushTries is how often the platform is asked to take a push (wechat.md §1.13: three
// to five times; each of them has short repetitions of its own).
const PushTries = 5

// Push is one message to one person that answers nothing. ID is its identity and the
// client_msg_id of the platform: the same ID is sent once, ever.
type Push struct {
	ID        string    `gorm:"primaryKey;size:32"` // at most 32 signs of [0-9a-z]; a hash of person, day and what it tells
	PersonID  string    `gorm:"size:20;not null;index:idx_pushes_person,priority:1"`
	Village   string    `gorm:"size:14;not null;index:idx_pushes_village,priority:1"` // area code it belongs to, for lists and scope
	Kind      PushKind  `gorm:"size:8;not null"`
	Title     string    `gorm:"serializer:sealed;size:400"`              // a few words, for a template's field
	Text      string    `gorm:"column:body;serializer:sealed;size:4000"` // the message in words (sealed at rest)
	Taps      PushTaps  `gorm:"serializer:sealed;size:1000"`             // what can be tapped: 完成 延期 看看
	Count     int       `gorm:"column:things;not null"`                  // how many things it tells
	Due       Date      `gorm:"size:10"`                                 // the nearest date in it
	NotBefore time.Time `gorm:"not null"`                                // quiet hours are the producer's business
	Expires   time.Time `gorm:"not null"`                                // not sent after that: the next digest has it
	State     PushState `gorm:"size:9;not null;index:idx_pushes_next,priority:2"`

	// What follows belongs to the delivery; Put ignores it.

	Lane    PushLane    `gorm:"size:4;not null;index:idx_pushes_next,priority:1"`
	NextTry time.Time   `gorm:"not null;index:idx_pushes_next,priority:3"` // waiting: nobody takes it before; the end of a claim as well
	Version int         `gorm:"not null"`                                  // raised by every write: whoever writes next must have seen it
	Tries   int         `gorm:"not null"`                                  // how often the platform was asked
	Trying  PushChannel `gorm:"size:9"`                                    // waiting: a send by it has begun and its end is not known
	TriedAt *time.Time  // waiting: when that send first began
	Channel PushChannel `gorm:"size:9"`  // how it went, or was last tried
	Code    string      `gorm:"size:16"` // why it stands as it does: an errcode, or one of our words; "" when all is well
	Rid     string      `gorm:"size:64"` // the platform's id of the request that failed
	User    string      `gorm:"size:64;index:idx_pushes_user"`
	MsgID   string      `gorm:"size:24;index:idx_pushes_msg"` // the platform's id of the send, as its report names it

	CreatedAt time.Time
	SentAt    *time.Time // the platform took it
	EndedAt   *time.Time `gorm:"index:idx_pushes_person,priority:2"` // it came to State
}

// PushTap is one line to tap under a push.
type PushTap struct {
	Label string `json:"l"`
	Say   string `json:"s"` // what the tap makes the person send
}

// PushTaps are the lines to tap under a push.
type PushTaps []PushTap

// MarshalText is the taps as they are kept: JSON, "" for none.
func (t PushTaps) MarshalText() ([]byte, error) {
	if len(t) == 0 {
		return nil, nil
	}
	return json.Marshal([]PushTap(t))
}

// UnmarshalText reads what MarshalText wrote.
func (t *PushTaps) UnmarshalText(text []byte) error {
	*t = nil
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, (*[]PushTap)(t))
}

// PushLane separates what one person waits for from what a whole county gets: the
// second never holds up the first.
type PushLane string

// The lanes.
const (
	LaneNow  PushLane = "now"  // due and review
	LaneBulk PushLane = "bulk" // digests
)

// LaneOf is the lane of a kind.
func LaneOf(k PushKind) PushLane {
	if k == PushDigest {
		return LaneBulk
	}
	return LaneNow
}

// PushQuery asks for pushes within the actor's scope, newest first.
type PushQuery struct {
	States   []PushState // none for all
	PersonID string
	Since    time.Time // made at or after
	Before   string    // cursor: id of the last push of the page before
	Limit    int       // page size, at most 200; 50 when it is 0
}

// Pushes are the messages that answer nothing: what producers write and lists read.
// Deliveries carries them.
type Pushes interface {
	// Put keeps pushes whose ID is unknown and leaves the others as they are, also
	// when they have been sent since. invalid for an ID that is none, for a kind that
	// is unknown and for what is too long.
	Put(ctx context.Context, pushes []Push) error
	// Void ends pushes that did not go out and are not being sent at this moment: their
	// reason is gone. Others stay as they are.
	Void(ctx context.Context, ids []string) error
	// States are the states of the pushes that are known.
	States(ctx context.Context, ids []string) (map[string]PushState, error)
	// Unshown are the person's pushes that could not be delivered, are not out of date
	// and have not been shown, oldest first.
	Unshown(ctx context.Context, personID string, now time.Time) ([]Push, error)
	// Shown notes that a conversation has told them. Only what is still Unshown
	// changes: delivery itself sends a push after all when the person has written, no
	// conversation told it, and ten minutes have passed in silence.
	Shown(ctx context.Context, ids []string, now time.Time) error
	// List is a page of pushes whose Village is in the actor's scope; more tells of
	// another page.
	List(ctx context.Context, by Actor, q PushQuery) (pushes []Push, more bool, err error)
	// Push is one push; not_found when absent or out of scope.
	Push(ctx context.Context, by Actor, id string) (Push, error)
	// Again lets a failed, given-up, refused or unsure push wait once more. conflict with
	// Key "push_state" for one in another state, "push_expired" for one out of date, and
	// "push_unsure" for one that may have been delivered, unless twice allows that.
	Again(ctx context.Context, by Actor, id string, twice bool, now time.Time) error
	// PurgePushes drops ended pushes made before, and reports nobody claimed for a week.
	PurgePushes(ctx context.Context, before time.Time) (int64, error)
}
