package flows

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// The lists of a form's plan. Each is an answer that names its rows: "w1,w2".
const (
	pathCauses  = "causes" // the main one first
	pathWorks   = "works"  // 帮扶措施
	pathFunds   = "funds"
	pathOuts    = "outs"
	pathDuties  = "duties"
	pathHelpers = "helpers"

	planID   = "plan"
	markPlan = "plan" // "yes": what is planned is in the form
)

// letters begin the refs of a list's rows and tell the record they are of.
var letters = map[byte]string{'m': "member", 'c': "cause", 'w': "measure", 'f': "fund", 'o': "output", 'd': "duty", 'h': "helper"}

// listLetter is the letter of a list.
var listLetter = map[string]string{pathCauses: "c", pathWorks: "w", pathFunds: "f", pathOuts: "o", pathDuties: "d", pathHelpers: "h"}

// row is one record of a form's plan.
type row struct {
	f   *dialog.Form
	ref string // "w1"
}

func (r row) v(key string) string { return r.f.Value(r.ref + "." + key) }

func (r row) path(key string) string { return r.ref + "." + key }

// of is the measure a fund, an output or a duty belongs to; "" for the household.
func (r row) of() string { return r.v("of") }

func rows(f *dialog.Form, list string) []row {
	text := f.Value(list)
	if text == "" || text == noRows {
		return nil
	}
	out := make([]row, 0, strings.Count(text, ",")+1)
	for ref := range strings.SplitSeq(text, ",") {
		out = append(out, row{f, ref})
	}
	return out
}

// rowAt is the row that a path is of.
func rowAt(f *dialog.Form, path string) row {
	ref, _, _ := strings.Cut(path, ".")
	return row{f, ref}
}

// firstOf is the row of the first of some paths, one without a ref when there is none.
func firstOf(f *dialog.Form, paths []string) row {
	if len(paths) == 0 {
		return row{f, ""}
	}
	return rowAt(f, paths[0])
}

// noRows answers a list that has none on purpose: it was emptied.
const noRows = "none"

// rowsOf are the rows of a list that belong to a measure.
func rowsOf(f *dialog.Form, list, work string) []row {
	return slices.DeleteFunc(rows(f, list), func(r row) bool { return r.of() != work })
}

// planned reports whether the plan of the household is in the form.
func planned(f *dialog.Form) bool { return f.Marks[markPlan] != "" }

// works are the measures that are not cancelled.
func (k *kit) works(f *dialog.Form) []row {
	return slices.DeleteFunc(rows(f, pathWorks), func(w row) bool { return k.profile.Dead(w.v("status")) })
}

// nextIn is a ref that no row of the list has.
func nextIn(list, letter string) string {
	top := 0
	for ref := range strings.SplitSeq(list, ",") {
		if n, err := strconv.Atoi(strings.TrimPrefix(ref, letter)); err == nil && n > top {
			top = n
		}
	}
	return letter + strconv.Itoa(top+1)
}

// recordOf splits a form path into the record it is of, the ref of the row ("" for
// records there is one of) and the key.
func recordOf(path string) (record, ref, key string) {
	ref, key, ok := strings.Cut(path, ".")
	switch {
	case !ok:
		return "", "", ""
	case len(ref) > 1 && ref[1] >= '0' && ref[1] <= '9' && letters[ref[0]] != "":
		return letters[ref[0]], ref, key
	case ref == "village_exit" || ref == "county_exit":
		return "area_exit", "", key
	}
	return ref, "", key
}

// fieldOf is the dictionary entry of a form path, nil for lists and marks.
func fieldOf(path string) *models.Field {
	record, _, key := recordOf(path)
	if record == "" {
		return nil
	}
	return models.FieldAt(record + "." + key)
}

// spans are the first and the last year of a measure within the programme; 0 and
// -1 when nothing is known of them.
func (k *kit) span(w row) (from, to int) {
	year := atoi(w.v("year"))
	from, to = year, max(year, models.Date(w.v("due_date")).Year())
	if y := models.Date(w.v("start_date")).Year(); y != 0 && (from == 0 || y < from) {
		from = y
	}
	if from == 0 && to == 0 {
		return 0, -1
	}
	if from == 0 {
		from = to
	}
	return max(from, k.profile.FirstYear), min(to, k.profile.LastYear)
}

// years are those of a measure.
func (k *kit) years(w row) []string {
	var out []string
	from, to := k.span(w)
	for y := from; y <= to; y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// workName is what a measure is called in a sentence.
func (k *kit) workName(w row) string {
	return k.profile.MeasureName(w.v("title"), w.v("cat1"), w.v("cat2"))
}
