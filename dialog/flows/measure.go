package flows

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// readMeasures takes the measures a sentence tells, with their money, results and
// people. In the question about one measure its quantity, date and words are heard.
func (l *ledger) readMeasures(text string, a asking) ([]string, bool) {
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
// yet, or has the same title.
func (l *ledger) sameMeasure(m *plan.Measure) string {
	for _, ref := range l.refs(pathWorks) {
		if l.profile.Dead(l.value(ref + ".status")) {
			continue
		}
		v := func(key string) string { return l.value(ref + "." + key) }
		same := v("cat2") == m.Cat2 && m.Cat2 != "" || v("cat2") == "" && v("cat1") == m.Cat1
		if same && (v("content") == "" || m.Title == "" || v("title") == "" || v("title") == m.Title) {
			return ref
		}
	}
	return ""
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
	if m.Title != "" && (l.value(at("title")) == "" || m.Qty != "") {
		l.fill(at("title"), clip(m.Title, 20))
	}
	if m.Qty != "" {
		l.put(at("qty"), m.Qty, "", m.Approx)
		l.fill(at("unit"), cmp.Or(m.Unit, l.value(at("unit")), l.profile.UsualOf(l.value(at("cat1")), l.value(at("cat2"))).Unit))
	}
	l.fill(at("start_date"), m.Start)
	l.fill(at("due_date"), m.Due)
	if y := cmp.Or(m.Year, l.yearOfDue(m)); y != "" {
		l.fill(at("year"), y)
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

func (l *ledger) yearOfDue(m *plan.Measure) string {
	if m.Start != "" {
		return m.Start[:4]
	}
	return ""
}

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
	j := k.judgeOf(f)
	var out []models.CodeItem
	for _, it := range k.profile.Codes["measure_cat2"] {
		if it.More["cat1"] == cat1 && !j.Unfit(k.file(f), models.Measure{Cat1: cat1, Cat2: it.Key}) {
			out = append(out, it)
		}
	}
	return out
}

// cancelMeasure takes a measure off: a row that is not on file goes, one on file
// is cancelled and keeps its history.
func (l *ledger) cancelMeasure(m *plan.Measure) bool {
	for _, ref := range l.refs(pathWorks) {
		fits := l.value(ref+".cat2") == m.Cat2 && (m.Title == "" || l.value(ref+".title") == "" || strings.Contains(l.value(ref+".title"), strings.TrimLeft(m.Title, lex().Denials)) || strings.Contains(m.Title, l.value(ref+".title")))
		if !fits || l.profile.Dead(l.value(ref+".status")) {
			continue
		}
		name := l.workName(row{l.f, ref})
		l.dropMeasure(ref)
		l.wrong = joinLines(l.wrong, l.texts.Say("measure.dropped", "measure", name))
		return true
	}
	return false
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
	v := func(key string) string { return l.value(ref + "." + key) }
	m := plan.Measure{Cat1: v("cat1"), Cat2: v("cat2"), Title: v("title"), Qty: v("qty"), Unit: v("unit"), Start: v("start_date"), Due: v("due_date"), Year: v("year"), Will: v("will_sign")}
	for _, r := range l.of(pathFunds, ref) {
		m.Funds = append(m.Funds, l.fundOf(r))
	}
	for _, r := range l.of(pathOuts, ref) {
		m.Outputs = append(m.Outputs, l.outputOf(r))
	}
	return l.planner.ShowMeasure(m)
}

// kindCard asks which kind of measure it is, where only the category was said.
type kindCard struct{}

func (kindCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		out = append(out, w.path("cat2"))
	}
	return out
}

func (c kindCard) first(k *kit, f *dialog.Form) []string { return firstRow(f, c.wants(k, f)) }

func (kindCard) words(k *kit, f *dialog.Form, first []string) []string {
	return []string{"measure", k.workOf(f, first)}
}

// workOf is the name of the measure that paths are about.
func (k *kit) workOf(f *dialog.Form, first []string) string {
	if len(first) == 0 {
		return ""
	}
	ref, _, _ := strings.Cut(first[0], ".")
	return k.workName(row{f, ref})
}

func (kindCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	if len(first) == 0 {
		return nil
	}
	ref, _, _ := strings.Cut(first[0], ".")
	var out []choice
	for _, it := range k.kindsOf(f, f.Value(ref+".cat1")) {
		out = append(out, put(it.Label, it.Also, ref+".cat2", it.Key))
	}
	return out
}

func (kindCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	return asking{asked: plan.AskKind, work: refOfFirst(first)}
}

func refOfFirst(first []string) string {
	if len(first) == 0 {
		return ""
	}
	ref, _, _ := strings.Cut(first[0], ".")
	return ref
}

// detailCard asks what exactly is done, how much and by when, one measure at a
// time. What such a measure usually is stands there already.
type detailCard struct{}

func (detailCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		if w.v("cat2") == "" {
			continue
		}
		out = append(out, w.path("content"), w.path("qty"), w.path("unit"))
		if w.v("scope") == "person" {
			out = append(out, w.path("targets"))
		}
		out = append(out, w.path("year"), w.path("due_date"))
	}
	return out
}

// first are all measures of which only the usual words lack, since their date was
// said; else the first that lacks something.
func (c detailCard) first(k *kit, f *dialog.Form) []string {
	open := f.Open(c.wants(k, f))
	var easy []string
	for _, p := range open {
		w := row{f, refOfFirst([]string{p})}
		if w.v("due_date") != "" && w.v("year") != "" && k.usualRow(f, w)["content"] != "" {
			easy = append(easy, p)
		}
	}
	if len(easy) > 0 {
		return easy
	}
	return firstRow(f, open)
}

// worksOf are the measures that paths are about.
func worksOf(f *dialog.Form, paths []string) []row {
	var out []row
	for _, p := range paths {
		if ref := refOfFirst([]string{p}); len(out) == 0 || out[len(out)-1].ref != ref {
			out = append(out, row{f, ref})
		}
	}
	return out
}

func (detailCard) words(k *kit, f *dialog.Form, first []string) []string {
	if ws := worksOf(f, first); len(ws) > 0 && ws[0].v("due_date") != "" && ws[0].v("year") != "" && k.usualRow(f, ws[0])["content"] != "" {
		var lines []string
		for _, w := range ws {
			lines = append(lines, k.workName(w)+"："+k.proposedWork(w, k.usualRow(f, w)))
		}
		return []string{"list", strings.Join(lines, "\n"), "done", "1"}
	}
	w := row{f, refOfFirst(first)}
	u := k.usual(w)
	pairs := []string{"measure", k.workName(w), "example", cmp.Or(u.Example, k.texts.Say("measure.example"))}
	p := k.usualRow(f, w)
	if text := p["content"]; text != "" {
		return append(pairs, "old", "1", "list", k.proposedWork(w, p))
	}
	var lacks []string
	for _, path := range f.Open(first) {
		if fd := fieldOf(path); fd != nil && fd.Key != "unit" {
			lacks = append(lacks, fd.Label)
		}
	}
	now := ""
	if c := w.v("content"); c != "" {
		now = k.texts.Say("measure.now", "content", c)
	}
	return append(pairs, "lacks", strings.Join(lacks, "、"), "now", now)
}

// usualRow are the values that a measure usually has and this one lacks.
func (k *kit) usualRow(f *dialog.Form, w row) map[string]string {
	u := k.usual(w)
	out := map[string]string{}
	if u.Content == "" || enough(w.v("content"), k.limit("content_words")) && w.v("qty") != "" {
		return out
	}
	who := models.ParseSet(w.v("targets"))
	if len(who) == 0 {
		who = k.usualTargets(f, u)
	}
	if u.Targets != "" && len(who) == 0 {
		return out
	}
	out["targets"], out["unit"], out["qty"] = strings.Join(who, ","), cmp.Or(w.v("unit"), u.Unit), w.v("qty")
	if out["qty"] == "" {
		out["qty"], out["unit"] = itoa(max(1, len(who))), u.Unit
	}
	out["content"] = fill(u.Content, "who", k.memberNames(f, who), "head", f.Title)
	return out
}

// proposedWork is a measure as it is proposed.
func (k *kit) proposedWork(w row, p map[string]string) string {
	qty := p["qty"] + k.profile.Label("unit", p["unit"])
	u := k.usual(w)
	if u.Indicator == "" || u.Income {
		return k.texts.Say("measure.usual", "content", p["content"], "qty", qty)
	}
	return k.texts.Say("measure.usual_result", "content", p["content"], "qty", qty, "result", u.Indicator+k.usualTarget(u, p["qty"])+k.profile.Label("unit", u.OutUnit))
}

// memberNames are members by name.
func (k *kit) memberNames(f *dialog.Form, refs []string) string {
	var out []string
	for _, ref := range refs {
		out = append(out, slot{f, ref}.name())
	}
	return strings.Join(out, "、")
}

// usualTargets are the members such a measure is for.
func (k *kit) usualTargets(f *dialog.Form, u models.Usual) []string {
	var out []string
	for _, s := range present(f) {
		if is := targetKinds[u.Targets]; is != nil && is(k, s) && (u.Most == 0 || len(out) < u.Most) {
			out = append(out, s.ref)
		}
	}
	return out
}

// targetKinds are the words of Usual.Targets.
var targetKinds = map[string]func(k *kit, s slot) bool{
	"all":      func(*kit, slot) bool { return true },
	"ill":      func(_ *kit, s slot) bool { return s.ill() },
	"serious":  func(_ *kit, s slot) bool { return s.health().Has("serious") },
	"disabled": func(_ *kit, s slot) bool { return s.health().Has("disabled") },
	"labor":    func(_ *kit, s slot) bool { return s.works() && !s.student() },
	"adult":    func(_ *kit, s slot) bool { return s.age() >= 16 && !s.student() },
	"uninsured": func(_ *kit, s slot) bool {
		return s.v("med_ins") == "none" || s.v("med_ins") == "" || s.v("crit_ins") == string(models.No)
	},
	"vocational": func(k *kit, s slot) bool { return k.inStage(s, "vocational", "college", "technician") },
	"preschool":  func(k *kit, s slot) bool { return k.inStage(s, "preschool") },
	"pupil":      func(k *kit, s slot) bool { return k.inStage(s, "primary", "junior") },
	"senior":     func(k *kit, s slot) bool { return k.inStage(s, "senior", "vocational") },
	"college":    func(k *kit, s slot) bool { return k.inStage(s, "college", "bachelor", "graduate", "technician") },
	"dropout": func(_ *kit, s slot) bool {
		return s.v("dropout_reason") != "" || s.age() >= 6 && s.age() <= 15 && s.v("school_status") == "" && s.v("edu_level") != ""
	},
}

func (k *kit) inStage(s slot, stages ...string) bool {
	it := k.profile.Item("school", s.v("school_status"))
	return it != nil && slices.Contains(stages, it.More["stage"])
}

func (c detailCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	w := row{f, refOfFirst(first)}
	p := k.usualRow(f, w)
	if p["content"] != "" && w.v("due_date") != "" && w.v("year") != "" {
		return []choice{{label: k.texts.Say("plan.right"), do: func(l *ledger) {
			for _, w := range worksOf(f, first) {
				l.usualWork(w)
			}
		}}}
	}
	if p["content"] == "" && !(len(f.Open(first)) > 0 && onlyDates(f.Open(first))) {
		return nil
	}
	var out []choice
	for _, due := range k.dueDates(f) {
		out = append(out, choice{label: k.texts.Say("measure.by", "date", k.reader.Show("measure.due_date", due)), do: func(l *ledger) {
			l.put(w.path("due_date"), due, "", false)
			if l.value(w.path("year")) == "" {
				l.fill(w.path("year"), due[:4])
			}
			l.usualWork(w)
		}})
	}
	if p["content"] != "" {
		out = append(out, choice{label: k.texts.Say("measure.so"), also: append(k.also("duty.so.also"), k.texts.Say("plan.right")), do: func(l *ledger) { l.usualWork(w) }})
	}
	return out
}

// usualWork fills a measure with what such a one usually is.
func (l *ledger) usualWork(w row) {
	p := l.usualRow(l.f, w)
	for _, key := range []string{"content", "qty", "unit", "targets"} {
		l.fill(w.path(key), p[key])
	}
	for _, o := range l.resultsOf(w.ref) { // what such a measure brings was read out with it
		l.takeOutput(w.ref, &o)
	}
	l.work = w.ref
	l.whole(w.ref, l.measureLine(w.ref))
	for _, o := range l.of(pathOuts, w.ref) {
		l.whole(o, "")
	}
}

// resultsOf are the usual results of a measure as the message leaves it.
func (l *ledger) resultsOf(ref string) []plan.Output {
	g := *l.f
	g.Answers, g.Scratch = maps.Clone(l.f.Answers), nil
	for _, a := range l.set {
		g.Answers[a.Path] = a.Value
	}
	return l.usualOutputs(row{&g, ref})
}

// onlyDates: nothing lacks but when.
func onlyDates(open []string) bool {
	return !slices.ContainsFunc(open, func(p string) bool {
		return !strings.HasSuffix(p, ".year") && !strings.HasSuffix(p, ".due_date")
	})
}

// dueDates are the ends of half years ahead within the programme; when it is over,
// its years' ends.
func (k *kit) dueDates(f *dialog.Form) []string {
	today := f.Marks[markToday]
	var out []string
	for y := k.profile.FirstYear; y <= k.profile.LastYear; y++ {
		for _, end := range []string{"-06-30", "-12-31"} {
			if d := itoa(y) + end; d >= today {
				out = append(out, d)
			}
		}
	}
	if len(out) == 0 {
		for y := k.profile.FirstYear; y <= k.profile.LastYear; y++ {
			out = append(out, itoa(y)+"-12-31")
		}
	}
	return out[:min(len(out), 5)]
}

func (detailCard) asking(_ *kit, f *dialog.Form, first []string) asking {
	a := asking{asked: plan.AskContent, work: refOfFirst(first)}
	open := f.Open(first)
	switch {
	case len(open) > 0 && onlyDates(open):
		a.asked = plan.AskDue
	case len(open) > 0 && strings.HasSuffix(open[0], ".qty"):
		a.asked = plan.AskQty
	case len(open) == 1 && strings.HasSuffix(open[0], ".targets"):
		a.asked = plan.AskTargets
	}
	return a
}

// willCard asks whether the family wants it, for all measures at once.
type willCard struct{}

func (willCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		out = append(out, w.path("will_sign"))
	}
	return out
}

func (c willCard) first(k *kit, f *dialog.Form) []string {
	if open := f.Open(c.wants(k, f)); len(open) > 0 {
		return open
	}
	return c.wants(k, f)
}

func (willCard) words(k *kit, f *dialog.Form, first []string) []string {
	var out []string
	for _, p := range first {
		ref, _, _ := strings.Cut(p, ".")
		out = append(out, k.workName(row{f, ref}))
	}
	return []string{"measures", strings.Join(out, "、")}
}

func (willCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	var out []choice
	for _, it := range k.profile.Codes["will"] {
		label := it.Label
		if len(first) > 1 {
			label = k.texts.Say("offer.all", "label", it.Label)
		}
		out = append(out, choice{label: label, also: it.Names(), do: func(l *ledger) {
			for i, p := range first {
				said := ""
				if i == 0 {
					said = label
				}
				l.put(p, it.Key, said, false)
			}
		}})
	}
	return out
}

func (willCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	a := asking{asked: plan.AskWill}
	if len(first) == 1 {
		a.work = refOfFirst(first)
	}
	return a
}
