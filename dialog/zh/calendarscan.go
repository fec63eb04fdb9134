package zh

import "strings"

// calendarAt recognises that a number belongs to a date: 19年, 三月, 15号,
// 2018.10.31, 20181031, 三季度, 周五.
func calendarAt(r []rune, i int) (found, bool) {
	prev := sign(r, i-1)
	n, ok := numeralAt(r, i)
	if hasAt(r, i, "第") || !ok {
		return found{}, false
	}
	f := found{v: n.v, dim: Calendar, start: i, end: n.end, n: n}
	if n.arabic {
		if end := numericDate(r, i); end > 0 {
			f.end = end
			return f, true
		}
	}
	if n.signs == 1 && (prev == '期' || prev == '周' || prev == '拜') && endsAt(r, i, "星期", "礼拜", "周") > 0 && sign(r, i-2) != '一' {
		return f, n.v.mid <= 7*One
	}
	if prev == '初' && n.v.mid <= 10*One && !measureAt(r, n.end) {
		return f, true
	}
	whole, isInt := n.v.mid.Int()
	if !isInt || n.approx && sign(r, n.end) != '月' {
		return f, false
	}
	switch sign(r, n.end) {
	case '年':
		return f.yearPart(r, whole)
	case '月':
		return f.monthPart(r, whole)
	case '日', '号':
		if next := sign(r, n.end+1); whole < 1 || whole > 31 || next != 0 && strings.ContainsRune("楼房门院线子常人单", next) {
			return f, false
		}
		f.end++
		return f, true
	case '季':
		f.end = n.end + 1 + anyAt(r, n.end+1, "度")
		return f, whole >= 1 && whole <= 4 && f.end == n.end+2 && sign(r, i) != '两'
	case '点', '时':
		f.end += 1 + anyAt(r, n.end+1, "钟", "半")
		return f, whole <= 24 && !n.approx && sign(r, n.end+1) != '五' && sign(r, n.end+1) != '点'
	}
	if prev == '月' && whole >= 1 && whole <= 31 && !measureAt(r, n.end) {
		return f, n.signs <= 3
	}
	return f, false
}

// numericDate is the end of 2018.10.31, 2018-10, 2018/10/31 or 20181031 at i.
func numericDate(r []rune, i int) int {
	end := digitsEnd(r, i)
	if end-i == 8 && !isHan(sign(r, end)) && !isDigit(sign(r, end)) {
		y, m, d := numberOf(r[i:i+4]), numberOf(r[i+4:i+6]), numberOf(r[i+6:i+8])
		if y >= 1900 && y < 2100 && validDay(y, m, d) {
			return end
		}
	}
	if end-i == 2 && numberOf(r[i:end]) >= 13 { // 19.6.30
		return shortDate(r, end)
	}
	if end-i != 4 || numberOf(r[i:end]) < 1900 || numberOf(r[i:end]) > 2099 {
		return 0
	}
	sep := sign(r, end)
	if sep == 0 || !strings.ContainsRune(".-/", sep) {
		return 0
	}
	me := digitsEnd(r, end+1)
	if m := numberOf(r[end+1 : me]); me-end-1 > 2 || m < 1 || m > 12 {
		return 0
	}
	if sign(r, me) == sep {
		if de := digitsEnd(r, me+1); de > me+1 && de-me-1 <= 2 {
			return de
		}
	}
	return me
}

// shortDate is the end of the month and the day behind a year of two digits, 0
// when they are not both there.
func shortDate(r []rune, end int) int {
	sep := sign(r, end)
	if sep != '.' && sep != '/' {
		return 0
	}
	me := digitsEnd(r, end+1)
	if m := numberOf(r[end+1 : me]); me == end+1 || me-end > 3 || m < 1 || m > 12 || sign(r, me) != sep {
		return 0
	}
	de := digitsEnd(r, me+1)
	if d := numberOf(r[me+1 : de]); de == me+1 || de-me > 3 || d < 1 || d > 31 {
		return 0
	}
	return de
}

// numberOf is the value of ASCII digits; 0 for none and for too many.
func numberOf(r []rune) int {
	v := 0
	if len(r) > 9 {
		return 0
	}
	for _, c := range r {
		v = v*10 + int(c-'0')
	}
	return v
}

// yearPart decides whether 19年 names a year.
func (f found) yearPart(r []rune, y int) (found, bool) {
	next := sign(r, f.end+1)
	if next == '级' {
		return f, false
	}
	row := f.n.arabic && f.n.signs == 2 || !f.n.multi && f.n.signs == 2
	switch {
	case y >= 1900 && y < 2100 && f.n.signs == 4:
	case row && (y >= 13 || sign(r, f.start) == '0' || sign(r, f.start) == '〇' || sign(r, f.start) == '零'):
		if next != 0 && strings.ContainsRune("半多来以内后了期限间", next) {
			return f, false
		}
		f.ambiguous = y%5 == 0
	default:
		return f, false
	}
	f.end++
	if n, ok := numeralAt(r, f.end); ok && sign(r, n.end) == '月' {
		m := found{v: n.v, n: n, end: n.end}
		if whole, isInt := n.v.mid.Int(); isInt {
			if g, ok := m.monthPart(r, whole); ok {
				f.end = g.end
			}
		}
	}
	return f, true
}

// monthPart reads 10月, 三月, 10月31日, 10月底, 三月初五.
func (f found) monthPart(r []rune, m int) (found, bool) {
	if m < 1 || m > 12 {
		return f, false
	}
	f.end++
	f.end += anyAt(r, f.end, "份")
	if n := anyAt(r, f.end, "底前", "底", "初十", "中旬", "上旬", "下旬", "末"); n > 0 {
		f.end += n
		return f, true
	}
	j := f.end + anyAt(r, f.end, "初")
	n, ok := numeralAt(r, j)
	if !ok || n.approx {
		return f, true
	}
	d, isInt := n.v.mid.Int()
	if !isInt || d < 1 || d > 31 {
		return f, true
	}
	if c := sign(r, n.end); c == '日' || c == '号' {
		f.end = n.end + 1
	} else if j > f.end || !n.arabic && !measureAt(r, n.end) {
		f.end = n.end
	}
	return f, true
}

// validDay reports a day that exists in the Gregorian calendar.
func validDay(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}

// daysIn is the number of days of a month.
func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
