package flows

import (
	"slices"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
)

// rosterOf reads who lives in the household, and from the pieces that are no people
// what is said of the household itself: one message often tells both.
func (k *kit) rosterOf(text string, ctx hear.Context) hear.Reading {
	people, unread := k.reader.Roster(text, ctx)
	out := hear.Reading{NewPeople: people}
	ctx.Open, ctx.People, ctx.Sections = nil, nil, []string{"household", "condition", "income"}
	house := k.reader.Read(text, ctx)
	for _, u := range unread {
		told := false
		for _, fact := range house.Facts {
			if fact.Start < u.End && u.Start < fact.End {
				told = true
				if !slices.Contains(out.Facts, fact) {
					out.Facts = append(out.Facts, fact)
				}
			}
		}
		if !told {
			out.Unread = append(out.Unread, u)
		}
	}
	return out
}

// unreadSize is how much of a text a reading leaves, in bytes; somebody without a name
// counts as what was said of them.
func unreadSize(r hear.Reading) int {
	n := 0
	for _, u := range r.Unread {
		n += u.End - u.Start
	}
	for _, p := range r.NewPeople {
		if p.Name == "" {
			n += len(p.Said)
		}
	}
	return n
}

// toldAtOnce reads the people of a new household from the answer to another question:
// many a cadre begins with who lives there, whatever was asked.
func (k *kit) toldAtOnce(f *dialog.Form, text string, ctx hear.Context) (hear.Reading, bool) {
	if !isNew(f) || len(present(f)) > 0 {
		return hear.Reading{}, false
	}
	r := k.rosterOf(text, ctx)
	known := 0
	for _, p := range r.NewPeople {
		if slices.ContainsFunc(p.Facts, func(fact hear.Fact) bool { return introduces[fact.Path] }) {
			known++
		}
	}
	return r, known >= 2
}
