package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Outputs reads promised results: 今年底出三头肥猪，增收六千; 19年出栏2头增收5000;
// 房子修好达到B级; 拿证1人. A year holds for what follows it in the same message.
func (r *Reader) Outputs(text string, c Context) ([]Output, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
	p.results = true
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
		case p.empty(x), p.heading(x):
		default:
			for _, y := range p.harvests(x) {
				if !p.output(y, &out) && !p.absorbed(y, out) {
					p.leave(y.from, y.to, WhyUnknown)
				}
			}
		}
	}
	p.flush()
	return out, p.unread
}

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
		if number && (year && i+1 < x.to && !(t.kind == amount && t.q.Value < zh.Whole(1000) && t.q.Dim == zh.Plain) || t.kind == date && i+1 < x.to || tells && !t.is(income) && p.numbered3(x, i) || named && (thing && i > from && p.toks[i-1].kind == amount)) {
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
	return !number && (p.find(x, tells) < 0 || p.find(next, tells) < 0) && p.find(next, func(t *tok) bool { return t.kind == date }) < 0
}

// output reads one piece: an indicator with its number, an income, a grade to
// be reached, or a number of the indicator before.
func (p *pass) output(x piece, out *[]Output) bool {
	o := Output{Span: p.span(x.from, x.to)}
	money := -1
	var span []string // 2018到2020年
	had := slices.Clone(p.used[x.from:x.to])
	before := len(p.unread)
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.kind == date {
			if y, ok := p.yearOf(i); ok {
				o.Year, o.Relative = y, p.relativeYear(i)
			} else if d, ok := p.dateOf(i, zh.Future, p.before); ok {
				p.before = d
				o.Year, o.Relative = d.String()[:4], true
			}
		}
		if years, _ := p.yearRange(i); len(years) > 0 {
			o.Year, p.used[i] = years[0], true
			span = years
			continue
		}
		if y, ok := p.yearOf(i); ok && t.kind == amount && (i == x.from && x.to > i+1 || t.q.Value >= zh.Whole(1000) || t.q.Dim == zh.Years) {
			o.Year, p.used[i] = y, true
			continue
		}
		if t.is(income) {
			money = i
		}
		p.counted(x, i, money, *out, &o)
	}
	p.indicator(x, &o)
	n := len(*out)
	if !p.put(x, o, out) {
		copy(p.used[x.from:x.to], had)
		return false
	}
	for k := 1; k < len(span) && len(*out) == n+1+k-1 && strings.Contains(p.text(x.from, x.to), "每年"); k++ {
		p.another(span[k], out)
	}
	asked := slices.ContainsFunc(p.unread[min(before, len(p.unread)):], func(u Unread) bool { return u.Why == WhyAmbiguous })
	for i := x.from; i < x.to && !asked && p.waiting == nil; i++ { // 增收百分之十, 成活率90%
		if t := &p.toks[i]; t.kind == amount && !p.used[i] && t.q.Dim != zh.Ordinal && !(strings.HasPrefix(p.text(i, i+1), "一") && (t.q.Value == zh.One || t.q.Dim == zh.Weight)) {
			p.leave(i, i+1, WhyAmbiguous)
			break
		}
	}
	return true
}

// counted takes a number of the piece: behind 增收 it is the income, and so is
// a sum with nothing but a year.
func (p *pass) counted(x piece, i, money int, out []Output, o *Output) {
	if p.used[i] {
		return
	}
	if v, f, ok := p.money(i); ok && (money >= 0 || p.earns || p.toks[i].q.Dim == zh.Money || p.has(x, income) > i || p.priced(i, out, o) || p.results && p.bareSum(x, i)) {
		if p.perHead(x, i) { // 人均纯收入达到4000: a result of its own
			o.Indicator, o.Unit, o.Target, p.used[i] = p.r.lex.show["head"], "yuan", v.String(), true
			o.add(f)
			return
		}
		unit := p.per(i)
		v, worked, based := p.times(i, v)
		if unit != "" && o.Target != "" && o.Unit == p.r.lex.units[unit] {
			sum, _, _ := p.money(i)
			if q, ok := zh.ParseDec(o.Target); ok && q < zh.Whole(1000000) && sum < zh.Whole(1000000) {
				v, worked, based = product(sum, q), true, true
			}
		}
		if n := len(out); n > 0 && unit != "" && o.Target == "" && out[n-1].Unit == p.r.lex.units[unit] && out[n-1].Target != "" {
			sum, _, _ := p.money(i) // 一斤卖两块: of what was harvested
			if q, ok := zh.ParseDec(out[n-1].Target); ok && q < zh.Whole(1000000) && sum < zh.Whole(1000000) {
				v, worked, based = product(sum, q), true, true
			}
		}
		if !based {
			p.leave(x.from, x.to, WhyAmbiguous)
			p.used[i] = true
			return
		}
		f.Approx, f.Large = f.Approx || worked, v > zh.Whole(large)
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
			qty, f.Approx, p.rated = sum.String(), f.Approx || worked, true
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

// perHead: 人均 with nobody counted.
func (p *pass) perHead(x piece, i int) bool {
	return strings.Contains(p.text(x.from, i), "人均") && p.toks[i].q.Per+p.per(i) != "" && p.countOf(i, zh.Count, "人") == 0
}

// rateAhead: a sum for each of the one in token i follows in the piece.
func (p *pass) rateAhead(x piece, i int) bool {
	for j := i + 1; j < x.to && p.toks[j].strength < comma; j++ {
		if p.toks[j].kind == amount {
			return p.per(j) != "" && p.toks[j].q.Dim != zh.Count
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

// bareSum: the piece is a sum, with a year or behind a result: 18年8000, 后年八千.
func (p *pass) bareSum(x piece, i int) bool {
	dated := false
	for j := x.from; j < x.to; j++ {
		t := &p.toks[j]
		_, year := p.yearOf(j)
		dated = dated || year
		if j != i && !year && t.kind != date && t.kind != mark && !t.is(fill) {
			return false
		}
	}
	return dated
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
	switch {
	case o.Indicator == "" && o.Target != "" && p.has(x, income) >= 0 && p.animals(x) && strings.Contains(p.text(x.from, x.to), "卖"):
		o.Indicator = "出栏"
	case o.Indicator == "产量" && o.Target != "" && o.Income == "" && o.Unit == "jin" && p.bareNumber(x) && p.has(x, income) >= 0:
		o.Indicator, o.Unit, o.Income, o.Target, o.Approx = "", "", o.Target, "", true // 产出1.5万: no pounds
	case o.Indicator == "产量" && o.Target == "" && o.Income != "":
		o.Indicator, o.Unit = "", ""
	case o.Indicator == "" && o.Target == "" && o.Income == "" && p.results && (p.has(x, dwelling) >= 0 || p.find(x, func(t *tok) bool { return t.word != nil && t.word.cat1 == "housing" }) >= 0) && strings.ContainsAny(p.text(x.from, x.to), "住修盖建搬改"):
		o.Indicator, o.Unit = "住房安全", "hu"
	}
	if o.Indicator == "产量" && thing != "" {
		o.Indicator = thing + o.Indicator
	}
	if o.Indicator != "" && o.Target == "" && o.Unit == "ren" && p.has(x, all) >= 0 && len(p.c.People) > 0 { // 全家参保
		o.Target, o.Approx = strconv.Itoa(len(p.c.People)), true
	}
	if o.Indicator != "" && o.Unit == "yuan" && o.Target == "" && o.Income != "" {
		o.Target, o.Income = o.Income, ""
	}
	if o.Indicator == "" && o.Target != "" && thing != "" && o.Income == "" && strings.Contains(p.text(x.from, x.to), "卖") {
		o.Indicator = thing + p.r.lex.show["sold"]
	}
	if o.Indicator != "" && o.Target == "" && o.Unit == "hu" && o.Indicator != "受益" {
		p.auto = true
		o.Target = "1"
	}
}

// bareNumber: the number of the piece was said without a unit.
func (p *pass) bareNumber(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Plain && t.q.Value >= zh.Whole(1000) }) >= 0 &&
		p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Weight }) < 0
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
	if p.waiting != nil && o.Indicator == "" && o.Target+o.Actual != "" && (o.Unit == p.waiting.Unit || p.waiting.Unit == "" || o.Unit == "") {
		o.Indicator, o.Unit, o.Year = p.waiting.Indicator, either(o.Unit, p.waiting.Unit), either(o.Year, p.waiting.Year)
		o.Relative, o.Span, p.waiting = o.Relative || p.waiting.Relative, p.join(p.waiting.Span, o.Span), nil
	}
	if p.spare != nil && o.Indicator != "" && o.Target+o.Actual+o.Income == "" && (o.Unit == p.spare.Unit || o.Unit == "") && (o.Year == "" || p.spare.Year == "" || o.Year == p.spare.Year) {
		o.Target, o.Unit, o.Approx, o.Span = p.spare.Target, p.spare.Unit, p.spare.Approx, p.join(p.spare.Span, o.Span) // 两头，今年出栏
		p.spare = nil
	}
	if p.waiting != nil && p.waiting.Unit == "ren" && o.Indicator == "" && o.Income != "" {
		o.Year, o.Relative, o.Span = either(o.Year, p.waiting.Year), o.Relative || p.waiting.Relative, p.join(p.waiting.Span, o.Span)
		p.waiting = nil // 小军出去打工，一个月4000
	}
	if o.Indicator != "" {
		p.flush()
	}
	if n > 0 && o.Indicator != "" && (*out)[n-1].Indicator == o.Indicator && p.autoAt == n && !p.auto && o.Target != "" { // 水通到家，6个人吃上
		last := &(*out)[n-1]
		o.Span, o.Year, o.Income = p.join(last.Span, o.Span), either(o.Year, last.Year), either(o.Income, last.Income)
		*last, p.autoAt = o, 0
		p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool {
			return u.Why == WhyUnsureYear && o.Year != "" && u.Start >= o.Start && u.End <= o.End
		})
		return true
	}
	if n > 0 && o.Indicator == "" && o.Income != "" && o.Income == (*out)[n-1].Income && o.Target == "" && (o.Year == "" || o.Year == (*out)[n-1].Year) { // 一头7000，增收两万一
		last := &(*out)[n-1]
		last.Approx, last.Span = last.Approx && o.Approx, p.join(last.Span, o.Span)
		return true
	}
	if o.Indicator == "" && n > 0 {
		last := &(*out)[n-1]
		if last.Unit == "yuan" && last.Approx && o.Income == "" && o.Target != "" {
			last.Span = p.join(last.Span, o.Span) // the base of 每头增收3000
			return true
		}
		if o.Target != "" && o.Income == "" && p.isBase(x) {
			last.Span = p.join(last.Span, o.Span) // the base of 一亩收300斤
			return true
		}
		if o.Income != "" && last.Income == "" && (o.Year == "" || o.Year == last.Year) || o.Income == "" && o.Target != "" && last.Target+last.Actual == "" {
			p.complete(last, o)
			return true
		}
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
