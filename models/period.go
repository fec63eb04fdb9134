package models

import "time"

// IncomeYear is the year that the last completed accounting period of income
// ended in, seen from at (domain.md §1.4: 1 October to 30 September by default).
func (p *Profile) IncomeYear(at time.Time) int {
	m, d := p.Period.EndMonth, p.Period.EndDay
	if m == 0 {
		m, d = 12, 31
	}
	if int(at.Month()) > m || int(at.Month()) == m && at.Day() > d {
		return at.Year()
	}
	return at.Year() - 1
}
