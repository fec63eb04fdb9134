package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// need is something a household's measures have to answer: a cause, one of the
// 两不愁三保障 that lacks, or what domain.md §3 ③ d asks of labour.
type need struct {
	key  string // of the code list cause or gap, "labor", "floor"
	fact string // what is behind it, in words
}

// The needs that are no code: labour without work, and nobody to work.
const (
	needLabor = "labor"
	needFloor = "floor"
	pathNeed  = "need." // and a key: the measure that answers it
)

// needs are what has to be answered, causes first. A cause that anything answers
// (因婚 …) is left to the person.
func (k *kit) needs(f *dialog.Form) []need {
	s := k.scratch(f)
	if s.known {
		return s.needs
	}
	s.known = true
	add := func(key, fact string) {
		if !slices.ContainsFunc(s.needs, func(n need) bool { return n.key == key }) {
			s.needs = append(s.needs, need{key, fact})
		}
	}
	for _, c := range rows(f, pathCauses) {
		add(c.v("cause"), c.v("desc"))
	}
	j := k.judgeOf(f)
	for _, g := range j.Guarantees(s.file) {
		if g.State == clears.Gap && g.Key != "g_income" {
			add(g.Key, "")
		}
	}
	for _, p := range present(f) {
		if p.ill() {
			add("g_health", k.whyOf("yinbing", p)) // M06: whoever is ill has a health measure, whatever the cause
		}
	}
	switch n := models.LaborHalves(s.file.Members); {
	case n > 0:
		add(needLabor, "")
	case laborKnown(s.file):
		add(needFloor, "")
	}
	return s.needs
}

// judgeOf is who applies the rules on the day of the form.
func (k *kit) judgeOf(f *dialog.Form) clears.Judge {
	return clears.Judge{Profile: k.profile, Today: models.Date(f.Marks[markToday])}
}

// needLabel is what a need is called.
func (k *kit) needLabel(key string) string {
	switch {
	case key == needLabor || key == needFloor:
		return k.profile.Labels[key]
	case strings.HasPrefix(key, "g_"):
		return k.texts.Say("need.gap", "gap", k.profile.Label("gap", key))
	}
	return k.profile.Label("cause", key)
}

// answersNeed reports whether a measure of this kind answers a need.
func (k *kit) answersNeed(key, cat1, cat2 string) bool {
	more := func(name string) string {
		for list, code := range map[string]string{"measure_cat1": cat1, "measure_cat2": cat2} {
			if it := k.profile.Item(list, code); it != nil && it.More[name] != "" {
				return it.More[name]
			}
		}
		return ""
	}
	switch key {
	case needLabor:
		return more("develop") == "yes"
	case needFloor:
		return cmp.Or(more("role"), cat1) == "security" || more("kind") == "asset"
	}
	return cat1 != "" && k.profile.Suitable(key, cat1, cat2)
}

// answering is the ref of a measure that answers a need, "" when none does.
func (k *kit) answering(f *dialog.Form, key string) string {
	for _, w := range k.works(f) {
		if k.answersNeed(key, w.v("cat1"), w.v("cat2")) {
			return w.ref
		}
	}
	return ""
}

// offered are the kinds of measures to offer for a need: the usual ones of the
// profile, else all that suit; never one that the facts speak against.
func (k *kit) offeredFor(f *dialog.Form, key string) []models.CodeItem {
	s := k.scratch(f)
	if offered, known := s.offered[key]; known {
		return offered
	}
	if s.offered == nil {
		s.offered = map[string][]models.CodeItem{}
	}
	s.offered[key] = k.offer(f, key)
	return s.offered[key]
}

func (k *kit) offer(f *dialog.Form, key string) []models.CodeItem {
	codes := k.profile.Offers[key]
	if len(codes) == 0 {
		for _, it := range k.profile.Codes["measure_cat2"] {
			if k.answersNeed(key, it.More["cat1"], it.Key) && !k.ofVillage(it) {
				codes = append(codes, it.Key)
			}
		}
	}
	unfit := k.judgeOf(f).Unfit(k.file(f))
	var out []models.CodeItem
	for _, code := range codes {
		it := k.profile.Item("measure_cat2", code)
		if it == nil || !k.answersNeed(key, it.More["cat1"], code) {
			continue
		}
		m := models.Measure{Cat1: it.More["cat1"], Cat2: code, Targets: k.dossierRefs(f, k.usualTargets(f, k.profile.UsualOf(it.More["cat1"], code)))}
		if u := k.profile.UsualOf(it.More["cat1"], code); u.Targets != "" && len(m.Targets) == 0 {
			continue // nobody in the household it is for
		}
		if !unfit(m) {
			out = append(out, *it)
		}
	}
	return out
}

func (k *kit) ofVillage(it models.CodeItem) bool {
	c1 := k.profile.Item("measure_cat1", it.More["cat1"])
	return c1 != nil && c1.More["village"] == "yes"
}

// dossierRefs are members as the dossier of a form names them: "m:0".
func (k *kit) dossierRefs(f *dialog.Form, refs []string) models.Set {
	d := k.file(f)
	p := planLayer{kit: k, f: f, d: d, file: d}
	return p.people(strings.Join(refs, ","))
}

// needsCard asks for each need what is done about it.
type needsCard struct{}

func (needsCard) wants(k *kit, f *dialog.Form) []string {
	var out []string
	for _, n := range k.needs(f) {
		out = append(out, pathNeed+n.key)
	}
	return out
}

func (c needsCard) first(k *kit, f *dialog.Form) []string {
	if open := f.Open(c.wants(k, f)); len(open) > 0 {
		return open[:1]
	}
	return nil
}

func (needsCard) words(k *kit, f *dialog.Form, first []string) []string {
	if len(first) == 0 {
		return nil
	}
	key := strings.TrimPrefix(first[0], pathNeed)
	fact := ""
	for _, n := range k.needs(f) {
		if n.key == key && n.fact != "" {
			fact = "（" + clip(n.fact, 24) + "）"
		}
	}
	return []string{"need", k.needLabel(key), "fact", fact, "example", k.exampleFor(f, key)}
}

// exampleFor is how to say a measure for a need.
func (k *kit) exampleFor(f *dialog.Form, key string) string {
	for _, it := range k.offeredFor(f, key) {
		if u := k.profile.UsualOf(it.More["cat1"], it.Key); u.Example != "" {
			return k.texts.Say("need.example", "example", u.Example)
		}
	}
	return ""
}

func (needsCard) choices(k *kit, f *dialog.Form, first []string) []choice {
	if len(first) == 0 {
		return nil
	}
	key := strings.TrimPrefix(first[0], pathNeed)
	var out []choice
	for _, it := range k.offeredFor(f, key) {
		out = append(out, choice{label: it.Label, also: it.Also, do: func(l *ledger) {
			l.takeMeasure(&plan.Measure{Cat1: it.More["cat1"], Cat2: it.Key})
		}})
	}
	return out
}

func (needsCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskKind} }
