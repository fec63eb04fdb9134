package flows

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// today is the day of the message, which all judging counts from.
func (t *talk) today() models.Date { return models.DayOf(t.in.At) }

// scratch is what was worked out from the answers of a form.
type scratch struct {
	file  *models.Dossier
	needs []need
	known bool // needs are worked out
	// offered are the kinds of measures for a need.
	offered map[string][]models.CodeItem
	// around is what lies around the household, nil until the confirm screen asked.
	around *clears.Context
}

// file is the household as the form has it now, members in the order of its
// roster; nil when the answers make none, which is logged by who asks.
func (k *kit) file(f *dialog.Form) *models.Dossier { return k.scratch(f).file }

func (k *kit) scratch(f *dialog.Form) *scratch {
	if s, ok := f.Scratch.(*scratch); ok {
		return s
	}
	h := models.Household{Village: f.Marks[markVillage]}
	if !isNew(f) && len(f.Thing) > models.VillageDigits {
		h.ID, h.Village = f.Thing, f.Thing[:models.VillageDigits]
	}
	d, err := k.dossierOf(f, &models.Dossier{Household: h})
	if err != nil { // an answer that is no value of its field: none gets in
		d = &models.Dossier{Household: h}
	}
	d.Household.HeadName = f.Title
	if f.Flow != planID || d.Household.VisitDate == "" {
		d.Household.VisitDate = models.Date(f.Marks[markToday]) // this is the visit
	}
	s := &scratch{file: d}
	f.Scratch = s
	return s
}

// findings are the messages of the rules that the form breaks now; with changed
// paths, only those that these decide (domain.md §4: said at the moment of
// typing when one answer suffices to know).
func (t *talk) findings(f *dialog.Form, changed []string) []string {
	d := t.file(f)
	if changed != nil {
		return t.messages(d, t.judgeOf(f).CheckFields(d, rulePaths(f, changed)))
	}
	return t.messages(d, t.broken(f))
}

// broken are the findings of the form as it stands: of the household alone, or with
// its plan and what lies around it, without those somebody gave a reason for.
func (t *talk) broken(f *dialog.Form) []clears.Finding {
	d, j := t.file(f), t.judgeOf(f)
	if !planned(f) {
		return t.standing(f, j.CheckBase(d))
	}
	j.Context = t.around(f, d)
	return t.standing(f, j.Check(d))
}

// around is what the rules across households need to know (the same person helped
// twice, the same words, prices): looked up once for the answers as they are. The
// lights after saving judge with it, so the confirm screen has to.
func (t *talk) around(f *dialog.Form, d *models.Dossier) *clears.Context {
	s := t.scratch(f)
	if s.around != nil {
		return s.around
	}
	c := *d
	c.Exit.Programme = t.profile.ID // the form has no other
	j, err := judgeOf(t.ctx, t.view, *t.by, t.profile, &c, t.in.At)
	if err != nil {
		t.log.Warn("judged without what lies around", "comp", "flows", "err", err)
		return nil
	}
	s.around = j.Context
	return s.around
}

// standing are the findings nobody gave a reason for.
func (k *kit) standing(f *dialog.Form, fs []clears.Finding) []clears.Finding {
	return slices.DeleteFunc(fs, func(x clears.Finding) bool { return !x.Blocks() && f.Value(pathWaiver+x.Key()) != "" })
}

// ruleNames are what the rules call the rows of each list.
var ruleNames = map[string]string{pathCauses: "cause", pathWorks: "ms", pathFunds: "fund", pathOuts: "out", pathDuties: "duty", pathHelpers: "helper"}

// rulePaths names the form's paths as the rules do: "m2.sex" is "m:1.sex" when
// m2 is the second member.
func rulePaths(f *dialog.Form, changed []string) []string {
	index := map[string]string{}
	for i, s := range roster(f) {
		index[s.ref] = "m:" + itoa(i)
	}
	for list, name := range ruleNames {
		for i, r := range rows(f, list) {
			index[r.ref] = name + ":" + itoa(i)
		}
	}
	out := make([]string, 0, len(changed))
	for _, p := range changed {
		ref, key, _ := strings.Cut(p, ".")
		if name := index[ref]; name != "" {
			p = name + "." + key
		}
		out = append(out, p)
	}
	return out
}

// messages are findings in words: what is wrong, and what to do. What is wrong
// only because nothing was said yet is among the missing things already.
func (t *talk) messages(d *models.Dossier, fs []clears.Finding) []string {
	var out []string
	seen := map[string]bool{}
	fs = slices.Clone(fs)
	slices.SortStableFunc(fs, func(a, b clears.Finding) int { return rank(a) - rank(b) })
	for _, x := range fs {
		if unsaid(d, x) {
			continue
		}
		text := x.Message
		if x.Fix != "" {
			text = t.texts.Say("finding.fix", "message", x.Message, "fix", x.Fix)
		}
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out
}

// maxShownFindings is how many findings stand below what is to be confirmed.
const maxShownFindings = 4

// findingLines are messages as lines, so many at most, and how many more there are.
func (t *talk) findingLines(fs []string, most int) []string {
	var out []string
	for i, m := range fs {
		if i == most {
			return append(out, t.texts.Say("confirm.more_findings", "n", itoa(len(fs)-i)))
		}
		out = append(out, t.texts.Say("finding", "message", m))
	}
	return out
}

// rank puts what blocks in front: a screen shows only the first few.
func rank(x clears.Finding) int {
	if x.Blocks() {
		return 0
	}
	return 1
}

// unsaid reports whether a finding is only about what was not said yet: none of
// its fields has a value, or none of the members' fields among them (the kind of
// the household is told before anybody's 低保 is).
func unsaid(d *models.Dossier, x clears.Finding) bool {
	said, members, saidOfMembers := false, false, false
	for _, p := range x.Fields {
		if lacking(d, p) {
			continue
		}
		has := fieldValue(d, p) != ""
		said = said || has
		if strings.HasPrefix(p, "m:") {
			members, saidOfMembers = true, saidOfMembers || has
		}
	}
	return !said || members && !saidOfMembers
}

// lacking reports whether a path only asks for a record there is none of: nobody
// helps, nobody answers, no cause. It is among the missing things.
func lacking(d *models.Dossier, path string) bool {
	switch path {
	case "helper":
		return len(d.Helpers) == 0
	case "cause":
		return len(d.Causes) == 0
	}
	return strings.HasPrefix(path, "ms:") && strings.HasSuffix(path, ".duty")
}

// fieldValue is the value at a rule's path; a path of a record that the base
// form does not have counts as said.
func fieldValue(d *models.Dossier, path string) string {
	rec, key, ok := strings.Cut(path, ".")
	if !ok {
		return path
	}
	switch rec {
	case "household":
		return models.Value(&d.Household, key)
	case "condition":
		return models.Value(&d.Condition, key)
	case "income":
		return models.Value(&d.Income, key)
	}
	n, err := strconv.Atoi(strings.TrimPrefix(rec, "m:"))
	if err != nil || n >= len(d.Members) {
		return path
	}
	return models.Value(&d.Members[n], key)
}

// judged are the six lights of a household on file, with what lies around it.
func (t *talk) judged(d *models.Dossier) (clears.Lights, error) {
	j, err := judgeOf(t.ctx, t.view, *t.by, t.profile, d, t.in.At)
	if err != nil {
		return clears.Lights{}, err
	}
	return j.Lights(d), nil
}

// lightsAfter are the lights a save will leave: before it is written, from what is
// about to be.
func (t *talk) lightsAfter(d *models.Dossier) clears.Lights {
	ls, err := t.judged(d)
	if err != nil {
		t.log.Warn("judged without what lies around", "comp", "flows", "err", err)
		return clears.LightsOf(d, t.profile, t.today(), d.Accepted())
	}
	return ls
}

// lightsText is the row of six lights: 家底🟢 原因🔴 措施🟡复核 …
func (t *talk) lightsText(ls clears.Lights) string {
	var out []string
	for _, l := range ls {
		shade := "shade." + string(l.Shade)
		if l.Recheck() && l.Shade == clears.Yellow {
			shade = "shade.recheck"
		}
		out = append(out, t.texts.Say("light", "clear", t.shortLabel(string(l.Clear)), "shade", t.texts.Say(shade)))
	}
	return strings.Join(out, " ")
}

// How many missing things a screen lists: of 家底, and of each clear after it.
const (
	maxMissing      = 12
	maxMissingLater = 4
)

// shortLabel is the name of a clear without its last sign: 致贫原因, 风险.
func (t *talk) shortLabel(clear string) string {
	return strings.TrimSuffix(t.profile.Labels[clear], t.texts.Say("light.tail"))
}

// missingText lists what is missing of each clear that was begun, and which are not
// begun; the rest of the chain depends on them (domain.md §3).
func (t *talk) missingText(d *models.Dossier, ls clears.Lights) string {
	var lines, others []string
	begun, all := clears.Begun(d, t.profile), 0
	for i, l := range ls {
		name := t.profile.Labels[string(l.Clear)]
		parts := t.missingParts(d, l)
		n, most, and := len(parts), maxMissing, "、"
		if i > 0 {
			most, and = maxMissingLater, "；" // whole sentences
		}
		switch {
		case n == 0:
		case !begun[i]:
			others = append(others, strings.TrimSuffix(name, t.texts.Say("light.tail")))
		default:
			all += n
			line := t.texts.Say("light.missing", "clear", name, "n", itoa(n), "list", strings.Join(parts[:min(n, most)], and))
			if n > most {
				line += t.texts.Say("light.more")
			}
			lines = append(lines, line)
		}
	}
	if len(lines) > 1 {
		lines = append([]string{t.texts.Say("light.count", "n", itoa(all))}, lines...)
	}
	if len(others) > 0 {
		lines = append(lines, t.texts.Say("light.others", "list", strings.Join(others, "、")))
	}
	if len(lines) == 0 {
		return t.texts.Say("light.all")
	}
	return strings.Join(lines, "\n")
}

func (t *talk) missingParts(d *models.Dossier, l clears.Light) []string {
	var parts []string
	seen := map[string]bool{}
	for _, m := range l.Missing {
		if m.Label == "member.id_type" {
			continue // follows from the number, which is missing as well
		}
		if text := t.missingOne(d, m); !seen[text] {
			seen[text] = true
			parts = append(parts, text)
		}
	}
	return parts
}

// missingOne is one missing thing in words.
func (t *talk) missingOne(d *models.Dossier, m clears.Missing) string {
	if m.Message != "" {
		return m.Message
	}
	name := ""
	if m.Member >= 0 && m.Member < len(d.Members) {
		name = d.Members[m.Member].Name
	}
	if fd := models.FieldAt(m.Label); fd != nil {
		return name + fd.Label
	}
	if s, ok := t.texts["record."+m.Label]; ok {
		return name + s
	}
	return name + m.Label
}
