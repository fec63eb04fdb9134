package plan

import (
	_ "embed"
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

// role is what a word can do in a sentence; a word may have several.
type role uint64

// The roles, in the order of roleNames.
const (
	fill role = 1 << iota
	ask
	no
	done
	mainly
	other
	cancel
	instead
	finish
	begin
	plantwhen
	through
	since
	until
	paid
	allpaid
	unpaid
	free
	reason
	each
	loan
	raise
	plant
	talk
	people
	income
	exits
	cannot
	villageexit
	countyexit
	first
	rank
	village
	township
	county
	city
	province
	post
	collective
	reward
	penalty
	goal
	deadline
	helper
	replace
	was
	is
	spend
	gapword
	got
	all
	dwelling
	when
	whentail
	soft
	reach
	pair
	total
)

var roleNames = []string{
	"fill", "ask", "no", "done", "main", "other", "cancel", "instead", "finish", "start", "plantwhen", "through", "since",
	"until", "paid", "allpaid", "unpaid", "free", "reason", "each", "loan", "raise", "plant", "talk", "people", "income",
	"exit", "cannot", "villageexit", "countyexit", "first", "rank", "village", "township", "county", "city", "province", "post",
	"collective", "reward", "penalty", "goal", "deadline", "helper", "replace", "was", "is", "spend", "gapword", "got", "all",
	"dwelling", "when", "whentail", "soft", "reach", "pair", "total",
}

// sense is what a word tells beyond its roles; a word may have several.
type sense uint64

// The senses, in the order of senseNames.
const (
	wrong    sense = 1 << iota // what was said before is taken back
	listed                     // numbers a list
	lack                       // 缺, 没得: what follows is missing
	short                      // 不够, 不行: what stands before is missing
	shared                     // 都: holds for all that was said
	leaves                     // 调走了: is gone
	hearsay                    // 听说: not known for sure
	build                      // 修, 盖, 整: work on what is named with it
	assess                     // 评议
	accept                     // 认可
	decline                    // 不认, 不服
	assembly                   // those who assess together: 村民代表大会
	among                      // 其中: parts of the sum before
	pending                    // 还没: not yet
	result                     // 干不动: a cause only when no other is named with it
	limit                      // 只有, 不到: little
	rear                       // 最后一家: at the end of the order
	rather                     // 应该是: takes the place of what was said
	moved                      // 延到: another date
	job                        // 打工: work that somebody is sent to
)

var senseNames = []string{"wrong", "listed", "lack", "short", "shared", "leaves", "hearsay", "build", "assess", "accept", "decline", "assembly", "among", "pending", "result", "limit", "rear", "rather", "moved", "job"}

// listed reports whether a text is in a list of words.yaml.
func (x *lexicon) listed(list, text string) bool { return slices.Contains(x.lists[list], text) }

// holds reports whether a text holds a word of a list of words.yaml.
func (x *lexicon) holds(list, text string) bool {
	return slices.ContainsFunc(x.lists[list], func(w string) bool { return strings.Contains(text, w) })
}

// opens reports whether a text begins with a word of a list of words.yaml.
func (x *lexicon) opens(list, text string) bool {
	return slices.ContainsFunc(x.lists[list], func(w string) bool { return strings.HasPrefix(text, w) })
}

// ends reports whether a text ends with a word of a list of words.yaml.
func (x *lexicon) ends(list, text string) bool {
	return slices.ContainsFunc(x.lists[list], func(w string) bool { return strings.HasSuffix(text, w) })
}

// word is everything the lexicon knows of one word.
type word struct {
	text      string
	roles     role
	senses    sense
	works     string // measure_cat2 that work on it is: 圈
	causes    []string
	softCause string
	cats      []string // measure_cat2
	cat1      string
	grade     string // measure_cat2 that the letter of a dwelling asks for
	thing     string // measure_cat2 that raises or plants it
	unit      string // of the thing, or the unit itself
	source    string
	kind      string
	will      string
	dept      string
	duty      string // duty_role
	level     string // unit_level
	indicator string
	per       string // unit of the indicator
	kin       []string
	which     string // of several: eldest, second, youngest; M or F of a couple
}

func (w *word) is(r role) bool { return w != nil && w.roles&r != 0 }

func (w *word) means(s sense) bool { return w != nil && w.senses&s != 0 }

// lexicon is every word of words.yaml and of the profile.
type lexicon struct {
	words    zh.Words[word]
	missing  zh.Words[noun]   // 技术: its lack is a cause
	absent   zh.Words[noun]   // 病: its absence denies one
	together []signs          // 路 … 烂
	alone    map[string]*word // words of one sign: only when nothing else is said
	units    map[string]string
	surname  map[rune]bool
	double   []string
	called   string // signs before a family name: 小杨
	orgs     []string
	posts    map[string][]string // signs of a post that tell its level
	person   []string
	show     map[string]string
	lists    map[string][]string // short lists of words, by what they are for
	problems []string            // roles of words.yaml that do not exist
}

func (x *lexicon) at(text string) *word {
	w := x.words.Get(text)
	if w == nil {
		w = &word{text: text}
		x.words.Put(text, w)
	}
	return w
}

func (x *lexicon) each(words string, f func(*word)) {
	for _, t := range strings.Fields(words) {
		for _, t := range spelled(t) {
			f(x.at(zh.Trace(t).Text))
		}
	}
}

// spelled are the words that one with choices stands for: (做|干)不动(活|) is 做不动活,
// 做不动, 干不动活 and 干不动.
func spelled(t string) []string {
	head, more, ok := strings.Cut(t, "(")
	if !ok {
		return []string{t}
	}
	choices, tail, _ := strings.Cut(more, ")")
	var out []string
	for choice := range strings.SplitSeq(choices, "|") {
		out = append(out, spelled(head+choice+tail)...)
	}
	return out
}

// newLexicon builds the words of a profile. What refers to a code that the
// profile lacks is left out: another programme may have no such code.
func newLexicon(p *models.Profile) *lexicon {
	var v vocabulary
	if err := yaml.Unmarshal(wordsYAML, &v); err != nil {
		panic("hear/plan/words.yaml: " + err.Error())
	}
	x := &lexicon{words: zh.NewWords[word](), alone: map[string]*word{}, units: map[string]string{},
		surname: map[rune]bool{}, double: strings.Fields(v.Double), orgs: strings.Fields(v.Orgs),
		person: strings.Fields(v.Person), show: v.Show}
	for _, r := range v.Surnames {
		x.surname[r] = true
	}
	for name, words := range v.Roles {
		i := slices.Index(roleNames, name)
		if i < 0 {
			x.problems = append(x.problems, name)
			continue
		}
		x.each(words, func(w *word) { w.roles |= 1 << i })
	}
	for name, words := range v.Senses {
		i := slices.Index(senseNames, name)
		if i < 0 {
			x.problems = append(x.problems, name)
			continue
		}
		x.each(words, func(w *word) { w.senses |= 1 << i })
	}
	x.each(v.Reach, func(w *word) { w.roles |= reach })
	x.each(v.Pairs, func(w *word) { w.roles |= pair })
	x.addCodes(p)
	x.addPlan(p, v)
	x.addMoney(p, v)
	x.addRest(v)
	return x
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
