package zh

import "strings"

// Phone is a mobile number found in a text.
type Phone struct {
	Number     string // 11 digits
	Start, End int    // byte span in the text
}

// Phones finds mobile numbers: eleven digits that start with 13 to 19, also with
// 86 or +86 in front and with blanks or dashes inside. Landlines, ID numbers and
// other long runs are left alone.
func Phones(s string) []Phone {
	t := read(s)
	var out []Phone
	for i := 0; i < len(t.r); {
		if end, digits := spelledPhone(t.r, i); digits != "" { // 一三八零零一三八零零零
			p := Phone{Number: digits}
			p.Start, p.End = t.span(i, end)
			out, i = append(out, p), end
			continue
		}
		if !isDigit(t.r[i]) {
			i++
			continue
		}
		end, digits := phoneAt(t.r, i)
		if digits != "" && !isLetter(sign(t.r, i-1)) {
			start := i
			if sign(t.r, i-1) == '+' {
				start--
			}
			p := Phone{Number: digits}
			p.Start, p.End = t.span(start, end)
			out = append(out, p)
		}
		i = end
	}
	return out
}

// spokenDigits are the digits as they are dictated; 幺 is one.
const spokenDigits = "零一二三四五六七八九"

// spelledPhone reads eleven dictated digits at i.
func spelledPhone(r []rune, i int) (end int, number string) {
	if i > 0 && digitSaid(r[i-1]) >= 0 {
		return i, ""
	}
	var b strings.Builder
	for end = i; end < len(r) && b.Len() < 12; end++ {
		d := digitSaid(r[end])
		if d < 0 {
			break
		}
		b.WriteByte(byte('0' + d))
	}
	return end, mobile(b.String())
}

// digitSaid is the digit a sign stands for when digits are read out, -1 for others.
func digitSaid(r rune) int {
	switch r {
	case '幺':
		return 1
	case '〇', '洞':
		return 0
	}
	if i := strings.IndexRune(spokenDigits, r); i >= 0 {
		return i / len("零")
	}
	return -1
}

// phoneAt joins groups of digits at i until they make a mobile number.
func phoneAt(r []rune, i int) (end int, number string) {
	first := digitsEnd(r, i)
	all := ""
	for j := i; len(all) < 15; {
		e := digitsEnd(r, j)
		if e == j || e-j > 15 {
			break
		}
		all += string(r[j:e])
		if n := mobile(all); n != "" {
			return e, n
		}
		if c := sign(r, e); c != ' ' && c != '-' {
			break
		}
		j = e + 1
	}
	return first, ""
}

// mobile strips the country code and checks the rest.
func mobile(d string) string {
	switch {
	case len(d) == 13 && strings.HasPrefix(d, "86"):
		d = d[2:]
	case len(d) == 15 && strings.HasPrefix(d, "0086"):
		d = d[4:]
	}
	if len(d) != 11 || d[0] != '1' || d[1] < '3' {
		return ""
	}
	return d
}
