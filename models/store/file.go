package store

import (
	"slices"

	"github.com/huhuqing/huhuqing/models"
)

// file is a dossier with the conditions and incomes of all years that matter, as
// it is stored or as it shall be.
type file struct {
	models.Dossier
	conditions []models.Condition
	incomes    []models.Income
}

// newFile copies what somebody wants saved; the caller's d stays as it is until
// all is written, for a deadlock makes the whole thing run again.
func newFile(d *models.Dossier) *file {
	f := &file{Dossier: *d}
	f.Members = slices.Clone(d.Members)
	f.Exits = nil
	if d.Exit.Programme != "" {
		f.Exits = []models.Exit{d.Exit}
	}
	f.copyPlans()
	if d.Condition.Year != 0 {
		f.conditions = []models.Condition{d.Condition}
	}
	if d.Income.Year != 0 {
		f.incomes = []models.Income{d.Income}
	}
	f.Condition, f.Income = d.Condition, d.Income
	return f
}

// copyPlans makes the lists of plans its own.
func (f *file) copyPlans() {
	f.Causes, f.Measures, f.Funds, f.Outputs = slices.Clone(f.Causes), slices.Clone(f.Measures), slices.Clone(f.Funds), slices.Clone(f.Outputs)
	f.Duties, f.Helpers, f.Exits = slices.Clone(f.Duties), slices.Clone(f.Helpers), slices.Clone(f.Exits)
	f.AreaExits, f.Waivers = slices.Clone(f.AreaExits), slices.Clone(f.Waivers)
}

// keep takes over what a save never changes: what the store counts, and members
// it does not mention. Members the store does not know become new ones.
func (f *file) keep(old *file) {
	h, was := &f.Household, old.Household
	h.Village, h.Version, h.MembersEver, h.RowsEver, h.CreatedAt = was.Village, was.Version, was.MembersEver, was.RowsEver, was.CreatedAt
	seq := 0
	for _, m := range old.Members {
		seq = max(seq, m.Seq)
	}
	for i := range f.Members {
		m := &f.Members[i]
		if o := old.member(m.ID); o != nil {
			m.Seq, m.IDHash = o.Seq, o.IDHash
			continue
		}
		seq++
		m.ID, m.Seq, m.IDHash = "", seq, nil
	}
	for _, o := range old.Members {
		if f.member(o.ID) == nil {
			f.Members = append(f.Members, o)
		}
	}
}

// member finds a stored member, nil when there is none. A nil file has none.
func (f *file) member(id string) *models.Member {
	if f == nil || id == "" {
		return nil
	}
	for i := range f.Members {
		if f.Members[i].ID == id {
			return &f.Members[i]
		}
	}
	return nil
}

func (f *file) condition(year int) *models.Condition {
	if f == nil {
		return nil
	}
	for i := range f.conditions {
		if f.conditions[i].Year == year {
			return &f.conditions[i]
		}
	}
	return nil
}

func (f *file) income(year int) *models.Income {
	if f == nil {
		return nil
	}
	for i := range f.incomes {
		if f.incomes[i].Year == year {
			return &f.incomes[i]
		}
	}
	return nil
}

// record finds the record a change is about, nil when it is not there.
func (f *file) record(c models.Change) any {
	switch c.Record {
	case recHousehold:
		return &f.Household
	case recMember:
		if m := f.member(c.RecordID); m != nil {
			return m
		}
	case recCondition:
		if r := f.condition(numberOf(c.RecordID)); r != nil {
			return r
		}
	case recIncome:
		if r := f.income(numberOf(c.RecordID)); r != nil {
			return r
		}
	}
	return nil
}

// count fills what look-ups need of a household without reading its members.
func (f *file) count() {
	h := &f.Household
	h.MemberCount = len(f.Present())
	h.LaborHalves = models.LaborHalves(f.Members)
	h.GroupKey = models.GroupKey(h.Group)
	h.HeadName = ""
	if head := f.head(); head != nil {
		h.HeadName = head.Name
	}
}

// head is who a household is called after: the 户主, the first of several, or
// the first member while there is none.
func (f *file) head() *models.Member {
	var first *models.Member
	for i := range f.Members {
		m := &f.Members[i]
		if !m.Present() {
			continue
		}
		if m.Relation == "head" {
			return m
		}
		if first == nil {
			first = m
		}
	}
	return first
}
