package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
)

// digression answers questions and names of other households in the middle of
// a form; they do not use up a try of the open question.
func (t *talk) digression(f *dialog.Form, tries int, out dialog.Outcome) (bool, error) {
	if done, err := t.aside(); done || err != nil {
		f.Tries = tries
		if out.Event == dialog.GaveUp {
			f.Back()
			f.Force = false
		}
		return true, err
	}
	if asksSomething(t.text) {
		t.note("digress.question")
	} else {
		w := t.parseTarget(strings.TrimSuffix(strings.TrimSuffix(t.text, "户"), "家"))
		if !namely(w.name) {
			return false, nil
		}
		cards, err := t.search(w, 2)
		if err != nil || len(cards) == 0 || !w.exact(cards[0]) {
			return false, err
		}
		t.note("digress.known", "name", w.name)
	}
	if out.Event == dialog.GaveUp {
		f.Back()
		f.Force = false
	}
	f.Tries = tries
	return true, t.goOn()
}

// questionedBeside answers a question where no card is open that it could answer.
func (t *talk) questionedBeside() (bool, error) {
	if !questioning(t.text) {
		return false, nil
	}
	return t.questioned()
}

// aside answers a question about areas, lists or the programme in the middle of a
// form; the open question follows.
func (t *talk) aside() (bool, error) {
	if done, err := t.questioned(); done || err != nil {
		return done, err
	}
	if !asksSomething(t.text) && !containsAny(t.text, lex().Inquires) {
		return false, nil
	}
	return t.inquire(inPlain(t.text))
}

// asksSomething reports whether a text is a question to the bot.
func asksSomething(s string) bool { return containsAny(s, lex().Asks) }
