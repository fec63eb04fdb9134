package plan

import "strings"

// draft is a measure on its way: the tokens it is made of.
type draft struct {
	anchor
	from, to int
	head     piece // the piece with the anchor
	outputs  []Output
	later    []piece      // told behind another one: 牛圈补三千, 圈10月修好
	plain    map[int]bool // first tokens of pieces that only tell how it is done
	cancel   bool
	instead  bool
	upto     int // of what is said of all: how many came before
}

// Measures reads 帮扶措施, several in one message: 养能繁母牛2头，危改D 2.1万 住建
// 10月完. A piece without a word for a measure belongs to the one before it; when
// there is none at all the message is about the measure of the context. What is
// said of all of them (都是年底前) holds for each.
func (r *Reader) Measures(text string, c Context) ([]Measure, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
	p.headings()
	var ds []draft
	var common []draft // said of all before
	lead := -1
	for _, x := range p.parts() {
		if n := len(common); n > 0 && common[n-1].upto == len(ds) && common[n-1].to+1 == x.from && !p.anchorOf(x).known && !p.asked(x) && p.useful(x) {
			common[n-1].to = x.to
			continue
		}
		if len(ds) > 1 && p.ofAll(x) {
			last := ds[len(ds)-1]
			common = append(common, draft{anchor: last.anchor, from: x.from, to: x.to, head: piece{from: x.from, to: x.from}, upto: len(ds)})
			continue
		}
		ds, lead = p.draft(ds, x, lead)
	}
	ds, common = p.lastDate(ds, common)
	opened := false
	if lead >= 0 {
		n := len(ds)
		ds = p.aboutOpen(ds, lead)
		opened = len(ds) > n
	}
	p.flush()
	ds = p.contradictions(ds)
	var out []Measure
	for i := range ds {
		out = append(out, p.measure(&ds[i]))
	}
	takeArea(out)
	for i := range common {
		p.spread(out, &common[i])
	}
	if opened && len(p.unread) == 0 && p.unanswered(&out[0]) {
		p.leave(0, len(p.toks), WhyUnknown)
	}
	return out, p.unread
}

// takeArea gives the land of what is taken off to what comes instead: 三亩苞谷地改种红花.
func takeArea(out []Measure) {
	for i := 1; i < len(out); i++ {
		a, b := &out[i-1], &out[i]
		if a.Cancel && b.Instead && b.Qty == "" && a.Cat2 == b.Cat2 && (a.Unit == "mu" || a.Unit == "fen") {
			b.Qty, b.Unit, b.Approx = a.Qty, a.Unit, a.Approx
		}
	}
}

// draft takes one piece: a new measure, more of the last one, or what stands
// before the first (lead is the token where that began).
func (p *pass) draft(ds []draft, x piece, lead int) ([]draft, int) {
	a := p.anchorOf(x)
	last := len(ds) - 1
	wants := p.find(x, func(t *tok) bool { return t.word != nil && t.word.will != "" }) >= 0
	switch {
	case p.asked(x):
		p.leave(x.from, x.to, WhyQuestion)
	case p.empty(x), !a.known && x.after == blank && (p.counting(x) || p.find(x, func(t *tok) bool { return !t.is(fill | dwelling) }) < 0): // 安排三样：, 住房：
	case a.known && strings.Contains(p.text(x.from, x.to), "怕") && p.find(x, func(t *tok) bool { return t.kind == amount }) < 0: // 就是怕贷款
		p.leave(x.from, x.to, WhyAmbiguous, a.cat2)
	case a.known && p.hasSense(x, hearsay) >= 0:
		p.leave(x.from, x.to, WhyAmbiguous, a.cat2)
	case p.has(x, exits|villageexit|countyexit) >= 0 && !a.known:
		p.leave(x.from, x.to, WhyUnknown)
	case p.brings(ds, x, a):
	case last >= 0 && ds[last].rank == byLoan && p.finished(x) && p.repays(x): // 三年还清
		ds[last].to = x.to
	case p.finished(x) && !wants && (a.known || p.has(x, paid|allpaid) < 0):
		p.leave(x.from, x.to, WhyDone)
	case a.known && p.denied(x, a) && p.text(x.to-1, x.to) == "了":
		return append(ds, draft{anchor: a, from: x.from, to: x.to, head: x, cancel: true}), -1 // 不种烤烟了
	case a.known && p.denied(x, a):
		p.leave(x.from, x.to, WhyDenied)
	case a.known && p.asUsual(x):
		p.leave(x.from, x.to, WhyDenied)
	case last >= 0 && a.rank == byThing && a.cat2 == ds[last].cat2 && p.toks[a.tok].is(cancel) && !ds[last].cancel: // 太累，不养了
		ds[last].cancel, ds[last].to = true, x.to
	case last >= 0 && ds[last].rank == byThing && a.rank == byLoan && p.onCredit(x, a), last >= 0 && p.paysWith(&ds[last], x, a):
		ds[last].to = x.to
	case last >= 0 && ds[last].rank == byLoan && a.rank == byThing && (p.r.lex.opens("purposes", p.text(x.from, x.to)) || p.find(x, func(t *tok) bool { return t.kind == amount }) < 0 && !p.countFollows(x)):
		ds[last].tell(x) // what the loan is for
	case p.earlier(ds, a, x) == last && !a.known && last > 0: // 猪11月买
		ds[last].to = x.to
	case p.earlier(ds, a, x) >= 0:
		d := &ds[p.earlier(ds, a, x)]
		d.later = append(d.later, x)
	case a.known && !p.sameAgain(ds, a, x):
		d := draft{anchor: a, from: x.from, to: x.to, head: x, cancel: p.has(x, cancel) >= 0 || p.dropped[x.from] || p.calledOff(x), instead: p.takesPlace(x)}
		if lead >= 0 {
			d.from = lead
		}
		if d.instead && last >= 0 && ds[last].rank == byThing && a.rank == byThing && !ds[last].cancel && !ds[last].instead {
			ds[last].cancel = true // 养猪3头，他说要改养牛
		}
		p.dividend(&d, x)
		return append(ds, d), -1
	case !a.known && last >= 0 && p.calledOff(x):
		ds[last].cancel, ds[last].to = true, x.to
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

// brings takes a piece that tells what the last measure brings, and no measure of its
// own: 出栏2头, 一个月1500, 医保报1500.
func (p *pass) brings(ds []draft, x piece, a anchor) bool {
	repaid := a.known && p.repaid(x, a)
	if len(ds) == 0 || repaid && (ds[len(ds)-1].cat1 != a.cat1 || ds[len(ds)-1].cancel) {
		if repaid {
			p.leave(x.from, x.to, WhyUnknown)
		}
		return repaid
	}
	d := &ds[len(ds)-1]
	wage := !repaid && p.wage(x, a, d)
	switch {
	case wage && p.vagueWage(x):
		p.leave(x.from, x.to, WhyAmbiguous)
		d.to = x.to
		p.claim(x)
	case wage, !repaid && !a.known && p.samesay(x, d):
		p.earns = true
		p.promised(d, x)
		p.earns = false
	case repaid, p.promise(x, a, d), d.cat2 == "breeding" && p.bears(x):
		p.promised(d, x)
	default:
		return false
	}
	return true
}

// tell adds such a piece to the draft.
func (d *draft) tell(x piece) {
	if d.plain == nil {
		d.plain = map[int]bool{}
	}
	d.plain[x.from], d.to = true, x.to
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
