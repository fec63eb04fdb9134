package progress

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Reader reads sentences about the carrying out of measures for one programme
// profile. It is safe for concurrent use: everything in it is made by New and
// never changed.
type Reader struct {
	profile *models.Profile
	lex     *lexicon
}

// New prepares the vocabulary of a profile.
func New(p *models.Profile) *Reader { return &Reader{profile: p, lex: newLexicon(p)} }

// Follows are the values that a step of a measure changes in its household.
func (r *Reader) Follows(m *models.Measure, step models.StepKind) []Follow {
	var out []Follow
	for _, a := range r.lex.after {
		if a.step == step && a.kind == m.Cat2 && titled(m, a.title) {
			out = append(out, a.Follow)
		}
	}
	return out
}

// Knows reports whether the text is, or begins with, a word about progress: it is
// no name then.
func (r *Reader) Knows(text string) bool {
	w := r.lex.words.Find(text, len(text))
	return w != nil && (len(w.text) > len("牛") || w.event() || w.money != "" || w.is(rest) && w.text == text)
}

// Another reports whether an indicator on record counts another thing than what was
// told of: 肥猪出栏 for 繁殖. One that names none of the things we know may count any.
func (r *Reader) Another(told, indicator string) bool {
	alike := func(name string) bool {
		return name == told || slices.Contains(r.lex.alike, name) && slices.Contains(r.lex.alike, told)
	}
	other := false
	for _, name := range r.lex.outputs {
		if strings.Contains(indicator, name) {
			if alike(name) {
				return false
			}
			other = true
		}
	}
	return other
}
