package progress

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Read reads a text. Clauses about the same measure become one report; a clause
// that speaks of another kind of thing and tells of a step begins the next one.
func (r *Reader) Read(text string, c Context) Reading {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	p := &pass{r: r, c: c, f: zh.Trace(text)}
	p.qs = zh.Scan(p.f.Text)
	p.unbatch()
	var out Reading
	var start int
	out.House, out.Group, start = p.owner()
	for i, cl := range p.clauses(start) {
		if n := len(out.Reports); n > 0 {
			cl.before = &out.Reports[n-1]
		}
		out.Batch = out.Batch || cl.has(batch) >= 0 && !cl.toks[0].word.is(because)
		other := ""
		if i > 0 {
			other = cl.another()
		}
		rep, why := cl.read()
		if why == WhyQuestion {
			out.Asked.add(&cl)
		}
		switch {
		case other != "" && (why != "" || rep.Tells()):
			out.another(other, rep, why)
		case why == WhyUnknown && cl.onlyLacks():
			cl.before.Step, cl.before.Done, cl.before.Unfinished = models.StepReport, Amount{}, true
			cl.before.Said += "，" + cl.said()
		case why == WhyDenied && cl.unfinished():
			cl.before.Step, cl.before.Done, cl.before.Unfinished = models.StepReport, Amount{}, true
			cl.before.Said += "，" + cl.said()
		case why == WhyBack && cl.takesBack():
			cl.before.Money = cl.before.Money[:len(cl.before.Money)-1]
			out.Unread = append(out.Unread, Unread{Said: cl.before.Said + "，" + cl.said(), Why: why})
			if !cl.before.Tells() && len(cl.before.About) == 0 {
				out.Reports = out.Reports[:len(out.Reports)-1]
			}
		case why != "" && why != WhyQuestion && why != WhyHearsay && cl.givesReason():
			cl.before.Why = strings.Trim(cl.said(), " ：:")
			cl.before.Said += "，" + cl.said()
		case why != "":
			out.Unread = append(out.Unread, Unread{Said: cl.said(), Why: why})
		case len(out.Reports) > 0 && out.Reports[len(out.Reports)-1].takes(rep):
			out.Reports[len(out.Reports)-1].join(rep)
		default:
			out.Reports = append(out.Reports, cl.apart(rep)...)
		}
	}
	return out
}

// add notes what a clause asks about.
func (a *Asked) add(c *clause) {
	var r Report
	c.about(&r)
	a.About = append(a.About, r.About...)
	a.Work = a.Work || c.step() != "" || c.has(did) >= 0 || c.has(arrived) >= 0 || c.came() || c.find(func(t *tok) bool { return t.word != nil && t.word.stage != "" }) >= 0
}

// another adds what a clause tells of another household.
func (out *Reading) another(house string, rep Report, why string) {
	if why != "" {
		out.Unread = append(out.Unread, Unread{rep.Said, why, house})
		return
	}
	rep.House = house
	out.Reports = append(out.Reports, rep)
}

// unfinished: what is denied belongs to the work that was just said to be done:
// 光伏板装上了，还没并网. Money, photos and the acceptance come after the work.
func (c *clause) unfinished() bool {
	step := c.step()
	if c.before == nil || c.before.Step != models.StepFinish || step != "" && step != models.StepFinish && step != models.StepReport || c.has(photo) >= 0 || c.came() {
		return false
	}
	for i := range c.toks {
		w := c.toks[i].word
		if w == nil || len(w.about) == 0 || w.is(rest) || w.event() || w.part != "" || !thing(w.text) {
			continue
		}
		if !slices.ContainsFunc(c.before.About, func(a About) bool { return strings.HasSuffix(a.Word, w.text) }) {
			return false // 厨房改了，厕所还没改
		}
	}
	return true
}

// onlyLacks: all is done but for what the clause tells: 地翻好了，就差下种.
func (c *clause) onlyLacks() bool {
	return c.before != nil && c.before.Step == models.StepFinish && c.toks[0].word.is(left) && strings.ContainsAny(c.toks[0].word.text, "就只") && c.has(photo) < 0 && !c.came()
}

// givesReason: the clause stands behind a step that still lacks its reason: 要延到7月底
// 猪圈没盖好.
func (c *clause) givesReason() bool {
	if c.before == nil || c.before.Why != "" {
		return false
	}
	n := utf8.RuneCountInString(c.said())
	switch c.before.Step {
	case models.StepPostpone, models.StepCancel:
		return n > 2
	case models.StepBlock: // 房子停工了，等砖
		return n > 2 && c.has(plan) < 0 || slices.ContainsFunc(c.r.lex.waits, func(w string) bool { return strings.HasPrefix(c.said(), w) })
	}
	return false
}

// takesBack: the sum told just before is the one that went back.
func (c *clause) takesBack() bool {
	if c.before == nil || len(c.before.Money) == 0 || c.find(func(t *tok) bool { return t.kind == amount }) >= 0 {
		return false
	}
	return c.before.Money[len(c.before.Money)-1].Kind == Paid
}

// takes reports whether what the next clause tells is about the same measure.
func (r *Report) takes(next Report) bool {
	if r.leaves(next) || len(next.About) == 0 || len(r.About) == 0 || next.Step == "" && next.Percent == "" {
		return true
	}
	if !slices.ContainsFunc(next.About, func(a About) bool { return !a.Office }) {
		return true // 房子修好了，住建验收合格
	}
	for _, a := range r.About {
		for _, b := range next.About {
			if !thing(strings.TrimSuffix(a.Word, "了")) || !thing(strings.TrimSuffix(b.Word, "了")) {
				return true // 核桃苗栽了六亩，还有四亩没栽
			}
			for _, k := range b.Kinds {
				if a.Word == b.Word || slices.Contains(a.Kinds, k) && !living(k) {
					return true
				}
			}
		}
	}
	return r.Step == "" && r.Percent == ""
}

// speaksOf: a word of the report is about the same kind.
func (r *Report) speaksOf(a About) bool {
	return slices.ContainsFunc(r.About, func(b About) bool {
		return slices.ContainsFunc(b.Kinds, func(k string) bool { return slices.Contains(a.Kinds, k) })
	})
}

// leaves: what is left is of what was just counted: 医保交了3个，剩2个在外头打工没交.
func (r *Report) leaves(next Report) bool {
	return next.Left.Qty != "" && r.Done.Qty != "" && next.Left.alike(r.Done) && next.Done.Qty == ""
}

// living kinds hold things that are told apart by their word: 牛 is not 猪.
func living(kind string) bool { return kind == "breeding" || kind == "planting" }

// joinStep is which step counts of two that were told one after the other; what the
// second only adds to the first is taken out of it.
func (r *Report) joinStep(n *Report) {
	switch {
	case n.Step == "":
	case r.Step == models.StepFinish && n.Step == models.StepReport && n.Approx && n.Done.Qty == "" && n.Percent == razed:
		n.Percent = "" // 搬到县城了，老房子也扒了
	case n.Step == models.StepBlock && r.Step == "" && len(r.Money) > 0 && n.owed():
		n.Why, n.Dept = "", "" // 上半年的到了，下半年还没发
	case r.Step == models.StepBlock && n.Step == models.StepPostpone && !n.Promise:
		r.Step = n.Step // 包工头跑了，延到3月底: there is a new date
	case r.Step == models.StepPostpone && !r.Promise && n.Step == models.StepBlock:
	case r.Step == models.StepBlock && n.Step == models.StepReport && n.Percent != "":
		r.Step, r.Why, r.Dept = n.Step, "", "" // 停了又做，现在一半: it goes on
	case n.Step == models.StepBlock && (r.Step == models.StepFinish && n.owed() || r.Step == models.StepAccept || r.Step == models.StepEffect):
		// 验收通过，资金还没拨: what is done is not stopped
		n.Why, n.Dept = "", ""
	case r.Step == models.StepReport && n.Step == models.StepReport && r.Approx && n.Approx && n.Done.Qty == "" && n.Percent != "":
		if float(n.Percent) > float(r.Percent) { // 拆了旧房、下了石脚、砖拉来了: the furthest counts
			r.Percent = n.Percent
		}
	case n.Step == r.Step:
		r.Promise = r.Promise && n.Promise
	case r.Step == models.StepFinish && n.Step == models.StepPostpone && n.Promise:
		r.Step, r.Unfinished = models.StepReport, true // 岗位落实了，下个月一号上岗
		n.Due, n.Turned = "", false
	case r.Step == models.StepFinish && n.Step == models.StepReport && n.Percent != "" && n.Percent != "100":
		r.Step, r.Percent = n.Step, n.Percent // 屋基打好了，在砌墙了: what is told last is where it stands
	case r.Step == "" || place(n.Step) < place(r.Step) && !n.Promise:
		r.Step, r.Promise = n.Step, n.Promise
	}
}

// join adds what another clause tells. The step that stands first in stepOrder
// counts, except that a finish told later overrides work under way.
func (r *Report) join(n Report) {
	before := r.Said
	if r.leaves(n) && len(r.About) > 0 {
		n.About = slices.DeleteFunc(n.About, func(a About) bool { return !r.speaksOf(a) })
	}
	r.Said += "，" + n.Said
	if slow := r.Step == models.StepCancel || r.Step == models.StepPostpone || r.Step == models.StepBlock; slow && n.Step == "" {
		if r.Why == "" && n.Why == "" && !n.Tells() && n.Due == "" && n.Instead == "" { // 养羊的事算了，他家要出去打工
			r.Why = n.Said
		}
	} else {
		r.About = append(r.About, n.About...)
	}
	if r.Step == models.StepFinish && n.Left.Qty != "" && r.Done.Qty == "" {
		n.Unfinished, r.Step = true, models.StepReport // 样样都归一了，就差一盏灯
	}
	r.joinStep(&n)
	if n.More && r.Done.Qty != "" && r.Done.Unit == n.Done.Unit { // 买了3头，又买了2头
		a, _ := zh.ParseDec(r.Done.Qty)
		b, _ := zh.ParseDec(n.Done.Qty)
		r.Done.Qty, n.More, n.Done = (a + b).String(), false, Amount{}
	}
	if r.Step == models.StepBlock && n.Step == "" && n.Why != "" && r.Why == strings.Trim(before, " ：:") {
		r.Why = "" // 培训没去成，他媳妇生病: the reason is told behind
	}
	if n.Step == "" && r.Step != "" && n.On != "" && (len(n.Outputs) > 0 || len(n.Money) > 0 && n.Money[0].Kind == Earned) {
		n.On = "" // 板子装好了，上个月收入三百二: when it earned is not when it was done
	}
	r.fillSums(n.Money)
	r.sellEach(n)
	for _, f := range []struct{ to, from *string }{
		{&r.Percent, &n.Percent}, {&r.On, &n.On}, {&r.Due, &n.Due}, {&r.Why, &n.Why}, {&r.Dept, &n.Dept}, {&r.Instead, &n.Instead}, {&r.By, &n.By}, {&r.Over, &n.Over},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	r.narrow(n)
	for _, f := range []struct{ to, from *Amount }{{&r.Done, &n.Done}, {&r.Of, &n.Of}, {&r.Left, &n.Left}, {&r.Loss, &n.Loss}} {
		if f.to.Qty == "" {
			*f.to = *f.from
		}
	}
	r.More, r.Unfinished = r.More || n.More, r.Unfinished || n.Unfinished
	r.Approx, r.Turned, r.Photo = r.Approx || n.Approx, r.Turned || n.Turned, r.Photo || n.Photo
	r.Outputs, r.Follows = append(r.Outputs, n.Outputs...), append(r.Follows, n.Follows...)
	r.alive()
	r.settleShare()
}

// narrow joins what two clauses tell of how much is done: of 12 that were bought 9 are
// here. It is said back, the two may be of different things.
func (r *Report) narrow(n Report) {
	if r.Done.Qty == "" || n.Done.Qty == "" || r.Done == n.Done {
		return
	}
	r.Approx = true
	if !r.Done.alike(n.Done) || r.Of.Qty != "" {
		return
	}
	r.Of = r.Done
	if r.Done = n.Done; r.Done.size() > r.Of.size() {
		r.Of, r.Done = r.Done, r.Of
	}
}

// alive: what is left of what died or was sold is not work that is left.
func (r *Report) alive() {
	gone := r.Loss.Qty != "" && r.Loss.Unit == r.Left.Unit
	for _, o := range r.Outputs {
		gone = gone || slices.Contains([]string{"出栏", "销售"}, o.Indicator) && o.Unit == r.Left.Unit
	}
	if gone && r.Left.Qty != "" && r.Done.Qty == "" {
		if r.Left = (Amount{}); r.Step == models.StepReport {
			r.Step = ""
		}
	}
}

// owed: it is only money that has not come.
func (r *Report) owed() bool {
	return slices.ContainsFunc(r.Money, func(s Sum) bool { return s.Kind == Owed }) || r.Dept == "finance"
}

// fillSums adds sums; one without a word of its own is that of the word before it
// (贷款下来了，5万).
func (r *Report) fillSums(sums []Sum) {
	for _, s := range sums {
		last := len(r.Money) - 1
		switch {
		case s.Kind == "" && last >= 0 && r.Money[last].Amount == "":
			r.Money[last].Amount, r.Money[last].Share, r.Money[last].Approx = s.Amount, "", s.Approx
		case s.Kind == Paid && s.Amount == "" && s.Share == "" && last >= 0 && r.Money[last].Kind == Paid:
			// 打了2400到卡上: the same sum
		case s.Kind == "":
			s.Kind = Spent
			fallthrough
		default:
			r.Money = append(r.Money, s)
		}
	}
}

// razed is how far a house is, in per cent, when the old one is gone.
const razed = "10"

func place(s models.StepKind) int {
	for i, k := range stepOrder {
		if k == s {
			return i
		}
	}
	return len(stepOrder)
}
