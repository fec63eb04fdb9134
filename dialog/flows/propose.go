package flows

import (
	"sort"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// proposeCard shows what usually holds for people like these — labour by age
// and health, insurance, 低保 by the household's kind — and takes it with one
// tap. Nothing of it counts before the tap.
type proposeCard struct{ card }

// Wants are all paths the card can propose.
func (c *proposeCard) Wants(f *dialog.Form) []string {
	if c.When != "" && !when[c.When](f) {
		return nil
	}
	people := present(f)
	out := make([]string, 0, len(people)*len(c.Fields))
	for _, s := range people {
		out = append(out, c.pathsOf(s.ref)...)
	}
	return out
}

// AnyOpen reports whether any of them is open.
func (c *proposeCard) AnyOpen(f *dialog.Form) bool { return f.AnyOpen(c.Wants(f)) }

// First is everything: the card is one question.
func (c *proposeCard) First(f *dialog.Form) []string { return c.Wants(f) }

// openNow is what has no answer yet; everything when the card was called back.
func (c *proposeCard) openNow(f *dialog.Form) []string { return openOrAll(f, c.Wants(f)) }

// proposal is the value proposed for a member's field.
func (c *proposeCard) proposal(s slot, key string) string {
	switch key {
	case "labor":
		return proposeLabor(s)
	case "med_ins":
		return "resident"
	case "crit_ins":
		return string(models.Yes)
	case "suppl_ins":
		return string(models.No)
	case "pension_ins":
		if s.age() >= 16 && !s.student() {
			return "resident"
		}
		return "none"
	case "on_dibao":
		return string(models.TriOf(s.f.Value("household.hh_attr") == "poor_dibao"))
	case "on_tekun":
		return string(models.TriOf(s.f.Value("household.hh_attr") == "poor_tekun"))
	}
	return ""
}

// proposeLabor follows domain.md §2.1 C-LAB: 无 = below 16, at school or old;
// 弱/半 = light work; 丧失 = severely disabled.
func proposeLabor(s slot) string {
	age, h := s.age(), models.ParseSet(s.v("health"))
	lvl := s.v("disab_level")
	switch {
	case age >= 0 && age < 16, s.student(), age >= 75:
		return "none"
	case h.Has("disabled") && (lvl == "1" || lvl == "2"):
		return "lost"
	case age >= 60, h.Has("serious"), h.Has("disabled"), h.Has("chronic") && age >= 50:
		return "weak"
	}
	return "normal"
}

// proposals are the values for everything still open.
func (c *proposeCard) proposals(f *dialog.Form) map[string]string {
	out := map[string]string{}
	for _, p := range c.openNow(f) {
		if f.Settled(p) {
			continue
		}
		ref, key, _ := refOf(p)
		if v := c.proposal(slot{f, ref}, key); v != "" {
			out[p] = v
		}
	}
	return out
}

// Ask shows the proposals: labour person by person, the rest grouped by what is
// the same for everybody.
func (c *proposeCard) Ask(f *dialog.Form) dialog.Reply {
	ps := c.proposals(f)
	lines := []string{fill(c.spec.Ask)}
	var labor, rest []string
	for _, s := range present(f) {
		if v := ps[s.ref+".labor"]; v != "" {
			labor = append(labor, s.name()+" "+c.profile.Label("labor", v))
		}
	}
	if len(labor) > 0 {
		lines = append(lines, strings.Join(labor, "；"))
	}
	for _, p := range c.Fields {
		key := strings.TrimPrefix(p, "m.")
		if key == "labor" {
			continue
		}
		if t := c.together(f, ps, key); t != "" {
			rest = append(rest, t)
		}
	}
	if len(rest) > 0 {
		lines = append(lines, strings.Join(rest, "；"))
	}
	r := dialog.Reply{Text: strings.Join(lines, "\n")}
	r.Options = []dialog.Option{{Number: 1, Label: c.texts.Say("propose.yes")}, {Number: 2, Label: c.texts.Say("propose.no")}}
	return r
}

// together tells one field for all: the commonest value, then the exceptions.
func (c *proposeCard) together(f *dialog.Form, ps map[string]string, key string) string {
	names := map[string][]string{}
	for _, s := range present(f) {
		if v := ps[s.ref+"."+key]; v != "" {
			names[v] = append(names[v], s.name())
		}
	}
	if len(names) == 0 {
		return ""
	}
	vals := make([]string, 0, len(names))
	for v := range names {
		vals = append(vals, v)
	}
	sort.Slice(vals, func(i, j int) bool {
		if len(names[vals[i]]) != len(names[vals[j]]) {
			return len(names[vals[i]]) > len(names[vals[j]])
		}
		return vals[i] < vals[j]
	})
	fd := models.FieldAt("member." + key)
	whole := len(names[vals[0]]) == len(present(f))
	if len(vals) == 1 && whole && fd.Kind == models.KindYesNo {
		return fd.Label + "：" + c.texts.Say("propose.all_"+vals[0])
	}
	if len(vals) == 1 && whole {
		return c.texts.Say("propose.all", "field", fd.Label, "value", c.reader.Show("member."+key, vals[0]))
	}
	var parts []string
	for _, v := range vals {
		parts = append(parts, strings.Join(names[v], "、")+" "+c.reader.Show("member."+key, v))
	}
	return fd.Label + "：" + strings.Join(parts, "；")
}

// Read takes everything on a yes; a sentence corrects, and the rest is shown again.
func (c *proposeCard) Read(f *dialog.Form, in dialog.Input) dialog.Heard {
	text := zh.Clean(in.Text)
	t := zh.Fold(text)
	switch {
	case zh.IsNone(text) && len([]rune(t)) <= 4: // 没有: nothing is wrong
		return c.accept(f)
	case t == "2" || t == zh.Fold(c.texts.Say("propose.no")) || zh.YesNo(text) == zh.No && len([]rune(t)) <= 3:
		return dialog.Heard{Which: &dialog.Reply{Text: c.texts.Say("propose.how")}}
	case t == "1" || t == zh.Fold(c.texts.Say("propose.yes")) || (zh.YesNo(text) == zh.Yes && len([]rune(t)) <= 4):
		return c.accept(f)
	}
	return c.hear(f, text, c.openNow(f), in)
}

// accept takes everything that is proposed.
func (c *proposeCard) accept(f *dialog.Form) dialog.Heard {
	var h dialog.Heard
	ps := c.proposals(f)
	for _, p := range c.openNow(f) {
		if v := ps[p]; v != "" {
			h.Set = append(h.Set, dialog.Assign{Path: p, Value: v})
		}
	}
	return h
}
