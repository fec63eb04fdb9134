package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// readBare reads values without a label: when only one field fits them, the
// value is its; the numbers of several open fields count only all together.
func (p *pass) readBare() {
	p.readNone()
	p.readInOrder()
	p.readOpenText()
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

// readOpenText gives unknown words to the only open field that takes a text.
func (p *pass) readOpenText() {
	path := ""
	for _, o := range p.c.Open {
		if kindOf(o) == models.KindText && !p.answered(o) {
			if path != "" {
				return
			}
			path = o
		}
	}
	if path == "" {
		return
	}
	for i := 0; i < len(p.toks); i++ {
		t := &p.toks[i]
		office := path == "condition.house_eval_org" && (t.is(place) || t.is(set) && t.word.says("member.work_area") != nil)
		if t.use != free || t.kind != raw && t.kind != newname && !t.is(aside) && !t.named && !office || t.e-t.s < 6 {
			continue
		}
		j := i
		for j+1 < len(p.toks) && !p.toks[j+1].gap && p.toks[j+1].use == free && (p.toks[j+1].kind == raw || p.toks[j+1].kind == known && !p.toks[j+1].is(set|fill)) {
			j++
		}
		value := p.Said(p.toks[i].s, p.toks[j].e)
		if dictPath(path) == "condition.water_source" && !strings.ContainsAny(value, "水泉沟河井塘箐库窖池溪湖江") {
			return // 结婚 is no source of water
		}
		d := p.draftOf(i, j, path, value, 0)
		p.drafts = append(p.drafts, d)
		p.mark(i, j, claimed)
		p.cls[p.clauseOf[i]].fact = true
		return
	}
}

// strange: an unknown word stands just before the amount (厨房20平), or a
// distance is told from somewhere else than the road (离村委会3公里).
func (p *pass) strange(i int) bool {
	if i == 0 || p.clauseOf[i-1] != p.clauseOf[i] {
		return false
	}
	prev := &p.toks[i-1]
	if prev.is(label) && !p.toks[i].gap && numeric(kindOf(prev.word.labels[0])) && !p.own(i, kindOf(prev.word.labels[0])) && p.toks[i].q.Dim != zh.Plain {
		return true // 耕地2000平方米 is no house
	}
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
	for _, f := range baseFields() {
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
	if strings.HasPrefix(path, "income.") {
		p.putMoney(&p.cls[p.clauseOf[i]], i, i, i, path)
		return
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

// readNone: 都没有, 没有, 无, 是 answer the open fields. Of several questions they answer
// none: 干不成 and 钱没到位 are a no between words that say nothing of a household.
func (p *pass) readNone() {
	if len(p.c.Open) == 0 || p.c.Wide {
		return
	}
	for _, c := range p.answers() {
		i, none, sure := -1, false, false
		for j := c.from; j < c.to; j++ {
			switch t := &p.toks[j]; {
			case t.is(notis) && deniesWhole(t.word.text), p.deniesVerb(j):
				i = -2
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
		if i >= 0 && !c.fact && (none || sure) && !p.ofAnother(c) {
			p.answerOpen(c, i, none)
		}
	}
}

// ofAnother: 其余没有 behind a value of another record speaks of that one.
func (p *pass) ofAnother(c *clause) bool {
	if p.has(c, butend) < 0 || len(p.drafts) == 0 || p.subject[c.from] >= 0 {
		return false
	}
	last := p.drafts[0]
	for _, d := range p.drafts {
		if d.to < c.from && d.to >= last.to {
			last = d
		}
	}
	if last.to >= c.from {
		return false
	}
	rec, _, _ := strings.Cut(last.Path, ".")
	for _, o := range p.c.Open {
		if r, _, _ := strings.Cut(o, "."); r == rec || isRef(o) && isRef(last.Path) {
			return false
		}
	}
	return true
}

// answers are the clauses, and what begins with 其他 in them.
func (p *pass) answers() []*clause {
	var out []*clause
	for n := range p.cls {
		c := &p.cls[n]
		if i := p.has(c, butend); i > c.from && !p.cls[n].question {
			c = &clause{from: i, to: c.to}
		}
		if c.to > c.from {
			out = append(out, c)
		}
	}
	return out
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
	together := p.has(c, all|butend) >= 0 || strings.Contains(p.Text[p.toks[c.from].s:p.toks[c.to-1].e], "都")
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
	p.cls[p.clauseOf[c.from]].fact = true
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
		p.unsure(values[0], values[len(values)-1], nil)
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
