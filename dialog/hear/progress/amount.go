package progress

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// amounts gives every quantity of the clause to the word it belongs to.
func (c *clause) amounts(r *Report) {
	for i := range c.toks {
		if c.toks[i].kind != amount {
			continue
		}
		q := &c.toks[i].q
		if i > 0 && c.toks[i-1].word.is(wrong) {
			continue // 50米不是60米
		}
		before := c.owner(i)
		switch {
		case q.Dim == zh.Percent && c.has(left) >= 0 && c.before != nil && len(c.before.Money) > 0:
			// 还有一半没到: told already
		case before != nil && before.step == models.StepApprove && q.Dim == zh.Plain:
			// 五万批下来了: approved, not paid
		case q.Dim == zh.Percent && (before.of("报销") || before.of("成活") || c.wages()):
			// 住院报了八成, 成活率九成, 工钱结了一半: not how far the work is
		case q.Dim == zh.Percent && before != nil && before.loss:
			// 核桃苗被牛吃掉一半: kept as it was said
		case q.Dim == zh.Percent && c.came() && (before == nil || before.money != "" || before.is(did) && len(c.workAbout()) == 0):
			r.Money = append(r.Money, Sum{Kind: Paid, Share: percent(q.Value), Approx: q.Approx})
		case q.Dim == zh.Percent:
			if q.Value > zh.Whole(100) {
				r.Over = q.Value.String()
			}
			r.Percent, r.Approx = percent(q.Value), r.Approx || q.Approx || !strings.ContainsAny(q.Said, "0123456789%")
		case q.Dim == zh.Plain && strings.Contains(q.Said, "/") && q.Value < zh.One:
			r.Percent = percent(q.Value * 100)
		case q.Dim == zh.Plain && before == nil && q.Value >= zh.Whole(100) && c.before != nil && len(c.before.Money) > 0:
			r.Money = append(r.Money, Sum{Amount: q.Value.String(), Approx: q.Approx})
		case c.isMoney(i, before):
			c.money(r, i, before)
		case q.Dim == zh.Plain:
			if c.loose(i) && (before.is(did) || before.event() || c.c.Step == models.StepReport) && q.Value <= zh.Whole(999) && r.Percent == "" && r.Done.Qty == "" {
				if r.Percent = percent(q.Value); q.Value > zh.Whole(100) {
					r.Over = q.Value.String() // 进展 120
				}
			}
		default:
			c.quantity(r, i, before)
		}
	}
	c.price(r)
	r.each()
	if i := c.find(func(t *tok) bool { return t.word != nil && t.word.money == Paid }); i >= 0 && !c.paidUntil(i) && !c.wages() && c.has(left) < 0 && !c.ahead() && len(r.Money) == 0 && c.has(no) < 0 && c.came() {
		r.Money = append(r.Money, Sum{Kind: Paid, Again: c.again()})
	}
}

// paidUntil: behind the word at i it is told until when there is money, not that all of
// it came: 工资发到八月份.
func (c *clause) paidUntil(i int) bool {
	return strings.HasSuffix(c.toks[i].word.text, "到") && i+1 < len(c.toks) && c.toks[i+1].kind == date
}

// price takes what one of them was sold for out of the sums: 出栏2头，一头卖2100.
func (c *clause) price(r *Report) {
	if len(r.Outputs) != 1 || len(r.Money) != 1 || r.Outputs[0].Qty != "1" || r.Money[0].Kind != Earned || c.before == nil || len(c.before.Outputs) == 0 {
		return
	}
	r.price, r.one = r.Money[0], r.Outputs[0].Unit
	r.Money, r.Outputs = nil, nil
}

// sellEach makes a sum of the price of one and of how many there were; said back.
func (r *Report) sellEach(n Report) {
	for _, o := range r.Outputs {
		if n.price.Amount == "" || o.Unit != n.one {
			continue
		}
		s := n.price
		s.Amount, s.Approx = models.DecOf(float(o.Qty)*float(s.Amount)).String(), true
		r.Money = append(r.Money, s)
		return
	}
}

// each: 五头猪一头卖了一千八 is a price for one of five.
func (r *Report) each() {
	if len(r.Outputs) != 2 || r.Outputs[0].Indicator != r.Outputs[1].Indicator || r.Outputs[0].Unit != r.Outputs[1].Unit {
		return
	}
	one, all := r.Outputs[1], r.Outputs[0]
	if r.Outputs = r.Outputs[:1]; one.Qty != "1" {
		r.Outputs[0].Approx = true // two numbers for one thing: said back
		return
	}
	n, _ := zh.ParseDec(all.Qty)
	for i := range r.Money {
		if m := &r.Money[i]; m.Kind == Earned && m.Amount != "" {
			price, _ := zh.ParseDec(m.Amount)
			m.Amount, m.Approx = models.DecOf(price.Float()*n.Float()).String(), true
		}
	}
}

// of: the word tells of this indicator.
func (w *word) of(output string) bool { return w != nil && w.output == output }

// wages: what those who work are paid is spent, it does not come to the household.
func (c *clause) wages() bool {
	return c.find(func(t *tok) bool {
		return t.word != nil && t.word.money == Spent && strings.HasPrefix(t.word.text, "工")
	}) >= 0
}

// again: on top of what is known: 又到了, 再拨.
func (c *clause) again() bool {
	return c.find(func(t *tok) bool {
		return t.word.is(again) || t.word != nil && t.word.money != "" && (strings.HasPrefix(t.word.text, "又") || strings.HasPrefix(t.word.text, "再"))
	}) >= 0
}

// came: money arrived without a sum being told. 发了 or 下来了 alone may be of
// anything; the clause must speak of money.
func (c *clause) came() bool {
	s := c.f.Text[c.from:c.to]
	for _, w := range []string{"钱", "款", "账", "帐", "卡", "资金", "补助", "补贴", "工资", "低保金", "拨", "金", "折子", "存折"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// workAbout are the words of the clause about things, not about money.
func (c *clause) workAbout() (out []string) {
	for i := range c.toks {
		if w := c.toks[i].word; w != nil && len(w.about) > 0 && !w.is(rest) && w.money == "" {
			out = append(out, w.text)
		}
	}
	return out
}

// owner is the word a quantity belongs to: the nearest before it that tells of
// money, work, outputs, what is left or lost, else the nearest behind it.
func (c *clause) owner(i int) *word {
	if w := c.lacking(i); w != nil {
		return w
	}
	if w := c.followed(i); w != nil {
		return w
	}
	if i+1 < len(c.toks) {
		if w := c.toks[i+1].word; w != nil && (w.output != "" || w.loss) && !w.is(did) && c.kept(i) {
			return w // 养的猪两头出栏了
		}
	}
	tells := func(w *word) bool {
		return w != nil && (w.money != "" || w.output != "" || w.loss || w.is(did|left|total) || w.event())
	}
	for j := i - 1; j >= 0; j-- {
		if tells(c.toks[j].word) {
			return c.toks[j].word
		}
	}
	for j := i + 1; j < len(c.toks); j++ {
		if tells(c.toks[j].word) {
			return c.toks[j].word
		}
	}
	return nil
}

// isMoney: a sum with a unit, or a bare number beside a word of money that can be
// no count.
func (c *clause) isMoney(i int, w *word) bool {
	q := &c.toks[i].q
	if q.Dim == zh.Money {
		return true
	}
	if q.Dim == zh.Plain && q.Value >= zh.Whole(100) && w.is(left) && c.before != nil && len(c.before.Money) > 0 {
		return true // 拨了8千，还差4千
	}
	if q.Dim == zh.Plain && q.Value >= zh.Whole(100) && (w == nil || w.is(did|left)) && c.came() {
		return true // 补助款只到了六千, 工钱欠着八千
	}
	return q.Dim == zh.Plain && q.Value >= zh.Whole(20) && w != nil && (w.money != "" || w.output == "报销" || w.output == "销售")
}

func (c *clause) money(r *Report, i int, w *word) {
	q := &c.toks[i].q
	approx := q.Approx || q.Ambiguous
	switch {
	case w != nil && w.output == "报销":
		r.Outputs = append(r.Outputs, Output{Indicator: w.output, Amount: Amount{q.Value.String(), "yuan"}, Approx: approx})
	case w != nil && w.is(left) && w.money == "":
		if c.before != nil && len(c.before.Money) > 0 && c.before.Money[len(c.before.Money)-1].Kind != Paid {
			return // 花了1.98万，剩200
		}
		r.Money = append(r.Money, Sum{Kind: Owed, Amount: q.Value.String(), Approx: approx})
	case w == nil && c.came() && c.before == nil:
		return // 补助3000: whether it came was not told
	default:
		kind := Spent
		switch {
		case w != nil && w.money != "" && (w.money != Paid || !c.wages()):
			kind = w.money
		case c.has(arrived) >= 0 && c.came():
			kind = Paid // 补助款只到了六千
		}
		r.Money = append(r.Money, Sum{Kind: kind, Amount: q.Value.String(), Approx: approx, Again: c.again()})
	}
}

// quantity gives a count or a length to what it counts.
func (c *clause) quantity(r *Report, i int, w *word) {
	q := &c.toks[i].q
	a, ok := c.measured(q)
	if !ok {
		return
	}
	if a.Unit == "zhi" && !c.raises() && w != nil && w.money != "" {
		return // 贷款5万只放了3万: only
	}
	if a.Unit == "ci" && (w == nil || w.output == "") {
		return // 医生来过一次
	}
	r.Approx = r.Approx || q.Approx
	switch {
	case a.Unit == "" && w != nil && w.loss && c.raises() && strings.ContainsRune(anyCount, lastRune(q.Said)):
		r.Loss = a
	case a.Unit == "" && c.counted(w, q):
		r.Done = a // 猪儿拉拢了五个: of whatever the measure counts
	case a.Unit == "" && w.is(left|lacks) && c.before != nil && c.before.Done.Qty != "" && c.before.Done.Unit == "" && strings.ContainsRune(anyCount, lastRune(q.Said)):
		r.Left = a // 医保交了3个，剩2个没交
	case a.Unit == "" && (w == nil || w.output == "" || w.is(did)):
		return // 两笔, 一个
	case w == nil:
		if r.Done.Qty == "" && (c.c.Step == models.StepReport || c.tellsHowMuch()) {
			r.Done = a
		}
	case w.loss:
		r.Loss = a
	case w.is(left|lacks|no) && !w.is(did) && w.money == "":
		r.Left = a
	case w.output != "" && !w.is(did):
		r.Outputs = append(r.Outputs, Output{Indicator: w.output, Amount: a, Approx: q.Approx})
	case w.is(total) && c.before != nil && c.before.Step == models.StepFinish && c.before.Done.Qty == "":
		r.Done = a // 羊拉拢了，一共八只
	case w.is(total):
		r.Of = a
	case r.Done.Qty == "":
		r.Done = a
	case r.Of.Qty == "" && r.Done.alike(a): // 八百米埋了五百米
		r.Of, r.Done = r.Done, a
		if r.Done.size() > r.Of.size() {
			r.Of, r.Done = r.Done, r.Of
		}
	}
}

// anyCount are the signs that count whatever is spoken of.
const anyCount = "个条窝根蓬"

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(s))
	return r
}

// measured is a quantity in a unit of the profile's list.
func (c *clause) measured(q *zh.Quantity) (Amount, bool) {
	v, unit := q.Value, q.Unit
	switch q.Dim {
	case zh.Area, zh.Floor, zh.Weight, zh.Count:
	case zh.Length:
		if strings.HasSuffix(q.Said, "米") && !strings.HasSuffix(q.Said, "千米") || strings.HasSuffix(strings.ToLower(q.Said), "m") && !strings.HasSuffix(strings.ToLower(q.Said), "km") {
			v, unit = v*1000, "米"
		}
	default:
		return Amount{}, false
	}
	if well := c.before != nil && c.before.Done.Unit == "kou"; unit == "人" && strings.HasSuffix(q.Said, "口") && (well || c.find(func(t *tok) bool { return t.word != nil && slices.Contains(t.word.about, "safe_water") }) >= 0) {
		unit = "口" // 水窖打了一口
	}
	key := c.r.lex.units[unit]
	return Amount{v.String(), key}, v > 0
}

// percent is a share as whole per cent.
func percent(v zh.Dec) string {
	n, _ := v.Round().Int()
	return models.IntOf(min(max(n, 0), 100)).String()
}

// share works the per cent out of what is done and what is left, or of how much.
// With something left nothing is finished, accepted or passed: 验收过2户剩1户.
func (c *clause) share(r *Report) {
	switch {
	case r.Percent != "" && (r.Step == models.StepFinish || r.Step == "") && r.Percent != "100":
		r.Step = models.StepReport
	case r.Percent == "100" && r.Step == "":
		r.Step = models.StepFinish
	case r.Step == "" && (r.Done.Qty != "" || r.Left.Qty != ""):
		r.Step = models.StepReport
	}
	r.alive()
	r.settleShare()
}

// settleShare is share over all clauses of a report.
func (r *Report) settleShare() {
	done, of, left := r.Done.size(), r.Of.size(), r.Left.size()
	switch {
	case done > 0 && left > 0 && r.Done.alike(r.Left):
		of = done + left
	case done <= 0 || !r.Done.alike(r.Of) || done >= of:
		return
	}
	r.Percent, r.Step = models.IntOf(int(done/of*100+0.5)).String(), models.StepReport
}

func float(s string) float64 {
	d, _ := zh.ParseDec(s)
	return d.Float()
}
