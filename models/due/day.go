package due

import (
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Zone is where days begin and end: Asia/Shanghai, without daylight saving since 1991.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Today is the ISO day of an instant.
func Today(at time.Time) models.Date { return models.Date(at.In(Zone).Format(time.DateOnly)) }

// dayOf is the midnight, as a plain day, of an instant.
func dayOf(at time.Time) time.Time {
	at = at.In(Zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

func dateOf(day time.Time) models.Date {
	if day.IsZero() {
		return ""
	}
	return models.Date(day.Format(time.DateOnly))
}

// firstDay is the earliest day a date can mean, the zero time when it means none.
func firstDay(d models.Date) time.Time {
	n := [3]int{0, 1, 1}
	for i, part := range [...]struct{ from, to int }{{0, 4}, {5, 7}, {8, 10}} {
		if len(d) < part.to {
			break
		}
		v, err := strconv.Atoi(string(d[part.from:part.to]))
		if err != nil {
			return time.Time{}
		}
		n[i] = v
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	if n[0] == 0 || t.Month() != time.Month(n[1]) || t.Day() != n[2] { // the 31st of a month that has none
		return time.Time{}
	}
	return t
}

// lastDay is the latest day a date can mean: 2018-10 is due by the 31st. The zero
// time when unknown.
func lastDay(d models.Date) time.Time {
	t := firstDay(d)
	switch {
	case t.IsZero():
		return t
	case len(d) == 4:
		return t.AddDate(1, 0, -1)
	case len(d) == 7:
		return t.AddDate(0, 1, -1)
	}
	return t
}

// Last is lastDay for those who tell of a date.
func Last(d models.Date) models.Date { return dateOf(lastDay(d)) }

// Days is how many days lie from one date to another; 0 when either is unknown.
func Days(from, to models.Date) int {
	a, b := lastDay(from), lastDay(to)
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return daysBetween(a, b)
}

func daysBetween(a, b time.Time) int { return int(b.Sub(a).Hours()) / 24 }

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
			if t := firstDay(models.Date(strconv.Itoa(year) + "-" + md)); !t.IsZero() && begun(rule, t, day) && !over(rule, t, day) {
				out = append(out, t)
			}
		}
	}
	return out
}

// begun reports whether the first step of a rule has come for a date.
func begun(rule *models.RemindRule, date, day time.Time) bool {
	return !date.IsZero() && !day.Before(date.AddDate(0, 0, rule.Steps[0].Day))
}

// over reports whether a rule makes no sense any more for a date.
func over(rule *models.RemindRule, date, day time.Time) bool {
	return rule.Until != nil && day.After(date.AddDate(0, 0, *rule.Until))
}
