package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Undo puts back what came from one source, also a household or a member that it
// added: their rows go, their changes stay and get a "-" beside them.
//
// not_found with Key "undo_nothing" when there is nothing or it was put back
// already; forbidden with Key "undo_not_yours" or "undo_too_late"; conflict with
// Key "undo_touched" and the Path of the field somebody changed later.
func (r households) Undo(ctx context.Context, by models.Actor, householdID, source string, since, now time.Time) ([]models.Change, error) {
	const op = "undo"
	var back []models.Change
	err := r.atomic(ctx, op, func(tx *Store) error {
		var err error
		if back, err = tx.undoable(ctx, by, householdID, source, since); err != nil {
			return fail(op, err)
		}
		old, err := tx.load(ctx, by, householdID, allParts())
		if err != nil {
			return fail(op, err)
		}
		e := &edit{s: tx, op: op, by: by, now: utc(now), undoes: source, old: old, next: old.clone(), plans: shelves(), onFile: old}
		for _, c := range slices.Backward(back) {
			if err := e.putBack(c); err != nil {
				return err
			}
		}
		return e.write(ctx)
	})
	if err != nil {
		return nil, err
	}
	return back, nil
}

// undoable are the changes of a source, if they may be put back.
func (s *Store) undoable(ctx context.Context, by models.Actor, household, source string, since time.Time) ([]models.Change, error) {
	const op = "undo"
	var back, later []models.Change
	err := s.on(ctx).Scopes(within(by, "household_id")).
		Where("household_id = ? AND source = ? AND undoes = ''", household, source).Order("id").Find(&back).Error
	switch {
	case err != nil:
		return nil, err
	case source == "" || len(back) == 0:
		return nil, &models.Error{Code: models.NotFound, Op: op, Key: "undo_nothing"}
	case back[0].By != by.PersonID:
		return nil, &models.Error{Code: models.Forbidden, Op: op, Key: "undo_not_yours"}
	case back[0].At.Before(utc(since)):
		return nil, &models.Error{Code: models.Forbidden, Op: op, Key: "undo_too_late"}
	}
	err = s.on(ctx).Select("source", "record", "record_id", "programme", "field", "new_value", "undoes").
		Where("household_id = ? AND id > ? AND NOT (source = ? AND undoes = '')", household, back[0].ID, source).
		Find(&later).Error
	if err != nil {
		return nil, err
	}
	return back, untouched(back, later, source)
}

// untouched tells whether nothing of back was changed later. What was changed
// and put back again does not count.
func untouched(back, later []models.Change, source string) error {
	undone := make(map[string]bool)
	for _, c := range later {
		if c.Undoes == source {
			return &models.Error{Code: models.NotFound, Op: "undo", Key: "undo_nothing"}
		}
		undone[c.Undoes] = true
	}
	for _, l := range later {
		if l.Undoes != "" || undone[l.Source] {
			continue
		}
		for _, b := range back {
			if stands(b, l) {
				return &models.Error{Code: models.Conflict, Op: "undo", Key: "undo_touched", Path: l.Record + "." + l.Field}
			}
		}
	}
	return nil
}

// stands reports whether the later change stands in the way of putting b back: it
// touched the same field, anything of a record that came or went, or names a row
// that would go.
func stands(b, later models.Change) bool {
	same := b.Record == later.Record && b.RecordID == later.RecordID && b.Programme == later.Programme
	switch b.Field {
	case fieldAdded:
		return same || b.Record == recHousehold || len(b.RecordID) > models.HouseholdDigits && strings.Contains(later.New, b.RecordID)
	case fieldWithdrawn:
		return same
	}
	return same && (b.Field == later.Field || later.Field == fieldAdded || later.Field == fieldWithdrawn)
}

// putBack undoes one change in the next file. A record that was added is noted
// for withdrawal, and its fields go with it; one that was withdrawn comes back
// empty, and the changes of its fields, which were noted before, fill it.
func (e *edit) putBack(c models.Change) error {
	s := e.shelf(c.Record)
	switch {
	case c.Field == fieldAdded:
		e.gone = append(e.gone, c)
		e.programme = c.Programme
		e.note(c.Record, c.RecordID, fieldWithdrawn, c.New, "")
		e.programme = ""
		if s != nil {
			s.drop(e.next, c)
		} else {
			e.next.drop(c)
		}
		return nil
	case c.Field == fieldWithdrawn && s != nil:
		s.restore(e.next, c)
		return nil
	case s != nil:
		return s.put(e.next, c)
	}
	rec := e.next.record(c)
	if rec == nil {
		return models.E(models.Internal, e.op, nil)
	}
	return models.SetValue(rec, c.Field, c.Old)
}

// shelf is where records of that name stand, nil for those of the 家底.
func (e *edit) shelf(record string) shelf {
	for _, s := range e.plans {
		if s.called() == record {
			return s
		}
	}
	return nil
}

// clone copies a file deep enough to edit the fields of its records.
func (f *file) clone() *file {
	c := *f
	c.Members, c.conditions, c.incomes = slices.Clone(f.Members), slices.Clone(f.conditions), slices.Clone(f.incomes)
	c.Condition, c.Income = models.Condition{}, models.Income{}
	c.copyPlans()
	return &c
}

// drop takes a record out of the file.
func (f *file) drop(c models.Change) {
	switch c.Record {
	case recMember:
		f.Members = slices.DeleteFunc(f.Members, func(m models.Member) bool { return m.ID == c.RecordID })
	case recCondition:
		f.conditions = slices.DeleteFunc(f.conditions, func(r models.Condition) bool { return r.Year == numberOf(c.RecordID) })
	case recIncome:
		f.incomes = slices.DeleteFunc(f.incomes, func(r models.Income) bool { return r.Year == numberOf(c.RecordID) })
	}
}

// withdraw removes the rows of records that go.
func (e *edit) withdraw(ctx context.Context) error {
	id := e.next.Household.ID
	for _, c := range e.gone {
		tx := e.s.on(ctx)
		var err error
		switch c.Record {
		case recHousehold:
			err = e.withdrawHousehold(ctx)
		case recMember:
			err = tx.Where("id = ?", c.RecordID).Delete(&models.Member{}).Error
		case recCondition:
			err = tx.Where("household_id = ? AND year = ?", id, numberOf(c.RecordID)).Delete(&models.Condition{}).Error
		case recIncome:
			err = tx.Where("household_id = ? AND year = ?", id, numberOf(c.RecordID)).Delete(&models.Income{}).Error
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// withdrawHousehold removes the row, if nobody changed it since it was read. The
// photos stay: their files cannot be put back.
func (e *edit) withdrawHousehold(ctx context.Context) error {
	h := e.old.Household
	res := e.s.on(ctx).Where("id = ? AND version = ?", h.ID, h.Version).Delete(&models.Household{})
	if res.Error == nil && res.RowsAffected == 0 {
		return conflict(e.op, "household_moved")
	}
	if res.Error != nil {
		return res.Error
	}
	return firstError(e.s.dropLights(ctx, h.ID), reminders{e.s}.Drop(ctx, h.ID))
}
