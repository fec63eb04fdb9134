package flows

import (
	"github.com/huhuqing/huhuqing/dialog"
)

// reaskWork puts the question about a measure again below a look-up.
func (t *talk) reaskWork() error {
	answer, notes := t.reply, t.notes
	t.reply, t.notes = dialog.Reply{}, nil
	j := jobOf(t.kept)
	if j[jobNeed] == needNote { // not the photo again, there is none
		t.say("need.note")
		t.askJob(j, needNote)
	} else if err := t.advance(j); err != nil {
		return err
	}
	q := t.reply
	if answer.Empty() && len(notes) == 0 {
		return nil
	}
	q.Text = t.texts.Say("reask", "ask", q.Text)
	for i := range answer.Options {
		answer.Options[i].Number = 0 // numbers belong to the question
	}
	t.reply, t.notes = answer, notes
	t.reply.Then, t.asked = &q, true
	return nil
}

// reaskWords is how much of the open question is repeated below a look-up: it
// stands in full further up.
const reaskWords = 80

// reask puts the open question again below a look-up or any other digression.
func (t *talk) reask() error {
	f := t.s.Form
	if f == nil || t.asked {
		return nil
	}
	for i := range t.reply.Options {
		if t.reply.Options[i].Say != "" || t.reply.Options[i].Label != "" {
			t.reply.Options[i].Number = 0 // numbers belong to the open question
		}
	}
	t.s.Menu = nil
	q := t.question(f)
	digression := !t.reply.Empty() || len(t.notes) > 0
	if digression && f.Stage == dialog.Confirming && !f.Force {
		q = dialog.Reply{Text: t.texts.Say("amended"), Options: []dialog.Option{{Label: t.texts.Say("confirm.save")}, {Label: t.texts.Say("show.word")}}}
	}
	if digression && len(t.reply.Options)+len(q.Options) > maxOptions {
		q.Options, q.Foot = nil, t.texts.Say("reask.options")
	}
	if digression {
		q.Text = clip(q.Text, reaskWords)
	}
	q.Text = t.texts.Say("reask", "ask", q.Text)
	if t.reply.Empty() && len(t.notes) == 0 {
		t.reply = q
		return nil
	}
	t.reply.Then = &q
	return nil
}
