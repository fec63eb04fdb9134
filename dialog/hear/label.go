package hear

import (
	"slices"
	"sort"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// frame is the state of reading labels and values from left to right: labels
// that wait for a value, a value that waits for its label, a 没有 before labels.
type frame struct {
	labels []int
	value  int   // token, -1 for none
	no     int   // token of 没有 before labels, -1 for none
	zero   []int // labels that 没有 went to, until a number says otherwise
}

// readLabels pairs labels and values in any order: 耕地3亩半, 3亩耕地, 没有水面,
// 牧草水面都没有, 军烈属不是.
func (p *pass) readLabels() {
	f := frame{value: -1, no: -1}
	for i := range p.toks {
		t := &p.toks[i]
		switch {
		case t.kind == mark && t.brk == 2:
			p.settle(&f)
		case t.kind == mark && t.brk == 1:
			p.endClause(&f, i)
		case t.use == claimed, t.use == helped && !t.is(no|yes):
			if t.use == claimed {
				f.value = -1
			}
		case t.is(label) && p.labelHere(i):
			p.meetLabel(&f, i)
		case t.kind == amount || t.kind == date:
			p.meetValue(&f, i)
		case t.is(no):
			p.meetNo(&f, i)
		case t.is(yes):
			p.meetYes(&f, i)
		case t.is(set) && t.use == free, t.kind == known && len(f.labels) > 0 && !t.is(fill|all):
			p.meetCode(&f, i)
		case t.kind == raw && len(f.labels) > 0, t.kind == newname && len(f.labels) > 0:
			p.meetText(&f, i)
		}
	}
	p.settle(&f)
}

// labelHere: a label of one sign counts only where a value is near.
func (p *pass) labelHere(i int) bool {
	t := &p.toks[i]
	if len(p.pick(t.word.labels, nil)) == 0 {
		return false
	}
	if t.e-t.s > 3 && !t.is(fill) {
		return true
	}
	for j := i + 1; j < len(p.toks) && j <= i+3; j++ {
		n := &p.toks[j]
		if n.kind == amount || n.is(no|yes|all|set) || n.kind == mark && n.brk == 0 && j == i+1 {
			return !t.is(fill) || n.kind == amount
		}
		if n.kind == mark || n.kind == raw {
			break
		}
	}
	return i > 0 && (p.toks[i-1].kind == amount || p.toks[i-1].is(no)) && !t.is(fill)
}

// pick keeps the paths that may be filled and fit; those the open question asks
// for come alone when there are any.
func (p *pass) pick(paths []string, fits func(models.Kind) bool) []string {
	var out, open []string
	for _, path := range paths {
		f := models.FieldAt(path)
		if f == nil || !p.may(path) || fits != nil && !fits(f.Kind) {
			continue
		}
		out = append(out, path)
		if p.asks(path) {
			open = append(open, path)
		}
	}
	if len(open) > 0 {
		return open
	}
	return out
}

func (p *pass) meetLabel(f *frame, i int) {
	if f.value >= 0 {
		if paths := p.pick(p.toks[i].word.labels, func(k models.Kind) bool { return p.fits(f.value, k) }); len(paths) > 0 {
			p.settleOne(f.value, i, f.value, paths)
			f.value = -1
			return
		}
	}
	if f.no >= 0 && p.clauseOf[f.no] == p.clauseOf[i] {
		f.zero = append(f.zero, i)
		return
	}
	f.labels = append(f.labels, i)
}

func (p *pass) meetValue(f *frame, i int) {
	if n := len(f.zero); n > 0 && f.zero[n-1] == p.before(i) && p.valueOf(f.zero[n-1], i) {
		f.labels = append(f.labels[:0], f.zero[n-1]) // 没有水面 林地5亩
		f.zero = f.zero[:n-1]
		p.flushZero(f)
		f.no = -1
	}
	fit := func(k models.Kind) bool { return p.fits(i, k) }
	for n := len(f.labels) - 1; n >= 0; n-- {
		l := f.labels[n]
		paths := p.pick(p.toks[l].word.labels, fit)
		if len(paths) == 0 {
			continue
		}
		paths = p.sharp(paths, i)
		if p.allOf(f, i) {
			for _, l := range f.labels {
				if paths := p.sharp(p.pick(p.toks[l].word.labels, fit), i); len(paths) > 0 {
					p.settleOne(l, i, i, paths)
				}
			}
		} else {
			p.settleOne(l, i, i, paths)
			p.noValue(f.labels[:n])
		}
		f.labels = f.labels[:0]
		return
	}
	if p.toks[i].use == free {
		f.value = i
	}
}

func (p *pass) valueOf(l, i int) bool {
	return len(p.pick(p.toks[l].word.labels, func(k models.Kind) bool { return p.fits(i, k) })) > 0
}

// before is the token before i that is not a filler.
func (p *pass) before(i int) int {
	for j := i - 1; j >= 0; j-- {
		if !p.toks[j].is(fill) && !(p.toks[j].kind == mark && p.toks[j].brk == 0) {
			return j
		}
	}
	return -1
}

// sharp keeps the paths whose dimension is exactly the quantity's.
func (p *pass) sharp(paths []string, i int) []string {
	var out []string
	for _, path := range paths {
		if p.own(i, kindOf(path)) {
			out = append(out, path)
		}
	}
	if len(out) > 0 {
		return out
	}
	return paths
}

// allOf: 各 or 都 stands between the labels and the value.
func (p *pass) allOf(f *frame, i int) bool {
	if len(f.labels) < 2 {
		return false
	}
	for j := f.labels[len(f.labels)-1] + 1; j < i; j++ {
		if p.toks[j].is(each|all) || strings.Contains(p.text[p.toks[j].s:p.toks[j].e], "都") {
			return true
		}
	}
	return false
}

// settleOne makes the fact of a label and a quantity; several paths left are
// several guesses.
func (p *pass) settleOne(l, v, i int, paths []string) {
	from, to := min(l, v), max(l, v)
	paths = p.bySize(paths, i)
	if len(paths) > 1 {
		var g []Fact
		for _, path := range paths {
			if text, _, why := number(p.toks[i].q, kindOf(path)); why == "" {
				g = append(g, p.guess(from, to, path, text))
			}
		}
		p.unsure(from, to, g)
		return
	}
	if kindOf(paths[0]) == models.KindMoney && strings.HasPrefix(paths[0], "income.") {
		p.putMoney(&p.cls[p.clauseOf[i]], from, to, i, paths[0])
		return
	}
	o := opt(0)
	if numeric(kindOf(paths[0])) && p.isPart(l) {
		o = adds
	}
	p.assign(from, to, i, paths[0], o)
}

// bySize: of 亩 and 元 for a bare number, fewer than 300 is land and more money.
func (p *pass) bySize(paths []string, i int) []string {
	var money, other []string
	for _, path := range paths {
		if kindOf(path) == models.KindMoney {
			money = append(money, path)
		} else {
			other = append(other, path)
		}
	}
	if len(money) == 0 || len(other) == 0 || p.toks[i].kind != amount {
		return paths
	}
	if p.toks[i].q.Value < zh.Whole(300) {
		return other
	}
	return money
}

// parts are names of a part of the arable land: 水田2亩旱地1亩5 is a sum.
var parts = []string{"水田", "旱地", "田", "地", "坡地", "台地", "菜地", "旱田", "能浇的"}

func (p *pass) isPart(l int) bool { return slices.Contains(parts, p.toks[l].word.said()) }

func (p *pass) meetNo(f *frame, i int) {
	if len(f.labels) > 0 && !p.labelNext(i) || len(f.labels) > 0 && f.no < 0 && p.toks[i-1].is(label|all) {
		p.each0(f.labels, i)
		f.labels = f.labels[:0]
		f.no = -1
		return
	}
	f.no = i
}

func (p *pass) labelNext(i int) bool {
	for j := i + 1; j < len(p.toks) && p.toks[j].is(fill) && !p.toks[j].is(label); j++ {
		i++
	}
	return i+1 < len(p.toks) && !p.toks[i+1].gap && p.toks[i+1].is(label) && p.toks[i+1].use == free
}

// each0 says of every label that there is none of it.
func (p *pass) each0(labels []int, at int) {
	for _, l := range labels {
		p.none(l, at)
	}
}

// none makes "nothing" of the label's field: 0, no, none.
func (p *pass) none(l, at int) {
	paths := p.pick(p.toks[l].word.labels, func(k models.Kind) bool { return k != models.KindDate && k != models.KindYear })
	var sure []string
	for _, path := range paths {
		if _, ok := p.nothing(path); ok {
			sure = append(sure, path)
		}
	}
	from, to := min(l, at), max(l, at)
	switch {
	case len(sure) == 0:
		for _, path := range p.pick(p.toks[l].word.labels, nil) {
			p.unread(from, to, WhyNoValue, []Fact{p.guess(from, to, path, "")})
			return
		}
	case len(sure) > 1:
		sure = p.bySubject(l, sure)
		if len(sure) > 1 {
			var g []Fact
			for _, path := range sure {
				text, _ := p.nothing(path)
				g = append(g, p.guess(from, to, path, text))
			}
			p.unsure(from, to, g)
			return
		}
		fallthrough
	default:
		text, _ := p.nothing(sure[0])
		p.put(from, to, sure[0], text, 0)
	}
}

// bySubject prefers a person's field when a person is spoken of, and the
// household's otherwise.
func (p *pass) bySubject(l int, paths []string) []string {
	var own, house []string
	for _, path := range paths {
		if strings.HasPrefix(path, "member.") {
			own = append(own, path)
		} else {
			house = append(house, path)
		}
	}
	if p.subject[l] >= 0 && len(own) > 0 {
		return own
	}
	if len(house) > 0 {
		return house
	}
	return paths
}

// nothing is the value of a field that says there is none.
func (p *pass) nothing(path string) (string, bool) {
	f := models.FieldAt(path)
	switch {
	case f == nil:
		return "", false
	case numeric(f.Kind):
		return "0", true
	case f.Kind == models.KindYesNo:
		return string(models.No), true
	case f.Kind == models.KindStock || f.Kind == models.KindIndustries:
		return "none", true
	case f.Codes == "insurance":
		return item(p.r.profile, f.Codes, "无")
	}
	return "", false
}

func (p *pass) meetYes(f *frame, i int) {
	for _, l := range f.labels {
		p.affirm(l, i)
	}
	if len(f.labels) > 0 {
		f.labels = f.labels[:0]
		return
	}
	j := i + 1
	for j < len(p.toks) && p.toks[j].is(fill) && !p.toks[j].is(label) {
		j++
	}
	for ; j < len(p.toks) && p.toks[j].use == free && p.toks[j].is(label) && !p.toks[j].gap; j++ {
		p.affirm(j, i)
	}
}

// affirm: 大病保险有, 通了生产用电.
func (p *pass) affirm(l, at int) bool {
	from, to := min(l, at), max(l, at)
	yesno := p.pick(p.toks[l].word.labels, func(k models.Kind) bool { return k == models.KindYesNo })
	yesno = p.bySubject(l, yesno)
	if len(yesno) == 1 {
		p.put(from, to, yesno[0], string(models.Yes), 0)
		return true
	}
	for _, path := range p.pick(p.toks[l].word.labels, nil) {
		if fieldOf(path).Codes == "insurance" {
			if key, ok := item(p.r.profile, "insurance", "居民"); ok { // 医保交了: of residents, unless told otherwise
				p.put(from, to, path, key, approx)
			}
			return true
		}
	}
	return false
}

// meetCode gives a word of a code list, or a word of kind, to a waiting label.
func (p *pass) meetCode(f *frame, i int) {
	s := p.text[p.toks[i].s:p.toks[i].e]
	for n := len(f.labels) - 1; n >= 0; n-- {
		l := f.labels[n]
		for _, path := range p.pick(p.toks[l].word.labels, nil) {
			fd := models.FieldAt(path)
			if fd.Codes == "" {
				continue
			}
			if key, ok := item(p.r.profile, fd.Codes, s); ok {
				p.put(min(l, i), max(l, i), path, key, 0)
				f.labels = slices.Delete(f.labels, n, n+1)
				return
			}
		}
	}
	if p.toks[i].kind == known && p.toks[i].use == free {
		p.meetText(f, i)
	}
}

// meetText gives unknown words to a waiting label of a text field.
func (p *pass) meetText(f *frame, i int) {
	l := f.labels[len(f.labels)-1]
	if p.clauseOf[l] != p.clauseOf[i] && i > 0 && p.toks[i-1].kind == mark && p.toks[i-1].brk > 0 {
		return
	}
	paths := p.pick(p.toks[l].word.labels, func(k models.Kind) bool { return k == models.KindText })
	if len(paths) != 1 || p.toks[l].word.said() == "有" || p.toks[l].is(fill) {
		return
	}
	j := i
	for j+1 < len(p.toks) && p.toks[j+1].use == free && !p.toks[j+1].gap && p.toks[j+1].kind != mark && p.toks[j+1].kind != amount && !p.toks[j+1].is(label|fill) {
		j++
	}
	p.put(l, j, paths[0], p.said(p.toks[i].s, p.toks[j].e), 0)
	f.labels = f.labels[:0]
}

func (p *pass) flushZero(f *frame) {
	for _, l := range f.zero {
		if p.toks[l].use == free {
			p.none(l, f.no)
		}
	}
	f.zero = f.zero[:0]
}

// endClause keeps labels for a value that begins the next clause.
func (p *pass) endClause(f *frame, i int) {
	p.flushZero(f)
	f.no, f.value = -1, -1
	if i+1 < len(p.toks) {
		if t := &p.toks[i+1]; t.kind == amount || t.is(no|all|each|label|cert|notis) || t.is(fill) && i+2 < len(p.toks) && p.toks[i+2].kind == amount {
			return
		}
	}
	p.settle(f)
}

// settle ends all that waits; labels without a value are reported.
func (p *pass) settle(f *frame) {
	p.flushZero(f)
	p.noValue(f.labels)
	f.labels, f.value, f.no = f.labels[:0], -1, -1
}

// noValue reports labels that got no value. A word that alone says yes (双女,
// 军烈属) is a statement.
func (p *pass) noValue(labels []int) {
	for _, l := range labels {
		t := &p.toks[l]
		if t.use != free || t.is(work|spend|raise|plant|read|treat|fill|sickness) || t.e-t.s <= 3 {
			continue
		}
		paths := p.pick(t.word.labels, nil)
		if len(paths) == 0 {
			continue
		}
		if said := paths[0]; len(paths) == 1 && slices.Contains(stated, said) && strings.HasPrefix(said, "household.is_") {
			p.put(l, l, said, string(models.Yes), 0)
			continue
		}
		if p.toldOf(l, paths) {
			t.use = helped
			continue
		}
		if p.saidYes(l) || p.bareAid(l, paths) {
			continue
		}
		if p.has(&p.cls[p.clauseOf[l]], yes) >= 0 && p.affirm(l, p.has(&p.cls[p.clauseOf[l]], yes)) {
			continue
		}
		var g []Fact
		for _, path := range paths {
			if key, ok := strings.CutPrefix(path, "member."); ok {
				if s := p.about(l); s.fresh == 0 && len(s.people) > 0 {
					g = append(g, p.guesses(p.guess(l, l, path, ""), key, s.people)...)
					continue
				}
				path = "m." + key
			}
			g = append(g, p.guess(l, l, path, ""))
		}
		p.unread(l, l, WhyNoValue, g)
	}
}

// toldOf: what the label names was told by another word: 在校，初二.
func (p *pass) toldOf(l int, paths []string) bool {
	if !strings.HasPrefix(paths[0], "member.") {
		return false
	}
	s := p.about(l)
	for _, d := range p.drafts {
		ref, key, _ := strings.Cut(d.Path, ".")
		if !related("member."+key, paths[0]) {
			continue
		}
		if s.fresh > 0 && d.fresh == s.fresh || len(s.people) == 1 && p.c.People[s.people[0]].Ref == ref {
			return true
		}
	}
	return false
}

// saidYes: 卫生间有, 有大病保险. 有 and 是 are fillers elsewhere.
func (p *pass) saidYes(l int) bool {
	for _, j := range []int{l + 1, l - 1} {
		if j >= 0 && j < len(p.toks) && p.clauseOf[j] == p.clauseOf[l] && p.toks[j].is(fill) && (p.toks[j].word.text == "有" || p.toks[j].word.text == "是" && j > l) {
			return p.affirm(l, j)
		}
	}
	return false
}

// bareAid: 老妈五保, 张大有低保. The aid alone, of somebody, says that they have it.
func (p *pass) bareAid(l int, paths []string) bool {
	for _, path := range paths {
		if (path == "member.on_tekun" || path == "member.on_dibao") && p.subject[l] >= 0 {
			p.put(l, l, path, string(models.Yes), approx)
			return true
		}
	}
	return false
}

// stated are the fields whose bare name says yes.
var stated = []string{"household.is_martyr", "household.is_only_child", "household.is_two_girl"}

func sorted(s []string) []string { sort.Strings(s); return s }

// readBare reads values without a label: when only one field fits them, the
// value is its; the numbers of several open fields count only all together.
func (p *pass) readBare() {
	p.readNone()
	p.readInOrder()
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free || t.kind != amount && t.kind != date {
			continue
		}
		if paths := p.bareFields(i); len(paths) == 1 && !p.strange(i) {
			p.assignOpen(i, paths[0])
		} else if len(paths) > 0 {
			var g []Fact
			for _, path := range paths {
				if text, _, why := number(t.q, kindOf(path)); why == "" && numeric(kindOf(path)) {
					g = append(g, p.guess(i, i, path, text))
				}
			}
			p.unsure(i, i, g)
		}
	}
}

// strange: an unknown word stands just before the amount (厨房20平), or a
// distance is told from somewhere else than the road (离村委会3公里).
func (p *pass) strange(i int) bool {
	if i == 0 || p.clauseOf[i-1] != p.clauseOf[i] {
		return false
	}
	prev := &p.toks[i-1]
	return prev.use == free && !p.toks[i].gap && (prev.kind == raw || prev.is(detail) && !prev.is(label) || prev.is(far)) ||
		p.toks[i].q.Dim == zh.Length && p.has(&p.cls[p.clauseOf[i]], far) >= 0
}

// bareFields are the fields an unlabelled quantity may be of: open ones first,
// then those of its dimension.
func (p *pass) bareFields(i int) []string {
	var open []string
	for _, o := range p.c.Open {
		if p.fits(i, kindOf(o)) {
			open = append(open, o)
		}
	}
	if len(open) > 0 {
		return open
	}
	var out []string
	for _, f := range models.Fields() {
		if f.Record != "income" && f.Record != "member" && (numeric(f.Kind)) && p.own(i, f.Kind) && p.may(f.Path()) {
			out = append(out, f.Path())
		}
	}
	if p.toks[i].q.Dim == zh.Plain || p.toks[i].kind == date {
		return nil
	}
	return out
}

// assignOpen is assign for a path of the open question, which may name a person.
func (p *pass) assignOpen(i int, path string) {
	if rec, key, _ := strings.Cut(path, "."); isRef(path) {
		p.subs = append(p.subs, p.byRef(rec))
		p.subject[i] = len(p.subs) - 1
		path = "member." + key
	}
	p.assign(i, i, i, path, 0)
}

func (p *pass) byRef(ref string) subject {
	for n, who := range p.c.People {
		if who.Ref == ref {
			return subject{people: []int{n}}
		}
	}
	return subject{ref: ref}
}

// readNone: 都没有, 没有, 无, 是 answer the open fields.
func (p *pass) readNone() {
	if len(p.c.Open) == 0 {
		return
	}
	for n := range p.cls {
		c := &p.cls[n]
		i, none, sure := -1, false, false
		for j := c.from; j < c.to; j++ {
			switch t := &p.toks[j]; {
			case t.is(notis|no) && t.use != claimed:
				i, none = j, true
			case (t.is(yes) || t.is(fill) && (t.word.text == "是" || t.word.text == "有")) && t.use != claimed:
				i, sure = max(i, j), true
			case t.use != free || t.is(fill|all|butend) || t.kind == mark:
			default:
				i = -2
			}
			if i == -2 {
				break
			}
		}
		if i >= 0 && !c.fact && (none || sure) {
			p.answerOpen(c, i, none)
		}
	}
}

// answerOpen gives nothing, no or yes to every open field that takes it.
func (p *pass) answerOpen(c *clause, i int, none bool) {
	var fit []string
	for _, o := range p.c.Open {
		if p.answered(o) {
			continue
		}
		if o == "household.phone" && none {
			fit = append(fit, "household.no_phone")
		} else if none {
			if _, ok := p.nothing(dictPath(o)); ok {
				fit = append(fit, o)
			}
		} else if kindOf(o) == models.KindYesNo {
			fit = append(fit, o)
		}
	}
	if len(fit) == 0 {
		return
	}
	o := opt(0)
	together := p.has(c, all|butend) >= 0 || strings.Contains(p.text[p.toks[c.from].s:p.toks[c.to-1].e], "都")
	if none && !together && len(fit) > 1 {
		o, together = approx, true // 没有 to several questions: of all, to be read back
	}
	if len(fit) > 1 && !together {
		var g []Fact
		for _, o := range fit {
			g = append(g, p.guess(i, i, o, ""))
		}
		p.unsure(i, i, g)
		return
	}
	for _, path := range fit {
		text := string(models.Yes)
		if none {
			text, _ = p.nothing(dictPath(path))
		}
		if path == "household.no_phone" {
			text = string(models.Yes)
		}
		p.drafts = append(p.drafts, p.draftOf(c.from, c.to-1, path, text, o))
	}
	p.mark(c.from, c.to-1, claimed)
	c.fact = true
}

// answered: the same text said something of that path before.
func (p *pass) answered(path string) bool {
	for _, d := range p.drafts {
		if d.Path == path {
			return true
		}
	}
	return false
}

// dictPath is the dictionary's form of a path: m2.health → member.health.
func dictPath(path string) string {
	if f := fieldOf(path); f != nil {
		return f.Path()
	}
	return path
}

// readInOrder: 3.5 1.2 8 2.7 0 0 0 for seven open fields. Only when the text is
// nothing but values and their count is right.
func (p *pass) readInOrder() {
	var open, values []int
	for n, o := range p.c.Open {
		if numeric(kindOf(o)) {
			open = append(open, n)
		}
	}
	for i := range p.toks {
		t := &p.toks[i]
		switch {
		case t.kind == amount && t.use == free, t.is(no) && t.use == free:
			values = append(values, i)
		case t.kind == mark || t.is(fill) && t.use == free:
		default:
			return
		}
	}
	if len(open) < 2 || len(values) < 2 {
		return
	}
	if len(open) != len(values) || len(open) != len(p.c.Open) {
		var g []Fact
		for _, n := range open {
			g = append(g, p.guess(values[0], values[len(values)-1], p.c.Open[n], ""))
		}
		p.unsure(values[0], values[len(values)-1], g)
		return
	}
	for k, i := range values {
		path := p.c.Open[open[k]]
		switch {
		case p.toks[i].is(no):
			p.drafts = append(p.drafts, p.draftOf(i, i, path, "0", 0))
			p.mark(i, i, claimed)
		case p.fits(i, kindOf(path)):
			p.assignOpen(i, path)
		default:
			p.unsure(i, i, []Fact{p.guess(i, i, path, "")})
		}
	}
}
