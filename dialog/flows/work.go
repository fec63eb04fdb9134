package flows

import (
	"errors"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// finish, report, postpone, block and drop … are the commands that move a measure.
func (t *talk) finish(arg string) error { return t.work(models.StepFinish, arg) }

func (t *talk) report(arg string) error { return t.work(models.StepReport, arg) }

func (t *talk) postpone(arg string) error { return t.work(models.StepPostpone, arg) }

func (t *talk) block(arg string) error { return t.work(models.StepBlock, arg) }

// work moves a measure on: 完成 2 牛买回来了, 进展 封顶了, 延期 2 12月底 下雨.
func (t *talk) work(kind models.StepKind, arg string) error {
	if !t.mayEdit() {
		t.say("work.read_only")
		return nil
	}
	if left := t.kept[jobID]; left != "" && t.kept[jobNeed] != "" {
		t.noteLeft()
	}
	if ns, rest := t.lineNumbers(arg, kind == models.StepFinish || kind == models.StepAccept); len(ns) > 1 && len(t.heldIDs()) > 0 {
		es, done, err := t.errandsOf(ns, kind, rest)
		if done || err != nil {
			return err
		}
		return t.runErrands(es)
	}
	id, said, done, err := t.aim(kind, arg)
	if done || err != nil {
		return err
	}
	if other, err := t.otherThing(id, kind, said); other || err != nil {
		return err
	}
	j := t.newJob(id, kind, said)
	if said == arg && !t.moreThanName(said) {
		delete(j, jobProof) // 完成 张大有 入户路: names it, and tells nothing of it
		if telling(t.workTold(said)) == nil {
			delete(j, jobNote)
		}
		j.reprove()
	}
	return t.advance(j)
}

// moreThanName: the words tell something beside which measure is meant.
func (t *talk) moreThanName(said string) bool {
	r := t.workTold(said)
	return len(r.Unread) > 0 || len([]rune(said)) > nameMost
}

// nameMost is how long the name of a household with that of a measure may be.
const nameMost = 14

// otherThing: the words speak of another thing than the line that was named, as
// 完成 2 牛买回来了 with a house on line 2. Which one is meant is asked.
func (t *talk) otherThing(id string, kind models.StepKind, said string) (bool, error) {
	r := t.progress.Read(said, t.hearing(kind, ""))
	if len(r.Reports) == 0 || len(r.Reports[0].About) == 0 {
		return false, nil
	}
	rep := &r.Reports[0]
	hits, err := t.hitsOf(models.TaskQuery{}, []string{householdOf(id)}, &progress.Report{}, kind)
	if err != nil {
		return false, err
	}
	var named []hit
	for _, h := range hits {
		if score, _ := rep.Fits(&h.Measure); h.ID == id && score == 0 {
			named = append(named, h)
		}
	}
	if len(named) == 0 {
		return false, nil
	}
	others, err := t.onList(rep, kind)
	if err == nil && len(others) == 0 {
		others, _, err = t.candidates(said, r, rep, kind)
	}
	if err != nil || len(others) == 0 {
		return false, err
	}
	t.askMeasure(append(named, others...), inNamed, kind, said)
	return true, nil
}

// onList are the measures of the list shown last that the words fit.
func (t *talk) onList(rep *progress.Report, kind models.StepKind) ([]hit, error) {
	ids := t.heldIDs()
	var households []string
	for _, id := range ids {
		if h := householdOf(id); !slices.Contains(households, h) {
			households = append(households, h)
		}
	}
	if len(households) == 0 || len(households) > todoPage {
		return nil, nil
	}
	hits, err := t.hitsOf(models.TaskQuery{}, households, rep, kind)
	return slices.DeleteFunc(hits, func(h hit) bool { return !slices.Contains(ids, h.ID) }), err
}

// advance goes on with a job: asks for what is still needed, or saves. Every
// question is answered by workAnswer, which comes back here.
func (t *talk) advance(j job) error {
	t.stepped = true
	d, m, err := t.measureOnFile(j[jobID])
	if m == nil {
		return err
	}
	t.speakOf(m.ID)
	j.bareWhy(d.Household.HeadName, t.measureName(m), t.texts.Say("more.of"))
	for _, ask := range []func(job, *models.Dossier, *models.Measure) bool{
		t.askMoved, t.askOver, t.askHow, t.askShare, t.askWay, t.askNeeds, t.askMoney, t.askOutputs, t.askCheck,
	} {
		if ask(j, d, m) {
			return nil
		}
	}
	return t.saveJob(j, d, m)
}

// bareWhy takes whose it is and which measure off a reason: they stand beside it.
func (j job) bareWhy(head, title, of string) {
	why, named := strings.CutPrefix(j[jobWhy], head)
	if !named {
		return
	}
	why = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(why, of), "的"))
	if first, rest, spaced := strings.Cut(why, " "); spaced && strings.Contains(title, first) {
		why = strings.TrimSpace(rest)
	}
	if why != "" {
		j[jobWhy] = why
	}
}

// askMoved: somebody else moved the measure while it was spoken of. Nobody's words
// are laid over theirs without asking.
func (t *talk) askMoved(j job, _ *models.Dossier, m *models.Measure) bool {
	version := itoa(m.Version)
	if !j.has(jobBase) || j[jobBase] == version {
		j[jobBase] = version
		return false
	}
	t.say("work.moved", "title", t.measureName(m), "state", t.profile.Label("measure_status", m.Status), "percent", orZeroInt(m.Progress))
	t.askJob(j, needMoved, tap(t.texts.Say("work.moved_mine")), tap(t.texts.Say("work.moved_theirs")))
	return true
}

func orZeroInt(n models.Int) string {
	if !n.Known() {
		return "0"
	}
	return n.String()
}

// askHow: 进展 alone tells nothing yet.
func (t *talk) askHow(j job, d *models.Dossier, m *models.Measure) bool {
	if models.StepKind(j[jobStep]) != models.StepReport || t.profile.Way(m.Status, models.StepReport) == nil {
		return false
	}
	known := []string{jobPercent, jobPart, jobDone, jobLeft, jobMoney, jobOut, jobNote, jobPhotos, jobLoss}
	if j.has(jobHalf) {
		known = []string{jobPercent, jobPart, jobDone, jobLeft}
	}
	if slices.ContainsFunc(known, j.has) {
		return false
	}
	t.say("need.how", "head", d.Household.HeadName, "title", t.measureName(m))
	var opts []dialog.Option
	for _, how := range strings.Fields(t.texts.Say("need.hows")) {
		opts = append(opts, tap(how))
	}
	t.askJob(j, needHow, opts...)
	return true
}

// askOver: 120% of it cannot be. Perhaps all of it is done, perhaps it was a slip.
func (t *talk) askOver(j job, _ *models.Dossier, m *models.Measure) bool {
	if !j.has(jobOver) {
		return false
	}
	t.say("need.over", "title", t.measureName(m), "n", j[jobOver])
	for _, key := range []string{jobOver, jobPercent, jobNote} {
		delete(j, key)
	}
	j[jobStep] = string(models.StepReport)
	var opts []dialog.Option
	for _, how := range strings.Fields(t.texts.Say("need.hows_over")) {
		opts = append(opts, tap(how))
	}
	t.askJob(j, needHow, opts...)
	return true
}

// askShare works out how far it is from what was done of the planned quantity. It
// never asks by itself: what is worked out is said back by askCheck.
func (t *talk) askShare(j job, _ *models.Dossier, m *models.Measure) bool {
	kind := models.StepKind(j[jobStep])
	if kind != models.StepReport && kind != models.StepFinish && kind != models.StepStart {
		return false
	}
	share, ok := amountOf(j[jobDone]).Share(m.Qty, m.Unit)
	if left, known := amountOf(j[jobLeft]).Share(m.Qty, m.Unit); known && !ok {
		share, ok = 100-left, left <= 100
	}
	if ok && j.has(jobMore) {
		share += float64(m.Progress.N())
	}
	if ok && j.has(jobRound) {
		delete(j, jobPercent) // 打了50米，多半: the metres are exact
	}
	if j.has(jobPart) && ok && int(share+0.5) != atoi(j[jobPart]) {
		j[jobUnsure] = "1" // not the number that was planned
	}
	if !ok {
		j.put(jobPercent, j[jobPart])
	}
	if !j.has(jobPercent) && ok {
		t.takeShare(j, kind, int(share+0.5))
	} else if kind == models.StepReport && j[jobPercent] == "100" {
		j[jobStep] = string(models.StepFinish)
	}
	if j[jobStep] == string(models.StepReport) && j.has(jobPercent) && atoi(j[jobPercent]) < m.Progress.N() {
		j[jobUnsure] = "1" // less than before: said back
	}
	return false
}

// takeShare makes a step of the share of the planned quantity that is done.
func (t *talk) takeShare(j job, kind models.StepKind, n int) {
	switch {
	case n > 100:
		j[jobStep], j[jobUnsure] = string(models.StepFinish), "1" // more than planned: said back
	case n == 100 && kind != models.StepFinish:
		j[jobStep], j[jobUnsure] = string(models.StepFinish), "1"
	case n < 100:
		j[jobStep], j[jobPercent] = string(models.StepReport), itoa(max(n, 0))
	}
}

// askWay: a step that cannot be taken yet is offered with those before it; one that
// cannot be taken at all is refused with what to do.
func (t *talk) askWay(j job, d *models.Dossier, m *models.Measure) bool {
	kind := models.StepKind(j[jobStep])
	if kind == "" || t.profile.May(m.Status, kind) {
		return false
	}
	if kind == models.StepApprove && j.has(jobMoney) {
		delete(j, jobStep) // 低保批下来了，到账630: the money counts
		return false
	}
	if kind == models.StepEffect && j.has(jobOut) && !t.profile.Done(m.Status) {
		delete(j, jobStep) // 出栏4头 of five: what came out counts
		return false
	}
	if kind == models.StepStart && t.profile.May(m.Status, models.StepReport) {
		j[jobStep] = string(models.StepReport) // it has begun already: its progress
		return false
	}
	way := t.profile.Way(m.Status, kind)
	if way == nil {
		t.refuseStep(j, d, m, kind)
		return true
	}
	if j.has(jobWay) {
		return false
	}
	first := t.texts.Say("step." + string(way[0]))
	t.say("work.way", "title", t.measureName(m), "state", t.profile.Label("measure_status", m.Status), "first", first, "then", t.texts.Say("step."+string(kind)))
	t.askJob(j, needWay, tap(t.texts.Say("work.way_yes", "first", first, "then", t.texts.Say("step."+string(kind)))), tap(t.texts.Say("work.way_no")))
	return true
}

// refuseStep says why a step cannot be taken, and what can be done instead.
func (t *talk) refuseStep(j job, d *models.Dossier, m *models.Measure, kind models.StepKind) {
	key := "step_done"
	var e *models.Error
	probe := *m
	if err := t.profile.Take(&probe, models.Step{Kind: kind}, t.today()); errors.As(err, &e) {
		key = e.Key
	}
	t.sayStepError(key, m, j[jobDue])
	var opts []dialog.Option
	for _, next := range []models.StepKind{models.StepAccept, models.StepReopen} {
		if t.profile.May(m.Status, next) && next != kind {
			opts = append(opts, dialog.Option{Label: t.texts.Say("step." + string(next)), Say: t.taskSay("step."+string(next), d.Household.HeadName, m)})
		}
	}
	t.menu(opts...)
	if j.has(jobMoney) || j.has(jobOut) {
		t.note("work.money_alone")
	}
}

// sayStepError is the sentence for a refused step; until is the new date it asked for.
func (t *talk) sayStepError(key string, m *models.Measure, until string) {
	due := t.texts.Say("todo.undated")
	if m.Due != "" {
		due = t.daySaid(m.Due)
	}
	t.say("refused."+key, "title", t.measureName(m), "state", t.profile.Label("measure_status", m.Status), "due", due, "new", t.dayText(models.Date(until)))
}

// steps are those that the job takes, in order.
func (t *talk) steps(j job, m *models.Measure) []models.StepKind {
	kind := models.StepKind(j[jobStep])
	if kind == "" {
		return nil
	}
	return t.profile.Way(m.Status, kind)
}
