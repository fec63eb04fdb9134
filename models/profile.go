package models

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
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

// Rule turns one consistency rule on and fixes its severity and message.
type Rule struct {
	ID       string `json:"id"`
	Severity string `json:"severity"` // E or W
	Message  string `json:"message"`  // {变量} are filled by the rule
	Fix      string `json:"fix"`      // what to do, one short sentence
}

// Profile is one programme: everything that differs between 户户清 2018 and
// later schemes, as data (domain.md §8).
type Profile struct {
	ID         string                `json:"id"`
	Title      string                `json:"title"`
	FirstYear  int                   `json:"first_year"`
	LastYear   int                   `json:"last_year"`
	Period     Period                `json:"income_period"`
	Codes      map[string][]CodeItem `json:"codes"`
	Thresholds []Threshold           `json:"thresholds"`
	Rules      []Rule                `json:"rules"`
	Suits      map[string][]string   `json:"suits"`  // cause → measure kinds that answer it
	Labels     map[string]string     `json:"labels"` // names of the six clears, of the poor household …
}

// Period is the accounting period of income: the day after End begins it.
type Period struct {
	EndMonth int `json:"end_month"`
	EndDay   int `json:"end_day"`
}

//go:embed profiles/*.json
var profiles embed.FS

// LoadProfile gives the built-in profile of that id, or reads it from a file
// when name is a path that ends in .json.
func LoadProfile(name string) (*Profile, error) {
	var b []byte
	var err error
	if strings.HasSuffix(name, ".json") {
		b, err = os.ReadFile(name)
	} else {
		b, err = fs.ReadFile(profiles, "profiles/"+name+".json")
	}
	if err != nil {
		return nil, E(NotFound, "load profile "+name, err)
	}
	p := new(Profile)
	if err := json.Unmarshal(b, p); err != nil {
		return nil, E(Invalid, "load profile "+name, err)
	}
	return p, p.check()
}

// check finds what would fail later: lists that a field names but the profile lacks.
func (p *Profile) check() error {
	for _, f := range Fields() {
		if f.Codes != "" && len(p.Codes[f.Codes]) == 0 {
			return E(Invalid, "load profile "+p.ID, fmt.Errorf("code list %q is missing", f.Codes))
		}
	}
	return nil
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

// Label is what a person reads for a code, the code itself when the list lacks it.
func (p *Profile) Label(list, key string) string {
	if it := p.Item(list, key); it != nil {
		return it.Label
	}
	return key
}

// Threshold is the number called name for that year and area: the most
// specific area wins, then the exact year over "every year".
func (p *Profile) Threshold(name string, year int, area string) (Threshold, bool) {
	best, found, rank := Threshold{}, false, -1
	for _, t := range p.Thresholds {
		if t.Name != name || !strings.HasPrefix(area, t.Area) || (t.Year != 0 && t.Year != year) {
			continue
		}
		r := len(t.Area) * 2
		if t.Year == year {
			r++
		}
		if r > rank {
			best, found, rank = t, true, r
		}
	}
	return best, found
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
