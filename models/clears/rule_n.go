package clears

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// n01: a safe house to be repaired. A finished repair is why it is safe.
func n01(r *run) {
	g := r.item("house_grade", r.d.Condition.HouseGrade)
	for _, w := range r.works {
		if w.role == "housing" && !w.done && g.More["safe"] == "yes" {
			r.hit("measure", w.id(), append(w.path("cat1"), "condition.house_grade"), "grade", g.Key)
		}
	}
}

// unfit finds whom a measure is not for: its targets, or, when it names none,
// the head if nobody in the household is fit.
func (r *run) unfit(w work, fit func(person) bool) []person {
	who, strange := r.targets(w)
	if len(who) == 0 && !strange {
		if r.somebody(fit) || len(r.people) == 0 || r.typing() {
			return nil
		}
		return r.people[:1]
	}
	return slices.DeleteFunc(who, fit)
}

// n02: school support for somebody who is not at such a school.
func n02(r *run) {
	for _, w := range r.works {
		stages := w.c2.More["stages"]
		if stages == "" {
			continue
		}
		fit := func(q person) bool {
			return q.student() && slices.Contains(strings.Split(stages, ","), q.stage())
		}
		for _, q := range r.unfit(w, fit) {
			r.hit("measure", w.id(), append(w.path("targets", "cat2"), q.path("school_status")...),
				"name", q.Name, "type", w.c2.More["who"], "policy", cmp.Or(w.c2.More["policy"], w.c2.Label))
		}
	}
}

// n03: work or training for somebody without labour, or at school.
func n03(r *run) {
	for _, w := range r.works {
		if w.role != "employment" && w.role != "public_post" {
			continue
		}
		for _, q := range r.unfit(w, func(q person) bool { return !q.unable() && !q.student() }) {
			variant := ""
			if q.student() {
				variant = "school"
			}
			r.hitAs(variant, "measure", w.id(), append(w.path("targets", "cat1"), q.path("labor")...), "name", q.Name)
		}
	}
}

// n04: support of the disabled for somebody who is not; full support for
// somebody whose family can work.
func n04(r *run) {
	for _, w := range r.works {
		var fit func(person) bool
		switch w.kind {
		case "disabled":
			fit = func(q person) bool { return q.Health.Has("disabled") }
		case "tekun":
			fit = func(q person) bool { return !r.supported(q) }
		default:
			continue
		}
		for _, q := range r.unfit(w, fit) {
			r.hit("measure", w.id(), append(w.path("targets", "cat2"), q.path("health")...), "name", q.Name, "policy", w.c2.Label)
		}
	}
}

// supported reports whether somebody else of the household is of working age
// and has whole labour, and so has to keep q.
func (r *run) supported(q person) bool {
	return r.somebody(func(o person) bool {
		return o.n != q.n && r.workingAge(o) && (o.Labor == "normal" || o.Labor == "skilled")
	})
}

// n05: more to be planted or kept than land or hands allow.
func n05(r *run) {
	for _, w := range r.works {
		switch w.kind {
		case "planting":
			r.tooMuchLand(w)
		case "breeding":
			r.tooManyAnimals(w)
		}
	}
}

func (r *run) tooMuchLand(w work) {
	c := &r.d.Condition
	mu := w.Qty.Float()
	if w.Unit == "fen" {
		mu /= 10
	} else if w.Unit != "mu" {
		return
	}
	rented := slices.ContainsFunc(strings.Split(w.c2.More["rented"], ","), func(s string) bool { return strings.Contains(w.text(), s) })
	land := c.Farm.Add(c.Forest)
	if land.Known() && mu > land.Float() && !rented {
		r.hit("measure", w.id(), append(w.path("qty", "unit"), "condition.farm"), "n", land.String(), "m", num(mu))
	}
}

func (r *run) tooManyAnimals(w work) {
	sp := r.species(w)
	each, ok := r.p.Threshold("stock_per_labor."+sp.Key, r.today.Year(), r.d.Household.Village)
	if sp.Key == "" || !ok || !w.Qty.Known() || !r.laborKnown() {
		return
	}
	if hands := float64(r.halves) / 2; w.Qty.Float() > hands*each.Value {
		r.hitAs("stock", "measure", w.id(), w.path("qty"), "n", num(hands), "m", w.Qty.String(),
			"unit", r.p.Label("unit", w.Unit), "species", sp.Label)
	}
}

// species is the animal a measure speaks of; the longest word wins.
func (r *run) species(w work) *models.CodeItem {
	best, length, text := &none, 0, w.text()
	items := r.p.Codes["species"]
	try := func(it *models.CodeItem, word string) {
		if len(word) > length && strings.Contains(text, word) {
			best, length = it, len(word)
		}
	}
	for i := range items {
		try(&items[i], items[i].Label)
		for _, word := range items[i].Also {
			try(&items[i], word)
		}
	}
	return best
}

// n06: against the family's will, or something they never did and nobody teaches.
func n06(r *run) {
	taught := r.any(func(w work) bool { return w.kind == "training" || w.Cat2 == "service" })
	for _, w := range r.works {
		ok := r.item("will", w.Will).More["ok"]
		if ok == "no" || ok == "weak" {
			r.hit("measure", w.id(), w.path("will_sign"))
		}
		if taught {
			continue
		}
		switch {
		case w.kind == "breeding" && r.d.Condition.Stock != "":
			if sp := r.species(w); sp.Key != "" && !r.keeps(sp) {
				r.hitAs("new", "measure", w.id(), w.path("content"), "species", sp.Label)
			}
		case w.kind == "planting" && r.d.Condition.Industries != "":
			if crop := r.crop(w); crop != "" && !strings.Contains(r.d.Condition.Industries, crop) {
				r.hitAs("new", "measure", w.id(), w.path("content"), "species", crop)
			}
		}
	}
}

// keeps reports whether the household has kept such animals.
func (r *run) keeps(sp *models.CodeItem) bool {
	for part := range strings.SplitSeq(r.d.Condition.Stock, ",") {
		if key, _, _ := strings.Cut(part, ":"); key == sp.Key {
			return true
		}
	}
	return mentions(r.d.Condition.Industries, sp)
}

// crop is the plant a measure speaks of, as far as the profile's planting
// times know it; "" for others.
func (r *run) crop(w work) string {
	for _, s := range r.p.Seasons {
		for _, word := range s.Words {
			if strings.Contains(w.text(), word) {
				return word
			}
		}
	}
	return ""
}

// n07: what is good already to be made once more.
func n07(r *run) {
	c := &r.d.Condition
	safe := c.WaterSafe == models.Yes && c.WaterHard != models.Yes
	for _, w := range r.works {
		road := w.kind == "road" && w.flag("to_house") && r.hardRoad()
		if !w.done && (road || watering(w) && safe) {
			r.hit("measure", w.id(), w.path("cat2"), "title", w.name())
		}
	}
}

// n08: the same thing twice in a year for the same people.
func n08(r *run) {
	for i, w := range r.works {
		for _, o := range r.works[:i] {
			if w.Cat2 != "" && w.Cat2 == o.Cat2 && w.Measure.Year.Known() && w.Measure.Year == o.Measure.Year && sameSet(w.Targets, o.Targets) {
				r.hit("measure", w.id(), append(w.path("cat2", "year"), o.path("cat2", "year")...),
					"year", w.Measure.Year.String(), "cat2", w.c2.Label)
				break
			}
		}
	}
}

func sameSet(a, b models.Set) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x string) bool { return !b.Has(x) })
}

// n09: a loan without industry, for the wrong age, or for somebody else.
func n09(r *run) {
	industry := r.any(func(w work) bool { return w.role == "industry" })
	for _, w := range r.works {
		if w.kind != "loan" {
			continue
		}
		who, strange := r.targets(w)
		if i := slices.IndexFunc(r.people, func(q person) bool { return q.Relation == "head" }); len(who) == 0 && i >= 0 {
			who = r.people[i : i+1]
		}
		young, old := int(r.limit("loan_age_from")), int(r.limit("loan_age_to"))
		wrong := slices.ContainsFunc(who, func(q person) bool { return q.age >= 0 && (q.age < young || q.age > old) })
		if wrong || strange || !industry || r.halves == 0 && r.laborKnown() {
			r.hit("measure", w.id(), w.path("targets"))
		}
	}
}
