package flows

import (
	"cmp"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// planRecords are the records of a plan, in the order in which a save tells them.
var planRecords = []string{"cause", "measure", "fund", "output", "duty", "helper", "exit", "area_exit", "waiver"}

// planNames are what the records of a household's plan are called in its history.
func (t *talk) planNames(d *models.Dossier) map[string]string {
	names := map[string]string{}
	for _, m := range d.Measures {
		names[m.ID] = t.profile.MeasureName(m.Title, m.Cat1, m.Cat2)
	}
	for _, x := range d.Funds {
		names[x.ID] = names[x.MeasureID]
	}
	for _, x := range d.Outputs {
		names[x.ID] = names[x.MeasureID]
	}
	for _, x := range d.Duties {
		names[x.ID] = names[x.Object]
	}
	return names
}

// planItems tell what a save did to the plan: a new record in one piece, else field
// by field; what is new under a new measure is only counted.
func (t *talk) planItems(cs []models.Change, names map[string]string) []string {
	var out []string
	for _, record := range planRecords {
		ids, by := []string{}, map[string][]models.Change{}
		for _, c := range cs {
			if c.Record == record {
				if len(by[c.RecordID]) == 0 {
					ids = append(ids, c.RecordID)
				}
				by[c.RecordID] = append(by[c.RecordID], c)
			}
		}
		for _, id := range ids {
			out = append(out, t.recordItems(record, id, by[id], names)...)
		}
	}
	return out
}

func (t *talk) recordItems(record, id string, cs []models.Change, names map[string]string) []string {
	vals := map[string]string{}
	kind := ""
	for _, c := range cs {
		if c.Field == "+" || c.Field == "-" {
			kind = c.Field
		}
		vals[c.Field] = cmp.Or(c.New, c.Old)
	}
	switch {
	case kind == "+":
		return []string{t.texts.Say("history.added", "record", t.recordText(record, id, vals, names))}
	case kind == "-":
		return []string{t.texts.Say("history.removed", "record", t.recordText(record, id, vals, names))}
	}
	var out []string
	for _, c := range stepFirst(cs) {
		if models.Kept(c.Field) || stepNoise[c.Field] {
			continue
		}
		out = append(out, names[id]+t.changeItem(c))
	}
	return out
}

// recordText is a whole record in a few words.
func (t *talk) recordText(record, id string, v map[string]string, names map[string]string) string {
	name := ""
	if n := names[id]; n != "" && record != "measure" {
		name = n + " "
	}
	switch record {
	case "cause":
		return t.texts.Say("record.cause") + t.profile.Label("cause", id)
	case "measure":
		m := plan.Measure{Cat1: v["cat1"], Cat2: v["cat2"], Title: v["title"], Qty: v["qty"], Unit: v["unit"], Due: v["due_date"]}
		return t.texts.Say("record.measure") + t.planner.ShowMeasure(m)
	case "fund":
		return name + t.planner.ShowFund(plan.Fund{Year: v["fund_year"], Source: v["source"], Kind: v["fund_kind"], Amount: v["amount"], Months: v["loan_months"]})
	case "output":
		return name + t.planner.ShowOutput(plan.Output{Year: v["output_year"], Indicator: v["indicator"], Unit: v["output_unit"], Target: v["target"], Income: v["income_effect"]})
	case "duty":
		return name + t.planner.ShowDuty(plan.Duty{Level: v["duty_level"], Name: v["duty_person"]})
	case "helper":
		return t.profile.Labels["helper_word"] + v["helper"]
	case "exit":
		return t.when(v["plan_year"], v["plan_quarter"]) + t.profile.Labels["exit_word"]
	case "area_exit":
		key := "exit.village"
		if models.LevelOf(id) == models.County {
			key = "exit.county"
		}
		return t.texts.Say(key, "year", v["plan_year"])
	}
	return t.texts.Say("record."+record) + v["reason"]
}

// tellPlan is one value of a plan with what it belongs to: 养蜂数量12.
func (k *kit) tellPlan(r row, record, path, value string) string {
	name := ""
	switch record {
	case "cause":
		name = k.profile.Label("cause", r.v("cause"))
	case "measure":
		name = k.workName(r)
	case "fund", "output", "duty":
		if of := r.of(); of != "" {
			name = k.workName(row{r.f, of})
		}
	}
	fd := fieldOf(path)
	if fd == nil {
		return name
	}
	shown, ok := k.valueOf(fd, value)
	if !ok {
		shown = k.reader.Show(fd.Path(), value)
	}
	return name + fd.Label + shown
}

// valueOf shows the value of a field of the plan: needs, people and facts by their
// names.
func (k *kit) valueOf(fd *models.Field, v string) (string, bool) {
	switch fd.Path() {
	case "measure.need_ref":
		var out []string
		for _, key := range models.ParseSet(v) {
			out = append(out, k.needLabel(key))
		}
		return strings.Join(out, "、"), true
	case "measure.targets", "measure.proof", "cause.evidence":
		return k.texts.Say("history.items", "n", itoa(len(models.ParseSet(v)))), true
	case "exit.milestone":
		return k.showMilestones(v), true
	case "measure.instead":
		if v == models.InsteadNone {
			return k.texts.Say("need.nothing_instead"), true
		}
	}
	switch fd.Kind {
	case models.KindMoney:
		return k.planner.ShowMoney(v), true
	case models.KindPhone:
		return models.Phone(v).String(), true
	}
	return "", false
}
