package flows

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// today is the day of the message, which all judging counts from.
func (t *talk) today() models.Date { return models.Date(t.in.At.Format("2006-01-02")) }

// formDossier is the household as the form has it now, members in the order of
// its roster.
func (t *talk) formDossier(f *dialog.Form) (*models.Dossier, error) {
	d, err := t.dossierOf(f, &models.Dossier{Household: models.Household{Village: t.by.Area}})
	if err != nil {
		return nil, err
	}
	d.Household.HeadName = f.Title
	d.Household.VisitDate = t.today() // this is the visit
	return d, nil
}

// findings are the messages of the rules that the form breaks now; with changed
// paths, only those that these decide (domain.md §4: said at the moment of
// typing when one answer suffices to know).
func (t *talk) findings(f *dialog.Form, changed []string) []string {
	d, err := t.formDossier(f)
	if err != nil {
		t.log.Error("form cannot be judged", "comp", "flows", "err", err)
		return nil
	}
	if changed == nil {
		return t.messages(d, clears.CheckBase(d, t.profile, t.today()))
	}
	return t.messages(d, clears.CheckFields(d, t.profile, t.today(), rulePaths(f, changed)))
}

// rulePaths names the form's paths as the rules do: "m2.sex" is "m:1.sex" when
// m2 is the second member.
func rulePaths(f *dialog.Form, changed []string) []string {
	index := map[string]int{}
	for i, s := range roster(f) {
		index[s.ref] = i
	}
	out := make([]string, 0, len(changed))
	for _, p := range changed {
		ref, key, ok := refOf(p)
		if !ok {
			out = append(out, p)
			continue
		}
		out = append(out, "m:"+itoa(index[ref])+"."+key)
	}
	return out
}

// messages are findings in words: what is wrong, and what to do. What is wrong
// only because nothing was said yet is among the missing things already.
func (t *talk) messages(d *models.Dossier, fs []clears.Finding) []string {
	var out []string
	seen := map[string]bool{}
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

// unsaid reports whether a finding is only about what was not said yet: none of
// its fields has a value, or none of the members' fields among them (the kind of
// the household is told before anybody's 低保 is).
func unsaid(d *models.Dossier, x clears.Finding) bool {
	said, members, saidOfMembers := false, false, false
	for _, p := range x.Fields {
		has := fieldValue(d, p) != ""
		said = said || has
		if strings.HasPrefix(p, "m:") {
			members, saidOfMembers = true, saidOfMembers || has
		}
	}
	return !said || members && !saidOfMembers
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

// clearName is a clear without the 清 at its end: 家底.
func (t *talk) clearName(c clears.Clear) string {
	return strings.TrimSuffix(t.profile.Labels[string(c)], t.texts.Say("light.tail"))
}

// lightsText is the row of six lights: 家底🟢 原因🔴 措施🟡复核 …
func (t *talk) lightsText(ls clears.Lights) string {
	var out []string
	for _, l := range ls {
		shade := "shade." + string(l.Shade)
		if l.Recheck() && l.Shade == clears.Yellow {
			shade = "shade.recheck"
		}
		out = append(out, t.texts.Say("light", "clear", t.clearName(l.Clear), "shade", t.texts.Say(shade)))
	}
	return strings.Join(out, " ")
}

// How many missing things a screen lists: of 家底, and of each clear after it.
const (
	maxMissing      = 12
	maxMissingLater = 4
)

// missingText lists what is missing of each clear that was begun, and which are not
// begun; the rest of the chain depends on them (domain.md §3).
func (t *talk) missingText(d *models.Dossier, ls clears.Lights) string {
	var lines, others []string
	begun, all := clears.Begun(d, t.profile), 0
	for i, l := range ls {
		name := t.profile.Labels[string(l.Clear)]
		parts := t.missingParts(d, l)
		n, most := len(parts), maxMissing
		if i > 0 {
			most = maxMissingLater
		}
		switch {
		case n == 0:
		case !begun[i]:
			others = append(others, strings.TrimSuffix(name, t.texts.Say("light.tail")))
		default:
			all += n
			line := t.texts.Say("light.missing", "clear", name, "n", itoa(n), "list", strings.Join(parts[:min(n, most)], "、"))
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
