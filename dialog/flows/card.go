package flows

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// kit is what every card works with.
type kit struct {
	profile *models.Profile
	reader  *hear.Reader // sentences about the household
	planner *plan.Reader // sentences about its plan
	texts   Texts
	form    *form    // whose cards use this kit
	menus   sync.Map // card and labels → zh.Menu, of the specs
	folded  sync.Map // word of a spec or code list → zh.Fold of it
}

// fold is zh.Fold of a word that comes from a spec or a code list.
func (k *kit) fold(word string) string {
	if f, ok := k.folded.Load(word); ok {
		return f.(string)
	}
	f := zh.Fold(word)
	k.folded.Store(word, f)
	return f
}

// spec is one card as base.yaml writes it.
type spec struct {
	ID      string   `yaml:"id"`
	Section string   `yaml:"section"`
	Kind    string   `yaml:"kind"`   // "": asks Fields; roster, propose, carry: see their files
	Fields  []string `yaml:"fields"` // paths; "m.x" is field x of members
	When    string   `yaml:"when"`   // condition on the form, a name of when.go
	Who     string   `yaml:"who"`    // condition on a member, a name of when.go
	One     bool     `yaml:"one"`    // asks one member (one row of a plan) at a time
	Many    bool     `yaml:"many"`   // several options may be picked at once
	Ask     string   `yaml:"ask"`
	AskOld  string   `yaml:"ask_old"`  // for a member past any school; of a plan: when the answer can be proposed
	AskDone string   `yaml:"ask_done"` // of a plan: when nothing but a yes is wanted
	Unclear string   `yaml:"unclear"`  // said when the answer was not understood
	Presets []preset `yaml:"presets"`
	Offer   string   `yaml:"offer"` // a function of offer.go that makes the options
}

// preset is an answer to tap that settles several fields at once. In a card of
// members it counts for every member who is still open.
type preset struct {
	Label string            `yaml:"label"`
	Rest  string            `yaml:"rest"` // label once some members are settled: 其余都…
	Set   map[string]string `yaml:"set"`
	Also  []string          `yaml:"also"`
	Alone bool              `yaml:"alone"` // excludes every other option: 都没有
	Pass  bool              `yaml:"pass"`  // leaves the question open, like 跳过
	Whom  bool              `yaml:"whom"`  // asks which member it is about, when several are open
}

// card asks for the fields of its spec.
type card struct {
	spec
	*kit
	paths map[string][]string // of members, see pathsOf
}

func (c *card) ID() string { return c.spec.ID }

// Section is the part of the form the card belongs to.
func (c *card) Section() string { return c.spec.Section }

// Wants lists the paths the card settles, given branches and members.
func (c *card) Wants(f *dialog.Form) []string {
	if c.When != "" && !when[c.When](f) {
		return nil
	}
	if c.Who == "" {
		return c.Fields
	}
	people := present(f)
	out := make([]string, 0, len(people)*len(c.Fields))
	for _, s := range people {
		out = c.appendWants(out, s)
	}
	return out
}

// AnyOpen reports whether a path the card wants is open. Most members have given
// all their answers, and then it does not matter whether they were asked.
func (c *card) AnyOpen(f *dialog.Form) bool {
	if c.When != "" && !when[c.When](f) {
		return false
	}
	if c.Who == "" {
		return f.AnyOpen(c.Fields)
	}
	for s := range members(f) {
		if c.opens(s) {
			return true
		}
	}
	return false
}

// opens reports whether the card has a question for a member.
func (c *card) opens(s slot) bool {
	var few [8]string // enough for a card of members: nothing is allocated
	return s.f.AnyOpen(c.pathsOf(s.ref)) && s.present() && who[c.Who](s) && s.f.AnyOpen(c.appendWants(few[:0], s))
}

// Never reports whether a path is of no field of the card.
func (c *card) Never(path string) bool {
	_, key, ofMember := refOf(path)
	return !slices.ContainsFunc(c.Fields, func(field string) bool {
		of, member := strings.CutPrefix(field, "m.")
		return field == path || ofMember && member && of == key
	})
}

func (c *card) wantsOf(s slot) []string { return c.appendWants(nil, s) }

// appendWants adds the paths of one member to out.
func (c *card) appendWants(out []string, s slot) []string {
	if !who[c.Who](s) {
		return out
	}
	for i, path := range c.pathsOf(s.ref) {
		field := c.Fields[i]
		if (field == "m.edu_level" && s.v("school_status") != "") || (field == "m.school_status" && s.v("edu_level") != "") {
			continue // exactly one of the two (domain.md §1.2)
		}
		out = append(out, path)
	}
	return out
}

// pathsOf are the card's fields for one member. Every turn asks every card for
// them several times, so those of the usual families are made once.
func (c *card) pathsOf(ref string) []string {
	if ps := c.paths[ref]; ps != nil {
		return ps
	}
	return memberPaths(c.Fields, ref)
}

// usualMembers is how many members nearly every household stays below.
const usualMembers = 12

// usualPaths are the paths of fields for m1, m2 and so on.
func usualPaths(fields []string) map[string][]string {
	out := make(map[string][]string, usualMembers)
	for n := range usualMembers {
		ref := "m" + strconv.Itoa(n+1)
		out[ref] = memberPaths(fields, ref)
	}
	return out
}

func memberPaths(fields []string, ref string) []string {
	out := make([]string, len(fields))
	for i, field := range fields {
		out[i] = ref + "." + strings.TrimPrefix(field, "m.")
	}
	return out
}

// First are the paths of the one question that is put now.
func (c *card) First(f *dialog.Form) []string {
	if !c.One || c.Who == "" {
		return c.Wants(f)
	}
	var first []string
	for _, s := range present(f) {
		ps := c.wantsOf(s)
		if f.Force && f.Marks[markFocus] == s.ref {
			return ps
		}
		if first == nil && len(f.Open(ps)) > 0 {
			first = ps
		}
	}
	if first == nil && f.Force {
		return c.Wants(f)
	}
	return first
}

// Left counts the questions still needed: one, or one for each open member.
func (c *card) Left(f *dialog.Form) int {
	if !c.One {
		return 1
	}
	n := 0
	for s := range members(f) {
		if c.opens(s) {
			n++
		}
	}
	return n
}

// openNow are the paths of the current question that have no answer; all of
// them when the card was called back for a correction.
func (c *card) openNow(f *dialog.Form) []string { return openOrAll(f, c.First(f)) }

func openOrAll(f *dialog.Form, ps []string) []string {
	if open := f.Open(ps); len(open) > 0 {
		return open
	}
	return ps
}

// Ask puts the question with its options.
func (c *card) Ask(f *dialog.Form) dialog.Reply {
	open := c.openNow(f)
	r := dialog.Reply{Text: fill(c.wording(f, open), c.words(f, open)...)}
	if now := c.current(f, open); now != "" {
		r.Text = c.texts.Say("card.now", "now", now) + "\n" + r.Text
	}
	for i, o := range c.options(f) {
		n := i + 1
		if c.numeric(open) {
			n = 0 // a bare number is an answer here, not an option
		}
		r.Options = append(r.Options, dialog.Option{Number: n, Label: o.Label})
	}
	return r
}

// pastSchool is the age from which nobody is asked about a school.
const pastSchool = 25

// wording is the question for the member asked about.
func (c *card) wording(f *dialog.Form, open []string) string {
	if c.AskOld != "" && len(open) > 0 {
		if ref, _, ok := refOf(open[0]); ok && (slot{f, ref}).age() >= pastSchool {
			return c.AskOld
		}
	}
	return c.spec.Ask
}

// menu compiles choices. Those that hold nothing of the household come again and
// again, in few forms (其余… once some members are settled, the grades of an age).
func (c *card) menu(choices []zh.Choice) zh.Menu {
	if offersOwn[c.Offer] {
		return zh.NewMenu(choices)
	}
	var key strings.Builder
	key.WriteString(c.spec.ID)
	for _, o := range choices {
		key.WriteByte('|')
		key.WriteString(o.Label)
	}
	if m, ok := c.menus.Load(key.String()); ok {
		return m.(zh.Menu)
	}
	m := zh.NewMenu(choices)
	c.menus.Store(key.String(), m)
	return m
}
