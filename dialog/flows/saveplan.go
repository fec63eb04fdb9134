package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// savedPlan tells how the household stands after its plan was saved: the six
// lights, what is missing, what breaks a rule.
func (t *talk) savedPlan(f *dialog.Form, d *models.Dossier, missing []string) {
	t.say("save.plan", "head", f.Title, "group", f.Value("household.group"))
	lines := []string{t.reply.Text, t.lightsText(t.lightsAfter(d))}
	if line := t.recheckLine(d); line != "" {
		lines = append(lines, line)
	}
	if sums := t.sumsLine(f); sums != "" {
		lines = append(lines, strings.TrimSpace(sums))
	}
	lines = append(lines, t.missingLines(missing)...)
	fs := t.messages(d, t.standing(f, clears.Check(d, t.profile, t.today())))
	t.reply.Text = strings.Join(append(lines, t.findingLines(fs, maxSavedFindings)...), "\n")
	t.savedOptions(d, missing)
}

// alignPlan gives the rows of a form read anew the refs they have in the form of
// this conversation, and takes over the rows somebody else added meanwhile.
func (t *talk) alignPlan(mine, theirs *dialog.Form) {
	refs := map[string]string{}
	for list, letter := range listLetter {
		for _, r := range rows(theirs, list) {
			id := theirs.Marks[r.ref+".id"]
			ref := refWithID(mine, letter, id)
			if ref == "" {
				ref = nextIn(mine.Value(list)+","+strings.Join(usedRefs(mine, letter), ","), letter)
				mine.Answers[list] = strings.TrimPrefix(mine.Value(list)+","+ref, ",")
				mine.Marks[ref+".id"] = id
			}
			refs[r.ref] = ref
		}
	}
	renameRefs(theirs, refs)
	mine.Scratch = nil
}

// freshRows are rows that somebody else added, in one line each.
func (t *talk) freshRows(f *dialog.Form, fresh map[string]bool) []string {
	var out []string
	for _, l := range t.planLines(f) {
		if _, ref, _ := recordOf(first(l.paths)); fresh[ref] {
			out = append(out, l.text)
		}
	}
	return out
}

// refWithID is the row that was read from the record of that id.
func refWithID(f *dialog.Form, letter, id string) string {
	for mark, v := range f.Marks {
		if ref, ok := strings.CutSuffix(mark, ".id"); ok && v == id && strings.HasPrefix(ref, letter) {
			return ref
		}
	}
	return ""
}

// renameRefs calls the rows of a form by other refs, in paths and in what belongs
// to a measure.
func renameRefs(f *dialog.Form, refs map[string]string) {
	for _, m := range []*map[string]string{&f.Answers, &f.Base} {
		out := make(map[string]string, len(*m))
		for path, v := range *m {
			ref, key, ok := strings.Cut(path, ".")
			if to := refs[ref]; ok && to != "" {
				path = to + "." + key
			}
			if key == "of" && refs[v] != "" {
				v = refs[v]
			}
			out[path] = v
		}
		*m = out
	}
}
