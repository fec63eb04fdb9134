package clears

import "github.com/huhuqing/huhuqing/models"

// m01: a cause without a measure of a suitable kind.
func m01(r *run) {
	for _, c := range r.causes {
		if !r.answered(c.Kind) {
			r.hit("cause", c.Kind, []string{"ms"}, "cause", r.p.Label("cause", c.Kind))
		}
	}
}

// housed reports whether a measure is about the house itself: repair or moving.
func housed(w work) bool {
	return w.role == "housing" || w.role == "relocation" && w.kind != "followup"
}

// m02: an unsafe house, or none, without a measure.
func m02(r *run) {
	if !r.houseGap() || r.any(housed) {
		return
	}
	c := &r.d.Condition
	if c.HouseArea.Known() && c.HouseArea.N() == 0 {
		r.hitAs("none", "household", r.d.Household.ID, []string{"ms"})
		return
	}
	r.hit("household", r.d.Household.ID, []string{"ms"}, "grade", c.HouseGrade)
}

// m03: both a house repaired and a move.
func m03(r *run) {
	var paths []string
	repair, move := false, false
	for _, w := range r.works {
		if housed(w) {
			repair, move = repair || w.role == "housing", move || w.role == "relocation"
			paths = append(paths, w.path("cat1", "status")...)
		}
	}
	if repair && move {
		r.hit("household", r.d.Household.ID, paths)
	}
}

func watering(w work) bool { return w.role == "water" || w.kind == "water" }

// m04: water not safe or hard to get, without a measure.
func m04(r *run) {
	c := &r.d.Condition
	if (c.WaterSafe == models.No || c.WaterHard == models.Yes) && !r.any(watering) {
		r.hit("household", r.d.Household.ID, []string{"ms"})
	}
}

// m05: a child out of school whom no measure brings back.
func m05(r *run) {
	for _, q := range r.people {
		back := func(w work) bool {
			return w.kind == "keep" || w.role == "education" && (w.Targets.Has(q.id()) || w.Targets.Has("m:"+itoa(q.n)))
		}
		if q.outOfSchool() && !r.any(back) {
			r.hit("member", q.id(), []string{"ms"}, "name", q.Name)
		}
	}
}

// m06: somebody ill without a health measure.
func m06(r *run) {
	if r.any(func(w work) bool { return w.role == "health" }) {
		return
	}
	for _, q := range r.people {
		if q.ill() {
			r.hit("member", q.id(), []string{"ms"}, "name", q.Name)
		}
	}
}

func develops(w work) bool { return w.flag("develop") }

// m07: labour, but no industry, job or public post.
func m07(r *run) {
	if r.halves > 0 && !r.any(develops) {
		r.hit("household", r.d.Household.ID, []string{"ms"})
	}
}

// floor reports whether a measure keeps a household that cannot work.
func floor(w work) bool { return w.Cat2 == "dibao" || w.kind == "tekun" || w.kind == "asset" }

// m08: no labour at all, and nothing that keeps the household.
func m08(r *run) {
	kept := r.somebody(func(q person) bool { return q.Dibao == models.Yes || q.Tekun == models.Yes })
	if r.laborKnown() && r.halves == 0 && !kept && !r.any(floor) {
		r.hit("household", r.d.Household.ID, []string{"ms"})
	}
}

// laborKnown reports whether everybody's labour is on record.
func (r *run) laborKnown() bool {
	return len(r.people) > 0 && !r.somebody(func(q person) bool { return q.Labor == "" })
}

// m09: labour, and only social support.
func m09(r *run) {
	if r.halves > 0 && len(r.works) > 0 && !r.any(func(w work) bool { return w.role != "security" }) {
		r.hit("household", r.d.Household.ID, []string{"ms"})
	}
}

// m10: the forecast falls short and nothing is planned that earns.
func m10(r *run) {
	f, ok := r.forecast()
	earns := r.any(func(w work) bool { return w.flag("income") || r.effect(w, f.Year) > 0 })
	if ok && f.Short() > 0 && !earns {
		r.hit("household", r.d.Household.ID, []string{"ms"}, "year", itoa(f.Year), "n", money(f.NetPC), "d", money(f.Short()))
	}
}
