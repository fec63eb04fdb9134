package zh

import "unicode/utf8"

// Words is a vocabulary for reading by the longest word: what is known of each
// word, and how long the words are that begin with a sign. The zero value is
// not ready; make one with NewWords.
type Words[W any] struct {
	known   map[string]*W
	longest map[rune]int // bytes
}

// NewWords is an empty vocabulary.
func NewWords[W any]() Words[W] { return Words[W]{known: map[string]*W{}, longest: map[rune]int{}} }

// Put adds a word, or replaces what was known of it.
func (x Words[W]) Put(text string, w *W) {
	x.known[text] = w
	r, _ := utf8.DecodeRuneInString(text)
	x.longest[r] = max(x.longest[r], len(text))
}

// Get is what is known of exactly this word; nil for nothing.
func (x Words[W]) Get(text string) *W { return x.known[text] }

// All is every word. A caller may delete from it, and adds with Put.
func (x Words[W]) All() map[string]*W { return x.known }

// Find is the longest word, of at most limit bytes, that text begins with; nil
// for none.
func (x Words[W]) Find(text string, limit int) *W {
	r, _ := utf8.DecodeRuneInString(text)
	for n := min(x.longest[r], len(text), limit); n > 0; n-- {
		if n < len(text) && !utf8.RuneStart(text[n]) {
			continue
		}
		if w := x.known[text[:n]]; w != nil {
			return w
		}
	}
	return nil
}
