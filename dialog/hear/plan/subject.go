package plan

import "strings"

// Subject is the word that a text begins with when it names what is raised, planted,
// built or arranged: 牛明年产犊1头, 圈10月修好; "" of any other text.
func (r *Reader) Subject(text string, c Context) string {
	p := r.newPass(text, c)
	i := p.skip(0, fill)
	if i >= len(p.toks) || p.toks[i].kind != vocab || p.toks[i].word == nil {
		return ""
	}
	w := p.toks[i].word
	if w.thing == "" && w.works == "" && len(w.cats) == 0 && w.cat1 == "" && !w.is(dwelling) {
		return ""
	}
	return w.text
}

// Paid is the source of money that a text names without any sum: 雨露的钱是专项资金; ""
// when there is none, several, or a sum.
func (r *Reader) Paid(text string, c Context) string {
	p := r.newPass(text, c)
	source := ""
	for i := range p.toks {
		if p.sums(i) {
			return ""
		}
		if w := p.toks[i].word; w != nil && w.source != "" && w.source != source && len(w.cats) == 0 {
			if source != "" {
				return ""
			}
			source = w.source
		}
	}
	return source
}

// OfAll reports whether a text opens with what says that it is of all of them: 都是商量过的.
func (r *Reader) OfAll(text string, c Context) bool {
	p := r.newPass(text, c)
	every := false
	for _, x := range p.pieces {
		if p.anchorOf(x).known || p.asked(x) {
			return false
		}
		every = every || p.opensWithAll(x)
	}
	return every
}

// opensWithAll: 都 or 全部 stands at the head of the piece.
func (p *pass) opensWithAll(x piece) bool {
	for i := x.from; i < x.to && i < x.from+4; i++ {
		if p.toks[i].means(shared) || p.toks[i].is(all) || strings.HasPrefix(p.text(i, i+1), "都") { // 都愿意
			return true
		}
		if !p.toks[i].is(fill) && p.toks[i].kind != amount {
			return false
		}
	}
	return false
}

// Kindred reports whether two names of measures name the same animal or plant: 养牛, 养黄牛.
func (r *Reader) Kindred(a, b string) bool {
	noun := func(s string) string {
		for i := range s {
			if w := r.lex.words.Get(s[i:]); w != nil && w.thing != "" {
				return w.text
			}
		}
		return ""
	}
	x, y := noun(a), noun(b)
	return x != "" && y != "" && (strings.HasSuffix(x, y) || strings.HasSuffix(y, x))
}
