package plan

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// paidOn keeps a month or day that stands next to 到账 or 已拨.
func (u *purse) paidOn(i, to int) bool {
	near := i+1 < to && (u.p.toks[i+1].is(paid) || i+2 < to && u.p.toks[i+1].is(fill) && u.p.toks[i+2].is(paid))
	if !near && !(i > 0 && u.p.toks[i-1].is(paid)) {
		return false
	}
	d, ok := u.p.dateOf(i, zh.Past, zh.Date{})
	if ok && d.Precision == zh.Year && d.Year >= u.p.c.Now.Year() && near && !u.isPaid(i, to) && !u.sumAhead(i, to) {
		u.future = i // 今年兑现, no 今年兑现了
	}
	if !ok || d.Precision < zh.Month {
		return false
	}
	if d.First().After(zh.DateOf(u.p.c.Now).First()) && (d.Before || strings.HasSuffix(u.p.text(i, i+1), "前")) { // 11月底前拨付 is still to come
		u.future = i
		return false
	}
	u.payDay, u.payFlag = d.String(), relative(d)
	return true
}

// sumAhead: a sum follows in the same piece: 18年到位1万.
func (u *purse) sumAhead(i, to int) bool {
	for j := i + 1; j < to && u.p.toks[j].kind != mark; j++ {
		if u.p.sums(j) {
			return true
		}
	}
	return false
}

// summed: a sum stands before token i in the same piece.
func (u *purse) summed(i int) bool {
	for j := i - 1; j >= 0 && u.p.toks[j].kind != mark; j-- {
		if u.p.sums(j) {
			return true
		}
	}
	return false
}

// toCome: the day of the payment stands before it and is still to come: 10月底前打卡.
// A sum that is named with it is no line of its own.
func (u *purse) toCome(i int) bool {
	j := i - 1
	for ; j >= 0 && j >= i-3 && u.p.toks[j].kind != date; j-- {
		if u.p.toks[j].kind == mark {
			return false
		}
	}
	if j < 0 || u.p.toks[j].kind != date || u.isPaid(j, len(u.p.toks)) {
		return false
	}
	now, said := zh.DateOf(u.p.c.Now), u.p.text(j, j+1)
	d, ok := u.p.dateOf(j, zh.Future, zh.Date{})
	if !ok || d.Precision < zh.Month || yearless(said) && d.Year != now.Year {
		return false // 8月15号到账 in September was this August
	}
	if !d.First().After(now.First()) && !(strings.HasSuffix(said, "前") && d.Last().After(now.First())) {
		return false
	}
	for k := i + 1; k < len(u.p.toks) && u.p.toks[k].kind != mark; k++ {
		if u.p.sums(k) {
			u.p.claimed[k] = true
			u.p.leave(j, k+1, WhyAmbiguous)
			return true
		}
	}
	if !u.p.claimed[j] { // the date of a measure was taken as its end
		u.p.leave(j, i+1, WhyAmbiguous)
	}
	return true
}

// later: it is paid once something is done: 验收后打卡.
func (u *purse) later(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3 && u.p.toks[j].kind != mark; j-- {
		if s := u.p.text(j, j+1); s == "后" || s == "以后" || s == "之后" || s == "再" || strings.HasSuffix(s, "后") && u.p.toks[j].kind == rest {
			return true
		}
	}
	return false
}

// isPaid: 已 or 了 stands with the word of paying behind token i.
func (u *purse) isPaid(i, to int) bool {
	for j := i + 1; j < to && u.p.toks[j].strength < comma; j++ {
		if strings.ContainsAny(u.p.text(j, j+1), "已了完过") {
			return true
		}
	}
	return false
}

// payment: the next sum was paid, or all of the last one when none follows.
func (u *purse) payment(i, to int) {
	if u.future >= 0 && i-u.future <= 2 || u.later(i) || u.toCome(i) {
		return
	}
	for j := i + 1; j < to && u.p.toks[j].strength <= blank; j++ {
		if u.p.toks[j].kind == mark && u.summed(i) {
			break // 补助两万一已经打到卡上 还有三千没到
		}
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
	if i+1 < len(u.p.toks) && strings.HasPrefix(u.p.text(i+1, i+2), "还") { // 一年还, and no loan was named
		u.p.leave(i, i+2, WhyAmbiguous)
	}
}

// paid puts a paid sum to the last line, or to a line of its own.
func (u *purse) paid(v zh.Dec, f Flags, span Span) {
	u.pay = false
	n := len(u.funds)
	if n > 0 && u.sourced < 0 && u.funds[n-1].Paid != "" && u.funds[n-1].Paid != u.funds[n-1].Amount {
		u.p.report(Unread{Span: span, Why: WhyAmbiguous}) // a second payment
		return
	}
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
