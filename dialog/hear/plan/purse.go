package plan

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// purse gathers the lines of money of a stretch of tokens.
type purse struct {
	p       *pass
	funds   []Fund
	years   []string // said and in force
	since   int      // token of the last of them
	yearRel bool     // one of them in relative words
	all     bool     // 18到20年每年: the sum is for each of them
	fresh   bool     // the years were just said: another one joins them
	source  string
	sourced int // token of source that no sum took yet, -1 none
	kind    string
	lead    bool     // sources stand before their sums
	early   bool     // years stand before their sums
	pay     bool     // the next sum was paid
	several []string // sources that share the next sum: 沪滇、专项各一万
	lost    bool     // a source in front of this one had no sum
	next    string   // a year said in front of the next sum alone
	late    string   // the year that was said behind the lines just before
	lateAt  int      // … and its token
	future  int      // token of a day of payment that is still to come, -1 none
	runs    int      // years that a yearly sum is paid for
	runsAt  int
	lastSum int // token of the last sum
	payDay  string
	payFlag Flags
}

// order finds out whether sources and years stand before the sums.
func (u *purse) order(from, to int) {
	sum := false
	for i := from; i < to && !sum; i++ {
		t := &u.p.toks[i]
		if u.p.claimed[i] {
			continue
		}
		if _, ok := u.year(i, to); ok {
			u.early = true
			continue
		}
		if years, _ := u.p.yearRange(i); len(years) > 0 {
			u.early = true
		}
		if t.word != nil && t.word.source != "" {
			u.lead = true
		}
		_, _, sum = u.p.money(i)
	}
}

// style: sources stand before their sums when none stands behind the last one:
// 国家补2万6自己出4万沪滇再给1万.
func (u *purse) style(from, to int) {
	first, last, before, behind := -1, -1, false, false
	for i := from; i < to; i++ {
		t := &u.p.toks[i]
		if _, year := u.year(i, to); year || u.p.claimed[i] {
			continue
		}
		if _, _, ok := u.p.money(i); ok {
			if first < 0 {
				first = i
			}
			last, before, behind = i, before || behind, false
		} else if first >= 0 && t.word != nil && t.word.source != "" {
			behind = true
		}
	}
	if last > first && before && !behind {
		u.lead = true
	}
}

// take is one step along the tokens.
func (u *purse) take(i, to int) {
	p, t := u.p, &u.p.toks[i]
	if y, ok := u.year(i, to); ok {
		if t.kind != date || !u.paidOn(i, to) || len(u.years) == 0 && u.early {
			u.addYear(y, i)
		}
		return
	}
	switch {
	case u.rangeOf(i), u.department(i, to):
	case t.kind == amount && p.negative(i):
		p.leave(i, i+1, WhyImpossible)
	case t.kind == date:
		u.paidOn(i, to)
	case t.is(allpaid):
		for k := range u.funds {
			u.funds[k].Paid = u.funds[k].Amount
		}
	case t.is(unpaid):
		if n := len(u.funds); n > 0 && u.funds[n-1].Paid == "" {
			u.funds[n-1].Paid = "0"
		} else {
			p.leave(i, i+1, WhyNoAmount)
		}
	case t.word != nil && len(t.word.cats) > 0 && t.word.source == "" && strings.HasSuffix(t.word.text, "贷款"): // 助学贷款
		u.source, u.sourced, u.kind, u.lead = "credit", i, "loan", true
	case u.own(i, to):
	case t.is(paid):
		u.payment(i, to)
	case t.word != nil && (t.word.source != "" || t.word.kind != ""):
		u.addSource(i)
	case u.sumOfYears(i, to):
	case t.kind == amount && (t.q.Dim == zh.Years || t.q.Dim == zh.Months) && t.q.Per == "":
		if n := len(u.funds); n == 0 || u.funds[n-1].Source != "credit" || !strings.Contains(p.per(u.lastSum), "年") { // 助学贷款每年8000，三年: no term
			u.term(i)
		}
		if n, whole := t.q.Value.Int(); t.q.Dim == zh.Years && whole && n > 1 && n < 10 && !(i+1 < to && strings.HasSuffix(p.text(i+1, i+2), "后")) {
			u.runs, u.runsAt = n, i
		}
	default:
		if v, f, ok := p.money(i); ok && i > 0 && strings.HasSuffix(p.text(i-1, i), "利息") {
			p.leave(i-1, i+1, WhyAmbiguous)
		} else if ok && i > 0 && (u.rest(i) || u.due(i)) {
			p.leave(i, i+1, WhyAmbiguous)
		} else if ok {
			u.sum(i, v, f)
		}
	}
}

// sum makes a line of a sum, or one for each year in force.
func (u *purse) sum(i int, v zh.Dec, f Flags) {
	u.lastSum = i
	v, worked, ok := u.p.times(i, v)
	v, shared := u.share(i, v)
	f.Approx, f.Worked = f.Approx || u.p.assumed, f.Worked || worked || shared
	f.Large = v > zh.Whole(large)
	span := u.p.span(i, i+1)
	if u.sourced >= 0 {
		span = u.p.join(u.p.span(u.sourced, u.sourced+1), span)
	}
	if !ok {
		u.p.leave(i, i+1, WhyAmbiguous)
		return
	}
	if u.saidAgain(i, v, f, span) {
		return
	}
	if u.pay {
		u.paid(v, f, span)
		return
	}
	f.Relative = f.Relative || u.yearRel && len(u.years) > 0
	line := Fund{Source: u.source, Kind: u.kind, Amount: v.String(), More: u.p.more(i), Flags: f, Span: span}
	if u.sourced < 0 && !u.fresh {
		line.Source, line.Kind = "", u.kind // every sum needs a source of its own, but 沪滇18年2万19年1万 has one
	}
	years := u.years
	if len(years) > 1 && u.fresh && !u.every(i) {
		years = nil // for all of them together, or each? not said
	} else if len(years) > 1 && !u.fresh {
		years = years[len(years)-1:]
	}
	if len(years) == 0 {
		years = []string{""}
	}
	if u.lost && i > 0 && u.p.toks[i-1].is(total) {
		line.Source, line.Kind = "", "" // 专项加自筹一共两万
	}
	if years[0] == "" && u.next != "" {
		years = []string{u.next}
		if u.source != "" && line.Source == "" && !u.p.items[i] {
			line.Source = u.source
		}
	}
	u.next = ""
	for _, line.Year = range years {
		for _, source := range u.several {
			other := line
			other.Source, other.Kind = source, ""
			u.funds = append(u.funds, other)
		}
		u.funds = append(u.funds, line)
	}
	u.several, u.lost = nil, false
	u.sourced, u.fresh, u.all = -1, false, false
	u.kind = ""
}

// more: 又, 再 or 追加 stands before the sum in its piece.
func (p *pass) more(i int) bool {
	for i--; i >= 0 && p.toks[i].kind != mark && !p.sums(i); i-- {
		if p.r.lex.holds("more", p.text(i, i+1)) {
			return true
		}
	}
	return false
}

// saidAgain: the sum repeats the last one that was worked out (每月500，一年六千), or is
// that for all the people before it (小学一年一千，两个娃两千).
func (u *purse) saidAgain(i int, v zh.Dec, f Flags, span Span) bool {
	if len(u.funds) == 0 || u.sourced >= 0 || u.pay {
		return false
	}
	last := &u.funds[len(u.funds)-1]
	one, ok := zh.ParseDec(last.Amount)
	n := u.together(i)
	switch {
	case last.Amount == v.String() && (last.Approx || last.Worked) && !f.Approx && !f.Worked && !u.fresh && u.next == "":
		last.Approx, last.Worked = false, false
	case n > 1 && ok && one*zh.Dec(n) == v:
		last.Amount, last.Large = v.String(), f.Large
	default:
		return false
	}
	last.Span = u.p.join(last.Span, span)
	return true
}

// together is how many people stand right before the sum in token i, 0 when none do.
func (u *purse) together(i int) int {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if t := &u.p.toks[j]; t.kind == amount {
			n, whole := t.q.Value.Int()
			if whole && t.q.Dim == zh.Count && n < 1000 {
				return n
			}
			return 0
		} else if t.kind == mark {
			return 0
		}
	}
	return 0
}

// share: 4人各2万 is 80000.
func (u *purse) share(i int, v zh.Dec) (zh.Dec, bool) {
	if i < 2 || !u.p.toks[i-1].is(each) || u.p.text(i-1, i) != "各" || u.p.toks[i-2].kind != amount {
		return v, false
	}
	q := &u.p.toks[i-2].q
	n, whole := q.Value.Int()
	if q.Dim != zh.Count || !whole || n < 1 || n > 1000 {
		return v, false
	}
	return v * zh.Dec(n), true
}

// settle completes a line with what follows from the rest, and reports what is
// missing.
func (u *purse) settle(f *Fund) {
	switch {
	case f.Source == "" && f.Kind == "loan":
		f.Source = "credit"
	case f.Source == "" && f.Kind == "self":
		f.Source = "self"
	}
	switch {
	case f.Kind != "" || f.Source == "":
	case f.Source == "credit":
		f.Kind = "loan"
	case f.Source == "self":
		f.Kind = "self"
	default:
		f.Kind = "grant"
	}
	if f.Year == "" && len(u.p.c.Years) == 1 {
		f.Year = u.p.c.Years[0]
	}
	if y := u.p.doubted(); y != "" && y == f.Year {
		f.Doubtful = true
	}
	if f.Year == "" {
		u.p.report(Unread{Span: f.Span, Why: WhyUnsureYear})
	}
	if f.Source == "" {
		u.p.report(Unread{Span: f.Span, Why: WhyUnsureSource})
	}
}
