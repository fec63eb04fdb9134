package wechat

import (
	"strings"
	"unicode/utf8"
)

const (
	// maxPart stays clear of the measured limit of 2048 bytes, markup included
	// (wechat.md §1.5).
	maxPart = 1800 // bytes
	// maxParts is one answer and three customer-service messages: the person's
	// window holds five (wechat.md §1.7), and one is kept for what comes next.
	maxParts = 4
)

// split cuts text into parts of at most maxPart bytes. Every part but the last
// ends with more; a text that needs more than maxParts ends with cut. Empty
// text gives no part.
func split(text, more, cut string) []string {
	if text == "" {
		return nil
	}
	var parts []string
	for len(text) > maxPart && len(parts) < maxParts-1 {
		n := breakAt(text, maxPart-len(more)-1)
		parts = append(parts, strings.TrimRight(text[:n], " \n\t")+"\n"+more)
		text = strings.TrimLeft(text[n:], " \n\t")
	}
	if len(text) > maxPart {
		n := breakAt(text, maxPart-len(cut)-1)
		text = strings.TrimRight(text[:n], " \n\t") + "\n" + cut
	}
	if text == "" { // nothing but blanks was left
		return parts
	}
	return append(parts, text)
}

// breakAt is where to cut s, longer than limit: at a line's end if one is in
// the second half of what fits, else behind a sentence or a clause, else
// between two runes; never inside a line with a link.
func breakAt(s string, limit int) int {
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	window := s[:limit]
	start := strings.LastIndexByte(window, '\n') + 1
	last, _, _ := strings.Cut(s[start:], "\n")
	if start > len(window)/2 || start > 0 && strings.Contains(last, "<a ") {
		return start
	}
	for _, marks := range []string{"。！？；!?;…", "，、,：: "} {
		if n := after(window, marks); n > len(window)/2 {
			return n
		}
	}
	return len(window)
}

// after is the place behind the last of marks and the closing quotes that
// follow it; 0 if there is none.
func after(s, marks string) int {
	i := strings.LastIndexAny(s, marks)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	for n := i + size; ; n += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[n:])
		if size == 0 || !strings.ContainsRune("」』”’）)》", r) {
			return n
		}
	}
}
