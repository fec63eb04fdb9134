package zh

import (
	"strings"
	"time"
)

// ReadYear reads a year: 2019, 19年, 19, 明年, 二〇一九, 前年. Two digits are the
// year of this century up to ten years ahead, otherwise of the last one.
func ReadYear(s string, now time.Time) (int, bool) {
	r, _ := stripDate(read(s).r)
	p := dateParser{r: r, now: now, today: DateOf(now)}
	if y, ok := p.relativeYear(); ok && p.done() {
		return y, true
	}
	p.i = 0
	if y, ok := p.yearNumber(); ok && p.done() {
		return y, true
	}
	if n, ok := yearAt(r, 0); ok && n.end == len(r) {
		y := int(n.v.mid / One)
		if n.signs == 2 {
			y = p.century(y)
		}
		return y, true
	}
	return 0, false
}

// zodiac animals; the year they stand for repeats every twelve years.
const zodiac = "鼠牛虎兔龙蛇马羊猴鸡狗猪"

// ReadBirth reads a birth date or an age: 1966年3月, 72年生, 六六年, 1966.3.5,
// 539901196603050016-like dates (19660305), 52岁, 52 (an age). Ages give a year
// with Approx and Relative set; months of age (8个月) give a month. An animal
// sign alone (属龙) is AskYear. Years of two digits are never in the future, and
// nobody is older than 125.
func ReadBirth(s string, now time.Time) (Date, DateProblem) {
	r, _ := stripDate(read(s).r)
	for n := anyAt(r, 0, birthHeads...); n > 0 && n < len(r); n = anyAt(r, 0, birthHeads...) {
		r = r[n:]
	}
	today := DateOf(now)
	if len(r) > 1 && r[0] == '属' && strings.ContainsRune(zodiac, r[1]) || len(r) == 1 && strings.ContainsRune(zodiac, r[0]) {
		return Date{}, AskYear
	}
	if d, ok := bornByAge(r, now); ok {
		d.Said = Clean(s)
		return d, DateOK
	}
	d, problem := bornOn(r, now)
	if problem != DateOK {
		return Date{}, problem
	}
	if d.First().After(today.First()) || d.Year < today.Year-125 {
		return Date{}, DateImpossible
	}
	d.Said = Clean(s)
	return d, DateOK
}

var birthHeads = []string{"出生日期", "出生年月", "出生于", "出生", "生日是", "生日", "生于", "年龄", "今年有", "今年", "现在", "已经", "满", "男", "女", ":", ",", "是", "快", "虚岁", "周岁", "实岁", "有", "属于"}

// bornOn reads a date of birth; two digits of a year lie in the past.
func bornOn(r []rune, now time.Time) (Date, DateProblem) {
	past := string(r)
	if n, ok := yearAt(r, 0); ok && n.signs == 2 && (sign(r, n.end) == '年' || sign(r, n.end) == '后' || sign(r, n.end) == '.' || sign(r, n.end) == '-') {
		y := now.Year()/100*100 + int(n.v.mid/One)
		if y > now.Year() {
			y -= 100
		}
		past = Whole(y).String() + string(r[n.end:])
		if sign(r, n.end) == '后' { // 80后
			return Date{Year: y, Precision: Year, Approx: true}, DateOK
		}
	}
	return ReadDateLean(past, now, Past)
}

// bornByAge turns an age into a year of birth, or into a month for babies.
func bornByAge(r []rune, now time.Time) (Date, bool) {
	t := text{src: string(r), r: r, at: make([]int, len(r))}
	f, ok := wholeQuantity(t, Plain)
	if !ok {
		if f, ok = measuredAt(r, 0, Age); !ok || f.end != len(r) || f.bare {
			return Date{}, false
		}
	}
	switch {
	case f.bare && (f.v.hi > 120*One || f.v.lo < 0 || f.v.lo != f.v.hi && f.n.arabic || f.v.mid%One != 0 && !f.approx):
		return Date{}, false
	case f.bare, f.dim == Age:
		if f.v.hi > 125*One {
			return Date{}, false
		}
		if f.v.mid < One*2 && f.v.mid%One != 0 {
			at := DateOf(addMonths(now, -int(f.v.mid*12/One)))
			return Date{Year: at.Year, Month: at.Month, Precision: Month, Approx: true, Relative: true}, true
		}
		return Date{Year: now.Year() - int(f.v.mid/One), Precision: Year, Approx: true, Relative: true}, true
	case f.dim == Months && f.v.mid <= 36*One:
		at := DateOf(addMonths(now, -int(f.v.mid/One)))
		return Date{Year: at.Year, Month: at.Month, Precision: Month, Approx: true, Relative: true}, true
	case f.dim == Days && f.v.mid <= 400*One:
		at := DateOf(now.AddDate(0, 0, -int(f.v.mid/One)))
		return Date{Year: at.Year, Month: at.Month, Precision: Month, Approx: true, Relative: true}, true
	}
	return Date{}, false
}
