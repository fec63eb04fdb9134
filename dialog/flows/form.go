package flows

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog"
)

//go:embed base.yaml
var baseYAML []byte

// section is a part of the form as the confirm screen shows it.
type section struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// form is a flow with what its cards were made from.
type form struct {
	dialog.Flow
	sections []section
	specs    []spec
}

// readForm reads a form's specs; its cards are made by the caller.
func readForm(data []byte) (*form, error) {
	var file struct {
		ID       string    `yaml:"id"`
		Version  int       `yaml:"version"`
		Sections []section `yaml:"sections"`
		Cards    []spec    `yaml:"cards"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	return &form{Flow: dialog.Flow{ID: file.ID, Version: file.Version}, sections: file.Sections, specs: file.Cards}, nil
}

// loadForm reads the form of 家底 and checks every name it uses.
func loadForm(data []byte, k *kit) (*form, error) {
	fl, err := readForm(data)
	if err != nil {
		return nil, err
	}
	for _, s := range fl.specs {
		if err := checkSpec(s); err != nil {
			return nil, fmt.Errorf("form %s, card %s: %w", fl.ID, s.ID, err)
		}
		fl.Cards = append(fl.Cards, cardOf(s, k))
	}
	k.form = fl
	return fl, nil
}

func cardOf(s spec, k *kit) dialog.Card {
	s.Presets = slices.DeleteFunc(slices.Clone(s.Presets), func(p preset) bool { return !k.has(p) })
	c := card{spec: s, kit: k, paths: usualPaths(s.Fields)}
	switch s.Kind {
	case "roster":
		return &rosterCard{c}
	case "propose":
		return &proposeCard{c}
	case "carry":
		return &carryCard{c}
	}
	return &c
}

// has reports whether the programme has every code that a preset sets.
func (k *kit) has(p preset) bool {
	for path, v := range p.Set {
		if fd := fieldOf(memberPath(path)); fd.Codes != "" && k.profile.Item(fd.Codes, v) == nil && v != "none" {
			return false
		}
	}
	return true
}

// checkSpec finds names that base.yaml uses and nobody defines.
func checkSpec(s spec) error {
	if _, ok := when[s.When]; s.When != "" && !ok {
		return fmt.Errorf("no condition %q", s.When)
	}
	if _, ok := who[s.Who]; s.Who != "" && !ok {
		return fmt.Errorf("no condition on members %q", s.Who)
	}
	if _, ok := offer[s.Offer]; s.Offer != "" && !ok {
		return fmt.Errorf("no offer %q", s.Offer)
	}
	if s.Ask == "" || s.Unclear == "" {
		return fmt.Errorf("a card needs ask and unclear")
	}
	for _, p := range s.Fields {
		if fieldOf(memberPath(p)) == nil {
			return fmt.Errorf("no field %q", p)
		}
	}
	for _, pr := range s.Presets {
		for p := range pr.Set {
			if fieldOf(memberPath(p)) == nil {
				return fmt.Errorf("preset %q: no field %q", pr.Label, p)
			}
		}
	}
	return nil
}

// memberPath makes "m.sex" of a spec the path of some member, "m1.sex".
func memberPath(p string) string {
	if len(p) > 2 && p[:2] == "m." {
		return "m1" + p[1:]
	}
	return p
}
