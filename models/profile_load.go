package models

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

//go:embed profiles/*.json
var profiles embed.FS

// maxBases is how long a chain of profiles that build on one another may be.
const maxBases = 8

// LoadProfile gives the built-in profile of that id, or reads it from a file
// when name is a path that ends in .json. not_found: no such profile; invalid:
// it cannot be used, and why.
func LoadProfile(name string) (*Profile, error) {
	p, err := loadProfile(name, maxBases)
	if err != nil {
		return nil, err
	}
	if b, err := json.Marshal(p); err == nil {
		p.mark = TextKey(string(b))
	}
	for _, items := range p.Codes {
		for i := range items {
			items[i].names = slices.Clip(items[i].Names()) // asked for by every sentence
		}
	}
	return p, p.check()
}

func loadProfile(name string, left int) (*Profile, error) {
	op := "load profile " + name
	if left == 0 {
		return nil, E(Invalid, op, errors.New("bases go round in a circle"))
	}
	var b []byte
	var err error
	if strings.HasSuffix(name, ".json") {
		b, err = os.ReadFile(name)
	} else {
		b, err = fs.ReadFile(profiles, "profiles/"+name+".json")
	}
	if err != nil {
		return nil, E(NotFound, op, err)
	}
	p := new(Profile)
	if err := json.Unmarshal(b, p); err != nil {
		return nil, E(Invalid, op, err)
	}
	if p.Base == "" {
		return p, nil
	}
	base, err := loadProfile(p.Base, left-1)
	if err != nil {
		return nil, err
	}
	p.inherit(base)
	return p, nil
}

// inherit fills what p leaves open from its base: whole code lists, seasons and
// the period; thresholds by name; suits, offers, usual measures, leads, needs and labels by key. Rules
// are never added: p lists those that are on, and a row may leave its words to
// the base.
func (p *Profile) inherit(base *Profile) {
	p.Codes = merged(p.Codes, base.Codes)
	p.Suits = merged(p.Suits, base.Suits)
	p.Offers = merged(p.Offers, base.Offers)
	p.Usual = merged(p.Usual, base.Usual)
	p.Leads = merged(p.Leads, base.Leads)
	p.Needs = merged(p.Needs, base.Needs)
	p.Labels = merged(p.Labels, base.Labels)
	if p.Seasons == nil {
		p.Seasons = base.Seasons
	}
	if p.Period == (Period{}) {
		p.Period = base.Period
	}
	p.inheritReminders(base)
	own := p.Thresholds
	for _, t := range base.Thresholds {
		if !slices.ContainsFunc(own, func(o Threshold) bool { return o.Name == t.Name }) {
			p.Thresholds = append(p.Thresholds, t)
		}
	}
	for i := range p.Rules {
		if b := base.Rule(p.Rules[i].ID); b != nil {
			p.Rules[i].fill(*b)
		}
	}
}

func (r *Rule) fill(base Rule) {
	if r.Severity == "" {
		r.Severity = base.Severity
	}
	if r.Message == "" {
		r.Message = base.Message
	}
	if r.Fix == "" {
		r.Fix = base.Fix
	}
	r.Variants = merged(r.Variants, base.Variants)
}

// merged is own and, for the keys it lacks, base.
func merged[V any](own, base map[string]V) map[string]V {
	out := make(map[string]V, len(own)+len(base))
	for k, v := range base {
		out[k] = v
	}
	for k, v := range own {
		out[k] = v
	}
	return out
}

// check finds what would fail later: lists that a field names but the profile
// lacks, rules without words, numbers without a source.
func (p *Profile) check() error {
	op := "load profile " + p.ID
	for _, f := range Fields() {
		if f.Codes != "" && len(p.Codes[f.Codes]) == 0 {
			return E(Invalid, op, fmt.Errorf("code list %q is missing", f.Codes))
		}
	}
	for _, r := range p.Rules {
		if (r.Severity != "E" && r.Severity != "W") || r.Message == "" || r.Fix == "" {
			return E(Invalid, op, fmt.Errorf("rule %q needs a severity E or W, a message and a fix", r.ID))
		}
	}
	for _, t := range p.Thresholds {
		if t.Source == "" {
			return E(Invalid, op, fmt.Errorf("threshold %q has no source", t.Name))
		}
	}
	return p.checkReminders(op)
}
