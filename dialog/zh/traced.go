package zh

import (
	"strings"
	"unicode/utf8"
)

// Traced is a text in one spelling (half-width, Simplified, upper-case letters;
// line breaks stay, blanks and invisible signs become one blank each) with the
// way back to what was written. Unlike Fold it leaves nothing out.
type Traced struct {
	Source string
	Text   string
	back   []int32 // byte of Text → byte of Source; one more entry than bytes
}

// Trace spells s for a reader that must say where in s it read something.
func Trace(s string) Traced {
	simple := simplifiedOf()
	t := Traced{Source: s, back: make([]int32, 0, len(s)+1)}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		if to, ok := simple[r]; ok {
			r = to
		}
		n := b.Len()
		b.WriteRune(traceRune(r))
		for range b.Len() - n {
			t.back = append(t.back, int32(i))
		}
	}
	t.back = append(t.back, int32(len(s)))
	t.Text = b.String()
	return t
}

func traceRune(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= 0xFEE0
	}
	switch {
	case r == utf8.RuneError:
		return '?'
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case r == '\u3000' || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\ufe0f':
		return ' '
	}
	return r
}

// Span is the byte span in Source of the span s to e of Text.
func (t Traced) Span(s, e int) (start, end int) {
	start = int(t.back[s])
	if e <= s {
		return start, start
	}
	end = int(t.back[e-1])
	_, n := utf8.DecodeRuneInString(t.Source[end:])
	return start, end + n
}

// Said is the part of Source that the span s to e of Text was read from.
func (t Traced) Said(s, e int) string {
	start, end := t.Span(s, e)
	return t.Source[start:end]
}
