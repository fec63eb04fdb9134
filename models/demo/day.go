package demo

import (
	"regexp"
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// day is when the village is looked at.
type day struct {
	today  models.Date
	at     time.Time
	plan   int // first year of the plans, within the programme
	period int // year the last accounting period of income ended in
	school int // year the present school year began in
}

// The years a plan may begin in, so that it ends within the programme.
const (
	firstPlan = 2018
	lastPlan  = 2019
)

func newDay(now time.Time) day {
	y := now.Year()
	d := day{today: models.Date(now.Format(time.DateOnly)), at: now, plan: min(max(y, firstPlan), lastPlan)}
	p := models.Profile{Period: models.Period{EndMonth: 9, EndDay: 30}} // domain.md §1.4
	d.period, d.school = p.IncomeYear(now), y
	if now.Month() < time.September {
		d.school--
	}
	return d
}

// schoolAge is how old one is at least when primary school begins (domain.md §2.3).
const schoolAge = 6

// bornAged is the birth date of somebody of that age today; on is month and day.
func (d day) bornAged(age int, on string) models.Date {
	y := d.at.Year() - age
	if string(d.today[5:]) < on {
		y--
	}
	return models.Date(strconv.Itoa(y) + "-" + on)
}

// bornInGrade is the birth date of somebody who entered school in time and is
// in that grade now: 1 is the first year of primary school, 10 of senior school.
func (d day) bornInGrade(grade int, on string) models.Date {
	y := d.school - (grade - 1) - schoolAge
	if on >= "09-01" {
		y--
	}
	return models.Date(strconv.Itoa(y) + "-" + on)
}

// moment is {y-1} and the like: y the year of today, i that of the last income,
// p the first year of the plan, d today itself with days instead of years.
var moment = regexp.MustCompile(`\{([yipd])([+-]\d+)?\}`)

// say replaces the moments in text.
func (d day) say(text string) string {
	return moment.ReplaceAllStringFunc(text, func(m string) string {
		parts := moment.FindStringSubmatch(m)
		n, _ := strconv.Atoi(parts[2]) // "" is 0
		switch parts[1] {
		case "y":
			return strconv.Itoa(d.at.Year() + n)
		case "i":
			return strconv.Itoa(d.period + n)
		case "p":
			return strconv.Itoa(d.plan + n)
		}
		return d.at.AddDate(0, 0, n).Format(time.DateOnly)
	})
}
