package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// answerPart tells one part of a household.
func (t *talk) answerPart(id, name string, part *askedPart) error {
	if part.Part == "lights" {
		return t.lightsOf(id)
	}
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	h := d.Household
	t.do(LeaveTrace{HouseholdID: id, What: "card"})
	t.s.Last = id
	lines, err := t.partLines(d, name, part)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		lines = []string{t.texts.Say("asked.nothing", "part", t.texts.Say("asked."+part.Part))}
	}
	more := ""
	if len(lines) > maxPartLines {
		more = "\n" + t.texts.Say("asked.more", "n", itoa(len(lines)-maxPartLines))
		lines = lines[:maxPartLines]
	}
	t.reply.Text = t.texts.Say("asked.head", "head", h.HeadName, "group", h.Group) + "\n" + strings.Join(lines, "\n") + more
	if t.s.Form == nil || t.s.Form.Thing != id {
		t.menu(dialog.Option{Label: t.texts.Say("asked.all"), Say: t.sayOf("find.say", d)})
	}
	return nil
}

// maxPartLines is how many lines an answer has: a screen.
const maxPartLines = 8

func (t *talk) partLines(d *models.Dossier, name string, part *askedPart) ([]string, error) {
	if len(part.Plan) > 0 {
		return t.planPart(d, part.Plan)
	}
	var out, own []string
	values := map[string]string{}
	for i, m := range d.Members {
		ref := "m" + itoa(i+1)
		var paths []string
		for _, p := range part.Fields {
			if key, ok := strings.CutPrefix(p, "m."); ok {
				paths = append(paths, ref+"."+key)
				values[ref+"."+key] = models.Value(&d.Members[i], key)
			}
		}
		text := t.condensed(paths, values)
		if text == "" || !m.Present() && m.Name != name {
			continue
		}
		out = append(out, t.memberBrief(m)+"："+text)
		if m.Name == name && name != d.Household.HeadName || m.Name == name && len(d.Members) == 1 {
			own = append(own, out[len(out)-1])
		}
	}
	if len(own) > 0 {
		return own, nil
	}
	return append(out, t.recordPart(d, part)...), nil
}

// recordPart are the asked fields of the household, its condition and its income, with
// the year they were taken in when it is not this one.
func (t *talk) recordPart(d *models.Dossier, part *askedPart) []string {
	var paths []string
	values := map[string]string{}
	records := map[string]any{"household": &d.Household, "condition": &d.Condition, "income": &d.Income}
	for _, p := range part.Fields {
		record, key, _ := strings.Cut(p, ".")
		rec, ok := records[record]
		keys := []string{key}
		switch {
		case !ok:
			continue
		case key == "*":
			keys = models.Keys(rec)
		}
		for _, key := range keys {
			if fieldOf(record+"."+key) != nil {
				paths = append(paths, record+"."+key)
				values[record+"."+key] = models.Value(rec, key)
			}
		}
	}
	text := t.condensed(paths, values)
	if text == "" {
		return nil
	}
	var out []string
	if pc := d.Income.NetPC(len(d.Present())); part.Part == "income" && pc.Known() {
		out = append(out, t.texts.Say("card.income", "year", itoa(d.Income.Year), "pc", models.Hundredths(pc.N()/100*100).String()))
	}
	if y := d.Condition.Year; y != 0 && y != t.in.At.Year() && strings.HasPrefix(paths[0], "condition.") {
		text = t.texts.Say("sum.year", "year", itoa(y)) + "：" + text
	}
	return append(out, text)
}

// planPart are the lines of the plan that stand in the sections asked for.
func (t *talk) planPart(d *models.Dossier, sections []string) (out []string, err error) {
	f := t.formOf(d)
	t.look(f)
	t.loadPlan(f, d, d.AreaExits)
	if sections[0] == "duty" {
		return append(t.helperLines(f), t.dutyLines(f)...), worldErr(f)
	}
	for _, l := range t.planLines(f) {
		if slices.Contains(sections, l.section) {
			out = append(out, l.text)
		}
	}
	return out, worldErr(f)
}

// helperLines are who is paired with the household.
func (t *talk) helperLines(f *dialog.Form) (out []string) {
	for _, l := range t.planLines(f) {
		if l.section == "duty" {
			out = append(out, l.text)
		}
	}
	return out
}

// dutyLines are who answers for each measure: village, township, county.
func (t *talk) dutyLines(f *dialog.Form) (out []string) {
	l := t.ledger(f, t.in)
	for _, w := range t.works(f) {
		var who []string
		for _, level := range dutyLevels {
			if d := l.dutyRow(w.ref, level); d != "" {
				who = append(who, t.texts.Say("asked.who", "name", f.Value(d+".duty_person"), "unit", f.Value(d+".duty_unit")))
			}
		}
		if len(who) > 0 {
			out = append(out, t.profile.MeasureName(w.v("title"), w.v("cat1"), w.v("cat2"))+"："+strings.Join(who, "、"))
		}
	}
	return out
}
