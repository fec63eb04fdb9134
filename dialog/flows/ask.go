package flows

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

//go:embed ask.zh.yaml
var askYAML []byte

// askWord is what a word of a question may be: several things at once, as 各村 is
// both whose and how.
type askWord struct {
	As    string   `yaml:"as"`
	What  string   `yaml:"what"`
	Tags  []string `yaml:"tags"`
	Label string   `yaml:"label"`
	N     string   `yaml:"n"` // what the tags count besides households
	Words []string `yaml:"words"`
}

// askWords are the words of questions: those of ask.zh.yaml, and the causes, gaps
// and kinds of measures of the programme.
type askWords struct {
	zh.Words[[]askWord]
}

// newAskWords reads the table. What the code lists add never replaces it.
func newAskWords(p *models.Profile) (askWords, error) {
	a := askWords{zh.NewWords[[]askWord]()}
	var rows []askWord
	if err := yaml.UnmarshalWithOptions(askYAML, &rows, yaml.Strict()); err != nil {
		return a, fmt.Errorf("ask.zh.yaml: %w", err)
	}
	for _, row := range rows {
		for _, w := range spelledOut(row.Words) {
			a.add(w, row)
		}
	}
	a.lists(p)
	for _, list := range []string{"cause", "gap", "measure_cat1", "measure_cat2"} {
		for _, it := range p.Codes[list] {
			for _, w := range it.Names() {
				a.code(list, it, zh.Fold(w))
			}
		}
	}
	return a, nil
}

// spelledOut writes the words of the table that stand for many: {没}{交}{医保} for 没参合作医疗,
// 还没买医保 and the like.
func spelledOut(words []string) []string {
	var out []string
	for len(words) > 0 {
		w := words[0]
		words = words[1:]
		from, to := strings.Index(w, "{"), strings.Index(w, "}")
		if from < 0 || to < from {
			out = append(out, w)
			continue
		}
		for _, one := range lex().Spellings[w[from+1:to]] {
			words = append(words, w[:from]+one+w[to+1:])
		}
	}
	return out
}

// lists adds what code lists say people and households are listed by: peoples, posts,
// animals; and the sources of money, which are a part of the summary.
func (a askWords) lists(p *models.Profile) {
	each := func(list string, do func(it models.CodeItem, w string)) {
		for _, it := range p.Codes[list] {
			for _, w := range it.Names() {
				if utf8.RuneCountInString(w) >= 2 || list == "species" {
					do(it, w)
				}
			}
		}
	}
	tag := func(w, name, key, label, n string) {
		a.add(w, askWord{As: "tag", Tags: []string{name + ":" + key}, Label: label, N: n})
	}
	each("ethnic", func(it models.CodeItem, w string) { tag(w, "eth", it.Key, it.Label, "人") })
	each("public_job", func(it models.CodeItem, w string) {
		if it.Key != "other" {
			tag(w, "job", it.Key, it.Label, "人")
		}
	})
	each("fund_source", func(_ models.CodeItem, w string) { a.add(w, askWord{As: "part", What: "money"}) })
	for _, it := range p.Codes["species"] {
		row := askWord{As: "tag", Label: lex().Keeps + it.Label, N: it.More["unit"]}
		for _, other := range p.Codes["species"] { // 水牛 are 牛
			if strings.HasSuffix(other.Label, it.Label) {
				row.Tags = append(row.Tags, "stock:"+other.Key)
			}
		}
		for _, w := range it.Names() {
			for _, keeps := range append([]string{lex().Keeps}, lex().KeepWords...) {
				a.add(keeps+w, row)
			}
		}
	}
}

func (a askWords) add(w string, row askWord) {
	w = zh.Fold(w)
	known := a.Get(w)
	if known == nil {
		known = new([]askWord)
	}
	*known = append(*known, row)
	a.Put(w, known)
}

// code adds what a word of a code list means to what the table says of it; of
// several entries of one kind the first one counts. Single signs say too little.
func (a askWords) code(list string, it models.CodeItem, w string) {
	if utf8.RuneCountInString(w) < 2 {
		return
	}
	row := askWord{As: list, What: it.Key, Label: it.Label}
	if strings.HasPrefix(list, "measure_") {
		row.As = "category"
	}
	if list == "cause" {
		row.Tags = []string{"cause:" + it.Key}
	}
	if known := a.Get(w); known != nil {
		for _, other := range *known {
			if other.As == "stop" || other.As == row.As {
				return
			}
		}
	}
	a.add(w, row)
}

// inquiry is a question as it was understood.
type inquiry struct {
	words [][]askWord // what each word may be
	year  int
	group string
	left  []string // runs that no word covers, in order
	whole []string // the tokens they stand in
	crop  string   // what is grown, for lists of who grows it
}

// has reports whether the question has a word of that kind.
func (q *inquiry) has(as string) bool { return q.first(as) != nil }

func (q *inquiry) first(as string) *askWord {
	for _, word := range q.words {
		for i := range word {
			if word[i].As == as {
				return &word[i]
			}
		}
	}
	return nil
}

// part is which part of the summary is asked for, "" for none.
func (q *inquiry) part() string {
	found := ""
	for _, word := range q.words {
		for _, w := range word {
			if w.As == "part" && (found == "" || found == "overview") {
				found = w.What
			}
		}
	}
	return found
}

// read takes a question apart.
func (a askWords) read(text string, now time.Time) inquiry {
	var q inquiry
	for _, token := range strings.FieldsFunc(zh.Clean(text), func(r rune) bool { return strings.ContainsRune(" \n，,、。；;？?！!：:「」（）()", r) }) {
		a.token(&q, zh.Fold(token), now)
	}
	return q
}

// piece is a part of a token: a word, or signs that no word covers.
type piece struct {
	text string
	word *[]askWord
}

func (a askWords) token(q *inquiry, token string, now time.Time) {
	var pieces []piece
	end := func() { q.take(pieces, token); pieces = nil }
	for rest := token; rest != ""; {
		if year, n := yearAt(rest, now); n > 0 && q.year == 0 {
			end()
			q.year, rest = year, rest[n:]
			continue
		}
		if n := groupAt(rest); n > 0 && q.group == "" {
			end()
			q.group, rest = rest[:n], rest[n:]
			continue
		}
		w, n := a.at(rest)
		if w == nil {
			_, n = utf8.DecodeRuneInString(rest)
		}
		pieces, rest = append(pieces, piece{rest[:n], w}), rest[n:]
	}
	end()
}

// take sorts pieces into words and what is left. What stands between two signs that
// no word covers is part of a name (清水乡, 人民村), and so is the 村 behind them.
func (q *inquiry) take(pieces []piece, token string) {
	first, last := -1, -1
	for i, p := range pieces {
		if p.word == nil {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for last >= 0 && last+1 < len(pieces) && (slices.Contains(lex().AreaTails, pieces[last+1].text) || strings.Contains(lex().GroupTails, pieces[last+1].text)) {
		last++
	}
	run := ""
	for i, p := range pieces {
		if i >= first && i <= last {
			run += p.text
		} else {
			q.words = append(q.words, *p.word)
		}
	}
	if run != "" {
		q.left, q.whole = append(q.left, run), append(q.whole, token)
	}
}

// at is the longest word that text begins with, and its length.
func (a askWords) at(text string) (*[]askWord, int) {
	w := a.Find(text, len(text))
	if w == nil {
		return nil, 0
	}
	for n := len(text); n > 0; n-- {
		if (n == len(text) || utf8.RuneStart(text[n])) && a.Get(text[:n]) == w {
			return w, n
		}
	}
	return nil, 0
}

// yearAt reads 2019年, 2019, 19年, 一九年, 今年 at the beginning; n is its length.
func yearAt(text string, now time.Time) (year, n int) {
	end, signs := 0, 0
	for i, r := range text {
		if !strings.ContainsRune(lex().YearSigns, r) {
			break
		}
		end, signs = i+utf8.RuneLen(r), signs+1
	}
	sign := lex().YearSign
	switch {
	case signs == 4 && strings.HasPrefix(text[end:], sign), signs == 2 && strings.HasPrefix(text[end:], sign):
		end += len(sign)
	case signs == 4 && digits(text[:end]) && strings.HasPrefix(text, "20"):
	case signs == 0:
		for _, w := range lex().YearWords {
			if strings.HasPrefix(text, w) {
				end = len(w)
			}
		}
	default:
		return 0, 0
	}
	if end == 0 {
		return 0, 0
	}
	year, ok := zh.ReadYear(text[:end], now)
	if !ok {
		return 0, 0
	}
	return year, end
}

// groupAt is the length of a numbered group at the beginning: 三组, 第3组, 十二社.
func groupAt(text string) int {
	r := []rune(text)
	for i := 1; i < len(r) && i < 6; i++ {
		if !strings.ContainsRune(lex().GroupTails, r[i]) {
			continue
		}
		if _, ok := zh.Number(strings.TrimPrefix(string(r[:i]), string([]rune(lex().Ordinals)[:1]))); ok {
			return len(string(r[:i+1]))
		}
		return 0
	}
	return 0
}
