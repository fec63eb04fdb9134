package clears

import "github.com/huhuqing/huhuqing/models"

// base is 家底清, domain.md §3 ①.
func (b *bulbs) base() {
	b.householdFilled()
	b.need(len(b.people) == 0, "1b", "m", "member")
	for _, q := range b.people {
		b.memberFilled(q)
		b.cared(q)
		b.schooled(q)
		b.employed(q)
	}
	b.conditionFilled()
	b.incomeFilled()
	b.visited()
	b.rules("1k", false, "P", "F01", "F02", "F03", "F04", "F13", "F14")
	if len(b.run.causes) > 0 {
		b.rules("1k", false, "F12")
	}
}

// must are the fields of a record that the programme needs and rec lacks.
func (b *bulbs) must(record string, rec any, lack func(f *models.Field)) {
	fs := models.Fields()
	for i := range fs {
		f := &fs[i]
		if f.Record == record && b.p.Need(f) == "must" && models.Value(rec, f.Key) == "" {
			lack(f)
		}
	}
}

// householdFilled is a.
func (b *bulbs) householdFilled() {
	h := &b.d.Household
	b.must("household", h, func(f *models.Field) {
		item := "1a"
		if f.Key == "visit_by" || f.Key == "visit_date" {
			item = "1j"
		}
		b.lack(item, f.Path(), f.Path())
	})
	b.need(h.Phone == "" && h.NoPhone != models.Yes, "1a", "household.phone", "household.phone")
	b.need(b.exited() && !h.ExitYear.Known(), "1a", "household.exit_year_actual", "household.exit_year_actual")
	relapsed := h.Status == "relapsed"
	b.need(relapsed && !h.RelapseYear.Known(), "1a", "household.relapse_year", "household.relapse_year")
	b.need(relapsed && h.RelapseCause == "", "1a", "household.relapse_cause", "household.relapse_cause")
}

// memberFilled is b. Somebody without papers lacks nothing but the number,
// which a reason lets pass.
func (b *bulbs) memberFilled(q person) {
	b.must("member", q.Member, func(f *models.Field) {
		b.add(Missing{Item: "1b", Path: at("m", q.n, f.Key), Member: q.n, Label: f.Path(), Soft: f.Key == "id_no" && q.IDType == "none"})
	})
	likely, _ := q.learning()
	b.field(q.Edu == "" && q.School == "", "1b", q, likely)
}

// field is need for a field of a member.
func (b *bulbs) field(is bool, item string, q person, key string) {
	b.need(is, item, at("m", q.n, key), "member."+key)
}

// cared is e: what the ill and the disabled have.
func (b *bulbs) cared(q person) {
	disabled := q.Health.Has("disabled")
	b.field(q.ill() && q.Disease == "", "1e", q, "disease")
	b.field(q.ill() && q.TreatAt == "", "1e", q, "treat_at")
	b.field((q.ill() || disabled) && q.Doctor == "", "1e", q, "family_doctor")
	b.field(disabled && q.DisabType == "", "1e", q, "disab_type")
	b.field(disabled && q.DisabLevel == "", "1e", q, "disab_level")
}

// schooled is f: everybody from 3 to 24 is at school or known not to be.
func (b *bulbs) schooled(q person) {
	if q.age >= 3 && q.age <= 24 {
		b.field(q.School == "" && q.Edu == "" && q.Dropout == "", "1f", q, "school_status")
	}
	b.field(q.student() && q.SchoolName == "", "1f", q, "school_name")
	b.field(q.outOfSchool() && q.Dropout == "", "1f", q, "dropout_reason")
}

// employed is g: what everybody who counts as labour does.
func (b *bulbs) employed(q person) {
	b.field(q.able() && q.Occupation == "" && q.WorkArea == "" && q.WorkMonths.N() == 0 && q.PublicJob == "", "1g", q, "occupation")
}

// living are the fields of a condition that h asks for.
var living = map[string]bool{"power_prod": true, "power_life": true, "tv": true, "water_source": true, "water_hard": true,
	"water_safe": true, "road_km": true, "road_type": true, "toilet": true, "fuel": true}

// conditionFilled is c, d and h.
func (b *bulbs) conditionFilled() {
	c := &b.d.Condition
	homeless := c.HouseArea.Known() && c.HouseArea.N() == 0
	b.must("condition", c, func(f *models.Field) {
		item := "1c"
		switch f.Key {
		case "house_struct", "house_grade":
			if homeless {
				return
			}
			item = "1d"
		case "house_area":
			item = "1d"
		}
		if living[f.Key] {
			item = "1h"
		}
		b.lack(item, f.Path(), f.Path())
	})
	unsafe := b.item("house_grade", c.HouseGrade).More["safe"] == "no"
	b.need(unsafe && c.HouseEvalOrg == "", "1d", "condition.house_eval_org", "condition.house_eval_org")
	b.need(unsafe && c.HouseEvalOn == "", "1d", "condition.house_eval_date", "condition.house_eval_date")
}

// incomeFilled is i.
func (b *bulbs) incomeFilled() {
	if b.d.Income.Year < b.p.IncomeYear(b.now) {
		b.lack("1i", "income", "income")
	} else {
		b.must("income", &b.d.Income, func(f *models.Field) { b.lack("1i", f.Path(), f.Path()) })
	}
	b.rules("1i", false, "I01", "I02")
}

// visited is j: somebody came within the year and the head confirmed.
func (b *bulbs) visited() {
	h := &b.d.Household
	f := models.FieldAt("household.sign_img")
	if f != nil && b.p.Need(f) != "may" && h.SignImage == "" {
		b.add(Missing{Item: "1j", Path: f.Path(), Member: -1, Label: f.Path(), Soft: true})
	}
	b.rules("1j", false, "W01")
}
