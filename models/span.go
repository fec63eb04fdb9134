package models

import (
	"strconv"
	"strings"
)

// From when on a span is told in months and in years: 70 days late is two months to
// everybody, and 3000 days are nothing anybody can picture.
const (
	monthsFrom  = 60 // days
	monthsOfAll = 12
)

// Span is how long it is from one date to a later one, as people say it: 20天, 5个月,
// 8年多. Long tells that it is a year or more, when the date itself should be told too.
func (p *Profile) Span(from, to Date) (said string, long bool) {
	n := from.DaysTo(to)
	if n < monthsFrom {
		return p.spanSaid("span_day", n), false
	}
	a, b := from.End(), to.End()
	months := (b.Year()-a.Year())*monthsOfAll + int(b.Month()) - int(a.Month())
	if b.Day() < a.Day() && b.AddDate(0, 0, 1).Month() == b.Month() { // the last of a month completes it
		months--
	}
	switch {
	case months < monthsOfAll:
		return p.spanSaid("span_month", months), false
	case months%monthsOfAll == 0:
		return p.spanSaid("span_year", months/monthsOfAll), true
	}
	return p.spanSaid("span_years", months/monthsOfAll), true
}

func (p *Profile) spanSaid(label string, n int) string {
	return strings.ReplaceAll(p.Labels[label], "{n}", strconv.Itoa(n))
}
