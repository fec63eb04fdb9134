package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// The names of records in changes; fields.json uses the same.
const (
	recHousehold = "household"
	recMember    = "member"
	recCondition = "condition"
	recIncome    = "income"
)

// The fields of a change that stand for a whole record.
const (
	fieldAdded     = "+"
	fieldWithdrawn = "-"
)

// edit is one step from a stored file to the next one, with its trace. It is
// what Create (no old file), Save and Undo have in common.
type edit struct {
	s      *Store
	op     string
	by     models.Actor
	now    time.Time
	undoes string // source that is put back, "" for an ordinary edit
	old    *file  // nil for a new household
	next   *file
	gone   []models.Change // the "+" changes of records that are withdrawn
	plans  []shelf
	onFile *file // what the plans are compared with: old, or what a new household finds

	programme string // of the record being compared

	changes []models.Change
	added   []*models.Member
	changed []*models.Member
	fresh   []any // conditions and incomes that are new
	rows    []any // conditions and incomes that changed
}

// write compares, checks and writes. The household row goes first: whoever
// changed it in the meantime has raised its version, and we are out.
func (e *edit) write(ctx context.Context) error {
	if err := e.compare(); err != nil {
		return err
	}
	if len(e.changes) == 0 {
		return nil
	}
	e.next.count()
	if err := e.check(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		e.writeHousehold, e.withdraw, e.writeMembers, e.writeRows, e.writePlans, e.writeChanges, e.writeLookups,
	} {
		if err := step(ctx); err != nil {
			return fail(e.op, err)
		}
	}
	return nil
}

// compare notes every difference and numbers new members.
func (e *edit) compare() error {
	h := &e.next.Household
	if e.withdrawn() {
		return e.comparePlans() // all of it goes, and the "-" are noted
	}
	if e.old == nil {
		e.next.count()
		e.add(recHousehold, h.ID, h.HeadName, &models.Household{}, h)
	} else {
		e.diff(recHousehold, h.ID, &e.old.Household, h)
	}
	for i := range e.next.Members {
		if err := e.compareMember(&e.next.Members[i]); err != nil {
			return err
		}
	}
	if err := e.compareYears(); err != nil {
		return err
	}
	return e.comparePlans()
}

func (e *edit) comparePlans() error {
	for _, s := range e.plans {
		if err := s.compare(e); err != nil {
			return err
		}
	}
	return nil
}

func (e *edit) compareMember(m *models.Member) error {
	h := &e.next.Household
	m.HouseholdID, m.Village = h.ID, h.Village
	if old := e.old.member(m.ID); old != nil {
		if e.diff(recMember, m.ID, old, m) {
			e.changed = append(e.changed, m)
		}
		return nil
	}
	if h.MembersEver++; h.MembersEver > maxMembers {
		return &models.Error{Code: models.Invalid, Op: e.op, Key: "household_full"}
	}
	m.ID = fmt.Sprintf("%s%02d", h.ID, h.MembersEver)
	e.add(recMember, m.ID, m.Name, &models.Member{}, m)
	e.added = append(e.added, m)
	return nil
}

func (e *edit) compareYears() error {
	h := e.next.Household
	for i := range e.next.conditions {
		c := &e.next.conditions[i]
		c.HouseholdID, c.Village = h.ID, h.Village
		e.compareYear(recCondition, c.Year, or(e.old.condition(c.Year)), c)
	}
	for i := range e.next.incomes {
		c := &e.next.incomes[i]
		c.HouseholdID, c.Village = h.ID, h.Village
		e.compareYear(recIncome, c.Year, or(e.old.income(c.Year)), c)
	}
	if (e.next.Condition.Year == 0 && len(models.Diff(&models.Condition{}, &e.next.Condition)) > 0) ||
		(e.next.Income.Year == 0 && len(models.Diff(&models.Income{}, &e.next.Income)) > 0) {
		return &models.Error{Code: models.Invalid, Op: e.op, Key: "no_year", Err: errors.New("condition or income without a year")}
	}
	return nil
}

// or makes an untyped nil of a nil pointer.
func or[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

func (e *edit) compareYear(record string, year int, old, now any) {
	id := strconv.Itoa(year)
	switch {
	case old != nil && e.diff(record, id, old, now):
		e.rows = append(e.rows, now)
	case old == nil && record == recCondition:
		e.add(record, id, id, &models.Condition{}, now)
		e.fresh = append(e.fresh, now)
	case old == nil:
		e.add(record, id, id, &models.Income{}, now)
		e.fresh = append(e.fresh, now)
	}
}

// add notes a new record: one change that it is there, one per field known.
func (e *edit) add(record, id, name string, zero, now any) {
	e.note(record, id, fieldAdded, "", name)
	e.diff(record, id, zero, now)
}

func (e *edit) diff(record, id string, old, now any) bool {
	edits := models.Diff(old, now)
	for _, d := range edits {
		e.note(record, id, d.Key, d.Old, d.New)
	}
	return len(edits) > 0
}

func (e *edit) note(record, id, field, old, now string) {
	e.changes = append(e.changes, models.Change{
		At: e.now, By: e.by.PersonID, ByName: e.by.Name, Source: e.by.Source,
		HouseholdID: e.next.Household.ID, Village: e.next.Household.Village,
		Record: record, RecordID: id, Programme: e.programme, Field: field, Old: old, New: now, Undoes: e.undoes,
	})
}

// withdrawn reports whether the household itself goes.
func (e *edit) withdrawn() bool {
	return slices.ContainsFunc(e.gone, func(c models.Change) bool { return c.Record == recHousehold })
}

// numberOf is the year of a condition or income, or the number of a member.
func numberOf(id string) int { n, _ := strconv.Atoi(id); return n }

// check refuses what columns cannot hold and numbers that count elsewhere.
func (e *edit) check(ctx context.Context) error {
	if err := fits(recHousehold, &e.next.Household); err != nil {
		return err
	}
	for _, m := range slices.Concat(e.added, e.changed) {
		if err := fits(recMember, m); err != nil {
			return err
		}
	}
	for _, r := range slices.Concat(e.fresh, e.rows) {
		record := recIncome
		if _, ok := r.(*models.Condition); ok {
			record = recCondition
		}
		if err := fits(record, r); err != nil {
			return err
		}
	}
	for _, s := range e.plans {
		if err := s.check(); err != nil {
			return err
		}
	}
	return e.claim(ctx)
}

func (e *edit) writeHousehold(ctx context.Context) error {
	h := &e.next.Household
	if e.withdrawn() {
		return nil
	}
	was := h.Version
	h.Version, h.UpdatedAt = was+1, e.now
	if e.old == nil {
		return e.s.on(ctx).Create(h).Error
	}
	res := e.s.on(ctx).Model(h).Where("version = ?", was).Select("*").Omit("created_at").Updates(h)
	if res.Error == nil && res.RowsAffected == 0 {
		return conflict(e.op, "household_moved")
	}
	return res.Error
}

func (e *edit) writeMembers(ctx context.Context) error {
	for _, m := range e.changed {
		// A number that moves from one member to another must be free in between.
		if o := e.old.member(m.ID); o.IDHash != nil && (m.IDHash == nil || *m.IDHash != *o.IDHash) {
			if err := e.s.on(ctx).Model(&models.Member{}).Where("id = ?", m.ID).Update("id_hash", nil).Error; err != nil {
				return err
			}
		}
	}
	for _, m := range e.changed {
		if err := e.s.on(ctx).Model(m).Select("*").Updates(m).Error; err != nil {
			return keyed(e.op, "dup_id", err)
		}
	}
	return keyed(e.op, "dup_id", insert(e.s.on(ctx), e.added))
}

func (e *edit) writeRows(ctx context.Context) error {
	for _, r := range e.rows {
		if err := e.s.on(ctx).Model(r).Select("*").Updates(r).Error; err != nil {
			return err
		}
	}
	for _, r := range e.fresh {
		if err := e.s.on(ctx).Create(r).Error; err != nil {
			return err
		}
	}
	return nil
}

func (e *edit) writePlans(ctx context.Context) error {
	for _, s := range e.plans {
		if err := s.write(ctx, e.s); err != nil {
			return err
		}
	}
	return nil
}

func (e *edit) writeChanges(ctx context.Context) error { return insert(e.s.on(ctx), e.changes) }

// handBack gives the caller's dossier the ids, counts and version that were written.
func (e *edit) handBack(d *models.Dossier) {
	if len(e.changes) == 0 {
		return
	}
	d.Household = e.next.Household
	for i := range d.Members {
		d.Members[i] = e.next.Members[i]
	}
	if d.Condition.Year != 0 {
		d.Condition = e.next.conditions[0]
	}
	if d.Income.Year != 0 {
		d.Income = e.next.incomes[0]
	}
	for _, s := range e.plans {
		s.handBack(&e.next.Dossier, d)
	}
	programme := d.Exit.Programme
	d.Exits, d.Exit = slices.Clone(e.next.Exits), models.Exit{}
	d.Of(programme)
}

func (e *edit) result() models.SaveResult {
	return models.SaveResult{ID: e.next.Household.ID, Version: e.next.Household.Version, Changes: len(e.changes)}
}
