package push

import (
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Nobody is disturbed at night (product.md, Reminders), whatever held a push up: an
// outage, a quota that comes back at midnight. A producer that means the night says
// so by a NotBefore in it.
const (
	nightFrom = 21 * time.Hour
	nightTo   = 7*time.Hour + 30*time.Minute
)

// decent is when p may be sent at the earliest, at or after at.
func decent(p models.Push, at time.Time) time.Time {
	morning, night := morningOf(at)
	if !night {
		return at
	}
	if other, meant := morningOf(p.NotBefore); meant && other.Equal(morning) {
		return at
	}
	return morning
}

// morningOf is the morning after the night that at lies in.
func morningOf(at time.Time) (morning time.Time, night bool) {
	local := at.In(china)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, china)
	switch since := local.Sub(midnight); {
	case since >= nightFrom:
		return midnight.AddDate(0, 0, 1).Add(nightTo), true
	case since < nightTo:
		return midnight.Add(nightTo), true
	}
	return time.Time{}, false
}
