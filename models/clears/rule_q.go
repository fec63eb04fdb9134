package clears

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// fund is a line of money with its index in the dossier.
type fund struct {
	*models.Fund
	n int
}

func (f fund) id() string { return cmp.Or(f.ID, itoa(f.n)) }

func (f fund) path(fields ...string) []string { return several("fund", f.n, fields...) }

// funds are the lines of money of a measure.
func (r *run) funds(w work) []fund {
	var out []fund
	for i := range r.d.Funds {
		if f := &r.d.Funds[i]; r.belongs(f.MeasureID, w) {
			out = append(out, fund{f, i})
		}
	}
	return out
}

// eachFund goes over all money of the programme.
func (r *run) eachFund(do func(work, fund)) {
	for _, w := range r.works {
		for i := range r.d.Funds {
			if f := &r.d.Funds[i]; r.belongs(f.MeasureID, w) {
				do(w, fund{f, i})
			}
		}
	}
}

// q01: a stated sum that its parts do not make.
func q01(r *run) {
	for _, t := range r.ctx.Totals {
		parts := t.Parts.Float()
		if t.Record != "village" {
			parts = 0
			r.eachFund(func(w work, f fund) {
				if f.Year.N() == t.Year && (t.Record == "household" || t.ID == w.ID) {
					parts += f.Amount.Float()
				}
			})
		}
		if diff := t.Stated.Float() - parts; diff > r.limit("sum_tolerance") || -diff > r.limit("sum_tolerance") {
			r.hit(t.Record, t.ID, []string{"fund"}, "year", itoa(t.Year), "a", money(t.Stated.Float()), "b", money(parts))
		}
	}
}

// q02: no source of the list, or no amount.
func q02(r *run) {
	r.eachFund(func(_ work, f fund) {
		amount := f.Amount.N() > 0 || r.typing() && !f.Amount.Known()
		source := r.p.Item("fund_source", f.Source) != nil || r.typing() && f.Source == ""
		if !amount || !source {
			r.hit("fund", f.id(), f.path("source", "amount"))
		}
	})
}

// span is the first and last year of a measure, 0 when unknown.
func (w work) span() (from, to int) {
	from, to = w.Measure.Year.N(), max(w.Measure.Year.N(), w.Due.Year())
	if y := w.Start.Year(); y != 0 && (from == 0 || y < from) {
		from = y
	}
	return from, to
}

// q03: money of a year outside the programme, or outside the measure.
func q03(r *run) {
	r.eachFund(func(w work, f fund) {
		y := f.Year.N()
		from, to := w.span()
		switch {
		case y == 0:
		case y < r.p.FirstYear || y > r.p.LastYear:
			r.hit("fund", f.id(), f.path("fund_year"), "year", itoa(y), "first", itoa(r.p.FirstYear), "last", itoa(r.p.LastYear))
		case from != 0 && (y < from || y > to):
			r.hitAs("measure", "fund", f.id(), append(f.path("fund_year"), w.path("year")...), "year", itoa(y))
		}
	})
}

// q04: more than the standard allows.
func q04(r *run) {
	for _, w := range r.works {
		funds := r.funds(w)
		if len(funds) == 0 {
			continue
		}
		for i := range r.p.Thresholds {
			name, ok := strings.CutPrefix(r.p.Thresholds[i].Name, "limit.")
			if !ok {
				continue
			}
			kind, how, _ := strings.Cut(name, ".")
			if kind == w.Cat2 || kind == w.Cat1 {
				r.hold(w, funds, &r.p.Thresholds[i], how)
			}
		}
	}
}

// hold compares the money of a measure with one limit. how says what the limit
// is for: "" the whole grant (or loan), "person" per person, "person.year" per
// person and year, "months" the length of a loan, "self" own money.
func (r *run) hold(w work, funds []fund, t *models.Threshold, how string) {
	if best, ok := r.p.Threshold(t.Name, t.Year, r.d.Household.Village); !ok || best != *t {
		return // another row is more to the point
	}
	limit, kind := t.Value+r.limit("extra."+strings.TrimPrefix(t.Name, "limit.")), "grant"
	if w.kind == "loan" {
		kind = "loan"
	}
	if strings.HasPrefix(how, "self") {
		kind = "self"
	}
	if strings.Contains(how, "person") {
		n := len(w.Targets)
		if n == 0 {
			n = len(r.people)
		}
		limit *= float64(n)
	}
	sums, worst := map[int]float64{}, 0.0
	var paths []string
	for _, f := range funds {
		year := f.Year.N()
		switch {
		case how == "months":
			worst = max(worst, float64(f.Months.N()))
			paths = append(paths, f.path("loan_months")...)
		case f.Kind == kind && (t.Year == 0 || t.Year == year):
			if !strings.HasSuffix(how, "year") {
				year = 0
			}
			sums[year] += f.Amount.Float()
			worst = max(worst, sums[year])
			paths = append(paths, f.path("amount")...)
		}
	}
	if worst > limit {
		variant := ""
		if !t.Firm {
			variant = "soft"
		}
		unit, _, _ := strings.Cut(t.Unit, "/")
		r.hitAs(variant, "measure", w.id(), paths, "item", cmp.Or(w.c2.Label, w.c1.Label), "max", num(limit), "value", num(worst), "unit", unit)
	}
}

// q05: an amount that looks like another unit.
func q05(r *run) {
	large, small, project := r.limit("amount_large"), r.limit("amount_small"), r.limit("project_large")
	r.eachFund(func(w work, f fund) {
		a := f.Amount.Float()
		top := large
		if w.Scope == "village" || w.c1.More["village"] == "yes" {
			top = project
		}
		if a > top || a > 0 && a < small {
			r.hit("fund", f.id(), f.path("amount"), "value", num(a))
		}
	})
}

// q06: more paid than planned, or long done and nothing paid.
func q06(r *run) {
	r.eachFund(func(w work, f fund) {
		if f.Paid.Known() && f.Amount.Known() && f.Paid.N() > f.Amount.N() {
			r.hit("fund", f.id(), f.path("paid", "amount"))
		}
		if !w.done || w.Finished == "" || f.Paid.N() > 0 || f.Amount.N() <= 0 || r.typing() {
			return
		}
		if n := days(w.Finished.End(), r.now); n > int(r.limit("paid_late_days")) {
			r.hitAs("late", "fund", f.id(), f.path("paid"), "title", w.name(), "n", itoa(n))
		}
	})
}

// q07: a unit price far from the others'.
func q07(r *run) {
	for _, w := range r.works {
		median := r.ctx.Prices[PriceKey(w.Cat2, w.Unit)]
		if median <= 0 || w.Qty.N() <= 0 {
			continue
		}
		sum := 0.0
		for _, f := range r.funds(w) {
			sum += f.Amount.Float()
		}
		p, factor := sum/w.Qty.Float(), r.limit("price_factor")
		if p > 0 && (p > median*factor || p < median/factor) {
			r.hit("measure", w.id(), w.path("qty", "unit"), "unit", r.p.Label("unit", w.Unit), "p", money(p), "median", money(median))
		}
	}
}

// q08: more own money and loans than a family can carry.
func q08(r *run) {
	all, self, loan := 0.0, 0.0, 0.0
	var paths []string
	r.eachFund(func(w work, f fund) {
		a := f.Amount.Float()
		all += a
		switch {
		case f.Kind == "self":
			self += a
			paths = append(paths, f.path("amount")...)
		case f.Kind == "loan":
			loan += a
			paths = append(paths, f.path("amount")...)
		}
	})
	net := r.d.Income.Net()
	switch {
	case net.Known() && self > net.Float():
		r.hit("household", r.d.Household.ID, paths, "n", money(self))
	case r.typing(): // other sources may still be told
	case all > 0 && self+loan > all*r.limit("self_share"):
		r.hitAs("share", "household", r.d.Household.ID, paths, "n", money(self+loan))
	}
}

// q09: invested far more or less than in households like this one.
func q09(r *run) {
	s, ok := r.ctx.Spread[r.item("attr", r.d.Household.Attr).More["class"]]
	if !ok || len(r.people) == 0 || s.Min <= 0 {
		return
	}
	sum := 0.0
	r.eachFund(func(_ work, f fund) { sum += f.Amount.Float() })
	own, factor := sum/float64(len(r.people)), s.Max/s.Min
	extreme := own*factor <= s.Max*1.001 || own >= s.Max*0.999
	if factor > r.limit("spread_factor") && extreme {
		r.hit("household", r.d.Household.ID, []string{"fund"}, "village", r.ctx.Village, "n", num(factor))
	}
}

// invests reports the years in which a measure has a line of money.
func invests(funds []fund, year int) bool {
	return slices.ContainsFunc(funds, func(f fund) bool { return f.Year.N() == year && f.Amount.N() > 0 })
}
