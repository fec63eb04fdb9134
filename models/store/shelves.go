package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// shelves are the tables of plans. Measures come first: the others name them.
func shelves() []shelf { return append(workShelves(), exitShelves()...) }

// workShelves are what is done for a household, why and by whom.
func workShelves() []shelf {
	return []shelf{
		&rows[models.Measure]{
			record: "measure", letter: "s", missing: stays, bind: bindMeasure,
			list:  func(d *models.Dossier) *[]models.Measure { return &d.Measures },
			id:    func(r *models.Measure) *string { return &r.ID },
			title: func(r *models.Measure) string { return cmp.Or(r.Title, r.Cat2, r.Cat1) },
		},
		&rows[models.Cause]{
			record: "cause", missing: withdrawn, bind: bindCause,
			list:      func(d *models.Dossier) *[]models.Cause { return &d.Causes },
			id:        func(r *models.Cause) *string { return &r.Kind },
			programme: func(r *models.Cause) *string { return &r.Programme },
			title:     func(r *models.Cause) string { return r.Kind },
		},
		&rows[models.Fund]{
			record: "fund", letter: "f", missing: withdrawn, bind: bindFund,
			list:  func(d *models.Dossier) *[]models.Fund { return &d.Funds },
			id:    func(r *models.Fund) *string { return &r.ID },
			title: func(r *models.Fund) string { return r.Source },
		},
		&rows[models.Output]{
			record: "output", letter: "o", missing: withdrawn, bind: bindOutput,
			list:  func(d *models.Dossier) *[]models.Output { return &d.Outputs },
			id:    func(r *models.Output) *string { return &r.ID },
			title: func(r *models.Output) string { return r.Indicator },
		},
		&rows[models.Duty]{
			record: "duty", letter: "d", missing: ends, bind: bindDuty,
			list:  func(d *models.Dossier) *[]models.Duty { return &d.Duties },
			id:    func(r *models.Duty) *string { return &r.ID },
			title: func(r *models.Duty) string { return r.Name },
			to:    func(r *models.Duty) *models.Date { return &r.To },
		},
		&rows[models.Helper]{
			record: "helper", letter: "h", missing: ends, bind: bindHelper,
			list:  func(d *models.Dossier) *[]models.Helper { return &d.Helpers },
			id:    func(r *models.Helper) *string { return &r.ID },
			title: func(r *models.Helper) string { return r.Name },
			to:    func(r *models.Helper) *models.Date { return &r.To },
		},
	}
}

// exitShelves are the exits, and the reasons that let a warning pass.
func exitShelves() []shelf {
	return []shelf{
		&rows[models.Exit]{
			record: "exit", missing: stays, bind: bindExit,
			list:      func(d *models.Dossier) *[]models.Exit { return &d.Exits },
			id:        func(r *models.Exit) *string { return &r.HouseholdID },
			programme: func(r *models.Exit) *string { return &r.Programme },
			title:     func(r *models.Exit) string { return r.Year.String() },
		},
		&rows[models.AreaExit]{
			record: recAreaExit, missing: stays, bind: bindAreaExit,
			list:      func(d *models.Dossier) *[]models.AreaExit { return &d.AreaExits },
			id:        func(r *models.AreaExit) *string { return &r.Area },
			programme: func(r *models.AreaExit) *string { return &r.Programme },
			title:     func(r *models.AreaExit) string { return r.Area },
		},
		&rows[models.Waiver]{
			record: "waiver", missing: withdrawn, bind: bindWaiver,
			list:  func(d *models.Dossier) *[]models.Waiver { return &d.Waivers },
			id:    func(r *models.Waiver) *string { return &r.Key },
			title: func(r *models.Waiver) string { return r.Key },
		},
	}
}

// recAreaExit is the one record that belongs to more than its household.
const recAreaExit = "area_exit"

// mention decides what a save means by rows it does not mention. An exit plan
// without anything in it is none.
func (e *edit) mention() {
	e.next.Exits = slices.DeleteFunc(e.next.Exits, func(x models.Exit) bool {
		known := e.onFile != nil && slices.ContainsFunc(e.onFile.Exits, func(o models.Exit) bool { return o.Programme == x.Programme })
		return !known && len(models.Diff(&models.Exit{}, &x)) == 0
	})
	for _, s := range e.plans {
		s.keep(e)
	}
}

// areaExits is a file with nothing in it but what a new household of the village
// finds there: the years in which village and county leave.
func (s *Store) areaExits(ctx context.Context, village string) (*file, error) {
	f := new(file)
	err := s.on(ctx).Where("area IN (?, ?)", village, village[:models.CountyDigits]).Find(&f.AreaExits).Error
	return f, err
}

// AreaExits are the years in which a village and its county leave.
func (r households) AreaExits(ctx context.Context, by models.Actor, village string) ([]models.AreaExit, error) {
	if models.LevelOf(village) != models.Village || !reach(by).Within(village) {
		return nil, nil
	}
	f, err := r.areaExits(ctx, village)
	if err != nil {
		return nil, fail("area exits", err)
	}
	return f.AreaExits, nil
}

// day is that of the edit.
func (e *edit) day() models.Date { return models.DayOf(e.now) }

// maxRows is what three digits can number: rows of a plan that a household ever had.
const maxRows = 999

// newRow is the next id of a row, by one count for all kinds.
func (e *edit) newRow(letter string) (string, error) {
	h := &e.next.Household
	if h.RowsEver++; h.RowsEver > maxRows {
		return "", invalid(e.op, "household_full", "")
	}
	return fmt.Sprintf("%s%s%03d", h.ID, letter, h.RowsEver), nil
}

func invalid(op, key, path string) error {
	return &models.Error{Code: models.Invalid, Op: op, Key: key, Path: path}
}

func bindMeasure(e *edit, r, old *models.Measure) error {
	r.HouseholdID, r.Village = e.next.Household.ID, e.next.Household.Village
	r.Targets, r.DueDay = e.people(r.Targets), r.Due.LastDay()
	if old == nil {
		r.Version = 1
	} else if r.Version = old.Version; len(models.Diff(old, r)) > 0 {
		r.Version++
	}
	return e.ofProgramme("measure", r.Programme)
}

func bindCause(e *edit, r, _ *models.Cause) error {
	r.HouseholdID, r.Village = e.next.Household.ID, e.next.Household.Village
	r.Evidence = e.people(r.Evidence)
	return e.ofProgramme("cause", r.Programme)
}

func bindFund(e *edit, r, _ *models.Fund) error {
	r.Village = e.next.Household.Village
	return e.measure("fund", &r.MeasureID)
}

func bindOutput(e *edit, r, _ *models.Output) error {
	r.Village = e.next.Household.Village
	return e.measure("output", &r.MeasureID)
}

func bindDuty(e *edit, r, _ *models.Duty) error {
	r.Village = e.next.Household.Village
	if r.Object == "" {
		r.Object = e.next.Household.ID
	}
	if r.Object == e.next.Household.ID {
		return nil
	}
	return e.measure("duty", &r.Object)
}

func bindHelper(e *edit, r, old *models.Helper) error {
	r.HouseholdID, r.Village = e.next.Household.ID, e.next.Household.Village
	if old != nil && r.IDHash == "" {
		r.IDHash = old.IDHash
	}
	return nil
}

func bindExit(e *edit, r, _ *models.Exit) error {
	r.HouseholdID, r.Village = e.next.Household.ID, e.next.Household.Village
	return e.ofProgramme("exit", r.Programme)
}

// bindAreaExit lets whoever records a household say first in which year its
// village or county leaves; another year takes somebody whose area it is.
func bindAreaExit(e *edit, r, old *models.AreaExit) error {
	if village := e.next.Household.Village; r.Area != village && r.Area != village[:models.CountyDigits] {
		return invalid(e.op, "no_area", "area_exit")
	}
	if old != nil && old.Year.Known() && old.Year != r.Year && !e.by.Within(r.Area) {
		return &models.Error{Code: models.Forbidden, Op: e.op, Key: "not_your_area", Path: "area_exit.plan_year"}
	}
	return e.ofProgramme("area_exit", r.Programme)
}

func bindWaiver(e *edit, r, old *models.Waiver) error {
	r.HouseholdID, r.Village, r.Key = e.next.Household.ID, e.next.Household.Village, e.finding(r.Key)
	if r.Reason == "" {
		return invalid(e.op, "no_reason", "waiver.reason")
	}
	switch {
	case e.undoes != "": // as it was
	case old != nil && old.Reason == r.Reason:
		r.By, r.On = old.By, old.On
	default:
		r.By, r.On = e.by.PersonID, e.day()
	}
	return nil
}

func (e *edit) ofProgramme(record, programme string) error {
	if programme == "" {
		return invalid(e.op, "no_programme", record)
	}
	return nil
}

// measure makes "ms:<index>" the id of that measure and refuses any other.
func (e *edit) measure(record string, ref *string) error {
	list := e.next.Measures
	if i, ok := indexOf(*ref, "ms:", len(list)); ok {
		*ref = list[i].ID
	}
	if !slices.ContainsFunc(list, func(m models.Measure) bool { return m.ID == *ref && *ref != "" }) {
		return invalid(e.op, "no_measure", record)
	}
	return nil
}

// people makes "m:<index>" the id of that member: "m:3" → the id, for targets, and
// "m:3.health" → "m:<id>.health", for evidence.
func (e *edit) people(refs models.Set) models.Set {
	out := slices.Clone(refs)
	for i, ref := range out {
		who, field, isFact := strings.Cut(ref, ".")
		n, ok := indexOf(who, "m:", len(e.next.Members))
		switch {
		case !ok:
		case isFact:
			out[i] = "m:" + e.next.Members[n].ID + "." + field
		default:
			out[i] = e.next.Members[n].ID
		}
	}
	return out
}

// indexOf reads "ms:3" with prefix "ms:" as 3 if there are more than 3. Ids are
// far longer than any index.
func indexOf(ref, prefix string, n int) (int, bool) {
	text, ok := strings.CutPrefix(ref, prefix)
	if !ok || len(text) > 3 {
		return 0, false
	}
	i, err := strconv.Atoi(text)
	return i, err == nil && i >= 0 && i < n
}

// finding is the key of a finding with the id of its record, which was its index,
// or nothing, while the record had none (clears.Finding.Key).
func (e *edit) finding(key string) string {
	rule, rest, _ := strings.Cut(key, ":")
	record, id, ok := strings.Cut(rest, ":")
	if !ok {
		return key
	}
	if id == "" && (record == recHousehold || record == "exit") {
		id = e.next.Household.ID
	}
	d := &e.next.Dossier
	for of, list := range map[string]func(int) string{
		recMember: at(d.Members, func(m models.Member) string { return m.ID }),
		"measure": at(d.Measures, func(m models.Measure) string { return m.ID }),
		"fund":    at(d.Funds, func(f models.Fund) string { return f.ID }),
		"output":  at(d.Outputs, func(o models.Output) string { return o.ID }),
		"duty":    at(d.Duties, func(t models.Duty) string { return t.ID }),
		"helper":  at(d.Helpers, func(h models.Helper) string { return h.ID }),
	} {
		if i, err := strconv.Atoi(id); of == record && len(id) <= 3 && err == nil {
			id = cmp.Or(list(i), id)
		}
	}
	return rule + ":" + record + ":" + id
}

// at gives the id of the i-th of a list, "" when it is not that long.
func at[T any](list []T, id func(T) string) func(int) string {
	return func(i int) string {
		if i < 0 || i >= len(list) {
			return ""
		}
		return id(list[i])
	}
}
