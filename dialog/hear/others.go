package hear

import (
	"strings"
)

// sameForOthers is the label that 有 or 没有 was said of before, when it is now
// said of other people: 养老保险小花没有其他人都有.
func (p *pass) sameForOthers(f *frame, i int) int {
	l := p.last - 1
	if l < 0 || len(f.labels) > 0 || p.labelNext(i) || p.subject[i] < 0 || p.clauseOf[i] > p.clauseOf[l]+2 {
		return -1
	}
	for k := l; k < i; k++ {
		if t := &p.toks[k]; k > l && (t.is(label) && !t.is(fill|all|kin) || t.kind == mark && t.brk > 1) {
			return -1
		}
	}
	if len(p.pick(p.toks[l].word.labels, nil)) == 0 || !strings.HasPrefix(p.toks[l].word.labels[0], "member.") {
		return -1
	}
	for j := i - 1; j > l; j-- {
		if p.toks[j].is(no|yes) && !p.toks[j].is(all) {
			return -1
		}
		if p.toks[j].use == helped && (p.toks[j].kind == person || p.toks[j].is(kin|butend|pron)) {
			return l
		}
	}
	return -1
}

// sayOf has none or affirm say of the people of token at what label l names.
func (p *pass) sayOf(l, at int, say func(l, at int)) {
	d := len(p.drafts)
	old := p.subject[l]
	p.subject[l] = p.subject[at]
	say(l, at)
	p.subject[l] = old
	p.respan(d, at)
}

// respan gives the facts from d on the place of token at.
func (p *pass) respan(d, at int) {
	for ; d < len(p.drafts); d++ {
		x := p.draftOf(at, at, "", "", 0)
		p.drafts[d].from, p.drafts[d].to, p.drafts[d].Start, p.drafts[d].End, p.drafts[d].Said = at, at, x.Start, x.End, x.Said
	}
	p.mark(at, at, claimed)
}
