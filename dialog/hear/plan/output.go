package plan

import (
	"slices"
	"strconv"
	"strings"

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
	p.speak(len(out))
	return out, p.unread
}

// output reads one piece: an indicator with its number, an income, a grade to
// be reached, or a number of the indicator before.
func (p *pass) output(x piece, out *[]Output) bool {
	o := Output{Span: p.span(x.from, x.to)}
	money := -1
	var span []string // 2018到2020年
	had := slices.Clone(p.used[x.from:x.to])
	before := len(p.unread)
	if p.insured(x) {
		money = p.refund(x)
	}
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
	if o.Indicator == "" && o.Income == "" && p.certified(x) {
		o.Indicator, o.Unit = "取得证书", either(o.Unit, "ren")
	}
	if o.Indicator == "" && p.insured(x) && p.refund(x) >= 0 {
		o.Indicator, o.Unit = p.r.lex.show["refund"], "yuan"
	}
	if p.earns && o.Unit == "yuan" && o.Target == "" && strings.Contains(p.text(x.from, x.to), "工资") { // 月工资4000 of a job is what is earned
		o.Indicator, o.Unit = "", ""
	}
	if o.Indicator == "" && p.bears(x) {
		o.Indicator = p.r.lex.show["born"]
	}
	p.unnamedResult(x, o)
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

// unnamedResult names a result that has no word for it, or whose word means another.
func (p *pass) unnamedResult(x piece, o *Output) {
	switch {
	case o.Indicator == "" && o.Target != "" && !slices.Contains([]string{"jin", "kg", "ton"}, o.Unit) && p.has(x, income) >= 0 && (p.animals(x) || p.ofAnimals(o.Unit)) && strings.Contains(p.text(x.from, x.to), "卖"):
		o.Indicator = "出栏"
	case o.Indicator == "产量" && o.Target != "" && o.Income == "" && o.Unit == "jin" && p.bareNumber(x) && p.has(x, income) >= 0:
		o.Indicator, o.Unit, o.Income, o.Target, o.Approx = "", "", o.Target, "", true // 产出1.5万: no pounds
	case o.Indicator == "产量" && o.Target == "" && o.Income != "":
		o.Indicator, o.Unit = "", ""
	case p.find(x, func(t *tok) bool { return t.official > 0 || t.is(post) || t.word != nil && t.word.dept != "" }) >= 0: // 村建中心老赵管房子
	case o.Indicator == "" && o.Target == "" && o.Income == "" && p.results && (p.has(x, dwelling) >= 0 || p.find(x, func(t *tok) bool { return t.word != nil && t.word.cat1 == "housing" }) >= 0) && strings.ContainsAny(p.text(x.from, x.to), "住修盖建搬改"):
		o.Indicator, o.Unit = "住房安全", "hu"
	}
}

// certified: a certificate is to be had: 拿焊工证.
func (p *pass) certified(x piece) bool {
	text := p.text(x.from, x.to)
	return strings.HasSuffix(strings.TrimRight(text, "0123456789一本个人"), "证") && strings.ContainsAny(text, "拿取考领")
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
