package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// open is 入户: finds the household, or offers to create it, and leads on.
func (t *talk) open(arg string) error {
	who := t.parseTarget(arg)
	if who.name == "" && who.serial == "" {
		return t.askWhom()
	}
	if who.rest != "" && t.kept["say"] == "" {
		t.kept = map[string]string{"say": who.rest}
	}
	if who.serial == newSerial {
		return t.create(who)
	}
	if f := t.s.Form; f != nil && isNew(f) && who.name == f.Title && who.serial == "" && (who.group == "" || who.group == f.Value("household.group")) {
		t.note("open.same", "head", f.Title)
		return nil // the open question follows
	}
	cards, err := t.search(who, 9)
	if err != nil {
		return err
	}
	more := len(cards) == 9
	cards = who.narrow(cards)
	switch {
	case len(cards) == 1 && who.exact(cards[0]):
		if f := t.s.Form; f != nil && f.Thing == cards[0].ID {
			t.note("open.same", "head", f.Title)
			return nil
		}
		return t.enter(cards[0].ID)
	case len(cards) == 0:
		return t.create(who)
	}
	return t.chooseHousehold(who, cards, more)
}

// search looks a target up; a name in Traditional characters is tried as it
// would be written in Simplified ones, too.
func (t *talk) search(w target, limit int) ([]models.Card, error) {
	q := t.findQuery(w.said, w)
	q.Limit = limit
	cards, _, err := t.view.Households().Find(t.ctx, *t.by, q)
	if plain := zh.Fold(w.name); err == nil && len(cards) == 0 && plain != w.name && q.Name != "" {
		q.Name, q.Sounds = plain, nil
		cards, _, err = t.view.Households().Find(t.ctx, *t.by, q)
	}
	if models.CodeOf(err) == models.Invalid { // less than four digits
		return nil, nil
	}
	return cards, err
}

// askWhom asks for a name, with what was put aside on offer.
func (t *talk) askWhom() error {
	ds, err := t.view.Drafts().List(t.ctx, t.in.User)
	if err != nil {
		return err
	}
	t.say("open.whom")
	t.s.Ask = "open"
	if t.s.Form != nil {
		return nil
	}
	var opts []dialog.Option
	for i, d := range ds {
		if i == 5 {
			break
		}
		opts = append(opts, dialog.Option{Label: t.texts.Say("open.parked", "head", d.Title), Say: t.texts.Say("resume.say", "head", d.Title)})
	}
	t.menu(opts...)
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
	switch c.MatchedBy {
	case "", c.Head:
	case "id", "phone":
		line += t.texts.Say("card.matched_" + c.MatchedBy)
	default:
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
	if !ok || zh.LooksPinyin(w.name) || digits(w.name) {
		t.say("find.none", "where", t.by.AreaName, "what", clip(w.said, 16))
		return nil
	}
	if !namely(name) && !strings.Contains(t.text, " ") {
		t.say("open.not_a_name", "name", clip(w.said, 16))
		return nil
	}
	if t.by.Role != models.RoleVillage {
		t.say("open.village_only", "name", name)
		return nil
	}
	near, err := t.view.Households().Near(t.ctx, *t.by, t.by.Area, name, zh.Keys(name).Sound, 5)
	if err != nil {
		return err
	}
	if near = confusable(near, name, w.group); len(near) > 0 && w.serial != newSerial {
		return t.chooseHousehold(target{name: name, group: w.group}, near, false)
	}
	return t.begin(name, w.group)
}

// confusable are the households that a new one may be mistaken for: a head who
// sounds the same, or is written with one other character in the same group.
// Three characters of which two are the same are common in any village.
func confusable(cards []models.Card, name, group string) []models.Card {
	sounds := zh.Keys(name).Sound
	var out []models.Card
	for _, c := range cards {
		if c.MatchedBy != "" && c.MatchedBy != c.Head {
			continue
		}
		same := c.Head == name || group != "" && c.Group == group
		for _, s := range zh.Keys(c.Head).Sound {
			same = same || slices.Contains(sounds, s)
		}
		if same {
			out = append(out, c)
		}
	}
	return out
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
	if only := t.profile.Codes["standard"]; len(only) == 1 {
		f.Put(&step, "household.id_standard", only[0].Key) // nothing to choose, nothing to ask
	}
	t.s.Form = f
	if taken, err := t.takeUp(f.Thing); taken || err != nil {
		return err // the same new household was put aside before
	}
	if g := f.Value("household.group"); g != "" {
		t.note("open.new", "head", name, "group", g, "status", t.profile.Label("status", "poor"))
	} else {
		t.note("open.new_nogroup", "head", name)
	}
	return t.goOnWithKept()
}

// goOnWithKept puts the next question, after what was said (or sent) before it
// was known which household it is about.
func (t *talk) goOnWithKept() error {
	f := t.s.Form
	if f == nil {
		return nil
	}
	if t.kept["media"] != "" {
		t.holdLoose("")
	}
	for _, media := range strings.Split(t.kept["media"], ",") {
		if media != "" {
			t.filePhoto(f, media)
		}
	}
	said := t.kept["say"]
	if said == "" {
		return t.goOn()
	}
	t.in.Text = said
	h := t.heardFor(f, said, nil)
	if !h.Understood() && h.Wrong == "" && h.Which == nil {
		out, err := t.alsoPlan(f, []string{said})
		if err != nil || len(out.Took) == 0 && len(f.Check) == 0 {
			return errOr(err, t.goOn)
		}
		return t.heardBack(out)
	}
	return t.heardBack(t.withRest(f, t.flow(f).Apply(f, h, t.derive)))
}

// prepare sets the marks every form needs.
func (t *talk) prepare(f *dialog.Form) {
	f.Marks[markToday] = t.in.At.Format(time.DateOnly)
	f.Marks[markYear] = itoa(t.in.At.Year())
	f.Marks[markPeriod] = itoa(t.profile.IncomeYear(t.in.At))
	f.Marks["groups"] = t.by.Groups.String()
	f.Marks[markVillage] = t.by.Area
	t.look(f)
}

func isNew(f *dialog.Form) bool { return strings.HasPrefix(f.Thing, "new:") }

// enter opens the form of a household on file: a draft put aside, or what is
// stored, with the card and what is missing in front.
func (t *talk) enter(id string) error {
	if !t.mayEdit() {
		t.note("open.read_only")
		return t.card(id)
	}
	if err := t.park(); err != nil {
		return err
	}
	if ok, err := t.takeUp(id); ok || err != nil {
		return err
	}
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	ls, err := t.judged(d)
	if err != nil {
		return err
	}
	f := t.formOf(d)
	t.s.Form, t.s.Last = f, id
	t.do(LeaveTrace{HouseholdID: id, What: "form"})
	t.notes = append(t.notes, t.householdHead(d, ls))
	if err := t.tellOthers(id); err != nil {
		return err
	}
	if then := t.kept["then"]; then != "" {
		return t.leadTo(f, then)
	}
	if t.flow(f).Next(f) == nil && t.kept["say"] == "" {
		return t.nothingMissing(f)
	}
	return t.goOnWithKept()
}

// leadTo goes on with what the household was opened for.
func (t *talk) leadTo(f *dialog.Form, then string) error {
	if then == thenFill && t.base.Next(f) != nil {
		return t.goOnWithKept()
	}
	return t.toPlan(f, then)
}

// othersEvery is how often it is looked whether somebody else opened the
// household meanwhile.
const othersEvery = 3 * time.Minute

// tellOthers says who else is at the same household; each name once.
func (t *talk) tellOthers(id string) error {
	f := t.s.Form
	if f == nil || t.told {
		return nil
	}
	t.told = true
	f.Marks["others_at"] = formatID(uint64(t.in.At.Unix()))
	names, err := t.view.Drafts().Others(t.ctx, id, t.in.User, t.now.Add(-24*time.Hour))
	if err != nil {
		return err
	}
	var fresh []string
	for _, n := range names {
		if !slices.Contains(strings.Split(f.Marks["others"], ","), n) {
			fresh = append(fresh, n)
		}
	}
	if len(fresh) > 0 {
		f.Marks["others"] = strings.Join(names, ",")
		t.note("open.others", "names", strings.Join(fresh, "、"))
	}
	return nil
}

// othersDue reports whether it is time to look again.
func (t *talk) othersDue(f *dialog.Form) bool {
	at, _ := strconv.ParseInt(f.Marks["others_at"], 10, 64)
	return !isNew(f) && t.in.At.Unix()-at >= int64(othersEvery/time.Second)
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
		dialog.Option{Label: t.texts.Say("plan.begin", "cause", t.shortLabel("cause")), Say: t.texts.Say("plan.begin_word")},
	)
	return nil
}
