package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// What a household is opened for, kept over the question which one it is.
const (
	thenFill = "fill" // what is missing, 家底 first
	thenPlan = "plan" // the plan from its beginning
	// thenQuick is one sentence about the plan: it is taken down and can be saved;
	// nothing else is asked.
	thenQuick = "quick"
)

// markQuick is set while a sentence was only to be taken down.
const markQuick = "quick"

// markOnly is the section of the plan the person asked for: where it ends, saving
// or going on is offered.
const markOnly = "only"

// planSection is 原因, 措施, 资金, 责任, 时序: that part of the open household, of
// the one named, or of the one saved or looked at last.
func (t *talk) planSection(id, arg string) error {
	if f := t.s.Form; f != nil && (arg == "" || t.isOpen(f, arg)) {
		return t.toPlan(f, id)
	}
	if arg != "" {
		t.kept = map[string]string{"then": id}
		return t.open(arg)
	}
	if err := t.lastHousehold(); err != nil {
		return err
	}
	t.kept = map[string]string{"then": id}
	if t.s.Last == "" {
		t.say("section.nothing")
		t.s.Ask, t.s.Args = "open", t.kept
		return nil
	}
	return t.enter(t.s.Last)
}

// isOpen reports whether words are the name of the household of the form.
func (t *talk) isOpen(f *dialog.Form, arg string) bool {
	who := t.parseTarget(arg)
	return who.name == f.Title && (who.group == "" || who.group == f.Value("household.group"))
}

// toPlan leads on with the plan of the open household: the part that was asked
// for, or whatever is open.
func (t *talk) toPlan(f *dialog.Form, section string) error {
	if err := t.withPlan(f); err != nil {
		return err
	}
	t.turnTo(f, t.plan)
	f.Stage, f.Force, f.Tries, f.Prefer = dialog.Asking, false, 0, ""
	delete(f.Marks, markOnly)
	if delete(f.Marks, markQuick); section == thenQuick {
		f.Marks[markQuick], f.Stage = "yes", dialog.Confirming
		return t.goOnWithKept()
	}
	if section == thenFill || section == thenPlan || section == "" {
		return t.goOnWithKept()
	}
	f.Prefer, f.Marks[markOnly] = section, section
	if !t.openIn(f, section) {
		t.note("section.done", "section", t.sectionTitle(section))
	}
	return t.goOnWithKept()
}

// turnTo makes a flow the one whose questions are put.
func (t *talk) turnTo(f *dialog.Form, fl *form) {
	if f.Flow != fl.ID {
		f.Flow, f.Version, f.Card, f.Prefer = fl.ID, fl.Version, "", ""
	}
}

// openIn reports whether a section has open questions.
func (t *talk) openIn(f *dialog.Form, section string) bool {
	return slices.ContainsFunc(t.flow(f).Cards, func(c dialog.Card) bool {
		return c.Section() == section && f.AnyOpenOf(c)
	})
}

// withPlan puts what is planned for the household into its form, once.
func (t *talk) withPlan(f *dialog.Form) error {
	if planned(f) {
		return nil
	}
	if isNew(f) {
		areas, err := t.view.Households().AreaExits(t.ctx, *t.by, f.Marks[markVillage])
		if err != nil {
			return err
		}
		t.loadPlan(f, nil, areas)
		return nil
	}
	d, err := t.view.Households().Dossier(t.ctx, *t.by, f.Thing, 0)
	if models.CodeOf(err) == models.NotFound {
		return nil // saving says that it is gone
	}
	if err != nil {
		return err
	}
	if itoa(d.Household.Version) != f.Marks[markVersion] {
		t.merge(f, d)
	}
	t.loadPlan(f, d, d.AreaExits)
	return nil
}

// alsoPlan hears the pieces that the questions about the household left over for
// its plan: 三组 张大有 4人2劳 C级 缺技术 19脱. It gives what was taken and what is
// still not understood.
func (t *talk) alsoPlan(f *dialog.Form, pieces []string) (out dialog.Outcome, err error) {
	var planned, others []string
	for _, piece := range pieces {
		if t.explainsOnly(piece) {
			others = append(others, piece)
		} else {
			planned = append(planned, piece)
		}
	}
	text := strings.Join(planned, "，")
	if text == "" || !t.hearPlan(f, text, asking{alone: true}, t.in).Understood() {
		return dialog.Outcome{Unread: pieces}, nil
	}
	if err := t.withPlan(f); err != nil {
		return out, err
	}
	h := t.hearPlan(f, text, asking{alone: true}, t.in)
	if !h.Understood() {
		return dialog.Outcome{Unread: pieces}, nil
	}
	card := f.Card
	out = t.plan.Apply(f, h, t.derive)
	out.Unread = append(out.Unread, others...)
	f.Card = card
	return out, nil
}

// explainsOnly: words that would explain a cause and name none, told among what the
// household is: 医药费花了5000 alone makes nobody 因病致贫.
func (t *talk) explainsOnly(piece string) bool {
	causes, _ := t.planner.Causes(piece, plan.Context{Now: t.in.At})
	if len(causes) == 0 || containsAny(piece, lex().CauseWords) {
		return false
	}
	return !slices.ContainsFunc(t.profile.Codes["cause"], func(it models.CodeItem) bool { return containsAny(piece, it.Names()) })
}

// heard reads a text in whichever conversation the form is in.
func (t *talk) heardFor(f *dialog.Form, text string, open []string) dialog.Heard {
	if f.Flow == planID {
		return t.hearPlan(f, text, asking{}, t.in)
	}
	return t.hear(f, text, open, t.in)
}

// sectionEnd is the end of the part of the plan that was asked for: save, or go on
// with the next one.
func (t *talk) sectionEnd(f *dialog.Form, next dialog.Card) dialog.Reply {
	only := f.Marks[markOnly]
	var out []string
	for _, l := range t.planLines(f) {
		if l.section == only {
			out = append(out, l.text)
		}
	}
	f.Stage = dialog.Confirming
	r := dialog.Reply{Text: strings.Join(append([]string{t.texts.Say("plan.section_head", "head", f.Title, "section", t.sectionTitle(only))}, out...), "\n")}
	r.Options = []dialog.Option{{Label: t.texts.Say("confirm.save")}, {Label: t.texts.Say("plan.next", "section", t.sectionTitle(next.Section()))}}
	r.Foot = t.texts.Say("plan.section_foot")
	return r
}

// planOn goes on behind the end of a section, to the first part that is open.
func (t *talk) planOn(f *dialog.Form) error {
	if err := t.withPlan(f); err != nil {
		return err
	}
	t.turnTo(f, t.plan)
	delete(f.Marks, markOnly)
	delete(f.Marks, markQuick)
	f.Stage, f.Prefer = dialog.Asking, ""
	return t.goOn()
}

// lackLabel is an open question of the plan as one of what is missing.
func (t *talk) lackLabel(f *dialog.Form, path string) string {
	switch path {
	case pathCauses:
		return t.profile.Labels["cause_word"]
	case pathHelpers:
		return t.profile.Labels["helper_word"]
	}
	if key, ok := strings.CutPrefix(path, pathNeed); ok {
		return t.texts.Say("lack.need", "need", t.needLabel(key))
	}
	record, ref, _ := recordOf(path)
	name := ""
	switch r := (row{f, ref}); record {
	case "cause":
		name = t.profile.Label("cause", r.v("cause"))
	case "measure":
		name = t.workName(r)
	case "fund", "output", "duty":
		name = t.workName(row{f, r.of()})
	}
	return name + t.pathLabel(path)
}
