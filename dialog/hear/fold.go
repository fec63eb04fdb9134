package hear

import (
	"strings"
	"unicode/utf8"
)

// folded is a text in one spelling (half-width, Simplified, upper-case letters,
// line breaks and blanks as they are) with the way back to the original bytes.
type folded struct {
	orig string
	text string
	back []int32 // byte of text → byte of orig; one more entry than bytes
}

// foldText keeps signs one by one, so that every byte has an origin.
func foldText(s string, simple map[rune]rune) folded {
	f := folded{orig: s, back: make([]int32, 0, len(s)+1)}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		n := b.Len()
		if r == utf8.RuneError {
			b.WriteByte('?')
		} else {
			if t, ok := simple[r]; ok {
				r = t
			}
			writeFolded(&b, r)
		}
		for range b.Len() - n {
			f.back = append(f.back, int32(i))
		}
	}
	f.back = append(f.back, int32(len(s)))
	f.text = b.String()
	return f
}

func writeFolded(b *strings.Builder, r rune) {
	switch {
	case r >= 'a' && r <= 'z':
		b.WriteByte(byte(r) - 'a' + 'A')
	case r < utf8.RuneSelf:
		b.WriteByte(byte(r))
	case r == '\u3000' || r == '\u00a0':
		b.WriteByte(' ')
	case r >= '！' && r <= '～' && r != '，' && r != '：' && r != '；' && r != '？' && r != '！' && r != '（' && r != '）':
		writeFolded(b, r-0xFEE0)
	case r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\ufe0f':
		b.WriteByte(' ')
	default:
		b.WriteRune(r)
	}
}

// span is the byte span in the original of a span of the folded text.
func (f folded) span(s, e int) (int, int) {
	if e <= s {
		return int(f.back[s]), int(f.back[s])
	}
	end := int(f.back[e-1])
	_, n := utf8.DecodeRuneInString(f.orig[end:])
	return int(f.back[s]), end + n
}

// said is the original text of a span of the folded text.
func (f folded) said(s, e int) string {
	a, b := f.span(s, e)
	return f.orig[a:b]
}

// fold is foldText for a word of the vocabulary.
func fold(s string) string { return foldText(s, nil).text }
