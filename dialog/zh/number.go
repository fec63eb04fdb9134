package zh

import "strings"

// Num is a number as said. Low and High bound it; both equal Value when exact.
type Num struct {
	Value  Dec
	Approx bool // 七八, 20多, 左右: Value stands between Low and High
	Low    Dec
	High   Dec
}

func (n numeral) num() Num {
	return Num{Value: n.v.mid, Approx: n.approx || n.v.lo != n.v.hi, Low: n.v.lo, High: n.v.hi}
}

// Number reads a whole string that is one number: 1,200 · 1.2万 · 1万2 · 3k ·
// 1/2 · 50% (0.5) · 两万三 · 一百零五 · 三亩半 (3.5) · 三分之二 · 大概七八 ·
// 3到5. Approximations carry their bounds: of neighbours the middle (七八 7.5),
// of 多 and 几 the middle of the range (20多 25), of 左右 the number itself
// within a tenth, of 来 and 把 within a fifth, of 不到 the fifth below. A
// trailing question mark makes a number approximate.
func Number(s string) (Num, bool) {
	r := read(s).r
	r, about := stripAround(r)
	neg := len(r) > 1 && (r[0] == '-' || r[0] == '负')
	if neg {
		r = r[1:]
	}
	n, ok := numberIn(r)
	if !ok {
		return Num{}, false
	}
	out := about.apply(n).num()
	if neg {
		out.Value, out.Low, out.High = -out.Value, -out.High, -out.Low
	}
	return out, true
}

// numberIn reads r as one number and nothing else.
func numberIn(r []rune) (numeral, bool) {
	if n, ok := fractionAt(r, 0); ok && n.end == len(r) {
		return n, true
	}
	if h := anyAt(r, 0, "一半", "半个", "半"); h > 0 && h == len(r) {
		return numeral{v: exact(One / 2), end: h}, true
	}
	n, ok := rangeAt(r, 0, true)
	if !ok || n.vague && len(r) > 1 {
		return numeral{}, false
	}
	rest := r[n.end:]
	switch {
	case len(rest) == 0, string(rest) == "个":
		return n, true
	case len(rest) == 1 && rest[0] == '%':
		n.v = n.v.times(1, 100)
		return n, true
	}
	return halfTail(n, rest)
}

// halfTail reads the measure and 半 of 三亩半, 一个半.
func halfTail(n numeral, rest []rune) (numeral, bool) {
	if n.approx || rest[len(rest)-1] != '半' {
		return n, false
	}
	if len(rest) > 1 {
		if u, ok := unitAt(rest, 0, Plain); !ok || len(u.word) != len(rest)-1 {
			return n, false
		}
	} else if n.multi || !n.arabic {
		return n, false
	}
	n.v = n.v.plus(exact(One / 2))
	n.end += len(rest)
	return n, true
}

// fractionAt reads 三分之二, 百分之五十 and 2/3.
func fractionAt(r []rune, i int) (numeral, bool) {
	if hasAt(r, i, "百分之") {
		n, ok := rangeAt(r, i+3, false)
		n.v = n.v.times(1, 100)
		return n, ok
	}
	a, ok := numeralAt(r, i)
	if !ok || a.approx {
		return numeral{}, false
	}
	slash := sign(r, a.end) == '/' && a.arabic && sign(r, i-1) != '/'
	j := a.end + 1
	if !slash {
		if !hasAt(r, a.end, "分之") {
			return numeral{}, false
		}
		j++
	}
	b, ok := numeralAt(r, j)
	if !ok || b.approx || slash && (!b.arabic || sign(r, b.end) == '/') {
		return numeral{}, false
	}
	num, den := b.v.mid, a.v.mid
	if slash {
		num, den = den, num
	}
	if den == 0 || num >= den || den > 1000*One || num%One != 0 || den%One != 0 {
		return numeral{}, false
	}
	b.v = exact(scale(num, One, den))
	b.arabic = false
	return b, true
}

// rangeAt reads a number or a range: 3到5, 三至五万, 3-5 when dash is allowed.
func rangeAt(r []rune, i int, dash bool) (numeral, bool) {
	a, ok := numeralAt(r, i)
	if !ok || a.approx {
		return a, ok
	}
	sep := sign(r, a.end)
	if !strings.ContainsRune("到至~—–", sep) && !(dash && sep == '-') || sep == 0 {
		return a, true
	}
	j := a.end + 1
	for j < len(r) && j < a.end+3 && r[j] == sep {
		j++
	}
	b, ok := numeralAt(r, j)
	if !ok || b.approx {
		return a, true
	}
	low, high := a.v.mid, b.v.mid
	if b.multi && !a.multi && low < 1000*One { // 三到五万
		if up := low / One * tenth(high); up < high {
			low = up
		}
	}
	if low >= high {
		return a, true
	}
	b.v = span3{low, (low + high) / 2, high}
	b.approx, b.arabic, b.multi = true, false, a.multi || b.multi
	b.signs = b.end - i
	return b, true
}

// about is how words around a number loosen it.
type about struct{ low, high Dec } // per cent of the value; 100, 100 is exact

var notLoose = about{100, 100}

func (a about) apply(n numeral) numeral {
	if a == notLoose {
		return n
	}
	n.approx = true
	if n.v.lo == n.v.hi {
		n.v = n.v.within(a.low, a.high)
	}
	return n
}

// loosening words and what they do. Longest first where one starts another.
var (
	fillers   = []string{"大概是", "大概有", "大约有", "大约是", "大概", "大约", "差不多有", "差不多", "约莫", "约摸", "约有", "估计有", "估计", "可能有", "可能", "好像是", "好像有", "好像", "怕有", "怕是", "左不过", "应该有", "应该是", "应该", "大致", "大体", "约"}
	under     = []string{"不到", "不足", "将近", "接近", "快到", "快有", "最多", "顶多", "最高", "不超过", "不够", "近"}
	over      = []string{"超过", "起码", "至少", "最少", "不止", "不低于", "多于"}
	tails     = []string{"的样子", "这样子", "样子", "左右", "上下", "光景", "前后"}
	overTails = []string{"出头", "以上", "挂零", "打顶"}
	lowTails  = []string{"以内", "以下", "不到点", "不到"}
)

// plainHead are words before an answer that change nothing.
var plainHead = []string{"一共有", "一共是", "一共", "总共有", "总共是", "总共", "合计", "共计", "全部是", "加起来", "拢共", "我家有", "他家有", "她家有", "家里有", "家头有", "我家", "他家", "她家", "家里", "就是", "只有", "才有", "就有", "都是", "有个", "也就", "就", "只", "才", "有", "是", "共", "嗯", "哦", "呃", "额", "啊", "那个", "填", "写", "算"}

// plainTail are words behind an answer that change nothing.
var plainTail = []string{"吧", "了", "的", "嘛", "嘞", "呢", "啊", "呀", "哦", "噶", "咯", "哈", "咧", "么", "。", ".", "!", ",", ";", "、", "…"}

// stripAround takes filler words off both ends and says how they loosen.
func stripAround(r []rune) ([]rune, about) {
	a := notLoose
	r = trimBlank(r)
	for again := true; again; {
		again = false
		if n := anyAt(r, 0, fillers...); n > 0 && n < len(r) {
			a, again = about{90, 110}, true
			r = r[n:]
		} else if n := anyAt(r, 0, under...); n > 0 && n < len(r) {
			a, again = about{80, 100}, true
			r = r[n:]
		} else if n := anyAt(r, 0, over...); n > 0 && n < len(r) {
			a, again = about{100, 120}, true
			r = r[n:]
		} else if n := anyAt(r, 0, plainHead...); n > 0 && n < len(r) {
			again = true
			r = r[n:]
		}
		r = trimBlank(r)
	}
	return stripTail(r, a)
}

// stripTail takes filler words off the end.
func stripTail(r []rune, a about) ([]rune, about) {
	for again := true; again; {
		again = false
		for _, t := range []struct {
			words []string
			about about
		}{{tails, about{90, 110}}, {overTails, about{100, 120}}, {lowTails, about{80, 100}}, {[]string{"?"}, about{90, 110}}, {plainTail, a}} {
			if n := endsAt(r, len(r), t.words...); n > 0 && n < len(r) {
				r, a, again = trimBlank(r[:len(r)-n]), t.about, true
				break
			}
		}
	}
	return r, a
}

// trimBlank drops blanks at both ends.
func trimBlank(r []rune) []rune {
	for len(r) > 0 && (r[0] == ' ' || r[0] == '\n') {
		r = r[1:]
	}
	for len(r) > 0 && (r[len(r)-1] == ' ' || r[len(r)-1] == '\n') {
		r = r[:len(r)-1]
	}
	return r
}
