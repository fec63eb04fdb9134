package store

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

// sum is one number kept for an area.
type sum struct {
	Programme string `gorm:"primaryKey"`
	Sort      string `gorm:"primaryKey"`
	Area      string `gorm:"primaryKey"`
	What      string `gorm:"primaryKey"`
	N         int64
}

// models.SumArea is kept on four levels, each under a sort of its own: a summary
// reads the rows of the level below it and adds up nothing in the database.
const (
	sumCounty   = "c"
	sumTownship = "w"
	sumVillage  = models.SumArea
	sumGroup    = "g"
)

// SaveLights keeps how households stand and moves the sums by the difference to
// how they stood. Lights of households outside the scope are not_found. The rows of
// the lights are locked before those of the sums, each in their order: whoever saves
// one household meanwhile waits, and nobody waits in a circle.
func (r households) SaveLights(ctx context.Context, by models.Actor, lights []models.Light) error {
	const op = "save lights"
	order := make([]*models.Light, len(lights))
	for i := range lights {
		l := &lights[i]
		if len(l.HouseholdID) != models.HouseholdDigits || !reach(by).Within(l.HouseholdID) {
			return models.E(models.NotFound, op, nil)
		}
		if err := fits("light", l); err != nil {
			return err
		}
		order[i] = l
	}
	slices.SortFunc(order, func(a, b *models.Light) int {
		return cmp.Or(cmp.Compare(a.HouseholdID, b.HouseholdID), cmp.Compare(a.Programme, b.Programme))
	})
	return r.atomic(ctx, op, func(tx *Store) error {
		moves := moved{}
		for _, l := range order {
			old, err := tx.saveLight(ctx, l)
			if err != nil {
				return fail(op, err)
			}
			if old != nil {
				moves.add(old, -1)
				moves.add(l, 1)
			}
		}
		return fail(op, tx.move(ctx, moves))
	})
}

// saveLight writes one light; its row is locked while the sums move. An empty row
// goes in first: to lock one that is not there would lock the gap, and those who
// put lights of one village into it would lock each other out. A light of an older
// version than the one kept, or of a household that is gone, comes too late. It gives
// the light as it was when the sums have to move, else nil.
func (s *Store) saveLight(ctx context.Context, l *models.Light) (*models.Light, error) {
	l.Village = l.HouseholdID[:models.VillageDigits]
	old := models.Light{HouseholdID: l.HouseholdID, Programme: l.Programme, Village: l.Village}
	tx := s.on(ctx)
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&old)
	if made.Error != nil {
		return nil, made.Error
	}
	if made.RowsAffected > 0 {
		if there, err := s.stands(ctx, l.HouseholdID); err != nil || !there {
			return nil, firstError(err, s.on(ctx).Delete(&old).Error)
		}
	}
	if s.mysql {
		tx = tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	old = models.Light{}
	if err := tx.Where("household_id = ? AND programme = ?", l.HouseholdID, l.Programme).Take(&old).Error; err != nil {
		return nil, err
	}
	if old.Version > l.Version {
		return nil, nil
	}
	if old.Version == l.Version && old.Parts == l.Parts && old.Tags == l.Tags && old.Shades == l.Shades { // as most are that only aged
		return nil, s.on(ctx).Model(l).Select("judged_on", "rules", "missing").Updates(l).Error
	}
	err := s.on(ctx).Model(l).Select("*").Updates(l).Error
	return &old, firstError(err, s.retag(ctx, &old, l))
}

// stands reports whether the household is on file, and keeps it there until the
// transaction ends.
func (s *Store) stands(ctx context.Context, id string) (bool, error) {
	tx := s.on(ctx).Model(&models.Household{})
	if s.mysql {
		tx = tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	var ids []string
	err := tx.Where("id = ?", id).Pluck("id", &ids).Error
	return len(ids) > 0, err
}

// dropLights takes a household out of all sums.
func (s *Store) dropLights(ctx context.Context, household string) error {
	var old []models.Light
	if err := s.on(ctx).Where("household_id = ?", household).Find(&old).Error; err != nil {
		return err
	}
	moves := moved{}
	for i := range old {
		if err := s.on(ctx).Delete(&old[i]).Error; err != nil {
			return err
		}
		if err := s.retag(ctx, &old[i], &models.Light{}); err != nil {
			return err
		}
		moves.add(&old[i], -1)
	}
	return s.move(ctx, moves)
}

// moved is by how much sums change.
type moved map[sum]int64

// add counts a light in, or out with sign -1.
func (m moved) add(l *models.Light, sign int64) {
	for c, n := range l.Counts() {
		for _, at := range sumsOf(l.Programme, l, c) {
			m[at] += sign * n
		}
	}
}

// move changes the sums. The rows go in the order of their key, so that two saves in
// one village cannot lock each other out.
func (s *Store) move(ctx context.Context, moves moved) error {
	var rows []sum
	for row, n := range moves {
		if row.N = n; n != 0 {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b sum) int {
		return cmp.Or(cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Area, b.Area), cmp.Compare(a.What, b.What))
	})
	added := "sums.n + excluded.n"
	if s.mysql {
		added = "sums.n + VALUES(n)"
	}
	return insert(s.on(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "programme"}, {Name: "sort"}, {Name: "area"}, {Name: "what"}},
		DoUpdates: clause.Set{{Column: clause.Column{Name: "n"}, Value: clause.Expr{SQL: added}}},
	}).Session(&gorm.Session{}), rows)
}

// sumsOf are the sums that a count of a light goes into.
func sumsOf(programme string, l *models.Light, c models.Count) []sum {
	county := l.Village[:models.CountyDigits]
	switch c.Sort {
	case models.SumArea:
		return []sum{
			{Programme: programme, Sort: sumCounty, Area: county, What: c.What},
			{Programme: programme, Sort: sumTownship, Area: models.ParentCode(l.Village), What: c.What},
			{Programme: programme, Sort: sumVillage, Area: l.Village, What: c.What},
			{Programme: programme, Sort: sumGroup, Area: l.Village + "/" + l.GroupKey, What: c.What},
		}
	case models.SumPrice, models.SumLoad:
		return []sum{{Programme: programme, Sort: c.Sort, Area: county, What: c.What}}
	}
	return []sum{{Programme: programme, Sort: c.Sort, Area: l.Village, What: c.What}}
}

// Lights are how the households of a village stand, by group and number.
func (r households) Lights(ctx context.Context, by models.Actor, programme, village string) ([]models.Light, error) {
	var out []models.Light
	err := r.on(ctx).Scopes(within(by, "village")).Omit("parts", "tags").
		Where("programme = ? AND village = ?", programme, village).Order("village, group_key, household_id").Find(&out).Error
	return out, fail("lights", err)
}

// Unjudged are the households of a village whose light is missing, of another
// version than they are, judged before the day or by other rules.
func (r households) Unjudged(ctx context.Context, by models.Actor, programme, village string, before models.Date, rules string) ([]string, error) {
	var ids []string
	err := r.on(ctx).Model(&models.Household{}).Scopes(within(by, "households.id")).
		Joins("LEFT JOIN lights ON lights.household_id = households.id AND lights.programme = ?", programme).
		Where("households.village = ?", village).
		Where("lights.version IS NULL OR lights.version <> households.version OR lights.judged_on < ? OR lights.rules <> ?", before, rules).
		Order("households.id").Pluck("households.id", &ids).Error
	return ids, fail("unjudged", err)
}

// Villages are the next villages with households after the given one. They serve
// the program, not a person: what goes through all lights asks for them.
func (r households) Villages(ctx context.Context, after string, limit int) ([]string, error) {
	var out []string
	err := r.on(ctx).Model(&models.Household{}).Where("village > ?", after).
		Distinct("village").Order("village").Limit(limit).Pluck("village", &out).Error
	return out, fail("villages", err)
}
