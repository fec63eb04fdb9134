package flows

import (
	"cmp"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// askCheck says back what was rounded, worked out of relative words or is large.
func (t *talk) askCheck(j job, d *models.Dossier, m *models.Measure) bool {
	if j.has(jobOK) {
		return false
	}
	unsure := j.has(jobUnsure) || len(t.effects) > 0 // one measure a message: the next one is said back
	for _, s := range decodeSums(j[jobMoney]) {
		v, err := models.ParseDec(s.Amount)
		unsure = unsure || s.Approx || err == nil && v.Float() > saidBack
	}
	for _, o := range decodeOutputs(j[jobOut]) {
		unsure = unsure || o.Approx
	}
	if !unsure {
		return false
	}
	t.say("work.check", "head", d.Household.HeadName, "title", t.measureName(m), "list", strings.Join(t.jobSaid(j, d, m), "，"))
	t.askJob(j, needCheck, tap(t.texts.Say("check.yes")), tap(t.texts.Say("check.no")))
	return true
}

// saidBack is the sum above which it is said back before it counts: 元 and 万元 are
// easily mistaken (product.md).
const saidBack = 10000

// jobSaid is what a job will record, in words.
func (t *talk) jobSaid(j job, d *models.Dossier, m *models.Measure) []string {
	var out []string
	kind := models.StepKind(j[jobStep])
	switch {
	case kind == models.StepReport && j.has(jobPercent):
		key := "said.exact"
		if j.has(jobRound) {
			key = "said.percent"
		}
		said := t.texts.Say(key, "n", j[jobPercent]) + t.shareSaid(j, m)
		if was := m.Progress.N(); atoi(j[jobPercent]) < was {
			said += t.texts.Say("said.before", "n", itoa(was))
		}
		out = append(out, said)
	case kind == models.StepPostpone:
		out = append(out, t.texts.Say("said.due", "due", t.dayText(models.Date(j[jobDue])), "why", j[jobWhy]))
	case kind != "":
		out = append(out, t.texts.Say("step."+string(kind))+t.shareSaid(j, m))
		if stands(kind) && j.has(jobWhy) {
			out = append(out, t.texts.Say("said.why", "why", j[jobWhy]))
		}
	}
	for _, s := range decodeSums(j[jobMoney]) {
		amount := s.Amount
		if amount == "" {
			amount = t.restOf(d, m, s)
		}
		if amount != "" {
			out = append(out, t.texts.Say("said."+s.Kind, "n", amount))
		}
	}
	for _, o := range decodeOutputs(j[jobOut]) {
		out = append(out, t.texts.Say("said.output", "indicator", o.Indicator, "n", o.Qty+t.profile.Label("unit", o.Unit)))
	}
	return out
}

// stands: a step that has its reason beside it.
func stands(kind models.StepKind) bool {
	return kind == models.StepBlock || kind == models.StepCancel || kind == models.StepReopen
}

// shareSaid is （500米，共800米） when the share was worked out.
func (t *talk) shareSaid(j job, m *models.Measure) string {
	a := amountOf(j[jobDone])
	if a.Qty == "" || !m.Qty.Known() {
		return ""
	}
	if _, ok := a.Share(m.Qty, m.Unit); !ok {
		return ""
	}
	return t.texts.Say("said.share", "done", a.Qty+t.profile.Label("unit", cmp.Or(a.Unit, m.Unit)), "of", m.Qty.String()+t.profile.Label("unit", m.Unit))
}

// restOf is the sum that «all of it» or a share means.
func (t *talk) restOf(d *models.Dossier, m *models.Measure, s progress.Sum) string {
	sum := models.Dec{}
	for _, i := range fundsOf(d, m.ID) {
		sum = sum.Add(d.Funds[i].Amount)
		if s.Share == "" {
			sum = sum.Sub(d.Funds[i].Paid)
		}
	}
	if s.Share != "" {
		sum = models.DecOf(sum.Float() * float64(atoi(s.Share)) / 100)
	}
	if sum.N() <= 0 {
		return ""
	}
	return sum.String()
}
