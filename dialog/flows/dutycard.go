package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// allDutiesCard proposes who answers for every measure on every level: who
// speaks in the village, whose department it is above. It asks only where nobody
// has been named at all and somebody known fits.
type allDutiesCard struct{}

func (c allDutiesCard) wants(k *kit, f *dialog.Form) []string {
	if f.Marks[markDuties] == "no" {
		return nil
	}
	var out []string
	for _, at := range k.openDuties(f) {
		out = append(out, pathAt(at.work, at.level))
	}
	return out
}

// idle reports, when the card's turn comes, whether it has nothing to propose: then
// each level is asked. Only here is it looked up who is known.
func (c allDutiesCard) idle(k *kit, f *dialog.Form) bool {
	n := 0
	for _, at := range k.openDuties(f) {
		if k.candidate(f, at) != nil {
			n++
		}
	}
	if n >= 2 || f.Force {
		return false
	}
	f.Marks[markDuties] = "no" // one question is as good as another
	return true
}

// markDuties: "no" when the proposal was not wanted; each level is asked then.
const markDuties = "duties_proposal"

// place is a level of a measure.
type place struct {
	work  string
	level models.Level
}

// openDuties are the levels of measures on which nobody answers.
func (k *kit) openDuties(f *dialog.Form) []place {
	var out []place
	for _, level := range dutyLevels {
		for _, w := range k.works(f) {
			if w.v("cat2") != "" && !f.Settled(pathAt(w.ref, level)) {
				out = append(out, place{w.ref, level})
			}
		}
	}
	return out
}

// candidate is the one person known who fits a level of a measure: in the village
// who speaks; above, somebody of the leading department, or whoever answers
// for another measure of that department already. Nil when nobody or several do.
func (k *kit) candidate(f *dialog.Form, at place) *models.Person {
	ps := k.officials(f)
	if at.level == models.Village {
		if p := k.official(f, self(f)); p != nil && p.Level() == models.Village {
			return p
		}
	}
	var fit []*models.Person
	leads := k.leadsAt(f, at)
	for i := range ps {
		p := &ps[i]
		if p.Level() != at.level {
			continue
		}
		dept := k.deptAt(f, i)
		if dept != "" && slices.Contains(leads, dept) {
			fit = append(fit, p)
		}
	}
	if len(fit) == 0 && at.level == models.Township {
		for i := range ps { // a township without departments on file: its only officer
			if ps[i].Level() == models.Township {
				fit = append(fit, &ps[i])
			}
		}
	}
	if len(fit) == 1 {
		return fit[0]
	}
	return k.taken(f, at, fit)
}

// taken is the one of several who answers for another measure already.
func (k *kit) taken(f *dialog.Form, at place, fit []*models.Person) *models.Person {
	for _, d := range rows(f, pathDuties) {
		for _, p := range fit {
			if d.v("duty_level") == string(at.level) && d.v("person") == p.ID {
				return p
			}
		}
	}
	return nil
}

// leadsAt are the departments that answer for a measure on a level.
func (k *kit) leadsAt(f *dialog.Form, at place) []string {
	w := row{f, at.work}
	return k.leadsOf(w.v("cat1"), w.v("cat2"), at.level)
}

func (c allDutiesCard) first(k *kit, f *dialog.Form) []string {
	var out []string
	for _, at := range k.openDuties(f) {
		if k.candidate(f, at) != nil {
			out = append(out, pathAt(at.work, at.level))
		}
	}
	return out
}

func (c allDutiesCard) words(k *kit, f *dialog.Form, _ []string) []string {
	var lines []string
	for _, level := range dutyLevels {
		names, of := []string{}, map[string][]string{}
		for _, at := range k.openDuties(f) {
			if p := k.candidate(f, at); at.level == level && p != nil {
				who := k.personLabel(*p)
				if len(of[who]) == 0 {
					names = append(names, who)
				}
				of[who] = append(of[who], k.workName(row{f, at.work}))
			}
		}
		for _, who := range names {
			lines = append(lines, k.texts.Say("duty.line", "level", k.profile.Label("duty_level", string(level)), "who", who, "works", strings.Join(of[who], "、")))
		}
	}
	return []string{"list", strings.Join(lines, "\n"), "reward", k.profile.Labels["usual_reward"], "penalty", k.profile.Labels["usual_penalty"]}
}

func (c allDutiesCard) choices(k *kit, f *dialog.Form, _ []string) []choice {
	return []choice{
		{label: k.texts.Say("plan.right"), do: func(l *ledger) {
			for _, at := range k.openDuties(f) {
				if p := k.candidate(f, at); p != nil {
					l.takeDuty(at.work, &plan.Duty{Level: string(at.level), Name: p.Name, PersonID: p.ID})
					l.usualTerms(at.work)
				}
			}
		}},
		{label: k.texts.Say("duty.one_by_one"), also: k.also("duty.one_by_one.also"), do: func(l *ledger) { f.Marks[markDuties] = "no"; l.put("duties_asked", "yes", "", false) }},
	}
}

// usualTerms fixes goal, deadline, reward and penalty of a measure as they usually
// are, where nothing else was said: they were read out with the people.
func (l *ledger) usualTerms(work string) {
	ds := l.of(pathDuties, work)
	for _, key := range dutyTerms {
		if !slices.ContainsFunc(ds, func(d string) bool { return l.value(d+"."+key) != "" }) {
			l.fill(ds[0]+"."+key, l.termOf(l.f, row{l.f, work}, key))
		}
	}
}

func (allDutiesCard) asking(*kit, *dialog.Form, []string) asking { return asking{} }

// dutyCard asks who answers on one level, for all measures of one department at
// once.
type dutyCard struct{ level models.Level }

func (c dutyCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		if w.v("cat2") != "" {
			out = append(out, pathAt(w.ref, c.level))
		}
	}
	return out
}

// first are the open measures of the department of the first one.
func (c dutyCard) first(k *kit, f *dialog.Form) []string {
	open := f.Open(c.wants(k, f))
	if len(open) == 0 {
		return nil
	}
	dept := k.deptOfPlace(f, place{firstOf(nil, open).ref, c.level})
	return slices.DeleteFunc(open, func(p string) bool {
		return k.deptOfPlace(f, place{rowAt(f, p).ref, c.level}) != dept
	})
}

// deptOfPlace is the department that leads a measure on a level, "" in the village.
func (k *kit) deptOfPlace(f *dialog.Form, at place) string {
	if leads := k.leadsAt(f, at); len(leads) > 0 {
		return leads[0]
	}
	return ""
}

func (c dutyCard) words(k *kit, f *dialog.Form, first []string) []string {
	if len(first) == 0 {
		return nil
	}
	var works []string
	for _, p := range first {
		works = append(works, k.workName(rowAt(f, p)))
	}
	dept := k.deptOfPlace(f, place{firstOf(nil, first).ref, c.level})
	if dept != "" {
		dept = k.profile.DeptName(dept, models.Date(f.Marks[markToday]).Year())
	}
	return []string{"works", strings.Join(works, "、"), "dept", dept}
}

// choices are whoever answers for another measure on the level first (同上一条),
// then who is known there, the department's people first.
func (c dutyCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	if len(first) == 0 {
		return nil
	}
	leads := k.leadsAt(f, place{firstOf(nil, first).ref, c.level})
	var same, mine, others []models.Person
	for i, p := range k.officials(f) {
		switch {
		case p.Level() != c.level:
		case slices.ContainsFunc(rows(f, pathDuties), func(d row) bool { return d.v("person") == p.ID }):
			same = append(same, p)
		case p.ID == self(f) || slices.Contains(leads, k.deptAt(f, i)):
			mine = append(mine, p)
		default:
			others = append(others, p)
		}
	}
	var out []choice
	for i, p := range slices.Concat(mine, same, others) {
		if i == maxOptions-1 {
			break
		}
		out = append(out, c.person(k, first, p))
	}
	return out
}

func (c dutyCard) person(k *kit, first []string, p models.Person) choice {
	return choice{label: k.personLabel(p), also: []string{p.Name}, do: func(l *ledger) {
		for i, path := range first {
			work := rowAt(nil, path).ref
			l.takeDuty(work, &plan.Duty{Level: string(c.level), Name: p.Name, PersonID: p.ID})
			if i == 0 {
				l.whole(l.dutyRow(work, c.level), l.levelWord(c.level)+k.personLabel(p))
			}
		}
	}}
}

func (c dutyCard) asking(_ *kit, _ *dialog.Form, first []string) asking {
	asked := map[models.Level]string{models.Village: plan.AskVillage, models.Township: plan.AskTownship, models.County: plan.AskCounty}
	return asking{asked: asked[c.level], open: first}
}

// termsCard proposes what every measure has to reach, by when, and what follows;
// one yes settles it for all.
type termsCard struct{}

func (termsCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, w := range k.works(f) {
		ds := rowsOf(f, pathDuties, w.ref)
		for _, key := range dutyTerms {
			if key == "deadline" && w.v("due_date") == "" {
				continue // its measure has no end yet, which is asked for itself
			}
			if len(ds) > 0 && !slices.ContainsFunc(ds, func(d row) bool { return d.v(key) != "" }) {
				out = append(out, ds[0].path(key))
			}
		}
		for _, d := range ds {
			for _, key := range dutyTerms {
				if d.v(key) != "" {
					out = append(out, d.path(key))
				}
			}
		}
	}
	return out
}

func (c termsCard) first(k *kit, f *dialog.Form) []string {
	if open := f.Open(c.wants(k, f)); len(open) > 0 {
		return open
	}
	return c.wants(k, f)
}

// usualTerm is what is usually fixed: the promised result, the day it is due, and
// what the profile says of reward and penalty.
func (k *kit) usualTerm(f *dialog.Form, path string) string {
	ref, key, _ := strings.Cut(path, ".")
	return k.termOf(f, row{f, row{f, ref}.of()}, key)
}

func (k *kit) termOf(f *dialog.Form, w row, key string) string {
	switch key {
	case "goal":
		outs := rowsOf(f, pathOuts, w.ref)
		goal := k.workLine(w)
		if len(outs) > 0 {
			o := outs[len(outs)-1]
			goal += "，" + k.planner.ShowOutput(plan.Output{Year: o.v("output_year"), Indicator: o.v("indicator"), Unit: o.v("output_unit"), Target: o.v("target"), Income: o.v("income_effect")})
		}
		return clip(goal, 60)
	case "deadline":
		return w.v("due_date")
	case "reward":
		return k.profile.Labels["usual_reward"]
	case "penalty":
		return k.profile.Labels["usual_penalty"]
	}
	return ""
}

func (c termsCard) words(k *kit, f *dialog.Form, first []string) []string {
	var goals []string
	reward, penalty := "", ""
	for _, p := range first {
		v := cmp.Or(f.Value(p), k.usualTerm(f, p))
		switch _, key, _ := strings.Cut(p, "."); key {
		case "goal":
			d := rowAt(f, p)
			goals = append(goals, k.texts.Say("duty.goal", "goal", v, "by", k.reader.Show("duty.deadline", cmp.Or(d.v("deadline"), k.usualTerm(f, d.path("deadline"))))))
		case "reward":
			reward = v
		case "penalty":
			penalty = v
		}
	}
	return []string{"goals", strings.Join(goals, "\n"), "reward", reward, "penalty", penalty}
}

func (c termsCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	return []choice{{label: k.texts.Say("duty.so"), also: append(k.also("duty.so.also"), k.texts.Say("plan.right")), do: func(l *ledger) {
		for _, p := range first {
			if v := k.usualTerm(f, p); v != "" && f.Value(p) == "" {
				l.put(p, v, "", false)
			}
		}
	}}}
}

func (termsCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskReward} }
