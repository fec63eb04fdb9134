package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// otherHouse is the household that a sentence names in front and that is not the open
// one, "" when there is none: 李国强家养了5头猪, 李国强 养了5头猪.
func (t *talk) otherHouse(f *dialog.Form) (string, error) {
	house := ""
	if strings.ContainsAny(t.text, t.texts.Say("house.signs")) { // only then can it name one
		house = t.reader.Read(t.text, t.context(f, nil, t.in)).House
	} else if name := firstWord(t.text); name != t.text && namely(name) {
		named, err := t.namesHouse(f, name)
		if err != nil || !named {
			return "", err
		}
		house = name
	}
	if !t.elsewhereSaid(house) || withoutHouse(t.text, house) == "" {
		return "", nil
	}
	return house, nil
}

// namesHouse reports whether the first word of a sentence, with a blank behind it, is
// whose household it is about: the head of one on file, or a person's name before what
// only a household has. Where people are asked for it is one of those.
func (t *talk) namesHouse(f *dialog.Form, name string) (bool, error) {
	if !zh.HasSurname(name) || t.progress.Knows(name) || !t.elsewhereSaid(name) {
		return false, nil
	}
	c := t.flow(f).Next(f)
	if c != nil && slices.Contains(c.Wants(f), pathRoster) {
		return false, nil
	}
	cards, err := t.search(t.parseTarget(name), 2)
	if err != nil {
		return false, err
	}
	if len(cards) > 0 && cards[0].Head == name {
		return true, nil
	}
	if f.Flow == planID {
		return false, nil // 王建国 负责
	}
	r := t.reader.Read(withoutHouse(t.text, name), t.context(f, nil, t.in))
	return len(r.Facts) > 0 && len(r.NewPeople) == 0 && !slices.ContainsFunc(r.Facts, func(x hear.Fact) bool {
		_, _, ofMember := refOf(x.Path)
		return ofMember
	}), nil
}

// elsewhereSaid reports whether a sentence names another household than the open one.
func (t *talk) elsewhereSaid(house string) bool {
	f := t.s.Form
	if f == nil || house == "" || house == f.Title {
		return false
	}
	for _, s := range roster(f) {
		if s.name() == house || strings.HasSuffix(s.name(), house) || models.ParseSet(s.v("alias")).Has(house) {
			return false
		}
	}
	return !strings.HasPrefix(f.Title, house)
}

// withoutHouse is a sentence without the household it names in front.
func withoutHouse(text, house string) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimPrefix(text, house), "家"), " ，,：:")
}

// askHouse: the sentence is about another household than the open one.
func (t *talk) askHouse(f *dialog.Form, house string) error {
	rest := withoutHouse(t.text, house)
	t.say("other_house.ask", "house", house, "head", f.Title)
	t.s.Menu = []dialog.Option{
		{Number: 1, Label: t.texts.Say("other_house.here", "head", f.Title), Say: rest},
		{Number: 2, Label: t.texts.Say("other_house.there", "head", f.Title, "house", house), Say: t.texts.Say("quick.word") + " " + t.text},
	}
	t.reply.Options = plainSay(t.s.Menu)
	t.asked = true
	return nil
}
