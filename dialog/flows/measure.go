package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// readMeasures takes the measures a sentence tells, with their money, results and
// people. In the question about one measure its quantity, date and words are heard.
func (l *ledger) readMeasures(text string, a asking) ([]string, bool) {
	if l.takeForAll(text, a) {
		return nil, true
	}
	ms, un := l.planner.Measures(text, l.withOfficialsFor(text, l.planContext(a)))
	took := 0
	if a.alone { // heard beside the household: only what is surely planned
		ms = slices.DeleteFunc(ms, func(m plan.Measure) bool {
			return m.Cat2 == "" || m.Qty == "" && m.Due == "" && len(m.Funds)+len(m.Duties) == 0 && !m.Cancel
		})
	}
	for i := range ms {
		if l.takeMeasureOf(&ms[i], a) {
			took++
		}
	}
	left, some := l.rest(un, func(u plan.Unread) []dialog.Option { return l.guessMeasure(u, a) })
	return left, some || took > 0
}

// takeForAll takes what is said of all measures at once: 都是商量过的, 都是年底前完成. What
// one has of its own it keeps.
func (l *ledger) takeForAll(text string, a asking) bool {
	live := l.live()
	c := l.planContext(a)
	if all := l.planner.OfAll(text, c); !all {
		live = slices.DeleteFunc(live, func(ref string) bool { return l.value(ref+".will_sign") != "" })
		if len(live) != 1 || a.part != "measure" || !l.isWill(strings.TrimLeft(zh.Clean(text), lex().Willers)) { // 他同意: of the one nobody was asked about
			return false
		}
	} else if len(live) < 2 {
		return false
	}
	c.Measure, c.Years, c.Asked = l.value(live[0]+".cat2"), nil, ""
	ms, un := l.planner.Measures(text, c)
	if len(ms) != 1 || len(un) > 0 || len(ms[0].Funds)+len(ms[0].Outputs)+len(ms[0].Duties) > 0 || ms[0].Qty != "" || ms[0].Will+ms[0].Due+ms[0].Start == "" {
		return false
	}
	m := &ms[0]
	for _, ref := range live {
		for _, v := range [][2]string{{"will_sign", m.Will}, {"will_date", m.WillOn}, {"due_date", m.Due}, {"start_date", m.Start}, {"year", m.Year}} {
			if l.value(ref+"."+v[0]) == "" {
				l.fill(ref+"."+v[0], v[1])
			}
		}
		l.whole(ref, l.measureLine(ref))
	}
	return true
}

// takeMeasureOf takes one measure: that of the open question when nothing says
// that it is another one.
func (l *ledger) takeMeasureOf(m *plan.Measure, a asking) bool {
	switch {
	case m.Cat1 == "" && m.Cat2 == "":
		return false
	case m.Cancel:
		return l.cancelMeasure(m)
	case a.work != "" && (m.Cat2 == l.value(a.work+".cat2") || m.Cat2 == "" && m.Cat1 == l.value(a.work+".cat1")) && !l.sameDone(a.work, m):
		l.fillMeasure(a.work, m)
		l.whole(a.work, l.measureLine(a.work))
		return true
	}
	l.takeMeasure(m)
	return true
}

// sameDone: the measure asked about has its content already and another of the
// kind is told.
func (l *ledger) sameDone(work string, m *plan.Measure) bool {
	return l.value(work+".content") != "" && m.Title != "" && l.value(work+".title") != "" && m.Title != l.value(work+".title") && m.Qty != ""
}

// takeMeasure adds a measure, or fills the one of its kind that was only named.
func (l *ledger) takeMeasure(m *plan.Measure) {
	ref := l.sameMeasure(m)
	if ref == "" {
		ref = l.add(pathWorks, false)
		l.put(ref+".status", "draft", "", false)
	}
	l.fillMeasure(ref, m)
	l.whole(ref, l.measureLine(ref))
}

// sameMeasure is the row a measure is about: one of its kind that has no content
// yet, or has the same title. Of most kinds (房子, 低保, 雨露计划) there is one for the
// same people, whatever it is called.
func (l *ledger) sameMeasure(m *plan.Measure) string {
	for _, ref := range l.refs(pathWorks) {
		if l.profile.Dead(l.value(ref + ".status")) {
			continue
		}
		v := func(key string) string { return l.value(ref + "." + key) }
		same := v("cat2") == m.Cat2 && m.Cat2 != "" || v("cat2") == "" && v("cat1") == m.Cat1
		once := !l.profile.Several(v("cat1")) && (len(m.Targets) == 0 || v("targets") == "" || v("targets") == strings.Join(m.Targets, ","))
		if same && (once || v("content") == "" || m.Title == "" || v("title") == "" || v("title") == m.Title) {
			return ref
		}
	}
	return l.kindred(m)
}

// kindred is the only measure of the kind of one that is told without a count and names
// the same animal or plant: 又加2000给养牛 is of 养黄牛.
func (l *ledger) kindred(m *plan.Measure) string {
	found := ""
	for _, ref := range l.live() {
		if m.Qty != "" && !m.Fixed || m.Cancel || m.Instead || l.value(ref+".cat2") != m.Cat2 || !l.planner.Kindred(l.value(ref+".title"), m.Title) {
			continue
		}
		if found != "" {
			return ""
		}
		found = ref
	}
	return found
}

// fillMeasure puts what was said of a measure into its row.
func (l *ledger) fillMeasure(ref string, m *plan.Measure) {
	l.work = ref
	at := func(key string) string { return ref + "." + key }
	if m.Content != "" && l.refuses(at("content"), m.Content) != "" {
		l.put(at("content"), m.Content, "", false) // told: too long; a name or a date from the middle of it is none
		m.Content, m.Title, m.Start, m.Year = "", "", "", ""
	}
	l.fill(at("cat1"), m.Cat1)
	if m.Cat2 != "" {
		l.fill(at("cat2"), m.Cat2)
	} else if l.value(at("cat2")) == "" {
		l.fill(at("cat2"), l.onlyKind(m.Cat1))
	}
	if m.Title != "" && (l.value(at("title")) == "" || m.Qty != "" && !m.Fixed) {
		l.fill(at("title"), clip(m.Title, 20))
	}
	if m.Qty != "" {
		l.put(at("qty"), m.Qty, "", m.Approx)
		l.fill(at("unit"), cmp.Or(m.Unit, l.value(at("unit")), l.profile.UsualOf(l.value(at("cat1")), l.value(at("cat2"))).Unit))
	}
	l.fill(at("start_date"), m.Start)
	l.fill(at("due_date"), m.Due)
	l.fill(at("year"), cmp.Or(m.Year, yearOf(m.Start)))
	if m.Doubtful {
		l.put(at("year"), m.Year, "", true)
	}
	l.fill(at("will_sign"), m.Will)
	l.fill(at("will_date"), m.WillOn)
	l.fill(at("targets"), strings.Join(m.Targets, ","))
	l.fill(at("scope"), m.Scope)
	l.content(ref, m)
	for i := range m.Funds {
		l.takeFund(ref, &m.Funds[i])
	}
	for i := range m.Outputs {
		l.takeOutput(ref, &m.Outputs[i])
	}
	for i := range m.Duties {
		l.takeDuty(ref, &m.Duties[i])
	}
	for i := range l.set { // the line of the measure tells its money and results
		if row, _, _ := strings.Cut(l.set[i].Path, "."); l.value(row+".of") == ref && !strings.HasPrefix(row, listLetter[pathDuties]) {
			l.set[i].Said = ""
		}
	}
}

// yearOf is the year of a date, "" of none.
func yearOf(date string) string { return date[:min(4, len(date))] }

// content is what is done in words: those that were said if they say enough,
// else what such a measure usually is, once it is complete.
func (l *ledger) content(ref string, m *plan.Measure) {
	least := l.limit("content_words")
	switch old := l.value(ref + ".content"); {
	case m.Content == "":
	case enough(m.Content, least) && !strings.Contains(old, m.Content):
		l.fill(ref+".content", m.Content)
	case old == "" && m.Qty != "":
		l.fill(ref+".content", m.Content) // too short: the question comes back with what is there
	case old != "" && !enough(old, least) && !strings.Contains(old, m.Content):
		l.fill(ref+".content", old+"，"+m.Content)
	}
}

// onlyKind is the sub-category that the facts leave of a category: a C-grade house
// is repaired, a D-grade one built anew.
func (l *ledger) onlyKind(cat1 string) string {
	var fit []string
	for _, it := range l.kindsOf(l.f, cat1) {
		fit = append(fit, it.Key)
	}
	if grade := l.f.Value("condition.house_grade"); cat1 == l.cat1Of("house_c") && (grade == "C" || grade == "D") {
		return "house_" + strings.ToLower(grade)
	}
	if len(fit) == 1 {
		return fit[0]
	}
	return ""
}

func (k *kit) cat1Of(cat2 string) string {
	if it := k.profile.Item("measure_cat2", cat2); it != nil {
		return it.More["cat1"]
	}
	return ""
}

// kindsOf are the sub-categories of a category that the facts do not speak against.
func (k *kit) kindsOf(f *dialog.Form, cat1 string) []models.CodeItem {
	unfit := k.judgeOf(f).Unfit(k.file(f))
	var out []models.CodeItem
	for _, it := range k.profile.Codes["measure_cat2"] {
		if it.More["cat1"] == cat1 && !unfit(models.Measure{Cat1: cat1, Cat2: it.Key}) {
			out = append(out, it)
		}
	}
	return out
}

// cancelMeasure takes a measure off: a row that is not on file goes, one on file
// is cancelled and keeps its history.
func (l *ledger) cancelMeasure(m *plan.Measure) bool {
	var fits []string
	for _, ref := range l.live() {
		title := l.value(ref + ".title")
		if l.value(ref+".cat2") == m.Cat2 && (m.Title == "" || title == "" || strings.Contains(title, strings.TrimLeft(m.Title, lex().Denials)) || strings.Contains(m.Title, title)) {
			fits = append(fits, ref)
		}
	}
	if len(fits) == 0 {
		return false
	}
	if m.Title == "" && len(fits) > 1 { // 不养了, and there are pigs and cattle
		var opts []dialog.Option
		for _, ref := range fits {
			name := l.workName(row{l.f, ref})
			opts = append(opts, dialog.Option{Label: name, Say: l.texts.Say("measure.drop_say", "measure", name)})
		}
		l.ask(l.texts.Say("measure.drop_which"), opts)
		return true
	}
	name := l.workName(row{l.f, fits[0]})
	l.dropMeasure(fits[0])
	l.wrong = joinLines(l.wrong, l.texts.Say("measure.dropped", "measure", name))
	return true
}

// dropMeasure takes a measure with all that hangs on it off the plan.
func (l *ledger) dropMeasure(ref string) {
	if l.f.Marks[ref+".id"] != "" {
		l.put(ref+".status", "cancelled", "", false)
		return
	}
	for _, list := range []string{pathFunds, pathOuts, pathDuties} {
		for _, r := range l.of(list, ref) {
			l.drop(list, r)
		}
	}
	l.drop(pathWorks, ref)
}

// guessMeasure makes options of what a measure may be, or of whom it may be for.
func (l *ledger) guessMeasure(u plan.Unread, a asking) []dialog.Option {
	ref := cmp.Or(a.work, l.work)
	var out []dialog.Option
	for _, g := range u.Guess {
		switch {
		case l.profile.Item("measure_cat2", g) != nil && ref != "":
			out = append(out, dialog.Option{Label: l.profile.Label("measure_cat2", g), Say: ref + ".cat2=" + g})
		case strings.HasPrefix(g, "m") && ref != "":
			out = append(out, dialog.Option{Label: slot{l.f, g}.name(), Say: ref + ".targets=" + g})
		case l.official(l.f, g) != nil:
			p := l.official(l.f, g)
			out = append(out, dialog.Option{Label: l.personLabel(*p), Say: l.levelWord(p.Level()) + p.Name})
		}
	}
	return out
}

// measureLine is a measure as it is read back.
func (l *ledger) measureLine(ref string) string {
	m := l.measureOf(ref)
	for _, r := range l.of(pathFunds, ref) {
		m.Funds = append(m.Funds, l.fundOf(r))
	}
	for _, r := range l.of(pathOuts, ref) {
		m.Outputs = append(m.Outputs, l.outputOf(r))
	}
	return l.planner.ShowMeasure(m)
}

// measureOf is a row as the reader shows it, without its money and results.
func (l *ledger) measureOf(ref string) plan.Measure {
	v := func(key string) string { return l.value(ref + "." + key) }
	return plan.Measure{Cat1: v("cat1"), Cat2: v("cat2"), Title: v("title"), Qty: v("qty"), Unit: v("unit"), Start: v("start_date"), Due: v("due_date"), Year: v("year"), Will: v("will_sign")}
}
