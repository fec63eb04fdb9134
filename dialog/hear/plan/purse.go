package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"

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
	lead    bool   // sources stand before their sums
	early   bool   // years stand before their sums
	pay     bool   // the next sum was paid
	late    string // the year that was said behind the lines just before
	lateAt  int    // … and its token
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

// year reads a token as a year: a bare 18 only before a source or another sum.
func (u *purse) year(i, to int) (string, bool) {
	y, ok := u.p.yearOf(i)
	if !ok || u.p.toks[i].kind == date {
		return y, ok
	}
	if u.p.toks[i].q.Value >= zh.Whole(1000) {
		return y, true
	}
	for j := i + 1; j < to; j++ {
		t := &u.p.toks[j]
		if t.is(through) || t.word != nil && (t.word.source != "" || t.is(each)) {
			return y, true
		}
		if _, _, sum := u.p.money(j); sum && t.q.Dim == zh.Money || sum && j > i {
			return y, true
		}
	}
	return "", false
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
	case u.own(i, to):
	case t.is(paid):
		u.payment(i, to)
	case t.word != nil && (t.word.source != "" || t.word.kind != ""):
		u.addSource(i)
	case t.kind == amount && (t.q.Dim == zh.Years || t.q.Dim == zh.Months) && t.q.Per == "":
		u.term(i)
	default:
		if v, f, ok := p.money(i); ok && i > 0 && strings.HasSuffix(p.text(i-1, i), "利息") {
			p.leave(i-1, i+1, WhyAmbiguous)
		} else if ok {
			u.sum(i, v, f)
		}
	}
}

// addYear puts a year in force: 18年、19年各1万 are two; 18到20年 all between.
func (u *purse) addYear(y string, i int) {
	n := len(u.funds)
	if !u.early {
		if u.late != "" && u.joins(i) && u.more(y, i) {
			u.late, u.lateAt = y, i
			return
		}
		for k := n - 1; k >= 0 && u.funds[k].Year == ""; k-- {
			u.funds[k].Year = y
			u.funds[k].Relative = u.funds[k].Relative || u.p.relativeYear(i)
			u.late, u.lateAt = y, i
		}
		return
	}
	if !u.fresh {
		u.years, u.yearRel = nil, false
	}
	u.since, u.yearRel = i, u.yearRel || u.p.relativeYear(i)
	if last := len(u.years); u.fresh && last > 0 && i > 0 && u.p.toks[i-1].is(through) {
		a, _ := strconv.Atoi(u.years[last-1])
		b, _ := strconv.Atoi(y)
		for a++; a < b && b-a < 20; a++ {
			u.years = append(u.years, strconv.Itoa(a))
		}
	}
	u.years, u.fresh = append(u.years, y), true
}

// joins: nothing but marks and 到 stands between the year before and this one.
func (u *purse) joins(i int) bool {
	for j := u.lateAt + 1; j < i; j++ {
		t := &u.p.toks[j]
		if t.kind != mark && !t.is(through|fill) {
			return false
		}
	}
	return true
}

// more copies the lines of the year before for one more year, up to it when 到
// was said: 一年三千，18年19年20年都有. It is false for sums that do not come each year.
func (u *purse) more(y string, i int) bool {
	from, _ := strconv.Atoi(u.late)
	to, _ := strconv.Atoi(y)
	through := u.p.toks[i-1].is(through)
	if to <= from || to-from > 20 || !u.perYear(i) {
		return false
	}
	if !through {
		from = to - 1
	}
	n := len(u.funds)
	for year := from + 1; year <= to; year++ {
		for k := 0; k < n; k++ {
			if u.funds[k].Year == u.late {
				line := u.funds[k]
				line.Year = strconv.Itoa(year)
				u.funds = append(u.funds, line)
			}
		}
	}
	return true
}

// perYear: the text says that the sums come each year.
func (u *purse) perYear(i int) bool {
	for j := range u.p.toks {
		t := &u.p.toks[j]
		if t.kind == amount && strings.Contains(t.q.Per, "年") || t.is(each) || j > i && t.means(shared) {
			return true
		}
		if t.kind == rest || t.kind == vocab {
			if s := u.p.text(j, j+1); strings.Contains(s, "年") && t.kind == rest || s == "每年" {
				return true
			}
		}
	}
	return false
}

// rangeOf takes 18到20年; whether the sum is for each of them must be said.
func (u *purse) rangeOf(i int) bool {
	years, each := u.p.yearRange(i)
	if len(years) == 0 {
		return false
	}
	if !u.early && len(u.funds) > 0 {
		if u.funds[len(u.funds)-1].Year != "" || !u.perYear(i) {
			u.p.leave(i, i+1, WhyAmbiguous)
			return true
		}
		for _, y := range years {
			if u.late == "" {
				u.addYear(y, i)
			} else {
				u.more(y, i)
				u.late = y
			}
		}
		u.p.claimed[i] = true
		return true
	}
	u.years, u.fresh, u.since, u.yearRel = years, true, i, false
	u.all = each
	return true
}

// relativeYear: 今年, 明年.
func (p *pass) relativeYear(i int) bool {
	return p.toks[i].on.Relative && p.toks[i].kind == date || p.toks[i].kind == date && strings.TrimLeft(p.text(i, i+1), "今明后去前大") != p.text(i, i+1)
}

// paidOn keeps a month or day that stands next to 到账 or 已拨.
func (u *purse) paidOn(i, to int) bool {
	near := i+1 < to && (u.p.toks[i+1].is(paid) || i+2 < to && u.p.toks[i+1].is(fill) && u.p.toks[i+2].is(paid))
	if !near && !(i > 0 && u.p.toks[i-1].is(paid)) {
		return false
	}
	d, ok := u.p.dateOf(i, zh.Past, zh.Date{})
	if !ok || d.Precision < zh.Month {
		return false
	}
	u.payDay, u.payFlag = d.String(), relative(d)
	return true
}

// payment: the next sum was paid, or all of the last one when none follows.
func (u *purse) payment(i, to int) {
	for j := i + 1; j < to && u.p.toks[j].strength <= blank; j++ {
		if w := u.p.toks[j].word; w != nil && w.source != "" {
			break
		}
		if _, _, ok := u.p.money(j); ok {
			u.pay = true
			return
		}
	}
	if n := len(u.funds); n > 0 {
		f := &u.funds[n-1]
		f.Paid, f.PaidOn = f.Amount, u.payDay
		f.add(u.payFlag)
		u.payDay = ""
	}
}

// addSource takes a source or a kind, before or after its sum.
func (u *purse) addSource(i int) {
	w := u.p.toks[i].word
	n := len(u.funds)
	if w.source != "" && u.sourced < 0 && u.sharedBy(i) { // 都是沪滇的
		for k := range u.funds {
			if u.funds[k].Source == "" {
				u.funds[k].Source, u.funds[k].Kind = w.source, either(w.kind, u.funds[k].Kind)
			}
		}
		return
	}
	if w.source == "charity" && u.sourced >= 0 && strings.HasPrefix(w.text, "捐") {
		return // 三峡集团捐4万: the giver was named
	}
	if !u.lead && n > 0 && u.funds[n-1].Source == "" && w.source != "" && u.sourced < 0 && !u.ownSum(i) {
		for k := n - 1; k >= 0 && u.funds[k].Source == "" && u.funds[k].Span == u.funds[n-1].Span; k-- {
			u.funds[k].Source, u.funds[k].Kind = w.source, either(w.kind, u.funds[k].Kind)
		}
		return
	}
	if w.source == "" {
		if n > 0 && u.source == "" && u.funds[n-1].Kind == "" && u.sourced < 0 && u.p.toks[i-1].kind == amount {
			u.funds[n-1].Kind = w.kind
		} else {
			u.kind = w.kind
		}
		return
	}
	if u.sourced >= 0 && u.source != w.source {
		u.p.leave(u.sourced, u.sourced+1, WhyNoAmount, u.source)
	}
	u.source, u.sourced, u.kind = w.source, i, w.kind
}

// sharedBy: 都 stands before the source, and sums before it.
func (u *purse) sharedBy(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if t := &u.p.toks[j]; t.means(shared) {
			return len(u.funds) > 0
		} else if !t.is(fill) {
			return false
		}
	}
	return false
}

// pays: 出, 给, 补 between who pays and the sum.
func (u *purse) pays(i int) bool {
	s := u.p.text(i, i+1)
	return utf8.RuneCountInString(s) == 1 && strings.ContainsAny(s, "出给补投拿拨凑掏添")
}

// own takes 自己1万: who is named before the sum pays it.
func (u *purse) own(i, to int) bool {
	who := " " + u.p.text(i, i+1) + " "
	j := i + 1
	if j < to && u.pays(j) && strings.Contains(" 他 她 他们 ", who) { // 他出两千
		who = " 自己 "
	}
	for j < to && u.pays(j) {
		j++
	}
	if !strings.Contains(" 自己 自家 农户 群众 户主 本人 他家 老百姓 个人 ", who) || j >= to || u.p.r.profile.Item("fund_source", "self") == nil {
		return false
	}
	if _, _, ok := u.p.money(j); !ok {
		return false
	}
	u.source, u.sourced, u.kind = "self", i, "self"
	return true
}

// ownSum: the source opens a piece and its sum follows: 政府补八千，自己出两千.
func (u *purse) ownSum(i int) bool {
	j := i + 1
	for j < len(u.p.toks) && (u.p.toks[j].is(fill) || u.pays(j)) {
		j++
	}
	if j == len(u.p.toks) {
		return false
	}
	_, _, ok := u.p.money(j)
	return ok && i > 0 && u.p.toks[i-1].strength >= comma
}

// department takes 住建出, 民政补: the money of a department.
func (u *purse) department(i, to int) bool {
	w := u.p.toks[i].word
	if w == nil || w.dept == "" || w.source != "" || i+1 >= to || u.p.r.profile.Item("fund_source", "department") == nil {
		return false
	}
	next, _ := utf8.DecodeRuneInString(u.p.text(i+1, i+2))
	if !strings.ContainsRune("出补给", next) {
		return false
	}
	n := len(u.funds)
	if n > 0 && u.funds[n-1].Source == "" && !u.lead && !u.ownSum(i+1) {
		u.funds[n-1].Source = "department"
	} else {
		u.source, u.sourced = "department", i
	}
	return true
}

// term is how long a loan runs.
func (u *purse) term(i int) {
	q := &u.p.toks[i].q
	n, whole := q.Value.Int()
	if q.Value == zh.One && strings.HasPrefix(u.p.text(i, i+1), "一") && i+1 < len(u.p.toks) && u.p.toks[i+1].kind != mark && !strings.ContainsAny(u.p.text(i+1, i+2), "期还") {
		return // 一年利息两千
	}
	if q.Dim == zh.Years {
		n, whole = (q.Value * 12).Int()
	}
	for k := len(u.funds) - 1; k >= 0 && whole; k-- {
		if u.funds[k].Source == "credit" || u.funds[k].Kind == "loan" {
			u.funds[k].Months = strconv.Itoa(n)
			u.funds[k].Approx = u.funds[k].Approx || q.Approx
			return
		}
	}
}

// sum makes a line of a sum, or one for each year in force.
func (u *purse) sum(i int, v zh.Dec, f Flags) {
	v, worked, ok := u.p.times(i, v)
	v, shared := u.share(i, v)
	f.Approx = f.Approx || worked || shared
	f.Large = v > zh.Whole(large)
	span := u.p.span(i, i+1)
	if u.sourced >= 0 {
		span = u.p.join(u.p.span(u.sourced, u.sourced+1), span)
	}
	if !ok {
		u.p.leave(i, i+1, WhyAmbiguous)
		return
	}
	if n := len(u.funds); n > 0 && u.sourced < 0 && !u.pay && u.funds[n-1].Amount == v.String() && u.funds[n-1].Approx && !f.Approx && u.p.per(i) == "年" {
		u.funds[n-1].Approx = false // 每月500，一年六千: said twice
		u.funds[n-1].Span = u.p.join(u.funds[n-1].Span, span)
		return
	}
	if u.pay {
		u.paid(v, f, span)
		return
	}
	f.Relative = f.Relative || u.yearRel && len(u.years) > 0
	line := Fund{Source: u.source, Kind: u.kind, Amount: v.String(), Flags: f, Span: span}
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
	for _, line.Year = range years {
		u.funds = append(u.funds, line)
	}
	u.sourced, u.fresh, u.all = -1, false, false
	u.kind = ""
}

// every: a sum for each of several years.
func (u *purse) every(i int) bool {
	if len(u.years) < 2 || !u.fresh {
		return false
	}
	if u.all || u.p.toks[i].q.Per == "年" {
		return true
	}
	for j := i - 1; j >= 0 && u.p.toks[j].kind != amount; j-- {
		if u.p.toks[j].is(each) {
			return true
		}
	}
	return false
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

// paid puts a paid sum to the last line, or to a line of its own.
func (u *purse) paid(v zh.Dec, f Flags, span Span) {
	u.pay = false
	n := len(u.funds)
	if n == 0 || u.sourced >= 0 {
		f.Relative = f.Relative || u.yearRel && len(u.years) > 0
		line := Fund{Source: u.source, Kind: u.kind, Flags: f, Span: span}
		if k := len(u.years); k > 0 {
			line.Year = u.years[k-1]
		}
		u.funds, u.sourced, u.fresh = append(u.funds, line), -1, false
		n++
	}
	line := &u.funds[n-1]
	line.Paid, line.PaidOn = v.String(), u.payDay
	line.add(f)
	line.add(u.payFlag)
	line.Span = u.p.join(line.Span, span)
	u.payDay, u.payFlag = "", Flags{}
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
	if f.Year == "" {
		u.p.report(Unread{Span: f.Span, Why: WhyUnsureYear})
	}
	if f.Source == "" {
		u.p.report(Unread{Span: f.Span, Why: WhyUnsureSource})
	}
}
