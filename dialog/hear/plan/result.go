package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// put adds a line, or completes the one before: 出三头肥猪，增收六千 is one.
func (p *pass) put(x piece, o Output, out *[]Output) bool {
	if p.has(x, got) >= 0 || p.finished(x) {
		o.Actual, o.Target = o.Target, ""
	}
	p.awaited(&o)
	if p.merges(x, &o, *out) {
		return true
	}
	switch {
	case o.Indicator != "" && o.Target+o.Actual+o.Income == "" && p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Percent }) >= 0:
		p.leave(x.from, x.to, WhyNoAmount) // 参保率100%: a share is no number of anything
		for i := x.from; i < x.to; i++ {
			p.used[i] = true
		}
		return true
	case o.Indicator != "" && o.Target+o.Actual+o.Income == "":
		p.waiting, p.waitAt = &o, x
		if o.Year != "" {
			p.year, p.yearFlag = o.Year, o.Relative
		}
		return true
	case o.Indicator != "":
	case o.Income != "":
		o.Indicator, o.Unit, o.Target = p.r.lex.show["income"], "yuan", o.Income
		p.flush()
	case o.Target != "" && p.c.Asked == AskOutput:
	case o.Year != "" && o.Target+o.Actual == "" && p.find(x, func(t *tok) bool {
		return t.kind == rest || t.kind == vocab && !t.is(fill|all) && !t.means(shared) && !t.is(since|each)
	}) < 0: // a year for what follows
		p.lateYear(x, &o, out)
		return true
	case o.Target != "" && o.Year != "" && p.goesOnWith(&o, *out): // 今年产蜜60斤，明年90斤
	case o.Target != "" && p.results && p.spare == nil && x.after < fullstp:
		p.spare, p.spareAt = &o, x
		return true
	default:
		return false
	}
	p.outputYear(&o)
	*out = append(*out, o)
	if p.auto {
		p.auto, p.autoAt = false, len(*out)
	}
	return true
}

// goesOnWith names a number after the result before it, when it has its unit and is of
// another year.
func (p *pass) goesOnWith(o *Output, out []Output) bool {
	n := len(out)
	if n == 0 || out[n-1].Unit != o.Unit || o.Unit == "" || out[n-1].Year == o.Year || out[n-1].Target == "" {
		return false
	}
	o.Indicator = out[n-1].Indicator
	return true
}

// awaited joins an indicator and its number that stand in two pieces: 培训拿到证，一
// 个人; 两头，今年出栏; 小军出去打工，一个月4000.
func (p *pass) awaited(o *Output) {
	if w := p.waiting; w != nil && o.Indicator == "" && o.Target+o.Actual != "" && (o.Unit == w.Unit || w.Unit == "" || o.Unit == "") {
		o.Indicator, o.Unit, o.Year = w.Indicator, either(o.Unit, w.Unit), either(o.Year, w.Year)
		o.Relative, o.Span, p.waiting = o.Relative || w.Relative, p.join(w.Span, o.Span), nil
	}
	if s := p.spare; s != nil && o.Indicator != "" && o.Target+o.Actual+o.Income == "" && (o.Unit == s.Unit || o.Unit == "") && (o.Year == "" || s.Year == "" || o.Year == s.Year) {
		o.Target, o.Unit, o.Approx, o.Span = s.Target, s.Unit, s.Approx, p.join(s.Span, o.Span)
		p.spare = nil
	}
	if o.Indicator != "" && o.Unit == "ren" && o.Target+o.Actual == "" && o.Income != "" {
		o.Indicator, o.Unit = "", "" // 出去打工每月4000
	}
	if w := p.waiting; w != nil && w.Unit == "ren" && o.Indicator == "" && o.Income != "" {
		o.Year, o.Relative, o.Span = either(o.Year, w.Year), o.Relative || w.Relative, p.join(w.Span, o.Span)
		p.waiting = nil
	}
	if o.Indicator != "" {
		p.flush()
	}
}

// merges: the piece only completes the line before it, or says it again.
func (p *pass) merges(x piece, o *Output, out []Output) bool {
	n := len(out)
	if n == 0 {
		return false
	}
	last := &out[n-1]
	switch {
	case o.Indicator != "" && last.Indicator == o.Indicator && p.autoAt == n && !p.auto && o.Target != "": // 水通到家，6个人吃上
		o.Span, o.Year, o.Income = p.join(last.Span, o.Span), either(o.Year, last.Year), either(o.Income, last.Income)
		*last, p.autoAt = *o, 0
		p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool {
			return u.Why == WhyUnsureYear && o.Year != "" && u.Start >= o.Start && u.End <= o.End
		})
	case o.Indicator != "":
		return false
	case o.Income != "" && o.Income == last.Income && o.Target == "" && (o.Year == "" || o.Year == last.Year): // 一头7000，增收两万一
		last.Approx, last.Worked, last.Span = last.Approx && o.Approx, last.Worked && o.Worked, p.join(last.Span, o.Span)
	case o.Income != "" && last.Income != "" && (o.Year == "" || o.Year == last.Year) && strings.ContainsAny(p.text(x.from, x.to), "净纯"): // 卖两万，净落一万二
		if last.OnlyIncome() {
			last.Target = o.Income
		}
		last.Income = o.Income
		last.add(o.Flags)
		last.Span = p.join(last.Span, o.Span)
	case last.Unit == "yuan" && (last.Approx || last.Worked) && o.Income == "" && o.Target != "": // the base of 每头增收3000
		last.Span = p.join(last.Span, o.Span)
	case o.Target != "" && o.Income == "" && p.isBase(x): // the base of 一亩收300斤
		last.Span = p.join(last.Span, o.Span)
	case o.Income != "" && last.Income == "" && (o.Year == "" || o.Year == last.Year) || o.Income == "" && o.Target != "" && last.Target+last.Actual == "":
		p.complete(last, *o)
	default:
		return false
	}
	return true
}

// isBase: the amount of the piece was multiplied with a rate said before.
func (p *pass) isBase(x piece) bool {
	i := p.find(x, func(t *tok) bool { return t.kind == amount })
	return i >= 0 && p.rated
}

func (p *pass) complete(last *Output, o Output) {
	if o.Income != "" {
		last.Income = o.Income
	}
	if last.Target == "" && o.Target != "" {
		last.Target, last.Unit = o.Target, o.Unit
	}
	last.add(o.Flags)
	last.Span = p.join(last.Span, o.Span)
}
