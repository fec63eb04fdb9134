package hear

import (
	_ "embed"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog/zh"
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
	Pairs    map[string]string `yaml:"pairs"`
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
	Within   []string          `yaml:"within"`
	Married  []string          `yaml:"married"`
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
	about
	foreign
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
	pair
	two
	zodiac
)

var roleNames = map[string]role{
	"fill": fill, "no": no, "yes": yes, "all": all, "but": but, "butend": butend, "pron": pron, "each": each,
	"fix": fix, "notis": notis, "ask": ask, "wish": wish, "dunno": dunno, "past": past, "now": nowadays, "cert": cert,
	"total": total, "detail": detail, "roundtrip": roundtrip, "oneway": oneway, "carry": carry, "far": far, "door": door,
	"stop": stop, "aside": aside, "command": command, "rate": rate, "seen": seen, "newborn": born,
	"sell": sell, "earn": earn, "spend": spend, "raise": raise, "plant": plant, "work": work, "read": read,
	"grad": grad, "treat": treat, "sick": sick, "gone": gone, "name": misname, "nearly": about, "foreign": foreign, "two": two, "zodiac": zodiac,
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
	pairs  [][]string // 母女俩: the relations of the two, one row a possibility
}

func (w *word) is(r role) bool { return w != nil && w.roles&r != 0 }

// lexicon is every word of words.yaml and of the profile.
type lexicon struct {
	words    zh.Words[word]
	surname  map[rune]bool
	notName  map[rune]bool
	within   []string
	married  []string
	show     map[string]string
	problems []string // references of words.yaml that the profile does not have
}

func (x *lexicon) at(text string) *word {
	w := x.words.Get(text)
	if w == nil {
		w = &word{text: text}
		x.words.Put(text, w)
	}
	return w
}

// find is the longest word that text begins with.
func (x *lexicon) find(text string) *word { return x.words.Find(text, len(text)) }

// newLexicon builds the words of a profile. A reference to a code that the
// profile lacks is left out (another programme may have no such code).
func newLexicon(p *models.Profile) *lexicon {
	var v vocabulary
	if err := yaml.Unmarshal(wordsYAML, &v); err != nil {
		panic("hear/words.yaml: " + err.Error())
	}
	x := &lexicon{words: zh.NewWords[word](), surname: runes(v.Surnames), notName: runes(v.NotName), within: v.Within, married: v.Married, show: v.Show}
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
