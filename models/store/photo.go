package store

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// AddPhoto ties a picture to a household; actor, state and a missing ID are filled in.
func (r households) AddPhoto(ctx context.Context, by models.Actor, p models.Photo) error {
	const op = "add photo"
	if err := r.mayWriteOf(ctx, op, by, p.HouseholdID); err != nil {
		return err
	}
	if p.ID == "" {
		p.ID = newID("f")
	}
	p = models.Photo{
		ID: p.ID, HouseholdID: p.HouseholdID, Media: p.Media, About: p.About, By: by.PersonID, At: r.at(p.At), State: models.PhotoWaiting,
	}
	p.NextTry = p.At
	if err := fits("photo", &p); err != nil {
		return err
	}
	return fail(op, r.on(ctx).Create(&p).Error)
}

// claimAmong is how many photos a claim looks at: with fewer replicas than that, one
// of them is free.
const claimAmong = 16

// ClaimPhoto takes the photo by compare-and-set on its tries, so that of several
// replicas one gets it.
func (r households) ClaimPhoto(ctx context.Context, now time.Time, lease time.Duration) (models.Photo, error) {
	const op = "claim photo"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return models.Photo{}, err
	}
	var due []models.Photo
	err = tx.Where("state = ? AND next_try <= ?", models.PhotoWaiting, utc(now)).Order("at").Limit(claimAmong).Find(&due).Error
	if err != nil {
		return models.Photo{}, fail(op, err)
	}
	for _, p := range due {
		was := p.Tries
		p.Tries, p.NextTry = was+1, utc(now.Add(lease))
		res := r.on(ctx).Model(&models.Photo{}).Where("id = ? AND state = ? AND tries = ?", p.ID, models.PhotoWaiting, was).
			Updates(map[string]any{"tries": p.Tries, "next_try": p.NextTry})
		if res.Error != nil {
			return models.Photo{}, fail(op, res.Error)
		}
		if res.RowsAffected == 1 {
			return p, nil
		}
	}
	return models.Photo{}, models.E(models.NotFound, op, nil)
}

// SettlePhoto writes the outcome if the claim still holds.
func (r households) SettlePhoto(ctx context.Context, p models.Photo) error {
	const op = "settle photo"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if err := fits("photo", &p); err != nil {
		return err
	}
	p.NextTry = utc(p.NextTry)
	if p.FetchedAt != nil {
		at := utc(*p.FetchedAt)
		p.FetchedAt = &at
	}
	res := tx.Model(&models.Photo{}).Where("id = ? AND state = ? AND tries = ?", p.ID, models.PhotoWaiting, p.Tries).
		Select("state", "reason", "next_try", "file", "bytes", "sha256", "fetched_at").Updates(&p)
	if res.Error == nil && res.RowsAffected == 0 {
		return models.E(models.Conflict, op, nil)
	}
	return fail(op, res.Error)
}
