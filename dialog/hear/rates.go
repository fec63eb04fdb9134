package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// putAround makes the fact of amount i in a stretch. What else is told there (a
// place, months, a person) is left to other rules.
func (p *pass) putAround(from, to, i int, path, text string, o opt) {
	kept := make([]use, 0, to-from+1)
	for j := from; j <= to; j++ {
		kept = append(kept, p.toks[j].use)
	}
	p.put(from, to, path, text, o)
	for j := from; j <= to; j++ {
		t := &p.toks[j]
		if j != i && p.elses(j) {
			t.use = kept[j-from]
		}
	}
}

// elses: token j says something of its own, wherever an amount stands.
func (p *pass) elses(j int) bool {
	t := &p.toks[j]
	return t.kind == amount && t.q.Dim == zh.Months && t.q.Value > zh.One || t.is(place|firm) || t.is(work) && p.subject[j] >= 0 ||
		t.is(set) && !t.is(label|species|crop) && t.word.says("member.on_dibao") == nil && t.word.says("member.public_job") == nil
}

// paidMonths is for how many months a rate is paid: of work as many as are
// told, otherwise a year.
func (p *pass) paidMonths(path string, i int) int {
	if path != "income.pay_out" && path != "income.pay_job" {
		return 12
	}
	n := p.clauseOf[i]
	for j := p.cls[n].from; j < p.cls[min(n+1, len(p.cls)-1)].to; j++ {
		if q := p.toks[j].q; p.toks[j].kind == amount && q.Dim == zh.Months && q.Value > zh.One && q.Value <= zh.Whole(12) {
			p.toks[j].use = max(p.toks[j].use, helped)
			whole, _ := q.Value.Round().Int()
			return whole
		}
	}
	return 12
}

func (p *pass) helpSeason(c *clause) {
	for j := c.from; j < c.to; j++ {
		if t := &p.toks[j]; t.use == free && strings.Contains(p.Text[t.s:t.e], "季") {
			t.use = helped
		}
	}
}

// helpMoney marks what belongs to an amount: verbs, the things sold, counts.
func (p *pass) helpMoney(c *clause, from, to int, path string) {
	for j := c.from; j < c.to; j++ {
		t := &p.toks[j]
		near := j >= from-3 && j <= to+2
		switch {
		case t.use != free:
		case t.is(sell|earn|spend|raise|plant|each) && near:
			t.use = helped
		case j >= from && j <= to && !p.elses(j), t.is(species) && near && path == "income.stock_sale":
			t.use = helped
		case path == "income.stock_sale" && t.kind == amount && near && t.q.Dim == zh.Count && j+1 < c.to && p.toks[j+1].is(species):
			t.use = helped
		case t.kind == date && strings.ContainsAny(p.Text[t.s:t.e][:3], "去今前") || t.kind == amount && t.q.Dim == zh.Years && t.q.Value == zh.One:
			t.use = helped
		}
	}
}
