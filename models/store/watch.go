package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

// watch moves a watch, or makes it and those of its village and county.
func (r reminders) watch(ctx context.Context, w models.Watch) error {
	res := r.on(ctx).Model(&models.Watch{}).Where("programme = ? AND thing = ?", w.Programme, w.Thing).
		Updates(map[string]any{"next_on": w.Next, "version": w.Version})
	if res.Error != nil || res.RowsAffected > 0 {
		return res.Error
	}
	made := []models.Watch{w}
	if len(w.Thing) == models.HouseholdDigits {
		made = append(made, models.Watch{Programme: w.Programme, Thing: w.Thing[:models.VillageDigits]}, models.Watch{Programme: w.Programme, Thing: w.Thing[:models.CountyDigits]})
	}
	return r.on(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&made).Error // also when MySQL says 0 because nothing differs
}

// Watched reads a range of the index of days: what is not due is not touched.
func (r reminders) Watched(ctx context.Context, programme string, today models.Date, after models.Watch, limit int) ([]models.Watch, error) {
	const op = "watched"
	var out, later []models.Watch
	if err := r.rest(ctx, programme, after, limit).Find(&out).Error; err != nil || len(out) == limit {
		return out, fail(op, err)
	}
	err := r.on(ctx).Where("programme = ? AND next_on > ? AND next_on <= ?", programme, after.Next, today).
		Order("next_on, thing").Limit(limit - len(out)).Find(&later).Error
	return append(out, later...), fail(op, err)
}

// rest is what a day has after the cursor: a range of its own, for one over days and
// things together would be read from the beginning of the day.
func (r reminders) rest(ctx context.Context, programme string, after models.Watch, limit int) *gorm.DB {
	return r.on(ctx).Where("programme = ? AND next_on = ? AND thing > ?", programme, after.Next, after.Thing).Order("thing").Limit(limit)
}

// beginning is before any household was saved; MySQL has no year 1.
var beginning = time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC)

// Unwatched are households saved past the conversations, by an import above all.
func (r reminders) Unwatched(ctx context.Context, programme string, since time.Time, after string, limit int) ([]string, error) {
	if since.Before(beginning) {
		since = beginning
	}
	var ids []string
	err := r.on(ctx).Model(&models.Household{}).
		Joins("LEFT JOIN watches ON watches.programme = ? AND watches.thing = households.id", programme).
		Where("households.updated_at >= ? AND households.id > ? AND (watches.version IS NULL OR watches.version <> households.version)", utc(since), after).
		Order("households.id").Limit(limit).Pluck("households.id", &ids).Error
	return ids, fail("unwatched", err)
}

// Orphaned are households, villages and counties with something open or unheard for people
// who do not work any more, and households that still name them without anybody knowing.
func (r reminders) Orphaned(ctx context.Context, programme string, limit int) ([]string, error) {
	theirs := func() *gorm.DB {
		return r.on(ctx).Table("people").Distinct("reminders.household_id").Joins("JOIN reminders ON reminders.person_id = people.id").
			Where("reminders.programme = ? AND people.active = ?", programme, false).
			Where("LENGTH(reminders.household_id) IN ?", []int{models.CountyDigits, models.VillageDigits, models.HouseholdDigits}). // what Add put in is nobody's to keep
			Limit(limit)
	}
	var ids []string
	for _, find := range []*gorm.DB{
		theirs().Where("reminders.state = ?", models.ReminderOpen),
		theirs().Where("reminders.state = ? AND reminders.why IN ?", models.ReminderTold, unheard),
		r.on(ctx).Table("people").Distinct("duties.object").
			Joins("JOIN duties ON duties.person_id = people.id AND duties.to_date = ''").Joins("JOIN households ON households.id = duties.object").
			Where("people.active = ?", false).
			Where("NOT EXISTS (SELECT 1 FROM reminders WHERE reminders.household_id = duties.object AND reminders.thing = duties.id AND reminders.programme = ?)", programme).
			Limit(limit),
	} {
		var some []string
		if err := find.Scan(&some).Error; err != nil {
			return nil, fail("orphaned", err)
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids[:min(limit, len(ids))], nil
}

// sweep is when a programme was last looked through.
type sweep struct {
	Programme string `gorm:"primaryKey"`
	At        time.Time
}

// SweptAt is the zero time before the first.
func (r reminders) SweptAt(ctx context.Context, programme string) (time.Time, error) {
	var s sweep
	err := r.on(ctx).Where("programme = ?", programme).Take(&s).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return time.Time{}, nil
	}
	return s.At, fail("swept at", err)
}

// Swept never goes back: a clock that does would have everything looked at again.
func (r reminders) Swept(ctx context.Context, programme string, at time.Time) error {
	const op = "swept"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	at = utc(at)
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&sweep{programme, at}).Error; err != nil {
		return fail(op, err)
	}
	return fail(op, r.on(ctx).Model(&sweep{}).Where("programme = ? AND at < ?", programme, at).Update("at", at).Error)
}
