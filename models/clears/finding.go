package clears

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Finding is one rule that a dossier breaks.
type Finding struct {
	Rule     string // "P04"
	Variant  string // special case of the rule, "" for the rule itself
	Severity string // E blocks a clear and reporting, W passes with a reason; neither blocks saving
	Record   string // household member condition income cause measure fund output duty helper exit
	RecordID string // id of the record, its index in the dossier when it has none yet, kind of a cause
	Fields   []string
	Vars     map[string]string
	Message  string
	Fix      string
}

// Key names the finding among all of a household: a reason given for it is
// kept under this name.
func (f Finding) Key() string { return f.Rule + ":" + f.Record + ":" + f.RecordID }

// Blocks reports whether the finding stands in the way of a clear.
func (f Finding) Blocks() bool { return f.Severity == "E" }

// hit notes that the rule at work is broken. vars are name and value in turn.
func (r *run) hit(record, id string, fields []string, vars ...string) {
	r.hitAs("", record, id, fields, vars...)
}

// hitAs is hit with the words and severity of a variant of the rule.
func (r *run) hitAs(variant, record, id string, fields []string, vars ...string) {
	if r.changed != nil && !slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(r.changed, f) }) {
		return
	}
	f := Finding{Rule: r.rule.ID, Variant: variant, Record: record, RecordID: id, Fields: fields,
		Severity: r.rule.Severity, Message: r.rule.Message, Fix: r.rule.Fix}
	if v, ok := r.rule.Variants[variant]; ok {
		f.Severity, f.Message, f.Fix = cmp.Or(v.Severity, f.Severity), cmp.Or(v.Message, f.Message), cmp.Or(v.Fix, f.Fix)
	}
	f.Vars = make(map[string]string, len(vars)/2)
	for i := 0; i+1 < len(vars); i += 2 {
		f.Vars[vars[i]] = vars[i+1]
	}
	f.Message, f.Fix = fill(f.Message, f.Vars), fill(f.Fix, f.Vars)
	*r.found = append(*r.found, f)
}

// fill puts the values of vars where text says {name}.
func fill(text string, vars map[string]string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		j := strings.IndexByte(text, '}')
		if i < 0 || j < i {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		b.WriteString(vars[text[i+1:j]])
		text = text[j+1:]
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// money shows an amount in full yuan.
func money(f float64) string { return models.DecOf(float64(int64(f + 0.5))).String() }

// num shows a number with one decimal at most.
func num(f float64) string { return strconv.FormatFloat(float64(int64(f*10+0.5))/10, 'f', -1, 64) }

// at is the path of a field of the n-th record of a kind: "m:0.sex".
func at(kind string, n int, field string) string { return kind + ":" + itoa(n) + "." + field }

// several are the paths of some fields of one record.
func several(kind string, n int, fields ...string) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = at(kind, n, f)
	}
	return out
}
