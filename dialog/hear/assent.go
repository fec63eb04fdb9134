package hear

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// noPhone: 电话没得. Where a number of somebody else's is told, that is the one.
func (p *pass) noPhone(from, to int) {
	for i := range p.toks {
		if p.toks[i].kind == phone {
			p.mark(from, to, helped)
			return
		}
	}
	p.put(from, to, "household.no_phone", string(models.Yes), 0)
}

// lacks: nothing but fillers stands between two tokens, one of which says 没得 or 无.
func (p *pass) lacks(from, to int) bool {
	for j := from + 1; j < to; j++ {
		if !p.toks[j].is(fill) {
			return false
		}
	}
	said := p.Text[p.toks[from].s:p.toks[to].e]
	return (strings.Contains(said, "没") || strings.Contains(said, "无")) && !(to+1 < len(p.toks) && p.toks[to+1].kind == raw && !p.toks[to+1].gap)
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
	p.last = l + 1
	switch {
	case len(sure) == 0 && slices.Contains(paths, "household.phone") && p.may("household.no_phone") && p.lacks(from, to):
		p.noPhone(from, to)
	case len(sure) == 0:
		for _, path := range p.pick(p.toks[l].word.labels, nil) {
			p.unread(from, to, WhyNoValue, []Fact{p.guess(from, to, path, "")})
			return
		}
	case len(sure) > 1:
		sure = p.sameRecord(p.bySubject(l, sure))
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
	if l := p.sameForOthers(f, i); l >= 0 {
		p.sayOf(l, i, func(l, at int) { p.affirm(l, at) })
		return
	}
	j := i + 1
	for j < len(p.toks) && (p.toks[j].is(fill) && !p.toks[j].is(label) || p.toks[j].is(crop) || p.toks[j].use == claimed) && j < i+4 {
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
	p.last = l + 1
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

// endsYes: 龙头企业有，… A filler that ends what is said of a label.
func (p *pass) endsYes(i int) bool {
	t := &p.toks[i]
	if !t.is(fill) || t.word.text != "有" && t.word.text != "是" || i == 0 {
		return false
	}
	also := p.toks[i-1].is(fill) && (p.toks[i-1].word.text == "也" || p.toks[i-1].word.text == "都")
	if !p.toks[i-1].is(label) && !also {
		return false
	}
	if i+1 >= len(p.toks) || p.toks[i+1].kind == mark && p.toks[i+1].brk > 0 {
		return true
	}
	next := &p.toks[i+1]
	return next.is(label|set) && !t.gap && (next.gap || also || i+2 < len(p.toks) && (p.toks[i+2].is(no|yes) || p.toks[i+2].word.said() == "有" || p.toks[i+2].word.said() == "是"))
}

// codeFor gives a word that also names a field to a label that waits for one of
// a list: 属性改低保.
func (p *pass) codeFor(f *frame, i int) bool {
	l := f.labels[len(f.labels)-1]
	if p.clauseOf[l] != p.clauseOf[i] || !p.toks[i].is(label) {
		return false
	}
	for _, path := range p.toks[l].word.labels {
		fd := models.FieldAt(path)
		if fd == nil || fd.Codes == "" || fd.Kind != models.KindCode || !p.may(path) || fd.Codes == "insurance" {
			continue
		}
		if key, ok := item(p.r.profile, fd.Codes, p.toks[i].word.text); ok {
			p.put(l, i, path, key, 0)
			f.labels = f.labels[:len(f.labels)-1]
			return true
		}
	}
	return false
}
