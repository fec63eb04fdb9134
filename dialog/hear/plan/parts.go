package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// headings puts 2019年： to what it stands over.
func (p *pass) headings() {
	for k := 0; k+1 < len(p.pieces); k++ {
		x := p.pieces[k]
		if x.to < len(p.toks) && p.text(x.to, x.to+1) == ":" && p.onlyDated(x) {
			p.pieces[k+1].from = x.from
			p.pieces = slices.Delete(p.pieces, k, k+1)
		}
	}
}

// contradictions: 拆旧建新 C级加固 in one breath names two works on one house:
// which one is not guessed.
func (p *pass) contradictions(ds []draft) []draft {
	for i := 0; i+1 < len(ds); i++ {
		a, b := &ds[i], &ds[i+1]
		strength := 0
		for k := a.head.to; k < b.head.from; k++ {
			strength = max(strength, p.toks[k].strength)
		}
		if a.cat1 != b.cat1 || a.cat2 == b.cat2 || p.classOf("house_c") != a.cat1 || strength > blank || a.cancel || b.cancel || b.instead {
			continue
		}
		p.leave(a.head.from, b.head.to, WhyAmbiguous, a.cat2, b.cat2)
		a.cat2, a.to, a.head.to = "", b.to, b.head.to
		ds = slices.Delete(ds, i+1, i+2)
	}
	return ds
}

// parts are the pieces, cut again where one names several things: 养牛2头养蜂10箱,
// 养羊改养蜂, 养猪5头10月底前修房子12月完.
func (p *pass) parts() []piece {
	var out []piece
	for _, x := range p.either(p.pieces) {
		if p.finished(x) && !p.several(x) { // 养了两头猪十五只鸡 is told as a whole
			out = append(out, x)
			continue
		}
		from, full := x.from, false
		lent := p.find(x, func(t *tok) bool { return t.is(loan) }) >= 0
		for i := x.from; i < x.to; i++ {
			t := &p.toks[i]
			turn := (t.is(instead) || i > from+1 && p.toks[i-1].is(cancel)) && i > from && p.anchorOf(piece{from: from, to: i}).known && p.anchorOf(piece{from: i, to: x.to}).known
			next := full && !lent && p.opens(x, i)
			at := i
			if next && !turn {
				at = p.reachBack(piece{from: from, to: i}, i, false)
			}
			if !turn && !next && full && strings.HasPrefix(p.text(i, i+1), "都是") { // 都是沪滇的
				next = true
			}
			if !turn && !next && i > from {
				at, next = p.begins(x, from, i, lent)
			}
			order := !next && p.inOrder(piece{from: from, to: i}, piece{from: i + 1, to: x.to}, i)
			if turn || next || order {
				out = append(out, piece{from, at, blank})
				if turn && !p.asked(x) {
					p.turned(from)
				}
				from, full = at, false
			}
			a := p.anchorAt(x, i)
			thing := t.word != nil && t.word.thing != "" && p.counts(x, i)
			full = full || thing || a.known && a.rank == byName && !p.training(a)
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// inOrder: 先修圈后买猪 names two measures.
func (p *pass) inOrder(a, b piece, i int) bool {
	s := p.text(i, i+1)
	return (s == "后" || s == "再") && a.to > a.from && b.to > b.from && strings.HasPrefix(p.text(a.from, a.to), "先") && p.anchorOf(a).known && p.anchorOf(b).known
}

// several: the piece names two measures by name; what is done is only one of them.
func (p *pass) several(x piece) bool {
	first := ""
	for i := x.from; i < x.to; i++ {
		if a := p.anchorAt(x, i); a.known && a.rank == byName {
			if first != "" && a.cat2 != first {
				return true
			}
			first = a.cat2
		}
	}
	return false
}

// begins tells whether something new begins at token i of a piece whose part
// began at from, without a mark: a result with its number, or another measure
// once the first was told. at is where, the date or the person in front of it
// taken along.
func (p *pass) begins(x piece, from, i int, lent bool) (at int, ok bool) {
	part := piece{from: from, to: i}
	a := p.anchorOf(part)
	if !a.known {
		return i, false
	}
	t := &p.toks[i]
	if (t.is(income) || t.word != nil && t.word.indicator != "" && len(t.word.cats) == 0 && (t.word.per != "m" || i > a.tok+1 && a.cat1 != "village_infra" && a.cat1 != "living")) && i > a.tok && p.numberAhead(x, i) {
		return p.reachBack(part, i, true), true
	}
	b := p.anchorAt(x, i)
	if !b.known || p.training(a) && b.rank == byThing || lent && b.rank != byName {
		return i, false
	}
	if b.cat1 == a.cat1 && (b.cat2 == a.cat2 && b.rank != byThing || b.cat2 == "" || a.cat2 == "") || b.rank == byClass && b.cat2 == "" && !p.toldEnough(part) {
		return i, false
	}
	joint := i > from && strings.Contains(" 和 跟 加 加上 还有 另外 以及 及 外加 同时 又 再 还 也 ", " "+p.text(i-1, i)+" ")
	verb := t.is(raise|plant) && b.rank == byThing
	switch {
	case b.rank == byThing && (!verb || !p.thingNear(x, i)):
		return i, false
	case b.rank == byThing && p.toks[a.tok].is(raise|plant) && a.tok == i-1: // 买来养
		return i, false
	case !joint && !p.toldEnough(part):
		return i, false
	}
	return p.reachBack(part, i, false), true
}

// thingNear: what is raised or planted is named right behind the verb.
func (p *pass) thingNear(x piece, i int) bool {
	for j := i + 1; j < x.to && j <= i+3; j++ {
		if w := p.toks[j].word; w != nil && w.thing != "" {
			return true
		}
	}
	return false
}

// numberAhead: an amount stands in one of the next three tokens.
func (p *pass) numberAhead(x piece, i int) bool {
	for j := i + 1; j < x.to && j <= i+3; j++ {
		t := &p.toks[j]
		if w := t.word; w != nil && (w.source != "" || w.kind != "" || w.dept != "") {
			return false
		}
		if _, _, sum := p.money(j); t.kind == amount {
			return !sum || p.toks[i].is(income) || p.toks[i].word.per == "yuan" || t.q.Dim == zh.Money
		}
	}
	return false
}

// toldEnough: the part says how many, when or with what money, behind its anchor or
// before it.
func (p *pass) toldEnough(part piece) bool {
	return p.find(part, func(t *tok) bool {
		return t.kind == amount || t.kind == date || t.is(finish) || t.word != nil && t.word.will != ""
	}) >= 0
}

// reachBack moves the beginning at i over what belongs to it: fills, people,
// and the date in front when dates stand first in this sentence, the part has
// one already, or only a year stands before a result.
func (p *pass) reachBack(part piece, i int, result bool) int {
	at := i
	dated := func(j int) bool {
		t := &p.toks[j]
		_, year := p.bareYear(t)
		return t.kind == date || year
	}
	first := part.from
	for first < part.to-1 && p.toks[first].is(fill) {
		first++
	}
	taken := false
	for at-1 > part.from {
		t := &p.toks[at-1]
		switch {
		case t.is(fill) && !t.is(raise|plant|finish), t.person > 0, t.word != nil && len(t.word.kin) > 0, t.kind == rest && strings.Trim(p.text(at-1, at), "去学报修建盖装整打搞") == "":
			at--
			continue
		case result && !taken && t.kind == rest && at-2 > part.from && dated(at-2) && utf8.RuneCountInString(p.text(at-1, at)) <= 2: // 后年见效卖3万
			at--
			continue
		case dated(at-1) && !taken:
			earlier := p.find(piece{from: part.from, to: at - 1}, func(t *tok) bool { return t.kind == date || t.is(finish) }) >= 0
			if dated(first) || earlier || result && (t.kind != date || t.on.Precision == zh.Year) {
				at--
				taken = true
				continue
			}
		}
		break
	}
	for at < i && p.toks[at].is(fill) { // 的, 了 belong to what was before
		at++
	}
	return at
}

// training: what is raised or planted behind it is what is learnt.
func (p *pass) training(a anchor) bool {
	return a.cat1 == "employment" || a.cat1 == "education" || a.rank == byLoan
}

// opens: a further thing with its amount begins at token i.
func (p *pass) opens(x piece, i int) bool {
	t := &p.toks[i]
	first := p.find(x, func(t *tok) bool { return t.kind == amount || t.word != nil && t.word.thing != "" })
	things := first >= 0 && p.toks[first].kind != amount // 鸡50只猪3头, not 50只鸡3头猪
	thing := func(j int) bool { return j < x.to && p.toks[j].word != nil && p.toks[j].word.thing != "" }
	switch {
	case t.kind == amount && i >= x.from+2 && !things: // 两头牛三只羊
		return thing(i+1) && thing(i-1) && p.toks[i-2].kind == amount
	case t.is(raise|plant) && i+1 < x.to:
		for j := i + 1; j < x.to; j++ {
			if thing(j) {
				return p.counts(x, j)
			}
		}
	case thing(i) && i+1 < x.to && p.toks[i+1].kind == amount:
		joined := strings.Contains(" 加 加上 和 跟 外加 还有 另外 再 ", " "+p.text(i-1, i)+" ") && i >= x.from+2 && p.toks[i-2].kind == amount
		return !p.toks[i-1].is(raise|plant) && (p.toks[i-1].kind == amount || joined)
	}
	return false
}

// turned marks the left side of 养羊改养蜂 as taken off.
func (p *pass) turned(from int) {
	if p.dropped == nil {
		p.dropped = map[int]bool{}
	}
	p.dropped[from] = true
}
