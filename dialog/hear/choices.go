package hear

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// readChoices reads 个别 集中 县城 for as many open fields that take a code: the
// words of their lists come before what the words may mean elsewhere.
func (p *pass) readChoices() {
	var open []string
	for _, o := range p.c.Open {
		if kindOf(o) == models.KindCode && fieldOf(o).Codes != "insurance" && !isRef(o) {
			open = append(open, o)
		}
	}
	if len(open) < 2 {
		return
	}
	taken := map[string]bool{}
	for i := 0; i < len(p.toks); i++ {
		if p.toks[i].use != free || p.toks[i].kind == mark || p.toks[i].kind == amount {
			continue
		}
		for _, o := range open {
			key, to := p.choiceAt(o, i)
			if to < i || taken[o] || p.deniedAt(i, to) || p.claimedElsewhere(o, i, open) {
				continue
			}
			p.put(i, to, o, key, 0)
			taken[o] = true
			i = to
			break
		}
	}
}

// deniedAt: 低保没有, 没有低保 choose nothing.
func (p *pass) deniedAt(from, to int) bool {
	if from > 0 && p.toks[from-1].is(no) && !p.toks[from].gap {
		return true
	}
	next := to + 1
	return next < len(p.toks) && p.toks[next].is(no) && !p.toks[next].gap && (next+1 == len(p.toks) || p.toks[next+1].kind == mark)
}

// claimedElsewhere: the words are also of the list of another open field that
// the person more likely means, since its own words are longer.
func (p *pass) claimedElsewhere(path string, i int, open []string) bool {
	_, to := p.choiceAt(path, i)
	for _, o := range open {
		if _, other := p.choiceAt(o, i); o != path && other > to {
			return true
		}
	}
	return false
}

// choiceAt is the longest entry of a field's list that the tokens from i on
// spell, and its last token; -1 when there is none.
func (p *pass) choiceAt(path string, i int) (key string, to int) {
	rest := p.Text[p.toks[i].s:]
	best := 0
	for _, it := range p.r.profile.Codes[fieldOf(path).Codes] {
		for n := -1; n < len(it.Also); n++ {
			word := it.Label
			if n >= 0 {
				word = it.Also[n]
			}
			if word = zh.Trace(word).Text; len(word) > best && utf8.RuneCountInString(word) > 1 && strings.HasPrefix(rest, word) {
				key, best = it.Key, len(word)
			}
		}
	}
	if best == 0 {
		return "", -1
	}
	end := p.toks[i].s + best
	for j := i; j < len(p.toks) && j < i+8; j++ {
		if p.toks[j].use != free {
			break
		}
		if p.toks[j].e >= end {
			if p.toks[j].e > end && p.toks[j].kind != raw {
				break
			}
			return key, j
		}
	}
	return "", -1
}
