package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models/clears"
)

// leastReason is how long a reason for a warning has to be, in characters: «是» is none.
const leastReason = 4

// warnings are the findings of the open form that a reason lets pass.
func (t *talk) warnings(f *dialog.Form) []clears.Finding {
	d := t.file(f)
	var out []clears.Finding
	for _, x := range t.broken(f) {
		if !x.Blocks() && !unsaid(d, x) {
			out = append(out, x)
		}
	}
	return out
}

// waive is 说明: the reason why a warning may stand, which is kept with the
// household. 说明 2 没有劳力，亲戚代养 says it at once.
func (t *talk) waive(arg string) error {
	f := t.s.Form
	ws := t.warnings(f)
	if len(ws) == 0 {
		t.note("waive.none")
		return t.goOn()
	}
	if len(ws) == 1 {
		number, rest := numbered(arg)
		if number == 1 {
			arg = rest
		}
		return t.waiveWith(f, ws[0].Key(), arg)
	}
	n, rest := numbered(arg)
	if n >= 1 && n <= len(ws) {
		return t.waiveWith(f, ws[n-1].Key(), rest)
	}
	t.say("waive.which")
	t.asked = true
	var opts []dialog.Option
	for i, x := range ws {
		if i == maxOptions {
			break
		}
		opts = append(opts, dialog.Option{Label: clip(x.Message, 28), Say: t.texts.Say("waive.say", "n", itoa(i+1))})
	}
	t.menu(opts...)
	return nil
}

// numbered cuts the number of a line off the front of a text, 0 when it has none.
func numbered(text string) (int, string) {
	head, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	n, ok := zh.Number(head)
	if i, whole := n.Value.Int(); ok && whole && !n.Approx && len([]rune(head)) <= 3 {
		return i, strings.TrimSpace(rest)
	}
	return 0, text
}

// waiveWith keeps the reason for a warning, or asks for it.
func (t *talk) waiveWith(f *dialog.Form, key, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason != "" && enough(reason, leastReason) {
		if len([]rune(reason)) > maxRemark {
			t.note("unread.too_long", "said", clip(reason, 12))
			return t.goOn()
		}
		step := dialog.Step{Card: f.Card}
		f.Put(&step, pathWaiver+key, reason)
		f.Note(step)
		t.note("waive.done", "reason", clip(reason, 40))
		return t.goOn()
	}
	for _, x := range t.warnings(f) {
		if x.Key() == key {
			if reason != "" {
				t.note("waive.short")
			}
			t.say("waive.why", "message", x.Message)
			t.s.Ask, t.s.Args, t.asked = "waive", map[string]string{"finding": key}, true
			return nil
		}
	}
	return t.goOn()
}
