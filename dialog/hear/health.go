package hear

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readHealth reads sicknesses with their names, disability with type and level,
// and where somebody is treated.
func (p *pass) readHealth() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free {
			continue
		}
		switch {
		case t.is(sickness):
			p.readSickness(i)
		case t.kind == amount && t.q.Dim == zh.Ordinal && strings.HasSuffix(t.q.Said, "级"):
			p.readLevel(i)
		case t.is(clinic):
			p.readClinic(i)
		case t.is(sick) && p.may("member.health"):
			p.sickOnly(i)
		}
	}
}

func (p *pass) readSickness(i int) {
	t := &p.toks[i]
	if !p.may("member.health") {
		return
	}
	from := i
	if i > 0 && p.toks[i-1].is(label) && p.toks[i-1].use == free {
		from = i - 1
	}
	if i > 0 && (p.toks[i-1].is(no) || from < i && i > 1 && p.toks[i-2].is(no)) {
		p.unread(i-1, i, WhyNoValue, p.guesses(p.guess(i-1, i, "", ""), "health", p.about(i).people))
		return
	}
	for _, v := range t.word.sets {
		p.put(from, i, v.path, v.text, flag(v))
	}
	if p.may("member.disease") {
		p.put(i, i, "member.disease", t.word.text, 0)
	}
	for j := i - 2; j < i+3; j++ { // 得了, 患有
		if j >= 0 && j < len(p.toks) && p.toks[j].use == free && p.toks[j].is(label) && labelsOf(&p.toks[j])[0] == "member.disease" {
			p.toks[j].use = helped
		}
	}
}

func flag(v value) opt {
	if v.approx {
		return approx
	}
	return 0
}

// readLevel: 二级残疾证, 肢体残疾二级, 残疾 2级.
func (p *pass) readLevel(i int) {
	n, _ := p.toks[i].q.Value.Int()
	c := p.cls[p.clauseOf[i]]
	near := -1
	for j := max(c.from, i-3); j < min(c.to, i+4); j++ {
		s := p.Text[p.toks[j].s:p.toks[j].e]
		if j != i && (strings.Contains(s, "残") || p.toks[j].is(set) && p.toks[j].word.says("member.disab_type") != nil) && (near < 0 || j == i+1) {
			near = j
		}
	}
	if near < 0 && !p.asks("member.disab_level") || !p.may("member.disab_level") {
		return
	}
	from, to := i, i
	if near >= 0 {
		from, to = min(i, near), max(i, near)
	}
	if n < 1 || n > 4 {
		p.unread(from, to, WhyImpossible, p.guessAt(from, to, "member.disab_level"))
		return
	}
	if near >= 0 && p.toks[near].use == free {
		if p.toks[near].is(set) {
			for _, v := range p.toks[near].word.sets {
				p.put(near, near, v.path, v.text, flag(v))
			}
		}
		if key, ok := item(p.r.profile, "health", "残疾"); ok && p.may("member.health") {
			p.put(from, to, "member.health", key, 0)
		}
	}
	p.putItem(i, "member.disab_level", strconv.Itoa(n), 0)
	p.mark(from, to, claimed)
}

// readClinic: 在乡卫生院拿药.
func (p *pass) readClinic(i int) {
	c := p.cls[p.clauseOf[i]]
	treated := p.asks("member.treat_at")
	for j := c.from; j < c.to; j++ {
		if p.toks[j].is(treat) {
			treated = true
			p.toks[j].use = max(p.toks[j].use, helped)
		}
	}
	sickHere := false
	for _, d := range p.drafts {
		sickHere = sickHere || strings.HasSuffix(d.Path, ".disease") || strings.HasSuffix(d.Path, ".health")
	}
	if !treated && !sickHere || !p.may("member.treat_at") {
		return
	}
	from := i
	for from > c.from && !p.toks[from].gap && p.toks[from-1].use == free && (p.toks[from-1].kind == raw && p.toks[from-1].e-p.toks[from-1].s <= 12 || p.toks[from-1].is(place)) {
		from--
	}
	name := strings.TrimPrefix(p.Text[p.toks[from].s:p.toks[i].e], "在")
	p.put(from, i, "member.treat_at", name, 0)
}

// sickOnly: 有病 does not say whether chronic or serious.
func (p *pass) sickOnly(i int) {
	if p.illness(i) {
		p.toks[i].use = helped // 身体差有哮喘
		return
	}
	var out []Fact
	s := p.about(i)
	for _, name := range []string{"长期慢性病", "患有大病"} {
		key, ok := item(p.r.profile, "health", name)
		if !ok {
			continue
		}
		if f := p.guess(i, i, "m.health", key); s.fresh > 0 {
			out = append(out, f)
		} else {
			out = append(out, p.guesses(f, "health", s.people)...)
		}
	}
	p.unsure(i, i, out)
}

// readDoctor takes the name of the family doctor whole: 签约王医生.
func (p *pass) readDoctor() {
	if !p.may("member.family_doctor") {
		return
	}
	for i := range p.toks {
		if l := labelsOf(&p.toks[i]); len(l) != 1 || l[0] != "member.family_doctor" || p.toks[i].use != free {
			continue
		}
		j := i + 1
		for j < len(p.toks) && (p.toks[j].is(fill|all|kin) && p.toks[j].use != claimed || p.toks[j].kind == mark && p.toks[j].brk == 0 || p.toks[j].kind == person) {
			j++
		}
		for ; j < len(p.toks); j++ {
			s := p.toks[j].s
			n := 0
			for _, title := range []string{"医生", "大夫"} {
				if at := strings.Index(p.Text[s:min(len(p.Text), s+18)], title); at > 0 && at <= 12 && (n == 0 || at+len(title) < n) {
					n = at + len(title)
				}
			}
			if n == 0 || strings.ContainsAny(p.Text[s:s+n], " ,。") {
				break
			}
			to := j
			for to+1 < len(p.toks) && p.toks[to+1].s < s+n {
				to++
			}
			p.toks[to].e = max(p.toks[to].e, s+n)
			if p.subject[j] >= 0 {
				p.subject[i] = p.subject[j]
			}
			p.put(i, to, "member.family_doctor", strings.TrimLeft(p.Text[s:s+n], "是"), 0)
			break
		}
	}
}

// illness: a sickness is named of whom token i is about, in its clause.
func (p *pass) illness(i int) bool {
	c := p.cls[p.clauseOf[i]]
	for j := c.from; j < c.to; j++ {
		if p.toks[j].is(sickness) && p.subject[j] == p.subject[i] {
			return true
		}
	}
	return false
}
