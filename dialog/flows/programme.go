package flows

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// inquireProgramme answers from the profile: income lines, limits and subsidies,
// what suits a cause, who leads. Each with year and source, and with a word when the
// county has not confirmed it.
func (t *talk) inquireProgramme(q inquiry) bool {
	switch {
	case q.has("line"):
		t.incomeLine(q)
	case q.has("suits") && t.need(q) != nil:
		t.suitsWhat(t.need(q))
	case q.has("leads") && len(t.categories(q)) > 0:
		t.leadsWhat(q)
	case q.has("limit") && len(t.categories(q)) > 0:
		t.limits(q)
	default:
		return false
	}
	return true
}

// incomeLine says the line of a year, of all years when none was said.
func (t *talk) incomeLine(q inquiry) {
	if q.year != 0 && !t.inProgramme(q.year) {
		return
	}
	var lines []string
	for y := t.profile.FirstYear; y <= t.profile.LastYear; y++ {
		if th, ok := t.profile.Threshold("income_line", y, t.area()); ok && (q.year == 0 || q.year == y) {
			lines = append(lines, t.texts.Say("line.year", "year", itoa(y), "n", t.amount(th), "source", t.sourceOf(th)))
		}
	}
	if len(lines) == 0 {
		t.say("line.none", "year", itoa(q.year))
		return
	}
	t.say("line.head", "list", strings.Join(lines, "\n"))
}

// sourceOf says where a number comes from, and that it is still to be confirmed.
func (t *talk) sourceOf(th models.Threshold) string {
	source := sourceCode.ReplaceAllString(th.Source, "")
	if th.Firm {
		return t.texts.Say("source", "source", source)
	}
	return t.texts.Say("source.open", "source", source)
}

// sourceCode is where a source stands in our own papers: nothing to a cadre.
var sourceCode = regexp.MustCompile(`（[A-Za-z][A-Za-z0-9.]*[^）]*）|、[A-Z][0-9]+`)

// amount is the number of a threshold with its unit, as people say it: 5万元, 1.4万元/户, 36个月.
func (t *talk) amount(th models.Threshold) string {
	n := models.DecOf(th.Value)
	if per, ok := strings.CutPrefix(th.Unit, t.texts.Say("money.unit")); ok {
		return t.yuan(n) + per
	}
	return n.String() + th.Unit
}

// need is the cause or gap a question is about.
func (t *talk) need(q inquiry) *askWord {
	if w := q.first("cause"); w != nil {
		return w
	}
	return q.first("gap")
}

// suitsWhat names the kinds of measures that answer a cause or a gap.
func (t *talk) suitsWhat(need *askWord) {
	var names []string
	for _, kind := range t.profile.Suits[need.What] {
		name := t.profile.Label("measure_cat1", kind)
		if name == kind {
			name = t.profile.Label("measure_cat2", kind)
		}
		if kind == "*" {
			t.say("suits.any", "what", need.Label)
			return
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		t.say("suits.none", "what", need.Label)
		return
	}
	t.say("suits", "what", need.Label, "list", strings.Join(names, "、"))
}

// categories are the kinds of measures a question names, each with its kinds below:
// 信贷 is 金融扶贫 and everything of it.
func (t *talk) categories(q inquiry) []string {
	var out []string
	add := func(key string) {
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, word := range q.words {
		for _, w := range word {
			if w.As != "category" {
				continue
			}
			add(w.What)
			for _, it := range t.profile.Codes["measure_cat2"] {
				if it.More["cat1"] == w.What {
					add(it.Key)
				}
			}
		}
	}
	return out
}

// leadsWhat says which departments usually lead a kind of measure.
func (t *talk) leadsWhat(q inquiry) {
	year := t.in.At.Year()
	var lines []string
	for _, key := range t.categories(q) {
		lead, ok := t.profile.Leads[key]
		if !ok && len(lines) == 0 {
			lead = t.profile.Lead(t.catOf(key), key) // a kind below without a row of its own has that of the one above
			ok = len(lead.County)+len(lead.Township) > 0
		}
		if !ok {
			continue
		}
		var names []string
		for _, d := range slices.Concat(lead.County, lead.Township) {
			names = append(names, t.profile.DeptName(d, year))
		}
		line := t.texts.Say("leads.line", "what", t.kindName(key), "list", strings.Join(names, "、"))
		if lines = append(lines, line); len(lines) == maxLeads {
			break
		}
	}
	if len(lines) == 0 {
		t.say("leads.none", "what", t.kindName(t.categories(q)[0]))
		return
	}
	t.say("leads.head", "list", strings.Join(lines, "\n"))
}

// maxLeads is how many kinds of measures one answer names.
const maxLeads = 5

func (t *talk) kindName(key string) string {
	if it := t.profile.Item("measure_cat2", key); it != nil {
		return it.Label
	}
	return t.profile.Label("measure_cat1", key)
}

// limits says how much may be lent, paid or subsidised for a kind of measure. A kind
// below without numbers of its own has those of what it belongs to.
func (t *talk) limits(q inquiry) {
	if q.year != 0 && !t.inProgramme(q.year) {
		return
	}
	year := q.year
	if year == 0 {
		year = min(max(t.in.At.Year(), t.profile.FirstYear), t.profile.LastYear)
	}
	keys := t.categories(q)
	lines := t.limitLines(keys, year)
	if len(lines) == 0 {
		for _, key := range keys {
			if it := t.profile.Item("measure_cat2", key); it != nil && it.More["cat1"] != "" {
				keys = append(keys, it.More["cat1"])
				break
			}
		}
		lines = t.limitLines(keys, year)
	}
	if len(lines) == 0 {
		lead := t.profile.Lead(t.catOf(keys[0]), keys[0])
		dept := t.profile.Labels["authority"]
		if len(lead.County) > 0 {
			dept = t.profile.DeptName(lead.County[0], t.in.At.Year())
		}
		t.say("limit.none", "what", t.kindName(keys[0]), "dept", dept)
		return
	}
	t.say("limit.head", "list", strings.Join(lines, "\n"))
}

// catOf is the category of a kind of measure; a category is its own.
func (t *talk) catOf(key string) string { return cmp.Or(t.cat1Of(key), key) }

// limitLines are the thresholds of kinds of measures: limit.<kind> and what follows
// it, each once.
func (t *talk) limitLines(keys []string, year int) []string {
	var lines, seen []string
	for _, key := range keys {
		for i := range t.profile.Thresholds {
			name := t.profile.Thresholds[i].Name
			rest, about := limitOf(name, key)
			if !about || slices.Contains(seen, name) {
				continue
			}
			th, ok := t.profile.Threshold(name, year, t.area())
			if !ok {
				continue
			}
			seen = append(seen, name)
			what := t.kindName(key)
			if more, ok := t.texts["limit.of."+rest]; ok && rest != "" {
				what += more
			}
			lines = append(lines, t.texts.Say("limit.line", "what", what, "n", t.amount(th), "year", strconv.Itoa(year), "source", t.sourceOf(th)))
		}
	}
	return lines
}

// limitOf takes the name of a threshold apart: limit.micro_loan.months is that of
// micro_loan, about months.
func limitOf(name, key string) (rest string, ok bool) {
	for _, head := range []string{"limit.", "extra."} {
		after, found := strings.CutPrefix(name, head+key)
		if found && (after == "" || after[0] == '.') {
			after = strings.TrimPrefix(after, ".")
			if head == "extra." {
				after = "extra"
			}
			return after, true
		}
	}
	return "", false
}
