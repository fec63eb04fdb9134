package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// lead puts what was said before the first cause to it.
func (p *pass) lead(c *Cause, lead []piece) {
	said := Span{}
	for _, x := range lead {
		p.about(c, x)
		said = p.join(said, p.span(x.from, x.to))
	}
	if c.Desc != "" {
		c.Desc = said.Said + p.r.lex.show["comma"] + c.Desc
	} else {
		c.Desc = said.Said
	}
	c.Span = p.join(said, c.Span)
}

// forget reports what was said before a cause that never came.
func (p *pass) forget(lead *[]piece) {
	for _, x := range *lead {
		p.leave(x.from, x.to, WhyUnknown)
	}
	*lead = nil
}

// detail takes what a piece tells of its cause beyond its name.
func (p *pass) detail(c *Cause, x piece) {
	p.about(c, x)
	if text := p.told(x); text != "" {
		c.Desc = text
	}
}

// about takes whom, when and how much.
func (p *pass) about(c *Cause, x piece) {
	before := len(p.unread)
	var refs []string
	if !slices.Contains([]string{"quetudi", "queshui", "jiaotong"}, c.Kind) { // of the household
		refs = p.membersBut(x.from, x.to, c.Kind == "yinxue", all)
	}
	if c.Kind == "yinsang" || len(c.Who) > 0 { // the dead are no members; whom it is about was told
		p.unread = p.unread[:before]
	}
	for _, ref := range refs {
		c.Who = with(c.Who, ref)
	}
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind == date && c.Date == "" && !slices.Contains([]string{"quezijin", "yinxue"}, c.Kind) {
			if d, ok := p.dateOf(i, zh.Past, zh.Date{}); ok {
				c.Date = d.String()
				c.add(relative(d))
			}
		}
		if v, f, ok := p.money(i); ok && c.Kind == "quezijin" && c.Gap == "" && !p.owed(x) {
			c.Gap = v.String()
			c.add(f)
			c.GapUse = either(p.use(x, i), c.GapUse)
		}
	}
	if c.Kind == "quezijin" && c.GapUse == "" && c.Gap == "" {
		c.GapUse = p.wanted(x)
	}
}

// owed: the sum is a debt, not what is lacking: 盖房子欠了八万账.
func (p *pass) owed(x piece) bool {
	return p.has(x, gapword) < 0 && strings.Contains(p.text(x.from, x.to), "欠")
}

// wanted is what there is no money for: 没钱买化肥.
func (p *pass) wanted(x piece) string {
	at := p.find(x, func(t *tok) bool { return t.word != nil && slices.Contains(t.word.causes, "quezijin") || t.means(lack) })
	for i := at + 1; at >= 0 && i < x.to; i++ {
		if t := &p.toks[i]; t.is(raise|plant) || t.kind == rest && strings.ContainsAny(p.text(i, i+1), "买搞建修盖还") || t.is(fill) && strings.Contains(" 搞 做 弄 发展 ", " "+t.word.text+" ") {
			return p.span(i, x.to).Said
		}
	}
	return ""
}

// use is what the money is for: the words behind the sum, or those before it.
func (p *pass) use(x piece, i int) string {
	from, to := i+1, x.to
	for from < to && p.toks[from].is(fill|spend) && !p.toks[from].is(raise|plant) {
		from++
	}
	if from < to {
		return p.span(from, to).Said
	}
	from, to = x.from, i
	skip := func(t *tok) bool {
		return t.is(fill|spend|gapword|mainly|other) || t.word != nil && len(t.word.causes) > 0
	}
	for from < to && skip(&p.toks[from]) {
		from++
	}
	for to > from && skip(&p.toks[to-1]) {
		to--
	}
	if said := p.span(from, to).Said; utf8.RuneCountInString(said) > 1 { // 本 of 本钱 is nothing to buy
		return said
	}
	return ""
}

// told is the piece without 主要是 and the like, "" when it only names causes.
func (p *pass) told(x piece) string {
	from := x.from
	for from < x.to && p.toks[from].is(mainly|other|fill) {
		from++
	}
	more := false
	for i := from; i < x.to; i++ {
		t := &p.toks[i]
		label := t.word != nil && len(t.word.causes) > 0 && (strings.HasPrefix(t.word.text, "因") || strings.HasPrefix(t.word.text, "缺"))
		more = more || !label && !t.is(fill)
	}
	if !more {
		return ""
	}
	return p.span(from, x.to).Said
}

// explain adds a piece without a cause of its own to the one before.
func (p *pass) explain(c *Cause, x piece) {
	had := c.Gap != ""
	p.about(c, x)
	switch telling := p.find(x, func(t *tok) bool { return t.kind == rest || t.kind == vocab && !t.is(fill) }) >= 0; {
	case had && c.GapUse == "" && telling:
		c.GapUse = p.use(x, x.from-1)
	case !telling && (had || c.Gap == "") && c.Desc == "":
		p.leave(x.from, x.to, WhyUnknown)
		return
	}
	s := p.span(x.from, x.to)
	if c.Desc != "" {
		c.Desc += p.r.lex.show["comma"]
	}
	c.Desc += s.Said
	c.Span = p.join(c.Span, s)
}

// join is the original text from the start of one span to the end of another.
func (p *pass) join(a, b Span) Span {
	if a.Said == "" {
		return b
	}
	start, end := min(a.Start, b.Start), max(a.End, b.End)
	return Span{Said: p.f.Source[start:end], Start: start, End: end}
}

// mergeCause keeps one entry a kind.
func mergeCause(list []Cause, c Cause) []Cause {
	for i := range list {
		o := &list[i]
		if o.Kind != c.Kind {
			continue
		}
		o.Main, o.Other = o.Main || c.Main, o.Other && c.Other
		o.Who = append(o.Who, slices.DeleteFunc(c.Who, func(ref string) bool { return slices.Contains(o.Who, ref) })...)
		if o.Desc != "" && c.Desc != "" {
			o.Desc += "，"
		}
		o.Desc += c.Desc
		if o.Date == "" {
			o.Date = c.Date
		}
		if o.Gap == "" {
			o.Gap, o.GapUse = c.Gap, c.GapUse
		}
		o.add(c.Flags)
		return list
	}
	return append(list, c)
}

// settleMain makes the first the main one when no other is.
func settleMain(list []Cause, c Context, numbered bool) []Cause {
	if slices.ContainsFunc(list, func(o Cause) bool { return o.Main }) || len(c.Causes) > 0 {
		return list
	}
	for i := range list {
		if !list[i].Other {
			list[i].Main = true
			for k := i + 1; numbered && k < len(list); k++ {
				list[k].Other = true
			}
			break
		}
	}
	return list
}
