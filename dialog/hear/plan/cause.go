package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Causes reads 致贫原因: 主要是因病，次要缺技术; 没得劳力; 前年泥石流冲了房子. A piece
// without a cause explains the one before it, or the one behind it when none
// came yet. The first is the main one when none is on record and none was said
// to be. Numbers of a list are not read, nor is what Agreement reads.
func (r *Reader) Causes(text string, c Context) ([]Cause, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
	p.ranks()
	var out []Cause
	var lead []piece // said before the first cause
	rank := role(0)
	for _, x := range p.pieces {
		switch {
		case p.asked(x):
			p.forget(&lead)
			if !p.agreeing(x) || p.causal(x) {
				p.leave(x.from, x.to, WhyQuestion)
			}
			continue
		case p.empty(x):
			continue
		case p.hasSense(x, hearsay) >= 0 && p.rumour(x):
			continue
		}
		before := len(p.unread)
		found, weak := p.causesOf(x, &rank)
		if weak && len(out) > 0 {
			found = nil // 有病，干不了重活: explains
		}
		out = p.corrected(x, out, found)
		switch {
		case len(found) == 0 && p.agreeing(x):
		case len(found) == 0 && p.find(x, func(t *tok) bool { return !t.is(mainly | other | fill) }) < 0: // 次因：
		case len(found) == 0 && len(out) > 0 && !p.denies(x, before):
			p.explain(&out[len(out)-1], x)
		case len(found) == 0 && !p.denies(x, before) && x.after < fullstp && x.after > blank && len(out) == 0:
			lead = append(lead, x)
		case len(found) == 0 && !p.denies(x, before):
			p.forget(&lead)
			p.leave(x.from, x.to, WhyUnknown)
		}
		for i := range found {
			if i == 0 && len(lead) > 0 {
				p.lead(&found[i], lead)
				lead = nil
			}
			out = mergeCause(out, found[i])
		}
	}
	p.forget(&lead)
	return settleMain(out, c, p.numbered), p.unread
}

// ranks cuts before 主要 and 次要 where a mark is missing.
func (p *pass) ranks() {
	var out []piece
	for _, x := range p.pieces {
		from := x.from
		for i := x.from + 1; i < x.to; i++ {
			if p.toks[i].is(mainly|other) && !p.toks[i-1].is(mainly|other|fill|no) && p.causal(piece{from: from, to: i}) {
				out = append(out, piece{from, i, comma})
				from = i
			}
			if t := &p.toks[i]; (t.means(assess) && t.word.text != "评" || t.means(accept|decline)) && utf8.RuneCountInString(t.word.text) > 1 && p.causal(piece{from: from, to: i}) && !p.causal(piece{from: i, to: x.to}) {
				at := i
				for at-1 > from && (p.toks[at-1].is(fill) || p.toks[at-1].kind == date || p.toks[at-1].means(assembly|assess) || p.toks[at-1].official > 0 || p.toks[at-1].word != nil && len(p.toks[at-1].word.kin) > 0 && slices.Contains(p.toks[at-1].word.kin, "head")) {
					at--
				}
				if at > from {
					out = append(out, piece{from, at, comma})
					from = at
					break
				}
			}
		}
		out = append(out, piece{from, x.to, x.after})
	}
	p.pieces = out
}

// rumour reports a cause that is only hearsay: it is asked, not kept.
func (p *pass) rumour(x piece) bool {
	var kinds []string
	rank := role(0)
	before := len(p.unread)
	found, _ := p.causesOf(x, &rank)
	for _, c := range found {
		kinds = with(kinds, c.Kind)
	}
	p.unread = p.unread[:before]
	if len(kinds) == 0 {
		return false
	}
	p.leave(x.from, x.to, WhyAmbiguous, kinds...)
	return true
}

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

// corrected takes back the last cause when the piece puts another in its
// place: 定的因病，改成因残; 写的不对，应该是缺资金.
func (p *pass) corrected(x piece, out, found []Cause) []Cause {
	last := len(out) - 1
	if last < 0 || p.has(x, instead) < 0 && p.hasSense(x, wrong) < 0 {
		return out
	}
	if len(found) == 0 && p.hasSense(x, wrong) < 0 {
		return out
	}
	p.unread = append(p.unread, Unread{Span: out[last].Span, Why: WhyDenied, Guess: []string{out[last].Kind}})
	if len(found) > 0 {
		found[0].Main, found[0].Other = found[0].Main || out[last].Main, found[0].Other || out[last].Other
	}
	return out[:last]
}

// causal: a word of the piece names a cause.
func (p *pass) causal(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.word != nil && (len(t.word.causes) > 0 || t.word.softCause != "") }) >= 0
}

// denies: the piece said that a cause is none; before is how much was unread
// ahead of it.
func (p *pass) denies(x piece, before int) bool {
	s := p.at(p.toks[x.from].from, p.toks[x.to-1].to)
	return slices.ContainsFunc(p.unread[before:], func(u Unread) bool { return u.Why == WhyDenied && u.Start >= s.Start && u.End <= s.End })
}

// causesOf are the causes a piece names; weak tells that the only one just
// follows from another, or is no word for a cause.
func (p *pass) causesOf(x piece, rank *role) (out []Cause, follows bool) {
	alone := p.aloneWord(x)
	back := p.has(x, cancel) >= 0
	wrongAt := p.hasSense(x, wrong)
	turned, before := false, *rank
	denied := false
	weak := -1 // a cause that only follows from another
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.is(mainly) {
			*rank = mainly
		}
		if t.is(other) {
			*rank = other
		}
		if n := len(out); n > 0 && t.is(mainly|other) && p.saidBehind(x, i) { // 因病是主因
			out[n-1].Main, out[n-1].Other, *rank = t.is(mainly), t.is(other), before
			continue
		}
		before = *rank
		turned = turned || t.is(instead) && len(out) > 0
		kind, from, to := p.namedAt(x, i)
		if alone != nil && len(alone.causes) == 1 {
			kind = alone.causes[0]
		}
		if kind == "" {
			denied = denied || to > i+1
			i = max(i, to-1)
			continue
		}
		if back || i < wrongAt || p.refuses(x, from) {
			p.leave(max(x.from, from-1), to, WhyDenied, kind)
			denied = true
			out = slices.DeleteFunc(out, func(c Cause) bool { return c.Kind == kind }) // 懒倒不懒
			i = max(i, to-1)
			continue
		}
		if turned { // 缺技术改成因病
			for _, o := range out {
				p.report(Unread{Span: p.span(x.from, i), Why: WhyDenied, Guess: []string{o.Kind}})
			}
			out, turned = nil, false
		}
		cause := Cause{Kind: kind, Main: *rank == mainly, Other: *rank == other}
		if slices.ContainsFunc(out, func(c Cause) bool { return c.Kind == kind }) {
			continue
		}
		if t.means(result) {
			if slices.ContainsFunc(out, func(c Cause) bool { return bodily(c.Kind) }) {
				continue
			}
			weak = 0
		} else if weak == 0 && len(out) == 1 && bodily(kind) {
			out, weak = nil, -1
		}
		if *rank == mainly {
			*rank = other
		}
		out = append(out, cause)
		i = max(i, to-1)
	}
	if len(out) == 0 && !back && !denied {
		if kind := p.implied(x); kind != "" {
			weak = 0
			out = append(out, Cause{Kind: kind, Main: *rank == mainly, Other: *rank == other})
		}
	}
	for k := range out {
		out[k].Span = p.span(x.from, x.to)
		if len(out) == 1 {
			p.detail(&out[k], x)
		}
	}
	return out, weak == 0 && len(out) == 1
}

// bodily: what makes unable to work.
func bodily(kind string) bool { return kind == "yinbing" || kind == "yincan" }

// saidBehind: the rank stands behind its cause: 缺技术是次因.
func (p *pass) saidBehind(x piece, i int) bool {
	if i == x.from || !strings.HasSuffix(p.text(i-1, i), "是") && !p.toks[i-1].is(is) {
		return false
	}
	for j := i + 1; j < x.to; j++ {
		if !p.toks[j].is(fill) {
			return false
		}
	}
	return true
}

// namedAt is the cause that is named at token i, by a word for it or by what is
// lacking, and the tokens that name it.
func (p *pass) namedAt(x piece, i int) (kind string, from, to int) {
	t := &p.toks[i]
	if t.means(lack) || t.is(no) {
		if n, end := p.behind(x, i, p.r.lex.absent); n != nil && !p.oneWord(i) && !t.is(gapword) {
			p.leave(i, end, WhyDenied, n.cause)
			return "", i, end
		}
	}
	if kind = p.causeAt(x, i); kind != "" {
		return kind, i, i + 1
	}
	if t.means(lack) {
		if n, end := p.behind(x, i, p.r.lex.missing); n != nil {
			return n.cause, i, end
		}
	}
	if t.means(short) {
		if n, denied := p.ahead(x, i); denied {
			p.leave(x.from, i+1, WhyDenied, n.cause)
			return "", i, i + 1
		} else if n != nil {
			return n.cause, i, i + 1
		}
	}
	return "", i, i + 1
}

// oneWord: the token is a word of causes itself: 没病.
func (p *pass) oneWord(i int) bool { return p.toks[i].word != nil && len(p.toks[i].word.causes) > 0 }

// behind finds what is lacking behind token i, words of measure between: 缺个技术,
// 没得哪样本钱. end is the token behind it.
func (p *pass) behind(x piece, i int, nouns zh.Words[noun]) (*noun, int) {
	at := p.toks[i].to
	end := p.toks[x.to-1].to
	s := p.f.Text[at:end]
	for again := true; again; {
		again = false
		for _, w := range between {
			if strings.HasPrefix(s, w) && nouns.Find(s, len(s)) == nil {
				s, again = s[len(w):], true
			}
		}
	}
	n := nouns.Find(s, len(s))
	if n == nil {
		return nil, 0
	}
	from := end - len(s)
	if w := p.r.lex.words.Find(s, len(s)); w != nil && len(w.text) > len(n.text) && !w.is(fill) {
		return nil, 0 // 缺水泥
	}
	j := i + 1
	for j < x.to && p.toks[j].from < from+len(n.text) {
		j++
	}
	return n, j
}

// between may stand between 缺 and what is lacking.
var between = strings.Fields("的是 个 点 一点 点点 些 啥 什么 哪样 得 的 了 着 有 到 起 门 一门 养殖 种植 好 发展 多少 人 家里 可以 够 能")

// ahead finds what is short before token i: 地又少, 劳力实在不够; denied tells 劳力
// 不缺.
func (p *pass) ahead(x piece, i int) (n *noun, denied bool) {
	s := p.f.Text[p.toks[x.from].from:p.toks[i].from]
	for again := true; again; {
		again = false
		for _, w := range degrees {
			if strings.HasSuffix(s, w) && len(s) > len(w) {
				s, again = s[:len(s)-len(w)], true
			}
		}
		if strings.HasSuffix(s, "不") && strings.HasPrefix(p.text(i, i+1), "缺") && !denied {
			s, again, denied = strings.TrimSuffix(s, "不"), true, true
		}
	}
	for from := range s {
		if n := p.r.lex.missing.Get(s[from:]); n != nil {
			return n, denied
		}
	}
	return nil, false
}

// degrees may stand between what is short and how short it is.
var degrees = strings.Fields("又 也 都 太 很 得很 得 是 实在 比较 有点 还 就 更 相对 的 真的 非常 严重 大 一直 确实")

// refuses: the cause at token i is denied: 不缺技术, 不是因病, 技术不缺.
func (p *pass) refuses(x piece, i int) bool {
	if i <= x.from {
		return false
	}
	j := i - 1
	for j > x.from && p.toks[j].is(fill) && p.toks[j].kind == vocab {
		j--
	}
	t := &p.toks[j]
	return t.is(no) && !t.means(lack) || strings.HasSuffix(p.text(i-1, i), "不") || t.is(no) && j == i-1
}

// implied is the cause that follows from an amount: 想养牛差两万, 只有八分田, 就一个
// 劳力.
func (p *pass) implied(x piece) string {
	if p.has(x, no) < 0 && p.lacksMoney(x) {
		return "quezijin"
	}
	small := p.hasSense(x, limit) >= 0 || p.hasSense(x, short) >= 0
	for i := x.from; i < x.to; i++ {
		q := &p.toks[i].q
		switch {
		case p.toks[i].kind != amount || !small:
		case q.Dim == zh.Area && q.Value < zh.Whole(5):
			return p.kept("quetudi")
		case q.Dim == zh.Count && q.Value == zh.One && (q.Unit == "劳" || q.Unit == "人" && p.works(x)):
			return p.kept("quelaoli")
		}
	}
	if p.has(x, no) >= 0 && p.has(x, done) >= 0 || p.hasSense(x, hearsay) >= 0 {
		return ""
	}
	text := p.text(x.from, x.to)
	for k := range p.r.lex.together {
		if g := &p.r.lex.together[k]; g.in(text) && (p.has(x, no) < 0 || g.negative()) {
			return g.cause
		}
	}
	return ""
}

// works: the piece tells of being able to work.
func (p *pass) works(x piece) bool {
	s := p.text(x.from, x.to)
	return slices.ContainsFunc(working, func(w string) bool { return strings.Contains(s, w) })
}

var working = strings.Fields("做得动 干得动 能干 能做 劳动 干活 做活 苦钱 挣钱 找钱 做工 下地 劳力")

// kept is the kind when the profile has it.
func (p *pass) kept(kind string) string {
	if p.r.profile.Item("cause", kind) == nil {
		return ""
	}
	return kind
}

// aloneWord is the word of one sign that is all the piece says: 就是懒.
func (p *pass) aloneWord(x piece) *word {
	for x.from < x.to-1 && p.toks[x.from].is(fill|mainly|other) {
		x.from++
	}
	text := p.text(x.from, x.to)
	for _, tail := range []string{"嘛", "咯", "了", "噻", "啊", "的", "得很"} {
		text = strings.TrimSuffix(text, tail)
	}
	return p.r.lex.alone[text]
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
	case w == nil, slices.Contains(w.causes, "qita") && (w.text == "其他" || w.text == "其它") && !p.onlyWord(x, i):
		return ""
	case len(w.causes) == 1:
		return w.causes[0]
	case len(w.causes) > 1:
		p.leave(i, i+1, WhyAmbiguous, w.causes...)
		return ""
	case w.softCause == "yinbing" && p.ill(x):
		return w.softCause
	case w.softCause != "" && (p.costs(x) || p.costs(p.following(x)) || p.c.Asked == AskCause && p.bareWords(x) || p.onlyWord(x, i)):
		return w.softCause
	}
	return ""
}

// ill: somebody is named with the illness, and it is not over.
func (p *pass) ill(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.person > 0 || t.word != nil && len(t.word.kin) > 0 || t.is(pair) }) >= 0 && p.has(x, no) < 0 && !strings.HasSuffix(p.text(x.from, x.to), "好了")
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
		if v, f, ok := p.money(i); ok && c.Kind == "quezijin" && c.Gap == "" {
			c.Gap = v.String()
			c.add(f)
			c.GapUse = either(p.use(x, i), c.GapUse)
		}
	}
	if c.Kind == "quezijin" && c.GapUse == "" && c.Gap == "" {
		c.GapUse = p.wanted(x)
	}
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
