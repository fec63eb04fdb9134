package flows

import (
	"sync"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// when are the conditions that base.yaml may name for a card; a test proves
// that every name it uses is here.
var when = map[string]func(f *dialog.Form) bool{
	"no_phone_known": func(f *dialog.Form) bool {
		return f.Value("household.no_phone") != string(models.Yes)
	},
	"roster": func(f *dialog.Form) bool { return f.Value(pathRoster) != "" },
	"housed": func(f *dialog.Form) bool { return !homeless(f) },
	"grade_cd": func(f *dialog.Form) bool {
		g := f.Value("condition.house_grade")
		return !homeless(f) && (g == "C" || g == "D")
	},
	"may_move": func(f *dialog.Form) bool {
		g := f.Value("condition.house_grade")
		return g == "C" || g == "D" || homeless(f)
	},
	"moves":    func(f *dialog.Form) bool { return f.Value("condition.reloc_will") == string(models.Yes) },
	"relapsed": func(f *dialog.Form) bool { return f.Value("household.hh_status") == "relapsed" },
	"exited": func(f *dialog.Form) bool {
		s := f.Value("household.hh_status")
		return s == "exited" || s == "stable"
	},
	"attr_open":  func(f *dialog.Form) bool { return f.Force || !f.Settled("household.hh_attr") },
	"house_open": func(f *dialog.Form) bool { return !homeless(f) },
	"water_open": func(f *dialog.Form) bool {
		return f.Force || !f.Settled("condition.water_hard") || !f.Settled("condition.water_safe")
	},
	"business": business,
	"carry":    func(f *dialog.Form) bool { return len(carried(f)) > 0 },
}

// homeless reports whether the household has no house: an area of 0 was said.
func homeless(f *dialog.Form) bool { return f.Value("condition.house_area") == "0" }

// bizPaths are the parts of 生产经营性收入.
var bizPaths = []string{"income.crop", "income.tobacco", "income.stock_sale", "income.fruit_sale", "income.other_biz"}

// business reports whether there is income that cannot be had without cost.
func business(f *dialog.Form) bool {
	for _, p := range bizPaths {
		if v := f.Value(p); v != "" && v != "0" {
			return true
		}
	}
	return false
}

// who are the conditions on a member that base.yaml may name.
var who = map[string]func(s slot) bool{
	"present":     func(slot) bool { return true },
	"no_relation": func(slot) bool { return true },
	"ill":         slot.ill,
	"disabled":    func(s slot) bool { return s.suffers("disabled") },
	"student":     slot.student,
	"out_of_class": func(s slot) bool {
		a := s.age()
		return a >= 6 && a <= 15 && s.v("school_status") == "" && s.v("edu_level") != ""
	},
	"adult":    func(s slot) bool { return s.age() >= 16 && !s.student() },
	"works":    func(s slot) bool { return s.works() && !s.student() },
	"away":     func(s slot) bool { return s.v("work_area") != "" || positive(s.v("work_months")) },
	"learns":   func(s slot) bool { return s.v("school_status") == "" },
	"departed": func(s slot) bool { return !s.present() },
}

func positive(v string) bool { return v != "" && v != "0" }

// carried are the condition fields known from an earlier year that are still
// open in this one.
func carried(f *dialog.Form) []string {
	if f.Marks[markCarry] == "no" {
		return nil // the person did not want to: each question is asked
	}
	if len(f.Base) == 0 {
		return nil // nothing on file
	}
	var out []string
	for _, p := range conditionPaths() {
		if f.Base[p] != "" && !f.Settled(p) {
			out = append(out, p)
		}
	}
	return out
}

// conditionPaths are the fields of the condition, in the dictionary's order.
var conditionPaths = sync.OnceValue(func() []string {
	var out []string
	for _, fd := range models.Fields() {
		if fd.Record == "condition" {
			out = append(out, fd.Path())
		}
	}
	return out
})
