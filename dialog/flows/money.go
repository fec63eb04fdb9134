package flows

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// readFunds takes the lines of money a text tells, each for the measure it is said of.
func (l *ledger) readFunds(text string, a asking) ([]string, bool) {
	if a.alone && len(l.set) == 0 {
		return []string{text}, false // money of nothing that was named
	}
	return l.each(text, a, (*ledger).readFundsOf)
}

// readFundsOf takes the money of one measure.
func (l *ledger) readFundsOf(work, text string, a asking) ([]string, bool) {
	if work == "" || l.value(work+".cat1") == "" {
		return []string{text}, false
	}
	a.work = work
	if a.part == "money" && l.f.Marks[markNoMoney] == work && !strings.ContainsFunc(text, unicode.IsNumber) && enough(text, 2) {
		l.takeFund(work, &plan.Fund{None: true, Why: strings.TrimSpace(text)})
		return nil, true
	}
	if l.paysFor(work, text, a) {
		return nil, true
	}
	fs, un := l.planner.Funds(text, l.planContext(a))
	if !moneyTold(fs, a.part == "money") {
		return []string{text}, false
	}
	l.work = work
	if slices.ContainsFunc(fs, func(x plan.Fund) bool { return x.None }) {
		l.unfund(work)
	}
	for i := range fs {
		l.takeFund(work, &fs[i])
	}
	left, _ := l.rest(un, nil)
	return left, true
}

// paysFor gives the lines of a measure that lack their source the one that a text names
// without a sum: 雨露的钱是专项资金.
func (l *ledger) paysFor(work, text string, a asking) bool {
	if named, _ := l.measureIn(text); a.part != "money" && named != work {
		return false
	}
	source := l.planner.Paid(text, l.planContext(a))
	took := false
	for _, ref := range l.of(pathFunds, work) {
		if source == "" || l.value(ref+".source") != "" || l.value(ref+".amount") == "" {
			continue
		}
		l.fill(ref+".source", source)
		l.fill(ref+".fund_kind", l.fundKind(source))
		l.whole(ref, l.nameOf(work)+" "+l.planner.ShowFund(l.fundOf(ref)))
		took = true
	}
	return took
}

// moneyTold: the lines say something of money for sure. Outside of the question
// about money a bare number is none.
func moneyTold(fs []plan.Fund, asked bool) bool {
	return slices.ContainsFunc(fs, func(x plan.Fund) bool {
		return x.None || asked && (x.Amount != "" || x.Paid != "") || x.Source != "" && (x.Amount != "" || x.Paid != "")
	})
}

// onlyWork is the measure a sentence is about when it names none.
func (l *ledger) onlyWork() string {
	if l.work != "" && slices.Contains(l.refs(pathWorks), l.work) {
		return l.work
	}
	if live := l.live(); len(live) == 1 {
		return live[0]
	}
	return ""
}

// unfund takes all money off a measure that is to cost nothing.
func (l *ledger) unfund(work string) {
	for _, ref := range l.of(pathFunds, work) {
		l.drop(pathFunds, ref)
	}
}

// takeFund adds a line of money to a measure, or changes the line of its year and
// source.
func (l *ledger) takeFund(work string, x *plan.Fund) {
	if x.None {
		said := x.Why
		if l.isWill(said) { // 不要钱，商量同意: that is no reason
			said = ""
		}
		why := cmp.Or(said, l.profile.UsualOf(l.value(work+".cat1"), l.value(work+".cat2")).NoMoney, l.texts.Say("money.none_why"))
		l.put(work+".no_money_why", why, l.texts.Say("money.none_said", "measure", l.nameOf(work), "why", why), false)
		return
	}
	year := x.Year
	if ys := l.yearsOf(work); year == "" && len(ys) == 1 {
		year = ys[0]
	}
	l.widen(work, year)
	ref := l.fundRow(work, year, x)
	if l.value(work+".no_money_why") != "" {
		l.put(work+".no_money_why", "", "", false)
	}
	l.fill(ref+".of", work)
	l.fill(ref+".fund_year", year)
	if x.Doubtful && year == x.Year {
		l.put(ref+".fund_year", year, "", true)
	}
	l.fill(ref+".source", x.Source)
	l.fill(ref+".fund_kind", cmp.Or(x.Kind, l.fundKind(x.Source)))
	if x.Amount != "" {
		l.put(ref+".amount", x.Amount, "", x.Approx)
	}
	l.fill(ref+".paid", x.Paid)
	l.fill(ref+".paid_date", x.PaidOn)
	l.fill(ref+".loan_months", x.Months)
	l.whole(ref, l.nameOf(work)+" "+l.planner.ShowFund(l.fundOf(ref)))
}

// isWill reports whether words tell what the family wants.
func (k *kit) isWill(said string) bool {
	return slices.ContainsFunc(k.profile.Codes["will"], func(it models.CodeItem) bool { return slices.Contains(it.Names(), said) })
}

// widen lets a measure begin in the year of its first money: of one whose end alone
// was said («2019年6月底前完成», money of 2018) that is all that is known.
func (l *ledger) widen(work, year string) {
	was, due := l.value(work+".year"), l.value(work+".due_date")
	if year != "" && l.value(work+".start_date") == "" && len(due) >= 4 && was == due[:4] && year < was && atoi(year) >= l.profile.FirstYear {
		l.put(work+".year", year, "", false)
	}
}

func (l *ledger) nameOf(work string) string {
	return l.profile.MeasureName(l.value(work+".title"), l.value(work+".cat1"), l.value(work+".cat2"))
}

// fundKind is the nature of money from a source (the entry "kind" of fund_source):
// own money is 自筹, credit a loan, all else a grant.
func (k *kit) fundKind(source string) string {
	it := k.profile.Item("fund_source", source)
	if it == nil {
		return ""
	}
	return cmp.Or(it.More["kind"], "grant")
}

// fundRow is the line of that year and source, or one that lacks what is told
// now; a new one otherwise. Two sums of one message are two lines (沪滇8000，沪滇2000),
// and so is what comes beside what there is: 又2000.
func (l *ledger) fundRow(work, year string, x *plan.Fund) string {
	for _, ref := range l.of(pathFunds, work) {
		y, source := l.value(ref+".fund_year"), l.value(ref+".source")
		sameYear := y == year || y == "" || year == ""
		amount := l.value(ref + ".amount")
		if _, now := l.at[ref+".amount"]; now && x.Amount != "" && (source == "" || x.Source == "" || x.Amount != amount) || x.More && amount != "" && amount != x.Amount {
			continue
		}
		if sameYear && (source == x.Source || source == "" || x.Source == "" && x.Amount == "") {
			return ref
		}
	}
	return l.add(pathFunds, false)
}

func (l *ledger) fundOf(ref string) plan.Fund {
	v := func(key string) string { return l.value(ref + "." + key) }
	return plan.Fund{Year: v("fund_year"), Source: v("source"), Kind: v("fund_kind"), Amount: v("amount"), Paid: v("paid"), Months: v("loan_months")}
}

// markNoMoney is the measure of which it was said that it costs nothing, and not why.
const markNoMoney = "no_money"

// yearSums is what is invested so far in each year, whoever pays.
func (k *kit) yearSums(f *dialog.Form) string {
	years := map[string]models.Dec{}
	for _, w := range k.works(f) {
		for _, x := range rowsOf(f, pathFunds, w.ref) {
			if amount, _ := models.ParseDec(x.v("amount")); amount.Known() {
				years[x.v("fund_year")] = years[x.v("fund_year")].Add(amount)
			}
		}
	}
	var out []string
	for _, y := range slices.Sorted(maps.Keys(years)) {
		year := k.texts.Say("money.no_year")
		if y != "" {
			year = k.reader.Show("fund.fund_year", y)
		}
		out = append(out, year+k.planner.Brief().ShowMoney(years[y].String()))
	}
	if len(out) == 0 {
		return ""
	}
	return k.texts.Say("money.sums", "list", strings.Join(out, "；"))
}

// sumsLine is what is invested so far, by year and source: 分类分年投资账.
func (k *kit) sumsLine(f *dialog.Form) string {
	type key struct{ year, source string }
	sums := map[key]models.Dec{}
	years, order := map[string]models.Dec{}, []key{}
	for _, w := range k.works(f) {
		for _, x := range rowsOf(f, pathFunds, w.ref) {
			amount, _ := models.ParseDec(x.v("amount"))
			if !amount.Known() {
				continue
			}
			at := key{x.v("fund_year"), x.v("source")}
			if _, seen := sums[at]; !seen {
				order = append(order, at)
			}
			sums[at] = sums[at].Add(amount)
			years[at.year] = years[at.year].Add(amount)
		}
	}
	slices.SortFunc(order, func(a, b key) int { return strings.Compare(a.year+a.source, b.year+b.source) })
	var out []string
	for i, at := range order {
		if i == 0 || order[i-1].year != at.year {
			year := k.texts.Say("money.no_year")
			if at.year != "" {
				year = k.reader.Show("fund.fund_year", at.year)
			}
			out = append(out, k.texts.Say("money.year_sum", "year", year, "sum", k.planner.ShowMoney(years[at.year].String())))
		}
		source := k.texts.Say("money.no_source")
		if at.source != "" {
			source = k.profile.Label("fund_source", at.source)
		}
		if i > 0 && order[i-1].year == at.year {
			out[len(out)-1] += k.texts.Say("money.and")
		}
		out[len(out)-1] += k.texts.Say("money.source_sum", "source", source, "sum", k.planner.ShowMoney(sums[at].String()))
	}
	if len(out) == 0 {
		return ""
	}
	return k.texts.Say("money.sums", "list", strings.Join(out, "；"))
}
