package models

import (
	"strconv"
	"time"
)

// Zone is where days begin and end: Asia/Shanghai, without daylight saving since 1991.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// DayOf is the day of an instant.
func DayOf(at time.Time) Date { return Date(at.In(Zone).Format(time.DateOnly)) }

// The quiet hours, in which nobody hears anything (product.md «Reminders»).
const (
	QuietFrom = "21:00"
	QuietTo   = "07:30"
)

// QuietHours are the quiet hours that an instant lies in, else the next ones.
func QuietHours(at time.Time) (from, to time.Time) {
	day := DayOf(at)
	if at.Before(day.at(QuietTo)) {
		return day.AddDays(-1).at(QuietFrom), day.at(QuietTo)
	}
	return day.at(QuietFrom), day.AddDays(1).at(QuietTo)
}

// Decent is when somebody may be disturbed at the earliest, at or after an instant.
func Decent(at time.Time) time.Time {
	if from, to := QuietHours(at); !at.Before(from) {
		return to
	}
	return at
}

// at is an hour of a day; the zero time when it is none.
func (d Date) at(hm string) time.Time {
	t, _ := time.ParseInLocation("2006-01-02 15:04", string(d)+" "+hm, Zone)
	return t
}

// IsDay reports whether a date is known to the day.
func (d Date) IsDay() bool { return len(d) == len("2018-10-31") }

// Begin is the earliest day a date can mean, as midnight UTC; the zero time when it
// means none: it is unknown, or a day its month does not have.
func (d Date) Begin() time.Time {
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
	if n[0] == 0 || t.Month() != time.Month(n[1]) || t.Day() != n[2] {
		return time.Time{}
	}
	return t
}

// End is the latest day a date can mean: 2018-10 is due by the 31st. The zero time
// as for Begin.
func (d Date) End() time.Time {
	t := d.Begin()
	switch {
	case t.IsZero():
		return t
	case len(d) == len("2018"):
		return t.AddDate(1, 0, -1)
	case len(d) == len("2018-10"):
		return t.AddDate(0, 1, -1)
	}
	return t
}

// noDay is later than every day a measure can be due: without a date it comes last.
const noDay Date = "9999-12-31"

// LastDay is End as a date. A date that is unknown comes after all others.
func (d Date) LastDay() Date {
	if t := d.End(); !t.IsZero() {
		return Date(t.Format(time.DateOnly))
	}
	return noDay
}

// Undated reports whether a last day stands for an unknown date.
func (d Date) Undated() bool { return d == noDay || d == "" }

// DaysTo is how many days lie between the ends of two dates; 0 when either is unknown.
func (d Date) DaysTo(other Date) int {
	a, b := d.End(), other.End()
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return int(b.Sub(a).Hours()) / 24
}

// AddDays is the day so many days later; the date itself when it is no day.
func (d Date) AddDays(n int) Date {
	if t := d.Begin(); d.IsDay() && !t.IsZero() {
		return Date(t.AddDate(0, 0, n).Format(time.DateOnly))
	}
	return d
}
