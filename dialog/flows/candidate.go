package flows

import (
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// hit is a measure that words may be about.
type hit struct {
	models.Task
	score int
	sure  bool
}

// Where candidates were looked for.
const (
	inNamed   = "named"   // the household that was named
	inContext = "context" // the household spoken of
	inArea    = "area"    // all that the person answers for
)

// candidates are the measures that a report may be about, in the nearest place that
// has any: the household named, the one spoken of, all that the person answers for.
func (t *talk) candidates(said string, r progress.Reading, rep *progress.Report, kind models.StepKind) ([]hit, string, error) {
	whose, err := t.namedHouseholds(said, r)
	if err != nil {
		return nil, "", err
	}
	if whose.named() {
		hits, err := t.hitsOfNamed(whose, rep, kind)
		return hits, inNamed, err
	}
	if id := t.spokenOf(); id != "" && len(rep.About) == 0 && rep.Step == "" && rep.Loss.Qty != "" {
		return t.hitOf(id) // 昨天死了一头: of what was bought a moment ago
	}
	var weak []hit // of the household spoken of, but of another thing: 羊 where it has 养牛
	if near := t.nearHouseholds(); len(near) > 0 {
		hits, err := t.hitsOf(models.TaskQuery{}, near, rep, kind)
		if err == nil && len(rep.About) == 0 && len(rep.Money) > 0 {
			hits, err = t.withMoney(near[0], hits)
		}
		if len(hits) > 0 && !hits[0].sure {
			hits, weak = nil, hits
		}
		if err != nil || len(hits) > 0 && (len(rep.About) > 0 || len(hits) == 1) {
			return hits, inContext, err
		}
		if id := t.spokenOf(); id != "" && len(rep.About) == 0 {
			for _, h := range hits {
				if h.ID == id {
					return []hit{h}, inContext, nil
				}
			}
		}
		if len(hits) > 0 && len(rep.About) == 0 {
			return hits, inContext, nil
		}
	}
	if len(rep.About) == 0 || t.by.Role != models.RoleVillage {
		return weak, inContext, nil
	}
	q := models.TaskQuery{Answering: true, Group: r.Group, Kinds: rep.Kinds()}
	hits, err := t.hitsOf(q, nil, rep, kind)
	if err == nil && len(hits) == 0 { // not theirs by duty, but of their village
		q.Answering = false
		hits, err = t.hitsOf(q, nil, rep, kind)
	}
	if len(weak) > 0 && (len(hits) == 0 || !hits[0].sure) {
		return weak, inContext, err
	}
	return hits, inArea, err
}

// asHits are measures of which nothing tells which one is meant.
func asHits(tasks []models.Task) []hit {
	hits := make([]hit, 0, len(tasks))
	for _, x := range tasks {
		hits = append(hits, hit{Task: x})
	}
	return hits
}

// hitOf is the measure spoken of, in whatever state it is.
func (t *talk) hitOf(id string) ([]hit, string, error) {
	d, m, err := t.measureOnFile(id)
	if m == nil {
		return nil, inContext, err
	}
	return []hit{{Task: models.Task{Measure: *m, Head: d.Household.HeadName, Group: d.Household.Group}, sure: true}}, inContext, nil
}

// withMoney keeps the measures that money is still to come for.
func (t *talk) withMoney(household string, hits []hit) ([]hit, error) {
	d, err := t.view.Households().Dossier(t.ctx, *t.by, household, 0)
	if err != nil {
		return nil, err
	}
	var out []hit
	for _, h := range hits {
		if len(fundsOf(d, h.ID)) > 0 && !t.paidUp(d, &h.Measure) {
			out = append(out, h)
		}
	}
	return out, nil
}

// nearHouseholds are the one whose form is open, else the one spoken of last.
func (t *talk) nearHouseholds() []string {
	if f := t.s.Form; f != nil {
		if isNew(f) {
			return nil
		}
		return []string{f.Thing}
	}
	if id := t.spokenOf(); id != "" {
		return []string{householdOf(id)}
	}
	if t.s.Last != "" {
		return []string{t.s.Last}
	}
	return nil
}

// hitsOf are the measures of households, or of a query, that fit the words best.
func (t *talk) hitsOf(q models.TaskQuery, ids []string, rep *progress.Report, kind models.StepKind) ([]hit, error) {
	q.Programme, q.Open, q.Limit = t.profile.ID, t.statesFor(rep, kind, len(ids) > 0), 50
	var all []models.Task
	if len(ids) == 0 {
		ids = []string{""}
	}
	for _, id := range ids {
		q.Household = id
		tasks, _, err := t.view.Households().Tasks(t.ctx, *t.by, q)
		if err != nil {
			return nil, err
		}
		all = append(all, tasks...)
	}
	var hits []hit
	for _, x := range all {
		score, sure := rep.Fits(&x.Measure)
		if score > 0 || len(rep.About) == 0 {
			hits = append(hits, hit{x, score, sure})
		}
	}
	return t.best(hits, kind), nil
}

// statesFor are the states looked at: what is finished only for words about it, or
// within a household, where the answer says that it is finished already.
func (t *talk) statesFor(rep *progress.Report, kind models.StepKind, household bool) []string {
	open := t.profile.OpenStates()
	late := kind == models.StepAccept || kind == models.StepEffect || kind == models.StepReopen || rep.Step == "" && (len(rep.Money)+len(rep.Outputs) > 0 || rep.Loss.Qty != "")
	if !household && !late {
		return open
	}
	for _, it := range t.profile.Codes["measure_status"] {
		if t.profile.Done(it.Key) {
			open = append(open, it.Key)
		}
	}
	return open
}

// best keeps the hits that fit most among those that can take the step at all.
func (t *talk) best(hits []hit, kind models.StepKind) []hit {
	var can []hit
	for _, h := range hits {
		begun := kind == models.StepStart && t.profile.May(h.Status, models.StepReport) // goes on: 又开工了
		if kind == "" && !t.profile.Done(h.Status) || kind != "" && t.profile.Way(h.Status, kind) != nil || begun {
			can = append(can, h)
		}
	}
	if len(can) == 0 {
		can = hits
	}
	most := 0
	for _, h := range can {
		most = max(most, h.score)
	}
	var out []hit
	for _, h := range can {
		if h.score == most {
			out = append(out, h)
		}
	}
	return out
}
