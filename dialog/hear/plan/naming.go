package plan

import "slices"

// naming is a piece on its way to the causes it names.
type naming struct {
	out    []Cause
	weak   bool // the only cause just follows from another, or no word names it
	turned bool // what was named before is taken back: 缺技术改成因病
	denied bool
	alone  *word
	back   bool // all of the piece is taken back
	wrong  int  // token up to which it is, -1 none
}

// causesOf are the causes a piece names; follows tells that the only one just
// follows from another, or is no word for a cause.
func (p *pass) causesOf(x piece, rank *role) (out []Cause, follows bool) {
	n := naming{alone: p.aloneWord(x), back: p.has(x, cancel) >= 0, wrong: p.hasSense(x, wrong)}
	before := *rank
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.is(mainly) {
			*rank = mainly
		}
		if t.is(other) {
			*rank = other
		}
		if k := len(n.out); k > 0 && t.is(mainly|other) && p.saidBehind(x, i) { // 因病是主因
			n.out[k-1].Main, n.out[k-1].Other, *rank = t.is(mainly), t.is(other), before
			continue
		}
		before = *rank
		n.turned = n.turned || (t.is(instead) || t.means(rather)) && len(n.out) > 0
		i = max(i, p.name(&n, x, i, rank)-1)
	}
	if len(n.out) == 0 && !n.back && !n.denied {
		if kind := p.bareNoun(x); kind != "" {
			n.out = append(n.out, Cause{Kind: kind, Main: *rank == mainly, Other: *rank == other})
		} else if kind := p.implied(x); kind != "" {
			n.weak = true
			n.out = append(n.out, Cause{Kind: kind, Main: *rank == mainly, Other: *rank == other})
		}
	}
	for k := range n.out {
		n.out[k].Span = p.span(x.from, x.to)
		if len(n.out) == 1 {
			p.detail(&n.out[k], x)
		}
	}
	return n.out, n.weak && len(n.out) == 1
}

// name takes the cause that token i names, if it does; it returns the token
// behind what names it.
func (p *pass) name(n *naming, x piece, i int, rank *role) int {
	kind, from, to := p.namedAt(x, i)
	if n.alone != nil && len(n.alone.causes) == 1 {
		kind = n.alone.causes[0]
	}
	same := func(c Cause) bool { return c.Kind == kind }
	switch {
	case kind == "":
		n.denied = n.denied || to > i+1
		return to
	case n.back || i < n.wrong || p.refuses(x, from) || (bodily(kind) || kind == "dongli") && p.lacks(x, to):
		p.leave(max(x.from, from-1), to, WhyDenied, kind)
		n.denied = true
		n.out = slices.DeleteFunc(n.out, same) // 懒倒不懒
		return to
	case slices.ContainsFunc(n.out, same):
		return i + 1
	case kind == "chanye_shibai" && slices.ContainsFunc(n.out, func(c Cause) bool { return c.Kind == "jiaotong" || c.Kind == "yinzai" }): // 路不通东西卖不出去
		return i + 1
	case p.toks[i].means(result) && slices.ContainsFunc(n.out, func(c Cause) bool { return bodily(c.Kind) }):
		return i + 1
	}
	if n.turned {
		for _, o := range n.out {
			p.report(Unread{Span: p.span(x.from, i), Why: WhyDenied, Guess: []string{o.Kind}})
		}
		if slices.ContainsFunc(n.out, func(c Cause) bool { return c.Main }) {
			*rank = mainly // 主因从因学改为缺劳力
		}
		n.out, n.turned = nil, false
	}
	if p.toks[i].means(result) {
		n.weak = true
	} else if n.weak && len(n.out) == 1 && bodily(kind) {
		n.out, n.weak = nil, false
	}
	n.out = append(n.out, Cause{Kind: kind, Main: *rank == mainly, Other: *rank == other})
	if *rank == mainly {
		*rank = other
	}
	return to
}

// lacks: all that follows says that there is none: 残疾证没得.
func (p *pass) lacks(x piece, i int) bool {
	if i < x.to && p.r.lex.holds("hardly", p.text(i, x.to)) { // 懒倒不至于
		return true
	}
	no := p.skip(i, fill|is)
	return no < x.to && p.denying(no) && p.skip(no+1, fill) >= x.to
}

// bodily: what makes unable to work.
func bodily(kind string) bool { return kind == "yinbing" || kind == "yincan" }
