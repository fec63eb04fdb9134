package due

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

//go:embed holidays.json
var holidaysJSON []byte

// Calendar knows the working days: the State Council's arrangement of each year, days
// off and weekends made up, as far as it is on file.
type Calendar struct {
	years map[int]bool
	off   map[string]bool
	work  map[string]bool
}

// arrangement is one year in holidays.json.
type arrangement struct {
	Source string      `json:"source"`
	Off    [][2]string `json:"off"`  // first and last day
	Work   []string    `json:"work"` // weekends that are worked
}

// Days is the built-in calendar. An error is a mistake in the data.
var Days = sync.OnceValues(loadCalendar)

func loadCalendar() (*Calendar, error) {
	var years map[string]arrangement
	if err := json.Unmarshal(holidaysJSON, &years); err != nil {
		return nil, fmt.Errorf("holidays.json: %w", err)
	}
	c := &Calendar{years: map[int]bool{}, off: map[string]bool{}, work: map[string]bool{}}
	for name, a := range years {
		year, err := strconv.Atoi(name)
		if err != nil || a.Source == "" {
			return nil, fmt.Errorf("holidays.json: year %q wants a number and a source", name)
		}
		c.years[year] = true
		for _, span := range a.Off {
			if err := c.span(span); err != nil {
				return nil, err
			}
		}
		for _, day := range a.Work {
			c.work[day] = true
		}
	}
	return c, nil
}

func (c *Calendar) span(span [2]string) error {
	from, err := time.Parse(time.DateOnly, span[0])
	if err != nil {
		return fmt.Errorf("holidays.json: %w", err)
	}
	to, err := time.Parse(time.DateOnly, span[1])
	if err != nil || to.Before(from) {
		return fmt.Errorf("holidays.json: %v is no span", span)
	}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		c.off[day.Format(time.DateOnly)] = true
	}
	return nil
}

// Works reports whether the day of an instant is a working day. In a year that is not
// on file weekends count as days off, and nothing else does.
func (c *Calendar) Works(at time.Time) bool {
	at = at.In(models.Zone)
	day := at.Format(time.DateOnly)
	if c.work[day] {
		return true
	}
	return !c.off[day] && at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
}

// Known reports whether the arrangement of a year is on file.
func (c *Calendar) Known(year int) bool { return c.years[year] }

// nextYearFrom is the month in which the next year's arrangement is out for certain:
// it has come in November since 2014.
const nextYearFrom = time.December

// Missing are the years that should be on file at an instant and are not.
func (c *Calendar) Missing(at time.Time) []int {
	at = at.In(models.Zone)
	years := []int{at.Year()}
	if at.Month() >= nextYearFrom {
		years = append(years, at.Year()+1)
	}
	var out []int
	for _, y := range years {
		if !c.years[y] {
			out = append(out, y)
		}
	}
	return out
}
