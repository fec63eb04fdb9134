package plan

// piece is a stretch of tokens between marks.
type piece struct {
	from, to int // tokens, without the mark at the end
	after    int // strength of the mark behind it; 3 at the end
}

// cut makes the pieces. A full stop inside of nothing, empty pieces and blanks
// at the ends leave no trace.
func (p *pass) cut() {
	from := 0
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

// asked: the piece is a question, by a word or by its mark.
func (p *pass) asked(x piece) bool {
	if p.has(x, ask) >= 0 {
		return true
	}
	if x.to < len(p.toks) {
		m := p.f.Text[p.toks[x.to].from:p.toks[x.to].to]
		return m == "?" || m == "？"
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
