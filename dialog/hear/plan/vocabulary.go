package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// vocabulary is words.yaml as it is written.
type vocabulary struct {
	Roles      map[string]string `yaml:"roles"`
	Senses     map[string]string `yaml:"senses"`
	Missing    map[string]string `yaml:"missing"`
	Together   map[string]string `yaml:"together"`
	Absent     map[string]string `yaml:"absent"`
	Works      map[string]string `yaml:"works"`
	Causes     map[string]string `yaml:"causes"`
	Soft       map[string]string `yaml:"soft"`
	Measures   map[string]string `yaml:"measures"`
	Cat1       map[string]string `yaml:"cat1"`
	Grades     map[string]string `yaml:"grades"`
	Things     map[string]string `yaml:"things"`
	Units      map[string]string `yaml:"units"`
	Person     string            `yaml:"person"`
	Depts      map[string]string `yaml:"depts"`
	Sources    map[string]string `yaml:"sources"`
	Kinds      map[string]string `yaml:"kinds"`
	Wills      map[string]string `yaml:"wills"`
	Indicators map[string]string `yaml:"indicators"`
	Reach      string            `yaml:"reach"`
	Kin        map[string]string `yaml:"kin"`
	Pairs      string            `yaml:"pairs"`
	Surnames   string            `yaml:"surnames"`
	Double     string            `yaml:"double"`
	Called     string            `yaml:"called"`
	Posts      map[string]string `yaml:"posts"`
	Orgs       string            `yaml:"orgs"`
	Show       map[string]string `yaml:"show"`
	Lists      map[string]string `yaml:"lists"`
}

// addCodes takes the labels and other words of the code lists.
func (x *lexicon) addCodes(p *models.Profile) {
	lists := map[string]func(*word, string){
		"cause":        func(w *word, k string) { w.causes = with(w.causes, k) },
		"measure_cat2": func(w *word, k string) { w.cats = with(w.cats, k) },
		"measure_cat1": func(w *word, k string) { w.cat1 = k },
		"fund_source":  func(w *word, k string) { w.source = k },
		"fund_kind":    func(w *word, k string) { w.kind = k },
		"will":         func(w *word, k string) { w.will = k },
		"dept":         func(w *word, k string) { w.dept = k },
		"duty_role":    func(w *word, k string) { w.duty = k },
		"unit_level":   func(w *word, k string) { w.level = k },
	}
	for list, set := range lists {
		for _, it := range p.Codes[list] {
			for i, t := range it.Names() {
				t = zh.Trace(t).Text
				if utf8.RuneCountInString(t) > 1 {
					set(x.at(t), it.Key)
					continue
				}
				if x.alone[t] == nil {
					x.alone[t] = &word{text: t}
				}
				if i > 0 || list != "unit_level" {
					set(x.alone[t], it.Key)
				}
			}
		}
	}
	for _, it := range p.Codes["unit"] {
		for _, t := range it.Names() {
			x.units[zh.Trace(t).Text] = it.Key
		}
	}
}

func (x *lexicon) addPlan(p *models.Profile, v vocabulary) {
	put := func(list string, m map[string]string, set func(*word, string)) {
		for key, words := range m {
			if p.Item(list, key) != nil {
				x.each(words, func(w *word) { set(w, key) })
			}
		}
	}
	put("cause", v.Causes, func(w *word, k string) { w.causes = with(w.causes, k) })
	put("cause", v.Soft, func(w *word, k string) { w.softCause, w.causes = k, without(w.causes, k) })
	x.missing, x.absent = nounsOf(p, v.Missing), nounsOf(p, v.Absent)
	x.together = signsOf(p, v.Together)
	put("measure_cat2", v.Works, func(w *word, k string) { w.works = k })
	put("measure_cat2", v.Measures, func(w *word, k string) { w.cats = with(w.cats, k) })
	put("measure_cat1", v.Cat1, func(w *word, k string) { w.cat1 = k })
	put("measure_cat2", v.Grades, func(w *word, k string) { w.grade = k })
	put("will", v.Wills, func(w *word, k string) { w.will = k })
	for what, words := range v.Things {
		cat, unit, _ := strings.Cut(what, "/")
		x.each(words, func(w *word) { w.thing, w.unit = cat, unit })
	}
}

func (x *lexicon) addMoney(p *models.Profile, v vocabulary) {
	for key, words := range v.Sources {
		if p.Item("fund_source", key) != nil {
			x.each(words, func(w *word) { w.source = key })
		}
	}
	for key, words := range v.Depts {
		if p.Item("dept", key) != nil {
			x.each(words, func(w *word) { w.dept = key })
		}
	}
	for key, words := range v.Kinds {
		if p.Item("fund_kind", key) != nil {
			x.each(words, func(w *word) { w.kind = key })
		}
	}
	for what, words := range v.Indicators {
		name, unit, _ := strings.Cut(what, "/")
		x.each(words, func(w *word) { w.indicator, w.per = name, unit })
	}
	for key, words := range v.Units {
		for _, t := range strings.Fields(words) {
			if x.units[t] == "" && p.Item("unit", key) != nil {
				x.units[t] = key
			}
		}
	}
}

func (x *lexicon) addRest(v vocabulary) {
	for keys, words := range v.Kin {
		names, which, _ := strings.Cut(keys, "|")
		x.each(words, func(w *word) { w.kin, w.which = strings.Fields(names), which })
	}
	x.called, x.posts, x.lists = v.Called, map[string][]string{}, map[string][]string{}
	for name, words := range v.Lists {
		x.lists[name] = strings.Fields(words)
	}
	for level, signs := range v.Posts {
		x.posts[level] = strings.Fields(signs)
	}
	for text, w := range x.words.All() { // 养牛 is read as 养 and 牛
		_, n := utf8.DecodeRuneInString(text)
		if len(w.cats) == 1 && w.roles == 0 && x.words.Get(text[:n]).is(raise|plant) && x.words.Get(text[n:]) != nil && x.words.Get(text[n:]).thing == w.cats[0] {
			delete(x.words.All(), text)
		}
	}
}

func with(list []string, key string) []string {
	if slices.Contains(list, key) {
		return list
	}
	return append(list, key)
}

func without(list []string, key string) []string {
	return slices.DeleteFunc(list, func(k string) bool { return k == key })
}
