package plan

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

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
		for _, w := range p.r.lex.lists["between"] {
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

// ahead finds what is short before token i: 地又少, 劳力实在不够; denied tells 劳力
// 不缺.
func (p *pass) ahead(x piece, i int) (n *noun, denied bool) {
	s := p.f.Text[p.toks[x.from].from:p.toks[i].from]
	for again := true; again; {
		again = false
		for _, w := range p.r.lex.lists["degrees"] {
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
	if t.means(wrong) && strings.HasPrefix(t.word.text, "不能算") {
		return true
	}
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
	return p.r.lex.holds("working", p.text(x.from, x.to))
}

// kept is the kind when the profile has it.
func (p *pass) kept(kind string) string {
	if p.r.profile.Item("cause", kind) == nil {
		return ""
	}
	return kind
}
