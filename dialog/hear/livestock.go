package hear

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// herd is a species with its number.
type herd struct {
	key      string
	n        int
	from, to int
	o        opt
	gone     bool // none are left of what was known
}

// readStock reads 两头猪十五只鸡, 猪2 鸡15, 猪牛各2头.
func (p *pass) readStock() {
	if !p.may("condition.stock") {
		return
	}
	var herds []herd
	var without []int  // 没羊
	waiting := []int{} // species before 各
	for i := range p.toks {
		t := &p.toks[i]
		if t.is(each) && len(waiting) > 0 && p.open(i+1) && p.isCount(i+1) {
			for _, w := range waiting {
				herds = p.herd(herds, w, i+1)
			}
			p.mark(waiting[0], i+1, claimed)
			waiting = waiting[:0]
			continue
		}
		if t.is(species) && p.sold(i) && t.use != free {
			if j := p.countOf(i); j >= 0 {
				p.toks[j].use = helped // 卖了5只羊
			}
		}
		if !t.is(species) || t.use != free || p.sold(i) {
			if t.kind == mark && t.brk > 0 {
				waiting = waiting[:0]
			}
			continue
		}
		if j := p.countOf(i); j >= 0 {
			if n := p.sharing(waiting, i); n < i && j > i {
				p.unsure(n, j, nil) // 鸡鸭鹅二十只: how many of each?
				waiting = waiting[:0]
				continue
			}
			herds = p.herd(herds, i, j)
			p.mark(min(i, j), max(i, j), claimed)
		} else if i > 0 && p.toks[i-1].use == free && p.noStock(i-1) {
			without = append(without, i)
		} else {
			waiting = append(waiting, i)
		}
	}
	p.noCount(waiting)
	p.putHerds(p.noHerds(herds, without))
}

// noHerds: 没羊没牛，就两头猪 takes away the sheep that were known. Of nothing known it
// may mean that there are no animals at all.
func (p *pass) noHerds(herds []herd, without []int) []herd {
	known := p.c.Known["condition.stock"]
	counted := len(herds) > 0
	for _, i := range without {
		key := p.toks[i].word.unit
		switch {
		case strings.Contains(","+known, ","+key+":"):
			herds = append(herds, herd{key: key, gone: true, from: i - 1, to: i})
			p.mark(i-1, i, claimed)
		case counted || known != "":
			p.mark(i-1, i, helped)
		default:
			p.unsure(i-1, i, []Fact{p.guess(i-1, i, "condition.stock", "none")})
		}
	}
	return herds
}

// sharing is the first of the species listed right before token i without a
// number of their own, i when there is none.
func (p *pass) sharing(waiting []int, i int) int {
	first := i
	for k := len(waiting) - 1; k >= 0; k-- {
		between := p.Text[p.toks[waiting[k]].e:p.toks[first].s]
		if between != "" && between != "、" && between != "和" {
			break
		}
		first = waiting[k]
	}
	return first
}

// noCount: 养了牛 tells no number.
func (p *pass) noCount(waiting []int) {
	for _, i := range waiting {
		if p.toks[i].use == free && p.near(i, raise) && !p.near(i, no) {
			p.unread(i, i, WhyNoValue, []Fact{p.guess(i, i, "condition.stock", "")})
		}
	}
}

// noStock: 没养 before a species says nothing of the others.
func (p *pass) noStock(i int) bool {
	t := &p.toks[i]
	return t.is(set) && t.word.says("condition.stock") != nil || t.is(no) && !p.toks[i+1].gap || t.is(raise) && i > 0 && p.toks[i-1].is(no)
}

// isCount: a bare number or a count of animals.
func (p *pass) isCount(i int) bool {
	t := &p.toks[i]
	if t.kind != amount || t.use != free {
		return false
	}
	if t.q.Dim == zh.Count && t.q.Unit == "口" { // 两口猪
		return i+1 < len(p.toks) && p.toks[i+1].is(species) && p.toks[i+1].word.unit == "pig"
	}
	return t.q.Dim == zh.Plain || t.q.Dim == zh.Count && strings.Contains("头只匹羽箱窝条群尾个巢筒对", t.q.Unit)
}

// countOf is the amount of the species in token i: the one just before it when
// no species took it, otherwise the one after.
func (p *pass) countOf(i int) int {
	j := i - 1
	for j >= 0 && p.toks[j].is(fill) && p.toks[j].word.text == "的" {
		j--
	}
	if j >= 0 && p.isCount(j) && p.clauseOf[j] == p.clauseOf[i] && p.valueFirst(i) {
		return j
	}
	j = i + 1
	for j < len(p.toks) && (p.toks[j].is(fill|raise|all) || p.toks[j].use == helped && (p.toks[j].is(notis|fix) || p.toks[j].kind == amount) || p.toks[j].kind == mark && (p.toks[j].brk == 0 || p.toks[j].use == helped)) {
		j++
	}
	if j < len(p.toks) && p.isCount(j) && p.clauseOf[j] == p.clauseOf[i] && !(j+1 < len(p.toks) && p.toks[j+1].is(species) && !p.toks[j+1].gap && (p.leftCount(i) >= 0 || p.toks[j-1].is(raise))) {
		return j
	}
	return p.leftCount(i)
}

// valueFirst: the clause puts the amounts before the things: 两头猪十五只鸡. In
// 耕地3亩半 茶叶2亩 a thing came first.
func (p *pass) valueFirst(i int) bool {
	c := p.cls[p.clauseOf[i]]
	for j := c.from; j < i; j++ {
		t := &p.toks[j]
		if t.is(crop|species) || t.is(label) && !t.is(fill|plant|raise|sell|work) && (len(t.word.labels) > 0 && numeric(kindOf(t.word.labels[0]))) {
			return false
		}
		if t.kind == amount && (t.q.Dim == zh.Area || p.isCount(j) || t.use == claimed && t.q.Dim == zh.Count && j+1 < c.to && p.toks[j+1].is(species)) {
			return true
		}
	}
	return false
}

// leftCount is the amount just before token i, when nothing fits behind it.
func (p *pass) leftCount(i int) int {
	if j := i - 1; j >= 0 && !p.toks[i].gap && p.isCount(j) && p.toks[j].q.Dim == zh.Count && p.clauseOf[j] == p.clauseOf[i] {
		return j
	}
	return -1
}

func (p *pass) herd(herds []herd, i, j int) []herd {
	q := p.toks[j].q
	n, whole := q.Value.Int()
	if strings.Contains("窝群", q.Unit) && q.Unit != "" && p.toks[i].word.unit != "bee" {
		p.unread(min(i, j), max(i, j), WhyNoValue, []Fact{p.guess(min(i, j), max(i, j), "condition.stock", "")})
		return herds // 一窝猪: how many?
	}
	h := herd{key: p.toks[i].word.unit, n: n, from: min(i, j), to: max(i, j)}
	if q.Approx || q.Ambiguous {
		h.o = approx
		if !whole {
			n, _ = q.Value.Round().Int()
			h.n, whole = n, true
		}
	}
	if !whole || n < 0 || n > 100_000 {
		p.unread(h.from, h.to, WhyImpossible, []Fact{p.guess(h.from, h.to, "condition.stock", "")})
		return herds
	}
	for k := range herds {
		if herds[k].key == h.key { // two lines of pigs: 母猪1 肥猪3
			herds[k].n, herds[k].to, herds[k].o = herds[k].n+n, h.to, herds[k].o|approx
			return herds
		}
	}
	return append(herds, h)
}

func (p *pass) putHerds(herds []herd) {
	if len(herds) == 0 {
		return
	}
	var parts []string
	var o opt
	from, to := herds[0].from, herds[0].to
	for _, h := range herds {
		if h.n > 0 || h.gone {
			parts = append(parts, h.key+":"+strconv.Itoa(h.n))
		}
		o |= h.o
		from, to = min(from, h.from), max(to, h.to)
	}
	text := strings.Join(parts, ",")
	if text == "" {
		text = "none"
	}
	d := p.draftOf(from, to, "condition.stock", text, o)
	p.drafts = append(p.drafts, d)
	p.cls[p.clauseOf[from]].fact = true
	for j := from; j <= to; j++ {
		if p.toks[j].is(raise|fill) && p.toks[j].use == free {
			p.toks[j].use = helped
		}
	}
	p.helpNear(from, raise)
	p.helpNear(from, label)
	p.herds = herds
}

// helpNear marks the words of a role just before a token.
func (p *pass) helpNear(i int, r role) {
	for j := i - 1; j >= 0 && j >= i-3 && p.clauseOf[j] == p.clauseOf[i]; j-- {
		if p.toks[j].use == free && p.toks[j].is(r) && (r != label || p.stockLabel(j)) {
			p.toks[j].use = helped
		} else if !p.toks[j].is(fill) && p.toks[j].use == free {
			return
		}
	}
}

func (p *pass) stockLabel(j int) bool {
	for _, path := range p.toks[j].word.labels {
		if path == "condition.stock" || path == "condition.industries" {
			return true
		}
	}
	return false
}

// sold: the species belongs to an amount of money, not to what is kept.
func (p *pass) sold(i int) bool {
	c := p.cls[p.clauseOf[i]]
	for _, step := range [...]int{-1, 1} {
		for j := i + step; j >= max(c.from, i-3) && j < min(c.to, i+3); j += step {
			t := &p.toks[j]
			if t.is(sell) && !t.is(raise) {
				return true
			}
			if t.kind == amount && t.use == claimed || t.is(crop) {
				break // another thing was sold
			}
		}
	}
	return false
}

func (p *pass) near(i int, r role) bool {
	c := p.cls[p.clauseOf[i]]
	for j := max(c.from, i-4); j < min(c.to, i+3); j++ {
		if p.toks[j].is(r) {
			return true
		}
	}
	return false
}
