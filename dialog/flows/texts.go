package flows

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed texts.zh.yaml
var textsYAML []byte

// Texts are the sentences people read, by key. Placeholders are {name}.
type Texts map[string]string

// LoadTexts reads the built-in sentences.
func LoadTexts() (Texts, error) {
	t := Texts{}
	if err := yaml.Unmarshal(textsYAML, &t); err != nil {
		return nil, fmt.Errorf("texts.zh.yaml: %w", err)
	}
	return t, nil
}

// Say fills a sentence: Say with the key save.done and head, 张大有. A key that does not
// exist shows as itself; a test proves that every key used exists.
func (t Texts) Say(key string, pairs ...string) string {
	s, ok := t[key]
	if !ok {
		return key
	}
	return fill(s, pairs...)
}

// fill replaces {name} by value for each pair; what was put in is not looked at again.
func fill(s string, pairs ...string) string {
	if len(pairs) == 0 || !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		value, n := "{", 1
		for p := 0; p+1 < len(pairs); p += 2 {
			if rest, ok := strings.CutPrefix(s[1:], pairs[p]); ok && strings.HasPrefix(rest, "}") {
				value, n = pairs[p+1], len(pairs[p])+2
				break
			}
		}
		b.WriteString(value)
		s = s[n:]
	}
}
