package flows

import (
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// taskQuery reads what a list is narrowed to: 本周, 本月, 三组, 张大有, 危改. rest is
// what was not understood.
func (t *talk) taskQuery(what, arg string) (q models.TaskQuery, rest string, err error) {
	q = models.TaskQuery{Programme: t.profile.ID, Open: t.profile.OpenStates(), Answering: t.by.Role == models.RoleVillage, Area: t.by.Area}
	if t.by.Role == models.RoleDepartment {
		q.Kinds = t.ledBy(t.by.Department)
	}
	if what == "overdue" {
		q.To = t.today().AddDays(-1)
	}
	parts := strings.Fields(targetMarks.Replace(arg))
	for i, part := range parts { // 大水井村 200201: the code tells which of that name
		if digits(part) {
			parts[0], parts[i] = part, parts[0]
		}
	}
	for _, part := range parts {
		if err := t.narrowTasks(&q, part, &rest); err != nil {
			return q, "", err
		}
	}
	return q, rest, nil
}

func (t *talk) narrowTasks(q *models.TaskQuery, part string, rest *string) error {
	part = strings.TrimSuffix(strings.TrimSuffix(part, "的"), t.texts.Say("todo.word"))
	from, to, timed := t.span(part)
	kinds := t.kindsNamed(part)
	switch {
	case part == "" || slices.Contains(strings.Fields(t.texts.Say("todo.filler")), part):
	case timed:
		q.From, q.To = from, earlier(q.To, to)
	case looksGroup(part):
		q.Group, q.Answering = part, false
	case len(kinds) > 0:
		q.Kinds = kinds
	case slices.Contains(strings.Fields(t.texts.Say("todo.blocked_words")), part):
		q.Blocked = true
	default:
		ok, err := t.narrowPlace(q, part)
		if err != nil {
			return err
		}
		if !ok {
			*rest = strings.TrimSpace(*rest + " " + part)
		}
	}
	return nil
}

// narrowPlace reads a village, a township or a household.
func (t *talk) narrowPlace(q *models.TaskQuery, part string) (bool, error) {
	if code := t.by.Area + part; digits(part) && t.by.Role != models.RoleVillage && models.LevelOf(code) != "" {
		q.Area = code
		return true, nil
	}
	if t.by.Role != models.RoleVillage {
		code, err := t.placeWithin(q.Area, part)
		if err != nil {
			return false, err
		}
		if code != "" {
			q.Area = code
			return true, nil
		}
	}
	if q.Area != t.by.Area && !namely(part) { // the name of the village, told beside its code
		return true, nil
	}
	if name, family := strings.CutSuffix(part, "家"); family && len([]rune(name)) == 1 { // 李家
		q.Head, q.Answering = name, false
		return true, nil
	}
	w := t.parseTarget(strings.TrimSuffix(strings.TrimSuffix(part, "户"), "家"))
	cards, err := t.search(w, 9)
	if err != nil {
		return false, err
	}
	cards = w.narrow(cards)
	switch {
	case len(cards) == 1 && w.exact(cards[0]):
		q.Household, q.Answering = cards[0].ID, false
	case len(cards) > 0 && cards[0].Head == w.name: // several of one name: the lines tell which
		q.Head, q.Answering = w.name, false
	default:
		return q.Area != t.by.Area, nil
	}
	return true, nil
}

// placeWithin is the code of a part of an area: one right below it, or the only one of
// that very name further down. "" when there is none.
func (t *talk) placeWithin(area, name string) (string, error) {
	below, err := t.view.Areas().Children(t.ctx, area)
	if err != nil {
		return "", err
	}
	for _, a := range below {
		if a.Name == name || strings.HasPrefix(a.Name, name) && len([]rune(name)) >= 2 {
			return a.Code, nil
		}
	}
	named, err := t.view.Areas().Named(t.ctx, []string{name})
	if err != nil {
		return "", err
	}
	named = slices.DeleteFunc(named, func(a models.Area) bool { return !strings.HasPrefix(a.Code, area) || len(a.Code) <= len(area) })
	if len(named) != 1 {
		return "", nil
	}
	return named[0].Code, nil
}

func earlier(a, b models.Date) models.Date {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// span reads a stretch of time: 本周, 下周, 这个月, 10月, 三季度, 年底前.
func (t *talk) span(part string) (from, to models.Date, ok bool) {
	today := t.today()
	monday := today.AddDays(-(int(t.in.At.Weekday()) + 6) % 7)
	switch {
	case slices.Contains(strings.Fields(t.texts.Say("todo.week")), part):
		return monday, monday.AddDays(6), true
	case slices.Contains(strings.Fields(t.texts.Say("todo.next_week")), part):
		return monday.AddDays(7), monday.AddDays(13), true
	case slices.Contains(strings.Fields(t.texts.Say("todo.today")), part):
		return today, today, true
	}
	d, problem := zh.ReadDate(part, t.in.At)
	if problem != zh.DateOK || d.Precision == zh.NoDate || digits(part) {
		return "", "", false
	}
	last := models.Date(d.Last().Format(time.DateOnly))
	switch {
	case strings.HasSuffix(part, t.texts.Say("todo.quarter")):
		return models.Date(d.Last().AddDate(0, 0, -d.Last().Day()+1).AddDate(0, -2, 0).Format(time.DateOnly)), last, true
	case d.Before || d.Precision == zh.Day:
		return "", last, true
	}
	return models.Date(d.First().Format(time.DateOnly)), last, true
}

// kindsNamed are the categories that a word names: 危改, 搬迁.
func (t *talk) kindsNamed(word string) (out []string) {
	for _, list := range []string{"measure_cat1", "measure_cat2"} {
		for _, it := range t.profile.Codes[list] {
			if slices.Contains(it.Names(), word) {
				out = append(out, it.Key)
			}
		}
	}
	return out
}

// ledBy are the kinds of measures that a department of the county answers for.
func (t *talk) ledBy(department string) (out []string) {
	dept := t.deptNamed(department, models.County)
	for _, it := range t.profile.Codes["measure_cat2"] {
		if slices.Contains(t.profile.Lead(it.More["cat1"], it.Key).County, dept) {
			out = append(out, it.Key)
		}
	}
	if len(out) == 0 {
		return []string{"-"} // a department nobody has given a category: nothing is its own
	}
	return out
}
