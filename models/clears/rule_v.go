package clears

import (
	"cmp"

	"github.com/huhuqing/huhuqing/models"
)

// entered is how many days the household is monitored, -1 when it is not known.
func (r *run) entered() int {
	if r.ctx.Case == nil || r.ctx.Case.Entered == "" {
		return -1
	}
	return days(r.ctx.Case.Entered.Begin(), r.now)
}

// v01: monitored for long, and nothing done.
func v01(r *run) {
	if n := r.entered(); n >= int(r.limit("measure_days")) && len(r.works) == 0 {
		r.hit("household", r.d.Household.ID, []string{"ms"}, "head", r.headName(), "n", itoa(n))
	}
}

// v02: taken off too soon.
func v02(r *run) {
	c := r.ctx.Case
	if c == nil || c.Resolved == "" || c.Entered == "" || c.Natural {
		return
	}
	in, out := c.Entered.Begin(), c.Resolved.Begin()
	next := (out.Year()-in.Year())*12 + int(out.Month()) - int(in.Month())
	if next <= 1 || months(in, out) < int(r.limit("clear_months")) && !c.IncomeSteady {
		r.hit("household", r.d.Household.ID, []string{"household.hh_status"})
	}
}

// v03: a risk that needs its own kind of help, without it.
func v03(r *run) {
	for _, c := range r.causes {
		it := r.item("cause", c.Kind)
		if it.More["strict"] == "yes" && !r.answered(c.Kind) {
			r.hit("cause", c.Kind, []string{"ms"}, "risk", it.Label)
		}
	}
}

// v04: unsteady work as risk, and nobody who could work or does.
func v04(r *run) {
	for _, c := range r.causes {
		if r.item("cause", c.Kind).More["work"] != "yes" || len(r.people) == 0 {
			continue
		}
		worked := r.somebody(func(q person) bool {
			return q.WorkMonths.N() > 0 || q.WorkArea != "" || q.Occupation == "migrant"
		})
		switch {
		case r.halves == 0 && r.laborKnown():
			r.hit("cause", c.Kind, several("cause", c.n, "cause"))
		case !worked && !r.typing():
			r.hitAs("idle", "cause", c.Kind, several("cause", c.n, "cause"))
		}
	}
}

// v05: labour, and half a year without work, industry or a loan.
func v05(r *run) {
	c := r.ctx.Case
	if c == nil || c.Entered == "" || r.halves == 0 || r.any(develops) {
		return
	}
	if c.Entered.Begin().AddDate(0, int(r.limit("develop_months")), 0).Before(r.now) {
		r.hit("household", r.d.Household.ID, []string{"ms"})
	}
}

// v06: decided too late, or posted too short.
func v06(r *run) {
	c := r.ctx.Case
	if c == nil {
		return
	}
	until := cmp.Or(string(c.Decided), string(r.today))
	if n := days(c.Found.Begin(), models.Date(until).Begin()); c.Found != "" && n > int(r.limit("decide_days")) {
		r.hit("household", r.d.Household.ID, nil, "n", itoa(n))
	}
	if least := int(r.limit("post_days")); c.PostedDays.Known() && c.PostedDays.N() < least {
		r.hitAs("posted", "household", r.d.Household.ID, nil, "n", c.PostedDays.String(), "min", itoa(least))
	}
}
