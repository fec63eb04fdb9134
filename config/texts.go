package config

import (
	_ "embed"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed texts.zh.yaml
var textsFile []byte

// texts is all that the operator reads. It is part of the program: a file that does not parse cannot be shipped.
var texts = mustParseTexts(textsFile)

type textBook struct {
	Settings []settingText     `yaml:"settings"`
	Problems map[string]string `yaml:"problems"`
	Words    map[string]string `yaml:"words"`
}

// settingText explains one setting.
type settingText struct {
	Name    string `yaml:"name"`
	Section string `yaml:"section"` // heading above it, on the first of a section
	Meaning string `yaml:"meaning"` // first line: in short, for --help; the rest: in full
	Default string `yaml:"default"` // in words, when there is no fixed one
	Example string `yaml:"example"`
}

func mustParseTexts(file []byte) textBook {
	var book textBook
	if err := yaml.UnmarshalWithOptions(file, &book, yaml.Strict()); err != nil {
		panic("config texts: " + err.Error())
	}
	return book
}

// short is the first line of the meaning.
func (t settingText) short() string {
	first, _, _ := strings.Cut(strings.TrimSpace(t.Meaning), "\n")
	return first
}

// Help returns the meaning of each setting in one line, by its name, for the flags' ${…}.
func Help() map[string]string {
	help := map[string]string{fileName: texts.Words["help_config"], "set": texts.Words["help_set"]}
	for _, t := range texts.Settings {
		help[t.Name] = t.short()
	}
	return help
}

// fill puts name, value pairs into a sentence's {name}s.
func fill(sentence string, args ...string) string {
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+args[i]+"}", args[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}
