package flows

import (
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// How much of the history fits a screen: saves, and fields of one save. A page
// of changes holds the creation of the largest household.
const (
	historyPage  = 600
	historySaves = 6
	historyItems = 6
)

// history is 历史: who changed what, when, newest first.
func (t *talk) history(arg string) error {
	id, head, err := t.oneHousehold(arg, "history")
	if err != nil || id == "" {
		return err
	}
	return t.historyFrom(id, head, 0)
}

// historyFrom shows the saves before a change and keeps where it ended for 更多.
func (t *talk) historyFrom(id, head string, before uint64) error {
	cs, err := t.view.Households().History(t.ctx, *t.by, id, before, historyPage)
	if err != nil {
		return err
	}
	if len(cs) == 0 {
		t.say("history.none", "head", head)
		return nil
	}
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	names := t.planNames(d)
	text := t.texts.Say("history.head", "head", head)
	next := 0
	for n := 0; next < len(cs) && n < historySaves; n++ {
		end := next
		for end < len(cs) && cs[end].Source == cs[next].Source {
			end++
		}
		text += "\n" + t.saveLine(cs[next:end], names)
		next = end
	}
	t.reply.Text = text
	if next < len(cs) {
		t.s.Args = map[string]string{"more": "history", "id": id, "head": head, "before": formatID(cs[next-1].ID)}
		t.menuMore()
	}
	t.do(LeaveTrace{HouseholdID: id, What: "history"})
	return nil
}

// moment is a time as people say it.
func (t *talk) moment(at time.Time) string {
	return at.In(models.Zone).Format(t.texts.Say("layout.moment"))
}

// saveLine is everything one message changed: 11月23日 15:04 王建国：耕地3亩→3.5亩.
func (t *talk) saveLine(cs []models.Change, names map[string]string) string {
	at, who := t.moment(cs[0].At), cs[0].ByName
	switch {
	case cs[0].Undoes != "":
		return t.texts.Say("history.undone", "at", at, "who", who)
	case created(cs):
		return t.texts.Say("history.created", "at", at, "who", who, "n", itoa(newMembers(cs)))
	}
	items := t.planItems(cs, names)
	n := len(items)
	items = items[:min(n, historyItems)]
	for _, c := range cs {
		if slices.Contains(planRecords, c.Record) {
			continue
		}
		if bookkeeping[c.Field] || models.Kept(c.Field) || c.New == "0" && c.Old == "" {
			continue
		}
		if n++; len(items) < historyItems {
			items = append(items, t.changeItem(c))
		}
	}
	if n == 0 && onlyRechecks(cs) {
		return t.texts.Say("history.rechecked", "at", at, "who", who)
	}
	if n == 0 {
		return t.texts.Say("history.visit", "at", at, "who", who)
	}
	text := t.texts.Say("history.save", "at", at, "who", who, "list", strings.Join(items, "、"))
	if n > len(items) {
		text += t.texts.Say("took.more", "n", itoa(n-len(items)))
	}
	return text
}

func newMembers(cs []models.Change) int {
	n := 0
	for _, c := range cs {
		if c.Record == "member" && c.Field == "+" {
			n++
		}
	}
	return n
}

// bookkeeping fields say who visited when: the line says that already.
var bookkeeping = map[string]bool{"visit_by": true, "visit_date": true, "lat": true, "lng": true, "id_type": true}

// changeItem is one field: 耕地3亩→3.5亩. Numbers that are a loan stay masked.
func (t *talk) changeItem(c models.Change) string {
	fd := models.FieldAt(c.Record + "." + c.Field)
	switch {
	case fd == nil && c.Field == "-":
		return t.texts.Say("history.removed", "record", t.texts.Say("record."+c.Record))
	case fd == nil:
		return t.texts.Say("history.added", "record", t.texts.Say("record."+c.Record))
	case c.Old == "":
		return t.texts.Say("history.first", "field", fd.Label, "new", t.shown(fd, c.New))
	}
	return t.texts.Say("history.line", "field", fd.Label, "old", t.shown(fd, c.Old), "new", t.shown(fd, c.New))
}
