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
		case p.items[x.from] && len(lead) > 0:
			p.forget(&lead) // the item before named no cause
		}
		switch {
		case p.hasSense(x, hearsay) >= 0 && p.rumour(x):
			continue
		}
		before := len(p.unread)
		found, weak := p.causesOf(x, &rank)
		if (weak || p.aftermath(found, out)) && len(out) > 0 {
			found = nil // 有病，干不了重活: explains
		}
		out = p.corrected(x, out, found)
		switch {
		case len(found) == 0 && p.agreeing(x) && p.onlyAgreeing(x) && p.c.Asked != AskCause:
		case len(found) == 0 && p.find(x, func(t *tok) bool { return !t.is(mainly | other | fill) }) < 0: // 次因：
		case len(found) == 0 && len(out) > 0 && !p.denies(x, before) && !p.items[x.from]:
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
			if p.toks[i].is(mainly|other) && !p.saidBehind(x, i) && !p.toks[i-1].is(mainly|other|fill|no) && p.causal(piece{from: from, to: i}) {
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

// aftermath: a loss told behind the disaster that brought it is no cause of its own:
// 遭了冰雹，亏了两万.
func (p *pass) aftermath(found, out []Cause) bool {
	return len(found) == 1 && found[0].Kind == "chanye_shibai" && len(out) > 0 && out[len(out)-1].Kind == "yinzai"
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

// saidBehind: the rank stands behind its cause: 缺技术是次因.
func (p *pass) saidBehind(x piece, i int) bool {
	if i == x.from || !strings.HasSuffix(p.text(i-1, i), "是") && !p.toks[i-1].is(is) && !strings.HasSuffix(p.text(i-1, i), "算") {
		return false
	}
	for j := i + 1; j < x.to; j++ {
		if !p.toks[j].is(fill) {
			return false
		}
	}
	return true
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

// bareNoun is the cause of a piece that is a rank and what is lacking: 次要是路, 主要就是
// 水.
func (p *pass) bareNoun(x piece) string {
	if p.has(x, mainly|other) < 0 {
		return ""
	}
	for x.from < x.to && p.toks[x.from].is(fill|mainly|other|is) {
		x.from++
	}
	text := p.text(x.from, x.to)
	if n := p.r.lex.missing.Get(text); n != nil {
		return n.cause
	}
	if n := p.r.lex.absent.Get(text); n != nil {
		return n.cause
	}
	return ""
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
