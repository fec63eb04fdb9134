package demo

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// builder makes records of the files for one day.
type builder struct {
	village
	day
}

func (b builder) dossier(h household) models.Dossier {
	d := models.Dossier{}
	d.Household.Village = h.Village
	ethnic := take(h.Household, "ethnic")
	b.put(&d.Household, "household", h.Household)
	for _, m := range h.Members {
		d.Members = append(d.Members, b.member(m, ethnic))
	}
	if h.Condition != nil {
		d.Condition.Year = b.year(h.Condition, "{y}")
		b.put(&d.Condition, "condition", h.Condition)
	}
	if h.Income != nil {
		d.Income.Year = b.year(h.Income, "{i}")
		b.put(&d.Income, "income", h.Income)
	}
	if h.LastYear != nil {
		d.LastYear.Year = b.year(h.LastYear, "{i-1}")
		b.put(&d.LastYear, "income", h.LastYear)
	}
	b.plans(&d, h)
	return d
}

// year takes the year a record is about.
func (b builder) year(r record, usual string) int {
	text := take(r, "year")
	if text == "" {
		text = usual
	}
	return number(b.say(text))
}

// member reads a person. Own keys: "as" names a kind; "age", or the "grade" that
// else follows from the school status, and the birthday "on" give the birth
// date; "no" is the end of the ID number before the check digit, "from" its area
// code, "card" what a disability card adds. Without "no" there is no number yet.
func (b builder) member(r record, ethnic string) models.Member {
	r = merged(b.Kinds[take(r, "as")], r)
	age, grade, on := take(r, "age"), take(r, "grade"), take(r, "on")
	no, from, card := take(r, "no"), take(r, "from"), take(r, "card")
	m := models.Member{Ethnic: ethnic}
	switch {
	case age != "":
		m.Birth = b.bornAged(number(age), on)
	case grade != "":
		m.Birth = b.bornInGrade(number(grade), on)
	case b.Grades[r["school_status"]] != 0:
		m.Birth = b.bornInGrade(b.Grades[r["school_status"]], on)
	}
	b.put(&m, "member", r)
	if no == "" {
		return m
	}
	if from == "" {
		from = "539901"
	}
	m.IDType, m.IDNo = "id", idNumber(from, m.Birth, no)
	if card != "" {
		m.IDType, m.IDNo = "disab", m.IDNo+models.IDNumber(card)
	}
	return m
}

// idNumber completes area code, birth date and serial number with the check
// digit of GB 11643.
func idNumber(from string, birth models.Date, no string) models.IDNumber {
	digits := from + string(birth[:4]) + string(birth[5:7]) + string(birth[8:]) + no
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(digits[i]-'0') * weight
	}
	return models.IDNumber(digits + "10X98765432"[sum%11:][:1])
}

// plans reads causes, measures and what belongs to them. Rows name a measure that
// has no id yet as "ms:<index>".
func (b builder) plans(d *models.Dossier, h household) {
	for i, r := range h.Causes {
		c := models.Cause{Programme: Programme, Village: h.Village, Seq: i}
		b.put(&c, "cause", r)
		d.Causes = append(d.Causes, c)
	}
	for i, w := range h.Measures {
		m, ref := models.Measure{Programme: Programme, Village: h.Village}, "ms:"+strconv.Itoa(i)
		b.put(&m, "measure", w.Measure)
		d.Measures = append(d.Measures, m)
		for _, r := range w.Funds {
			f := models.Fund{MeasureID: ref, Village: h.Village}
			b.put(&f, "fund", r)
			d.Funds = append(d.Funds, f)
		}
		for _, r := range w.Outputs {
			o := models.Output{MeasureID: ref, Village: h.Village}
			b.put(&o, "output", r)
			d.Outputs = append(d.Outputs, o)
		}
		b.duties(d, h.Village, ref, w.Duties)
	}
	b.duties(d, h.Village, "", h.Duties)
	for _, r := range h.Helpers {
		p := models.Helper{Village: h.Village}
		b.put(&p, "helper", r)
		d.Helpers = append(d.Helpers, p)
	}
	for _, area := range []string{h.Village, models.ParentCode(models.ParentCode(h.Village))} {
		d.AreaExits = append(d.AreaExits, models.AreaExit{Area: area, Programme: Programme, Year: models.IntOf(b.plan + 1)})
	}
	if h.Exit != nil {
		d.Exit = models.Exit{Programme: Programme, Village: h.Village}
		b.put(&d.Exit, "exit", h.Exit)
	}
}

func (b builder) duties(d *models.Dossier, village, object string, rs []record) {
	for _, r := range rs {
		t := models.Duty{Object: object, Village: village}
		b.put(&t, "duty", r)
		d.Duties = append(d.Duties, t)
	}
}

// put sets the fields of rec, the usual values first. A record that says
// "bare" has no usual values: it is on file, and hardly more.
func (b builder) put(rec any, kind string, r record) {
	if take(r, "bare") == "" {
		r = merged(b.Usual[kind], r)
	}
	for key, text := range b.told(r) {
		text = b.say(text)
		if text == "" {
			continue
		}
		if err := models.SetValue(rec, key, text); err != nil {
			panic(fmt.Sprintf("models/demo: %s %q: %v", kind, text, err))
		}
	}
}

// told is r as it reads today: "done.progress" is the progress once the years
// of the plan are over, and nothing before.
func (b builder) told(r record) record {
	out := make(record, len(r))
	for key, text := range r {
		if _, late := strings.CutPrefix(key, "done."); !late {
			out[key] = text
		}
	}
	for key, text := range r {
		if key, late := strings.CutPrefix(key, "done."); late && b.at.Year() > b.plan+1 {
			out[key] = text
		}
	}
	return out
}

// merged is own over usual, both left as they are.
func merged(usual, own record) record {
	out := make(record, len(usual)+len(own))
	maps.Copy(out, usual)
	maps.Copy(out, own)
	return out
}

// take gives a value and removes it.
func take(r record, key string) string {
	v := r[key]
	delete(r, key)
	return v
}

// number reads a number of the files; they are part of the program.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("models/demo: " + err.Error())
	}
	return n
}
