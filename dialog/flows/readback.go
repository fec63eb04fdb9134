package flows

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

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
	var works []int
	n := len(present(f))
	for _, a := range took {
		text := a.Said
		if _, key, ok := refOf(a.Path); ok && n > 2 && count[key+"="+a.Value] == n && text != "" {
			text = t.texts.Say("took.all", "value", t.brief1(a.Path, a.Value))
		}
		if text == "" || seen[text] {
			continue
		}
		seen[text] = true
		if isWork(a.Path) {
			works = append(works, len(said))
		}
		said = append(said, text)
	}
	if len(works) > 1 { // each measure on a line of its own
		for _, i := range works {
			said[i] = bullet + said[i]
		}
	}
	return said
}

// bullet begins the line of one measure among several.
const bullet = "\n・"

// isWork: the path is of a measure: w2.qty.
func isWork(path string) bool {
	row, _, _ := strings.Cut(path, ".")
	n, err := strconv.Atoi(strings.TrimPrefix(row, listLetter[pathWorks]))
	return err == nil && n > 0 && strings.HasPrefix(row, listLetter[pathWorks])
}

// joinSaid groups what is said of one member: 张小军 男、28岁;李秀英 女.
func joinSaid(said []string) string {
	var b strings.Builder
	last := ""
	for i, s := range said {
		name, rest, ok := strings.Cut(s, " ")
		switch {
		case i == 0, strings.HasPrefix(s, bullet):
			b.WriteString(s)
			last = ""
			continue
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

// longNumber is a run of digits that may be a loan: an ID, a phone, a card.
var longNumber = regexp.MustCompile(`[0-9]{7,}[0-9Xx]|[0-9]{3,}(?:[ -][0-9]{3,}){2,}[0-9Xx]?`)

// clip shortens what is quoted back; of a long number only the end is shown.
func clip(s string, n int) string {
	s = longNumber.ReplaceAllStringFunc(s, func(m string) string { return "****" + m[len(m)-4:] })
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// checkQuestion reads back what was only approximate, or a year that may be a span.
func (t *talk) checkQuestion(f *dialog.Form) dialog.Reply {
	var said []string
	key := "check.doubt"
	for _, a := range f.Check {
		text := cmp.Or(a.Said, t.tell(f, a.Path, a.Value)) // of a measure its line was told as a whole
		if !slices.Contains(said, text) {
			said = append(said, text)
		}
		if fd := fieldOf(a.Path); fd == nil || fd.Kind != models.KindYear {
			key = "check.ask"
		}
	}
	return dialog.Reply{
		Text:    t.texts.Say(key, "list", joinSaid(said)),
		Options: []dialog.Option{{Number: 1, Label: t.texts.Say("check.yes")}, {Number: 2, Label: t.texts.Say("check.no")}},
	}
}

// checked takes the answer to a read-back. done is false when the text said
// something else: the values stay unconfirmed and the text is heard as usual.
func (t *talk) checked(f *dialog.Form) error {
	folded := zh.Fold(t.text)
	yes := folded == "1" || folded == zh.Fold(t.texts.Say("check.yes")) || zh.YesNo(t.text) == zh.Yes
	no := folded == "2" || folded == zh.Fold(t.texts.Say("check.no")) || zh.YesNo(t.text) == zh.No
	if !yes && !no {
		paths := map[string]bool{}
		h := t.heardFor(f, t.text, pathsOf(f.Check))
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
			return t.goOn()
		}
		f.Check = keep
		return t.heardBack(t.flow(f).Apply(f, h, t.derive))
	}
	rest := behindYesNo(t.text)
	h := t.heardFor(f, rest, pathsOf(f.Check))
	took := t.flow(f).Confirm(f, yes, t.derive)
	if err := t.judge(f, took); err != nil {
		return err
	}
	if rest != "" && h.Understood() { // 不对，姑娘是18岁
		return t.heardBack(t.flow(f).Apply(f, h, t.derive))
	}
	if no {
		t.note("check.dropped")
	}
	if rest != "" {
		t.note("took.unread", "list", clip(rest, 20))
	}
	return t.goOn()
}

// behindYesNo is what is said behind a yes or a no and a pause, "" for nothing.
func behindYesNo(text string) string {
	i := strings.IndexAny(text, pauses)
	if i < 0 || zh.YesNo(text[:i]) == zh.Unclear {
		return ""
	}
	return strings.Trim(text[i:], pauses)
}

// settle puts one exact value, chosen from a menu.
func (t *talk) settle(path, value string) error {
	f := t.s.Form
	h := dialog.Heard{Set: []dialog.Assign{{Path: path, Value: value, Said: t.tell(f, path, value)}}}
	return t.heardBack(t.flow(f).Apply(f, h, t.derive))
}
