package zh

import "strings"

// Scan finds every quantity in a sentence, in order and without overlaps: 4人2劳,
// 3亩半, 两万三, 8000/年. Parts of dates come as Calendar and places in an order
// (三组, 二级, 第一) as Ordinal, so that nobody takes them for amounts. A bare
// number has dimension Plain. Words that only look like numbers (李二, 一定,
// 万家, 十分困难, 半劳力) are not read, nor are phone and ID numbers.
func Scan(s string) []Quantity {
	t := read(s)
	var out []Quantity
	for _, f := range scanText(t, Plain) {
		out = append(out, f.quantity(t))
	}
	return out
}

func scanText(t text, want Dim) []found {
	var out []found
	for i := 0; i < len(t.r); {
		f, next := scanAt(t.r, i, want)
		if f.end > i {
			var prev found
			if len(out) > 0 {
				prev = out[len(out)-1]
			}
			f = f.after(t.r, prev)
			next = f.end
			if joined, ok := prev.merge(t.r, f); ok {
				out[len(out)-1] = joined
			} else {
				out = append(out, f)
			}
		}
		if next <= i {
			next = i + 1
		}
		i = next
	}
	return out
}

// merge joins two neighbours that are one quantity: the base of a rate (一年
// 两千四) or the ends of a range with its unit said twice (三亩到五亩).
func (f found) merge(r []rune, next found) (found, bool) {
	if f.end == 0 {
		return f, false
	}
	gap := next.start - f.end
	oneYear := sign(r, f.start) == '一' && f.v.lo == f.v.hi && (f.dim == Years || f.dim == Months || f.dim == Days)
	if gap == 0 && oneYear && f.end-f.start <= 3 && next.per == "" && (next.dim == Money || next.bare && next.v.mid >= 30*One) {
		next.per = map[Dim]string{Years: "年", Months: "月", Days: "天"}[f.dim]
		next.start = f.start
		return next, true
	}
	if one := sign(r, next.start) == '一' && next.end-next.start <= 3 && next.v.lo == One && next.v.hi == One; gap == 0 && one && f.per == "" && (f.dim == Money || f.bare && f.v.lo >= 10*One) {
		if w, n := perWord(r, next.start+1); n > 0 && next.start+1+n == next.end {
			f.per, f.end = w, next.end // 500一个月
			return f, true
		}
	}
	sep := sign(r, f.end)
	if gap == 1 && sep != 0 && strings.ContainsRune("到至~-—", sep) && f.dim == next.dim && f.canon == next.canon && !f.approx && !next.approx &&
		f.v.mid < next.v.mid && f.dim != Calendar && f.dim != Ordinal && f.bare == next.bare && (!f.bare || sep != '-') {
		f.v = span3{f.v.mid, (f.v.mid + next.v.mid) / 2, next.v.mid}
		f.approx, f.end = true, next.end
		return f, true
	}
	return f, false
}

// scanAt tries one place; next is where to go on.
func scanAt(r []rune, i int, want Dim) (f found, next int) {
	c := r[i]
	if !opens(r, i) {
		return found{}, i + 1
	}
	if isDigit(c) {
		end := digitsEnd(r, i)
		if isLetter(sign(r, i-1)) && end-i > 6 || end-i > 9 && !measureAt(r, end) || long(r, i) {
			return found{}, longEnd(r, i)
		}
	}
	if want != Months && want != Days && want != Years && want != Minutes {
		if f, ok := calendarAt(r, i); ok {
			return f, f.end
		}
	}
	f, ok := measuredAt(r, i, want)
	if !ok {
		if isDigit(c) {
			return found{}, digitsEnd(r, i)
		}
		return found{}, i + 1
	}
	if f.bare && !bareFits(r, f) {
		return found{}, f.end
	}
	if f.n.vague && !f.bare && want == Plain { // 几个: mostly a question
		return found{}, f.end
	}
	if f.dim == Count && place(r, f) {
		return found{}, f.end
	}
	return f, f.end
}

// opens reports whether a quantity can start at sign i at all.
func opens(r []rune, i int) bool {
	c := r[i]
	if isDigit(c) || unitOf(c) > 0 {
		return true
	}
	if _, ok := digitOf(c); ok {
		return true
	}
	if strings.ContainsRune("半第好大小上成头几数多对廿卅卌¥￥", c) {
		return true
	}
	n := sign(r, i+1)
	return n == '把' || n == '多'
}

// digitsEnd is the end of the run of digits at i.
func digitsEnd(r []rune, i int) int {
	for i < len(r) && isDigit(r[i]) {
		i++
	}
	return i
}

// long reports digits grouped by blanks or dashes like a phone or ID number.
func long(r []rune, i int) bool { return longEnd(r, i) > digitsEnd(r, i) }

// longEnd is the end of a phone- or ID-like group of digits at i: at least ten
// digits, single blanks or dashes between groups of at least three.
func longEnd(r []rune, i int) int {
	digits, j, last := 0, i, digitsEnd(r, i)
	for j < len(r) && digits < 24 {
		end := digitsEnd(r, j)
		if end-j < 3 || len(r) > end && measureAt(r, end) {
			break
		}
		digits += end - j
		last = end
		if c := sign(r, end); c != ' ' && c != '-' {
			break
		}
		j = end + 1
	}
	if digits < 10 {
		return digitsEnd(r, i)
	}
	return last
}

// bareFits decides whether a number without a unit is one at all.
func bareFits(r []rune, f found) bool {
	first, next, prev := sign(r, f.start), sign(r, f.end), sign(r, f.start-1)
	if isDigit(first) {
		return !isLetter(prev) && !isLetter(next)
	}
	if f.n.vague || f.n.signs < 2 || !f.n.multi {
		return false
	}
	if prev == '月' && f.v.hi <= 31*One || prev == '初' {
		return false
	}
	if f.v.hi >= 100*One {
		return !isHan(next) || f.n.signs > 2 || !strings.ContainsRune("百千万", first)
	}
	if next == '了' && f.v.hi < 100*One {
		return true // 七十三了
	}
	return !isHan(next) && (!isHan(prev) || strings.ContainsRune("了有是花共计收约到过要得给补付贷投发卖养种租存积重", prev))
}

// place reports names of places that begin like a count: 三家村, 九口塘.
func place(r []rune, f found) bool {
	next := sign(r, f.end)
	return !isDigit(sign(r, f.start)) && f.n.signs == 1 && next != 0 && strings.ContainsRune("村寨箐坪", next)
}

// around are the words directly before and behind a quantity that loosen it.
func (f found) after(r []rune, prev found) found {
	if f.dim == Ordinal || f.dim == Calendar {
		return f
	}
	f = f.ratio(r, prev)
	low := prev.end
	before := func(words []string) int {
		if n := endsAt(r, f.start, words...); n > 0 && f.start-n >= low {
			return n
		}
		return 0
	}
	switch {
	case before(fillers) > 0:
		f = f.loosen(about{90, 110})
	case before(under) > 0:
		f = f.loosen(about{80, 100})
	case before(over) > 0:
		f = f.loosen(about{100, 120})
	}
	if n := anyAt(r, f.end, tails...); n > 0 && f.dim != Plain {
		f = f.loosen(about{90, 110})
		f.end += n
	} else if n := anyAt(r, f.end, overTails...); n > 0 && !hasAt(r, f.end, "以上") {
		f = f.loosen(about{100, 120})
		f.end += n
	}
	return f
}

// ratio takes the base of a rate that stands in front: 一年两千四, 每人月210, 人均3000.
func (f found) ratio(r []rune, prev found) found {
	if f.per != "" || f.dim != Money && f.dim != Plain && f.dim != Weight {
		return f
	}
	var per []string
	i := f.start
	for len(per) < 3 {
		hit := false
		for _, w := range perWords {
			n := len([]rune(w))
			if i-n < prev.end || !hasAt(r, i-n, w) {
				continue
			}
			lead := endsAt(r, i-n, "每一", "每", "一")
			name, _ := perWord(r, i-n)
			switch {
			case lead > 0 && i-n-lead >= prev.end, moreBehind(r, i-n, prev.end):
				per = append([]string{name}, per...)
				i -= n + lead
				hit = true
			}
			break
		}
		if !hit {
			break
		}
	}
	if len(per) == 0 {
		if n := endsAt(r, f.start, "人均", "户均", "亩均", "月均", "年均"); n > 0 {
			per = []string{string(r[f.start-2])}
		}
	}
	f.per = strings.Join(per, "·")
	return f
}

// moreBehind reports that 每人 or 每户 stands before sign i, as in 每人月210.
func moreBehind(r []rune, i, low int) bool {
	n := endsAt(r, i, "每人", "每户", "每生", "每口")
	return n > 0 && i-n >= low
}
