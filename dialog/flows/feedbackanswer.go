package flows

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// feedbackPage is how many a screen lists.
const feedbackPage = 6

// feedbackWaiting lists what this person can answer. done is false when nothing waits.
func (t *talk) feedbackWaiting(after uint64) (done bool, err error) {
	fs, more, err := t.view.Feedbacks().Waiting(t.ctx, *t.by, t.ownDept(), t.now, after, feedbackPage)
	if err != nil || len(fs) == 0 {
		return false, err
	}
	t.say("feedback.waiting")
	var opts []dialog.Option
	for _, f := range fs {
		who := f.ByName
		if f.Secret {
			who = topicCalled(f.About).Label
		}
		opts = append(opts, dialog.Option{
			Label: t.texts.Say("feedback.line", "day", t.dayOf(f), "who", who, "text", clip(f.Text, 14)),
			Say:   t.texts.Say("feedback.look_say", "id", formatID(f.ID)),
		})
	}
	t.linesMenu(opts, more, map[string]string{"more": "feedback", "after": formatID(fs[len(fs)-1].ID)})
	return true, nil
}

// ownDept is the code of the department this person speaks for.
func (t *talk) ownDept() string {
	if t.by.Role != models.RoleDepartment {
		return ""
	}
	return t.deptNamed(t.by.Department, models.County)
}

func (t *talk) dayOf(f models.Feedback) string { return t.daySaid(models.DayOf(f.At)) }

// feedbackMine shows what became of the person's own.
func (t *talk) feedbackMine() error {
	fs, err := t.view.Feedbacks().Mine(t.ctx, *t.by, feedbackPage)
	if err != nil {
		return err
	}
	if len(fs) == 0 {
		t.say("feedback.how")
		return nil
	}
	lines := []string{t.texts.Say("feedback.mine")}
	for _, f := range fs {
		line := t.texts.Say("feedback.own", "day", t.dayOf(f), "text", clip(f.Text, 20))
		if f.AnsweredAt != nil {
			line += t.texts.Say("feedback.own_answer", "who", f.AnsweredBy, "answer", clip(f.Answer, 60))
		} else {
			line += t.texts.Say("feedback.own_open", "who", t.texts.Say("feedback.to_"+string(f.To)))
		}
		lines = append(lines, line)
	}
	t.reply.Text = strings.Join(append(lines, t.texts.Say("feedback.how")), "\n")
	return nil
}

// feedbackLook is 看反馈 12: one of them whole; the next words are the answer.
func (t *talk) feedbackLook(arg string) error {
	if strings.TrimSpace(arg) == "" {
		return t.feedback("")
	}
	id, _ := strconv.ParseUint(strings.TrimSpace(arg), 10, 64)
	f, err := t.view.Feedbacks().Feedback(t.ctx, *t.by, t.ownDept(), t.now, id)
	if models.CodeOf(err) == models.NotFound {
		t.say("feedback.gone")
		return nil
	}
	if err != nil {
		return err
	}
	place := ""
	if a, err := t.view.Areas().Area(t.ctx, f.Area); err == nil {
		place = a.Name
	}
	who := f.ByName
	if f.Secret {
		who = t.texts.Say("feedback.somebody")
	}
	t.say("feedback.one", "about", topicCalled(f.About).Label, "day", t.dayOf(f), "place", place, "who", who, "text", f.Text)
	if f.AnsweredAt != nil {
		t.reply.Text += "\n" + t.texts.Say("feedback.answered", "who", f.AnsweredBy, "answer", f.Answer)
		return nil
	}
	if t.s.Form != nil { // the next words belong to the open question
		t.reply.Text += "\n" + t.texts.Say("feedback.answer_how", "id", formatID(id))
		return nil
	}
	t.reply.Text += "\n" + t.texts.Say("feedback.ask")
	t.menu(dialog.Option{Label: t.texts.Say("feedback.later"), Say: t.texts.Say("feedback.word")})
	t.s.Ask, t.s.Args = "feedback", map[string]string{"id": formatID(id)}
	return nil
}

// whichAnswer parts «12 明天来看房»; ok is false without a number or without words.
func whichAnswer(arg string) (id uint64, text string, ok bool) {
	head, text, _ := strings.Cut(strings.TrimSpace(arg), " ")
	id, err := strconv.ParseUint(zh.Fold(head), 10, 64)
	return id, strings.TrimSpace(text), err == nil && strings.TrimSpace(text) != ""
}

// feedbackAnswer is 答复 12 …, or the words after a look at one.
func (t *talk) feedbackAnswer(arg string) error {
	id, text, ok := whichAnswer(arg)
	if !ok {
		t.say("feedback.answer_how", "id", "12")
		return nil
	}
	f, err := t.view.Feedbacks().Feedback(t.ctx, *t.by, t.ownDept(), t.now, id)
	switch {
	case models.CodeOf(err) == models.NotFound:
		t.say("feedback.gone")
		return nil
	case err != nil:
		return err
	case f.AnsweredAt != nil:
		t.say("feedback.answered", "who", f.AnsweredBy, "answer", f.Answer)
		return nil
	case len([]rune(text)) > maxFeedback:
		t.say("feedback.too_long", "n", itoa(maxFeedback))
		return nil
	}
	t.do(AnswerFeedback{ID: id, Dept: t.ownDept(), Text: text, Push: t.answerPush(f, text)})
	t.say("feedback.sent")
	t.menu(dialog.Option{Label: t.texts.Say("feedback.next"), Say: t.texts.Say("feedback.word")})
	return nil
}

// feedbackSaid is what was said after a look at one: the answer. What may have been
// meant for the bot (a name, a number, a question) is asked about: it cannot be taken
// back from the other's phone.
func (t *talk) feedbackSaid() error {
	if said := t.kept["text"]; said != "" && zh.Fold(t.text) == zh.Fold(t.texts.Say("feedback.send")) {
		return t.feedbackAnswer(t.kept["id"] + " " + said)
	}
	if asksSomething(t.text) || containsAny(t.text, lex().Inquires) || namely(t.text) || digits(t.text) {
		t.say("feedback.sure", "text", clip(t.text, 40))
		t.menu(
			dialog.Option{Label: t.texts.Say("feedback.send")},
			dialog.Option{Label: t.texts.Say("feedback.later"), Say: t.texts.Say("feedback.word")},
		)
		t.s.Ask, t.s.Args = "feedback", map[string]string{"id": t.kept["id"], "text": t.text}
		return nil
	}
	return t.feedbackAnswer(t.kept["id"] + " " + t.text)
}
