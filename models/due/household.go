package due

import (
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// whole is an anchor of the household itself.
func (c *check) whole(on time.Time, title string, n int) []anchor {
	return []anchor{{thing: c.d.Household.ID, title: title, on: on, object: c.d.Household.ID, n: n}}
}

// visited is the day of the last visit; a household registered without one counts
// from that day, so that nobody is sent back to it at once.
func (c *check) visited() time.Time {
	if v := c.d.Household.VisitDate.End(); !v.IsZero() {
		return v
	}
	if made := c.d.Household.CreatedAt; !made.IsZero() {
		return dayOf(made)
	}
	return time.Time{}
}

// monthContact: nobody came this month. The only contact on record is a visit.
func (c *check) monthContact(*models.RemindRule) []anchor {
	last := c.visited()
	if !last.Before(monthStart(c.today)) || c.asksVisit() {
		return nil // somebody came, or the visit that is asked for is a contact as well
	}
	return c.whole(monthEnd(c.today), "", 1)
}

// quarterVisit: nobody came this quarter.
func (c *check) quarterVisit(*models.RemindRule) []anchor {
	if !c.visited().Before(quarterStart(c.today)) || c.yearOver() {
		return nil
	}
	return c.whole(quarterEnd(c.today), "", 1)
}

// asksVisit reports whether a rule about visits has begun to ask for one.
func (c *check) asksVisit() bool {
	for i := range c.p.Reminders {
		rule := &c.p.Reminders[i]
		var of []anchor
		switch rule.Watch {
		case "quarter_visit":
			of = c.quarterVisit(rule)
		case "year_visit":
			of = c.yearVisit(rule)
		}
		for _, a := range of {
			if len(c.inForce(rule, a)) > 0 {
				return true
			}
		}
	}
	return false
}

// visitMonths is after how long without a visit the 家底 is no longer clear
// (domain.md §3 ① j); the profile's threshold goes before.
const visitMonths = 12

func (c *check) yearEnd() time.Time {
	v := c.d.Household.VisitDate.End()
	if v.IsZero() {
		return v
	}
	months := visitMonths
	if t, ok := c.p.Threshold("visit_months", c.today.Year(), c.d.Household.Village); ok {
		months = int(t.Value)
	}
	return after(v, months)
}

func (c *check) yearOver() bool {
	end := c.yearEnd()
	return !end.IsZero() && !c.today.Before(end)
}

// yearVisit: the last visit is a year ago.
func (c *check) yearVisit(*models.RemindRule) []anchor {
	if !c.yearOver() {
		return nil
	}
	return c.whole(c.yearEnd(), "", 1)
}

// The ages of compulsory schooling, counted on 1 September (domain.md §2.3).
const (
	schoolFrom = 6
	schoolTo   = 15
)

// schoolAge: children who must be at school when a term begins.
func (c *check) schoolAge(rule *models.RemindRule) []anchor {
	var out []anchor
	for _, on := range yearly(rule, c.today) {
		year := on.Year()
		if on.Month() < time.July {
			year--
		}
		n := 0
		for _, m := range c.d.Present() {
			age := m.Birth.AgeOn(dateOf(time.Date(year, time.September, 1, 0, 0, 0, 0, time.UTC)))
			if age >= schoolFrom && age <= schoolTo || c.more("school", m.School, "compulsory") == "yes" {
				n++
			}
		}
		if n > 0 {
			out = append(out, c.whole(on, "", n)...)
		}
	}
	return out
}

// uninsured: members without basic medical insurance while one can join.
func (c *check) uninsured(rule *models.RemindRule) []anchor {
	n := 0
	for _, m := range c.d.Present() {
		if m.MedIns == "" || m.MedIns == "none" {
			n++
		}
	}
	var out []anchor
	for _, on := range yearly(rule, c.today) {
		if n > 0 {
			out = append(out, c.whole(on, "", n)...)
		}
	}
	return out
}

// unsafeHouse: a house of grade C or D, or none, for which nothing is finished yet.
func (c *check) unsafeHouse(rule *models.RemindRule) []anchor {
	grade := c.d.Condition.HouseGrade
	if c.more("house_grade", grade, "safe") != "no" {
		return nil
	}
	for i := range c.d.Measures {
		m := &c.d.Measures[i]
		housing := m.Cat1 == "housing" || c.more("measure_cat1", m.Cat1, "role") == "housing" || m.Cat1 == "relocation"
		if housing && c.p.Done(m.Status) {
			return nil
		}
	}
	var out []anchor
	for _, on := range yearly(rule, c.today) {
		out = append(out, c.whole(on, c.p.Label("house_grade", grade), 1)...)
	}
	return out
}

// incomeOpen: the accounting period is over and its income is not recorded.
func (c *check) incomeOpen(rule *models.RemindRule) []anchor {
	month, day := c.p.Period.EndMonth, c.p.Period.EndDay
	if month == 0 {
		month, day = 12, 31
	}
	end := time.Date(c.today.Year(), time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if c.today.Before(end) {
		end = time.Date(end.Year()-1, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	if c.d.Income.Year >= end.Year() {
		return nil
	}
	return c.whole(end, "", 1)
}

// exitYear: the household is to leave poverty this year and has not yet.
func (c *check) exitYear(rule *models.RemindRule) []anchor {
	if c.d.Exit.Year.N() != c.today.Year() || c.more("status", c.d.Household.Status, "exited") == "yes" {
		return nil
	}
	var out []anchor
	for _, on := range yearly(rule, c.today) {
		if on.Year() == c.today.Year() {
			out = append(out, c.whole(on, "", 1)...)
		}
	}
	return out
}

// above is the level over a level; the county has none here.
func above(l models.Level) models.Level {
	if l == models.Village {
		return models.Township
	}
	return models.County
}

// dutyOpen: somebody does not answer any more and nobody has taken over. The level
// above hears of it the same day.
func (c *check) dutyOpen(*models.RemindRule) []anchor {
	var out []anchor
	for i := range c.d.Duties {
		t := &c.d.Duties[i]
		end := t.To.End()
		if end.IsZero() || c.today.Before(end) || !c.answersStill(t.Object) || c.takenOver(t) {
			continue
		}
		out = append(out, anchor{thing: t.ID, title: t.Name, on: end, object: c.d.Household.ID, n: 1, to: above(t.Level)})
	}
	return out
}

// answersStill reports whether somebody has to answer for an object: the household,
// or a measure that is to be done.
func (c *check) answersStill(object string) bool {
	if object == "" || object == c.d.Household.ID {
		return true
	}
	for _, m := range c.measures(&models.RemindRule{}) {
		if m.ID == object {
			return true
		}
	}
	return false
}

// takenOver reports whether somebody answers for the same on the same level today. Of
// several that ended, the last one speaks for all.
func (c *check) takenOver(gone *models.Duty) bool {
	for i := range c.d.Duties {
		t := &c.d.Duties[i]
		if t.Object != gone.Object || t.Level != gone.Level || t.ID == gone.ID {
			continue
		}
		if c.holds(t) || t.To.End().After(gone.To.End()) || t.To == gone.To && t.ID > gone.ID {
			return true
		}
	}
	return false
}

// holds reports whether a duty is in force today, or begins later: somebody is named.
func (c *check) holds(t *models.Duty) bool {
	end := t.To.End()
	return end.IsZero() || c.today.Before(end)
}
