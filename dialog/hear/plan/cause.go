package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Causes reads 致贫原因: 主要是因病，次要缺技术; 没得劳力; 前年泥石流冲了房子. A piece
// without a cause explains the one before it. The first is the main one when
// none is on record and none was said to be. Numbers of a list are not read.
func (r *Reader) Causes(text string, c Context) ([]Cause, []Unread) {
	p := r.newPass(text, c)
	var out []Cause
	rank := role(0)
	for _, x := range p.pieces {
		switch {
		case p.asked(x):
			if p.causal(x) {
				p.leave(x.from, x.to, WhyQuestion)
			} else if len(out) == 0 {
				p.leave(x.from, x.to, WhyQuestion)
			}
			continue
		case p.empty(x):
			continue
		}
		found := p.causesOf(x, &rank)
		switch {
		case len(found) == 0 && p.find(x, func(t *tok) bool { return !t.is(mainly | other | fill) }) < 0: // 次因：
		case len(found) == 0 && len(out) > 0:
			p.explain(&out[len(out)-1], x)
		case len(found) == 0 && !p.denies(x):
			p.leave(x.from, x.to, WhyUnknown)
		}
		for i := range found {
			out = mergeCause(out, found[i])
		}
	}
	return settleMain(out, c), p.unread
}

// causal: a word of the piece names a cause.
func (p *pass) causal(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.word != nil && (len(t.word.causes) > 0 || t.word.softCause != "") }) >= 0
}

// denies: the piece says that a cause is none.
func (p *pass) denies(x piece) bool {
	s := p.at(p.toks[x.from].from, p.toks[x.to-1].to)
	return slices.ContainsFunc(p.unread, func(u Unread) bool { return u.Why == WhyDenied && u.Start >= s.Start && u.End <= s.End })
}

// causesOf are the causes a piece names.
func (p *pass) causesOf(x piece, rank *role) []Cause {
	var out []Cause
	alone := p.aloneWord(x)
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.is(mainly) {
			*rank = mainly
		}
		if t.is(other) {
			*rank = other
		}
		kind := p.causeAt(x, i)
		if alone != nil && len(alone.causes) == 1 {
			kind = alone.causes[0]
		}
		if kind == "" {
			continue
		}
		if i > x.from && (p.toks[i-1].is(no) || strings.HasSuffix(p.text(i-1, i), "不")) {
			p.leave(i-1, i+1, WhyDenied, kind)
			continue
		}
		cause := Cause{Kind: kind, Main: *rank == mainly, Other: *rank == other}
		if *rank == mainly {
			*rank = other
		}
		if n := len(out); n > 0 && out[n-1].Kind == kind {
			continue
		}
		out = append(out, cause)
	}
	if len(out) == 0 && p.has(x, no) < 0 && p.lacksMoney(x) {
		out = append(out, Cause{Kind: "quezijin", Main: *rank == mainly, Other: *rank == other})
	}
	for k := range out {
		out[k].Span = p.span(x.from, x.to)
		if len(out) == 1 {
			p.detail(&out[k], x)
		}
	}
	return out
}

// aloneWord is the word of one sign that is all the piece says: 就是懒.
func (p *pass) aloneWord(x piece) *word {
	for x.from < x.to-1 && p.toks[x.from].is(fill|mainly|other) {
		x.from++
	}
	return p.r.lex.alone[p.text(x.from, x.to)]
}

// lacksMoney: 想养牛差两万.
func (p *pass) lacksMoney(x piece) bool {
	if p.r.profile.Item("cause", "quezijin") == nil || p.c.Asked != AskGap && p.has(x, gapword) < 0 {
		return false
	}
	for i := x.from; i < x.to; i++ {
		if _, _, ok := p.money(i); ok {
			return true
		}
	}
	return false
}

// causeAt is the cause that a token names: a word of the list, or a word of
// what costs money next to an amount.
func (p *pass) causeAt(x piece, i int) string {
	w := p.toks[i].word
	switch {
	case w == nil:
		return ""
	case len(w.causes) == 1:
		return w.causes[0]
	case len(w.causes) > 1:
		p.leave(i, i+1, WhyAmbiguous, w.causes...)
		return ""
	case w.softCause != "" && (p.costs(x) || p.costs(p.following(x)) || p.c.Asked == AskCause && p.bareWords(x) || p.onlyWord(x, i)):
		return w.softCause
	}
	return ""
}

// costs: the piece names a sum or a burden.
func (p *pass) costs(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.is(spend) && t.word.text != "要" }) >= 0 ||
		p.find(x, func(t *tok) bool { return t.kind == amount && t.q.Value >= zh.Whole(500) }) >= 0
}

// following is the next piece of the same sentence, an empty one at its end.
func (p *pass) following(x piece) piece {
	for k, y := range p.pieces {
		if y.from == x.from && y.after < fullstp && k+1 < len(p.pieces) {
			return p.pieces[k+1]
		}
	}
	return piece{}
}

// onlyWord: the piece says nothing but this word: 有病.
func (p *pass) onlyWord(x piece, i int) bool {
	for j := x.from; j < x.to; j++ {
		if text := p.text(j, j+1); j != i && (!p.toks[j].is(fill|mainly|other) || text == "好" || text == "了") {
			return false // 病好了
		}
	}
	return true
}

func (p *pass) bareWords(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.kind == amount || t.is(done) }) < 0
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
	for _, ref := range p.members(x.from, x.to, c.Kind == "yinxue") {
		c.Who = with(c.Who, ref)
	}
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind == date && c.Date == "" && !slices.Contains([]string{"quezijin", "yinxue"}, c.Kind) {
			if d, ok := p.dateOf(i, zh.Past, zh.Date{}); ok {
				c.Date = d.String()
				c.add(relative(d))
			}
		}
		if v, f, ok := p.money(i); ok && c.Kind == "quezijin" && c.Gap == "" {
			c.Gap = v.String()
			c.add(f)
			c.GapUse = p.use(x, i)
		}
	}
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
	return p.span(from, to).Said
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
		c.Desc += "，"
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
func settleMain(list []Cause, c Context) []Cause {
	if slices.ContainsFunc(list, func(o Cause) bool { return o.Main }) || len(c.Causes) > 0 {
		return list
	}
	for i := range list {
		if !list[i].Other {
			list[i].Main = true
			break
		}
	}
	return list
}
