package clears

import (
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// exited reports whether the household counts as out of poverty.
func (r *run) exited() bool {
	return r.item("status", r.d.Household.Status).More["exited"] == "yes"
}

// t01: what has to be there before the household leaves comes too late.
func t01(r *run) {
	year := r.exit.Year.N()
	for _, w := range r.works {
		if year != 0 && w.flag("guarantee") && w.Due.Year() > year {
			r.hit("measure", w.id(), append(w.path("due_date"), "exit.plan_year"), "title", w.name(), "due", string(w.Due), "year", itoa(year))
		}
	}
}

// t02: planned outside the programme.
func t02(r *run) {
	if y := r.exit.Year.N(); y != 0 && !r.exited() && (y < r.p.FirstYear || y > r.p.LastYear) {
		r.hit("exit", r.d.Household.ID, []string{"exit.plan_year"}, "first", itoa(r.p.FirstYear), "last", itoa(r.p.LastYear))
	}
}

// areaExit is the year in which the area of that level leaves, 0 when not set.
func (r *run) areaExit(l models.Level) int {
	for i := range r.d.AreaExits {
		a := &r.d.AreaExits[i]
		if models.LevelOf(a.Area) == l && r.ours(a.Programme) && strings.HasPrefix(r.village(), a.Area) {
			return a.Year.N()
		}
	}
	return 0
}

// village is the household's village code.
func (r *run) village() string {
	if v := r.d.Household.Village; v != "" || len(r.d.Household.ID) < models.VillageDigits {
		return v
	}
	return r.d.Household.ID[:models.VillageDigits]
}

// t03: the village leaves after its county.
func t03(r *run) {
	v, c := r.areaExit(models.Village), r.areaExit(models.County)
	if v > 0 && c > 0 && v > c {
		r.hit("exit", r.d.Household.ID, []string{"exit.village"})
	}
}

// t04: an area leaves although too many are still poor, or, for a county, too
// few of its villages have left.
func t04(r *run) {
	percent := func(f float64) string { return num(f * 100) }
	for _, a := range r.ctx.Leaving {
		switch {
		case a.Level == models.County && a.VillageShare < r.limit("exit_village_share"):
			r.hitAs("villages", "exit", a.Area, []string{"exit.county"}, "area", a.Area, "year", itoa(a.Year), "p", percent(a.VillageShare))
		case a.PoorRate >= r.limit("exit_rate"):
			r.hit("exit", a.Area, []string{"exit.village"}, "area", a.Area, "year", itoa(a.Year), "p", percent(a.PoorRate))
		}
	}
}

// t05: the household after its village.
func t05(r *run) {
	v, y := r.areaExit(models.Village), r.exit.Year.N()
	if v > 0 && y > v {
		r.hit("exit", r.d.Household.ID, []string{"exit.plan_year"}, "village_year", itoa(v), "year", itoa(y))
	}
}

// t06: ends before it begins, or done without proof.
func t06(r *run) {
	for _, w := range r.works {
		if before(w.Due, w.Start) || before(w.Finished, w.Start) {
			r.hit("measure", w.id(), w.path("start_date", "due_date", "actual_finish"), "title", w.name())
		}
		if w.done && !w.Proof.Known() && !r.typing() {
			r.hitAs("proof", "measure", w.id(), w.path("proof"), "title", w.name())
		}
	}
}

// t07: a whole year's households in its last quarter.
func t07(r *run) {
	q := r.ctx.ExitQuarters[r.exit.Year.N()]
	if q[0]+q[1]+q[2] == 0 && q[3] > 1 && r.exit.Quarter.N() == 4 {
		r.hit("exit", r.d.Household.ID, []string{"exit.plan_quarter"})
	}
}

// t08: past its date, not done and not put off.
func t08(r *run) {
	for _, w := range r.works {
		if w.Due == "" || w.done {
			continue
		}
		if n := days(w.Due.End(), r.now); n > 0 {
			span, _ := r.p.Span(w.Due, r.today)
			r.hit("measure", w.id(), w.path("status", "due_date"), "title", w.name(), "span", span)
		}
	}
}

// t09: planted after its season.
func t09(r *run) {
	for _, w := range r.works {
		m := month(w.Start)
		if w.kind != "planting" || m == 0 {
			continue
		}
		if s := r.season(w); s != nil && m > s.Last && (s.Next == 0 || m < s.Next) {
			r.hit("measure", w.id(), w.path("start_date"), "month", itoa(m))
		}
	}
}

// season is the planting time of what a measure plants, nil when not known.
func (r *run) season(w work) *models.Season {
	for i := range r.p.Seasons {
		for _, word := range r.p.Seasons[i].Words {
			if strings.Contains(w.text(), word) {
				return &r.p.Seasons[i]
			}
		}
	}
	return nil
}

// t10: counted as out of poverty, and something is still lacking.
func t10(r *run) {
	if !r.exited() {
		return
	}
	var lacks, paths []string
	firm := false
	for _, g := range r.guarantees() {
		if g.State != Gap {
			continue
		}
		lacks = append(lacks, r.p.Labels["gap_"+strings.TrimPrefix(g.Key, "g_")])
		paths = append(paths, g.Paths...)
		if g.Key == "g_income" {
			_, ok, _ := r.line(r.incomeYear())
			firm = firm || ok
		} else {
			firm = true
		}
	}
	if lacks == nil {
		return
	}
	variant := ""
	if !firm {
		variant = "soft"
	}
	r.hitAs(variant, "household", r.d.Household.ID, append([]string{"household.hh_status"}, paths...),
		"head", r.headName(), "gaps", strings.Join(lacks, "、"))
}
