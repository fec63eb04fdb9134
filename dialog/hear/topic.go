package hear

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// topic is what an amount is for.
type topic struct {
	path string
	from int // first token that says so
}

// topicOf looks for what an amount is for: to its left first, then to its right
// up to the next amount, then to the clause before.
func (p *pass) topicOf(c *clause, left, i int) topic {
	if t := p.topicIn(left, i, i); t.path != "" {
		return t
	}
	for j := left; j < i; j++ {
		if p.toks[j].use == free && (p.toks[j].is(crop|species) || p.toks[j].is(label) && p.toks[j].e-p.toks[j].s > 3) {
			return topic{} // another thing's number
		}
	}
	right := i + 1
	for right < c.to && !p.isMoney(right) {
		right++
	}
	if t := p.topicIn(i+1, right, i); t.path != "" {
		return t
	}
	n := p.clauseOf[i]
	if n > 0 && p.broughtHome(c, i) && p.has(&p.cls[n-1], work|firm) >= 0 {
		return topic{"income.pay_out", i} // 在浙江打工，一年带回来五万
	}
	if n > 0 && left == c.from && p.toks[i].q.Dim == zh.Money {
		prev := p.cls[n-1]
		if !prev.fact {
			return p.topicIn(prev.from, prev.to, i)
		}
	}
	return p.soldBefore(c, i)
}

// soldBefore: 烤烟栽了15亩，交了4200斤，卖得九万八. What was sold is told up to two clauses
// before.
func (p *pass) soldBefore(c *clause, i int) topic {
	if q := p.toks[i].q; p.has(c, sell) < 0 || p.has(c, crop|species) >= 0 || q.Dim != zh.Money && q.Value < zh.Whole(100) {
		return topic{}
	}
	for n := p.clauseOf[i] - 1; n >= 0 && n >= p.clauseOf[i]-2; n-- {
		b := &p.cls[n]
		for j := b.to - 1; j >= b.from; j-- {
			switch t := &p.toks[j]; {
			case t.is(species):
				for k := c.from; k < i; k++ {
					if p.isCount(k) {
						p.toks[k].use = helped // 卖了两头得六千五
					}
				}
				return topic{"income.stock_sale", i}
			case t.is(crop):
				return topic{t.word.unit, i}
			case t.kind == amount && t.q.Dim == zh.Money, t.is(label) && !t.is(fill|sell|earn):
				return topic{}
			}
		}
	}
	return topic{}
}

// broughtHome: 拿回来, 寄回 stands before amount i in its clause.
func (p *pass) broughtHome(c *clause, i int) bool {
	for j := c.from; j < i; j++ {
		if p.toks[j].is(earn) && strings.Contains(p.toks[j].word.text, "回") {
			return true
		}
	}
	return false
}

// hints are what the words around an amount say of what it is for: the last
// token of each kind, -1 for none.
type hints struct {
	said, thing, crops, job, worked int
	income                          string // the field that said names
	verb                            role
}

// topicIn finds the topic of amount i among the tokens from..to-1.
func (p *pass) topicIn(from, to, i int) topic {
	none := hints{said: -1, thing: -1, crops: -1, job: -1, worked: -1}
	h := none
	for j := from; j < to; j++ {
		t := &p.toks[j]
		switch {
		case t.kind != known || t.use == claimed:
		case t.is(no) && j < i: // 烤烟没有 低保7560
			h = none
		case slices.Contains(t.word.labels, "member.work_pay") && t.word.text != "工资":
			return topic{"member.work_pay", j}
		default:
			p.hint(&h, j, i)
		}
	}
	return p.topicFrom(h, from, i)
}

// hint takes down what the word in token j says of amount i.
func (p *pass) hint(h *hints, j, i int) {
	t := &p.toks[j]
	h.verb |= t.word.roles & (sell | earn | spend | raise)
	if path := p.incomeLabel(t.word); path != "" && (t.word.roles&(crop|species|work) == 0 || h.said < 0) {
		if t.word.roles&(crop|species|work|all|fill) == 0 && h.crops >= 0 && h.crops < j && j < i {
			h.crops = -1 // the nearest says what it is
		}
		h.said, h.income = j, path
	}
	switch {
	case t.is(set) && t.word.says("member.on_dibao") != nil && h.said < 0:
		h.said, h.income = j, "income.dibao_pay"
	case t.is(species):
		h.thing = j
	case t.is(crop):
		h.crops = j
	case t.is(work):
		h.worked = j
	case t.is(set) && t.word.says("member.public_job") != nil:
		h.job = j
	}
}

// topicFrom weighs the hints for amount i, found from token from on.
func (p *pass) topicFrom(h hints, from, i int) topic {
	q := p.toks[i].q
	paid := q.Value == 0 && p.toldIncome() || p.per(i) != "" || q.Dim == zh.Money || h.verb&(sell|earn|spend) != 0 || q.Value >= zh.Whole(300)
	switch {
	case h.said >= 0 && h.income == "income.biz_cost" && paid:
		return topic{h.income, h.said}
	case h.verb&spend != 0 && h.verb&(sell|earn) == 0:
		if h.thing >= 0 || h.crops >= 0 {
			return topic{"income.biz_cost", max(h.thing, h.crops)}
		}
		return topic{}
	case h.thing >= 0 && h.crops < 0 && h.said < 0 && i > 0 && p.toks[i-1].is(species) && q.Dim == zh.Plain && q.Value >= zh.Whole(1000):
		return topic{"income.stock_sale", h.thing} // 养猪六千
	case h.thing >= 0 && h.crops < 0 && paid && (h.verb&(sell|earn) != 0 || q.Dim == zh.Money):
		return topic{"income.stock_sale", h.thing}
	case h.job >= 0 && paid:
		return topic{"income.pay_job", h.job}
	case h.crops >= 0 && paid && (h.verb&(sell|earn) != 0 || q.Dim == zh.Money || p.onlyIncome() || q.Value >= zh.Whole(300)):
		return topic{p.toks[h.crops].word.unit, h.crops}
	case h.crops >= 0 && q.Value == 0 && p.toldIncome():
		return topic{p.toks[h.crops].word.unit, h.crops}
	case h.worked >= 0 && paid:
		return p.workTopic(h.worked, i)
	case h.said >= 0 && (paid || p.onlyIncome() || !p.otherLabel(h.said)):
		return topic{h.income, h.said}
	case strings.Contains(p.per(i), "月") && from <= i && p.aidBefore(i) != "":
		return topic{p.aidBefore(i), i}
	case strings.Contains(p.per(i), "月") && (p.isWorker(i) || p.jobBefore(i)) && paid:
		if p.jobBefore(i) {
			return topic{"income.pay_job", i}
		}
		return topic{"member.work_pay", i}
	}
	return topic{}
}

// jobBefore: 是护林员，一个月800 is the pay of the public job.
func (p *pass) jobBefore(i int) bool {
	for j := p.cls[max(0, p.clauseOf[i]-1)].from; j < i; j++ {
		if p.toks[j].is(set) && p.toks[j].word.says("member.public_job") != nil {
			return true
		}
	}
	return false
}

// workTopic: by the month it is the pay of a person, otherwise what the
// household got from work.
func (p *pass) workTopic(worked, i int) topic {
	if strings.Contains(p.per(i), "月") && (p.subject[i] >= 0 || p.c.About != "" || p.asks("member.work_pay") || len(p.c.People) == 1) {
		return topic{"member.work_pay", i}
	}
	return topic{"income.pay_out", worked}
}

// isWorker: somebody is spoken of, and work is, too.
func (p *pass) isWorker(i int) bool {
	for j := range i {
		if p.toks[j].is(work | place) {
			return true
		}
	}
	return p.asks("member.work_pay")
}
