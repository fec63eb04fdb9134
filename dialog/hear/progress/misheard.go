package progress

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Dictated words are written with other signs of the same sound: 封定了, 买会来了, 入户路硬话
// (domain.md §6.2). What means nothing as it is written is read as the word it sounds
// like, and said back.

// mishearLeast is how long a word must be to be known by its sound alone: shorter ones
// sound like names.
const mishearLeast = 3

// sounds are the long words by their sound.
type sounds map[string]*word

// soundKey is the sound of every sign of a word; "" when one has none.
func soundKey(text string) string {
	var b strings.Builder
	for _, r := range text {
		s := zh.Sound(r)
		if s == "" {
			return ""
		}
		b.WriteString(s + " ")
	}
	return b.String()
}

// add makes a word known by its sound; of two that sound alike neither is. Words of
// trouble are known by their signs alone: 没得货 is not 没得活.
func (x sounds) add(w *word) {
	if place(w.step) < place(models.StepAccept) {
		return
	}
	if utf8.RuneCountInString(w.text) < mishearLeast || !w.event() && len(w.about) == 0 && w.money == "" {
		return
	}
	if key := soundKey(w.text); key != "" {
		if _, taken := x[key]; taken {
			w = nil
		}
		x[key] = w
	}
}

// misheard is the longest word that text, of at most limit bytes, begins to sound like
// and how many bytes that takes.
func (x *lexicon) misheard(text string, limit int) (found *word, size int) {
	var key strings.Builder
	for k, n := 1, 0; n < min(limit, len(text)) && k <= x.longestSound; k++ {
		r, width := utf8.DecodeRuneInString(text[n:])
		sound := zh.Sound(r)
		if n += width; sound == "" || n > limit {
			break
		}
		key.WriteString(sound + " ")
		if w := x.sounds[key.String()]; w != nil && w.text != text[:n] && x.mayBe(text[:n], w.text) {
			found, size = w, n
		}
	}
	return found, size
}

// mayBe: most signs are the right ones, and none of the others means a thing of its own:
// 卖好了 is not 买好了.
func (x *lexicon) mayBe(said, word string) bool {
	a, b := []rune(said), []rune(word)
	other := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		other++
		if w := x.words.Get(string(a[i])); w != nil && (w.money != "" || w.output != "" || w.event() || len(w.about) > 0 || w.loss || w.is(no|did|left)) {
			return false
		}
	}
	return other*2 <= len(a)
}
