package due

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func profile(t testing.TB, id string) *models.Profile {
	t.Helper()
	p, err := models.LoadProfile(id)
	require.NoError(t, err)
	return p
}

// on is an instant of an ISO day, in the morning.
func on(day string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" 08:00", models.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

const (
	hh = "5399012002010001"
	s1 = hh + "s001"
)

// quiet is a household for which nothing is due in its year: visited last week,
// insured, everything done.
func quiet(today string) *models.Dossier {
	visit := models.Date(on(today).AddDate(0, 0, -3).Format(time.DateOnly))
	return &models.Dossier{
		Household: models.Household{ID: hh, Village: hh[:12], Group: "三组", HeadName: "张大有", Status: "poor", VisitDate: visit, CreatedAt: on("2017-01-01")},
		Members:   []models.Member{{ID: hh + "01", Name: "张大有", Birth: "1972-03-05", MedIns: "resident", Relation: "head"}},
		Condition: models.Condition{Year: 2018, HouseGrade: "B"},
		Income:    models.Income{Year: on(today).Year()},
	}
}

func with(today string, change func(d *models.Dossier)) *models.Dossier {
	d := quiet(today)
	change(d)
	return d
}

func measure(change func(m *models.Measure)) func(d *models.Dossier) {
	return func(d *models.Dossier) {
		m := models.Measure{ID: s1, HouseholdID: hh, Programme: "huhuqing-2018", Cat1: "industry", Cat2: "breeding", Title: "养牛2头", Status: "working", Due: "2018-10-31", Year: models.IntOf(2017)}
		change(&m)
		d.Measures = append(d.Measures, m)
	}
}

func due(day string) func(d *models.Dossier) {
	return measure(func(m *models.Measure) { m.Due = models.Date(day) })
}

// told are the reminders of a rule as «level step due».
func told(rs []models.Reminder, rule string) []string {
	out := []string{}
	for _, r := range rs {
		if r.Rule == rule {
			s := fmt.Sprintf("%s %s %s", r.Level, r.Step, r.Due)
			if r.Up != "" {
				s += " up:" + string(r.Up)
			}
			out = append(out, s)
		}
	}
	return out
}

func visited(day string) func(d *models.Dossier) {
	return func(d *models.Dossier) { d.Household.VisitDate = models.Date(day) }
}

func duties(ts ...models.Duty) func(d *models.Dossier) {
	return func(d *models.Dossier) {
		for i := range ts {
			ts[i].ID = fmt.Sprintf("%sd%03d", hh, i+1)
			if ts[i].Object == "" {
				ts[i].Object = hh
			}
		}
		d.Duties = ts
	}
}

func loan(paid string, months int) func(d *models.Dossier) {
	return func(d *models.Dossier) {
		d.Funds = append(d.Funds, models.Fund{ID: hh + "f001", Kind: "loan", PaidOn: models.Date(paid), Months: models.IntOf(months)})
	}
}

var cases = []struct {
	rule, what, at string
	change         func(d *models.Dossier)
	want           []string
}{
	{"due", "31 days before: a near miss", "2018-09-30", due("2018-10-31"), nil},
	{"due", "30 days before", "2018-10-01", due("2018-10-31"), []string{"village -30 2018-10-31"}},
	{"due", "a month means its last day", "2018-10-01", due("2018-10"), []string{"village -30 2018-10-31"}},
	{"due", "29 days before, still that step", "2018-10-02", due("2018-10-31"), []string{"village -30 2018-10-31"}},
	{"due", "7 days before", "2018-10-24", due("2018-10-31"), []string{"village -7 2018-10-31"}},
	{"due", "the day before", "2018-10-30", due("2018-10-31"), []string{"village -1 2018-10-31"}},
	{"due", "on the day", "2018-10-31", due("2018-10-31"), []string{"village 0 2018-10-31"}},
	{"due", "a day late", "2018-11-01", due("2018-10-31"), []string{"village +1 2018-10-31"}},
	{"due", "a week late", "2018-11-07", due("2018-10-31"), []string{"village +7 2018-10-31"}},
	{"due", "14 days late: a near miss", "2018-11-14", due("2018-10-31"), []string{"village +7 2018-10-31"}},
	{"due", "15 days late goes up, and the cadre sees it", "2018-11-15", due("2018-10-31"), []string{"village +15 2018-10-31 up:township", "township +15 2018-10-31"}},
	{"due", "30 days late", "2018-11-30", due("2018-10-31"), []string{"village +30 2018-10-31 up:county", "township +15 2018-10-31", "county +30 2018-10-31"}},
	{"due", "moved: counts from the new date", "2018-11-30", due("2018-12-31"), nil},
	{"due", "done", "2018-11-07", measure(func(m *models.Measure) { m.Status = "finished" }), nil},
	{"due", "cancelled", "2018-11-07", measure(func(m *models.Measure) { m.Status = "cancelled" }), nil},
	{"due", "put off is still to be done", "2018-11-07", measure(func(m *models.Measure) { m.Status = "delayed" }), []string{"village +7 2018-10-31"}},
	{"due", "of another programme", "2018-11-07", measure(func(m *models.Measure) { m.Programme = "monitoring-2021" }), nil},
	{"due", "without a date", "2018-11-07", due(""), nil},
	{"due", "a broken date", "2018-11-07", due("2018-13-77"), nil},
	{"due", "the household is gone", "2018-11-07", func(d *models.Dossier) { due("2018-10-31")(d); d.Household.Status = "gone" }, nil},
	{"due", "a post has its own words", "2018-11-07", measure(func(m *models.Measure) { m.Cat1 = "public_post" }), nil},

	{"contract", "a post ends in 30 days", "2018-10-01", measure(func(m *models.Measure) { m.Cat1 = "public_post" }), []string{"village -30 2018-10-31"}},
	{"contract", "no post", "2018-10-01", due("2018-10-31"), nil},
	{"contract", "moved", "2018-10-01", measure(func(m *models.Measure) { m.Cat1, m.Due = "public_post", "2019-10-31" }), nil},
	{"contract", "over", "2018-11-20", measure(func(m *models.Measure) { m.Cat1 = "public_post" }), []string{"village +15 2018-10-31 up:township", "township +15 2018-10-31"}},
	{"contract", "done", "2018-11-20", measure(func(m *models.Measure) { m.Cat1, m.Status = "public_post", "effective" }), nil},

	{"start", "the month before: a near miss", "2018-04-30", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-05", "2018-10", "approved" }), nil},
	{"start", "the first of the month", "2018-05-01", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-05", "2018-10", "approved" }), []string{"village 0 2018-05-01"}},
	{"start", "a day means its month", "2018-05-20", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-05-18", "2018-10", "approved" }), []string{"village 0 2018-05-01"}},
	{"start", "begun", "2018-05-20", measure(func(m *models.Measure) { m.Start, m.Due = "2018-05", "2018-10" }), nil},
	{"start", "only a year is known", "2018-01-01", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018", "2018-10", "approved" }), nil},
	{"start", "moved to another month", "2018-05-20", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-06", "2018-10", "approved" }), nil},

	{"late_start", "in the month: a near miss", "2018-05-31", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-05", "2018-10", "waiting" }), nil},
	{"late_start", "the month is over", "2018-06-01", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-05", "2018-10", "waiting" }), []string{"village 0 2018-06-01"}},
	{"late_start", "moved", "2018-06-01", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-06", "2018-10", "waiting" }), nil},
	{"late_start", "begun", "2018-06-01", measure(func(m *models.Measure) { m.Start, m.Due = "2018-05", "2018-10" }), nil},
	{"late_start", "overdue says it all", "2018-11-01", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-05", "2018-10", "waiting" }), nil},

	{"season", "11 days before the quarter ends: a near miss", "2018-06-19", due("2018-10"), nil},
	{"season", "10 days before", "2018-06-20", due("2018-10"), []string{"village -10 2018-06-30"}},
	{"season", "the quarter is over", "2018-07-01", due("2018-10"), nil},
	{"season", "nothing is being done", "2018-06-20", measure(func(m *models.Measure) { m.Due, m.Status = "2018-10", "finished" }), nil},
	{"season", "planned for this year", "2018-06-20", measure(func(m *models.Measure) { m.Status, m.Year = "approved", models.IntOf(2018) }), []string{"village -10 2018-06-30"}},
	{"season", "planned for the next year", "2018-06-20", measure(func(m *models.Measure) { m.Status, m.Year = "approved", models.IntOf(2019) }), nil},
	{"season", "moved: begins after the quarter", "2018-06-20", measure(func(m *models.Measure) { m.Start = "2018-08" }), nil},

	{"contact", "7 days before the month ends: a near miss", "2018-05-24", visited("2018-04-20"), nil},
	{"contact", "6 days before", "2018-05-25", visited("2018-04-20"), []string{"village -6 2018-05-31"}},
	{"contact", "somebody came", "2018-05-25", visited("2018-05-01"), nil},
	{"contact", "the month is over", "2018-06-01", visited("2018-04-20"), nil},
	{"contact", "the quarter's visit is asked for, which is more", "2018-06-26", visited("2018-03-20"), nil},
	{"contact", "somebody came in the quarter, not in its last month", "2018-06-26", visited("2018-05-20"), []string{"village -6 2018-06-30"}},
	{"contact", "registered this month, not visited", "2018-05-25", func(d *models.Dossier) { d.Household.VisitDate, d.Household.CreatedAt = "", on("2018-05-02") }, nil},

	{"visit", "21 days before the quarter ends: a near miss", "2018-06-09", visited("2018-03-31"), nil},
	{"visit", "20 days before", "2018-06-10", visited("2018-03-31"), []string{"village -20 2018-06-30"}},
	{"visit", "somebody came", "2018-06-10", visited("2018-04-01"), nil},
	{"visit", "moved on to the next quarter", "2018-07-01", visited("2018-03-31"), nil},

	{"visit_year", "a year less a day: a near miss", "2018-05-09", visited("2017-05-10"), nil},
	{"visit_year", "a year", "2018-05-10", visited("2017-05-10"), []string{"village 0 2018-05-10"}},
	{"visit_year", "from the 29th of February", "2021-02-28", visited("2020-02-29"), []string{"village 0 2021-02-28"}},
	{"visit_year", "a month more goes up", "2018-06-09", visited("2017-05-10"), []string{"village +30 2018-05-10 up:township", "township +30 2018-05-10"}},
	{"visit_year", "somebody came", "2018-06-09", visited("2018-06-08"), nil},

	{"loan", "91 days before: a near miss", "2018-07-03", loan("2017-10-02", 12), nil},
	{"loan", "90 days before", "2018-07-04", loan("2017-10-02", 12), []string{"village -90 2018-10-02"}},
	{"loan", "30 days before", "2018-09-02", loan("2017-10-02", 12), []string{"village -30 2018-10-02"}},
	{"loan", "it ended", "2018-10-03", loan("2017-10-02", 12), nil},
	{"loan", "moved: longer", "2018-09-02", loan("2017-10-02", 36), nil},
	{"loan", "not paid out yet", "2018-09-02", loan("", 12), nil},
	{"loan", "no loan", "2018-09-02", func(d *models.Dossier) { loan("2017-10-02", 12)(d); d.Funds[0].Kind = "grant" }, nil},

	{"school", "the day before: a near miss", "2018-08-24", child("2010-05-05"), nil},
	{"school", "before the autumn term", "2018-08-25", child("2010-05-05"), []string{"village 0 2018-08-25"}},
	{"school", "before the spring term", "2018-02-26", child("2010-05-05"), []string{"village 0 2018-02-25"}},
	{"school", "three weeks into it", "2018-09-15", child("2010-05-05"), nil},
	{"school", "six on the first of September", "2018-08-25", child("2012-09-01"), []string{"village 0 2018-08-25"}},
	{"school", "a day too young", "2018-08-25", child("2012-09-02"), nil},
	{"school", "grown up", "2018-08-25", child("2002-08-31"), nil},
	{"school", "moved away", "2018-08-25", func(d *models.Dossier) { child("2010-05-05")(d); d.Members[1].Change = "moved_out" }, nil},

	{"insurance", "in August: a near miss", "2018-08-31", insured("none"), nil},
	{"insurance", "from the first of September", "2018-09-01", insured("none"), []string{"village -121 2018-12-31"}},
	{"insurance", "not said is not insured", "2018-11-01", insured(""), []string{"village -61 2018-12-31"}},
	{"insurance", "half a month before", "2018-12-16", insured("none"), []string{"village -15 2018-12-31"}},
	{"insurance", "insured now", "2018-12-16", insured("employee"), nil},
	{"insurance", "too late for the year, too early for the next", "2019-01-01", insured("none"), nil},

	{"rainy", "11 days before: a near miss", "2018-05-20", grade("D"), nil},
	{"rainy", "10 days before", "2018-05-21", grade("D"), []string{"village -10 2018-05-31"}},
	{"rainy", "a safe house", "2018-05-21", grade("B"), nil},
	{"rainy", "repaired", "2018-05-21", func(d *models.Dossier) {
		grade("C")(d)
		measure(func(m *models.Measure) { m.Cat1, m.Status = "housing", "accepted" })(d)
	}, nil},
	{"rainy", "being repaired", "2018-06-15", func(d *models.Dossier) { grade("C")(d); measure(func(m *models.Measure) { m.Cat1 = "housing" })(d) }, []string{"village -10 2018-05-31"}},
	{"rainy", "July", "2018-07-01", grade("D"), nil},

	{"income", "the day before: a near miss", "2018-09-29", income(2017), nil},
	{"income", "the period ends", "2018-09-30", income(2017), []string{"village 0 2018-09-30"}},
	{"income", "ten days later", "2018-10-10", income(2017), []string{"village +10 2018-09-30"}},
	{"income", "recorded", "2018-10-10", income(2018), nil},
	{"income", "two months later", "2018-11-30", income(2017), nil},

	{"exit_review", "September: a near miss", "2018-09-30", exits(2018), nil},
	{"exit_review", "October", "2018-10-01", exits(2018), []string{"village -60 2018-11-30"}},
	{"exit_review", "half of November", "2018-11-15", exits(2018), []string{"village -15 2018-11-30"}},
	{"exit_review", "done", "2018-11-15", func(d *models.Dossier) { exits(2018)(d); d.Household.Status = "exited" }, nil},
	{"exit_review", "moved to the next year", "2018-11-15", exits(2019), nil},
	{"exit_review", "December", "2018-12-01", exits(2018), nil},

	{"hand_over", "the day before: a near miss", "2018-05-09", duties(models.Duty{Level: models.Village, Name: "王建国", To: "2018-05-10"}), nil},
	{"hand_over", "the same day, to the level above", "2018-05-10", duties(models.Duty{Level: models.Village, Name: "王建国", To: "2018-05-10"}), []string{"township 0 2018-05-10"}},
	{"hand_over", "of the township, to the county", "2018-05-10", duties(models.Duty{Level: models.Township, Name: "赵明", To: "2018-05-10"}), []string{"county 0 2018-05-10"}},
	{"hand_over", "somebody took over", "2018-05-10", duties(models.Duty{Level: models.Village, To: "2018-05-10"}, models.Duty{Level: models.Village, From: "2018-05-10"}), nil},
	{"hand_over", "somebody of another level did not", "2018-05-10", duties(models.Duty{Level: models.Village, To: "2018-05-10"}, models.Duty{Level: models.Township}), []string{"township 0 2018-05-10"}},
	{"hand_over", "of two who went, the last one counts", "2018-05-20", duties(models.Duty{Level: models.Village, To: "2018-05-10"}, models.Duty{Level: models.Village, To: "2018-05-15"}), []string{"township 0 2018-05-15"}},
	{"hand_over", "for a measure that is done nobody is missed", "2018-05-20", func(d *models.Dossier) {
		measure(func(m *models.Measure) { m.Status = "finished" })(d)
		duties(models.Duty{Object: s1, Level: models.Village, To: "2018-05-10"})(d)
	}, nil},
}

func child(birth string) func(d *models.Dossier) {
	return func(d *models.Dossier) {
		d.Members = append(d.Members, models.Member{ID: hh + "02", Name: "张小妹", Birth: models.Date(birth), MedIns: "resident"})
	}
}

func insured(how string) func(d *models.Dossier) {
	return func(d *models.Dossier) { d.Members[0].MedIns = how }
}

func grade(g string) func(d *models.Dossier) {
	return func(d *models.Dossier) { d.Condition.HouseGrade = g }
}

func income(year int) func(d *models.Dossier) {
	return func(d *models.Dossier) { d.Income.Year = year }
}

func exits(year int) func(d *models.Dossier) {
	return func(d *models.Dossier) {
		d.Exits = []models.Exit{{Programme: "huhuqing-2018", Year: models.IntOf(year)}}
	}
}

func TestEveryRule(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	hit, missed := map[string]bool{}, map[string]bool{}
	for _, c := range cases {
		t.Run(c.rule+" "+c.what, func(t *testing.T) {
			d := with(c.at, c.change)
			got := told(Due(d, p, on(c.at)), c.rule)
			require.ElementsMatch(t, c.want, got)
			require.Equal(t, Due(d, p, on(c.at)), Due(d, p, on(c.at).Add(15*time.Hour+59*time.Minute)), "any time of the day")
		})
		hit[c.rule] = hit[c.rule] || len(c.want) > 0
		missed[c.rule] = missed[c.rule] || len(c.want) == 0
	}
	for _, r := range p.Reminders {
		if slices.Contains(areaWatches, r.Watch) {
			continue
		}
		require.True(t, hit[r.ID] && missed[r.ID], "%s has no case that hits, or none that misses", r.ID)
	}
}

func TestEveryProfileNamesWatchesThatExist(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"huhuqing-2018", "monitoring-2021"} {
		p := profile(t, id)
		require.NotEmpty(t, p.Reminders)
		for _, r := range p.Reminders {
			require.True(t, watches[r.Watch] != nil || slices.Contains(areaWatches, r.Watch), "%s: %s", id, r.Watch)
		}
	}
	require.Contains(t, profile(t, "monitoring-2021").Reminder("exit_review").Before, "消除风险", "its own words")
	require.NotNil(t, profile(t, "monitoring-2021").Reminder("due"), "the base's rules hold")
}

func TestAQuietHouseholdTellsNothing(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	for day := range 365 {
		at := on("2018-01-01").AddDate(0, 0, day)
		require.Empty(t, Due(quiet(at.Format(time.DateOnly)), p, at), at)
	}
}

// TestTitlesTellNoIllness: a list is read where others see it.
func TestTitlesTellNoIllness(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	for _, m := range []models.Measure{
		{Cat1: "health", Cat2: "serious_treatment", Title: "大病集中救治"},
		{Cat1: "security", Cat2: "disab_allowance", Title: "两补"},
		{Cat1: "security", Cat2: "temp_aid", Title: "给尿毒症的救助"},
		{Cat1: "security", Cat2: "temp_aid", Title: "残疾补助"},
	} {
		d := with("2018-11-01", func(d *models.Dossier) { d.Members[0].Disease = "尿毒症" })
		m.ID, m.Status, m.Due = s1, "working", "2018-10-31"
		d.Measures = []models.Measure{m}
		rs := Due(d, p, on("2018-11-01"))
		require.Len(t, rs, 1)
		require.Equal(t, p.Label("measure_cat1", m.Cat1), rs[0].Title)
		require.True(t, rs[0].Guarantee)
	}
	d := with("2018-11-01", due("2018-10-31"))
	require.Equal(t, "养牛2头", Due(d, p, on("2018-11-01"))[0].Title)
}

// TestNextIsTheNextDayWithNews walks through a year day by day beside Next.
func TestNextIsTheNextDayWithNews(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	r := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		d := wild(r)
		at := on("2018-01-01").AddDate(0, 0, r.IntN(365))
		next := Next(d, p, at)
		seen := ids(Due(d, p, at))
		for day := at.AddDate(0, 0, 1); models.DayOf(day) < next; day = day.AddDate(0, 0, 1) {
			for id := range ids(Due(d, p, day)) {
				require.True(t, seen[id], "news on %s, before %s", models.DayOf(day), next)
			}
		}
		require.Greater(t, next, models.DayOf(at))
		require.LessOrEqual(t, next, models.DayOf(at.AddDate(0, 0, horizon)))
	}
}

func ids(rs []models.Reminder) map[string]bool {
	out := map[string]bool{}
	for _, r := range rs {
		r.Name()
		out[r.ID] = true
	}
	return out
}

// wild is a household with anything in it.
func wild(r *rand.Rand) *models.Dossier {
	any := func(from int) models.Date {
		return models.Date(on("2017-06-01").AddDate(0, 0, from+r.IntN(700)).Format(time.DateOnly))
	}
	d := quiet("2018-06-01")
	d.Household.VisitDate = any(-200)
	for i := range 6 {
		m := models.Measure{ID: fmt.Sprintf("%ss%03d", hh, i), Status: []string{"draft", "approved", "working", "finished", "delayed"}[r.IntN(5)], Cat1: []string{"industry", "housing", "public_post"}[r.IntN(3)]}
		m.Start, m.Due, m.Year = any(0), any(100), models.IntOf(2018)
		if r.IntN(3) == 0 {
			m.Due = m.Due[:7]
		}
		d.Measures = append(d.Measures, m)
		d.Duties = append(d.Duties, models.Duty{ID: fmt.Sprintf("%sd%03d", hh, i), Object: m.ID, Level: models.Village, To: any(100)})
	}
	d.Funds = []models.Fund{{ID: hh + "f001", Kind: "loan", PaidOn: any(-300), Months: models.IntOf(12)}}
	child("2010-01-01")(d)
	insured("none")(d)
	return d
}

// TestDueHoldsStillOnWildRecords: no record makes it fail, and days of outage lose no
// step: whatever a daily look would have told last is what a late look tells.
func TestALateLookTellsTheLastStep(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	d := with("2018-01-01", due("2018-10-31"))
	var last string
	for day := range 120 {
		at := on("2018-09-15").AddDate(0, 0, day)
		for _, one := range told(Due(d, p, at), "due") {
			if strings.HasPrefix(one, "village") {
				last = one
			}
		}
		if got := told(Due(d, p, at), "due"); last != "" {
			require.Contains(t, got, last)
			require.Len(t, slices.DeleteFunc(got, func(s string) bool { return !strings.HasPrefix(s, "village") }), 1, "one step at a time")
		}
	}
	require.Equal(t, "village +30 2018-10-31 up:county", last)
}

func BenchmarkNext(b *testing.B) {
	p, d := profile(b, "huhuqing-2018"), wild(rand.New(rand.NewPCG(1, 2)))
	for b.Loop() {
		Next(d, p, on("2018-06-01"))
	}
}
