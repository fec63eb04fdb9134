package clears

import (
	"time"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
)

// cardLengths: ID card 18; disability certificate 20, or 22 when reissued.
func cardLength(n int) bool { return n == 18 || n == 20 || n == 22 }

// body is the ID card number within a number of the right length, "" otherwise.
func body(n models.IDNumber) string {
	s := n.Reveal()
	if !cardLength(len(s)) || utf8.RuneCountInString(s) != len(s) {
		return ""
	}
	return s[:18]
}

// checkDigit reports whether the 18th character fits the 17 before it (GB 11643).
func checkDigit(s string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	last := s[17]
	if last == 'x' {
		last = 'X'
	}
	return last == "10X98765432"[sum%11]
}

// cardBirth is the birth date within a number; false when it is no real date.
func cardBirth(s string) (models.Date, bool) {
	t, err := time.Parse("20060102", s[6:14])
	if err != nil {
		return "", false
	}
	return models.Date(t.Format(time.DateOnly)), true
}

// cardSex is the sex within a number.
func cardSex(s string) string {
	if (s[16]-'0')%2 == 1 {
		return "M"
	}
	return "F"
}

// birthOf is the birth date on record, else that of the ID number.
func birthOf(m *models.Member) models.Date {
	if m.Birth != "" {
		return m.Birth
	}
	if s := body(m.IDNo); s != "" {
		if b, ok := cardBirth(s); ok {
			return b
		}
	}
	return ""
}
