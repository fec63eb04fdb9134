package flows

import (
	"encoding/json"
	"slices"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

// markNameless keeps the people who were told of without a name (老母亲78): a member
// needs one, and nothing said of them is to be said again.
const markNameless = "nameless"

// nameless keeps those of some people who have no name and asks for it; "" when
// all have one.
func (k *kit) nameless(f *dialog.Form, ps []hear.NewPerson) string {
	wait, ask := k.waiting(f), ""
	for _, p := range ps {
		same := func(w hear.NewPerson) bool { return relationOf(w) == relationOf(p) }
		if p.Name != "" { // 老母亲李桂花: she has told her name
			wait = slices.DeleteFunc(wait, same)
			continue
		}
		if !slices.ContainsFunc(wait, same) {
			wait = append(wait, p)
		}
		ask = joinLines(ask, k.texts.Say("roster.nameless", "said", p.Said))
	}
	k.wait(f, wait)
	return ask
}

// named takes a bare name as that of the first who waits for one, unless a text is
// asked for that a name may answer.
func (k *kit) named(f *dialog.Form, text string, open []string) (dialog.Heard, bool) {
	wait := k.waiting(f)
	if len(wait) == 0 || len(open) == 1 && textField(open[0]) {
		return dialog.Heard{}, false
	}
	name, ok := zh.ReadName(text)
	if !ok || !namely(name) {
		return dialog.Heard{}, false
	}
	p := wait[0]
	p.Name = name
	k.wait(f, wait[1:])
	return dialog.Heard{Set: k.people(f, []hear.NewPerson{p})}, true
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
