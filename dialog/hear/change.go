package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readChanges reads who came and who left, and when: 二姑娘去年嫁到弥勒了.
func (p *pass) readChanges() {
	if !p.may("member.change_type") {
		return
	}
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free || !t.is(set) || t.word.says("member.change_type") == nil {
			continue
		}
		if !p.changed(i) {
			continue
		}
		if j := p.cameIn(i); j > i {
			p.subject[i] = p.subject[j]
		}
		p.put(i, i, "member.change_type", t.word.says("member.change_type").text, 0)
		p.changeDate(i)
		if t.is(gone) {
			p.whereTo(i)
		}
	}
}

// changed: a change needs somebody it happened to. 跑了 and 走了 of nobody, or
// 出生 as a date of birth, are none.
func (p *pass) changed(i int) bool {
	t := &p.toks[i]
	if t.word.says("member.change_type").text == "newborn" && p.hasKinAfter(i) {
		return false // 刚生了个姑娘: the child is somebody else
	}
	if t.word.text == "跑了" && p.subject[i] < 0 || t.is(born) {
		return false
	}
	if strings.HasPrefix(t.word.text, "走") && p.mayHaveLeft(i) {
		return false
	}
	if t.is(no) && !(i > 0 && !t.gap && (p.toks[i-1].kind == person || p.toks[i-1].kind == newname || p.toks[i-1].is(kin)) && (i+1 == len(p.toks) || p.toks[i+1].kind == mark)) {
		return false // 媳妇没得了 is a death, 牛没得了 is none
	}
	return p.subject[i] >= 0 || len(p.c.People) < 2 || p.c.About != "" || p.asks("member.change_type")
}

// mayHaveLeft: 媳妇走了 of a woman who is not old says that she left as well as that she
// died: it is asked.
func (p *pass) mayHaveLeft(i int) bool {
	n := p.subject[i]
	if n < 0 {
		return false
	}
	s := p.subs[n]
	switch p.relationOf(s) {
	case "spouse", "daughter_in_law", "son_in_law":
	default:
		return false
	}
	if len(s.people) == 1 && s.fresh == 0 {
		return p.c.People[s.people[0]].Age < 60
	}
	return !strings.HasPrefix(p.Text[p.toks[s.last].s:], "老伴")
}

// cameIn is the word of kinship behind 抱养了一个 or 娶了个, who is the one that came; i
// when there is none.
func (p *pass) cameIn(i int) int {
	switch p.toks[i].word.says("member.change_type").text {
	case "adopted", "married_in", "moved_in":
	default:
		return i
	}
	for j := i + 1; j < min(p.cls[p.clauseOf[i]].to, i+4); j++ {
		if t := &p.toks[j]; t.is(kin) && p.subject[j] >= 0 {
			return j
		} else if !t.is(fill) && !p.isPeople(j) {
			return i
		}
	}
	return i
}

// changeDate looks for a date in the clause, and in the one before when it tells
// nothing else.
func (p *pass) changeDate(i int) {
	n := p.clauseOf[i]
	from := p.cls[n].from
	if n > 0 && !p.cls[n-1].fact && p.subject[i] >= 0 {
		from = p.cls[n-1].from
	}
	for j := from; j < min(len(p.toks), p.cls[n].to+4); j++ {
		t := &p.toks[j]
		if t.use == free && (t.kind == date || t.kind == amount && t.q.Dim == zh.Calendar) {
			p.subject[j] = p.subject[i]
			p.assign(j, j, j, "member.change_date", 0)
			return
		}
	}
}

// whereTo keeps 嫁到弥勒 as the note of the change.
func (p *pass) whereTo(i int) {
	j := i
	for j+1 < len(p.toks) && p.clauseOf[j+1] == p.clauseOf[i] && p.toks[j+1].use == free && (p.toks[j+1].kind == raw || p.toks[j+1].is(place|set|detail) && !p.toks[j+1].is(fill)) {
		j++
	}
	if j > i && p.may("member.change_note") {
		p.put(i, j, "member.change_note", strings.TrimRight(p.Text[p.toks[i].s:p.toks[j].e], "了"), 0)
	}
}

// readAlso reads other facts in words of several tokens: a second name, the own
// doctor, the household's group, whose phone it is.
func (p *pass) readAlso() {
	p.readGroup()
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free {
			continue
		}
		switch {
		case t.kind == amount && t.q.Dim == zh.Ordinal && strings.ContainsAny(t.q.Said, "组社队"):
			if p.may("household.group") && (i == 0 || p.asks("household.group") || p.subject[i] < 0) {
				p.put(i, i, "household.group", p.Text[t.s:t.e], 0)
				p.helpGroup(i)
			}
		case t.is(set) && t.word.sets[0].text == "relapsed" && i > 0 && p.toks[i-1].kind == date && p.toks[i-1].use == free && p.may("household.relapse_year"):
			p.assign(i-1, i-1, i-1, "household.relapse_year", 0)
		case t.is(set) && t.word.says("household.hh_status") != nil && t.word.says("household.hh_status").text == "exited" && i > 0 && p.toks[i-1].kind == date && p.toks[i-1].use == free && p.may("household.exit_year_actual"):
			p.assign(i-1, i-1, i-1, "household.exit_year_actual", 0)
		case t.is(misname):
			p.misnamed(i)
		case t.is(label) && t.word.labels[0] == "household.phone":
			p.phoneOf(i)
		}
	}
}

// readGroup: a group with the name of a place, 大水井组, between separators.
func (p *pass) readGroup() {
	if !p.may("household.group") {
		return
	}
	for i := 0; i < len(p.toks); i++ {
		j := i
		for j < len(p.toks) && (j == i || !p.toks[j].gap) && p.toks[j].use == free && p.toks[j].kind != mark && p.toks[j].kind != amount {
			j++
		}
		if j == i {
			continue
		}
		s := p.Text[p.toks[i].s:p.toks[j-1].e]
		if n := len([]rune(s)); strings.HasSuffix(s, "组") && n >= 3 && n <= 8 && !p.toks[i].is(label) && !strings.ContainsAny(s, "是我他全") {
			p.put(i, j-1, "household.group", s, 0)
			p.helpGroup(i)
		}
		i = j - 1
	}
}

// helpGroup marks 组 and 小组 in the same clause.
func (p *pass) helpGroup(i int) {
	c := p.cls[p.clauseOf[i]]
	for j := c.from; j < c.to; j++ {
		if l := labelsOf(&p.toks[j]); len(l) > 0 && l[0] == "household.group" {
			p.toks[j].use = max(p.toks[j].use, helped)
		}
	}
}

// misnamed: 李小芳打成小方. The name before is what the people say is right; it
// is read back, since the ID card decides.
func (p *pass) misnamed(i int) {
	if i == 0 || i+1 >= len(p.toks) || !p.may("member.name") {
		return
	}
	a, b := &p.toks[i-1], &p.toks[i+1]
	if a.kind != person && a.kind != newname && a.kind != raw {
		return
	}
	right := p.Said(a.s, a.e)
	who := a.people
	if b.kind == person {
		who = b.people
	}
	if len(who) == 1 {
		d := p.draftOf(i-1, i+1, p.c.People[who[0]].Ref+".name", right, approx|replaces)
		p.drafts = append(p.drafts, d)
		p.mark(i-1, i+1, claimed)
		p.cls[p.clauseOf[i]].fact = true
		return
	}
	p.unsure(i-1, i+1, p.guesses(p.guess(i-1, i+1, "", right), "name", who))
}

// phoneOf: 电话是他女婿的 has no number; whose it is goes into the remark.
func (p *pass) phoneOf(i int) {
	c := p.cls[p.clauseOf[i]]
	var who, end = -1, c.to - 1
	for j := i + 1; j < c.to; j++ {
		t := &p.toks[j]
		if t.kind == phone || t.use == claimed || t.is(no) || t.is(dunno) {
			return
		}
		if t.is(kin) || t.kind == person || t.kind == newname {
			who = j
		}
	}
	if who < 0 || !p.may("household.phone") {
		return
	}
	if p.may("household.remark") {
		p.dropSilent()
		p.put(i, end, "household.remark", p.Said(p.toks[i].s, p.toks[end].e), 0)
	}
	p.unread(i, i, WhyNoValue, []Fact{p.guess(i, i, "household.phone", "")})
}

// dropSilent forgets new people who were only mentioned, not told of. To the question
// who lives there, being mentioned is the answer.
func (p *pass) dropSilent() {
	if p.listing {
		return
	}
	for n := len(p.out.NewPeople); n > 0; n-- {
		told := false
		for _, d := range p.drafts {
			told = told || d.fresh == n && d.Path != "m.relation" && d.Path != "m.sex"
		}
		if told || p.out.NewPeople[n-1].Name != "" {
			return
		}
		p.out.NewPeople = p.out.NewPeople[:n-1]
		out := p.drafts[:0]
		for _, d := range p.drafts {
			if d.fresh != n {
				out = append(out, d)
			}
		}
		p.drafts = out
	}
}
