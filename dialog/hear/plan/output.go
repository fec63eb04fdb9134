package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Outputs reads promised results: 今年底出三头肥猪，增收六千; 19年出栏2头增收5000;
// 房子修好达到B级; 拿证1人. A year holds for what follows it in the same message.
func (r *Reader) Outputs(text string, c Context) ([]Output, []Unread) {
	p := r.newPass(text, c)
	var out []Output
	for k := 0; k < len(p.pieces); k++ {
		x := p.pieces[k]
		for x.after == blank && k+1 < len(p.pieces) && p.unfinished(x, p.pieces[k+1]) {
			k++
			x.to, x.after = p.pieces[k].to, p.pieces[k].after
		}
		switch {
		case p.asked(x):
			p.leave(x.from, x.to, WhyQuestion)
		case p.empty(x):
		default:
			if !p.output(x, &out) {
				p.leave(x.from, x.to, WhyUnknown)
			}
		}
	}
	return out, p.unread
}

// unfinished: a piece without a number goes on behind the blank: 2019年 出栏 2头.
func (p *pass) unfinished(x, next piece) bool {
	number := p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0
	tells := func(t *tok) bool { return t.is(income) || t.word != nil && t.word.indicator != "" }
	return !number && (p.find(x, tells) < 0 || p.find(next, tells) < 0) && p.find(next, func(t *tok) bool { return t.kind == date }) < 0
}

// output reads one piece: an indicator with its number, an income, a grade to
// be reached, or a number of the indicator before.
func (p *pass) output(x piece, out *[]Output) bool {
	o := Output{Span: p.span(x.from, x.to)}
	money := -1
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.kind == date {
			if y, ok := p.yearOf(i); ok {
				o.Year, o.Relative = y, p.relativeYear(i)
			} else if d, ok := p.dateOf(i, zh.Future, zh.Date{}); ok {
				o.Year, o.Relative = d.String()[:4], true
			}
		}
		if y, ok := p.yearOf(i); ok && t.kind == amount && i == x.from && x.to > i+1 {
			o.Year = y
			continue
		}
		if t.is(income) {
			money = i
		}
		p.counted(x, i, money, &o)
	}
	p.indicator(x, &o)
	return p.put(x, o, out)
}

// counted takes a number of the piece: behind 增收 it is the income.
func (p *pass) counted(x piece, i, money int, o *Output) {
	if v, f, ok := p.money(i); ok && (money >= 0 || p.toks[i].q.Dim == zh.Money || p.has(x, income) > i) {
		v, worked, based := p.times(i, v)
		if !based {
			p.leave(x.from, x.to, WhyAmbiguous)
			return
		}
		f.Approx, f.Large = f.Approx || worked, v > zh.Whole(large)
		if o.Income == "" {
			o.Income = v.String()
			o.add(f)
		}
		return
	}
	if qty, unit, f, ok := p.measured(i); ok && o.Target == "" && p.toks[i].q.Dim != zh.Months {
		o.Target, o.Unit = qty, unit
		o.add(f)
		return
	}
	if t := &p.toks[i]; t.kind == amount && t.q.Dim == zh.Plain && o.Target == "" && t.q.Value > 0 && (i > x.from || x.to == i+1 && p.c.Asked == AskOutput) {
		o.Target = t.q.Value.String()
		o.Approx = o.Approx || t.q.Approx
	}
}

// indicator names what is counted.
func (p *pass) indicator(x piece, o *Output) {
	thing := ""
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.word == nil {
			if t.kind == rest && strings.HasSuffix(p.text(i, i+1), "出") && p.animals(x) {
				o.Indicator = "出栏"
			}
			continue
		}
		if t.word.thing != "" && thing == "" {
			thing = t.word.text
			if o.Unit == "" && o.Target != "" {
				o.Unit, o.Approx = t.word.unit, true
			}
		}
		if t.word.indicator != "" && o.Indicator == "" {
			o.Indicator = t.word.indicator
			if o.Unit == "" {
				o.Unit = t.word.per
			}
		}
		if g := p.grade(x, i); g != "" {
			o.Indicator, o.Unit = g, "hu"
		}
	}
	if o.Indicator == "产量" && thing != "" {
		o.Indicator = thing + o.Indicator
	}
	if o.Indicator != "" && o.Target == "" && o.Unit == "hu" {
		o.Target = "1"
	}
}

func (p *pass) animals(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.word != nil && t.word.thing == "breeding" }) >= 0
}

// grade reads 达到B级: the words themselves name the indicator.
func (p *pass) grade(x piece, i int) string {
	if !p.toks[i].is(reach) || i+1 >= x.to {
		return ""
	}
	s := p.f.Text[p.toks[i+1].from:p.toks[x.to-1].to]
	if len(s) < 4 || s[0] < 'A' || s[0] > 'B' || !strings.HasPrefix(s[1:], "级") {
		return ""
	}
	return "住房达到" + s[:1] + "级"
}

// put adds a line, or completes the one before: 出三头肥猪，增收六千 is one.
func (p *pass) put(x piece, o Output, out *[]Output) bool {
	n := len(*out)
	if p.has(x, got) >= 0 || p.has(x, done) >= 0 {
		o.Actual, o.Target = o.Target, ""
	}
	if o.Indicator == "" && n > 0 {
		last := &(*out)[n-1]
		if last.Unit == "yuan" && last.Approx && o.Income == "" && o.Target != "" {
			last.Span = p.join(last.Span, o.Span) // the base of 每头增收3000
			return true
		}
		if o.Income != "" && last.Income == "" && (o.Year == "" || o.Year == last.Year) || o.Income == "" && o.Target != "" && last.Target == "" {
			p.complete(last, o)
			return true
		}
	}
	switch {
	case o.Indicator != "" && o.Target+o.Actual+o.Income == "":
		p.leave(x.from, x.to, WhyNoAmount)
		if o.Year != "" {
			p.year, p.yearFlag = o.Year, o.Relative
		}
		return true
	case o.Indicator != "":
	case o.Income != "":
		o.Indicator, o.Unit, o.Target = p.r.lex.show["income"], "yuan", o.Income
	case o.Target != "" && p.c.Asked == AskOutput:
	case o.Year != "" && o.Target+o.Actual == "": // a year for what follows
		p.lateYear(&o, *out)
		return true
	default:
		return false
	}
	p.outputYear(&o)
	*out = append(*out, o)
	return true
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

// lateYear: a year behind the results holds for those without one.
func (p *pass) lateYear(o *Output, out []Output) {
	p.outputYear(o)
	for k := len(out) - 1; k >= 0 && out[k].Year == ""; k-- {
		out[k].Year, out[k].Relative = o.Year, out[k].Relative || o.Relative
		p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool { return u.Why == WhyUnsureYear && u.Span == out[k].Span })
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
