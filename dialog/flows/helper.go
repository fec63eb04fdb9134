package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// readHelper takes the one who is paired with the household.
func (l *ledger) readHelper(text string, a asking) ([]string, bool) {
	if a.asked != plan.AskHelper && !containsAny(text, lex().Helpers) {
		return []string{text}, false
	}
	if !containsAny(text, lex().Helpers) && l.severalLevels(text, a) {
		return []string{text}, false
	}
	h, un := l.planner.Helper(text, l.withOfficials(l.planContext(a)))
	if h == nil || *h == (plan.Helper{}) || h.Name == "" && len(l.refs(pathHelpers)) == 0 {
		left, some := l.rest(un, l.guessOfficial) // a unit is nobody
		return left, some
	}
	l.takeHelper(h)
	left, _ := l.rest(un, nil)
	return left, true
}

// severalLevels: people of several levels are named: who answers for the measures, not
// who helps the household.
func (l *ledger) severalLevels(text string, a asking) bool {
	ds, _ := l.planner.Duties(text, l.withOfficials(l.planContext(asking{work: a.work})))
	levels := map[string]bool{}
	for _, d := range ds {
		if d.Name != "" && d.Level != "" {
			levels[d.Level] = true
		}
	}
	return len(levels) > 1
}

// takeHelper notes the helper: what is new of the one there, or somebody else who
// takes over.
func (l *ledger) takeHelper(h *plan.Helper) {
	refs := l.refs(pathHelpers)
	ref := ""
	if len(refs) > 0 {
		ref = refs[len(refs)-1]
	}
	if ref != "" && h.Name != "" && l.value(ref+".helper") != "" && l.value(ref+".helper") != h.Name {
		l.drop(pathHelpers, ref)
		ref = ""
	}
	if ref == "" {
		ref = l.add(pathHelpers, false)
	}
	if p := l.official(l.f, h.PersonID); p != nil {
		l.fill(ref+".helper_unit", p.Unit)
		l.fill(ref+".helper_phone", p.Phone.Reveal())
		l.fill(ref+".unit_level", l.unitLevel(*p))
	}
	l.fill(ref+".helper", h.Name)
	l.fill(ref+".helper_unit", h.Unit)
	l.fill(ref+".unit_level", h.UnitLevel)
	l.fill(ref+".helper_phone", h.Phone)
	l.fill(ref+".helper_from", cmp.Or(h.From, l.value(ref+".helper_from"), l.f.Marks[markToday]))
	l.fill(ref+".helper_to", h.To)
	shown := plan.Helper{Name: l.value(ref + ".helper"), Unit: l.value(ref + ".helper_unit"), From: l.value(ref + ".helper_from"), To: l.value(ref + ".helper_to")}
	l.whole(ref, l.profile.Labels["helper_word"]+" "+l.planner.ShowHelper(shown))
}

// unitLevel is the level a unit belongs to (省直 市直 县直 乡镇 村级).
func (k *kit) unitLevel(p models.Person) string {
	if p.Level() == models.Village && strings.HasPrefix(p.Unit, k.texts.Say("level.county_sign")) {
		return "county" // a county's officer who is stationed in the village
	}
	return string(p.Level())
}

// helperCard asks who is paired with the household.
type helperCard struct{}

func (helperCard) wants(*kit, *dialog.Form) []string { return []string{pathHelpers} }

func (c helperCard) first(k *kit, f *dialog.Form) []string { return c.wants(k, f) }

func (helperCard) words(k *kit, _ *dialog.Form, _ []string) []string {
	return []string{"helper", k.profile.Labels["helper_word"]}
}

func (helperCard) choices(k *kit, f *dialog.Form, _ []string) []choice {
	ps := slices.Clone(k.officials(f))
	slices.SortStableFunc(ps, func(a, b models.Person) int { // who speaks first
		switch {
		case a.ID == self(f):
			return -1
		case b.ID == self(f):
			return 1
		}
		return 0
	})
	var out []choice
	for i, p := range ps {
		if i == maxOptions-1 {
			break
		}
		out = append(out, choice{label: k.personLabel(p), also: []string{p.Name}, do: func(l *ledger) {
			l.takeHelper(&plan.Helper{Name: p.Name, PersonID: p.ID})
		}})
	}
	return out
}

func (helperCard) asking(*kit, *dialog.Form, []string) asking { return asking{asked: plan.AskHelper} }

// helperGapCard asks what is not known of the helper.
type helperGapCard struct{}

func (helperGapCard) wants(_ *kit, f *dialog.Form) []string {
	var out []string
	for _, h := range rows(f, pathHelpers) {
		out = append(out, h.path("helper"), h.path("helper_unit"), h.path("helper_phone"), h.path("helper_from"))
	}
	return out
}

func (c helperGapCard) first(k *kit, f *dialog.Form) []string { return firstRow(f, c.wants(k, f)) }

func (helperGapCard) words(_ *kit, f *dialog.Form, first []string) []string {
	var lacks []string
	for _, p := range f.Open(first) {
		lacks = append(lacks, fieldOf(p).Label)
	}
	return []string{"name", f.Value(firstOf(nil, first).ref + ".helper"), "lacks", strings.Join(lacks, "、")}
}

func (helperGapCard) choices(*kit, *dialog.Form, []string) []choice { return nil }

func (helperGapCard) asking(*kit, *dialog.Form, []string) asking {
	return asking{asked: plan.AskHelper}
}
