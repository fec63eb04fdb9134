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

	"github.com/huhuqing/huhuqing/dialog"
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
	return containsAny(text, lex().Questions) || whetherOr(text)
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
	if len(cards) > 1 {
		t.hits(name, cards, false, "find.say")
		return true, nil
	}
	return true, t.answerPart(cards[0].ID, name, part)
}

// nobodyAsked says that nobody of the name is on file that a question begins with:
// 张三家哪年脱贫.
func (t *talk) nobodyAsked(text string) (bool, error) {
	name, _, ok := strings.Cut(text, t.texts.Say("house.sign"))
	if n := utf8.RuneCountInString(name); !ok || n < 2 || n > 4 || !namely(name) || !questioning(text) || len(t.asks.read(name, t.in.At).left) == 0 {
		return false, nil
	}
	return true, t.foundNothing(t.parseTarget(name), name)
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
	for i, start := range append([]string{text}, q.left...) {
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

// answerPart tells one part of a household.
func (t *talk) answerPart(id, name string, part *askedPart) error {
	if part.Part == "lights" {
		return t.lightsOf(id)
	}
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	h := d.Household
	t.do(LeaveTrace{HouseholdID: id, What: "card"})
	t.s.Last = id
	lines, err := t.partLines(d, name, part)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		lines = []string{t.texts.Say("asked.nothing", "part", t.texts.Say("asked."+part.Part))}
	}
	more := ""
	if len(lines) > maxPartLines {
		more = "\n" + t.texts.Say("asked.more", "n", itoa(len(lines)-maxPartLines))
		lines = lines[:maxPartLines]
	}
	t.reply.Text = t.texts.Say("asked.head", "head", h.HeadName, "group", h.Group) + "\n" + strings.Join(lines, "\n") + more
	if t.s.Form == nil || t.s.Form.Thing != id {
		t.menu(dialog.Option{Label: t.texts.Say("asked.all"), Say: t.sayOf("find.say", d)})
	}
	return nil
}

// maxPartLines is how many lines an answer has: a screen.
const maxPartLines = 8

func (t *talk) partLines(d *models.Dossier, name string, part *askedPart) ([]string, error) {
	if len(part.Plan) > 0 {
		return t.planPart(d, part.Plan)
	}
	var out, own []string
	values := map[string]string{}
	for i, m := range d.Members {
		ref := "m" + itoa(i+1)
		var paths []string
		for _, p := range part.Fields {
			if key, ok := strings.CutPrefix(p, "m."); ok {
				paths = append(paths, ref+"."+key)
				values[ref+"."+key] = models.Value(&d.Members[i], key)
			}
		}
		text := t.condensed(paths, values)
		if text == "" || !m.Present() && m.Name != name {
			continue
		}
		out = append(out, t.memberBrief(m)+"："+text)
		if m.Name == name && name != d.Household.HeadName || m.Name == name && len(d.Members) == 1 {
			own = append(own, out[len(out)-1])
		}
	}
	if len(own) > 0 {
		return own, nil
	}
	return append(out, t.recordPart(d, part)...), nil
}

// recordPart are the asked fields of the household, its condition and its income, with
// the year they were taken in when it is not this one.
func (t *talk) recordPart(d *models.Dossier, part *askedPart) []string {
	var paths []string
	values := map[string]string{}
	records := map[string]any{"household": &d.Household, "condition": &d.Condition, "income": &d.Income}
	for _, p := range part.Fields {
		record, key, _ := strings.Cut(p, ".")
		rec, ok := records[record]
		keys := []string{key}
		switch {
		case !ok:
			continue
		case key == "*":
			keys = models.Keys(rec)
		}
		for _, key := range keys {
			if fieldOf(record+"."+key) != nil {
				paths = append(paths, record+"."+key)
				values[record+"."+key] = models.Value(rec, key)
			}
		}
	}
	text := t.condensed(paths, values)
	if text == "" {
		return nil
	}
	var out []string
	if pc := d.Income.NetPC(len(d.Present())); part.Part == "income" && pc.Known() {
		out = append(out, t.texts.Say("card.income", "year", itoa(d.Income.Year), "pc", models.Hundredths(pc.N()/100*100).String()))
	}
	if y := d.Condition.Year; y != 0 && y != t.in.At.Year() && strings.HasPrefix(paths[0], "condition.") {
		text = t.texts.Say("sum.year", "year", itoa(y)) + "：" + text
	}
	return append(out, text)
}

// planPart are the lines of the plan that stand in the sections asked for.
func (t *talk) planPart(d *models.Dossier, sections []string) (out []string, err error) {
	f := t.formOf(d)
	t.look(f)
	t.loadPlan(f, d, d.AreaExits)
	if sections[0] == "duty" {
		return append(t.helperLines(f), t.dutyLines(f)...), worldErr(f)
	}
	for _, l := range t.planLines(f) {
		if slices.Contains(sections, l.section) {
			out = append(out, l.text)
		}
	}
	return out, worldErr(f)
}

// helperLines are who is paired with the household.
func (t *talk) helperLines(f *dialog.Form) (out []string) {
	for _, l := range t.planLines(f) {
		if l.section == "duty" {
			out = append(out, l.text)
		}
	}
	return out
}

// dutyLines are who answers for each measure: village, township, county.
func (t *talk) dutyLines(f *dialog.Form) (out []string) {
	l := t.ledger(f, t.in)
	for _, w := range t.works(f) {
		var who []string
		for _, level := range dutyLevels {
			if d := l.dutyRow(w.ref, level); d != "" {
				who = append(who, t.texts.Say("asked.who", "name", f.Value(d+".duty_person"), "unit", f.Value(d+".duty_unit")))
			}
		}
		if len(who) > 0 {
			out = append(out, t.profile.MeasureName(w.v("title"), w.v("cat1"), w.v("cat2"))+"："+strings.Join(who, "、"))
		}
	}
	return out
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
