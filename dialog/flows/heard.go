package flows

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// wordy reports whether a text has any letter: only such a text can be a name.
func wordy(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// oneWord reports whether a text is a single piece of some letters, no sentence.
func oneWord(s string) bool {
	return wordy(s) && !strings.ContainsAny(s, " ，,、；;。：:\n") && len([]rune(s)) <= 20
}

// textField reports whether a path takes any words.
func textField(path string) bool {
	fd := fieldOf(path)
	return fd != nil && (fd.Kind == models.KindText || fd.Kind == models.KindName)
}

// freeContext is for a sentence heard while no household is open.
func (t *talk) freeContext() hear.Context { return hear.Context{Now: t.in.At} }

// context is what the sentence reader may know of the form.
func (k *kit) context(f *dialog.Form, open []string, in dialog.Input) hear.Context {
	c := hear.Context{Now: in.At, Open: open, Head: f.Title, About: f.Marks["about"], Known: conditionsOf(f)}
	for _, s := range roster(f) {
		c.People = append(c.People, hear.Person{
			Ref: s.ref, Name: s.name(), Aliases: models.ParseSet(s.v("alias")), Sex: s.v("sex"),
			Relation: s.v("relation"), Age: s.age(), Student: s.student(),
		})
	}
	return c
}

// conditionsOf are the values of the household's conditions: last year's, and over them what
// was told now.
func conditionsOf(f *dialog.Form) map[string]string {
	out := map[string]string{}
	for _, path := range conditionPaths() {
		if v := cmp.Or(f.Value(path), f.Base[path]); v != "" {
			out[path] = v
		}
	}
	return out
}

// hear reads a sentence for the open paths and any other field.
func (k *kit) hear(f *dialog.Form, text string, open []string, in dialog.Input) dialog.Heard {
	if h, ok := k.named(f, text, open); ok {
		return h
	}
	ctx := k.context(f, open, in)
	ctx.Wide = k.severalCards(f, open)
	if len(open) == 1 && oneWord(text) && textField(open[0]) {
		// The whole message is most likely the name that was asked for, unless every
		// word of it says something else (都在家务农 is no doctor).
		r := k.reader.Read(text, ctx)
		if fact, un := k.reader.Answer(open[0], text, ctx); un == nil && k.unfit(fact) == "" && (len(r.Unread) > 0 || len(r.Facts) == 0 || factOf(r, open[0])) {
			return dialog.Heard{Set: []dialog.Assign{k.assignOf(f, fact)}}
		}
	}
	text, rests := cutRest(text)
	r := k.reader.Read(text, ctx)
	atOnce := false
	if people, ok := k.toldAtOnce(f, text, ctx); ok && unreadSize(people) < unreadSize(r) {
		r, atOnce = people, true
	}
	r.Unread = append(r.Unread, rests...)
	h := k.heard(f, r, open)
	if atOnce {
		h.Set = append(h.Set, k.headOf(f, h.Set)...)
	}
	if onlyHead(f, r.NewPeople) {
		h.Set = append(h.Set, k.headOf(f, h.Set)...)
		if alone(text) {
			h.Set = append(h.Set, dialog.Assign{Path: pathAlone, Value: "yes"})
		}
	}
	if h.Understood() || h.Wrong != "" || h.Which != nil || len(open) != 1 {
		return h
	}
	if textField(open[0]) && !wordy(text) {
		return h // «1» is no school
	}
	fact, un := k.reader.Answer(open[0], text, ctx)
	if un != nil {
		return k.refused(f, h, *un)
	}
	if why := k.unfit(fact); why != "" {
		return dialog.Heard{Wrong: why}
	}
	return dialog.Heard{Set: []dialog.Assign{k.assignOf(f, fact)}}
}

// severalCards reports whether paths belong to more than one question.
func (k *kit) severalCards(f *dialog.Form, paths []string) bool {
	if len(paths) < 2 {
		return false
	}
	first := k.form.CardOf(f, paths[0])
	return slices.ContainsFunc(paths[1:], func(p string) bool { return k.form.CardOf(f, p) != first })
}

// heard turns a reading into assignments, people, and what was not understood.
// open are the paths of the open question.
func (k *kit) heard(f *dialog.Form, r hear.Reading, open []string) dialog.Heard {
	var h dialog.Heard
	for _, fact := range r.Facts {
		if why := k.unfit(fact); why != "" {
			h.Wrong = joinLines(h.Wrong, why)
			continue
		}
		h.Set = append(h.Set, k.assignOf(f, fact))
	}
	people, strangers := sure(r.NewPeople, open)
	h.Set = append(h.Set, k.people(f, people)...)
	h.Wrong = joinLines(h.Wrong, k.nameless(f, people))
	for _, p := range strangers {
		h.Unread = append(h.Unread, p.Said)
	}
	if r.About != "" {
		f.Marks["about"] = r.About
	}
	for _, u := range r.Unread {
		if rest := k.rest(f, r, u, open); len(rest) > 0 {
			h.Set = append(h.Set, rest...)
			continue
		}
		if u.Why == hear.WhyUnknown || u.Why == hear.WhyNoValue {
			var again []dialog.Assign
			if again, u.Said = k.again(f, u.Said); len(again) > 0 {
				for _, a := range again {
					if !assigned(h.Set, a.Path) { // what was said of somebody stands: the others are meant
						h.Set = append(h.Set, a)
					}
				}
				if u.Said == "" {
					continue
				}
			}
		}
		h = k.refused(f, h, ofNew(u, slots(f, r.NewPeople)))
	}
	return h
}

// onlyHead reports whether the one newcomer is who the household is called after.
func onlyHead(f *dialog.Form, people []hear.NewPerson) bool {
	return len(people) == 1 && people[0].Name == f.Title && len(present(f)) == 0
}

// assignOf is the assignment of one fact. What was only approximate counts
// when it was confirmed (domain.md §6.1).
func (k *kit) assignOf(f *dialog.Form, fact hear.Fact) dialog.Assign {
	value := joined(f, fact)
	return dialog.Assign{Path: fact.Path, Value: value, Said: k.tell(f, fact.Path, value), Unsure: fact.Approx && vague(fact)}
}

// joined is the value of a field that takes several: 猪3头 changes the pigs and
// leaves the chickens, a second illness does not heal the first. A correction
// replaces.
func joined(f *dialog.Form, fact hear.Fact) string {
	old := f.Value(fact.Path)
	if old == "" && slices.Contains(carried(f), fact.Path) {
		old = f.Base[fact.Path] // last year's, which is about to be kept
	}
	fd := fieldOf(fact.Path)
	if fd == nil || old == "" || old == "none" || fact.Value == "none" || fact.Replace {
		return fact.Value
	}
	switch fd.Kind {
	case models.KindStock:
		return joinItems(old, fact.Value, func(item string) string { name, _, _ := strings.Cut(item, ":"); return name })
	case models.KindIndustries:
		return joinItems(old, fact.Value, cropOf)
	case models.KindCodes:
		if fact.Value == "healthy" || old == "healthy" {
			return fact.Value
		}
		return joinItems(old, fact.Value, func(item string) string { return item })
	}
	return fact.Value
}

// cropOf is the name in «核桃15亩».
func cropOf(item string) string {
	return strings.TrimRightFunc(item, func(r rune) bool {
		return unicode.IsDigit(r) || r == '.' || strings.ContainsRune(lex().CountUnits, r)
	})
}

// joinItems lays comma-joined items over others of the same name; an item of
// nothing ("pig:0") takes the other away.
func joinItems(old, now string, name func(string) string) string {
	var out []string
	fresh := map[string]bool{}
	for _, item := range strings.Split(now, ",") {
		fresh[name(item)] = true
	}
	for _, item := range strings.Split(old, ",") {
		if !fresh[name(item)] {
			out = append(out, item)
		}
	}
	for _, item := range strings.Split(now, ",") {
		if !strings.HasSuffix(item, ":0") {
			out = append(out, item)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ",")
}

// maxWords bounds what goes into a text field, in characters; the columns hold
// twice as much. A remark may be long.
const (
	maxWords  = 30
	maxRemark = 300
)

// unfit says why words cannot be the value of their field, "" when they can.
func (k *kit) unfit(fact hear.Fact) string {
	switch {
	case fact.Path == "household.group" && !looksGroup(fact.Value) && !namely(fact.Value):
		return k.texts.Say("unread.no_group", "said", clip(fact.Said, 12))
	case tooLong(fact):
		return k.texts.Say("unread.too_long", "said", clip(fact.Said, 12))
	case slices.Contains(numbers, kindOf(fact.Path)):
		return k.refuses(fact.Path, fact.Value)
	}
	return ""
}

// kindOf is the kind of a path's field, "" for none.
func kindOf(path string) models.Kind {
	if fd := fieldOf(path); fd != nil {
		return fd.Kind
	}
	return ""
}

func tooLong(fact hear.Fact) bool {
	fd := fieldOf(fact.Path)
	if fd == nil || fd.Kind != models.KindText && fd.Kind != models.KindName {
		return false
	}
	limit := maxWords
	if fd.Key == "remark" {
		limit = maxRemark
	}
	return len([]rune(fact.Value)) > limit
}

// vague tells 七八亩, which has to be confirmed, from what merely follows from
// the words (昆明 is 县外省内), which is said back and counts.
func vague(fact hear.Fact) bool {
	if isBirth(fact.Path) {
		return false
	}
	for _, q := range zh.Scan(fact.Said) {
		if q.Approx {
			return true
		}
	}
	return false
}

// refused files a piece that became no fact under what can be said about it.
func (k *kit) refused(f *dialog.Form, h dialog.Heard, u hear.Unread) dialog.Heard {
	switch u.Why {
	case hear.WhyImpossible, hear.WhyBadID:
		key := "unread." + u.Why
		label := ""
		if len(u.Guess) > 0 {
			if fd := fieldOf(u.Guess[0].Path); fd != nil {
				label = fd.Label
			}
		}
		if label == "" && u.Why == hear.WhyImpossible {
			key = "unread.wrong"
		}
		h.Wrong = joinLines(h.Wrong, k.texts.Say(key, "said", clip(u.Said, 24), "field", label))
	case hear.WhyAmbiguous:
		if len(u.Guess) == 1 && u.Guess[0].Value != "" { // one meaning only: read back, not asked
			a := k.assignOf(f, u.Guess[0])
			a.Unsure = true
			h.Set = append(h.Set, a)
			return h
		}
		if h.Which == nil && len(u.Guess) > 0 {
			h.Which = k.which(f, u)
			return h
		}
		h.Unread = append(h.Unread, u.Said)
	case hear.WhyNoValue:
		h.Unread = append(h.Unread, u.Said)
	default:
		h.Unread = append(h.Unread, u.Said)
	}
	return h
}

// which asks what an ambiguous piece means; each option is a sentence that
// says it without doubt.
func (k *kit) which(f *dialog.Form, u hear.Unread) *dialog.Reply {
	r := &dialog.Reply{Text: k.texts.Say("which", "said", clip(u.Said, 24))}
	seen := map[string]bool{}
	for _, g := range u.Guess {
		label := k.tell(f, g.Path, g.Value)
		if seen[label] { // the same words for two fields, or for two of the same name
			label = strings.TrimSpace(k.whose(f, g.Path) + " " + k.reader.Say(g.Path, g.Value))
		}
		if seen[label] || len(r.Options) == maxOptions {
			continue
		}
		seen[label] = true
		// The session keeps the exact value; a tap shows the words only.
		r.Options = append(r.Options, dialog.Option{Number: len(r.Options) + 1, Label: label, Say: g.Path + "=" + g.Value})
	}
	if all := k.ofAll(f, u.Guess); all != "" && len(r.Options) < maxOptions {
		r.Options = append(r.Options, dialog.Option{Number: len(r.Options) + 1, Label: all})
	}
	return r
}

// ofAll is «都是汉族» when one thing may be meant of each of the household; "" else.
func (k *kit) ofAll(f *dialog.Form, gs []hear.Fact) string {
	refs := map[string]bool{}
	for _, g := range gs {
		ref, key, ok := refOf(g.Path)
		_, first, _ := refOf(gs[0].Path)
		if fd := fieldOf(g.Path); !ok || key != first || g.Value != gs[0].Value || fd == nil || fd.Kind != models.KindCode {
			return ""
		}
		refs[ref] = true
	}
	if len(refs) < 2 || len(refs) != len(present(f)) {
		return ""
	}
	return k.texts.Say("which.all", "value", k.profile.Label(fieldOf(gs[0].Path).Codes, gs[0].Value))
}

// isBirth: an age is by nature not exact to the day, and the ID number that
// follows settles it; asking «about 52?» would only cost a message.
func isBirth(path string) bool { return strings.HasSuffix(path, ".birth") }

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	if b == "" || strings.Contains(a, b) {
		return a
	}
	return a + "\n" + b
}

// whose is the member of a path with the relation, to tell two of one name apart.
func (k *kit) whose(f *dialog.Form, path string) string {
	ref, _, ok := refOf(path)
	if !ok {
		return ""
	}
	s := slot{f, ref}
	return s.name() + "（" + k.profile.Label("relation", s.v("relation")) + "）"
}
