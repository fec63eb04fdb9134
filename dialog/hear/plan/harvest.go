package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// heading: 增收目标： and 一年 tell nothing without what follows.
func (p *pass) heading(x piece) bool {
	return p.find(x, func(t *tok) bool {
		one := t.kind == amount && t.q.Value == zh.One && (t.q.Dim == zh.Years || t.q.Dim == zh.Months)
		return !t.is(fill|income|goal) && !one
	}) < 0
}

// absorbed: all the piece counts was multiplied with a rate: 一亩收300斤，15亩.
func (p *pass) absorbed(x piece, out []Output) bool {
	n := 0
	for i := x.from; i < x.to; i++ {
		if t := &p.toks[i]; t.kind == amount {
			n++
			if !p.used[i] && !(t.q.Value == zh.One && strings.HasPrefix(p.text(i, i+1), "一")) {
				return false
			}
		} else if t.kind == rest && utf8.RuneCountInString(p.text(i, i+1)) > 2 {
			return false
		}
	}
	if n == 0 || len(out) == 0 {
		return false
	}
	last := &out[len(out)-1]
	last.Span = p.join(last.Span, p.span(x.from, x.to))
	return true
}

// harvests are the results of a piece that names several without a mark:
// 18年出栏2头19年出栏3头, 苞谷收2000斤魔芋收1.5吨. 出栏2头增收5000 is one.
func (p *pass) harvests(x piece) []piece {
	var out []piece
	from, number, named := x.from, false, false
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		_, year := p.yearOf(i)
		counted := t.kind == amount && !year
		tells := t.word != nil && t.word.indicator != ""
		thing := t.word != nil && t.word.thing != "" && i+1 < x.to && (p.toks[i+1].kind == amount || p.toks[i+1].word != nil && p.toks[i+1].word.indicator != "")
		if number && (year && i+1 < x.to && !(t.kind == amount && t.q.Value < zh.Whole(1000) && t.q.Dim == zh.Plain) || t.kind == date && i+1 < x.to || tells && !t.is(income) && p.numberAhead(x, i) || named && (thing && i > from && p.toks[i-1].kind == amount)) {
			out = append(out, piece{from, i, blank})
			from, number, named = i, false, false
		}
		number, named = number || counted, named || tells
	}
	return append(out, piece{from, x.to, x.after})
}

// flush reports an indicator whose number never came.
func (p *pass) flush() {
	if p.waiting != nil {
		p.leave(p.waitAt.from, p.waitAt.to, WhyNoAmount)
		p.waiting = nil
	}
	if p.spare != nil {
		p.leave(p.spareAt.from, p.spareAt.to, WhyUnknown)
		p.spare = nil
	}
}

// unfinished: a piece without a number goes on behind the blank: 2019年 出栏 2头.
func (p *pass) unfinished(x, next piece) bool {
	number := p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0
	tells := func(t *tok) bool { return t.is(income) || t.word != nil && t.word.indicator != "" }
	if p.certified(x) || p.reaches(x) {
		return false
	}
	return !number && (p.find(x, tells) < 0 || p.find(next, tells) < 0) && p.find(next, func(t *tok) bool { return t.kind == date }) < 0
}

// lateYear: a year behind the results holds for those without one; several
// (18年、19年都有) are one line each.
func (p *pass) lateYear(x piece, o *Output, out *[]Output) {
	var years []string
	for i := x.from; i < x.to; i++ {
		if y, ok := p.yearOf(i); ok {
			years = append(years, y)
		}
		more, _ := p.yearRange(i)
		years = append(years, more...)
	}
	series := p.lateTo > 0 && x.from == p.lateTo+1
	p.lateTo = x.to
	if series && len(years) == 1 && len(*out) > 0 {
		p.another(o.Year, out)
		return
	}
	if len(years) < 2 || len(*out) == 0 {
		p.laterYear(o, *out)
		return
	}
	for _, y := range years {
		more := *o
		more.Year = y
		p.laterYear(&more, *out)
		p.another(y, out)
	}
}

// another adds the last result for one more year.
func (p *pass) another(year string, out *[]Output) {
	last := (*out)[len(*out)-1]
	if last.Year != "" && last.Year != year {
		last.Year = year
		*out = append(*out, last)
	}
}

func (p *pass) laterYear(o *Output, out []Output) {
	p.outputYear(o)
	for k := len(out) - 1; k >= 0 && out[k].Year == ""; k-- {
		out[k].Year, out[k].Relative = o.Year, out[k].Relative || o.Relative
		p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool { return u.Why == WhyUnsureYear && u.Span == out[k].Span })
	}
	if p.waiting != nil && p.waiting.Year == "" {
		p.waiting.Year, p.waiting.Relative = o.Year, o.Relative
	}
}

// outputYear gives a line its year: its own, the one said before it, or the
// only one of the measure; otherwise it is reported.
func (p *pass) outputYear(o *Output) {
	switch {
	case o.Year != "":
		p.year, p.yearFlag = o.Year, o.Relative
	case p.year != "":
		o.Year, o.Relative = p.year, o.Relative || p.yearFlag
	case len(p.c.Years) == 1:
		o.Year = p.c.Years[0]
	case o.Indicator != "":
		p.unread = append(p.unread, Unread{Span: o.Span, Why: WhyUnsureYear})
	}
}
