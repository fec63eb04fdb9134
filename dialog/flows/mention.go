package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/hear/plan"
)

// mention is a run of clauses that speak of one measure.
type mention struct{ work, text string }

// mentions parts a text where a clause names another measure of the household
// (养猪出栏5头，雨露计划领到3000). The rest belongs to the measure of the open
// question, to the one spoken of last or to the only one.
func (l *ledger) mentions(text string, a asking) []mention {
	work := cmp.Or(a.work, l.onlyWork())
	if len(l.live()) < 2 {
		return []mention{{work, text}}
	}
	var out []mention
	for _, clause := range clauses(text) {
		if named, _ := l.measureIn(clause); named != "" {
			work = named
		}
		if n := len(out); n > 0 && out[n-1].work == work {
			out[n-1].text += lex().Comma + clause
			continue
		}
		out = append(out, mention{work, clause})
	}
	if len(out) == 1 {
		out[0].text = text
	}
	return out
}

// each lets a reader hear what is said of each measure, and gives back what it made
// nothing of.
func (l *ledger) each(text string, a asking, read func(l *ledger, work, text string, a asking) ([]string, bool)) (left []string, some bool) {
	for _, m := range l.mentions(text, a) {
		rest, did := read(l, m.work, m.text, a)
		left, some = append(left, rest...), some || did
	}
	return left, some
}

func clauses(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(lex().Breaks, r) })
}

// live are the measures that are neither called off nor replaced.
func (l *ledger) live() []string {
	return slices.DeleteFunc(slices.Clone(l.refs(pathWorks)), func(ref string) bool { return l.profile.Dead(l.value(ref + ".status")) })
}

// measureIn is the measure of the household that a clause names, or that alone brings
// what the clause counts (出栏 is of what is bred); "" when none or several. another
// tells that it names a measure the household does not have.
func (l *ledger) measureIn(clause string) (ref string, another bool) {
	ms, _ := l.planner.Measures(clause, l.planContext(asking{}))
	if len(ms) == 1 {
		ref = l.sameMeasure(&ms[0])
	}
	if len(ms) > 0 {
		return ref, ref == ""
	}
	if word := l.planner.Subject(clause, l.planContext(asking{})); word != "" { // 牛明年产犊1头
		var named []string
		for _, work := range l.live() {
			if strings.Contains(l.value(work+".title"), word) {
				named = append(named, work)
			}
		}
		if len(named) == 1 {
			return named[0], false
		}
	}
	os, _ := l.planner.Outputs(clause, l.planContext(asking{}))
	var fit []string
	for _, work := range l.live() {
		if slices.ContainsFunc(os, func(o plan.Output) bool { return l.brings(work, o.Indicator) }) {
			fit = append(fit, work)
		}
	}
	if len(fit) == 1 {
		return fit[0], false
	}
	return "", false
}

// brings reports whether a measure of that kind is measured by an indicator.
func (l *ledger) brings(work, indicator string) bool {
	if indicator == "" {
		return false
	}
	for _, ref := range l.of(pathOuts, work) {
		if l.value(ref+".indicator") == indicator {
			return true
		}
	}
	u := l.profile.UsualOf(l.value(work+".cat1"), l.value(work+".cat2"))
	os, _ := l.planner.Outputs(u.OutExample, l.planContext(asking{asked: plan.AskOutput}))
	return indicator == u.Indicator || slices.ContainsFunc(os, func(o plan.Output) bool { return o.Indicator == indicator })
}

// results gives clauses that tell what came of a measure planned already to it,
// before they are taken for another measure. Behind a new measure they are its own.
func (l *ledger) results(texts []string, a asking) []string {
	if a.part == "money" || a.alone || len(rows(l.f, pathWorks)) == 0 {
		return texts
	}
	var left []string
	for _, text := range texts {
		var others []string
		fresh, work := false, ""
		for _, clause := range clauses(text) {
			named, another := l.measureIn(clause)
			fresh = fresh || another
			work = cmp.Or(named, work)
			if fresh || work == "" || !containsAny(clause, lex().Results) {
				others = append(others, clause)
				continue
			}
			others = append(others, l.hear((*ledger).readOutputs, []string{clause}, asking{part: "money", work: work}, true)...)
		}
		if len(others) == len(clauses(text)) { // as it was said
			left = append(left, text)
		} else if len(others) > 0 {
			left = append(left, strings.Join(others, lex().Comma))
		}
	}
	return left
}
