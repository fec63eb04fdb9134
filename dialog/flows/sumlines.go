package flows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// overview is people, lights, and one line of each of the other screens.
func (s *summing) overview() []string {
	out := []string{s.texts.Say("sum.people", "n", itoa(s.Households), "people", itoa(s.People), "labor", halves(s.LaborHalves))}
	add := func(key, list string) {
		if list != "" {
			out = append(out, s.texts.Say(key, "list", list))
		}
	}
	statuses := s.listed("status", s.Statuses, 4)
	if left := s.Households - total(s.Statuses); left > 0 && statuses != "" {
		statuses += "、" + s.texts.Say("sum.unstated", "n", itoa(left)) // so that the sum is right
	}
	add("sum.statuses", statuses)
	out = append(out, s.texts.Say("sum.six", "six", itoa(s.SixClear), "p", percent(s.SixClear, s.Households)))
	var green []string
	for i, c := range clears.Order {
		green = append(green, s.shortLabel(string(c))+itoa(s.Green[i]))
	}
	out = append(out, s.texts.Say("sum.green", "list", strings.Join(green, " ")))
	if s.Rechecks > 0 {
		out = append(out, s.texts.Say("area.recheck", "n", itoa(s.Rechecks)))
	}
	add("sum.causes", s.listed("cause", s.MainCauses, 4))
	add("sum.gaps", s.listed("gap", s.Gaps, 4))
	if n := total(s.Measures); n > 0 {
		out = append(out, s.texts.Say("sum.measures", "n", itoa(n), "done", itoa(total(s.Done)), "late", itoa(s.Late(s.month()))))
	}
	if all := budget(s.Summary, s.year); all.N() > 0 {
		out = append(out, s.texts.Say("sum.money", "planned", s.yuan(all), "paid", s.yuan(arrived(s.Summary, s.year))))
	}
	add("sum.exits", strings.Join(s.exitYears(), "、"))
	return out
}

// month is the running month, before which measures are late.
func (s *summing) month() string { return s.in.At.Format("2006-01") }

func (s *summing) causeLines() []string {
	var out []string
	for _, c := range ranked(s.Causes) {
		main := s.MainCauses[c.key]
		out = append(out, s.texts.Say("sum.cause", "what", s.profile.Label("cause", c.key), "main", itoa(main), "others", itoa(int(c.n)-main), "p", percent(int(c.n), s.Households)))
	}
	if len(out) == 0 {
		out = append(out, s.texts.Say("sum.no_causes"))
	}
	for _, g := range ranked(s.Gaps) {
		out = append(out, s.texts.Say("sum.gap", "what", s.profile.Label("gap", g.key), "n", strconv.FormatInt(g.n, 10)))
	}
	return out
}

func (s *summing) measureLines() []string {
	late := s.LateBy(s.month())
	var out []string
	for _, m := range ranked(s.Measures) {
		line := s.texts.Say("sum.measure", "what", s.profile.Label("measure_cat1", m.key), "n", strconv.FormatInt(m.n, 10), "done", itoa(s.Done[m.key]))
		if late[m.key] > 0 {
			line += s.texts.Say("sum.late", "n", itoa(late[m.key]))
		}
		out = append(out, line)
	}
	if len(out) == 0 {
		return []string{s.texts.Say("sum.no_measures")}
	}
	return append([]string{s.texts.Say("sum.measures", "n", itoa(total(s.Measures)), "done", itoa(total(s.Done)), "late", itoa(s.Late(s.month())))}, out...)
}

// moneyLines are the years with their sources or, of one year, the categories with
// theirs; planned before paid.
func (s *summing) moneyLines() []string {
	if budget(s.Summary, s.year).N() == 0 {
		return []string{s.texts.Say("sum.no_money", "year", s.yearText())}
	}
	out := []string{s.texts.Say("sum.money", "planned", s.yuan(budget(s.Summary, s.year)), "paid", s.yuan(arrived(s.Summary, s.year)))}
	if s.year == 0 {
		for _, y := range s.moneyYears() {
			out = append(out, s.texts.Say("sum.money_year", "year", itoa(y), "planned", s.yuan(budget(s.Summary, y)), "paid", s.yuan(arrived(s.Summary, y))))
			out = append(out, s.sources(y, "")...)
		}
		return out
	}
	out = append(out, s.sources(s.year, "")...)
	out = append(out, s.texts.Say("sum.by_category"))
	cats := map[string]int64{}
	for k, v := range s.Money {
		if k.Year == s.year {
			cats[k.Cat] += v.N()
		}
	}
	for _, c := range ranked(cats) {
		var classes []string
		for _, cl := range s.classes(s.year, c.key) {
			classes = append(classes, s.profile.Label("fund_source", cl.key)+s.round(models.Hundredths(cl.n)))
		}
		out = append(out, s.texts.Say("sum.category", "what", s.profile.Label("measure_cat1", c.key), "money", s.round(models.Hundredths(c.n)), "list", strings.Join(classes, "、")))
	}
	return out
}

// sources are the classes of sources of a year: planned and paid.
func (s *summing) sources(year int, cat string) []string {
	var out []string
	for _, c := range s.classes(year, cat) {
		got := paidOf(s.Summary, func(k models.MoneyKey) bool { return k.Year == year && k.Class == c.key && (cat == "" || k.Cat == cat) })
		out = append(out, s.texts.Say("sum.source", "what", s.profile.Label("fund_source", c.key), "planned", s.yuan(models.Hundredths(c.n)), "paid", s.yuan(got)))
	}
	return out
}

func (s *summing) classes(year int, cat string) []tally {
	sums := map[string]int64{}
	for k, v := range s.Money {
		if k.Year == year && (cat == "" || k.Cat == cat) {
			sums[k.Class] += v.N()
		}
	}
	return ranked(sums)
}

func (s *summing) moneyYears() []int {
	var out []int
	for k := range s.Money {
		if !slices.Contains(out, k.Year) {
			out = append(out, k.Year)
		}
	}
	slices.Sort(out)
	return out
}

// budget is the money of a year, or of all years for 0; arrived what arrived of it.
func budget(s models.Summary, year int) models.Dec {
	return moneyOf(s.Money, func(k models.MoneyKey) bool { return year == 0 || k.Year == year })
}

func arrived(s models.Summary, year int) models.Dec {
	return paidOf(s, func(k models.MoneyKey) bool { return year == 0 || k.Year == year })
}

func paidOf(s models.Summary, is func(models.MoneyKey) bool) models.Dec { return moneyOf(s.Paid, is) }

func moneyOf(m map[models.MoneyKey]models.Dec, is func(models.MoneyKey) bool) models.Dec {
	sum := models.Hundredths(0)
	for k, v := range m {
		if is(k) {
			sum = sum.Add(v)
		}
	}
	return sum
}

// exitLines are the years of the exit plan with their quarters.
func (s *summing) exitLines() []string {
	byYear := map[int][]models.YearQuarter{}
	inPlan := 0
	for at, l := range s.Exits {
		inPlan += l.Households
		if s.year == 0 || s.year == at.Year {
			byYear[at.Year] = append(byYear[at.Year], at)
		}
	}
	var out []string
	for year, quarters := range byYear {
		slices.SortFunc(quarters, func(a, b models.YearQuarter) int { return cmp.Compare(a.Quarter, b.Quarter) })
		var sum models.Leave
		var parts []string
		for _, at := range quarters {
			l := s.Exits[at]
			if l.Households == 0 {
				continue
			}
			sum.Households, sum.People = sum.Households+l.Households, sum.People+l.People
			parts = append(parts, s.texts.Say("sum.quarter."+itoa(at.Quarter), "n", itoa(l.Households), "people", itoa(l.People)))
		}
		if sum.Households > 0 {
			out = append(out, s.texts.Say("sum.exit", "year", itoa(year), "n", itoa(sum.Households), "people", itoa(sum.People), "list", strings.Join(parts, "、")))
		}
	}
	slices.Sort(out)
	if len(out) == 0 {
		out = append(out, s.texts.Say("sum.no_exits", "year", s.yearText()))
	}
	if n := s.Households - inPlan; n > 0 && s.year == 0 {
		out = append(out, s.texts.Say("sum.unplanned", "n", itoa(n)))
	}
	return out
}

// exitYears are the years of the exit plan in short.
func (s *summing) exitYears() []string {
	sums := map[int]models.Leave{}
	for at, l := range s.Exits {
		if s.year == 0 || at.Year == s.year {
			y := sums[at.Year]
			sums[at.Year] = models.Leave{Households: y.Households + l.Households, People: y.People + l.People}
		}
	}
	var out []string
	for year, l := range sums {
		if l.Households > 0 {
			out = append(out, s.texts.Say("sum.exit_short", "year", itoa(year), "n", itoa(l.Households), "people", itoa(l.People)))
		}
	}
	slices.Sort(out)
	return out
}

// leaving adds the year in which the village or county itself leaves the list.
func (s *summing) leaving(lines *[]string) error {
	level := models.LevelOf(s.place.Code)
	if level != models.Village && level != models.County {
		return nil
	}
	year, err := s.view.Areas().Exit(s.ctx, s.place.Code, s.profile.ID)
	if err == nil && year.Known() {
		*lines = append(*lines, s.texts.Say("sum.leaves."+string(level), "year", year.String()))
	}
	return err
}

// lagLines are what is behind: measures by category, money of years that are over,
// clears, and the areas below with the most late measures.
func (s *summing) lagLines() []string {
	var out []string
	for _, c := range ranked(s.LateBy(s.month())) {
		out = append(out, s.texts.Say("sum.lag_measure", "what", s.profile.Label("measure_cat1", c.key), "n", strconv.FormatInt(c.n, 10)))
	}
	for _, y := range s.moneyYears() {
		if open := budget(s.Summary, y).Sub(arrived(s.Summary, y)); y <= s.in.At.Year() && open.N() > 0 && (s.year == 0 || s.year == y) {
			out = append(out, s.texts.Say("sum.lag_money", "year", itoa(y), "money", s.yuan(open), "p", percent(int(arrived(s.Summary, y).N()/100), int(budget(s.Summary, y).N()/100))))
		}
	}
	for i, c := range clears.Order {
		if n := s.Red[i]; n > 0 {
			out = append(out, s.texts.Say("sum.lag_clear", "clear", s.shortLabel(string(c)), "n", itoa(n)))
		}
	}
	late := slices.Clone(s.below)
	slices.SortStableFunc(late, func(a, b models.Summary) int { return cmp.Compare(b.Late(s.month()), a.Late(s.month())) })
	var names []string
	for _, b := range late[:min(3, len(late))] {
		if n := b.Late(s.month()); n > 0 {
			names = append(names, s.texts.Say("sum.lag_area", "area", b.Name, "n", itoa(n)))
		}
	}
	if len(names) > 0 {
		out = append(out, s.texts.Say("sum.lag_most", "list", strings.Join(names, "、")))
	}
	if len(out) == 0 {
		out = append(out, s.texts.Say("sum.no_lags"))
	}
	return out
}

// yuan is money as people say it: 3.25万元; what 万 cannot say exactly, in brackets.
func (t *talk) yuan(d models.Dec) string {
	const hundred, exactly = 100 * 100, 1_000_000 * 100 // in hundredths
	if n := d.N(); n >= wan && n < exactly && n%hundred != 0 {
		return t.texts.Say("money.exact", "n", models.Hundredths(rounded(n, hundred)).String(), "yuan", d.String())
	}
	return t.round(d)
}

// wan and yi are 万元 and 亿元 in hundredths of a yuan.
const (
	wan = 10_000 * 100
	yi  = 10_000 * wan
)

// round is money with two decimals of what it is said in.
func (t *talk) round(d models.Dec) string {
	switch n := d.N(); {
	case n < wan && n > -wan:
		return t.texts.Say("money.yuan", "n", d.String())
	case n >= yi:
		return t.texts.Say("money.yi", "n", models.Hundredths(rounded(n, yi/100)).String())
	default:
		return t.texts.Say("money.wan", "n", models.Hundredths(rounded(n, wan/100)).String())
	}
}

func rounded(n, unit int64) int64 { return (n + unit/2) / unit }
