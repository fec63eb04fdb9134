package due

import (
	"slices"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Address says who hears of each reminder and gives it its ID. people are those who
// can answer for the village today (People.Officials): active, nearest first.
//
// First whoever has the duty for the measure, then for the household, by account or by
// name; when they do not work any more, a colleague of the same level who looks after
// the group (or the measure's department); when there is none, the level above, marked
// so. With nobody at all PersonID stays empty: the row stands and lists show it.
func Address(rs []models.Reminder, d *models.Dossier, p *models.Profile, at time.Time, people []models.Person) []models.Reminder {
	a := addressing{d: d, p: p, today: dayOf(at), people: people}
	seen := map[string]bool{}
	var out []models.Reminder
	for _, r := range rs {
		a.address(&r)
		r.Name()
		if !seen[r.ID] {
			seen[r.ID] = true
			out = append(out, r)
		}
	}
	return out
}

// For is Due with its people, and the hand-overs of those who left without one.
func For(d *models.Dossier, p *models.Profile, at time.Time, people []models.Person) []models.Reminder {
	rs := Due(d, p, at)
	if rs == nil && goneHousehold(d, p) {
		return nil
	}
	return Address(append(rs, Left(d, p, at, people)...), d, p, at, people)
}

// Watched is For with the day on which the household is to be looked at again.
func Watched(d *models.Dossier, p *models.Profile, at time.Time, people []models.Person) (models.Watch, []models.Reminder) {
	w := models.Watch{Programme: p.ID, Thing: d.Household.ID, Next: Next(d, p, at), Version: d.Household.Version}
	return w, For(d, p, at, people)
}

func goneHousehold(d *models.Dossier, p *models.Profile) bool {
	it := p.Item("status", d.Household.Status)
	return it != nil && it.More["exited"] == "gone"
}

// Left are the hand-overs of people with an account who do not work any more although
// their duty goes on: the day they left is not on record, so the row has no date and
// stands until somebody takes over.
func Left(d *models.Dossier, p *models.Profile, at time.Time, people []models.Person) []models.Reminder {
	var out []models.Reminder
	c := &check{d: d, p: p, today: dayOf(at)}
	for i := range p.Reminders {
		rule := &p.Reminders[i]
		if rule.Watch != "duty_open" {
			continue
		}
		for j := range d.Duties {
			t := &d.Duties[j]
			if t.PersonID == "" || !c.holds(t) || !c.answersStill(t.Object) || slices.ContainsFunc(people, func(p models.Person) bool { return p.ID == t.PersonID }) {
				continue
			}
			r := c.reminder(rule, anchor{thing: t.ID, title: t.Name, object: d.Household.ID, n: 1}, rule.Steps[0], above(t.Level))
			h := &d.Household
			r.Due, r.On, r.Until = "", models.DayOf(at), ""
			r.HouseholdID, r.Village, r.Group, r.Head = h.ID, h.Village, h.Group, h.HeadName
			out = append(out, r)
		}
	}
	return out
}

type addressing struct {
	d      *models.Dossier
	p      *models.Profile
	today  time.Time
	people []models.Person
}

// address finds the person of a reminder, a level higher when there is none.
func (a *addressing) address(r *models.Reminder) {
	for level := r.Level; ; level = above(level) {
		if who := a.answers(r, level); who != "" {
			if r.PersonID = who; level != r.Level {
				r.For = r.Level
			}
			return
		}
		if level == models.County {
			return
		}
	}
}

// answers is the id of who answers for a reminder on a level, "" for nobody.
func (a *addressing) answers(r *models.Reminder, level models.Level) string {
	for _, object := range []string{r.Object, a.d.Household.ID} {
		for i := range a.d.Duties {
			t := &a.d.Duties[i]
			if t.Object != object || t.Level != level || !a.inForce(t) {
				continue
			}
			if id := a.working(t, level); id != "" {
				return id
			}
		}
	}
	return a.covers(r, level)
}

func (a *addressing) inForce(t *models.Duty) bool {
	from, to := t.From.Begin(), t.To.End()
	return !a.today.Before(from) && (to.IsZero() || a.today.Before(to))
}

// working is the account of whoever has the duty, "" when they have none or left.
func (a *addressing) working(t *models.Duty, level models.Level) string {
	for _, p := range a.people {
		if p.ID == t.PersonID || t.PersonID == "" && p.Name == t.Name && p.Level() == level {
			return p.ID
		}
	}
	return ""
}

// covers is a colleague whose work it is by role: who looks after the group, then
// after the whole village, then anybody there; of a county the department that leads
// measures of that kind, then the county's own people.
func (a *addressing) covers(r *models.Reminder, level models.Level) string {
	best, rank := "", 0
	for _, p := range a.people {
		if p.Level() != level {
			continue
		}
		n := 1
		switch {
		case level == models.Village && p.Groups.Has(a.d.Household.Group):
			n = 3
		case level == models.Village && len(p.Groups) == 0, level == models.Township:
			n = 2
		case p.Role == models.RoleDepartment && a.leads(r.Thing, p.Department):
			n = 3
		case p.Role == models.RoleCounty:
			n = 2
		case p.Role == models.RoleDepartment:
			continue // another department's
		}
		if n > rank {
			best, rank = p.ID, n
		}
	}
	return best
}

// leads reports whether a department, by its name in any year, leads a measure.
func (a *addressing) leads(measure, department string) bool {
	for i := range a.d.Measures {
		m := &a.d.Measures[i]
		if m.ID != measure {
			continue
		}
		for _, code := range a.p.Lead(m.Cat1, m.Cat2).County {
			it := a.p.Item("dept", code)
			if it == nil {
				continue
			}
			if slices.Contains(it.Names(), department) || a.p.DeptName(code, a.today.Year()) == department {
				return true
			}
		}
	}
	return false
}
