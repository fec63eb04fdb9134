package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// missing are the labels of what was passed over.
func (t *talk) missing(f *dialog.Form) []string {
	var out []string
	for _, p := range t.missingPaths(f) {
		label := fieldOf(p).Label
		if ref, key, ok := refOf(p); ok {
			if key == "school_status" {
				continue // 文化程度 stands for both: one of the two is enough
			}
			label = slot{f, ref}.name() + label
		}
		out = append(out, label)
	}
	return out
}

// missingPaths are the paths of what is missing: on the confirm screen any of
// them can be answered without being named.
func (t *talk) missingPaths(f *dialog.Form) []string {
	var out []string
	for _, c := range t.base.Cards {
		for _, p := range c.Wants(f) {
			if f.Value(p) == "" && fieldOf(p) != nil && !contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// openFor are the paths a text may answer although none of them is being asked.
// A bare 没有, 是 or number would answer all of them at once: it answers none.
func (t *talk) openFor(f *dialog.Form) []string {
	if _, number := zh.Number(t.text); number || zh.IsNone(t.text) || zh.YesNo(t.text) != zh.Unclear || containsAny(t.text, lex().Sweeping) {
		return nil
	}
	return t.missingPaths(f)
}

// fillMissing asks again for everything that was passed over.
func (t *talk) fillMissing(f *dialog.Form) error {
	step := dialog.Step{Card: f.Card}
	for p, why := range f.Passed {
		step.Was = append(step.Was, dialog.Was{Path: p, Passed: why})
		delete(f.Passed, p)
	}
	f.Note(step)
	f.Stage = dialog.Asking
	return t.goOn()
}

// section jumps to a part of the open household.
func (t *talk) section(id string) error {
	f := t.s.Form
	if f == nil {
		t.say("section.nothing")
		t.s.Ask = "open"
		return nil
	}
	f.Stage, f.Force = dialog.Asking, false
	for _, c := range t.base.Cards {
		if c.Section() == id && len(f.Open(c.Wants(f))) > 0 {
			f.Card, f.Prefer = c.ID(), id
			return t.goOn()
		}
	}
	t.note("section.done", "section", t.sectionTitle(id))
	for _, l := range t.lines(f) {
		if strings.HasPrefix(l.text, t.sectionTitle(id)+"：") {
			t.notes = append(t.notes, l.text)
		}
	}
	return t.goOn()
}

func (t *talk) sectionTitle(id string) string {
	for _, s := range t.base.sections {
		if s.ID == id {
			return s.Title
		}
	}
	return id
}

// fillUp is 补缺项: the open questions of the open household, or of the one that
// was saved or looked at last.
func (t *talk) fillUp(string) error {
	if f := t.s.Form; f != nil {
		return t.fillMissing(f)
	}
	if t.s.Last == "" && t.s.Saved != "" {
		id, source, err := t.view.Households().LastSaved(t.ctx, *t.by, t.now.Add(-undoWindow))
		if err != nil && models.CodeOf(err) != models.NotFound {
			return err
		}
		if err == nil && source == t.s.Saved {
			t.s.Last = id
		}
	}
	if t.s.Last == "" {
		t.say("which.household")
		t.s.Ask = "lights"
		return nil
	}
	return t.enter(t.s.Last)
}
