package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// amendPlan is 改 in the conversation about the plan: 改 养牛 数量 3头, 改 养牛 资金,
// 改 因病 说明, 改 次序 5, or a sentence that says the new value by itself.
func (t *talk) amendPlan(f *dialog.Form, arg string) error {
	if path, value := t.planField(f, arg); path != "" {
		return t.amendPath(f, path, value)
	}
	h := t.hearPlan(f, arg, asking{}, t.in)
	if h.Understood() || h.Wrong != "" || h.Which != nil {
		return t.heardBack(t.plan.Apply(f, h, t.derive))
	}
	if r, _ := t.rowNamed(f, arg); r.ref != "" {
		for _, l := range t.planLines(f) {
			if slices.ContainsFunc(l.paths, func(p string) bool { return strings.HasPrefix(p, r.ref+".") }) {
				return t.amendLine(f, l)
			}
		}
	}
	t.note("amend.plan_unknown", "said", clip(arg, 20))
	return t.goOn()
}

// amendPath calls the question of a path back, and gives it the value that was
// said with it.
func (t *talk) amendPath(f *dialog.Form, path, value string) error {
	if l := t.ledger(f, t.in); l.plainly(path, value) {
		return t.heardBack(t.plan.Apply(f, l.heard(), t.derive))
	}
	c := t.plan.CardOf(f, path)
	if c == nil {
		t.note("amend.with_value", "field", t.pathLabel(path))
		return t.goOn()
	}
	f.Marks[markFocus], _, _ = strings.Cut(path, ".")
	f.Card, f.Force, f.Tries = c.ID(), true, 0
	if strings.Trim(value, lex().Linkers) == "" {
		return t.goOn()
	}
	in := t.in
	in.Text = value
	return t.heardBack(t.plan.Give(f, in, t.derive))
}

// plainly puts a bare number, a year or a reason into the field that was named: 改 养鸡 数量 40,
// 改 养鸡 年度 2019. The question of the field would hear it for something else.
func (l *ledger) plainly(path, value string) bool {
	fd := fieldOf(path)
	value = strings.Trim(value, lex().Linkers)
	if fd == nil || value == "" {
		return false
	}
	said := func(v string) string { return l.texts.Say("said.field", "field", fd.Label, "value", v) }
	switch fd.Kind {
	case models.KindYear:
		year := strings.TrimSuffix(value, lex().YearSign)
		if len(year) != 4 || !digits(year) {
			return false
		}
		l.put(path, year, said(year), false)
	case models.KindNumber, models.KindMoney:
		n, ok := zh.Number(value)
		if !ok || n.Approx {
			return false
		}
		l.put(path, n.Value.String(), said(value), false)
	case models.KindText:
		if fd.Path() != "cause.desc" || !enough(value, l.limit("cause_words")) {
			return false // the words of a measure hold its quantity and dates as well
		}
		l.put(path, value, said(value), false)
	default:
		return false
	}
	return true
}

// planField is the path that words name — a row and its field, or a field there is
// one of — and what was said behind it.
func (t *talk) planField(f *dialog.Form, arg string) (path, value string) {
	r, rest := t.rowNamed(f, arg)
	meant := func(p string) bool {
		record, ref, _ := recordOf(p)
		return r.ref != "" && ref == r.ref || r.ref == "" && (record == "helper" || record == "exit" || record == "area_exit")
	}
	var paths []string
	for _, l := range t.planLines(f) {
		for _, p := range l.paths {
			if meant(p) {
				paths = append(paths, p)
			}
		}
	}
	if r.ref == "" && len(rows(f, pathCauses)) > 0 {
		paths = append(paths, pathCauses)
	}
	if strings.HasPrefix(r.ref, listLetter[pathWorks]) {
		paths = append(paths, r.path("year"), r.path("start_date"))
		if funds := rowsOf(f, pathFunds, r.ref); len(funds) == 1 { // of several it must be said which
			paths = append(paths, funds[0].path("amount"), funds[0].path("fund_year"), funds[0].path("paid"))
		}
	}
	rest = strings.TrimLeft(rest, " 的，,")
	best := 0
	for _, p := range paths {
		for _, name := range t.pathNames(p) {
			if len(name) > best && strings.HasPrefix(zh.Fold(rest), zh.Fold(name)) {
				best, path = len(name), p
				value, _ = after(rest, zh.Fold(name))
			}
		}
	}
	return path, value
}

// pathNames are the words for a path: its label and what else it is called.
func (t *talk) pathNames(path string) []string {
	out := []string{t.pathLabel(path)}
	if fd := fieldOf(path); fd != nil {
		out = append(out, fd.Also...)
	}
	if path == pathCauses {
		out = []string{t.profile.Labels["cause_word"]}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// rowNamed is the cause or measure whose name begins a text, and what follows. The
// own name of a measure goes before that of its kind; the name of a kind that
// several measures are of is nobody's.
func (t *talk) rowNamed(f *dialog.Form, text string) (r row, rest string) {
	best, several := 0, false
	try := func(x row, names ...string) {
		for _, name := range names {
			if name == "" || len(name) < best {
				continue
			}
			if tail, ok := after(text, zh.Fold(name)); ok {
				several = len(name) == best && x.ref != r.ref && r.ref != ""
				r, rest, best = x, tail, len(name)
			}
		}
	}
	for _, w := range t.works(f) {
		try(w, w.v("title"))
	}
	if r.ref != "" && !several {
		return r, rest
	}
	for _, c := range rows(f, pathCauses) {
		try(c, t.codeNames("cause", c.v("cause"))...)
	}
	for _, w := range t.works(f) {
		try(w, t.kindNames(w)...)
	}
	if several || r.ref == "" {
		return row{}, text
	}
	return r, rest
}

// kindNames are the names of a measure's kind that may mean it: 养羊 is another name
// for its kind, but not for a measure that is called 养鸡.
func (t *talk) kindNames(w row) []string {
	title := w.v("title")
	label := t.profile.Label("measure_cat2", w.v("cat2"))
	names := t.codeNames("measure_cat2", w.v("cat2"))
	own := func(name string) bool { return strings.Contains(title, name) }
	if !slices.ContainsFunc(names, func(n string) bool { return len([]rune(n)) > 1 && n != label && own(n) }) {
		return names
	}
	return slices.DeleteFunc(names, func(n string) bool { return n != label && !own(n) })
}

// rowLike is the only measure whose name or kind has the words in it: 危改 for
// C级危改加固.
func (t *talk) rowLike(f *dialog.Form, words string) (found row) {
	n := 0
	for _, w := range t.works(f) {
		kinds := append(t.codeNames("measure_cat1", w.v("cat1")), t.codeNames("measure_cat2", w.v("cat2"))...)
		if strings.Contains(w.v("title"), words) || slices.Contains(kinds, words) {
			found, n = w, n+1
		}
	}
	if n != 1 || len([]rune(words)) < 2 {
		return row{}
	}
	return found
}

// codeNames are the words for a code.
func (k *kit) codeNames(list, key string) []string {
	if it := k.profile.Item(list, key); it != nil {
		return it.Names()
	}
	return nil
}

// dropRow takes a cause or a measure off the plan; false when none is named.
func (t *talk) dropRow(f *dialog.Form, arg string) (bool, error) {
	r, rest := t.rowNamed(f, arg)
	if r.ref == "" || strings.TrimSpace(rest) != "" {
		if r = t.rowLike(f, arg); r.ref == "" {
			return false, nil
		}
	}
	l := t.ledger(f, t.in)
	name := t.profile.Label("cause", r.v("cause"))
	if strings.HasPrefix(r.ref, listLetter[pathWorks]) {
		name = t.workName(r)
		l.dropMeasure(r.ref)
	} else {
		l.drop(pathCauses, r.ref)
	}
	h := l.heard()
	h.Wrong = t.texts.Say("measure.dropped", "measure", name)
	return true, t.heardBack(t.plan.Apply(f, h, t.derive))
}

// addPlan is 加: one more cause, measure, line of money; alone it says how.
func (t *talk) addPlan(f *dialog.Form, arg string) error {
	if arg == "" {
		t.note("plan.add_how")
		return t.goOn()
	}
	h := t.hearPlan(f, arg, asking{}, t.in)
	if h.Understood() || h.Which != nil || h.Wrong != "" {
		return t.heardBack(t.plan.Apply(f, h, t.derive))
	}
	t.note("amend.plan_unknown", "said", clip(arg, 20))
	return t.goOn()
}

// agreedEarly tells that an assessment before the visit does not count (domain.md
// §3 ② e: 在①之后或同日).
func (t *talk) agreedEarly(f *dialog.Form, took []dialog.Assign) {
	visit := t.file(f).Household.VisitDate
	for _, a := range took {
		if record, _, key := recordOf(a.Path); record == "cause" && key == "confirm_date" && models.Date(a.Value) < visit {
			t.note("agree.early", "on", t.reader.Show("cause.confirm_date", a.Value), "visit", t.reader.Show("household.visit_date", string(visit)))
			return
		}
	}
}
