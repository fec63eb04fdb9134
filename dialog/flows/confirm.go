package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// line is one numbered line of the confirm screen: 改 n calls it back.
type line struct {
	text    string
	paths   []string
	section string // of the plan
}

// lines are the confirm screen by section, members one line each. What is not
// there is not shown: missing things are counted below.
func (t *talk) lines(f *dialog.Form) []line {
	if f.Flow == planID {
		return t.planLines(f)
	}
	var out []line
	for _, sec := range t.flow(f).sections {
		if sec.ID == "members" {
			for _, s := range roster(f) {
				out = append(out, t.memberLine(s))
			}
			continue
		}
		out = append(out, t.sectionLine(f, sec))
	}
	return out
}

// sectionLine is one part of the form in a line: values, then what is yes, then
// what is not, so that a screen holds it.
func (t *talk) sectionLine(f *dialog.Form, sec section) line {
	var l line
	for _, sp := range t.flow(f).specs {
		if sp.Section != sec.ID || sp.Kind != "" {
			continue
		}
		for _, p := range sp.Fields {
			if !slices.Contains(l.paths, p) {
				l.paths = append(l.paths, p)
			}
		}
	}
	list := t.condensed(l.paths, f.Answers)
	if list == "" {
		list = t.texts.Say("confirm.empty")
	}
	l.text = sec.Title + "：" + list
	return l
}

// condensed tells the values of fields in a line: what they are, what is not,
// and once that the rest of the amounts is nothing.
func (k *kit) condensed(paths []string, values map[string]string) string {
	var parts, no []string
	zeros := 0
	for _, p := range paths {
		v, fd := values[p], fieldOf(p)
		switch {
		case v == "":
		case v == "0" && (fd.Kind == models.KindArea || fd.Kind == models.KindMoney):
			zeros++
		case v == string(models.No):
			no = append(no, fd.Label)
		case v == string(models.Yes):
			parts = append(parts, k.texts.Say("confirm.yes", "field", fd.Label))
		case v == "none":
			parts = append(parts, k.reader.Say(p, v))
		case fd.Kind == models.KindCode || fd.Kind == models.KindStock || fd.Kind == models.KindIndustries:
			parts = append(parts, k.reader.Show(p, v))
		default:
			parts = append(parts, k.sayMasked(p, v))
		}
	}
	if len(no) > 0 {
		parts = append(parts, k.texts.Say("confirm.no", "list", strings.Join(no, "、")))
	}
	switch {
	case zeros > 0 && len(parts) > 0:
		parts = append(parts, k.texts.Say("confirm.rest_none"))
	case zeros > 0:
		parts = append(parts, k.texts.Say("confirm.all_none"))
	}
	return strings.Join(parts, "、")
}

// memberShown are the fields a member's line shows, in order; the rest is seen
// by 改 n.
var memberShown = []string{"relation", "sex", "birth", "id_no", "ethnic", "edu_level", "school_status", "health", "labor", "work_addr", "work_months", "change_type"}

func (t *talk) memberLine(s slot) line {
	l := line{}
	parts := []string{s.name()}
	for _, key := range memberShown {
		v := s.v(key)
		if v == "" {
			continue
		}
		path := s.ref + "." + key
		switch key {
		case "birth":
			parts = append(parts, t.texts.Say("confirm.age", "age", itoa(s.age())))
		case "id_no":
			parts = append(parts, models.IDNumber(v).String())
		case "work_months":
			parts = append(parts, t.reader.Show(path, v))
		default:
			parts = append(parts, t.reader.Show(path, v))
		}
	}
	for _, key := range models.Keys(&models.Member{}) {
		l.paths = append(l.paths, s.ref+"."+key)
	}
	l.text = strings.Join(parts, " ")
	return l
}

// confirmScreen shows everything by section, what is missing, what breaks a
// rule and what to do about it.
func (t *talk) confirmScreen(f *dialog.Form) dialog.Reply {
	out := []string{t.texts.Say("confirm.head", "head", f.Title, "group", f.Value("household.group"))}
	for i, l := range t.lines(f) {
		out = append(out, itoa(i+1)+". "+l.text)
	}
	if missing := t.missing(f); len(missing) > 0 {
		out = append(out, t.texts.Say("confirm.missing", "n", itoa(len(missing)), "list", clip(strings.Join(missing, "、"), 60)))
	}
	out = append(out, t.findingLines(t.findings(f, nil), maxShownFindings)...)
	r := dialog.Reply{Text: strings.Join(out, "\n")}
	r.Options = []dialog.Option{{Number: 0, Label: t.texts.Say("confirm.save")}}
	if len(t.missing(f)) > 0 {
		r.Options = append(r.Options, dialog.Option{Label: t.texts.Say("confirm.fill")})
	}
	if len(t.warnings(f)) > 0 {
		r.Options = append(r.Options, dialog.Option{Label: t.texts.Say("waive.word")})
	}
	r.Foot = t.texts.Say("confirm.foot")
	if f.Flow == planID {
		r.Foot = t.texts.Say("plan.section_foot")
	}
	return r
}

// confirming is the answer to the confirm screen.
func (t *talk) confirming() error {
	f := t.s.Form
	folded := zh.Fold(t.text)
	is := func(key string) bool { return folded == zh.Fold(t.texts.Say(key)) }
	switch {
	case is("visit.changed"):
		t.say("visit.how")
		t.asked = true
		return nil
	case is("confirm.save") || is("visit.unchanged") || len([]rune(folded)) <= 3 && zh.YesNo(t.text) == zh.Yes:
		return t.save("")
	case is("confirm.fill"):
		return t.fillMissing(f)
	case strings.HasPrefix(folded, zh.Fold(t.texts.Say("plan.go_on"))):
		return t.planOn(f)
	case is("confirm.look"), is("visit.look"):
		return t.show("")
	}
	if n, ok := zh.Number(t.text); ok && !n.Approx && n.Value <= zh.Whole(len(t.lines(f))) { // 保存 or 改 n? never guess
		t.say("confirm.number", "n", n.Value.String())
		t.asked = true
		t.menu(dialog.Option{Label: t.texts.Say("confirm.save")}, dialog.Option{Label: t.texts.Say("amend.say", "field", n.Value.String())})
		for i := range t.reply.Options {
			t.reply.Options[i].Number = 0
		}
		t.s.Menu = nil
		return nil
	}
	h := t.heardFor(f, t.text, t.openFor(f))
	if h.Understood() || h.Which != nil || h.Wrong != "" {
		return t.heardBack(t.withRest(f, t.flow(f).Apply(f, h, t.derive)))
	}
	if out, err := t.alsoPlan(f, []string{t.text}); err != nil || out.Event == dialog.Took || out.Event == dialog.Checked {
		return errOr(err, func() error { return t.heardBack(out) })
	}
	t.note("confirm.not_read", "said", clip(t.text, 20))
	return t.amended()
}

// show is 核对: the confirm screen at any time; the questions go on after it.
func (t *talk) show(string) error {
	f := t.s.Form
	if f == nil {
		return t.help("")
	}
	if len(f.Check) > 0 {
		t.note("check.first")
		return t.goOn()
	}
	t.reply = t.confirmScreen(f)
	t.asked = true
	f.Stage = dialog.Confirming
	return nil
}
