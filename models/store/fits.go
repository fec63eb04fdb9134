package store

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// maxDec is the largest number a decimal(14,2) column takes, in hundredths.
const maxDec = 99_999_999_999_999

// fits refuses what a column cannot hold: invalid with Key "too_long" or
// "too_big" and the Path of the field. MySQL would refuse it with the value in
// the message; SQLite would take it and the two would differ.
func fits(record string, rec any) error {
	v := reflect.ValueOf(rec).Elem()
	for _, l := range limitsOf(v.Type()) {
		f := v.Field(l.index)
		key := ""
		if d, ok := f.Interface().(models.Dec); ok && (d.N() > maxDec || d.N() < -maxDec) {
			key = "too_big"
		} else if l.runes > 0 && utf8.RuneCountInString(textOf(f)) > l.runes {
			key = "too_long"
		} else if l.sealed > 0 && len(textOf(f)) > l.sealed {
			key = "too_long"
		} else if !utf8.ValidString(textOf(f)) {
			key = "not_text"
		}
		if key != "" {
			return &models.Error{Code: models.Invalid, Op: "check " + record, Key: key, Path: record + "." + l.key}
		}
	}
	return nil
}

// limit is what one field may hold: so many characters, or so many bytes before
// they are sealed.
type limit struct {
	index, runes, sealed int
	key                  string
}

var limits sync.Map // reflect.Type → []limit; a cache, the tags never change

func limitsOf(t reflect.Type) []limit {
	if l, ok := limits.Load(t); ok {
		return l.([]limit)
	}
	var out []limit
	for i := range t.NumField() {
		f := t.Field(i)
		l := limit{index: i, key: f.Tag.Get("key")}
		if l.key == "" {
			l.key = strings.ToLower(f.Name)
		}
		size := sizeOf(f.Tag.Get("gorm"))
		if strings.Contains(f.Tag.Get("gorm"), "serializer:sealed") {
			l.sealed = size*3/4 - sealedExtra
		} else {
			l.runes = size
		}
		if size > 0 || f.Type == reflect.TypeFor[models.Dec]() {
			out = append(out, l)
		}
	}
	limits.Store(t, out)
	return out
}

// sealedExtra is what sealing adds to a value: version, key id (16 at most),
// nonce and tag.
const sealedExtra = 2 + seal.MaxID + 12 + 16

func sizeOf(tag string) int {
	for part := range strings.SplitSeq(tag, ";") {
		if n, ok := strings.CutPrefix(part, "size:"); ok {
			size, _ := strconv.Atoi(n)
			return size
		}
	}
	return 0
}

func textOf(f reflect.Value) string {
	if m, ok := f.Interface().(encoding.TextMarshaler); ok {
		b, err := m.MarshalText()
		if err != nil {
			return fmt.Sprint(err)
		}
		return string(b)
	}
	if f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}
