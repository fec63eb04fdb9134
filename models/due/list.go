package due

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Item is one line of a list: a reminder in words, or several of one kind together.
type Item struct {
	Text      string
	Reminders []models.Reminder
	Late      bool
}

// List puts reminders in order and in words: late ones first, then today's, then by
// date; of the same day those of the guarantees first. Households that are asked for
// the same thing share a line when the rule has words for several. place names the
// village of a household for those who have several, "" for those who have one; rows
// of a rule the profile does not have speak with their title.
func List(rs []models.Reminder, p *models.Profile, today models.Date, place func(village string) string) []Item {
	rs = slices.Clone(rs)
	slices.SortStableFunc(rs, func(a, b models.Reminder) int {
		return cmp.Or(
			cmp.Compare(phase(&a, today), phase(&b, today)), first(a.Guarantee, b.Guarantee), cmp.Compare(a.Due, b.Due),
			cmp.Compare(a.Village, b.Village), cmp.Compare(a.Group, b.Group), cmp.Compare(a.Head, b.Head),
			first(a.For != "", b.For != ""), cmp.Compare(a.ID, b.ID),
		)
	})
	rs, twins := apart(rs)
	var out []Item
	at := map[string]int{} // rule, phase and mark → line
	for i := range rs {
		r := &rs[i]
		rule := p.Reminder(r.Rule)
		item := Item{Reminders: append([]models.Reminder{*r}, twins[r.ID]...), Late: phase(r, today) == late}
		if rule == nil || rule.Many == "" {
			item.Text = words(r, rule, p, today, place)
			out = append(out, item)
			continue
		}
		key := strings.Join([]string{r.Rule, strconv.Itoa(phase(r, today)), string(r.Up), string(r.For), string(r.Level)}, "|")
		if n, ok := at[key]; ok {
			out[n].Reminders = append(out[n].Reminders, item.Reminders...)
			continue
		}
		at[key] = len(out)
		out = append(out, item)
	}
	for i := range out {
		if it := &out[i]; it.Text == "" {
			it.Text = together(it.Reminders, p, today, place)
		}
	}
	return out
}

// The phases of a reminder, in the order of a list.
const (
	late = iota
	now
	soon
)

// phase is where today stands to the date of a reminder; one without a date is late.
func phase(r *models.Reminder, today models.Date) int {
	switch {
	case r.Due < today:
		return late
	case r.Due == today:
		return now
	}
	return soon
}

// apart leaves of reminders of one thing the one that says most, and puts the others
// beside it: whoever stands in for the village hears of it as the township once.
func apart(rs []models.Reminder) (kept []models.Reminder, twins map[string][]models.Reminder) {
	type one struct {
		thing, rule string
		due         models.Date
	}
	at, twins := map[one]int{}, map[string][]models.Reminder{}
	for _, r := range rs {
		key := one{r.Thing, r.Rule, r.Due}
		n, ok := at[key]
		if !ok || r.Thing == "" {
			at[key] = len(kept)
			kept = append(kept, r)
			continue
		}
		k := &kept[n]
		if k.Up == r.Level {
			k.Up = "" // it is they who were told
		}
		twins[k.ID] = append(twins[k.ID], r)
	}
	return kept, twins
}

// Late reports whether the date of a reminder is over.
func Late(r *models.Reminder, today models.Date) bool { return phase(r, today) == late }

// first puts true before false.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// maxHeads is how many households one line names.
const maxHeads = 3

// together is one line for the households of one rule.
func together(rs []models.Reminder, p *models.Profile, today models.Date, place func(string) string) string {
	rule := p.Reminder(rs[0].Rule)
	if !slices.ContainsFunc(rs, func(r models.Reminder) bool { return r.Thing != rs[0].Thing }) {
		return words(&rs[0], rule, p, today, place)
	}
	var heads []string
	for i := range rs {
		if who := whose(&rs[i], place); !slices.Contains(heads, who) {
			heads = append(heads, who)
		}
	}
	list := strings.Join(heads[:min(maxHeads, len(heads))], "、")
	if len(heads) > maxHeads {
		list += fill(p.Labels["remind_more"], "n", strconv.Itoa(len(heads)))
	}
	return fill(rule.Many, "list", list, "n", strconv.Itoa(len(heads))) + marks(&rs[0], p)
}

// words is one reminder: whose, what, and who else knows.
func words(r *models.Reminder, rule *models.RemindRule, p *models.Profile, today models.Date, place func(string) string) string {
	text := r.Title
	if rule != nil {
		text = fill(says(rule, phase(r, today)), "title", r.Title, "n", strconv.Itoa(r.Count),
			"days", strconv.Itoa(max(r.Due.DaysTo(today), today.DaysTo(r.Due))), "span", spanText(r.Due, today, p), "due", dayText(r.Due, p))
	}
	return strings.TrimSpace(whose(r, place)+" "+text) + marks(r, p)
}

// spanText is how long a date is over: 20天; after a year with the date itself,
// which a list of this year's days does not tell.
func spanText(due, today models.Date, p *models.Profile) string {
	span, long := p.Span(due, today)
	if day := due.End(); long {
		span += fill(p.Labels["remind_long"], "y", strconv.Itoa(day.Year()), "m", strconv.Itoa(int(day.Month())), "d", strconv.Itoa(day.Day()))
	}
	return span
}

// dayText is a day as people say it.
func dayText(d models.Date, p *models.Profile) string {
	day := d.End()
	if day.IsZero() {
		return string(d)
	}
	return fill(p.Labels["remind_date"], "m", strconv.Itoa(int(day.Month())), "d", strconv.Itoa(day.Day()))
}

// says are the words of a rule for a phase; a phase without words of its own borrows
// the next one's.
func says(rule *models.RemindRule, phase int) string {
	switch phase {
	case late:
		return cmp.Or(rule.Late, rule.Today, rule.Before)
	case now:
		return cmp.Or(rule.Today, rule.Late, rule.Before)
	}
	return cmp.Or(rule.Before, rule.Today, rule.Late)
}

// whose household it is: 三组 张大有; «» for what belongs to an area.
func whose(r *models.Reminder, place func(string) string) string {
	if r.Head == "" {
		return ""
	}
	where := ""
	if place != nil {
		where = place(r.Village)
	}
	return strings.TrimSpace(strings.Join([]string{where + r.Group, r.Head}, " "))
}

// marks say who was told as well, or who should have been told and is missing.
func marks(r *models.Reminder, p *models.Profile) string {
	out := ""
	if r.Up != "" {
		out = p.Labels["remind_up_"+string(r.Up)]
	}
	if r.For != "" {
		out += p.Labels["remind_for_"+string(r.For)]
	}
	return out
}

// fill replaces {name} by value for each pair.
func fill(s string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s
}

// Wanted reports whether somebody who wants so much wants to hear of a reminder.
func Wanted(amount models.RemindAmount, r *models.Reminder, p *models.Profile, today models.Date) bool {
	switch amount {
	case models.RemindNone:
		return false
	case models.RemindOverdue:
		return Late(r, today)
	case models.RemindLess:
		rule := p.Reminder(r.Rule)
		if Late(r, today) || rule == nil {
			return true
		}
		return rule.Many == "" && today.DaysTo(r.Due) <= lessDays
	}
	return true
}

// lessDays is how near a date must be for those who want to hear less.
const lessDays = 7
