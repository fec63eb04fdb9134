package flows

import (
	"fmt"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// clockSaid reads an hour: 8点, 晚上7点半, 19:30, 下午三点一刻. said tells that an hour
// was meant; hm is "" when it is none.
func (t *talk) clockSaid(arg string) (hm string, said bool) {
	l := lex()
	s := strings.ReplaceAll(zh.Clean(arg), " ", "")
	for _, w := range l.RemindNoise {
		s = strings.ReplaceAll(s, w, "")
	}
	shift, s := partOfDay(s)
	hour, rest, ok := strings.Cut(s, ":")
	for _, mark := range l.HourMarks {
		if !ok {
			hour, rest, ok = strings.Cut(s, mark)
		}
	}
	if !ok {
		return "", false
	}
	h, ok := whole(hour)
	if !ok {
		return "", false
	}
	m, ok := minuteSaid(rest)
	if !ok || h > 24 || m > 59 {
		return "", true
	}
	if h < shift && shift > 0 && h <= 12 && (h != 12 || shift == evening) {
		h += 12
	}
	return fmt.Sprintf("%02d:%02d", h%24, m), true
}

// evening is the hour from which words of the afternoon count.
const evening = 12

// partOfDay takes 早上, 中午, 晚上 off; shift is below which hour twelve is added.
func partOfDay(s string) (shift int, rest string) {
	l := lex()
	for _, w := range l.HourEvening {
		if rest, ok := strings.CutPrefix(s, w); ok {
			return evening, rest
		}
	}
	if rest, ok := strings.CutPrefix(s, l.HourNoon); ok {
		return noonTo, rest
	}
	for _, w := range l.HourMorning {
		if rest, ok := strings.CutPrefix(s, w); ok {
			return 0, rest
		}
	}
	return 0, s
}

// noonTo: 中午1点 is 13:00, 中午11点 is 11:00.
const noonTo = 4

// minuteSaid reads what stands behind the hour: nothing, 半, 一刻, 30, 二十分.
func minuteSaid(s string) (int, bool) {
	l := lex()
	switch s = strings.TrimSuffix(s, l.HourMinute); s {
	case "":
		return 0, true
	case l.HourHalf:
		return 30, true
	case l.HourQuarter:
		return 15, true
	}
	return whole(s)
}

// whole reads a whole number of at most two digits.
func whole(s string) (int, bool) {
	n, ok := zh.Number(s)
	if !ok || n.Approx {
		return 0, false
	}
	i, ok := n.Value.Int()
	return i, ok && i >= 0 && i <= 99
}

// afternoon is the same hour twelve hours later, when that is a decent one.
func afternoon(hm string) string {
	if later := fmt.Sprintf("%02d%s", atoi(hm[:2])+12, hm[2:]); hm < models.QuietTo && later < models.QuietFrom && later >= "12:00" {
		return later
	}
	return ""
}

// hourSaid is an hour as people say it: 早上8点, 晚上7点30分.
func (t *talk) hourSaid(hm string) string {
	h, m := atoi(hm[:2]), atoi(hm[3:])
	key := "hour.morning"
	switch {
	case h >= 18:
		key = "hour.evening"
	case h > 12:
		key = "hour.afternoon"
	case h >= 11:
		key = "hour.noon"
	}
	if h > 12 {
		h -= 12
	}
	minutes := ""
	if m > 0 {
		minutes = t.texts.Say("hour.minutes", "m", itoa(m))
	}
	return t.texts.Say(key, "h", itoa(h)) + minutes
}
