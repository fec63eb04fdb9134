package flows

import (
	_ "embed"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

//go:embed words.zh.yaml
var wordsYAML []byte

// word is one spelling of a command.
type word struct {
	folded string
	do     string
	whole  bool
	idle   bool     // only when no form is open
	but    []string // what may not follow: it is another word then
}

// words finds commands at the beginning of what people type.
type words []word

// loadWords reads the table, longest spelling first.
func loadWords() (words, error) {
	var rows []struct {
		Do    string   `yaml:"do"`
		Words []string `yaml:"words"`
		Whole bool     `yaml:"whole"`
		Idle  bool     `yaml:"idle"`
		But   []string `yaml:"but"`
	}
	if err := yaml.UnmarshalWithOptions(wordsYAML, &rows, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("words.zh.yaml: %w", err)
	}
	var ws words
	for _, r := range rows {
		for _, w := range r.Words {
			ws = append(ws, word{zh.Fold(w), r.Do, r.Whole, r.Idle, r.But})
		}
	}
	sort.SliceStable(ws, func(i, j int) bool { return len(ws[i].folded) > len(ws[j].folded) })
	return ws, nil
}

// withClears adds what the programme itself calls its clears (风险, 一户一策 …): each
// leads to its part of the plan.
func (ws words) withClears(k *kit) words {
	for _, section := range []string{"cause", "measure", "money", "duty", "exit"} {
		name := zh.Fold(strings.TrimSuffix(k.profile.Labels[section], k.texts.Say("light.tail")))
		if name != "" && !slices.ContainsFunc(ws, func(w word) bool { return w.folded == name }) {
			ws = append(ws, word{folded: name, do: "section_" + section})
		}
	}
	sort.SliceStable(ws, func(i, j int) bool { return len(ws[i].folded) > len(ws[j].folded) })
	return ws
}

// find is the command a text begins with, and what follows it. busy tells that
// a form is open, where politeness may be an answer.
func (ws words) find(text string, busy bool) (do, arg string) {
	folded := strings.TrimRight(zh.Fold(text), "。.!！~?")
	for _, w := range ws {
		if w.idle && busy || !strings.HasPrefix(folded, w.folded) {
			continue
		}
		if folded == w.folded {
			return w.do, ""
		}
		if w.whole || slices.ContainsFunc(w.but, func(s string) bool { return strings.HasPrefix(folded[len(w.folded):], s) }) {
			continue
		}
		if rest, ok := after(text, w.folded); ok {
			return w.do, rest
		}
	}
	return "", ""
}

// part is the part of a household that words lead on to: 接着填措施, 去填资金. "" when
// they are anything else.
func (ws words) part(text string) string {
	folded := strings.TrimRight(zh.Fold(text), "。.!！~?")
	for _, lead := range lex().PartLeads {
		name, ok := strings.CutPrefix(folded, lead)
		if !ok || name == "" {
			continue
		}
		for _, w := range ws {
			if w.folded == name && (w.do == "plan" || strings.HasPrefix(w.do, "section_")) {
				return w.do
			}
		}
	}
	return ""
}

// after is what follows the command in the text as it was typed: names keep
// their characters.
func after(text, folded string) (string, bool) {
	done := ""
	for i, r := range text {
		if done == folded {
			return strings.TrimLeftFunc(text[i:], func(r rune) bool {
				return unicode.IsSpace(r) || strings.ContainsRune(":：,，、", r)
			}), true
		}
		done += zh.Fold(string(r))
		if len(done) > len(folded) {
			return "", false
		}
	}
	return "", done == folded
}
