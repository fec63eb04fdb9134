package hear

import (
	"slices"
	"sort"
	"strings"

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
	p.readRest()
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
		case len(f.labels) > 0 && t.kind == known && p.codeFor(&f, i):
		case t.is(label) && p.labelHere(i):
			p.meetLabel(&f, i)
		case t.kind == amount || t.kind == date:
			p.meetValue(&f, i)
		case t.is(no) && (t.use == free || t.is(all)):
			p.meetNo(&f, i)
		case t.is(yes), len(f.labels) > 0 && p.endsYes(i):
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
	if n := len(f.zero); n > 0 && f.zero[n-1] == p.before(i) && p.valueOf(f.zero[n-1], i) && !p.labelFor(i) {
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

// labelFor: the name of the value in token i stands right behind it.
func (p *pass) labelFor(i int) bool {
	return i+1 < len(p.toks) && !p.toks[i+1].gap && p.toks[i+1].is(label) && p.toks[i+1].use == free && p.valueOf(i+1, i)
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
		if p.toks[j].is(each|all) || strings.Contains(p.Text[p.toks[j].s:p.toks[j].e], "都") {
			return true
		}
	}
	return false
}

func (p *pass) meetNo(f *frame, i int) {
	if p.deniesVerb(i) {
		p.unread(i, i+1, WhyUnknown, nil)
		f.labels, f.no = f.labels[:0], -1
		return
	}
	if len(f.labels) > 0 && !p.labelNext(i) || len(f.labels) > 0 && f.no < 0 && p.toks[i-1].is(label|all) {
		p.each0(f.labels, i)
		f.labels = f.labels[:0]
		f.no = -1
		return
	}
	if l := p.sameForOthers(f, i); l >= 0 {
		p.sayOf(l, i, p.none)
		return
	}
	p.flushZero(f)
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

// meetCode gives a word of a code list, or a word of kind, to a waiting label.
func (p *pass) meetCode(f *frame, i int) {
	s := p.Text[p.toks[i].s:p.toks[i].e]
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
	if len(f.labels) == 0 { // a label that had its value already
		return
	}
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
	if p.toks[j].e-p.toks[i].s <= 3 {
		return // 学校远得很
	}
	p.put(l, j, paths[0], p.Said(p.toks[i].s, p.toks[j].e), 0)
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
	if n := len(f.labels); n > 0 && !p.onlyLabelsAfter(f.labels[n-1], i) {
		p.settle(f)
		return
	}
	if i+1 < len(p.toks) && (!p.toks[i+1].is(label) || p.onlyLabelsAfter(p.cls[p.clauseOf[i]].from-1, i)) {
		if t := &p.toks[i+1]; t.kind == amount || t.is(no|all|each|label|cert|notis) || t.is(fill) && i+2 < len(p.toks) && p.toks[i+2].kind == amount {
			return
		}
	}
	p.settle(f)
}

// onlyLabelsAfter: nothing but fillers stands between a label and the end of its clause.
func (p *pass) onlyLabelsAfter(l, end int) bool {
	for j := l + 1; j < end; j++ {
		if !p.toks[j].is(fill|label|all|each|notis|cert) && p.toks[j].kind != mark && !(p.toks[j].kind == amount && p.toks[j].use == helped) {
			return false
		}
	}
	return true
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
		if said := paths[0]; len(paths) == 1 && (slices.Contains(stated, said) || strings.HasPrefix(t.word.text, "通") && kindOf(said) == models.KindYesNo) {
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
	for _, d := range p.drafts {
		if !strings.HasPrefix(paths[0], "member.") && p.clauseOf[d.from] == p.clauseOf[l] && related(d.Path, paths[0]) {
			return true
		}
	}
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
