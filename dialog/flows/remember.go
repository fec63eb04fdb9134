package flows

import (
	"context"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// remember makes the reminders of a household what its records say now: a date that
// moved takes its reminders along, what is done has none. Of what the person who saves
// has just said they are not told the next morning: an advance notice that is in force
// already counts as known to them.
func remember(ctx context.Context, r models.Repos, by models.Actor, p *models.Profile, d *models.Dossier, now time.Time) error {
	people, err := r.People().Officials(ctx, by, d.Household.Village)
	if err != nil {
		return err
	}
	w, fresh := due.Watched(d, p, now, people)
	for i := range fresh {
		if f := &fresh[i]; f.PersonID == by.PersonID && (strings.HasPrefix(f.Step, "-") || f.Due > models.DayOf(now)) {
			f.State, f.Why = models.ReminderVoid, models.WhySaid
		}
	}
	pushes, err := r.Reminders().Keep(ctx, w, fresh, models.DayOf(now), now)
	if err != nil || len(pushes) == 0 {
		return err
	}
	return r.Pushes().Void(ctx, pushes)
}

// SetReminding keeps how a person wants to be reminded.
type SetReminding struct{ Setting models.RemindSetting }

// Kind names the effect.
func (SetReminding) Kind() string { return "set_reminding" }

// Apply writes the setting of whoever acts, and of nobody else.
func (e SetReminding) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	e.Setting.PersonID, e.Setting.UpdatedAt = by.PersonID, now
	return r.Reminders().SaveSetting(ctx, e.Setting)
}

// MuteHousehold puts the reminders of a household off. What is how the level above
// hears of it.
type MuteHousehold struct {
	Mute    models.Mute
	What    string
	Profile *models.Profile
}

// Kind names the effect.
func (MuteHousehold) Kind() string { return "mute_household" }

// Apply writes the mute and the reminder to the level above.
func (e MuteHousehold) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	e.Mute.At = now
	if err := r.Reminders().Mute(ctx, by, e.Mute); err != nil {
		return err
	}
	e.Mute.By, e.Mute.Village = by.PersonID, e.Mute.HouseholdID[:models.VillageDigits]
	people, err := r.People().Officials(ctx, by, e.Mute.Village)
	if err != nil {
		return err
	}
	return r.Reminders().Add(ctx, due.Muted(e.Mute, e.What, e.Profile, now, people), now)
}

// UnmuteHousehold lets a household be heard of again.
type UnmuteHousehold struct{ HouseholdID string }

// Kind names the effect.
func (UnmuteHousehold) Kind() string { return "unmute_household" }

// Apply ends the mute; one that ended by itself is no error.
func (e UnmuteHousehold) Apply(ctx context.Context, r models.Repos, by models.Actor, _ time.Time) error {
	err := r.Reminders().Unmute(ctx, by, e.HouseholdID)
	if models.CodeOf(err) == models.NotFound {
		return nil
	}
	return err
}

// CatchUp notes that a person was told here what no push could bring.
type CatchUp struct{ Reminders, Pushes []string }

// Kind names the effect.
func (CatchUp) Kind() string { return "catch_up" }

// Apply notes both.
func (e CatchUp) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	if err := r.Reminders().Showed(ctx, by, e.Reminders); err != nil {
		return err
	}
	return r.Pushes().Shown(ctx, e.Pushes, now)
}
