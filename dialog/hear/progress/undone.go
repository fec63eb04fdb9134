package progress

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// stillFor: so much time is left before the word at: 还有半个月结业.
func (c *clause) stillFor(at int) bool {
	i := c.has(left)
	return i >= 0 && i < at && c.find(func(t *tok) bool {
		return t.kind == amount && (t.q.Dim == zh.Months || t.q.Dim == zh.Days) && t.from > c.toks[i].from && t.from < c.toks[at].from
	}) >= 0
}

// waitedFor: the word at is only waited for.
func (c *clause) waitedFor(at int) bool {
	before := strings.TrimSpace(c.f.Text[c.from:c.toks[at].from])
	for _, w := range []string{"等", "等着", "待", "就等", "准备", "申请"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// givenUp: 不养羊了, 不想修了.
func (c *clause) givenUp() bool {
	_, s, ok := strings.Cut(strings.TrimSpace(c.f.Text[c.from:c.to]), "不")
	if !ok || !strings.HasSuffix(s, "了") {
		return false
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "想"), "再")
	_, n := utf8.DecodeRuneInString(s)
	return c.r.lex.words.Get(s[:n]).is(grow)
}

// overheard: somebody else told it: 听老李讲砖墙砌好了.
func (c *clause) overheard() bool {
	s := []rune(strings.TrimLeft(c.f.Text[c.from:c.to], "我也是 "))
	if len(s) < 2 || s[0] != '听' {
		return false
	}
	told := string(s[1:min(len(s), overheardMost)])
	return strings.ContainsAny(told, "说讲") && !strings.Contains(told, "讲课") && !strings.Contains(told, "讲座")
}

// overheardMost is within how many signs it is told of whom it was heard.
const overheardMost = 7

// denies: an amount is said to be wrong.
func (c *clause) denies() bool {
	i := c.has(wrong)
	return i >= 0 && i+1 < len(c.toks) && c.toks[i+1].kind == amount
}

// signsOn: what is spoken of is done when it is signed: a family doctor, a post.
func (c *clause) signsOn() bool {
	signed := func(kinds []string) bool {
		return slices.ContainsFunc(kinds, func(k string) bool {
			return slices.Contains([]string{"doctor_contract", "public_post", "post_forest", "post_road", "post_clean", "post_water", "labor_export"}, k)
		})
	}
	if c.before != nil && slices.ContainsFunc(c.before.About, func(a About) bool { return signed(a.Kinds) }) {
		return true
	}
	return c.find(func(t *tok) bool { return t.word != nil && signed(t.word.about) }) >= 0
}

// soldUp: what was sold is nothing that is raised to be sold.
func (c *clause) soldUp(r *Report) bool {
	sale := c.find(func(t *tok) bool {
		return t.word != nil && t.word.step == models.StepEffect && strings.HasPrefix(t.word.text, "卖")
	})
	return sale >= 0 && len(r.About) > 0 && !c.raises()
}

// missing: what is needed has not come.
func (c *clause) missing() bool {
	i := c.has(arrived)
	if i > 0 && c.toks[i-1].word.is(no) {
		return true
	}
	s := strings.TrimSpace(c.f.Text[c.from:c.to])
	return !c.came() && slices.ContainsFunc(c.r.lex.missing, func(tail string) bool { return strings.HasSuffix(s, tail) })
}

// failed: the acceptance took place and was not passed: 验收没过.
func (c *clause) failed() bool {
	s := c.f.Text[c.from:c.to]
	return strings.Contains(s, "没过") || strings.Contains(s, "不过") || strings.Contains(s, "没通过") || strings.Contains(s, "不合格") || strings.Contains(s, "未通过")
}

// over: the word says that it is over (完工了).
func (c *clause) over(at int) bool {
	return at >= 0 && strings.HasSuffix(c.text(&c.toks[at]), "了")
}

// undone: what the words tell is denied or only meant to be.
func (c *clause) undone(step models.StepKind, at int) string {
	if at < 0 {
		if c.has(plan) >= 0 {
			return WhyPlan
		}
		i := c.has(no)
		if c.has(left) >= 0 || i < 0 || i+1 == len(c.toks) {
			return ""
		}
		behind := utf8.RuneCountInString(strings.TrimSpace(c.f.Text[c.toks[i].to:c.to]))
		if c.toks[i+1].word.is(did) || behind <= 2 && !c.missing() && c.before != nil && c.before.Step == models.StepFinish {
			return WhyDenied // 羊还没进
		}
		return ""
	}
	for i := 0; i < at; i++ {
		w := c.toks[i].word
		switch {
		case w.is(no) && i == at-1 && c.notSo(i):
			return WhyDenied // 没有受阻, 不用返工
		case w.is(plan) && !c.over(at) && step != models.StepCancel && step != models.StepPostpone:
			return WhyPlan
		case w.is(no) && at-i <= 2 && step != models.StepCancel && step != models.StepBlock && step != models.StepPostpone && step != models.StepReopen:
			return WhyDenied
		}
	}
	return ""
}

// lasts: the token at i is how long something takes.
func (c *clause) lasts(i int) bool {
	t := &c.toks[i]
	return t.kind == amount && (t.q.Dim == zh.Months || t.q.Dim == zh.Days)
}

// notYet: the stage at i is meant, or so far off: 准备封顶了, 下周封顶, 封顶还要十天.
func (c *clause) notYet(i int) bool {
	if i > 0 && c.toks[i-1].word.is(plan) || c.ahead() && c.firstDate() < i && !c.over(i) {
		return true
	}
	l := c.has(left)
	return l > i && l+1 < len(c.toks) && c.lasts(l+1)
}

// waitsFirst: the clause begins with what is waited for.
func (c *clause) waitsFirst() bool { return strings.HasPrefix(c.said(), c.r.lex.waits[0]) }

// couldBe: what the word at tells can or will be, and no day is named.
func (c *clause) couldBe(at int) bool {
	if c.firstDate() >= 0 || c.over(at) {
		return false
	}
	if at > 0 && c.lasts(at-1) && c.has(left) < 0 {
		return true // 说三天搞完
	}
	for i := max(0, at-2); i < at; i++ {
		if w := c.toks[i].word; w.is(may) && strings.ContainsAny(w.text, "能会才可以保证争取") {
			return true
		}
	}
	return false
}

// notSo: the word at i denies what stands behind it: 没有, 不用, 没.
func (c *clause) notSo(i int) bool {
	return slices.Contains(c.r.lex.notSo, c.text(&c.toks[i]))
}

// aboutTo: what is near is that it is begun, not that it is over.
func (c *clause) aboutTo(at int) bool {
	return strings.HasSuffix(c.toks[c.has(near)].word.text, "要") && !strings.ContainsAny(c.text(&c.toks[at]), "完好成竣齐清归")
}

// nearBefore: 快, 差不多 stand before the word at.
func (c *clause) nearBefore(at int) bool {
	i := c.has(near)
	return i >= 0 && i < at && at-i <= 3
}
