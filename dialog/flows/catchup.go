package flows

import (
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

const (
	// heldLooked is when the conversation last looked for what could not be delivered.
	heldLooked = "remind.looked"
	// lookEvery spares the look in the middle of a talk: what fails to arrive does so
	// while nobody is there.
	lookEvery = 5 * time.Minute
	// catchUpLines is how much is told beside an answer to something else.
	catchUpLines = 5
)

// catchUp tells what could not be delivered, once, at the next contact, whatever the
// person came for.
func (t *talk) catchUp() error {
	last, err := time.Parse(time.RFC3339, t.s.Held[heldLooked])
	if gap := t.now.Sub(last); err == nil && gap >= 0 && gap < lookEvery {
		return nil
	}
	t.s.Hold(heldLooked, t.now.Format(time.RFC3339))
	rows, err := t.view.Reminders().Unheard(t.ctx, *t.by, t.profile.ID)
	if err != nil {
		return err
	}
	pushes, err := t.view.Pushes().Unshown(t.ctx, t.by.PersonID, t.now)
	if err != nil || len(rows)+len(pushes) == 0 {
		return err
	}
	shown := CatchUp{}
	for _, r := range rows {
		shown.Reminders = append(shown.Reminders, r.ID)
		if !slices.Contains(shown.Pushes, r.Push) {
			shown.Pushes = append(shown.Pushes, r.Push)
		}
	}
	maybe := func(r models.Reminder) bool { return r.Why == string(models.PushUnsure) }
	lines := map[bool][]string{ // by whether it may have arrived
		false: t.reminderLines(slices.DeleteFunc(slices.Clone(rows), maybe), catchUpLines),
		true:  t.reminderLines(slices.DeleteFunc(slices.Clone(rows), func(r models.Reminder) bool { return !maybe(r) }), catchUpLines),
	}
	for _, p := range pushes {
		if !slices.Contains(shown.Pushes, p.ID) {
			shown.Pushes = append(shown.Pushes, p.ID)
			lines[p.State == models.PushUnsure] = append(lines[p.State == models.PushUnsure], p.Text)
		}
	}
	t.do(shown)
	for _, one := range []struct {
		key   string
		maybe bool
	}{{"remind.missed", false}, {"remind.unsure", true}} {
		if list := lines[one.maybe]; len(list) > 0 {
			t.note(one.key, "list", strings.Join(list, "\n"))
		}
	}
	return nil
}

// reminderLines are reminders in words, most pressing first, and how many more there are.
func (t *talk) reminderLines(rows []models.Reminder, most int) []string {
	items := due.List(rows, t.profile, t.today(), t.villageNames())
	var lines []string
	for i, it := range items {
		if i == most {
			return append(lines, t.texts.Say("remind.rest", "n", itoa(len(items)-i)))
		}
		lines = append(lines, t.texts.Say("remind.line", "line", it.Text))
	}
	return lines
}

// villageNames names villages for those who have several.
func (t *talk) villageNames() func(string) string {
	if t.by.Role == models.RoleVillage {
		return nil
	}
	names := map[string]string{}
	return func(code string) string {
		if _, ok := names[code]; !ok {
			a, err := t.view.Areas().Area(t.ctx, code)
			if err != nil {
				return "" // a line without the village's name is better than none
			}
			names[code] = a.Name
		}
		return names[code]
	}
}
