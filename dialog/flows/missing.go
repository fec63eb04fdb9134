package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// missing are the labels of what was passed over.
func (t *talk) missing(f *dialog.Form) []string {
	var out []string
	for _, p := range t.waiting(f) { // first: without a name there is nobody to ask of
		out = append(out, t.texts.Say("missing.name", "said", p.Said))
	}
	for _, p := range t.missingPaths(f) {
		fd := fieldOf(p)
		if f.Flow == planID || fd == nil {
			if label := t.lackLabel(f, p); !slices.Contains(out, label) {
				out = append(out, label)
			}
			continue
		}
		label := fd.Label
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
	for _, c := range t.flow(f).Cards {
		for _, p := range c.Wants(f) {
			if f.Value(p) == "" && (f.Flow == planID || fieldOf(p) != nil) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// openFor are the paths a text may answer although none of them is being asked.
// A bare 没有, 是 or number would answer all of them at once: it answers none.
func (t *talk) openFor(f *dialog.Form) []string {
	if f.Flow == planID {
		return nil
	}
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
	t.turnTo(f, t.base)
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
	for _, s := range append(t.base.sections, t.plan.sections...) {
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
	if err := t.lastHousehold(); err != nil {
		return err
	}
	if t.s.Last == "" {
		t.say("which.household")
		t.s.Ask = "lights"
		return nil
	}
	t.kept = map[string]string{"then": thenFill}
	return t.enter(t.s.Last)
}

// lastHousehold remembers the household that was just saved: a new one had no id
// in the turn that saved it.
func (t *talk) lastHousehold() error {
	if t.s.Last != "" || t.s.Saved == "" {
		return nil
	}
	id, source, err := t.view.Households().LastSaved(t.ctx, *t.by, t.now.Add(-undoWindow))
	if models.CodeOf(err) == models.NotFound {
		return nil
	}
	if err == nil && source == t.s.Saved {
		t.s.Last = id
	}
	return err
}
