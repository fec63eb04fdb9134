package flows

import (
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// undoWindow is how long a save can be taken back by the one who made it.
const undoWindow = time.Hour

// undo is 撤回: takes back what this person saved last.
func (t *talk) undo(string) error {
	if f := t.s.Form; f != nil && len(f.Steps) > 0 {
		t.note("undo.in_form")
		return t.back("")
	}
	id, source, err := t.view.Households().LastSaved(t.ctx, *t.by, t.now.Add(-undoWindow))
	if models.CodeOf(err) == models.NotFound {
		t.say("undo.nothing")
		return nil
	}
	if err != nil {
		return err
	}
	changes, err := t.view.Households().History(t.ctx, *t.by, id, 0, 300)
	if err != nil {
		return err
	}
	n, head := 0, ""
	for _, c := range changes {
		if c.Source == source {
			n++
		}
	}
	if d, err := t.view.Households().Dossier(t.ctx, *t.by, id, 0); err == nil {
		head = d.Household.HeadName
	}
	t.do(UndoSave{HouseholdID: id, Source: source, Since: t.now.Add(-undoWindow)})
	t.say("undo.done", "head", head, "n", itoa(n))
	return nil
}

// How much of the history fits a screen: saves, and fields of one save.
const (
	historyPage  = 60 // changes read at a time
	historySaves = 6
	historyItems = 6
)

// history is 历史: who changed what, when, newest first.
func (t *talk) history(arg string) error {
	id, head, err := t.oneHousehold(arg)
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
	text := t.texts.Say("history.head", "head", head)
	next := 0
	for n := 0; next < len(cs) && n < historySaves; n++ {
		end := next
		for end < len(cs) && cs[end].Source == cs[next].Source {
			end++
		}
		text += "\n" + t.saveLine(cs[next:end])
		next = end
	}
	t.reply.Text = text
	if next < len(cs) || len(cs) == historyPage {
		t.s.Args = map[string]string{"more": "history", "id": id, "head": head, "before": formatID(cs[next-1].ID)}
		t.menuMore()
	}
	t.do(LeaveTrace{HouseholdID: id, What: "history"})
	return nil
}

// saveLine is everything one message changed: 11月23日 15:04 王建国：耕地3亩→3.5亩.
func (t *talk) saveLine(cs []models.Change) string {
	var items []string
	n := 0
	for _, c := range cs {
		if bookkeeping[c.Field] || c.New == "0" && c.Old == "" {
			continue
		}
		if n++; len(items) < historyItems {
			items = append(items, t.changeItem(c))
		}
	}
	text := t.texts.Say("history.save", "at", cs[0].At.In(shanghai).Format(t.texts.Say("layout.moment")), "who", cs[0].ByName, "list", strings.Join(items, "、"))
	if n > len(items) {
		text += t.texts.Say("took.more", "n", itoa(n-len(items)))
	}
	if n == 0 {
		text = t.texts.Say("history.visit", "at", cs[0].At.In(shanghai).Format(t.texts.Say("layout.moment")), "who", cs[0].ByName)
	}
	return text
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

// shown is a value for the chat: whole numbers of ID, phone and bank never.
func (t *talk) shown(fd *models.Field, v string) string {
	if m := masked(fd, v); m != "" {
		return m
	}
	if v == "" {
		return t.texts.Say("history.empty")
	}
	return t.reader.Show(fd.Path(), v)
}
