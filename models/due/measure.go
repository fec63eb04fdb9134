package due

import (
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// rankWorking is the rank of a measure's status from which it is being done.
const rankWorking = 5

// measures are those of the programme that are still to be done and of the rule's kinds.
func (c *check) measures(rule *models.RemindRule) []*models.Measure {
	var out []*models.Measure
	for i := range c.d.Measures {
		m := &c.d.Measures[i]
		if m.Programme != "" && m.Programme != c.p.ID || c.p.Dead(m.Status) || c.p.Done(m.Status) || !ofKind(rule, m) {
			continue
		}
		out = append(out, m)
	}
	return out
}

// ofKind reports whether a rule is for measures of this kind.
func ofKind(rule *models.RemindRule, m *models.Measure) bool {
	wanted, some := false, false
	for _, k := range rule.Kinds {
		if not, ok := strings.CutPrefix(k, "-"); ok {
			if not == m.Cat1 || not == m.Cat2 {
				return false
			}
			continue
		}
		some = true
		wanted = wanted || k == m.Cat1 || k == m.Cat2
	}
	return wanted || !some
}

// measureDue: the deadline. A month means its last day.
func (c *check) measureDue(rule *models.RemindRule) []anchor {
	var out []anchor
	for _, m := range c.measures(rule) {
		if on := m.Due.End(); begun(rule, on, c.today) {
			out = append(out, c.ofMeasure(m, on))
		}
	}
	return out
}

// measureStart: the first of the month in which it is to begin.
func (c *check) measureStart(rule *models.RemindRule) []anchor {
	var out []anchor
	for _, m := range c.measures(rule) {
		if start := m.Start.Begin(); len(m.Start) >= 7 && c.p.Rank(m.Status) < rankWorking && monthStart(start).Equal(monthStart(c.today)) {
			out = append(out, c.ofMeasure(m, monthStart(start)))
		}
	}
	return out
}

// measureLateStart: the month is over and nothing has begun. Once the deadline has
// passed as well, that is what people hear.
func (c *check) measureLateStart(rule *models.RemindRule) []anchor {
	var out []anchor
	for _, m := range c.measures(rule) {
		due := m.Due.End()
		if len(m.Start) < 7 || c.p.Rank(m.Status) >= rankWorking || !due.IsZero() && c.today.After(due) {
			continue
		}
		out = append(out, c.ofMeasure(m, monthStart(m.Start.Begin()).AddDate(0, 1, 0)))
	}
	return out
}

func (c *check) ofMeasure(m *models.Measure, on time.Time) anchor {
	return anchor{thing: m.ID, title: c.title(m), on: on, object: m.ID, n: 1, guarantee: c.guarantee(m)}
}

// guarantee reports whether a measure fills one of the guarantees.
func (c *check) guarantee(m *models.Measure) bool {
	return c.more("measure_cat1", m.Cat1, "guarantee") == "yes" || c.more("measure_cat2", m.Cat2, "guarantee") == "yes"
}

// title is what a measure is called in a list others may glance at: its name, but
// only its class when the name would tell that somebody is ill or disabled.
func (c *check) title(m *models.Measure) string {
	if m.Cat1 == "health" || c.more("measure_cat2", m.Cat2, "kind") == "disabled" || c.tellsHealth(m.Title) {
		return c.p.Label("measure_cat1", m.Cat1)
	}
	return c.p.MeasureName(m.Title, m.Cat1, m.Cat2)
}

// tellsHealth reports whether words name an illness of the household, or health in general.
func (c *check) tellsHealth(text string) bool {
	for i := range c.d.Members {
		if ill := c.d.Members[i].Disease; ill != "" && strings.Contains(text, ill) {
			return true
		}
	}
	for _, it := range c.p.Codes["health"] {
		if it.Key == "healthy" {
			continue
		}
		if slices.ContainsFunc(it.Names(), func(w string) bool { return w != "" && strings.Contains(text, w) }) {
			return true
		}
	}
	return false
}

// quarterProgress: what is being done this year wants its progress told before the
// quarter ends.
func (c *check) quarterProgress(rule *models.RemindRule) []anchor {
	end, n := quarterEnd(c.today), 0
	for _, m := range c.measures(rule) {
		if start := m.Start.Begin(); !start.IsZero() && start.After(end) || c.p.Rank(m.Status) < rankWorking && m.Year.N() != c.today.Year() {
			continue
		}
		n++
	}
	if n == 0 {
		return nil
	}
	return []anchor{{thing: c.d.Household.ID, on: end, object: c.d.Household.ID, n: n}}
}

// loanEnd: a loan's last day is its first and so many months.
func (c *check) loanEnd(rule *models.RemindRule) []anchor {
	var out []anchor
	for i := range c.d.Funds {
		f := &c.d.Funds[i]
		paid := f.PaidOn.End()
		if f.Kind != "loan" || f.Months.N() <= 0 || paid.IsZero() {
			continue
		}
		object := c.d.Household.ID
		for _, m := range c.d.Measures {
			if m.ID == f.MeasureID && (m.Programme == "" || m.Programme == c.p.ID) && ofKind(rule, &m) {
				object = m.ID
			}
		}
		out = append(out, anchor{thing: f.ID, on: after(paid, f.Months.N()), object: object, n: 1})
	}
	return out
}
