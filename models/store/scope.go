package store

import (
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
