package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

// carryCard shows last year's condition and keeps it with one tap.
type carryCard struct{ card }

// Wants are the fields known from before and open now.
func (c *carryCard) Wants(f *dialog.Form) []string { return carried(f) }

// AnyOpen reports whether any of them is open.
func (c *carryCard) AnyOpen(f *dialog.Form) bool { return f.AnyOpen(c.Wants(f)) }

// Never: the card's paths are not those of its spec.
func (c *carryCard) Never(string) bool { return false }

// First is everything: the card is one question.
func (c *carryCard) First(f *dialog.Form) []string { return carried(f) }

func (c *carryCard) openNow(f *dialog.Form) []string { return carried(f) }

// Ask shows what stood there.
func (c *carryCard) Ask(f *dialog.Form) dialog.Reply {
	r := dialog.Reply{Text: fill(c.spec.Ask, "year", f.Marks["carry_year"], "list", c.condensed(carried(f), f.Base))}
	r.Options = []dialog.Option{{Number: 1, Label: c.texts.Say("carry.same")}, {Number: 2, Label: c.texts.Say("carry.changed")}}
	return r
}

// Read keeps everything, or takes what changed and shows the rest again.
func (c *carryCard) Read(f *dialog.Form, in dialog.Input) dialog.Heard {
	text := zh.Clean(in.Text)
	t := zh.Fold(text)
	switch {
	case t == "2" || t == zh.Fold(c.texts.Say("carry.changed")):
		return dialog.Heard{Which: &dialog.Reply{Text: c.texts.Say("carry.how")}}
	case t == "1" || c.isSame(t):
		var h dialog.Heard
		for _, p := range carried(f) {
			h.Set = append(h.Set, dialog.Assign{Path: p, Value: f.Base[p]})
		}
		return h
	}
	text, rest := restSame(text)
	h := c.hear(f, text, c.openNow(f), in)
	if rest {
		for _, p := range carried(f) {
			if !assigned(h.Set, p) {
				h.Set = append(h.Set, dialog.Assign{Path: p, Value: f.Base[p], Said: c.texts.Say("carry.rest")})
			}
		}
	}
	return h
}

// restSame reports whether a text says that the rest is as it was (其他没变), and
// gives the text without that clause.
func restSame(text string) (string, bool) {
	for _, cl := range zh.Clauses(text) {
		if !containsAny(cl.Text, lex().RestSame) || !containsAny(cl.Text, lex().Same) {
			continue
		}
		return text[:cl.Start] + text[cl.End:], true
	}
	return text, false
}

func (c *carryCard) isSame(folded string) bool {
	for _, w := range strings.Split(c.texts.Say("carry.words"), " ") {
		if folded == zh.Fold(w) {
			return true
		}
	}
	return false
}
