package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// readCorrections marks what is taken back, so that only the new value is read:
// 三亩改两亩八, C改B, 不是C级是D级, 是半劳力不是无劳力.
func (p *pass) readCorrections() {
	defer p.wrongAhead()
	for i := range p.toks {
		t := &p.toks[i]
		switch {
		case t.use == claimed:
		case t.is(fix):
			p.corrected(i)
		case t.is(notis):
			p.takenBack(i)
		case t.is(cert):
			p.certified(i)
		}
	}
}

// deniesWhole: 错了 and 不对 take back what was said before, they deny no field.
func deniesWhole(s string) bool {
	return strings.HasSuffix(s, "不对") || strings.HasSuffix(s, "错了")
}

// wrongAhead: 错了 or 不对 alone before the right value: 错了，耕地4亩.
func (p *pass) wrongAhead() {
	for n := range p.cls {
		c := &p.cls[n]
		i := p.has(c, notis)
		if n+1 == len(p.cls) || i < 0 || !deniesWhole(p.toks[i].word.text) || p.toks[i].use != free {
			return
		}
		for j := c.from; j < c.to; j++ {
			if t := &p.toks[j]; !t.is(fill) && !(t.is(notis) && deniesWhole(t.word.text)) {
				return
			}
		}
		p.mark(c.from, c.to, helped)
		p.cls[n+1].replace = true
	}
}

func (p *pass) corrected(i int) {
	if i > 0 && p.toks[i-1].is(no) && !p.toks[i].gap && p.toks[i].e-p.toks[i].s == len("改") {
		return // 还没改
	}
	c := &p.cls[p.clauseOf[i]]
	c.replace = true
	p.toks[i].use = max(p.toks[i].use, helped)
	if i == 0 || i+1 >= len(p.toks) {
		return
	}
	a, j := &p.toks[i-1], i+1
	for j < len(p.toks)-1 && p.toks[j].is(fill) {
		j++
	}
	b := &p.toks[j]
	if a.kind == person && b.kind == newname && len(a.people) == 1 && p.may("member.name") {
		p.drafts = append(p.drafts, p.draftOf(i-1, j, p.c.People[a.people[0]].Ref+".name", p.Said(b.s, b.e), replaces))
		p.mark(i-1, j, claimed)
		c.fact = true
		return
	}
	if a.use == free && p.alike(a, b) {
		if p.ofCrop(i - 1) {
			p.instead(i-1, j)
			return
		}
		a.use = helped
		if a.kind == amount && !p.labelled(c) {
			p.unlabelled(i-1, j)
		}
	}
}

// ofCrop reports whether what is grown stands right before a token: its amount is
// looked for there.
func (p *pass) ofCrop(i int) bool { return i > 0 && p.toks[i-1].is(crop) }

// instead puts the right amount in the place of the wrong one: 核桃8亩改10亩.
func (p *pass) instead(wrong, right int) {
	p.toks[wrong].q, p.toks[right].use = p.toks[right].q, helped
	p.cls[p.clauseOf[wrong]].replace = true
}

// alike: two tokens are values of the same field.
func (p *pass) alike(a, b *token) bool {
	if a.kind == amount && b.kind == amount {
		return a.q.Dim == b.q.Dim || a.q.Dim == zh.Plain || b.q.Dim == zh.Plain
	}
	if a.is(set) && b.is(set) {
		return a.word.sets[0].path == b.word.sets[0].path
	}
	if a.is(place) && b.is(place) || a.is(sickness) && b.is(sickness) || a.is(stage) && b.is(stage) {
		return true
	}
	if a.is(stage) && b.is(set) && b.word.says("member.edu_level") != nil {
		return true
	}
	if a.is(label) && b.is(set) {
		for _, l := range a.word.labels {
			if related(l, b.word.sets[0].path) && a.is(set) {
				return true
			}
		}
	}
	return a.kind == raw && b.kind == raw && a.e-a.s == b.e-b.s && a.e-a.s == 1 || a.kind == date && b.kind == date
}

func (p *pass) labelled(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(label) || p.toks[i].is(crop|species) {
			return true
		}
	}
	return len(p.c.Open) == 1
}

// unlabelled finds the field whose known value is corrected; without one, land
// said without a name is arable land, to be read back.
func (p *pass) unlabelled(i, j int) {
	old, now := p.toks[i].q, p.toks[j].q
	var paths []string
	for path, v := range p.c.Known {
		f := fieldOf(path)
		if d, ok := zh.ParseDec(v); ok && f != nil && numeric(f.Kind) && d == old.Value && p.fits(j, f.Kind) && p.may(path) {
			if old.Dim == zh.Plain || p.own(i, f.Kind) {
				paths = append(paths, path)
			}
		}
	}
	switch {
	case len(paths) == 1:
		p.assignPath(i, j, paths[0], replaces)
	case len(paths) > 1:
		var g []Fact
		for _, path := range sorted(paths) {
			text, _, _ := number(now, fieldOf(path).Kind)
			g = append(g, p.guess(i, j, path, text))
		}
		p.unsure(i, j, g)
	case now.Dim == zh.Area && p.may("condition.farm"):
		p.assignPath(i, j, "condition.farm", approx|replaces)
	}
}

// assignPath is assign for a path that may carry a person's ref.
func (p *pass) assignPath(i, j int, path string, o opt) {
	f := fieldOf(path)
	text, more, why := number(p.toks[j].q, f.Kind)
	if why != "" {
		p.unread(i, j, why, []Fact{p.guess(i, j, path, "")})
		return
	}
	p.drafts = append(p.drafts, p.draftOf(i, j, path, text, o|more))
	p.mark(i, j, claimed)
	p.cls[p.clauseOf[i]].fact = true
}

// takenBack: what follows 不是 does not hold, when something else is said to;
// what stands before 不对 and 错了 does not, when something follows.
func (p *pass) takenBack(i int) {
	j := i + 1
	for j < len(p.toks) && (p.toks[j].is(fill) && !p.toks[j].is(set|label) || p.toks[j].kind == mark && p.toks[j].brk < 2) {
		j++
	}
	if j >= len(p.toks) {
		return
	}
	if p.toks[i].e-p.toks[i].s >= 6 && !p.toks[i].is(no) {
		p.wrongBefore(i, j)
		return
	}
	if p.toks[j].is(label) && j+1 < len(p.toks) && p.toks[j+1].kind == amount && p.toks[j+1].use == free {
		if k := p.rightAmount(j + 1); k > 0 { // 不是退耕3亩，是2亩7
			p.mark(i, i, helped)
			p.instead(j+1, k)
			return
		}
	}
	for _, k := range p.nearby(j) {
		if k == j || k > i && k < j || !p.alike(&p.toks[j], &p.toks[k]) || p.toks[k].use != free {
			continue
		}
		if k > j && p.ofCrop(i) {
			p.mark(i, i, helped)
			p.instead(j, k)
			return
		}
		p.mark(i, j, helped)
		p.cls[p.clauseOf[k]].replace = true
		return
	}
}

// rightAmount is the amount of the same kind that the next clause says instead of the
// one in token i, and nothing else; 0 when there is none.
func (p *pass) rightAmount(i int) int {
	n := p.clauseOf[i] + 1
	if n >= len(p.cls) {
		return 0
	}
	found := 0
	for k := p.cls[n].from; k < p.cls[n].to; k++ {
		switch t := &p.toks[k]; {
		case t.kind == amount && found == 0 && p.alike(&p.toks[i], t) && t.use == free:
			found = k
		case !t.is(fill) || t.is(label):
			return 0
		}
	}
	return found
}

// wrongBefore: 3亩，不对，是3亩5; 低保户错了是一般户. The last value of the same
// kind before token i gives way to the one in token j.
func (p *pass) wrongBefore(i, j int) {
	for end := min(len(p.toks), j+4); j < end; j++ {
		for k := i - 1; k >= 0 && k >= i-reach; k-- {
			t := &p.toks[k]
			if t.use != free || !p.alike(t, &p.toks[j]) {
				continue
			}
			t.use = helped
			p.mark(i, j-1, helped)
			p.cls[p.clauseOf[j]].replace, p.cls[p.clauseOf[k]].replace = true, true
			if k+1 < i && p.toks[k+1].is(grad) {
				p.toks[k+1].use = helped // 小学毕业不对
			}
			if (t.kind == amount || t.kind == date) && t.kind == p.toks[j].kind && p.clauseOf[k] != p.clauseOf[j] && p.labelled(&p.cls[p.clauseOf[k]]) && !p.labelled(&p.cls[p.clauseOf[j]]) {
				t.q, t.date, t.use = p.toks[j].q, p.toks[j].date, free // 耕地3亩，哦不对，4亩
				p.toks[j].use = helped
				return
			}
			if t.kind == amount && !p.labelled(&p.cls[p.clauseOf[k]]) && !p.labelled(&p.cls[p.clauseOf[j]]) {
				t.use = free
				p.unlabelled(k, j)
			}
			return
		}
		if p.toks[j].kind == mark && p.toks[j].brk > 1 {
			return
		}
	}
}

// nearby are the tokens of the clause, the one before and the one after.
func (p *pass) nearby(i int) []int {
	n := p.clauseOf[i]
	from, to := p.cls[max(0, n-1)].from, p.cls[min(len(p.cls)-1, n+1)].to
	var out []int
	for k := from; k < to; k++ {
		out = append(out, k)
	}
	return out
}

// certified: 林地有八九亩，证上八亩四. The last amount of the same kind before it
// is passed over.
func (p *pass) certified(i int) {
	j := i + 1
	for j < len(p.toks) && p.toks[j].is(fill) {
		j++
	}
	if j >= len(p.toks) || p.toks[j].kind != amount {
		return
	}
	for k := i - 1; k >= 0; k-- {
		if p.toks[k].is(label) && !p.toks[k].is(fill) && !strings.Contains(p.Text[:p.toks[k].s], p.toks[k].word.text) {
			return // 耕地3亩7分 山林证上15亩: of another field
		}
		if t := &p.toks[k]; t.kind == amount && t.q.Dim == p.toks[j].q.Dim && t.use == free {
			t.use = helped
			p.toks[i].use = helped
			return
		}
	}
}

func kindOf(path string) models.Kind {
	if f := fieldOf(path); f != nil {
		return f.Kind
	}
	return ""
}
