package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"
)

// lease is what one replica does for all, until its time is over.
type lease struct {
	Name   string `gorm:"primaryKey;size:64"`
	Holder string `gorm:"size:32;not null"`
	Until  time.Time
}

// leadOf names the lease of a programme's reminders.
func leadOf(programme string) string { return "reminders:" + programme }

// Lead takes the lease when it is free, over or one's own. One that would last longer
// than leases do was taken before the clock was set back.
func (r reminders) Lead(ctx context.Context, programme, holder string, now time.Time, life time.Duration) (bool, error) {
	const op = "lead"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return false, err
	}
	l := lease{Name: leadOf(programme), Holder: holder, Until: utc(now.Add(life))}
	res := tx.Model(&lease{}).Where("name = ? AND (holder = ? OR `until` <= ? OR `until` > ?)", l.Name, holder, utc(now), l.Until).
		Updates(map[string]any{"holder": holder, "until": l.Until})
	if res.Error != nil || res.RowsAffected > 0 {
		return res.Error == nil, fail(op, res.Error)
	}
	res = r.on(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&l)
	if res.Error != nil || res.RowsAffected > 0 {
		return res.Error == nil, fail(op, res.Error)
	}
	var held lease // MySQL counts no row that stayed as it was
	err = r.on(ctx).Where("name = ?", l.Name).Take(&held).Error
	return held.Holder == holder, fail(op, err)
}

// Resign gives the lease back, if it is the holder's.
func (r reminders) Resign(ctx context.Context, programme, holder string) error {
	const op = "resign"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	return fail(op, tx.Where("name = ? AND holder = ?", leadOf(programme), holder).Delete(&lease{}).Error)
}
