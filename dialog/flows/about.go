package flows

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

//go:embed about.zh.yaml
var aboutYAML []byte

// about is a question about the programme with its answer, see about.zh.yaml.
type about struct {
	Words []string `yaml:"words"`
	Say   string   `yaml:"say"`
	Only  []string `yaml:"only"`
}

var abouts = sync.OnceValue(func() []about {
	var as []about
	if err := yaml.UnmarshalWithOptions(aboutYAML, &as, yaml.Strict()); err != nil {
		panic(fmt.Sprint("about.zh.yaml: ", err))
	}
	return as
})

// askedAbout answers a question about the programme or the bot, and what is asked of
// a part that is not there yet. done is false for anything else.
func (t *talk) askedAbout(text string) (done bool) {
	folded := zh.Fold(without(inPlain(text), nil))
	longest, say := 0, ""
	for _, a := range abouts() {
		if len(a.Only) > 0 && !slices.Contains(a.Only, t.profile.ID) {
			continue
		}
		for _, w := range a.Words {
			if len(w) > longest && containsAny(folded, []string{w}) {
				longest, say = len(w), a.Say
			}
		}
	}
	if say == "" {
		return false
	}
	t.reply = dialog.Reply{Text: say}
	return true
}
