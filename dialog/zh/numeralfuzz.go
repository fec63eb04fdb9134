package zh

import "strings"

// fuzz reads 多 来 余 把 behind a round number.
func (b *builder) fuzz(c rune) bool {
	v := &b.section
	whole := b.section
	switch {
	case b.has:
		v, whole = &b.cur, b.cur
	case b.section.mid == 0:
		v, whole = &b.total, b.total
	}
	step := tenth(whole.mid)
	if b.approx || step < 10*One {
		return false
	}
	next := sign(b.r, b.i+1)
	free := next == 0 || !isHan(next) || measureAt(b.r, b.i+1) || unitOf(next) >= 10_000
	switch c {
	case '多':
		if next == '少' || next == '次' && !b.multi {
			return false
		}
		*v = span3{whole.mid, whole.mid + step/2, whole.mid + step}
	case '余':
		if !free {
			return false
		}
		*v = span3{whole.mid, whole.mid + step/2, whole.mid + step}
	case '来':
		if !free {
			return false
		}
		*v = whole.within(80, 120)
	case '把':
		if step != whole.mid || step < 100*One || b.arabic {
			return false
		}
		*v = whole.within(80, 120)
	}
	b.approx, b.fuzzed = true, true
	b.i++
	return true
}

// tenth is the value of the lowest place that is not zero: 100 for 1200, 1 for 15.
func tenth(d Dec) Dec {
	if d == 0 {
		return 0
	}
	step := Dec(1)
	for d%(step*10) == 0 {
		step *= 10
	}
	return step
}

// digits reads Chinese digits: one that waits for a unit, a pair such as 七八,
// or a row read digit by digit (一九七二).
func (b *builder) digits() bool {
	if b.has {
		return false
	}
	n := digitRun(b.r, b.i)
	first, _ := digitOf(b.r[b.i])
	if b.unit > 0 && first == 0 { // the 零 of 一百零五
		if n < 2 && unitOf(sign(b.r, b.i+1)) != 10 && !isDigit(sign(b.r, b.i+1)) {
			return false
		}
		b.zero = true
		b.i++
		return true
	}
	if n == 2 && b.unit > 0 && first > 0 && b.r[b.i+1] == '一' && b.countsOne(b.i+2) { // 三千五一个月
		b.cur, b.has, b.plain = exact(first*One), true, true
		b.i++
		return false
	}
	if n == 2 || b.r[b.i] == '一' && sign(b.r, b.i+1) == '两' {
		if b.pair(first) {
			return true
		}
	}
	if n == 1 || b.unit > 0 && n == 2 && unitOf(sign(b.r, b.i+2)) > 0 {
		b.cur, b.has, b.plain = exact(first*One), true, true
		b.i++
		return n == 1
	}
	return b.row(n)
}

// countsOne: the sign behind an 一 is counted by it: 一个月, 一人, 一头.
func (b *builder) countsOne(i int) bool {
	return strings.ContainsRune("个人户头只匹箱窝亩年月天日斤口公棵株米吨次学季", sign(b.r, i)) && i < len(b.r)
}

// pair reads two neighbours as "between": 七八, 三五, 一两.
func (b *builder) pair(first Dec) bool {
	second, _ := digitOf(b.r[b.i+1])
	next := b.i + 2
	if first == 0 || second != first+1 && !(first == 3 && second == 5) || sign(b.r, next) == '年' {
		return false
	}
	if b.r[b.i+1] == '两' && unitOf(sign(b.r, next)) == 0 && !measureAt(b.r, next) {
		return false
	}
	b.cur = span3{first * One, (first + second) * One / 2, second * One}
	b.has, b.plain, b.approx = true, true, true
	b.i = next
	return true
}

// row reads 一九七二 digit by digit.
func (b *builder) row(n int) bool {
	if b.unit > 0 || n > 11 || unitOf(sign(b.r, b.i+n)) > 0 {
		b.bad = b.unit == 0
		return false
	}
	var v Dec
	for _, c := range b.r[b.i : b.i+n] {
		d, _ := digitOf(c)
		v = v*10 + d
	}
	b.cur, b.has = exact(v*One), true
	b.i += n
	return true
}

// nextCounts reports that the last digit belongs to a measure behind it which
// nobody uses with shortened numbers: 五万|三年, 三百|一亩, 二百八|十 stays.
func (b *builder) nextCounts() bool {
	next := sign(b.r, b.i)
	return next != 0 && strings.ContainsRune("年天户人亩月口", next) || hasAt(b.r, b.i, "个月") || hasAt(b.r, b.i, "个人")
}

// close adds everything up; a last single digit takes the place below the last
// unit (三千五 is 3500) unless 零 stood before it.
func (b *builder) close(start int) (numeral, bool) {
	v := b.total.plus(b.section)
	if b.has {
		if short := b.plain && !b.zero && b.unit >= 100; short && b.nextCounts() {
			b.i, b.cur = b.curAt, span3{} // 五万三年 is 五万 and 三年
			b.approx = v.lo != v.hi
		} else if short {
			b.cur = b.cur.times(b.unit, 10)
		}
		v = v.plus(b.cur)
	} else if b.zero {
		b.i-- // a 零 that nothing follows is not ours
	}
	n := numeral{v: v, end: b.i, signs: b.i - start, multi: b.multi, vague: b.vague, approx: b.approx}
	n.arabic = b.arabic && !b.multi && !b.approx
	return n, v.hi <= maxDec && n.signs > 0
}
