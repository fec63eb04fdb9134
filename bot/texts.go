package bot

import (
	_ "embed" // the sentences for people
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed texts.zh.yaml
var textsFile []byte

// Texts are the sentences that the edge itself says.
type Texts struct {
	NotKept string `yaml:"not_kept"` // nothing of the turn was applied
	Unsure  string `yaml:"unsure"`   // whether it was applied is not known
	Crashed string `yaml:"crashed"`  // our mistake in this one message
	More    string `yaml:"more"`     // ends every part but the last
	Cut     string `yaml:"cut"`      // ends the last part of what is too long to be sent whole
	PushCut string `yaml:"push_cut"` // the same of a push, which is one message
}

// LoadTexts reads the sentences that come with the program. An unknown or a
// missing key is an error.
func LoadTexts() (Texts, error) {
	var t Texts
	if err := yaml.UnmarshalWithOptions(textsFile, &t, yaml.DisallowUnknownField()); err != nil {
		return t, fmt.Errorf("read texts.zh.yaml: %w", err)
	}
	for key, value := range map[string]string{"not_kept": t.NotKept, "unsure": t.Unsure, "crashed": t.Crashed, "more": t.More, "cut": t.Cut, "push_cut": t.PushCut} {
		if value == "" {
			return t, fmt.Errorf("texts.zh.yaml: %s is missing", key)
		}
	}
	return t, nil
}
