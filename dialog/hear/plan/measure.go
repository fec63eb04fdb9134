package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
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
	upto     int // of what is said of all: how many came before
}

// Measures reads 帮扶措施, several in one message: 养能繁母牛2头，危改D 2.1万 住建
// 10月完. A piece without a word for a measure belongs to the one before it; when
// there is none at all the message is about the measure of the context. What is
// said of all of them (都是年底前) holds for each.
func (r *Reader) Measures(text string, c Context) ([]Measure, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
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
	if lead >= 0 {
		ds = p.aboutOpen(ds, lead)
	}
	p.flush()
	ds = p.contradictions(ds)
	var out []Measure
	for i := range ds {
		out = append(out, p.measure(&ds[i]))
	}
	for i := range common {
		p.spread(out, &common[i])
	}
	return out, p.unread
}

// ofAll: the piece opens with 都 and names no measure of its own.
func (p *pass) ofAll(x piece) bool {
	for i := x.from; i < x.to && i < x.from+3; i++ {
		if p.toks[i].means(shared) {
			return !p.anchorOf(x).known && !p.asked(x) && p.useful(x)
		}
		if !p.toks[i].is(fill) {
			return false
		}
	}
	return false
}

// spread gives the measures before what was said of all of them.
func (p *pass) spread(out []Measure, d *draft) {
	m := p.measure(d)
	for i := range out[:min(d.upto, len(out))] {
		o := &out[i]
		if o.Cancel {
			continue
		}
		if o.Due == "" && o.Start == "" && m.Due+m.Start != "" {
			o.Due, o.Start, o.Year = m.Due, m.Start, m.Year
		}
		o.Year, o.Will, o.WillOn = either(o.Year, m.Year), either(o.Will, m.Will), either(o.WillOn, m.WillOn)
		if len(o.Duties) == 0 {
			o.Duties = m.Duties
		}
		if len(o.Targets) == 0 {
			o.Targets = m.Targets
		}
		if len(o.Funds) == 0 && p.has(piece{from: d.from, to: d.to}, each) >= 0 {
			o.Funds = slices.Clone(m.Funds)
		}
		for k := range o.Funds {
			f := &o.Funds[k]
			for _, g := range m.Funds {
				f.Source, f.Year = either(f.Source, g.Source), either(f.Year, g.Year)
			}
		}
		o.Relative = o.Relative || m.Relative
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
	case p.empty(x), !a.known && x.after == blank && p.counting(x): // 安排三样：
	case a.known && p.hasSense(x, hearsay) >= 0:
		p.leave(x.from, x.to, WhyAmbiguous, a.cat2)
	case p.has(x, exits|villageexit|countyexit) >= 0 && !a.known:
		p.leave(x.from, x.to, WhyUnknown)
	case last >= 0 && p.promise(x, a, &ds[last]):
		p.promised(&ds[last], x)
	case last >= 0 && p.wage(x, a, &ds[last]):
		p.earns = true
		p.promised(&ds[last], x)
		p.earns = false
	case p.finished(x) && !wants && (a.known || p.has(x, paid|allpaid) < 0):
		p.leave(x.from, x.to, WhyDone)
	case a.known && p.denied(x, a) && p.text(x.to-1, x.to) == "了":
		return append(ds, draft{anchor: a, from: x.from, to: x.to, head: x, cancel: true}), -1 // 不种烤烟了
	case a.known && p.denied(x, a):
		p.leave(x.from, x.to, WhyDenied)
	case last >= 0 && ds[last].rank == byLoan && a.rank == byThing && p.find(x, func(t *tok) bool { return t.kind == amount }) < 0:
		ds[last].tell(x) // what the loan is for
	case a.known && !p.sameAgain(ds, a, x):
		d := draft{anchor: a, from: x.from, to: x.to, head: x, cancel: p.has(x, cancel) >= 0 || p.dropped[x.from] || p.calledOff(x), instead: p.has(x, instead) >= 0}
		if lead >= 0 {
			d.from = lead
		}
		if d.instead && last >= 0 && ds[last].rank == byThing && a.rank == byThing && !ds[last].cancel && !ds[last].instead {
			ds[last].cancel = true // 养猪3头，他说要改养牛
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

// calledOff: 危房不消改了, 羊不买了.
func (p *pass) calledOff(x piece) bool {
	s := p.text(x.from, x.to)
	if !strings.HasSuffix(s, "了") && !strings.HasSuffix(s, "咯") {
		return false
	}
	i := strings.LastIndex(s, "不")
	if i < 0 {
		return false
	}
	verb := strings.TrimPrefix(strings.TrimPrefix(s[i+len("不"):], "消"), "用")
	r, n := utf8.DecodeRuneInString(verb)
	return strings.ContainsRune("改修盖买贷去搬学搞做办养种建整要", r) && len(verb) == n+len("了")
}

// counting: the piece only tells how many items follow.
func (p *pass) counting(x piece) bool {
	return p.find(x, func(t *tok) bool { return !t.is(fill) && !(t.kind == amount && items[t.q.Unit]) }) < 0
}

// finished: the piece tells what is done. 12月竣工 is still to come.
func (p *pass) finished(x piece) bool {
	i := p.has(x, done)
	if i < 0 {
		return false
	}
	if at := p.find(x, func(t *tok) bool { return t.kind == date && t.on.Precision != zh.NoDate }); at >= 0 {
		if on := p.toks[at].on; !on.Last().Before(zh.DateOf(p.c.Now).First()) && !strings.Contains(p.text(x.from, x.to), "已") {
			return false
		}
	}
	return !p.toks[i].is(finish) || strings.ContainsAny(p.text(x.from, x.to), "了已过咯")
}

// wage: 一个月1500 behind work that pays is what it brings, no money to spend.
func (p *pass) wage(x piece, a anchor, d *draft) bool {
	share := (d.cat2 == "solar" || d.cat2 == "asset_income") && strings.ContainsAny(p.text(x.from, x.to), "分红益底租")
	if a.known && a.cat2 != d.cat2 || d.cat1 != "employment" && !share || p.find(x, func(t *tok) bool { return t.word != nil && (t.word.source != "" || t.word.kind != "") }) >= 0 {
		return false
	}
	for i := x.from; i < x.to; i++ {
		if _, _, ok := p.money(i); ok {
			return share || strings.Contains(" 月 个月 天 日 ", " "+p.per(i)+" ") || strings.Contains(p.text(x.from, x.to), "工资")
		}
	}
	return false
}

// sameAgain: a second word for the measure just named: 危改 D级重建, 培训 学挖掘机;
// not with an amount or a member of its own.
func (p *pass) sameAgain(ds []draft, a anchor, x piece) bool {
	last := len(ds) - 1
	if last < 0 || p.has(x, cancel|instead) >= 0 {
		return false
	}
	d := &ds[last]
	if d.rank == byThing && a.rank == byThing && d.cat2 == a.cat2 && p.has(x, instead) < 0 && p.sameThing(d, x) {
		d.to = x.to // 养牛2头，买牛的钱县里出
		return true
	}
	general := d.rank == byThing && a.rank == byThing && d.cat2 == a.cat2 && p.find(d.head, func(t *tok) bool { return t.kind == rest || t.kind == amount || t.word != nil && t.word.thing != "" }) < 0
	vague := d.cat2 == "" || strings.HasSuffix(d.cat2, "_other") && d.cat2 != a.cat2 && a.rank >= byClass // 公益岗 护林员
	if vague && d.cat1 == a.cat1 && a.cat2 != "" || general {
		d.cat2, d.head, d.to = a.cat2, x, x.to
		return true
	}
	same := d.cat2 == a.cat2 && d.cat1 == a.cat1 || a.cat2 == "" && a.cat1 == d.cat1
	return same && a.rank != byThing && p.find(x, func(t *tok) bool { return t.person > 0 || t.word != nil && len(t.word.kin) > 0 }) < 0
}

// sameThing: the piece names what the head of the draft names, without a number
// of its own to count it.
func (p *pass) sameThing(d *draft, x piece) bool {
	counted := p.find(x, func(t *tok) bool { return t.kind == amount && (t.q.Dim == zh.Count || t.q.Dim == zh.Area) }) >= 0
	if counted || p.find(d.head, func(t *tok) bool { return t.kind == amount }) < 0 {
		return false
	}
	for i := x.from; i < x.to; i++ {
		w := p.toks[i].word
		if w != nil && w.thing != "" && p.find(d.head, func(t *tok) bool {
			return t.word != nil && t.word.thing != "" && (strings.HasSuffix(t.word.text, w.text) || strings.HasSuffix(w.text, t.word.text))
		}) >= 0 {
			return true
		}
	}
	return false
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

// promise: the piece tells a result of the draft, not another measure.
func (p *pass) promise(x piece, a anchor, d *draft) bool {
	counted := p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0
	if d.cat1 == "public_post" && p.find(x, func(t *tok) bool {
		return t.is(income) || t.word != nil && t.word.indicator != "" && t.word.per != "yuan"
	}) < 0 {
		return false // 月工资500 of a post is public money
	}
	if a.rank >= byName {
		w := p.toks[a.tok].word
		return counted && w != nil && w.indicator != "" && (a.cat1 == d.cat1 || a.cat2 == "asset_income")
	}
	return p.has(x, income) >= 0 || p.find(x, func(t *tok) bool { return t.word != nil && t.word.indicator != "" && (counted || !t.is(begin)) }) >= 0 && (counted || !a.known) ||
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
// 养羊改养蜂, 养猪5头10月底前修房子12月完.
func (p *pass) parts() []piece {
	var out []piece
	for _, x := range p.either(p.pieces) {
		if p.finished(x) { // 养了两头猪十五只鸡 is told as a whole
			out = append(out, x)
			continue
		}
		from, full := x.from, false
		lent := p.find(x, func(t *tok) bool { return t.is(loan) }) >= 0
		for i := x.from; i < x.to; i++ {
			t := &p.toks[i]
			turn := t.is(instead) && i > from && p.anchorOf(piece{from: from, to: i}).known && p.anchorOf(piece{from: i, to: x.to}).known
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
			if turn || next {
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
	if (t.is(income) || t.word != nil && t.word.indicator != "" && len(t.word.cats) == 0) && i > a.tok+1 && p.numbered3(x, i) {
		return p.reachBack(part, i, true), true
	}
	b := p.anchorAt(x, i)
	if !b.known || p.training(a) && b.rank == byThing || lent && b.rank != byName {
		return i, false
	}
	if b.cat1 == a.cat1 && (b.cat2 == a.cat2 && b.rank != byThing || b.cat2 == "" || a.cat2 == "") || b.rank == byClass && b.cat2 == "" && !p.told3(part, a) {
		return i, false
	}
	joint := i > from && strings.Contains(" 和 跟 加 加上 还有 另外 以及 及 外加 同时 又 再 还 也 ", " "+p.text(i-1, i)+" ")
	verb := t.is(raise|plant) && b.rank == byThing
	switch {
	case b.rank == byThing && (!verb || !p.thingNear(x, i)):
		return i, false
	case b.rank == byThing && p.toks[a.tok].is(raise|plant) && a.tok == i-1: // 买来养
		return i, false
	case !joint && !p.told3(part, a):
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

// numbered3: an amount stands in one of the next three tokens.
func (p *pass) numbered3(x piece, i int) bool {
	for j := i + 1; j < x.to && j <= i+3; j++ {
		if p.toks[j].kind == amount {
			return true
		}
	}
	return false
}

// told3: the part says how many, when or with what money, behind its anchor or
// before it.
func (p *pass) told3(part piece, a anchor) bool {
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
