package hear

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/models"
)

//go:embed words.yaml
var wordsYAML []byte

// vocabulary is words.yaml as it is written.
type vocabulary struct {
	Roles    map[string]string `yaml:"roles"`
	Verbs    map[string]string `yaml:"verbs"`
	Labels   map[string]string `yaml:"labels"`
	Set      map[string]string `yaml:"set"`
	Sickness map[string]string `yaml:"sickness"`
	Clinics  string            `yaml:"clinics"`
	Schools  string            `yaml:"schools"`
	Firms    string            `yaml:"firms"`
	Kin      map[string]string `yaml:"kin"`
	KinAny   map[string]string `yaml:"kinany"`
	Sex      map[string]string `yaml:"sex"`
	Species  map[string]string `yaml:"species"`
	Crops    map[string]string `yaml:"crops"`
	Places   map[string]string `yaml:"places"`
	Dates    string            `yaml:"dates"`
	Stages   map[string]string `yaml:"stages"`
	Vague    string            `yaml:"vague"`
	Surnames string            `yaml:"surnames"`
	NotName  string            `yaml:"notname"`
	Show     map[string]string `yaml:"show"`
}

// role is what a word can do in a sentence; a word may have several.
type role uint64

// The roles; the first names are those of words.yaml.
const (
	fill role = 1 << iota
	no
	yes
	all
	but
	butend
	pron
	each
	fix
	notis
	ask
	wish
	dunno
	past
	nowadays
	cert
	total
	detail
	roundtrip
	oneway
	carry
	far
	door
	command
	rate
	stop
	aside
	seen
	born
	sell
	earn
	spend
	raise
	plant
	work
	read
	grad
	treat
	sick
	gone
	misname
	label
	set
	sickness
	clinic
	school
	firm
	kin
	species
	crop
	place
	when
	stage
)

var roleNames = map[string]role{
	"fill": fill, "no": no, "yes": yes, "all": all, "but": but, "butend": butend, "pron": pron, "each": each,
	"fix": fix, "notis": notis, "ask": ask, "wish": wish, "dunno": dunno, "past": past, "now": nowadays, "cert": cert,
	"total": total, "detail": detail, "roundtrip": roundtrip, "oneway": oneway, "carry": carry, "far": far, "door": door,
	"stop": stop, "aside": aside, "command": command, "rate": rate, "seen": seen, "newborn": born,
	"sell": sell, "earn": earn, "spend": spend, "raise": raise, "plant": plant, "work": work, "read": read,
	"grad": grad, "treat": treat, "sick": sick, "gone": gone, "name": misname,
}

// value is what a word alone says of a field.
type value struct {
	path   string
	text   string
	approx bool
}

// word is everything the lexicon knows of one word.
type word struct {
	text   string
	roles  role
	labels []string // paths it is a name of
	sets   []value
	kin    []string // keys of relation
	plain  bool     // the first of kin is what the word means
	sex    string
	unit   string // species: its key; crop: the income field; place: the work area
	edu    string // stage: level when finished
	years  []string
}

func (w *word) is(r role) bool { return w != nil && w.roles&r != 0 }

// lexicon is every word, and how long the words are that begin with a sign.
type lexicon struct {
	words    map[string]*word
	longest  map[rune]int // bytes
	surname  map[rune]bool
	notName  map[rune]bool
	simple   map[rune]rune // Traditional → Simplified
	show     map[string]string
	problems []string // references of words.yaml that the profile does not have
}

func (x *lexicon) at(text string) *word {
	w := x.words[text]
	if w == nil {
		w = &word{text: text}
		x.words[text] = w
		r, _ := utf8.DecodeRuneInString(text)
		x.longest[r] = max(x.longest[r], len(text))
	}
	return w
}

// find is the longest word that text begins with.
func (x *lexicon) find(text string) *word {
	r, _ := utf8.DecodeRuneInString(text)
	n := min(x.longest[r], len(text))
	for ; n > 0; n-- {
		if n < len(text) && !utf8.RuneStart(text[n]) {
			continue
		}
		if w := x.words[text[:n]]; w != nil {
			return w
		}
	}
	return nil
}

// newLexicon builds the words of a profile. A reference to a code that the
// profile lacks is left out (another programme may have no such code).
func newLexicon(p *models.Profile) *lexicon {
	var v vocabulary
	if err := yaml.Unmarshal(wordsYAML, &v); err != nil {
		panic("hear/words.yaml: " + err.Error())
	}
	x := &lexicon{words: map[string]*word{}, longest: map[rune]int{}, surname: runes(v.Surnames), notName: runes(v.NotName), simple: simplified(), show: v.Show}
	for _, m := range []map[string]string{v.Roles, v.Verbs} {
		for name, words := range m {
			r, ok := roleNames[name]
			x.check(ok, "role "+name)
			x.each(words, func(w *word) { w.roles |= r })
		}
	}
	x.addLabels(v)
	x.addSets(p, v)
	x.addThings(p, v)
	x.addKin(p, v)
	x.addProfile(p, v)
	return x
}

func (x *lexicon) each(words string, f func(*word)) {
	for _, t := range strings.Fields(words) {
		f(x.at(t))
	}
}

func (x *lexicon) check(ok bool, what string) {
	if !ok {
		x.problems = append(x.problems, what)
	}
}

func (x *lexicon) addLabels(v vocabulary) {
	name := func(text, path string) {
		w := x.at(fold(text))
		w.roles |= label
		for _, p := range w.labels {
			if p == path {
				return
			}
		}
		w.labels = append(w.labels, path)
	}
	for _, f := range models.Fields() {
		for _, t := range append([]string{f.Label}, f.Also...) {
			name(t, f.Path())
		}
	}
	for path, words := range v.Labels {
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
		for what, words := range v.Set {
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
	for name, words := range v.Sickness {
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
	for path, words := range v.Crops {
		x.check(models.FieldAt(path) != nil, "crop "+path)
		x.each(words, func(w *word) { w.roles |= crop; w.unit = path })
	}
	for name, words := range v.Places {
		key, ok := item(p, "work_area", name)
		x.check(ok, "place "+name)
		x.each(words, func(w *word) { w.roles |= place; w.unit = key })
	}
	for name, words := range v.Species {
		key, ok := item(p, "species", name)
		x.check(ok, "species "+name)
		x.each(name+" "+words, func(w *word) { w.roles |= species; w.unit = key })
	}
	for _, it := range p.Codes["species"] {
		for _, t := range append([]string{it.Label}, it.Also...) {
			w := x.at(fold(t))
			w.roles |= species
			w.unit = it.Key
		}
	}
	for what, words := range v.Stages {
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
	for names, words := range v.KinAny { // first: several relations, in this order
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
	for name, words := range v.Kin {
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
		for _, t := range append([]string{it.Label}, it.Also...) {
			if t != "本人" {
				single(fold(t), it.Key)
			}
		}
	}
	for sex, words := range v.Sex {
		x.each(words, func(w *word) { w.sex = sex })
	}
	for _, w := range x.words {
		if w.is(kin) && w.sex == "" {
			w.sex = sexOf(p, w.kin)
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
	for _, f := range models.Fields() {
		if f.Codes != "" {
			paths[f.Codes] = f.Path()
		}
	}
	for _, list := range profileLists {
		for _, it := range p.Codes[list] {
			if it.Key == "other" || it.Hidden {
				continue
			}
			for _, t := range append([]string{it.Label}, it.Also...) {
				t = fold(t)
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
		for _, w := range x.words {
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

func runes(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}
