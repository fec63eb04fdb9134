package progress

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// What is counted, and whether it is there, on its way or left.

// lacking is the word right behind a quantity that says it is not there yet: 3只还在路上,
// 2户没搬. nil when none does.
func (c *clause) lacking(i int) *word {
	for j := i + 1; j < len(c.toks); j++ {
		switch w := c.toks[j].word; {
		case w.is(lacks):
			return w
		case w.is(no) && j+1 < len(c.toks) && (c.before != nil && c.before.Done.Qty != "" || c.toks[j+1].word.is(did|arrived) || c.toks[j+1].word.event() || c.toks[j+1].word != nil && c.toks[j+1].word.money != ""):
			return w
		case w.is(rest):
			continue
		}
		return nil
	}
	return nil
}

// lacksSome: a quantity is not there yet.
func (c *clause) lacksSome() bool {
	for i := range c.toks {
		if c.toks[i].kind == amount && c.lacking(i) != nil {
			return true
		}
	}
	return false
}

// followed is the word behind a quantity of what was left that says it is done now:
// 剩下的3只昨天也到了. nil when none does.
func (c *clause) followed(i int) *word {
	if i == 0 || c.has(left) < 0 || c.has(left) > i || c.has(no) >= 0 || c.has(lacks) >= 0 || c.ahead() {
		return nil
	}
	for j := i + 1; j < len(c.toks); j++ {
		if w := c.toks[j].word; w != nil && strings.HasSuffix(w.text, "了") && (w.is(did|arrived) || w.step == models.StepFinish) {
			return w
		}
	}
	return nil
}

// restDone: what was left is done now.
func (c *clause) restDone() bool {
	for i := range c.toks {
		if c.toks[i].kind == amount && c.followed(i) != nil {
			return true
		}
	}
	return false
}

// restCame: what was left is there, without a number.
func (c *clause) restCame() bool {
	i := c.has(left)
	return i >= 0 && c.find(func(t *tok) bool { return t.kind == amount }) < 0 && c.followed(i+1) != nil
}

// kept: before the quantity it is only told what is raised.
func (c *clause) kept(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if w := c.toks[j].word; w != nil && !w.is(keeps|rest) && (len(w.about) == 0 || w.output != "" || w.event()) {
			return false
		}
	}
	return true
}

// loose: behind a bare number stands no sign that it may count: 埋了4节.
func (c *clause) loose(i int) bool {
	return i+1 >= len(c.toks) || c.toks[i+1].kind != other || c.toks[i+1].from > c.toks[i].to || strings.HasPrefix(c.f.Text[c.toks[i].to:c.to], " ")
}

// countsThings: what has not come is counted, and is no money: 还有10包没发.
func (c *clause) countsThings() bool {
	return !c.came() && c.find(func(t *tok) bool {
		return t.kind == amount && (t.q.Dim == zh.Count || t.q.Dim == zh.Weight)
	}) >= 0
}

// tellsHowMuch: the clause is nothing but how much there is of what was just told: 院坝打了，
// 120平方.
func (c *clause) tellsHowMuch() bool {
	return c.before != nil && c.before.Done.Qty == "" && len(c.before.About) > 0 && len(c.before.Money)+len(c.before.Outputs) == 0 &&
		(c.before.Step == "" || c.before.Step == models.StepFinish || c.before.Step == models.StepReport) && c.measuredOnly(c.toks)
}

// counted: so many animals or plants that were bought or planted, told with a sign that
// may count any of them.
func (c *clause) counted(w *word, q *zh.Quantity) bool {
	if w != nil && w.money == Spent && c.insures() {
		return strings.ContainsRune(anyCount, lastRune(q.Said)) // 医保交了3个
	}
	if w != nil && w.money == Paid && c.raises() && q.Value < zh.Whole(100) {
		return strings.ContainsRune(anyCount, lastRune(q.Said)) // 蜂箱领了10个
	}
	if w == nil || w.money != "" && w.step == "" || w.output != "" || !w.is(did) && w.step != models.StepFinish || !strings.ContainsRune(anyCount, lastRune(q.Said)) {
		return false
	}
	return c.raises() || c.insures()
}

// insures: a thing that is counted by heads of the family is spoken of.
func (c *clause) insures() bool {
	return c.find(func(t *tok) bool { return t.word != nil && slices.Contains(t.word.about, "med_insurance") }) >= 0
}

// raises: an animal or a plant is spoken of.
func (c *clause) raises() bool {
	return c.find(func(t *tok) bool {
		return t.word != nil && (slices.Contains(t.word.about, "breeding") || slices.Contains(t.word.about, "planting"))
	}) >= 0
}
