package reminders

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// TestAQuarter is a county from 15 September to 15 December 2018 day by day, with the
// national holiday in it: two replicas at once, people in the middle of a talk, records
// that change, a clock that steps back, an outage of five days, pushes that expire or
// are refused. HHQ_QUARTER_HOUSEHOLDS says how many households, six measures each; a
// county has 20,000.
func TestAQuarter(t *testing.T) {
	t.Parallel()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("HHQ_QUARTER_HOUSEHOLDS"), "24"))
	require.NoError(t, err)
	for _, backend := range []string{"sqlite", "mysql"} {
		t.Run(backend, func(t *testing.T) {
			t.Parallel()
			q := newQuarter(t, newGround(t, backend, "2018-09-14 09:00"), n)
			for day := at("2018-09-15 00:00"); day.Before(at("2018-12-16 00:00")); day = day.AddDate(0, 0, 1) {
				q.live(day)
			}
			q.check()
		})
	}
}

// quarter is the county as it is lived.
type quarter struct {
	*ground
	r        *rand.Rand
	replicas [2]*Service
	ids      []string
	expected map[string]map[string]bool // household → ids of reminders that were in force at eight on some day
	changed  map[string]models.Date     // household → when somebody changed it last
	people   map[string][]models.Person
	byID     map[string]models.Push
}

// outage is when nothing ran.
var outage = [2]string{"2018-11-05", "2018-11-09"}

func newQuarter(t *testing.T, g *ground, n int) *quarter {
	q := &quarter{ground: g, r: rand.New(rand.NewPCG(7, 2018)), expected: map[string]map[string]bool{}, changed: map[string]models.Date{}, people: map[string][]models.Person{}}
	g.sent.begins = models.PushSent
	for i := range q.replicas {
		q.replicas[i] = mustService(t, g)
	}
	const perVillage = 20
	var villages []string
	for v := range (n + perVillage - 1) / perVillage {
		code := fmt.Sprintf("%s%03d%03d", county, 200+v/30, 201+v%30)
		villages = append(villages, code)
		_, err := g.store.Areas().Put(t.Context(), []models.Area{{Code: code[:9], Name: "乡" + code[6:9]}, {Code: code, Name: "村" + code[9:]}})
		require.NoError(t, err)
		if v > 0 {
			g.person(models.Person{ID: fmt.Sprint("v", v), Name: "村干部" + strconv.Itoa(v), Role: models.RoleVillage, AreaCode: code}, v%10 != 3)
		}
	}
	for i := range n {
		q.ids = append(q.ids, q.register(villages[i/perVillage], i))
	}
	return q
}

// register puts a household with six measures in, by way of an import: nobody told
// the reminders of it.
func (q *quarter) register(village string, i int) string {
	q.t.Helper()
	day := func(from, days int) models.Date { return models.DayOf(q.now.AddDate(0, 0, from+q.r.IntN(days))) }
	d := &models.Dossier{
		Household: models.Household{Village: village, Group: fmt.Sprint(i%4+1, "组"), Status: "poor", VisitDate: day(-300, 300)},
		Members:   []models.Member{{Name: "户主" + strconv.Itoa(i), Relation: "head", MedIns: []string{"resident", "none"}[i%2]}, {Name: "娃", Birth: "2009-03-01", MedIns: "resident"}},
		Condition: models.Condition{Year: 2018, HouseGrade: "C"}, Income: models.Income{Year: 2017 + i%2},
		Exit: models.Exit{Programme: prog, Year: models.IntOf(2018 + i%3)},
	}
	for j := range 6 {
		d.Measures = append(d.Measures, models.Measure{
			Programme: prog, Cat1: []string{"industry", "housing", "public_post"}[q.r.IntN(3)], Title: fmt.Sprint("措施", j),
			Status: []string{"approved", "working", "finished"}[q.r.IntN(3)], Start: day(-60, 90), Due: day(-40, 200), Year: models.IntOf(2018),
		})
	}
	if i%5 == 0 {
		d.Duties = []models.Duty{{Level: models.Village, PersonID: "wang", Name: "王建国"}, {Level: models.Township, PersonID: "zhao", Name: "赵明"}}
	}
	res, err := q.store.Households().Create(q.t.Context(), models.Actor{PersonID: "import", Area: village, Source: "import"}, d, q.now)
	require.NoError(q.t, err)
	return res.ID
}

// live is one day.
func (q *quarter) live(day time.Time) {
	q.t.Helper()
	date := day.Format(time.DateOnly)
	if date >= outage[0] && date <= outage[1] {
		return
	}
	hours := []string{"07:29", "08:00", "08:20", "12:00", "20:59", "23:50"}
	if day.Weekday() == time.Wednesday {
		hours = append(hours, "08:00", "07:00") // the clock stepped back
	}
	for _, hm := range hours {
		q.now = at(date + " " + hm)
		if hm == "08:00" {
			q.expect()
			q.talk(day)
		}
		if hm == "08:00" || hm == "12:00" {
			q.round(q.replicas[:]...)
		} else {
			q.round(q.replicas[day.Day()%2])
		}
		if hm == "12:00" {
			q.change()
			q.fate()
		}
	}
}

// round is made by one replica, or by both at the same instant.
func (q *quarter) round(replicas ...*Service) {
	var wg sync.WaitGroup
	for _, s := range replicas {
		wg.Go(func() {
			r, err := s.Round(context.Background(), q.now)
			if err != nil || r.Failed > 0 {
				q.t.Errorf("%s: %v, %d failed", q.now, err, r.Failed)
			}
		})
	}
	wg.Wait()
}

// expect works out, beside the program and from the records alone, what is in force.
func (q *quarter) expect() {
	q.t.Helper()
	for _, id := range q.ids {
		if q.r.IntN(6+len(q.ids)/1000) != 0 {
			continue // what is in force is so for days: to look now and then misses nothing
		}
		d, err := q.store.Households().Dossier(q.t.Context(), models.Actor{Area: county}, id, 0)
		require.NoError(q.t, err)
		village := id[:12]
		if q.people[village] == nil {
			q.people[village], err = q.store.People().Officials(q.t.Context(), models.Actor{Area: village}, village)
			require.NoError(q.t, err)
		}
		if q.expected[id] == nil {
			q.expected[id] = map[string]bool{}
		}
		for _, r := range due.For(d, q.profile, q.now, q.people[village]) {
			q.expected[id][r.ID] = true
		}
	}
}

// talk: on some days the cadre is in the middle of a household at eight.
func (q *quarter) talk(day time.Time) {
	if day.Day()%3 != 0 {
		return
	}
	was := int64(0)
	if d, err := q.store.Turns().Session(q.t.Context(), "owang"); err == nil {
		was = d.Version
	}
	require.NoError(q.t, q.store.Turns().SaveSession(q.t.Context(), models.Draft{User: "owang", UpdatedAt: q.now.Add(-2 * time.Minute)}, was))
}

// change lets somebody record things: a visit, something done, a date put off.
func (q *quarter) change() {
	q.t.Helper()
	for range 1 + len(q.ids)/50 {
		id := q.ids[q.r.IntN(len(q.ids))]
		d, err := q.store.Households().Dossier(q.t.Context(), models.Actor{Area: county}, id, 0)
		require.NoError(q.t, err)
		m := &d.Measures[q.r.IntN(len(d.Measures))]
		switch q.r.IntN(4) {
		case 0:
			d.Household.VisitDate = models.DayOf(q.now)
		case 1:
			m.Status = "finished"
		case 2:
			m.Due = models.DayOf(q.now.AddDate(0, 0, q.r.IntN(90)))
		default:
			m.Status = "working"
		}
		_, err = q.store.Households().Save(q.t.Context(), models.Actor{PersonID: "x", Area: county, Source: fmt.Sprint(q.now, id)}, d, d.Household.Version, q.now)
		require.NoError(q.t, err)
		q.changed[id] = models.DayOf(q.now)
	}
}

// fate: some pushes expire, some are refused, the others arrive.
func (q *quarter) fate() {
	q.sent.mu.Lock()
	defer q.sent.mu.Unlock()
	for _, p := range q.sent.pushes {
		if q.sent.states[p.ID] != models.PushSent {
			continue
		}
		switch p.NotBefore.Day() % 7 {
		case 1:
			q.sent.states[p.ID] = models.PushExpired
		case 2:
			q.sent.states[p.ID] = models.PushRefused
		default:
			q.sent.states[p.ID] = models.PushDelivered
		}
	}
}

// check holds what was sent against what was to be sent.
func (q *quarter) check() {
	t := q.t
	t.Helper()
	calendar, err := due.Days()
	require.NoError(t, err)
	q.byID = map[string]models.Push{}
	perDay, perMorning := map[string]int{}, map[string]int{}
	for _, p := range q.sent.pushes {
		q.byID[p.ID] = p
		hm, day := clockOf(p.NotBefore), p.NotBefore.Format(time.DateOnly)
		require.False(t, hm >= models.QuietFrom || hm < models.QuietTo, "%s at %s", p.PersonID, p.NotBefore)
		require.True(t, calendar.Works(p.NotBefore), "%s on %s", p.PersonID, day)
		require.Equal(t, 1, q.sent.puts[p.ID], "a push is put once")
		require.LessOrEqual(t, len(p.Text), 1800)
		if perDay[p.PersonID+day]++; p.Kind == models.PushDigest {
			perMorning[p.PersonID+day]++
		}
		require.LessOrEqual(t, perDay[p.PersonID+day], maxADay)
		require.LessOrEqual(t, perMorning[p.PersonID+day], 1)
	}
	counts := map[string]int{}
	for id, rows := range q.expected {
		for _, r := range q.rows(id) {
			q.stands(r)
			counts[string(r.State)+" "+r.Why]++
			if r.State == models.ReminderTold {
				require.LessOrEqual(t, r.On, models.DayOf(*r.ToldAt), "told before it was due")
				require.LessOrEqual(t, missed(calendar, r, q.changed[id]), 2, "told too late: %+v", r)
			}
			delete(rows, r.ID)
		}
		if q.changed[id] == "" {
			require.Empty(t, rows, "in force and never written: %s", id)
		}
	}
	require.Positive(t, counts["told "])
	require.Positive(t, counts["told refused"])
	require.Positive(t, counts["void gone"]+counts["void moved"])
	t.Logf("%d households, %d pushes, rows by what became of them: %v", len(q.ids), len(q.sent.pushes), counts)
}

// missed are the working days on which a reminder could have been told before it was:
// a push may expire, and the morning after there is another list. What somebody changed
// may have had no reason until then.
func missed(c *due.Calendar, r models.Reminder, changed models.Date) (n int) {
	from := max(string(r.On), string(models.DayOf(r.At)), string(changed))
	for day := at(from+" 12:00").AddDate(0, 0, 1); models.DayOf(day) < models.DayOf(*r.ToldAt); day = day.AddDate(0, 0, 1) {
		if date := day.Format(time.DateOnly); c.Works(day) && (date < outage[0] || date > outage[1]) {
			n++
		}
	}
	return n
}

// stands: a reminder was told in one push that went to its person, or has a reason, or
// waits for somebody who cannot be told.
func (q *quarter) stands(r models.Reminder) {
	t := q.t
	t.Helper()
	switch r.State {
	case models.ReminderTold:
		p, ok := q.byID[r.Push]
		require.True(t, ok, "told in no push: %+v", r)
		require.Equal(t, r.PersonID, p.PersonID)
		require.NotEqual(t, models.PushExpired, q.sent.states[r.Push])
	case models.ReminderVoid:
		require.Contains(t, []string{models.WhyGone, models.WhyMoved, models.WhyOvertaken, models.WhyLapsed, models.WhyHanded}, r.Why)
	default:
		user, err := q.store.People().UserOf(t.Context(), r.PersonID)
		bound := err == nil && user != ""
		late := r.At.After(at("2018-12-14 08:00")) || r.On >= "2018-12-15" || r.Until != "" && r.Until < "2018-12-16"
		require.True(t, !bound || late, "open and nobody knows why: %+v", r)
	}
}

// rows are all reminders of a household, whatever became of them.
func (q *quarter) rows(id string) []models.Reminder {
	q.t.Helper()
	rows, err := q.store.Reminders().About(q.t.Context(), models.Actor{Area: county}, id)
	require.NoError(q.t, err)
	return rows
}
