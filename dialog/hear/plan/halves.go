package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// silent is the word of a token that tells nothing any more.
var silent = &word{roles: fill}

// halve works out the parts of a sum that were said as shares: 水窖8000，沪滇和县级各半;
// 三千二，自己出一半，另一半残联给; 沪滇七成自筹三成. Only of the one sum of a sentence, and
// only when the shares make all of it: the others are left to be asked.
func (p *pass) halve() {
	for from := 0; from < len(p.toks); {
		to := from
		for to < len(p.toks) && p.toks[to].strength < fullstp {
			to++
		}
		grown := len(p.toks)
		if at := p.onlySum(from, to); at >= 0 && !p.evenly(from, to, at) {
			p.shared(from, to, at)
		}
		from = to + 1 + len(p.toks) - grown
	}
}

// onlySum is the token of the sum of a sentence, -1 when there is none or another one.
func (p *pass) onlySum(from, to int) int {
	at := -1
	for i := from; i < to; i++ {
		if p.sums(i) && at >= 0 {
			return -1
		} else if p.sums(i) {
			at = i
		}
	}
	return at
}

// pays: the token names who gives money.
func (p *pass) pays(i int) bool {
	w := p.toks[i].word
	if p.r.lex.listed("themselves", p.text(i, i+1)) {
		return true
	}
	return w != nil && (w.source != "" || w.kind == "self" || w.dept != "" || w.is(county))
}

// evenly gives each of those who pay alike its part: 沪滇和县级各半.
func (p *pass) evenly(from, to, at int) bool {
	said, first, end := p.wordOf("halves", from, to)
	if said == "" {
		return false
	}
	var payers []int
	for i := first - 1; i >= from && i != at; i-- {
		if p.pays(i) {
			payers = append(payers, i)
		}
	}
	sum, ok := p.sumAt(at)
	if n := len(payers); !ok || n < 2 || n > 2 && !strings.HasSuffix(said, "摊") {
		return false
	}
	p.silence(at)
	p.toks = slices.Replace(p.toks, first, end, tok{kind: vocab, from: p.toks[first].from, to: p.toks[end-1].to, word: silent})
	for _, i := range payers { // the last one first
		p.toks = slices.Insert(p.toks, i+1, p.part(p.toks[i].to, p.toks[i].to, sum/zh.Dec(len(payers))))
	}
	return true
}

// silence takes the sum out of the text, and the word of adding up before it.
func (p *pass) silence(at int) {
	for i := at; i >= 0 && (i == at || p.toks[i].is(total) && p.toks[i].kind == vocab); i-- {
		p.toks[i] = tok{kind: vocab, from: p.toks[i].from, to: p.toks[i].to, word: silent}
	}
}

// part is the token of a sum that was worked out.
func (p *pass) part(from, to int, v zh.Dec) tok {
	return tok{kind: amount, from: from, to: to, q: zh.Quantity{Num: zh.Num{Value: v}, Dim: zh.Money, Start: from, End: to}}
}

// wordOf is the word of a list that the tokens say, and the tokens that say it.
func (p *pass) wordOf(list string, from, to int) (said string, first, end int) {
	if from >= to {
		return "", 0, 0
	}
	base := p.toks[from].from
	for _, w := range p.r.lex.lists[list] {
		at := strings.Index(p.text(from, to), w)
		if at < 0 || len(w) <= len(said) {
			continue
		}
		said, first = w, from
		for p.toks[first].to <= base+at {
			first++
		}
		for end = first + 1; p.toks[end-1].to < base+at+len(w); {
			end++
		}
	}
	return said, first, end
}

// shared puts the sum of each share in its place: 一半, 七成, 60%.
func (p *pass) shared(from, to, at int) {
	sum, ok := p.sumAt(at)
	if !ok || p.paidBy(at) {
		return
	}
	type share struct {
		tok, from, to int
		percent       zh.Dec
	}
	var shares []share
	all := zh.Dec(0)
	for i := from; i < to; i++ {
		t, s := &p.toks[i], p.text(i, i+1)
		half := strings.Index(s, "一半")
		switch {
		case t.kind == amount && t.q.Dim == zh.Percent && t.q.Value > 0:
			shares = append(shares, share{i, t.from, t.to, t.q.Value})
		case t.kind != vocab && half >= 0:
			shares = append(shares, share{i, t.from + half, t.from + half + len("一半"), zh.Whole(50)})
		default:
			continue
		}
		if !p.paidBy(i) && !p.deptPays(i) {
			return
		}
		all += shares[len(shares)-1].percent
	}
	left, _ := p.remainder()
	if whole := all == zh.Whole(100) && len(shares) > 1; !whole && (left < 0 || all == 0 || all >= zh.Whole(100)) {
		return
	} else if whole {
		p.silence(at)
	}
	for _, s := range slices.Backward(shares) {
		t, v := p.toks[s.tok], product(sum/100, s.percent)
		var parts []tok
		if t.from < s.from {
			parts = append(parts, tok{kind: rest, from: t.from, to: s.from})
		}
		parts = append(parts, p.part(s.from, s.to, v))
		if s.to < t.to {
			parts = append(parts, tok{kind: rest, from: s.to, to: t.to})
		}
		p.toks = slices.Replace(p.toks, s.tok, s.tok+1, parts...)
	}
}

// deptPays: a department or the county stands in the piece of token i.
func (p *pass) deptPays(i int) bool {
	from, to := i, i
	for from > 0 && p.toks[from-1].kind != mark {
		from--
	}
	for to < len(p.toks) && p.toks[to].kind != mark {
		to++
	}
	for ; from < to; from++ {
		if p.pays(from) {
			return true
		}
	}
	return false
}
