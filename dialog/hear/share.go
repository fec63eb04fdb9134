package hear

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// share is what is left to tell of the people of 两个儿子: one after the other is told
// of by 一个.
type share struct {
	left  int
	begun bool
}

// countKin remembers that a new person without a name stands for several.
func (p *pass) countKin(s subject, i int) {
	j := i - 1
	if !p.listing || s.fresh == 0 || j < 0 || !p.isPeople(j) || p.toks[j].gap && j > 0 && p.isPeople(j-1) {
		return
	}
	if n, whole := p.toks[j].q.Value.Int(); whole && n > 1 {
		p.shares[s.fresh] = share{left: n}
		p.toks[j].use = helped
		said := &p.out.NewPeople[s.fresh-1]
		said.Said = p.Said(p.toks[j].s, p.toks[i].e)
	}
}

func (p *pass) isOne(i int) bool {
	return p.isPeople(i) && p.toks[i].q.Value == zh.One && p.toks[i].q.Unit == "个"
}

// eldest: 大的 and 小的 behind 两个娃 are those two, when no name follows.
func (p *pass) eldest(i int) bool {
	t := &p.toks[i]
	return t.is(kin) && len(t.word.kin) > 1 && t.word.sex == "" && strings.ContainsAny(t.word.text[:3], "大小老中")
}

// isEldest: a new person was told of as 大儿子 or 大姑娘.
func (p *pass) isEldest(fresh int) bool {
	return fresh > 0 && strings.HasPrefix(p.out.NewPeople[fresh-1].Said, "大") && slices.ContainsFunc(p.drafts, func(d draft) bool {
		return d.fresh == fresh && d.Path == "m.relation" && (d.Value == "son" || d.Value == "daughter")
	})
}

// nameBehind is the name behind the word in token i, "" for none.
func (p *pass) nameBehind(i int) string {
	if i+1 < len(p.toks) && p.toks[i+1].kind == newname {
		return p.Said(p.toks[i+1].s, p.toks[i+1].e)
	}
	return ""
}

// oneOfShare reads the 一个 of 两个儿子一个在深圳一个在昆明: the first is whom the count made
// already, each further one is somebody more of the same relation.
func (p *pass) oneOfShare(i, cur int) (s subject, end int, ok bool) {
	if s, ok = p.shareOf(i, cur); !ok {
		return s, i, false
	}
	if name := p.nameBehind(i); name != "" {
		p.out.NewPeople[s.fresh-1].Name = name
		return s, i + 1, true
	}
	return s, i, true
}

func (p *pass) shareOf(i, cur int) (subject, bool) {
	if !p.listing || cur < 0 || !p.isOne(i) && !p.eldest(i) {
		return subject{}, false
	}
	from := p.subs[cur].fresh
	s, counted := p.shares[from]
	guessed := !counted && p.eldest(i) && p.nameBehind(i) != "" && p.isEldest(from)
	if guessed {
		s, counted = share{left: 1, begun: true}, true // 大儿子周勇…，小的周小军
	}
	if !counted || s.left == 0 {
		return subject{}, false
	}
	p.toks[i].use = helped
	s.left--
	if !s.begun {
		s.begun = true
		p.shares[from] = s
		return p.subs[cur], true
	}
	p.out.NewPeople = append(p.out.NewPeople, NewPerson{Said: p.out.NewPeople[from-1].Said})
	n := len(p.out.NewPeople)
	for _, d := range p.drafts {
		if d.fresh == from && (d.Path == "m.relation" || d.Path == "m.sex") {
			d.fresh, d.Approx = n, d.Approx || guessed
			p.drafts = append(p.drafts, d)
		}
	}
	if s.left > 0 {
		p.shares[n] = s
	}
	return subject{fresh: n}, true
}
