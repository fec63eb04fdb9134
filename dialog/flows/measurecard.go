package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
)

// kindCard asks which kind of measure it is, where only the category was said.
type kindCard struct{}

func (kindCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		out = append(out, w.path("cat2"))
	}
	return out
}

func (c kindCard) first(k *kit, f *dialog.Form) []string { return firstRow(f, c.wants(k, f)) }

func (kindCard) words(k *kit, f *dialog.Form, first []string) []string {
	return []string{"measure", k.workOf(f, first)}
}

// workOf is the name of the measure that paths are about.
func (k *kit) workOf(f *dialog.Form, first []string) string {
	if len(first) == 0 {
		return ""
	}
	return k.workName(firstOf(f, first))
}

func (kindCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	if len(first) == 0 {
		return nil
	}
	w := firstOf(f, first)
	var out []choice
	for _, it := range k.kindsOf(f, w.v("cat1")) {
		out = append(out, put(it.Label, it.Also, w.path("cat2"), it.Key))
	}
	return out
}

func (kindCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	return asking{asked: plan.AskKind, work: firstOf(nil, first).ref}
}

// detailCard asks what exactly is done, how much and by when, one measure at a
// time. What such a measure usually is stands there already.
type detailCard struct{}

func (detailCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		if w.v("cat2") == "" {
			continue
		}
		out = append(out, w.path("content"), w.path("qty"), w.path("unit"))
		if w.v("scope") == "person" {
			out = append(out, w.path("targets"))
		}
		out = append(out, w.path("year"), w.path("due_date"))
	}
	return out
}

// first are all measures of which only the usual words lack, since their date was
// said; else the first that lacks something.
func (c detailCard) first(k *kit, f *dialog.Form) []string {
	open := f.Open(c.wants(k, f))
	var easy []string
	for _, p := range open {
		w := rowAt(f, p)
		if w.v("due_date") != "" && w.v("year") != "" && k.usualRow(f, w)["content"] != "" {
			easy = append(easy, p)
		}
	}
	if len(easy) > 0 {
		return easy
	}
	return firstRow(f, open)
}

// worksOf are the measures that paths are about.
func worksOf(f *dialog.Form, paths []string) []row {
	var out []row
	for _, p := range paths {
		if ref := rowAt(f, p).ref; len(out) == 0 || out[len(out)-1].ref != ref {
			out = append(out, row{f, ref})
		}
	}
	return out
}

func (detailCard) words(k *kit, f *dialog.Form, first []string) []string {
	if ws := worksOf(f, first); len(ws) > 0 && ws[0].v("due_date") != "" && ws[0].v("year") != "" && k.usualRow(f, ws[0])["content"] != "" {
		var lines []string
		for _, w := range ws {
			lines = append(lines, k.workName(w)+"："+k.proposedWork(w, k.usualRow(f, w)))
		}
		return []string{"list", strings.Join(lines, "\n"), "done", "1"}
	}
	w := firstOf(f, first)
	u := k.usual(w)
	pairs := []string{"measure", k.workName(w), "example", cmp.Or(u.Example, k.texts.Say("measure.example"))}
	p := k.usualRow(f, w)
	if text := p["content"]; text != "" {
		return append(pairs, "old", "1", "list", k.proposedWork(w, p))
	}
	var lacks []string
	for _, path := range f.Open(first) {
		if fd := fieldOf(path); fd != nil && fd.Key != "unit" {
			lacks = append(lacks, fd.Label)
		}
	}
	now := ""
	if c := w.v("content"); c != "" {
		now = k.texts.Say("measure.now", "content", c)
	}
	return append(pairs, "lacks", strings.Join(lacks, "、"), "now", now)
}

func (c detailCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	w := firstOf(f, first)
	p := k.usualRow(f, w)
	if p["content"] != "" && w.v("due_date") != "" && w.v("year") != "" {
		return []choice{{label: k.texts.Say("plan.right"), do: func(l *ledger) {
			for _, w := range worksOf(f, first) {
				l.usualWork(w)
			}
		}}}
	}
	if p["content"] == "" && !(len(f.Open(first)) > 0 && onlyDates(f.Open(first))) {
		return nil
	}
	var out []choice
	for _, due := range k.dueDates(f) {
		out = append(out, choice{label: k.texts.Say("measure.by", "date", k.reader.Show("measure.due_date", due)), do: func(l *ledger) {
			l.put(w.path("due_date"), due, "", false)
			if l.value(w.path("year")) == "" {
				l.fill(w.path("year"), due[:4])
			}
			l.usualWork(w)
		}})
	}
	if p["content"] != "" {
		out = append(out, choice{label: k.texts.Say("measure.so"), also: append(k.also("duty.so.also"), k.texts.Say("plan.right")), do: func(l *ledger) { l.usualWork(w) }})
	}
	return out
}

// onlyDates: nothing lacks but when.
func onlyDates(open []string) bool {
	return !slices.ContainsFunc(open, func(p string) bool {
		return !strings.HasSuffix(p, ".year") && !strings.HasSuffix(p, ".due_date")
	})
}

// dueDates are the ends of half years ahead within the programme; when it is over,
// its years' ends.
func (k *kit) dueDates(f *dialog.Form) []string {
	today := f.Marks[markToday]
	var out []string
	for y := k.profile.FirstYear; y <= k.profile.LastYear; y++ {
		for _, end := range []string{"-06-30", "-12-31"} {
			if d := itoa(y) + end; d >= today {
				out = append(out, d)
			}
		}
	}
	if len(out) == 0 {
		for y := k.profile.FirstYear; y <= k.profile.LastYear; y++ {
			out = append(out, itoa(y)+"-12-31")
		}
	}
	return out[:min(len(out), 5)]
}

func (detailCard) asking(_ *kit, f *dialog.Form, first []string) asking {
	a := asking{asked: plan.AskContent, work: firstOf(nil, first).ref}
	open := f.Open(first)
	switch {
	case len(open) > 0 && onlyDates(open):
		a.asked = plan.AskDue
	case len(open) > 0 && strings.HasSuffix(open[0], ".qty"):
		a.asked = plan.AskQty
	case len(open) == 1 && strings.HasSuffix(open[0], ".targets"):
		a.asked = plan.AskTargets
	}
	return a
}

// willCard asks whether the family wants it, for all measures at once.
type willCard struct{}

func (willCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		out = append(out, w.path("will_sign"))
	}
	return out
}

func (c willCard) first(k *kit, f *dialog.Form) []string {
	if open := f.Open(c.wants(k, f)); len(open) > 0 {
		return open
	}
	return c.wants(k, f)
}

func (willCard) words(k *kit, f *dialog.Form, first []string) []string {
	var out []string
	for _, p := range first {
		out = append(out, k.workName(rowAt(f, p)))
	}
	return []string{"measures", strings.Join(out, "、")}
}

func (willCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	var out []choice
	for _, it := range k.profile.Codes["will"] {
		label := it.Label
		if len(first) > 1 {
			label = k.texts.Say("offer.all", "label", it.Label)
		}
		out = append(out, choice{label: label, also: it.Names(), do: func(l *ledger) {
			for i, p := range first {
				said := ""
				if i == 0 {
					said = label
				}
				l.put(p, it.Key, said, false)
			}
		}})
	}
	return out
}

func (willCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	a := asking{asked: plan.AskWill}
	if len(first) == 1 {
		a.work = firstOf(nil, first).ref
	}
	return a
}
