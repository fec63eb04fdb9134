package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// members finds whom of the household the tokens name: full names, given names
// and words of kinship. What fits several is reported; of several children
// those at school are meant when it is about school.
func (p *pass) members(from, to int, school bool) []string {
	return p.membersBut(from, to, school, 0)
}

// membersBut is members without the words of some roles.
func (p *pass) membersBut(from, to int, school bool, but role) []string {
	var refs []string
	put := func(list ...string) {
		for _, ref := range list {
			refs = with(refs, ref)
		}
	}
	without := ""
	for i := from; i < to; i++ {
		t := &p.toks[i]
		if i > from && t.kind == vocab && (t.person > 0 || t.word != nil && len(t.word.kin) > 0) && strings.HasSuffix(strings.TrimSuffix(p.text(i-1, i), "了"), "除") {
			if t.person > 0 { // 除了大儿子都要
				without = p.c.People[t.person-1].Ref
			} else if refs := p.kin(i, school); len(refs) == 1 {
				without = refs[0]
			}
			continue
		}
		switch {
		case t.is(but), i+1 < to && p.speaks(i+1), p.owner(i, to):
		case i+1 < to && t.word != nil && slices.Contains(t.word.kin, "head") && p.speaks(min(p.skip(i+1, fill), to-1)): // 他自己再添4000
		case t.person > 0:
			put(p.c.People[t.person-1].Ref)
		case t.is(all):
			for _, m := range p.c.People {
				put(m.Ref)
			}
		case t.is(pair):
			put(p.related([]string{"head", "spouse"}, "")...)
		case t.kind == vocab && t.word != nil && len(t.word.kin) > 0:
			if all := p.bothOf(i, from); all != nil {
				put(all...)
				continue
			}
			put(p.kin(i, school)...)
		case t.kind == rest:
			for said := p.text(i, i+1); said != ""; {
				if ref, name := p.givenName(said); ref != "" {
					put(ref)
					said = said[len(name):]
					continue
				}
				_, n := utf8.DecodeRuneInString(said) // 送小龙
				said = said[n:]
			}
		}
	}
	if without != "" {
		if len(refs) == 0 {
			for _, m := range p.c.People {
				put(m.Ref)
			}
		}
		refs = slices.DeleteFunc(refs, func(ref string) bool { return ref == without })
	}
	return refs
}

// bothOf: 两个儿子 are both of them.
func (p *pass) bothOf(i, from int) []string {
	if i == from || p.toks[i-1].kind != amount || p.toks[i-1].q.Dim != zh.Count {
		return nil
	}
	w := p.toks[i].word
	refs := p.related(w.kin, w.which)
	if n, whole := p.toks[i-1].q.Value.Int(); !whole || n < 2 || n != len(refs) {
		return nil
	}
	p.claimed[i-1] = true
	return refs
}

// owner: 户主妻子 is not about the head.
func (p *pass) owner(i, to int) bool {
	w := p.toks[i].word
	if w == nil || !slices.Contains(w.kin, "head") || i+1 >= to {
		return false
	}
	next := &p.toks[i+1]
	if next.is(fill) && p.text(i+1, i+2) == "的" && i+2 < to {
		next = &p.toks[i+2]
	}
	return next.word != nil && len(next.word.kin) > 0 && !slices.Contains(next.word.kin, "head")
}

// speaks: the token says that the one before it speaks or wants: 他自己说, 户主认可.
func (p *pass) speaks(i int) bool {
	t := &p.toks[i]
	if t.kind == rest {
		return strings.ContainsRune("出拿投凑掏添贴", firstRune(p.text(i, i+1)))
	}
	return t.word != nil && (t.word.will != "" || t.means(accept|decline) || strings.Contains(" 说 讲 说是 讲是 说的 想 要 出 拿 投 凑 掏 添 贴 ", " "+t.word.text+" "))
}

// kin resolves a word of kinship to one member, or reports why not.
func (p *pass) kin(i int, school bool) []string {
	w := p.toks[i].word
	refs := p.related(w.kin, w.which)
	if at := p.students(refs); school && len(refs) > 1 && len(at) > 0 {
		return at
	}
	switch {
	case len(p.c.People) == 0, len(refs) == 1:
		return refs
	case len(refs) == 0:
		p.leave(i, i+1, WhyUnknown)
	default:
		p.leave(i, i+1, WhyAmbiguous, refs...)
	}
	return nil
}

// related are the members with one of the relations; which picks one of
// several by age, or one of a kind who is at school.
func (p *pass) related(kin []string, which string) []string {
	var found []Person
	for _, m := range p.c.People {
		if slices.Contains(kin, m.Relation) {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b Person) int { return b.Age - a.Age })
	if which == "M" || which == "F" { // 老公 is the head when the head's spouse is a woman
		found = slices.DeleteFunc(found, func(m Person) bool { return m.Sex != "" && m.Sex != which })
		for _, m := range p.c.People {
			if len(found) == 0 && m.Relation == "head" && m.Sex == which {
				found = append(found, m)
			}
		}
	}
	switch {
	case which == "eldest" && len(found) > 1:
		found = found[:1]
	case which == "second" && len(found) > 1:
		found = found[1:2]
	case which == "youngest" && len(found) > 1:
		found = found[len(found)-1:]
	}
	var refs []string
	for _, m := range found {
		refs = append(refs, m.Ref)
	}
	return refs
}

// students narrows several members down to those at school.
func (p *pass) students(refs []string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool {
		return !slices.ContainsFunc(p.c.People, func(m Person) bool { return m.Ref == ref && m.Student })
	})
}

// givenName is the ref of the only member called like that without the family name,
// and what the text calls them: 小军 of 张小军.
func (p *pass) givenName(said string) (ref, name string) {
	for _, m := range p.c.People {
		_, n := utf8.DecodeRuneInString(m.Name)
		given := zh.Trace(m.Name[n:]).Text
		if utf8.RuneCountInString(given) < 2 || len(said) < len(given) || said[:len(given)] != given {
			continue
		}
		if ref != "" {
			return "", ""
		}
		ref, name = m.Ref, given
	}
	return ref, name
}
