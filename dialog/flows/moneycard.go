package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// fundCard asks where the money of each measure comes from.
type fundCard struct{}

// pathMoney of a measure is settled when each of its years has money, or none is
// needed.
const pathMoney = ".funds"

func (fundCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		if w.v("cat2") != "" && (len(k.years(w)) > 0 || f.Settled(w.ref+pathMoney)) {
			out = append(out, w.ref+pathMoney)
		}
	}
	return out
}

func (c fundCard) first(k *kit, f *dialog.Form) []string { return firstRow(f, c.wants(k, f)) }

func (fundCard) words(k *kit, f *dialog.Form, first []string) []string {
	w := firstOf(f, first)
	return []string{"measure", k.workLine(w), "years", strings.Join(k.unfunded(w), "、"), "sums", k.sumsLine(f), "example", k.profile.Labels["say_money"]}
}

// workLine is a measure with quantity and term: 养牛 2头（2018年12月31日前）.
func (k *kit) workLine(w row) string {
	qty := ""
	if n := w.v("qty"); n != "" && w.v("unit") != "yuan" {
		qty = " " + n + k.profile.Label("unit", w.v("unit"))
	}
	return k.workName(w) + qty
}

// unfunded are the years of a measure without money.
func (k *kit) unfunded(w row) []string {
	return slices.DeleteFunc(k.years(w), func(y string) bool {
		return slices.ContainsFunc(rowsOf(w.f, pathFunds, w.ref), func(x row) bool { return x.v("fund_year") == y && x.v("amount") != "" })
	})
}

func (fundCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	w := firstOf(f, first)
	u := k.usual(w)
	var out []choice
	if u.NoMoney != "" {
		out = append(out, k.noMoney(w, u.NoMoney))
	}
	if sum, ok := k.usualSum(f, w); ok && u.Source != "" && len(k.unfunded(w)) > 0 {
		label := k.texts.Say("money.usual", "source", k.profile.Label("fund_source", u.Source), "sum", k.planner.ShowMoney(sum))
		out = append(out, choice{label: label, do: func(l *ledger) {
			for _, y := range l.unfunded(w) {
				l.takeFund(w.ref, &plan.Fund{Year: y, Source: u.Source, Kind: k.fundKind(u.Source), Amount: sum})
			}
		}})
	}
	if u.NoMoney == "" {
		out = append(out, k.noMoney(w, ""))
	}
	return out
}

func (k *kit) noMoney(w row, why string) choice {
	label := k.texts.Say("money.none")
	if why != "" {
		label = k.texts.Say("money.none_as", "why", why)
	}
	return choice{label: label, also: k.also("money.none_words"), do: func(l *ledger) {
		if why == "" && l.f.Marks[markNoMoney] != w.ref { // 零投入须写理由 (domain.md §3 ④ a)
			l.f.Marks[markNoMoney] = w.ref
			l.which = &dialog.Reply{Text: k.texts.Say("money.why", "measure", k.workName(w))}
			return
		}
		l.unfund(w.ref)
		l.takeFund(w.ref, &plan.Fund{None: true, Why: why})
	}}
}

// usualSum is the sum that the standard allows for a measure like this, in yuan.
func (k *kit) usualSum(f *dialog.Form, w row) (string, bool) {
	u := k.usual(w)
	year := models.Date(w.v("due_date")).Year()
	t, ok := k.profile.Threshold(u.Limit, year, k.file(f).Household.Village)
	if u.Limit == "" || !ok {
		return "", false
	}
	n := 1
	if strings.Contains(u.Limit, "person") {
		n = max(1, len(models.ParseSet(w.v("targets"))))
	}
	return models.DecOf(t.Value * float64(n)).String(), true
}

func (fundCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	return asking{asked: plan.AskMoney, work: firstOf(nil, first).ref}
}

// fundGapCard asks what a line of money lacks: its source, its year, how much.
type fundGapCard struct{ key string }

func (c fundGapCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		for _, x := range rowsOf(f, pathFunds, w.ref) {
			out = append(out, x.path(c.key))
		}
	}
	return out
}

func (c fundGapCard) first(k *kit, f *dialog.Form) []string { return firstRow(f, c.wants(k, f)) }

func (fundGapCard) words(k *kit, f *dialog.Form, first []string) []string {
	x := firstOf(f, first)
	amount, year := x.v("amount"), x.v("fund_year")
	if amount != "" {
		amount = k.planner.ShowMoney(amount)
	}
	if year != "" {
		year = k.reader.Show("fund.fund_year", year)
	}
	return []string{"measure", k.workName(row{f, x.of()}), "amount", amount, "year", year}
}

func (c fundGapCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	x := firstOf(f, first)
	var out []choice
	switch c.key {
	case "source":
		for _, it := range k.profile.Codes["fund_source"] {
			out = append(out, choice{label: it.Label, also: it.Also, do: func(l *ledger) {
				l.put(x.path("source"), it.Key, it.Label, false)
				l.fill(x.path("fund_kind"), k.fundKind(it.Key))
				for _, other := range l.of(pathFunds, x.v("of")) { // the same sum of another year
					if l.value(other+".source") == "" && l.value(other+".amount") == x.v("amount") {
						l.fill(other+".source", it.Key)
						l.fill(other+".fund_kind", k.fundKind(it.Key))
					}
				}
			}})
		}
	case "fund_year":
		for _, y := range k.years(row{f, x.of()}) {
			out = append(out, put(k.reader.Show("fund.fund_year", y), []string{y}, x.path("fund_year"), y))
		}
	}
	return out
}

func (c fundGapCard) asking(_ *kit, f *dialog.Form, first []string) asking {
	return asking{asked: plan.AskMoney, work: f.Value(firstOf(nil, first).ref + ".of")}
}

// pastCard asks, for years that are over, what was paid and what came of it.
type pastCard struct{}

func (pastCard) wants(k *kit, f *dialog.Form) []string {
	now := models.Date(f.Marks[markToday]).Year()
	var out []string
	for _, w := range k.works(f) {
		for _, x := range rowsOf(f, pathFunds, w.ref) {
			if y := atoi(x.v("fund_year")); y != 0 && y < now {
				out = append(out, x.path("paid"))
			}
		}
		for _, x := range rowsOf(f, pathOuts, w.ref) {
			if y := atoi(x.v("output_year")); y != 0 && y < now {
				out = append(out, x.path("actual"))
			}
		}
	}
	return out
}

func (c pastCard) first(k *kit, f *dialog.Form) []string {
	if open := f.Open(c.wants(k, f)); len(open) > 0 {
		return open
	}
	return c.wants(k, f)
}

func (pastCard) words(k *kit, f *dialog.Form, first []string) []string {
	var out []string
	for _, p := range first {
		x := rowAt(f, p)
		if strings.HasSuffix(p, ".paid") {
			out = append(out, k.workName(row{f, x.of()})+" "+k.planner.ShowFund(plan.Fund{Year: x.v("fund_year"), Source: x.v("source"), Amount: x.v("amount")}))
			continue
		}
		out = append(out, k.workName(row{f, x.of()})+" "+k.planner.ShowOutput(plan.Output{Year: x.v("output_year"), Indicator: x.v("indicator"), Unit: x.v("output_unit"), Target: x.v("target")}))
	}
	return []string{"list", strings.Join(out, "\n")}
}

func (pastCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	all := func(label string, also []string, of func(x row) (paid, actual string)) choice {
		return choice{label: label, also: also, do: func(l *ledger) {
			for i, p := range first {
				paid, actual := of(rowAt(f, p))
				said := ""
				if i == 0 {
					said = label
				}
				value := actual
				if strings.HasSuffix(p, ".paid") {
					value = paid
				}
				l.put(p, value, said, false)
			}
		}}
	}
	return []choice{
		all(k.texts.Say("past.all"), k.also("past.all.also"), func(x row) (string, string) { return x.v("amount"), x.v("target") }),
		all(k.texts.Say("past.nothing"), k.also("past.nothing.also"), func(row) (string, string) { return "0", "0" }),
		all(k.texts.Say("past.paid"), k.also("past.paid.also"), func(x row) (string, string) { return x.v("amount"), "0" }),
	}
}

func (pastCard) asking(_ *kit, f *dialog.Form, first []string) asking {
	return asking{asked: plan.AskMoney, work: f.Value(firstOf(nil, first).ref + ".of")}
}
