package flows

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// markNameless keeps the people who were told of without a name (老母亲78): a member
// needs one, and nothing said of them is to be said again.
const markNameless = "nameless"

// nameless keeps those of some people who have no name and asks for it; "" when
// all have one.
func (k *kit) nameless(f *dialog.Form, ps []hear.NewPerson) string {
	before, gone := k.waiting(f), ""
	wait := slices.Clone(before)
	var asked []hear.NewPerson
	for _, p := range ps {
		if p.Name == "" && left(p) {
			gone = joinLines(gone, k.texts.Say("roster.gone", "said", p.Said))
			continue
		}
		same := func(w hear.NewPerson) bool { return relationOf(w) == relationOf(p) }
		if p.Name != "" { // 老母亲李桂花: she has told her name
			if n := slices.IndexFunc(wait, same); n >= 0 {
				wait = slices.Delete(wait, n, n+1)
			}
			continue
		}
		if !slices.ContainsFunc(before, same) { // two sons of one message are two
			wait = append(wait, p)
		}
		asked = append(asked, p)
	}
	k.wait(f, wait)
	return joinLines(gone, k.askNames(asked))
}

// left: somebody without a name who is not of the household any more (媳妇跑了): nobody
// to be registered.
func left(p hear.NewPerson) bool {
	return slices.ContainsFunc(p.Facts, func(x hear.Fact) bool {
		return x.Path == "m.change_type" && !(&models.Member{Change: x.Value}).Present()
	})
}

// askNames asks what people are called, "" when there are none.
func (k *kit) askNames(ps []hear.NewPerson) string {
	var said []string
	for _, p := range ps {
		said = append(said, k.texts.Say("roster.said", "said", p.Said))
	}
	switch len(said) {
	case 0:
		return ""
	case 1:
		return k.texts.Say("roster.nameless", "said", said[0])
	}
	return k.texts.Say("roster.nameless_several", "said", strings.Join(said, ""))
}

// named takes a bare name as that of the first who waits for one, unless a text is
// asked for that a name may answer.
func (k *kit) named(f *dialog.Form, text string, open []string) (dialog.Heard, bool) {
	wait := k.waiting(f)
	if len(wait) == 0 || len(open) == 1 && textField(open[0]) {
		return dialog.Heard{}, false
	}
	names := bareNames(text)
	if len(names) == 0 || len(names) > len(wait) {
		return dialog.Heard{}, false
	}
	ps := slices.Clone(wait[:len(names)])
	for i, name := range names {
		ps[i].Name = name
	}
	rest := wait[len(names):]
	k.wait(f, rest)
	return dialog.Heard{Set: k.people(f, ps), Wrong: k.askNames(rest)}, true
}

// maxBareName is how long a name without a dot is, in signs: 身份证后头补 is none.
const maxBareName = 5

// bareNames are the names a text consists of, in order; nil when it says anything else.
// 张 三 is one name, 张三 李四 are two.
func bareNames(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" 　、，,；;\n", r) })
	if slices.ContainsFunc(parts, func(s string) bool { return len([]rune(s)) < 2 }) {
		parts = []string{text}
	}
	var out []string
	for _, part := range parts {
		name, ok := zh.ReadName(part)
		if !ok || !namely(name) || len([]rune(name)) > maxBareName && !strings.Contains(name, "·") {
			return nil
		}
		out = append(out, name)
	}
	return out
}

func (*kit) waiting(f *dialog.Form) []hear.NewPerson {
	var out []hear.NewPerson
	if s := f.Marks[markNameless]; s != "" {
		_ = json.Unmarshal([]byte(s), &out) // written below, by this program
	}
	return out
}

func (*kit) wait(f *dialog.Form, ps []hear.NewPerson) {
	if len(ps) == 0 {
		delete(f.Marks, markNameless)
		return
	}
	b, _ := json.Marshal(ps) // strings, numbers and flags: cannot fail
	f.Marks[markNameless] = string(b)
}

func relationOf(p hear.NewPerson) string {
	for _, fact := range p.Facts {
		if fact.Path == "m.relation" {
			return fact.Value
		}
	}
	return ""
}
