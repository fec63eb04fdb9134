package flows

import (
	"cmp"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// why explains a cause with the facts on file and nothing else, "" when they say
// nothing: who is ill and where it is treated, who is at which school, how much
// land there is. It is proposed, never taken without a yes.
func (k *kit) why(f *dialog.Form, kind string) string {
	var out []string
	for _, s := range present(f) {
		if text := k.whyOf(kind, s); text != "" {
			out = append(out, text)
		}
	}
	if len(out) > 0 {
		return strings.Join(out, "，")
	}
	return k.whyHouse(f, kind)
}

func (k *kit) whyOf(kind string, s slot) string {
	if causeFact(kind, s) == "" {
		return ""
	}
	show := func(key string) string { return k.reader.Show("member."+key, s.v(key)) }
	switch kind {
	case "yinbing":
		place := ""
		if at := s.v("treat_at"); at != "" {
			place = k.texts.Say("why.treated", "at", at)
		}
		return s.name() + cmp.Or(s.v("disease"), show("health")) + place
	case "yincan":
		return k.texts.Say("why.disabled", "name", s.name(), "kind", show("disab_type")+show("disab_level"))
	case "yinxue":
		return k.texts.Say("why.school", "name", s.name(), "at", s.v("school_name"), "grade", show("school_status"))
	}
	return ""
}

// whyHouse explains with what the household has.
func (k *kit) whyHouse(f *dialog.Form, kind string) string {
	d := k.file(f)
	n := d.Size()
	if n == 0 || !k.speaksFor(f, kind) {
		return "" // 3个劳力 explain no 缺劳力
	}
	show := func(path string) string { return k.reader.Show(path, f.Value(path)) }
	switch kind {
	case "quelaoli":
		return k.texts.Say("why.labor", "n", itoa(n), "labor", halves(models.LaborHalves(d.Members)))
	case "quejishu":
		if work := show("condition.industries"); work != "" && f.Value("condition.industries") != "none" {
			return k.texts.Say("why.skill", "names", k.ableNames(f), "work", work)
		}
		return k.texts.Say("why.unskilled", "names", k.ableNames(f))
	case "quetudi":
		return k.texts.Say("why.land", "n", itoa(n), "farm", show("condition.farm"), "each", models.DecOf(d.Condition.Farm.Float()/float64(n)).String())
	case "queshui", "yinshui":
		return k.texts.Say("why.water", "from", d.Condition.WaterSource)
	case "jiaotong":
		return k.texts.Say("why.road", "road", show("condition.road_type"), "km", show("condition.road_km"))
	case "zhufang":
		return k.texts.Say("why.house", "grade", show("condition.house_grade"))
	}
	return ""
}

// ableNames are those with ordinary labour.
func (k *kit) ableNames(f *dialog.Form) string {
	var out []string
	for _, s := range present(f) {
		if s.v("labor") == "normal" {
			out = append(out, s.name())
		}
	}
	return strings.Join(out, "、")
}

// healthFacts are what an explanation tells of somebody's health that the file does
// not have: «老妈高血压常年吃药» of somebody who is filed as healthy. They go into the
// file and are read back; one of the two was wrong.
func (l *ledger) healthFacts(text string) {
	h := l.kit.hear(l.f, text, nil, l.in)
	for _, a := range h.Set {
		ref, key, ok := refOf(a.Path)
		if !ok || !healthKeys[key] || a.Unsure {
			continue
		}
		if was := l.value(a.Path); was == "" || key == "health" && was == "healthy" {
			l.put(ref+"."+key, a.Value, a.Said, false)
		}
	}
}

// healthKeys are the fields of a member that say how they are.
var healthKeys = map[string]bool{"health": true, "disease": true, "treat_at": true, "family_doctor": true, "disab_type": true, "disab_level": true}

// whyCard asks what is behind each cause. Where the facts say it for all that are
// open, one yes settles them together.
type whyCard struct{}

// needsDate are causes that happened on a day (domain.md §2.4).
var needsDate = map[string]bool{"yinzai": true, "yinhun": true, "yinsang": true, "yiwai": true}

func (whyCard) wants(_ *kit, f *dialog.Form) []string {
	var out []string
	for _, c := range rows(f, pathCauses) {
		out = append(out, c.path("desc"))
		switch kind := c.v("cause"); {
		case kind == "quezijin":
			out = append(out, c.path("gap_money"), c.path("gap_use"))
		case needsDate[kind]:
			out = append(out, c.path("cause_date"))
		}
	}
	return out
}

// first is everything when the facts explain everything, else the first cause
// that lacks something.
func (c whyCard) first(k *kit, f *dialog.Form) []string {
	open := f.Open(c.wants(k, f))
	if ps := c.proposals(k, f, open); len(ps) == len(open) {
		return open
	}
	return f.Open(firstRow(f, open))
}

// proposals are the explanations that the facts give, by path.
func (whyCard) proposals(k *kit, f *dialog.Form, open []string) map[string]string {
	out := map[string]string{}
	for _, p := range open {
		if ref, ok := strings.CutSuffix(p, ".desc"); ok {
			if text := k.why(f, f.Value(ref+".cause")); enough(text, k.limit("cause_words")) {
				out[p] = text
			}
		}
	}
	return out
}

func (c whyCard) words(k *kit, f *dialog.Form, first []string) []string {
	ps := c.proposals(k, f, first)
	var lines []string
	for _, p := range first {
		if text := ps[p]; text != "" {
			lines = append(lines, k.profile.Label("cause", rowAt(f, p).v("cause"))+"："+text)
		}
	}
	if len(lines) == len(first) && len(lines) > 0 {
		return []string{"old", "1", "list", strings.Join(lines, "\n")}
	}
	cause, ask := "", k.texts.Say("why.ask")
	if len(first) > 0 {
		kind := firstOf(f, first).v("cause")
		cause = k.profile.Label("cause", kind)
		if s, ok := k.texts["why.ask."+kind]; ok {
			ask = s
		}
	}
	return []string{"cause", cause, "how", ask}
}

func (c whyCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	ps := c.proposals(k, f, first)
	if len(ps) == 0 {
		return nil
	}
	return []choice{{label: k.texts.Say("plan.right"), also: k.also("duty.so.also"), do: func(l *ledger) {
		for _, p := range first {
			if ps[p] != "" {
				l.put(p, ps[p], "", false)
			}
		}
	}}}
}

func (whyCard) asking(_ *kit, f *dialog.Form, first []string) asking {
	if len(first) == 0 {
		return asking{asked: plan.AskDesc}
	}
	ref, key, _ := strings.Cut(first[0], ".")
	a := asking{asked: plan.AskDesc, work: ref}
	if key != "desc" && f.Value(ref+".cause") == "quezijin" {
		a.asked = plan.AskGap
	}
	return a
}

// agreeCard asks whether the head agrees and the village has talked it over.
type agreeCard struct{}

func (agreeCard) wants(_ *kit, f *dialog.Form) []string {
	var out []string
	for _, c := range rows(f, pathCauses) {
		out = append(out, c.path("head_agrees"), c.path("confirm_by"), c.path("confirm_date"))
	}
	return out
}

func (c agreeCard) first(k *kit, f *dialog.Form) []string { return c.wants(k, f) }

func (agreeCard) words(k *kit, f *dialog.Form, _ []string) []string {
	return []string{"causes", k.causeNames(f)}
}

func (k *kit) causeNames(f *dialog.Form) string {
	var out []string
	for _, c := range rows(f, pathCauses) {
		out = append(out, k.profile.Label("cause", c.v("cause")))
	}
	return strings.Join(out, "、")
}

func (c agreeCard) choices(k *kit, f *dialog.Form, _ []string) []choice {
	today := f.Marks[markToday]
	by := k.texts.Say("agree.meeting")
	all := func(agrees models.Tri, by, on string) func(l *ledger) {
		return func(l *ledger) { l.agree(agrees, by, on) }
	}
	yes, no := models.Yes, models.No
	return []choice{
		{label: k.texts.Say("agree.today"), also: k.also("agree.today.also"), do: all(yes, by, today)},
		{label: k.texts.Say("agree.head_only"), also: k.also("agree.head_only.also"), do: all(yes, "", "")},
		{label: k.texts.Say("agree.no"), also: k.also("agree.no.also"), do: all(no, "", "")},
	}
}

// also are further words for an option, written with blanks between.
func (k *kit) also(key string) []string { return strings.Fields(k.texts.Say(key)) }

// agree settles who agreed for every cause; what was not said stays open.
func (l *ledger) agree(agrees models.Tri, by, on string) {
	said := l.texts.Say("agree.said", "agrees", l.texts.Say("agree."+cmp.Or(string(agrees), "open")), "by", by, "on", l.reader.Show("cause.confirm_date", on))
	for _, ref := range l.refs(pathCauses) {
		for _, v := range [][2]string{{"head_agrees", string(agrees)}, {"confirm_by", by}, {"confirm_date", on}} {
			if v[1] != "" {
				l.put(ref+"."+v[0], v[1], said, false)
				said = "" // told once for all causes
			}
		}
	}
}

func (agreeCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskAgree} }
