package flows

import (
	"errors"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// save writes the open form. What is missing or wrong never hinders saving
// (issue: E blocks 判清 and reporting only); a household needs a head's name.
func (t *talk) save(string) error {
	f := t.s.Form
	if f.Value(pathRoster) == "" {
		t.note("save.no_members")
		return t.recall(f, pathRoster)
	}
	if isNew(f) && f.Value("household.group") == "" {
		t.note("save.no_group")
		return t.recall(f, "household.group")
	}
	return t.write(f)
}

// write makes the effect, after a look whether somebody else saved meanwhile.
func (t *talk) write(f *dialog.Form) error {
	onFile := &models.Dossier{Household: models.Household{Village: t.by.Area}}
	if !isNew(f) {
		d, err := t.view.Households().Dossier(t.ctx, *t.by, f.Thing, 0)
		if err != nil {
			return err
		}
		onFile = d
		if itoa(d.Household.Version) != f.Marks[markVersion] {
			if clash := t.merge(f, d); clash {
				return nil
			}
		}
	}
	step := dialog.Step{}
	f.Put(&step, "household.visit_date", f.Marks[markToday])
	f.Put(&step, "household.visit_by", t.by.PersonID)
	d, err := t.dossierOf(f, onFile)
	if err != nil {
		return err
	}
	base, _ := strconv.Atoi(f.Marks[markVersion])
	t.do(SaveHousehold{Dossier: d, Base: base, Photos: t.photosOf(f)})
	t.do(DropDraft{User: t.in.User, Thing: f.Thing})
	t.saved(f, d)
	return nil
}

// saved tells what stands now and what is still missing, and closes the form.
func (t *talk) saved(f *dialog.Form, d *models.Dossier) {
	missing := t.missing(f)
	t.s.Form = nil
	t.asked = true
	t.say("save.done", "head", f.Title, "group", f.Value("household.group"), "n", itoa(len(d.Present())), "labor", halves(models.LaborHalves(d.Members)))
	lines := []string{t.reply.Text}
	if len(missing) > 0 {
		lines = append(lines, t.texts.Say("save.missing", "n", itoa(len(missing)), "list", clip(strings.Join(missing, "、"), 60)))
	}
	if pc := d.Income.NetPC(len(d.Present())); pc.Known() {
		lines = append(lines, t.texts.Say("save.income", "year", itoa(d.Income.Year), "net", d.Income.Net().String(), "pc", models.Hundredths(pc.N()/100*100).String()))
	}
	fs := t.messages(d, clears.CheckBase(d, t.profile, t.today()))
	for i, m := range fs {
		if i == 3 {
			lines = append(lines, t.texts.Say("confirm.more_findings", "n", itoa(len(fs)-i)))
			break
		}
		lines = append(lines, t.texts.Say("finding", "message", m))
	}
	t.reply.Text = strings.Join(lines, "\n")
	var opts []dialog.Option
	if len(missing) > 0 {
		opts = append(opts, dialog.Option{Label: t.texts.Say("save.fill"), Say: t.texts.Say("open.again", "head", f.Title, "group", f.Value("household.group"))})
	}
	opts = append(opts, dialog.Option{Label: t.texts.Say("undo.word"), Say: t.texts.Say("undo.word")})
	t.menu(opts...)
	t.reply.Foot = t.texts.Say("save.foot")
}

// halves writes labour counted in halves: 3 halves are 1.5.
func halves(n int) string { return models.Hundredths(int64(n) * 50).String() }

// merge joins what somebody else saved since the form was opened: fields only
// they changed are taken over and told; a field both changed is asked about.
// It reports whether there is one to be asked about.
func (t *talk) merge(f *dialog.Form, d *models.Dossier) (clash bool) {
	theirs := t.formOf(d)
	var taken []string
	for path, now := range theirs.Base {
		was, mine := f.Base[path], f.Answers[path]
		if now == was || path == pathRoster || strings.HasPrefix(path, "household.visit_") {
			continue
		}
		if mine != was && mine != now {
			return t.askWinner(f, path, mine, now)
		}
		if mine == was {
			step := dialog.Step{}
			f.Put(&step, path, now)
			taken = append(taken, t.tell(f, path, now))
		}
		f.Base[path] = now
	}
	f.Marks[markVersion] = itoa(d.Household.Version)
	if len(taken) > 0 {
		t.note("merge.taken", "list", joinSaid(taken))
	}
	return false
}

// askWinner lets the person choose between two values of one field.
func (t *talk) askWinner(f *dialog.Form, path, mine, theirs string) bool {
	f.Stage = dialog.Confirming
	t.say("merge.ask", "field", t.tell(f, path, theirs), "mine", t.tell(f, path, mine))
	t.asked = true
	t.s.Menu = []dialog.Option{
		{Number: 1, Label: t.texts.Say("merge.mine", "value", t.reader.Show(path, mine)), Say: "keep:" + path + "=" + theirs},
		{Number: 2, Label: t.texts.Say("merge.theirs", "value", t.reader.Show(path, theirs)), Say: path + "=" + theirs},
	}
	t.reply.Options = plainSay(t.s.Menu)
	return true
}

// conflicted answers a turn whose effects were rolled back: somebody saved the
// same household, used the same invite, or changed the field since.
func (t *talk) conflicted(conflict error) error {
	key := ""
	var e *models.Error
	if errors.As(conflict, &e) {
		key = e.Key
	}
	switch {
	case strings.HasPrefix(key, "invite_"), key == "user_bound", key == "person_bound":
		t.say("bind." + key)
	case key == "dup_id":
		t.note("save.dup_id")
		if t.s.Form != nil {
			return t.goOn()
		}
	case t.s.Form != nil && !isNew(t.s.Form):
		return t.write(t.s.Form)
	default:
		t.say("undo.moved")
	}
	return nil
}
