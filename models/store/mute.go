package store

import (
	"cmp"
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

// Setting is how a person wants to be reminded.
func (r reminders) Setting(ctx context.Context, personID string) (models.RemindSetting, error) {
	s := models.RemindSetting{PersonID: personID}
	err := r.on(ctx).Where("person_id = ?", personID).Take(&s).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = nil
	}
	s.At, s.Amount = cmp.Or(s.At, usualAt), cmp.Or(s.Amount, models.RemindAll)
	return s, fail("remind setting", err)
}

// SaveSetting keeps it.
func (r reminders) SaveSetting(ctx context.Context, s models.RemindSetting) error {
	const op = "save remind setting"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if err := fits("remind_setting", &s); err != nil {
		return err
	}
	s.UpdatedAt = r.at(s.UpdatedAt)
	return fail(op, tx.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "person_id"}}, DoUpdates: clause.AssignmentColumns([]string{"at_time", "amount", "updated_at"}),
	}).Create(&s).Error)
}

// Mute puts the reminders of a household of the actor's off; a mute before it ends.
func (r reminders) Mute(ctx context.Context, by models.Actor, m models.Mute) error {
	const op = "mute"
	if err := r.mayWriteOf(ctx, op, by, m.HouseholdID); err != nil {
		return err
	}
	m.Village, m.By, m.ByName, m.At = m.HouseholdID[:models.VillageDigits], by.PersonID, by.Name, r.at(m.At)
	if err := fits("mute", &m); err != nil {
		return err
	}
	err := r.on(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "household_id"}}, DoUpdates: clause.AssignmentColumns([]string{"by", "by_name", "reason", "until", "at"}),
	}).Create(&m).Error
	return fail(op, firstError(err, r.unsay(ctx, m.HouseholdID)))
}

// unsay voids what the level above has not heard of an earlier mute yet.
func (r reminders) unsay(ctx context.Context, household string) error {
	return r.on(ctx).Model(&models.Reminder{}).
		Where("household_id = ? AND thing = ? AND state = ?", "m"+household[:models.VillageDigits], household, models.ReminderOpen).
		Updates(map[string]any{"state": models.ReminderVoid, "why": models.WhyGone}).Error
}

// Unmute lets a household be heard of again.
func (r reminders) Unmute(ctx context.Context, by models.Actor, household string) error {
	const op = "unmute"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	res := tx.Scopes(within(by, "household_id")).Where("household_id = ?", household).Delete(&models.Mute{})
	if res.Error == nil && res.RowsAffected == 0 {
		return models.E(models.NotFound, op, nil)
	}
	return fail(op, firstError(res.Error, r.unsay(ctx, household)))
}

// Mutes are those in force in the actor's area.
func (r reminders) Mutes(ctx context.Context, by models.Actor, today models.Date) ([]models.Mute, error) {
	var out []models.Mute
	err := r.on(ctx).Scopes(within(by, "village")).Where("until >= ?", today).Order("village, household_id").Find(&out).Error
	return out, fail("mutes", err)
}
