package platform

import (
	"slices"
	"time"
)

// What a record entry is about.
const (
	EntryPush  = "push"  // one try of a message or event at the bot's callback
	EntryAPI   = "api"   // one call of the bot to the platform's API
	EntryShown = "shown" // something appeared on a person's screen
)

// Entry is one line of the platform's complete record.
type Entry struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`    // by the platform's clock
	Until   time.Time `json:"until"` // when a try or a call was over
	OpenID  string    `json:"openid,omitempty"`
	Kind    string    `json:"kind"`           // EntryPush, EntryAPI or EntryShown
	Type    string    `json:"type,omitempty"` // message type, event name or item kind
	MsgID   int64     `json:"msg_id,omitempty,string"`
	Try     int       `json:"try,omitempty"`     // pushes: 1 to 3
	Extra   bool      `json:"extra,omitempty"`   // pushes: a duplicate made by a fault
	Path    string    `json:"path,omitempty"`    // API calls
	Status  int       `json:"status,omitempty"`  // HTTP status of the answer
	ErrCode int       `json:"errcode,omitempty"` // API calls
	RID     string    `json:"rid,omitempty"`     // API calls that failed
	Faulty  bool      `json:"faulty,omitempty"`  // API calls: the answer was spoilt by a fault
	Done    bool      `json:"done,omitempty"`    // API calls: the work was done, whatever the bot was told
	Sent    string    `json:"sent,omitempty"`    // what went out in clear: XML of a push, JSON answer of a call
	Got     string    `json:"got,omitempty"`     // what came in as received: answer to a push, body of a call
	Trouble string    `json:"trouble,omitempty"` // why a push got no usable answer
	Item    *Item     `json:"item,omitempty"`    // what appeared on the screen
}

// Record returns everything sent, received and shown since New, in order of
// beginning.
func (p *Platform) Record() []Entry {
	p.mu.Lock()
	defer p.mu.Unlock()
	record := slices.Clone(p.record)
	slices.SortStableFunc(record, func(a, b Entry) int { return int(a.Seq - b.Seq) })
	return record
}

// RecordOf is the part of Record that concerns one person.
func (p *Platform) RecordOf(openid string) []Entry {
	return slices.DeleteFunc(p.Record(), func(e Entry) bool { return e.OpenID != openid })
}

// Pushed is what the account has shown each person beyond answers to their messages
// (customer-service messages, templates, notifications), oldest first, since New.
func (p *Platform) Pushed() map[string][]Item {
	out := map[string][]Item{}
	for _, e := range p.Record() {
		if e.Kind == EntryShown && e.Item.From == FromAccount && e.Item.Via != ViaReply {
			out[e.OpenID] = append(out[e.OpenID], *e.Item)
		}
	}
	return out
}

// begin gives a new entry its place in the record; keep puts it there when it
// is complete. Tries under way are therefore not in the record yet.
func (p *Platform) begin(e Entry) Entry {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seq++
	e.Seq, e.At = p.seq, p.opt.Now()
	return e
}

func (p *Platform) keep(e Entry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e.Until = p.opt.Now()
	p.record = append(p.record, e)
}
