package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// idle is what to do with words that are no command while nothing is open: a
// name is looked up, facts lead to a household, anything else gets the nearest
// useful offer.
func (t *talk) idle() error {
	r := t.reader.Read(t.text, t.freeContext())
	if len(r.Facts) > 0 {
		return t.quickTo(r.House, t.text)
	}
	w := t.parseTarget(strings.TrimSuffix(strings.TrimSuffix(t.text, "家"), "户"))
	if name, ok := zh.ReadName(w.name); ok || zh.LooksPinyin(w.name) || len(t.text) >= 4 && digits(strings.TrimRight(t.text, "xX")) {
		q := t.findQuery(t.text, w)
		q.Limit = findPage
		if name != "" && q.Pinyin == "" && q.IDTail == "" {
			q.Sounds = nil // a word that merely sounds like a name is no look-up
		}
		cards, more, err := t.view.Households().Find(t.ctx, *t.by, q)
		if err != nil {
			return err
		}
		switch {
		case len(cards) == 1:
			return t.card(cards[0].ID)
		case len(cards) > 1:
			t.hits(t.text, cards, more)
			return nil
		}
	}
	t.say("idle", "said", clip(t.text, 16))
	t.offers()
	return nil
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
