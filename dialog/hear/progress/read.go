package progress

import (
	"slices"
	"strings"

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
		case why != "":
			out.Unread = append(out.Unread, Unread{cl.said(), why})
		case len(out.Reports) > 0 && out.Reports[len(out.Reports)-1].takes(rep):
			out.Reports[len(out.Reports)-1].join(rep)
		default:
			out.Reports = append(out.Reports, rep)
		}
	}
	return out
}

// takes reports whether what the next clause tells is about the same measure.
func (r *Report) takes(next Report) bool {
	if len(next.About) == 0 || len(r.About) == 0 || next.Step == "" && next.Percent == "" {
		return true
	}
	for _, a := range r.About {
		for _, b := range next.About {
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
	case n.Step == models.StepBlock && (r.Step == models.StepFinish || r.Step == models.StepAccept || r.Step == models.StepEffect):
		// 验收通过，资金还没拨: what is done is not stopped
		n.Why, n.Dept = "", ""
	case n.Step == r.Step:
		r.Promise = r.Promise && n.Promise
	case r.Step == "" || place(n.Step) < place(r.Step) && !n.Promise:
		r.Step, r.Promise = n.Step, n.Promise
	}
	r.fillSums(n.Money)
	for _, f := range []struct{ to, from *string }{
		{&r.Percent, &n.Percent}, {&r.On, &n.On}, {&r.Due, &n.Due}, {&r.Why, &n.Why}, {&r.Dept, &n.Dept}, {&r.Instead, &n.Instead}, {&r.By, &n.By},
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
	r.More = r.More || n.More
	r.Approx, r.Turned, r.Photo = r.Approx || n.Approx, r.Turned || n.Turned, r.Photo || n.Photo
	r.Outputs, r.Follows = append(r.Outputs, n.Outputs...), append(r.Follows, n.Follows...)
	r.settleShare()
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
