package flows

import (
	"cmp"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

// planCard asks one question about the plan; its asker says which, and what an
// option or a sentence settles. The words are those of plan.yaml.
type planCard struct {
	spec
	*kit
	asker
}

// asker is the part of a plan card that is code. All of it is a function of the
// form.
type asker interface {
	// wants are the paths the card settles, in the order in which they are asked.
	wants(k *kit, f *dialog.Form) []string
	// first are those of the one question that is put now.
	first(k *kit, f *dialog.Form) []string
	// words fill the question's placeholders, name and value in turn.
	words(k *kit, f *dialog.Form, first []string) []string
	// choices are what can be tapped.
	choices(k *kit, f *dialog.Form, first []string) []choice
	// asking is what a sentence is heard for.
	asking(k *kit, f *dialog.Form, first []string) asking
}

// choice is one answer to tap.
type choice struct {
	label string
	also  []string
	alone bool // excludes every other
	pass  bool // leaves the question open
	do    func(l *ledger)
}

// ID is the card's name in plan.yaml.
func (c *planCard) ID() string { return c.spec.ID }

// Section is the part of the plan the card belongs to.
func (c *planCard) Section() string { return c.spec.Section }

// Wants lists the paths the card settles.
func (c *planCard) Wants(f *dialog.Form) []string { return c.wants(c.kit, f) }

// First are the paths of the question that is put now.
func (c *planCard) First(f *dialog.Form) []string {
	first := c.first(c.kit, f)
	if f.Force && f.Marks[markFocus] != "" {
		if focused := c.focused(f); len(focused) > 0 {
			return focused
		}
	}
	if len(first) == 0 && f.Force {
		return c.Wants(f)
	}
	return first
}

// focused are the wanted paths of the row a card was called back for.
func (c *planCard) focused(f *dialog.Form) []string {
	var out []string
	for _, p := range c.Wants(f) {
		if strings.HasPrefix(p, f.Marks[markFocus]+".") {
			out = append(out, p)
		}
	}
	return out
}

// Idle reports whether the card, when its turn comes, has nothing to ask after all.
func (c *planCard) Idle(f *dialog.Form) bool {
	i, ok := c.asker.(interface {
		idle(k *kit, f *dialog.Form) bool
	})
	return ok && i.idle(c.kit, f)
}

// Left is at most how many questions the card still needs.
func (c *planCard) Left(f *dialog.Form) int {
	if !c.One {
		return 1
	}
	seen := map[string]bool{}
	for _, p := range f.Open(c.Wants(f)) {
		seen[rowAt(f, p).ref] = true
	}
	return max(1, len(seen))
}

// Ask puts the question with its options.
func (c *planCard) Ask(f *dialog.Form) dialog.Reply {
	first := c.First(f)
	words := c.words(c.kit, f, first)
	text := c.spec.Ask
	switch {
	case c.AskDone != "" && has(words, "done"):
		text = c.AskDone
	case c.AskOld != "" && has(words, "old"):
		text = c.AskOld
	}
	r := dialog.Reply{Text: fill(text, append(words, "head", f.Title)...)}
	size := len(r.Text)
	for i, o := range c.choices(c.kit, f, first) {
		if size += tapBytes + 2*len(o.label); i == maxOptions || size > maxScreen {
			break // the rest can still be typed
		}
		r.Options = append(r.Options, dialog.Option{Number: i + 1, Label: o.label})
	}
	return r
}

// A reply is one message of WeChat, at most 1,800 bytes (wechat.md §1.5): a line to
// tap takes its label twice and the link around it. Some room is kept for what
// was understood before.
const (
	tapBytes  = 75
	maxScreen = 1500
)

// has reports whether a word is among pairs with a value.
func has(pairs []string, name string) bool {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name && pairs[i+1] != "" {
			return true
		}
	}
	return false
}

// hint is what the card says when it did not understand.
func (c *planCard) hint() string { return c.Unclear }

// Read reads an answer: options by number, label or synonym; else anything the
// readers make of it.
func (c *planCard) Read(f *dialog.Form, in dialog.Input) dialog.Heard {
	text := zh.Clean(in.Text)
	first := c.First(f)
	if h, ok := c.pick(f, in, text, first); ok {
		return h
	}
	a := c.asking(c.kit, f, first)
	a.part, a.open = cmp.Or(a.part, c.Section()), first
	return c.hearPlan(f, text, a, in)
}

// pick reads an answer that names options and nothing else.
func (c *planCard) pick(f *dialog.Form, in dialog.Input, text string, first []string) (dialog.Heard, bool) {
	all := c.choices(c.kit, f, first)
	if len(all) == 0 {
		return dialog.Heard{}, false
	}
	words := make([]zh.Choice, min(len(all), maxOptions))
	for i := range words {
		words[i] = zh.Choice{Key: all[i].label, Label: all[i].label, Also: all[i].also}
	}
	picked, rest, ok := zh.NewMenu(words).Read(text)
	if !ok || strings.Trim(rest, " ，,。") != "" || len(picked) > 1 && !c.Many {
		return dialog.Heard{}, false
	}
	l := c.ledger(f, in)
	for _, i := range picked {
		switch o := all[i]; {
		case o.alone && len(picked) > 1:
			return dialog.Heard{Wrong: c.texts.Say("pick.alone", "label", o.label)}, true
		case o.pass:
			return dialog.Heard{Pass: first}, true
		default:
			o.do(l)
		}
	}
	h := l.heard()
	return h, h.Understood() || h.Which != nil || h.Wrong != ""
}

// put is a choice that sets values, told by its label.
func put(label string, also []string, set ...string) choice {
	return choice{label: label, also: also, do: func(l *ledger) {
		for i := 0; i+1 < len(set); i += 2 {
			said := ""
			if i == 0 {
				said = label
			}
			l.put(set[i], set[i+1], said, false)
		}
	}}
}

// firstRow are the open paths of the first row that has any.
func firstRow(f *dialog.Form, paths []string) []string {
	ref := ""
	var out []string
	for _, p := range paths {
		r := rowAt(f, p).ref
		switch {
		case ref == "" && !f.Settled(p):
			ref = r
		case ref != "" && r != ref:
			continue
		}
		if r == ref {
			out = append(out, p)
		}
	}
	return out
}
