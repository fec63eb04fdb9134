package plan

import "github.com/huhuqing/huhuqing/models"

// Reader reads sentences about the plan for one programme profile. It is safe
// for concurrent use: everything in it is made by New and never changed.
type Reader struct {
	profile *models.Profile
	lex     *lexicon
	brief   bool // says things back in fewer words
}

// Brief is the reader that says back in fewer words what was said back in full before: a
// measure by its name alone, a sum one way.
func (r *Reader) Brief() *Reader { return &Reader{profile: r.profile, lex: r.lex, brief: true} }

// New prepares the vocabulary of a profile.
func New(p *models.Profile) *Reader { return &Reader{profile: p, lex: newLexicon(p)} }
