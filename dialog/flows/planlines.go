package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// planLines are the confirm screen of the plan: the causes, one line for each
// measure with its money, result and people, the sums, who helps, when they leave.
func (t *talk) planLines(f *dialog.Form) []line {
	var out []line
	for i, c := range rows(f, pathCauses) {
		out = append(out, t.lineOfCause(c, i == 0))
	}
	for _, w := range t.works(f) {
		out = append(out, t.lineOfWork(f, w))
	}
	sums := t.sumsLine(f)
	if t.crowded(f) {
		sums = t.yearSums(f)
	}
	if sums != "" {
		out = append(out, line{section: "money", text: strings.TrimSpace(sums)})
	}
	for _, h := range rows(f, pathHelpers) {
		text := t.profile.Labels["helper_word"] + "：" + t.planner.ShowHelper(plan.Helper{Name: h.v("helper"), Unit: h.v("helper_unit"), From: h.v("helper_from")})
		out = append(out, line{section: "duty", text: text, paths: []string{h.path("helper"), h.path("helper_unit"), h.path("helper_phone"), h.path("helper_from")}})
	}
	if text := t.exitText(f); text != "" {
		out = append(out, line{section: "exit", text: text, paths: []string{pathExitYear, pathExitQuarter, pathExitSeq, pathMilestone, pathVillageExit, pathCountyExit}})
	}
	return out
}

// manyWorks is how many measures make the confirm screen longer than a phone's: from
// then on it says in fewer words what was said back in full when it was told.
const manyWorks = 4

func (k *kit) crowded(f *dialog.Form) bool { return len(k.works(f)) >= manyWorks }

// touched reports whether a line shows one of the paths: its own, and for a measure
// those of its money, results and people.
func (l line) touched(f *dialog.Form, paths []string) bool {
	var refs []string
	if l.section == "measure" {
		ref, _, _ := strings.Cut(l.paths[0], ".")
		for _, list := range []string{pathFunds, pathOuts, pathDuties} {
			for _, x := range rowsOf(f, list, ref) {
				refs = append(refs, x.ref)
			}
		}
	}
	return slices.ContainsFunc(paths, func(p string) bool {
		ref, _, _ := strings.Cut(p, ".")
		return slices.Contains(l.paths, p) || slices.Contains(refs, ref)
	})
}

func (t *talk) lineOfCause(c row, first bool) line {
	rank := t.texts.Say("cause.other")
	if first {
		rank = t.texts.Say("cause.main")
	}
	parts := []string{rank + t.profile.Label("cause", c.v("cause"))}
	if gap := c.v("gap_money"); gap != "" {
		parts = append(parts, t.texts.Say("cause.gap", "sum", t.planner.ShowMoney(gap), "use", c.v("gap_use")))
	}
	if desc := c.v("desc"); desc != "" {
		parts = append(parts, desc)
	}
	if on := c.v("confirm_date"); on != "" {
		parts = append(parts, t.texts.Say("cause.agreed", "by", c.v("confirm_by"), "on", t.reader.Show("cause.confirm_date", on)))
	}
	return line{section: "cause", text: strings.Join(parts, "，"), paths: []string{c.path("cause"), c.path("desc"), c.path("gap_money"), c.path("gap_use"), c.path("head_agrees"), c.path("confirm_by"), c.path("confirm_date")}}
}

func (t *talk) lineOfWork(f *dialog.Form, w row) line {
	l := t.ledger(f, t.in)
	show := t.planner
	if t.crowded(f) {
		show = show.Brief()
	}
	parts := []string{show.ShowMeasure(l.measureOf(w.ref))}
	if who := models.ParseSet(w.v("targets")); len(who) > 0 && w.v("scope") == "person" {
		parts = append(parts, t.texts.Say("measure.for", "who", t.memberNames(f, who)))
	}
	var funds []plan.Fund
	for _, x := range rowsOf(f, pathFunds, w.ref) {
		funds = append(funds, l.fundOf(x.ref))
	}
	if t.crowded(f) && len(funds) > 1 {
		parts = append(parts, t.sumOf(funds))
	} else {
		parts = append(parts, show.ShowFunds(funds)...)
	}
	if why := w.v("no_money_why"); why != "" {
		parts = append(parts, t.texts.Say("money.none"))
	}
	for _, o := range rowsOf(f, pathOuts, w.ref) {
		parts = append(parts, show.ShowOutput(l.outputOf(o.ref)))
	}
	var who []string
	for _, level := range dutyLevels {
		if d := l.dutyRow(w.ref, level); d != "" {
			who = append(who, f.Value(d+".duty_person"))
		}
	}
	if names := strings.Trim(strings.Join(who, "/"), "/"); names != "" {
		parts = append(parts, t.texts.Say("duty.people", "names", names))
	}
	return line{section: "measure", text: strings.Join(parts, "；"), paths: []string{
		w.path("content"), w.path("targets"), w.path("qty"), w.path("due_date"), w.path("will_sign"),
		w.ref + pathMoney, w.ref + pathOut, pathAt(w.ref, models.Village), pathAt(w.ref, models.Township), pathAt(w.ref, models.County),
	}}
}

// sumOf is the money of a measure in one sum, how many lines make it, and what of it has
// no source yet.
func (t *talk) sumOf(funds []plan.Fund) string {
	var all, open models.Dec
	for _, x := range funds {
		v, _ := models.ParseDec(x.Amount)
		if all = all.Add(v); x.Source == "" {
			open = open.Add(v)
		}
	}
	text := t.texts.Say("money.work_sum", "sum", t.planner.Brief().ShowMoney(all.String()), "n", itoa(len(funds)))
	if open.Known() {
		text += t.texts.Say("money.work_open", "sum", t.planner.Brief().ShowMoney(open.String()))
	}
	return text
}

func (t *talk) exitText(f *dialog.Form) string {
	var parts []string
	if y := f.Value(pathExitYear); y != "" {
		parts = append(parts, t.texts.Say("exit.said", "when", t.when(y, f.Value(pathExitQuarter)), "exit", t.profile.Labels["exit_word"]))
	}
	if n := f.Value(pathExitSeq); n != "" {
		parts = append(parts, t.texts.Say("exit.seq", "n", n))
	}
	if ms := f.Value(pathMilestone); ms != "" && t.crowded(f) {
		parts = append(parts, t.texts.Say("exit.milestones", "n", itoa(strings.Count(ms, ",")+1)))
	} else if ms != "" {
		parts = append(parts, t.showMilestones(ms))
	}
	if y := f.Value(pathVillageExit); y != "" && planned(f) {
		parts = append(parts, t.texts.Say("exit.village", "year", y))
	}
	if y := f.Value(pathCountyExit); y != "" {
		parts = append(parts, t.texts.Say("exit.county", "year", y))
	}
	return strings.Join(parts, "，")
}

// pathLabel is what a path of the plan is called, "" when it has no name.
func (t *talk) pathLabel(path string) string {
	switch path {
	case pathVillageExit:
		return t.texts.Say("path.village_exit")
	case pathCountyExit:
		return t.texts.Say("path.county_exit")
	}
	if fd := fieldOf(path); fd != nil {
		return fd.Label
	}
	_, key, _ := strings.Cut(path, ".")
	if s, ok := t.texts["path."+key]; ok {
		return s
	}
	return ""
}
