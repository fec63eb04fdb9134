package models

import (
	"encoding/json"
	"io/fs"
	"strings"
	"sync"
)

// CodeItem is one entry of a code list. Key is ours and never changes; Code is
// what the national forms use.
type CodeItem struct {
	Key    string            `json:"key"`
	Label  string            `json:"label"`
	Code   string            `json:"code,omitempty"`
	Also   []string          `json:"also,omitempty"`   // what cadres say for it
	Sex    string            `json:"sex,omitempty"`    // relation: the sex it implies, M or F
	Hidden bool              `json:"hidden,omitempty"` // import only, never offered
	More   map[string]string `json:"more,omitempty"`   // list-specific: stage of a school year, sign of a change …
	names  []string          // see Names; made when the profile is loaded
}

// Names are the label and what else the entry is called; not to be changed.
func (c *CodeItem) Names() []string {
	if c.names != nil {
		return c.names
	}
	return append([]string{c.Label}, c.Also...)
}

// Threshold is a number with the year and place it holds for and where it
// comes from. An empty Area holds everywhere.
type Threshold struct {
	Name   string  `json:"name"`
	Year   int     `json:"year,omitempty"` // 0: every year
	Area   string  `json:"area,omitempty"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit,omitempty"`
	Source string  `json:"source"`
	Firm   bool    `json:"firm,omitempty"` // confirmed by the county; otherwise a rule may warn only
}

// Variant is what a rule says in a special case; empty parts are those of the rule.
type Variant struct {
	Severity string `json:"severity,omitempty"`
	Message  string `json:"message,omitempty"`
	Fix      string `json:"fix,omitempty"`
}

// Rule turns one consistency rule on and fixes its severity and message.
type Rule struct {
	ID       string             `json:"id"`
	Severity string             `json:"severity"` // E or W
	Message  string             `json:"message"`  // {name} are filled by the rule
	Fix      string             `json:"fix"`      // what to do, one short sentence
	Variants map[string]Variant `json:"variants,omitempty"`
}

// Lead names the departments that answer for a measure category, the usual one
// first (domain.md §2.5). The codes are those of the list "dept".
type Lead struct {
	County   []string `json:"county"`
	Township []string `json:"township,omitempty"`
}

// Usual is what a measure of a kind usually is, to be proposed and never taken
// without a yes. {who} and {head} in Content are filled in.
type Usual struct {
	Targets    string `json:"targets,omitempty"` // whom it is for: a word the conversations know (ill, student, labor …); "" for the household
	Most       int    `json:"most,omitempty"`    // of them at most
	Unit       string `json:"unit,omitempty"`
	Content    string `json:"content,omitempty"`
	Example    string `json:"example,omitempty"`     // how to say what is done, how much and by when
	Indicator  string `json:"indicator,omitempty"`   // of the output; its target is the quantity
	OutUnit    string `json:"out_unit,omitempty"`    //
	OutExample string `json:"out_example,omitempty"` // how to say the output
	Out        string `json:"out,omitempty"`         // "qty": the output's target is the measure's quantity also for a household
	Income     bool   `json:"income,omitempty"`      // it is to raise the income: by how much is asked
	NoMoney    string `json:"no_money,omitempty"`    // why it usually costs nothing
	Source     string `json:"source,omitempty"`      // where its money usually comes from
	Limit      string `json:"limit,omitempty"`       // threshold that is also the usual sum
	Yearly     bool   `json:"yearly,omitempty"`      // it goes on from year to year
}

// UsualOf is what a measure of that kind usually is: the row of the sub-category,
// else that of the category.
func (p *Profile) UsualOf(cat1, cat2 string) Usual {
	if u, ok := p.Usual[cat2]; ok {
		return u
	}
	return p.Usual[cat1]
}

// Season is the last month in which planting what its words name is in time.
// From month Next on it is early for the season to come; 0 means never.
type Season struct {
	Name   string   `json:"name"`
	Words  []string `json:"words"`
	Last   int      `json:"last"`
	Next   int      `json:"next,omitempty"`
	Source string   `json:"source"`
}

// Profile is one programme: everything that differs between 户户清 2018 and
// later schemes, as data (domain.md §8). With a Base it states only what
// differs from that one (see inherit).
type Profile struct {
	ID         string                `json:"id"`
	Base       string                `json:"base,omitempty"`
	Title      string                `json:"title"`
	FirstYear  int                   `json:"first_year"`
	LastYear   int                   `json:"last_year"`
	Period     Period                `json:"income_period"`
	Codes      map[string][]CodeItem `json:"codes"`
	Thresholds []Threshold           `json:"thresholds"`
	Rules      []Rule                `json:"rules"`
	Suits      map[string][]string   `json:"suits"`   // cause or gap → kinds of measures (cat1 or cat2) that answer it, "*" for any
	Offers     map[string][]string   `json:"offers"`  // cause, gap, "labor" or "floor" → cat2 to offer for it, the usual ones first
	Usual      map[string]Usual      `json:"usual"`   // cat2 or cat1 → what such a measure usually is
	Leads      map[string]Lead       `json:"leads"`   // cat1 or cat2 → departments
	Seasons    []Season              `json:"seasons"` // planting times for rule T09
	Needs      map[string]string     `json:"needs"`   // field path → must, may or when, where it differs from the dictionary
	Labels     map[string]string     `json:"labels"`  // names of the six clears, of the poor household …
	Reminders  []RemindRule          `json:"reminders"`

	mark string // of what it was loaded from
}

// Mark names the very content of a profile that was loaded: what was judged by
// another one is judged anew. "" for a profile made by hand.
func (p *Profile) Mark() string { return p.mark }

// Period is the accounting period of income: the day after End begins it.
type Period struct {
	EndMonth int `json:"end_month"`
	EndDay   int `json:"end_day"`
}

// Item finds an entry of a code list by key, nil when there is none.
func (p *Profile) Item(list, key string) *CodeItem {
	items := p.Codes[list]
	for i := range items {
		if items[i].Key == key {
			return &items[i]
		}
	}
	return nil
}

// Label is what a person reads for a code. A code of another programme's list, as a
// household that stood in one before has them, reads as it does there; one that
// nobody knows reads as itself.
func (p *Profile) Label(list, key string) string {
	if it := p.Item(list, key); it != nil {
		return it.Label
	}
	if label := elsewhere()[list+"."+key]; label != "" {
		return label
	}
	return key
}

// elsewhere are the labels of all built-in profiles, by list and key.
var elsewhere = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	files, _ := fs.Glob(profiles, "profiles/*.json")
	for _, file := range files {
		var p Profile
		b, err := fs.ReadFile(profiles, file)
		if err != nil || json.Unmarshal(b, &p) != nil {
			continue // LoadProfile says what is wrong with it
		}
		for list, items := range p.Codes {
			for _, it := range items {
				out[list+"."+it.Key] = it.Label
			}
		}
	}
	return out
})

// Threshold is the number called name for that year and area: the most
// specific area wins, then the exact year over "every year".
func (p *Profile) Threshold(name string, year int, area string) (Threshold, bool) {
	best, rank := -1, -1
	for i := range p.Thresholds {
		t := &p.Thresholds[i]
		if t.Name != name || !strings.HasPrefix(area, t.Area) || (t.Year != 0 && t.Year != year) {
			continue
		}
		r := len(t.Area) * 2
		if t.Year == year {
			r++
		}
		if r > rank {
			best, rank = i, r
		}
	}
	if best < 0 {
		return Threshold{}, false
	}
	return p.Thresholds[best], true
}

// Rule finds a rule's row, nil when the profile has it off.
func (p *Profile) Rule(id string) *Rule {
	for i := range p.Rules {
		if p.Rules[i].ID == id {
			return &p.Rules[i]
		}
	}
	return nil
}

// Suitable reports whether a measure of this kind answers the cause or gap.
func (p *Profile) Suitable(need, cat1, cat2 string) bool {
	for _, k := range p.Suits[need] {
		if k == "*" || k == cat1 || k == cat2 {
			return true
		}
	}
	return false
}

// Lead is who answers for measures of this kind: the row of the sub-category,
// else that of the category.
func (p *Profile) Lead(cat1, cat2 string) Lead {
	if l, ok := p.Leads[cat2]; ok {
		return l
	}
	return p.Leads[cat1]
}

// MeasureName is what a measure is called: its title, else its kind.
func (p *Profile) MeasureName(title, cat1, cat2 string) string {
	switch {
	case title != "":
		return title
	case cat2 != "":
		return p.Label("measure_cat2", cat2)
	}
	return p.Label("measure_cat1", cat1)
}

// DeptName is what the department of that code was called in that year: its
// label, or the name it took with the latest reorganisation up to then (the
// entries "name<year>" of More).
func (p *Profile) DeptName(key string, year int) string {
	it := p.Item("dept", key)
	if it == nil {
		return key
	}
	name, latest := it.Label, 0
	for k, v := range it.More {
		since, ok := strings.CutPrefix(k, "name")
		if y := Date(since).Year(); ok && y <= year && y > latest {
			name, latest = v, y
		}
	}
	return name
}

// Need says whether the programme needs a field: must, may or when.
func (p *Profile) Need(f *Field) string {
	if n := p.Needs[f.Path()]; n != "" {
		return n
	}
	return f.Need
}

// FundClass is the class of the six that money from this source is reported
// under (domain.md §2.6), "" for an unknown source.
func (p *Profile) FundClass(source string) string {
	if it := p.Item("fund_source", source); it != nil {
		return it.More["class"]
	}
	return ""
}
