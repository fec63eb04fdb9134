package plan

import "github.com/huhuqing/huhuqing/models"

// Reader reads sentences about the plan for one programme profile. It is safe
// for concurrent use: everything in it is made by New and never changed.
type Reader struct {
	profile *models.Profile
	lex     *lexicon
}

// New prepares the vocabulary of a profile.
func New(p *models.Profile) *Reader { return &Reader{profile: p, lex: newLexicon(p)} }
