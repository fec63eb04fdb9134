package clears

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
)

// causes is 致贫原因清, domain.md §3 ②.
func (b *bulbs) causes() {
	b.need(len(b.run.causes) == 0, "2a", "cause", "cause")
	b.rules("2a", false, "F12")
	for _, c := range b.run.causes {
		field := func(is bool, item, key string) { b.need(is, item, at("cause", c.n, key), "cause."+key) }
		field(!c.Evidence.Known(), "2c", "evidence")
		field(utf8.RuneCountInString(c.Desc) < int(b.limit("cause_words")), "2d", "desc")
		field(c.HeadAgrees != models.Yes, "2e", "head_agrees")
		field(c.AgreedBy == "", "2e", "confirm_by")
		field(c.AgreedOn == "" || before(c.AgreedOn, b.d.Household.VisitDate), "2e", "confirm_date")
		b.same("2d", at("cause", c.n, "desc"))
	}
	b.rules("2c", true, "F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10", "F11")
}

// same notes a wording that many households share.
func (b *bulbs) same(item, path string) {
	for _, f := range b.found {
		if f.Rule == "W02" && f.Fields[0] == path {
			b.add(Missing{Item: item, Path: path, Member: -1, Label: f.Rule, Message: f.Message, Soft: !f.Blocks()})
		}
	}
}

// helps is 帮扶措施清, domain.md §3 ③.
func (b *bulbs) helps() {
	b.need(len(b.works) == 0, "3a", "ms", "measure")
	for _, c := range b.run.causes {
		if !b.answered(c.Kind) {
			b.tell("3a", "ms", "lack_cause", false, "cause", b.p.Label("cause", c.Kind))
		}
	}
	for _, g := range b.guarantees() {
		if g.State == Gap && !b.answered(g.Key) {
			b.tell("3b", "ms", "lack_gap", false, "gap", b.p.Label("gap", g.Key))
		}
	}
	for _, w := range b.works {
		b.measureFilled(w)
		b.same("3f", at("ms", w.n, "content"))
	}
	b.developed()
	b.rules("3e", false, "M", "N")
	if b.ctx.SameMeasureShare > b.limit("only_means_share") {
		b.tell("3f", "ms", "lack_one_size", true)
	}
}

// measureFilled is c.
func (b *bulbs) measureFilled(w work) {
	field := func(is bool, key string) { b.need(is, "3c", at("ms", w.n, key), "measure."+key) }
	field(w.Cat1 == "", "cat1")
	field(w.Cat2 == "", "cat2")
	field(utf8.RuneCountInString(strings.TrimSpace(w.Content)) < int(b.limit("content_words")), "content")
	field(w.Qty.N() <= 0, "qty")
	field(w.Unit == "", "unit")
	field(w.Scope == "person" && !w.Targets.Known(), "targets")
	field(!w.Measure.Year.Known(), "year")
	field(len(w.Due) < 7, "due_date")
	ok := b.item("will", w.Will).More["ok"]
	field(ok == "" || ok == "no", "will_sign")
}

// developed is d: labour works, and who cannot work is kept.
func (b *bulbs) developed() {
	kept := func(w work) bool { return w.role == "security" || w.kind == "asset" }
	switch {
	case b.halves > 0 && !b.any(develops):
		b.tell("3d", "ms", "lack_labor", false)
	case b.halves == 0 && b.laborKnown() && !b.any(kept):
		b.tell("3d", "ms", "lack_floor", false)
	}
}

// money is 投入产出清, domain.md §3 ④.
func (b *bulbs) money() {
	b.need(len(b.works) == 0, "4a", "ms", "measure")
	for _, w := range b.works {
		b.funded(w)
		b.promised(w)
	}
	b.rules("4b", false, "Q")
	if f, ok := b.forecast(); ok && f.Short() > 0 {
		b.tell("4d", "out", "lack_forecast", !f.Firm, "year", itoa(f.Year), "n", money(f.NetPC), "d", money(f.Short()))
	}
}

// years are those of a measure within the programme; what lies outside is for
// rule Q03 to say.
func (b *bulbs) years(w work) (from, to int) {
	from, to = w.span()
	if from == 0 {
		return 1, 0
	}
	return max(from, b.p.FirstYear), min(to, b.p.LastYear)
}

// funded is a, and of e what was paid.
func (b *bulbs) funded(w work) {
	funds := b.funds(w)
	from, to := b.years(w)
	for y := from; y <= to && w.NoMoneyWhy == ""; y++ {
		if !invests(funds, y) {
			b.tell("4a", at("ms", w.n, "fund."+itoa(y)), "lack_money", false, "year", itoa(y))
		}
	}
	for _, f := range funds {
		b.need(b.p.FundClass(f.Source) == "", "4a", f.path("source")[0], "fund.source")
		b.need(f.Year.Known() && f.Year.N() < b.today.Year() && !f.Paid.Known(), "4e", f.path("paid")[0], "fund.paid")
	}
}

// promised is c, d and the rest of e.
func (b *bulbs) promised(w work) {
	from, to := b.years(w)
	earns := false
	has := map[int]bool{}
	for i := range b.d.Outputs {
		o := &b.d.Outputs[i]
		if !b.belongs(o.MeasureID, w) {
			continue
		}
		earns = earns || o.Income.N() > 0
		has[o.Year.N()] = has[o.Year.N()] || o.Indicator != "" && o.Target.N() > 0
		b.need(o.Year.Known() && o.Year.N() < b.today.Year() && !o.Actual.Known(), "4e", at("out", i, "actual"), "output.actual")
	}
	for y := from; y <= to; y++ {
		if !has[y] {
			b.tell("4c", at("ms", w.n, "output."+itoa(y)), "lack_output", false, "year", itoa(y))
		}
	}
	if (w.role == "industry" || w.role == "employment") && !earns {
		b.tell("4d", at("ms", w.n, "output"), "lack_income", false)
	}
}

// duties is 帮扶责任清, domain.md §3 ⑤.
func (b *bulbs) duties() {
	b.helper()
	b.need(len(b.works) == 0, "5b", "ms", "measure")
	b.rules("5b", false, "R01", "R02")
	b.rules("5c", true, "R03")
	for _, f := range b.found {
		if f.Rule == "R07" {
			for _, path := range f.Fields {
				b.lack("5d", path, "duty."+path[strings.LastIndexByte(path, '.')+1:])
			}
		}
	}
	for _, f := range b.found {
		if f.Rule == "R05" && f.Variant == "" {
			b.add(Missing{Item: "5e", Path: f.Fields[0], Member: -1, Label: f.Rule, Message: f.Message})
		}
	}
	b.rules("5b", true, "R06")
}

// helper is a.
func (b *bulbs) helper() {
	some := false
	for i := range b.d.Helpers {
		h := &b.d.Helpers[i]
		if !b.current(h.From, h.To) {
			continue
		}
		some = true
		b.need(h.Name == "", "5a", at("helper", i, "helper"), "helper.helper")
		b.need(h.Unit == "", "5a", at("helper", i, "helper_unit"), "helper.helper_unit")
		b.need(h.Phone == "", "5a", at("helper", i, "helper_phone"), "helper.helper_phone")
		b.need(h.From == "", "5a", at("helper", i, "helper_from"), "helper.helper_from")
	}
	b.need(!some, "5a", "helper", "helper")
}

// leaving is 脱贫时序清, domain.md §3 ⑥.
func (b *bulbs) leaving() {
	e := &b.exit
	b.need(!e.Year.Known(), "6a", "exit.plan_year", "exit.plan_year")
	b.need(!e.Quarter.Known(), "6a", "exit.plan_quarter", "exit.plan_quarter")
	b.need(!e.SeqNo.Known(), "6a", "exit.seq_no", "exit.seq_no")
	if e.Year.Known() {
		end := quarterEnd(e.Year.N(), e.Quarter.N())
		for _, w := range b.works {
			late := w.flag("guarantee") && w.Due != "" && w.Due.End().After(end)
			b.need(late, "6b", at("ms", w.n, "due_date"), "measure.due_date")
		}
		b.need(!staged(e.Milestones, e.Year.N()), "6d", "exit.milestone", "exit.milestone")
	} else {
		b.need(e.Milestones == "", "6d", "exit.milestone", "exit.milestone")
	}
	b.rules("6c", true, "T02", "T03", "T05")
	if b.p.Rule("T03") != nil { // a programme that plans by area
		b.need(b.areaExit(models.Village) == 0, "6e", "exit.village", "exit.village")
		b.need(b.areaExit(models.County) == 0, "6e", "exit.county", "exit.county")
	}
}

// staged reports whether every milestone is given to the quarter and one lies
// in the year the household leaves ("2018Q4:…,2019Q2:…").
func staged(milestones string, year int) bool {
	last := false
	for m := range strings.SplitSeq(milestones, ",") {
		m = strings.TrimSpace(m)
		if len(m) < 6 || m[4] != 'Q' || m[5] < '1' || m[5] > '4' {
			return false
		}
		last = last || strings.HasPrefix(m, itoa(year))
	}
	return last
}
