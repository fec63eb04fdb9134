package models

import (
	"context"
	"time"
)

// Repos are the repositories a turn may use. Inside a transaction every call
// belongs to it. Each call that reads or writes records of households takes the
// actor: rows outside the actor's area are as if they did not exist.
type Repos interface {
	Areas() Areas
	People() People
	Households() Households
	Drafts() Drafts
	Reminders() Reminders
	Pushes() Pushes
	Feedbacks() Feedbacks
}

// Store is Repos that can bind several calls into one transaction, and keeps
// what the turns themselves need.
type Store interface {
	Repos
	Turns() Turns
	Deliveries() Deliveries
	// Atomically runs fn in one transaction: all it did, or nothing. The error of
	// fn comes back as it is; unavailable when the database is away.
	Atomically(ctx context.Context, fn func(Store) error) error
	Ping(ctx context.Context) error
	Close() error
}

// Turn is one message that was taken, with the answer it got (sealed by the
// turn runner). The key makes sure that it counts once.
type Turn struct {
	User   string    `gorm:"primaryKey;size:64"`
	Key    string    `gorm:"column:turn_key;primaryKey;size:120"`
	Answer []byte    `gorm:"type:blob"`
	At     time.Time `gorm:"index"`
}

// Turns are the messages taken and the sessions they led to.
type Turns interface {
	Answer(ctx context.Context, user, key string) ([]byte, error) // not_found
	// Insert keeps a turn; conflict with Key "turn_seen" when the key is known.
	Insert(ctx context.Context, t Turn) error
	// Session is the durable session of a user (Draft with Thing ""); not_found.
	Session(ctx context.Context, user string) (Draft, error)
	// SaveSession writes the session if the stored version is still was (0: there
	// is none yet) and raises it by one; conflict with Key "session_moved".
	// One statement where the database can.
	SaveSession(ctx context.Context, d Draft, was int64) error
	// Purge drops turns older than before and tells how many.
	Purge(ctx context.Context, before time.Time) (int64, error)
}

// Effect is what a turn wants written. Apply runs inside the turn's
// transaction. conflict means somebody else changed the record first: the turn
// is rolled back and the conversation asks.
type Effect interface {
	Kind() string
	Apply(ctx context.Context, r Repos, by Actor, now time.Time) error
}

// Areas is the area tree.
type Areas interface {
	Area(ctx context.Context, code string) (Area, error) // not_found
	Children(ctx context.Context, code string) ([]Area, error)
	// Named are the areas with one of these names, by code; anybody may know names.
	Named(ctx context.Context, names []string) ([]Area, error)
	// Exit is the year an area leaves poverty in (出列, 摘帽), unknown when not set.
	Exit(ctx context.Context, code, programme string) (Int, error)
	// Put inserts or renames areas; parents first. Running it twice changes nothing.
	Put(ctx context.Context, areas []Area) (added int, err error)
}

// People are the persons, their invites and bindings.
type People interface {
	Person(ctx context.Context, id string) (Person, error)
	Add(ctx context.Context, p *Person) error // sets ID when it is empty
	// ByUser is the active person a WeChat user is bound to; not_found when none.
	ByUser(ctx context.Context, user string) (Person, error)
	UserOf(ctx context.Context, personID string) (string, error)
	// Officials are the active people who can answer for things of a village: its
	// cadres, then the township's, then departments and county; phones included,
	// since duties and helpers take them over. None outside the actor's scope.
	Officials(ctx context.Context, by Actor, village string) ([]Person, error)
	Invite(ctx context.Context, inv Invite) error
	// Invited is the person an invite code would bind, without using it up;
	// not_found, or conflict with Key "invite_used" or "invite_expired".
	Invited(ctx context.Context, hash string, now time.Time) (Person, error)
	// Bind uses up the invite whose keyed hash is given and ties user to its
	// person. not_found: no such code; conflict with Key "invite_used",
	// "invite_expired", "user_bound" or "person_bound".
	Bind(ctx context.Context, hash, user string, now time.Time) (Person, error)
	Unbind(ctx context.Context, user string) error
	// Forget removes what belongs to the WeChat user alone: binding, drafts,
	// kept turns (wechat.md §1.10: unsubscribe demands it). Records and their
	// changes stay, they are the programme's.
	Forget(ctx context.Context, user string) error
	// CountBindFailure notes a wrong code and tells how many there were since.
	CountBindFailure(ctx context.Context, user string, now, since time.Time) (int, error)
	// BindFailures tells how many wrong codes there were since, without noting one.
	BindFailures(ctx context.Context, user string, since time.Time) (int, error)
}

// Card is the short view of a household for lists.
type Card struct {
	ID, Village, VillageName, Group, Head string
	HeadBirth                             Date
	HeadSex                               string
	Members                               int
	MatchedBy                             string // name of the member, "id", "phone" … that made it a hit; "" for the head
	Version                               int
}

// Query is a look-up of households within the actor's scope.
type Query struct {
	Name    string   // whole or part of the head's or a member's name, or alias
	Pinyin  string   // letters typed: full pinyin or initials of head or member
	Sounds  []string // homophone keys, as dialog/zh makes them
	IDTail  string   // whole ID number or its last 4 or more characters
	Phone   string   // whole phone or its last 4 or more digits
	Group   string   // group name as written; matched after normalising digits (三组 = 3组)
	Village string   // narrow to one village code
	After   string   // cursor: id after which the next page begins
	Limit   int      // page size, at most 50
}

// SaveResult tells what a save did.
type SaveResult struct {
	ID      string
	Version int
	Changes int
}

// Households are the records of households.
type Households interface {
	// Find gives cards by rank: exact name, name part, pinyin, homophone. more
	// tells that another page exists.
	Find(ctx context.Context, by Actor, q Query) (cards []Card, more bool, err error)
	// Dossier is the whole file of one household for the given income/condition
	// year (0: the latest there is). not_found when absent or out of scope.
	Dossier(ctx context.Context, by Actor, id string, year int) (*Dossier, error)
	// Create gives the household its id (next free in its village), the members
	// theirs, writes all rows and the changes. conflict when an ID number is
	// already with a household (Key "dup_id").
	Create(ctx context.Context, by Actor, d *Dossier, now time.Time) (SaveResult, error)
	// A list of d that is nil is not mentioned and stays. Rows without an ID are
	// new; they may name a measure of d by "ms:<index>", the household by "", a
	// member by "m:<index>". Causes, funds, outputs and waivers missing from a list
	// are withdrawn; duties and helpers missing from it end today; members, measures,
	// exits and area exits stay.
	//
	// Save writes all records of d where they differ from what is stored, and the
	// changes. base is the version the actor began with; conflict when the stored
	// version is another. forbidden with Key "not_your_area" for a new year of an
	// area beyond the actor's that somebody has set already; invalid with Key
	// "no_measure", "no_programme", "no_area", "no_reason" or "household_full".
	Save(ctx context.Context, by Actor, d *Dossier, base int, now time.Time) (SaveResult, error)
	// SaveLights keeps how households stand after a save, in its transaction, and
	// moves the sums of their areas. One of an older version than what is kept, or of a
	// household that is gone, comes too late and changes nothing. After Undo the light is made anew as well; a
	// household that Undo withdrew has none.
	SaveLights(ctx context.Context, by Actor, lights []Light) error
	// Lights are how the households of a village stand, by group; without Parts.
	Lights(ctx context.Context, by Actor, programme, village string) ([]Light, error)
	// Unjudged are the ids of a village whose light is missing, of another version,
	// judged before the day or by rules with another mark.
	Unjudged(ctx context.Context, by Actor, programme, village string, before Date, rules string) ([]string, error)
	// Villages are the next villages with households after the given one, of any
	// area: it serves the program, not a person.
	Villages(ctx context.Context, after string, limit int) ([]string, error)
	// Tagged is a page of the households with the tags asked for, by id, and how many
	// there are in all. more tells that another page exists.
	Tagged(ctx context.Context, by Actor, q Tagged) (cards []Card, count TaggedCount, more bool, err error)
	// Judged is an area summed up and, behind it, what each area right below it has of
	// the parts named by below ("shade", "money"; "" for all). A group is its village's
	// code, a slash and its key.
	Judged(ctx context.Context, by Actor, programme, area string, below ...string) ([]Summary, error)
	// Tasks are the measures that a query chooses, in order of their due day; more
	// tells that another page exists.
	Tasks(ctx context.Context, by Actor, q TaskQuery) (tasks []Task, more bool, err error)
	// Backlogs tell how the areas right below one stand with what is due before the
	// day: groups of a village, villages of a township, townships of a county and so
	// on. Areas without open measures are left out; the rest of q narrows as in Tasks.
	Backlogs(ctx context.Context, by Actor, q TaskQuery, day Date) ([]Backlog, error)
	// AreaExits are the years in which a village and its county leave the list, as
	// far as they are set; none outside the actor's scope.
	AreaExits(ctx context.Context, by Actor, village string) ([]AreaExit, error)
	// Around finds in one query what some rules need to know beside the dossier, as
	// of the programme: other households of the village and the county, people.
	Around(ctx context.Context, by Actor, d *Dossier, programme string, now time.Time) (*Around, error)
	// Undo puts back every change that came from source, if it is not older than
	// since, was made by the actor and nothing touched the fields after it.
	// Returns the changes put back; conflict names the field touched later.
	Undo(ctx context.Context, by Actor, householdID, source string, since, now time.Time) ([]Change, error)
	// LastSaved is the source and household of the actor's latest change since then.
	LastSaved(ctx context.Context, by Actor, since time.Time) (householdID, source string, err error)
	// History is a page of changes of a household, newest first.
	History(ctx context.Context, by Actor, id string, before uint64, limit int) ([]Change, error)
	// DupID finds the households elsewhere where somebody with one of these ID
	// numbers (first 18 characters) is present, regardless of scope; only village,
	// group and head are told. Numbers that are nowhere are not in the map.
	DupID(ctx context.Context, ids []IDNumber, exceptHousehold string) (map[IDNumber]Card, error)
	// Near finds names in the village like the given one (same sound, one
	// character off) for «did you mean» and against duplicates.
	Near(ctx context.Context, by Actor, village, name string, sounds []string, limit int) ([]Card, error)
	// Groups are the group names in use in a village, most used first.
	Groups(ctx context.Context, by Actor, village string) ([]string, error)
	// Seen leaves the trace of a look at personal data.
	Seen(ctx context.Context, by Actor, id, what string, now time.Time) error
	// AddPhoto ties a picture to a household of the actor's; it waits to be fetched.
	AddPhoto(ctx context.Context, by Actor, p Photo) error
	// ClaimPhoto takes the oldest photo that waits and is due, of any household: it
	// serves the program, not a person. Nobody else gets it before now+lease.
	// not_found when none is due.
	ClaimPhoto(ctx context.Context, now time.Time, lease time.Duration) (Photo, error)
	// SettlePhoto writes what became of a claimed photo: kept, lost, or waiting with
	// another NextTry. conflict when the claim has run out and somebody else has it.
	SettlePhoto(ctx context.Context, p Photo) error
}

// Draft is a conversation put aside: everything said so far in one form,
// sealed. One person has at most one draft per Thing.
type Draft struct {
	User      string    `gorm:"primaryKey;size:64"`
	Thing     string    `gorm:"primaryKey;size:60"` // "" is the person's session; else household id or "new:<name>"
	PersonID  string    `gorm:"size:20;not null"`
	Household string    `gorm:"size:16;not null;default:'';index:idx_drafts_household,priority:1"`
	Title     string    `gorm:"serializer:sealed;size:400"`
	Body      []byte    `gorm:"type:mediumblob"` // sealed by the turn
	Version   int64     `gorm:"not null;default:1"`
	UpdatedAt time.Time `gorm:"index:idx_drafts_household,priority:2"`
}

// Drafts are the conversations put aside (the session itself is written by the
// turn, not through here).
type Drafts interface {
	Put(ctx context.Context, d Draft) error
	Take(ctx context.Context, user, thing string) (Draft, error) // removes it; not_found
	Peek(ctx context.Context, user, thing string) (Draft, error) // leaves it; not_found
	List(ctx context.Context, user string) ([]Draft, error)      // without bodies, newest first, Thing "" left out
	// Others names the people who have the household open or put aside.
	Others(ctx context.Context, household, exceptUser string, since time.Time) ([]string, error)
}
