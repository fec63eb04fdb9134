package clears

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Rechecks are the clears that are 待复核 once now is saved over old (domain.md §3):
// those that were before and that the save does not touch, and those with content
// that build on a record it changes. A list of now that is nil is not mentioned,
// as in Households.Save.
func Rechecks(old, now *models.Dossier, p *models.Profile) models.Set {
	c := compared{old: old, now: now, p: p}
	c.base()
	c.plans()
	has := contents(old, p)
	var out models.Set
	upstream := false
	for i, clear := range Order {
		if !c.touched[i] && (old.Household.Rechecks.Has(string(clear)) || upstream && has[i]) {
			out = append(out, string(clear))
		}
		upstream = upstream || c.changed[i]
	}
	return out
}

// compared is what a save does to each clear: changed means that what builds on it
// has to be looked at again, touched that somebody was at it.
type compared struct {
	old, now         *models.Dossier
	p                *models.Profile
	changed, touched [6]bool
}

func (c *compared) note(i int, changed, touched bool) {
	c.changed[i] = c.changed[i] || changed
	c.touched[i] = c.touched[i] || touched || changed
}

// Fields that nothing is built on: who somebody is, papers, who was there when.
// Of a household only a few decide anything; people in charge change without a
// new plan (domain.md §5.4: 仅改责任人/电话免重走).
var (
	decisive  = set("hh_attr hh_status relapse_year relapse_cause")
	personal  = set("name alias id_type id_no ethnic political school_name treat_at family_doctor work_addr work_unit suppl_ins mandarin soldier change_date change_note")
	papers    = set("evidence confirm_by confirm_date head_agrees need_ref will_date project_id house_eval_org house_eval_date")
	incharge  = set("_person duty_person post duty_unit duty_phone duty_from duty_to duty_role reward penalty goal helper helper_unit unit_level helper_phone helper_from helper_to")
	reporting = set("status progress actual_finish proof paid paid_date actual")
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

func (c *compared) base() {
	for _, e := range models.Diff(&c.old.Household, &c.now.Household) {
		c.note(0, decisive[e.Key], false)
	}
	for i := range c.now.Members {
		m := &c.now.Members[i]
		n := slices.IndexFunc(c.old.Members, func(o models.Member) bool { return m.ID != "" && o.ID == m.ID })
		if n < 0 {
			c.note(0, true, true)
			continue
		}
		c.diff(0, &c.old.Members[n], m)
	}
	c.diff(0, &c.old.Condition, &c.now.Condition)
	c.diff(0, &c.old.Income, &c.now.Income)
}

// diff weighs every field in which two versions of a record differ.
func (c *compared) diff(clear int, old, now any) {
	for _, e := range models.Diff(old, now) {
		switch {
		case reporting[e.Key] || models.Kept(e.Key) && e.Key != "_seq": // progress is no new plan
		case personal[e.Key] || papers[e.Key] || incharge[e.Key]:
			c.note(clear, false, true)
		default:
			c.note(clear, true, true)
		}
	}
}

func (c *compared) plans() {
	o, n := c.old, c.now
	lists(c, 1, mine(c, o.Causes, causeProgramme), mine(c, n.Causes, causeProgramme), func(x *models.Cause) string { return x.Kind }, true)
	lists(c, 2, mine(c, o.Measures, measureProgramme), mine(c, n.Measures, measureProgramme), func(x *models.Measure) string { return x.ID }, false)
	for i := range n.Measures {
		was := slices.IndexFunc(o.Measures, func(x models.Measure) bool { return x.ID != "" && x.ID == n.Measures[i].ID })
		if was >= 0 && c.dead(&o.Measures[was]) != c.dead(&n.Measures[i]) {
			c.note(2, true, true)
		}
	}
	lists(c, 3, o.Funds, n.Funds, func(x *models.Fund) string { return x.ID }, true)
	lists(c, 3, o.Outputs, n.Outputs, func(x *models.Output) string { return x.ID }, true)
	lists(c, 4, o.Duties, n.Duties, func(x *models.Duty) string { return x.ID }, false)
	lists(c, 4, o.Helpers, n.Helpers, func(x *models.Helper) string { return x.ID }, false)
	if n.Exit.Programme == c.p.ID {
		was := exitOf(o, c.p.ID)
		c.diff(5, &was, &n.Exit)
	}
}

func causeProgramme(x *models.Cause) string     { return x.Programme }
func measureProgramme(x *models.Measure) string { return x.Programme }

// mine keeps the records of the programme at work; nil stays nil.
func mine[T any](c *compared, list []T, programme func(*T) string) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool {
		of := programme(&x)
		return of != "" && of != c.p.ID
	})
}

// lists compares two lists of records; gone tells whether one that is missing from
// now is withdrawn by it. That somebody else answers for a thing changes no plan.
func lists[T any](c *compared, clear int, old, now []T, id func(*T) string, gone bool) {
	if now == nil {
		return
	}
	known := make(map[string]*T, len(old))
	for i := range old {
		known[id(&old[i])] = &old[i]
	}
	for i := range now {
		key := id(&now[i])
		if was := known[key]; was != nil && key != "" {
			c.diff(clear, was, &now[i])
			delete(known, key)
			continue
		}
		c.note(clear, clear != 4, true)
	}
	if gone && len(known) > 0 {
		c.note(clear, true, true)
	}
}

func (c *compared) dead(m *models.Measure) bool {
	it := c.p.Item("measure_status", m.Status)
	return it != nil && it.More["dead"] == "yes"
}

func exitOf(d *models.Dossier, programme string) models.Exit {
	if d.Exit.Programme == programme {
		return d.Exit
	}
	for _, e := range d.Exits {
		if e.Programme == programme {
			return e
		}
	}
	return models.Exit{}
}

// Begun tells which clears of a household have anything on file in the programme;
// 家底 always has.
func Begun(d *models.Dossier, p *models.Profile) [6]bool {
	out := contents(d, p)
	out[0] = true
	return out
}

// contents tells which clears have something to be looked at again.
func contents(d *models.Dossier, p *models.Profile) [6]bool {
	c := compared{old: d, p: p}
	exit := exitOf(d, p.ID)
	return [6]bool{
		false, // nothing lies before 家底
		len(mine(&c, d.Causes, causeProgramme)) > 0,
		len(mine(&c, d.Measures, measureProgramme)) > 0,
		len(d.Funds)+len(d.Outputs) > 0,
		len(d.Duties)+len(d.Helpers) > 0,
		exit.Year.Known() || exit.Milestones != "",
	}
}
