package flows

import (
	"errors"
	"slices"
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
	if f == nil {
		t.say("nothing_open")
		return nil
	}
	if f.Value(pathRoster) == "" {
		t.note("save.no_members")
		return t.recall(f, pathRoster)
	}
	t.ensureHead(f)
	if len(f.Check) > 0 {
		t.note("check.first")
		return t.goOn()
	}
	if isNew(f) && f.Value("household.group") == "" {
		t.note("save.no_group")
		return t.recall(f, "household.group")
	}
	return t.write(f)
}

// ensureHead makes the person the household is called after its 户主 when nobody
// is: without a head it could not be found by its name.
func (t *talk) ensureHead(f *dialog.Form) {
	for _, s := range present(f) {
		if s.v("relation") == "head" {
			return
		}
	}
	step := dialog.Step{Card: f.Card}
	for _, s := range present(f) {
		if s.name() == f.Title {
			f.Put(&step, s.ref+".relation", "head")
			f.Note(step)
			return
		}
	}
	if !isNew(f) || f.Title == "" {
		return
	}
	next := nextRef(f)
	f.Put(&step, pathRoster, f.Value(pathRoster)+","+next)
	f.Put(&step, next+".name", f.Title)
	f.Put(&step, next+".relation", "head")
	f.Note(step)
	t.note("took", "list", t.texts.Say("member.added", "name", f.Title, "list", t.profile.Label("relation", "head")))
}

// write makes the effect, after a look whether somebody else saved meanwhile:
// the same household, or a new one of the same name.
func (t *talk) write(f *dialog.Form) error {
	onFile := &models.Dossier{Household: models.Household{Village: t.by.Area}}
	if isNew(f) {
		if asked, err := t.askTwin(f); asked || err != nil {
			return err
		}
	} else {
		d, err := t.view.Households().Dossier(t.ctx, *t.by, f.Thing, 0)
		if models.CodeOf(err) == models.NotFound {
			return t.gone(f)
		}
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
	if f.Flow != planID || f.Value("household.visit_date") == "" { // a plan is also made in the office
		f.Put(&step, "household.visit_date", f.Marks[markToday])
		f.Put(&step, "household.visit_by", t.by.PersonID)
	}
	if f.Value(pathCountyExit) != f.Base[pathCountyExit] && f.Base[pathCountyExit] != "" && len(t.by.Area) > models.CountyDigits {
		t.note("exit.county_fixed", "year", f.Base[pathCountyExit])
		f.Put(&step, pathCountyExit, f.Base[pathCountyExit])
	}
	d, err := t.dossierOf(f, onFile)
	if err != nil {
		return err
	}
	d.Household.Rechecks = clears.Rechecks(onFile, d, t.profile)
	base, _ := strconv.Atoi(f.Marks[markVersion])
	t.do(SaveHousehold{Dossier: d, Base: base, Photos: t.photosOf(f)})
	t.do(DropDraft{User: t.in.User, Thing: f.Thing})
	t.saved(f, d)
	return nil
}

// gone: the household was withdrawn, or moved out of the person's area, while
// the form was open. Nothing said is lost: it can be registered anew.
func (t *talk) gone(f *dialog.Form) error {
	t.say("save.gone", "head", f.Title)
	t.asked = true
	t.s.Menu = []dialog.Option{{Number: 1, Label: t.texts.Say("save.as_new"), Say: "as_new="}, {Number: 2, Label: t.texts.Say("cancel.word"), Say: t.texts.Say("cancel.word")}}
	t.reply.Options = plainSay(t.s.Menu)
	return nil
}

// asNew makes the form one of a household that is not on file.
func (t *talk) asNew(f *dialog.Form) error {
	f.Thing, f.Base = "new:"+f.Title, map[string]string{}
	for k := range f.Marks {
		if strings.HasSuffix(k, ".id") {
			delete(f.Marks, k)
		}
	}
	delete(f.Marks, markVersion)
	if f.Value("household.group") == "" {
		return t.save("")
	}
	return t.write(f)
}

// askTwin asks when a household of the same head and group is on file by now:
// a colleague may have registered it at the same time.
func (t *talk) askTwin(f *dialog.Form) (bool, error) {
	if f.Marks["twin"] == "no" || t.by.Role != models.RoleVillage {
		return false, nil
	}
	group := f.Value("household.group")
	cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: f.Title, Group: group, Limit: 5})
	if err != nil {
		return false, err
	}
	for _, c := range cards {
		if c.Head != f.Title {
			continue
		}
		t.say("save.twin", "group", group, "head", f.Title, "n", itoa(c.Members))
		t.asked = true
		t.s.Menu = []dialog.Option{{Number: 1, Label: t.texts.Say("save.same"), Say: "same=" + c.ID}, {Number: 2, Label: t.texts.Say("save.other"), Say: "other="}}
		t.reply.Options = plainSay(t.s.Menu)
		return true, nil
	}
	return false, nil
}

// joinTwin lays what was said over the household on file: members by number or
// name, everything else by field.
func (t *talk) joinTwin(f *dialog.Form, id string) error {
	d, err := t.view.Households().Dossier(t.ctx, *t.by, id, 0)
	if err != nil {
		return err
	}
	joined := t.formOf(d)
	step := dialog.Step{}
	refs := map[string]string{}
	list := joined.Value(pathRoster)
	next := nextRef(joined)
	for _, s := range roster(f) {
		if same := memberLike(joined, s); same != "" {
			refs[s.ref] = same
			continue
		}
		refs[s.ref] = next
		list = strings.TrimPrefix(list+","+next, ",")
		next = bump(next)
	}
	for path, v := range f.Answers {
		if ref, key, ok := refOf(path); ok {
			joined.Put(&step, refs[ref]+"."+key, v)
		} else if path != pathRoster {
			joined.Put(&step, path, v)
		}
	}
	joined.Put(&step, pathRoster, list)
	joined.Note(step)
	joined.Stage = dialog.Confirming
	t.do(DropDraft{User: t.in.User, Thing: f.Thing})
	t.s.Form = joined
	return t.write(joined)
}

// memberLike is the member of a form that has the number, or the name, of s.
func memberLike(f *dialog.Form, s slot) string {
	for _, o := range roster(f) {
		if id := s.v("id_no"); id != "" && o.v("id_no") == id || o.name() == s.name() && (o.v("relation") == s.v("relation") || s.v("relation") == "") {
			return o.ref
		}
	}
	return ""
}

// saved tells what stands now and what is still missing, and closes the form.
func (t *talk) saved(f *dialog.Form, d *models.Dossier) {
	missing := t.missing(f)
	t.s.Form, t.s.Saved, t.s.Last = nil, t.by.Source, ""
	if !isNew(f) {
		t.s.Last = f.Thing
	}
	t.asked = true
	if f.Flow == planID {
		t.savedPlan(f, d, missing)
		return
	}
	labor := ""
	if laborKnown(d) {
		labor = t.texts.Say("card.labor", "labor", halves(models.LaborHalves(d.Members)))
	}
	t.say("save.done", "head", f.Title, "group", f.Value("household.group"), "n", itoa(d.Size()), "labor", labor)
	lines := append([]string{t.reply.Text}, t.missingLines(missing)...)
	if line := t.recheckLine(d); line != "" {
		lines = append(lines, line)
	}
	if pc := d.Income.NetPC(d.Size()); pc.Known() {
		lines = append(lines, t.texts.Say("save.income", "year", itoa(d.Income.Year), "net", d.Income.Net().String(), "pc", models.Hundredths(pc.N()/100*100).String()))
	}
	fs := t.messages(d, clears.CheckBase(d, t.profile, t.today()))
	t.reply.Text = strings.Join(append(lines, t.findingLines(fs, maxSavedFindings)...), "\n")
	t.savedOptions(d, missing, dialog.Option{Label: t.texts.Say("plan.begin", "cause", t.shortLabel("cause")), Say: t.texts.Say("plan.begin_word")})
}

// maxSavedFindings is how many findings are told beside what was saved.
const maxSavedFindings = 3

// missingLines say what is missing, in one line; none when nothing is.
func (t *talk) missingLines(missing []string) []string {
	if len(missing) == 0 {
		return nil
	}
	return []string{t.texts.Say("save.missing", "n", itoa(len(missing)), "list", clip(strings.Join(missing, "、"), 60))}
}

// savedOptions are the ways on from a save: without numbers, since a second «1» must
// not take it back.
func (t *talk) savedOptions(d *models.Dossier, missing []string, more ...dialog.Option) {
	var opts []dialog.Option
	if len(missing) > 0 {
		opts = append(opts, dialog.Option{Label: t.texts.Say("save.fill")})
	}
	undo := dialog.Option{Label: t.texts.Say("undo.word"), Say: t.texts.Say("undo.word")}
	t.reply.Options = slices.Concat(opts, t.recheckOption(d), more, []dialog.Option{undo})
	t.reply.Foot = t.texts.Say("save.foot")
}

// halves writes labour counted in halves: 3 halves are 1.5.
func halves(n int) string { return models.Hundredths(int64(n) * 50).String() }

// merge joins what somebody else saved since the form was opened: fields only
// they changed are taken over and told; a field both changed is asked about.
// It reports whether there is one to be asked about.
func (t *talk) merge(f *dialog.Form, d *models.Dossier) (clash bool) {
	theirs := t.formOf(d)
	if planned(f) {
		t.loadPlan(theirs, d, d.AreaExits)
		t.alignPlan(f, theirs)
	}
	var taken []string
	fresh := map[string]bool{} // rows of the plan that somebody added
	for path, now := range theirs.Base {
		was, mine := f.Base[path], f.Answers[path]
		if now == was || path == pathRoster || listLetter[path] != "" || strings.HasPrefix(path, "household.visit_") {
			continue
		}
		if mine != was && mine != now {
			return t.askWinner(f, path, mine, now)
		}
		if mine == was {
			step := dialog.Step{}
			f.Put(&step, path, now)
			switch record, ref, _ := recordOf(path); {
			case was == "" && ref != "" && record != "member" && f.Base[ref+".of"]+f.Base[ref+".cat1"]+f.Base[ref+".cause"]+f.Base[ref+".helper"] == "" || fresh[ref]:
				fresh[ref] = true
			case fieldOf(path) != nil:
				taken = append(taken, t.tell(f, path, now))
			}
		}
		f.Base[path] = now
	}
	f.Marks[markVersion] = itoa(d.Household.Version)
	taken = append(taken, t.freshRows(f, fresh)...)
	if own := f.Marks[markOwn] == itoa(d.Household.Version); len(taken) > 0 && !own {
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

// moved reports whether a conflict is that somebody saved the household in between.
func moved(conflict error) bool {
	var e *models.Error
	return errors.As(conflict, &e) && e.Key == "household_moved"
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
	case key == "feedback_answered":
		t.say("feedback.taken")
	case t.s.Form != nil && !isNew(t.s.Form):
		return t.write(t.s.Form)
	case key == "household_moved":
		t.say("recheck.moved")
	default:
		t.say("undo.moved")
	}
	return nil
}
