package clears

import "github.com/huhuqing/huhuqing/models"

// State is how a household stands with one guarantee; the codes are those of
// the list "guarantee_state".
type State string

// The states of a guarantee. The last word is always a person's.
const (
	Met  State = "met"
	Gap  State = "gap"
	Open State = "check" // not known enough to tell
)

// Guarantee is one of 两不愁三保障 and income (domain.md §2.3).
type Guarantee struct {
	Key   string // of the list "gap"
	State State
	Paths []string // the facts it rests on: what to look at, or what is not known
}

// Guarantees judges schooling, medical care, house, water and income. Food and
// clothing are asked, not judged (domain.md §2.3), and have no field.
func (j Judge) Guarantees(d *models.Dossier) []Guarantee { return j.run(d).guarantees() }

func (r *run) guarantees() []Guarantee {
	return []Guarantee{r.schooling(), r.medical(), r.housing(), r.drinking(), r.earning()}
}

func (r *run) schooling() Guarantee {
	g := Guarantee{Key: "g_school", State: Met}
	for _, q := range r.people {
		switch {
		case q.outOfSchool() && q.Dropout != "disability":
			g.put(Gap, q.path("school_status")...)
		case q.due && q.Edu == "" && q.School == "" && q.Dropout == "", birthOf(q.Member) == "":
			g.put(Open, q.path("school_status")...)
		}
	}
	return g
}

func (r *run) medical() Guarantee {
	g := Guarantee{Key: "g_health", State: Met}
	for _, q := range r.people {
		switch {
		case q.MedIns == "none" || q.CritIns == models.No:
			g.put(Gap, q.path("med_ins", "crit_ins")...)
		case q.MedIns == "" || q.CritIns == "":
			g.put(Open, q.path("med_ins", "crit_ins")...)
		case q.ill() && q.TreatAt == "" && q.Doctor == "":
			g.put(Open, q.path("treat_at", "family_doctor")...)
		}
	}
	return g
}

// houseGap reports whether there is no safe house.
func (r *run) houseGap() bool {
	c := &r.d.Condition
	return c.HouseArea.Known() && c.HouseArea.N() == 0 || r.item("house_grade", c.HouseGrade).More["safe"] == "no"
}

func (r *run) housing() Guarantee {
	g := Guarantee{Key: "g_house", State: Met, Paths: []string{"condition.house_grade"}}
	if r.houseGap() {
		g.State = Gap
	} else if r.item("house_grade", r.d.Condition.HouseGrade).More["safe"] != "yes" {
		g.State = Open
	}
	return g
}

func (r *run) drinking() Guarantee {
	c := &r.d.Condition
	g := Guarantee{Key: "g_water", State: Met, Paths: []string{"condition.water_safe", "condition.water_hard"}}
	switch {
	case c.WaterSafe == models.No || c.WaterHard == models.Yes:
		g.State = Gap
	case c.WaterSafe == "" || c.WaterHard == "":
		g.State = Open
	}
	return g
}

func (r *run) earning() Guarantee {
	g := Guarantee{Key: "g_income", State: Open, Paths: []string{"income"}}
	line, _, ok := r.line(r.incomeYear())
	pc := r.d.Income.NetPC(len(r.people))
	switch {
	case !ok || !pc.Known():
	case pc.Float() < line:
		g.State = Gap
	default:
		g.State = Met
	}
	return g
}

// incomeYear is the year the income is held against.
func (r *run) incomeYear() int {
	if r.d.Income.Year != 0 {
		return r.d.Income.Year
	}
	return r.today.Year()
}

// put keeps the worse of two states: a gap over an open question over met.
func (g *Guarantee) put(s State, paths ...string) {
	if g.State != Gap {
		g.State = s
	}
	g.Paths = append(g.Paths, paths...)
}
