package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// loadPlan puts what is planned for the household in the programme into its form;
// d is nil for a household that is not on file.
func (k *kit) loadPlan(f *dialog.Form, d *models.Dossier, areas []models.AreaExit) {
	f.Marks[markPlan] = "yes"
	f.Scratch = nil
	k.loadAreas(f, areas)
	if d == nil {
		k.settlePlan(f, &dialog.Step{})
		return
	}
	l := loader{kit: k, f: f, d: d, works: map[string]string{}}
	for i := range d.Causes {
		if c := &d.Causes[i]; c.Programme == k.profile.ID {
			ref := l.row(pathCauses, c.Kind, c)
			l.refs(ref+".evidence", c.Evidence)
		}
	}
	l.measures()
	for i := range d.Duties {
		t := &d.Duties[i]
		of := l.works[t.Object]
		if t.To == "" && (of != "" || t.Object == d.Household.ID) {
			l.set(l.row(pathDuties, t.ID, t)+".of", of)
		}
	}
	for i := range d.Helpers {
		if h := &d.Helpers[i]; h.To == "" {
			l.row(pathHelpers, h.ID, h)
		}
	}
	for i := range d.Exits {
		if d.Exits[i].Programme == k.profile.ID {
			known(f, "exit", &d.Exits[i], true)
		}
	}
	if now := milestoneText(k.usualMilestones(f)); now == f.Value(pathMilestone) {
		f.Marks[markMilestones] = now // nobody said them otherwise: they go on following
	}
	k.settlePlan(f, &dialog.Step{})
}

// loadAreas puts the years in which village and county leave into a form.
func (k *kit) loadAreas(f *dialog.Form, areas []models.AreaExit) {
	for i := range areas {
		switch a := &areas[i]; {
		case a.Programme != k.profile.ID:
		case models.LevelOf(a.Area) == models.Village:
			known(f, "village_exit", a, true)
		case models.LevelOf(a.Area) == models.County:
			known(f, "county_exit", a, true)
		}
	}
}

// loader puts the records of a dossier into a form.
type loader struct {
	*kit
	f     *dialog.Form
	d     *models.Dossier
	works map[string]string // id of a measure → ref
}

// row adds one record to a list and tells its ref.
func (l *loader) row(list, id string, rec any) string {
	ref := nextIn(l.f.Value(list), listLetter[list])
	l.set(list, strings.TrimPrefix(l.f.Value(list)+","+ref, ","))
	known(l.f, ref, rec, true)
	l.f.Marks[ref+".id"] = id
	return ref
}

func (l *loader) set(path, value string) {
	if value != "" {
		l.f.Answers[path], l.f.Base[path] = value, value
	}
}

func (l *loader) measures() {
	for i := range l.d.Measures {
		if m := &l.d.Measures[i]; m.Programme == l.profile.ID {
			ref := l.row(pathWorks, m.ID, m)
			l.works[m.ID] = ref
			l.refs(ref+".targets", m.Targets)
		}
	}
	for i := range l.d.Funds {
		if x := &l.d.Funds[i]; l.works[x.MeasureID] != "" {
			l.set(l.row(pathFunds, x.ID, x)+".of", l.works[x.MeasureID])
		}
	}
	for i := range l.d.Outputs {
		if x := &l.d.Outputs[i]; l.works[x.MeasureID] != "" {
			l.set(l.row(pathOuts, x.ID, x)+".of", l.works[x.MeasureID])
		}
	}
}

// refs writes people as the form names them: "m:<id>.health" is "m2.health".
func (l *loader) refs(path string, ids models.Set) {
	var out []string
	for _, id := range ids {
		who, field, isFact := strings.Cut(strings.TrimPrefix(id, "m:"), ".")
		for _, s := range roster(l.f) {
			if l.f.Marks[s.ref+".id"] == who {
				who = s.ref
			}
		}
		if isFact && who != "c" {
			who += "." + field
		} else if isFact {
			who = id
		}
		out = append(out, who)
	}
	l.set(path, strings.Join(out, ","))
}

// layPlan lays the plan of a form over what is on file: whole lists, since a row
// that is missing from one is withdrawn. What belongs to other programmes stays.
func (k *kit) layPlan(f *dialog.Form, d, onFile *models.Dossier) error {
	if !planned(f) {
		return nil
	}
	p := planLayer{kit: k, f: f, d: d, file: onFile}
	for _, step := range []func() error{p.causes, p.measures, p.funds, p.outputs, p.duties, p.helpers, p.exits} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// planLayer makes the lists of a dossier from a form.
type planLayer struct {
	*kit
	f       *dialog.Form
	d, file *models.Dossier
}

func (p *planLayer) id(r row) string { return p.f.Marks[r.ref+".id"] }

// find is the record on file that a row was read from, nil for a new one.
func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// people are refs as the store takes them: "m2.health" is "m:1.health".
func (p *planLayer) people(text string) models.Set {
	var out models.Set
	for _, ref := range models.ParseSet(text) {
		who, field, isFact := strings.Cut(ref, ".")
		for i, s := range roster(p.f) {
			if s.ref == who {
				who = "m:" + itoa(p.index(s, i))
			}
		}
		if isFact {
			who += "." + field
		}
		out = append(out, who)
	}
	return out
}

// index is where a member of the form stands in the dossier.
func (p *planLayer) index(s slot, nth int) int {
	if id := p.f.Marks[s.ref+".id"]; id != "" {
		if i := slices.IndexFunc(p.d.Members, func(m models.Member) bool { return m.ID == id }); i >= 0 {
			return i
		}
	}
	n := nth
	for i := range p.d.Members { // those on file come first, the new ones in the order of the roster
		if p.d.Members[i].ID == "" && p.d.Members[i].Seq == nth+1 {
			n = i
		}
	}
	return n
}

func (p *planLayer) causes() error {
	out := slices.DeleteFunc(slices.Clone(p.file.Causes), func(c models.Cause) bool { return c.Programme == p.profile.ID })
	for i, r := range rows(p.f, pathCauses) {
		c := models.Cause{Programme: p.profile.ID}
		if old := find(p.file.Causes, func(c *models.Cause) bool { return c.Programme == p.profile.ID && c.Kind == r.v("cause") }); old != nil {
			c = *old
		}
		if err := layRow(r, &c); err != nil {
			return err
		}
		c.Seq, c.Evidence = i, p.people(r.v("evidence"))
		out = append(out, c)
	}
	p.d.Causes = orEmpty(out)
	return nil
}

func (p *planLayer) measures() error {
	out := slices.Clone(p.file.Measures)
	for _, r := range rows(p.f, pathWorks) {
		m := models.Measure{ID: p.id(r), Programme: p.profile.ID}
		i := slices.IndexFunc(out, func(m models.Measure) bool { return m.ID != "" && m.ID == p.id(r) })
		if i >= 0 {
			m = out[i]
		}
		if err := layRow(r, &m); err != nil {
			return err
		}
		m.Targets = p.people(r.v("targets"))
		if i >= 0 {
			out[i] = m
		} else {
			out = append(out, m)
		}
	}
	p.d.Measures = orEmpty(out)
	return nil
}

// work is what rows of a measure name it by: its id, or its place in the dossier
// while it has none. The new ones stand there in the order of the form.
func (p *planLayer) work(ref string) string {
	if id := p.f.Marks[ref+".id"]; id != "" {
		return id
	}
	fresh := slices.DeleteFunc(rows(p.f, pathWorks), func(r row) bool { return p.id(r) != "" })
	nth := slices.IndexFunc(fresh, func(r row) bool { return r.ref == ref })
	for i := range p.d.Measures {
		if p.d.Measures[i].ID != "" {
			continue
		}
		if nth == 0 {
			return "ms:" + itoa(i)
		}
		nth--
	}
	return ""
}

// ours reports whether a measure on file is of the programme at work.
func (p *planLayer) ours(id string) bool {
	m := find(p.file.Measures, func(m *models.Measure) bool { return m.ID == id })
	return m != nil && m.Programme == p.profile.ID
}

func (p *planLayer) funds() error {
	out := slices.DeleteFunc(slices.Clone(p.file.Funds), func(x models.Fund) bool { return p.ours(x.MeasureID) })
	for _, r := range rows(p.f, pathFunds) {
		x := models.Fund{ID: p.id(r)}
		if old := find(p.file.Funds, func(x *models.Fund) bool { return x.ID != "" && x.ID == p.id(r) }); old != nil {
			x = *old
		}
		if err := layRow(r, &x); err != nil {
			return err
		}
		x.MeasureID = p.work(r.of())
		out = append(out, x)
	}
	p.d.Funds = orEmpty(out)
	return nil
}

func (p *planLayer) outputs() error {
	out := slices.DeleteFunc(slices.Clone(p.file.Outputs), func(x models.Output) bool { return p.ours(x.MeasureID) })
	for _, r := range rows(p.f, pathOuts) {
		x := models.Output{ID: p.id(r)}
		if old := find(p.file.Outputs, func(x *models.Output) bool { return x.ID != "" && x.ID == p.id(r) }); old != nil {
			x = *old
		}
		if err := layRow(r, &x); err != nil {
			return err
		}
		x.MeasureID = p.work(r.of())
		out = append(out, x)
	}
	p.d.Outputs = orEmpty(out)
	return nil
}

// duties keeps what ended, and what belongs to other programmes.
func (p *planLayer) duties() error {
	out := slices.DeleteFunc(slices.Clone(p.file.Duties), func(t models.Duty) bool {
		return t.To == "" && (p.ours(t.Object) || t.Object == p.d.Household.ID)
	})
	for _, r := range rows(p.f, pathDuties) {
		t := models.Duty{ID: p.id(r)}
		if old := find(p.file.Duties, func(t *models.Duty) bool { return t.ID != "" && t.ID == p.id(r) }); old != nil {
			t = *old
		}
		if err := layRow(r, &t); err != nil {
			return err
		}
		t.Object, t.PersonID = "", cmp.Or(r.v("person"), t.PersonID)
		if of := r.of(); of != "" {
			t.Object = p.work(of)
		}
		out = append(out, t)
	}
	p.d.Duties = orEmpty(out)
	return nil
}

func (p *planLayer) helpers() error {
	out := slices.DeleteFunc(slices.Clone(p.file.Helpers), func(h models.Helper) bool { return h.To == "" })
	for _, r := range rows(p.f, pathHelpers) {
		h := models.Helper{ID: p.id(r)}
		if old := find(p.file.Helpers, func(h *models.Helper) bool { return h.ID != "" && h.ID == p.id(r) }); old != nil {
			h = *old
		}
		if err := layRow(r, &h); err != nil {
			return err
		}
		out = append(out, h)
	}
	p.d.Helpers = orEmpty(out)
	return nil
}

// exits sets the exit plan of the programme and the years of the areas.
func (p *planLayer) exits() error {
	p.d.Of(p.profile.ID)
	if err := lay(p.f, "exit", &p.d.Exit); err != nil {
		return err
	}
	village := p.d.Household.Village
	out := slices.Clone(p.file.AreaExits)
	for prefix, area := range map[string]string{"village_exit": village, "county_exit": village[:min(len(village), models.CountyDigits)]} {
		if p.f.Value(prefix+".plan_year") == "" || area == "" {
			continue
		}
		a := find(out, func(a *models.AreaExit) bool { return a.Area == area && a.Programme == p.profile.ID })
		if a == nil {
			out = append(out, models.AreaExit{Area: area, Programme: p.profile.ID})
			a = &out[len(out)-1]
		}
		if err := lay(p.f, prefix, a); err != nil {
			return err
		}
	}
	p.d.AreaExits = orEmpty(out)
	return nil
}

// layRow sets the fields of a row; what is a list of people is set by the caller.
func layRow(r row, rec any) error {
	return models.SetValues(rec, func(key string) (string, bool) {
		return r.v(key), key != "evidence" && key != "targets"
	})
}

// orEmpty makes a list that is there but empty: nil would mean that nothing was
// said of it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
