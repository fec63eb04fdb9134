package flows

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

//go:embed plan.yaml
var planYAML []byte

// askers are the kinds of cards that plan.yaml may name; a test proves that every
// kind is used.
var askers = map[string]asker{
	"causes":        causesCard{},
	"why":           whyCard{},
	"agree":         agreeCard{},
	"needs":         needsCard{},
	"kind":          kindCard{},
	"detail":        detailCard{},
	"will":          willCard{},
	"money":         fundCard{},
	"fund_source":   fundGapCard{"source"},
	"fund_year":     fundGapCard{"fund_year"},
	"fund_amount":   fundGapCard{"amount"},
	"output":        outputCard{},
	"past":          pastCard{},
	"helper":        helperCard{},
	"helper_gap":    helperGapCard{},
	"duties":        allDutiesCard{},
	"duty_village":  dutyCard{models.Village},
	"duty_township": dutyCard{models.Township},
	"duty_county":   dutyCard{models.County},
	"terms":         termsCard{},
	"exit":          exitCard{},
	"order":         orderCard{},
	"milestone":     milestoneCard{},
	"area_exit":     areaExitCard{},
}

// loadPlanForm reads plan.yaml and checks every kind it names.
func loadPlanForm(data []byte, k *kit) (*form, error) {
	fl, err := readForm(data)
	if err != nil {
		return nil, err
	}
	for _, s := range fl.specs {
		a, ok := askers[s.Kind]
		if !ok || s.Ask == "" || s.Unclear == "" {
			return nil, fmt.Errorf("form %s, card %s: needs a known kind, ask and unclear", fl.ID, s.ID)
		}
		fl.Cards = append(fl.Cards, &planCard{s, k, a})
	}
	return fl, nil
}

// flow is the conversation a form is in: about the household, or about its plan.
func (c *Conversation) flow(f *dialog.Form) *form {
	if f.Flow == planID {
		return c.plan
	}
	return c.base
}

// settlePlan notes which of the questions about the plan are answered by what is
// known: a cause by a measure that suits it, the money of a measure by a line for
// each of its years. It runs whenever an answer changed, within its step.
func (k *kit) settlePlan(f *dialog.Form, step *dialog.Step) {
	needs := k.needs(f)
	mark := func(path string, done bool, value string) {
		if !done {
			value = ""
		}
		if f.Value(path) != value {
			scratch := f.Scratch
			f.Put(step, path, value)
			f.Scratch = scratch // a mark is no fact
		}
	}
	for _, n := range needs {
		ref := k.answering(f, n.key)
		mark(pathNeed+n.key, ref != "", ref)
	}
	for _, w := range k.works(f) {
		none := w.v("no_money_why") != ""
		funded := len(k.years(w)) > 0 && len(k.unfunded(w)) == 0
		mark(w.ref+pathMoney, none || funded || k.halfTold(w), "yes")
		mark(w.ref+pathOut, len(k.years(w)) > 0 && len(k.unproven(w)) == 0 && !k.earns(w), "yes")
		ds := rowsOf(f, pathDuties, w.ref)
		for _, level := range dutyLevels {
			i := slices.IndexFunc(ds, func(d row) bool { return d.v("duty_level") == string(level) && d.v("duty_person") != "" })
			ref := ""
			if i >= 0 {
				ref = ds[i].ref
			}
			mark(pathAt(w.ref, level), i >= 0, ref)
		}
	}
	k.settleMilestones(f, step)
}

// settleMilestones keeps the steps by quarter in line with what is planned, as long
// as nobody said them otherwise: they follow from the ends of the measures and
// the exit, and are no question.
func (k *kit) settleMilestones(f *dialog.Form, step *dialog.Step) {
	if f.Value(pathExitYear) == "" || f.Value(pathExitQuarter) == "" {
		return
	}
	now := milestoneText(k.usualMilestones(f))
	if was := f.Value(pathMilestone); was == "" || was == f.Marks[markMilestones] {
		f.Put(step, pathMilestone, now)
		f.Marks[markMilestones] = now
	}
}

// markMilestones are the steps as they were worked out last.
const markMilestones = "milestones"

// halfTold: there is money whose year is still to be asked about, so that the
// question about the money itself need not come again.
func (k *kit) halfTold(w row) bool {
	return slices.ContainsFunc(rowsOf(w.f, pathFunds, w.ref), func(x row) bool { return x.v("fund_year") == "" })
}

// derivePlan adds what follows from values of the plan just taken.
func (k *kit) derivePlan(f *dialog.Form, step *dialog.Step, took []dialog.Assign) {
	for _, a := range took {
		record, ref, key := recordOf(a.Path)
		put := func(key, value string) {
			if value != "" && f.Value(ref+"."+key) == "" {
				f.Put(step, ref+"."+key, value)
			}
		}
		switch record + "." + key {
		case "cause.cause":
			put("evidence", k.evidence(f, a.Value, nil))
		case "measure.cat2":
			k.deriveMeasure(f, step, row{f, ref})
		case "measure.due_date", "measure.start_date":
			if len(a.Value) >= 4 {
				put("year", a.Value[:4])
			}
		case "measure.will_sign":
			put("will_date", f.Marks[markToday])
		case "helper.helper":
			put("helper_from", f.Marks[markToday])
		}
	}
	k.settlePlan(f, step)
}

// deriveMeasure is what the kind of a measure settles: its category, whom it is
// for, what it answers.
func (k *kit) deriveMeasure(f *dialog.Form, step *dialog.Step, w row) {
	it := k.profile.Item("measure_cat2", w.v("cat2"))
	if it == nil {
		return
	}
	f.Put(step, w.path("cat1"), it.More["cat1"])
	u := k.usual(w)
	scope := w.v("scope")
	switch {
	case k.ofVillage(*it):
		scope = "village"
	case u.Targets != "" && u.Targets != "all":
		scope = "person"
	case scope == "":
		scope = "household"
	}
	f.Put(step, w.path("scope"), scope)
	if who := k.usualTargets(f, u); w.v("targets") == "" && scope == "person" && len(who) == 1 {
		f.Put(step, w.path("targets"), who[0])
	}
	if w.v("need_ref") == "" {
		var needs []string
		for _, n := range k.needs(f) {
			if n.key != needLabor && n.key != needFloor && k.answersNeed(n.key, it.More["cat1"], it.Key) {
				needs = append(needs, n.key)
			}
		}
		f.Put(step, w.path("need_ref"), strings.Join(needs, ","))
	}
}
