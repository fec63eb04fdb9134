package flows

import (
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// undoWindow is how long a save can be taken back by the one who made it.
const undoWindow = time.Hour

// undo is 撤回: takes back what this person saved last. What was saved a moment
// ago in this conversation goes at once; anything else is shown and asked about.
func (t *talk) undo(string) error {
	if f := t.s.Form; f != nil && len(f.Steps) > 0 && !t.undoStep() {
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
	if source == t.s.Saved && (t.s.Form == nil || t.undoStep()) {
		return t.undoNow(id, source)
	}
	return t.askUndo(id, source)
}

// askUndo shows the save and asks.
func (t *talk) askUndo(id, source string) error {
	cs, head, err := t.saveOf(id, source)
	if err != nil || len(cs) == 0 {
		t.say("undo.nothing")
		return err
	}
	what := t.texts.Say("undo.what_changed", "n", itoa(counted(cs)))
	switch {
	case created(cs):
		what = t.texts.Say("undo.what_created")
	case onlyRechecks(cs):
		what = t.texts.Say("undo.what_recheck")
	}
	t.say("undo.ask", "at", t.moment(cs[0].At), "head", head, "what", what)
	t.s.Ask, t.asked = "undo", t.s.Form == nil
	t.s.Args = map[string]string{"id": id, "source": source}
	t.menu(dialog.Option{Label: t.texts.Say("undo.yes")}, dialog.Option{Label: t.texts.Say("undo.no")})
	return nil
}

// undoNow takes one save back and says what is as it was.
func (t *talk) undoNow(id, source string) error {
	cs, head, err := t.saveOf(id, source)
	if err != nil {
		return err
	}
	t.do(UndoSave{HouseholdID: id, Source: source, Since: t.now.Add(-undoWindow)})
	t.s.Saved = ""
	if f := t.s.Form; f != nil && f.Thing == id && (planned(f) || !stepsOnly(cs)) {
		t.s.Form = nil // it shows what is no longer true
		t.note("undo.reopen", "head", head)
	}
	if created(cs) {
		t.s.Last = ""
		t.say("undo.created", "head", head)
		return nil
	}
	if onlyRechecks(cs) {
		t.say("undo.recheck", "head", head)
		return nil
	}
	t.say("undo.done", "head", head, "n", itoa(counted(cs)))
	return nil
}

// saveOf are the changes that one message made to a household.
func (t *talk) saveOf(id, source string) (cs []models.Change, head string, err error) {
	all, err := t.view.Households().History(t.ctx, *t.by, id, 0, historyPage)
	if err != nil {
		return nil, "", err
	}
	for _, c := range all {
		if c.Source == source {
			cs = append(cs, c)
		}
	}
	d, err := t.view.Households().Dossier(t.ctx, *t.by, id, 0)
	if err != nil {
		return nil, "", err
	}
	return cs, d.Household.HeadName, nil
}

// counted is how many things changed, as the person sees it.
func counted(cs []models.Change) int {
	n := 0
	for _, c := range cs {
		if !bookkeeping[c.Field] && !models.Kept(c.Field) {
			n++
		}
	}
	return n
}

// created reports whether the save registered the household.
func created(cs []models.Change) bool {
	for _, c := range cs {
		if c.Record == "household" && c.Field == "+" {
			return true
		}
	}
	return false
}

// shown is a value for the chat: whole numbers of ID, phone and bank never.
func (t *talk) shown(fd *models.Field, v string) string {
	if m := masked(fd, v); m != "" {
		return m
	}
	if v == "" {
		return t.texts.Say("history.empty")
	}
	if s, ok := t.valueOf(fd, v); ok {
		return s
	}
	return t.reader.Show(fd.Path(), v)
}

// stepsOnly reports whether the changes are of measures and their money alone: an open
// form does not show those.
func stepsOnly(cs []models.Change) bool {
	for _, c := range cs {
		if c.Record != "measure" && c.Record != "fund" && c.Record != "output" {
			return false
		}
	}
	return true
}
