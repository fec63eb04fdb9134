package due

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestCalendar(t *testing.T) {
	t.Parallel()
	c, err := Days()
	require.NoError(t, err)
	for day, works := range map[string]bool{
		"2018-02-11": true, "2018-02-14": true, "2018-02-15": false, "2018-02-21": false, "2018-02-22": true, "2018-02-24": true, "2018-02-25": false,
		"2018-10-05": false, "2018-10-08": true, "2018-12-29": true, "2018-12-31": false, "2019-01-01": false, "2019-05-04": false, "2019-05-05": true,
		"2020-01-31": false, "2020-02-03": true, "2020-10-10": true, "2026-02-14": true, "2026-02-23": false, "2026-02-24": true, "2026-10-10": true,
		"2026-11-27": true, "2026-11-28": false, "2027-02-08": true, "2027-01-02": false,
	} {
		require.Equal(t, works, c.Works(on(day)), day)
		require.Equal(t, works, c.Works(on(day).Add(15*time.Hour+59*time.Minute)), day)
	}
	require.True(t, c.Works(time.Date(2026, 2, 23, 16, 0, 0, 0, time.UTC)), "it is the 24th in Shanghai")
	require.Empty(t, c.Missing(on("2026-11-30")))
	require.Equal(t, []int{2027}, c.Missing(on("2026-12-01")))
	require.Equal(t, []int{2027}, c.Missing(on("2027-03-01")))
	require.Equal(t, []int{2021}, c.Missing(on("2020-12-01")))
	for _, day := range []string{"2018-06-18", "2019-06-07", "2020-06-25", "2026-06-19"} {
		require.False(t, c.Works(on(day)), "the dragon boat festival of %s", day)
	}
}

// TestNoDeadlineIsHeardOfOnlyAfterIt: what has no working day left before its date is told
// on the last one before.
func TestNoDeadlineIsHeardOfOnlyAfterIt(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	for _, c := range []struct {
		what, date, at string
		change         func(d *models.Dossier)
		rule           string
		want           []string
	}{
		{"due on a Sunday: nothing new on Thursday", "2018-11-18", "2018-11-15", due("2018-11-18"), "due", []string{"village -7 2018-11-18"}},
		{"on Friday", "2018-11-18", "2018-11-16", due("2018-11-18"), "due", []string{"village 0 2018-11-18"}},
		{"on Saturday the same", "2018-11-18", "2018-11-17", due("2018-11-18"), "due", []string{"village 0 2018-11-18"}},
		{"on Monday it is late", "2018-11-18", "2018-11-19", due("2018-11-18"), "due", []string{"village +1 2018-11-18"}},
		{"in the national holiday", "2018-10-05", "2018-09-30", due("2018-10-05"), "due", []string{"village 0 2018-10-05"}},
		{"two days sooner", "2018-10-05", "2018-09-28", due("2018-10-05"), "due", []string{"village -7 2018-10-05"}},
		{"on a Sunday that is worked", "2018-09-30", "2018-09-29", due("2018-09-30"), "due", []string{"village -1 2018-09-30"}},
		{"a month whose last week is off", "2020-01-31", "2020-01-23", visited("2020-01-02"), "contact", nil},
		{"nobody came in it", "2020-01-31", "2020-01-23", visited("2019-12-20"), "contact", []string{"village -6 2020-01-31"}},
		{"a day sooner", "2020-01-31", "2020-01-22", visited("2019-12-20"), "contact", nil},
		{"a month that is over is not told before", "2018-10-01", "2018-09-30", measure(func(m *models.Measure) { m.Start, m.Due, m.Status = "2018-09", "2018-12", "waiting" }), "late_start", nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			d := with(c.at, c.change)
			require.ElementsMatch(t, c.want, told(Due(d, p, on(c.at)), c.rule))
			for _, r := range Due(d, p, on(c.at)) {
				require.LessOrEqual(t, r.On, models.Date(c.at))
			}
		})
	}
}
