package hear

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// A change is no total: 耕地少了半亩, 又买了3头猪. What the total is now cannot be
// known from it, so the words are reported and no field is filled.

// grown are the words right before an amount that make it a change; those of
// herd only before animals.
var (
	grown  = strings.Fields("少了 多了 减少 减少了 增加 增加了 新增 新增了 又买 又买了 又养 又养了 多养 多养了 少养 少养了 又种 又种了 多种 多种了 少种 少种了 新买 新买了 新养 新养了 新种 新种了 减了 增了 多开了 新开了")
	herded = strings.Fields("死 死了 死掉 死掉了 病死 病死了 买 买了 添 添了 又添 又添了 生了 下了 产了 丢了 杀了 宰了")
)

// readDeltas sets aside the changes of land, animals and money.
func (p *pass) readDeltas() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.kind != amount || t.use != free || t.q.Dim != zh.Area && t.q.Dim != zh.Count && t.q.Dim != zh.Plain && t.q.Dim != zh.Money {
			continue
		}
		c := &p.cls[p.clauseOf[i]]
		from := p.deltaFrom(c, i)
		if from < 0 {
			continue
		}
		to := i
		for to+1 < c.to && !p.toks[to+1].gap && p.toks[to+1].is(species|crop|label) && p.toks[to+1].use == free {
			to++
		}
		for from > c.from && (p.toks[from-1].is(label|species|crop) || p.toks[from-1].is(fill)) && p.toks[from-1].use == free && p.toks[from-1].kind == known && !p.toks[from].gap {
			from--
		}
		p.unread(from, to, WhyUnknown, nil)
	}
}

// isDelta: the text speaks of more or less than before.
func isDelta(text string) bool {
	return slices.ContainsFunc(grown, func(w string) bool { return strings.Contains(text, w) })
}

// deltaFrom is the first token of the words that make amount i a change, -1 when
// there are none.
func (p *pass) deltaFrom(c *clause, i int) int {
	before := strings.TrimRight(p.Text[p.toks[c.from].s:p.toks[i].s], " ")
	longest := ""
	for _, list := range [...][]string{grown, herded} {
		for _, w := range list {
			if strings.HasSuffix(before, w) && len(w) > len(longest) && (&list[0] == &grown[0] || p.ofAnimals(c, i)) {
				longest = w
			}
		}
	}
	if longest == "" || p.paidFor(c) && p.toks[i].q.Dim != zh.Money {
		return -1
	}
	s := p.toks[c.from].s + len(before) - len(longest)
	j := i
	for j > c.from && p.toks[j].s > s {
		j--
	}
	return j
}

// ofAnimals: amount i counts animals.
func (p *pass) ofAnimals(c *clause, i int) bool {
	return p.toks[i].q.Dim == zh.Count && p.toks[i].q.Unit != "人" && p.toks[i].q.Unit != "口" && (strings.Contains("头只匹羽", p.toks[i].q.Unit) || p.has(c, species) >= 0)
}

// paidFor: the clause tells money for it: 买了3头小猪花了2000块.
func (p *pass) paidFor(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if t := &p.toks[i]; t.kind == amount && (t.q.Dim == zh.Money || t.q.Dim == zh.Plain && t.q.Value >= zh.Whole(300)) {
			return true
		}
	}
	return false
}
