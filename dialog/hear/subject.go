package hear

import (
	"slices"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// subject is whom words are about.
type subject struct {
	people []int  // roster indexes; one: certain; several: all of them, or one of them
	every  bool   // all of people are meant
	fresh  int    // 1 + index into out.NewPeople
	here   bool   // holds in its clause only: 除了…都
	ref    string // a person of the open question who is not in the roster
	also   []int  // other subjects that are meant, too: 张大有和玉香
	left   []int  // those whom 除了 leaves out
	last   int    // the token that speaks of them
}

// subjects finds for every token whom it is about: the last one spoken of
// before it, or the first one in its clause.
func (p *pass) subjects() {
	p.subject = make([]int, len(p.toks))
	for i := range p.subject {
		p.subject[i] = -1
	}
	p.frame()
	cur, lasting := -1, -1
	lastClause, firstInClause := 0, false
	for i := 0; i < len(p.toks); i++ {
		if c := p.clauseOf[i]; c != lastClause {
			lastClause, firstInClause = c, false
			if cur >= 0 && p.subs[cur].here {
				cur = lasting
			}
		}
		s, end, ok := p.mention(i, cur)
		if !ok {
			p.subject[i] = cur
			continue
		}
		s.last = end
		p.subs = append(p.subs, s)
		before := cur
		cur = len(p.subs) - 1
		if j := p.listedWith(i); j >= 0 && !p.toks[i].is(all|but|butend) && !s.here && p.subject[j] != cur {
			p.list(j, end)
			cur = len(p.subs) - 1
		}
		if !s.here {
			lasting = cur
		}
		for j := i; j <= end; j++ {
			p.subject[j] = cur
			p.toks[j].use = max(p.toks[j].use, helped)
		}
		if !firstInClause && before < 0 {
			for j := p.cls[lastClause].from; j < i; j++ {
				p.subject[j] = cur
			}
		}
		firstInClause = true
		lastClause = p.clauseOf[end] // 除了小花，其他人都 goes over a comma
		i = end
	}
	if cur >= 0 {
		if s := p.subs[cur]; len(s.people) == 1 && !s.every {
			p.out.About = p.c.People[s.people[0]].Ref
		}
	}
}

// list joins the subject of token j with the one of i, the last of p.subs.
func (p *pass) list(j, end int) {
	old := p.subject[j]
	s := p.joinSubjects(old, len(p.subs)-1)
	s.last = end
	p.subs = append(p.subs, s)
	for k := j; k >= 0 && k >= j-reach; k-- {
		if p.subject[k] == old {
			p.subject[k] = len(p.subs) - 1
		}
	}
}

// reach bounds how many tokens 除了 and 都 look around for people, so that a
// reading stays linear in its text.
const reach = 40

// mention reads a person at token i: the subject, and the last token of it.
func (p *pass) mention(i, cur int) (subject, int, bool) {
	t := &p.toks[i]
	if s, end, ok := p.oneOfShare(i, cur); ok {
		return s, end, true
	}
	switch {
	case t.use != free:
		return subject{}, i, false
	case t.kind == person:
		return p.possessed(subject{people: t.people}, i)
	case t.is(pair):
		return p.couple(i, cur)
	case t.is(two|all|pron) && p.theyFew(i):
		return p.theyTwo(i)
	case t.is(pron) && !t.is(kin):
		s, ok := p.pronoun(cur)
		if !ok {
			return p.possessed(subject{people: p.withRelation("head")}, i)
		}
		return p.possessed(s, i)
	case p.iMyself(i, cur):
		return subject{people: p.withRelation("head")}, i, true
	case t.is(but):
		return p.except(i)
	case t.is(butend) && (strings.ContainsAny(t.word.text, "人余剩别") || p.membersOpen()):
		return p.others(), i, len(p.c.People) > 0
	case t.is(all) && cur >= 0 && i == p.cls[p.clauseOf[i]].from && strings.HasPrefix(t.word.text, "都") && p.subs[cur].several() && !p.subs[cur].here:
		return p.subs[cur], i, true // 两口子没病，都参保
	case t.is(all) && p.ofOne(i, cur):
		return p.subs[cur], i, true
	case t.is(all):
		return p.everyone(i)
	case t.is(kin) && p.livesWith(i, cur):
		p.toks[i].use = helped
		return p.subs[cur], i, true
	case t.is(kin) && cur >= 0 && i > 1 && p.is(i-1) && p.toks[i-2].kind == person:
		return p.subs[cur], i, true // 玉波是他媳妇: she is known
	case t.is(kin) && p.tellsRelation(i, cur):
		return p.subs[cur], i, true
	case t.is(kin) && p.relationTold(i):
		return subject{}, i, false
	case t.is(kin) && p.headOwns(i):
		p.toks[i].use = helped
		return p.kinAt(i+1, cur, "head")
	case t.is(kin):
		s, end, ok := p.kinAt(i, cur, "")
		if ok {
			s = p.counted(s, i)
		}
		if ok && end == i {
			p.countKin(s, i)
		}
		return s, end, ok
	case t.kind == newname:
		return p.named(i)
	}
	return subject{}, i, false
}

// iMyself: 媳妇有糖尿病，我身体好. Where others were spoken of, 我 is the head.
func (p *pass) iMyself(i, cur int) bool {
	t := &p.toks[i]
	if !t.is(fill) || t.word.text != "我" || p.listing || len(p.withRelation("head")) != 1 {
		return false
	}
	next := i + 1
	joined := next < len(p.toks) && p.toks[next].is(fill) && p.joins(next)
	return cur >= 0 && i == p.cls[p.clauseOf[i]].from && next < len(p.toks) && !p.toks[next].is(kin|fill) || joined || p.listedWith(i) >= 0
}

// livesWith: 何宇轩10岁跟奶奶在老家读四年级 is said of the child.
func (p *pass) livesWith(i, cur int) bool {
	if !p.listing || cur < 0 || i == 0 || !p.toks[i-1].is(fill) || i+1 >= len(p.toks) || p.toks[i+1].kind == newname || p.ageFollows(i) {
		return false
	}
	return strings.Contains("跟随由", p.toks[i-1].word.text) && p.clauseOf[p.subs[cur].last] == p.clauseOf[i]
}

// tellsRelation: 李秀英 女 50 配偶 tells what the one named before is.
func (p *pass) tellsRelation(i, cur int) bool {
	if cur < 0 || p.toks[i].word.text == "女" || p.subs[cur].fresh == 0 || p.isHeadWord(i) || p.toks[i].e-p.toks[i].s <= 3 && !p.listing {
		return false
	}
	if p.namedAfter(i, i+1) || p.headBetween(p.subs[cur].last, i) || p.ageFollows(i) && p.aged(p.subs[cur].last, i) || p.ownEntry(i) || p.thereIs(i) || p.opens(i) && p.aged(p.subs[cur].last, i) {
		return false
	}
	fresh := p.subs[cur].fresh
	if p.out.NewPeople[fresh-1].Name == "" || !p.listing && (i == 0 || p.toks[i-1].kind != newname) {
		return false
	}
	for _, d := range p.drafts {
		if d.fresh == fresh && d.Path == "m.relation" {
			return false
		}
	}
	w := p.toks[i].word
	p.putFresh(fresh, i, i, "relation", w.kin[0], 0)
	if w.sex != "" {
		p.putFresh(fresh, i, i, "sex", w.sex, 0)
	}
	return true
}

// ownEntry: the word of kinship speaks of somebody else than the one named before
// it, since another one with its name follows: 刀正芳 40 男人去世了 儿子刀岩应, or the
// rest of the text is theirs: 张大有52岁 媳妇有病.
func (p *pass) ownEntry(i int) bool {
	if !p.listing || i > 0 && (p.toks[i-1].kind == newname || p.toks[i-1].kind == mark && i > 1 && p.toks[i-2].kind == newname) || i+1 < len(p.toks) && p.toks[i+1].kind == mark {
		return false
	}
	if next := i + 1; next < len(p.toks) && p.toks[i].gap && !p.toks[next].gap {
		return true // 李发祥 42 老婆跑了
	}
	for j := i + 1; j < len(p.toks); j++ {
		switch t := &p.toks[j]; {
		case t.kind == newname, t.kind == person:
			return false
		case t.is(kin) && !p.isHeadWord(j) && t.e-t.s > 3:
			return true
		}
	}
	return i+1 < len(p.toks) && !p.toks[i+1].gap && (p.toks[i].gap || p.toks[i].word.kin[0] == "spouse" && len(p.out.NewPeople) == 1)
}

// opens: token i begins a clause that goes on: 杨老伍58，媳妇跟人跑了.
func (p *pass) opens(i int) bool {
	next := i + 1
	if p.cls[p.clauseOf[i]].from != i || next >= len(p.toks) || p.clauseOf[next] != p.clauseOf[i] {
		return false
	}
	t := &p.toks[next]
	return t.kind != mark && t.kind != newname && t.kind != amount && !unicode.IsDigit(firstRune(p.Text[t.s:]))
}

// thereIs: 周小军读高一，还有个老母亲 is somebody else.
func (p *pass) thereIs(i int) bool {
	before := strings.TrimRight(p.Text[p.toks[p.cls[p.clauseOf[i]].from].s:p.toks[i].s], " ")
	return strings.HasSuffix(before, "个") || strings.HasSuffix(before, "有")
}

// headBetween: 赵开德 户主 婆娘54瘸. The one named is the head: no word of kinship is theirs.
func (p *pass) headBetween(from, to int) bool {
	for j := max(0, from); j < to; j++ {
		if p.toks[j].is(kin) && p.isHeadWord(j) {
			return true
		}
	}
	return false
}

// aged: an age was told between two tokens.
func (p *pass) aged(from, to int) bool {
	for j := max(0, from); j < to; j++ {
		if p.mayBeAge(j) || p.toks[j].kind == date {
			return true
		}
	}
	return false
}

// pronoun is whom 他 means: the last one spoken of in this text, or before it.
func (p *pass) pronoun(cur int) (subject, bool) {
	if cur >= 0 {
		return p.subs[cur], true
	}
	for i, who := range p.c.People {
		if who.Ref == p.c.About && who.Ref != "" {
			return subject{people: []int{i}}, true
		}
	}
	return subject{}, false
}

// possessed reads what may follow a person: 小军媳妇, 小军的姑娘.
func (p *pass) possessed(owner subject, i int) (subject, int, bool) {
	j := i + 1
	if j < len(p.toks) && p.toks[j].is(fill) && (p.toks[j].word.text == "的" || p.toks[j].word.text == "家") {
		j++
	}
	if j < len(p.toks) && p.toks[j].is(kin) && !p.toks[j].gap && len(owner.people) == 1 && !owner.every && !p.isHeadWord(j) {
		if s, end, ok := p.kinAt(j, -1, p.c.People[owner.people[0]].Relation); ok {
			return s, end, true
		}
	}
	if j < len(p.toks) && p.toks[j].is(pair) && !p.toks[j].gap && len(owner.people) == 1 && !owner.every {
		if s, ok := p.withSpouse(owner, j); ok {
			return s, j, true
		}
	}
	return owner, i, len(owner.people) > 0 || owner.fresh > 0
}

// headOwns: 户主姑娘, 户主的老妈. Behind a name 户主 says what that one is instead.
func (p *pass) headOwns(i int) bool {
	next := i + 1
	if next < len(p.toks) && p.toks[next].is(fill) && p.toks[next].word.text == "的" {
		p.toks[next].use = helped
	}
	if !p.isHeadWord(i) || next >= len(p.toks) || !p.toks[next].is(kin) || p.toks[next].gap || p.isHeadWord(next) || p.toks[next].e-p.toks[next].s <= 3 {
		return false
	}
	return i == 0 || p.toks[i].gap || p.toks[i-1].kind != newname && p.toks[i-1].kind != person
}

func (p *pass) isHeadWord(j int) bool {
	k := p.toks[j].word.kin
	return len(k) == 1 && k[0] == "head"
}

// headSaid: the second word of the roster is 户主.
func (p *pass) headSaid() bool {
	for i := range min(3, len(p.toks)) {
		if p.toks[i].is(kin) && p.isHeadWord(i) {
			return true
		}
	}
	return false
}

// named reads a new name without kinship before it: the name of the household
// (李阿普家, or the first word of a quick entry), or a new person when what
// follows is said of a person.
func (p *pass) named(i int) (subject, int, bool) {
	name := p.Said(p.toks[i].s, p.toks[i].e)
	next := i + 1
	if next < len(p.toks) && p.toks[next].is(fill) && p.toks[next].word.text == "家" && !p.toks[next].gap {
		p.out.House = name
		return subject{people: p.withRelation("head")}, next, true
	}
	if _, ok := zh.ReadName(name); !ok {
		return subject{}, i, false
	}
	if p.more > 0 && i > 0 && (p.listing && p.toks[i-1].use == free || p.personFollows(next)) { // the next of 孙子两个
		p.more--
		return p.fresh(i, name, nil, p.moreKin, true), i, true
	}
	if s, ok := p.namedLater(i, name); ok {
		return s, i, true
	}
	if p.selfNamed(i) {
		return p.fresh(i, name, nil, []string{p.speaker}, true), i, true
	}
	if p.listing || p.personFollows(next) {
		return p.fresh(i, name, nil, p.sameKin(i), true), i, true
	}
	if p.beginsText(i) && !strings.HasPrefix(name, "小") && !strings.HasPrefix(name, "老") {
		p.out.House = name
		p.house = i
		return subject{people: p.withRelation("head")}, i, true
	}
	return subject{}, i, false
}

// beginsText: nothing but a group, 改 or 记 stands before a token.
func (p *pass) beginsText(i int) bool {
	for j := range i {
		t := &p.toks[j]
		if !t.is(fix|command|fill) && !(t.kind == amount && t.q.Dim == zh.Ordinal) && t.kind != mark && !slices.Contains(labelsOf(t), "household.group") {
			return false
		}
	}
	return true
}

// sameKin: the second name of 两个儿子张小军张小明 has the relation of the first.
func (p *pass) sameKin(i int) []string {
	j, several := i-1, false
	for j >= 0 && (p.toks[j].kind == newname || p.toks[j].kind == mark && p.toks[j].brk == 0 || p.toks[j].is(fill)) {
		several = several || p.toks[j].kind == newname
		j--
	}
	if j > 0 && p.isPeople(j) && p.toks[j-1].is(kin) { // 孙子两个
		p.toks[j].use = helped
		return p.toks[j-1].word.kin[:1]
	}
	if j < 1 || !several || !p.toks[j].is(kin) || p.toks[j-1].kind != amount || p.toks[j-1].q.Value <= zh.One {
		return nil
	}
	p.toks[j-1].use = helped
	return p.toks[j].word.kin[:1]
}

// personFollows: what follows a new name is said of a person.
func (p *pass) personFollows(i int) bool {
	for ; i < len(p.toks) && p.toks[i].is(fill) && !p.toks[i].is(set|label|kin); i++ {
	}
	if i >= len(p.toks) {
		return false
	}
	t := &p.toks[i]
	if t.kind == amount {
		return t.q.Dim == zh.Age || (t.q.Dim == zh.Plain || t.q.Dim == zh.Ordinal) && p.personFollows(i+1)
	}
	if t.is(label) && related(t.word.labels[0], "member.disab_level") || t.is(kin|sickness|work|read|stage|born|place) || t.kind == idno {
		return true
	}
	if t.is(set) {
		for _, v := range t.word.sets {
			if strings.HasPrefix(v.path, "member.") {
				return true
			}
		}
	}
	return false
}
