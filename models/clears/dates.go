package clears

import (
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// days is how many days lie between two dates.
func days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }

// months is how many full months lie between two days.
func months(from, to time.Time) int {
	n := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	if to.Day() < from.Day() {
		n--
	}
	return n
}

// before reports whether a surely lies before b: compared to the precision
// both have; unknown dates never do.
func before(a, b models.Date) bool {
	n := min(len(a), len(b))
	return n >= 4 && a[:n] < b[:n]
}

// month is the month of a date, 0 when it has none.
func month(d models.Date) int {
	if len(d) < 7 {
		return 0
	}
	n, _ := strconv.Atoi(string(d[5:7]))
	return n
}

// quarterEnd is the last day of a quarter; quarter 0 means the year.
func quarterEnd(year, quarter int) time.Time {
	if quarter < 1 || quarter > 4 {
		quarter = 4
	}
	return time.Date(year, time.Month(quarter*3)+1, 0, 0, 0, 0, 0, time.UTC)
}

// schoolYear is the 1 September that began the running school year.
func schoolYear(today models.Date) models.Date {
	y := today.Year()
	if len(today) >= 7 && today[5:7] < "09" {
		y--
	}
	return models.Date(itoa(y) + "-09-01")
}
