package flows

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// taskFresh is how long a measure that was spoken of is the one that words without
// a name are about.
const taskFresh = 30 * time.Minute

// measureRef is the end of a measure's id as taps carry it: 0001s002, and for those
// above a village with the code below theirs in front.
var measureRef = regexp.MustCompile(`(?:^|\s)([0-9]{4,16}s[0-9]{3})(?:\s|$)`)

// referred is the measure that a tap names by its id, and what follows it.
func (t *talk) referred(arg string) (id, rest string, ok bool) {
	m := measureRef.FindStringSubmatchIndex(arg)
	if m == nil {
		return "", arg, false
	}
	const whole = len("5399012002010001s002")
	if id = arg[m[2]:m[3]]; len(id) < whole {
		id = t.by.Area + id
	}
	return id, strings.TrimSpace(arg[m[1]:]), len(id) == whole
}

// householdOf is the household a measure belongs to.
func householdOf(measure string) string { return measure[:householdCode] }

// householdCode is the length of a household's id.
const householdCode = 16

// hit is a measure that words may be about.
type hit struct {
	models.Task
	score int
	sure  bool
}

// aim finds the measure that is meant: by the id of a tap, by the number of the list,
// by whose it is and what its words speak of. done: the reply asks, or says why not.
func (t *talk) aim(kind models.StepKind, arg string) (id, said string, done bool, err error) {
	if id, rest, ok := t.referred(arg); ok {
		return id, rest, false, nil
	}
	if n, rest, ok := t.listNumber(arg); ok {
		if _, more, also := t.listNumber(rest); also && more == "" && kind != models.StepReport { // 完成 2 3; 进展 2 70 is a share
			t.note("todo.one_by_one", "n", itoa(n))
			rest = ""
		}
		id, done, err := t.numbered(n)
		return id, rest, done, err
	}
	if strings.TrimSpace(arg) == "" {
		if id := t.spokenOf(); id != "" {
			return id, "", false, nil
		}
		return "", "", true, t.askFromList(kind, "")
	}
	r := t.progress.Read(arg, t.hearing(kind, ""))
	rep := progress.Report{}
	if len(r.Reports) > 0 {
		rep = r.Reports[0]
	}
	if t.backfills(arg) && r.House == "" && len(rep.About) == 0 {
		return "", "", true, t.askFromList(kind, arg)
	}
	hits, where, err := t.candidates(arg, r, &rep, kind)
	if err != nil {
		return "", "", true, err
	}
	id, done = t.choose(hits, where, kind, arg)
	if id == "" && !done {
		t.say("work.none", "said", clip(arg, 20))
		t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
		done = true
	}
	return id, arg, done, nil
}

// backfills reports whether words ask to enter progress afterwards: 补录三月的进度.
func (t *talk) backfills(said string) bool {
	return startsWithAny(said, strings.Fields(t.texts.Say("work.backfill"))) && containsAny(said, strings.Fields(t.texts.Say("work.backfilled")))
}

// hearing is what the reader of progress is told of the moment.
func (t *talk) hearing(kind models.StepKind, asked string) progress.Context {
	return progress.Context{Now: t.in.At, Step: kind, Asked: asked}
}

// spokenOf is the measure shown or moved a moment ago, "" when none was.
func (t *talk) spokenOf() string {
	at, _ := strconv.ParseInt(t.s.Held[heldTaskAt], 10, 64)
	if t.s.Held[heldTask] == "" || t.in.At.Sub(time.Unix(at, 0)) > taskFresh {
		return ""
	}
	return t.s.Held[heldTask]
}

// speakOf remembers the measure that is spoken of.
func (t *talk) speakOf(id string) {
	t.s.Hold(heldTask, id)
	t.s.Hold(heldTaskAt, formatID(uint64(t.in.At.Unix())))
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
	ids, head, err := t.namedHouseholds(said, r)
	if err != nil {
		return nil, "", err
	}
	if len(ids) > 0 || head != "" {
		hits, err := t.hitsOf(models.TaskQuery{Head: head}, ids, rep, kind)
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
	q := models.TaskQuery{Answering: true, Group: r.Group}
	for _, a := range rep.About {
		for _, k := range a.Kinds {
			if !contains(q.Kinds, k) {
				q.Kinds = append(q.Kinds, k)
			}
		}
	}
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

// namedHouseholds are those that the words name in front: 张大有家, 三组李家, or a head's
// or a member's name alone. head is a family name only: 李家.
func (t *talk) namedHouseholds(said string, r progress.Reading) (ids []string, head string, err error) {
	if r.House != "" {
		name := r.House
		if len([]rune(name)) == 1 {
			return nil, name, nil
		}
		cards, err := t.search(t.parseTarget(strings.TrimSpace(name+" "+r.Group)), 9)
		return exactCards(cards, name), "", err
	}
	sign := []rune(strings.TrimSpace(strings.TrimPrefix(said, r.Group)))
	for n := min(4, len(sign)); n >= 2; n-- {
		name := string(sign[:n])
		if !namely(name) || t.progress.Knows(name) {
			continue
		}
		cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: name, Group: r.Group, Limit: 9})
		if err != nil {
			return nil, "", err
		}
		if ids := exactCards(cards, name); len(ids) > 0 {
			return ids, "", nil
		}
	}
	return nil, "", nil
}

// exactCards are the households whose head, or else a member, bears the very name.
func exactCards(cards []models.Card, name string) (ids []string) {
	for _, c := range cards {
		if c.Head == name {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) > 0 {
		return ids
	}
	for _, c := range cards {
		if c.MatchedBy == name {
			ids = append(ids, c.ID)
		}
	}
	return ids
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
		if kind == "" && !t.profile.Done(h.Status) || kind != "" && t.profile.Way(h.Status, kind) != nil {
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

// choose takes the only measure that fits, or asks among several. It asks as well
// when only the kind fits: 牛 for 养羊.
func (t *talk) choose(hits []hit, where string, kind models.StepKind, said string) (id string, done bool) {
	switch {
	case len(hits) == 0:
		return "", false
	case len(hits) == 1 && hits[0].sure:
		return hits[0].ID, false
	}
	t.askMeasure(hits, where, kind, said)
	return "", true
}

// askMeasure asks which measure is meant; what was said waits for the answer.
func (t *talk) askMeasure(hits []hit, where string, kind models.StepKind, said string) {
	key := "work.which"
	if len(hits) == 1 {
		key = "work.is_it"
	}
	t.say(key, "said", clip(said, 20))
	var opts []dialog.Option
	for _, h := range hits[:min(len(hits), todoPage)] {
		opts = append(opts, dialog.Option{Label: t.taskLine(h.Task), Say: t.taskSay("task.word", h.Head, &h.Measure)})
	}
	if len(hits) > todoPage {
		t.note("work.too_many")
	}
	opts = append(opts, dialog.Option{Label: t.texts.Say("work.none_of_them"), Say: t.texts.Say("work.none_of_them")})
	t.menu(opts...)
	t.s.Ask, t.asked = "work_which", true
	t.s.Args = map[string]string{"step": string(kind), "said": said, "where": where}
}
