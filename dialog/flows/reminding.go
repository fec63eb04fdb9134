package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// remindPage is how many lines of what waits fit beside the settings.
const remindPage = 8

// remind is 提醒: when and how one is reminded, and what waits; with words behind it a
// change of that, or what was told of a household.
func (t *talk) remind(arg string) error {
	arg = strings.Trim(arg, "。!！了 ")
	if arg == "" {
		return t.reminding(0)
	}
	if n := pageOf(arg, t.texts.Say("remind.page")); n > 0 {
		return t.reminding(n - 1)
	}
	if these, ok := strings.CutPrefix(arg, t.texts.Say("waiting.word")); ok {
		return t.theseWait(these)
	}
	if hm, said := t.clockSaid(arg); said {
		return t.remindAt(hm, arg)
	}
	l := lex()
	for _, one := range []struct {
		words   []string
		amount  models.RemindAmount
		besides int // a complaint has more words than a wish: 怎么老是提醒，太烦了
	}{{l.RemindLess, models.RemindLess, 6}, {l.RemindOverdue, models.RemindOverdue, 2}, {l.RemindAll, models.RemindAll, 2}, {l.RemindNone, models.RemindNone, 2}} {
		if plainly(arg, one.words, one.besides) {
			return t.remindAmount(one.amount)
		}
	}
	return t.remindedOf(arg)
}

// plainly reports whether a wish is one of the words and at most so many signs besides: 别忘了提醒张大有
// is none of them.
func plainly(arg string, words []string, besides int) bool {
	return containsAny(arg, words) && len([]rune(without(arg, append(slices.Clone(words), lex().RemindNoise...)))) <= besides
}

// pageOf reads 第2页 with the word 页: 2; 0 for anything else.
func pageOf(arg, word string) int {
	head, tail, ok := strings.Cut(word, "{n}")
	if !ok || !strings.HasPrefix(arg, head) || !strings.HasSuffix(arg, tail) {
		return 0
	}
	n := strings.TrimSuffix(strings.TrimPrefix(arg, head), tail)
	if !digits(n) || len(n) > 3 {
		return 0
	}
	return atoi(n)
}

// reminding shows the settings and a page of what waits.
func (t *talk) reminding(page int) error {
	rs := t.view.Reminders()
	set, err := rs.Setting(t.ctx, t.by.PersonID)
	if err != nil {
		return err
	}
	items, err := t.waits(t.today())
	if err != nil {
		return err
	}
	from := page * remindPage
	if from >= len(items) {
		from = 0
	}
	lines := []string{t.texts.Say("remind.when", "at", t.hourSaid(set.At))}
	if set.Amount != models.RemindAll {
		lines = append(lines, t.texts.Say("remind.amount_"+string(set.Amount)))
	}
	if len(items) == 0 {
		lines = append(lines, t.texts.Say("remind.nothing"))
	} else {
		lines = append(lines, t.texts.Say("remind.waits", "n", itoa(len(items))))
	}
	to := min(len(items), from+remindPage)
	for _, it := range items[from:to] {
		lines = append(lines, t.texts.Say("remind.line", "line", it.Text))
	}
	muted, err := t.mutedLines()
	if err != nil {
		return err
	}
	deaf, err := t.deafLines()
	if err != nil {
		return err
	}
	t.reply.Text = strings.Join(append(append(lines, muted...), deaf...), "\n")
	t.remindOptions(set, len(items), page)
	return nil
}

// remindOptions are what waits, one by one, and what can be changed, without what is so
// already.
func (t *talk) remindOptions(set models.RemindSetting, waits, page int) {
	var opts []dialog.Option
	add := func(key string) {
		opts = append(opts, dialog.Option{Label: t.texts.Say(key), Say: t.texts.Say("remind.word") + " " + t.texts.Say(key)})
	}
	if waits > 0 {
		opts = append(opts, dialog.Option{Label: t.texts.Say("waiting.these"), Say: t.waitingWord()})
	}
	if waits > (page+1)*remindPage {
		next := t.texts.Say("remind.page", "n", itoa(page+2))
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("remind.word") + " " + next})
	}
	if set.At != eveningAt {
		add("remind.evening")
	} else {
		add("remind.morning")
	}
	for _, one := range []models.RemindAmount{models.RemindAll, models.RemindLess, models.RemindOverdue, models.RemindNone} {
		if one != set.Amount {
			add("remind.want_" + string(one))
		}
	}
	t.menu(opts...)
}

// eveningAt is the hour offered to those who are in the fields in the morning.
const eveningAt = "19:00"

// mutedLines tell which households are put off, and by whom for the levels above.
func (t *talk) mutedLines() ([]string, error) {
	mutes, err := t.view.Reminders().Mutes(t.ctx, *t.by, t.today())
	if err != nil || len(mutes) == 0 {
		return nil, err
	}
	lines := []string{t.texts.Say("mute.now", "n", itoa(len(mutes)))}
	for i, m := range mutes {
		if i == catchUpLines {
			lines = append(lines, t.texts.Say("remind.rest", "n", itoa(len(mutes)-i)))
			break
		}
		d, err := t.view.Households().Dossier(t.ctx, *t.by, m.HouseholdID, 0)
		if models.CodeOf(err) == models.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		by := ""
		if m.By != t.by.PersonID {
			by = t.texts.Say("mute.by", "name", m.ByName)
		}
		lines = append(lines, t.texts.Say("mute.line", "head", d.Household.HeadName, "group", d.Household.Group, "until", t.dayText(m.Until), "reason", m.Reason, "by", by))
	}
	return lines, nil
}

// deafLines tell those above a village whom nothing reaches in their area.
func (t *talk) deafLines() ([]string, error) {
	if t.by.Role == models.RoleVillage {
		return nil, nil
	}
	deaf, err := t.view.Reminders().Unreached(t.ctx, *t.by, t.profile.ID, t.today())
	if err != nil || len(deaf) == 0 {
		return nil, err
	}
	name := t.villageNames()
	lines := []string{t.texts.Say("remind.deaf", "n", itoa(len(deaf)))}
	for i, one := range deaf {
		if i == catchUpLines {
			lines = append(lines, t.texts.Say("remind.rest", "n", itoa(len(deaf)-i)))
			break
		}
		lines = append(lines, t.texts.Say("remind.deaf_line", "area", name(one.Area), "name", one.Name, "n", itoa(one.Open), "why", t.texts.Say("remind.why_"+one.Why)))
	}
	return lines, nil
}

// remindAt sets the hour, or says why not: the quiet hours are nobody's to change.
func (t *talk) remindAt(hm, said string) error {
	if hm == "" {
		t.say("remind.no_hour", "said", clip(said, 12))
		return nil
	}
	if hm < models.QuietTo || hm >= models.QuietFrom {
		later := afternoon(hm)
		t.say("remind.quiet", "at", t.hourSaid(hm))
		opts := []dialog.Option{{Label: t.texts.Say("remind.earliest"), Say: t.texts.Say("remind.word") + " " + models.QuietTo}}
		if later != "" {
			opts = append(opts, dialog.Option{Label: t.hourSaid(later), Say: t.texts.Say("remind.word") + " " + later})
		}
		t.menu(opts...)
		return nil
	}
	set, err := t.view.Reminders().Setting(t.ctx, t.by.PersonID)
	if err != nil {
		return err
	}
	set.At = hm
	t.do(SetReminding{set})
	t.say("remind.set_at", "at", t.hourSaid(hm))
	if set.Amount == models.RemindNone {
		t.note("remind.amount_none")
	}
	return nil
}

// remindAmount sets how much.
func (t *talk) remindAmount(amount models.RemindAmount) error {
	set, err := t.view.Reminders().Setting(t.ctx, t.by.PersonID)
	if err != nil {
		return err
	}
	set.Amount = amount
	t.do(SetReminding{set})
	t.say("remind.set_"+string(amount), "at", t.hourSaid(set.At))
	if amount != models.RemindAll {
		t.menu(dialog.Option{Label: t.texts.Say("remind.want_all"), Say: t.texts.Say("remind.word") + " " + t.texts.Say("remind.want_all")})
	}
	return nil
}

// remindedLines is how many steps of one household fit a screen.
const remindedLines = 8

// remindedOf is 提醒 张大有: what was told of a household, and what became of it.
func (t *talk) remindedOf(arg string) error {
	w := t.parseTarget(arg)
	cards, err := t.search(w, 1)
	if err != nil {
		return err
	}
	if len(cards) == 0 || !namely(w.name) && w.serial == "" {
		t.say("remind.how", "said", clip(arg, 12))
		return nil
	}
	id, head, err := t.oneHousehold(arg, "remind")
	if err != nil || id == "" {
		return err
	}
	rows, err := t.view.Reminders().About(t.ctx, *t.by, id)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		t.say("remind.none_of", "head", head)
		return nil
	}
	lines := []string{t.texts.Say("remind.of", "head", head)}
	for i := range rows[:min(len(rows), remindedLines)] {
		r := &rows[i]
		who := ""
		if p, err := t.view.People().Person(t.ctx, r.PersonID); err == nil {
			who = p.Name
		}
		text := due.List([]models.Reminder{*r}, t.profile, r.On, nil)[0].Text
		lines = append(lines, t.texts.Say("remind.of_line", "on", string(r.On), "who", who, "what", text, "state", t.texts.Say("remind.state_"+stateOf(r))))
	}
	t.reply.Text = strings.Join(lines, "\n")
	t.do(LeaveTrace{HouseholdID: id, What: "card"})
	return nil
}

// lost are what became of pushes that did not arrive.
var lost = []string{string(models.PushRefused), string(models.PushFailed), string(models.PushGivenUp)}

// stateOf is what became of a reminder, in the words of the texts.
func stateOf(r *models.Reminder) string {
	switch {
	case r.State == models.ReminderVoid:
		return "void"
	case r.State == models.ReminderOpen:
		return "open"
	case r.Why == string(models.PushUnsure):
		return "unsure"
	case slices.Contains(lost, r.Why):
		return "lost"
	}
	return "told"
}
