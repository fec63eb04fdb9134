package zh

import (
	"testing"

	"github.com/6tail/lunar-go/calendar"
	"github.com/stretchr/testify/require"
)

func TestLunarTableAgreesWithLunarGo(t *testing.T) {
	t.Parallel()
	for y := 1890; y <= 2110; y += 3 {
		year := calendar.NewLunarYear(y)
		for _, m := range []int{1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9, 10, -10, 11, -11, 12, -12} {
			days, _ := lunarDays(y, m)
			month := year.GetMonth(m)
			if month == nil {
				require.Zero(t, days, "%d-%d", y, m)
				continue
			}
			require.Equal(t, month.GetDayCount(), days, "%d-%d", y, m)
			got, ok := lunarSolar(y, m, days)
			require.True(t, ok)
			want := calendar.NewSolarFromJulianDay(month.GetFirstJulianDay() + float64(days-1))
			require.Equal(t, want.ToYmd(), got.String())
		}
	}
}
