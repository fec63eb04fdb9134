package flows

import (
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// askNeeds asks for what a step still lacks: proof, a date, a reason, a department,
// what takes its place. One thing at a time, each with its likely answers to tap.
func (t *talk) askNeeds(j job, d *models.Dossier, m *models.Measure) bool {
	t.workOutDue(j, m)
	for _, kind := range t.steps(j, m) {
		for _, need := range j.step(kind, t.photosOfJob(j)).Needs() {
			t.say("need."+need, "head", d.Household.HeadName, "title", t.measureName(m), "step", t.texts.Say("step."+string(kind)))
			opts := t.answersTo(need, kind, m)
			if need == models.NeedProof && t.loose() != "" {
				opts = append([]dialog.Option{tap(t.texts.Say("need.loose"))}, opts...)
			}
			if need == models.NeedProof && j.has(jobBefore) {
				opts = append(opts, tap(t.texts.Say("need.same")))
			}
			t.askJob(j, need, opts...)
			return true
		}
		if key := t.wrongStep(j, kind, m); key != "" {
			t.sayStepError(key, m, j[jobDue])
			switch key {
			case "step_past", "step_sooner":
				delete(j, jobDue)
				t.askJob(j, models.NeedDue, t.answersTo(models.NeedDue, kind, m)...)
			}
			return true
		}
	}
	return false
}

// wrongStep is the sentence for a step whose values cannot be.
func (t *talk) wrongStep(j job, kind models.StepKind, m *models.Measure) string {
	probe := *m
	err := t.profile.Take(&probe, j.step(kind, t.photosOfJob(j)), t.today())
	key := stepKey(err)
	if key == "step_past" || key == "step_sooner" || key == "step_future" {
		return key
	}
	return ""
}

// workOutDue makes a date of 往后推一个月: from the old date, or from today when
// that has passed.
func (t *talk) workOutDue(j job, m *models.Measure) {
	if j.has(jobDue) || !j.has(jobBy) {
		return
	}
	from := t.today()
	if last := m.Due.LastDay(); !last.Undated() && last > from {
		from = last
	}
	at, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		return
	}
	n, days := strings.CutSuffix(j[jobBy], "d")
	by, _ := zh.ParseDec(n)
	if days {
		at = at.AddDate(0, 0, int(by.Float()))
	} else {
		whole := int(by.Float())
		at = at.AddDate(0, whole, int((by.Float()-float64(whole))*30))
	}
	j[jobDue], j[jobUnsure] = at.Format(time.DateOnly), "1"
}

// answersTo are the likely answers to what a step needs.
func (t *talk) answersTo(need string, kind models.StepKind, m *models.Measure) []dialog.Option {
	var out []dialog.Option
	switch need {
	case models.NeedProof:
		out = append(out, tap(t.texts.Say("need.no_photo")))
	case models.NeedDue:
		for _, day := range t.nextDates(m) {
			out = append(out, tap(t.dayText(day)))
		}
	case models.NeedWhy:
		for _, why := range strings.Fields(t.texts.Say("need.whys_" + string(kind))) {
			out = append(out, tap(why))
		}
	case models.NeedDept:
		lead := t.profile.Lead(m.Cat1, m.Cat2)
		for _, key := range append(append([]string{}, lead.Township...), lead.County...) {
			if len(out) < todoPage-1 {
				out = append(out, tap(t.profile.DeptName(key, t.in.At.Year())))
			}
		}
		out = append(out, tap(t.profile.Label("dept", deptNone)))
	case models.NeedInstead:
		out = append(out, tap(t.texts.Say("need.nothing_instead")))
	}
	return out
}

// deptNone says that no department is needed: it only has to pass.
const deptNone = "none"

// nextDates are ends of months that lie ahead of today and of the old date.
func (t *talk) nextDates(m *models.Measure) (out []models.Date) {
	first := time.Date(t.in.At.Year(), t.in.At.Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := 1; len(out) < 3 && n < 24; n++ {
		day := models.Date(first.AddDate(0, n, -1).Format(time.DateOnly))
		if day > t.today() && (m.Due == "" || day > m.Due.LastDay()) {
			out = append(out, day)
		}
	}
	return out
}
