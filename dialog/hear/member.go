package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readPeople reads what people are: sex, age, birth, head of the household, the
// number of the household's people and workers.
func (p *pass) readPeople() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.use == helped && t.is(kin) && p.isHeadWord(i) && i+1 < len(p.toks) && p.toks[i+1].is(fix) {
			p.readHead(i)
		}
		if t.use != free {
			continue
		}
		switch {
		case t.is(kin) && p.isHeadWord(i):
			p.readHead(i)
		case t.kind == known && (t.word.text == "男" || t.word.text == "女"):
			p.readSex(i)
		case t.kind == amount && t.q.Dim == zh.Age:
			p.readAge(i)
		case t.kind == amount && t.q.Dim == zh.Plain:
			p.readBareAge(i)
		case p.isPeople(i) || t.kind == amount && t.q.Dim == zh.Count && strings.Contains("劳", t.q.Unit):
			p.readCounts(i)
		case (p.listing || p.afterSex(i)) && t.kind == date && p.subject[i] >= 0 && !p.sinceThen(i) && !p.bornNear(i) && !p.ageFollows(i):
			p.putBirth(i, i, p.Text[t.s:t.e])
		case t.is(born):
			p.readBorn(i)
		case t.kind == raw:
			p.readPeoples(i)
		}
	}
}

// readHead: 张大有 户主, 户主换成他儿子李强.
func (p *pass) readHead(i int) {
	if !p.may("member.relation") {
		return
	}
	j := i + 1
	for j < len(p.toks) && p.toks[j].is(fix|fill) {
		j++
	}
	if j < len(p.toks) && j > i+1 && p.toks[j-1].is(fix) || j < len(p.toks) && p.toks[j].kind == person && !p.toks[j].gap {
		p.subject[i] = p.subject[p.lastMention(i)]
	}
	if s := p.subject[i]; s >= 0 && (p.subs[s].fresh > 0 || len(p.subs[s].people) == 1) {
		if n := p.subs[s].people; len(n) == 1 && p.c.People[n[0]].Relation == "head" {
			p.toks[i].use = helped
			return
		}
		p.dropRelation(p.subs[s].fresh)
		p.put(i, i, "member.relation", "head", 0)
		p.mark(i, max(i, j-1), claimed)
	}
}

// lastMention is the last token of the clause that speaks of a person.
func (p *pass) lastMention(i int) int {
	c := p.cls[p.clauseOf[i]]
	for j := c.to - 1; j > i; j-- {
		if p.toks[j].kind == person || p.toks[j].kind == newname || p.toks[j].is(kin) {
			return j
		}
	}
	return i
}

// dropRelation takes back the relation a word of kinship gave a new person.
func (p *pass) dropRelation(fresh int) {
	out := p.drafts[:0]
	for _, d := range p.drafts {
		if fresh == 0 || d.fresh != fresh || d.Path != "m.relation" {
			out = append(out, d)
		}
	}
	p.drafts = out
}

// readPeoples: 男，43，彝 in a roster. A sign alone between separators names a people.
func (p *pass) readPeoples(i int) {
	t := &p.toks[i]
	alone := (i == 0 || p.toks[i-1].kind == mark || t.gap) && (i+1 == len(p.toks) || p.toks[i+1].kind == mark || p.toks[i+1].gap)
	if !p.listing || !alone || t.e-t.s != 3 || p.subject[i] < 0 {
		return
	}
	if key, ok := item(p.r.profile, "ethnic", p.Text[t.s:t.e]+"族"); ok {
		p.put(i, i, "member.ethnic", key, 0)
	}
}

func (p *pass) readSex(i int) {
	if p.may("member.sex") && (p.subject[i] >= 0 || p.asks("member.sex")) {
		key, _ := item(p.r.profile, "sex", p.toks[i].word.text)
		p.put(i, i, "member.sex", key, 0)
	}
}

// readAge: an age that agrees with what is known tells nothing new.
func (p *pass) readAge(i int) {
	if !p.may("member.birth") {
		return
	}
	to := i
	if i+1 < len(p.toks) && p.toks[i+1].is(fill) && p.Text[p.toks[i+1].s:p.toks[i+1].e] == "了" {
		to++
	}
	if from := p.youngerBy(i); from < i {
		p.unread(from, to, WhyUnknown, nil)
		return
	}
	n, whole := p.toks[i].q.Value.Int()
	if n > 120 || n < 0 {
		p.unread(i, to, WhyImpossible, p.guessAt(i, to, "member.birth"))
		return
	}
	if whole && p.knownAge(i, n) && !p.asks("member.birth") && !p.cls[p.clauseOf[i]].replace {
		p.mark(i, to, helped)
		return
	}
	p.putBirth(i, to, p.Text[p.toks[i].s:p.toks[i].e])
}

// sinceThen: 婆婆前年走的. A year told by its distance from today is no birth, unless a
// child was born.
func (p *pass) sinceThen(i int) bool {
	return p.toks[i].date.Relative && !p.afterSex(i)
}

// youngerBy is the first token of 小他三岁 and 比我大两岁, i when the age is told.
func (p *pass) youngerBy(i int) int {
	c := p.cls[p.clauseOf[i]]
	for j := i - 1; j >= c.from && j >= i-4; j-- {
		s := p.Text[p.toks[j].s:p.toks[i].s]
		if _, than, ok := strings.Cut(s, "比"); ok && (strings.HasSuffix(than, "大") || strings.HasSuffix(than, "小")) {
			return j
		}
		if (s == "大" || s == "小") && j == i-1 && j > 0 && (p.toks[j-1].kind == person || p.toks[j-1].kind == newname || p.toks[j-1].is(kin)) {
			return j // 老婆何秀兰小两岁
		}
		if r := []rune(s); len(r) == 2 && strings.ContainsRune("大小", r[0]) && strings.ContainsRune("他她我", r[1]) {
			return j
		}
	}
	return i
}

func (p *pass) knownAge(i, n int) bool {
	s := p.about(i)
	if s.fresh > 0 || len(s.people) != 1 {
		return false
	}
	age := p.c.People[s.people[0]].Age
	return age >= 0 && age-n <= 1 && n-age <= 1
}

func (p *pass) putBirth(from, to int, said string) {
	d, problem := zh.ReadBirth(said, p.c.Now)
	if problem == zh.DateUnread {
		return
	}
	if d.Relative && p.nominal(&from, &to) {
		d.Year++ // 虚岁六十
	}
	if problem != zh.DateOK || p.c.Now.Year()-d.Year > 120 || d.First().After(p.c.Now) {
		p.unread(from, to, WhyImpossible, p.guessAt(from, to, "member.birth"))
		return
	}
	o := dateOpt(d)
	if d.Precision == zh.Year {
		o |= approx
	}
	p.put(from, to, "member.birth", d.String(), o)
}

// readBareAge: 李老大 63, 男52. A bare number just after a person or their sex.
func (p *pass) readBareAge(i int) {
	t := &p.toks[i]
	n, whole := t.q.Value.Int()
	if !whole || n < 1 || n > 110 || i == 0 || !p.may("member.birth") || p.subject[i] < 0 {
		return
	}
	prev := &p.toks[i-1]
	for j := i - 1; p.listing && j > 0 && prev.kind == mark; j-- {
		prev = &p.toks[j-1]
	}
	if (p.listing || p.subs[p.subject[i]].fresh > 0 && (prev.kind == mark || prev.is(kin))) && p.aloneAge(i) {
		p.putBirth(i, i, p.Text[t.s:t.e]+"岁")
		return
	}
	thisYear := prev.kind == date && p.Text[prev.s:prev.e] == "今年"
	if p.knownAge(i, n) && (prev.kind == person || prev.kind == newname || thisYear) {
		t.use = helped
		return
	}
	if prev.kind == person || prev.kind == newname || thisYear || prev.is(kin) || prev.is(fill) && prev.word.text == "虚岁" || prev.kind == known && (prev.word.text == "男" || prev.word.text == "女") {
		p.putBirth(i, i, p.Text[t.s:t.e]+"岁")
		if len(p.drafts) > 0 {
			p.drafts[len(p.drafts)-1].Approx = true
		}
	}
}

// aloneAge: in a roster 马建国 户主 回族 50 the number that stands alone behind
// what somebody is is their age, when none was told.
func (p *pass) aloneAge(i int) bool {
	c := p.cls[p.clauseOf[i]]
	prev := &p.toks[i-1]
	if i+1 < c.to && !p.toks[i+1].gap && p.toks[i+1].kind == raw || !(prev.is(set|stage|kin|zodiac|fill) || prev.kind == mark) || prev.is(place|label) {
		return false
	}
	for j := range p.toks {
		if t := &p.toks[j]; j != i && p.subject[j] == p.subject[i] && (p.mayBeAge(j) && j > i || t.kind == date && p.Text[t.s:t.e] != "今年" || t.kind == idno) {
			return false
		}
	}
	for n := range p.drafts {
		if p.isBirthOf(&p.drafts[n], i) {
			return false
		}
	}
	return true
}

// readBorn: 1972年3月生, 生日1972-03-05.
func (p *pass) readBorn(i int) {
	if !p.may("member.birth") {
		return
	}
	if i+1 < len(p.toks) && p.toks[i].word.text == "生" && p.toks[i+1].is(fill) && p.hasKinAfter(i) {
		return // 去年生了个儿子: somebody else was born
	}
	for _, j := range []int{i - 1, i + 1, i + 2} {
		if j >= 0 && j < len(p.toks) && p.toks[j].use == free && (p.toks[j].kind == date || p.toks[j].kind == amount && p.toks[j].q.Dim == zh.Calendar) && p.clauseOf[j] == p.clauseOf[i] {
			p.putBirth(min(i, j), max(i, j), p.Text[p.toks[j].s:p.toks[j].e])
			return
		}
	}
}

func (p *pass) hasKinAfter(i int) bool {
	for j := i; j < p.cls[p.clauseOf[i]].to; j++ {
		if p.toks[j].is(kin) {
			return true
		}
	}
	return false
}

// readCounts: 五口人两个劳力 are computed from the members, never set.
func (p *pass) readCounts(i int) {
	t := &p.toks[i]
	path, to := "household.member_count", i
	if strings.Contains(t.q.Unit, "劳") {
		path = "household.labor_count"
	} else if i+1 < len(p.toks) {
		next := &p.toks[i+1]
		switch s := p.Text[next.s:next.e]; {
		case strings.HasPrefix(s, "劳") || next.is(label) && strings.Contains(s, "劳"):
			path, to = "household.labor_count", i+1
		case t.q.Value == zh.One:
			t.use = helped // 老妈一个人
			return
		case next.is(kin):
			t.use = helped // 三个娃
			return
		case next.is(all) || p.near(i, all|set) && p.subject[i] >= 0 && p.subs[p.subject[i]].every:
			t.use = helped // 4口全参保
		case next.is(set|kin|species) || t.q.Unit == "个":
			return
		}
	} else if t.q.Unit == "个" {
		if t.q.Value == zh.One && i > 0 && p.toks[i-1].use == helped && p.subject[i-1] >= 0 {
			t.use = helped // 只有老妈一个
		}
		return
	}
	d := p.draftOf(i, to, path, hundredths(t.q.Value), 0)
	d.Approx = t.q.Approx
	p.out.Stated = append(p.out.Stated, d.Fact)
	p.mark(i, to, claimed)
	p.cls[p.clauseOf[i]].fact = true
}

// afterSex: 孙军 男 1956年3月3日, a whole date right behind the sex, or the date of
// a child who was told to be born.
func (p *pass) afterSex(i int) bool {
	for j := i - 2; j >= max(0, i-3) && p.toks[i-1].kind == newname && p.may("member.birth"); j-- {
		if p.toks[j].is(kin) && p.bornBefore(j) {
			return true // 添了个孙女叫张小美 2018年5月
		}
	}
	return i > 0 && p.toks[i].date.Precision == zh.Day && p.toks[i-1].kind == known && (p.toks[i-1].word.text == "男" || p.toks[i-1].word.text == "女") && p.may("member.birth")
}

// bornNear: another rule will read the date: 出生, 去世.
func (p *pass) bornNear(i int) bool {
	for j := max(p.cls[p.clauseOf[i]].from, i-4); j < min(p.cls[p.clauseOf[i]].to, i+3); j++ {
		if p.toks[j].is(born) || p.toks[j].is(set) && p.toks[j].word.says("member.sex") == nil && !p.toks[j].is(kin) && !(p.listing && p.toks[j].word.says("member.change_type") == nil) {
			return true
		}
	}
	return false
}
