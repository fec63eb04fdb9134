package clears

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
)

// p01: the number has a length no certificate has.
func p01(r *run) {
	for _, q := range r.people {
		if n := utf8.RuneCountInString(q.IDNo.Reveal()); n > 0 && !cardLength(n) {
			r.hit("member", q.id(), q.path("id_no"), "name", q.Name, "n", itoa(n))
		}
	}
}

// p02: the last digit does not fit the others.
func p02(r *run) {
	for _, q := range r.people {
		if s := body(q.IDNo); s != "" && !checkDigit(s) {
			r.hit("member", q.id(), q.path("id_no"), "name", q.Name)
		}
	}
}

// p03: the birth date in the number cannot be.
func p03(r *run) {
	for _, q := range r.people {
		s := body(q.IDNo)
		if s == "" {
			continue
		}
		b, ok := cardBirth(s)
		if !ok || b > r.today || b.AgeOn(r.today) > int(r.limit("age_max")) {
			r.hit("member", q.id(), q.path("id_no"), "name", q.Name)
		}
	}
}

// p04: sex or birth differ from the number.
func p04(r *run) {
	for _, q := range r.people {
		s := body(q.IDNo)
		if s == "" || !checkDigit(s) {
			continue
		}
		var wrong []string
		if q.Sex != "" && q.Sex != cardSex(s) {
			wrong = append(wrong, "sex")
		}
		if b, ok := cardBirth(s); ok && q.Birth != "" && !strings.HasPrefix(string(b), string(q.Birth)) {
			wrong = append(wrong, "birth")
		}
		if wrong != nil {
			r.hit("member", q.id(), q.path(append(wrong, "id_no")...), "name", q.Name)
		}
	}
}

// p05: the number is registered twice, here or elsewhere.
func p05(r *run) {
	for i, q := range r.people {
		s := body(q.IDNo)
		if s == "" {
			continue
		}
		where := r.ctx.DupIDs[s]
		for _, o := range r.people[:i] {
			if body(o.IDNo) == s {
				where = r.headName()
			}
		}
		if where != "" {
			r.hit("member", q.id(), q.path("id_no"), "name", q.Name, "where", where)
		}
	}
}

// p06: not exactly one head.
func p06(r *run) {
	var paths []string
	n := 0
	for _, q := range r.people {
		if q.Relation == "head" {
			n++
			paths = append(paths, q.path("relation")...)
		}
	}
	if n > 1 || n == 0 && !r.typing() {
		r.hit("household", r.d.Household.ID, paths, "n", itoa(n))
	}
}

// p07: more than one spouse, or one of the head's sex.
func p07(r *run) {
	head := r.d.Head()
	var paths []string
	n, same := 0, false
	for _, q := range r.people {
		if q.Relation == "spouse" {
			n++
			paths = append(paths, q.path("relation", "sex")...)
			same = same || head != nil && head.Sex != "" && head.Sex == q.Sex
		}
	}
	if n > 1 || same {
		r.hit("household", r.d.Household.ID, paths, "head", r.headName())
	}
}

// p08: the relation belongs to the other sex.
func p08(r *run) {
	for _, q := range r.people {
		it := r.item("relation", q.Relation)
		if it.Sex != "" && q.Sex != "" && q.Sex != it.Sex {
			r.hit("member", q.id(), q.path("relation", "sex"), "name", q.Name, "relation", it.Label, "sex", r.p.Label("sex", q.Sex))
		}
	}
}

// kin says how many generations a relation lies from the head: up is positive.
// In-laws are not judged: nothing binds their age to the head's.
var kin = map[string]int{"son": -1, "daughter": -1, "father": 1, "mother": 1,
	"grandson": -2, "granddaughter": -2, "grandson_f": -2, "granddaughter_f": -2,
	"grandfather": 2, "grandmother": 2, "grandfather_m": 2, "grandmother_m": 2}

// p09: parents and children, or grandparents, too close in age; a spouse too young.
func p09(r *run) {
	head := slices.IndexFunc(r.people, func(q person) bool { return q.Relation == "head" })
	for _, q := range r.people {
		if q.Relation == "spouse" && q.age >= 0 && q.age < int(r.limit("spouse_age")) {
			r.hitAs("spouse", "member", q.id(), q.path("relation", "birth"), "name", q.Name, "n", itoa(q.age))
		}
		g := kin[q.Relation]
		if g == 0 || head < 0 {
			continue
		}
		elder, younger := q, r.people[head]
		if g < 0 {
			elder, younger, g = younger, elder, -g
		}
		eb, yb := birthOf(elder.Member), birthOf(younger.Member)
		if eb == "" || yb == "" {
			continue
		}
		gap := eb.AgeOn(yb)
		if gap < 0 { // the elder is the younger
			gap = -yb.AgeOn(eb)
		}
		least := r.limit("parent_gap")
		if g == 2 {
			least = r.limit("grandparent_gap")
		}
		if gap < int(least) {
			r.hit("member", q.id(), append(q.path("relation", "birth"), r.people[head].path("birth")...),
				"a", elder.Name, "b", younger.Name, "n", itoa(max(gap, -gap)))
		}
	}
}

// p10: both or neither of school and education.
func p10(r *run) {
	for _, q := range r.people {
		both, neither := q.Edu != "" && q.School != "", q.Edu == "" && q.School == ""
		if both || neither && !r.typing() {
			r.hit("member", q.id(), q.path(q.learning()), "name", q.Name)
		}
	}
}

// learning are the fields of school and education, the likelier one first.
func (q person) learning() (likely, other string) {
	if q.age >= 0 && q.age <= 24 {
		return "school_status", "edu_level"
	}
	return "edu_level", "school_status"
}

// p11: the school does not go with the age.
func p11(r *run) {
	for _, q := range r.people {
		if q.age < 0 || q.School == "" && (q.Edu == "" || q.age > 14) {
			continue
		}
		label, higher := r.p.Label("edu", q.Edu), q.Edu == "senior" || q.Edu == "college" || q.Edu == "bachelor"
		if q.school != nil {
			label = q.school.Label
			st := q.stage()
			higher = st != "preschool" && st != "primary" && st != "junior"
		}
		vars := []string{"name", q.Name, "n", itoa(q.age), "grade", label}
		low := q.stage() == "primary" || q.stage() == "preschool"
		switch {
		case q.age >= 20 && low:
			r.hitAs("old", "member", q.id(), q.path("school_status", "birth"), vars...)
		case q.age <= 14 && higher, q.age >= 16 && low, q.student() && q.age > int(r.limit("student_age_old")):
			r.hit("member", q.id(), q.path("school_status", "edu_level", "birth"), vars...)
		}
	}
}

// outOfSchool reports whether a child who has to be at school is known not to be.
func (q person) outOfSchool() bool {
	known := q.Edu != "" || q.School != "" || q.Dropout != ""
	return known && !q.student() && q.due
}

// p12: a healthy child of school age is not at school and nobody says why.
func p12(r *run) {
	for _, q := range r.people {
		if q.outOfSchool() && q.Dropout == "" && q.Health.Has("healthy") {
			r.hit("member", q.id(), q.path("school_status", "dropout_reason"), "name", q.Name, "n", itoa(q.age))
		}
	}
}

// p13: not at school for illness or disability, but healthy.
func p13(r *run) {
	for _, q := range r.people {
		if (q.Dropout == "illness" || q.Dropout == "disability") && q.Health.Has("healthy") {
			r.hit("member", q.id(), q.path("dropout_reason", "health"), "name", q.Name, "reason", r.p.Label("dropout", q.Dropout))
		}
	}
}

// p14: of working age and healthy, but no labour.
func p14(r *run) {
	for _, q := range r.people {
		if r.workingAge(q) && q.Health.Has("healthy") && !q.student() && q.unable() {
			r.hit("member", q.id(), q.path("labor", "health"), "name", q.Name)
		}
	}
}

func (r *run) workingAge(q person) bool {
	return q.age >= int(r.limit("work_age_from")) && q.age <= int(r.limit("work_age_to"))
}

// p15: a child or student counted as labour.
func p15(r *run) {
	for _, q := range r.people {
		child := q.age >= 0 && q.age < int(r.limit("work_age_from"))
		if (child || q.student()) && q.able() {
			r.hit("member", q.id(), q.path("labor", "school_status", "birth"), "name", q.Name)
		}
	}
}

// p16: no labour, but works away.
func p16(r *run) {
	for _, q := range r.people {
		if q.unable() && (q.WorkMonths.N() > 0 || q.WorkArea != "") {
			r.hit("member", q.id(), q.path("labor", "work_months", "work_area"), "name", q.Name, "n", itoa(q.WorkMonths.N()))
		}
	}
}

// p17: months out of range, or only one of place and months.
func p17(r *run) {
	for _, q := range r.people {
		n := q.WorkMonths.N()
		place := q.WorkArea != "" || q.WorkAddr != ""
		if n < 0 || n > 12 || place != (n > 0) && !(r.typing() && (!place || !q.WorkMonths.Known())) {
			r.hit("member", q.id(), q.path("work_area", "work_months"), "name", q.Name)
		}
	}
}

// p18: healthy and not; disabled without a certificate, or the other way round.
func p18(r *run) {
	for _, q := range r.people {
		disabled := q.Health.Has("disabled")
		switch {
		case q.Health.Has("healthy") && (len(q.Health) > 1 || q.certified()), q.Health.Known() && !disabled && q.certified():
			r.hit("member", q.id(), q.path("health"), "name", q.Name)
		case disabled && !q.certified() && !r.typing():
			r.hitAs("card", "member", q.id(), q.path("id_no", "disab_level", "health"), "name", q.Name)
		}
	}
}

// p19: a pupil who works away for months.
func p19(r *run) {
	for _, q := range r.people {
		switch q.stage() {
		case "primary", "junior", "senior", "vocational":
			if n := q.WorkMonths.N(); n > int(r.limit("student_work_months")) {
				r.hit("member", q.id(), q.path("school_status", "work_months"), "name", q.Name, "grade", q.school.Label, "n", itoa(n))
			}
		}
	}
}

// p20: too young or too old for a public post.
func p20(r *run) {
	for _, q := range r.people {
		if q.PublicJob == "" || q.age < 0 {
			continue
		}
		vars := []string{"name", q.Name, "n", itoa(q.age)}
		if q.age < int(r.limit("work_age_from")) {
			r.hitAs("child", "member", q.id(), q.path("public_job", "birth"), vars...)
		} else if q.age >= int(r.limit("post_age_to")) {
			r.hit("member", q.id(), q.path("public_job", "birth"), vars...)
		}
	}
}

// p21: both kinds of support at once.
func p21(r *run) {
	for _, q := range r.people {
		if q.Dibao == models.Yes && q.Tekun == models.Yes {
			r.hit("member", q.id(), q.path("on_dibao", "on_tekun"), "name", q.Name)
		}
	}
	if r.d.Income.Dibao.N() > 0 && r.d.Income.Tekun.N() > 0 {
		r.hit("income", itoa(r.d.Income.Year), []string{"income.dibao_pay", "income.tekun_pay"})
	}
}

// p22: the kind of household does not go with the support on record.
func p22(r *run) {
	it := r.item("attr", r.d.Household.Attr)
	dibao := r.somebody(func(q person) bool { return q.Dibao == models.Yes })
	wrong := false
	switch it.More["class"] {
	case "dibao":
		wrong = !dibao && len(r.people) > 0
	case "general":
		wrong = dibao || r.d.Income.Dibao.N() > 0
	case "tekun":
		wrong = r.somebody(func(q person) bool { return r.workingAge(q) && q.able() })
	}
	if wrong {
		r.hit("household", r.d.Household.ID, []string{"household.hh_attr"}, "attr", it.Label)
	}
}

// p23: very many people, or none.
func p23(r *run) {
	if n := len(r.people); n == 0 || n >= int(r.limit("person_max")) {
		r.hit("household", r.d.Household.ID, []string{"m"}, "head", r.headName(), "n", itoa(n))
	}
}

// p24: somebody has no basic medical insurance.
func p24(r *run) {
	for _, q := range r.people {
		if q.MedIns == "none" || q.MedIns == "" && !r.typing() {
			r.hit("member", q.id(), q.path("med_ins"), "name", q.Name)
		}
	}
}

// p25: the same school year for years; stages that last longer are left out.
func p25(r *run) {
	years := int(r.limit("school_years_same"))
	for _, q := range r.people {
		before := r.ctx.SchoolBefore[q.ID]
		if q.School == "" || len(before) < years-1 || q.stage() == "preschool" || q.stage() == "graduate" || q.school.More["years"] != "" {
			continue
		}
		if !slices.ContainsFunc(before[:years-1], func(s string) bool { return s != q.School }) {
			r.hit("member", q.id(), q.path("school_status"), "name", q.Name, "grade", q.school.Label)
		}
	}
}

// p26: a helper who is registered poor.
func p26(r *run) {
	for i := range r.d.Helpers {
		h := &r.d.Helpers[i]
		if r.ctx.PoorHelpers[h.ID] && r.current(h.From, h.To) {
			r.hit("helper", cmp.Or(h.ID, itoa(i)), several("helper", i, "helper"), "name", h.Name)
		}
	}
}
