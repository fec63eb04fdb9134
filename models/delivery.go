package models

import (
	"context"
	"time"
)

// PushClaim is one push taken up for delivery. Version tells this claim from every
// other: the work is done only while the row still has it.
type PushClaim struct {
	ID      string
	Version int
}

// PushJob is a push with what its delivery needs to know of the person.
type PushJob struct {
	Push
	To     string // openid the person is bound to, "" for nobody
	Window Window // of that openid, zero when there is none
}

// Trigger is what a person did, as far as it opens a window for customer-service
// messages (wechat.md §1.7).
type Trigger string

// The triggers.
const (
	TriggerMessage Trigger = "message" // 5 messages within 48 hours
	TriggerClick   Trigger = "click"   // a menu click that sends a word or scans: 3 within a minute
	TriggerFollow  Trigger = "follow"  // following, or scanning the account's code: 3 within a minute
)

// Window tells how many customer-service messages the person may still get, and
// until when. The newest trigger sets both anew; quotas do not add up.
type Window struct {
	User     string `gorm:"primaryKey;size:64"` // openid
	OpenedBy Trigger
	OpenedAt time.Time
	Until    time.Time
	Quota    int
	Used     int
}

// Open tells whether the window takes a message at now.
func (w Window) Open(now time.Time) bool { return now.Before(w.Until) && w.Used < w.Quota }

// After tells whether w was opened after old. Times are whole seconds: of a message
// and a click within one the click counts, which leaves less to be sent.
func (w Window) After(old Window) bool {
	if w.OpenedAt.Equal(old.OpenedAt) {
		return old.OpenedBy == TriggerMessage && w.OpenedBy != TriggerMessage
	}
	return w.OpenedAt.After(old.OpenedAt)
}

// WindowOf is the window that a trigger opens.
func WindowOf(user string, by Trigger, at time.Time) Window {
	w := Window{User: user, OpenedBy: by, OpenedAt: at, Quota: 3, Until: at.Add(time.Minute)}
	if by == TriggerMessage {
		w.Quota, w.Until = 5, at.Add(48*time.Hour)
	}
	return w
}

// GrantAnswer is what somebody answered when asked for a subscription notification,
// or took back in WeChat's settings.
type GrantAnswer struct {
	User, Template string
	Accept         bool
	All            bool   // taken back: none is left
	Key            string // of the event: the platform repeats them, and a grant counts once
}

// PushStop says that a channel does not reach a user until then. Channel "" is all of
// them; such a stop ends with the user's next message.
type PushStop struct {
	User    string      `gorm:"primaryKey;size:64"`
	Channel PushChannel `gorm:"primaryKey;size:9"`
	Code    string      `gorm:"size:16"`
	Until   time.Time
}

// Breaker stops a channel, or all of them (Scope "all"), for everybody.
type Breaker struct {
	Scope string `gorm:"primaryKey;size:9"`
	Code  int
	Rid   string `gorm:"size:64"`
	Since time.Time
	Until time.Time // one push is tried then; its success ends the breaker
}

// PushReport is what the platform tells afterwards about a send.
type PushReport struct {
	MsgID   string      `gorm:"primaryKey;size:24"`
	Channel PushChannel `gorm:"size:9"`
	User    string      `gorm:"size:64;index"`
	State   PushState   `gorm:"size:9"` // delivered, refused, failed; waiting for what is worth another try
	Code    string      `gorm:"size:16"`
	At      time.Time   `gorm:"index"`
}

// Deliveries are the pushes as their carrier sees them, and the ledger of what the
// platform allows for each person. Every change compares and sets: of two workers
// with the same push one gets a conflict.
type Deliveries interface {
	// Claim takes up to limit pushes of a lane that wait and are due, oldest first, and
	// keeps them from others until then.
	Claim(ctx context.Context, lane PushLane, now, until time.Time, limit int) ([]PushClaim, error)
	// Job is a push with its person's openid and window; not_found. A person who does
	// not work here any more counts as unbound.
	Job(ctx context.Context, id string) (PushJob, error)
	// Begin notes before the platform is asked that it will be, by p.Trying, and keeps
	// the push from others until p.NextTry. conflict when p.Version is not the newest;
	// it returns the next version.
	Begin(ctx context.Context, p Push) (version int, err error)
	// Settle writes what became of a push; conflict as in Begin. A report that was
	// quicker than the send's own answer is taken into account.
	Settle(ctx context.Context, p Push) error
	// Report notes what the platform tells about a send. It may come again, and before
	// the send is settled. retry is when a push is tried again whose state is waiting.
	Report(ctx context.Context, r PushReport, retry time.Time) error
	// Unclaimed are reports for a user since then that belong to no push: of a send
	// whose answer was lost. None while more than one send to the user by the channel is
	// open, because then there is no telling whose they are.
	Unclaimed(ctx context.Context, user string, channel PushChannel, since time.Time) ([]PushReport, error)

	// Reconcile takes reports since then into account that came before their push was
	// settled by a worker that died right after; it tells how many there were.
	Reconcile(ctx context.Context, since time.Time) (int, error)

	// OpenWindows notes what people did. What is not After the noted one is left out.
	OpenWindows(ctx context.Context, windows []Window) error
	// Spend takes one message from the window, false when there is none to take.
	Spend(ctx context.Context, user string, now time.Time) (bool, error)
	// Spent counts messages that went out without asking, such as late answers; negative
	// what Spend took and did not go out.
	Spent(ctx context.Context, user string, n int) error
	// ShutWindow is for a platform that says the window is shut.
	ShutWindow(ctx context.Context, user string) error

	// Grant counts answers to the question for subscription notifications.
	Grant(ctx context.Context, answers []GrantAnswer) error
	// SpendGrant takes one grant, false when there is none.
	SpendGrant(ctx context.Context, user, template string) (bool, error)

	// Stop keeps a channel from a user; Stops are those that hold at now.
	Stop(ctx context.Context, s PushStop) error
	Stops(ctx context.Context, user string, now time.Time) ([]PushStop, error)

	// Breakers are those that are not mended, also when their time is over.
	Breakers(ctx context.Context) ([]Breaker, error)
	// Trip opens or prolongs a breaker; fresh tells that it was not open yet.
	Trip(ctx context.Context, b Breaker) (fresh bool, err error)
	// Mend ends a breaker; false when there was none.
	Mend(ctx context.Context, scope string) (bool, error)

	// Wake lets pushes that stand as refused or given up wait once more when their
	// person has opened a window between from and to, and has not been shown them.
	Wake(ctx context.Context, from, to, now time.Time) (int64, error)
}
