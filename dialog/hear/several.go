package hear

import (
	"slices"
	"sort"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// join makes one subject of two that are listed: 张大有和李秀英, 小军、小花.
// What is not certain of either stays with it.
func (p *pass) joinSubjects(a, b int) subject {
	x, y := p.subs[a], p.subs[b]
	if x.certain() && y.certain() {
		people := append(slices.Clone(x.people), y.people...)
		sort.Ints(people)
		return subject{people: slices.Compact(people), every: true}
	}
	y.also = append(append(slices.Clone(y.also), a), x.also...)
	return y
}

// certain: everybody of the subject is meant, and is of the roster.
func (s subject) certain() bool {
	return s.fresh == 0 && s.ref == "" && len(s.also) == 0 && !s.here && (len(s.people) == 1 || s.every && len(s.people) > 0)
}

// several: more than one person is meant for sure.
func (s subject) several() bool { return s.every && len(s.people) > 1 || len(s.also) > 0 }

// listedWith is the last token before i that speaks of a person and is joined to
// i by nothing but 和 and separators, -1 when there is none.
func (p *pass) listedWith(i int) int {
	if p.listing && !p.joinedByAnd(i) {
		return -1
	}
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		t := &p.toks[j]
		switch {
		case p.subject[j] >= 0 && t.use == helped && (t.kind == person || t.kind == newname || t.is(kin|pair|pron) || t.word.said() == "我"):
			return j
		case t.kind == mark && t.brk == 0, t.kind == mark && t.brk == 1 && p.onlyPeople(j-1):
		case t.is(fill) && p.joins(j), p.isPeople(j) && p.toks[i].is(kin):
		default:
			return -1
		}
	}
	return -1
}

func (p *pass) joinedByAnd(i int) bool {
	return i > 0 && p.toks[i-1].is(fill) && p.joins(i-1) || i > 0 && p.toks[i-1].kind == mark && p.toks[i-1].brk == 0
}

// joins: the filler joins two people.
func (p *pass) joins(i int) bool {
	switch p.toks[i].word.text {
	case "和", "跟", "与", "及", "以及", "还有", "加", "加上", "同", "外加", "又":
		return true
	}
	return false
}

// onlyPeople: the clause of token i says nothing but who is meant.
func (p *pass) onlyPeople(i int) bool {
	if i < 0 {
		return false
	}
	for j := p.cls[p.clauseOf[i]].from; j <= i; j++ {
		t := &p.toks[j]
		if !(t.kind == person || t.is(kin|pair|pron) && t.use == helped || t.is(fill) && p.joins(j) || t.kind == mark && t.brk == 0) {
			return false
		}
	}
	return true
}

// couple is the subject of 两口子, 母女俩: the two of the roster, or those who
// were just named when they are two.
func (p *pass) couple(i, cur int) (subject, int, bool) {
	if j := p.listedWith(i); cur >= 0 && j >= 0 && (p.subs[cur].several() || p.subject[j] != cur) {
		return p.subs[cur], i, true // 张大有李秀英两口子
	}
	if p.parents(i) && (p.listing || cur >= 0 && p.relationOf(p.subs[cur]) != "head") {
		p.unread(i, i, WhyUnknown, nil) // of whom? 小花是留守儿童，爹妈都在外头
		return subject{}, i, false
	}
	if len(p.c.People) == 0 {
		if cur >= 0 {
			return p.subs[cur], i, true
		}
		p.toks[i].use = helped
		return subject{}, i, false
	}
	var any []int
	for _, row := range p.toks[i].word.pairs {
		a, b := p.oneOf(row[0]), p.oneOf(row[1])
		if len(a) == 1 && len(b) == 1 {
			return subject{people: []int{a[0], b[0]}, every: true}, i, true
		}
		if len(a) > 0 && len(b) > 0 {
			any = append(append(any, a...), b...)
		}
	}
	return subject{people: any}, i, true
}

// withSpouse are the two of 小军两口子; whom the roster does not know is said.
func (p *pass) withSpouse(owner subject, i int) (subject, bool) {
	who := p.c.People[owner.people[0]]
	if !slices.ContainsFunc(p.toks[i].word.pairs, func(row []string) bool { return slices.Contains(row, "head") && slices.Contains(row, "spouse") }) {
		return subject{}, false // 小军母子俩
	}
	key := ofOwner[who.Relation]["spouse"]
	if who.Relation == "head" {
		key = "spouse"
	}
	switch spouse := p.withRelation(key); {
	case key == "":
		return subject{}, false
	case len(spouse) == 1:
		return subject{people: []int{owner.people[0], spouse[0]}, every: true}, true
	default:
		p.unread(i, i, WhyUnknown, nil)
		return owner, true
	}
}

// parents: the word names somebody's father and mother.
func (p *pass) parents(i int) bool {
	w := p.toks[i].word
	return len(w.pairs) == 1 && len(w.pairs[0]) == 2 && w.pairs[0][0] == "father" && w.pairs[0][1] == "mother"
}

// oneOf are the people of a relation, which may end with the sex they have.
func (p *pass) oneOf(relation string) []int {
	key := strings.TrimRight(relation, "MF")
	return slices.DeleteFunc(p.withRelation(key), func(i int) bool {
		sex := p.c.People[i].Sex
		return key != relation && sex != "" && !strings.HasSuffix(relation, sex)
	})
}

// counted: 三个娃, 两个儿子, 两个老人. The number says that all of them are meant.
func (p *pass) counted(s subject, i int) subject {
	j := i - 1
	if s.fresh == 0 && j >= 0 && p.isPeople(j) && p.toks[j].use == free {
		if p.toks[j].q.Value == zh.Whole(len(s.people)) {
			s.every = true
		}
		p.toks[j].use = helped
		if len(s.people) > 0 && p.toks[j].q.Value > zh.Whole(len(s.people)) {
			p.unread(j, i, WhyUnknown, nil) // 两个儿子 where one is known
		}
	}
	return s
}

// theyTwo: 他们俩, 她俩, 他们三个 are the last so many people spoken of.
func (p *pass) theyTwo(i int) (subject, int, bool) {
	n, end := 0, i
	if i+1 < len(p.toks) && p.isPeople(i+1) && !p.toks[i+1].gap {
		n, _ = p.toks[i+1].q.Value.Int()
		end = i + 1
	}
	if p.toks[i].is(two) {
		n = 2
	}
	if n == 0 {
		return subject{}, i, false
	}
	for k := len(p.subs) - 1; k >= 0; k-- {
		if s := p.subs[k]; s.every && len(s.people) == n {
			return s, end, true
		}
	}
	if s, ok := p.lastFresh(n); ok {
		return s, end, true
	}
	var last []int
	for k := len(p.subs) - 1; k >= 0 && len(last) < n; k-- {
		if s := p.subs[k]; s.certain() && len(s.people) == 1 && !slices.Contains(last, s.people[0]) {
			last = append(last, s.people[0])
		}
	}
	if len(last) == n {
		sort.Ints(last)
		return subject{people: last, every: true}, end, true
	}
	return subject{people: p.everybody(), every: n == len(p.c.People)}, end, len(p.c.People) > 0
}

// lastFresh are the last n new people: 张大有 52 李秀英 50 两个都在家种地.
func (p *pass) lastFresh(n int) (subject, bool) {
	var s subject
	seen := map[int]bool{}
	for k := len(p.subs) - 1; k >= 0 && len(s.also) < n; k-- {
		if f := p.subs[k].fresh; f > 0 && !seen[f] && len(p.subs[k].also) == 0 {
			seen[f] = true
			s.also = append(s.also, k)
		}
	}
	s.every = true
	return s, len(s.also) == n
}
