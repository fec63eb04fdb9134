package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Reminder is one thing that one person is to hear of once: a step of a rule of
// the profile about one thing and its date. ID is made of person, thing, rule, step
// and date, so that every replica makes the same row and a date that moves makes
// another. Rows are made by models/due and kept by Reminders.
type Reminder struct {
	ID          string        `gorm:"primaryKey;size:32"`
	Programme   string        `gorm:"size:40;not null;index:idx_reminders_open,priority:1"`
	State       ReminderState `gorm:"size:8;not null;index:idx_reminders_open,priority:2"`
	PersonID    string        `gorm:"size:20;not null;index:idx_reminders_open,priority:3;index:idx_reminders_person,priority:1"` // "" when nobody at all answers for it
	HouseholdID string        `gorm:"size:16;not null;index"`                                                                     // what it is kept with: household, code of a village or county, "m" and village for a mute
	Village     string        `gorm:"size:14;not null;index"`                                                                     // area code, for scope
	Thing       string        `gorm:"size:40;not null"`                                                                           // id of the measure, fund, duty, household, person …
	Rule        string        `gorm:"size:24;not null"`
	Step        string        `gorm:"size:16;not null"` // days from Due with sign: "-7", "+15"
	Level       Level         `gorm:"size:12;not null"` // whose step it is
	Up          Level         `gorm:"size:12;not null"` // level that is told of it at the same step: «已报乡镇»
	For         Level         `gorm:"size:12;not null"` // level that nobody answers at, which is why PersonID gets it
	Due         Date          `gorm:"size:10;not null"` // the date it is about
	On          Date          `gorm:"column:on_day;size:10;not null;index:idx_reminders_open,priority:4"`
	Until       Date          `gorm:"size:10;not null"` // last day on which it makes sense, "" for ever
	Urgent      bool          `gorm:"not null"`         // cannot wait for the next morning
	Guarantee   bool          `gorm:"not null"`         // of the two assurances and three guarantees: goes before others
	Group       string        `gorm:"column:group_name;size:60;not null"`
	Head        string        `gorm:"size:60;not null"`
	Title       string        `gorm:"size:100;not null"` // what it is about; never an illness
	Count       int           `gorm:"column:n;not null"`
	Why         string        `gorm:"size:16;not null"` // why it does not hold any more, or was not heard: gone moved overtaken lapsed said refused failed unsure …
	Push        string        `gorm:"size:32;not null;index"`
	At          time.Time     `gorm:"not null"`
	ToldAt      *time.Time    `gorm:"index:idx_reminders_person,priority:2"`

	Object string `gorm:"-"` // whose duties decide who hears of it: household or measure
}

// ReminderState is how far a reminder has come.
type ReminderState string

// The states of a reminder.
const (
	ReminderOpen ReminderState = "open" // to be told
	ReminderTold ReminderState = "told" // in the push Push
	ReminderVoid ReminderState = "void" // its reason is gone; Why says how
)

// Why a reminder is void.
const (
	WhyGone      = "gone"      // what it was about is done, or withdrawn
	WhyMoved     = "moved"     // the date became another
	WhyOvertaken = "overtaken" // a later step of the same is due before it was told
	WhyLapsed    = "lapsed"    // the time in which it made sense is over
	WhyHanded    = "handed"    // somebody else answers for it now
	WhySaid      = "said"      // the person has just set the date, and knows
)

// Name gives the reminder its ID.
func (r *Reminder) Name() {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		r.Programme, r.PersonID, r.Thing, r.Rule, r.Step, string(r.Due), string(r.Level),
	}, "\x1f")))
	r.ID = hex.EncodeToString(sum[:16])
}

// Same reports whether two reminders are about the same thing by the same rule for
// the same level, whatever the date and the step.
func (r *Reminder) Same(o *Reminder) bool {
	return r.Thing == o.Thing && r.Rule == o.Rule && r.Level == o.Level
}

// Watch is the next day on which something falls due for a household, a village or
// a county: what a day brings is found by one range of its index, however many
// measures there are. A row without a day is to be looked at now.
type Watch struct {
	Programme string `gorm:"primaryKey;size:40;index:idx_watches_next,priority:1"`
	Thing     string `gorm:"primaryKey;size:16;index:idx_watches_next,priority:3"` // household id, village or county code
	Next      Date   `gorm:"column:next_on;size:10;not null;index:idx_watches_next,priority:2"`
	Version   int    `gorm:"not null"` // of the household when it was looked at
}

// RemindAmount is how much a person wants to hear.
type RemindAmount string

// The amounts.
const (
	RemindAll     RemindAmount = "all"
	RemindLess    RemindAmount = "less"    // what is due within a week or late
	RemindOverdue RemindAmount = "overdue" // only what is late
	RemindNone    RemindAmount = "none"    // nothing; it can be read under 提醒
)

// RemindSetting is how one person wants to be reminded. The zero At and Amount are
// the usual: 08:00, everything.
type RemindSetting struct {
	PersonID  string       `gorm:"primaryKey;size:20"`
	At        string       `gorm:"column:at_time;size:5;not null"` // hour and minute of the morning's list, "08:00"
	Amount    RemindAmount `gorm:"size:8;not null"`
	UpdatedAt time.Time    `gorm:"not null"`
}

// Mute keeps the reminders of one household from its village people until a day.
// The levels above go on hearing of it, and hear of the mute.
type Mute struct {
	HouseholdID string    `gorm:"primaryKey;size:16"`
	Village     string    `gorm:"size:12;not null;index"`
	By          string    `gorm:"size:20;not null"`
	ByName      string    `gorm:"size:60;not null"`
	Reason      string    `gorm:"serializer:sealed;size:400;not null"`
	Until       Date      `gorm:"size:10;not null"`
	At          time.Time `gorm:"not null"`
}

// Telling is one push to one person on one day: the first is the morning's list.
// Its key lets only one replica make it.
type Telling struct {
	PersonID string    `gorm:"primaryKey;size:20"`
	Day      Date      `gorm:"primaryKey;size:10;index:idx_tellings_day,priority:1"`
	N        int       `gorm:"primaryKey;autoIncrement:false;index:idx_tellings_day,priority:2"`
	Push     string    `gorm:"size:32;not null;index"` // "" when the day had nothing they want to hear
	Outcome  string    `gorm:"size:9;not null;index:idx_tellings_outcome,priority:1"`
	At       time.Time `gorm:"not null;index:idx_tellings_outcome,priority:2"`
}

// Listener is a person with something open, and how they want to hear of it.
type Listener struct {
	Person Person
	User   string // the WeChat user, "" when nobody is bound
	At     string
	Amount RemindAmount
	Busy   time.Time // when their conversation was touched last
	Told   int       // pushes of that day
}

// Unreached is somebody who cannot be told: not bound, or not to be delivered to.
type Unreached struct {
	PersonID, Name, Area string // "" and "" where nobody at all answers
	Open                 int    // reminders that wait
	Why                  string // unbound, refused, failed, given_up, nobody
}

// Reminders are what is due, who hears of it and how they want to. The calls without
// an Actor serve the program, not a person.
type Reminders interface {
	// Keep makes the rows of one household, village or county what models/due says
	// today: new ones go in, open ones that are not in fresh become void with their
	// reason, void ones that are due after all open again; what was told stays told.
	// The watch moves to w.Next. What was told and not heard becomes void as well. Running
	// it twice changes nothing. Returns the pushes of today all of whose reasons are gone.
	Keep(ctx context.Context, w Watch, fresh []Reminder, today Date, now time.Time) (pushes []string, err error)
	// Drop ends what is open or unheard about a household that is not there any more,
	// and the pushes that told nothing else, and forgets its watches.
	Drop(ctx context.Context, household string) error
	// Add puts rows in beside what Keep keeps; those that are known stay as they are.
	Add(ctx context.Context, rs []Reminder, now time.Time) error
	// Watched are the things whose day has come, after a cursor, earliest first.
	Watched(ctx context.Context, programme string, today Date, after Watch, limit int) ([]Watch, error)
	// Unwatched are ids of households changed since then that were not looked at after
	// that, as after an import; page by page.
	Unwatched(ctx context.Context, programme string, since time.Time, after string, limit int) ([]string, error)
	// Orphaned are ids of households with something open or unheard for somebody who left,
	// or with a duty of theirs that nobody was told of.
	Orphaned(ctx context.Context, programme string, limit int) ([]string, error)
	// SweptAt is when the programme's households were last looked through; the zero
	// time before the first. Swept keeps it; it never goes back.
	SweptAt(ctx context.Context, programme string) (time.Time, error)
	Swept(ctx context.Context, programme string, at time.Time) error
	// Lead makes one replica the holder of the programme's lease, or keeps it that, for
	// so long; false while another one is. Resign gives it back.
	Lead(ctx context.Context, programme, holder string, now time.Time, life time.Duration) (bool, error)
	Resign(ctx context.Context, programme, holder string) error

	// Listeners are bound people, after the given id, who have something open on that
	// day, whose hour (at most hm, "08:00") has come and who have no list of that day yet.
	Listeners(ctx context.Context, programme string, today Date, hm, after string, limit int) ([]Listener, error)
	// Urgent are bound people, after the given id, who have their list of that day and
	// something open that cannot wait for the next one.
	Urgent(ctx context.Context, programme string, today Date, after string, limit int) ([]Listener, error)
	// Open are the reminders of a person that are open on that day, without those of
	// households muted for them.
	Open(ctx context.Context, programme, personID string, today Date) ([]Reminder, error)
	// Tell notes one push and the reminders it tells, all or nothing. conflict with Key
	// "told" when that push of that day was made already, or one of them is not open
	// any more.
	Tell(ctx context.Context, t Telling, ids []string) error
	// Undecided are the pushes whose outcome is not known yet, and those of the last two
	// days that did not arrive and may yet, after a cursor, oldest first.
	Undecided(ctx context.Context, after Telling, limit int) ([]Telling, error)
	// Heard notes what became of a push. What an expired or void one told is open again,
	// and to be looked at before it is told; what one told that did not arrive says why,
	// and stands, unless that changes: it waits once more, or got through.
	Heard(ctx context.Context, push string, outcome PushState) error
	// Unreached are the people of an area with something open or unheard whom nothing reaches.
	Unreached(ctx context.Context, by Actor, programme string, today Date) ([]Unreached, error)
	// Operators are the active administrators.
	Operators(ctx context.Context) ([]Person, error)

	// Setting is how a person wants it: 08:00 and all when they never said.
	Setting(ctx context.Context, personID string) (RemindSetting, error)
	SaveSetting(ctx context.Context, s RemindSetting) error
	// Mute puts the reminders of a household off; not_found outside the scope.
	Mute(ctx context.Context, by Actor, m Mute) error
	// Unmute ends it; not_found when there is none.
	Unmute(ctx context.Context, by Actor, household string) error
	// Mutes are those in force within the scope.
	Mutes(ctx context.Context, by Actor, today Date) ([]Mute, error)
	// About are all reminders of a household and what became of them, latest first;
	// not those of mutes.
	About(ctx context.Context, by Actor, household string) ([]Reminder, error)
	// OfDay are what waits for a person on that day and what they were told on it.
	OfDay(ctx context.Context, by Actor, programme string, today Date) ([]Reminder, error)
	// Unheard are what pushes told the person that did not arrive; Showed notes that
	// the conversation has told them.
	Unheard(ctx context.Context, by Actor, programme string) ([]Reminder, error)
	Showed(ctx context.Context, by Actor, ids []string) error
}
