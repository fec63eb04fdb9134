package dialog

import "slices"

// Flow is a conversation: its cards in the order they are asked.
type Flow struct {
	ID      string
	Version int
	Cards   []Card
}

// Card asks for one or several fields at once and reads the answer.
type Card interface {
	ID() string
	// Section is the part of the form it belongs to.
	Section() string
	// Wants are the paths the card is responsible for, given the answers so far
	// (branches, members); none means that it does not apply now.
	Wants(f *Form) []string
	// Ask is the question for what is still open of the card.
	Ask(f *Form) Reply
	// Read reads an input given to this card. It must not change the form.
	Read(f *Form, in Input) Heard
	// Left is at most how many questions the card still needs.
	Left(f *Form) int
}

// Heard is what a card understood of an input.
type Heard struct {
	Set    []Assign // values, this card's own and any others that were said
	Pass   []string // paths the person does not want to or cannot answer
	Unread []string // pieces that were not understood, as written
	Wrong  string   // understood, but not possible: the sentence that says why
	Which  *Reply   // several meanings: the question that settles it
}

// Understood reports whether the input changed or settled anything.
func (h Heard) Understood() bool { return len(h.Set) > 0 || len(h.Pass) > 0 }

// Find is the card of that id, nil when the flow (or a newer version of it) has none.
func (fl *Flow) Find(id string) Card {
	for _, c := range fl.Cards {
		if c.ID() == id {
			return c
		}
	}
	return nil
}

// Next is the card to ask: the forced one, else the first that has open paths.
// Nil means that everything is settled.
func (fl *Flow) Next(f *Form) Card {
	if f.Force {
		if c := fl.Find(f.Card); c != nil && len(c.Wants(f)) > 0 {
			return c
		}
		f.Force = false
	}
	var first Card
	for _, c := range fl.Cards {
		if (first == nil || c.Section() == f.Prefer) && f.AnyOpenOf(c) {
			if f.Prefer == "" || c.Section() == f.Prefer {
				return c
			}
			first = c
		}
	}
	f.Prefer = "" // the part the person asked for is done
	return first
}

// A card may say without looking at the form that a path is never one of its own,
// and whether any of its paths is open, which is asked of every card in every turn.
type (
	picky interface{ Never(path string) bool }
	quick interface{ AnyOpen(f *Form) bool }
)

// AnyOpenOf reports whether a card has open paths.
func (f *Form) AnyOpenOf(c Card) bool {
	if q, ok := c.(quick); ok {
		return q.AnyOpen(f)
	}
	return f.AnyOpen(c.Wants(f))
}

// CardOf is the card that is responsible for a path, nil when none is.
func (fl *Flow) CardOf(f *Form, path string) Card {
	for _, c := range fl.Cards {
		if p, ok := c.(picky); ok && p.Never(path) {
			continue
		}
		for _, p := range c.Wants(f) {
			if p == path {
				return c
			}
		}
	}
	return nil
}

// Progress is how many answers were given and at most how many questions are left.
// next is what Next gave: in the usual order no card before it has a question.
func (fl *Flow) Progress(f *Form, next Card) (done, left int) {
	cards := fl.Cards
	if !f.Force && f.Prefer == "" && next != nil {
		cards = cards[slices.IndexFunc(cards, func(c Card) bool { return c.ID() == next.ID() }):]
	}
	for _, c := range cards {
		if f.AnyOpenOf(c) {
			left += c.Left(f)
		}
	}
	return len(f.Steps), left
}
