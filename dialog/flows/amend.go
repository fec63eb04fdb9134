package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// amend is 改 n, 改 <字段>, 改 <字段> <值>, at any time.
func (t *talk) amend(arg string) error {
	f := t.s.Form
	if f == nil {
		t.say("nothing_open")
		return nil
	}
	if arg == "" {
		t.reply = t.confirmScreen(f)
		t.reply.Text = t.texts.Say("amend.which") + "\n" + t.reply.Text
		t.asked = true
		f.Stage = dialog.Confirming
		return nil
	}
	if n, ok := zh.Number(strings.TrimSuffix(strings.TrimPrefix(arg, "第"), "条")); ok && !n.Approx {
		i, whole := n.Value.Int()
		ls := t.lines(f)
		if whole && i >= 1 && i <= len(ls) {
			return t.amendLine(f, ls[i-1])
		}
		t.note("amend.no_line", "n", arg, "most", itoa(len(ls)))
		return t.goOn()
	}
	if f.Flow == planID {
		return t.amendPlan(f, arg)
	}
	r := t.reader.Read(arg, t.context(f, nil, t.in))
	h := t.heard(f, r, nil)
	if h.Understood() || h.Wrong != "" || h.Which != nil && hasValue(r) {
		return t.heardBack(t.flow(f).Apply(f, h, t.derive))
	}
	if path := t.fieldNamed(f, arg, r); path != "" {
		return t.nameField(f, path, noValueOf(r))
	}
	t.note("amend.unknown", "said", clip(arg, 20))
	return t.goOn()
}

// nameField calls the card of a field back, after a value that it cannot have.
// A field that is not asked now (the phone of somebody who has none) is told
// how to change.
func (t *talk) nameField(f *dialog.Form, path, said string) error {
	label := fieldOf(path).Label
	if said != "" {
		t.note("unread.impossible", "said", clip(said, 24), "field", label)
	}
	if t.flow(f).CardOf(f, path) == nil {
		t.note("amend.with_value", "field", label)
	}
	return t.recall(f, path)
}

// noValueOf is what was said beside the name of a field and can be no value of
// it: 12345 of 电话 12345.
func noValueOf(r hear.Reading) string {
	var said []string
	for _, u := range r.Unread {
		if u.Why == hear.WhyUnknown {
			said = append(said, u.Said)
		}
	}
	return strings.Join(said, " ")
}

// hasValue reports whether an ambiguous piece came with a value.
func hasValue(r hear.Reading) bool {
	for _, u := range r.Unread {
		for _, g := range u.Guess {
			if g.Value != "" {
				return true
			}
		}
	}
	return false
}

// fieldNamed is the path of a field that was named without a value: of one that
// has a card now, if it may be either.
func (t *talk) fieldNamed(f *dialog.Form, arg string, r hear.Reading) string {
	named := ""
	for _, path := range pathsNamed(f, arg, r) {
		switch {
		case fieldOf(path) == nil:
		case t.flow(f).CardOf(f, path) != nil:
			return path
		case named == "":
			named = path
		}
	}
	return named
}

// pathsNamed are the paths that a name of a field may mean: as the reader heard
// it, of a member, of the household.
func pathsNamed(f *dialog.Form, arg string, r hear.Reading) []string {
	var paths []string
	for _, u := range r.Unread {
		for _, g := range u.Guess {
			paths = append(paths, g.Path)
		}
	}
	folded := zh.Fold(arg)
	for _, s := range present(f) {
		if rest, ok := strings.CutPrefix(folded, zh.Fold(s.name())); ok {
			if key := labelled(rest, "member"); key != "" {
				paths = append(paths, s.ref+"."+key)
			}
		}
	}
	for _, rec := range []string{"household", "condition", "income"} {
		if key := labelled(folded, rec); key != "" {
			paths = append(paths, rec+"."+key)
		}
	}
	return paths
}

// labelled is the key of the field whose label or other word is the text.
func labelled(folded, record string) string {
	folded = strings.TrimPrefix(folded, "的")
	for _, fd := range models.Fields() {
		if fd.Record != record {
			continue
		}
		if zh.Fold(fd.Label) == folded {
			return fd.Key
		}
		for _, a := range fd.Also {
			if zh.Fold(a) == folded {
				return fd.Key
			}
		}
	}
	return ""
}

// recall opens the card of a path again, whatever its state.
func (t *talk) recall(f *dialog.Form, path string) error {
	c := t.flow(f).CardOf(f, path)
	if c == nil {
		return t.goOn()
	}
	if ref, _, ok := refOf(path); ok {
		f.Marks[markFocus] = ref
	}
	f.Card, f.Force, f.Tries = c.ID(), true, 0
	return t.goOn()
}

// amendLine calls a line of the confirm screen back: its values, and how to say
// what is different; each field can be tapped.
func (t *talk) amendLine(f *dialog.Form, l line) error {
	t.say("amend.line", "line", l.text)
	name := ""
	if len(l.paths) > 0 {
		switch record, ref, _ := recordOf(l.paths[0]); record {
		case "member":
			name = slot{f, ref}.name()
			f.Marks["about"] = ref
		case "cause":
			name = t.profile.Label("cause", row{f, ref}.v("cause"))
		case "measure":
			name = t.workName(row{f, ref})
			f.Marks[markWork] = ref
		}
	}
	for _, p := range l.paths {
		label := t.pathLabel(p)
		if label == "" || len(t.reply.Options) == maxOptions || t.flow(f).CardOf(f, p) == nil {
			continue
		}
		say := t.texts.Say("amend.say", "field", strings.TrimSpace(name+" "+label))
		t.reply.Options = append(t.reply.Options, dialog.Option{Label: label, Say: say})
	}
	if record, _, _ := recordOf(first(l.paths)); record == "cause" || record == "measure" {
		t.reply.Options = append(t.reply.Options, dialog.Option{Label: t.texts.Say("drop.label"), Say: t.texts.Say("drop.say", "what", name)})
	}
	t.asked = true
	return nil
}

// first is the first of some paths, "" when there are none.
func first(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	return paths[0]
}

// add takes more members: 加 女儿小红 5岁.
func (t *talk) add(arg string) error {
	f := t.s.Form
	if f == nil {
		t.say("nothing_open")
		return nil
	}
	if f.Flow == planID {
		return t.addPlan(f, arg)
	}
	if arg == "" {
		return t.recall(f, pathRoster)
	}
	people, unread := t.reader.Roster(arg, t.context(f, []string{pathRoster}, t.in))
	h := dialog.Heard{Set: t.people(f, people)}
	for _, u := range unread {
		h = t.refused(f, h, u)
	}
	if !h.Understood() {
		return t.answer()
	}
	return t.heardBack(t.flow(f).Apply(f, h, t.derive))
}

// drop takes somebody off the list: a member who was only just added goes, one
// on file is marked as departed with a reason.
func (t *talk) drop(arg string) error {
	f := t.s.Form
	if f == nil {
		t.say("nothing_open")
		return nil
	}
	if planned(f) {
		if done, err := t.dropRow(f, arg); done || err != nil {
			return err
		}
	}
	name, _ := zh.ReadName(arg)
	for _, s := range roster(f) {
		if name == "" || s.name() != name {
			continue
		}
		if f.Marks[s.ref+".id"] != "" {
			t.say("drop.on_file", "name", name)
			t.asked = true
			return nil
		}
		step := dialog.Step{Card: f.Card}
		var keep []string
		for _, o := range roster(f) {
			if o.ref != s.ref {
				keep = append(keep, o.ref)
			}
		}
		for p := range f.Answers {
			if strings.HasPrefix(p, s.ref+".") {
				f.Put(&step, p, "")
			}
		}
		f.Put(&step, pathRoster, strings.Join(keep, ","))
		f.Note(step)
		t.note("drop.done", "name", name)
		return t.goOn()
	}
	t.note("drop.unknown", "name", clip(arg, 12))
	return t.goOn()
}

// remark is 备注: words about the household that no field holds, such as why a
// household above the line has not left yet.
func (t *talk) remark(arg string) error {
	f := t.s.Form
	if len([]rune(arg)) > maxRemark {
		t.note("unread.too_long", "said", clip(arg, 12))
		return t.goOn()
	}
	step := dialog.Step{Card: f.Card}
	f.Put(&step, "household.remark", strings.TrimPrefix(f.Value("household.remark")+"；"+arg, "；"))
	f.Note(step)
	t.note("remark.done")
	return t.goOn()
}
