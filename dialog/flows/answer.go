package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// question is the open question of a form, with how far along it is.
func (t *talk) question(f *dialog.Form) dialog.Reply {
	if len(f.Check) > 0 {
		return t.checkQuestion(f)
	}
	c := t.base.Next(f)
	if c == nil || f.Stage == dialog.Confirming && !f.Force {
		f.Stage = dialog.Confirming
		return t.confirmScreen(f)
	}
	f.Card = c.ID()
	q := c.Ask(f)
	done, left := t.base.Progress(f)
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
	if f.Stage == dialog.Confirming && was != f.Stage && !isNew(f) {
		return t.tellOthers(f.Thing)
	}
	return nil
}

// answer gives the text to the open question.
func (t *talk) answer() error {
	f := t.s.Form
	if len(f.Check) > 0 {
		if done, err := t.checked(f); done || err != nil {
			return err
		}
	}
	if f.Stage == dialog.Confirming && !f.Force {
		return t.confirming()
	}
	out := t.base.Give(f, t.in, t.derive)
	return t.heardBack(out)
}

// heardBack tells what was understood, what not, what is wrong with it, and
// goes on.
func (t *talk) heardBack(out dialog.Outcome) error {
	f := t.s.Form
	switch out.Event {
	case dialog.NotRead:
		return t.notRead(out)
	case dialog.NotAllowed:
		t.notes = append(t.notes, out.Wrong)
		return t.goOn()
	case dialog.GaveUp:
		t.note("gave_up")
		return t.goOn()
	case dialog.Which:
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
	if f.Stage == dialog.Confirming && out.Event == dialog.Took && out.Which == nil && t.base.Next(f) == nil {
		return t.amended()
	}
	if out.Which != nil && len(f.Check) == 0 {
		t.reply = *out.Which
		t.s.Menu = t.reply.Options
		t.reply.Options = plainSay(t.reply.Options)
		t.asked = true
		return nil
	}
	return t.goOn()
}

// amended: after a correction the whole screen need not be read again.
func (t *talk) amended() error {
	t.reply = dialog.Reply{Text: t.texts.Say("amended")}
	t.reply.Options = []dialog.Option{{Label: t.texts.Say("confirm.save")}, {Label: t.texts.Say("show.word")}}
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

// maxSaidBack keeps the read-back on the screen; the confirm screen shows all.
const maxSaidBack = 24

// readBack says what was taken and what was not understood.
func (t *talk) readBack(f *dialog.Form, out dialog.Outcome) {
	said := t.together(f, out.Took)
	if len(said) > 0 {
		text := joinSaid(said)
		if len(said) > maxSaidBack {
			text = joinSaid(said[:maxSaidBack]) + t.texts.Say("took.more", "n", itoa(len(said)-maxSaidBack))
		}
		t.note("took", "list", text)
	}
	if len(out.Unread) > 0 {
		t.note("took.unread", "list", strings.Join(out.Unread, "」「"))
	}
	if out.Wrong != "" {
		t.notes = append(t.notes, out.Wrong)
	}
}

// together says once what was taken for the whole family, and drops repeats.
func (t *talk) together(f *dialog.Form, took []dialog.Assign) []string {
	count := map[string]int{}
	for _, a := range took {
		if _, key, ok := refOf(a.Path); ok {
			count[key+"="+a.Value]++
		}
	}
	var said []string
	seen := map[string]bool{}
	n := len(present(f))
	for _, a := range took {
		text := a.Said
		if _, key, ok := refOf(a.Path); ok && n > 2 && count[key+"="+a.Value] == n && text != "" {
			text = t.texts.Say("took.all", "value", t.brief1(a.Path, a.Value))
		}
		if text != "" && !seen[text] {
			seen[text] = true
			said = append(said, text)
		}
	}
	return said
}

// joinSaid groups what is said of one member: 张小军 男、28岁;李秀英 女.
func joinSaid(said []string) string {
	var b strings.Builder
	last := ""
	for i, s := range said {
		name, rest, ok := strings.Cut(s, " ")
		switch {
		case i == 0:
			b.WriteString(s)
		case ok && name == last:
			b.WriteString("、" + rest)
			continue
		case ok || last != "":
			b.WriteString("；" + s)
		default:
			b.WriteString("、" + s)
		}
		last = ""
		if ok {
			last = name
		}
	}
	return b.String()
}

// notRead: look-ups and offers first; the question's own help otherwise.
func (t *talk) notRead(out dialog.Outcome) error {
	f := t.s.Form
	c := t.base.Next(f)
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

// clip shortens what is quoted back.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// checkQuestion reads back what was only approximate.
func (t *talk) checkQuestion(f *dialog.Form) dialog.Reply {
	var said []string
	for _, a := range f.Check {
		said = append(said, a.Said)
	}
	return dialog.Reply{
		Text:    t.texts.Say("check.ask", "list", joinSaid(said)),
		Options: []dialog.Option{{Number: 1, Label: t.texts.Say("check.yes")}, {Number: 2, Label: t.texts.Say("check.no")}},
	}
}

// checked takes the answer to a read-back. done is false when the text said
// something else: the values stay unconfirmed and the text is heard as usual.
func (t *talk) checked(f *dialog.Form) (done bool, err error) {
	folded := zh.Fold(t.text)
	yes := folded == "1" || folded == zh.Fold(t.texts.Say("check.yes")) || zh.YesNo(t.text) == zh.Yes
	no := folded == "2" || folded == zh.Fold(t.texts.Say("check.no")) || zh.YesNo(t.text) == zh.No
	if !yes && !no {
		paths := map[string]bool{}
		h := t.hear(f, t.text, pathsOf(f.Check), t.in)
		for _, a := range h.Set {
			paths[a.Path] = true
		}
		var keep []dialog.Assign
		for _, a := range f.Check {
			if !paths[a.Path] {
				keep = append(keep, a)
			}
		}
		if !h.Understood() {
			t.note("check.again")
			return true, t.goOn()
		}
		f.Check = keep
		return true, t.heardBack(t.base.Apply(f, h, t.derive))
	}
	took := t.base.Confirm(f, yes, t.derive)
	if no {
		t.note("check.dropped")
	}
	if err := t.judge(f, took); err != nil {
		return true, err
	}
	return true, t.goOn()
}

func pathsOf(as []dialog.Assign) []string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Path
	}
	return out
}

// settle puts one exact value, chosen from a menu.
func (t *talk) settle(path, value string) error {
	f := t.s.Form
	h := dialog.Heard{Set: []dialog.Assign{{Path: path, Value: value, Said: t.tell(f, path, value)}}}
	return t.heardBack(t.base.Apply(f, h, t.derive))
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
	t.note("back.done")
	return t.goOn()
}

// skip is 跳过: the question is left to the list of what is missing.
func (t *talk) skip(string) error {
	f := t.s.Form
	if f == nil {
		t.say("skip.nothing")
		return nil
	}
	if f.Stage == dialog.Confirming {
		return t.goOn()
	}
	t.base.Skip(f, "skip")
	t.note("skip.done")
	return t.goOn()
}

// judge says at once what is wrong with values just taken, when they alone
// suffice to know (domain.md §4), and looks for ID numbers on file elsewhere.
func (t *talk) judge(f *dialog.Form, took []dialog.Assign) error {
	var changed []string
	for _, a := range took {
		changed = append(changed, a.Path)
		if ref, key, ok := refOf(a.Path); ok && key == "id_no" {
			if err := t.elsewhere(f, ref, a.Value); err != nil {
				return err
			}
		}
	}
	for _, m := range t.findings(f, changed) {
		t.note("finding", "message", m)
	}
	return nil
}

// elsewhere tells when an ID number is with another household already (P05).
func (t *talk) elsewhere(f *dialog.Form, ref, number string) error {
	except := ""
	if !isNew(f) {
		except = f.Thing
	}
	cards, err := t.view.Households().DupID(t.ctx, models.IDNumber(number), except)
	if err != nil {
		return err
	}
	if len(cards) > 0 {
		t.note("id.elsewhere", "name", slot{f, ref}.name(), "where", cards[0].VillageName+cards[0].Group+" "+cards[0].Head)
	}
	return nil
}
