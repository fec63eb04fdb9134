package flows

import (
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// kit is what every card works with.
type kit struct {
	profile *models.Profile
	reader  *hear.Reader
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
	One     bool     `yaml:"one"`    // asks one member at a time
	Ask     string   `yaml:"ask"`
	AskOld  string   `yaml:"ask_old"` // for a member past any school
	Unclear string   `yaml:"unclear"` // said when the answer was not understood
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
	for _, s := range present(f) {
		if len(f.Open(c.wantsOf(s))) > 0 {
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

// current shows the values of a card that was called back.
func (c *card) current(f *dialog.Form, paths []string) string {
	var out []string
	for _, p := range paths {
		if v := f.Value(p); v != "" {
			out = append(out, c.sayMasked(p, v))
		}
	}
	return strings.Join(out, "、")
}

// words are the placeholders of an Ask.
func (c *card) words(f *dialog.Form, open []string) []string {
	var labels, names []string
	seen := map[string]bool{}
	first := ""
	for _, p := range open {
		if fd := fieldOf(p); fd != nil && !seen[fd.Label] {
			seen[fd.Label] = true
			labels = append(labels, fd.Label)
		}
		if ref, _, ok := refOf(p); ok && !seen[ref] {
			seen[ref] = true
			names = append(names, slot{f, ref}.name())
			if first == "" {
				first = c.nameAge(slot{f, ref})
			}
		}
	}
	year, _ := strconv.Atoi(f.Marks[markPeriod])
	return []string{
		"fields", strings.Join(labels, "、"), "names", strings.Join(names, "、"), "who", first,
		"year", f.Marks[markPeriod], "before", strconv.Itoa(year - 1), "head", f.Title,
	}
}

// nameAge is "张小军(28岁)".
func (c *card) nameAge(s slot) string {
	if a := s.age(); a >= 0 {
		return c.texts.Say("member.aged", "name", s.name(), "age", strconv.Itoa(a))
	}
	return s.name()
}

// numeric reports whether any of the paths takes a bare number.
func (c *card) numeric(paths []string) bool {
	for _, p := range paths {
		fd := fieldOf(p)
		if fd == nil {
			continue
		}
		switch fd.Kind {
		case models.KindInt, models.KindMonths, models.KindMoney, models.KindArea, models.KindFloor, models.KindKm,
			models.KindStock, models.KindIndustries, models.KindPhone, models.KindID:
			return true
		}
	}
	return false
}

// Read reads an answer: an option by number, label or synonym; else anything
// that the sentence reader makes of it, for this card or any other.
func (c *card) Read(f *dialog.Form, in dialog.Input) dialog.Heard {
	text := zh.Clean(in.Text)
	open := c.openNow(f)
	if opts := c.options(f); len(opts) > 0 {
		if h, ok := c.pick(f, text, open, opts); ok {
			return h
		}
	}
	if h, ok := c.pickCodes(f, text, open); ok {
		return h
	}
	return c.hear(f, text, open, in)
}

// pickCodes reads an answer made of words of the open code lists and nothing
// else: «个别 集中 县城», «肢体二级» is left to the sentence reader.
func (c *card) pickCodes(f *dialog.Form, text string, open []string) (dialog.Heard, bool) {
	var h dialog.Heard
	taken := map[string]bool{}
	words := zh.SplitList(strings.ReplaceAll(text, " ", "、"))
	for _, w := range words {
		hit := ""
		for _, p := range open {
			fd := fieldOf(p)
			if fd == nil || fd.Kind != models.KindCode || taken[p] {
				continue
			}
			for _, o := range c.codes(specPath(p)) {
				if c.says(preset{Label: o.Label, Also: o.Also}, zh.Fold(w)) {
					hit = p
					v := o.Set[specPath(p)]
					h.Set = append(h.Set, dialog.Assign{Path: p, Value: v, Said: c.tell(f, p, v)})
					break
				}
			}
			if hit != "" {
				taken[hit] = true
				break
			}
		}
		if hit == "" {
			return dialog.Heard{}, false
		}
	}
	return h, len(h.Set) > 0
}

// pick reads an answer that names options. ok is false when it names none.
func (c *card) pick(f *dialog.Form, text string, open []string, opts []option) (dialog.Heard, bool) {
	choices := make([]zh.Choice, len(opts))
	for i, o := range opts {
		choices[i] = zh.Choice{Key: o.Label, Label: o.Label, Also: o.Also}
	}
	if c.numeric(open) && !hasWord(text, choices) {
		return dialog.Heard{}, false
	}
	picked, rest, ok := c.menu(choices).Read(text)
	if !ok || strings.TrimSpace(rest) != "" || (len(picked) > 1 && !c.many(open)) {
		return dialog.Heard{}, false
	}
	var h dialog.Heard
	for _, i := range picked {
		h.Set = append(h.Set, c.assign(f, open, opts[i])...)
	}
	h.Set = c.merge(h.Set)
	return h, len(h.Set) > 0
}

// menu compiles choices. Those that depend on nothing but the spec come again
// and again, in at most two forms (其余… once some members are settled).
func (c *card) menu(choices []zh.Choice) zh.Menu {
	if c.Offer != "" {
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

// hasWord reports whether the text is one of the labels or synonyms as written;
// in a card of numbers only these pick an option.
func hasWord(text string, cs []zh.Choice) bool {
	t := zh.Fold(text)
	for _, c := range cs {
		if t == zh.Fold(c.Label) {
			return true
		}
		for _, a := range c.Also {
			if t == zh.Fold(a) {
				return true
			}
		}
	}
	return false
}

// many reports whether the card takes several options at once.
func (c *card) many(open []string) bool {
	for _, p := range open {
		if fd := fieldOf(p); fd != nil && (fd.Kind == models.KindCodes || fd.Kind == models.KindYesNo) {
			return true
		}
	}
	return false
}

// assign makes the values an option stands for: for what is open of the card,
// and for other fields nobody has settled. What was said before stays (其余没有
// after 卖猪6000). A preset is said back by its own label.
func (c *card) assign(f *dialog.Form, open []string, o option) []dialog.Assign {
	var out []dialog.Assign
	add := func(path, value string) {
		said := c.tell(f, path, value)
		if len(o.Set) > 1 || c.isPreset(o) {
			said = o.Label
		}
		out = append(out, dialog.Assign{Path: path, Value: value, Said: said})
	}
	for _, p := range open {
		if v, ok := o.Set[specPath(p)]; ok {
			add(p, v)
		}
	}
	for _, path := range sortedPaths(o.Set, open) {
		if !contains(open, path) && (f.Force || !f.Settled(path)) {
			add(path, o.Set[specPath(path)])
		}
	}
	return out
}

// isPreset reports whether the option came from the spec.
func (c *card) isPreset(o option) bool {
	for _, p := range c.Presets {
		if p.Label == o.Label || p.Rest == o.Label {
			return true
		}
	}
	return false
}

// specPath is a form path as base.yaml writes it: "m2.sex" is "m.sex".
func specPath(path string) string {
	if _, key, ok := refOf(path); ok {
		return "m." + key
	}
	return path
}

// sortedPaths are the form paths that an option sets: fields of members for
// each member among the open paths.
func sortedPaths(set map[string]string, open []string) []string {
	refs := map[string]bool{}
	for _, p := range open {
		if ref, _, ok := refOf(p); ok {
			refs[ref] = true
		}
	}
	var out []string
	for k := range set {
		if !strings.HasPrefix(k, "m.") {
			out = append(out, k)
			continue
		}
		for ref := range refs {
			out = append(out, ref+strings.TrimPrefix(k, "m"))
		}
	}
	sort.Strings(out)
	return out
}

func assigned(as []dialog.Assign, path string) bool {
	for _, a := range as {
		if a.Path == path {
			return true
		}
	}
	return false
}

func contains(ss []string, s string) bool {
	for _, x := range ss {
		if x == s {
			return true
		}
	}
	return false
}

// merge joins several codes chosen for one field and lets yes win over the no
// that other options of a checklist imply.
func (c *card) merge(as []dialog.Assign) []dialog.Assign {
	var out []dialog.Assign
	for _, a := range as {
		i := -1
		for j := range out {
			if out[j].Path == a.Path {
				i = j
			}
		}
		if i < 0 {
			out = append(out, a)
			continue
		}
		fd := fieldOf(a.Path)
		switch {
		case fd != nil && fd.Kind == models.KindCodes && out[i].Value != a.Value:
			out[i].Value += "," + a.Value
			out[i].Said = c.sayMasked(a.Path, out[i].Value)
		case a.Value == string(models.Yes):
			out[i] = a
		}
	}
	return out
}

// tell is how a value is said back, with the member's name before it.
func (k *kit) tell(f *dialog.Form, path, value string) string {
	if ref, _, ok := refOf(path); ok {
		if n := (slot{f, ref}).name(); n != "" {
			return n + " " + k.brief1(path, value)
		}
	}
	return k.sayMasked(path, value)
}

// sayMasked is a value with its label; a number that is a loan shows its ends only.
func (k *kit) sayMasked(path, value string) string {
	fd := fieldOf(path)
	if fd == nil {
		return k.reader.Say(path, value)
	}
	if m := masked(fd, value); m != "" {
		return fd.Label + m
	}
	return k.reader.Say(path, value)
}

// masked is the masked form of a number that is a loan, "" for anything else.
func masked(fd *models.Field, v string) string {
	switch fd.Kind {
	case models.KindID:
		return models.IDNumber(v).String()
	case models.KindPhone:
		return models.Phone(v).String()
	case models.KindBank:
		return models.BankNo(v).String()
	}
	return ""
}

// plainKeys are the fields of a member whose value says by itself what it is:
// 男, 初中, 傣族 need no label.
var plainKeys = map[string]bool{
	"relation": true, "sex": true, "ethnic": true, "edu_level": true, "school_status": true, "health": true, "labor": true,
	"occupation": true, "work_area": true, "political": true, "change_type": true,
}

// brief1 is one value of a member without the name.
func (k *kit) brief1(path, value string) string {
	_, key, _ := refOf(path)
	switch {
	case plainKeys[key]:
		return k.reader.Show(path, value)
	case key == "birth":
		return k.texts.Say("member.born", "date", k.reader.Show(path, value))
	case key == "id_no":
		return k.texts.Say("member.id", "id", models.IDNumber(value).String())
	}
	return k.sayMasked(path, value)
}
