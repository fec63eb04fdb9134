package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

// cutRest takes such clauses out of a text: which card they settle depends on
// what was said before them, which the sentence reader does not know. Spans of
// what is left stay the same.
func cutRest(text string) (string, []hear.Unread) {
	var rests []hear.Unread
	for _, c := range zh.Clauses(text) {
		for _, w := range lex().Rest {
			if strings.HasPrefix(c.Text, w) && len([]rune(c.Text)) <= 8 {
				rests = append(rests, hear.Unread{Said: c.Text, Start: c.Start, End: c.End, Why: hear.WhyUnknown})
				text = text[:c.Start] + strings.Repeat(" ", c.End-c.Start) + text[c.End:]
				break
			}
		}
	}
	return text, rests
}

// rest reads 其余没有, 其他都健康 and the like: a preset of the card that the
// fact before it belongs to (of the open card when none is before it), for what
// that card still lacks.
func (k *kit) rest(f *dialog.Form, r hear.Reading, u hear.Unread, open []string) []dialog.Assign {
	said := zh.Fold(u.Said)
	for _, c := range k.cardsBefore(f, r, u, open) {
		if containsAny(said, lex().Same) {
			return likeBefore(f, r, c)
		}
		if set := k.restOf(f, r, c, said); len(set) > 0 {
			return set
		}
	}
	return nil
}

// restOf are the values of the preset of a card that the words mean, for what the
// card still lacks.
func (k *kit) restOf(f *dialog.Form, r hear.Reading, c *card, said string) []dialog.Assign {
	bare := said
	for _, w := range lex().Rest { // 其余健康 is 健康 for the others
		if rest, ok := strings.CutPrefix(said, w); ok && len([]rune(rest)) > 1 {
			bare = rest
		}
	}
	for _, p := range c.Presets {
		if !k.says(p, said) && !(p.Rest != "" && bare != said && k.says(p, bare)) && !(p.Rest != "" && restNone(said) && p.none()) {
			continue
		}
		label := p.Label
		if p.Rest != "" && (c.someSettled(f) || len(r.Facts) > 0) {
			label = p.Rest
		}
		var left []string
		for _, path := range f.Open(c.Wants(f)) {
			if !factOf(r, path) {
				left = append(left, path)
			}
		}
		return assignOpen(left, p.Set, label)
	}
	return nil
}

// cardsBefore are the cards of the facts before a piece that was not read, the
// nearest first: 本钱2400，其余没有 is about the income before the cost. Without a
// fact it is the open card.
func (k *kit) cardsBefore(f *dialog.Form, r hear.Reading, u hear.Unread, open []string) []*card {
	facts := slices.DeleteFunc(slices.Clone(r.Facts), func(x hear.Fact) bool { return x.Start >= u.Start })
	slices.SortStableFunc(facts, func(a, b hear.Fact) int { return b.Start - a.Start })
	var out []*card
	add := func(path string) {
		if c, ok := k.form.CardOf(f, path).(*card); ok && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, x := range facts {
		add(x.Path)
	}
	if len(open) > 0 {
		add(open[0])
	}
	return out
}

func factOf(r hear.Reading, path string) bool {
	for _, fact := range r.Facts {
		if fact.Path == path {
			return true
		}
	}
	return false
}

// says reports whether a preset is meant by these (folded) words.
func (k *kit) says(p preset, folded string) bool {
	for _, w := range append([]string{p.Label, p.Rest}, p.Also...) {
		if w != "" && k.fold(w) == folded {
			return true
		}
	}
	return false
}

// assignOpen settles the given paths, and none else, by a preset; it is said
// once, by the preset's label.
func assignOpen(left []string, set map[string]string, label string) []dialog.Assign {
	var out []dialog.Assign
	for _, p := range left {
		if v, ok := set[specPath(p)]; ok {
			out = append(out, dialog.Assign{Path: p, Value: v, Said: label})
		}
	}
	return out
}

// likeBefore settles what a card lacks with what stood there before: 其他和去年一样.
func likeBefore(f *dialog.Form, r hear.Reading, c *card) []dialog.Assign {
	var out []dialog.Assign
	for _, p := range f.Open(c.Wants(f)) {
		if v := f.Base[p]; v != "" && !factOf(r, p) {
			out = append(out, dialog.Assign{Path: p, Value: v, Said: c.texts.Say("carry.rest")})
		}
	}
	return out
}

// again looks at what was not read piece by piece: a piece may be the answer
// that one of the questions still to come offers (都不是, 都健康, 2014). It gives
// the values, and what is still not read.
func (k *kit) again(f *dialog.Form, said string) (set []dialog.Assign, left string) {
	for _, cl := range zh.Clauses(said) {
		if as := k.offered(f, zh.Fold(cl.Text)); len(as) > 0 {
			for i := range as {
				if startsWithAny(cl.Text, lex().Rest) { // 其他健康 is not said back as 都健康
					as[i].Said = cl.Text
				}
			}
			set = append(set, as...)
			continue
		}
		left = strings.TrimSpace(left + " " + cl.Text)
	}
	return set, left
}

// startsWithAny reports whether one of the words begins s.
func startsWithAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// offered are the values of the only open question that offers these words as
// an answer; none when no question does, or several do.
func (k *kit) offered(f *dialog.Form, folded string) []dialog.Assign {
	if len([]rune(folded)) < 2 {
		return nil // a bare number belongs to the open question only
	}
	for _, byLabel := range []bool{true, false} { // a label beats a synonym
		if found, n := k.offering(f, folded, byLabel); n == 1 {
			return found
		} else if n > 1 {
			return nil
		}
	}
	return nil
}

// offering are the values, and how many open questions offer these words.
func (k *kit) offering(f *dialog.Form, folded string, byLabel bool) (found []dialog.Assign, n int) {
	bare := strings.TrimSuffix(folded, lex().YearSign)
	for _, w := range lex().Rest { // 其他都健康 is 都健康 for the others
		if rest, ok := strings.CutPrefix(bare, w); ok && len([]rune(rest)) >= 2 {
			bare = rest
		}
	}
	for _, dc := range k.form.Cards {
		c, ok := dc.(*card)
		if !ok || !f.AnyOpenOf(c) {
			continue
		}
		for _, o := range c.options(f) {
			words := preset{Label: o.Label}
			if !byLabel {
				words.Also = o.Also
			}
			if o.Pass || o.Whom || !k.says(words, bare) && !k.says(words, folded) {
				continue
			}
			found, n = c.assign(f, c.openNow(f), o), n+1
			break
		}
	}
	return found, n
}

// restNone reports whether a clause says that there is nothing else: 其他没得.
func restNone(folded string) bool {
	for _, w := range lex().Rest {
		if rest, ok := strings.CutPrefix(folded, w); ok && zh.IsNone(strings.TrimLeft(rest, lex().Particles)) {
			return true
		}
	}
	return false
}

// none reports whether a preset sets everything to nothing.
func (p preset) none() bool {
	for _, v := range p.Set {
		if v != "0" && v != "no" && v != "none" {
			return false
		}
	}
	return len(p.Set) > 0
}
