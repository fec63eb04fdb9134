package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

// waitingPage is how many lines of what waits can be tapped on a screen.
const waitingPage = 6

// waits are the lines that wait for the person since a day, as the morning's list has
// them: what is open, and what was told.
func (t *talk) waits(since models.Date) ([]due.Item, error) {
	rows, err := t.view.Reminders().OfDay(t.ctx, *t.by, t.profile.ID, since)
	return due.List(rows, t.profile, t.today(), t.villageNames()), err
}

// lately is how many days back a list is looked for whose tap comes late.
const lately = 3

// theseWait is 提醒 这些: what waits, line by line, each to be tapped; of a line about
// several households (the number behind it) those.
func (t *talk) theseWait(arg string) error {
	items, err := t.waits(t.today())
	key := "waiting.head"
	if err == nil && len(items) == 0 {
		items, err = t.waits(models.DayOf(t.in.At.AddDate(0, 0, -lately)))
		key = "waiting.head_lately"
	}
	if err != nil {
		return err
	}
	words := strings.Fields(arg)
	head, page, of := t.texts.Say(key, "n", itoa(len(items))), 0, ""
	for _, w := range words {
		if n := pageOf(w, t.texts.Say("remind.page")); n > 0 {
			page = n - 1
		}
		if n := pageOf(w, t.texts.Say("waiting.item")); n > 0 && n <= len(items) {
			head, of, items = items[n-1].Text, " "+w, t.oneByOne(items[n-1].Reminders)
		}
	}
	from := page * waitingPage
	if from >= len(items) {
		from = 0
	}
	if len(items) == 0 {
		t.say("remind.nothing")
		t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
		return nil
	}
	t.reply.Text = head
	var opts []dialog.Option
	for i := from; i < min(len(items), from+waitingPage); i++ {
		opts = append(opts, dialog.Option{Label: items[i].Text, Say: t.waitSay(&items[i], i)})
	}
	if from+waitingPage < len(items) {
		next := t.texts.Say("remind.page", "n", itoa(page+2))
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.word"), Say: t.waitingWord() + of + " " + next})
	}
	t.menu(opts...)
	return nil
}

// waitingWord is what is said to see what waits.
func (t *talk) waitingWord() string {
	return t.texts.Say("remind.word") + " " + t.texts.Say("waiting.word")
}

// oneByOne are the reminders of a line about several households, a line each.
func (t *talk) oneByOne(rs []models.Reminder) (out []due.Item) {
	for i := range rs {
		out = append(out, due.List(rs[i:i+1], t.profile, t.today(), t.villageNames())...)
	}
	return out
}

// waitSay is what a tap on line n says: what its rule opens, else the measure or the
// household that it is about.
func (t *talk) waitSay(it *due.Item, n int) string {
	r := &it.Reminders[0]
	rule := t.profile.Reminder(r.Rule)
	serial := ""
	if len(r.HouseholdID) == models.HouseholdDigits {
		serial = r.HouseholdID[models.VillageDigits:]
	}
	switch {
	case len(it.Reminders) > 1:
		return t.waitingWord() + " " + t.texts.Say("waiting.item", "n", itoa(n+1))
	case rule != nil && rule.Open != "":
		return strings.TrimSpace(strings.ReplaceAll(rule.Open, "{head}", r.Head))
	case serial != "" && strings.HasPrefix(r.Thing, r.HouseholdID+"s"):
		return strings.Join([]string{t.texts.Say("task.word"), r.Head, clip(r.Title, 9), strings.TrimPrefix(r.Thing, t.by.Area)}, " ")
	case serial != "":
		return t.texts.Say("find.say", "head", r.Head, "group", r.Group, "serial", serial)
	}
	return t.texts.Say("remind.word")
}

// offerWaiting adds to the list of work what else waits: it has no measure to it.
func (t *talk) offerWaiting() error {
	items, err := t.waits(t.today())
	if err != nil {
		return err
	}
	n := 0
	for i := range items {
		if r := &items[i].Reminders[0]; !strings.HasPrefix(r.Thing, r.HouseholdID+"s") {
			n++
		}
	}
	if n > 0 {
		t.reply.Options = append(t.reply.Options, dialog.Option{Label: t.texts.Say("waiting.also", "n", itoa(n)), Say: t.waitingWord()})
		t.s.Menu = t.reply.Options
	}
	return nil
}
