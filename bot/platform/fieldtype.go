package platform

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fieldTypes are the checks of wechat.md §1.8 by the type that a key begins
// with. Han inside a pattern is written as \p{Han}; lengths are characters.
var fieldTypes = map[string]*regexp.Regexp{
	"thing":            regexp.MustCompile(`^[^\n\r]{1,20}$`),
	"character_string": regexp.MustCompile(`^[\x20-\x7e]{1,32}$`),
	"phrase":           regexp.MustCompile(`^\p{Han}{1,5}$`),
	"const":            regexp.MustCompile(`^[^\n\r]{1,20}$`),
	"short_thing":      regexp.MustCompile(`^[^\n\r]{1,20}$`),
	"number":           regexp.MustCompile(`^-?\d{1,32}(\.\d+)?$`),
	"letter":           regexp.MustCompile(`^[A-Za-z]{1,32}$`),
	"symbol":           regexp.MustCompile(`^[\pS\pP]{1,5}$`),
	"amount":           regexp.MustCompile(`^\p{Sc}?\d{1,10}(\.\d+)?\x{5143}?$`),
	"time":             timePattern,
	"date":             timePattern,
	"phone_number":     regexp.MustCompile(`^[\d+\-() ]{1,17}$`),
	"car_number":       regexp.MustCompile(`^[\p{Han}A-Z0-9]{1,8}$`),
	"name":             regexp.MustCompile(`^(\p{Han}{1,10}|[A-Za-z .·]{1,20})$`),
}

// A day, a clock time, or both, or two of them with ~ between:
// 2019年10月1日 15:01, 2019-10-01, 15:01:05, 08:00~12:00.
const (
	dayPattern   = `\d{4}(\x{5e74}\d{1,2}\x{6708}\d{1,2}\x{65e5}|[-/.]\d{1,2}[-/.]\d{1,2})`
	clockPattern = `([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
	pointPattern = `(` + dayPattern + `( ?` + clockPattern + `)?|` + clockPattern + `)`
)

var (
	timePattern = regexp.MustCompile(`^` + pointPattern + `( ?~ ?` + pointPattern + `)?$`)
	keyPattern  = regexp.MustCompile(`^([a-z_]+?)\d*$`)
)

// dropped reports the fields that are not shown any more since 2023-05-04.
func dropped(key string) bool { return key == "first" || key == "remark" }

// historyLimit is the length at which fields of history templates are cut.
const historyLimit = 20

// checkField returns the value as it is shown, or 47003 when the platform
// would refuse it. Fields of history templates (keyword1, …) are cut without
// a word; those of category templates are checked by their type.
func checkField(key, value string) (string, *apiError) {
	match := keyPattern.FindStringSubmatch(key)
	if match == nil || fieldTypes[match[1]] == nil {
		return cutHistory(value), nil
	}
	if value == "" {
		return "", &apiError{code: 47003, detail: fmt.Sprintf("data.%s.value is empty", key)}
	}
	if !utf8.ValidString(value) || !fieldTypes[match[1]].MatchString(value) {
		return "", &apiError{code: 47003, detail: fmt.Sprintf("data.%s.value invalid", key)}
	}
	return value, nil
}

// cutHistory drops line breaks and what stands behind the 20th character,
// where a run of Latin letters and digits counts as one (wechat.md §1.8).
func cutHistory(value string) string {
	value = strings.NewReplacer("\r", "", "\n", "").Replace(value)
	count, inWord := 0, false
	for at, r := range value {
		word := r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if !word || !inWord {
			count++
		}
		inWord = word
		if count > historyLimit {
			return value[:at]
		}
	}
	return value
}
