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
	var out Reading
	var start int
	out.House, out.Group, start = p.owner()
	for _, cl := range p.clauses(start) {
		if n := len(out.Reports); n > 0 {
			cl.before = &out.Reports[n-1]
		}
		out.Batch = out.Batch || cl.has(batch) >= 0 && !cl.toks[0].word.is(because)
		rep, why := cl.read()
		switch {
		case why == WhyDenied && cl.unfinished():
			cl.before.Step, cl.before.Done, cl.before.Unfinished = models.StepReport, Amount{}, true
			cl.before.Said += "，" + cl.said()
		case why != "" && why != WhyQuestion && cl.givesReason():
			cl.before.Why = strings.Trim(cl.said(), " ：:")
			cl.before.Said += "，" + cl.said()
		case why != "":
			out.Unread = append(out.Unread, Unread{cl.said(), why})
		case len(out.Reports) > 0 && out.Reports[len(out.Reports)-1].takes(rep):
			out.Reports[len(out.Reports)-1].join(rep)
		default:
			out.Reports = append(out.Reports, cl.apart(rep)...)
		}
	}
	return out
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

// givesReason: the clause stands behind a step that still lacks its reason: 要延到7月底
// 猪圈没盖好.
func (c *clause) givesReason() bool {
	return c.before != nil && c.before.Why == "" && utf8.RuneCountInString(c.said()) > 2 &&
		(c.before.Step == models.StepPostpone || c.before.Step == models.StepCancel)
}

// takes reports whether what the next clause tells is about the same measure.
func (r *Report) takes(next Report) bool {
	if len(next.About) == 0 || len(r.About) == 0 || next.Step == "" && next.Percent == "" {
		return true
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

// living kinds hold things that are told apart by their word: 牛 is not 猪.
func living(kind string) bool { return kind == "breeding" || kind == "planting" }

// join adds what another clause tells. The step that stands first in stepOrder
// counts, except that a finish told later overrides work under way.
func (r *Report) join(n Report) {
	before := r.Said
	r.Said += "，" + n.Said
	if slow := r.Step == models.StepCancel || r.Step == models.StepPostpone || r.Step == models.StepBlock; slow && n.Step == "" {
		if r.Why == "" && n.Why == "" && !n.Tells() && n.Due == "" && n.Instead == "" { // 养羊的事算了，他家要出去打工
			r.Why = n.Said
		}
	} else {
		r.About = append(r.About, n.About...)
	}
	switch {
	case n.Step == "":
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
	if n.More && r.Done.Qty != "" && r.Done.Unit == n.Done.Unit { // 买了3头，又买了2头
		a, _ := zh.ParseDec(r.Done.Qty)
		b, _ := zh.ParseDec(n.Done.Qty)
		r.Done.Qty, n.More = (a + b).String(), false
	}
	if r.Step == models.StepBlock && n.Step == "" && n.Why != "" && r.Why == strings.Trim(before, " ：:") {
		r.Why = "" // 培训没去成，他媳妇生病: the reason is told behind
	}
	r.fillSums(n.Money)
	for _, f := range []struct{ to, from *string }{
		{&r.Percent, &n.Percent}, {&r.On, &n.On}, {&r.Due, &n.Due}, {&r.Why, &n.Why}, {&r.Dept, &n.Dept}, {&r.Instead, &n.Instead}, {&r.By, &n.By}, {&r.Over, &n.Over},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	for _, f := range []struct{ to, from *Amount }{{&r.Done, &n.Done}, {&r.Of, &n.Of}, {&r.Left, &n.Left}, {&r.Loss, &n.Loss}} {
		if f.to.Qty == "" {
			*f.to = *f.from
		}
	}
	r.More, r.Unfinished = r.More || n.More, r.Unfinished || n.Unfinished
	r.Approx, r.Turned, r.Photo = r.Approx || n.Approx, r.Turned || n.Turned, r.Photo || n.Photo
	r.Outputs, r.Follows = append(r.Outputs, n.Outputs...), append(r.Follows, n.Follows...)
	r.settleShare()
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
		case s.Kind == "":
			s.Kind = Spent
			fallthrough
		default:
			r.Money = append(r.Money, s)
		}
	}
}

func place(s models.StepKind) int {
	for i, k := range stepOrder {
		if k == s {
			return i
		}
	}
	return len(stepOrder)
}
