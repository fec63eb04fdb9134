package flows

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

//go:embed asked.zh.yaml
var askedYAML []byte

// askedPart is something asked of one household, see asked.zh.yaml.
type askedPart struct {
	Part   string   `yaml:"part"`
	Fields []string `yaml:"fields"`
	Plan   []string `yaml:"plan"`
	Tells  bool     `yaml:"tells"`
	Words  []string `yaml:"words"`
}

var askedParts = sync.OnceValue(func() []askedPart {
	var ps []askedPart
	if err := yaml.UnmarshalWithOptions(askedYAML, &ps, yaml.Strict()); err != nil {
		panic(fmt.Sprint("asked.zh.yaml: ", err))
	}
	return ps
})

// partAsked is the part with the longest word in the text; nil when none has one.
func partAsked(text string) *askedPart {
	var found *askedPart
	longest := 0
	ps := askedParts()
	for i := range ps {
		for _, w := range ps[i].Words {
			if len(w) > longest && strings.Contains(text, w) {
				found, longest = &ps[i], len(w)
			}
		}
	}
	return found
}

// maxQuestion is how long a question is at most, in characters: what is longer tells.
const maxQuestion = 40

// questioning reports whether a text asks something of the bot.
func questioning(text string) bool {
	if utf8.RuneCountInString(text) > maxQuestion || containsAny(text, lex().NoQuestions) {
		return false
	}
	return containsAny(text, lex().Questions) || whetherOr(text) || whetherDone(text)
}

// whetherOr reports whether a text asks by saying yes and no: 吃不吃低保, 有没有.
func whetherOr(text string) bool {
	r := []rune(text)
	for i := 1; i+1 < len(r); i++ {
		if r[i-1] == r[i+1] && strings.ContainsRune(lex().Denials, r[i]) {
			return true
		}
	}
	return false
}

// whetherDone reports whether a text asks by its end whether something was done: 钱拨了没有.
func whetherDone(text string) bool {
	text = strings.TrimRight(text, "?？ 。")
	return slices.ContainsFunc(lex().WhetherTails, func(w string) bool { return strings.HasSuffix(text, w) })
}

// askedHousehold answers a question about one household or one of its people with
// that part of the records: 张大有家哪年脱贫, 张小军在哪读书, 他家的电话. done is false
// when it is about none.
func (t *talk) askedHousehold(text string) (done bool, err error) {
	if partAsked(text) == nil || utf8.RuneCountInString(text) > maxQuestion {
		return false, nil
	}
	cards, name, err := t.householdAsked(text)
	if err != nil {
		return false, err
	}
	if len(cards) == 0 {
		return t.nobodyAsked(text)
	}
	part := partAsked(strings.Replace(text, name, "", 1)) // 钱大 asks for no money
	if part == nil || !questioning(text) && (part.Tells || !t.onlyAsks(strings.Replace(text, name, "", 1))) {
		return false, nil // 张大有家房子96平 tells
	}
	t.keepAsked(text, name)
	if len(cards) > 1 {
		t.askWhich(name, text, cards)
		return true, nil
	}
	return true, t.answerPart(cards[0].ID, name, part)
}

// nobodyAsked answers for who sounds as the name that a question begins with, and says
// that nobody of it is on file: 张三家哪年脱贫.
func (t *talk) nobodyAsked(text string) (bool, error) {
	q := t.asks.read(text, t.in.At)
	whole, _, ok := strings.Cut(text, t.texts.Say("house.sign"))
	name := strings.TrimPrefix(whole, q.group)
	for _, w := range lex().Leads {
		name = strings.TrimPrefix(name, w)
	}
	if n := utf8.RuneCountInString(name); !ok || n < 2 || n > 4 || !namely(name) || !questioning(text) || len(t.asks.read(name, t.in.At).left) == 0 {
		return false, nil
	}
	cards, err := t.soundsLike(name, q.group)
	part := partAsked(strings.Replace(text, name, "", 1))
	if err != nil || part == nil {
		return false, err
	}
	switch len(cards) {
	case 0:
		if err := t.foundNothing(t.parseTarget(name), name); err != nil {
			return true, err
		}
		t.s.Hold(heldPart, text)
		return true, nil
	case 1:
		t.keepAsked(strings.Replace(text, name, cards[0].Head, 1), cards[0].Head)
		t.note("asked.sounds", "said", name, "name", cards[0].Head)
		return true, t.answerPart(cards[0].ID, cards[0].Head, part)
	}
	t.askWhich(name, text, cards)
	return true, nil
}

// onlyAsks reports whether what stands beside the name are words of parts and of
// questions alone.
func (t *talk) onlyAsks(rest string) bool {
	var words []string
	for _, p := range askedParts() {
		words = append(words, p.Words...)
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	rest = without(rest, words)
	q := t.asks.read(without(rest, lex().Owners), t.in.At)
	return len(q.left) == 0
}

// householdAsked are the households whose head or member is named in a question, at
// its beginning or where no other word stands; or the one spoken of last for 他家.
func (t *talk) householdAsked(text string) ([]models.Card, string, error) {
	for _, w := range lex().Pronouns {
		if !strings.HasPrefix(text, w) {
			continue
		}
		id := t.s.Last
		if f := t.s.Form; f != nil && !isNew(f) {
			id = f.Thing
		}
		if id == "" {
			return nil, "", nil
		}
		return []models.Card{{ID: id}}, w, nil
	}
	q := t.asks.read(text, t.in.At)
	starts := append([]string{text}, q.left...)
	if part := partAsked(text); part != nil {
		starts = append(starts, strings.TrimSpace(without(text, part.Words))) // 谁包王老四家
	}
	if rest := strings.TrimLeft(text, lex().BeforeSurname); rest != text {
		starts = append(starts, rest) // 老罗成义家
	}
	for i, start := range starts {
		if at := strings.Index(text, start); i > 0 && at >= 0 {
			start = text[at:] // 有 of 张大有 is a word of its own
		}
		cards, name, err := t.namedAt(start, q.group)
		if err != nil || len(cards) > 0 {
			return cards, name, err
		}
	}
	return nil, "", nil
}

// namedAt are the households of the person whose whole name a text begins with.
func (t *talk) namedAt(text, group string) ([]models.Card, string, error) {
	r := []rune(text)
	for n := min(4, len(r)); n >= 2; n-- {
		name := string(r[:n])
		if !namely(name) {
			continue
		}
		cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: name, Group: group, Limit: findPage})
		if err != nil {
			return nil, "", err
		}
		cards = slices.DeleteFunc(cards, func(c models.Card) bool { return c.Head != name && c.MatchedBy != name })
		if len(cards) > 0 {
			return cards, name, nil
		}
	}
	return nil, "", nil
}

// askedName answers who is called so: 叫李小二的有几个, 姓普的, 岩家有几户. done is
// false when the question names nobody.
func (t *talk) askedName(q inquiry) (done bool, err error) {
	if len(q.left) != 1 {
		return false, nil
	}
	name, known := q.left[0], utf8.RuneCountInString(q.left[0]) == 1
	for _, signs := range [][]string{lex().NamedSigns, lex().SurnameSigns} {
		if _, after, ok := cutAny(name, signs); ok && after != "" {
			name, known = after, true
		}
	}
	if !known || !q.has("count") && !q.has("list") {
		return false, nil
	}
	name = strings.TrimRight(name, lex().Particles)
	surname := utf8.RuneCountInString(name) == 1
	cards, more, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: name, Group: q.group, Limit: 2 * findPage})
	cards = slices.DeleteFunc(cards, func(c models.Card) bool {
		called := cmp.Or(c.MatchedBy, c.Head)
		return called != name && !(surname && strings.HasPrefix(called, name))
	})
	if err != nil || len(cards) == 0 {
		return false, err
	}
	t.hits(name, cards[:min(len(cards), findPage)], false, "find.say")
	key := "asked.named"
	if more || len(cards) > findPage {
		key = "asked.named_many"
	}
	t.reply.Text = t.texts.Say(key, "name", zh.Clean(name), "n", itoa(len(cards)))
	return true, nil
}
