package progress

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

//go:embed words.yaml
var wordsYAML []byte

// vocabulary is words.yaml as it is written.
type vocabulary struct {
	Steps    map[string]string `yaml:"steps"`
	Stages   map[string]string `yaml:"stages"`
	Done     compound          `yaml:"done"`
	Parts    map[string]string `yaml:"parts"`
	Money    map[string]string `yaml:"money"`
	Unpaid   string            `yaml:"unpaid"`
	Outputs  map[string]string `yaml:"outputs"`
	Alike    string            `yaml:"alike"`
	Loss     string            `yaml:"loss"`
	Roles    map[string]string `yaml:"roles"`
	Reasons  map[string]string `yaml:"reasons"`
	About    map[string]string `yaml:"about"`
	NotAbout string            `yaml:"not_about"`
	Missing  string            `yaml:"missing"`
	Waits    string            `yaml:"waits"`
	NotSo    string            `yaml:"not_so"`
	Follows  map[string]string `yaml:"follows"`
	After    map[string]string `yaml:"after"`
	House    house             `yaml:"house"`
}

// compound are verbs and what behind a verb says that it is over: 修 and 好, 买 and 齐.
type compound struct {
	Verbs string `yaml:"verbs"`
	Tails string `yaml:"tails"`
	Over  string `yaml:"over"` // tails that say so only with 了: 装上了
}

// house are the signs that tell whose measure a sentence is about.
type house struct {
	Signs  string `yaml:"signs"`
	Groups string `yaml:"groups"`
	Nobody string `yaml:"nobody"`
	// Numerals count houses, Before stands in front of somebody: 三户, 帮他家.
	Numerals string `yaml:"numerals"`
	Before   string `yaml:"before"`
}

// role is what a small word can do in a clause.
type role uint32

// The roles, in the order of roleNames.
const (
	ask role = 1 << iota
	plan
	no
	near
	may
	left
	did
	total
	again
	all
	because
	batch
	visit
	photo
	office
	signed
	months
	instead
	arrived
	only
	keeps
	grow
	but
	wrong
	joins
	lacks
	hearsay
	refund
	papers
	rest
)

var roleNames = []string{"ask", "plan", "no", "near", "may", "left", "did", "total", "again", "all", "because", "batch", "visit", "photo", "office", "signed", "months", "instead", "arrived", "only", "keeps", "grow", "but", "wrong", "joins", "lacks", "hearsay", "refund", "papers", "rest"}

// word is everything known of one word.
type word struct {
	text    string
	roles   role
	step    models.StepKind
	stage   string // per cent
	part    string // a part of the work, and how far it is when that part is done, in per cent
	money   string
	unpaid  bool
	output  string
	loss    bool
	why     string
	dept    string
	about   []string
	follows []Follow
	lead    []string // kinds of measures that the department named answers for
}

func (w *word) is(r role) bool { return w != nil && w.roles&r != 0 }

// event: the word tells that something happened.
func (w *word) event() bool { return w != nil && (w.step != "" || w.stage != "") }

// lexicon is every word of words.yaml and of the profile.
type lexicon struct {
	words   zh.Words[word]
	units   map[string]string
	house   house
	notSo   []string // what denies that work stands still or is put off
	waits   []string // what a clause begins with that tells what is waited for
	missing []string // what a clause ends in that tells of something that has not come
	outputs []string // what comes out, by name
	alike   []string // those of them that count the same: 出栏 and 销售
	after   []after
	sounds  sounds
	// longestSound is how many signs the longest of sounds has.
	longestSound int
	problems     []string // names of words.yaml that mean nothing
}

// after is what a finished or accepted measure of a kind changes.
type after struct {
	kind  string
	step  models.StepKind
	title string
	Follow
}

func (x *lexicon) each(words string, f func(*word)) {
	for _, t := range strings.Fields(words) {
		t = zh.Trace(t).Text
		w := x.words.Get(t)
		if w == nil {
			w = &word{text: t}
			x.words.Put(t, w)
		}
		f(w)
	}
}

func newLexicon(p *models.Profile) *lexicon {
	var v vocabulary
	if err := yaml.UnmarshalWithOptions(wordsYAML, &v, yaml.Strict()); err != nil {
		panic("hear/progress/words.yaml: " + err.Error())
	}
	x := &lexicon{words: zh.NewWords[word](), units: map[string]string{}, house: v.House, waits: strings.Fields(v.Waits), notSo: strings.Fields(v.NotSo), missing: strings.Fields(v.Missing)}
	for name, words := range v.Roles {
		i := slices.Index(roleNames, name)
		if i < 0 {
			x.problems = append(x.problems, name)
			continue
		}
		x.each(words, func(w *word) { w.roles |= 1 << i })
	}
	x.addEvents(v)
	x.addAbout(p, v)
	x.inherit()
	x.sounds = sounds{}
	for _, text := range slices.Sorted(maps.Keys(x.words.All())) {
		x.sounds.add(x.words.Get(text))
		x.longestSound = max(x.longestSound, utf8.RuneCountInString(text))
	}
	return x
}

// stepOrder is which step counts when the words of a clause tell several.
var stepOrder = []models.StepKind{
	models.StepCancel, models.StepReopen, models.StepBlock, models.StepPostpone, models.StepAccept, models.StepEffect,
	models.StepFinish, models.StepReport, models.StepStart, models.StepApprove, models.StepSettle,
}

func (x *lexicon) addEvents(v vocabulary) {
	for name, words := range v.Steps {
		step := models.StepKind(name)
		if !slices.Contains(stepOrder, step) {
			x.problems = append(x.problems, name)
		}
		x.each(words, func(w *word) {
			if w.step == "" || slices.Index(stepOrder, step) < slices.Index(stepOrder, w.step) {
				w.step = step
			}
		})
	}
	for percent, words := range v.Stages {
		x.each(words, func(w *word) { w.stage, w.step = percent, "" })
	}
	for percent, words := range v.Parts {
		x.each(words, func(w *word) { w.part = percent })
	}
	for kind, words := range v.Money {
		x.each(words, func(w *word) { w.money = kind })
	}
	x.compose(v.Done)
	x.each(v.Unpaid, func(w *word) { w.unpaid = true })
	x.alike = strings.Fields(v.Alike)
	for name, words := range v.Outputs {
		x.outputs = append(x.outputs, name)
		x.each(words, func(w *word) { w.output = name })
	}
	x.each(v.Loss, func(w *word) { w.loss = true })
	for what, words := range v.Reasons {
		label, dept, _ := strings.Cut(what, "/")
		if dept == "-" {
			dept = ""
		}
		x.each(words, func(w *word) { w.why, w.dept = label, dept })
	}
	for what, words := range v.Follows {
		path, value, _ := strings.Cut(what, "=")
		x.each(words, func(w *word) { w.follows = append(w.follows, Follow{path, value}) })
	}
}

// compose makes words of a verb and what says that it is over, as far as they mean
// nothing else.
func (x *lexicon) compose(c compound) {
	for _, verb := range strings.Fields(c.Verbs) {
		for _, tail := range strings.Fields(c.Tails) {
			x.finish(verb + tail)
			x.finish(verb + tail + "了")
		}
		for _, tail := range strings.Fields(c.Over) {
			x.finish(verb + tail + "了")
		}
	}
}

// finish makes a word that nothing else is known of tell that something is done.
func (x *lexicon) finish(text string) {
	if x.words.Get(zh.Trace(text).Text) == nil {
		x.each(text, func(w *word) { w.step = models.StepFinish })
	}
}

// addAbout takes the words of the profile's categories with those of words.yaml.
// A code that the profile lacks is left out: another programme may have no such kind.
func (x *lexicon) addAbout(p *models.Profile, v vocabulary) {
	for _, list := range []string{"measure_cat1", "measure_cat2"} {
		for _, it := range p.Codes[list] {
			words := v.About[it.Key]
			for _, t := range it.Names() {
				if utf8.RuneCountInString(t) > 1 && !strings.ContainsAny(t, " ") {
					words += " " + t
				}
			}
			x.each(words, func(w *word) {
				if !slices.Contains(w.about, it.Key) {
					w.about = append(w.about, it.Key)
				}
			})
		}
	}
	for _, it := range p.Codes["measure_cat2"] {
		lead := p.Lead(it.More["cat1"], it.Key)
		for _, key := range slices.Concat(lead.County, lead.Township) {
			if dept := p.Item("dept", key); dept != nil {
				x.each(strings.Join(dept.Names(), " "), func(w *word) { w.lead = append(w.lead, it.Key) })
			}
		}
	}
	x.each(v.NotAbout, func(w *word) { w.roles |= rest })
	for _, it := range p.Codes["unit"] {
		for _, t := range it.Names() {
			x.units[zh.Trace(t).Text] = it.Key
		}
	}
	for what, title := range v.After {
		f := strings.Fields(what)
		path, value, _ := strings.Cut(f[2], "=")
		x.after = append(x.after, after{f[0], models.StepKind(f[1]), title, Follow{path, value}})
	}
	slices.SortFunc(x.after, func(a, b after) int { return strings.Compare(a.kind+a.Path, b.kind+b.Path) })
}

// inherit gives 封顶了 what 封顶 is about and proves.
func (x *lexicon) inherit() {
	for text, w := range x.words.All() {
		base := x.words.Get(strings.TrimSuffix(text, "了"))
		if base == nil || base == w {
			continue
		}
		if len(w.about) == 0 {
			w.about = base.about
		}
		if len(w.follows) == 0 {
			w.follows = base.follows
		}
		if w.output == "" && w.step == models.StepEffect {
			w.output = base.output // 下崽了 3只
		}
	}
}
