package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
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
	if done, err := t.questioned(); done || err != nil {
		return err
	}
	if done, err := t.numberOfList(); done || err != nil {
		return err
	}
	if done, err := t.corrected(); done || err != nil {
		return err
	}
	if done, err := t.progressed(); done || err != nil {
		return err
	}
	if t.unmoved(progress.WhyHearsay, progress.WhyBack) {
		return nil
	}
	if t.backfills(t.text) {
		return t.work(models.StepReport, t.text)
	}
	if done, err := t.inquire(inPlain(t.text)); done || err != nil {
		return err
	}
	r := t.reader.Read(t.text, t.freeContext())
	if house, ok := t.tellsPlan(r, t.text); ok {
		return t.quickPlan(house, t.text)
	}
	if done, err := t.named(r); done || err != nil {
		return err
	}
	if len(r.Facts) == 0 && (questioning(t.text) || containsAny(t.text, lex().Inquires)) {
		if done, err := t.inquired(); done || err != nil {
			return err
		}
	}
	if len(r.Facts) > 0 {
		return t.quickTo(r.House, t.text)
	}
	return t.unknown()
}

// unknown is the answer to words that nothing is known to do with.
func (t *talk) unknown() error {
	if t.isYes() { // 行 behind what is saved already
		return t.thanks("")
	}
	if t.unmoved(progress.WhyDenied) {
		return nil
	}
	for _, w := range lex().Later {
		if strings.Contains(t.text, w) {
			t.say("later", "what", w)
			t.offers()
			return nil
		}
	}
	if t.passOn() {
		return nil
	}
	if questioning(t.text) {
		t.say("idle.question", "said", clip(t.text, 16))
		t.menu(t.parts()...)
		return nil
	}
	t.say("idle", "said", clip(t.text, 16))
	t.offers()
	return nil
}

// parts are the answers a question without one is most likely after.
func (t *talk) parts() []dialog.Option {
	var opts []dialog.Option
	for _, key := range []string{"sum.word", "lights.word", "todo.word", "help.word"} {
		opts = append(opts, dialog.Option{Label: t.texts.Say(key)})
	}
	return opts
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
	if w.rest != "" {
		return false, nil // 张大有家 猪5头 is told, not asked
	}
	_, isName := zh.ReadName(w.name)
	number := len(said) >= 4 && digits(strings.TrimRight(said, "xX"))
	isName = isName && len([]rune(w.name)) >= 2
	spelt := zh.LooksPinyin(w.name) && len(w.name) >= 2
	if !isName && !number && !spelt && !(w.name == "" && w.group != "") {
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
	t.hits(said, cards, more, "find.say")
	return true, nil
}

// inquired answers a question about a household with its card: 张大有家几口人,
// 李秀英是哪家的. The name stands in front.
func (t *talk) inquired() (bool, error) {
	r := []rune(t.text)
	for n := min(4, len(r)-1); n >= 2; n-- {
		name := string(r[:n])
		if !namely(name) {
			continue
		}
		cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: name, Limit: 3})
		if err != nil {
			return false, err
		}
		var hits []models.Card
		for _, c := range cards {
			if c.Head == name || c.MatchedBy == name {
				hits = append(hits, c)
			}
		}
		switch len(hits) {
		case 0:
			continue
		case 1:
			return true, t.card(hits[0].ID)
		}
		t.hits(name, hits, false, "find.say")
		return true, nil
	}
	return false, nil
}

// offers are the few things this role does most.
func (t *talk) offers() {
	opts := []dialog.Option{}
	if t.by.Role == models.RoleVillage {
		opts = append(opts, dialog.Option{Label: t.texts.Say("offer.open"), Say: t.texts.Say("open.word")})
	}
	opts = append(opts,
		dialog.Option{Label: t.texts.Say("offer.find"), Say: t.texts.Say("find.word")},
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

// quick is 记: household and facts in one sentence.
func (t *talk) quick(arg string) error {
	r := t.reader.Read(arg, t.freeContext())
	if t.s.Form != nil && !t.elsewhereSaid(r.House) {
		t.text, t.in.Text = arg, arg
		return t.answer()
	}
	if house, ok := t.tellsPlan(r, arg); ok {
		return t.quickPlan(house, arg)
	}
	return t.quickTo(r.House, arg)
}

// tellsPlan reports whether a sentence is about a household's plan rather than the
// household: it names a cause, a measure or an exit and no fact, or a measure with
// its money, date or department (王老四 危改D 2.1万 住建 10月完). house is whose.
func (t *talk) tellsPlan(r hear.Reading, text string) (whose string, ok bool) {
	if containsAny(text, lex().Asks) {
		return "", false
	}
	house, rest := r.House, text
	switch head, _, found := strings.Cut(text, t.texts.Say("house.sign")); {
	case house != "":
		rest = withoutHouse(text, house)
	case found && namely(head):
		house, rest = head, withoutHouse(text, head)
	case firstWord(text) != text && namely(firstWord(text)) && !t.planWord(firstWord(text)):
		house = firstWord(text)
		rest = strings.TrimSpace(strings.TrimPrefix(text, house))
	}
	f := dialog.NewForm(&t.plan.Flow, "new:"+house, house, t.in.At.Unix())
	f.Marks[markToday] = string(t.today())
	h := t.hearPlan(f, rest, asking{alone: true}, t.in)
	if len(h.Set) == 0 {
		return house, false
	}
	dated := slices.ContainsFunc(h.Set, func(a dialog.Assign) bool {
		return strings.HasSuffix(a.Path, ".due_date") && a.Value > f.Marks[markToday]
	})
	return house, len(r.Facts) == 0 || dated || assigned(h.Set, pathFunds) || assigned(h.Set, pathDuties)
}

// planWord reports whether a word says something of a plan, so that it is no name.
func (t *talk) planWord(word string) bool {
	cs, _ := t.planner.Causes(word, plan.Context{Now: t.in.At})
	ms, _ := t.planner.Measures(word, plan.Context{Now: t.in.At})
	return len(cs)+len(ms) > 0
}

// quickPlan opens the plan of a household and gives the sentence to it.
func (t *talk) quickPlan(house, said string) error {
	if house == "" {
		err := t.quickTo("", said) // the last one, or whose?
		t.s.Args["then"] = thenQuick
		return err
	}
	t.kept = map[string]string{"say": withoutHouse(said, house), "then": thenQuick, "of": house}
	w := t.parseTarget(house)
	cards, err := t.search(w, 2)
	if err != nil {
		return err
	}
	if len(cards) == 0 && namely(w.name) && t.by.Role == models.RoleVillage {
		t.askNew(w)
		return nil
	}
	if err := t.open(house); err != nil {
		return err
	}
	if t.s.Form == nil {
		t.s.Args = t.kept
	}
	return nil
}

// quickTo opens the household a sentence names and gives the sentence to it.
// What was said is kept over the question which household it is.
func (t *talk) quickTo(house, said string) error {
	if house == "" && t.s.Last != "" {
		return t.askLast(said)
	}
	if house == "" {
		t.say("quick.whom", "said", clip(said, 20))
		t.s.Ask, t.s.Args = "open", map[string]string{"say": said}
		return nil
	}
	t.kept = map[string]string{"say": withoutHouse(said, house), "of": house}
	w := t.parseTarget(house)
	if cards, err := t.search(w, 1); err != nil {
		return err
	} else if len(cards) == 0 && namely(w.name) && t.by.Role == models.RoleVillage {
		t.askNew(w) // nobody said 入户: no household is begun by a slip of the tongue
		return nil
	}
	if err := t.open(house); err != nil {
		return err
	}
	if t.s.Form == nil { // it asks which one: go on with the sentence after that
		t.s.Args = t.kept
	}
	return nil
}

// askLast asks whether a sentence without a name is about the household that
// was saved or looked at last.
func (t *talk) askLast(said string) error {
	d, err := t.view.Households().Dossier(t.ctx, *t.by, t.s.Last, 0)
	if models.CodeOf(err) == models.NotFound {
		t.s.Last = ""
		return t.quickTo("", said)
	}
	if err != nil {
		return err
	}
	h := d.Household
	t.say("last.ask", "head", h.HeadName)
	t.s.Args = map[string]string{"say": said}
	t.menu(
		dialog.Option{Label: t.texts.Say("last.yes", "head", h.HeadName), Say: t.texts.Say("open.say", "head", h.HeadName, "group", h.Group, "serial", h.ID[len(h.ID)-4:])},
		dialog.Option{Label: t.texts.Say("last.no"), Say: t.texts.Say("open.word")},
	)
	return nil
}

// later is a word of the product whose part is not there yet.
func (t *talk) later(string) error {
	t.say("later", "what", clip(t.text, 8))
	if t.s.Form == nil {
		t.offers()
	}
	return nil
}
