package zh

import (
	"strings"
	"time"
)

// IDProblem says what is wrong with an ID number.
type IDProblem string

// The problems an ID number can have.
const (
	IDFine     IDProblem = ""
	IDLength   IDProblem = "length"   // not 18, 20 or 22 long
	IDOld      IDProblem = "old"      // 15 digits: such cards must be renewed
	IDCheck    IDProblem = "check"    // the check digit is wrong (GB 11643)
	IDBirth    IDProblem = "birth"    // the date inside is impossible or in the future
	IDDisabled IDProblem = "disabled" // kind not 1–7 or level not 1–4
)

// IDNumber is an identity or disability-certificate number found in a text
// (domain.md §1.2: 20 = 18 + kind + level, 22 = 20 + B + renewals).
type IDNumber struct {
	Text       string // digits and upper-case letters, no blanks
	Start, End int    // byte span in the text
	Problem    IDProblem
	Birth      Date
	Sex        string // M or F
	Kind       int    // disability kind 1–7, 0 when it is an ID card
	Level      int    // disability level 1–4
}

// IDNumbers finds the ID numbers in a text, also those written in groups with
// blanks or dashes. x, X and × are the check sign. Runs of 12 to 26 signs of
// another length come with IDLength; phone numbers are left alone.
func IDNumbers(s string, now time.Time) []IDNumber {
	t := read(s)
	var out []IDNumber
	for i := 0; i < len(t.r); {
		if !isDigit(t.r[i]) {
			i++
			continue
		}
		end, number := idAt(t.r, i)
		if number != "" && !isLetter(sign(t.r, i-1)) {
			id := checkID(number, now)
			id.Start, id.End = t.span(i, end)
			out = append(out, id)
		}
		i = end
	}
	return out
}

// idRun is one unbroken run of an ID number's signs from i on.
func idRun(r []rune, i, have int) (end int, run string) {
	var b []byte
	for ; i < len(r); i++ {
		at, c := have+len(b), r[i]
		switch {
		case isDigit(c):
			b = append(b, byte(c))
		case (c == 'x' || c == '×' || c == '*') && at == 17:
			b = append(b, 'X')
		case c == 'b' && at == 20:
			b = append(b, 'B')
		default:
			return i, string(b)
		}
		if len(b) > 40 {
			return digitsEnd(r, i+1), ""
		}
	}
	return i, string(b)
}

// idAt reads an ID number at i: an unbroken run, or groups that add up.
func idAt(r []rune, i int) (end int, number string) {
	end, number = idRun(r, i, 0)
	if n := len(number); n == 0 || n >= 15 {
		return end, limit(number)
	}
	first := end
	all := number
	for j := end; len(all) < 22; {
		if c := sign(r, j); c != ' ' && c != '-' || !isDigit(sign(r, j+1)) && sign(r, j+1) != 'x' && sign(r, j+1) != '×' {
			break
		}
		next, run := idRun(r, j+1, len(all))
		if run == "" || len(run) >= 11 {
			break
		}
		all += run
		j = next
		if len(all) == 18 || len(all) == 20 || len(all) == 22 {
			end, number = j, all
		}
	}
	if len(number) >= 18 {
		return end, number
	}
	return first, limit(all[:len(number)])
}

// limit drops runs that are no ID numbers: phones, amounts, endless digits.
func limit(number string) string {
	if len(number) < 12 || len(number) > 26 || len(number) == 13 && strings.HasPrefix(number, "861") {
		return ""
	}
	return number
}

// checkID takes a number apart.
func checkID(number string, now time.Time) IDNumber {
	id := IDNumber{Text: number}
	switch len(number) {
	case 15:
		id.Problem = IDOld
		id.Birth, id.Sex = idBirth("19"+number[6:12]), sexOf(number[14])
		return id
	case 18, 20, 22:
	default:
		id.Problem = IDLength
		return id
	}
	id.Birth, id.Sex = idBirth(number[6:14]), sexOf(number[16])
	if len(number) > 18 {
		id.Kind, id.Level = int(number[18]-'0'), int(number[19]-'0')
	}
	switch {
	case checkSign(number[:17]) != number[17]:
		id.Problem = IDCheck
	case id.Birth.Precision != Day || id.Birth.Year < 1890 || id.Birth.First().After(now):
		id.Problem = IDBirth
	case len(number) > 18 && (id.Kind < 1 || id.Kind > 7 || id.Level < 1 || id.Level > 4):
		id.Problem = IDDisabled
	case len(number) == 22 && (number[20] != 'B' || !isDigit(rune(number[21]))):
		id.Problem = IDLength
	}
	return id
}

// idBirth reads YYYYMMDD; no date when there is no such day.
func idBirth(s string) Date {
	if !allDigits(s) {
		return Date{}
	}
	r := []rune(s)
	y, m, d := numberOf(r[:4]), numberOf(r[4:6]), numberOf(r[6:8])
	if !validDay(y, m, d) {
		return Date{}
	}
	return Date{Year: y, Month: m, Day: d, Precision: Day}
}

// sexOf is M for odd digits and F for even ones.
func sexOf(digit byte) string {
	if (digit-'0')%2 == 1 {
		return "M"
	}
	return "F"
}

// checkSign is the eighteenth sign of GB 11643 for seventeen digits, 0 when
// they are not all digits.
func checkSign(digits string) byte {
	if !allDigits(digits) {
		return 0
	}
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(digits[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}
