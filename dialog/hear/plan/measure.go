package plan

import (
	"slices"
	"strings"
)

// draft is a measure on its way: the tokens it is made of.
type draft struct {
	anchor
	from, to int
	head     piece // the piece with the anchor
	outputs  []Output
	plain    map[int]bool // first tokens of pieces that only tell how it is done
	cancel   bool
	instead  bool
}

// Measures reads 帮扶措施, several in one message: 养能繁母牛2头，危改D 2.1万 住建
// 10月完. A piece without a word for a measure belongs to the one before it; when
// there is none at all the message is about the measure of the context.
func (r *Reader) Measures(text string, c Context) ([]Measure, []Unread) {
	p := r.newPass(text, c)
	var ds []draft
	lead := -1
	for _, x := range p.parts() {
		ds, lead = p.draft(ds, x, lead)
	}
	if lead >= 0 {
		ds = p.aboutOpen(ds, lead)
	}
	ds = p.contradictions(ds)
	var out []Measure
	for i := range ds {
		out = append(out, p.measure(&ds[i]))
	}
	return out, p.unread
}

// draft takes one piece: a new measure, more of the last one, or what stands
// before the first (lead is the token where that began).
func (p *pass) draft(ds []draft, x piece, lead int) ([]draft, int) {
	a := p.anchorOf(x)
	last := len(ds) - 1
	switch {
	case p.asked(x):
		p.leave(x.from, x.to, WhyQuestion)
	case p.empty(x):
	case p.has(x, exits|villageexit|countyexit) >= 0 && !a.known:
		p.leave(x.from, x.to, WhyUnknown)
	case last >= 0 && p.promise(x, a):
		p.promised(&ds[last], x)
	case a.known && p.has(x, done) >= 0 && p.find(x, func(t *tok) bool { return t.word != nil && t.word.will != "" }) < 0:
		p.leave(x.from, x.to, WhyDone)
	case a.known && p.denied(x, a) && p.text(x.to-1, x.to) == "了":
		return append(ds, draft{anchor: a, from: x.from, to: x.to, head: x, cancel: true}), -1 // 不种烤烟了
	case a.known && p.denied(x, a):
		p.leave(x.from, x.to, WhyDenied)
	case last >= 0 && ds[last].rank == byLoan && a.rank == byThing && p.find(x, func(t *tok) bool { return t.kind == amount }) < 0:
		ds[last].tell(x) // what the loan is for
	case a.known && !p.sameAgain(ds, a, x):
		d := draft{anchor: a, from: x.from, to: x.to, head: x, cancel: p.has(x, cancel) >= 0 || p.dropped[x.from], instead: p.has(x, instead) >= 0}
		if lead >= 0 {
			d.from = lead
		}
		return append(ds, d), -1
	case !a.known && !p.useful(x) && last >= 0 && p.tells(x):
		ds[last].tell(x)
	case !a.known && !p.useful(x):
		p.leave(x.from, x.to, WhyUnknown)
	case last >= 0:
		ds[last].to = x.to
		ds[last].cancel = ds[last].cancel || p.has(x, cancel) >= 0
	case lead < 0:
		lead = x.from
	}
	return ds, lead
}

// sameAgain: a second word for the measure just named: 危改 D级重建, 培训 学挖掘机;
// not with an amount or a member of its own.
func (p *pass) sameAgain(ds []draft, a anchor, x piece) bool {
	last := len(ds) - 1
	if last < 0 || p.has(x, cancel|instead) >= 0 {
		return false
	}
	d := &ds[last]
	general := d.rank == byThing && a.rank == byThing && d.cat2 == a.cat2 && p.find(d.head, func(t *tok) bool { return t.kind == rest || t.kind == amount || t.word != nil && t.word.thing != "" }) < 0
	vague := d.cat2 == "" || strings.HasSuffix(d.cat2, "_other") && d.cat2 != a.cat2 && a.rank >= byClass // 公益岗 护林员
	if vague && d.cat1 == a.cat1 && a.cat2 != "" || general {
		d.cat2, d.head, d.to = a.cat2, x, x.to
		return true
	}
	same := d.cat2 == a.cat2 && d.cat1 == a.cat1 || a.cat2 == "" && a.cat1 == d.cat1
	return same && a.rank != byThing && p.find(x, func(t *tok) bool { return t.person > 0 || t.word != nil && len(t.word.kin) > 0 }) < 0
}

// denied: 不养牛, 没有低保; 不愿意养羊 tells what the family wants.
func (p *pass) denied(x piece, a anchor) bool {
	for i := x.from; i < a.tok; i++ {
		if p.toks[i].is(no) && (i+1 == a.tok || i+2 == a.tok && p.toks[i+1].is(fill)) {
			return p.toks[i].word.will == ""
		}
	}
	return false
}

// promise: the piece tells a result, not another measure.
func (p *pass) promise(x piece, a anchor) bool {
	if a.rank >= byName {
		return false
	}
	counted := p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0
	return p.has(x, income) >= 0 || p.find(x, func(t *tok) bool { return t.word != nil && t.word.indicator != "" }) >= 0 && (counted || !a.known) ||
		p.reaches(x) && !counted
}

// reaches: 达到B级.
func (p *pass) reaches(x piece) bool {
	for i := x.from; i < x.to; i++ {
		if p.grade(x, i) != "" {
			return true
		}
	}
	return false
}

// tells: the piece can only say how the work before it is done.
func (p *pass) tells(x piece) bool {
	return p.has(x, no|done|helper|goal|reward|penalty|spend) < 0 && p.find(x, func(t *tok) bool { return t.kind == rest }) >= 0
}

// tell adds such a piece to the draft.
func (d *draft) tell(x piece) {
	if d.plain == nil {
		d.plain = map[int]bool{}
	}
	d.plain[x.from], d.to = true, x.to
}

func (p *pass) promised(d *draft, x piece) {
	if !p.output(x, &d.outputs) {
		p.leave(x.from, x.to, WhyUnknown)
		return
	}
	d.to = x.to
	for i := x.from; i < x.to; i++ {
		p.claimed[i] = true
	}
}

// useful: a piece without an anchor tells something of a measure.
func (p *pass) useful(x piece) bool {
	return p.find(x, func(t *tok) bool {
		w := t.word
		return t.kind == date || t.kind == amount || t.person > 0 || t.is(talk|pair|cancel|paid|free|reason|all|finish|begin|village|township|county) ||
			w != nil && (w.will != "" || w.source != "" || w.kind != "" || w.dept != "" || len(w.kin) > 0 || w.thing != "" || w.grade != "")
	}) >= 0
}

// aboutOpen makes the measure of the context from pieces that name none.
func (p *pass) aboutOpen(ds []draft, lead int) []draft {
	if p.c.Measure == "" || len(ds) > 0 {
		p.leave(lead, len(p.toks), WhyUnknown)
		return ds
	}
	x := piece{from: lead, to: len(p.toks)}
	a := anchor{tok: lead, cat1: p.classOf(p.c.Measure), cat2: p.c.Measure, rank: byName, known: true}
	return append(ds, draft{anchor: a, from: lead, to: x.to, head: x, cancel: p.has(x, cancel) >= 0})
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
// 养羊改养蜂.
func (p *pass) parts() []piece {
	var out []piece
	for _, x := range p.pieces {
		if p.has(x, done) >= 0 { // 养了两头猪十五只鸡 is told as a whole
			out = append(out, x)
			continue
		}
		from, full := x.from, false
		lent := p.find(x, func(t *tok) bool { return t.is(loan) }) >= 0
		for i := x.from; i < x.to; i++ {
			t := &p.toks[i]
			turn := t.is(instead) && i > from && p.anchorOf(piece{from: from, to: i}).known && p.anchorOf(piece{from: i, to: x.to}).known
			next := full && !lent && p.opens(x, i)
			if turn || next {
				out = append(out, piece{from, i, blank})
				if turn && !p.asked(x) {
					p.turned(from)
				}
				from, full = i, false
			}
			a := p.anchorAt(x, i)
			thing := t.word != nil && t.word.thing != "" && p.counts(x, i)
			full = full || thing || a.known && a.rank == byName && !p.training(a)
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// training: what is raised or planted behind it is what is learnt.
func (p *pass) training(a anchor) bool {
	return a.cat1 == "employment" || a.cat1 == "education" || a.rank == byLoan
}

// opens: a further thing with its amount begins at token i.
func (p *pass) opens(x piece, i int) bool {
	t := &p.toks[i]
	thing := func(j int) bool { return j < x.to && p.toks[j].word != nil && p.toks[j].word.thing != "" }
	switch {
	case t.kind == amount && i >= x.from+2: // 两头牛三只羊
		return thing(i+1) && thing(i-1) && p.toks[i-2].kind == amount
	case t.is(raise|plant) && i+1 < x.to:
		for j := i + 1; j < x.to; j++ {
			if thing(j) {
				return p.counts(x, j)
			}
		}
	case thing(i) && i+1 < x.to && p.toks[i+1].kind == amount:
		return !p.toks[i-1].is(raise|plant) && p.toks[i-1].kind == amount
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
