package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
)

// The paths of 脱贫时序.
const (
	pathExitYear    = "exit.plan_year"
	pathExitQuarter = "exit.plan_quarter"
	pathExitSeq     = "exit.seq_no"
	pathMilestone   = "exit.milestone"
	pathVillageExit = "village_exit.plan_year"
	pathCountyExit  = "county_exit.plan_year"
)

// readExit takes when the household leaves poverty, and its village and county.
// Steps on the way are heard only when they are asked for: everything else with a
// date is a measure.
func (l *ledger) readExit(text string, a asking) ([]string, bool) {
	e, un := l.planner.Exit(text, l.planContext(a))
	if a.part != "exit" {
		e.Milestones = nil
		if !containsAny(text, lex().Leaves) {
			return []string{text}, false
		}
	}
	if !l.takeExit(&e) {
		out := slices.ContainsFunc(un, func(u plan.Unread) bool { return u.Why == plan.WhyOutside })
		if a.part != "exit" && !out {
			return []string{text}, false
		}
		return l.rest(un, nil)
	}
	left, _ := l.rest(un, nil)
	return left, true
}

func (l *ledger) takeExit(e *plan.Exit) bool {
	n := len(l.set)
	word := l.profile.Labels["exit_word"]
	if e.Year != "" {
		l.put(pathExitYear, e.Year, l.texts.Say("exit.said", "when", l.when(e.Year, e.Quarter), "exit", word), e.Doubtful)
	}
	if e.Quarter != "" {
		l.put(pathExitQuarter, e.Quarter, "", false)
	}
	switch {
	case e.Seq != "":
		l.put(pathExitSeq, e.Seq, l.texts.Say("exit.seq", "n", e.Seq), false)
	case e.First:
		l.put(pathExitSeq, "1", l.texts.Say("exit.seq", "n", "1"), false)
	}
	if len(e.Milestones) > 0 {
		l.milestones(e.Milestones)
	}
	if e.VillageYear != "" {
		l.put(pathVillageExit, e.VillageYear, l.texts.Say("exit.village", "year", e.VillageYear), false)
	}
	if e.CountyYear != "" {
		l.put(pathCountyExit, e.CountyYear, l.texts.Say("exit.county", "year", e.CountyYear), false)
	}
	return len(l.set) > n
}

// when is 2019年3季度.
func (k *kit) when(year, quarter string) string {
	out := k.reader.Show("exit.plan_year", year)
	if quarter != "" {
		out += k.texts.Say("exit.quarter", "q", quarter)
	}
	return out
}

// milestones keeps steps in the order of their quarters: "2018Q4:房子修好,2019Q2:出栏".
func (l *ledger) milestones(ms []plan.Milestone) {
	value := milestoneText(ms)
	l.put(pathMilestone, value, l.showMilestones(value), false)
}

func milestoneText(ms []plan.Milestone) string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Quarter+":"+strings.NewReplacer(",", "、", "，", "、").Replace(clip(m.Text, 24)))
	}
	slices.Sort(out)
	return strings.Join(out, ",")
}

// showMilestones is 2018年4季度房子修好；2019年2季度出栏.
func (k *kit) showMilestones(value string) string {
	var out []string
	for m := range strings.SplitSeq(value, ",") {
		at, text, _ := strings.Cut(m, ":")
		year, q, _ := strings.Cut(at, "Q")
		out = append(out, k.when(year, q)+text)
	}
	return strings.Join(out, "；")
}

// exitCard asks in which year and quarter the household leaves poverty.
type exitCard struct{}

func (exitCard) wants(*kit, *dialog.Form) []string { return []string{pathExitYear, pathExitQuarter} }

func (c exitCard) first(k *kit, f *dialog.Form) []string { return c.wants(k, f) }

func (exitCard) words(k *kit, f *dialog.Form, _ []string) []string {
	last := ""
	if due := k.lastDue(f); due != "" {
		last = k.texts.Say("exit.last_due", "due", k.reader.Show("measure.due_date", due))
	}
	year := ""
	if y := f.Value(pathExitYear); y != "" && f.Value(pathExitQuarter) == "" {
		year = k.texts.Say("exit.year_known", "year", y)
	}
	return []string{"last", last, "year", year, "exit", k.profile.Labels["exit_word"], "example", k.profile.Labels["say_exit"]}
}

// lastDue is the latest day on which a measure is done.
func (k *kit) lastDue(f *dialog.Form) string {
	last := ""
	for _, w := range k.works(f) {
		last = max(last, w.v("due_date"))
	}
	return last
}

// choices are the quarters from the last day of the measures on, within the years
// that were said and those of the village.
func (exitCard) choices(k *kit, f *dialog.Form, _ []string) []choice {
	from := max(k.lastDue(f), f.Marks[markToday])
	first, last := k.profile.FirstYear, k.profile.LastYear
	if y := atoi(f.Value(pathExitYear)); y != 0 {
		first, last = y, y
	}
	var out []choice
	add := func(after string) {
		for y := first; y <= last; y++ {
			for q := 1; q <= 4; q++ {
				if end := fmt.Sprintf("%d-%02d", y, q*3); end >= after[:min(7, len(after))] && len(out) < 7 {
					out = append(out, put(k.when(itoa(y), itoa(q)), nil, pathExitYear, itoa(y), pathExitQuarter, itoa(q)))
				}
			}
		}
	}
	if add(from); len(out) == 0 {
		add("")
	}
	return out
}

func (exitCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskExit} }

// orderCard asks for the place in the order of leaving.
type orderCard struct{}

func (orderCard) wants(*kit, *dialog.Form) []string { return []string{pathExitSeq} }

func (c orderCard) first(k *kit, f *dialog.Form) []string { return c.wants(k, f) }

func (orderCard) words(k *kit, f *dialog.Form, _ []string) []string {
	return []string{"when", k.when(f.Value(pathExitYear), f.Value(pathExitQuarter))}
}

func (orderCard) choices(k *kit, _ *dialog.Form, _ []string) []choice {
	return []choice{
		put(k.texts.Say("order.first"), k.also("order.first.also"), pathExitSeq, "1"),
		put(k.texts.Say("order.second"), k.also("order.second.also"), pathExitSeq, "2"),
		put(k.texts.Say("order.third"), k.also("order.third.also"), pathExitSeq, "3"),
	}
}

func (orderCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: askOrder} }

// askOrder is a question of ours: a bare number is the place in the order.
const askOrder = "order"

// milestoneCard proposes the steps by quarter: what the measures bring, and the
// exit itself.
type milestoneCard struct{}

func (milestoneCard) wants(*kit, *dialog.Form) []string { return []string{pathMilestone} }

func (c milestoneCard) first(k *kit, f *dialog.Form) []string { return c.wants(k, f) }

// usualMilestones are the ends of the measures and the exit, by quarter.
func (k *kit) usualMilestones(f *dialog.Form) []plan.Milestone {
	by := map[string][]string{}
	var order []string
	add := func(q, text string) {
		if len(by[q]) == 0 {
			order = append(order, q)
		}
		by[q] = append(by[q], text)
	}
	for _, w := range k.works(f) {
		if due := w.v("due_date"); len(due) >= 7 {
			add(fmt.Sprintf("%sQ%d", due[:4], (atoi(due[5:7])-1)/3+1), k.workName(w))
		}
	}
	if y := f.Value(pathExitYear); y != "" {
		add(y+"Q"+cmp.Or(f.Value(pathExitQuarter), "4"), k.profile.Labels["exit_word"])
	}
	slices.Sort(order)
	var out []plan.Milestone
	for _, q := range order {
		text := strings.Join(by[q], "、")
		if !strings.HasSuffix(text, k.profile.Labels["exit_word"]) {
			text += k.texts.Say("milestone.done")
		}
		out = append(out, plan.Milestone{Quarter: q, Text: text})
	}
	return out
}

func (milestoneCard) words(k *kit, f *dialog.Form, _ []string) []string {
	return []string{"list", strings.ReplaceAll(k.showMilestones(milestoneText(k.usualMilestones(f))), "；", "\n")}
}

func (milestoneCard) choices(k *kit, f *dialog.Form, _ []string) []choice {
	ms := k.usualMilestones(f)
	if len(ms) == 0 {
		return nil
	}
	return []choice{{label: k.texts.Say("plan.right"), do: func(l *ledger) { l.milestones(ms) }}}
}

func (milestoneCard) asking(*kit, *dialog.Form, []string) asking {
	return asking{asked: plan.AskMilestone}
}

// areaExitCard asks when village and county leave, once for the whole village.
type areaExitCard struct{}

func (areaExitCard) wants(k *kit, _ *dialog.Form) []string {
	if k.profile.Rule("T03") == nil {
		return nil // the programme does not plan by area
	}
	return []string{pathVillageExit, pathCountyExit}
}

func (c areaExitCard) first(k *kit, f *dialog.Form) []string {
	if open := f.Open(c.wants(k, f)); len(open) > 0 {
		return open
	}
	return c.wants(k, f)
}

func (areaExitCard) words(k *kit, _ *dialog.Form, first []string) []string {
	key := "area_exit.both"
	if len(first) == 1 {
		key = "area_exit." + strings.TrimSuffix(first[0], ".plan_year")
	}
	return []string{"ask", k.texts.Say(key)}
}

func (areaExitCard) choices(k *kit, _ *dialog.Form, first []string) []choice {
	var out []choice
	for y := k.profile.FirstYear; y <= k.profile.LastYear; y++ {
		year := itoa(y)
		switch {
		case len(first) == 2:
			out = append(out, put(k.texts.Say("area_exit.same", "year", year), nil, pathVillageExit, year, pathCountyExit, year))
			if y < k.profile.LastYear {
				out = append(out, put(k.texts.Say("area_exit.later", "village", year, "county", itoa(y+1)), nil, pathVillageExit, year, pathCountyExit, itoa(y+1)))
			}
		case len(first) == 1:
			out = append(out, put(k.reader.Show("exit.plan_year", year), []string{year}, first[0], year))
		}
	}
	return out
}

func (areaExitCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskExit} }
