package models

import (
	"strconv"
	"strings"
)

// Summary is what an area's households are together, in one programme.
type Summary struct {
	Area  string // code; of a group the village code, a slash and the group's key
	Name  string
	Level Level

	Households, People, LaborHalves int
	Green, Yellow, Red              [6]int // households by clear, in their order
	SixClear, Missing, Rechecks     int
	Causes, MainCauses, Gaps        map[string]int
	Measures, Done                  map[string]int // by cat1; cancelled ones do not count
	Due                             map[DueKey]int // measures not done
	Statuses                        map[string]int // households by 脱贫状态
	Exits                           map[YearQuarter]Leave
	Money, Paid                     map[MoneyKey]Dec // 元
}

// DueKey is when measures are due, "2018-10" or "2018" when only the year is known,
// and their cat1.
type DueKey struct{ When, Cat string }

// MoneyKey is year × class of source × category.
type MoneyKey struct {
	Year       int
	Class, Cat string
}

// YearQuarter is a quarter of the exit plan; quarter 0 when only the year is known.
type YearQuarter struct{ Year, Quarter int }

// Leave is who leaves poverty in a quarter.
type Leave struct{ Households, People int }

// Late is how many measures should have been done before the month, "2018-10".
func (s *Summary) Late(month string) int {
	n := 0
	for _, count := range s.LateBy(month) {
		n += count
	}
	return n
}

// LateBy is Late by cat1.
func (s *Summary) LateBy(month string) map[string]int {
	out := map[string]int{}
	for due, count := range s.Due {
		if due.When < month[:min(len(month), len(due.When))] {
			out[due.Cat] += count
		}
	}
	return out
}

// Add counts n of what into the summary; what is the name of a part of SumArea.
func (s *Summary) Add(what string, n int64) {
	kind, rest, _ := strings.Cut(what, ":")
	switch kind {
	case "households":
		s.Households += int(n)
	case "people":
		s.People += int(n)
	case "labor":
		s.LaborHalves += int(n)
	case "missing":
		s.Missing += int(n)
	case "six":
		s.SixClear += int(n)
	case "recheck":
		s.Rechecks += int(n)
	case "shade":
		s.shade(rest, int(n))
	case "cause":
		tally(&s.Causes, rest, int(n))
	case "main":
		tally(&s.MainCauses, rest, int(n))
	case "gap":
		tally(&s.Gaps, rest, int(n))
	case "measure":
		tally(&s.Measures, rest, int(n))
	case "done":
		tally(&s.Done, rest, int(n))
	case "due":
		s.due(rest, int(n))
	case "status":
		tally(&s.Statuses, rest, int(n))
	case "exit", "leave":
		s.leave(kind, rest, int(n))
	case "money":
		pay(&s.Money, rest, n)
	case "paid":
		pay(&s.Paid, rest, n)
	}
}

func (s *Summary) shade(text string, n int) {
	if len(text) != 2 || text[0] < '0' || text[0] > '5' {
		return
	}
	i := text[0] - '0'
	switch text[1] {
	case LightClear:
		s.Green[i] += n
	case LightMostly:
		s.Yellow[i] += n
	case LightUnclear:
		s.Red[i] += n
	}
}

func (s *Summary) leave(kind, text string, n int) {
	year, quarter, _ := strings.Cut(text, "Q")
	var at YearQuarter
	at.Year, _ = strconv.Atoi(year)
	at.Quarter, _ = strconv.Atoi(quarter)
	if s.Exits == nil {
		s.Exits = map[YearQuarter]Leave{}
	}
	l := s.Exits[at]
	if kind == "exit" {
		l.Households += n
	} else {
		l.People += n
	}
	s.Exits[at] = l
}

func (s *Summary) due(text string, n int) {
	when, cat, _ := strings.Cut(text, ":")
	if s.Due == nil {
		s.Due = map[DueKey]int{}
	}
	s.Due[DueKey{when, cat}] += n
}

func tally(m *map[string]int, key string, n int) {
	if *m == nil {
		*m = map[string]int{}
	}
	(*m)[key] += n
}

func pay(m *map[MoneyKey]Dec, text string, n int64) {
	f := strings.SplitN(text, ":", 3)
	if len(f) != 3 {
		return
	}
	year, _ := strconv.Atoi(f[0])
	if *m == nil {
		*m = map[MoneyKey]Dec{}
	}
	key := MoneyKey{year, f[1], f[2]}
	(*m)[key] = (*m)[key].Add(Hundredths(n))
}
