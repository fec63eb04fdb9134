package zh

import "strings"

// Quantity is a number with its unit as found in a text.
type Quantity struct {
	Num
	Dim       Dim
	Unit      string // canonical unit: the Dim's base unit, or the counted measure (人 头 只 …)
	Per       string // 年, 月, 天, 人, 户, 亩 … when it is a rate ("8000/年"); "每人月210" is 人·月
	Said      string // the words, as written
	Start     int    // byte span in the text
	End       int
	Ambiguous bool // could mean something else; read it back
}

// found is a quantity in signs, before spans are known.
type found struct {
	v          span3
	approx     bool
	dim        Dim
	canon      string
	per        string
	start, end int
	ambiguous  bool
	bare       bool // no unit was said
	n          numeral
}

func (f found) quantity(t text) Quantity {
	q := Quantity{Dim: f.dim, Unit: f.canon, Per: f.per, Ambiguous: f.ambiguous, Said: t.said(f.start, f.end)}
	q.Start, q.End = t.span(f.start, f.end)
	q.Num = Num{Value: f.v.mid, Approx: f.approx || f.v.lo != f.v.hi, Low: f.v.lo, High: f.v.hi}
	if q.Approx && (f.dim == Count || f.dim == Age) {
		q.Value = q.Value.Round()
	}
	return q
}

// ReadQuantity reads a whole answer to a question that wants want, which gives
// the unit when none is said: 三亩半, 二分地 (0.2亩), 1公顷 (15亩), 一公里二,
// 800米 (0.8公里), 两万三, 五毛, 半年 (6月), 个把月. Filler words around it are
// allowed, and so are words that are no quantity when only one quantity is in
// the text; the span tells what was read. "None" is not a quantity: see IsNone.
func ReadQuantity(s string, want Dim) (Quantity, bool) {
	t := read(s)
	if f, ok := wholeQuantity(t, want); ok {
		return f.quantity(t), true
	}
	var hit found
	hits := 0
	for _, f := range scanText(t, want) {
		if f.dim == Calendar && want != Calendar || f.dim == Ordinal && want != Ordinal {
			continue
		}
		g, ok := f.as(want)
		if !ok || f.bare || endsAt(t.r, f.start, "不是", "没有", "没得", "不止", "不够", "不得") > 0 {
			return Quantity{}, false
		}
		hit = g
		hits++
	}
	return hit.quantity(t), hits == 1
}

// wholeQuantity reads t as one quantity and nothing but fillers.
func wholeQuantity(t text, want Dim) (found, bool) {
	r, loose := stripAround(t.r)
	if len(r) == 0 {
		return found{}, false
	}
	at := runeIndex(t.r, r)
	f, ok := measuredAt(t.r[:at+len(r)], at, want)
	if !ok {
		return found{}, false
	}
	for gap := range 2 {
		next, more := measuredAt(t.r[:at+len(r)], f.end+gap, want)
		if joined, ok := f.merge(t.r, next); more && ok {
			f = joined
			break
		}
	}
	rest := trimBlank(t.r[f.end : at+len(r)])
	if len(rest) > 0 && !isWord(rest, tailNouns[f.dim]) {
		return found{}, false
	}
	f = f.loosen(loose)
	return f.as(want)
}

// runeIndex is where the sub-slice part of whole begins.
func runeIndex(whole, part []rune) int { return cap(whole) - cap(part) }

// tailNouns may follow a whole answer without changing it.
var tailNouns = map[Dim]string{
	Money: "钱 整 现金", Area: "地 田 土 水田 旱地 耕地 林地 山地 果园 土地 坡地 茶园 面积 大", Floor: "大 面积 房子 的房子 左右",
	Length: "路 远 长 山路 土路", Months: "时间 零工 工 活", Days: "时间 工", Weight: "粮 粮食 重", Age: "大 岁",
	Years: "时间 了", Count: "人 劳力 牛 猪 羊 鸡 鸭 鹅 马 驴 骡 兔 蜂 狗 鱼 人家 黄牛 水牛 山羊 母猪 肥猪 仔猪 土鸡 房 房子 娃 娃娃 学生",
	Minutes: "路 路程", Percent: "",
}

// isWord reports whether r is one of the words.
func isWord(r []rune, words string) bool {
	for _, w := range strings.Fields(words) {
		if string(r) == w {
			return true
		}
	}
	return false
}

// loosen applies words such as 大概 and 左右.
func (f found) loosen(a about) found {
	n := a.apply(numeral{v: f.v, approx: f.approx})
	f.v, f.approx = n.v, n.approx
	return f
}

// as converts f into the wanted dimension; false when it measures something else.
func (f found) as(want Dim) (found, bool) {
	if f.dim == want {
		return f, true
	}
	if f.bare && f.dim == Plain && want != Calendar && want != Ordinal {
		f.dim, f.canon = want, want.Unit()
		f.ambiguous = f.ambiguous || f.n.vague
		return f, true
	}
	var num, den Dec
	switch {
	case want == Plain && f.dim == Count:
		return f, true
	case want == Months && f.dim == Years:
		num, den = 12, 1
	case want == Months && f.dim == Days:
		num, den, f.approx = 1, 30, true
	case (want == Years || want == Age) && f.dim == Months:
		num, den = 1, 12
	case want == Years && f.dim == Days, want == Age && f.dim == Days:
		num, den, f.approx = 1, 365, true
	case want == Age && f.dim == Years:
		num, den = 1, 1
	case want == Days && f.dim == Months:
		num, den, f.approx = 30, 1, true
	case want == Days && f.dim == Years:
		num, den = 365, 1
	case want == Area && f.dim == Floor:
		num, den = 15, 10_000
	case want == Floor && f.dim == Volume && f.canon == "立方米":
		return f, false
	default:
		return f, false
	}
	f.v, f.dim, f.canon = f.v.times(num, den), want, want.Unit()
	return f, true
}

// measuredAt reads a number with its unit at sign i, or a bare number.
func measuredAt(r []rune, i int, want Dim) (found, bool) {
	if f, ok := halfAt(r, i, want); ok {
		return f, true
	}
	if f, ok := looseUnitAt(r, i, want); ok {
		return f, true
	}
	if sign(r, i) == '第' {
		return ordinalAt(r, i)
	}
	j := i
	if c := sign(r, i); c == '¥' || c == '￥' || c == '$' {
		j++
	}
	if f, ok := shareAt(r, j, want); ok {
		return f, true
	}
	n, ok := rangeAt(r, j, want != Plain || dashRange(r, j))
	if !ok {
		return found{}, false
	}
	f := found{v: n.v, approx: n.approx, start: i, end: n.end, n: n, bare: true}
	if j > i {
		f.dim, f.canon, f.bare = Money, Money.Unit(), false
	}
	return f.withUnit(r, want), true
}

// dashRange reports that 3-5 is followed by a unit and so is a range.
func dashRange(r []rune, i int) bool {
	a, ok := numeralAt(r, i)
	if !ok || sign(r, a.end) != '-' {
		return false
	}
	b, ok := numeralAt(r, a.end+1)
	return ok && measureAt(r, b.end)
}

// withUnit reads the unit and what may follow it.
func (f found) withUnit(r []rune, want Dim) found {
	j := f.end
	if sign(r, j) == ' ' && (f.n.arabic || f.n.multi) {
		j++
	}
	extra := span3{}
	if sign(r, j) == '个' && (sign(r, j+1) == '半' || sign(r, j+1) == '多') {
		if _, ok := unitAt(r, j+2, want); ok || j+2 == len(r) {
			extra = exact(One / 2)
			if r[j+1] == '多' {
				extra = span3{0, One / 2, One}
			}
			j += 2
		}
	} else if sign(r, j) == '半' && f.n.signs == 1 && want != Plain {
		return f
	}
	u, ok := unitAt(r, j, want)
	if !ok && extra != (span3{}) {
		if u, ok = asMonth(r, j); !ok {
			f.v = f.v.plus(extra)
			f.end = j
			return f
		}
	}
	if ok && j > f.end && strings.ContainsRune(blankless, u.word[0]) && len(u.word) == 1 && isHan(sign(r, j+1)) {
		return f // 三万五 分两次拨, 两万 本钱八千
	}
	if list := u.dim == Ordinal && f.n.signs > 1 && !f.n.multi && !f.n.arabic; !ok || list || unlikely(r, f, u, want) {
		if f.n.arabic || f.n.multi {
			return f.rate(r)
		}
		return f
	}
	f.bare = false
	f.v = f.v.plus(extra).times(u.num, u.den)
	f.approx = f.approx || f.v.lo != f.v.hi
	f.dim, f.canon, f.end = u.dim, u.canon, j+len(u.word)
	if u.dim == Ordinal && (f.approx || sign(r, f.start) == '两' || sign(r, f.start) == '几') {
		f.dim = Count
	}
	f.ambiguous = f.ambiguous || string(u.word) == "分" && want == Plain || string(u.word) == "木"
	if extra == (span3{}) {
		f = f.below(r, u)
	}
	return f.roughly(r).rate(r)
}

// roughly reads 把 and 来 behind the unit: 五亩把, 三亩来地, 十块来钱. 把 before another
// word is no part of the number (5亩把苗栽好).
func (f found) roughly(r []rune) found {
	next := sign(r, f.end+1)
	of := next != 0 && strings.ContainsRune("地田路钱", next)
	rough := sign(r, f.end) == '把' && (!isHan(next) || of) || sign(r, f.end) == '来' && of
	if !rough || f.approx || f.dim == Ordinal || f.dim == Calendar || f.dim == Age {
		return f
	}
	f.v, f.approx, f.end = span3{f.v.mid * 4 / 5, f.v.mid, f.v.mid * 6 / 5}, true, f.end+1
	return f
}

// blankless are units that begin a word of their own when a blank stands before them
// and a word behind.
const blankless = "分两本成层份项笔条张包袋瓶盘块片挂根次回台件架处所把副对双家"

// asMonth reads 月 after 个半, where it cannot be a date.
func asMonth(r []rune, j int) (unit, bool) {
	if sign(r, j) != '月' {
		return unit{}, false
	}
	return unitAt(r, j, Months)
}

// unlikely refuses units that read like words: 十分困难, 一家人, 三只有.
func unlikely(r []rune, f found, u unit, want Dim) bool {
	next := sign(r, f.end+len(u.word))
	word := string(u.word)
	switch {
	case f.n.arabic || want == u.dim && want != Count:
		return false
	case word == "分" && f.n.v.mid == 10*One && f.n.signs == 1:
		return true
	case word == "家" && f.n.signs == 1 && (sign(r, f.start-1) == '老' || strings.ContainsRune(commonSurnames, sign(r, f.start-1)) && f.start > 0):
		return true // 王老四家, 李二家
	case word == "家" && f.n.signs == 1 && f.n.v.mid == One:
		return isHan(next) || endsAt(r, f.start, "这", "那", "头", "同", "全", "每", "另", "哪", "第") > 0
	case f.n.signs == 1 && f.n.v.mid == One && strings.ContainsRune("个次把片面层样", u.word[0]) && len(u.word) == 1:
		return endsAt(r, f.start, "这", "那", "哪", "每", "另", "同", "上", "下", "第") > 0
	case len([]rune(f.canon)) == 0 && f.n.signs == 1 && financial(sign(r, f.start)):
		return u.dim != Money && u.dim != Area
	}
	return false
}

// financial reports digits of cheques, which alone are surnames and words (陆家, 伍).
func financial(r rune) bool { return r != 0 && strings.ContainsRune("壹贰叁肆伍陆柒捌玖", r) }

// below reads what follows the unit: 半, 多, a digit of the next place (一亩二),
// smaller units (三亩二分).
func (f found) below(r []rune, u unit) found {
	if f.approx || !divisible(u.dim) && u.word[0] != '成' {
		return f
	}
	one := scale(One, u.num, u.den)
	for {
		next := sign(r, f.end)
		if after := sign(r, f.end+1); next == '半' && !(isHan(after) && strings.ContainsRune("劳个边大年天路岁月夜", after)) {
			f.v = f.v.plus(exact(one / 2))
			f.end++
			return f
		} else if next == '多' && after != '少' {
			f.v = f.v.plus(span3{0, one / 2, one})
			f.approx = true
			f.end++
			return f
		}
		if next == ' ' {
			return f
		}
		j := f.end
		if next == '零' || next == '又' || next == '加' || next == '带' {
			j++
		}
		n, ok := numeralAt(r, j)
		if !ok || n.approx {
			return f
		}
		small, ok := smaller(r, n, u)
		if !ok {
			return f.belowDigit(r, n, j, one)
		}
		f.v = f.v.plus(n.v.times(small.num, small.den))
		f.end = n.end + len(small.word)
		u, one = small, scale(One, small.num, small.den)
	}
}

// smaller finds a unit of the same dimension and lower value behind n.
func smaller(r []rune, n numeral, u unit) (unit, bool) {
	want := u.dim
	if u.dim == Years {
		want = Months
	}
	s, ok := unitAt(r, n.end, want)
	if !ok {
		return s, false
	}
	if u.dim == Years && s.dim == Months && string(s.word) != "月" {
		s.num, s.den = 1, 12
		return s, true
	}
	return s, s.dim == u.dim && s.num*u.den < u.num*s.den
}

// belowDigit reads the last digit of 一亩二, 三块五, 一公里二, 3米5.
func (f found) belowDigit(r []rune, n numeral, j int, one Dec) found {
	if n.signs != 1 || j != f.end || n.v.mid == 0 || n.v.mid >= 10*One || f.dim == Years || f.dim == Days {
		return f
	}
	next := sign(r, n.end)
	if next == '半' || next == '分' || isDigit(next) || next == '.' || next == '个' || sign(r, j) == '两' || measureAt(r, n.end) || strings.ContainsRune("月日号点年", next) && next != 0 {
		return f
	}
	f.v = f.v.plus(exact(scale(n.v.mid, one, 10*One)))
	f.end = n.end
	return f
}
