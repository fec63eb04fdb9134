package due

import (
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// anchor is a thing with the date a rule counts from.
type anchor struct {
	thing, title string
	on           time.Time
	object       string // whose duties say who answers: a measure or the household
	n            int
	guarantee    bool
	to           models.Level // whose it is, when not the rule's
}

// check is one look at one household.
type check struct {
	d     *models.Dossier
	p     *models.Profile
	today time.Time
}

// watches are what rules can watch of a household; a test proves that every profile
// names only these and those of areas.
var watches = map[string]func(c *check, rule *models.RemindRule) []anchor{
	"measure_due":        (*check).measureDue,
	"measure_start":      (*check).measureStart,
	"measure_late_start": (*check).measureLateStart,
	"quarter_progress":   (*check).quarterProgress,
	"month_contact":      (*check).monthContact,
	"quarter_visit":      (*check).quarterVisit,
	"year_visit":         (*check).yearVisit,
	"loan_end":           (*check).loanEnd,
	"school_age":         (*check).schoolAge,
	"uninsured":          (*check).uninsured,
	"unsafe_house":       (*check).unsafeHouse,
	"income_open":        (*check).incomeOpen,
	"exit_year":          (*check).exitYear,
	"duty_open":          (*check).dutyOpen,
}

// Due is what the records of a household tell at an instant, not yet addressed: of
// every rule and level the latest step whose day has come, as long as the reason
// stands. A household that is gone (自然消亡、注销) tells nothing.
func Due(d *models.Dossier, p *models.Profile, at time.Time) []models.Reminder {
	d.Of(p.ID)
	c := &check{d: d, p: p, today: dayOf(at)}
	if c.more("status", d.Household.Status, "exited") == "gone" {
		return nil
	}
	var out []models.Reminder
	for i := range p.Reminders {
		rule := &p.Reminders[i]
		watch := watches[rule.Watch]
		if watch == nil {
			continue // of an area, or told by a conversation
		}
		for _, a := range watch(c, rule) {
			out = append(out, c.inForce(rule, a)...)
		}
	}
	h := &d.Household
	for i := range out {
		r := &out[i]
		r.HouseholdID, r.Village, r.Group, r.Head = h.ID, h.Village, h.Group, h.HeadName
	}
	return out
}

// more is an entry of a code's own table.
func (c *check) more(list, key, what string) string {
	if it := c.p.Item(list, key); it != nil {
		return it.More[what]
	}
	return ""
}

// inForce are the steps of a rule that hold for an anchor today, one for each level.
func (c *check) inForce(rule *models.RemindRule, a anchor) []models.Reminder {
	if !begun(rule, a.on, c.today) || over(rule, a.on, c.today) {
		return nil
	}
	owner := a.to
	if owner == "" {
		owner = rule.To
	}
	if owner == "" {
		owner = models.Village
	}
	latest := map[models.Level]models.RemindStep{}
	for _, s := range rule.Steps {
		if c.today.Before(stepDay(rule, s, a.on)) {
			continue
		}
		latest[owner] = s
		if s.To != "" {
			latest[s.To] = s
		}
	}
	var out []models.Reminder
	for _, level := range []models.Level{models.Village, models.Township, models.County} {
		if s, ok := latest[level]; ok {
			out = append(out, c.reminder(rule, a, s, level))
		}
	}
	return out
}

func (c *check) reminder(rule *models.RemindRule, a anchor, s models.RemindStep, level models.Level) models.Reminder {
	r := models.Reminder{
		Programme: c.p.ID, State: models.ReminderOpen, Thing: a.thing, Rule: rule.ID, Step: sign(s.Day), Level: level,
		Due: dateOf(a.on), On: dateOf(stepDay(rule, s, a.on)), Urgent: rule.Urgent, Guarantee: a.guarantee,
		Title: clip(a.title, maxTitle), Count: a.n, Object: a.object,
	}
	if s.To != "" && s.To != level {
		r.Up = s.To
	}
	if rule.Until != nil {
		r.Until = dateOf(a.on.AddDate(0, 0, *rule.Until))
	}
	return r
}

// sign writes days from a date: -7, +15, 0.
func sign(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// maxTitle is how long a thing's name may be in a list that is read on a phone.
const maxTitle = 20

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// horizon is how far Next looks: every household is looked at once a month at least.
const horizon = 31

// Next is the first day after an instant on which Due tells something it does not
// tell then; a month later when there is none.
func Next(d *models.Dossier, p *models.Profile, at time.Time) models.Date {
	now := map[news]bool{}
	for _, r := range Due(d, p, at) {
		now[newsOf(&r)] = true
	}
	for n := 1; n < horizon; n++ {
		day := at.AddDate(0, 0, n)
		for _, r := range Due(d, p, day) {
			if !now[newsOf(&r)] {
				return models.DayOf(day)
			}
		}
	}
	return models.DayOf(at.AddDate(0, 0, horizon))
}

// news is what makes one reminder another, whoever hears of it.
type news struct {
	thing, rule, step string
	level             models.Level
	due               models.Date
}

func newsOf(r *models.Reminder) news { return news{r.Thing, r.Rule, r.Step, r.Level, r.Due} }
