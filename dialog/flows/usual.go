package flows

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// usualRow are the values that a measure usually has and this one lacks.
func (k *kit) usualRow(f *dialog.Form, w row) map[string]string {
	u := k.usual(w)
	out := map[string]string{}
	if u.Content == "" || enough(w.v("content"), k.limit("content_words")) && w.v("qty") != "" {
		return out
	}
	who := models.ParseSet(w.v("targets"))
	if len(who) == 0 {
		who = k.usualTargets(f, u)
	}
	if u.Targets != "" && len(who) == 0 {
		return out
	}
	out["targets"], out["unit"], out["qty"] = strings.Join(who, ","), cmp.Or(w.v("unit"), u.Unit), w.v("qty")
	if out["qty"] == "" {
		out["qty"], out["unit"] = itoa(max(1, len(who))), u.Unit
	}
	out["content"] = fill(u.Content, "who", k.memberNames(f, who), "head", f.Title)
	return out
}

// proposedWork is a measure as it is proposed.
func (k *kit) proposedWork(w row, p map[string]string) string {
	qty := p["qty"] + k.profile.Label("unit", p["unit"])
	u := k.usual(w)
	if u.Indicator == "" || u.Income {
		return k.texts.Say("measure.usual", "content", p["content"], "qty", qty)
	}
	return k.texts.Say("measure.usual_result", "content", p["content"], "qty", qty, "result", u.Indicator+k.usualTarget(u, p["qty"])+k.profile.Label("unit", u.OutUnit))
}

// memberNames are members by name.
func (k *kit) memberNames(f *dialog.Form, refs []string) string {
	var out []string
	for _, ref := range refs {
		out = append(out, slot{f, ref}.name())
	}
	return strings.Join(out, "、")
}

// usualTargets are the members such a measure is for.
func (k *kit) usualTargets(f *dialog.Form, u models.Usual) []string {
	var out []string
	for _, s := range present(f) {
		if is := targetKinds[u.Targets]; is != nil && is(k, s) && (u.Most == 0 || len(out) < u.Most) {
			out = append(out, s.ref)
		}
	}
	return out
}

// targetKinds are the words of Usual.Targets.
var targetKinds = map[string]func(k *kit, s slot) bool{
	"all":      func(*kit, slot) bool { return true },
	"ill":      func(_ *kit, s slot) bool { return s.ill() },
	"serious":  func(_ *kit, s slot) bool { return s.suffers("serious") },
	"disabled": func(_ *kit, s slot) bool { return s.suffers("disabled") },
	"labor":    func(_ *kit, s slot) bool { return s.works() && !s.student() },
	"adult":    func(_ *kit, s slot) bool { return s.age() >= 16 && !s.student() },
	"uninsured": func(_ *kit, s slot) bool {
		return s.v("med_ins") == "none" || s.v("med_ins") == "" || s.v("crit_ins") == string(models.No)
	},
	"vocational": func(k *kit, s slot) bool { return k.inStage(s, "vocational", "college", "technician") },
	"preschool":  func(k *kit, s slot) bool { return k.inStage(s, "preschool") },
	"pupil":      func(k *kit, s slot) bool { return k.inStage(s, "primary", "junior") },
	"senior":     func(k *kit, s slot) bool { return k.inStage(s, "senior", "vocational") },
	"college":    func(k *kit, s slot) bool { return k.inStage(s, "college", "bachelor", "graduate", "technician") },
	"dropout": func(_ *kit, s slot) bool {
		return s.v("dropout_reason") != "" || s.age() >= 6 && s.age() <= 15 && s.v("school_status") == "" && s.v("edu_level") != ""
	},
}

func (k *kit) inStage(s slot, stages ...string) bool {
	it := k.profile.Item("school", s.v("school_status"))
	return it != nil && slices.Contains(stages, it.More["stage"])
}

// usualWork fills a measure with what such a one usually is.
func (l *ledger) usualWork(w row) {
	p := l.usualRow(l.f, w)
	for _, key := range []string{"content", "qty", "unit", "targets"} {
		l.fill(w.path(key), p[key])
	}
	for _, o := range l.resultsOf(w.ref) { // what such a measure brings was read out with it
		l.takeOutput(w.ref, &o)
	}
	l.work = w.ref
	l.whole(w.ref, l.measureLine(w.ref))
	for _, o := range l.of(pathOuts, w.ref) {
		l.whole(o, "")
	}
}

// resultsOf are the usual results of a measure as the message leaves it.
func (l *ledger) resultsOf(ref string) []plan.Output {
	g := *l.f
	g.Answers, g.Scratch = maps.Clone(l.f.Answers), nil
	for _, a := range l.set {
		g.Answers[a.Path] = a.Value
	}
	return l.usualOutputs(row{&g, ref})
}

// usual is what such a measure usually is.
func (k *kit) usual(w row) models.Usual { return k.profile.UsualOf(w.v("cat1"), w.v("cat2")) }
