package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/huhuqing/huhuqing/models"
)

// part is one table of a dossier: the record and which rows of it.
type part struct {
	record any
	where  string
	args   func(id string) []any
}

func ofHousehold(id string) []any { return []any{id} }

// allParts are the whole file.
func allParts() []part { return append(baseParts(), planParts()...) }

// baseParts are the 家底, planParts everything built on it. Years are chosen
// afterwards: a household has a handful.
func baseParts() []part {
	return []part{
		{models.Member{}, "household_id = ?", ofHousehold},
		{models.Condition{}, "household_id = ?", ofHousehold},
		{models.Income{}, "household_id = ?", ofHousehold},
	}
}

func planParts() []part {
	const ofMeasures = "measure_id IN (SELECT id FROM measures WHERE household_id = ?)"
	return []part{
		{models.Cause{}, "household_id = ?", ofHousehold},
		{models.Measure{}, "household_id = ?", ofHousehold},
		{models.Fund{}, ofMeasures, ofHousehold},
		{models.Output{}, ofMeasures, ofHousehold},
		{models.Duty{}, "object = ?", ofHousehold},
		{models.Duty{}, "object IN (SELECT id FROM measures WHERE household_id = ?)", ofHousehold},
		{models.Helper{}, "household_id = ?", ofHousehold},
		{models.Exit{}, "household_id = ?", ofHousehold},
		{models.Waiver{}, "household_id = ?", ofHousehold},
		{models.AreaExit{}, "area IN (?, ?)", func(id string) []any { return []any{id[:models.VillageDigits], id[:models.CountyDigits]} }},
	}
}

// Dossier is the whole file in one query: a UNION over all its tables, each row as a
// JSON array of its columns.
func (r households) Dossier(ctx context.Context, by models.Actor, id string, year int) (*models.Dossier, error) {
	f, err := r.load(ctx, by, id, allParts())
	if err != nil {
		return nil, fail("dossier", err)
	}
	f.choose(year)
	return &f.Dossier, nil
}

// choose picks the year's condition and income, the latest for 0, and the income
// of the latest period before that one. Of several exit plans the first stands
// in front; Dossier.Of chooses another.
func (f *file) choose(year int) {
	if len(f.Exits) > 0 {
		f.Exit = f.Exits[0]
	}
	if i := len(f.conditions) - 1; year == 0 && i >= 0 {
		f.Condition = f.conditions[i]
	} else if c := f.condition(year); c != nil {
		f.Condition = *c
	}
	if i := len(f.incomes) - 1; year == 0 && i >= 0 {
		year = f.incomes[i].Year
	}
	for _, in := range f.incomes {
		switch {
		case in.Year == year:
			f.Income = in
		case in.Year < year:
			f.LastYear = in
		}
	}
}

// load reads the household, within the scope, and the given parts of its file.
// Everything of it is named by its id, which begins with its village.
func (s *Store) load(ctx context.Context, by models.Actor, id string, parts []part) (*file, error) {
	if len(id) != models.HouseholdDigits || !reach(by).Within(id) {
		return nil, gorm.ErrRecordNotFound
	}
	parts = append([]part{{models.Household{}, "id = ?", ofHousehold}}, parts...)
	f := new(file)
	var text strings.Builder
	var args []any
	for i, p := range parts {
		sc, err := s.schemaOf(p.record)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			text.WriteString(" UNION ALL ")
		}
		fmt.Fprintf(&text, "SELECT %d AS part, JSON_ARRAY(`%s`) AS cols FROM `%s` WHERE %s",
			i, strings.Join(sc.DBNames, "`, `"), sc.Table, p.where)
		args = append(args, p.args(id)...)
	}
	ctx = withKeys(ctx, s.keys)
	rows, err := s.db.Statement.ConnPool.QueryContext(ctx, text.String(), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var i int
		var cols []byte
		if err := rows.Scan(&i, &cols); err != nil {
			return nil, err
		}
		sc, err := s.schemaOf(parts[i].record)
		if err != nil {
			return nil, err
		}
		rec := reflect.New(sc.ModelType)
		if err := fill(ctx, sc, rec, cols); err != nil {
			return nil, err
		}
		f.put(rec.Interface())
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if f.Household.ID == "" {
		return nil, gorm.ErrRecordNotFound
	}
	f.sort()
	return f, nil
}

func (s *Store) schemaOf(record any) (*schema.Schema, error) {
	st := &gorm.Statement{DB: s.db}
	err := st.Parse(record)
	return st.Schema, err
}

// put adds a record that was read to its place.
func (f *file) put(rec any) {
	switch r := rec.(type) {
	case *models.Household:
		f.Household = *r
	case *models.Member:
		f.Members = append(f.Members, *r)
	case *models.Condition:
		f.conditions = append(f.conditions, *r)
	case *models.Income:
		f.incomes = append(f.incomes, *r)
	case *models.Cause:
		f.Causes = append(f.Causes, *r)
	case *models.Measure:
		f.Measures = append(f.Measures, *r)
	case *models.Fund:
		f.Funds = append(f.Funds, *r)
	case *models.Output:
		f.Outputs = append(f.Outputs, *r)
	case *models.Duty:
		f.Duties = append(f.Duties, *r)
	case *models.Helper:
		f.Helpers = append(f.Helpers, *r)
	case *models.Exit:
		f.Exits = append(f.Exits, *r)
	case *models.Waiver:
		f.Waivers = append(f.Waivers, *r)
	case *models.AreaExit:
		f.AreaExits = append(f.AreaExits, *r)
	}
}

// sort gives every list the order the conversation numbers it by.
func (f *file) sort() {
	slices.SortFunc(f.Members, func(a, b models.Member) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(f.conditions, func(a, b models.Condition) int { return cmp.Compare(a.Year, b.Year) })
	slices.SortFunc(f.incomes, func(a, b models.Income) int { return cmp.Compare(a.Year, b.Year) })
	slices.SortFunc(f.Causes, func(a, b models.Cause) int {
		return cmp.Or(cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Kind, b.Kind))
	})
	slices.SortFunc(f.Measures, func(a, b models.Measure) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Funds, func(a, b models.Fund) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Outputs, func(a, b models.Output) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Duties, func(a, b models.Duty) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Helpers, func(a, b models.Helper) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Exits, func(a, b models.Exit) int { return cmp.Compare(a.Programme, b.Programme) })
	slices.SortFunc(f.Waivers, func(a, b models.Waiver) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortFunc(f.AreaExits, func(a, b models.AreaExit) int { return cmp.Compare(a.Area, b.Area) })
}

// fill sets the fields of rec, in the order of the schema's columns, from a JSON
// array of them.
func fill(ctx context.Context, sc *schema.Schema, rec reflect.Value, cols []byte) error {
	dec := json.NewDecoder(bytes.NewReader(cols))
	dec.UseNumber() // money is not for float64
	var values []any
	if err := dec.Decode(&values); err != nil {
		return err
	}
	for i, name := range sc.DBNames {
		if values[i] == nil {
			continue
		}
		if err := setColumn(ctx, sc.FieldsByDBName[name], rec, fmt.Sprint(values[i])); err != nil {
			return fmt.Errorf("%s.%s: %w", sc.Table, name, err)
		}
	}
	return nil
}

func setColumn(ctx context.Context, f *schema.Field, rec reflect.Value, text string) error {
	if f.Serializer != nil {
		return f.Serializer.Scan(ctx, f, rec, text)
	}
	v := f.ReflectValueOf(ctx, rec)
	if at, ok := v.Addr().Interface().(*time.Time); ok {
		return readTime(text, at)
	}
	if sc, ok := v.Addr().Interface().(sql.Scanner); ok {
		return sc.Scan([]byte(text))
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer: // members.id_hash
		v.Set(reflect.ValueOf(&text))
	case reflect.Int:
		n, err := strconv.Atoi(text)
		v.SetInt(int64(n))
		return err
	default:
		return fmt.Errorf("cannot read a %s", v.Type())
	}
	return nil
}

// readTime reads an instant as the databases write it into JSON: UTC, with more or
// less of the fraction and of the zone.
func readTime(text string, at *time.Time) error {
	text = strings.Replace(text, " ", "T", 1)
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999 -0700 MST", "2006-01-02T15:04:05.999999999"} {
		if t, err := time.ParseInLocation(layout, text, time.UTC); err == nil {
			*at = t.UTC()
			return nil
		}
	}
	return fmt.Errorf("not an instant: %q", text)
}
