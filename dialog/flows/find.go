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
	arg = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(arg, "家"), "户"))
	if arg == "" {
		t.say("find.what")
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
	if err != nil {
		return err
	}
	if w.year != 0 || w.serial != "" {
		cards = w.narrow(cards)
	}
	switch {
	case len(cards) == 0 && after == "":
		return t.foundNothing(w, arg)
	case len(cards) == 1 && after == "":
		return t.card(cards[0].ID)
	case after == "" && w.name != "" && exactly(cards, w.name) == 1 && cards[0].Head == w.name:
		if err := t.card(cards[0].ID); err != nil {
			return err
		}
		return nil
	}
	t.hits(arg, cards, more)
	return nil
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
	num := strings.TrimPrefix(strings.TrimPrefix(zh.Clean(arg), "尾号"), "后四位")
	num = strings.ReplaceAll(strings.TrimSpace(num), " ", "")
	if len(num) >= 4 && digits(strings.TrimRight(num, "xX")) && w.serial == "" {
		return models.Query{IDTail: strings.ToUpper(num), Phone: num}
	}
	return w.query(findPage)
}

// hits lists several households, each a tap away from its card.
func (t *talk) hits(arg string, cards []models.Card, more bool) {
	t.say("find.hits", "what", arg)
	var opts []dialog.Option
	for _, c := range cards {
		opts = append(opts, dialog.Option{Label: t.cardLine(c), Say: t.texts.Say("find.say", "head", c.Head, "group", c.Group, "serial", c.ID[len(c.ID)-4:])})
	}
	if more {
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("more.word")})
	}
	t.menu(opts...)
	if more {
		t.s.Args = map[string]string{"more": "find", "what": arg, "after": cards[len(cards)-1].ID}
	}
}

// foundNothing offers near names and 入户.
func (t *talk) foundNothing(w target, arg string) error {
	var opts []dialog.Option
	if w.name != "" && len(t.by.Area) == 12 && !zh.LooksPinyin(w.name) {
		near, err := t.view.Households().Near(t.ctx, *t.by, t.by.Area, w.name, zh.Keys(w.name).Sound, 5)
		if err != nil {
			return err
		}
		for _, c := range near {
			opts = append(opts, dialog.Option{Label: t.cardLine(c), Say: t.texts.Say("find.say", "head", c.Head, "group", c.Group, "serial", c.ID[len(c.ID)-4:])})
		}
	}
	key := "find.none"
	if len(opts) > 0 {
		key = "find.near"
	}
	t.say(key, "what", arg, "where", t.by.AreaName)
	if name, ok := zh.ReadName(w.name); ok && t.by.Role == models.RoleVillage && !zh.LooksPinyin(w.name) {
		opts = append(opts, dialog.Option{Label: t.texts.Say("find.create", "name", name), Say: strings.TrimSpace(t.texts.Say("open.word") + " " + name + " " + w.group)})
	}
	t.menu(opts...)
	return nil
}

// more is the next page of whatever was listed last.
func (t *talk) more(string) error {
	args := t.s.Args
	switch args["more"] {
	case "find":
		return t.findPage(args["what"], args["after"])
	case "history":
		before, _ := strconv.ParseUint(args["before"], 10, 64)
		return t.historyFrom(args["id"], args["head"], before)
	}
	t.say("more.nothing")
	return nil
}

// menuMore offers the next page.
func (t *talk) menuMore() {
	t.menu(dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("more.word")})
}

func formatID(n uint64) string { return strconv.FormatUint(n, 10) }

// oneHousehold is the household a command is about: the open one, or the one
// named. id is empty when the reply asks which.
func (t *talk) oneHousehold(arg string) (id, head string, err error) {
	f := t.s.Form
	if arg == "" {
		if f != nil && !isNew(f) {
			return f.Thing, f.Title, nil
		}
		t.say("which.household")
		return "", "", nil
	}
	w := t.parseTarget(arg)
	cards, more, err := t.view.Households().Find(t.ctx, *t.by, t.findQuery(arg, w))
	if err != nil {
		return "", "", err
	}
	cards = w.narrow(cards)
	switch len(cards) {
	case 0:
		return "", "", t.foundNothing(w, arg)
	case 1:
		return cards[0].ID, cards[0].Head, nil
	}
	t.hits(arg, cards, more)
	return "", "", nil
}
