package plan

import (
	"slices"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Funds reads money: 18年沪滇2万 自筹3千；19年整合1万. A line whose year or source
// was not said has "" there and is reported: nothing is guessed. 不要钱 is a line
// with None and the reason, if one was said.
func (r *Reader) Funds(text string, c Context) ([]Fund, []Unread) {
	p := r.newPass(text, c)
	var out []Fund
	from := 0
	flush := func(to int) {
		if to > from {
			out = append(out, p.funds(from, to)...)
		}
	}
	if c.Asked == AskMoney && zh.IsNone(text) {
		return []Fund{{None: true, Span: p.span(0, len(p.toks))}}, nil
	}
	for _, x := range p.pieces {
		if why := p.notMoney(x); why != "" {
			flush(x.from)
			from = x.to
			p.leave(x.from, x.to, why)
		}
	}
	flush(len(p.toks))
	for _, x := range p.pieces {
		if p.notMoney(x) == "" && !p.empty(x) && !p.monetary(x) && !(len(out) == 1 && out[0].None) {
			p.leave(x.from, x.to, WhyUnknown)
		}
	}
	return out, p.unread
}

// notMoney: a piece that must not be read for money: a question, or what is
// earned.
func (p *pass) notMoney(x piece) string {
	switch {
	case p.asked(x):
		return WhyQuestion
	case p.find(x, func(t *tok) bool { return t.is(income) || t.word != nil && t.word.indicator != "" }) >= 0 && p.find(x, func(t *tok) bool { return t.word != nil && t.word.source != "" }) < 0:
		return WhyUnknown
	case p.has(x, done) >= 0 && p.find(x, func(t *tok) bool { return t.word != nil && t.word.source != "" || t.is(paid) }) < 0:
		return WhyDone
	}
	return ""
}

// monetary: a piece says something of money.
func (p *pass) monetary(x piece) bool {
	return p.find(x, func(t *tok) bool {
		return t.kind == amount || t.kind == date || t.is(free|reason|paid|allpaid|unpaid|each) || t.word != nil && (t.word.source != "" || t.word.kind != "" || t.word.dept != "")
	}) >= 0
}

// funds reads the tokens from … to-1.
func (p *pass) funds(from, to int) []Fund {
	u := purse{p: p, sourced: -1}
	if none, ok := p.noMoney(from, to); ok {
		return []Fund{none}
	}
	p.totals(from, to)
	u.order(from, to)
	for i := from; i < to; i++ {
		if !p.claimed[i] {
			u.take(i, to)
		}
	}
	if u.sourced >= 0 && u.source != "" && !slices.ContainsFunc(u.funds, func(f Fund) bool { return f.Source == u.source }) {
		p.leave(u.sourced, u.sourced+1, WhyNoAmount, u.source)
	}
	if u.early && u.fresh && len(u.funds) > 0 {
		p.leave(u.since, u.since+1, WhyNoAmount)
	}
	for i := range u.funds {
		u.settle(&u.funds[i])
	}
	return u.funds
}

// totals sets aside 共计3万 when the sums it adds up are named as well, and
// reports it when they do not make it.
func (p *pass) totals(from, to int) {
	at, all, rest := -1, zh.Dec(0), zh.Dec(0)
	for i := from; i < to; i++ {
		v, _, ok := p.money(i)
		switch {
		case !ok || p.claimed[i]:
		case i > from && (p.toks[i-1].is(total) || p.toks[i-1].is(fill|paid) && i > from+1 && p.toks[i-2].is(total)):
			at, all = i, v
		default:
			rest += v
		}
	}
	if at < 0 || rest == 0 {
		return
	}
	p.claimed[at] = true
	if all != rest {
		p.leave(at-1, at+1, WhyAmbiguous)
	}
}

// noMoney reads 不要钱, 不花钱 政策兜底, when no sum is named.
func (p *pass) noMoney(from, to int) (Fund, bool) {
	x := piece{from: from, to: to}
	at := p.has(x, free)
	why := p.has(x, reason)
	if at < 0 && why < 0 || p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Dim != zh.Calendar }) >= 0 {
		return Fund{}, false
	}
	f := Fund{None: true, Span: p.span(from, to)}
	if why >= 0 {
		f.Why = p.span(why, why+1).Said
	} else if s := p.span(at+1, to).Said; s != "" && !p.empty(piece{from: at + 1, to: to}) {
		f.Why = s
	}
	for i := from; i < to && f.Year == ""; i++ {
		f.Year, _ = p.yearOf(i)
	}
	return f, true
}
