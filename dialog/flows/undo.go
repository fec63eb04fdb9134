package flows

import (
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

// historyPage is how many changes fit a screen.
const historyPage = 10

// history is 历史: who changed what, when, newest first.
func (t *talk) history(arg string) error {
	id, head, err := t.oneHousehold(arg)
	if err != nil || id == "" {
		return err
	}
	cs, err := t.view.Households().History(t.ctx, *t.by, id, 0, historyPage+1)
	if err != nil {
		return err
	}
	if len(cs) == 0 {
		t.say("history.none", "head", head)
		return nil
	}
	t.historyPage(id, head, cs)
	return nil
}

// historyPage shows a page and keeps where it ended for 更多.
func (t *talk) historyPage(id, head string, cs []models.Change) {
	more := len(cs) > historyPage
	if more {
		cs = cs[:historyPage]
	}
	text := t.texts.Say("history.head", "head", head)
	for _, c := range cs {
		text += "\n" + t.changeLine(c)
	}
	t.reply.Text = text
	if more {
		t.s.Args = map[string]string{"more": "history", "id": id, "head": head, "before": formatID(cs[len(cs)-1].ID)}
		t.menuMore()
	}
	t.do(LeaveTrace{HouseholdID: id, What: "history"})
}

// changeLine: 11月23日 15:04 王建国 耕地 3亩→3.5亩. Numbers that are a loan
// stay masked.
func (t *talk) changeLine(c models.Change) string {
	at := c.At.In(shanghai).Format(t.texts.Say("layout.moment"))
	path := c.Record + "." + c.Field
	fd := models.FieldAt(path)
	if fd == nil {
		key := "history.added"
		if c.Field == "-" {
			key = "history.removed"
		}
		return t.texts.Say(key, "at", at, "who", c.ByName, "record", t.texts.Say("record."+c.Record))
	}
	old := t.texts.Say("history.empty")
	if c.Old != "" {
		old = t.shown(fd, c.Old)
	}
	return t.texts.Say("history.line", "at", at, "who", c.ByName, "field", fd.Label, "old", old, "new", t.shown(fd, c.New))
}

// shown is a value for the chat: whole numbers of ID, phone and bank never.
func (t *talk) shown(fd *models.Field, v string) string {
	switch fd.Kind {
	case models.KindID:
		return models.IDNumber(v).String()
	case models.KindPhone:
		return models.Phone(v).String()
	case models.KindBank:
		return models.BankNo(v).String()
	}
	if v == "" {
		return t.texts.Say("history.empty")
	}
	return t.reader.Show(fd.Path(), v)
}
