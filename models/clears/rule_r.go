package clears

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// levels on which every measure has somebody, low to high.
var levels = []models.Level{models.Village, models.Township, models.County}

// current reports whether a term runs today.
func (r *run) current(from, to models.Date) bool {
	return !before(r.today, from) && (to == "" || !before(to, r.today))
}

// duties are the running duties for a measure or the project it belongs to.
func (r *run) duties(w work) []int {
	var out []int
	for i := range r.d.Duties {
		t := &r.d.Duties[i]
		if (r.belongs(t.Object, w) || w.ProjectID != "" && t.Object == w.ProjectID) && r.current(t.From, t.To) {
			out = append(out, i)
		}
	}
	return out
}

// eachDuty goes over every duty that runs, of the household too.
func (r *run) eachDuty(do func(i int, t *models.Duty)) {
	for i := range r.d.Duties {
		if t := &r.d.Duties[i]; r.current(t.From, t.To) {
			do(i, t)
		}
	}
}

// missingLevels are the levels on which no duty of the measure is so, as words.
func (r *run) missingLevels(w work, on []models.Level, is func(*models.Duty) bool) string {
	var out []string
	duties := r.duties(w)
	for _, l := range on {
		if !slices.ContainsFunc(duties, func(i int) bool { t := &r.d.Duties[i]; return t.Level == l && is(t) }) {
			out = append(out, r.p.Label("duty_level", string(l)))
		}
	}
	return strings.Join(out, "、")
}

// r01: a level on which nobody answers for a measure.
func r01(r *run) {
	for _, w := range r.works {
		if l := r.missingLevels(w, levels, func(t *models.Duty) bool { return t.Name != "" }); l != "" {
			r.hit("measure", w.id(), []string{at("ms", w.n, "duty")}, "title", w.name(), "level", l)
		}
	}
}

// r02: no department in the township or the county answers for a measure.
func r02(r *run) {
	for _, w := range r.works {
		if l := r.missingLevels(w, levels[1:], func(t *models.Duty) bool { return t.Dept != "" }); l != "" {
			r.hit("measure", w.id(), []string{at("ms", w.n, "duty")}, "title", w.name(), "level", l)
		}
	}
}

// dept is the code of a department given by code or by a name it is known by.
func (r *run) dept(name string) string {
	items := r.p.Codes["dept"]
	for i := range items {
		it := &items[i]
		if it.Key == name || it.Label == name || slices.Contains(it.Also, name) {
			return it.Key
		}
	}
	return name
}

// r03: a department that does not lead such measures.
func r03(r *run) {
	for _, w := range r.works {
		lead := r.p.Lead(w.Cat1, w.Cat2)
		year := cmp.Or(w.Measure.Year.String(), itoa(r.today.Year()))
		for _, i := range r.duties(w) {
			t := &r.d.Duties[i]
			want := lead.County
			if t.Level == models.Township {
				want = lead.Township
			}
			if t.Dept == "" || t.Level == models.Village || len(want) == 0 || slices.Contains(want, t.Dept) || slices.Contains(want, r.dept(t.Dept)) {
				continue
			}
			y := models.Date(year).Year()
			r.hit("duty", cmp.Or(t.ID, itoa(i)), several("duty", i, "dept"), "cat", cmp.Or(w.c2.Label, w.c1.Label),
				"want", r.p.DeptName(want[0], y), "got", r.p.DeptName(r.dept(t.Dept), y))
		}
	}
}

// r04: nobody helps the household.
func r04(r *run) {
	if !slices.ContainsFunc(r.d.Helpers, func(h models.Helper) bool { return r.current(h.From, h.To) && h.Name != "" }) {
		r.hit("household", r.d.Household.ID, []string{"helper"}, "head", r.headName())
	}
}

// r05: somebody left and nobody took over; somebody has too many households.
func r05(r *run) {
	for i := range r.d.Duties {
		t := &r.d.Duties[i]
		left := before(t.To, r.today) && !r.followed(t)
		if left || r.ctx.Departed[t.PersonID] && r.current(t.From, t.To) {
			r.hit("duty", cmp.Or(t.ID, itoa(i)), several("duty", i, "duty_person"), "name", t.Name, "n", itoa(max(1, r.load(t.PersonID, t.Name))))
		}
	}
	someone := slices.ContainsFunc(r.d.Helpers, func(h models.Helper) bool { return r.current(h.From, h.To) })
	most := int(r.limit("helper_households"))
	for i := range r.d.Helpers {
		h := &r.d.Helpers[i]
		n := r.load(h.ID, h.Name)
		switch {
		case before(h.To, r.today) && !someone:
			r.hit("helper", cmp.Or(h.ID, itoa(i)), several("helper", i, "helper"), "name", h.Name, "n", itoa(max(1, n)))
		case n > most && r.current(h.From, h.To):
			r.hitAs("many", "helper", cmp.Or(h.ID, itoa(i)), several("helper", i, "helper"), "name", h.Name, "n", itoa(n))
		}
	}
	seen := map[string]bool{}
	r.eachDuty(func(i int, t *models.Duty) {
		if n := r.load(t.PersonID, t.Name); n > most && !seen[t.PersonID+t.Name] {
			seen[t.PersonID+t.Name] = true
			r.hitAs("many", "duty", cmp.Or(t.ID, itoa(i)), several("duty", i, "duty_person"), "name", t.Name, "n", itoa(n))
		}
	})
}

// load is how many households a person looks after.
func (r *run) load(id, name string) int {
	if n := r.ctx.Load[id]; n > 0 {
		return n
	}
	return r.ctx.Load[name]
}

// followed reports whether another duty on the same level runs for the object.
func (r *run) followed(old *models.Duty) bool {
	return slices.ContainsFunc(r.d.Duties, func(t models.Duty) bool {
		return t.Object == old.Object && t.Level == old.Level && r.current(t.From, t.To)
	})
}

// r06: an office instead of a person.
func r06(r *run) {
	offices := map[string]bool{} // few people stand in many duties
	r.eachDuty(func(i int, t *models.Duty) {
		is, known := offices[t.Name]
		if !known {
			is = r.office(t.Name)
			offices[t.Name] = is
		}
		if is || t.Name == "" && t.Unit != "" && !r.typing() {
			r.hit("duty", cmp.Or(t.ID, itoa(i)), several("duty", i, "duty_person"))
		}
	})
}

// office reports whether a name is that of an office or of everybody.
func (r *run) office(name string) bool {
	if name == "" {
		return false
	}
	for word := range strings.SplitSeq(r.p.Labels["unit_words"], " ") {
		if strings.Contains(name, word) {
			return true
		}
	}
	return r.p.Item("dept", r.dept(name)) != nil
}

// r07: goal, deadline, reward or penalty not said by any duty of a measure.
func r07(r *run) {
	for _, w := range r.works {
		duties := r.duties(w)
		if len(duties) == 0 {
			continue
		}
		var goal, deadline, reward, penalty bool
		for _, i := range duties {
			t := &r.d.Duties[i]
			goal, deadline = goal || t.Goal != "", deadline || t.Deadline != ""
			reward, penalty = reward || t.Reward != "", penalty || t.Penalty != ""
		}
		var lacks []string
		for i, ok := range []bool{goal, deadline, reward, penalty} {
			if !ok {
				lacks = append(lacks, []string{"goal", "deadline", "reward", "penalty"}[i])
			}
		}
		if lacks != nil {
			r.hit("measure", w.id(), several("duty", duties[0], lacks...))
		}
	}
}
