package push

import (
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// decent is when p may be sent at the earliest, at or after at. Nobody is disturbed at
// night (product.md, Reminders), whatever held a push up: an outage, a quota that comes
// back at midnight. A producer that means the night says so by a NotBefore in it.
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
	from, to := models.QuietHours(at)
	return to, !at.Before(from)
}
