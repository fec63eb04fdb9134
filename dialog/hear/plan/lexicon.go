package plan

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

//go:embed words.yaml
var wordsYAML []byte

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
