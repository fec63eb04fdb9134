package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// task is 办 …: shows one measure with what can be done, or goes on with what was
// said before it was known which one is meant.
func (t *talk) task(arg string) error {
	id, _, ok := t.referred(arg)
	if !ok {
		return t.todo(arg)
	}
	if t.kept["where"] != "" { // it was asked which one is meant
		return t.advance(t.newJob(id, models.StepKind(t.kept["step"]), t.kept["said"]))
	}
	return t.showTask(id)
}

// showTask is one measure on one screen.
func (t *talk) showTask(id string) error {
	d, m, err := t.measureOnFile(id)
	if m == nil {
		return err
	}
	t.speakOf(id)
	t.s.Last = d.Household.ID
	t.say("task.head", "head", d.Household.HeadName, "group", d.Household.Group, "title", t.measureName(m))
	t.reply.Text += "\n" + strings.Join(t.taskFacts(d, m), "\n")
	if !t.mayEdit() {
		return nil
	}
	var opts []dialog.Option
	for _, kind := range []models.StepKind{models.StepSettle, models.StepFinish, models.StepReport, models.StepAccept, models.StepReopen, models.StepPostpone, models.StepBlock, models.StepCancel} {
		offered := t.profile.May(m.Status, kind) || kind == models.StepFinish && t.profile.Way(m.Status, kind) != nil
		if offered && !(kind == models.StepSettle && m.Status != "draft") {
			opts = append(opts, dialog.Option{Label: t.texts.Say("step." + string(kind)), Say: t.taskSay("step."+string(kind), d.Household.HeadName, m)})
		}
	}
	t.menu(opts...)
	return nil
}

// taskFacts are the lines of a measure: content, state, date, obstacle, money, outputs.
func (t *talk) taskFacts(d *models.Dossier, m *models.Measure) []string {
	var out []string
	if m.Content != "" {
		out = append(out, clip(m.Content, 60))
	}
	state := t.profile.Label("measure_status", m.Status)
	if m.Progress.Known() && !t.profile.Done(m.Status) {
		state += t.texts.Say("task.percent", "n", m.Progress.String())
	}
	if t.profile.Done(m.Status) && m.Finished != "" {
		out = append(out, t.texts.Say("task.finished", "state", state, "on", t.daySaid(m.Finished)))
	} else {
		out = append(out, t.texts.Say("task.state", "state", state, "due", t.dueSaid(m)))
	}
	if m.FirstDue != "" {
		out = append(out, t.texts.Say("task.first_due", "due", t.daySaid(m.FirstDue), "why", m.PostponeWhy))
	}
	if m.Blocked() {
		out = append(out, t.blockedSaid(m))
	}
	for _, i := range fundsOf(d, m.ID) {
		f := &d.Funds[i]
		out = append(out, t.texts.Say("task.fund", "source", t.fundName(f), "amount", f.Amount.String(), "paid", orZero(f.Paid)))
	}
	for _, i := range outputsOf(d, m.ID) {
		o := &d.Outputs[i]
		out = append(out, t.texts.Say("task.output", "indicator", o.Indicator, "target", o.Target.String()+t.profile.Label("unit", o.Unit), "actual", orZero(o.Actual)))
	}
	if m.Note != "" {
		out = append(out, t.texts.Say("task.note", "note", clip(m.Note, 40)))
	}
	return out
}

// blockedSaid is what stands in the way, and who can remove it.
func (t *talk) blockedSaid(m *models.Measure) string {
	if m.BlockDept == deptNone || m.BlockDept == "" {
		return t.texts.Say("did.stuck", "why", m.BlockWhy)
	}
	return t.texts.Say("did.blocked", "why", m.BlockWhy, "dept", t.profile.DeptName(m.BlockDept, t.in.At.Year()))
}

func orZero(d models.Dec) string {
	if !d.Known() {
		return "0"
	}
	return d.String()
}

func (t *talk) fundName(f *models.Fund) string {
	return f.Year.String() + t.profile.Label("fund_source", f.Source)
}

// measureOnFile reads a measure with its household; nil, and said, when it is gone.
func (t *talk) measureOnFile(id string) (*models.Dossier, *models.Measure, error) {
	d, err := t.view.Households().Dossier(t.ctx, *t.by, householdOf(id), 0)
	if models.CodeOf(err) == models.NotFound {
		t.say("work.gone")
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for i := range d.Measures {
		if d.Measures[i].ID == id {
			return d, &d.Measures[i], nil
		}
	}
	t.say("work.gone")
	return d, nil, nil
}
