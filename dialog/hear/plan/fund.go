package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Funds reads money: 18年沪滇2万 自筹3千；19年整合1万. A line whose year or source
// was not said has "" there and is reported: nothing is guessed. 不要钱 is a line
// with None and the reason, if one was said.
func (r *Reader) Funds(text string, c Context) ([]Fund, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
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
	p.speak(len(out))
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
	case p.has(x, gapword) >= 0 && p.find(x, func(t *tok) bool { return t.kind == amount || t.word != nil && t.word.source != "" }) >= 0:
		return WhyUnknown // 还差5000: what is missing is no money that comes
	case p.hasSense(x, hearsay) >= 0 && p.monetary(x):
		return WhyAmbiguous
	case p.has(x, done) >= 0 && p.repays(x):
		return "" // 两年还清: how long the loan runs
	case p.has(x, done) >= 0 && p.baseOnly(x):
		return ""
	case p.has(x, done) >= 0 && p.find(x, func(t *tok) bool { return t.word != nil && t.word.source != "" || t.is(paid) }) < 0:
		return WhyDone
	}
	return ""
}

// repays: the piece tells in how many years or months a loan is paid back.
func (p *pass) repays(x piece) bool {
	return strings.Contains(p.text(x.from, x.to), "还") && p.find(x, func(t *tok) bool { return t.kind == amount && (t.q.Dim == zh.Years || t.q.Dim == zh.Months) }) >= 0
}

// baseOnly: the piece counts what money is paid for and names no sum: 种了8亩.
func (p *pass) baseOnly(x piece) bool {
	counted := false
	for i := x.from; i < x.to; i++ {
		if _, _, ok := p.money(i); ok {
			return false
		}
		counted = counted || p.toks[i].kind == amount
	}
	return counted && p.find(piece{0, len(p.toks), 0}, func(t *tok) bool { return t.kind == amount }) >= 0 && p.rates()
}

// rates: some sum of the text is for each of something.
func (p *pass) rates() bool {
	for i := range p.toks {
		if _, _, ok := p.money(i); ok && p.per(i) != "" {
			return true
		}
	}
	return false
}

// monetary: a piece says something of money.
func (p *pass) monetary(x piece) bool {
	for i := x.from; i < x.to; i++ {
		if _, _, sum := p.money(i); sum || p.used[i] || p.toks[i].word == silent || p.negative(i) || p.toks[i].kind == amount && (p.toks[i].q.Dim == zh.Years || p.toks[i].q.Dim == zh.Months || p.toks[i].q.Dim == zh.Percent) {
			return true
		}
		if _, year := p.yearOf(i); year {
			return true
		}
		if years, _ := p.yearRange(i); len(years) > 0 {
			return true
		}
	}
	return p.find(x, func(t *tok) bool {
		return t.kind == date || t.is(free|reason|paid|allpaid|unpaid) || t.word != nil && (t.word.source != "" || t.word.kind != "" || t.word.dept != "")
	}) >= 0
}

// funds reads the tokens from … to-1.
func (p *pass) funds(from, to int) []Fund {
	u := purse{p: p, sourced: -1, future: -1}
	if none, ok := p.noMoney(from, to); ok {
		return []Fund{none}
	}
	p.totals(from, to)
	u.order(from, to)
	u.style(from, to)
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
	u.repeat()
	if at := p.shares(from, to); at >= 0 { // 一半沪滇一半自筹: how much each is must be asked
		for i := range u.funds {
			u.funds[i].Source, u.funds[i].Kind = "", ""
		}
		p.leave(at, to, WhyAmbiguous)
	}
	for i := range u.funds {
		u.settle(&u.funds[i])
	}
	return u.funds
}

// shares is the token that gives a part instead of a sum, -1 when none does.
func (p *pass) shares(from, to int) int {
	return p.find(piece{from: from, to: to}, func(t *tok) bool {
		return t.kind == amount && t.q.Dim == zh.Percent || t.kind == rest && strings.Contains(p.f.Text[t.from:t.to], "一半")
	})
}

// totals sets aside 共计3万 when the sums it adds up are named as well, and
// reports it when they do not make it.
func (p *pass) totals(from, to int) {
	at, all, rest := -1, zh.Dec(0), zh.Dec(0)
	for i := from; i < to; i++ {
		v, _, ok := p.money(i)
		switch {
		case !ok || p.claimed[i]:
		case at < 0 && (p.parted(i, to) || p.addsUp(i, to) || p.byYears(i, to)), i > from && (p.toks[i-1].is(total) || p.toks[i-1].is(fill|paid) && i > from+1 && p.toks[i-2].is(total)), at < 0 && (p.ofTotal(i) || p.per(i) != "" && !p.paidBy(i)) && p.worked:
			at, all = i, v
			if sum, ok := p.sumAt(i); ok { // 3头牛每头12000，贷3万
				all = sum
			}
		default:
			sum, _, ok := p.times(i, v)
			if !ok {
				sum = v
			}
			rest += sum
		}
	}
	if at < 0 || rest == 0 {
		return
	}
	if p.partsOfOne(at, to) { // 贷款五万，其中三万买牛，两万盖圈
		return
	}
	p.claimed[at] = true
	if all != rest && all != rest*p.yearsOf(at) {
		p.leave(at-1, at+1, WhyAmbiguous)
	}
}

// yearsOf is for how many years the total in token at was said to be: 三年一共三万.
func (p *pass) yearsOf(at int) zh.Dec {
	for at--; at >= 0 && p.toks[at].is(fill|total); at-- {
	}
	if at < 0 || p.toks[at].kind != amount || p.toks[at].q.Dim != zh.Years {
		return 1
	}
	return p.toks[at].q.Value / zh.One
}

// partsOfOne: the sum in token at has its source and the sums behind it have none:
// they only tell what it is for.
func (p *pass) partsOfOne(at, to int) bool {
	if !p.parted(at, to) || !p.paidBy(at) {
		return false
	}
	var parts []int
	for i := at + 1; i < to; i++ {
		if w := p.toks[i].word; w != nil && (w.source != "" || w.kind != "") {
			return false
		}
		if p.sums(i) {
			parts = append(parts, i)
		}
	}
	for _, i := range parts {
		p.claimed[i] = true
	}
	return true
}

// addsUp: the first sum has no source of its own and is what two or more behind
// it make together: 投资25万，沪滇15万，自筹10万.
func (p *pass) addsUp(i, to int) bool {
	all, _ := p.sumAt(i)
	if i > 0 && p.toks[i-1].word != nil && (p.toks[i-1].word.source != "" || p.toks[i-1].word.kind != "") {
		return false
	}
	rest, n := p.behindSum(i, to)
	return n > 1 && rest == all
}

// behindSum adds up the sums behind token i.
func (p *pass) behindSum(i, to int) (rest zh.Dec, n int) {
	for j := i + 1; j < to; j++ {
		if v, _, ok := p.money(j); ok && !p.claimed[j] {
			rest, n = rest+v, n+1
		}
	}
	return rest, n
}

// byYears: the first sum, with its source, is what the years behind it make together:
// 沪滇一万二，今年8000明年4000.
func (p *pass) byYears(i, to int) bool {
	all, ok := p.sumAt(i)
	rest, n := p.behindSum(i, to)
	if !ok || n < 2 || rest != all || !p.paidBy(i) {
		return false
	}
	years := 0
	for j := i + 1; j < to; j++ {
		if w := p.toks[j].word; w != nil && (w.source != "" || w.kind != "") || p.toks[j].is(paid|unpaid|allpaid) {
			return false
		}
		if _, year := p.yearOf(j); year {
			years++
		}
	}
	return years == n
}

// parted: 其中 follows the sum before another one: 2万其中1万5是沪滇.
func (p *pass) parted(i, to int) bool {
	for j := i + 1; j < to; j++ {
		if p.toks[j].means(among) {
			return true
		}
		if p.toks[j].kind == amount || p.toks[j].strength >= fullstp {
			return false
		}
	}
	return false
}

// noMoney reads 不要钱, 不花钱 政策兜底, when no sum is named.
func (p *pass) noMoney(from, to int) (Fund, bool) {
	x := piece{from: from, to: to}
	at := p.has(x, free)
	why := p.has(x, reason)
	if at < 0 && why < 0 || p.find(x, func(t *tok) bool {
		return t.kind == amount && (t.q.Dim == zh.Money || t.q.Dim == zh.Plain && t.q.Value >= zh.Whole(100))
	}) >= 0 {
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
