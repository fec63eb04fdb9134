package flows

import (
	"slices"
	"strings"
)

// which is a question what somebody meant, which the last reply put: 「旱厕」说的是哪一样？
type which struct {
	text  string   // as it was put
	paths []string // that a line of it settles
}

// openWhich is the question of that kind that is open.
func (t *talk) openWhich() which {
	var w which
	if t.s.Form == nil {
		return w
	}
	for _, o := range t.s.Menu {
		if path, _, ok := strings.Cut(o.Say, "="); ok && fieldOf(path) != nil && !slices.Contains(w.paths, path) {
			w.paths = append(w.paths, path)
		}
	}
	w.text = t.s.Held[heldWhich]
	t.s.Hold(heldWhich, "")
	return w
}

// heldWhich is what Session.Held keeps of such a question: what was said.
const heldWhich = "which"

// holdWhich remembers what was said until the answer comes.
func (t *talk) holdWhich(ask string) {
	_, said, _ := strings.Cut(ask, t.texts.Say("quote.open"))
	said, _, _ = strings.Cut(said, t.texts.Say("quote.close"))
	t.s.Hold(heldWhich, said)
}

// whichLeft says that what was asked about is not recorded, when something else was
// said in place of an answer and none of it is known since.
func (t *talk) whichLeft(w which) {
	f := t.s.Form
	if w.text == "" || f == nil || slices.ContainsFunc(w.paths, func(p string) bool { return f.Answers[p] != "" }) {
		return
	}
	t.notes = append([]string{t.texts.Say("which.left", "said", w.text)}, t.notes...)
}
