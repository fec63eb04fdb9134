package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readWork reads who works away, where and how long: 小军在昆明打工九个月.
func (p *pass) readWork() {
	for n := range p.cls {
		c := &p.cls[n]
		w := -1
		for i := c.from; i < c.to; i++ {
			if p.toks[i].is(work) || p.workLabel(i) && p.toks[i].use != claimed || w < 0 && (p.factory(i) || p.livesAway(i)) {
				w = i
			}
		}
		asked := p.asks("member.work_area") || p.asks("member.work_addr") || p.asks("member.occupation") || p.asks("member.work_months")
		if w < 0 && !asked && !p.workGoesOn(n) {
			continue
		}
		if w >= 0 && p.paidOnly(w) {
			continue
		}
		did := p.workPlace(c, w)
		did = p.workMonths(c) || did
		if w >= 0 && did && !p.toks[w].is(work) {
			p.toks[w].use = max(p.toks[w].use, helped)
		} else if w >= 0 && p.toks[w].is(work) && p.may("member.occupation") && p.whoWorks(w, did) {
			p.notWork(c, w)
		}
	}
}

// factory: 在广东厂里 says that somebody works there.
func (p *pass) factory(i int) bool {
	return i > 0 && p.toks[i].is(firm) && p.toks[i-1].is(place) && p.subject[i] >= 0 && !p.toks[i].gap
}

// livesAway: in a roster 儿子刘波22在深圳, of a grown-up who is not at school, says
// where they work.
func (p *pass) livesAway(i int) bool {
	return p.listing && p.toks[i].is(place) && p.toks[i].use == free && p.subject[i] >= 0 && p.ageOf(i) >= 16 && !p.studies(i) &&
		(i+1 == len(p.toks) || !p.toks[i+1].is(clinic|treat|school))
}

// paidOnly: 打工拿回来一万八 is money of the household, nobody's work.
func (p *pass) paidOnly(w int) bool {
	return p.toks[w].use != free && p.subject[w] < 0
}

// workGoesOn: the clause before told of work, this one goes on with 九个月.
func (p *pass) workGoesOn(n int) bool {
	for i := 0; i < p.cls[min(n+1, len(p.cls)-1)].to; i++ {
		if i >= p.cls[n].to && p.subject[i] != p.subject[p.cls[n].from] {
			break
		}
		if p.toks[i].is(work) || p.workLabel(i) {
			return true
		}
	}
	return false
}

func (p *pass) workLabel(i int) bool {
	l := labelsOf(&p.toks[i])
	return len(l) > 0 && strings.HasPrefix(l[0], "member.work_") && l[0] != "member.work_pay"
}

func (p *pass) whoWorks(w int, did bool) bool {
	return p.subject[w] >= 0 || p.toks[w].use == free && (did || p.asks("member.occupation"))
}

// notWork: 务工, or 没有打工.
func (p *pass) notWork(c *clause, w int) {
	if w > c.from && p.toks[w-1].is(no) {
		p.unread(w-1, w, WhyNoValue, p.guesses(p.guess(w-1, w, "", ""), "occupation", p.about(w).people))
		return
	}
	if key, ok := item(p.r.profile, "occupation", "务工"); ok {
		p.put(w, w, "member.occupation", key, 0)
	}
}

// workPlace: a known town tells the area, to be read back when it lies in the
// province (it may be the own county's); any other name is only the place.
func (p *pass) workPlace(c *clause, w int) bool {
	did := false
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		if t.use != free {
			continue
		}
		switch {
		case t.is(place) && p.may("member.work_area"):
			o := opt(0)
			if !strings.HasPrefix(p.r.outside, t.word.unit) {
				o = approx
			}
			to := p.placeEnd(i, c)
			p.put(i, to, "member.work_area", t.word.unit, o)
			p.put(i, to, "member.work_addr", strings.TrimRight(p.Text[t.s:p.toks[to].e], "的"), 0)
			did = true
		case t.is(set) && t.word.says("member.work_area") != nil:
			p.put(i, i, "member.work_area", t.word.says("member.work_area").text, 0)
			did = true
		case t.is(firm) && p.may("member.work_unit"):
			if t.word.text == "厂" && p.factory(i) {
				t.use = helped // no name
				continue
			}
			from := i
			for from > c.from && p.toks[from-1].kind == raw && !p.toks[from].gap {
				from--
			}
			p.put(from, i, "member.work_unit", strings.TrimPrefix(p.Text[p.toks[from].s:t.e], "在"), 0)
			did = true
		case t.kind == raw && w > 0 && p.placeByPosition(i, w):
			p.put(i, i, "member.work_addr", p.Text[t.s:t.e], 0)
			did = true
		}
	}
	return did
}

// placeByPosition: an unknown name between 在 and 打工, or just after 务工.
func (p *pass) placeByPosition(i, w int) bool {
	n := p.toks[i].e - p.toks[i].s
	if !p.may("member.work_addr") || n < 6 || n > 24 {
		return false
	}
	after := i > 0 && p.toks[i-1].is(fill) && strings.Contains("在到去", p.Text[p.toks[i-1].s:p.toks[i-1].e])
	return after && w == i+1 || w == i-1 && !p.toks[i].gap && i+1 < len(p.toks) && p.toks[i+1].kind == amount
}

// placeEnd takes 打工 places such as 广东东莞 and 昆明市 as one.
func (p *pass) placeEnd(i int, c *clause) int {
	for i+1 < c.to && !p.toks[i+1].gap && (p.toks[i+1].is(place) || p.toks[i+1].kind == raw && strings.Contains("市县区州省", p.Text[p.toks[i+1].s:p.toks[i+1].e])) {
		i++
	}
	return i
}

func (p *pass) workMonths(c *clause) bool {
	if !p.may("member.work_months") {
		return false
	}
	if from, to := p.shared(c); from < to {
		p.unsure(from, to, nil) // 一个10个月一个8个月 of two people: who which?
		return true
	}
	exact := false // 打工一年回来一次，干了10个月
	for i := c.from; i < c.to; i++ {
		exact = exact || p.toks[i].kind == amount && p.toks[i].use == free && p.toks[i].q.Dim == zh.Months && p.toks[i].q.Value > zh.One
	}
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		if t.kind != amount || t.use != free || t.q.Dim != zh.Months && (t.q.Dim != zh.Years || t.q.Value > zh.One || exact) {
			continue
		}
		if t.q.Value == zh.One && i+1 < c.to && p.isMoney(i+1) {
			continue // 一个月三千五
		}
		p.assign(i, i, i, "member.work_months", 0)
		p.helpNear(i, label|fill)
		return true
	}
	return false
}

// shared are the first and the last of several times that a clause tells of more
// than one person.
func (p *pass) shared(c *clause) (from, to int) {
	from, to = -1, -1
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		if t.kind != amount || t.use != free || t.q.Dim != zh.Months || t.q.Value <= zh.One || !p.about(i).several() {
			continue
		}
		if from < 0 {
			from = i
		}
		to = i
	}
	return from, to
}
