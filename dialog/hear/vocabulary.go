package hear

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// baseFields are the fields that sentences of a visit fill; those of the plan
// have a reader of their own.
var baseFields = sync.OnceValue(func() []models.Field { return models.FieldsOf(models.BaseRecords...) })

func (x *lexicon) addLabels(v vocabulary) {
	name := func(text, path string) {
		w := x.at(zh.Trace(text).Text)
		w.roles |= label
		for _, p := range w.labels {
			if p == path {
				return
			}
		}
		w.labels = append(w.labels, path)
	}
	for _, f := range baseFields() {
		for _, t := range append([]string{f.Label}, f.Also...) {
			name(t, f.Path())
		}
	}
	for _, path := range keys(v.Labels) {
		words := v.Labels[path]
		x.check(models.FieldAt(path) != nil, "label "+path)
		for _, t := range strings.Fields(words) {
			name(t, path)
		}
	}
}

// item resolves how words.yaml names a code: its key, its label, another word
// for it, or the beginning of its label.
func item(p *models.Profile, list, name string) (string, bool) {
	items := p.Codes[list]
	for _, it := range items {
		if it.Key == name || it.Label == name {
			return it.Key, true
		}
	}
	for _, it := range items {
		for _, a := range it.Also {
			if a == name {
				return it.Key, true
			}
		}
	}
	for _, it := range items {
		if strings.HasPrefix(it.Label, name) {
			return it.Key, true
		}
	}
	return "", false
}

// canonical is the text of a value that words.yaml gives to a path.
func canonical(p *models.Profile, path, name string) (string, bool) {
	f := models.FieldAt(path)
	if f == nil {
		return "", false
	}
	switch {
	case f.Codes != "":
		return item(p, f.Codes, name)
	case f.Kind == models.KindYesNo && name == "是":
		return string(models.Yes), true
	case f.Kind == models.KindYesNo:
		return string(models.No), name == "否"
	}
	return name, true
}

// says is what the word alone says of a path, nil when it says nothing of it.
func (w *word) says(path string) *value {
	for i := range w.sets {
		if w.sets[i].path == path {
			return &w.sets[i]
		}
	}
	return nil
}

func (w *word) put(v value) {
	for _, s := range w.sets {
		if s.path == v.path {
			return
		}
	}
	w.roles |= set
	w.sets = append(w.sets, v)
}

func (x *lexicon) addSets(p *models.Profile, v vocabulary) {
	for _, sure := range []bool{true, false} { // what is certain wins over what is worked out
		for _, what := range keys(v.Set) {
			words := v.Set[what]
			path, name, certain := strings.Cut(what, "=")
			if !certain {
				path, name, _ = strings.Cut(what, "~")
			}
			text, ok := canonical(p, path, name)
			if x.check(ok, what); !ok || certain != sure {
				continue
			}
			x.each(words, func(w *word) { w.put(value{path, text, !certain}) })
		}
	}
	for _, name := range keys(v.Sickness) {
		words := v.Sickness[name]
		key, ok := item(p, "health", name)
		x.check(ok, "sickness "+name)
		x.each(words, func(w *word) {
			w.roles |= sickness
			w.put(value{path: "member.health", text: key})
		})
	}
}

func (x *lexicon) addThings(p *models.Profile, v vocabulary) {
	x.each(v.Clinics, func(w *word) { w.roles |= clinic })
	x.each(v.Schools, func(w *word) { w.roles |= school })
	x.each(v.Firms, func(w *word) { w.roles |= firm })
	x.each(v.Dates, func(w *word) { w.roles |= when })
	for _, path := range keys(v.Crops) {
		words := v.Crops[path]
		x.check(models.FieldAt(path) != nil, "crop "+path)
		x.each(words, func(w *word) { w.roles |= crop; w.unit = path })
	}
	for _, name := range keys(v.Places) {
		words := v.Places[name]
		key, ok := item(p, "work_area", name)
		x.check(ok, "place "+name)
		x.each(words, func(w *word) { w.roles |= place; w.unit = key })
	}
	for _, name := range keys(v.Species) {
		words := v.Species[name]
		key, ok := item(p, "species", name)
		x.check(ok, "species "+name)
		x.each(name+" "+words, func(w *word) { w.roles |= species; w.unit = key })
	}
	for _, it := range p.Codes["species"] {
		for _, t := range it.Names() {
			w := x.at(zh.Trace(t).Text)
			w.roles |= species
			w.unit = it.Key
		}
	}
	for _, what := range keys(v.Stages) {
		words := v.Stages[what]
		done, list, _ := strings.Cut(what, "|")
		level, ok := item(p, "edu", done)
		x.check(ok, "stage "+what)
		var years []string
		for _, y := range strings.Fields(list) {
			key, ok := item(p, "school", y)
			x.check(ok, "stage "+y)
			years = append(years, key)
		}
		x.each(words, func(w *word) { w.roles |= stage; w.edu, w.years = level, years })
	}
}

func (x *lexicon) addKin(p *models.Profile, v vocabulary) {
	relation := func(w *word, key string) {
		w.roles |= kin
		for _, k := range w.kin {
			if k == key {
				return
			}
		}
		w.kin = append(w.kin, key)
	}
	for _, names := range keys(v.KinAny) {
		words := v.KinAny[names] // first: several relations, in this order
		for _, name := range strings.Fields(names) {
			key, ok := item(p, "relation", name)
			x.check(ok, "kin "+name)
			x.each(words, func(w *word) { relation(w, key) })
		}
	}
	single := func(t, key string) {
		if w := x.at(t); len(w.kin) == 0 || len(w.kin) == 1 && w.kin[0] == key {
			relation(w, key)
		}
		if w := x.at(t); len(w.kin) > 0 && w.kin[0] == key {
			w.plain = true
		}
	}
	for _, name := range keys(v.Kin) {
		words := v.Kin[name]
		key, ok := item(p, "relation", name)
		x.check(ok, "kin "+name)
		for _, t := range strings.Fields(words) {
			single(t, key)
		}
	}
	for _, it := range p.Codes["relation"] {
		if it.Key == "other" {
			continue
		}
		for _, t := range it.Names() {
			if t != "本人" {
				single(zh.Trace(t).Text, it.Key)
			}
		}
	}
	x.addPairs(p, v)
	for _, sex := range keys(v.Sex) {
		words := v.Sex[sex]
		x.each(words, func(w *word) { w.sex = sex })
	}
	for _, w := range x.words.All() {
		if w.is(kin) && w.sex == "" {
			w.sex = sexOf(p, w.kin)
		}
	}
}

// addPairs adds 两口子 and 母女俩: two people by their relations.
func (x *lexicon) addPairs(p *models.Profile, v vocabulary) {
	for _, text := range keys(v.Pairs) {
		w := x.at(text)
		w.roles = w.roles&^(fill|kin) | pair
		for _, row := range strings.Fields(v.Pairs[text]) {
			var keys []string
			for _, name := range strings.Split(row, "+") {
				sex := map[bool]string{strings.HasPrefix(name, "男"): "M", strings.HasPrefix(name, "女"): "F"}[true]
				key, ok := item(p, "relation", strings.TrimLeft(name, "男女"))
				x.check(ok, "pair "+name)
				keys = append(keys, key+sex)
			}
			w.pairs = append(w.pairs, keys)
		}
	}
}

// sexOf is the sex that all of several relations imply, "" when they differ.
func sexOf(p *models.Profile, relations []string) string {
	sex := ""
	for i, key := range relations {
		it := p.Item("relation", key)
		if it == nil || it.Sex == "" || i > 0 && it.Sex != sex {
			return ""
		}
		sex = it.Sex
	}
	return sex
}

// profileLists are the code lists whose words alone say the value of one field.
var profileLists = []string{
	"attr", "standard", "status", "ethnic", "political", "edu", "school", "health", "disab_type", "labor",
	"occupation", "work_area", "public_job", "change", "road", "fuel", "house_struct", "house_grade",
}

// addProfile takes the words of the profile's code lists, where words.yaml says
// nothing else of the word and the list belongs to one field.
func (x *lexicon) addProfile(p *models.Profile, v vocabulary) {
	vague := map[string]bool{}
	for _, t := range strings.Fields(v.Vague) {
		vague[t] = true
	}
	paths := map[string]string{}
	for _, f := range baseFields() {
		if f.Codes != "" {
			paths[f.Codes] = f.Path()
		}
	}
	for _, list := range profileLists {
		for _, it := range p.Codes[list] {
			if it.Key == "other" || it.Hidden {
				continue
			}
			for _, t := range it.Names() {
				t = zh.Trace(t).Text
				if vague[t] || utf8.RuneCountInString(t) < 2 {
					continue
				}
				if w := x.at(t); !w.is(set) && !w.is(place|kin|species|stage) {
					w.put(value{path: paths[list], text: it.Key})
				}
			}
		}
	}
	if key, ok := item(p, "occupation", "务工"); ok {
		for _, w := range x.words.All() {
			for _, v := range w.sets {
				if v.path == "member.occupation" && v.text == key {
					w.roles |= work
				}
			}
		}
	}
	if len(paths) == 0 {
		x.problems = append(x.problems, fmt.Sprint("no code lists in ", p.ID))
	}
}

// keys are sorted: what a word means must not depend on the order of a map.
func keys(m map[string]string) []string {
	return slices.Sorted(maps.Keys(m))
}

func runes(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}
