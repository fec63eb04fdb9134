package flows

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

func itoa(n int) string { return strconv.Itoa(n) }

// rosterCard asks who lives in the household, all in one message; what is
// missing of each is asked afterwards by other cards (peers.md: roster first).
type rosterCard struct{ card }

// pathAlone is answered when somebody lives alone: one person is asked about once
// more, since people often name the head first and the others later.
const pathAlone = "roster.alone"

// Wants is the roster itself, and whether a single person is all there is.
func (c *rosterCard) Wants(f *dialog.Form) []string {
	if len(present(f)) == 1 && len(f.Base[pathRoster]) == 0 {
		return []string{pathRoster, pathAlone}
	}
	return []string{pathRoster}
}

// AnyOpen reports whether any of them is open.
func (c *rosterCard) AnyOpen(f *dialog.Form) bool { return f.AnyOpen(c.Wants(f)) }

// Never: the card's paths are not those of its spec.
func (c *rosterCard) Never(string) bool { return false }

// First is the same: the roster is one question.
func (c *rosterCard) First(f *dialog.Form) []string { return c.Wants(f) }

// Left is one.
func (c *rosterCard) Left(*dialog.Form) int { return 1 }

// Ask asks for everybody at once, with an example.
func (c *rosterCard) Ask(f *dialog.Form) dialog.Reply {
	head := f.Title
	if head == "" {
		head = c.texts.Say("roster.example_head")
	}
	r := dialog.Reply{Text: fill(c.spec.Ask, "head", head)}
	if ms := present(f); len(ms) > 0 {
		r.Text = c.texts.Say("roster.now", "names", c.brief(f)) + "\n" + c.texts.Say("roster.more")
		if len(ms) == 1 {
			r.Text = c.texts.Say("roster.now", "names", c.brief(f)) + "\n" + c.texts.Say("roster.alone")
		}
		r.Options = []dialog.Option{{Number: 1, Label: c.texts.Say("roster.done")}}
	}
	return r
}

// brief lists the members in one line each word.
func (k *kit) brief(f *dialog.Form) string {
	var out []string
	for _, s := range present(f) {
		t := s.name()
		if rel := s.v("relation"); rel != "" {
			t += "（" + k.profile.Label("relation", rel) + "）"
		}
		out = append(out, t)
	}
	return strings.Join(out, "、")
}

// Read reads the people of the household. When nobody was named the household's
// own title is not made a member: the question is put again.
func (c *rosterCard) Read(f *dialog.Form, in dialog.Input) dialog.Heard {
	text := zh.Clean(in.Text)
	ctx := c.context(f, []string{pathRoster}, in)
	if len(present(f)) > 0 && (zh.IsNone(text) || alone(text) || zh.Fold(text) == "1") {
		return dialog.Heard{Set: []dialog.Assign{{Path: pathAlone, Value: "yes"}}}
	}
	if h, ok := c.named(f, text, nil); ok {
		return h
	}
	r := c.rosterOf(text, ctx)
	people, unread := r.NewPeople, r.Unread
	var h dialog.Heard
	if barelyNamed(people) && c.ofHouse(text, ctx) {
		return c.hear(f, text, []string{pathRoster}, in) // 旱厕 in a sentence about the house is nobody
	}
	h.Set = c.people(f, people)
	if len(h.Set) == 0 && alone(text) && f.Title != "" && len(present(f)) == 0 {
		h.Set = c.people(f, []hear.NewPerson{{Name: f.Title, Facts: []hear.Fact{{Path: "m.relation", Value: "head"}}}})
		h.Set = append(h.Set, dialog.Assign{Path: pathAlone, Value: "yes"})
		return h
	}
	if len(h.Set) == 0 {
		return c.hear(f, text, []string{pathRoster}, in)
	}
	h.Wrong = c.nameless(f, people)
	h.Set = append(h.Set, c.heard(f, hear.Reading{Facts: r.Facts}, []string{pathRoster}).Set...)
	for _, u := range unread {
		h = c.refused(f, h, ofNew(u, slots(f, people)))
	}
	h.Set = append(h.Set, c.headOf(f, h.Set)...)
	if alone(text) {
		h.Set = append(h.Set, dialog.Assign{Path: pathAlone, Value: "yes"})
	}
	return h
}

// barelyNamed reports whether of several people nothing but a name was said.
func barelyNamed(people []hear.NewPerson) bool {
	for _, p := range people {
		if len(p.Facts) > 0 {
			return false
		}
	}
	return len(people) > 0
}

// ofHouse reports whether a text tells of the household and of nobody in it.
func (c *rosterCard) ofHouse(text string, ctx hear.Context) bool {
	ctx.Open = nil
	r := c.reader.Read(text, ctx)
	for _, fact := range r.Facts {
		if _, _, ok := refOf(fact.Path); ok {
			return false
		}
	}
	return len(r.Facts) > 0
}

// alone reports whether a text says that somebody lives alone.
func alone(s string) bool { return containsAny(s, lex().Alone) }

// headOf makes the person the household is called after its 户主 when nobody
// was said to be: that is what the title means.
func (k *kit) headOf(f *dialog.Form, set []dialog.Assign) []dialog.Assign {
	named := ""
	for _, a := range set {
		if _, key, ok := refOf(a.Path); ok {
			if key == "relation" && a.Value == "head" {
				return nil
			}
			if key == "name" && a.Value == f.Title {
				named, _, _ = refOf(a.Path)
			}
		}
	}
	for _, s := range present(f) {
		if s.v("relation") == "head" {
			return nil
		}
	}
	if named == "" && isNew(f) && f.Title != "" && !assigned(set, "named") {
		return k.missingHead(f, set)
	}
	if named == "" || assigned(set, named+".relation") {
		return nil
	}
	return []dialog.Assign{{Path: named + ".relation", Value: "head", Said: f.Title + " " + k.profile.Label("relation", "head")}}
}

// missingHead adds the person the household is called after when only the
// others were named: 妻子李秀英50，儿子…
func (k *kit) missingHead(f *dialog.Form, set []dialog.Assign) []dialog.Assign {
	list, kin := "", false
	for _, a := range set {
		if a.Path == pathRoster {
			list = a.Value
		}
		if _, key, ok := refOf(a.Path); ok && key == "relation" {
			kin = true
		}
	}
	if list == "" || !kin {
		return nil
	}
	refs := strings.Split(list, ",")
	next := bump(refs[len(refs)-1])
	return []dialog.Assign{
		{Path: pathRoster, Value: list + "," + next},
		{Path: next + ".name", Value: f.Title, Said: k.texts.Say("member.added", "name", f.Title, "list", k.profile.Label("relation", "head"))},
		{Path: next + ".relation", Value: "head"},
	}
}
