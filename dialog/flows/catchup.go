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
	var missed, unsure []models.Reminder
	for _, r := range rows {
		if r.Why == string(models.PushUnsure) {
			unsure = append(unsure, r)
		} else {
			missed = append(missed, r)
		}
	}
	lists := [][]string{t.reminderLines(missed, catchUpLines), t.reminderLines(unsure, catchUpLines)}
	for _, p := range pushes {
		if slices.Contains(shown.Pushes, p.ID) {
			continue
		}
		shown.Pushes = append(shown.Pushes, p.ID)
		n := 0
		if p.State == models.PushUnsure {
			n = 1
		}
		lists[n] = append(lists[n], p.Text)
	}
	t.do(shown)
	for n, key := range []string{"remind.missed", "remind.unsure"} {
		if len(lists[n]) > 0 {
			t.note(key, "list", strings.Join(lists[n], "\n"))
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
