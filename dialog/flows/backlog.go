package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// listAreas shows how the parts of an area stand, each a tap away from its list.
func (t *talk) listAreas(what string, q models.TaskQuery) error {
	q.To, q.From = "", ""
	parts, err := t.view.Households().Backlogs(t.ctx, *t.by, q, t.today())
	if err != nil {
		return err
	}
	slices.SortStableFunc(parts, func(a, b models.Backlog) int { return b.Overdue - a.Overdue }) // what is worst is on the screen
	var opts []dialog.Option
	open, late := 0, 0
	for _, b := range parts {
		open, late = open+b.Open, late+b.Overdue
		if what == "overdue" && b.Overdue == 0 {
			continue
		}
		opts = append(opts, dialog.Option{
			Label: t.areaLine(b),
			Say:   t.listText(what, "word") + " " + b.Name + " " + strings.TrimPrefix(b.Area, t.by.Area),
		})
	}
	if len(opts) == 0 {
		t.emptyList(what, "")
		return nil
	}
	shown := opts[:min(len(opts), maxOptions)]
	t.say("areas.head", "open", itoa(open), "late", itoa(late))
	if len(shown) < len(opts) {
		t.note("areas.more", "n", itoa(len(opts)-len(shown)), "word", t.listText(what, "word"))
	}
	t.menu(shown...)
	return nil
}

// areaLine is 大水井村 逾期2 待办9 延过1.
func (t *talk) areaLine(b models.Backlog) string {
	line := b.Name
	for _, part := range []struct {
		key string
		n   int
	}{{"areas.late", b.Overdue}, {"areas.open", b.Open}, {"areas.postponed", b.Postponed}, {"areas.blocked", b.Blocked}} {
		if part.n > 0 {
			line += t.texts.Say(part.key, "n", itoa(part.n))
		}
	}
	return line
}
