package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// measure makes the record of a draft.
func (p *pass) measure(d *draft) Measure {
	m := Measure{Cat1: d.cat1, Cat2: d.cat2, Cancel: d.cancel, Instead: d.instead, Fixed: p.fixed, Outputs: d.outputs, Span: p.span(d.from, d.to)}
	p.dates(d, &m)
	p.quantity(d, &m)
	p.wills(d, &m)
	m.Targets = p.targets(d)
	p.departments(d, &m)
	p.cost(d, &m)
	p.leftover(d, &m)
	m.Doubtful = m.Due == "" && m.Year != "" && m.Year == p.doubted()
	m.Title, m.Content = p.titled(d), p.content(d)
	m.Scope = p.scope(&m)
	m.Needs = p.needs(&m)
	return m
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
	"relocation":   {zh.Count},
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
	for i := d.from; i < d.to; i++ { // 鸡二十个, 架子牛两条
		t := &p.toks[i]
		if t.kind != amount || t.q.Dim != zh.Count || !items[t.q.Unit] || t.q.Per != "" || p.claimed[i] || p.base(i, d.to) {
			continue
		}
		if near := p.beside(i, d.from, d.to); near != nil && near.thing != "" && near.unit != "" && near.unit != "mu" {
			m.Qty, m.Unit, p.claimed[i] = t.q.Value.String(), near.unit, true
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

// beside is the thing next to token i, fills between.
func (p *pass) beside(i, from, to int) *word {
	for _, step := range []int{-1, 1} {
		for j := i + step; j >= from && j < to; j += step {
			if w := p.toks[j].word; w != nil && w.thing != "" {
				return w
			}
			if !p.toks[j].is(fill) || p.toks[j].is(raise|plant) {
				break
			}
		}
	}
	return nil
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
	for _, dim := range append(slices.Concat(dims[d.cat2], dims[d.cat1]), zh.Plain) {
		for i := d.from; i < d.to; i++ {
			t := &p.toks[i]
			if t.kind != amount || p.claimed[i] || t.q.Per != "" || p.frequency(i) || t.q.Dim == zh.Length && (p.base(i, d.to) || i > d.from && strings.ContainsRune("宽厚高深", lastRune(p.text(i-1, i)))) || i > d.from && p.one(i) && p.toks[i-1].kind == amount || t.q.Dim == zh.Months && t.q.Value == zh.One && i+1 < d.to && p.toks[i+1].kind == amount && p.frequency(i+1) || t.q.Value == zh.One && strings.HasPrefix(p.text(i, i+1), "一") && p.rateAhead(piece{from: i, to: d.to}, i) {
				continue
			}
			if _, unit, _, ok := p.measured(i); !ok || unit == "" || d.cat2 == "planting" && p.ofAnimals(unit) || t.q.Dim == zh.Months && (d.rank == byLoan || !p.lasts(d)) {
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

// ofAnimals: the unit counts animals.
func (p *pass) ofAnimals(unit string) bool {
	it := p.r.profile.Item("unit", unit)
	return it != nil && it.More["kind"] == "animal"
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
			if t.word.text == "不要" && i+1 < d.to && p.toks[i+1].kind == rest { // 不要重复算
				continue
			}
			if p.givesMoney(i, d.to) || t.word.will == "refused" && i+1 < d.to && p.r.lex.opens("moderate", p.text(i+1, i+2)) { // 不要多
				continue
			}
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

// givesMoney: who supports it with a sum says nothing of what the family wants: 老表支持的
// 3000.
func (p *pass) givesMoney(i, to int) bool {
	if p.toks[i].word.will != "agreed" {
		return false
	}
	j := p.skip(i+1, fill)
	return j < to && p.sums(j)
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
		if !(d.tok >= from && d.tok < to) && p.r.lex.holds("excluded", p.text(from, to)) {
			continue // 大姑娘嫁了不管
		}
		for _, ref := range p.members(from, to, p.schooling(d)) {
			out = with(out, ref)
		}
	}
	if len(out) == 0 && slices.Contains(p.r.lex.person, d.cat2) { // 老妈一直想办残疾证
		for i := d.tok - 1; i >= d.from && p.toks[i].kind != mark; i-- {
			if t := &p.toks[i]; t.person > 0 {
				return []string{p.c.People[t.person-1].Ref}
			} else if t.word != nil && len(t.word.kin) > 0 && !slices.Contains(t.word.kin, "head") {
				return p.kin(i, p.schooling(d))
			}
		}
	}
	return out
}

// schooling: the measure is for those at school.
func (p *pass) schooling(d *draft) bool {
	return d.cat1 == p.classOf("yulu") || d.cat1 == p.classOf("aid_compulsory")
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
