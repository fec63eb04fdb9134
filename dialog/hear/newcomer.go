package hear

import (
	"strings"
	"unicode/utf8"
)

// fresh is a person who is not in the roster; the same one is not made twice.
func (p *pass) fresh(i int, name string, t *token, relations []string, certain bool) subject {
	relation, sex := "", ""
	if len(relations) == 1 || certain && len(relations) > 0 {
		relation = relations[0]
		if t != nil && t.is(kin) && len(relations) == len(t.word.kin) {
			sex = t.word.sex
		}
		if sex == "" {
			sex = sexOf(p.r.profile, relations[:1])
		}
	}
	if relation == "" && t != nil && t.is(kin) {
		sex = t.word.sex // 老奶: a woman, whichever
	}
	for n := range p.out.NewPeople {
		if p.onlyRelation(n, name, relation) {
			p.out.NewPeople[n].Name = name
			return subject{fresh: n + 1}
		}
		if p.sameFresh(n, name, relation) {
			return subject{fresh: n + 1}
		}
	}
	from := i
	if t != nil && t.s < p.toks[i].s && i > 0 {
		from = p.tokenIndex(t, i)
	}
	p.out.NewPeople = append(p.out.NewPeople, NewPerson{Name: name, Said: p.Said(p.toks[from].s, p.toks[i].e)})
	n := len(p.out.NewPeople)
	o := opt(0)
	if !certain && t != nil {
		o = approx
	}
	if relation != "" {
		p.putFresh(n, from, i, "relation", relation, o)
	}
	if sex != "" {
		p.putFresh(n, from, i, "sex", sex, 0)
	}
	return subject{fresh: n}
}

func (p *pass) tokenIndex(t *token, i int) int {
	for j := i; j >= 0; j-- {
		if p.toks[j].s == t.s {
			return j
		}
	}
	return i
}

func (p *pass) putFresh(n, from, to int, key, text string, o opt) {
	d := p.draftOf(from, to, "m."+key, text, o)
	d.fresh = n
	p.drafts = append(p.drafts, d)
}

func (p *pass) sameFresh(n int, name, relation string) bool {
	if name == "" && p.out.NewPeople[n].Name != "" && p.onlyOne(n, relation) {
		return true // 他老娘普阿香 … 老娘七十九了
	}
	if given := p.out.NewPeople[n].Name; relation == "" && utf8.RuneCountInString(name) == 2 && utf8.RuneCountInString(given) == 3 && strings.HasSuffix(given, name) {
		return true // 杨老伍58 … 老伍自己脚有点瘸
	}
	if name != "" || p.out.NewPeople[n].Name != "" {
		if name == "" || p.out.NewPeople[n].Name != name {
			return false
		}
		for _, d := range p.drafts { // father and son may have one name
			if d.fresh == n+1 && d.Path == "m.relation" && relation != "" && d.Value != relation {
				return false
			}
		}
		return !(p.listing && n == 0 && relation != "" && relation != "head" && p.headSaid())
	}
	for _, d := range p.drafts {
		if d.fresh == n+1 && d.Path == "m.relation" && d.Value == relation {
			return relation != ""
		}
	}
	return false
}

// onlyOne: in a roster, somebody named has the relation of which there is one.
func (p *pass) onlyOne(n int, relation string) bool {
	switch relation {
	case "spouse", "mother", "father":
	default:
		return false
	}
	for _, d := range p.drafts {
		if d.fresh == n+1 && d.Path == "m.relation" {
			return p.listing && d.Value == relation
		}
	}
	return false
}

// onlyRelation: 我、媳妇、两个娃。媳妇番玉兰42. Nothing but the relation was told before of
// who now is named.
func (p *pass) onlyRelation(n int, name, relation string) bool {
	if name == "" || relation == "" || p.out.NewPeople[n].Name != "" {
		return false
	}
	same := false
	for _, d := range p.drafts {
		if d.fresh == n+1 {
			if d.Path != "m.relation" && d.Path != "m.sex" {
				return false
			}
			same = same || d.Value == relation
		}
	}
	for i := range p.toks { // facts that were not read yet
		if s := p.subject[i]; s >= 0 && p.subs[s].fresh == n+1 && (p.mayBeAge(i) || p.toks[i].is(set|stage|sickness|work|place)) {
			return false
		}
	}
	return same
}
