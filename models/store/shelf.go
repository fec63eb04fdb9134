package store

import (
	"context"
	"slices"

	"github.com/huhuqing/huhuqing/models"
)

// shelf is one table of what is planned for a household, during one edit. The
// rows of all of them are compared, traced, written and put back alike; rows
// says in what they differ.
type shelf interface {
	called() string
	keep(e *edit)
	compare(e *edit) error
	check() error
	write(ctx context.Context, s *Store) error
	put(f *file, c models.Change) error
	drop(f *file, c models.Change)
	restore(f *file, c models.Change)
	handBack(from, to *models.Dossier)
}

// fate is what becomes of a stored row that a given list does not have.
type fate int

const (
	stays     fate = iota // it has a status of its own, or belongs to others as well
	ends                  // its To becomes the day
	withdrawn             // it goes, its trace stays
)

// rows fulfil shelf for one type of record.
type rows[T any] struct {
	record string
	list   func(*models.Dossier) *[]T
	// id names a row within the household and programme; programme is nil for
	// records whose id is enough.
	id        func(*T) *string
	programme func(*T) *string
	letter    string // of ids that the store gives out, "" when the row has a name of its own
	title     func(*T) string
	missing   fate
	to        func(*T) *models.Date // for ends
	// bind ties a row to its household and resolves references; old is the stored
	// row, nil for a new one.
	bind func(e *edit, r, old *T) error

	added, changed, gone []*T
}

func (s *rows[T]) called() string { return s.record }

// is reports whether the row r is the one called id.
func (s *rows[T]) is(r *T, programme, id string) bool {
	return *s.id(r) == id && (s.programme == nil || *s.programme(r) == programme)
}

// at is the index of the row of that name, -1 when there is none. A nil file has none.
func (s *rows[T]) at(f *file, programme, id string) int {
	if f == nil || id == "" {
		return -1
	}
	list := *s.list(&f.Dossier)
	return slices.IndexFunc(list, func(r T) bool { return s.is(&r, programme, id) })
}

func (s *rows[T]) names(r *T) (programme, id string) {
	if s.programme != nil {
		programme = *s.programme(r)
	}
	return programme, *s.id(r)
}

// same is the row of f with the name of r, nil when there is none.
func (s *rows[T]) same(f *file, r *T) *T {
	programme, id := s.names(r)
	if i := s.at(f, programme, id); i >= 0 {
		return &(*s.list(&f.Dossier))[i]
	}
	return nil
}

// keep decides what a save means by rows it does not mention.
func (s *rows[T]) keep(e *edit) {
	list, old := s.list(&e.next.Dossier), s.stored(e)
	if *list == nil {
		*list = slices.Clone(old)
		return
	}
	for i := range old {
		o := old[i]
		if s.missing == withdrawn || s.same(e.next, &o) != nil {
			continue
		}
		if to := s.to; to != nil && (*to(&o) == "" || *to(&o) > e.day()) {
			*to(&o) = e.day()
		}
		*list = append(*list, o)
	}
}

// compare notes every difference and gives new rows their ids.
func (s *rows[T]) compare(e *edit) error {
	list := *s.list(&e.next.Dossier)
	for i := range list {
		r := &list[i]
		old := s.same(e.onFile, r)
		if err := s.bind(e, r, old); err != nil {
			return err
		}
		if old == nil && s.letter != "" && e.undoes == "" {
			id, err := e.newRow(s.letter)
			if err != nil {
				return err
			}
			*s.id(r) = id
		}
		if slices.ContainsFunc(list[:i], func(o T) bool { p, id := s.names(r); return s.is(&o, p, id) }) {
			return &models.Error{Code: models.Invalid, Op: e.op, Key: "twice", Path: s.record}
		}
		s.trace(e, r, old)
	}
	for i := range s.stored(e) {
		if o := &s.stored(e)[i]; s.same(e.next, o) == nil {
			s.gone = append(s.gone, o)
			s.traceGone(e, o)
		}
	}
	return nil
}

func (s *rows[T]) stored(e *edit) []T {
	if e.onFile == nil {
		return nil
	}
	return *s.list(&e.onFile.Dossier)
}

func (s *rows[T]) trace(e *edit, r, old *T) {
	e.programme, _ = s.names(r)
	_, id := s.names(r)
	switch {
	case old == nil:
		e.add(s.record, id, s.title(r), new(T), r)
		s.added = append(s.added, r)
	case e.diff(s.record, id, old, r):
		s.changed = append(s.changed, r)
	}
	e.programme = ""
}

// traceGone notes the fields of a row that goes, so that it can come back. What
// an undo takes away was noted by putBack.
func (s *rows[T]) traceGone(e *edit, o *T) {
	if e.undoes != "" {
		return
	}
	var id string
	e.programme, id = s.names(o)
	e.diff(s.record, id, o, new(T))
	e.note(s.record, id, fieldWithdrawn, s.title(o), "")
	e.programme = ""
}

func (s *rows[T]) check() error {
	for _, r := range slices.Concat(s.added, s.changed) {
		if err := fits(s.record, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *rows[T]) write(ctx context.Context, st *Store) error {
	for _, r := range s.gone {
		if err := st.on(ctx).Delete(r).Error; err != nil {
			return err
		}
	}
	for _, r := range s.changed {
		if err := st.on(ctx).Model(r).Select("*").Updates(r).Error; err != nil {
			return err
		}
	}
	return insert(st.on(ctx), s.added)
}

// put gives a field the value it had before the change. The name of the row stays,
// also where it is a field itself, as the kind of a cause is.
func (s *rows[T]) put(f *file, c models.Change) error {
	i := s.at(f, c.Programme, c.RecordID)
	if i < 0 {
		return models.E(models.Internal, "undo", nil)
	}
	r := &(*s.list(&f.Dossier))[i]
	if s.record == recAreaExit && models.Value(r, c.Field) != c.New { // changed by way of another household
		return &models.Error{Code: models.Conflict, Op: "undo", Key: "undo_touched", Path: c.Record + "." + c.Field}
	}
	defer func() { *s.id(r) = c.RecordID }()
	return models.SetValue(r, c.Field, c.Old)
}

func (s *rows[T]) drop(f *file, c models.Change) {
	list := s.list(&f.Dossier)
	*list = slices.DeleteFunc(*list, func(r T) bool { return s.is(&r, c.Programme, c.RecordID) })
}

// restore puts an empty row of that name back; the changes before fill it.
func (s *rows[T]) restore(f *file, c models.Change) {
	var r T
	*s.id(&r) = c.RecordID
	if s.programme != nil {
		*s.programme(&r) = c.Programme
	}
	list := s.list(&f.Dossier)
	*list = append(*list, r)
}

func (s *rows[T]) handBack(from, to *models.Dossier) {
	if *s.list(to) != nil {
		*s.list(to) = slices.Clone(*s.list(from))
	}
}
