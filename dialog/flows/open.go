package flows

import (
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// open is 入户: finds the household, or offers to create it, and leads on.
func (t *talk) open(arg string) error {
	if f := t.s.Form; f != nil && arg != "" && zh.Fold(arg) == zh.Fold(f.Title) {
		t.note("open.same", "head", f.Title)
		return nil // the open question follows
	}
	if arg == "" {
		return t.askWhom()
	}
	who := t.parseTarget(arg)
	if who.name == "" && who.serial == "" {
		return t.askWhom()
	}
	if who.serial == newSerial {
		return t.create(who)
	}
	cards, more, err := t.view.Households().Find(t.ctx, *t.by, who.query(9))
	if err != nil {
		return err
	}
	cards = who.narrow(cards)
	switch {
	case len(cards) == 1 && (who.exact(cards[0])):
		return t.enter(cards[0].ID)
	case len(cards) == 0:
		return t.create(who)
	}
	return t.chooseHousehold(who, cards, more)
}

// askWhom asks for a name, with what was put aside on offer.
func (t *talk) askWhom() error {
	ds, err := t.view.Drafts().List(t.ctx, t.in.User)
	if err != nil {
		return err
	}
	t.say("open.whom")
	if t.s.Form == nil {
		t.s.Ask = "open"
		var opts []dialog.Option
		for i, d := range ds {
			if i == 5 {
				break
			}
			opts = append(opts, dialog.Option{Label: t.texts.Say("open.parked", "head", d.Title), Say: t.texts.Say("resume.say", "head", d.Title)})
		}
		t.menu(opts...)
	}
	return nil
}

// chooseHousehold lets the person pick among several, or say that it is none.
func (t *talk) chooseHousehold(w target, cards []models.Card, more bool) error {
	key := "open.which"
	if len(cards) > 0 && !w.exact(cards[0]) {
		key = "open.near"
	}
	t.say(key, "name", w.name)
	var opts []dialog.Option
	for _, c := range cards {
		opts = append(opts, dialog.Option{Label: t.cardLine(c), Say: t.texts.Say("open.say", "head", c.Head, "group", c.Group, "serial", c.ID[len(c.ID)-4:])})
	}
	if t.by.Role == models.RoleVillage && w.name != "" {
		opts = append(opts, dialog.Option{Label: t.texts.Say("open.none_of_them", "name", w.name), Say: t.texts.Say("open.new_say", "head", w.name, "group", w.group)})
	}
	if more {
		t.note("open.many")
	}
	t.menu(opts...)
	return nil
}

// cardLine tells households of the same name apart: group, head, birth year, size.
func (t *talk) cardLine(c models.Card) string {
	year := ""
	if y := c.HeadBirth.Year(); y > 0 {
		year = t.texts.Say("card.born", "year", itoa(y))
	}
	line := t.texts.Say("card.line", "head", c.Head, "group", c.Group, "born", year, "n", itoa(c.Members))
	if c.MatchedBy != "" && c.MatchedBy != c.Head {
		line += t.texts.Say("card.matched", "by", c.MatchedBy)
	}
	if t.by.Role != models.RoleVillage && c.VillageName != "" {
		line = c.VillageName + " " + line
	}
	return line
}

// create begins a new household, after showing names that are nearly the same.
func (t *talk) create(w target) error {
	if w.name == "" {
		return t.askWhom()
	}
	name, ok := zh.ReadName(w.name)
	if !ok {
		t.say("open.not_a_name", "name", w.name)
		return nil
	}
	if len(t.by.Area) != 12 {
		t.say("open.village_only", "name", name)
		return nil
	}
	near, err := t.view.Households().Near(t.ctx, *t.by, t.by.Area, name, zh.Keys(name).Sound, 5)
	if err != nil {
		return err
	}
	if len(near) > 0 && w.serial != newSerial {
		return t.chooseHousehold(target{name: name, group: w.group}, near, false)
	}
	return t.begin(name, w.group)
}

// newWord in 入户 新户 张三 says that none of the similar names is meant.
const (
	newWord   = "新户"
	newSerial = "new"
)

// begin opens the form of a household that is not on file yet.
func (t *talk) begin(name, group string) error {
	if err := t.park(); err != nil {
		return err
	}
	f := dialog.NewForm(&t.base.Flow, "new:"+name, name, t.in.At.Unix())
	t.prepare(f)
	step := dialog.Step{}
	if group != "" {
		f.Put(&step, "household.group", group)
	} else if len(t.by.Groups) == 1 {
		f.Put(&step, "household.group", t.by.Groups[0])
	}
	f.Put(&step, "household.hh_status", "poor")
	t.s.Form = f
	if g := f.Value("household.group"); g != "" {
		t.note("open.new", "head", name, "group", g)
	} else {
		t.note("open.new_nogroup", "head", name)
	}
	return t.goOn()
}

// prepare sets the marks every form needs.
func (t *talk) prepare(f *dialog.Form) {
	f.Marks[markToday] = t.in.At.Format(time.DateOnly)
	f.Marks[markYear] = itoa(t.in.At.Year())
	f.Marks[markPeriod] = itoa(t.profile.IncomeYear(t.in.At))
	f.Marks["groups"] = t.by.Groups.String()
}

func isNew(f *dialog.Form) bool { return strings.HasPrefix(f.Thing, "new:") }

// enter opens the form of a household on file: a draft put aside, or what is
// stored, with the card and what is missing in front.
func (t *talk) enter(id string) error {
	if err := t.park(); err != nil {
		return err
	}
	if ok, err := t.takeUp(id); ok || err != nil {
		return err
	}
	d, err := t.view.Households().Dossier(t.ctx, *t.by, id, 0)
	if err != nil {
		if models.CodeOf(err) == models.NotFound {
			t.say("open.gone")
			return nil
		}
		return err
	}
	f := t.formOf(d)
	t.s.Form = f
	t.do(LeaveTrace{HouseholdID: id, What: "form"})
	t.notes = append(t.notes, t.householdHead(d))
	if err := t.tellOthers(id); err != nil {
		return err
	}
	if len(f.Answers) > 0 && t.base.Next(f) == nil {
		return t.nothingMissing(f)
	}
	return t.goOn()
}

// tellOthers says who else is at the same household.
func (t *talk) tellOthers(id string) error {
	names, err := t.view.Drafts().Others(t.ctx, id, t.in.User, t.now.Add(-24*time.Hour))
	if err != nil {
		return err
	}
	if len(names) > 0 && !t.told {
		t.told = true
		t.note("open.others", "names", strings.Join(names, "、"))
	}
	return nil
}

// nothingMissing: everything is there. One tap records the visit.
func (t *talk) nothingMissing(f *dialog.Form) error {
	f.Stage = dialog.Confirming
	t.reply = dialog.Reply{Text: t.texts.Say("visit.unchanged_q")}
	t.asked = true
	t.menu(
		dialog.Option{Label: t.texts.Say("visit.unchanged"), Say: t.texts.Say("confirm.save")},
		dialog.Option{Label: t.texts.Say("visit.changed"), Say: t.texts.Say("visit.changed")},
		dialog.Option{Label: t.texts.Say("visit.look"), Say: t.texts.Say("confirm.look")},
	)
	return nil
}
