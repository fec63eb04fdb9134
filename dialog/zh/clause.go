package zh

import "strings"

// Clause is one piece of a message.
type Clause struct {
	Text       string
	Start, End int // byte span in the message
}

const clauseMarks = ",、;。!?！？；，|\n"

// Clauses splits a message at ，,、；;。！？| , line breaks and blanks, with spans.
// It never splits inside a number (1,200 3.5), inside a phone or ID number
// written in groups, or between an ASCII number and its unit (3.5 亩).
func Clauses(s string) []Clause {
	t := read(s)
	var out []Clause
	start, hold := 0, 0
	cut := func(i int) {
		for start < i && t.r[start] == ' ' {
			start++
		}
		if start < i {
			from, to := t.span(start, i)
			out = append(out, Clause{s[from:to], from, to})
		}
		start = i + 1
	}
	for i, c := range t.r {
		if i < hold {
			continue
		}
		switch {
		case isDigit(c) && !isDigit(sign(t.r, i-1)):
			hold = longEnd(t.r, i)
			if end, _, _ := literalAt(t.r, i); end > hold {
				hold = end
			}
		case c == ' ' && !joined(t.r, i), strings.ContainsRune(clauseMarks, c), c == '.' && stop(t.r, i):
			cut(i)
		}
	}
	cut(len(t.r))
	return out
}

// joined reports that the blank at i stands between a number and its unit.
func joined(r []rune, i int) bool {
	return isDigit(sign(r, i-1)) && measureAt(r, i+1) && !isLetter(sign(r, i+1))
}

// stop reports that the point at i ends a sentence.
func stop(r []rune, i int) bool {
	next := sign(r, i+1)
	return next == 0 || next == ' ' || next == '\n'
}

// SplitList splits the entries of a list at 、，,；;/| , line breaks and blanks,
// trimmed, empty ones dropped. It does not split at 和, which is also a surname.
func SplitList(s string) []string {
	var out []string
	for _, c := range Clauses(s) {
		for _, part := range strings.FieldsFunc(c.Text, func(r rune) bool { return r == '/' || r == '／' }) {
			if part = Clean(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}
