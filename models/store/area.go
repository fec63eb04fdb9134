package store

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

type areas struct{ *Store }

// Area is one node. not_found when there is none with that code.
func (r areas) Area(ctx context.Context, code string) (models.Area, error) {
	var a models.Area
	err := r.on(ctx).Where("code = ?", code).Take(&a).Error
	return a, fail("area", err)
}

// Children are the areas one level down, by code; those no longer in force too.
func (r areas) Children(ctx context.Context, code string) ([]models.Area, error) {
	var out []models.Area
	err := r.on(ctx).Where("parent = ?", code).Order("code").Find(&out).Error
	return out, fail("children of area", err)
}

// Named are the areas with one of these names, by code.
func (r areas) Named(ctx context.Context, names []string) ([]models.Area, error) {
	if len(names) == 0 {
		return nil, nil
	}
	var out []models.Area
	err := r.on(ctx).Where("name IN ?", padded(slices.Clone(names), listSize(len(names)))).Order("code").Find(&out).Error
	return out, fail("areas by name", err)
}

// Exit is the year an area leaves poverty in.
func (r areas) Exit(ctx context.Context, code, programme string) (models.Int, error) {
	var out []models.AreaExit
	err := r.on(ctx).Where("area = ? AND programme = ?", code, programme).Find(&out).Error
	if err != nil || len(out) == 0 {
		return models.Int{}, fail("exit of area", err)
	}
	return out[0].Year, nil
}

// Put inserts or renames areas. Level and Parent follow from the code when they
// are empty; invalid when no level has codes of that length.
func (r areas) Put(ctx context.Context, list []models.Area) (added int, err error) {
	const op = "put areas"
	for i := range list {
		if list[i], err = complete(list[i]); err != nil {
			return 0, err
		}
	}
	err = r.atomic(ctx, op, func(tx *Store) error {
		added = 0
		for part := range chunks(list) {
			n, err := tx.putAreas(ctx, part)
			if err != nil {
				return fail(op, err)
			}
			added += n
		}
		return nil
	})
	r.known.Clear()
	return added, err
}

func complete(a models.Area) (models.Area, error) {
	level := models.LevelOf(a.Code)
	if level == "" || a.Name == "" {
		return a, models.E(models.Invalid, "put areas", fmt.Errorf("area %q: no such code or no name", a.Code))
	}
	if a.Level == "" {
		a.Level = level
	}
	if a.Parent == "" {
		a.Parent = models.ParentCode(a.Code)
	}
	return a, fits("area", &a)
}

// putAreas writes one chunk and counts the codes that were not there.
func (s *Store) putAreas(ctx context.Context, part []models.Area) (int, error) {
	codes := make([]string, len(part))
	for i, a := range part {
		codes[i] = a.Code
	}
	var had int64
	if err := s.on(ctx).Model(&models.Area{}).Where("code IN ?", codes).Count(&had).Error; err != nil {
		return 0, err
	}
	err := s.on(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "code"}},
		DoUpdates: clause.AssignmentColumns([]string{"name", "level", "parent", "valid_from", "valid_to"}),
	}).Create(&part).Error
	return len(part) - int(had), err
}
