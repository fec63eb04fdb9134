package zh

import "strings"

// halfAt reads 半亩, 半年, 半个月, 一半, 大半.
func halfAt(r []rune, i int, want Dim) (found, bool) {
	if n := anyAt(r, i, "一半", "大半", "多半", "小半", "对半"); n > 0 && strings.ContainsRune("一大多小对", r[i]) {
		if _, unit := unitAt(r, i+n, want); !unit {
			v := span3{50 * One, 50 * One, 50 * One}
			switch r[i] {
			case '大', '多':
				v = span3{50 * One, 70 * One, 90 * One}
			case '小':
				v = span3{10 * One, 30 * One, 50 * One}
			}
			if sign(r, i+n) == '天' || sign(r, i+n) == '夜' {
				return found{}, false
			}
			return found{v: v, dim: Percent, canon: "%", start: i, end: i + n, approx: v.lo != v.hi}, true
		}
	}
	start, v := i, exact(One/2)
	if sign(r, i) == '大' && sign(r, i+1) == '半' || sign(r, i) == '小' && sign(r, i+1) == '半' {
		v = span3{One / 2, One * 7 / 10, One}
		if r[i] == '小' {
			v = span3{One / 5, One * 4 / 10, One / 2}
		}
		i++
	}
	if sign(r, i) != '半' {
		return found{}, false
	}
	j := i + 1
	u, ok := unitAt(r, j, want)
	if ok && u.canon == "个" {
		ok = j+1 == len(r) // 半个 alone
	}
	if !ok && sign(r, j) == '个' {
		u, ok = asMonth(r, j+1)
	}
	if !ok && j == len(r) && want != Plain {
		return found{v: v, start: start, end: j, bare: true}, true
	}
	if !ok || !divisible(u.dim) && u.dim != Months && u.canon != "个" || string(u.word) == "月" && sign(r, j) == '月' {
		return found{}, false
	}
	f := found{v: v.times(u.num, u.den), dim: u.dim, canon: u.canon, start: start, end: j + len(u.word)}
	if sign(r, j) == '个' && u.word[0] == '月' {
		f.end++
	}
	if u.dim == Years && want != Age && want != Years {
		f.v, f.dim, f.canon = v.times(12, 1), Months, Months.Unit()
	}
	if sign(r, f.end) == '多' {
		f.v, f.approx, f.end = span3{f.v.mid, f.v.mid * 5 / 4, f.v.mid * 3 / 2}, true, f.end+1
	}
	f.approx = f.approx || v.lo != v.hi
	return f.rate(r), true
}

// looseUnitAt reads 亩把, 个把月, 斤把, 里把路, 块把钱, 年把, 亩多.
func looseUnitAt(r []rune, i int, want Dim) (found, bool) {
	tail := sign(r, i+1)
	if tail != '把' && tail != '多' || !strings.ContainsRune("亩个斤里块年吨担分天岁", r[i]) {
		return found{}, false
	}
	if p := sign(r, i-1); isDigit(p) || p == '半' || unitOf(p) > 0 || strings.ContainsRune("几多", p) && p != 0 {
		return found{}, false
	}
	if _, digit := digitOf(sign(r, i-1)); digit {
		return found{}, false
	}
	v := span3{One * 8 / 10, One, One * 3 / 2}
	if tail == '多' {
		v = span3{One, One * 3 / 2, 2 * One}
	}
	f := found{approx: true, start: i, end: i + 2}
	u, ok := unitAt(r[:i+1], i, want)
	if r[i] == '个' {
		u, ok = unitAt(r, i+2, want)
		if !ok {
			u, ok = asMonth(r, i+2)
		}
		if ok {
			f.end += len(u.word)
		} else if tail == '把' {
			u, ok = unit{dim: Count, canon: "个", num: 1, den: 1}, true
		}
	}
	if !ok || tail == '多' && !strings.ContainsRune("亩年斤里", r[i]) {
		return found{}, false
	}
	f.v, f.dim, f.canon = v.times(u.num, u.den), u.dim, u.canon
	return f.rate(r), true
}

// shareAt reads 三分之二 and 百分之五十 as per cent, 1/2 as a fraction.
func shareAt(r []rune, i int, want Dim) (found, bool) {
	n, ok := fractionAt(r, i)
	if !ok {
		return found{}, false
	}
	f := found{v: n.v, approx: n.approx, start: i, end: n.end, bare: true, n: n}
	if want == Percent || hasAt(r, i, "百分之") || want == Plain && strings.ContainsRune(string(r[i:n.end]), '之') {
		f.v, f.dim, f.canon, f.bare = n.v.times(100, 1), Percent, "%", false
		return f, true
	}
	return f.withUnit(r, want), true
}

// ordinalAt reads 第三, 第三次, 第2组.
func ordinalAt(r []rune, i int) (found, bool) {
	n, ok := numeralAt(r, i+1)
	if !ok || n.approx {
		return found{}, false
	}
	f := found{v: n.v, dim: Ordinal, start: i, end: n.end, n: n}
	if u, ok := unitAt(r, n.end, Ordinal); ok {
		f.canon = string(u.word)
		if u.dim == Ordinal {
			f.canon = u.canon
		}
		f.end += len(u.word)
	} else if hasAt(r, n.end, "季度") {
		f.dim, f.end = Calendar, n.end+2
	}
	return f, true
}

// perWords are the bases of rates; longest first.
var perWords = []string{"个月", "平方米", "平方", "公里", "公斤", "年", "月", "天", "日", "人", "户", "亩", "头", "只", "羽", "匹", "箱", "棵", "株", "斤", "次", "口", "生", "学期", "学年"}

// canonical per: 个月 is 月, 日 is 天.
func perWord(r []rune, i int) (string, int) {
	for _, w := range perWords {
		if hasAt(r, i, w) {
			n := len([]rune(w))
			switch w {
			case "个月":
				w = "月"
			case "日":
				w = "天"
			case "口", "生":
				w = "人"
			}
			return w, n
		}
	}
	return "", 0
}

// rate reads the base of a rate behind an amount: 8000/年, 300元每亩.
func (f found) rate(r []rune) found {
	if f.dim == Ordinal || f.dim == Calendar {
		return f
	}
	if c := sign(r, f.end); c == '/' || c == '每' {
		if w, n := perWord(r, f.end+1); n > 0 {
			f.per = w
			f.end += 1 + n
		}
	}
	return f
}
