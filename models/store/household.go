package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

type households struct{ *Store }

// Create writes a new household. Its id is the next number of its village, which
// must be an area; those who create in the same village at once queue up at the
// number. The ids of d are set when all is written.
func (r households) Create(ctx context.Context, by models.Actor, d *models.Dossier, now time.Time) (models.SaveResult, error) {
	const op = "create household"
	var e *edit
	err := r.atomic(ctx, op, func(tx *Store) error {
		if err := tx.knownVillage(ctx, by, d.Household.Village); err != nil {
			return err
		}
		id, err := tx.nextHousehold(ctx, d.Household.Village)
		if err != nil {
			return fail(op, err)
		}
		next := newFile(d)
		next.Household.ID, next.Household.Version, next.Household.MembersEver, next.Household.RowsEver = id, 0, 0, 0
		next.Household.CreatedAt = utc(now)
		for i := range next.Members {
			next.Members[i].ID, next.Members[i].Seq = "", i
		}
		e = &edit{s: tx, op: op, by: by, now: utc(now), next: next, plans: shelves()}
		if e.onFile, err = tx.areaExits(ctx, d.Household.Village); err != nil {
			return fail(op, err)
		}
		e.mention()
		return e.write(ctx)
	})
	if err != nil {
		return models.SaveResult{}, err
	}
	e.handBack(d)
	return e.result(), nil
}

// knownVillage refuses a village that is outside the scope or none at all.
func (s *Store) knownVillage(ctx context.Context, by models.Actor, code string) error {
	const op = "create household"
	if models.LevelOf(code) != models.Village {
		return &models.Error{Code: models.Invalid, Op: op, Key: "no_village", Err: fmt.Errorf("%q is no village code", code)}
	}
	if !reach(by).Within(code) {
		return models.E(models.NotFound, op, nil)
	}
	_, err := areas{s}.Area(ctx, code)
	if models.CodeOf(err) == models.NotFound {
		return &models.Error{Code: models.Invalid, Op: op, Key: "no_village", Err: fmt.Errorf("%s is not in the area tree", code)}
	}
	return err
}

// serial is the last number handed out within a scope.
type serial struct {
	Scope string
	Last  int
}

// maxHouseholds and maxMembers are what four and two digits can number.
const (
	maxHouseholds = 9999
	maxMembers    = 99
)

// nextHousehold takes the next number of a village. The row stays locked until
// the transaction ends, so no two get the same one; a number once taken is gone
// even when the household is withdrawn.
func (s *Store) nextHousehold(ctx context.Context, village string) (string, error) {
	err := s.on(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "scope"}},
		DoUpdates: clause.Set{{Column: clause.Column{Name: "last"}, Value: clause.Expr{SQL: "serials.last + 1"}}},
	}).Create(&serial{Scope: village, Last: 1}).Error
	if err != nil {
		return "", err
	}
	var got serial
	if err := s.on(ctx).Where("scope = ?", village).Take(&got).Error; err != nil {
		return "", err
	}
	if got.Last > maxHouseholds {
		return "", &models.Error{Code: models.Invalid, Op: "create household", Key: "village_full"}
	}
	return fmt.Sprintf("%s%04d", village, got.Last), nil
}

// Save writes what of d differs from what is stored.
func (r households) Save(ctx context.Context, by models.Actor, d *models.Dossier, base int, now time.Time) (models.SaveResult, error) {
	const op = "save household"
	var e *edit
	err := r.atomic(ctx, op, func(tx *Store) error {
		old, err := tx.load(ctx, by, d.Household.ID, allParts())
		if err != nil {
			return fail(op, err)
		}
		if old.Household.Version != base {
			return conflict(op, "household_moved")
		}
		next := newFile(d)
		next.keep(old)
		e = &edit{s: tx, op: op, by: by, now: utc(now), old: old, next: next, plans: shelves(), onFile: old}
		e.mention()
		return e.write(ctx)
	})
	if err != nil {
		return models.SaveResult{}, err
	}
	e.handBack(d)
	return e.result(), nil
}

// Seen leaves the trace of a look. not_found outside the scope.
func (r households) Seen(ctx context.Context, by models.Actor, id, what string, now time.Time) error {
	const op = "seen"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if len(id) != models.HouseholdDigits || !reach(by).Within(id) {
		return models.E(models.NotFound, op, nil)
	}
	return fail(op, tx.Create(&models.Access{
		At: utc(now), By: by.PersonID, HouseholdID: id, Village: id[:models.VillageDigits], What: what,
	}).Error)
}

func firstError(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
