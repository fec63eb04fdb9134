package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// progressed hears free words about the carrying out of a measure while nothing is
// open: 李家的牛买回来了, 危改封顶了. done is false when they are about something else.
func (t *talk) progressed() (done bool, err error) {
	r := t.workTold(t.text)
	rep := telling(r)
	if rep == nil || !t.mayEdit() {
		return false, nil
	}
	base := len(t.reader.Read(t.text, t.freeContext()).Facts) > 0 && !eventful(rep)
	if base && rep.State {
		return false, nil // 养了两头牛: how the household stands
	}
	if r.Batch && rep.Step != "" {
		if whose, err := t.namedHouseholds(t.text, r); err != nil || !whose.named() {
			return true, errOr(err, func() error { return t.batch(r) })
		}
	}
	hits, where, err := t.candidates(t.text, r, rep, rep.Step)
	if err != nil {
		return true, err
	}
	if base { // 猪卖了3000 is of the household as well: only where a measure waits for it
		if hits, err = t.expecting(hits, rep, where); err != nil {
			return true, err
		}
	}
	id, asked := t.choose(hits, where, rep.Step, t.text)
	switch {
	case asked:
		return true, nil
	case id != "":
		return true, t.advance(t.newJob(id, "", t.text))
	case base, !eventful(rep) && len(rep.About) == 0 && rep.Step == "":
		return false, nil
	}
	return t.unmatched(r, rep)
}

// expecting keeps the measures whose title names what was told of, or, of the
// household named or spoken of, those with a result that it is.
func (t *talk) expecting(hits []hit, rep *progress.Report, where string) (out []hit, err error) {
	for _, h := range hits {
		if rep.Step != "" && h.score >= titleNamed {
			out = append(out, h)
			continue
		}
		if where == inArea || rep.Step != "" {
			continue
		}
		d, err := t.view.Households().Dossier(t.ctx, *t.by, h.HouseholdID, 0)
		if err != nil {
			return nil, err
		}
		for _, o := range rep.Outputs {
			if t.outputFor(d, &h.Measure, o) >= 0 {
				out = append(out, h)
				break
			}
		}
	}
	return out, nil
}

// titleNamed is the score of a measure whose title has the very word.
const titleNamed = 4

// telling is the first report that changes something; nil when none does.
func telling(r progress.Reading) *progress.Report {
	for i := range r.Reports {
		if x := &r.Reports[i]; x.Tells() && !(x.Photo && x.Step == "" && len(x.Money) == 0) {
			return x
		}
	}
	return nil
}

// eventful: something happened that only a measure has: a step, or money that came.
func eventful(r *progress.Report) bool {
	if r.Step == models.StepReport && r.Percent == "" || r.Promise {
		return false
	}
	for _, s := range r.Money {
		if s.Kind == progress.Paid || s.Kind == progress.Spent {
			return true
		}
	}
	return r.Step != ""
}

// unmatched: words about progress for which no measure was found. Without a word of
// what it is about, nothing is known at all; else that is said, with what is open.
func (t *talk) unmatched(r progress.Reading, rep *progress.Report) (bool, error) {
	whose, err := t.namedHouseholds(t.text, r)
	if err != nil {
		return true, err
	}
	ids, head := whose.ids, whose.head
	if whose.stranger != "" {
		return true, t.nobodyOf(whose.stranger, r.Group)
	}
	if len(ids) == 0 && head == "" && len(rep.About) == 0 {
		if !eventful(rep) && t.spokenOf() == "" && len(t.heldIDs()) == 0 {
			return false, nil
		}
		return true, t.askFromList(rep.Step, t.text)
	}
	tasks, _, err := t.view.Households().Tasks(t.ctx, *t.by, t.openOf(ids, head))
	if err != nil {
		return true, err
	}
	if (len(tasks) == 0 || len(ids) == 0 && head == "") && t.passOn() {
		return true, nil // 路修一半停了: no measure of theirs, but somebody's
	}
	if len(tasks) == 0 || len(ids) == 0 && head == "" {
		t.say("work.none", "said", clip(t.text, 20))
		t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
		return true, nil
	}
	t.askMeasure(asHits(tasks), inNamed, rep.Step, t.text)
	t.reply.Text = t.texts.Say("work.none_there", "said", clip(t.text, 20))
	return true, nil
}

// askFromList asks which measure is meant with the list of what is due; what was
// said goes on with the line that is tapped.
func (t *talk) askFromList(kind models.StepKind, said string) error {
	if err := t.todo(""); err != nil {
		return err
	}
	if len(t.reply.Options) == 0 {
		t.passOn() // 帮扶人半年没来, with nothing of one's own that it could be about
		return nil
	}
	t.reply.Text, t.reply.Foot = t.texts.Say("work.which_one", "word", t.texts.Say("step."+string(kind))), ""
	args := map[string]string{"step": string(kind), "said": said, "where": inArea}
	for k, v := range t.s.Args { // 下一页 goes on
		args[k] = v
	}
	t.s.Ask, t.s.Args = "work_which", args
	return nil
}

func (t *talk) openOf(ids []string, head string) models.TaskQuery {
	q := models.TaskQuery{Programme: t.profile.ID, Open: t.profile.OpenStates(), Head: head, Limit: todoPage}
	if len(ids) > 0 {
		q.Household = ids[0]
	}
	return q
}

// batch: said of a whole group at once. Nobody's measure is moved unseen: the list
// of the group follows, one tap each.
func (t *talk) batch(r progress.Reading) error {
	t.note("work.batch")
	return t.todo(r.Group)
}

// progressedInForm hears words about a measure while a household's form is open. They
// answer as a digression, and the open question comes back; what may be an answer to
// it stays one.
func (t *talk) progressedInForm(f *dialog.Form) (done bool, err error) {
	if isNew(f) || len(f.Check) > 0 || !t.mayEdit() {
		return false, nil
	}
	r := t.workTold(t.text)
	rep := telling(r)
	if rep == nil || !eventful(rep) && rep.Loss.Qty == "" || len(rep.About) == 0 || r.Batch || rep.Approx && rep.Step == models.StepFinish {
		return false, nil
	}
	if f.Flow == planID && (rep.Step == models.StepCancel || rep.Step == models.StepPostpone || rep.Step == models.StepSettle || rep.Step == "") {
		return false, nil // what is planned is talked about: 撤掉养羊 changes the plan
	}
	if f.Flow == planID && !strings.HasSuffix(strings.TrimRight(t.text, "。.!！ "), "了") && len(rep.Money) == 0 || t.answersCard(f) {
		return false, nil // 修好入户路80米 is a plan; 都参保了 may be the answer
	}
	hits, where, err := t.candidates(t.text, r, rep, rep.Step)
	if err != nil || len(hits) == 0 || where == inArea {
		return false, err
	}
	for _, h := range hits {
		if !h.sure {
			return false, nil
		}
	}
	id, asked := t.choose(hits, where, rep.Step, t.text)
	if asked {
		return true, nil
	}
	return true, t.advance(t.newJob(id, "", t.text))
}

// answersCard reports whether the open question understands the text as its answer.
func (t *talk) answersCard(f *dialog.Form) bool {
	c := t.flow(f).Next(f)
	if c == nil || f.Stage == dialog.Confirming && !f.Force {
		return false
	}
	wants := c.Wants(f)
	for _, a := range c.Read(f, t.in).Set {
		if slices.Contains(wants, a.Path) {
			return true
		}
	}
	return false
}

// workPhoto takes a picture that belongs to the job that waits, or to the measure
// that was moved a moment ago; false when it belongs to neither.
func (t *talk) workPhoto() (bool, error) {
	picture := t.in.Key + "|" + t.in.Media
	if t.s.Ask == "work" {
		j := jobOf(t.s.Args)
		t.leaveMenu("")
		j[jobPhotos] = strings.TrimPrefix(j[jobPhotos]+","+picture, ",")
		t.note("attach.work")
		return true, t.advance(j)
	}
	id := t.spokenOf()
	if t.s.Form != nil || id == "" || !t.mayEdit() {
		return false, nil
	}
	d, m, err := t.measureOnFile(id)
	if m == nil {
		t.reply = dialog.Reply{}
		return false, err
	}
	if t.profile.Dead(m.Status) {
		return false, nil
	}
	j := job{jobID: id, jobPhotos: picture}
	photos := t.photosOfJob(j)
	m.Proof = append(m.Proof, photos[0].ID)
	t.do(KeepPhoto{photos[0]})
	t.do(SaveHousehold{Dossier: d, Base: d.Household.Version})
	t.remember(d.Household.ID)
	t.say("attach.to_measure", "head", d.Household.HeadName, "title", t.measureName(m))
	return true, nil
}
