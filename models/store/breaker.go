package store

import (
	"context"

	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

// Breakers are those that are not mended.
func (r deliveries) Breakers(ctx context.Context) ([]models.Breaker, error) {
	var out []models.Breaker
	err := r.on(ctx).Order("scope").Find(&out).Error
	return out, fail("breakers", err)
}

// Trip opens a breaker, or prolongs the one that is open. Of several workers that
// meet the same refusal one is told that it is fresh, and raises the alarm.
func (r deliveries) Trip(ctx context.Context, b models.Breaker) (bool, error) {
	const op = "trip breaker"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return false, err
	}
	if err := fits("breaker", &b); err != nil {
		return false, err
	}
	b.Since, b.Until = utc(b.Since), utc(b.Until)
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&b)
	if res.Error != nil || res.RowsAffected == 1 {
		return res.RowsAffected == 1, fail(op, res.Error)
	}
	res = r.on(ctx).Model(&models.Breaker{}).Where("scope = ?", b.Scope).Updates(map[string]any{"code": b.Code, "rid": b.Rid, "until": b.Until})
	return false, fail(op, res.Error)
}

// Mend ends a breaker.
func (r deliveries) Mend(ctx context.Context, scope string) (bool, error) {
	const op = "mend breaker"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return false, err
	}
	res := tx.Where("scope = ?", scope).Delete(&models.Breaker{})
	return res.RowsAffected == 1, fail(op, res.Error)
}
