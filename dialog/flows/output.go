package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// readOutputs takes the results a text promises, each for the measure it is said of.
func (l *ledger) readOutputs(text string, a asking) ([]string, bool) {
	if a.alone && len(l.set) == 0 {
		return []string{text}, false
	}
	return l.each(text, a, (*ledger).readOutputsOf)
}

// readOutputsOf takes the results of one measure.
func (l *ledger) readOutputsOf(work, text string, a asking) ([]string, bool) {
	if work == "" || l.value(work+".cat1") == "" {
		return []string{text}, false
	}
	a.work = work
	os, un := l.planner.Outputs(text, l.planContext(a))
	os = slices.DeleteFunc(os, func(o plan.Output) bool { // a bare number says nothing of what
		return o.Indicator == "" && o.Unit == "" && o.Income == "" && o.Year == ""
	})
	if len(os) == 0 {
		return []string{text}, false
	}
	l.work = work
	for i := range os {
		l.takeOutput(work, &os[i])
	}
	left, _ := l.rest(un, nil)
	return left, true
}

// takeOutput adds a result to a measure, or changes the one of its year.
func (l *ledger) takeOutput(work string, o *plan.Output) {
	year := o.Year
	if ys := l.yearsOf(work); year == "" && len(ys) > 0 {
		year = ys[len(ys)-1] // a result is there when the work is done
	}
	ref := l.outputRow(work, year, o)
	u := l.profile.UsualOf(l.value(work+".cat1"), l.value(work+".cat2"))
	l.fill(ref+".of", work)
	l.fill(ref+".output_year", year)
	old := l.value(ref + ".indicator")
	if o.Indicator != "" && (old == "" || !o.OnlyIncome()) {
		l.fill(ref+".indicator", o.Indicator)
		l.fill(ref+".output_unit", o.Unit)
	} else if old == "" {
		what := cmp.Or(o.Indicator, u.Indicator)
		if o.Unit != "" && o.Unit != u.OutUnit {
			what = cmp.Or(o.Indicator, l.nameOf(work)) // 18年买牛2头: that they are there
		}
		l.fill(ref+".indicator", what)
		l.fill(ref+".output_unit", cmp.Or(o.Unit, u.OutUnit))
	}
	if o.Target != "" && (old == "" || !o.OnlyIncome()) {
		l.put(ref+".target", o.Target, "", o.Approx && o.Target != o.Income)
	}
	l.fill(ref+".actual", o.Actual)
	if o.Income != "" {
		l.put(ref+".income_effect", o.Income, "", o.Approx)
	}
	l.whole(ref, l.nameOf(work)+" "+l.planner.ShowOutput(l.outputOf(ref)))
}

// outputRow is the row of a year and indicator: an income told for a year belongs
// to the result that is there already.
func (l *ledger) outputRow(work, year string, o *plan.Output) string {
	for _, ref := range l.of(pathOuts, work) {
		y, what := l.value(ref+".output_year"), l.value(ref+".indicator")
		if (y == year || y == "") && (what == o.Indicator || o.Indicator == "" || what == "" || o.OnlyIncome()) {
			return ref
		}
	}
	return l.add(pathOuts, false)
}

func (l *ledger) outputOf(ref string) plan.Output {
	v := func(key string) string { return l.value(ref + "." + key) }
	return plan.Output{Year: v("output_year"), Indicator: v("indicator"), Unit: v("output_unit"), Target: v("target"), Actual: v("actual"), Income: v("income_effect")}
}

// pathOut of a measure is settled when each of its years has a result, and one of
// them an income where the measure is to raise it.
const pathOut = ".outs"

// outputCard asks what comes of each measure. Where the usual result says it all
// for all that are open, one yes settles them together.
type outputCard struct{}

func (outputCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		if w.v("cat2") != "" && (len(k.years(w)) > 0 || f.Settled(w.ref+pathOut)) {
			out = append(out, w.ref+pathOut)
		}
	}
	return out
}

// first are all measures whose results can be proposed, else the first that needs
// words.
func (c outputCard) first(k *kit, f *dialog.Form) []string {
	open := f.Open(c.wants(k, f))
	var easy []string
	for _, p := range open {
		if len(k.usualOutputs(rowAt(f, p))) > 0 {
			easy = append(easy, p)
		}
	}
	if len(easy) > 0 {
		return easy
	}
	return firstRow(f, open)
}

// usualOutputs are the results such a measure usually has, for its years without
// one; none when it is to raise the income, which nobody but the person knows.
func (k *kit) usualOutputs(w row) []plan.Output {
	u := k.usual(w)
	if u.Indicator == "" || u.Income || w.v("qty") == "" {
		return nil
	}
	target := k.usualTarget(u, w.v("qty"))
	var out []plan.Output
	for _, y := range k.unproven(w) {
		out = append(out, plan.Output{Year: y, Indicator: u.Indicator, Unit: u.OutUnit, Target: target})
	}
	return out
}

// usualTarget is how much of the usual result there is: as many people or as much as
// the measure is for, else one household.
func (k *kit) usualTarget(u models.Usual, qty string) string {
	if u.OutUnit == "ren" || u.Out == "qty" {
		return qty
	}
	return "1"
}

// unproven are the years of a measure without a result.
func (k *kit) unproven(w row) []string {
	return slices.DeleteFunc(k.years(w), func(y string) bool {
		return slices.ContainsFunc(rowsOf(w.f, pathOuts, w.ref), func(x row) bool {
			return x.v("output_year") == y && x.v("indicator") != "" && positive(x.v("target"))
		})
	})
}

// earns reports whether a measure has to say what it adds to the income.
func (k *kit) earns(w row) bool {
	c1 := k.profile.Item("measure_cat1", w.v("cat1"))
	role := w.v("cat1")
	if c1 != nil && c1.More["role"] != "" {
		role = c1.More["role"]
	}
	return (role == "industry" || role == "employment") && !slices.ContainsFunc(rowsOf(w.f, pathOuts, w.ref), func(x row) bool { return positive(x.v("income_effect")) })
}

func (c outputCard) words(k *kit, f *dialog.Form, first []string) []string {
	var lines []string
	for _, p := range first {
		w := rowAt(f, p)
		for _, o := range k.usualOutputs(w) {
			lines = append(lines, k.workName(w)+"："+k.planner.ShowOutput(o))
		}
	}
	if len(lines) > 0 {
		return []string{"old", "1", "list", strings.Join(lines, "\n")}
	}
	w := firstOf(f, first)
	u := k.usual(w)
	lack := k.texts.Say("output.years", "years", strings.Join(k.unproven(w), "、"))
	if len(k.unproven(w)) == 0 {
		lack = k.texts.Say("output.income")
	}
	return []string{"measure", k.workLine(w), "lack", lack, "example", cmp.Or(u.OutExample, k.texts.Say("output.example"))}
}

func (c outputCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	var with []row
	for _, p := range first {
		if w := rowAt(f, p); len(k.usualOutputs(w)) > 0 {
			with = append(with, w)
		}
	}
	if len(with) == 0 {
		return k.inPlace(firstOf(f, first))
	}
	return []choice{{label: k.texts.Say("plan.right"), do: func(l *ledger) {
		for _, w := range with {
			for _, o := range k.usualOutputs(w) {
				l.takeOutput(w.ref, &o)
			}
		}
	}}}
}

// inPlace offers, for the first year without a result, that what is planned is
// there by then: cattle are bought in one year and sold in the next.
func (k *kit) inPlace(w row) []choice {
	years := k.unproven(w)
	if len(years) == 0 || w.v("qty") == "" || w.v("unit") == "yuan" {
		return nil
	}
	o := plan.Output{Year: years[0], Indicator: k.workName(w), Unit: w.v("unit"), Target: w.v("qty")}
	return []choice{{label: k.texts.Say("output.in_place", "what", k.planner.ShowOutput(o)), do: func(l *ledger) { l.takeOutput(w.ref, &o) }}}
}

func (outputCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	a := asking{asked: plan.AskOutput}
	if len(first) == 1 {
		a.work = firstOf(nil, first).ref
	}
	return a
}
