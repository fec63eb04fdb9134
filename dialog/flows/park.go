package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

const draftPurpose = "draft"

// park puts the open form aside so that another can be opened; it is kept in
// the database, beyond any expiry of the session.
func (t *talk) park() error {
	f := t.s.Form
	if f == nil {
		return nil
	}
	t.s.Form = nil
	if len(f.Steps) == 0 {
		return nil // nothing was said in it yet
	}
	house := ""
	if !isNew(f) {
		house = f.Thing
	}
	body := (&dialog.Session{Form: f}).Encode()
	t.do(PutDraft{models.Draft{
		User: t.in.User, Thing: f.Thing, PersonID: t.by.PersonID, Household: house, Title: draftTitle(f),
		Body: t.seal.Seal(draftPurpose, body), UpdatedAt: t.now,
	}})
	t.s.Last = house
	t.note("park.done", "head", f.Title)
	return nil
}

// draftTitle tells two drafts of the same name apart.
func draftTitle(f *dialog.Form) string {
	return strings.TrimSpace(f.Title + " " + f.Value("household.group"))
}

// pause puts the open form aside for later.
func (t *talk) pause(string) error {
	if t.s.Form == nil {
		t.say("pause.nothing")
		return nil
	}
	head := t.s.Form.Title
	if err := t.park(); err != nil {
		return err
	}
	t.notes = nil
	t.say("pause.done", "head", head)
	t.menu(dialog.Option{Label: t.texts.Say("resume.word"), Say: t.texts.Say("resume.word")})
	return nil
}

// resume goes on with the open form, or the one put aside last (or the one named).
func (t *talk) resume(arg string) error {
	if f := t.s.Form; f != nil {
		if arg == "" || strings.HasPrefix(zh.Fold(draftTitle(f)), zh.Fold(arg)) {
			return nil // the open question follows
		}
		if err := t.park(); err != nil { // another one is meant
			return err
		}
	}
	ds, err := t.view.Drafts().List(t.ctx, t.in.User)
	if err != nil {
		return err
	}
	if len(ds) == 0 {
		t.say("resume.nothing")
		return nil
	}
	if arg == "" && len(ds) > 1 {
		t.say("resume.which")
		var opts []dialog.Option
		for i, d := range ds {
			if i == maxOptions {
				break
			}
			opts = append(opts, dialog.Option{Label: d.Title, Say: t.texts.Say("resume.say", "head", d.Title)})
		}
		t.menu(opts...)
		return nil
	}
	for _, d := range ds {
		if arg == "" || zh.Fold(d.Title) == zh.Fold(arg) || strings.HasPrefix(zh.Fold(d.Title), zh.Fold(arg)) {
			_, err := t.takeUp(d.Thing)
			return err
		}
	}
	t.say("resume.unknown", "name", arg)
	return nil
}

// takeUp opens a form that was put aside for a thing; false when there is none.
func (t *talk) takeUp(thing string) (bool, error) {
	d, err := t.view.Drafts().Peek(t.ctx, t.in.User, thing)
	if models.CodeOf(err) == models.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	body, err := t.seal.Open(draftPurpose, d.Body)
	if err != nil {
		return false, models.E(models.Internal, "open draft", err)
	}
	s, err := dialog.Decode(body)
	if err != nil || s.Form == nil {
		return false, models.E(models.Internal, "read draft", err)
	}
	t.s.Form = s.Form
	t.prepareAgain(s.Form)
	t.do(DropDraft{User: t.in.User, Thing: thing})
	if !isNew(s.Form) {
		t.do(LeaveTrace{HouseholdID: thing, What: "form"})
	}
	t.note("resume.done", "head", s.Form.Title)
	if !isNew(s.Form) {
		if err := t.tellOthers(thing); err != nil {
			return false, err
		}
	}
	if then := t.kept["then"]; then != "" {
		return true, t.leadTo(s.Form, then)
	}
	return true, t.goOnWithKept()
}

// prepareAgain brings a form that waited up to date: the day, and a flow that
// became newer meanwhile. Answers go by field, so they simply stay; what is new
// is asked and said.
func (t *talk) prepareAgain(f *dialog.Form) {
	f.Marks[markToday] = t.in.At.Format("2006-01-02")
	t.look(f)
	if f.Version != t.flow(f).Version {
		f.Version, f.Card, f.Force = t.flow(f).Version, "", false
		t.note("resume.newer")
	}
}

// cancel asks before anything said is thrown away.
func (t *talk) cancel(string) error {
	f := t.s.Form
	if f == nil {
		t.say("cancel.nothing")
		return nil
	}
	if len(f.Steps) == 0 {
		return t.cancelNow()
	}
	t.say("cancel.ask", "head", f.Title, "n", itoa(len(f.Steps)))
	t.s.Ask = "cancel"
	t.asked = true
	t.menu(
		dialog.Option{Label: t.texts.Say("cancel.yes"), Say: t.texts.Say("cancel.yes")},
		dialog.Option{Label: t.texts.Say("cancel.park"), Say: t.texts.Say("pause.word")},
		dialog.Option{Label: t.texts.Say("cancel.no"), Say: t.texts.Say("resume.word")},
	)
	return nil
}

// cancelNow throws the open form away.
func (t *talk) cancelNow() error {
	head := t.s.Form.Title
	t.do(DropDraft{User: t.in.User, Thing: t.s.Form.Thing})
	t.s.Form = nil
	t.say("cancel.done", "head", head)
	return nil
}

// answered is the answer to a plain question; false when the text is none.
func (t *talk) answered(ask string) (bool, error) {
	is := func(key string) bool { return zh.Fold(t.text) == zh.Fold(t.texts.Say(key)) }
	yes := zh.YesNo(t.text) == zh.Yes && len([]rune(t.text)) <= 3
	no := zh.YesNo(t.text) == zh.No && len([]rune(t.text)) <= 3 || t.isCancel()
	switch {
	case ask == "open":
		return t.answeredWhom()
	case ask == "work":
		return true, t.workAnswer()
	case ask == "work_which":
		return t.answeredWhich()
	case ask == "feedback" && t.kept["id"] != "":
		return true, t.feedbackSaid()
	case ask == "waive" && t.s.Form != nil:
		return true, t.waiveWith(t.s.Form, t.kept["finding"], t.text)
	case ask == "find" && (namely(t.text) || zh.LooksPinyin(t.text) || digits(t.text)):
		return true, t.find(t.text)
	case ask == "lights" && namely(t.text):
		return true, t.lights(t.text)
	case ask == "history" && namely(t.text):
		return true, t.history(t.text)
	case ask == "recheck" && t.kept["id"] != "":
		return t.answeredRecheck()
	case ask == "recheck" && namely(t.text):
		return true, t.recheck(t.text)
	case ask == "mute" && namely(t.text):
		return true, t.mute(t.text)
	case ask == "mute_until", ask == "mute_why":
		return t.mutedOn(ask)
	case ask == "cancel" && t.s.Form != nil && (is("cancel.yes") || yes):
		return true, t.cancelNow()
	case ask == "unbind" && (is("unbind.yes") || yes):
		t.unbindNow()
		return true, nil
	case ask == "unbind" && (is("unbind.no") || no):
		t.say("unbind.kept")
		return true, nil
	case ask == "undo" && (is("undo.yes") || yes):
		return true, t.undoNow(t.kept["id"], t.kept["source"])
	case ask == "undo" && (is("undo.no") || no):
		t.say("undo.kept")
		return true, nil
	}
	return false, nil
}

// isCancel reports whether the text is one of the words for 取消.
func (t *talk) isCancel() bool {
	do, arg := t.words.find(t.text, true)
	return do == "cancel" && arg == ""
}

// answeredWhom is the answer to «哪一户？»: a household on file, or a name that
// may be new. Anything else is heard as usual.
func (t *talk) answeredWhom() (bool, error) {
	w := t.parseTarget(t.text)
	cards, err := t.search(w, 9)
	if err != nil {
		return true, err
	}
	if len(cards) > 0 && (len(w.narrow(cards)) > 1 || w.exact(w.narrow(cards)[0])) {
		return true, t.open(t.text)
	}
	if !namely(w.name) {
		return false, nil
	}
	if t.s.Form == nil && len(t.by.Area) == models.VillageDigits && len(cards) == 0 {
		t.askNew(w)
		return true, nil
	}
	return true, t.open(t.text)
}

// askNew offers to register a name that was only given in answer to a question.
func (t *talk) askNew(w target) {
	t.say("open.confirm_new", "area", t.by.AreaName, "name", w.name)
	t.s.Args = t.kept
	t.menu(
		dialog.Option{Label: t.texts.Say("open.create", "name", w.name), Say: strings.TrimSpace(t.texts.Say("open.word") + " " + w.name + " " + w.group)},
		dialog.Option{Label: t.texts.Say("open.not_this"), Say: t.texts.Say("find.word")},
	)
}
