package flows

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// formOf opens a form on what is on file: nothing is asked twice.
func (t *talk) formOf(d *models.Dossier) *dialog.Form {
	title := d.Household.HeadName
	if h := d.Head(); title == "" && h != nil {
		title = h.Name
	}
	f := dialog.NewForm(&t.base.Flow, d.Household.ID, title, t.in.At.Unix())
	t.prepare(f)
	f.Marks[markVersion] = itoa(d.Household.Version)
	known(f, "household", &d.Household, true)
	t.forgetForeign(f)
	var refs []string
	for i := range d.Members {
		ref := "m" + itoa(i+1)
		refs = append(refs, ref)
		known(f, ref, &d.Members[i], true)
		f.Marks[ref+".id"] = d.Members[i].ID
	}
	if len(refs) > 0 {
		f.Answers[pathRoster] = strings.Join(refs, ",")
		f.Base[pathRoster] = f.Answers[pathRoster]
	}
	known(f, "condition", &d.Condition, itoa(d.Condition.Year) == f.Marks[markYear])
	if d.Condition.Year != 0 {
		f.Marks["carry_year"] = itoa(d.Condition.Year)
	}
	known(f, "income", &d.Income, itoa(d.Income.Year) == f.Marks[markPeriod])
	for _, w := range d.Waivers {
		f.Answers[pathWaiver+w.Key], f.Base[pathWaiver+w.Key] = w.Reason, w.Reason
	}
	return f
}

// forgetForeign leaves open what a household has of another programme's lists, such
// as its kind: it is asked for anew. What stands there stays until then.
func (k *kit) forgetForeign(f *dialog.Form) {
	for path, v := range f.Answers {
		if fd := fieldOf(path); fd != nil && fd.Kind == models.KindCode && k.profile.Item(fd.Codes, v) == nil {
			delete(f.Answers, path)
			f.Marks[markForeign+path] = ""
			if only := k.profile.Codes[fd.Codes]; len(only) == 1 {
				f.Answers[path] = only[0].Key
				f.Marks[markForeign+path] = only[0].Key
			}
		}
	}
}

// markForeign notes the paths that held another programme's codes, with what this
// one put there by itself.
const markForeign = "foreign."

// adopted reports whether the household was given a kind of this programme: until
// it was, saving a plan leaves what the other programme wrote.
func adopted(f *dialog.Form) bool {
	for mark, auto := range f.Marks {
		if path, ok := strings.CutPrefix(mark, markForeign); ok && f.Answers[path] != auto {
			return true
		}
	}
	return false
}

// known puts a record's values into the form: as answers when they are of this
// year, else only as what stood there before.
func known(f *dialog.Form, prefix string, rec any, current bool) {
	for _, key := range models.Keys(rec) {
		v := models.Value(rec, key)
		if v == "" {
			continue
		}
		f.Base[prefix+"."+key] = v
		if current {
			f.Answers[prefix+"."+key] = v
		}
	}
}

// dossierOf lays the answers of a form over what is on file (an empty dossier
// for a new household).
func (k *kit) dossierOf(f *dialog.Form, onFile *models.Dossier) (*models.Dossier, error) {
	d := *onFile
	people := roster(f)
	d.Members = append(make([]models.Member, 0, len(onFile.Members)+len(people)), onFile.Members...)
	if err := lay(f, "household", &d.Household); err != nil {
		return nil, err
	}
	for i, s := range people {
		m := memberByID(&d, f.Marks[s.ref+".id"])
		if m == nil {
			d.Members = append(d.Members, models.Member{ID: f.Marks[s.ref+".id"], Seq: i + 1})
			m = &d.Members[len(d.Members)-1]
		}
		if err := lay(f, s.ref, m); err != nil {
			return nil, err
		}
	}
	year, _ := strconv.Atoi(f.Marks[markYear])
	if d.Condition.Year != year {
		d.Condition = models.Condition{Year: year}
	}
	if err := lay(f, "condition", &d.Condition); err != nil {
		return nil, err
	}
	period, _ := strconv.Atoi(f.Marks[markPeriod])
	if d.Income.Year != period {
		d.LastYear, d.Income = d.Income, models.Income{Year: period}
	}
	if err := lay(f, "income", &d.Income); err != nil {
		return nil, err
	}
	d.Waivers = waivers(f)
	return &d, k.layPlan(f, &d, onFile)
}

// waivers are the reasons given for warnings.
func waivers(f *dialog.Form) []models.Waiver {
	out := []models.Waiver{}
	for path, reason := range f.Answers {
		if key, ok := strings.CutPrefix(path, pathWaiver); ok {
			out = append(out, models.Waiver{Key: key, Reason: reason})
		}
	}
	slices.SortFunc(out, func(a, b models.Waiver) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// pathWaiver and the key of a finding: the reason why a warning may stand.
const pathWaiver = "waiver."

// lay sets the fields of a record that the form has an answer for; a value that
// was on file and was taken away becomes unknown. Every answer is laid out anew in
// every turn: its path is spelt into one buffer.
func lay(f *dialog.Form, prefix string, rec any) error {
	yearly, foreign := prefix == "condition" || prefix == "income", anyForeign(f)
	path := append(append(make([]byte, 0, 64), prefix...), '.')
	start := len(path)
	return models.SetValues(rec, func(key string) (string, bool) {
		path = append(path[:start], key...)
		v, answered := f.Answers[string(path)]
		if !answered {
			if yearly {
				return "", false
			}
			if _, was := f.Base[string(path)]; !was {
				return "", false
			}
		}
		return v, !foreign || !keptForeign(f, string(path), v)
	})
}

// keptForeign reports whether what another programme wrote at a path stays.
func keptForeign(f *dialog.Form, path, value string) bool {
	auto, foreign := f.Marks[markForeign+path]
	return foreign && value == auto && !adopted(f)
}

// anyForeign reports whether another programme wrote anything.
func anyForeign(f *dialog.Form) bool {
	for mark := range f.Marks {
		if strings.HasPrefix(mark, markForeign) {
			return true
		}
	}
	return false
}

func memberByID(d *models.Dossier, id string) *models.Member {
	if id == "" {
		return nil
	}
	for i := range d.Members {
		if d.Members[i].ID == id {
			return &d.Members[i]
		}
	}
	return nil
}
