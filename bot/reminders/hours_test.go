package reminders

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

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
