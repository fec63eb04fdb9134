package flows

import (
	"cmp"
	"errors"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// What Session.Held keeps of the step taken last.
const (
	heldUndo    = "todo.undo"    // steps of the open form when it was taken: 撤回 takes the step back, not an answer
	heldFollows = "todo.follows" // what was proposed: "household|member|path|value" by label, one a line
)

// saveJob takes the steps of a job, writes its money and outputs, and tells what
// stands now, with what else can be done at once.
func (t *talk) saveJob(j job, d *models.Dossier, m *models.Measure) error {
	was := *m
	photos := t.photosOfJob(j)
	for _, kind := range t.steps(j, m) {
		if err := t.profile.Take(m, j.step(kind, photos), t.today()); err != nil {
			if key := stepKey(err); key != "" {
				t.sayStepError(key, m, j[jobDue])
				return nil
			}
			return err
		}
	}
	if j[jobStep] == "" {
		m.Note = clip(j[jobNote], noteMost)
		for _, p := range photos {
			m.Proof = append(m.Proof, p.ID)
		}
	}
	paid, came := t.payments(j, d, m), t.outcomes(j, d, m)
	for _, p := range photos {
		t.do(KeepPhoto{p})
	}
	t.do(SaveHousehold{Dossier: d, Base: d.Household.Version})
	t.ownSave(&d.Household)
	t.remember(d.Household.ID)
	t.holdSaid(j)
	said := append(append(t.stepSaid(j, &was, m), paid...), came...)
	if len(said) == 0 {
		said = []string{t.texts.Say("did.noted")}
	}
	t.say("did.head", "head", d.Household.HeadName, "group", d.Household.Group, "title", t.measureName(m),
		"list", strings.Join(said, "，"))
	if len(photos) > 0 {
		t.reply.Text += t.texts.Say("did.photos", "n", itoa(len(photos)))
	}
	t.lateExit(d, m, &was)
	t.offerMore(j, d, m, &was)
	return t.goOnErrands(j)
}

// markOwn is the version the open household has by the person's own steps beside the
// form: what changed up to it, nobody else changed.
const markOwn = "own"

// ownSave notes in the open form that its household is saved beside it.
func (t *talk) ownSave(h *models.Household) {
	f := t.s.Form
	if f == nil || f.Thing != h.ID {
		return
	}
	if cmp.Or(f.Marks[markOwn], f.Marks[markVersion]) == itoa(h.Version) {
		f.Marks[markOwn] = itoa(h.Version + 1)
	}
}

// stepKey is the sentence of an error of models.Profile.Take, "" for another error.
func stepKey(err error) string {
	var e *models.Error
	if errors.As(err, &e) && strings.HasPrefix(e.Key, "step_") {
		return e.Key
	}
	return ""
}

// remember notes that this turn saved: 撤回 takes it back, also beside an open form.
func (t *talk) remember(household string) {
	t.stepped = true
	t.s.Saved, t.s.Last = t.by.Source, household
	steps := 0
	if f := t.s.Form; f != nil {
		steps = len(f.Steps)
	}
	t.s.Hold(heldUndo, t.by.Source+"|"+itoa(steps))
}

// undoStep reports whether what was saved last is a step of a measure and the open
// form was not touched since.
func (t *talk) undoStep() bool {
	steps := 0
	if f := t.s.Form; f != nil {
		steps = len(f.Steps)
	}
	return t.s.Saved != "" && t.s.Held[heldUndo] == t.s.Saved+"|"+itoa(steps)
}

// stepSaid is what became of a measure, in words.
func (t *talk) stepSaid(j job, was, m *models.Measure) []string {
	var out []string
	kind := models.StepKind(j[jobStep])
	state := t.profile.Label("measure_status", m.Status)
	switch kind {
	case "":
		if !j.has(jobMoney) && !j.has(jobOut) {
			out = append(out, t.texts.Say("did.noted"))
		}
	case models.StepReport, models.StepStart:
		out = append(out, state+t.texts.Say("task.percent", "n", orZeroInt(m.Progress))+t.shareSaid(j, m))
	case models.StepPostpone:
		out = append(out, t.texts.Say("did.postponed", "due", t.daySaid(m.Due), "n", m.Postponed.String(), "first", t.daySaid(m.FirstDue), "why", m.PostponeWhy))
		if m.FirstDue == "" {
			out[len(out)-1] = t.texts.Say("did.dated", "due", t.daySaid(m.Due), "why", m.PostponeWhy)
		}
	case models.StepBlock:
		out = append(out, t.blockedSaid(m))
	case models.StepCancel:
		instead := m.Instead
		if instead == models.InsteadNone {
			instead = t.texts.Say("need.nothing_instead")
		}
		out = append(out, t.texts.Say("did.cancelled", "why", m.CancelWhy, "instead", instead))
	default:
		out = append(out, t.texts.Say("did.state", "was", t.profile.Label("measure_status", was.Status), "state", state)+t.shareSaid(j, m))
	}
	if was.Blocked() && !m.Blocked() {
		out = append(out, t.texts.Say("did.freed"))
	}
	return out
}

// lateExit warns when a measure ends after the year in which its household is to
// leave poverty (rule T01, as it will be judged).
func (t *talk) lateExit(d *models.Dossier, m, was *models.Measure) {
	d.Of(t.profile.ID)
	if year := d.Exit.Year.N(); m.Due != was.Due && year != 0 && m.Due.Year() > year {
		t.reply.Text += "\n" + t.texts.Say("did.after_exit", "year", itoa(year))
	}
}

// offerMore are the taps below a step: what follows from it, the rest of the message,
// other open measures of the household, 撤回.
func (t *talk) offerMore(j job, d *models.Dossier, m, was *models.Measure) {
	var opts []dialog.Option
	opts = append(opts, t.proposals(j, d, m, was)...)
	if j.has(jobRest) { // the next question follows
		t.reply.Options = opts
		return
	}
	if j.has(jobAlso) {
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.also", "said", clip(j[jobAlso], 14)), Say: t.houseSaid(cmp.Or(j[jobAlsoOf], d.Household.HeadName)) + j[jobAlso]})
	}
	if m.Blocked() && !was.Blocked() {
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.complain"), Say: t.texts.Say("more.complain_say", "head", d.Household.HeadName, "title", t.measureName(m), "why", m.BlockWhy)})
	}
	if t.paidUp(d, m) && !t.profile.Done(m.Status) && j[jobStep] == "" {
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.paid_up"), Say: t.taskSay("step."+string(models.StepFinish), d.Household.HeadName, m)})
	}
	var open []string
	for i := range d.Measures {
		x := &d.Measures[i]
		if x.ID == m.ID || t.profile.Done(x.Status) || t.profile.Dead(x.Status) || x.Programme != t.profile.ID || len(opts) >= todoPage {
			continue
		}
		open = append(open, x.ID)
		opts = append(opts, dialog.Option{Label: strings.TrimSpace(clip(t.measureName(x), 9) + " " + t.dueSaid(x)), Say: t.taskSay("task.word", d.Household.HeadName, x)})
	}
	if len(open) > 0 {
		t.reply.Text += "\n" + t.texts.Say("more.open", "n", itoa(len(open)))
	}
	opts = append(opts, dialog.Option{Label: t.texts.Say("undo.word"), Say: t.texts.Say("undo.word")})
	for i := range opts {
		opts[i].Number = 0 // without numbers: a second «1» must neither move nor take back
	}
	t.reply.Options, t.s.Menu = opts, nil
	t.reply.Foot = t.texts.Say("save.foot")
}

// paidUp: all that was planned for a measure has been paid.
func (t *talk) paidUp(d *models.Dossier, m *models.Measure) bool {
	lines := fundsOf(d, m.ID)
	for _, i := range lines {
		if f := &d.Funds[i]; f.Paid.N() < f.Amount.N() {
			return false
		}
	}
	return len(lines) > 0
}

// proposals are values of the household that follow from a step: a certificate makes
// 技能劳动力, an accepted repair grade B. They are offered, never done silently.
func (t *talk) proposals(j job, d *models.Dossier, m, was *models.Measure) []dialog.Option {
	var follows []progress.Follow
	for _, f := range strings.Split(j[jobFollow], ",") {
		if path, value, ok := strings.Cut(f, "="); ok {
			follows = append(follows, progress.Follow{Path: path, Value: value})
		}
	}
	if m.Status != was.Status {
		for _, kind := range t.profile.Way(was.Status, models.StepKind(j[jobStep])) {
			follows = append(follows, t.progress.Follows(m, kind)...)
		}
	}
	var opts []dialog.Option
	var held []string
	for _, f := range follows {
		for _, p := range t.proposal(d, m, f) {
			label := t.texts.Say("follow.label", "what", p.label)
			if strings.Contains(strings.Join(held, "\n"), label) || len(opts) >= 4 {
				continue
			}
			opts = append(opts, tap(label))
			held = append(held, strings.Join([]string{label, d.Household.ID, p.member, f.Path, f.Value}, "|"))
		}
	}
	t.s.Hold(heldFollows, strings.Join(held, "\n"))
	return opts
}

// proposed is one value that may follow, for one member or for the household.
type proposed struct{ member, label string }

// proposal lists for whom a value may follow: nobody who has it already.
func (t *talk) proposal(d *models.Dossier, m *models.Measure, f progress.Follow) (out []proposed) {
	record, key, _ := strings.Cut(f.Path, ".")
	if record == "condition" {
		if d.Condition.Year != 0 && models.Value(&d.Condition, key) != f.Value {
			out = append(out, proposed{label: fieldOf(f.Path).Label + " " + t.reader.Show(f.Path, f.Value)})
		}
		return out
	}
	for _, x := range d.Present() {
		targeted := len(m.Targets) == 0 || m.Targets.Has(x.ID)
		able := x.Labor == "normal" || x.Labor == "skilled" || x.Labor == ""
		if targeted && able && models.Value(&x, key) != f.Value {
			out = append(out, proposed{x.ID, x.Name + " " + t.reader.Show(f.Path, f.Value)})
		}
	}
	return out
}

// followUp is 顺便记 …: takes a proposal.
func (t *talk) followUp(string) error {
	for _, line := range strings.Split(t.s.Held[heldFollows], "\n") {
		f := strings.Split(line, "|")
		if len(f) == 5 && f[0] == t.text && t.mayEdit() {
			return t.takeFollow(strings.TrimPrefix(f[0], t.texts.Say("follow.label", "what", "")), f[1], f[2], f[3], f[4])
		}
	}
	t.say("follow.unknown")
	return nil
}

func (t *talk) takeFollow(what, household, member, path, value string) error {
	d, ok, err := t.onFile(household)
	if !ok {
		return err
	}
	_, key, _ := strings.Cut(path, ".")
	var rec any = &d.Condition
	if member != "" {
		x := memberByID(d, member)
		if x == nil {
			t.say("open.gone")
			return nil
		}
		rec = x
	}
	if err := models.SetValue(rec, key, value); err != nil {
		return err
	}
	t.do(SaveHousehold{Dossier: d, Base: d.Household.Version})
	t.remember(household)
	t.say("follow.done", "head", d.Household.HeadName, "what", what)
	t.reply.Options = []dialog.Option{{Label: t.texts.Say("undo.word"), Say: t.texts.Say("undo.word")}}
	t.reply.Foot = t.texts.Say("save.foot")
	return nil
}
