package flows

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// findPage is how many hits a screen shows.
const findPage = 8

// find is 查: name, part, alias, pinyin, initials, homophone, tail of an ID
// number or phone, group. It answers and leaves the open question open.
func (t *talk) find(arg string) error {
	arg = strings.TrimSpace(arg)
	if done, err := t.askedHousehold(arg); done || err != nil {
		return err
	}
	if done, err := t.findFiltered(arg); done || err != nil {
		return err
	}
	for _, tail := range []string{"家的", "户的", "家", "户"} {
		if rest, ok := strings.CutSuffix(arg, tail); ok && len([]rune(rest)) >= 2 {
			arg = rest
			break
		}
	}
	if arg == "" {
		t.say("find.what")
		t.s.Ask = "find"
		return nil
	}
	return t.findPage(arg, "")
}

// findPage shows one page of hits from a cursor on.
func (t *talk) findPage(arg, after string) error {
	w := t.parseTarget(arg)
	q := t.findQuery(arg, w)
	q.Limit, q.After = findPage, after
	cards, more, err := t.view.Households().Find(t.ctx, *t.by, q)
	if models.CodeOf(err) == models.Invalid {
		t.say("open.short")
		return nil
	}
	if err != nil {
		return err
	}
	if w.year != 0 || w.serial != "" {
		cards = w.narrow(cards)
	}
	if len(cards) == 0 && after == "" {
		if cards, w, err = t.findOtherwise(arg, w); err != nil {
			return err
		}
		more = false
	}
	switch {
	case len(cards) == 0 && after == "":
		return t.foundNothing(w, arg)
	case len(cards) == 1 && after == "", after == "" && exactly(cards, w.name) == 1 && cards[0].Head == w.name:
		if sounds := q.Name != "" && !strings.Contains(cards[0].Head, w.name) && cards[0].MatchedBy == ""; sounds {
			t.note("find.sounds", "what", clip(w.name, 12))
		}
		if done, err := t.answersWhich(cards[0]); done || err != nil {
			return err
		}
		return t.card(cards[0].ID)
	}
	t.hits(arg, cards, more, "find.say")
	return nil
}

// findOtherwise tries what else the words may be: 大水井 is a group, 查 a
// surname, 張大有 written in Traditional characters, 阿芳她爹 the household of 阿芳.
func (t *talk) findOtherwise(arg string, w target) ([]models.Card, target, error) {
	tries := []models.Query{{Group: w.name + "组", Limit: findPage}}
	if strings.HasPrefix(t.text, "查"+arg) {
		tries = append(tries, models.Query{Name: t.text, Limit: findPage})
	}
	if plain := zh.Fold(w.name); plain != w.name {
		tries = append(tries, models.Query{Name: plain, Group: w.group, Limit: findPage})
	}
	if who, _, ok := cutAny(w.name, lex().RelationCuts); ok && len([]rune(who)) >= 2 {
		tries = append(tries, models.Query{Name: who, Group: w.group, Limit: findPage})
	}
	for _, q := range tries {
		if q.Name == "" && (w.name == "" || !namely(w.name)) {
			continue
		}
		cards, _, err := t.view.Households().Find(t.ctx, *t.by, q)
		if err != nil || len(cards) > 0 {
			if q.Name != "" {
				w.name = q.Name
			}
			return cards, w, err
		}
	}
	return nil, w, nil
}

// cutAny cuts at the first of several signs.
func cutAny(s string, signs []string) (before, after string, found bool) {
	for _, sign := range signs {
		if before, after, found = strings.Cut(s, sign); found {
			return before, after, true
		}
	}
	return s, "", false
}

// exactly counts the hits whose head bears the very name.
func exactly(cs []models.Card, name string) int {
	n := 0
	for _, c := range cs {
		if c.Head == name {
			n++
		}
	}
	return n
}

// findQuery reads what kind of thing is looked for.
func (t *talk) findQuery(arg string, w target) models.Query {
	num := strings.ToUpper(without(zh.Clean(arg), lex().NumberWords))
	if len(num) >= 2 && digits(strings.TrimRight(num, "X")) && w.serial == "" {
		return models.Query{IDTail: num, Phone: num}
	}
	return w.query(findPage)
}

// hits lists several households, each a tap away from what say does with it.
func (t *talk) hits(arg string, cards []models.Card, more bool, say string) {
	t.say("find.hits", "what", clip(arg, 16))
	var opts []dialog.Option
	for _, c := range cards {
		opts = append(opts, dialog.Option{Label: t.cardLine(c), Say: t.texts.Say(say, "head", c.Head, "group", c.Group, "serial", c.ID[len(c.ID)-4:])})
	}
	if more {
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("more.word")})
	}
	t.menu(opts...)
	t.s.Args = nil
	if more {
		t.s.Args = map[string]string{"more": "find", "what": arg, "after": cards[len(cards)-1].ID}
	}
}

// foundNothing offers near names and 入户.
func (t *talk) foundNothing(w target, arg string) error {
	var opts []dialog.Option
	near, err := t.near(w.name)
	if err != nil {
		return err
	}
	for _, c := range near {
		opts = append(opts, dialog.Option{Label: t.cardLine(c), Say: t.texts.Say("find.say", "head", c.Head, "group", c.Group, "serial", c.ID[len(c.ID)-4:])})
	}
	key := "find.none"
	if len(opts) > 0 {
		key = "find.near"
	}
	t.say(key, "what", clip(arg, 16), "where", t.by.AreaName)
	if name := w.name; namely(name) && t.by.Role == models.RoleVillage && !strings.ContainsAny(name, lex().NotToRegister) {
		opts = append(opts, dialog.Option{Label: t.texts.Say("find.create", "name", name), Say: strings.TrimSpace(t.texts.Say("open.word") + " " + name + " " + w.group)})
	}
	t.menu(opts...)
	return nil
}

// near are the households of one's village whose names look or sound like one.
func (t *talk) near(name string) ([]models.Card, error) {
	if name == "" || len(t.by.Area) != models.VillageDigits || zh.LooksPinyin(name) {
		return nil, nil
	}
	return t.view.Households().Near(t.ctx, *t.by, t.by.Area, name, zh.Keys(name).Sound, 5)
}

// more is the next page of whatever was listed last.
func (t *talk) more(string) error {
	args := t.s.Args
	t.s.Args = nil
	switch args["more"] {
	case "find":
		return t.findPage(args["what"], args["after"])
	case "todo", "overdue":
		err := t.listTasks(args["more"], args["what"], args["after"])
		if args["where"] != "" { // it is asked which one is meant: so also on the next page
			next := map[string]string{"step": args["step"], "said": args["said"], "where": args["where"]}
			for k, v := range t.s.Args {
				next[k] = v
			}
			t.s.Ask, t.s.Args = "work_which", next
		}
		return err
	case "history":
		before, _ := strconv.ParseUint(args["before"], 10, 64)
		return t.historyFrom(args["id"], args["head"], before)
	case "feedback":
		after, _ := strconv.ParseUint(args["after"], 10, 64)
		_, err := t.feedbackWaiting(after)
		return err
	case "listed":
		q, _, err := t.readList(args["what"])
		if err != nil {
			return err
		}
		return t.listed(q, args["what"], args["after"])
	case "lights":
		return t.areaLights(t.asks.read(args["what"], t.in.At), atoi(args["from"]))
	case "sum":
		q := t.asks.read(args["what"], t.in.At)
		return t.sumUp(q, args["part"], atoi(args["from"]))
	}
	t.say("more.nothing")
	return nil
}

// menuMore offers the next page.
func (t *talk) menuMore() {
	t.menu(dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("more.word")})
}

func formatID(n uint64) string { return strconv.FormatUint(n, 10) }

// oneHousehold is the household a command (the sentence key is say.<command>)
// is about: the open one, or the one named. id is empty when the reply asks which.
func (t *talk) oneHousehold(arg, command string) (id, head string, err error) {
	f := t.s.Form
	if arg == "" {
		if f != nil && !isNew(f) {
			return f.Thing, f.Title, nil
		}
		t.say("which.household")
		t.s.Ask = command
		return "", "", nil
	}
	w := t.parseTarget(strings.TrimSuffix(strings.TrimSuffix(arg, "户"), "家"))
	cards, more, err := t.view.Households().Find(t.ctx, *t.by, t.findQuery(arg, w))
	if err != nil && models.CodeOf(err) != models.Invalid {
		return "", "", err
	}
	cards = w.narrow(cards)
	switch len(cards) {
	case 0:
		return "", "", t.foundNothing(w, arg)
	case 1:
		return cards[0].ID, cards[0].Head, nil
	}
	t.hits(arg, cards, more, command+".say")
	return "", "", nil
}
