package due

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Village is what belongs to a village: on Mondays the households whose six clears
// lack something, to each of its cadres for their groups, and to the township who
// cannot be reached. lights are how the households stand, people who can answer for
// the village, deaf whom nothing reaches.
func Village(code string, lights []models.Light, deaf []models.Unreached, people []models.Person, p *models.Profile, at time.Time) []models.Reminder {
	c := &check{d: &models.Dossier{}, p: p, today: dayOf(at)}
	var out []models.Reminder
	for i := range p.Reminders {
		switch rule := &p.Reminders[i]; rule.Watch {
		case "unclear":
			for _, who := range people {
				if who.Level() == models.Village {
					out = append(out, c.unclear(rule, who, lights)...)
				}
			}
		case "unreached":
			for _, one := range deaf {
				if one.PersonID == "" {
					continue // nobody answers, above the village either
				}
				out = append(out, c.unreached(rule, one, people)...)
			}
		}
	}
	return c.area(code, out)
}

// unclear is the Monday's list of one cadre: how many households of each group.
func (c *check) unclear(rule *models.RemindRule, who models.Person, lights []models.Light) []models.Reminder {
	var groups []string
	count := map[string]int{}
	n := 0
	for _, l := range lights {
		if strings.Trim(l.Shades, string(models.LightClear)) == "" && l.Shades != "" || len(who.Groups) > 0 && !who.Groups.Has(l.Group) {
			continue
		}
		if n++; count[l.Group] == 0 {
			groups = append(groups, l.Group)
		}
		count[l.Group]++
	}
	if n == 0 {
		return nil
	}
	slices.SortStableFunc(groups, func(a, b string) int { return count[b] - count[a] })
	for i, g := range groups {
		groups[i] = fmt.Sprint(g, count[g])
	}
	rs := c.inForce(rule, anchor{thing: who.ID, title: strings.Join(groups[:min(len(groups), maxGroups)], " "), on: monday(c.today), n: n})
	for i := range rs {
		rs[i].PersonID = who.ID
	}
	return rs
}

// maxGroups is how many groups a line names.
const maxGroups = 4

// unreached tells the township of somebody of the village whom nothing reaches, once a
// week as long as it lasts.
func (c *check) unreached(rule *models.RemindRule, one models.Unreached, people []models.Person) []models.Reminder {
	rs := c.inForce(rule, anchor{thing: one.PersonID, title: one.Name, on: monday(c.today), n: one.Open})
	return c.toLevel(rs, people, one.PersonID)
}

// toLevel gives reminders to the first person of their level, or of the one above;
// never to the one they are about.
func (c *check) toLevel(rs []models.Reminder, people []models.Person, about string) []models.Reminder {
	for i := range rs {
		for level := rs[i].Level; rs[i].PersonID == ""; level = above(level) {
			for _, p := range people {
				if p.Level() == level && p.ID != about && p.Role != models.RoleDepartment {
					rs[i].PersonID = p.ID
					break
				}
			}
			if level == models.County {
				break
			}
		}
	}
	return rs
}

// County is what belongs to a county: its project library.
func County(code string, people []models.Person, p *models.Profile, at time.Time) []models.Reminder {
	c := &check{d: &models.Dossier{}, p: p, today: dayOf(at)}
	var out []models.Reminder
	for i := range p.Reminders {
		rule := &p.Reminders[i]
		if rule.Watch != "library" {
			continue
		}
		for _, on := range yearly(rule, c.today) {
			if on.Year() == c.today.Year() {
				out = append(out, c.toLevel(c.inForce(rule, anchor{thing: code, on: on, n: 1}), people, "")...)
			}
		}
	}
	return c.area(code, out)
}

// Muted tells the township that somebody put a household's reminders off. what is the
// whole sentence: who, whose (masked), until when and why.
func Muted(m models.Mute, what string, p *models.Profile, at time.Time, people []models.Person) []models.Reminder {
	c := &check{d: &models.Dossier{}, p: p, today: dayOf(at)}
	var out []models.Reminder
	for i := range p.Reminders {
		if rule := &p.Reminders[i]; rule.Watch == "muted" {
			out = append(out, c.toLevel(c.inForce(rule, anchor{thing: m.HouseholdID, on: dayOf(m.At), n: 1}), people, m.By)...)
		}
	}
	for i := range out {
		out[i].Title = clip(what, maxSaid)
		out[i].Step = string(m.Until) + m.At.In(models.Zone).Format("1504") // put off, back and off again is news each time
	}
	out = c.area(m.Village, out)
	for i := range out {
		out[i].HouseholdID = "m" + m.Village // kept apart: neither the household nor the village makes it again
	}
	return out
}

// maxSaid is what a whole sentence may take of a line.
const maxSaid = 60

// area finishes reminders of an area: their place and their ids.
func (c *check) area(code string, rs []models.Reminder) []models.Reminder {
	for i := range rs {
		rs[i].HouseholdID, rs[i].Village = code, code
		rs[i].Name()
	}
	return rs
}

// areaWatches are those that belong to an area, or to what somebody said.
var areaWatches = []string{"unclear", "unreached", "library", "muted"}
