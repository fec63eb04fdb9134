package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

type drafts struct{ *Store }

// Put keeps a draft in the place of an earlier one about the same thing.
// invalid without a Thing: sessions are written by the turn.
func (r drafts) Put(ctx context.Context, d models.Draft) error {
	const op = "put draft"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if d.Thing == "" {
		return models.E(models.Invalid, op, nil)
	}
	if err := fits("draft", &d); err != nil {
		return err
	}
	if d.Version == 0 {
		d.Version = 1
	}
	d.UpdatedAt = r.at(d.UpdatedAt)
	return fail(op, tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "user"}, {Name: "thing"}},
		DoUpdates: clause.AssignmentColumns([]string{"person_id", "household", "title", "body", "version", "updated_at"}),
	}).Create(&d).Error)
}

// Peek gives a draft and leaves it.
func (r drafts) Peek(ctx context.Context, user, thing string) (models.Draft, error) {
	var d models.Draft
	err := r.on(ctx).Where("user = ? AND thing = ? AND thing <> ''", user, thing).Take(&d).Error
	return d, fail("peek draft", err)
}

// Take gives a draft and removes it.
func (r drafts) Take(ctx context.Context, user, thing string) (models.Draft, error) {
	const op = "take draft"
	var d models.Draft
	err := r.atomic(ctx, op, func(tx *Store) error {
		var err error
		if d, err = (drafts{tx}).Peek(ctx, user, thing); err != nil {
			return err
		}
		res := tx.on(ctx).Where("user = ? AND thing = ?", user, thing).Delete(&models.Draft{})
		if res.Error == nil && res.RowsAffected == 0 { // somebody else took it in the same moment
			return models.E(models.NotFound, op, nil)
		}
		return fail(op, res.Error)
	})
	return d, err
}

// List are the drafts of a user without bodies, newest first.
func (r drafts) List(ctx context.Context, user string) ([]models.Draft, error) {
	var out []models.Draft
	err := r.on(ctx).Omit("body").Where("user = ? AND thing <> ''", user).Order("updated_at DESC, thing").Find(&out).Error
	return out, fail("list drafts", err)
}

// Others names who else has the household open (in a session) or put aside.
func (r drafts) Others(ctx context.Context, household, exceptUser string, since time.Time) ([]string, error) {
	var names []string
	if household == "" {
		return nil, nil
	}
	err := r.on(ctx).Model(&models.Draft{}).Distinct("people.name").
		Joins("JOIN people ON people.id = drafts.person_id").
		Where("drafts.household = ? AND drafts.updated_at >= ? AND drafts.user <> ?", household, utc(since), exceptUser).
		Order("people.name").Pluck("people.name", &names).Error
	return names, fail("others on household", err)
}
