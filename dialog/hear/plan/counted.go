package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// counted takes a number of the piece: behind 增收 it is the income, and so is
// a sum with nothing but a year.
func (p *pass) counted(x piece, i, money int, out []Output, o *Output) {
	if p.used[i] {
		return
	}
	if v, f, ok := p.money(i); ok && (money >= 0 || p.earns || p.toks[i].q.Dim == zh.Money || p.has(x, income) > i || p.priced(i, out, o) || p.results && p.bareSum(x, i, out)) {
		if p.perHead(x, i) { // 人均纯收入达到4000: a result of its own
			o.Indicator, o.Unit, o.Target, p.used[i] = p.r.lex.show["head"], "yuan", v.String(), true
			o.add(f)
			return
		}
		if p.r.lex.ends("prices", p.text(x.from, i)) { // 单价4块: of how much of what
			p.leave(x.from, x.to, WhyAmbiguous)
			p.used[i] = true
			return
		}
		unit := p.per(i)
		v, worked, based := p.times(i, v)
		of := o // 一斤卖两块: of what was harvested
		if n := len(out); n > 0 && o.Target == "" {
			of = &out[n-1]
		}
		if q, ok := p.inUnit(of, unit); ok {
			if sum, _, _ := p.money(i); q < zh.Whole(1000000) && sum < zh.Whole(1000000) {
				v, worked, based = product(sum, q), true, true
				p.priceAll(out, unit, sum)
			}
		}
		if !based {
			p.leave(x.from, x.to, WhyAmbiguous)
			p.used[i] = true
			return
		}
		f.Approx, f.Worked, f.Large = f.Approx || p.assumed, f.Worked || worked, v > zh.Whole(large)
		if o.Income == v.String() {
			p.used[i] = true // said twice
		}
		if o.Income == "" {
			o.Income, p.used[i] = v.String(), true
			o.add(f)
		}
		return
	}
	if qty, unit, f, ok := p.measured(i); ok && o.Target == "" && p.toks[i].q.Dim != zh.Months {
		per := p.per(i)
		if per != "" && p.toks[i].q.Dim == zh.Weight { // 一亩收300斤，15亩
			v, _ := zh.ParseDec(qty)
			sum, worked, based := p.times(i, v)
			if !based {
				p.leave(x.from, x.to, WhyAmbiguous)
				p.used[i] = true
				return
			}
			qty, f.Worked, p.rated = sum.String(), f.Worked || worked, true
		}
		if strings.HasPrefix(p.text(i, i+1), "一") && (p.toks[i].q.Value == zh.One || p.toks[i].q.Dim == zh.Weight) && p.rateAhead(x, i) {
			return // the base of 一头8000
		}
		o.Target, o.Unit, p.used[i] = qty, unit, true
		o.add(f)
		return
	}
	if t := &p.toks[i]; t.kind == amount && t.q.Dim == zh.Plain && o.Target == "" && t.q.Value > 0 && (i > x.from || x.to == i+1 && p.c.Asked == AskOutput) {
		o.Target, p.used[i] = t.q.Value.String(), true
		o.Approx = o.Approx || t.q.Approx
	}
}

// priceAll gives the price of each to the results before that were counted in the same
// unit: 19年出栏2头，20年出栏3头，每头卖8000.
func (p *pass) priceAll(out []Output, unit string, price zh.Dec) {
	for k := range len(out) - 1 {
		o := &out[k]
		if q, ok := p.inUnit(o, unit); ok && o.Income == "" && o.Indicator == out[len(out)-1].Indicator && q < zh.Whole(1000000) {
			v := product(price, q)
			o.Income, o.Worked, o.Large = v.String(), true, v > zh.Whole(large)
		}
	}
}

// inUnit is the target of a result counted in a unit: 5 tons are 10000 pounds.
func (p *pass) inUnit(o *Output, unit string) (zh.Dec, bool) {
	q, ok := zh.ParseDec(o.Target)
	if unit == "" || o.Target == "" || !ok {
		return 0, false
	}
	if o.Unit == p.r.lex.units[unit] {
		return q, true
	}
	pounds := map[string]zh.Dec{"jin": 1, "kg": 2, "ton": 2000}
	a, b := pounds[o.Unit], pounds[p.r.lex.units[unit]]
	if a == 0 || b == 0 || q > zh.Whole(1000000) {
		return 0, false
	}
	return q * a / b, true
}

// perHead: 人均 with nobody counted.
func (p *pass) perHead(x piece, i int) bool {
	return strings.Contains(p.text(x.from, i), "人均") && p.toks[i].q.Per+p.per(i) != "" && p.countOf(i, zh.Count, "人") == 0
}

// rateAhead: a sum for each of the one in token i follows in the piece.
func (p *pass) rateAhead(x piece, i int) bool {
	for j := i + 1; j < x.to && p.toks[j].strength < comma; j++ {
		if p.toks[j].kind == amount {
			return p.per(j) != "" && !slices.Contains([]zh.Dim{zh.Count, zh.Volume, zh.Floor, zh.Length}, p.toks[j].q.Dim)
		}
	}
	return false
}

// priced: the sum is for each of what was counted: 卖2头，一头8000.
func (p *pass) priced(i int, out []Output, o *Output) bool {
	per := p.per(i)
	if p.find(piece{from: 0, to: i}, func(t *tok) bool { return t.word != nil && t.word.per == "yuan" }) >= 0 {
		return false
	}
	if v, _, _ := p.money(i); per == "年" && len(out) > 0 && out[len(out)-1].Income == v.String() {
		return true // 每月800，一年9600
	}
	return per != "" && per != "年" && (o.Target != "" || len(out) > 0 && out[len(out)-1].Target != "" || per == "月" || per == "天")
}

// bareSum: the piece is a sum, with a year or behind what is sold: 18年8000, 后年八千;
// 明年卖一头，一万.
func (p *pass) bareSum(x piece, i int, out []Output) bool {
	n := len(out)
	dated := n > 0 && out[n-1].Income == "" && strings.Contains(out[n-1].Said, "卖")
	for j := x.from; j < x.to; j++ {
		t := &p.toks[j]
		_, year := p.yearOf(j)
		dated = dated || year
		if j != i && !year && t.kind != date && t.kind != mark && !t.is(fill|begin|each|since) {
			return false
		}
	}
	return dated
}

// bareNumber: the number of the piece was said without a unit.
func (p *pass) bareNumber(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Plain && t.q.Value >= zh.Whole(1000) }) >= 0 &&
		p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Weight }) < 0
}
