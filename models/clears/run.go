package clears

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// run is one judging of one dossier: the facts that many rules ask for, worked
// out once, and the findings so far.
type run struct {
	d       *models.Dossier
	p       *models.Profile
	ctx     *Context
	today   models.Date
	now     time.Time   // today
	people  []person    // present
	causes  []cause     // of the programme, main one first
	works   []work      // measures of the programme that are not cancelled
	exit    models.Exit // of the programme, empty when there is none
	halves  int         // labour, a whole one counts 2
	whole   int         // members with labor normal or skilled
	year    int         // of today
	rule    *models.Rule
	changed []string // paths, when only these are judged
	found   *[]Finding
}

// person is a present member with what follows from the record.
type person struct {
	*models.Member
	n      int  // index in the dossier
	age    int  // full years today, -1 unknown
	due    bool // has to be at school by age (domain.md §2.3)
	school *models.CodeItem
}

type cause struct {
	*models.Cause
	n int
}

// work is a measure with its categories and what hangs on it.
type work struct {
	*models.Measure
	n          int
	c1, c2     *models.CodeItem
	role, kind string // what it does: role of the category, kind of the sub-category
	done       bool   // finished or beyond
}

var nowhere Context

var none models.CodeItem

func (j Judge) run(d *models.Dossier) *run {
	r := &run{d: d, p: j.Profile, ctx: j.Context, today: j.Today, now: j.Today.Begin(), year: j.Today.Year(), found: new([]Finding)}
	if r.ctx == nil {
		r.ctx = &nowhere
	}
	r.gatherPeople()
	r.gatherCauses()
	r.gatherWorks()
	if r.ours(d.Exit.Programme) {
		r.exit = d.Exit
	}
	return r
}

func (r *run) gatherPeople() {
	r.people = make([]person, 0, len(r.d.Members))
	from, to, term := int(r.limit("school_age_from")), int(r.limit("school_age_to")), schoolYear(r.today)
	for i := range r.d.Members {
		m := &r.d.Members[i]
		if !m.Present() {
			continue
		}
		birth := birthOf(m)
		q := person{Member: m, n: i, age: birth.AgeOn(r.today)}
		a := birth.AgeOn(term)
		q.due = a >= from && a <= to
		if m.School != "" {
			q.school = r.p.Item("school", m.School)
		}
		switch m.Labor {
		case "normal", "skilled":
			r.halves, r.whole = r.halves+2, r.whole+1
		case "weak":
			r.halves++
		}
		r.people = append(r.people, q)
	}
}

func (r *run) gatherCauses() {
	for i := range r.d.Causes {
		if c := &r.d.Causes[i]; r.ours(c.Programme) {
			r.causes = append(r.causes, cause{c, i})
		}
	}
	slices.SortStableFunc(r.causes, func(a, b cause) int { return cmp.Compare(a.Seq, b.Seq) })
}

func (r *run) gatherWorks() {
	r.works = r.works[:0]
	for i := range r.d.Measures {
		m := &r.d.Measures[i]
		st := r.item("measure_status", m.Status)
		if !r.ours(m.Programme) || st.More["dead"] == "yes" {
			continue
		}
		w := work{Measure: m, n: i, c1: r.item("measure_cat1", m.Cat1), c2: r.item("measure_cat2", m.Cat2)}
		w.role, w.kind = cmp.Or(w.c1.More["role"], m.Cat1), w.c2.More["kind"]
		w.done = st.More["rank"] >= "6"
		r.works = append(r.works, w)
	}
}

// ours reports whether a record belongs to the programme judged; records of an
// unknown programme (not saved yet) do.
func (r *run) ours(programme string) bool { return programme == "" || programme == r.p.ID }

// typing reports whether only changed fields are judged: what is missing may
// still be asked.
func (r *run) typing() bool { return r.changed != nil }

// item is the entry of a code list, an empty one when there is none.
func (r *run) item(list, key string) *models.CodeItem {
	if key != "" {
		if it := r.p.Item(list, key); it != nil {
			return it
		}
	}
	return &none
}

// limit is the threshold of that name for this year and place, unknown ones 0.
func (r *run) limit(name string) float64 {
	t, _ := r.p.Threshold(name, r.year, r.d.Household.Village)
	return t.Value
}

// line is the income line of a year, and whether the county has confirmed it.
func (r *run) line(year int) (value float64, firm, ok bool) {
	t, ok := r.p.Threshold("income_line", year, r.d.Household.Village)
	return t.Value, t.Firm, ok
}

// headName is who the household is called after.
func (r *run) headName() string {
	for _, q := range r.people {
		if q.Relation == "head" {
			return q.Name
		}
	}
	if r.d.Household.HeadName != "" {
		return r.d.Household.HeadName
	}
	if len(r.people) > 0 {
		return r.people[0].Name
	}
	return ""
}

func (r *run) hasCause(kind string) bool {
	return slices.ContainsFunc(r.causes, func(c cause) bool { return c.Kind == kind })
}

// hasNeed reports whether a measure answers this cause or gap by name.
func (r *run) hasNeed(key string) bool {
	return slices.ContainsFunc(r.works, func(w work) bool { return w.Needs.Has(key) })
}

// any reports whether a measure is so.
func (r *run) any(is func(work) bool) bool { return slices.ContainsFunc(r.works, is) }

// somebody reports whether a present member is so.
func (r *run) somebody(is func(person) bool) bool { return slices.ContainsFunc(r.people, is) }

// answered reports whether a measure of a suitable kind is there for a cause or gap.
func (r *run) answered(need string) bool {
	return r.any(func(w work) bool { return r.p.Suitable(need, w.Cat1, w.Cat2) })
}

// id names a member: its id, its index while it has none.
func (q person) id() string { return cmp.Or(q.ID, itoa(q.n)) }

func (q person) path(fields ...string) []string { return several("m", q.n, fields...) }

// student reports whether the member attends a school of any stage.
func (q person) student() bool { return q.school != nil && q.school.More["full"] != "no" }

func (q person) stage() string {
	if q.school == nil {
		return ""
	}
	return q.school.More["stage"]
}

// works reports whether the member counts as labour.
func (q person) able() bool { return q.Labor == "normal" || q.Labor == "skilled" || q.Labor == "weak" }

// unable reports whether the member is known not to count as labour.
func (q person) unable() bool { return q.Labor == "none" || q.Labor == "lost" }

func (q person) ill() bool { return q.Health.Has("chronic") || q.Health.Has("serious") }

// certified reports whether a disability certificate is on file.
func (q person) certified() bool {
	n := len(q.IDNo.Reveal())
	return q.IDType == "disab" || n == 20 || n == 22 || q.DisabLevel != ""
}

func (w work) id() string { return cmp.Or(w.ID, itoa(w.n)) }

func (w work) path(fields ...string) []string { return several("ms", w.n, fields...) }

// name is the title, else the label of what it is.
func (w work) name() string { return cmp.Or(w.Title, w.c2.Label, w.c1.Label) }

func (w work) flag(name string) bool { return w.c1.More[name] == "yes" || w.c2.More[name] == "yes" }

// targets are the present members a measure is for; ids, or "m:<index>" for
// those without one. strange is true when it names somebody else.
func (r *run) targets(w work) (who []person, strange bool) {
	for _, t := range w.Targets {
		i := slices.IndexFunc(r.people, func(q person) bool { return t == q.id() || t == "m:"+itoa(q.n) })
		if i < 0 {
			strange = true
			continue
		}
		who = append(who, r.people[i])
	}
	return who, strange
}

// text is what a measure says of itself, for words to be looked for.
func (w work) text() string { return w.Title + " " + w.Content }

// mentions reports whether text holds one of the words of an entry.
func mentions(text string, it *models.CodeItem) bool {
	if strings.Contains(text, it.Label) {
		return true
	}
	return slices.ContainsFunc(it.Also, func(w string) bool { return strings.Contains(text, w) })
}
