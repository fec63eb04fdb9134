package zh

import (
	"strconv"
	"strings"
)

// Dec is a decimal number in ten-thousandths: 35000 is 3.5. It is exact for
// everything a cadre says about land, money and length, and never a float.
type Dec int64

// One is the number 1.
const One Dec = 10000

// maxDec bounds what readers accept (a hundred thousand million), far above any amount
// in a county and far below overflow.
const maxDec = 100_000_000_000 * One

// Whole makes a Dec of a whole number.
func Whole(n int) Dec { return Dec(n) * One }

// String is the canonical decimal without trailing zeros: "3.5", "23000", "-0.25".
func (d Dec) String() string {
	sign, u := "", uint64(d)
	if d < 0 {
		sign, u = "-", -uint64(d)
	}
	s := sign + strconv.FormatUint(u/uint64(One), 10)
	frac := u % uint64(One)
	if frac == 0 {
		return s
	}
	return s + "." + strings.TrimRight(strconv.FormatUint(frac+uint64(One), 10)[1:], "0")
}

// Float is the nearest floating-point number; for display and ratios only.
func (d Dec) Float() float64 { return float64(d) / float64(One) }

// Int is the whole number, and false when there is a fraction.
func (d Dec) Int() (int, bool) { return int(d / One), d%One == 0 }

// Round is the nearest whole number, halves away from zero.
func (d Dec) Round() Dec {
	if d < 0 {
		return -(-d).Round()
	}
	return (d + One/2) / One * One
}

// ParseDec reads canonical decimals such as "3.5" or "-12", at most twelve
// digits before the point; digits after the fourth decimal are rounded.
func ParseDec(s string) (Dec, bool) {
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	whole, frac, dot := strings.Cut(s, ".")
	if !allDigits(whole) || len(whole) > 12 || dot && !allDigits(frac) {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, false
	}
	d := Dec(n)*One + fraction(frac)
	if neg {
		d = -d
	}
	return d, true
}

// fraction is the value of the digits after a point, rounded half up.
func fraction(digits string) Dec {
	var d, place Dec = 0, One
	for i := 0; i < len(digits) && i < 5; i++ {
		v := Dec(digits[i] - '0')
		if i == 4 {
			if v >= 5 {
				d++
			}
			break
		}
		place /= 10
		d += v * place
	}
	return d
}

// allDigits reports whether s is one or more ASCII digits.
func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
