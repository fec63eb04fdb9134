package flows

import (
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// derive adds what follows from values just taken, within the same step.
func (k *kit) derive(f *dialog.Form, step *dialog.Step, took []dialog.Assign) {
	for _, a := range took {
		ref, key, ok := refOf(a.Path)
		if !ok {
			k.deriveHouse(f, step, a)
			continue
		}
		put := func(key, value string) {
			if value != "" && f.Value(ref+"."+key) == "" {
				f.Put(step, ref+"."+key, value)
			}
		}
		switch key {
		case "id_no":
			k.deriveID(f, step, ref, a.Value, models.Date(f.Marks[markToday]))
		case "relation":
			if it := k.profile.Item("relation", a.Value); it != nil {
				put("sex", it.Sex)
			}
			for _, o := range present(f) {
				if a.Value == "head" && o.ref != ref && o.v("relation") == "head" {
					f.Put(step, o.ref+".relation", "") // 户主换成…: what the old head is now is asked
				}
			}
		case "work_area", "work_months", "work_addr":
			if positive(a.Value) {
				f.Put(step, ref+".occupation", "migrant")
			}
		case "occupation":
			if a.Value != "migrant" {
				f.Put(step, ref+".work_area", "")
				f.Put(step, ref+".work_months", "")
			}
		case "school_status":
			f.Put(step, ref+".edu_level", "")
			if s := (slot{f, ref}); s.student() {
				f.Put(step, ref+".labor", "none")
			}
		case "edu_level":
			f.Put(step, ref+".school_status", "")
		case "birth":
			k.deriveAge(f, step, ref)
		}
	}
	if planned(f) {
		k.derivePlan(f, step, took)
	}
}

// deriveID takes sex and birth from an 18-digit number (domain.md §1.2): the
// number is the document, so it wins over what was said before.
func (k *kit) deriveID(f *dialog.Form, step *dialog.Step, ref, number string, today models.Date) {
	at, err := time.ParseInLocation(time.DateOnly, string(today), models.Zone)
	if err != nil {
		return
	}
	for _, id := range zh.IDNumbers(number, at) {
		if id.Problem != zh.IDFine {
			continue
		}
		k.differs(f, ref, id)
		f.Put(step, ref+".sex", id.Sex)
		f.Put(step, ref+".birth", id.Birth.String())
		if f.Value(ref+".id_type") == "" {
			f.Put(step, ref+".id_type", idTypeOf(id))
		}
		k.deriveAge(f, step, ref)
	}
}

// differs notes when the document contradicts what was said before; the turn
// tells it.
func (k *kit) differs(f *dialog.Form, ref string, id zh.IDNumber) {
	s := slot{f, ref}
	said := models.Date(s.v("birth")).Year()
	switch off := id.Birth.Year - said; {
	case s.v("sex") != "" && s.v("sex") != id.Sex:
		f.Marks["differs."+ref] = k.reader.Show(ref+".sex", s.v("sex")) + "|" + k.reader.Show(ref+".sex", id.Sex)
	case said != 0 && (off > 1 || off < -1):
		f.Marks["differs."+ref] = k.texts.Say("member.born", "date", itoa(said)) + "|" + k.texts.Say("member.born", "date", itoa(id.Birth.Year))
	}
}

// idTypeOf: 20 and 22 characters are a disability certificate.
func idTypeOf(id zh.IDNumber) string {
	if id.Kind > 0 {
		return "disab"
	}
	return "id"
}

// deriveAge settles what the age alone settles: below three there is no school.
func (k *kit) deriveAge(f *dialog.Form, step *dialog.Step, ref string) {
	s := slot{f, ref}
	if a := s.age(); a >= 0 && a < 3 && s.v("school_status") == "" && s.v("edu_level") == "" {
		f.Put(step, ref+".school_status", "preschool_age")
	}
}

// deriveHouse settles what a household value settles.
func (k *kit) deriveHouse(f *dialog.Form, step *dialog.Step, a dialog.Assign) {
	switch {
	case a.Path == "household.phone":
		f.Put(step, "household.no_phone", "")
	case a.Path == "household.no_phone" && a.Value == string(models.Yes):
		f.Put(step, "household.phone", "")
	case a.Path == "condition.water_hard" && a.Value == string(models.Yes) && f.Value("condition.water_safe") == "":
		f.Put(step, "condition.water_safe", string(models.No)) // domain.md §1.3: 困难=是 时 安全不得=是
	case strings.HasPrefix(a.Path, "income.") && a.Path != "income.biz_cost":
		k.deriveCost(f, step)
	}
}

// deriveCost: without any business income there is no cost to ask for.
func (k *kit) deriveCost(f *dialog.Form, step *dialog.Step) {
	for _, p := range bizPaths {
		if f.Value(p) == "" {
			return
		}
	}
	if !business(f) && f.Value("income.biz_cost") == "" {
		f.Put(step, "income.biz_cost", "0")
	}
}
