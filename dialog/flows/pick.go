package flows

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Read reads an answer: an option by number, label or synonym; else anything
// that the sentence reader makes of it, for this card or any other.
func (c *card) Read(f *dialog.Form, in dialog.Input) dialog.Heard {
	text := zh.Clean(in.Text)
	open := c.openNow(f)
	if opts := c.options(f); len(opts) > 0 {
		if h, ok := c.pick(f, text, open, opts); ok {
			return h
		}
	}
	if h, ok := c.pickCodes(f, text, open); ok {
		return h
	}
	return c.hear(f, text, open, in)
}

// pickCodes reads an answer made of words of the open code lists and nothing
// else: «个别 集中 县城», «肢体二级» is left to the sentence reader.
func (c *card) pickCodes(f *dialog.Form, text string, open []string) (dialog.Heard, bool) {
	var h dialog.Heard
	taken := map[string]bool{}
	words := zh.SplitList(strings.ReplaceAll(text, " ", "、"))
	for _, w := range words {
		hit := ""
		for _, p := range open {
			fd := fieldOf(p)
			if fd == nil || fd.Kind != models.KindCode || taken[p] {
				continue
			}
			for _, o := range c.codes(specPath(p)) {
				if c.says(preset{Label: o.Label, Also: o.Also}, zh.Fold(w)) {
					hit = p
					v := o.Set[specPath(p)]
					h.Set = append(h.Set, dialog.Assign{Path: p, Value: v, Said: c.tell(f, p, v)})
					break
				}
			}
			if hit != "" {
				taken[hit] = true
				break
			}
		}
		if hit == "" {
			return dialog.Heard{}, false
		}
	}
	return h, len(h.Set) > 0
}

// pick reads an answer that names options. ok is false when it names none.
func (c *card) pick(f *dialog.Form, text string, open []string, opts []option) (dialog.Heard, bool) {
	choices := make([]zh.Choice, len(opts))
	for i, o := range opts {
		choices[i] = zh.Choice{Key: o.Label, Label: o.Label, Also: o.Also}
	}
	if c.numeric(open) && !hasWord(text, choices) {
		return dialog.Heard{}, false
	}
	picked, rest, ok := c.menu(choices).Read(text)
	if !ok || strings.TrimSpace(rest) != "" || (len(picked) > 1 && !c.many(open)) {
		return dialog.Heard{}, false
	}
	var h dialog.Heard
	for _, i := range picked {
		if denies(opts[i].Label) && !denies(text) && !hasDigit(text) && !c.says(preset{Label: opts[i].Label, Also: opts[i].Also}, zh.Fold(text)) {
			return dialog.Heard{}, false // 有电话 is not 没有电话
		}
		if opts[i].Alone && len(picked) > 1 {
			return dialog.Heard{Wrong: c.texts.Say("pick.alone", "label", opts[i].Label)}, true
		}
		if opts[i].Pass {
			return dialog.Heard{Pass: open}, true
		}
		if opts[i].Whom && len(open) > 1 {
			return dialog.Heard{Which: c.whom(f, open, opts[i])}, true
		}
		h.Set = append(h.Set, c.assign(f, open, opts[i])...)
	}
	h.Set = c.merge(h.Set)
	return h, len(h.Set) > 0
}

// hasWord reports whether the text is one of the labels or synonyms as written;
// in a card of numbers only these pick an option.
func hasWord(text string, cs []zh.Choice) bool {
	t := zh.Fold(text)
	for _, c := range cs {
		if t == zh.Fold(c.Label) {
			return true
		}
		for _, a := range c.Also {
			if t == zh.Fold(a) {
				return true
			}
		}
	}
	return false
}

// many reports whether the card takes several options at once.
func (c *card) many(open []string) bool {
	for _, p := range open {
		if fd := fieldOf(p); fd != nil && (fd.Kind == models.KindCodes || fd.Kind == models.KindYesNo) {
			return true
		}
	}
	return false
}

// assign makes the values an option stands for: for what is open of the card,
// and for other fields nobody has settled. What was said before stays (其余没有
// after 卖猪6000). A preset is said back by its own label.
func (c *card) assign(f *dialog.Form, open []string, o option) []dialog.Assign {
	var out []dialog.Assign
	add := func(path, value string) {
		said := c.tell(f, path, value)
		if len(o.Set) > 1 || c.isPreset(o) {
			said = o.Label
		}
		out = append(out, dialog.Assign{Path: path, Value: value, Said: said})
	}
	for _, p := range open {
		if v, ok := o.Set[specPath(p)]; ok {
			add(p, v)
		}
	}
	for _, path := range sortedPaths(o.Set, open) {
		if !slices.Contains(open, path) && (f.Force || !f.Settled(path) || !c.isRest(f, o) && slices.Contains(c.Fields, specPath(path))) {
			add(path, o.Set[specPath(path)])
		}
	}
	return out
}

// denies reports whether words deny something.
func denies(s string) bool { return strings.ContainsAny(s, lex().Denials) }

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsNumber) }

// whom asks which member an option is about.
func (c *card) whom(f *dialog.Form, open []string, o option) *dialog.Reply {
	r := &dialog.Reply{Text: c.texts.Say("pick.whom", "label", o.Label)}
	for _, p := range open {
		if v, ok := o.Set[specPath(p)]; ok && len(r.Options) < maxOptions {
			ref, _, _ := refOf(p)
			r.Options = append(r.Options, dialog.Option{Number: len(r.Options) + 1, Label: slot{f, ref}.name(), Say: p + "=" + v})
		}
	}
	return r
}

// isRest reports whether the option only settles what is left.
func (c *card) isRest(f *dialog.Form, o option) bool {
	for _, p := range c.Presets {
		if p.Rest != "" && (p.Rest == o.Label || p.Label == o.Label && c.someSettled(f)) {
			return true
		}
	}
	return false
}

// isPreset reports whether the option came from the spec.
func (c *card) isPreset(o option) bool {
	for _, p := range c.Presets {
		if p.Label == o.Label || p.Rest == o.Label {
			return true
		}
	}
	return false
}

// specPath is a form path as base.yaml writes it: "m2.sex" is "m.sex".
func specPath(path string) string {
	if _, key, ok := refOf(path); ok {
		return "m." + key
	}
	return path
}

// sortedPaths are the form paths that an option sets: fields of members for
// each member among the open paths.
func sortedPaths(set map[string]string, open []string) []string {
	refs := map[string]bool{}
	for _, p := range open {
		if ref, _, ok := refOf(p); ok {
			refs[ref] = true
		}
	}
	var out []string
	for k := range set {
		if !strings.HasPrefix(k, "m.") {
			out = append(out, k)
			continue
		}
		for ref := range refs {
			out = append(out, ref+strings.TrimPrefix(k, "m"))
		}
	}
	sort.Strings(out)
	return out
}

func assigned(as []dialog.Assign, path string) bool {
	for _, a := range as {
		if a.Path == path {
			return true
		}
	}
	return false
}

// merge joins several codes chosen for one field and lets yes win over the no
// that other options of a checklist imply.
func (c *card) merge(as []dialog.Assign) []dialog.Assign {
	var out []dialog.Assign
	for _, a := range as {
		i := -1
		for j := range out {
			if out[j].Path == a.Path {
				i = j
			}
		}
		if i < 0 {
			out = append(out, a)
			continue
		}
		fd := fieldOf(a.Path)
		switch {
		case fd != nil && fd.Kind == models.KindCodes && out[i].Value != a.Value:
			out[i].Value += "," + a.Value
			out[i].Said = c.sayMasked(a.Path, out[i].Value)
		case a.Value == string(models.Yes):
			out[i] = a
		}
	}
	return out
}
