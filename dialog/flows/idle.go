package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// idle is what to do with words that are no command while nothing is open: a
// name is looked up, facts lead to a household, anything else gets the nearest
// useful offer.
func (t *talk) idle() error {
	if name, ok := t.asksLights(t.text); ok {
		return t.lights(name)
	}
	r := t.reader.Read(t.text, t.freeContext())
	if done, err := t.named(r); done || err != nil {
		return err
	}
	if len(r.Facts) > 0 {
		return t.quickTo(r.House, t.text)
	}
	t.say("idle", "said", clip(t.text, 16))
	t.offers()
	return nil
}

// asksLights hears 张大有家差哪样, 李阿普还缺什么: 六清 in other words.
func (t *talk) asksLights(text string) (name string, ok bool) {
	text = strings.TrimRight(text, "？?。 ")
	for _, tail := range strings.Fields(t.texts.Say("lights.words")) {
		if rest, found := strings.CutSuffix(text, tail); found {
			rest = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(rest), "户"), "家")
			return strings.TrimSuffix(rest, "还"), true
		}
	}
	return "", false
}

// named looks up a text that is a name, a group, a number or pinyin, or that
// only says whose household it is about. done is false when nothing was found.
func (t *talk) named(r hear.Reading) (done bool, err error) {
	said := strings.TrimSuffix(strings.TrimSuffix(t.text, "户"), "家")
	if r.House != "" && len(r.Facts) == 0 {
		said = r.House
	}
	w := t.parseTarget(said)
	_, isName := zh.ReadName(w.name)
	number := len(said) >= 4 && digits(strings.TrimRight(said, "xX"))
	if !isName && !number && !zh.LooksPinyin(w.name) && !(w.name == "" && w.group != "") {
		return false, nil
	}
	q := t.findQuery(said, w)
	q.Limit = findPage
	q.Sounds = nil // a word that merely sounds like a name is no look-up
	cards, more, err := t.view.Households().Find(t.ctx, *t.by, q)
	switch {
	case err != nil:
		return false, err
	case len(cards) == 0:
		return false, nil
	case len(cards) == 1:
		return true, t.card(cards[0].ID)
	}
	t.hits(said, cards, more)
	return true, nil
}

// offers are the few things this role does most.
func (t *talk) offers() {
	opts := []dialog.Option{}
	if t.by.Role == models.RoleVillage {
		opts = append(opts, dialog.Option{Label: t.texts.Say("offer.open"), Say: t.texts.Say("open.word")})
	}
	opts = append(opts,
		dialog.Option{Label: t.texts.Say("offer.find"), Say: t.texts.Say("find.word")},
		dialog.Option{Label: t.texts.Say("offer.resume"), Say: t.texts.Say("resume.word")},
		dialog.Option{Label: t.texts.Say("offer.help"), Say: t.texts.Say("help.word")},
	)
	t.menu(opts...)
}

// nothing: an empty message.
func (t *talk) nothing() error {
	if t.s.Form != nil {
		return nil // the open question again
	}
	t.say("idle.empty")
	t.offers()
	return nil
}

// greet is the answer to 你好, and to following the account.
func (t *talk) greet(string) error {
	t.say("greet", "name", t.by.Name, "area", t.by.AreaName)
	if t.s.Form == nil {
		t.offers()
	}
	return nil
}

// thanks is the answer to politeness.
func (t *talk) thanks(string) error {
	t.say("thanks")
	return nil
}

// help says what one can do here, now, in this role.
func (t *talk) help(string) error {
	if t.s.Form != nil {
		t.say("help.form", "head", t.s.Form.Title)
		return nil
	}
	t.say("help."+string(t.by.Role), "area", t.by.AreaName)
	t.offers()
	return nil
}

// feedback keeps a complaint or a wish.
func (t *talk) feedback(arg string) error {
	if arg == "" {
		t.say("feedback.how")
		return nil
	}
	t.do(Feedback{User: t.in.User, Text: arg})
	t.say("feedback.thanks")
	return nil
}

// quick is 记: household and facts in one sentence.
func (t *talk) quick(arg string) error {
	if t.s.Form != nil {
		t.text, t.in.Text = arg, arg
		return t.answer()
	}
	r := t.reader.Read(arg, t.freeContext())
	return t.quickTo(r.House, arg)
}

// quickTo opens the household a sentence names and gives the sentence to it.
func (t *talk) quickTo(house, said string) error {
	if house == "" {
		t.say("quick.whom", "said", clip(said, 20))
		t.s.Ask = "open"
		return nil
	}
	w := t.parseTarget(house)
	cards, _, err := t.view.Households().Find(t.ctx, *t.by, w.query(9))
	if err != nil {
		return err
	}
	cards = w.narrow(cards)
	if len(cards) != 1 {
		t.note("quick.then")
		return t.open(house)
	}
	if err := t.enter(cards[0].ID); err != nil || t.s.Form == nil {
		return err
	}
	t.s.Menu, t.reply = nil, dialog.Reply{}
	f := t.s.Form
	h := t.hear(f, said, nil, t.in)
	out := t.base.Apply(f, h, t.derive)
	if out.Event == dialog.NotRead {
		return t.goOn()
	}
	f.Stage = dialog.Confirming
	return t.heardBack(out)
}
