package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// remains works out what is left for somebody: 修房子3万，政府出2万，其余自筹. The words
// for the rest become the sum they stand for, when one sum without a source is larger
// than those behind it; with two such sums nothing is worked out.
func (p *pass) remains() {
	from, to := p.remainder()
	first := slices.IndexFunc(p.toks, func(t tok) bool { return t.to > from })
	if from < 0 || first < 0 {
		return
	}
	last := first
	for p.toks[last].to < to {
		last++
	}
	left, ok := p.left(first)
	if !ok || !p.paysRest(last+1) {
		return
	}
	p.worked = true
	var parts []tok
	if p.toks[first].from < from {
		parts = append(parts, tok{kind: rest, from: p.toks[first].from, to: from})
	}
	sum := tok{kind: amount, from: from, to: to, q: zh.Quantity{Num: zh.Num{Value: left, Approx: p.roundedSums()}, Dim: zh.Money, Start: from, End: to}}
	if to < p.toks[last].to {
		parts = append(parts, tok{kind: rest, from: to, to: p.toks[last].to})
	}
	next := last + 1
	if !p.sourceFirst(first) {
		parts = append(parts, sum)
	} else { // 沪滇3万，剩下的自筹: the sum stands behind its source here as there
		for ; next < len(p.toks) && p.toks[next].strength < comma; next++ {
			parts = append(parts, p.toks[next])
		}
		sum.from, sum.to = parts[len(parts)-1].from, parts[len(parts)-1].to
		parts = append(parts, sum)
	}
	p.toks = slices.Replace(p.toks, first, next, parts...)
}

// roundedSums: a sum of the text is not exact.
func (p *pass) roundedSums() bool {
	for i := range p.toks {
		if _, f, ok := p.money(i); ok && f.Approx {
			return true
		}
	}
	return false
}

// sourceFirst: the last sum before a token has its source in front of it.
func (p *pass) sourceFirst(at int) bool {
	for at--; at >= 0 && p.toks[at].kind != amount; at-- {
	}
	for at--; at >= 0 && p.toks[at].strength < comma; at-- {
		if w := p.toks[at].word; w != nil && w.source != "" {
			return true
		}
	}
	return false
}

// paysWhatIsLeft: the rest of a sum stands right before who pays in token i, and was
// not worked out: 政府出2万，其余自筹.
func (p *pass) paysWhatIsLeft(i int) bool {
	for i--; i > 0 && p.toks[i].is(fill) && !p.toks[i].is(other); i-- {
	}
	if i < 0 || p.toks[i].kind == amount || p.toks[i].kind == mark {
		return false
	}
	return slices.ContainsFunc(p.r.lex.lists["remains"], func(w string) bool { return strings.HasSuffix(p.text(0, i+1), w) })
}

// remainder is where the text says 剩下的, -1 when it does not.
func (p *pass) remainder() (from, to int) {
	for _, w := range p.r.lex.lists["remains"] {
		if at := strings.Index(p.f.Text, w); at >= 0 {
			return at, at + len(w)
		}
	}
	return -1, -1
}

// paysRest: the same piece goes on with who pays, and names no sum.
func (p *pass) paysRest(i int) bool {
	pays := false
	for ; i < len(p.toks) && p.toks[i].strength < comma; i++ {
		if p.toks[i].kind == amount {
			return pays && p.ofTotal(i)
		}
		pays = pays || p.toks[i].word != nil && (p.toks[i].word.source != "" || p.toks[i].word.kind != "")
	}
	return pays
}

// left is the one sum before a token that nobody pays by name, without those that
// follow it; or the total behind it (政府出2万，其余自筹，总共3万5) without those before it.
func (p *pass) left(at int) (zh.Dec, bool) {
	var whole, parts zh.Dec
	if all := p.totalBehind(at); all > 0 {
		return p.without(all, at)
	}
	for i := range at {
		v, ok := p.sumAt(i)
		switch {
		case p.toks[i].strength >= fullstp:
			whole, parts = 0, 0
		case !ok && p.sums(i):
			return 0, false // of a rate nobody knows the sum
		case !ok:
		case whole == 0 && p.paidBy(i):
			return 0, false // 沪滇2万: no sum of all
		case whole == 0:
			whole = v
		default:
			parts += v
		}
	}
	return whole - parts, parts > 0 && whole > parts
}

// sums: token i is money.
func (p *pass) sums(i int) bool { _, _, ok := p.money(i); return ok }

// sumAt is the sum in token i, a rate multiplied; ok is false when it cannot be.
func (p *pass) sumAt(i int) (zh.Dec, bool) {
	v, _, ok := p.money(i)
	if !ok || i > 0 && p.toks[i-1].is(each) {
		return 0, false
	}
	v, _, ok = p.times(i, v)
	return v, ok
}

// totalBehind is the sum behind a token that is said to be all, 0 when none is.
func (p *pass) totalBehind(at int) zh.Dec {
	for i := at + 1; i < len(p.toks) && p.toks[i].strength < fullstp; i++ {
		if !p.sums(i) {
			continue
		}
		v, ok := p.sumAt(i)
		if !ok || !p.ofTotal(i) && (p.per(i) == "" || p.paidBy(i)) { // 不足部分自筹，一头一万二
			return 0
		}
		return v
	}
	return 0
}

// ofTotal: 总共 or 要 stands before the sum in token i: 总共要6万, 大概要四万五.
func (p *pass) ofTotal(i int) bool {
	for i--; i >= 0 && p.toks[i].is(fill|spend|total); i-- {
		if p.toks[i].is(total) || strings.HasSuffix(p.text(i, i+1), "要") {
			return true
		}
	}
	return false
}

// without takes the sums before a token off all; a rate or another total makes it
// nothing to be worked out.
func (p *pass) without(all zh.Dec, at int) (zh.Dec, bool) {
	rest := all
	for i := range at {
		switch v, ok := p.sumAt(i); {
		case p.toks[i].strength >= fullstp:
			rest = all
		case p.sums(i) && (!ok || p.ofTotal(i)):
			return 0, false
		case ok:
			rest -= v
		}
	}
	return rest, rest > 0 && rest < all
}

// paidBy: who pays stands next to the sum in token i: in its piece, or alone in the
// one before.
func (p *pass) paidBy(i int) bool {
	from, to := i, i
	for from > 0 && p.toks[from-1].kind != mark && !p.sums(from-1) {
		from--
	}
	for to+1 < len(p.toks) && p.toks[to+1].kind != mark && !p.sums(to+1) {
		to++
	}
	for from > 1 && p.toks[from-1].strength == blank && p.toks[from-2].kind == vocab {
		from -= 2
	}
	return p.find(piece{from: from, to: to + 1}, func(t *tok) bool { return t.word != nil && (t.word.source != "" || t.word.kind == "self") }) >= 0
}
