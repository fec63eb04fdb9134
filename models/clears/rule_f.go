package clears

import (
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// about are the paths a finding about a cause points at: the cause, and the facts.
func (r *run) about(kind string, also ...string) []string {
	var paths []string
	for _, c := range r.causes {
		if c.Kind == kind {
			paths = append(paths, at("cause", c.n, "cause"))
		}
	}
	return append(paths, also...)
}

// health are the paths of everybody's health.
func (r *run) health() []string {
	var paths []string
	for _, q := range r.people {
		paths = append(paths, q.path("health")...)
	}
	return paths
}

// f01: illness as cause, and everybody healthy.
func f01(r *run) {
	sick := r.somebody(func(q person) bool { return q.Health.Known() && (len(q.Health) > 1 || !q.Health.Has("healthy")) })
	if r.hasCause("yinbing") && !sick {
		r.hit("cause", "yinbing", r.about("yinbing", r.health()...))
	}
}

// f02: disability as cause, and nobody disabled.
func f02(r *run) {
	if r.hasCause("yincan") && !r.somebody(func(q person) bool { return q.Health.Has("disabled") }) {
		r.hit("cause", "yincan", r.about("yincan", r.health()...))
	}
}

// f03: schooling as cause, and nobody at school beyond the compulsory years.
func f03(r *run) {
	if !r.hasCause("yinxue") {
		return
	}
	costly := r.somebody(func(q person) bool {
		return q.student() && q.school.More["compulsory"] != "yes" && q.stage() != "preschool"
	})
	switch {
	case !r.somebody(person.student):
		r.hit("cause", "yinxue", r.about("yinxue"))
	case !costly:
		r.hitAs("compulsory", "cause", "yinxue", r.about("yinxue"))
	}
}

// f04: want of labour as cause, and plenty of it.
func f04(r *run) {
	if !r.hasCause("quelaoli") {
		return
	}
	switch n := float64(r.whole); {
	case n >= r.limit("labor_many"):
		r.hit("cause", "quelaoli", r.about("quelaoli"), "n", itoa(r.whole))
	case n >= r.limit("labor_some"):
		r.hitAs("two", "cause", "quelaoli", r.about("quelaoli"), "n", itoa(r.whole))
	}
}

// f05: want of skill as cause, and skilled people all at work.
func f05(r *run) {
	skilled := r.somebody(func(q person) bool { return q.Labor == "skilled" })
	idle := r.somebody(func(q person) bool { return q.Occupation == "waiting" })
	if r.hasCause("quejishu") && skilled && !idle {
		r.hit("cause", "quejishu", r.about("quejishu"))
	}
}

// perHead is a value by the number of people.
func (r *run) perHead(v models.Dec) float64 {
	if len(r.people) == 0 {
		return 0
	}
	return v.Float() / float64(len(r.people))
}

// f06: want of land as cause, and enough of it.
func f06(r *run) {
	n := r.perHead(r.d.Condition.Farm)
	if r.hasCause("quetudi") && r.d.Condition.Farm.Known() && n >= r.limit("farm_pc_mean") {
		r.hit("cause", "quetudi", r.about("quetudi", "condition.farm"), "n", num(n))
	}
}

// f07: want of water as cause, with safe water and watered fields.
func f07(r *run) {
	c := &r.d.Condition
	watered := c.Farm.N() > 0 && c.Irrigated.Float() >= c.Farm.Float()*r.limit("irrig_share")
	if r.hasCause("queshui") && c.WaterSafe == models.Yes && watered {
		r.hit("cause", "queshui", r.about("queshui", "condition.water_safe", "condition.irrig"))
	}
}

// f08: bad roads as cause, with a hard road to the door.
func f08(r *run) {
	c := &r.d.Condition
	if r.hasCause("jiaotong") && r.hardRoad() && c.RoadKm.Known() && c.RoadKm.Float() <= r.limit("road_near") {
		r.hit("cause", "jiaotong", r.about("jiaotong", "condition.road_type", "condition.road_km"))
	}
}

func (r *run) hardRoad() bool { return r.item("road", r.d.Condition.RoadType).More["hard"] == "yes" }

// f09: want of drive as cause, in a household that has no labour at all.
func f09(r *run) {
	unable := len(r.people) > 0
	for _, q := range r.people {
		unable = unable && q.unable()
	}
	if r.hasCause("dongli") && unable {
		r.hit("cause", "dongli", r.about("dongli"))
	}
}

// f10: want of money as cause, without how much and for what.
func f10(r *run) {
	for _, c := range r.causes {
		if c.Kind == "quezijin" && (c.GapMoney.N() <= 0 || c.GapUse == "") {
			r.hit("cause", c.Kind, several("cause", c.n, "gap_money", "gap_use"))
		}
	}
}

// f11: a hardship on record that no cause and no need speaks of.
func f11(r *run) {
	if len(r.causes) == 0 {
		return
	}
	var facts []string
	note := func(is bool, label, cause, gap string) {
		if is && !r.hasCause(cause) && !r.hasNeed(gap) && !r.hasNeed(cause) {
			facts = append(facts, r.p.Labels["fact_"+label])
		}
	}
	note(r.somebody(func(q person) bool { return q.Health.Has("serious") }), "serious", "yinbing", "g_health")
	note(r.somebody(func(q person) bool { return q.Health.Has("disabled") }), "disabled", "yincan", "g_health")
	note(r.houseGap(), "house", "yinzai", "g_house")
	note(r.d.Condition.WaterSafe == models.No, "water", "queshui", "g_water")
	if facts != nil {
		r.hit("household", r.d.Household.ID, []string{"cause"}, "fact", strings.Join(facts, "、"))
	}
}

// f12: not one main cause and at most so many others, all different.
func f12(r *run) {
	mains, seen, double := 0, map[string]bool{}, false
	var paths []string
	for _, c := range r.causes {
		if c.Seq == 0 {
			mains++
		}
		double = double || seen[c.Kind]
		seen[c.Kind] = true
		paths = append(paths, at("cause", c.n, "cause"))
	}
	many := len(r.causes)-mains > int(r.limit("causes_extra"))
	if mains > 1 || double || many || mains == 0 && !r.typing() {
		r.hit("household", r.d.Household.ID, append(paths, "cause"))
	}
}

// f13: nothing is lacking any more, yet still poor and no word why.
func f13(r *run) {
	h := &r.d.Household
	if (h.Status != "poor" && h.Status != "relapsed") || h.Remark != "" {
		return
	}
	for _, g := range r.guarantees() {
		if g.State != Met {
			return
		}
	}
	variant := ""
	if _, firm, _ := r.line(r.incomeYear()); !firm {
		variant = "soft"
	}
	r.hitAs(variant, "household", h.ID, []string{"household.hh_status", "household.remark"})
}

// f14: a part greater than its whole.
func f14(r *run) {
	c := &r.d.Condition
	if c.Farm.Known() && c.Irrigated.N() > c.Farm.N() {
		r.hit("condition", itoa(c.Year), []string{"condition.irrig", "condition.farm"},
			"a", label("condition.irrig"), "b", label("condition.farm"))
	}
	if c.Forest.Known() && (c.Grass.Known() || !r.typing()) && c.GrainToWood.N() > c.Forest.N()+c.Grass.N() {
		r.hit("condition", itoa(c.Year), []string{"condition.grain2forest", "condition.forest", "condition.grass"},
			"a", label("condition.grain2forest"), "b", label("condition.forest")+"+"+label("condition.grass"))
	}
}

// label is what the dictionary calls a field.
func label(path string) string {
	if f := models.FieldAt(path); f != nil {
		return f.Label
	}
	return path
}

// f15: values that look like another unit.
func f15(r *run) {
	c := &r.d.Condition
	odd := func(is bool, key string, v models.Dec) {
		if is && v.Known() {
			r.hit("condition", itoa(c.Year), []string{"condition." + key}, "item", label("condition."+key), "value", v.String())
		}
	}
	odd(c.Farm.Float() > r.limit("farm_max") || r.perHead(c.Farm) > r.limit("farm_pc_max"), "farm", c.Farm)
	odd(r.perHead(c.Forest) > r.limit("forest_pc_max"), "forest", c.Forest)
	odd(c.RoadKm.Float() > r.limit("road_km_max"), "road_km", c.RoadKm)
	house := c.HouseArea.Float()
	odd(house != 0 && (house < r.limit("house_min") || house > r.limit("house_max")), "house_area", c.HouseArea)
}
