package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/models"
)

// freeContext is for a sentence heard while no household is open.
func (t *talk) freeContext() hear.Context { return hear.Context{Now: t.in.At} }

// context is what the sentence reader may know of the form.
func (k *kit) context(f *dialog.Form, open []string, in dialog.Input) hear.Context {
	c := hear.Context{Now: in.At, Open: open, About: f.Marks["about"]}
	for _, s := range roster(f) {
		c.People = append(c.People, hear.Person{
			Ref: s.ref, Name: s.name(), Aliases: models.ParseSet(s.v("alias")), Sex: s.v("sex"),
			Relation: s.v("relation"), Age: s.age(), Student: s.student(),
		})
	}
	return c
}

// hear reads a sentence for the open paths and any other field.
func (k *kit) hear(f *dialog.Form, text string, open []string, in dialog.Input) dialog.Heard {
	ctx := k.context(f, open, in)
	r := k.reader.Read(text, ctx)
	h := k.heard(f, r)
	if h.Understood() || h.Wrong != "" || h.Which != nil || len(open) != 1 {
		return h
	}
	fact, un := k.reader.Answer(open[0], text, ctx)
	if un != nil {
		return k.refused(f, h, *un)
	}
	return dialog.Heard{Set: []dialog.Assign{k.assignOf(f, fact)}}
}

// heard turns a reading into assignments, people, and what was not understood.
func (k *kit) heard(f *dialog.Form, r hear.Reading) dialog.Heard {
	var h dialog.Heard
	for _, fact := range r.Facts {
		h.Set = append(h.Set, k.assignOf(f, fact))
	}
	h.Set = append(h.Set, k.people(f, r.NewPeople)...)
	if r.About != "" {
		f.Marks["about"] = r.About
	}
	for _, u := range r.Unread {
		h = k.refused(f, h, u)
	}
	return h
}

// assignOf is the assignment of one fact. What was only approximate counts
// when it was confirmed (domain.md §6.1).
func (k *kit) assignOf(f *dialog.Form, fact hear.Fact) dialog.Assign {
	return dialog.Assign{Path: fact.Path, Value: fact.Value, Said: k.tell(f, fact.Path, fact.Value), Unsure: fact.Approx}
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
		h.Wrong = joinLines(h.Wrong, k.texts.Say(key, "said", u.Said, "field", label))
	case hear.WhyAmbiguous:
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
	r := &dialog.Reply{Text: k.texts.Say("which", "said", u.Said)}
	for i, g := range u.Guess {
		if i == maxOptions {
			break
		}
		// The session keeps the exact value; a tap shows the words only.
		r.Options = append(r.Options, dialog.Option{Number: i + 1, Label: k.tell(f, g.Path, g.Value), Say: g.Path + "=" + g.Value})
	}
	return r
}

// people gives everybody new a slot in the roster. Without a name nobody is
// added: the caller asks.
func (k *kit) people(f *dialog.Form, ps []hear.NewPerson) []dialog.Assign {
	var out []dialog.Assign
	list := f.Value(pathRoster)
	next := nextRef(f)
	for _, p := range ps {
		if p.Name == "" {
			continue
		}
		list = strings.TrimPrefix(list+","+next, ",")
		out = append(out, dialog.Assign{Path: next + ".name", Value: p.Name, Said: k.texts.Say("member.added", "name", p.Name)})
		for _, fact := range p.Facts {
			path := next + strings.TrimPrefix(fact.Path, "m")
			if path == next+".name" {
				continue
			}
			out = append(out, dialog.Assign{Path: path, Value: fact.Value, Said: p.Name + " " + k.reader.Say(path, fact.Value), Unsure: fact.Approx && !isBirth(path)})
		}
		next = bump(next)
	}
	if len(out) > 0 {
		out = append([]dialog.Assign{{Path: pathRoster, Value: list}}, out...)
	}
	return out
}

// isBirth: an age is by nature not exact to the day, and the ID number that
// follows settles it; asking «about 52?» would only cost a message.
func isBirth(path string) bool { return strings.HasSuffix(path, ".birth") }

// bump is the slot after ref.
func bump(ref string) string {
	n := 0
	for _, r := range ref[1:] {
		n = n*10 + int(r-'0')
	}
	return "m" + itoa(n+1)
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	if b == "" || strings.Contains(a, b) {
		return a
	}
	return a + "\n" + b
}
