package flows

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// current shows the values of a card that was called back.
func (c *card) current(f *dialog.Form, paths []string) string {
	var out []string
	for _, p := range paths {
		if v := f.Value(p); v != "" {
			out = append(out, c.sayMasked(p, v))
		}
	}
	return strings.Join(out, "、")
}

// words are the placeholders of an Ask.
func (c *card) words(f *dialog.Form, open []string) []string {
	var labels, names []string
	seen := map[string]bool{}
	first := ""
	for _, p := range open {
		if fd := fieldOf(p); fd != nil && !seen[fd.Label] {
			seen[fd.Label] = true
			labels = append(labels, fd.Label)
		}
		if ref, _, ok := refOf(p); ok && !seen[ref] {
			seen[ref] = true
			names = append(names, slot{f, ref}.name())
			if first == "" {
				first = c.nameAge(slot{f, ref})
			}
		}
	}
	year, _ := strconv.Atoi(f.Marks[markPeriod])
	return []string{
		"fields", strings.Join(labels, "、"), "names", strings.Join(names, "、"), "who", first,
		"year", f.Marks[markPeriod], "before", strconv.Itoa(year - 1), "head", f.Title,
	}
}

// nameAge is "张小军(28岁)".
func (c *card) nameAge(s slot) string {
	if a := s.age(); a >= 0 {
		return c.texts.Say("member.aged", "name", s.name(), "age", strconv.Itoa(a))
	}
	return s.name()
}

// numeric reports whether a bare small number is an answer to the question, so
// that it cannot pick an option: one open field of acres, kilometres or counts.
func (c *card) numeric(paths []string) bool {
	if len(paths) != 1 {
		return false
	}
	switch fd := fieldOf(paths[0]); {
	case fd == nil:
		return false
	default:
		return fd.Kind == models.KindInt || fd.Kind == models.KindMonths || fd.Kind == models.KindArea || fd.Kind == models.KindKm
	}
}

// tell is how a value is said back, with the member's name before it.
func (k *kit) tell(f *dialog.Form, path, value string) string {
	if ref, _, ok := refOf(path); ok {
		if n := (slot{f, ref}).name(); n != "" {
			return n + " " + k.brief1(path, value)
		}
	}
	if record, ref, _ := recordOf(path); slices.Contains(planRecords, record) {
		return k.tellPlan(row{f, ref}, record, path, value)
	}
	return k.sayMasked(path, value)
}

// sayMasked is a value with its label; a number that is a loan shows its ends only.
func (k *kit) sayMasked(path, value string) string {
	fd := fieldOf(path)
	if fd == nil {
		return k.reader.Say(path, value)
	}
	if m := masked(fd, value); m != "" {
		return fd.Label + m
	}
	return k.reader.Say(path, value)
}

// masked is the masked form of a number that is a loan, "" for anything else.
func masked(fd *models.Field, v string) string {
	switch fd.Kind {
	case models.KindID:
		return models.IDNumber(v).String()
	case models.KindPhone:
		return models.Phone(v).String()
	case models.KindBank:
		return models.BankNo(v).String()
	}
	return ""
}

// plainKeys are the fields of a member whose value says by itself what it is:
// 男, 初中, 傣族 need no label.
var plainKeys = map[string]bool{
	"relation": true, "sex": true, "ethnic": true, "edu_level": true, "school_status": true, "health": true, "labor": true,
	"occupation": true, "work_area": true, "political": true, "change_type": true,
}

// brief1 is one value of a member without the name.
func (k *kit) brief1(path, value string) string {
	_, key, _ := refOf(path)
	switch {
	case plainKeys[key]:
		return k.reader.Show(path, value)
	case key == "birth":
		return k.texts.Say("member.born", "date", k.reader.Show(path, value))
	case key == "id_no":
		return k.texts.Say("member.id", "id", models.IDNumber(value).String())
	}
	return k.sayMasked(path, value)
}
