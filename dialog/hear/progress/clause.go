package progress

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// read tells what one clause means; why is a reason of Unread when it tells no
// progress.
func (c *clause) read() (Report, string) {
	r := Report{Said: c.said()}
	if c.isQuestion() {
		return r, WhyQuestion
	}
	if c.has(hearsay) >= 0 || c.overheard() {
		return r, WhyHearsay
	}
	if c.has(refund) >= 0 && (c.step() == "" || c.step() == models.StepCancel && c.find(func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Money }) >= 0) {
		return r, WhyBack
	}
	if c.has(visit) >= 0 && c.step() == "" {
		return r, WhyOther
	}
	if c.before != nil && len(c.toks) > 1 && c.toks[0].word.is(because) {
		r.Why = strings.Trim(c.f.Said(c.toks[0].to, c.to), " ：:")
		return r, ""
	}
	c.about(&r)
	c.amounts(&r)
	why := c.happened(&r)
	c.dates(&r)
	c.reasons(&r)
	c.small(&r)
	c.instead(&r)
	r.Approx = r.Approx || c.find(func(t *tok) bool { return t.misheard }) >= 0
	switch {
	case why != "":
		return r, why
	case r.Step == models.StepPostpone && r.Promise && c.strange() && (len(r.About) == 0 || c.find(func(t *tok) bool { return t.kind == amount }) >= 0):
		return r, WhyOther // 李家今年可以脱: no work was spoken of
	case c.denies() && r.Done.Qty == "" && r.Percent == "" && len(r.Money) == 0:
		return r, WhyOther // 完成八成不是九成, with nothing left that is right
	case !r.Tells() && r.price.Amount != "":
		return r, ""
	case !r.Tells() && r.Of.Qty != "" && c.before != nil && c.before.Done.Qty != "":
		return r, "" // 打了3口，共5口
	case !r.Tells() && r.Why == "" && r.Instead == "" && len(r.About) == 0 && c.c.Asked == "":
		return r, WhyUnknown
	}
	return r, ""
}

// instead reads what takes the place of what is given up: 撤掉养羊 改养蜂10箱. The
// words behind do not tell which measure is meant.
func (c *clause) instead(r *Report) {
	i := c.has(instead)
	if i < 0 || r.Step != models.StepCancel && (c.before == nil || c.before.Step != models.StepCancel) {
		return
	}
	r.Instead = strings.Trim(c.f.Said(c.toks[i].from, c.to), " ：:")
	r.Done, r.About = Amount{}, nil
	for _, t := range c.toks[:i] {
		if t.word != nil && len(t.word.about) > 0 && !t.word.is(rest) {
			r.About = append(r.About, About{Word: t.word.text, Kinds: t.word.about})
		}
	}
	if r.Step == models.StepReport {
		r.Step = ""
	}
}

// isQuestion: by its mark, by a word, or by 没有 at the end (买回来没有).
func (c *clause) isQuestion() bool {
	if c.asked || c.has(ask) >= 0 {
		return true
	}
	s := strings.TrimSpace(c.f.Text[c.from:c.to])
	if strings.HasSuffix(s, "了没有") || strings.HasSuffix(s, "了没") || strings.HasSuffix(s, "了没得") {
		return true
	}
	for _, tail := range []string{"没有", "没得", "没", "不"} {
		if strings.HasSuffix(s, tail) && c.step() != "" && len(s) > len(tail)+3 {
			return true
		}
	}
	return false
}

// about collects the words that tell which measure is meant.
func (c *clause) about(r *Report) {
	for i := range c.toks {
		w := c.toks[i].word
		switch {
		case w == nil:
		case len(w.about) > 0 && !w.is(rest):
			r.About = append(r.About, About{Word: w.text, Kinds: w.about})
		case len(w.lead) > 0 && c.step() == models.StepAccept:
			r.About = append(r.About, About{Word: w.text, Kinds: w.lead, Office: true}) // 住建验收了: a house
		}
	}
}

// step is the step that the words of the clause tell first in stepOrder.
func (c *clause) step() models.StepKind {
	best := models.StepKind("")
	for i := range c.toks {
		if w := c.toks[i].word; w != nil && w.step != "" && (best == "" || place(w.step) < place(best)) {
			best = w.step
		}
	}
	return best
}

// at is the token that tells the step.
func (c *clause) at(step models.StepKind) int {
	return c.find(func(t *tok) bool { return t.word != nil && t.word.step == step })
}

// stillToCome: money or a part that is still to come is all that the clause tells.
func (c *clause) stillToCome(r *Report, step models.StepKind) bool {
	if c.find(func(t *tok) bool { return t.word != nil && t.word.unpaid }) >= 0 && step == "" && !c.countsThings() {
		r.Step, r.Why, r.Dept = models.StepBlock, c.label("资金", "finance"), "finance"
		r.Money = append(r.Money, Sum{Kind: Owed})
		return true
	}
	if r.Left.Qty != "" && c.lacksSome() {
		r.Step = models.StepReport
		c.share(r)
		return true
	}
	if step == models.StepPostpone && c.came() && c.firstDate() < 0 && c.before != nil && (c.before.Step == models.StepApprove || c.before.Step == models.StepFinish) {
		r.Money = append(r.Money, Sum{Kind: Owed}) // 批了，钱还要等
		return true
	}
	return false
}

// denied: the step was said not to be taken; one that failed is another step.
func (c *clause) denied(r *Report, step models.StepKind, at, stage int) (models.StepKind, string) {
	if why := c.undone(step, max(at, stage)); why != "" {
		if step == models.StepAccept && why == WhyDenied && c.failed() {
			return models.StepReopen, ""
		}
		return step, why
	}
	if step == models.StepAccept && at >= 0 && c.has(no) > at && !c.failed() {
		return step, WhyDenied // 验收单还没签
	}
	if i := c.has(left); step == models.StepAccept && i > at && at >= 0 && r.Left.Qty == "" && r.Done.Qty == "" {
		return step, WhyDenied // 验收那天差两个章
	}
	return step, ""
}

// happened finds the step and how far the work is.
func (c *clause) happened(r *Report) string {
	step := c.step()
	if c.stillToCome(r, step) {
		return ""
	}
	if step == models.StepBlock && c.at(models.StepPostpone) >= 0 && c.toCome() {
		step = models.StepPostpone // 包工头跑了要延到3月底: there is a new date
	}
	at := -1
	if step != "" {
		at = c.at(step)
	}
	if step == models.StepFinish && c.has(signed) >= 0 && c.has(office) >= 0 {
		step = models.StepApprove // 县农业局签了
	}
	stage := c.find(func(t *tok) bool { return t.word != nil && t.word.stage != "" })
	if step == "" && c.givenUp() {
		r.Step = models.StepCancel
		return ""
	}
	if step == models.StepEffect && c.soldUp(r) {
		return WhyOther // 房子卖掉了
	}
	step, why := c.denied(r, step, at, stage)
	if why != "" {
		return why
	}
	if i := c.has(left); step == models.StepAccept && i >= 0 && i+1 == at {
		step = models.StepFinish // 就差验收了
	}
	switch {
	case step == "" && stage < 0 && c.missing() && c.before != nil && len(c.before.Money) > 0:
		r.Money = append(r.Money, Sum{Kind: Owed}) // 还有一半没到
	case step == "" && stage < 0 && c.missing():
		r.Step = models.StepBlock // 猪苗还没到
	case step == "" && stage < 0 && c.restCame():
		r.Step, r.Approx = models.StepFinish, true // 剩下的也到了
	case step == "" && stage < 0 && c.simply(r):
		r.Step, r.Approx = models.StepFinish, true // 路修了: done, or begun
	case step == "" && stage < 0 && c.has(arrived) >= 0 && (len(r.About) > 0 || c.came()) && r.Done.Qty == "" && len(r.Money) == 0:
		c.arrived(r)
	case step == models.StepAccept && c.waitedFor(at):
		return WhyPlan // 等验收
	case step == models.StepBlock && c.toks[at].word.loss && r.Loss.Qty != "":
		// 10箱蜂跑了3箱
	case (step == models.StepAccept || step == models.StepStart || step == models.StepEffect) && c.ahead() && !c.over(at):
		return WhyPlan // 下周验收
	case step == models.StepFinish && c.has(papers) >= 0 && !c.signsOn():
		r.Step, r.Percent, r.Approx = models.StepReport, "10", true // 施工合同签了
	case step == models.StepFinish && c.waitsFirst() && (c.before == nil || !c.before.Tells()):
		return WhyPlan // 等路修好了再拉砖
	case step == models.StepFinish && r.Left.Qty != "" && r.Done.Qty == "":
		r.Step = models.StepReport // 水管差20米就到家
	case step == models.StepFinish && c.couldBe(at):
		return WhyPlan // 天晴就能干完
	case step == models.StepFinish && c.nearBefore(at) && c.aboutTo(at):
		return WhyPlan // 马上要下种了
	case step == models.StepFinish && c.nearBefore(at):
		r.Step, r.Percent, r.Approx = models.StepReport, "90", true
	case step == models.StepFinish && c.stillFor(at):
		r.Step, r.Unfinished = models.StepReport, true
	case step == models.StepFinish && stage < 0 && c.partDone(at) != "":
		r.Step, r.Percent, r.Approx = models.StepReport, c.partDone(at), true
	case step == "" && stage >= 0 && c.notYet(stage):
		return WhyPlan // 下周封顶
	case step == "" && stage >= 0:
		r.Step, r.Percent, r.Approx = models.StepReport, c.toks[stage].word.stage, true
	case step == models.StepFinish && (c.has(may) >= 0 && c.firstDate() >= 0 || c.ahead()) && !c.over(at):
		r.Step, r.Promise = models.StepPostpone, true // 月底能完工
	default:
		r.Step = step
	}
	c.share(r)
	return ""
}

// partDone is how far the work is when only a part of it was said to be done: 房顶盖好了,
// 瓦都盖起了.
func (c *clause) partDone(at int) string {
	part := ""
	for i := 0; i < at; i++ {
		if w := c.toks[i].word; w != nil && w.part != "" {
			part = w.part
		}
	}
	return part
}

// simply: a thing and that it was done, with no word of how much.
func (c *clause) simply(r *Report) bool {
	i := c.find(func(t *tok) bool {
		return t.word.is(did) && strings.HasSuffix(t.word.text, "了") && t.word.money == ""
	})
	return i >= 0 && c.find(func(t *tok) bool { return t.kind == amount }) < 0 && len(r.About) > 0 && r.Done.Qty == "" && r.Left.Qty == "" && r.Percent == "" && len(r.Money) == 0 && len(r.Outputs) == 0 && c.has(no) < 0 && c.has(left) < 0 && !c.ahead()
}

// arrived: what is to be raised is there (牛到了); of anything else the material is.
func (c *clause) arrived(r *Report) {
	if c.came() {
		r.Money = append(r.Money, Sum{Kind: Paid})
		return
	}
	for _, a := range r.About {
		if slices.Contains(a.Kinds, "relocation") || slices.Contains(a.Kinds, "rehab") || slices.Contains(a.Kinds, "job_training") || slices.Contains(a.Kinds, "breeding") && !strings.HasSuffix(a.Word, "苗") {
			r.Step = models.StepFinish
			return
		}
	}
	r.Step, r.Percent, r.Approx = models.StepReport, "10", true
}

// reasons finds why things stand still; when a reason is asked for, or given with
// 因为, the words themselves are it.
func (c *clause) reasons(r *Report) {
	i := c.find(func(t *tok) bool { return t.word != nil && t.word.why != "" })
	if slow := r.Step == models.StepBlock || r.Step == models.StepPostpone || r.Step == models.StepCancel || r.Step == models.StepReopen; !slow && r.Tells() {
		return
	}
	if at := c.at(r.Step); at >= 0 && c.toks[at].word.is(only) && i < 0 && c.has(because) < 0 && c.c.Asked != models.NeedWhy && r.Why == "" {
		return // 受阻: the reason is in another clause, or is asked for
	}
	switch {
	case r.Step == models.StepBlock && r.Why == "", r.Step == models.StepReopen, c.c.Asked == models.NeedWhy && r.Step == "":
		from := c.from
		if c.toks[0].word.is(but) {
			from = c.toks[0].to // 但是没得水
		}
		r.Why = strings.Trim(c.f.Said(from, c.to), " ：:")
	case i >= 0 && r.Why == "":
		r.Why = c.toks[i].word.why
	}
	if b := c.has(because); b >= 0 && (r.Step == models.StepCancel || r.Step == models.StepPostpone) {
		to := c.to
		if at := c.at(models.StepPostpone); at > b {
			to = c.toks[at].from // 因为下雨要延到月底
		}
		r.Why = strings.TrimRight(strings.Trim(c.f.Said(c.toks[b].to, to), " ：:"), "要得就只")
	}
	if (r.Step == models.StepCancel || r.Step == models.StepPostpone) && r.Why == "" {
		r.Why = c.told(r.Step)
	}
	if i >= 0 && r.Dept == "" {
		r.Dept = c.toks[i].word.dept
	}
	if r.Step == "" && c.has(because) >= 0 && r.Why == "" {
		r.Why = strings.Trim(c.f.Said(c.toks[c.has(because)].to, c.to), " ：:")
	}
}

// told is what stands between the thing spoken of and the word of the step, when it is
// more than small words: 贷款 利率高 她说不贷了.
func (c *clause) told(step models.StepKind) string {
	at := c.at(step)
	from := c.find(func(t *tok) bool { return t.word != nil && len(t.word.about) > 0 && !t.word.is(rest) })
	if from < 0 || from >= at {
		return ""
	}
	signs := 0
	for i := from + 1; i < at; i++ {
		t := &c.toks[i]
		switch {
		case t.kind == date || t.kind == amount || t.word != nil && len(t.word.about) > 0:
			return ""
		case t.kind == other:
			signs += utf8.RuneCountInString(strings.TrimSpace(c.text(t)))
		}
	}
	if signs < 2 {
		return ""
	}
	return strings.TrimRight(strings.TrimSpace(c.f.Said(c.toks[from].to, c.toks[at].from)), "他她说要得就 ")
}

// label is the reason of words.yaml for a department, as its first words say it.
func (c *clause) label(word, dept string) string {
	if w := c.r.lex.words.Get(word); w != nil && w.dept == dept {
		return w.why
	}
	return c.said()
}

// small picks up what else is told: losses, follow-ups, photos.
func (c *clause) small(r *Report) {
	seen := map[Follow]bool{}
	for i := range c.toks {
		w := c.toks[i].word
		if w == nil {
			continue
		}
		for _, f := range w.follows {
			if !seen[f] {
				r.Follows = append(r.Follows, f)
			}
			seen[f] = true
		}
	}
	if i := c.find(func(t *tok) bool {
		return t.word != nil && strings.HasSuffix(t.word.text, "证") && slices.Contains(t.word.about, "job_training")
	}); i >= 0 && r.Step == models.StepFinish && len(r.Follows) == 0 {
		r.Follows = append(r.Follows, c.r.lex.words.Get("证拿到了").follows...) // 挖机证拿到了
	}
	r.More = r.Done.Qty != "" && (c.again() || c.restDone())
	if r.Loss.Qty == "" {
		r.Loss = c.thatOne()
	}
	r.Photo, r.State = c.has(photo) >= 0, r.Step == models.StepReport && r.Percent == "" && c.has(keeps) >= 0
	if j := c.find(func(t *tok) bool { return t.kind == amount && (t.q.Dim == zh.Months || t.q.Dim == zh.Days) }); j >= 0 && (r.Step == models.StepPostpone || r.Step == "" && c.c.Step == models.StepPostpone) && r.Due == "" {
		r.By = c.toks[j].q.Value.String()
		if c.toks[j].q.Dim == zh.Days {
			r.By += "d"
		}
	}
	if i := c.find(func(t *tok) bool { return t.kind == amount && t.q.Dim == zh.Months }); i >= 0 && c.has(months) >= 0 && c.find(func(t *tok) bool { return t.kind == amount && t.q.Dim != zh.Months && t.q.Dim != zh.Days }) < 0 && !strings.Contains(c.said(), "学") && !strings.Contains(c.said(), "培训") {
		r.Follows = append(r.Follows, Follow{"member.work_months", c.toks[i].q.Value.String()})
	}
}

// thatOne is one head that was lost without a number: 那头牛死了, 这只羊被偷了.
func (c *clause) thatOne() Amount {
	if c.find(func(t *tok) bool { return t.word != nil && t.word.loss }) < 0 || c.has(no) >= 0 {
		return Amount{}
	}
	text := c.text(&c.toks[0])
	for i := 1; i < len(c.toks) && i < 3; i++ {
		text += c.text(&c.toks[i])
	}
	for _, that := range []string{"那", "这"} {
		if _, rest, ok := strings.Cut(text, that); ok {
			_, n := utf8.DecodeRuneInString(rest)
			if key := c.r.lex.units[rest[:n]]; key != "" {
				return Amount{"1", key}
			}
		}
	}
	return Amount{}
}

// strange: signs that are in no word of ours, so the clause is about something else.
func (c *clause) strange() bool {
	return c.find(func(t *tok) bool { return t.kind == other && strings.Trim(c.text(t), " ：:()（）\"“”间") != "" }) >= 0
}
