package models

import (
	_ "embed"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Kind says what values a field takes and so how it is asked, read and shown.
type Kind string

// The kinds of fields.
const (
	KindText       Kind = "text"
	KindName       Kind = "name"
	KindCode       Kind = "code"  // one of the code list Codes
	KindCodes      Kind = "codes" // several of the code list Codes
	KindYesNo      Kind = "yesno"
	KindInt        Kind = "int"
	KindNumber     Kind = "number" // a decimal whose unit is another field
	KindYear       Kind = "year"
	KindMonths     Kind = "months" // 0–12
	KindMoney      Kind = "money"  // 元
	KindArea       Kind = "area"   // 亩
	KindFloor      Kind = "floor"  // ㎡
	KindKm         Kind = "km"     // 公里
	KindDate       Kind = "date"
	KindID         Kind = "idno"
	KindPhone      Kind = "phone"
	KindBank       Kind = "bankno"
	KindStock      Kind = "stock"      // "pig:2,chicken:15"; species are the code list "species"
	KindIndustries Kind = "industries" // "核桃15亩,洋芋2亩"
)

// Field is one entry of the dictionary: the meaning of one key of one record.
type Field struct {
	Record string   `json:"record"` // household member condition income …
	Key    string   `json:"key"`
	Label  string   `json:"label"`
	Kind   Kind     `json:"kind"`
	Codes  string   `json:"codes,omitempty"`
	Need   string   `json:"need"` // must, may, or when: needed under a condition (domain.md §1, column 必)
	Secret bool     `json:"secret,omitempty"`
	Also   []string `json:"also,omitempty"` // other words cadres use for it
}

// Path is the field's name in a conversation: record, dot, key.
func (f Field) Path() string { return f.Record + "." + f.Key }

//go:embed fields.json
var fieldsJSON []byte

var loadFields = sync.OnceValues(func() ([]Field, map[string]*Field) {
	var fs []Field
	if err := json.Unmarshal(fieldsJSON, &fs); err != nil {
		panic("models/fields.json: " + err.Error())
	}
	by := make(map[string]*Field, len(fs))
	for i := range fs {
		by[fs[i].Path()] = &fs[i]
	}
	return fs, by
})

// Fields is the whole dictionary in its order.
func Fields() []Field { fs, _ := loadFields(); return fs }

// FieldsOf are the entries of some records, in the dictionary's order.
func FieldsOf(records ...string) []Field {
	var out []Field
	for _, f := range Fields() {
		if slices.Contains(records, f.Record) {
			out = append(out, f)
		}
	}
	return out
}

// BaseRecords are the records of 家底, which the sentences of a visit are about.
var BaseRecords = []string{"household", "member", "condition", "income"}

// FieldAt is the entry of a path such as "condition.farm", nil when there is none.
func FieldAt(path string) *Field { _, by := loadFields(); return by[path] }

// slots maps the key tags of a record type to its struct fields, and lists lists
// them: both are asked for several times in every turn.
var slots, lists sync.Map // reflect.Type → map[string]int, *keyList

func slotsOf(t reflect.Type) map[string]int {
	if m, ok := slots.Load(t); ok {
		return m.(map[string]int)
	}
	m := make(map[string]int)
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("key"); k != "" {
			m[k] = i
		}
		if k := t.Field(i).Tag.Get("kept"); k != "" {
			m[keptPrefix+k] = i
		}
	}
	slots.Store(t, m)
	return m
}

// keptPrefix begins the keys of fields tagged kept: what nobody types (the
// measure a fund belongs to, the order of causes), but a history that can be put
// back has to hold. The dictionary has no such keys.
const keptPrefix = "_"

// Kept reports whether a key of a change is one nobody typed.
func Kept(key string) bool { return strings.HasPrefix(key, keptPrefix) }

// Keys are the field keys of a record (a pointer to a struct), in the order of
// its declaration. The list is shared: do not change it.
func Keys(rec any) []string { return keysOf(reflect.TypeOf(rec).Elem()).keys }

// keyList are the keys of a record type, each with the place of its struct field.
type keyList struct {
	keys []string
	at   []int
}

func keysOf(t reflect.Type) *keyList {
	if known, ok := lists.Load(t); ok {
		return known.(*keyList)
	}
	out := &keyList{}
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("key"); k != "" {
			out.keys, out.at = append(out.keys, k), append(out.at, i)
		}
	}
	lists.Store(t, out)
	return out
}

// Traced are the keys a change of rec can name: Keys and those of kept fields.
func Traced(rec any) []string {
	out, t := slices.Clip(Keys(rec)), reflect.TypeOf(rec).Elem() // Keys are shared: an append must not write behind them
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("kept"); k != "" {
			out = append(out, keptPrefix+k)
		}
	}
	return out
}

// Value is the canonical text of a field of rec, "" when it is unknown or rec
// has no such field. rec is a pointer to a record.
func Value(rec any, key string) string {
	v := reflect.ValueOf(rec).Elem()
	i, ok := slotsOf(v.Type())[key]
	if !ok {
		return ""
	}
	f := v.Field(i)
	if m, ok := f.Interface().(encoding.TextMarshaler); ok {
		b, _ := m.MarshalText()
		return string(b)
	}
	if f.Kind() == reflect.Int {
		return strconv.FormatInt(f.Int(), 10)
	}
	return f.String() // every other field is of a string type
}

// SetValue puts canonical text into a field of rec; "" makes it unknown.
// Returns invalid when the text is no value of the field's type, not_found when
// rec has no such field.
func SetValue(rec any, key, text string) error {
	v := reflect.ValueOf(rec).Elem()
	i, ok := slotsOf(v.Type())[key]
	if !ok {
		return E(NotFound, "set field "+key, nil)
	}
	return setField(v.Field(i), key, text)
}

// SetValues is SetValue for all Keys of rec that values has a text for, in their order.
func SetValues(rec any, values func(key string) (text string, ok bool)) error {
	v := reflect.ValueOf(rec).Elem()
	known := keysOf(v.Type())
	for i, key := range known.keys {
		text, ok := values(key)
		if !ok {
			continue
		}
		if err := setField(v.Field(known.at[i]), key, text); err != nil {
			return err
		}
	}
	return nil
}

func setField(f reflect.Value, key, text string) error {
	if text == "" {
		f.SetZero()
		return nil
	}
	if u, ok := f.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(text)); err != nil {
			return E(Invalid, "set field "+key, err)
		}
		return nil
	}
	if f.Kind() == reflect.String {
		f.SetString(text)
		return nil
	}
	if f.Kind() != reflect.Int {
		return E(Internal, "set field "+key, fmt.Errorf("unsupported type %s", f.Type()))
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return E(Invalid, "set field "+key, err)
	}
	f.SetInt(int64(n))
	return nil
}

// Edit is one field that differs between two versions of a record.
type Edit struct{ Key, Old, New string }

// Diff lists the fields, kept ones included, in which two records of the same
// type differ.
func Diff(old, now any) []Edit {
	var out []Edit
	for _, k := range Traced(now) {
		if a, b := Value(old, k), Value(now, k); a != b {
			out = append(out, Edit{k, a, b})
		}
	}
	return out
}
