package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// question is the open question of a form, with how far along it is.
func (t *talk) question(f *dialog.Form) dialog.Reply {
	if len(f.Check) > 0 {
		return t.checkQuestion(f)
	}
	c := t.flow(f).Next(f)
	if p, ok := c.(*planCard); ok && p.Idle(f) {
		c = t.flow(f).Next(f)
	}
	if c == nil || f.Stage == dialog.Confirming && !f.Force {
		f.Stage = dialog.Confirming
		return t.confirmScreen(f)
	}
	f.Card = c.ID()
	if only := f.Marks[markOnly]; only != "" && c.Section() != only && !f.Force {
		return t.sectionEnd(f, c)
	}
	q := c.Ask(f)
	done, left := t.flow(f).Progress(f, c)
	q.Foot = t.texts.Say("foot.progress", "done", itoa(done), "left", itoa(left))
	return q
}

// goOn puts the next question. Where the questions end, the person hears who
// else has the household open before anything is saved.
func (t *talk) goOn() error {
	f := t.s.Form
	was := f.Stage
	t.reply = t.question(f)
	t.asked = true
	if !isNew(f) && (f.Stage == dialog.Confirming && was != f.Stage || t.othersDue(f)) {
		return t.tellOthers(f.Thing)
	}
	return nil
}

// answer gives the text to the open question.
func (t *talk) answer() error {
	f := t.s.Form
	if questioning(t.text) { // a look-up first: the open question follows
		if done, err := t.askedHousehold(inPlain(t.text)); done || err != nil {
			return err
		}
	}
	if len(f.Check) > 0 || f.Stage == dialog.Confirming && !f.Force {
		if done, err := t.questionedBeside(); done || err != nil {
			return err
		}
	}
	if len(f.Check) > 0 {
		return t.checked(f)
	}
	if done, err := t.progressedInForm(f); done || err != nil {
		return err
	}
	if f.Stage == dialog.Confirming && !f.Force {
		return t.confirming()
	}
	tries := f.Tries
	if house, err := t.otherHouse(f); err != nil || house != "" {
		return errOr(err, func() error { return t.askHouse(f, house) })
	}
	out := t.flow(f).Give(f, t.in, t.derive)
	if (out.Event == dialog.NotRead || out.Event == dialog.GaveUp) && wordy(t.text) {
		// It may answer another question that is still open.
		if h := t.heardFor(f, t.text, t.openFor(f)); f.Flow != planID && h.Understood() && h.Which == nil && h.Wrong == "" && len(h.Unread) == 0 {
			if out.Event == dialog.GaveUp {
				f.Back()
			}
			f.Tries, f.Force = tries, false
			return t.heardBack(t.flow(f).Apply(f, h, t.derive))
		}
	}
	if f.Flow != planID && (out.Event == dialog.NotRead || out.Event == dialog.GaveUp) {
		also, err := t.alsoPlan(f, []string{t.text})
		if err != nil {
			return err
		}
		if len(also.Took) > 0 || len(f.Check) > 0 {
			if out.Event == dialog.GaveUp {
				f.Back()
			}
			f.Tries, f.Force = tries, false
			return t.heardBack(also)
		}
	}
	if out.Event == dialog.NotRead || out.Event == dialog.GaveUp {
		if done, err := t.digression(f, tries, out); done || err != nil {
			return err
		}
	}
	return t.heardBack(t.withRest(f, out))
}

// withRest gives what a question about the household left over to the plan.
func (t *talk) withRest(f *dialog.Form, out dialog.Outcome) dialog.Outcome {
	if f.Flow == planID || len(out.Unread) == 0 || out.Event != dialog.Took && out.Event != dialog.Checked {
		return out
	}
	also, err := t.alsoPlan(f, out.Unread)
	if err != nil {
		return out // what was understood stands; the rest is said not to be
	}
	out.Took, out.Unread, out.Wrong = append(out.Took, also.Took...), also.Unread, joinLines(out.Wrong, also.Wrong)
	if also.Event == dialog.Checked {
		out.Event = dialog.Checked
	}
	return out
}

// errOr is err, or what do comes to.
func errOr(err error, do func() error) error {
	if err != nil {
		return err
	}
	return do()
}

// heardBack tells what was understood, what not, what is wrong with it, and
// goes on.
func (t *talk) heardBack(out dialog.Outcome) error {
	f := t.s.Form
	switch out.Event {
	case dialog.NotRead:
		return t.notRead()
	case dialog.NotAllowed:
		t.notes = append(t.notes, out.Wrong)
		return t.goOn()
	case dialog.GaveUp:
		t.note("gave_up", "said", clip(t.text, 20))
		return t.goOn()
	case dialog.Which:
		t.holdWhich(out.Which.Text)
		t.reply = *out.Which
		if len(t.reply.Options) > 0 {
			t.s.Menu = t.reply.Options
			t.reply.Options = plainSay(t.reply.Options)
			t.reply.Foot = t.texts.Say("foot.which")
		}
		t.asked = true
		return nil
	}
	t.readBack(f, out)
	if err := t.judge(f, out.Took); err != nil {
		return err
	}
	if f.Stage == dialog.Confirming && !f.Force && len(f.Check) == 0 && out.Event == dialog.Took && out.Which == nil {
		return t.amended(pathsOf(out.Took)...)
	}
	if out.Which != nil && len(f.Check) == 0 {
		t.holdWhich(out.Which.Text)
		t.reply = *out.Which
		t.s.Menu = t.reply.Options
		t.reply.Options = plainSay(t.reply.Options)
		t.asked = true
		return nil
	}
	return t.goOn()
}

// amended: after a correction the whole screen need not be read again, only the lines
// of the plan that it is in.
func (t *talk) amended(paths ...string) error {
	f := t.s.Form
	missing := t.missing(f)
	if f.Flow == planID && len(paths) > 0 {
		shown := len(t.notes)
		for i, l := range t.lines(f) {
			if l.touched(f, paths) {
				t.notes = append(t.notes, itoa(i+1)+". "+l.text)
			}
		}
		if len(t.notes) == shown { // something went: the lines have other numbers now
			return t.goOn()
		}
	}
	t.reply = dialog.Reply{Text: t.texts.Say("amended")}
	t.reply.Options = []dialog.Option{{Label: t.texts.Say("confirm.save")}, {Label: t.texts.Say("show.word")}}
	if len(missing) > 0 && f.Marks[markQuick] == "" {
		t.reply.Text = t.texts.Say("confirm.missing", "n", itoa(len(missing)), "list", clip(strings.Join(missing, "、"), 60)) + "\n" + t.reply.Text
		t.reply.Options = append(t.reply.Options, dialog.Option{Label: t.texts.Say("confirm.fill")})
	}
	if f.Marks[markQuick] != "" {
		t.reply.Options = append(t.reply.Options, dialog.Option{Label: t.texts.Say("plan.next", "section", "")})
	}
	t.asked = true
	return nil
}

// plainSay hides the exact values that the session keeps behind a menu.
func plainSay(opts []dialog.Option) []dialog.Option {
	out := append([]dialog.Option(nil), opts...)
	for i := range out {
		out[i].Say = ""
	}
	return out
}

// notRead: look-ups and offers first; the question's own help otherwise.
func (t *talk) notRead() error {
	f := t.s.Form
	c := t.flow(f).Next(f)
	key := "not_read"
	if f.Tries >= dialog.MaxTries-1 {
		key = "not_read.last"
	}
	hint := ""
	if s, ok := c.(interface{ hint() string }); ok {
		hint = s.hint()
	}
	t.note(key, "said", clip(t.text, 20), "hint", hint)
	return t.goOn()
}

// hint is what a card says when it did not understand.
func (c *card) hint() string { return fill(c.Unclear, "head", "张大有") }

func pathsOf(as []dialog.Assign) []string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Path
	}
	return out
}

// back is 上一步.
func (t *talk) back(string) error {
	f := t.s.Form
	if f == nil {
		t.say("back.nothing")
		return nil
	}
	if !f.Back() {
		t.note("back.first")
		return t.goOn()
	}
	for _, fl := range []*form{t.base, t.plan} { // the step may be one of the other conversation
		if t.flow(f).Find(f.Card) == nil && fl.Find(f.Card) != nil {
			card := f.Card
			t.turnTo(f, fl)
			f.Card, f.Force = card, true
		}
	}
	t.note("back.done")
	return t.goOn()
}

// skip is 跳过: the question is left to the list of what is missing. One that was
// called back keeps what stood.
func (t *talk) skip(string) error {
	f := t.s.Form
	if f == nil {
		t.say("skip.nothing")
		return nil
	}
	c := t.flow(f).Next(f)
	switch {
	case f.Force && c != nil && len(f.Open(c.Wants(f))) == 0:
		f.Force, f.Tries = false, 0
		t.note("skip.kept")
		return t.goOn()
	case f.Stage == dialog.Confirming && !f.Force:
		return t.goOn()
	case c != nil && c.ID() == "carry":
		f.Marks[markCarry] = "no"
	default:
		t.flow(f).Skip(f, "skip")
	}
	t.note("skip.done")
	return t.goOn()
}

// judge says at once what is wrong with values just taken, when they alone
// suffice to know (domain.md §4), and looks for ID numbers on file elsewhere.
func (t *talk) judge(f *dialog.Form, took []dialog.Assign) error {
	var changed []string
	var numbers []dialog.Assign
	for _, a := range took {
		changed = append(changed, a.Path)
		if ref, key, ok := refOf(a.Path); ok && key == "id_no" {
			numbers = append(numbers, a)
			if said, doc, ok := strings.Cut(f.Marks["differs."+ref], "|"); ok {
				t.note("id.differs", "name", slot{f, ref}.name(), "said", said, "doc", doc)
				delete(f.Marks, "differs."+ref)
			}
		}
	}
	if err := t.elsewhere(f, numbers); err != nil {
		return err
	}
	for _, m := range t.findings(f, changed) {
		t.note("finding", "message", m)
	}
	if planned(f) {
		t.agreedEarly(f, took)
	}
	return worldErr(f)
}

// elsewhere tells when ID numbers are with another household already (P05).
func (t *talk) elsewhere(f *dialog.Form, numbers []dialog.Assign) error {
	if len(numbers) == 0 {
		return nil
	}
	except := ""
	if !isNew(f) {
		except = f.Thing
	}
	ids := make([]models.IDNumber, len(numbers))
	for i, a := range numbers {
		ids[i] = models.IDNumber(a.Value)
	}
	cards, err := t.view.Households().DupID(t.ctx, ids, except)
	if err != nil {
		return err
	}
	for i, a := range numbers {
		if c, ok := cards[ids[i]]; ok {
			ref, _, _ := refOf(a.Path)
			t.note("id.elsewhere", "name", slot{f, ref}.name(), "where", c.VillageName+c.Group+" "+c.Head)
		}
	}
	return nil
}
