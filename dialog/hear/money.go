package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// readMoney reads amounts of money by what they were got or spent for:
// 烤烟卖了两万三, 肥料花了九千, 低保3口每人月210, 护林员 8000/年.
func (p *pass) readMoney() {
	for n := range p.cls {
		c := &p.cls[n]
		left := c.from
		for i := c.from; i < c.to; i++ {
			if !p.isMoney(i) {
				continue
			}
			if p.moneyAt(c, left, i) {
				left = i + 1
			}
		}
		p.stopped(c)
	}
}

// isMoney: an amount in 元, or a bare number large enough to be one.
func (p *pass) isMoney(i int) bool {
	t := &p.toks[i]
	if t.kind != amount || t.use != free {
		return false
	}
	return t.q.Dim == zh.Money || t.q.Dim == zh.Plain && !p.ageOfLast(i)
}

// ageOfLast: the 76 of 普阿妹76 is an age.
func (p *pass) ageOfLast(i int) bool {
	if i == 0 || p.subject[i] < 0 || p.toks[i].q.Value > zh.Whole(110) || p.toks[i].q.Value < zh.One {
		return false
	}
	t := &p.toks[i-1]
	return t.kind == person || t.kind == newname || t.is(kin) || t.kind == date && p.Text[t.s:t.e] == "今年"
}

func (p *pass) moneyAt(c *clause, left, i int) bool {
	t := p.topicOf(c, left, i)
	if t.path == "" {
		return false
	}
	if t.path == "member.work_pay" && !p.may("member.work_pay") {
		t.path = "income.pay_out"
	}
	if !p.may(t.path) {
		return false
	}
	from := min(t.from, i)
	if t.path == "member.work_pay" {
		p.per(i)
		p.assign(i, i, i, t.path, 0)
		p.mark(from, i, helped)
		return true
	}
	p.putMoney(c, from, max(t.from, i), i, t.path)
	return true
}

// toldIncome: the text has told an income before, so that 0 may be one.
func (p *pass) toldIncome() bool {
	for _, d := range p.drafts {
		if strings.HasPrefix(d.Path, "income.") {
			return true
		}
	}
	return false
}

// aidBefore: 拿着低保，一个月210. The income that the clause before named.
func (p *pass) aidBefore(i int) string {
	n := p.clauseOf[i]
	if n == 0 {
		return ""
	}
	for j := p.cls[n-1].from; j < p.cls[n-1].to; j++ {
		if t := &p.toks[j]; t.kind == known && !t.is(crop|species|work) {
			if t.is(set) && t.word.says("member.on_dibao") != nil {
				return "income.dibao_pay"
			}
			if path := p.incomeLabel(t.word); path != "" {
				return path
			}
		}
	}
	return ""
}

// incomeLabel is the field of income that a word names, "" when it names none.
func (p *pass) incomeLabel(w *word) string {
	found := ""
	for _, path := range w.labels {
		if strings.HasPrefix(path, "income.") && (found == "" || p.asks(path)) {
			found = path
		}
	}
	return found
}

// otherLabel: the word is also a name of something that is not money.
func (p *pass) otherLabel(i int) bool {
	for _, path := range p.toks[i].word.labels {
		if !strings.HasPrefix(path, "income.") && p.may(path) && numeric(kindOf(path)) {
			return true
		}
	}
	return p.toks[i].is(crop | species)
}

func (p *pass) onlyIncome() bool {
	if len(p.c.Open) > 0 {
		for _, o := range p.c.Open {
			if !strings.HasPrefix(o, "income.") {
				return false
			}
		}
		return true
	}
	return len(p.c.Sections) == 1 && p.c.Sections[0] == "income"
}

// putMoney makes the fact; rates by month and person are worked out to the year.
func (p *pass) putMoney(c *clause, from, to, i int, path string) {
	q := p.toks[i].q
	per := p.per(i)
	var o opt
	if strings.Contains(per, "天") || strings.Contains(per, "日") {
		p.unsure(from, to, []Fact{p.guess(from, to, path, "")})
		return
	}
	switch {
	case strings.Contains(per, "季"):
		q.Value, o = q.Value*4, o|approx
		p.helpSeason(c)
	case strings.Contains(per, "月"):
		q.Value, o = q.Value*zh.Dec(p.paidMonths(path, i)), o|approx
	}
	people := p.paidPeople(c, i, per)
	if strings.ContainsAny(per, "人口个") {
		if people == 0 {
			people = 1
			if s := p.subject[i]; s >= 0 && p.subs[s].every {
				people = len(p.subs[s].people)
			} else if s < 0 {
				p.unsure(from, to, []Fact{p.guess(from, to, path, hundredths(q.Value))})
				return
			}
		}
		if people > 1 {
			q.Value *= zh.Dec(people)
			o |= approx
		}
	}
	text, more, why := number(q, models.KindMoney)
	if why != "" {
		p.unread(from, to, why, []Fact{p.guess(from, to, path, "")})
		return
	}
	for j := from; j <= to; j++ {
		if t := &p.toks[j]; j != i && t.kind == amount && t.use == free && t.q.Dim == zh.Area {
			p.put(i, i, path, text, o|more|adds) // 烤烟种了5亩，卖了两万三: the land is another fact
			return
		}
	}
	for j := from; j <= to; j++ {
		if t := &p.toks[j]; t.is(set) && t.use == free && t.word.says("member.public_job") != nil && p.may("member.public_job") && (p.about(j).certain() || p.about(j).fresh > 0) {
			p.put(j, j, "member.public_job", t.word.says("member.public_job").text, 0)
		}
	}
	p.putAround(from, to, i, path, text, o|more|adds)
	p.helpMoney(c, from, to, path)
	if path == "income.dibao_pay" {
		p.dibaoPeople(c, people)
	}
}

// paidPeople is for how many an amount by the head is told: in its clause, or just
// beside it; 0 when nobody says.
func (p *pass) paidPeople(c *clause, i int, per string) int {
	people := 0
	end := c.to
	if n := p.clauseOf[i]; n+1 < len(p.cls) && strings.ContainsAny(per, "人") && p.cls[n+1].to == p.cls[n+1].from+1 {
		end = p.cls[n+1].to // 每人每月103，两个人
	}
	for j := c.from; j < end; j++ {
		if p.isPeople(j) && p.toks[j].q.Value > zh.One {
			people, _ = p.toks[j].q.Value.Int()
			p.toks[j].use = max(p.toks[j].use, helped)
		}
	}
	if n := p.clauseOf[i]; n > 0 && people == 0 && strings.Contains(per, "人") && p.subject[i] >= 0 {
		for j := p.cls[n-1].from; j < p.cls[n-1].to; j++ {
			if p.isPeople(j) && p.toks[j].q.Value > zh.One {
				people, _ = p.toks[j].q.Value.Int() // 老妈和小花两个人吃，一个人220
			}
		}
	}
	return people
}

// dibaoPeople: 低保3口 tells who only when that is everybody.
func (p *pass) dibaoPeople(c *clause, people int) {
	for j := c.from; j < c.to && p.may("member.on_dibao"); j++ {
		t := &p.toks[j]
		eats := t.is(set) && t.word.says("member.on_dibao") != nil && t.word.says("member.on_dibao").text == string(models.Yes) ||
			p.isPeople(j) && t.q.Value == zh.One && strings.HasPrefix(p.Text[t.e:], "吃")
		if n := p.subject[j]; eats && n >= 0 && (p.subs[n].certain() || p.subs[n].several()) {
			p.give(p.draftOf(j, j, "member.on_dibao", string(models.Yes), 0), "on_dibao", p.subs[n], 0) // 老妈吃低保一个月210
			return
		}
	}
	if people == 0 || !p.may("member.on_dibao") || len(p.c.People) == 0 {
		return
	}
	for j := c.from; j < c.to; j++ {
		if p.isPeople(j) && people == len(p.c.People) {
			for n := range p.c.People {
				d := p.draftOf(j, j, p.c.People[n].Ref+".on_dibao", string(models.Yes), approx)
				p.drafts = append(p.drafts, d)
			}
			return
		}
	}
}

// stopped: 退耕补助停了 is nothing any more.
func (p *pass) stopped(c *clause) {
	i := p.has(c, stop)
	if i < 0 || p.toks[i].use != free {
		return
	}
	for j := c.from; j < c.to; j++ {
		if t := &p.toks[j]; t.is(label) && t.use == free {
			if path := p.incomeLabel(t.word); path != "" && p.may(path) {
				p.put(min(i, j), max(i, j), path, "0", 0)
				return
			}
		}
	}
}
