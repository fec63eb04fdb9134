package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// readCauses takes the causes a sentence names.
func (l *ledger) readCauses(text string, a asking) ([]string, bool) {
	ctx := l.withOfficialsFor(text, l.planContext(a))
	cs, un := l.planner.Causes(text, ctx)
	if a.asked == plan.AskDesc && a.work != "" && len(cs) == 1 && cs[0].Desc == "" {
		cs = nil // the words explain the cause that is asked about
	}
	if a.alone { // heard beside the household: only what is surely a cause
		cs = slices.DeleteFunc(cs, func(c plan.Cause) bool {
			return c.Kind == otherCause || !c.Main && !c.Other && !l.names("cause", c.Kind, c.Said)
		})
	}
	if a.part != "cause" { // 慢病卡年底前办好 is what is done about it
		cs = slices.DeleteFunc(cs, func(c plan.Cause) bool {
			ms, _ := l.planner.Measures(c.Said, ctx)
			return !c.Main && !c.Other && slices.ContainsFunc(ms, func(m plan.Measure) bool { return m.Cat2 != "" && m.Due+m.Start+m.Qty != "" })
		})
	}
	for i := range cs {
		l.takeCause(&cs[i])
	}
	if !a.alone && l.blames() {
		l.healthFacts(text)
	}
	if len(cs) == 0 && a.asked == plan.AskDesc && a.work != "" && enough(text, l.limit("cause_words")) && !l.agreesOnly(text, ctx) {
		l.put(a.work+".desc", strings.TrimSpace(text), strings.TrimSpace(text), false)
		if l.blames() {
			l.healthFacts(text)
		}
		return nil, true
	}
	agreed := false
	if !a.alone || len(cs) > 0 {
		agreed = l.takeAgreement(text, ctx)
	}
	left, some := l.rest(deny(l, un), nil)
	if agreed && len(cs) == 0 && a.asked == plan.AskAgree { // Causes has no ear for what was asked
		left = slices.DeleteFunc(left, func(piece string) bool {
			told, _ := l.planner.Agreement(piece, ctx)
			return told.Said != "" || slices.Contains(l.left, piece)
		})
	}
	return left, some || agreed || len(cs) > 0 || len(un) > len(left)
}

// otherCause is the code for a cause that is none of the list: a bare 其他 is
// mostly the rest of something else.
const otherCause = "qita"

// names reports whether words hold the name of a code, or another word for it.
func (k *kit) names(list, key, said string) bool {
	return containsAny(said, k.codeNames(list, key))
}

// blames reports whether illness or disability is among the causes: then what is
// said of them may be news of somebody's health.
func (l *ledger) blames() bool {
	return slices.ContainsFunc(l.refs(pathCauses), func(ref string) bool {
		kind := l.value(ref + ".cause")
		return kind == "yinbing" || kind == "yincan"
	})
}

// takeAgreement notes who assessed the causes, when, and whether the head agrees.
func (l *ledger) takeAgreement(text string, ctx plan.Context) bool {
	if len(l.refs(pathCauses)) == 0 {
		return false
	}
	a, un := l.planner.Agreement(text, ctx)
	if a.Said == "" {
		return false
	}
	by := a.By
	if by == "" && a.On != "" {
		by = l.texts.Say("agree.meeting")
	}
	l.agree(models.Tri(a.HeadAgrees), by, a.On)
	left, _ := l.rest(un, nil)
	l.left = append(l.left, left...)
	return true
}

// agreesOnly: the text tells who assessed the causes and what the head says to them, and
// explains none of them.
func (l *ledger) agreesOnly(text string, ctx plan.Context) bool {
	ctx.Asked = plan.AskAgree
	told, un := l.planner.Agreement(text, ctx)
	return told.HeadAgrees+told.On != "" && len(un) == 0 && 2*len(told.Said) > len(text)
}

// deny takes causes off that were said to be none, and gives the other pieces.
func deny(l *ledger, un []plan.Unread) []plan.Unread {
	return slices.DeleteFunc(un, func(u plan.Unread) bool {
		if u.Why != plan.WhyDenied || len(u.Guess) == 0 {
			return false
		}
		for _, ref := range l.refs(pathCauses) {
			if l.value(ref+".cause") == u.Guess[0] {
				l.drop(pathCauses, ref)
				l.wrong = joinLines(l.wrong, l.texts.Say("cause.dropped", "cause", l.profile.Label("cause", u.Guess[0])))
			}
		}
		return true
	})
}

// takeCause adds a cause, or what is new of one on the list.
func (l *ledger) takeCause(c *plan.Cause) {
	ref := l.causeRow(c.Kind, c.Main)
	l.put(ref+".cause", c.Kind, "", false)
	if c.Desc != "" && !slices.Contains(l.codeNames("cause", c.Kind), c.Desc) && enough(c.Desc, l.limit("cause_words")) {
		l.put(ref+".desc", c.Desc, "", false)
	}
	l.fill(ref+".cause_date", c.Date)
	if c.Gap != "" {
		l.put(ref+".gap_money", c.Gap, "", c.Approx)
	}
	l.fill(ref+".gap_use", c.GapUse)
	l.fill(ref+".evidence", l.evidence(l.f, c.Kind, c.Who))
	l.whole(ref, l.planner.ShowCause(plan.Cause{Kind: c.Kind, Date: c.Date, Gap: c.Gap, GapUse: c.GapUse, Desc: l.value(ref + ".desc")}))
}

// sayMain marks the main cause where it is read back: which it is, the last word
// tells (高血压…，读大学…，主要是因学).
func (l *ledger) sayMain() {
	refs := l.refs(pathCauses)
	if len(refs) == 0 {
		return
	}
	for i := range l.set {
		if a := &l.set[i]; a.Path == refs[0]+".cause" && a.Said != "" {
			a.Said = l.texts.Say("cause.main") + a.Said
			return
		}
	}
}

// causeRow is the row of a cause: an old one, moved to the front when it is said
// to be the main one, or a new one.
func (l *ledger) causeRow(kind string, main bool) string {
	for _, ref := range l.refs(pathCauses) {
		if l.value(ref+".cause") != kind {
			continue
		}
		if main {
			rest := slices.DeleteFunc(slices.Clone(l.refs(pathCauses)), func(r string) bool { return r == ref })
			l.put(pathCauses, strings.Join(append([]string{ref}, rest...), ","), "", false)
		}
		return ref
	}
	return l.add(pathCauses, main)
}

// enough reports whether words are as many as a rule asks for.
func enough(text string, least int) bool {
	return utf8.RuneCountInString(strings.TrimSpace(text)) >= least
}

// limit is a threshold of the profile as a whole number, 0 when it has none.
func (k *kit) limit(name string) int {
	t, _ := k.profile.Threshold(name, 0, "")
	return int(t.Value)
}

// evidence are the facts on file that a cause rests on (domain.md §2.4): of the
// people named, else of everybody; other causes rest on their own words.
func (k *kit) evidence(f *dialog.Form, kind string, who []string) string {
	var out []string
	for _, s := range present(f) {
		named := len(who) == 0 || slices.Contains(who, s.ref)
		if key := causeFact(kind, s); key != "" && named {
			out = append(out, s.ref+"."+key)
		}
	}
	if len(out) == 0 {
		for _, s := range present(f) {
			if slices.Contains(who, s.ref) {
				out = append(out, s.ref+".health")
			}
		}
	}
	if len(out) == 0 && causeCondition[kind] != "" {
		out = append(out, "c."+causeCondition[kind])
	}
	if len(out) == 0 {
		out = append(out, "c.desc")
	}
	return strings.Join(out, ",")
}

// causeCondition are the fields of the condition that a cause rests on.
var causeCondition = map[string]string{
	"quetudi": "farm", "queshui": "water_safe", "jiaotong": "road_type", "zhufang": "house_grade", "yinshui": "water_safe", "quezijin": "industries",
}

// causeFact is the field of a member that speaks for a cause, "" when nothing does.
func causeFact(kind string, s slot) string {
	switch kind {
	case "yinbing":
		if s.ill() {
			return "health"
		}
	case "yincan":
		if s.suffers("disabled") {
			return "health"
		}
	case "yinxue":
		if s.student() {
			return "school_status"
		}
	case "quejishu", "dongli":
		if s.v("labor") == "normal" {
			return "labor"
		}
	case "quelaoli":
		if l := s.v("labor"); l == "none" || l == "lost" || l == "weak" {
			return "labor"
		}
	case "wugong":
		if positive(s.v("work_months")) {
			return "work_months"
		}
	}
	return ""
}

// causesCard asks why the household is poor; what the facts on file speak for
// stands first.
type causesCard struct{}

func (causesCard) wants(*kit, *dialog.Form) []string { return []string{pathCauses} }

func (c causesCard) first(k *kit, f *dialog.Form) []string { return c.wants(k, f) }

func (causesCard) words(k *kit, f *dialog.Form, _ []string) []string {
	var facts []string
	for _, p := range k.proposedCauses(f) {
		facts = append(facts, k.profile.Label("cause", p.kind)+"（"+p.fact+"）")
	}
	list := ""
	if len(facts) > 0 {
		list = k.texts.Say("cause.seen", "list", strings.Join(facts, "、"))
	}
	return []string{"seen", list, "most", itoa(k.limit("causes_extra")), "example", k.profile.Labels["say_causes"], "cause", k.profile.Labels["cause_word"]}
}

func (causesCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskCause} }

func (causesCard) choices(k *kit, f *dialog.Form, _ []string) []choice {
	var keys []string
	for _, p := range k.proposedCauses(f) {
		keys = append(keys, p.kind)
	}
	for _, it := range k.profile.Codes["cause"] {
		if !slices.Contains(keys, it.Key) && it.More["relapse"] == "" && !it.Hidden {
			keys = append(keys, it.Key)
		}
	}
	var out []choice
	for _, key := range keys {
		it := k.profile.Item("cause", key)
		out = append(out, choice{label: it.Label, also: it.Also, do: func(l *ledger) {
			l.takeCause(&plan.Cause{Kind: key})
		}})
	}
	return out
}

// proposal is a cause that the facts on file speak for.
type proposal struct{ kind, fact string }

// proposedCauses are what the household's facts speak for (domain.md §2.4), the
// heaviest first.
func (k *kit) proposedCauses(f *dialog.Form) []proposal {
	var out []proposal
	for _, kind := range []string{"yinbing", "yincan", "yinxue", "zhufang", "yinshui", "quelaoli", "quetudi", "queshui", "jiaotong", "quejishu"} {
		if it := k.profile.Item("cause", kind); it != nil && k.speaksFor(f, kind) {
			out = append(out, proposal{kind, clip(k.why(f, kind), 24)})
		}
	}
	return out
}

// speaksFor reports whether the facts on file prove a cause.
func (k *kit) speaksFor(f *dialog.Form, kind string) bool {
	d := k.file(f)
	people := present(f)
	switch kind {
	case "yinxue":
		return slices.ContainsFunc(people, func(s slot) bool {
			it := k.profile.Item("school", s.v("school_status"))
			return s.student() && it != nil && it.More["compulsory"] != "yes" && it.More["stage"] != "preschool"
		})
	case "quelaoli":
		return laborKnown(d) && models.LaborHalves(d.Members) <= 2
	case "quejishu":
		able := func(labor string) bool {
			return slices.ContainsFunc(people, func(s slot) bool { return s.v("labor") == labor })
		}
		return able("normal") && !able("skilled")
	case "quetudi":
		few, _ := k.profile.Threshold("farm_pc_few", 0, d.Household.Village)
		return d.Condition.Farm.Known() && len(people) > 0 && d.Condition.Farm.Float()/float64(len(people)) < few.Value
	case "queshui", "yinshui":
		return d.Condition.WaterSafe == models.No || d.Condition.WaterHard == models.Yes
	case "jiaotong":
		far, _ := k.profile.Threshold("road_far", 0, d.Household.Village)
		road := k.profile.Item("road", d.Condition.RoadType)
		return road != nil && road.More["hard"] != "yes" || d.Condition.RoadKm.Float() > far.Value
	case "zhufang":
		it := k.profile.Item("house_grade", d.Condition.HouseGrade)
		return it != nil && it.More["safe"] == "no"
	}
	return slices.ContainsFunc(people, func(s slot) bool { return causeFact(kind, s) != "" })
}
