package bot

import (
	"strings"
	"unicode/utf8"
)

// Clean is s without control characters, at most limit bytes, cut at a rune
// border. Line ends become \n and tabs stay; marks that nobody sees and that
// turn words around (bidi), a byte-order mark and the zero-width space go too.
// Broken UTF-8 goes.
func Clean(s string, limit int) string {
	if !isClean(s) {
		s = strings.Map(keep, strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n"))
	}
	if len(s) <= limit {
		return s
	}
	return s[:runeBorder(s, limit)]
}

func isClean(s string) bool {
	for i, r := range s {
		if keep(r) != r {
			return false
		}
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			return false
		}
	}
	return true
}

func keep(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r':
		return '\n'
	case r < 0x20, r >= 0x7f && r <= 0x9f,
		r == 0x200b, r == 0xfeff, r == 0xfffe, r == 0xffff,
		r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}

// runeBorder is the last border between runes at or before n.
func runeBorder(s string, n int) int {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}
