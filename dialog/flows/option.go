package flows

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// option is one answer to tap and what it settles.
type option struct {
	Label string
	Set   map[string]string // "m.x" counts for the member(s) asked about
	Also  []string
	Alone bool
	Whom  bool
	Pass  bool
}

// maxOptions keeps a question on one screen and within WeChat's 1,800 bytes;
// what is not offered can still be typed.
const maxOptions = 10

// options are what can be tapped now: presets, offered ones, then the code list
// of a card with a single field.
func (c *card) options(f *dialog.Form) []option {
	var out []option
	open := c.openNow(f)
	if c.Offer != "" {
		out = append(out, offer[c.Offer](c, f, open)...)
	} else if len(c.Fields) > 1 && len(c.Presets) == 0 && len(open) > 0 && codesOnly(open[:1]) {
		out = append(out, c.codes(specPath(open[0]))...) // several lists: one after the other
	} else if len(c.Fields) == 1 {
		out = append(out, c.codes(c.Fields[0])...)
	}
	for _, p := range c.Presets {
		label := p.Label
		if p.Rest != "" && c.someSettled(f) {
			label = p.Rest
		}
		also := p.Also
		if label != p.Label {
			also = append([]string{p.Label}, also...)
		}
		out = append(out, option{Label: label, Set: p.Set, Also: also, Alone: p.Alone, Whom: p.Whom, Pass: p.Pass})
	}
	if len(out) > maxOptions {
		out = out[:maxOptions]
	}
	return out
}

// codesOnly reports whether all the paths take one code of a list.
func codesOnly(paths []string) bool {
	for _, p := range paths {
		if fd := fieldOf(p); fd == nil || fd.Kind != models.KindCode {
			return false
		}
	}
	return true
}

// someSettled reports whether part of the card has its answers already.
func (c *card) someSettled(f *dialog.Form) bool {
	wants := c.Wants(f)
	return !f.Force && len(f.Open(wants)) < len(wants)
}

// codes are the entries of a field's code list.
func (k *kit) codes(path string) []option {
	fd := fieldOf(memberPath(path))
	if fd == nil || fd.Codes == "" {
		return nil
	}
	var out []option
	for _, it := range k.profile.Codes[fd.Codes] {
		if !it.Hidden {
			out = append(out, option{Label: it.Label, Also: it.Also, Set: map[string]string{path: it.Key}})
		}
	}
	return out
}

// offer are the functions base.yaml may name for options that depend on what is
// known; a test proves that every name it uses is here.
var offer = map[string]func(c *card, f *dialog.Form, open []string) []option{
	"years":     offerYears,
	"schooling": offerSchooling,
	"ethnic":    offerEthnic,
	"groups":    offerGroups,
	"cost":      offerCost,
	"house":     offerHouse,
	"income":    offerIncome,
	"nothing":   func(*card, *dialog.Form, []string) []option { return nil }, // the presets say it all
}

// offersOwn are the offers that hold what is known of one household or village.
var offersOwn = map[string]bool{"groups": true, "cost": true, "income": true}

// offerYears offers the years of 首次识别: 2013 up to now, at most the
// programme's last year (domain.md §1.1).
func offerYears(c *card, f *dialog.Form, _ []string) []option {
	last := min(models.Date(f.Marks[markToday]).Year(), c.profile.LastYear)
	var out []option
	for y := 2013; y <= last && len(out) < maxOptions; y++ {
		short := strconv.Itoa(y % 100)
		out = append(out, option{Label: strconv.Itoa(y), Also: []string{short + lex().YearSign, short + lex().Filed}, Set: map[string]string{"household.first_year": strconv.Itoa(y)}})
	}
	return out
}

// offerGroups offers the groups the person looks after, or those in use in the village.
func offerGroups(_ *card, f *dialog.Form, _ []string) []option {
	var out []option
	for _, g := range strings.Split(f.Marks["groups"], ",") {
		if g != "" {
			out = append(out, option{Label: g, Set: map[string]string{"household.group": g}})
		}
	}
	return out
}

// offerEthnic offers what is common here first; «都是» counts for all who are open.
func offerEthnic(c *card, _ *dialog.Form, open []string) []option {
	var out []option
	for _, key := range []string{"han", "yi", "dai", "hani", "miao", "lisu", "va", "lahu", "bai", "zhuang"} {
		it := c.profile.Item("ethnic", key)
		if it == nil {
			continue
		}
		label := it.Label
		if len(open) > 1 {
			label = c.texts.Say("offer.all", "label", it.Label)
		}
		out = append(out, option{Label: label, Also: it.Names(), Set: map[string]string{"m.ethnic": key}})
	}
	return out
}

// offerSchooling offers the grades that fit the age of the member asked about,
// and for those old enough the levels of 文化程度 (domain.md §2.1).
func offerSchooling(c *card, f *dialog.Form, open []string) []option {
	if len(open) == 0 {
		return nil
	}
	ref, _, _ := refOf(open[0])
	age := slot{f, ref}.age()
	var out []option
	if age < pastSchool {
		for _, it := range c.profile.Codes["school"] {
			if fitsAge(it, age) {
				out = append(out, option{Label: it.Label, Also: it.Also, Set: map[string]string{"m.school_status": it.Key}})
			}
		}
	}
	if age < 0 || age >= 15 {
		for _, it := range c.profile.Codes["edu"] {
			label := it.Label
			if age >= 0 && age < pastSchool {
				label = c.texts.Say("offer.left_school", "label", it.Label)
			}
			out = append(out, option{Label: label, Also: it.Names(), Set: map[string]string{"m.edu_level": it.Key}})
		}
	} else if age >= 6 {
		out = append(out, option{Label: c.texts.Say("offer.dropout"), Set: map[string]string{"m.edu_level": "primary"}})
	}
	return out
}

// stageAge is the usual age in the first year of a stage of schooling (school
// begins at six, domain.md §2.3), and how many years the stage has.
var stageAge = map[string][2]int{
	"primary": {6, 6}, "junior": {12, 3}, "senior": {15, 3}, "vocational": {15, 3}, "college": {18, 3}, "technician": {16, 4}, "bachelor": {18, 5}, "master": {22, 4},
}

// fitsAge reports whether a pupil of that age is likely to be in the grade: the
// usual age of the grade, one year early to two years late.
func fitsAge(it models.CodeItem, age int) bool {
	if it.More["stage"] == "preschool" {
		return age >= 0 && age <= 6
	}
	st, ok := stageAge[it.More["stage"]]
	if !ok || age < 0 {
		return false
	}
	if n := int(it.Key[len(it.Key)-1] - '0'); n >= 1 && n <= 5 {
		u := st[0] + n - 1
		return age >= u-1 && age <= u+2
	}
	return age >= st[0]-1 && age <= st[0]+st[1]+1
}

// offerCost offers 生产经营支出 as the profile's shares of income estimate it
// (thresholds cost.<field>, domain.md §1.4).
func offerCost(c *card, f *dialog.Form, _ []string) []option {
	year := models.Date(f.Marks[markToday]).Year()
	var n float64
	for _, p := range bizPaths {
		d, err := models.ParseDec(f.Value(p))
		share, ok := c.profile.Threshold("cost."+strings.TrimPrefix(p, "income."), year, "")
		if err == nil && ok {
			n += d.Float() * share.Value
		}
	}
	if n < 1 {
		return nil
	}
	v := itoa(int(n))
	return []option{{Label: c.texts.Say("offer.cost", "money", v), Set: map[string]string{"income.biz_cost": v}}}
}

// offerHouse offers the codes of what is asked next of the house: its
// structure, then its grade.
func offerHouse(c *card, _ *dialog.Form, open []string) []option {
	for _, p := range open {
		if fd := fieldOf(p); fd != nil && fd.Codes != "" && !slices.Contains(open, "condition.house_area") {
			return c.codes(p)
		}
	}
	return nil
}

// offerIncome offers last year's figures again.
func offerIncome(c *card, f *dialog.Form, open []string) []option {
	set := map[string]string{}
	for _, p := range open {
		if v := f.Base[p]; v != "" {
			set[p] = v
		}
	}
	if len(set) < 2 || len(set) < len(open)/2 {
		return nil
	}
	return []option{{Label: c.texts.Say("offer.as_last_year"), Also: strings.Fields(c.texts.Say("offer.as_last_year_words")), Set: set}}
}
