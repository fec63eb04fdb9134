package plan

import (
	"strings"
	"unicode/utf8"
)

// folded is a text in one spelling (half-width, Simplified, upper-case letters)
// with the way back to the original bytes.
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
		if t, ok := simple[r]; ok {
			r = t
		}
		writeFolded(&b, r)
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
	case r == utf8.RuneError:
		b.WriteByte('?')
	case r >= 'a' && r <= 'z':
		b.WriteByte(byte(r) - 'a' + 'A')
	case r < utf8.RuneSelf:
		b.WriteByte(byte(r))
	case r == '\u3000' || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\ufe0f':
		b.WriteByte(' ')
	case r >= '！' && r <= '～':
		writeFolded(b, r-0xFEE0)
	default:
		b.WriteRune(r)
	}
}

// span is the byte span in the original of a span of the folded text.
func (f *folded) span(from, to int) Span {
	start := int(f.back[from])
	if to <= from {
		return Span{Start: start, End: start}
	}
	end := int(f.back[to-1])
	_, n := utf8.DecodeRuneInString(f.orig[end:])
	return Span{Said: f.orig[start : end+n], Start: start, End: end + n}
}

// fold is foldText for a word of the vocabulary.
func fold(s string) string { f := foldText(s, nil); return f.text }
