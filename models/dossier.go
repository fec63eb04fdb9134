package models

// Dossier is everything on file about one household: what the rules judge, the
// card shows and a conversation is prefilled from.
type Dossier struct {
	Household Household
	Members   []Member // in order of Seq, the departed included
	Condition Condition
	Income    Income
	LastYear  Income // of the period before, for comparison; zero when there is none
	Causes    []Cause
	Measures  []Measure
	Funds     []Fund
	Outputs   []Output
	Duties    []Duty
	Helpers   []Helper
	Exit      Exit       // of the programme at work; Of chooses
	Exits     []Exit     // of every programme the household stands in, read only
	AreaExits []AreaExit // of its village and county
	Waivers   []Waiver   // warnings somebody gave a reason for
}

// Of makes the exit plan of a programme the one at work, an empty one when there
// is none.
func (d *Dossier) Of(programme string) {
	if d.Exit.Programme == programme {
		return
	}
	d.Exit = Exit{Programme: programme}
	for _, e := range d.Exits {
		if e.Programme == programme {
			d.Exit = e
		}
	}
}

// Accepted are the reasons given for warnings, by key of the finding.
func (d *Dossier) Accepted() map[string]string {
	out := make(map[string]string, len(d.Waivers))
	for _, w := range d.Waivers {
		out[w.Key] = w.Reason
	}
	return out
}

// Present are the members 在册, in order.
func (d *Dossier) Present() []Member {
	out := make([]Member, 0, len(d.Members))
	for i := range d.Members {
		if d.Members[i].Present() {
			out = append(out, d.Members[i])
		}
	}
	return out
}

// Size is how many members are 在册.
func (d *Dossier) Size() int {
	n := 0
	for i := range d.Members {
		if d.Members[i].Present() {
			n++
		}
	}
	return n
}

// Head is the one member who is 户主, nil when there is none or more than one.
func (d *Dossier) Head() *Member {
	var head *Member
	for i := range d.Members {
		if d.Members[i].Present() && d.Members[i].Relation == "head" {
			if head != nil {
				return nil
			}
			head = &d.Members[i]
		}
	}
	return head
}

// LaborHalves counts labour in halves: 普通 and 技能 are 2, 弱/半 is 1 (domain.md §1.1).
func LaborHalves(ms []Member) int {
	n := 0
	for i := range ms {
		m := &ms[i]
		if !m.Present() {
			continue
		}
		switch m.Labor {
		case "normal", "skilled":
			n += 2
		case "weak":
			n++
		}
	}
	return n
}
