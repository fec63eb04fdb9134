package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// noun is a word that names a cause when it is said to be lacking.
type noun struct{ text, cause string }

// signs are words that name a cause when all of them stand in a piece, in order.
type signs struct {
	words []string
	cause string
}

func signsOf(p *models.Profile, m map[string]string) []signs {
	var out []signs
	for _, it := range p.Codes["cause"] { // in the order of the list
		for _, t := range strings.Fields(m[it.Key]) {
			out = append(out, signs{strings.Split(t, "+"), it.Key})
		}
	}
	return out
}

// negative: the words themselves deny something: 没 … 文化.
func (g *signs) negative() bool {
	return slices.ContainsFunc(g.words, func(w string) bool { return strings.ContainsAny(w, "没不") })
}

// in reports whether the words stand in the text.
func (g *signs) in(text string) bool {
	for _, w := range g.words {
		i := strings.Index(text, w)
		if i < 0 {
			return false
		}
		text = text[i+len(w):]
	}
	return true
}

func nounsOf(p *models.Profile, m map[string]string) zh.Words[noun] {
	out := zh.NewWords[noun]()
	for cause, words := range m {
		for _, t := range strings.Fields(words) {
			if p.Item("cause", cause) != nil {
				out.Put(t, &noun{t, cause})
			}
		}
	}
	return out
}
