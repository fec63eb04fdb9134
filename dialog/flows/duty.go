package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// The levels on which every measure has somebody (domain.md §3 ⑤ b), and what a
// measure's path for each is called: "w1.at_village".
var dutyLevels = []models.Level{models.Village, models.Township, models.County}

func pathAt(work string, level models.Level) string { return work + ".at_" + string(level) }

// readDuties takes who answers: for the measure of the open question, else for all
// that nobody answers for on that level, or whose department it is.
func (l *ledger) readDuties(text string, a asking) ([]string, bool) {
	if a.alone && len(l.refs(pathWorks)) == 0 {
		return []string{text}, false
	}
	ds, un := l.planner.Duties(text, l.withOfficials(l.planContext(a)))
	took := false
	for i := range ds {
		if a.part == "duty" || ds[i].Level != "" && ds[i].Name != "" {
			took = l.takeDuties(&ds[i], a) || took
		}
	}
	if !took && a.part != "duty" {
		return []string{text}, false
	}
	left, some := l.rest(un, l.guessOfficial)
	return left, some || took
}

// takeDuties gives a duty to the measures it is about.
func (l *ledger) takeDuties(t *plan.Duty, a asking) bool {
	if t.Name == "" && t.Level == "" { // goal, deadline, reward, penalty: of all
		return l.takeTerms(t, a)
	}
	if t.Level == "" {
		t.Level = string(l.askedLevel(a))
	}
	works := l.dutyWorks(t, a)
	for i, work := range works {
		l.takeDuty(work, t)
		if i > 0 {
			continue
		}
		said := l.planner.ShowDuty(*t)
		if n := len(works); n > 1 {
			said += l.texts.Say("duty.for_all", "n", itoa(n))
		} else {
			said = l.nameOf(work) + " " + said
		}
		l.whole(l.dutyRow(work, models.Level(t.Level)), said)
	}
	return len(works) > 0
}

// askedLevel is the level of the open question.
func (l *ledger) askedLevel(a asking) models.Level {
	switch a.asked {
	case plan.AskVillage:
		return models.Village
	case plan.AskTownship:
		return models.Township
	case plan.AskCounty:
		return models.County
	}
	return ""
}

// dutyWorks are the measures that a duty is said for: those of the open question;
// else those without anybody on the level, of its department if it has one.
func (l *ledger) dutyWorks(t *plan.Duty, a asking) []string {
	level := models.Level(t.Level)
	var asked, mine, open, all []string
	for _, ref := range l.refs(pathWorks) {
		if l.profile.Dead(l.value(ref + ".status")) {
			continue
		}
		all = append(all, ref)
		if slices.Contains(a.open, pathAt(ref, level)) {
			asked = append(asked, ref)
		}
		free := l.dutyRow(ref, level) == ""
		if free {
			open = append(open, ref)
		}
		if t.Dept != "" && slices.Contains(l.leads(ref, level), t.Dept) {
			mine = append(mine, ref)
		}
	}
	for _, list := range [][]string{asked, mine, open, all} {
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// leads are the departments of a level that answer for a measure.
func (l *ledger) leads(work string, level models.Level) []string {
	return l.leadsOf(l.value(work+".cat1"), l.value(work+".cat2"), level)
}

// leadsOf are the departments of a level that answer for a kind of measure.
func (k *kit) leadsOf(cat1, cat2 string, level models.Level) []string {
	switch lead := k.profile.Lead(cat1, cat2); level {
	case models.County:
		return lead.County
	case models.Township:
		return lead.Township
	}
	return nil
}

// dutyRow is the row of a measure on a level, "" when it has none.
func (l *ledger) dutyRow(work string, level models.Level) string {
	for _, ref := range l.of(pathDuties, work) {
		if l.value(ref+".duty_level") == string(level) {
			return ref
		}
	}
	return ""
}

// takeDuty puts somebody on a level of a measure. Another person than the one
// there takes over: the old row ends, a new one begins.
func (l *ledger) takeDuty(work string, t *plan.Duty) {
	level := models.Level(t.Level)
	if level == "" {
		return
	}
	ref := l.dutyRow(work, level)
	if ref != "" && t.Name != "" && l.value(ref+".duty_person") != "" && l.value(ref+".duty_person") != t.Name {
		terms := map[string]string{}
		for _, key := range dutyTerms {
			terms[key] = l.value(ref + "." + key)
		}
		l.drop(pathDuties, ref)
		ref = l.add(pathDuties, false)
		for key, v := range terms {
			l.fill(ref+"."+key, v)
		}
	}
	if ref == "" {
		ref = l.add(pathDuties, false)
	}
	l.fill(ref+".of", work)
	l.fill(ref+".duty_level", t.Level)
	l.fill(ref+".duty_person", t.Name)
	l.fill(ref+".duty_from", cmp.Or(l.value(ref+".duty_from"), l.f.Marks[markToday]))
	p := l.official(l.f, t.PersonID)
	if p != nil {
		l.fill(ref+".person", p.ID)
		l.fill(ref+".duty_unit", p.Unit)
		l.fill(ref+".post", p.Post)
		l.fill(ref+".duty_phone", p.Phone.Reveal())
	}
	l.fill(ref+".duty_unit", t.Unit)
	l.fill(ref+".post", t.Post)
	l.fill(ref+".duty_phone", t.Phone)
	l.fill(ref+".duty_role", cmp.Or(t.Role, l.value(ref+".duty_role"), usualRole[level]))
	l.fill(ref+".dept", l.deptFor(work, level, t, p))
	for key, v := range map[string]string{"goal": t.Goal, "deadline": t.Deadline, "reward": t.Reward, "penalty": t.Penalty} {
		l.fill(ref+"."+key, v)
	}
}

// usualRole: the county leads, the township answers, the village carries out
// (分类牵头、分类负责、分类实施, source).
var usualRole = map[models.Level]string{models.County: "lead", models.Township: "answer", models.Village: "carry"}

// deptFor is the department a duty is noted under: as said, that of the person,
// else the one that leads such measures.
func (l *ledger) deptFor(work string, level models.Level, t *plan.Duty, p *models.Person) string {
	if level == models.Village {
		return ""
	}
	dept := t.Dept
	if dept == "" && p != nil {
		dept = l.deptOf(p)
	}
	if leads := l.leads(work, level); dept == "" && len(leads) > 0 {
		dept = leads[0]
	}
	return dept
}

// dutyTerms are what has to be fixed for every measure (domain.md §1.7: 四项都要定).
var dutyTerms = []string{"goal", "deadline", "reward", "penalty"}

// takeTerms fixes goal, deadline, reward and penalty for the measures asked about.
func (l *ledger) takeTerms(t *plan.Duty, a asking) bool {
	vals := map[string]string{"goal": t.Goal, "deadline": t.Deadline, "reward": t.Reward, "penalty": t.Penalty}
	some := false
	for _, work := range l.refs(pathWorks) {
		if a.work != "" && a.work != work {
			continue
		}
		for _, ref := range l.of(pathDuties, work) {
			for _, key := range dutyTerms {
				if vals[key] != "" {
					l.put(ref+"."+key, vals[key], l.reader.Say("duty."+key, vals[key]), false)
					some = true
				}
			}
		}
	}
	return some
}

// guessOfficial offers the people an organisation or a family name may mean.
func (l *ledger) guessOfficial(u plan.Unread) []dialog.Option {
	var out []dialog.Option
	for _, id := range u.Guess {
		if p := l.official(l.f, id); p != nil {
			out = append(out, dialog.Option{Label: l.personLabel(*p), Say: l.levelWord(p.Level()) + p.Name})
		}
	}
	return out
}

// levelWord is how a level is said in front of a name: 村上, 乡上, 县上.
func (k *kit) levelWord(l models.Level) string { return k.texts.Say("level." + string(l)) }

// personLabel is a person as an option: 刘文斌（农业局 副局长）.
func (k *kit) personLabel(p models.Person) string {
	about := strings.TrimSpace(p.Unit + " " + p.Post)
	if about == "" {
		return p.Name
	}
	return k.texts.Say("person.label", "name", p.Name, "about", about)
}
