package plan

import "strings"

// piece is a stretch of tokens between marks.
type piece struct {
	from, to int // tokens, without the mark at the end
	after    int // strength of the mark behind it; 3 at the end
}

// cut makes the pieces. A full stop inside of nothing, empty pieces and blanks
// at the ends leave no trace.
func (p *pass) cut() {
	from := 0
	p.pieces = p.pieces[:0]
	flush := func(to, strength int) {
		if to > from {
			p.pieces = append(p.pieces, piece{from, to, strength})
		} else if n := len(p.pieces); n > 0 {
			p.pieces[n-1].after = max(p.pieces[n-1].after, strength)
		}
	}
	for i := range p.toks {
		if p.toks[i].kind == mark {
			flush(i, p.toks[i].strength)
			from = i + 1
		}
	}
	flush(len(p.toks), fullstp)
}

// has finds the first token of a piece with the role, -1 when there is none.
func (p *pass) has(x piece, r role) int {
	for i := x.from; i < x.to; i++ {
		if p.toks[i].is(r) {
			return i
		}
	}
	return -1
}

// find is the first token of a piece that fits, -1 when there is none.
func (p *pass) find(x piece, fits func(*tok) bool) int {
	for i := x.from; i < x.to; i++ {
		if fits(&p.toks[i]) {
			return i
		}
	}
	return -1
}

// asked: the piece is a question, by a word, by its form (认不认, 愿意不愿意) or by
// its mark. 没得哪样 and 哪样都不缺 ask nothing.
func (p *pass) asked(x piece) bool {
	for i := x.from; i < x.to; i++ {
		if p.toks[i].is(ask) && !p.indefinite(x, i) {
			return true
		}
	}
	if p.eitherOr(x) {
		return true
	}
	if x.to < len(p.toks) {
		m := p.f.Text[p.toks[x.to].from:p.toks[x.to].to]
		return m == "?" || m == "？"
	}
	return false
}

// indefinite: the word of asking stands behind or before a negation: 没什么, 啥都没有.
func (p *pass) indefinite(x piece, i int) bool {
	if text := p.toks[i].word.text; strings.HasPrefix(text, "几") && i > x.from && i+1 < x.to && strings.HasSuffix(p.text(i-1, i), "有") {
		return true // 有几亩就是没水
	}
	if text := p.toks[i].word.text; strings.HasPrefix(text, "几") && i > x.from && strings.ContainsAny(p.text(x.from, i), "想要包租") {
		return true // 想包几亩田
	}
	if !strings.Contains(" 哪样 什么 啥 哪个 多少 几个 哪里 谁 怎么 咋 几样 ", " "+p.toks[i].word.text+" ") {
		return false
	}
	before := i > x.from && (p.denying(i-1) || p.toks[i-1].is(fill) && i-1 > x.from && p.denying(i-2))
	behind := p.text(i, x.to)
	at := strings.IndexAny(behind, "都也")
	return before || at > 0 && strings.ContainsAny(behind[at:], "不没无")
}

// denying: 不, 没得, 缺.
func (p *pass) denying(i int) bool { return p.toks[i].is(no) || p.toks[i].means(lack) }

// hasSense finds the first token of a piece with the sense, -1 when there is none.
func (p *pass) hasSense(x piece, s sense) int {
	return p.find(x, func(t *tok) bool { return t.means(s) })
}

// eitherOr: 是不是, 算不算, 愿意不愿意, 有没有.
func (p *pass) eitherOr(x piece) bool {
	r := []rune(p.text(x.from, x.to))
	for i := 1; i+1 < len(r); i++ {
		if r[i] != '不' && r[i] != '没' {
			continue
		}
		if r[i-1] == r[i+1] && r[i-1] != '动' && r[i-1] != '时' && r[i-1] != '还' && r[i-1] != '没' || i > 1 && i+2 < len(r) && r[i-2] == r[i+1] && r[i-1] == r[i+2] {
			return true
		}
	}
	return false
}

// empty: nothing in the piece carries meaning.
func (p *pass) empty(x piece) bool {
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.kind != vocab || t.word == nil || t.word.roles&fill == 0 || t.word.roles&^(fill|people) != 0 {
			return false
		}
	}
	return true
}
