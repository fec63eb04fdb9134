package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// Everything within an area begins with its code: villages, household and member
// ids. As a range the condition uses an index; ':' follows '9'.

// span is the range of codes and ids within an area. An actor without an area
// sees nothing, so the empty area is the empty range.
func span(area string) (from, to string) {
	switch area {
	case "":
		return ":", ":"
	case models.Everywhere:
		return "", ":"
	}
	return area, area + ":"
}

// reach is the area of an actor as far as households have one: whoever belongs to
// a group sees the village. A group's code must not become a range, it looks like
// the beginning of household ids.
func reach(by models.Actor) models.Actor {
	if len(by.Area) > models.VillageDigits {
		by.Area = by.Area[:models.VillageDigits]
	}
	return by
}

// within keeps the rows whose column lies in the actor's area.
func within(by models.Actor, column string) func(*gorm.DB) *gorm.DB {
	from, to := span(reach(by).Area)
	return func(tx *gorm.DB) *gorm.DB {
		return tx.Where(column+" >= ? AND "+column+" < ?", from, to)
	}
}

// narrow is the smaller of two areas when one lies within the other, "" when
// they have nothing in common.
func narrow(area, other string) string {
	switch {
	case other == "" || (models.Actor{Area: other}).Within(area):
		return area
	case (models.Actor{Area: area}).Within(other):
		return other
	}
	return ""
}

// mayWriteOf is for rows beside a household: forbidden for a reader, not_found when
// no such household lies in the actor's area.
func (s *Store) mayWriteOf(ctx context.Context, op string, by models.Actor, household string) error {
	tx, err := s.writable(ctx, op)
	if err != nil {
		return err
	}
	var n int64
	err = tx.Model(&models.Household{}).Scopes(within(by, "id")).Where("id = ?", household).Count(&n).Error
	if err != nil || n == 0 {
		return fail(op, firstError(err, models.E(models.NotFound, op, nil)))
	}
	return nil
}
