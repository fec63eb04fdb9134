package zh

// span3 is a number as an interval with the value that stands for it.
type span3 struct{ lo, mid, hi Dec }

func exact(d Dec) span3 { return span3{d, d, d} }

func (a span3) plus(b span3) span3 { return span3{a.lo + b.lo, a.mid + b.mid, a.hi + b.hi} }

func (a span3) times(n, over Dec) span3 {
	return span3{scale(a.lo, n, over), scale(a.mid, n, over), scale(a.hi, n, over)}
}

func (a span3) within(low, high Dec) span3 { // per cent of the value
	return span3{a.mid * low / 100, a.mid, a.mid * high / 100}
}

// scale is d·n/over rounded half away from zero.
func scale(d, n, over Dec) Dec {
	p := d * n
	if p < 0 {
		return -((-p + over/2) / over)
	}
	return (p + over/2) / over
}

// numeral is a number read at some place of a text.
type numeral struct {
	v      span3
	end    int  // sign after it
	signs  int  // how long it is
	arabic bool // nothing but ASCII digits and their separators
	multi  bool // has 十 百 千 万 亿
	vague  bool // a bare 几, which may be the question word
	approx bool
}

// digitOf is the value of a Chinese digit.
func digitOf(r rune) (Dec, bool) {
	switch r {
	case '零', '〇', '○':
		return 0, true
	case '一', '壹':
		return 1, true
	case '二', '两', '贰', '弍':
		return 2, true
	case '三', '叁':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	return 0, false
}

// unitOf is the value of 十 百 千 万 亿; 0 for anything else.
func unitOf(r rune) Dec {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 10_000
	case '亿':
		return 100_000_000
	}
	return 0
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' }

// digitRun counts the Chinese digits from i on; 两 counts only in front.
func digitRun(r []rune, i int) int {
	n := 0
	for n < 13 && i+n < len(r) { // longer rows are no numbers
		if _, ok := digitOf(r[i+n]); !ok || n > 0 && r[i+n] == '两' {
			break
		}
		n++
	}
	return n
}
