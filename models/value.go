package models

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Dec is a number with two decimals that may be unknown: 亩, 元, ㎡, 公里.
// The zero Dec is unknown, which is not the same as 0 (domain.md §1.3: 不得空).
type Dec struct {
	n     int64 // hundredths
	known bool
}

// DecOf rounds f to hundredths.
func DecOf(f float64) Dec { return Dec{n: int64(math.Round(f * 100)), known: true} }

// Hundredths makes a known Dec of n hundredths.
func Hundredths(n int64) Dec { return Dec{n: n, known: true} }

// ParseDec reads canonical text such as "3.5"; "" is unknown.
func ParseDec(s string) (Dec, error) {
	if s == "" {
		return Dec{}, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 9e14 {
		return Dec{}, fmt.Errorf("not a number: %q", s)
	}
	return DecOf(f), nil
}

// Known reports whether a value was given.
func (d Dec) Known() bool { return d.known }

// Float is the value, 0 when unknown.
func (d Dec) Float() float64 { return float64(d.n) / 100 }

// N is the value in hundredths, 0 when unknown.
func (d Dec) N() int64 { return d.n }

// Add sums two values; unknown counts as 0, two unknowns stay unknown.
func (d Dec) Add(o Dec) Dec { return Dec{n: d.n + o.n, known: d.known || o.known} }

// Sub subtracts o; unknown counts as 0, two unknowns stay unknown.
func (d Dec) Sub(o Dec) Dec { return Dec{n: d.n - o.n, known: d.known || o.known} }

// String is canonical: no trailing zeros, "" when unknown.
func (d Dec) String() string {
	if !d.known {
		return ""
	}
	return strconv.FormatFloat(d.Float(), 'f', -1, 64)
}

// MarshalText gives the canonical text.
func (d Dec) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the canonical text.
func (d *Dec) UnmarshalText(b []byte) (err error) { *d, err = ParseDec(string(b)); return err }

// Value stores the canonical text, NULL when unknown.
func (d Dec) Value() (driver.Value, error) {
	if !d.known {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads DECIMAL of MySQL (bytes) and NUMERIC of SQLite (float or integer).
func (d *Dec) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*d = Dec{}
	case float64:
		*d = DecOf(v)
	case int64:
		*d = Dec{n: v * 100, known: true}
	case []byte:
		*d, err = ParseDec(string(v))
	case string:
		*d, err = ParseDec(v)
	default:
		err = fmt.Errorf("scan %T into Dec", v)
	}
	return err
}

// Int is a whole number that may be unknown: years, months, counts.
type Int struct {
	n     int
	known bool
}

// IntOf makes a known Int.
func IntOf(n int) Int { return Int{n: n, known: true} }

// ParseInt reads canonical text; "" is unknown.
func ParseInt(s string) (Int, error) {
	if s == "" {
		return Int{}, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return Int{}, fmt.Errorf("not a whole number: %q", s)
	}
	return IntOf(n), nil
}

// Known reports whether a value was given.
func (i Int) Known() bool { return i.known }

// N is the value, 0 when unknown.
func (i Int) N() int { return i.n }

// String is canonical, "" when unknown.
func (i Int) String() string {
	if !i.known {
		return ""
	}
	return strconv.Itoa(i.n)
}

// MarshalText gives the canonical text.
func (i Int) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the canonical text.
func (i *Int) UnmarshalText(b []byte) (err error) { *i, err = ParseInt(string(b)); return err }

// Value stores the number, NULL when unknown.
func (i Int) Value() (driver.Value, error) {
	if !i.known {
		return nil, nil
	}
	return int64(i.n), nil
}

// Scan reads an integer column.
func (i *Int) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*i = Int{}
	case int64:
		*i = IntOf(int(v))
	case []byte:
		*i, err = ParseInt(string(v))
	default:
		err = fmt.Errorf("scan %T into Int", v)
	}
	return err
}

// Tri is yes, no, or not known (the zero value).
type Tri string

// The known answers of a Tri.
const (
	Yes Tri = "yes"
	No  Tri = "no"
)

// TriOf is Yes or No.
func TriOf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// Known reports whether a value was given.
func (t Tri) Known() bool { return t != "" }

// Set is a list of codes without order or repeats, such as 健康状况.
// Its text is comma-joined; the empty Set is unknown (「无」 is a code of its own).
type Set []string

// Has reports whether code is in the set.
func (s Set) Has(code string) bool {
	for _, c := range s {
		if c == code {
			return true
		}
	}
	return false
}

// Known reports whether a value was given.
func (s Set) Known() bool { return len(s) > 0 }

// String joins the codes with commas.
func (s Set) String() string { return strings.Join(s, ",") }

// ParseSet splits comma-joined codes.
func ParseSet(t string) Set {
	if t == "" {
		return nil
	}
	return strings.Split(t, ",")
}

// MarshalText gives the canonical text.
func (s Set) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the canonical text.
func (s *Set) UnmarshalText(b []byte) error { *s = ParseSet(string(b)); return nil }

// Value stores the canonical text.
func (s Set) Value() (driver.Value, error) { return s.String(), nil }

// Scan reads a text column.
func (s *Set) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s = nil
	case []byte:
		*s = ParseSet(string(v))
	case string:
		*s = ParseSet(v)
	default:
		return fmt.Errorf("scan %T into Set", v)
	}
	return nil
}

// Date is ISO text of the precision that is known: "2018", "2018-10" or
// "2018-10-31"; "" is unknown. ISO text of equal precision compares as text.
type Date string

// Known reports whether a value was given.
func (d Date) Known() bool { return d != "" }

// Year is the year, 0 when unknown.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(d[:4]))
	return y
}

// AgeOn is the age in full years on the ISO day at, -1 when the birth date is
// unknown. A birth date known to the year or month only counts as reached.
func (d Date) AgeOn(at Date) int {
	if d.Year() == 0 || at.Year() == 0 {
		return -1
	}
	age := at.Year() - d.Year()
	n := min(len(d), len(at))
	if n > 5 && at[5:n] < d[5:n] {
		age--
	}
	return age
}
