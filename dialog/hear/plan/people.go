package plan

import (
	"strings"
	"unicode/utf8"
)

func ids(s *someone) []string {
	if s.id == "" {
		return nil
	}
	return []string{s.id}
}

// refused: 不是王建国.
func (p *pass) refused(x piece) bool {
	i := p.has(x, no)
	return i >= 0 && strings.HasSuffix(p.text(i, i+1), "不是") || p.hasSense(x, wrong) >= 0 || p.hasSense(x, leaves) >= 0
}

// persons cuts a piece that names several without a mark: 村王建国乡杨志明县刘文斌,
// 民政所小张和残联专干小王.
func (p *pass) persons(pieces []piece) []piece {
	var out []piece
	for _, x := range pieces {
		from, named := x.from, false
		for i := x.from; i < x.to; i++ {
			t := &p.toks[i]
			place := t.word != nil && (t.word.dept != "" || t.is(village|township|county|city|province))
			other := !named && t.is(village|township|county) && i > from && p.otherLevel(piece{from: from, to: i}, t.word)
			if named && strings.Contains(" 和 跟 与 及 还有 加上 以及 ", " "+p.text(i, i+1)+" ") && i > from && !p.isName(i) && p.namedIn(i+1, x.to) && p.hasPost(piece{from: from, to: x.to}) { // 副主任李红梅和监委主任赵强
				out = append(out, piece{from, i, comma})
				from, named = i+1, false
				continue
			}
			if named && (place || t.official > 0) && p.namedIn(i, x.to) || other {
				at := i
				for at-1 > from && p.toks[at-1].is(fill|is) {
					at--
				}
				out = append(out, piece{from, at, comma})
				from, named = i, false
			}
			named = named || p.isName(i)
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// hasPost: a post or a known person is named, so that 和 joins people.
func (p *pass) hasPost(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.is(post) || t.official > 0 }) >= 0
}

// otherLevel: the piece names a level, and not the one of w.
func (p *pass) otherLevel(x piece, w *word) bool {
	levels := village | township | county
	i := p.has(x, levels)
	return i >= 0 && p.toks[i].word.roles&levels != w.roles&levels && p.find(x, func(t *tok) bool {
		return t.kind == rest || t.word != nil && t.word.dept != "" || t.is(fill) && !t.is(is)
	}) >= 0
}

// either cuts 不是王建国是李正明 in two.
func (p *pass) either(pieces []piece) []piece {
	var out []piece
	for _, x := range pieces {
		from, not := x.from, -1
		for i := x.from; i < x.to; i++ {
			switch s := p.text(i, i+1); {
			case p.toks[i].is(no) && strings.HasSuffix(s, "不是"):
				not = i
			case not >= 0 && i > not+1 && strings.Contains(" 是 而是 应该是 就是 ", " "+s+" "):
				out = append(out, piece{from, i, comma})
				from, not = i, -1
			}
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// isName: the token names somebody.
func (p *pass) isName(i int) bool {
	t := &p.toks[i]
	if t.official > 0 || t.person > 0 {
		return true
	}
	if i > 0 && t.kind == rest && p.toks[i-1].kind == vocab && utf8.RuneCountInString(p.text(i, i+1)) <= 2 { // 和志强
		r, n := utf8.DecodeRuneInString(p.text(i-1, i))
		if n == len(p.text(i-1, i)) && p.r.lex.surname[r] && i > 1 && p.toks[i-2].is(post) {
			return true
		}
	}
	text := p.text(i, i+1)
	if t.kind == rest {
		text = text[p.orgEnd(text):] // 烟草公司王海
	}
	return t.kind == rest && text != "" && p.nameLike(text, i+1 < len(p.toks) && p.toks[i+1].is(post))
}

func (p *pass) namedIn(from, to int) bool {
	for i := from; i < to; i++ {
		if p.isName(i) {
			return true
		}
	}
	return false
}

// personal: a piece names somebody who answers.
func (p *pass) personal(x piece) bool {
	unread := len(p.unread)
	s := p.who(x)
	p.unread = p.unread[:unread]
	return s.name != "" && (s.level != "" || s.dept != "" || s.id != "")
}
