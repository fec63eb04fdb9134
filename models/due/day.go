package due

import (
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// dayOf is the midnight, as a plain day, of an instant.
func dayOf(at time.Time) time.Time {
	at = at.In(models.Zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

func dateOf(day time.Time) models.Date {
	if day.IsZero() {
		return ""
	}
	return models.Date(day.Format(time.DateOnly))
}

// after is months later, on the last day of the month where the day is missing:
// a year after 29 February is 28 February.
func after(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(day.Day(), first.AddDate(0, 1, -1).Day())-1)
}

func monthStart(day time.Time) time.Time { return day.AddDate(0, 0, 1-day.Day()) }

func monthEnd(day time.Time) time.Time { return monthStart(day).AddDate(0, 1, -1) }

func quarterStart(day time.Time) time.Time {
	return time.Date(day.Year(), (day.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
}

func quarterEnd(day time.Time) time.Time { return quarterStart(day).AddDate(0, 3, -1) }

// monday is the Monday of the week.
func monday(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

// yearly are the dates of a calendar rule whose time has begun and is not over: of
// the year of a day, and of the years beside it.
func yearly(rule *models.RemindRule, day time.Time) []time.Time {
	var out []time.Time
	for _, md := range rule.Dates {
		for year := day.Year() - 1; year <= day.Year()+1; year++ {
			if t := models.Date(strconv.Itoa(year) + "-" + md).Begin(); !t.IsZero() && begun(rule, t, day) && !over(rule, t, day) {
				out = append(out, t)
			}
		}
	}
	return out
}

// begun reports whether the first step of a rule has come for a date.
func begun(rule *models.RemindRule, date, day time.Time) bool {
	return !date.IsZero() && !day.Before(stepDay(rule, rule.Steps[0], date))
}

// stepDay is the day of a step for a date. What is to be heard by a date and has no
// working day left until then is told on the last one before.
func stepDay(rule *models.RemindRule, step models.RemindStep, date time.Time) time.Time {
	day := date.AddDate(0, 0, step.Day)
	if step.Day > 0 || rule.Before == "" {
		return day
	}
	last := date
	if rule.Until != nil {
		last = date.AddDate(0, 0, max(0, *rule.Until))
	}
	for one := day; !one.After(last); one = one.AddDate(0, 0, 1) {
		if works(one) {
			return day
		}
	}
	for !works(day) {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// works reports whether a plain day is worked; every day is, should the calendar not be read.
func works(day time.Time) bool {
	c, err := Days()
	return err != nil || c.Works(day)
}

// over reports whether a rule makes no sense any more for a date.
func over(rule *models.RemindRule, date, day time.Time) bool {
	return rule.Until != nil && day.After(date.AddDate(0, 0, *rule.Until))
}
