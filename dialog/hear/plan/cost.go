package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// departments takes who was said to be in charge, without a person.
func (p *pass) departments(d *draft, m *Measure) {
	for _, x := range p.pieces {
		y := piece{from: max(x.from, d.from), to: min(x.to, d.to)}
		from := p.inCharge(d, y)
		if from < 0 {
			continue
		}
		before := len(p.unread)
		if s := p.who(piece{from: from, to: y.to}); s.name != "" && s.level != "" && (s.id != "" || s.post != "" || s.dept != "") {
			m.Duties = append(m.Duties, s.duty()) // 村上王支书盯着
			p.notTitle(from, y.to)
		}
		p.unread = p.unread[:before]
	}
	for i := d.from; i < d.to; i++ {
		w := p.toks[i].word
		if w == nil || w.dept == "" || w.source != "" || p.claimed[i] {
			continue
		}
		level := ""
		if it := p.r.profile.Item("dept", w.dept); it != nil {
			level = it.More["level"]
		}
		if slices.ContainsFunc(m.Duties, func(o Duty) bool { return o.Dept == w.dept }) {
			continue
		}
		m.Duties = append(m.Duties, Duty{Level: level, Dept: w.dept, Unit: p.span(i, i+1).Said, Span: p.span(i, i+1)})
	}
}

// notTitle: those who answer are no part of the name of the work.
func (p *pass) notTitle(from, to int) {
	if p.answers == nil {
		p.answers = map[int]bool{}
	}
	for i := from; i < to; i++ {
		t := &p.toks[i]
		p.answers[i] = t.kind == rest || t.official > 0 || t.is(post|village|township|county) || t.word != nil && t.word.duty != ""
	}
}

// inCharge is where in a piece somebody is named who answers, behind the words of the
// measure itself, -1 when nobody is.
func (p *pass) inCharge(d *draft, y piece) int {
	if y.from >= y.to {
		return -1
	}
	from, org := y.from, -1
	if d.tok >= y.from && d.tok < y.to {
		from = d.tok + 1
	}
	for i := from; i < y.to; i++ {
		t := &p.toks[i]
		office := t.word != nil && t.word.dept != ""
		if org < 0 && (office || t.is(village|township|county)) {
			org = i
		}
		switch {
		case (t.official > 0 || t.is(post)) && from == y.from:
			return from
		case t.official > 0 || t.is(post):
			return max(org, from)
		case office && p.calledAt(i+1, y.to):
			return i
		}
	}
	return -1
}

// calledAt: 小杨, 老李 stands in token i, right behind an office.
func (p *pass) calledAt(i, to int) bool {
	if i >= to || p.toks[i].kind != rest {
		return false
	}
	return p.called(p.text(i, i+1)) != ""
}

// cost takes the money of the measure; the only year of the measure stands in
// for one not said.
func (p *pass) cost(d *draft, m *Measure) {
	years := p.c.Years
	p.forWhom = len(m.Targets)
	if m.Year != "" {
		p.c.Years = []string{m.Year}
	}
	sums := p.find(piece{from: d.from, to: d.to}, func(t *tok) bool { return t.is(free | reason) }) >= 0
	for i := d.from; i < d.to && !sums; i++ {
		_, _, ok := p.money(i)
		sums = ok && !p.claimed[i]
	}
	if sums {
		m.Funds = p.funds(d.from, d.to)
		p.spanned(d, m)
		p.partOfYear(m)
		if yearly, _ := p.comesEach(); yearly || m.Cat1 != p.classOf("breeding") {
			p.lasting(m)
		}
	} else if i := p.sourceIn(d); i >= 0 && d.upto == 0 {
		p.leave(i, i+1, WhyNoAmount, p.toks[i].word.source)
	}
	for _, x := range d.later {
		m.Funds = append(m.Funds, p.funds(x.from, x.to)...)
		for i := x.from; i < x.to; i++ { // no other measure counts it once more
			p.claimed[i] = true
		}
	}
	p.c.Years, p.forWhom = years, 0
	for _, f := range m.Funds {
		m.Large = m.Large || f.Large
		if d.rank == byLoan && m.Qty == "" && f.Amount != "" {
			m.Qty, m.Unit = f.Amount, "yuan"
		}
		if m.Year == "" {
			m.Year = f.Year
		}
	}
}

// spanned gives a sum of every year to each year from the begin to the end: 每年
// 一万，2018年10月到2020年12月.
func (p *pass) spanned(d *draft, m *Measure) {
	start := m.Start
	if start == "" && p.goesOnTo(d) {
		start = p.c.Now.Format("2006-01")
	}
	if len(start) < 4 || len(m.Due) < 4 || start[:4] >= m.Due[:4] || len(m.Funds) != 1 || m.Funds[0].Year != m.Due[:4] {
		return
	}
	yearly, monthly := p.comesEach()
	from, errA := strconv.Atoi(start[:4])
	to, errB := strconv.Atoi(m.Due[:4])
	if !yearly && !monthly || errA != nil || errB != nil || to-from > 10 {
		return
	}
	line := m.Funds[0]
	line.Worked = true
	m.Funds = nil
	for ; from <= to; from++ {
		line.Year = strconv.Itoa(from)
		one := line
		if v, ok := zh.ParseDec(line.Amount); ok && monthly && p.countOf(-1, zh.Months, "") == 0 { // 每月800，18年10月到20年12月
			one.Amount = (v / 12 * zh.Dec(monthsIn(line.Year, start, m.Due))).String()
		}
		m.Funds = append(m.Funds, one)
	}
}

// comesEach tells whether a sum of the text comes every year, or every month.
func (p *pass) comesEach() (yearly, monthly bool) {
	for i := range p.toks {
		if p.sums(i) {
			yearly = yearly || strings.Contains(p.per(i), "年")
			monthly = monthly || strings.Contains(p.per(i), "月")
		}
	}
	return yearly, monthly
}

// goesOnTo: the work goes on until the date: 干到2020年底.
func (p *pass) goesOnTo(d *draft) bool {
	for i := max(d.from, 1); i < d.to; i++ {
		if p.toks[i].kind == date && p.toks[i-1].is(through) && (i < 2 || p.toks[i-2].kind != date) {
			return true
		}
	}
	return false
}

// lasting: a measure whose money is the same in each of some years goes on to the end of
// the last of them: 雨露计划每年3000，18年19年都有.
func (p *pass) lasting(m *Measure) {
	n := len(m.Funds)
	if n < 2 || m.Due != "" || m.Funds[n-1].Year <= m.Funds[0].Year {
		return
	}
	for i := range m.Funds[1:] {
		if a, b := &m.Funds[i], &m.Funds[i+1]; a.Amount != b.Amount || a.Source != b.Source || a.Year >= b.Year || a.Year == "" {
			return
		}
	}
	m.Year, m.Due, m.Relative = either(m.Year, m.Funds[0].Year), m.Funds[n-1].Year+"-12-31", true
}

// partOfYear: what comes each month from October on comes three times in that year.
func (p *pass) partOfYear(m *Measure) {
	if _, monthly := p.comesEach(); !monthly || len(m.Start) < 7 || len(m.Funds) != 1 || !m.Funds[0].Approx && !m.Funds[0].Worked || m.Funds[0].Year != m.Start[:4] || p.countOf(-1, zh.Months, "") > 0 {
		return
	}
	if v, ok := zh.ParseDec(m.Funds[0].Amount); ok {
		m.Funds[0].Amount, m.Funds[0].Approx, m.Funds[0].Worked = (v / 12 * zh.Dec(monthsIn(m.Start[:4], m.Start, m.Due))).String(), false, true
	}
}

// monthsIn is how many months of a year lie between two dates.
func monthsIn(year, start, due string) int {
	first, last := 1, 12
	if len(start) >= 7 && start[:4] == year {
		first, _ = strconv.Atoi(start[5:7])
	}
	if len(due) >= 7 && due[:4] == year {
		last, _ = strconv.Atoi(due[5:7])
	}
	return max(last-first+1, 0)
}
