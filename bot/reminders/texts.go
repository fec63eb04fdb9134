package reminders

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed texts.zh.yaml
var textsYAML []byte

// texts are the sentences by key.
type texts map[string]string

func loadTexts() (texts, error) {
	t := texts{}
	if err := yaml.Unmarshal(textsYAML, &t); err != nil {
		return nil, fmt.Errorf("texts.zh.yaml: %w", err)
	}
	return t, nil
}

// say fills the sentence of a key.
func (t texts) say(key string, pairs ...string) string { return fill(t[key], pairs...) }

// fill replaces {name} by value for each pair; what was put in is not looked at again.
func fill(s string, pairs ...string) string {
	pairs = slices.Clone(pairs)
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
