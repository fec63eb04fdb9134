package reminders

import (
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// busyFor is how long after the last message of somebody their conversation counts as
// open: a household takes some minutes to be told, and a phone is put down in between.
const busyFor = 15 * time.Minute

// quiet reports whether an instant lies in the quiet hours.
func quiet(at time.Time) bool { return !at.Before(evening(at)) }

// clockOf is the hour and minute of an instant, "08:00".
func clockOf(at time.Time) string { return at.In(models.Zone).Format("15:04") }

// evening is when the quiet hours begin: a push that has not gone out by then is told
// by the next list.
func evening(at time.Time) time.Time { from, _ := models.QuietHours(at); return from }

// busy reports whether a conversation was touched a moment ago; a clock that stepped
// back may put that moment into the future.
func busy(touched, now time.Time) bool {
	return !touched.IsZero() && now.Sub(touched).Abs() < busyFor
}
