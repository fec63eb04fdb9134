package hear

import (
	"slices"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// setAside takes out of the reading what states no fact of today: questions,
// commands, plans, what somebody does not know, and what used to be.
func (p *pass) setAside() {
	for n := range p.cls {
		c := &p.cls[n]
		if c.from >= c.to {
			continue
		}
		switch {
		case n == 0 && p.commands(c):
			p.putAside(c, WhyUnknown)
		case c.question || p.asked(c):
			p.putAside(c, WhyQuestion)
		case p.notOurs(c), p.deadAnimals(c):
			p.putAside(c, WhyUnknown)
		case p.has(c, dunno) >= 0:
			p.notKnown(c)
		case p.has(c, wish) >= 0 && !p.kept(c):
			p.putAside(c, WhyUnknown)
		default:
			p.usedToBe(n)
		}
	}
}

// has is the first token of a clause with a role, -1 when there is none.
func (p *pass) has(c *clause, r role) int {
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(r) {
			return i
		}
	}
	return -1
}

func (p *pass) commands(c *clause) bool {
	t := &p.toks[c.from]
	if !t.is(command) {
		return false
	}
	return c.to-c.from == 1 || p.toks[c.from+1].gap || t.word.text == "查" || t.word.text == "入户"
}

// asked: a word of question, except in 什么都没有.
func (p *pass) asked(c *clause) bool {
	i := p.has(c, ask)
	if i < 0 {
		return p.yesOrNo(c) || p.asksAtEnd(c)
	}
	if i > c.from && p.toks[i-1].is(no) && p.toks[i].word.text != "是不是" {
		return false // 没得哪个出去
	}
	for j := i + 1; j < c.to; j++ {
		if p.toks[j].is(no) && strings.ContainsAny(p.Text[p.toks[i].e:p.toks[j].e], "都也") {
			p.toks[i].use = helped
			return false
		}
	}
	return true
}

// askedEnds are the ends of a clause that asks whether something was done: 钱到位没.
var askedEnds = strings.Fields("了没 了没有 了没得 位没 位没有 到没 到没有 好没 好没有 完没 完没有 过没 过没有 账没 账没有")

func (p *pass) asksAtEnd(c *clause) bool {
	said := p.Text[p.toks[c.from].s:p.toks[c.to-1].e]
	return slices.ContainsFunc(askedEnds, func(end string) bool { return strings.HasSuffix(said, end) })
}

// yesOrNo: 吃不吃低保 asks; 三亩不三亩 does not occur.
func (p *pass) yesOrNo(c *clause) bool {
	said := []rune(p.Text[p.toks[c.from].s:p.toks[c.to-1].e])
	for i := 1; i+1 < len(said); i++ {
		if (said[i] == '不' || said[i] == '没') && said[i-1] == said[i+1] && !(i > 1 && (said[i-2] == '没' || said[i-2] == '不')) && unicode.Is(unicode.Han, said[i-1]) {
			return true
		}
	}
	return false
}

// kept: 明年 and the like stand in the clause, but a present fact is told, as
// in 今年考 or 愿意.
func (p *pass) kept(c *clause) bool {
	i := p.has(c, wish)
	return p.toks[i].word.text == "安排" && p.has(c, work|set) >= 0
}

func (p *pass) putAside(c *clause, why string) {
	p.unread(c.from, c.to-1, why, nil)
}

// trim drops fillers and separators at both ends.
func (p *pass) trim(from, to int) (int, int) {
	for from < to && (p.toks[from].is(fill) || p.toks[from].kind == mark) && !p.toks[from].is(^fill) {
		from++
	}
	for to > from && (p.toks[to].is(fill) || p.toks[to].kind == mark) && !p.toks[to].is(^fill) {
		to--
	}
	return from, to
}

// notKnown: 耕地不清楚 names a field without a value.
func (p *pass) notKnown(c *clause) {
	var guess []Fact
	from, to := p.trim(c.from, c.to-1)
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(label) {
			for _, path := range p.pick(p.toks[i].word.labels, nil) {
				guess = append(guess, p.guess(i, i, path, ""))
			}
		}
	}
	why := WhyUnknown
	if len(guess) > 0 {
		why = WhyNoValue
	}
	p.unread(from, to, why, guess)
	p.mark(c.from, c.to-1, claimed)
}

// usedToBe passes over 以前是土路 when 现在 follows; otherwise it is unread.
func (p *pass) usedToBe(n int) {
	c := &p.cls[n]
	i := p.has(c, past)
	if i < 0 || i > c.from && p.toks[i-1].kind == date {
		return
	}
	end := c.to
	for j := i; j < c.to; j++ {
		if p.toks[j].is(nowadays) {
			p.mark(i, j, helped)
			return
		}
	}
	later := false
	for m := n + 1; m < len(p.cls); m++ {
		later = later || p.has(&p.cls[m], nowadays) >= 0
	}
	if later {
		p.mark(i, end-1, helped)
		return
	}
	p.unread(i, end-1, WhyUnknown, nil)
}

// deniesVerb: 还没改 says that something was not done, not that there is none.
func (p *pass) deniesVerb(i int) bool {
	if !p.toks[i].is(no) || i+1 >= len(p.toks) || p.toks[i+1].gap || p.toks[i+1].use == claimed || !strings.Contains("没 未 不 没有 没得", p.toks[i].word.text) {
		return false
	}
	next := p.Text[p.toks[i+1].s:p.toks[i+1].e]
	if p.toks[i+1].is(fill|earn|set) && strings.Contains(" 到 到账 来 给 发 拿到 领到 到位 下来 ", " "+next+" ") && (i+2 == len(p.toks) || p.toks[i+2].kind == mark) {
		return true // 退耕钱还没到
	}
	return p.toks[i+1].is(fix) && next == "改" || p.toks[i+1].kind == raw && strings.ContainsRune("改修盖建装动", firstRune(next))
}

// notOurs: 没有周小军这个人, 周小军不是我家的. Nothing is said of a field.
func (p *pass) notOurs(c *clause) bool {
	who := false
	for i := c.from; i < c.to; i++ {
		who = who || p.toks[i].kind == person || p.toks[i].kind == newname || p.toks[i].is(kin)
	}
	return who && deniesPerson(p.Text[p.toks[c.from].s:p.toks[c.to-1].e])
}

// deadAnimals: 鸡全死了 is no death in the family.
func (p *pass) deadAnimals(c *clause) bool {
	animals, dead := false, false
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		if t.kind == person || t.kind == newname || t.is(kin|pron) || t.kind == amount && t.q.Dim == zh.Money {
			return false
		}
		animals = animals || t.is(species)
		dead = dead || t.is(set) && animals && t.word.says("member.change_type") != nil
	}
	return dead
}

// deniesPerson: there is no such person, or they are of another household.
func deniesPerson(said string) bool {
	for _, none := range []string{"没有", "没得", "无", "不存在", "没"} {
		if strings.Contains(said, none) && (strings.Contains(said, "这个人") || strings.Contains(said, "这人") || strings.Contains(said, "此人")) {
			return true
		}
	}
	for _, not := range []string{"不是", "不属于", "不算"} {
		_, whose, ok := strings.Cut(strings.TrimRight(said, "的人了 "), not)
		if whose = strings.Trim(whose, "我你他她们这本户咱"); ok && (whose == "家" || whose == "家里") {
			return true
		}
	}
	return false
}

// readForeign reports money that is no income: 医疗报销, 借款, 慰问金 (domain.md §1.4).
func (p *pass) readForeign() {
	for i := range p.toks {
		if !p.toks[i].is(foreign) || p.toks[i].use != free {
			continue
		}
		c := p.cls[p.clauseOf[i]]
		from, to, money := i, i, false
		for from > c.from && !p.toks[from].gap && p.toks[from-1].use == free && p.toks[from-1].kind == known && !p.toks[from-1].is(crop|species) {
			from--
		}
		for j := i + 1; j < c.to && j <= i+4; j++ {
			if t := &p.toks[j]; t.use == free && t.kind == amount && (t.q.Dim == zh.Money || t.q.Dim == zh.Plain && t.q.Value >= zh.Whole(100)) {
				to, money = j, true
				break
			} else if !t.is(fill|spend|earn|foreign|rate) && t.kind != mark && !p.isBank(j) {
				break
			}
		}
		for j := i - 1; !money && j >= c.from && j >= i-3; j-- {
			if t := &p.toks[j]; t.kind == amount && t.q.Dim == zh.Money {
				from, money = j, true
			}
		}
		if money {
			p.unread(from, to, WhyNotAField, nil)
		}
	}
}

// isBank: 欠着信用社六万 names whom it is owed.
func (p *pass) isBank(i int) bool {
	return p.toks[i].is(set) && p.toks[i].word.says("household.bank_name") != nil
}

// readNames reads a corrected name: 改 李秀英 名字 李秀云, 名字错了，是李秀云.
func (p *pass) readNames() {
	if !p.may("member.name") {
		return
	}
	p.rightNames()
	for i := range p.toks {
		t := &p.toks[i]
		if t.kind != known || t.use == claimed || t.word.text != "名字" && t.word.text != "姓名" && t.word.text != "名" {
			continue
		}
		j, wrong := i+1, false
		for j < len(p.toks) && (p.toks[j].is(fill|fix|notis) || p.toks[j].kind == mark && p.toks[j].brk < 2) {
			wrong = wrong || p.toks[j].is(fix|notis)
			j++
		}
		if j >= len(p.toks) || p.toks[j].kind != newname {
			continue
		}
		s := p.about(i)
		if !(wrong || p.has(&p.cls[0], fix) == 0) || s.fresh > 0 || len(s.people) != 1 {
			continue
		}
		p.cls[p.clauseOf[i]].replace = true
		p.subject[i], p.subject[j] = p.subjectOf(s), p.subjectOf(s)
		p.put(i, j, "member.name", p.Said(p.toks[j].s, p.toks[j].e), replaces)
	}
}

// rightNames reads 叫普阿梅不是普阿妹 and 不是普阿妹是普阿梅.
func (p *pass) rightNames() {
	for i := range p.toks {
		if !p.toks[i].is(notis) || i+1 >= len(p.toks) || p.toks[i+1].kind != person || len(p.toks[i+1].people) != 1 {
			continue
		}
		who, right := p.toks[i+1].people[0], -1
		for _, j := range []int{i - 1, i - 2, i + 2, i + 3, i + 4} {
			if j >= 0 && j < len(p.toks) && p.toks[j].kind == newname && j > 0 && (p.toks[j-1].is(fill|fix|kin) || p.toks[j-1].kind == mark) {
				right = j
				break
			}
		}
		if right < 0 {
			continue
		}
		c := &p.cls[p.clauseOf[i]]
		name := p.Said(p.toks[right].s, p.toks[right].e)
		if n := p.subject[right]; n >= 0 && p.subs[n].fresh > 0 && p.out.NewPeople[p.subs[n].fresh-1].Name == name {
			p.forget(p.subs[n].fresh)
		}
		p.drafts = append(p.drafts, p.draftOf(min(i, right), max(i+1, right), p.c.People[who].Ref+".name", name, replaces))
		p.mark(min(i, right), max(i+1, right), claimed)
		c.fact = true
	}
}

// forget takes back the last new person, who is somebody known.
func (p *pass) forget(fresh int) {
	if fresh != len(p.out.NewPeople) {
		return
	}
	p.out.NewPeople = p.out.NewPeople[:fresh-1]
	p.drafts = slices.DeleteFunc(p.drafts, func(d draft) bool { return d.fresh == fresh })
	for n := range p.subs {
		if p.subs[n].fresh == fresh {
			p.subs[n] = subject{}
		}
	}
}

func (p *pass) subjectOf(s subject) int {
	p.subs = append(p.subs, s)
	return len(p.subs) - 1
}
