package reminders

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCalendar(t *testing.T) {
	t.Parallel()
	c, err := LoadCalendar()
	require.NoError(t, err)
	for day, works := range map[string]bool{
		"2018-02-11": true, "2018-02-14": true, "2018-02-15": false, "2018-02-21": false, "2018-02-22": true, "2018-02-24": true, "2018-02-25": false,
		"2018-10-05": false, "2018-10-08": true, "2018-12-29": true, "2018-12-31": false, "2019-01-01": false, "2019-05-04": false, "2019-05-05": true,
		"2020-01-31": false, "2020-02-03": true, "2020-10-10": true, "2026-02-14": true, "2026-02-23": false, "2026-02-24": true, "2026-10-10": true,
		"2026-11-27": true, "2026-11-28": false, "2027-02-08": true, "2027-01-02": false,
	} {
		require.Equal(t, works, c.Works(at(day+" 08:00")), day)
		require.Equal(t, works, c.Works(at(day+" 23:59")), day)
	}
	require.True(t, c.Works(time.Date(2026, 2, 23, 16, 0, 0, 0, time.UTC)), "it is the 24th in Shanghai")
	require.Empty(t, c.Missing(at("2026-11-30 23:59")))
	require.Equal(t, []int{2027}, c.Missing(at("2026-12-01 00:00")))
	require.Equal(t, []int{2027}, c.Missing(at("2027-03-01 08:00")))
	require.Equal(t, []int{2021}, c.Missing(at("2020-12-01 08:00")))
	for _, day := range []string{"2018-06-18", "2019-06-07", "2020-06-25", "2026-06-19"} {
		require.False(t, c.Works(at(day+" 08:00")), "the dragon boat festival of %s", day)
	}
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	for hm, want := range map[string]bool{
		"00:00": true, "07:29": true, "07:30": false, "08:00": false, "20:59": false, "21:00": true, "23:59": true,
	} {
		require.Equal(t, want, quiet(at("2018-10-31 "+hm)), hm)
		require.Equal(t, want, quiet(at("2018-10-31 "+hm).UTC()), hm)
	}
	require.Equal(t, at("2018-10-31 21:00"), evening(at("2018-10-31 08:00")))
	require.True(t, busy(at("2018-10-31 08:10"), at("2018-10-31 08:00")), "the clock stepped back")
	require.False(t, busy(at("2018-10-31 07:44"), at("2018-10-31 08:00")))
	require.False(t, busy(time.Time{}, at("2018-10-31 08:00")))
}
