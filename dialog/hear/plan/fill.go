package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// measure makes the record of a draft.
func (p *pass) measure(d *draft) Measure {
	m := Measure{Cat1: d.cat1, Cat2: d.cat2, Cancel: d.cancel, Instead: d.instead, Outputs: d.outputs, Span: p.span(d.from, d.to)}
	p.dates(d, &m)
	p.quantity(d, &m)
	p.wills(d, &m)
	m.Targets = p.targets(d)
	p.departments(d, &m)
	p.cost(d, &m)
	p.leftover(d)
	m.Title, m.Content = p.titled(d), p.content(d)
	m.Scope = p.scope(&m)
	m.Needs = p.needs(&m)
	return m
}

// dates takes the year, the begin and the end. A date next to a word of talking
// says when it was agreed.
func (p *pass) dates(d *draft, m *Measure) {
	var before zh.Date
	for i := d.from; i < d.to; i++ {
		t := &p.toks[i]
		if t.kind != date || p.claimed[i] {
			continue
		}
		if p.nearTalk(d, i) || p.c.Asked == AskWill {
			if on, ok := p.dateOf(i, zh.Past, zh.Date{}); ok {
				m.WillOn = on.String()
				m.add(relative(on))
				p.claimed[i] = true
			}
			continue
		}
		if t.word.is(soft) {
			continue
		}
		on, ok := p.dateOf(i, zh.Future, before)
		if !ok {
			p.leave(i, i+1, WhyUnsureYear)
			continue
		}
		before = on
		m.add(relative(on))
		if on.Precision == zh.Year {
			m.Year = either(m.Year, strconv.Itoa(on.Year))
			continue
		}
		p.claimed[i] = true
		p.place(d, m, i, on.String())
	}
	if m.Due != "" {
		m.Year = m.Due[:4]
	}
	if m.Year == "" && len(m.Start) > 4 {
		m.Year = m.Start[:4]
	}
}

// place decides whether a date begins or ends the work.
func (p *pass) place(d *draft, m *Measure, i int, iso string) {
	next, prev := p.word(i+1, d.to), p.word(i-1, d.to)
	switch {
	case next.is(plantwhen):
		m.Start, m.Due = iso, iso
	case next.is(begin) && !next.is(finish) && m.Start != "": // a later step: it stays in the content
	case (next.is(begin) && !next.is(finish) || next.is(since) && !strings.HasSuffix(p.text(i, i+1), "前")) && m.Start == "", next.is(through) && m.Start == "", prev.is(begin) && !prev.is(finish) && m.Start == "":
		m.Start = iso
	case m.Due != "":
		p.leave(i, i+1, WhyAmbiguous)
	default:
		m.Due = iso
	}
}

// word is the word in token i, nil when it is none or beyond.
func (p *pass) word(i, to int) *word {
	if i < 0 || i >= to {
		return nil
	}
	return p.toks[i].word
}

func (p *pass) nearTalk(d *draft, i int) bool {
	for j := max(d.from, i-2); j < min(d.to, i+4); j++ {
		if p.toks[j].is(talk) {
			return true
		}
		if j > i && p.toks[j].strength >= comma {
			return false
		}
	}
	return false
}

// dims are the dimensions that count a kind of measure, the most fitting first.
var dims = map[string][]zh.Dim{
	"breeding":     {zh.Count},
	"planting":     {zh.Area, zh.Count},
	"job_training": {zh.Months, zh.Count},
	"skill_school": {zh.Months, zh.Count},
	"entry_road":   {zh.Length, zh.Floor},
	"village_road": {zh.Length},
	"house_c":      {zh.Floor, zh.Count},
	"house_d":      {zh.Floor, zh.Count},
}

// quantity takes how much: next to its thing without a unit it has the unit of
// the thing.
func (p *pass) quantity(d *draft, m *Measure) {
	if at := p.best(d); at >= 0 && !p.lent(d) {
		qty, unit, f, _ := p.measured(at)
		if unit == "ren" && p.rawUnit(at) == "口" && m.Cat1 == p.classOf("safe_water") && p.classOf("safe_water") != "" {
			unit = "kou"
		}
		m.Qty, m.Unit, p.claimed[at] = qty, unit, true
		m.add(f)
		return
	}
	for i := d.from; i < d.to && d.cat1 == "employment" && d.rank != byLoan; i++ { // 读技校，3年
		t := &p.toks[i]
		if _, year := p.bareYear(t); t.kind == amount && t.q.Dim == zh.Years && !year && t.q.Per == "" && t.q.Value <= zh.Whole(10) && !p.claimed[i] && t.q.Value > zh.One {
			m.Qty, m.Unit, p.claimed[i] = (t.q.Value * 12).String(), p.r.lex.units["月"], true
			m.Approx = m.Approx || t.q.Approx
			return
		}
	}
	for i := d.from; i < d.to; i++ {
		t := &p.toks[i]
		if t.kind != amount || t.q.Dim != zh.Plain || t.q.Per != "" || t.q.Value >= zh.Whole(1000) || p.claimed[i] {
			continue
		}
		near := p.word(i-1, d.to)
		if near == nil || near.thing == "" {
			near = p.word(i+1, d.to)
		}
		if near != nil && near.thing != "" && near.unit != "" {
			m.Qty, m.Unit, m.Approx, p.claimed[i] = t.q.Value.String(), near.unit, true, true
			return
		}
		if p.c.Asked == AskQty && t.q.Value > 0 {
			m.Qty, p.claimed[i] = t.q.Value.String(), true
			m.Approx = m.Approx || t.q.Approx
			return
		}
	}
}

// lent: a loan with its sum, which counts it.
func (p *pass) lent(d *draft) bool {
	for i := d.from; i < d.to && d.rank == byLoan; i++ {
		if _, _, ok := p.money(i); ok {
			return true
		}
	}
	return false
}

// best is the token of the amount that counts the measure, -1 when none does.
func (p *pass) best(d *draft) int {
	at := -1
	for _, dim := range append(slices.Clone(dims[d.cat2]), zh.Plain) {
		for i := d.from; i < d.to; i++ {
			t := &p.toks[i]
			if t.kind != amount || p.claimed[i] || t.q.Per != "" || t.q.Value == zh.One && strings.HasPrefix(p.text(i, i+1), "一") && p.rateAhead(piece{from: i, to: d.to}, i) {
				continue
			}
			if _, unit, _, ok := p.measured(i); !ok || unit == "" || t.q.Dim == zh.Months && (d.rank == byLoan || !p.lasts(d)) {
				continue
			}
			if t.q.Dim == dim {
				return i
			}
			if dim == zh.Plain && at < 0 {
				at = i
			}
		}
	}
	return at
}

// lasts: months count the measure: training, a post.
func (p *pass) lasts(d *draft) bool {
	return d.cat1 == "employment" || d.cat1 == "education" || d.cat1 == "public_post"
}

// wills takes what the family wants; the last word counts.
func (p *pass) wills(d *draft, m *Measure) {
	for i := d.from; i < d.to; i++ {
		t := &p.toks[i]
		if t.word != nil && t.word.will != "" {
			if m.Will == "reluctant" && t.word.will == "agreed" && i > d.from && (p.toks[i-1].word != nil && p.toks[i-1].word.will == "reluctant") {
				continue // 勉强答应
			}
			m.Will = t.word.will
			if m.Will == "agreed" && i > d.from && p.toks[i-1].is(no) {
				m.Will = "refused"
			}
		} else if t.is(talk) && m.Will == "" && p.hasSense(piece{from: max(d.from, i-5), to: i}, pending) >= 0 {
			p.leave(i, i+1, WhyAmbiguous) // 还要跟媳妇商量
		} else if t.is(talk) && m.Will == "" {
			m.Will = "agreed"
		}
	}
	if p.r.profile.Item("will", m.Will) == nil {
		m.Will = ""
	}
}

// targets are the members it is for.
func (p *pass) targets(d *draft) []string {
	var out []string
	for _, x := range p.pieces {
		from, to := max(x.from, d.from), min(x.to, d.to)
		if from >= to {
			continue
		}
		willing := p.find(piece{from: from, to: to}, func(t *tok) bool { return t.is(talk) || t.word != nil && t.word.will != "" }) >= 0
		if willing && !(d.tok >= from && d.tok < to) {
			continue // 他两口子都愿意 tells who agrees, not whom it is for
		}
		for _, ref := range p.members(from, to, p.schooling(d)) {
			out = with(out, ref)
		}
	}
	return out
}

// schooling: the measure is for those at school.
func (p *pass) schooling(d *draft) bool {
	return d.cat1 == p.classOf("yulu") || d.cat1 == p.classOf("aid_compulsory")
}

// departments takes who was said to be in charge, without a person.
func (p *pass) departments(d *draft, m *Measure) {
	for _, x := range p.pieces {
		y := piece{from: max(x.from, d.from), to: min(x.to, d.to)}
		if y.from >= y.to || d.tok >= y.from && d.tok < y.to || p.find(y, func(t *tok) bool { return t.official > 0 || t.is(post) }) < 0 {
			continue
		}
		before := len(p.unread)
		if s := p.who(y); s.name != "" && (s.id != "" || s.post != "") {
			m.Duties = append(m.Duties, s.duty()) // 村上王支书盯着
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

// leftover reports amounts that became nothing.
func (p *pass) leftover(d *draft) {
	for i := d.from; i < d.to; i++ {
		t := &p.toks[i]
		_, year := p.bareYear(t)
		_, _, sum := p.money(i)
		loan := d.rank == byLoan
		if t.kind == amount && !p.claimed[i] && !year && !sum && !loan && t.q.Value != zh.One && t.q.Dim != zh.Ordinal && !p.aged(i) {
			p.leave(i, i+1, WhyAmbiguous)
		}
	}
}

// aged: 老妈76了 tells an age.
func (p *pass) aged(i int) bool {
	prev := p.word(i-1, len(p.toks))
	if i > 0 && p.toks[i-1].is(pair) && p.toks[i].q.Value == zh.Whole(2) { // 夫妻两个
		return true
	}
	person := i > 0 && (p.toks[i-1].person > 0 || prev != nil && len(prev.kin) > 0)
	return person && p.toks[i].q.Dim == zh.Plain && i+1 < len(p.toks) && strings.HasPrefix(p.text(i+1, i+2), "了") || p.toks[i].q.Dim == zh.Age
}

// titled is the name: the words of the head without numbers, dates, people and
// money.
func (p *pass) titled(d *draft) string {
	var b strings.Builder
	for i := d.head.from; i < d.head.to; i++ {
		t := &p.toks[i]
		w := t.word
		skip := t.kind == amount || t.kind == date || t.kind == phone || t.person > 0 || t.is(fill|cancel|instead|each) && !t.is(raise|plant) && !t.is(finish) && (w.cat1 == "" && len(w.cats) == 0) ||
			t.kind == mark && t.strength > 0 || w != nil && (w.dept != "" && w.cat1 == "" || w.will != "" || len(w.kin) > 0 || w.source != "" && len(w.cats) == 0 || w.text == "贷" || t.is(begin|through|talk) || t.is(free|reason))
		if !skip {
			said := p.span(i, i+1).Said
			if t.is(instead) { // 改养
				_, n := utf8.DecodeRuneInString(said)
				said = said[n:]
			}
			b.WriteString(said)
		}
	}
	s := b.String()
	if utf8.RuneCountInString(s) > 40 {
		s = string([]rune(s)[:40])
	}
	return s
}

// content is what was said of the work itself, pieces of money, will and
// departments left out.
func (p *pass) content(d *draft) string {
	var parts []string
	for _, x := range p.pieces {
		from, to := max(x.from, d.from), min(x.to, d.to)
		if from >= to || from < d.head.from && to <= d.head.from {
			continue
		}
		work := from < d.head.to && to > d.head.from
		for i := from; i < to && !work; i++ {
			t := &p.toks[i]
			work = d.plain[x.from] || t.kind == date || p.claimed[i] && t.kind == amount || t.kind == rest || t.word != nil && t.word.thing != ""
		}
		if work {
			parts = append(parts, p.span(from, to).Said)
		}
	}
	return strings.Join(parts, "，")
}

func (p *pass) scope(m *Measure) string {
	if it := p.r.profile.Item("measure_cat1", m.Cat1); it != nil && it.More["village"] == "yes" {
		return "village"
	}
	if len(m.Targets) > 0 || slices.Contains(p.r.lex.person, m.Cat2) {
		return "person"
	}
	return "household"
}

// needs are the causes and gaps on record that the measure answers; those that
// anything answers only when there is no other.
func (p *pass) needs(m *Measure) []string {
	var out, loose []string
	for _, need := range append(slices.Clone(p.c.Causes), p.c.Gaps...) {
		switch {
		case !p.r.profile.Suitable(need, m.Cat1, m.Cat2):
		case slices.Contains(p.r.profile.Suits[need], "*"):
			loose = append(loose, need)
		default:
			out = append(out, need)
		}
	}
	if len(out) == 0 {
		return loose
	}
	return out
}
