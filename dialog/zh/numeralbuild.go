package zh

import "strings"

// number builder: total holds closed 万/亿 sections, section the open one, cur
// the digit that waits for its unit.
type builder struct {
	r              []rune
	i              int
	total, section span3
	cur            span3
	has            bool // cur is set
	plain          bool // cur is one digit: 三千五 may mean 500
	arabic         bool // cur is written in ASCII digits
	unit           Dec  // the last unit read, 0 at first
	topped         Dec  // the last 万 or 亿 read
	curAt          int  // where cur begins
	zero           bool // a 零 stands before cur
	multi, approx  bool
	vague, fuzzed  bool
	bad            bool
}

// numeralAt reads the longest number that starts at sign i.
func numeralAt(r []rune, i int) (numeral, bool) {
	b := builder{r: r, i: i}
	if !b.opening() {
		return numeral{}, false
	}
	for b.i < len(r) && b.step() {
	}
	if b.bad || b.i == i {
		return numeral{}, false
	}
	return b.close(i)
}

// opening reads forms that only a number's first signs can have.
func (b *builder) opening() bool {
	c, next := sign(b.r, b.i), sign(b.r, b.i+1)
	u := unitOf(next)
	switch {
	case c == '好' && next == '几', c == '大' && next == '几', c == '小' && next == '几':
		low, mid, high := Dec(3), Dec(6), Dec(9)
		if c == '大' {
			low, mid, high = 5, 7, 9
		} else if c == '小' {
			low, mid, high = 2, 3, 4
		}
		b.cur, b.has, b.approx = span3{low * One, mid * One, high * One}, true, true
		b.i += 2
		return c == '好' || unitOf(sign(b.r, b.i)) > 0
	case (c == '上' || c == '成') && u >= 100 && !strings.ContainsRune("乡县村省街路车山身早晚马组", sign(b.r, b.i-1)):
		b.cur, b.has, b.approx = span3{One, One, 2 * One}, true, true
		b.i++
		return true
	case c == '头' && u == 10:
		b.approx = true
		b.i++
		return true
	}
	return b.bare(c, next)
}

// bare reads numbers that begin with a unit: 千把, 百多, 百十, 千八百.
func (b *builder) bare(c, next rune) bool {
	u := unitOf(c)
	if u < 100 {
		_, digit := digitOf(c)
		return digit || u == 10 || isDigit(c) || strings.ContainsRune("廿卅卌几数", c)
	}
	third := sign(b.r, b.i+2)
	switch {
	case next == '把' || next == '来' && measureAt(b.r, b.i+2) || next == '多':
		b.cur, b.has = exact(One), true
	case c == '百' && next == '十' && unitOf(third) == 0:
		b.section, b.approx, b.multi, b.fuzzed = span3{100 * One, 110 * One, 120 * One}, true, true, true
		b.unit = 10
		b.i += 2
		if sign(b.r, b.i) == '来' || sign(b.r, b.i) == '把' {
			b.i++
		}
	case next == '八' && unitOf(third)*10 == u:
		b.section = span3{u * 8 / 10 * One, u * 9 / 10 * One, u * One}
		b.approx, b.multi, b.fuzzed = true, true, true
		b.unit = 10
		b.i += 3
	default:
		return false
	}
	return true
}

// step reads one more sign or group; false when the number is over.
func (b *builder) step() bool {
	c := b.r[b.i]
	if !b.has {
		b.curAt = b.i
	}
	if b.fuzzed && unitOf(c) < 10_000 {
		return false
	}
	switch {
	case isDigit(c):
		return b.literal()
	case c == '廿' || c == '卅' || c == '卌':
		return b.twenty(c)
	case c == '几' || c == '数':
		return b.some(c)
	case unitOf(c) >= 10_000:
		return b.top(unitOf(c))
	case unitOf(c) > 0:
		return b.place(unitOf(c))
	case c == '点':
		return b.point()
	case c == 'k' || c == 'w':
		return b.latin(c)
	case c == '多' || c == '来' || c == '余' || c == '把':
		return b.fuzz(c)
	}
	if _, ok := digitOf(c); ok {
		return b.digits()
	}
	return false
}

// literal reads ASCII digits: 1200, 1,200, 3.5.
func (b *builder) literal() bool {
	if b.has {
		return false
	}
	end, whole, frac := literalAt(b.r, b.i)
	if len(whole) > 11 {
		b.bad = true
		return false
	}
	d, _ := ParseDec(whole)
	b.cur, b.has = exact(d+fraction(frac)), true
	b.plain, b.arabic = len(whole) == 1 && frac == "", true
	if b.unit > 0 && d >= b.unit*One {
		b.has = false
		return false
	}
	b.i = end
	return true
}

// literalAt splits the ASCII number at i into its whole and decimal digits.
func literalAt(r []rune, i int) (end int, whole, frac string) {
	var w, f []byte
	for i < len(r) && isDigit(r[i]) {
		w = append(w, byte(r[i]))
		i++
	}
	if len(w) <= 3 && w[0] != '0' {
		for sign(r, i) == ',' && threeDigits(r, i+1) {
			w = append(w, byte(r[i+1]), byte(r[i+2]), byte(r[i+3]))
			i += 4
		}
	}
	if p := sign(r, i); (p == '.' || p == '·') && isDigit(sign(r, i+1)) {
		j := i + 1
		for j < len(r) && isDigit(r[j]) {
			f = append(f, byte(r[j]))
			j++
		}
		if q := sign(r, j); !((q == '.' || q == '·') && isDigit(sign(r, j+1))) {
			i = j
		} else {
			f = nil
		}
	}
	return i, string(w), string(f)
}

// threeDigits reports exactly three digits at i.
func threeDigits(r []rune, i int) bool {
	return isDigit(sign(r, i)) && isDigit(sign(r, i+1)) && isDigit(sign(r, i+2)) && !isDigit(sign(r, i+3))
}

func (b *builder) twenty(c rune) bool {
	if b.has || b.unit != 0 && b.unit < 100 {
		return false
	}
	v := map[rune]Dec{'廿': 20, '卅': 30, '卌': 40}[c]
	b.section = b.section.plus(exact(v * One))
	b.unit, b.multi, b.zero = 10, true, false
	b.i++
	return true
}

// some reads 几 and 数 where a digit could stand: 几十, 十几, 20几.
func (b *builder) some(c rune) bool {
	next := sign(b.r, b.i+1)
	if b.has {
		if c == '数' || !b.arabic || tenth(b.cur.mid) < 10*One {
			return false
		}
		step := tenth(b.cur.mid)
		b.cur = span3{b.cur.mid + step/10, b.cur.mid + step/2, b.cur.mid + step*9/10}
		b.approx, b.fuzzed = true, true
		b.i++
		return true
	}
	if c == '数' && unitOf(next) == 0 {
		return false
	}
	low := Dec(2)
	if b.unit > 0 {
		low = 1
	}
	b.vague = b.unit == 0 && unitOf(next) == 0
	b.cur, b.has, b.plain, b.approx = span3{low * One, 5 * One, 9 * One}, true, true, true
	b.i++
	return true
}

// top closes a section with 万 or 亿.
func (b *builder) top(u Dec) bool {
	v := b.section
	if b.has {
		v = v.plus(b.cur)
	}
	if u > 10_000 {
		v = v.plus(b.total)
		b.total = span3{}
	}
	if v.hi > maxDec/u {
		b.bad = true // 5千亿: half of it would be a wrong number
		return false
	}
	if v.mid == 0 || b.topped == u || b.topped != 0 && b.topped < u && u == 10_000 {
		return false
	}
	b.total = b.total.plus(v.times(u, 1))
	b.section, b.cur, b.has, b.zero = span3{}, span3{}, false, false
	b.unit, b.topped, b.multi = u, u, true
	b.i++
	return true
}

// place multiplies the waiting digit by 十, 百 or 千.
func (b *builder) place(u Dec) bool {
	if b.unit != 0 && u >= b.unit || b.has && b.cur.mid == 0 {
		return false
	}
	if !b.has {
		if u != 10 {
			return false
		}
		b.cur = exact(One)
	} else if b.cur.hi >= 100*One {
		return false
	}
	b.section = b.section.plus(b.cur.times(u, 1))
	if u == 10 && b.approx && b.unit == 0 && !b.has { // 头十
		b.section = b.section.within(80, 120)
	}
	b.cur, b.has, b.zero = span3{}, false, false
	b.unit, b.multi = u, true
	b.i++
	return true
}

// point reads 点 and the digits after it.
func (b *builder) point() bool {
	if !b.has && b.unit == 0 || b.approx || b.cur.mid%One != 0 {
		return false
	}
	var digits []byte
	j := b.i + 1
	for ; j < len(b.r); j++ {
		if isDigit(b.r[j]) {
			digits = append(digits, byte(b.r[j]))
		} else if d, ok := digitOf(b.r[j]); ok && b.r[j] != '两' {
			digits = append(digits, '0'+byte(d))
		} else {
			break
		}
	}
	if u := unitOf(sign(b.r, j)); len(digits) == 0 || u == 10 {
		return false
	}
	b.cur = b.cur.plus(exact(fraction(string(digits))))
	b.has, b.plain = true, false
	b.i = j
	return true
}

// latin reads the k and w of chats: 3k, 2w.
func (b *builder) latin(c rune) bool {
	if !b.has || !b.arabic || b.unit != 0 || isLetter(sign(b.r, b.i+1)) || isDigit(sign(b.r, b.i+1)) {
		return false
	}
	u := Dec(1000)
	if c == 'w' {
		u = 10_000
	}
	if b.cur.hi > maxDec/u {
		return false
	}
	b.total = b.cur.times(u, 1)
	b.cur, b.has, b.multi, b.fuzzed = span3{}, false, true, true
	b.i++
	return true
}
