package hear

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// ofOwner is the relation to the head of somebody's kin: the son's wife is a
// daughter-in-law. What is not listed stays uncertain.
var ofOwner = map[string]map[string]string{
	"son":             {"spouse": "daughter_in_law", "son": "grandson", "daughter": "granddaughter", "grandson": "great_grandson"},
	"daughter":        {"spouse": "son_in_law", "son": "grandson_f", "daughter": "granddaughter_f"},
	"spouse":          {"spouse": "head", "son": "son", "daughter": "daughter"},
	"grandson":        {"spouse": "other", "son": "great_grandson", "daughter": "great_granddaughter"},
	"father":          {"spouse": "mother"},
	"mother":          {"spouse": "father"},
	"sibling":         {"spouse": "siblings_wife", "son": "nephew", "daughter": "niece"},
	"grandfather":     {"spouse": "grandmother"},
	"daughter_in_law": {"spouse": "son", "son": "grandson", "daughter": "granddaughter"},
	"son_in_law":      {"spouse": "daughter", "son": "grandson_f", "daughter": "granddaughter_f"},
}

// kinAt reads a word of kinship, with the name that may follow it.
func (p *pass) kinAt(i, cur int, owner string) (subject, int, bool) {
	t := &p.toks[i]
	single := t.e-t.s <= 3
	next := i + 1
	if next < len(p.toks) && p.toks[next].is(fill) && (strings.HasSuffix(p.toks[next].word.text, "叫") || p.listing && p.introduces(next)) {
		next++
	}
	next = p.behindCount(next)
	hasName := p.namedAfter(i, next)
	p.expect(i, next)
	if single && !hasName && (!p.kinStands(i) || t.word.text == "女") {
		return subject{}, i, false
	}
	if owner == "" {
		owner = p.ofPronoun(t.word, cur)
	}
	if p.strangersKin(t.word, owner) && !hasName {
		p.putAside(&p.cls[p.clauseOf[i]], WhyUnknown)
		return subject{}, i, false
	}
	if owner == "" && cur >= 0 && p.bornBefore(i) {
		owner = p.relationOf(p.subs[cur])
	}
	owner, unsure := p.spouseOf(t.word, i, cur, owner)
	if child := p.childsSpouse(t.word, cur); child != "" {
		owner, unsure = child, true
	}
	view, inView := p.viewed(i, cur)
	if owner == "" && view != "" {
		owner, unsure = view, inView
	}
	relations, certain := p.kinRelations(t.word, owner)
	certain = certain && !unsure
	certain = certain || (owner == "" || owner == "head") && t.word.plain
	if p.isHeadWord(i) && !hasName && i > 0 && (p.toks[i-1].kind == newname || p.toks[i-1].kind == person) {
		return subject{}, i, false // 张大有 户主: a statement, read by the relation rule
	}
	if hasName {
		if p.toks[next].kind == person {
			return subject{people: p.toks[next].people}, next, true
		}
		return p.fresh(next, p.Said(p.toks[next].s, p.toks[next].e), t, relations, certain), next, true
	}
	people := p.matching(relations, t.word)
	if len(people) > 0 && p.further(i) && !p.sameAge(i, people) {
		return p.fresh(i, "", t, relations, certain), i, true
	}
	if len(people) > 0 {
		return subject{people: people}, i, true
	}
	if p.isHeadWord(i) {
		if p.unnamedHead(i) {
			return p.fresh(i, p.c.Head, t, relations, certain), i, true
		}
		return subject{}, i, false
	}
	if t.word.sex == "" && len(relations) > 1 && !certain {
		if len(p.c.People) > 0 {
			return subject{}, i, true // 老人, 娃: nobody fits, ask
		}
		relations = nil
	}
	return p.fresh(i, "", t, relations, certain), i, true
}

// behindCount: 孙子两个马云飞10岁, the name stands behind the number of them.
func (p *pass) behindCount(next int) int {
	if next+1 < len(p.toks) && p.listing && p.isPeople(next) && p.toks[next+1].kind == newname {
		p.toks[next].use = helped
		next++
	}
	return next
}

// ofPronoun is the relation of whom 他媳妇 and 她妈 are kin of, "" when the word has no
// such sign.
func (p *pass) ofPronoun(w *word, cur int) string {
	if r, _ := utf8.DecodeRuneInString(w.text); r == '他' || r == '她' {
		if s, ok := p.pronoun(cur); ok && (!s.every || len(s.people) == 1) {
			return p.relationOf(s)
		}
	}
	return ""
}

// strangersKin: 侄女 … 她爹妈不在了 speaks of nobody of the household.
func (p *pass) strangersKin(w *word, owner string) bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return (r == '他' || r == '她') && (owner == "niece" || owner == "nephew" || strings.HasSuffix(owner, "_in_law")) && ofOwner[owner][w.kin[0]] == ""
}

// spouseOf: after 小军去年结婚, 媳妇 is his when the head has a wife already; it
// is read back.
func (p *pass) spouseOf(w *word, i, cur int, owner string) (string, bool) {
	if owner != "" || p.listing || cur < 0 || w.kin[0] != "spouse" || len(p.withRelation("spouse")) == 0 {
		return owner, false
	}
	s := p.subs[cur]
	if len(s.people) != 1 || s.every {
		return owner, false
	}
	r := p.c.People[s.people[0]].Relation
	switch {
	case !p.tells(p.r.lex.married, i):
		return owner, false // 姑娘住校，媳妇腰杆痛: the head's
	case r == "son", r == "daughter" && w.sex != "F", r == "sibling":
		return r, true
	}
	return owner, false
}

// tells: one of the words stands before token i.
func (p *pass) tells(words []string, i int) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.Text[:p.toks[i].s], w) })
}

// bornBefore: 儿媳妇生了个儿子.
func (p *pass) bornBefore(i int) bool {
	for j := i - 1; j >= max(0, i-3); j-- {
		if s := p.Text[p.toks[j].s:p.toks[j].e]; p.toks[j].is(born|set) && strings.Contains(s, "生") || strings.HasPrefix(s, "添") {
			return true
		} else if !p.toks[j].is(fill) && p.toks[j].kind != amount {
			return false
		}
	}
	return false
}

// relationOf is the relation of a single person to the head, "" when unknown.
func (p *pass) relationOf(s subject) string {
	if len(s.people) == 1 && s.fresh == 0 {
		return p.c.People[s.people[0]].Relation
	}
	for _, d := range p.drafts {
		if s.fresh > 0 && d.fresh == s.fresh && d.Path == "m.relation" {
			return d.Value
		}
	}
	return ""
}

// childsSpouse: in a roster 大儿子张小军28媳妇王芳26 names his wife when the head
// is not spoken of, or has a wife already; it is read back.
func (p *pass) childsSpouse(w *word, cur int) string {
	if !p.listing || cur < 0 || w.kin[0] != "spouse" || p.subs[cur].fresh == 0 {
		return ""
	}
	child, head, spouse := "", false, false
	for _, d := range p.drafts {
		if d.Path != "m.relation" {
			continue
		}
		head = head || d.Value == "head"
		spouse = spouse || d.Value == "spouse"
		if d.fresh == p.subs[cur].fresh && (d.Value == "son" || d.Value == "daughter") {
			child = d.Value
		}
	}
	if head && !spouse || !head && p.out.NewPeople[0].Name != "" && p.subs[cur].fresh > 1 && !spouse {
		return ""
	}
	return child
}

// namedAfter: the name in token next belongs to the word of kinship in token i.
// In a roster of 张大有 户主 李秀英 配偶 it belongs to the next one instead.
func (p *pass) namedAfter(i, next int) bool {
	if next >= len(p.toks) || p.toks[next].item || p.toks[next].kind != newname && p.toks[next].kind != person {
		return false
	}
	if !p.toks[next].gap || next > i+1 {
		return true
	}
	if p.toks[next].kind == newname && p.bornBefore(i) {
		return true // 添了个孙子 张小宝
	}
	return (p.listing || len(p.c.People) == 0) && !p.relationsLast(i)
}

// relationsLast: the entries put the relation behind the name: 李秀英 配偶. The
// clause decides when it has several of both, otherwise the whole text does.
// 户主 says nothing, and 女 without a name behind it is a sex.
func (p *pass) relationsLast(i int) bool {
	if p.order == nil {
		p.order = make([]order, len(p.cls)+1)
		for j := range p.toks {
			for _, o := range [...]*order{&p.order[p.clauseOf[j]], &p.order[len(p.cls)]} {
				o.see(p, j)
			}
		}
	}
	o := p.order[p.clauseOf[i]]
	if o.names == 0 || o.kins == 0 {
		o = p.order[len(p.cls)]
	}
	return o.nameFirst && !o.nameLast && !(o.lastAged && o.nameKin == 0)
}

// order is how names and relations of a stretch follow each other.
type order struct {
	names, kins         int
	nameFirst, nameLast bool
	lastAged            bool // the last relation has an age behind it: 老妈 71 without a name
	nameKin             int  // names with the relation right behind them
}

func (o *order) see(p *pass, j int) {
	t := &p.toks[j]
	name := t.kind == newname || t.kind == person
	if !name && (!t.is(kin) || p.isHeadWord(j) || (t.word.text == "女" || t.word.text == "男") && !(j+1 < len(p.toks) && p.toks[j+1].kind == newname)) {
		return
	}
	o.nameFirst = o.names+o.kins == 0 && name || o.nameFirst && o.names+o.kins > 0
	o.nameLast, o.lastAged = name, !name && p.ageFollows(j)
	if !name && j > 0 && p.toks[j-1].kind == newname {
		o.nameKin++
	}
	if name {
		o.names++
	} else {
		o.kins++
	}
}

// kinStands: a single sign such as 儿 is a person only at the start of an entry
// of a roster or between separators.
func (p *pass) kinStands(i int) bool {
	before := i == 0 || p.toks[i].gap || p.toks[i-1].is(fill) && strings.ContainsAny(p.toks[i-1].word.text, "我他她你") || p.toks[i-1].kind == mark || p.toks[i-1].is(pron)
	w := p.toks[i].word.text
	if i > 0 && p.toks[i-1].is(fill) && strings.Contains("我 我家 我们", p.toks[i-1].word.text) && strings.Contains("哥弟姐妹", w) {
		return true // 我哥在外打工
	}
	return before && strings.Contains("妻爹妈儿父母爷奶", w) && (p.listing || i > 0 && p.toks[i-1].is(pron) || i+1 < len(p.toks) && !p.toks[i+1].is(kin))
}

func (p *pass) kinRelations(word *word, owner string) (relations []string, certain bool) {
	words := word.kin
	if owner == "" || owner == "head" {
		return words, len(words) == 1
	}
	if words[0] == "sibling" && (owner == "son" || owner == "daughter") && word.sex != "" {
		return []string{map[string]string{"M": "son", "F": "daughter"}[word.sex]}, true
	}
	var out []string
	for _, w := range words {
		r := cmp.Or(ofOwner[owner][w], p.upward(owner, w))
		if r != "" && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out, len(out) == 1
	}
	return words, false
}

func (p *pass) withRelation(keys ...string) []int {
	var out []int
	for i, who := range p.c.People {
		for _, k := range keys {
			if who.Relation == k {
				out = append(out, i)
			}
		}
	}
	return out
}

// matching finds the people of the roster a word of kinship may mean; 大, 小
// and 二 choose by age.
func (p *pass) matching(relations []string, w *word) []int {
	var people []int
	old := strings.HasPrefix(w.text, "老人") || strings.HasSuffix(w.text, "老人") || w.text == "老的"
	for i, who := range p.c.People {
		if old && who.Age >= 60 {
			people = append(people, i)
		}
	}
	if old && len(people) > 0 {
		return people
	}
	if strings.ContainsAny(w.text, "娃孩") && w.sex == "" {
		return p.children()
	}
	for _, i := range p.withRelation(relations...) {
		who := p.c.People[i]
		if w.sex != "" && who.Sex != "" && who.Sex != w.sex {
			continue
		}
		if strings.HasPrefix(w.text, "老") && who.Age >= 0 && who.Age < 50 && w.sex == "" {
			continue
		}
		people = append(people, i)
	}
	if len(people) < 2 {
		return people
	}
	sort.SliceStable(people, func(a, b int) bool { return p.c.People[people[a]].Age > p.c.People[people[b]].Age })
	ageKnown := p.c.People[people[len(people)-1]].Age >= 0
	switch r := []rune(w.text)[0]; {
	case !ageKnown:
	case r == '大' || r == '长' || strings.HasPrefix(w.text, "老大"):
		return people[:1]
	case r == '小' && len(people) > 1 && w.text != "小娃" && w.text != "小孩" && w.text != "小娃娃" || r == '幺' || r == '么':
		return people[len(people)-1:]
	case r == '二' || r == '次' || strings.HasPrefix(w.text, "老二"):
		return people[1:2]
	case r == '三' && len(people) > 2:
		return people[2:3]
	}
	return people
}

// children are the people under 18 and those at school.
func (p *pass) children() []int {
	var out []int
	for i, who := range p.c.People {
		if who.Student || who.Age >= 0 && who.Age < 18 {
			out = append(out, i)
		}
	}
	return out
}

// expect: 孙子两个马云飞10岁马云鹏6岁, 两个儿子张小军28张小明25. As many names without a
// relation of their own as are counted have that of the first.
func (p *pass) expect(i, name int) {
	p.more = 0
	for _, j := range []int{i - 1, name - 1} {
		if w := p.toks[i].word; j >= 0 && j != i && j < len(p.toks) && p.isPeople(j) && p.toks[j].q.Value > zh.One && (len(w.kin) == 1 || w.plain) {
			n, _ := p.toks[j].q.Value.Int()
			p.more, p.moreKin = n-1, w.kin[:1]
			if !p.namedAfter(i, name) {
				p.more = n // 两个孙子，罗子轩5岁
			}
		}
	}
}

// further: 还有个小儿子8岁, 漏了老母亲 speak of one more than are known.
func (p *pass) further(i int) bool {
	for j := i - 1; j >= max(0, i-3); j-- {
		switch s := p.Text[p.toks[j].s:p.toks[j].e]; {
		case strings.HasPrefix(s, "漏"), strings.HasPrefix(s, "少登"), strings.HasPrefix(s, "少报"), strings.HasPrefix(s, "还少"), strings.HasPrefix(s, "补"), s == "加一个", s == "还有一个":
			return true
		case s == "还有" && j < i-1:
			return true
		case !p.toks[j].is(fill) && !p.isPeople(j):
			return false
		}
	}
	return false
}

// sameAge: the age behind token i is that of one of the people.
func (p *pass) sameAge(i int, people []int) bool {
	if !p.ageFollows(i) {
		return false
	}
	for _, n := range people {
		for j := i + 1; j < min(len(p.toks), i+4); j++ {
			if age, ok := p.toks[j].q.Value.Int(); ok && p.mayBeAge(j) && max(age-p.c.People[n].Age, p.c.People[n].Age-age) <= 2 {
				return true
			}
		}
	}
	return false
}
