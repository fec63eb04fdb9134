package store

import (
	"context"

	"github.com/huhuqing/huhuqing/models"
)

// Officials are who can answer for things of a village: everybody active whose
// area is the village, a group of it, its township or its county, nearest first.
func (r people) Officials(ctx context.Context, by models.Actor, village string) ([]models.Person, error) {
	if models.LevelOf(village) != models.Village || !reach(by).Within(village) {
		return nil, nil
	}
	from, to := span(village)
	township := models.ParentCode(village)
	var out []models.Person
	err := r.on(ctx).
		Where("(area_code IN (?, ?) OR (area_code >= ? AND area_code < ?)) AND active = ? AND role <> ?",
			models.ParentCode(township), township, from, to, true, models.RoleAdmin).
		Order("LENGTH(area_code) DESC, area_code, name, id").Find(&out).Error
	return out, fail("officials", err)
}
