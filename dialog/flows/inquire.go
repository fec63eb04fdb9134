package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// inquire answers a question about an area, a list or the programme. done is false
// when the text is none, or has words that nobody understands.
func (t *talk) inquire(text string) (done bool, err error) {
	q := t.asks.read(text, t.in.At)
	if done := t.inquireProgramme(q); done {
		return true, nil
	}
	if len(q.words) == 0 {
		return false, nil
	}
	part := q.part()
	category := q.has("category") && (q.has("count") || part == "money")
	lists := q.has("list") || q.has("count")
	var answer func() error
	switch filters := t.filtersOf(q); {
	case q.has("leaving"):
		answer = func() error { return t.leaves(q) }
	case q.has("worst") || q.has("clears") && !lists:
		answer = func() error { return t.areaLights(q, 0) }
	case category || len(filters.all) > 0 && lists && (!filters.exits || q.has("list")):
		answer = func() error { return t.listed(q, text, "") }
	case q.has("count") && part == "" && len(filters.all) == 0 && (q.group != "" || q.has("here") || len(q.left) > 0):
		answer = func() error { return t.sumUp(q, "", 0) } // 三组几户人
	case q.has("sums") || part != "" && (lists || q.year != 0 && part != "exits" || q.group != "" || q.has("here") || len(q.left) > 0):
		// 19年脱贫 alone is told of a household
		answer = func() error { return t.sumUp(q, part, 0) }
	default:
		return false, nil
	}
	if named, err := t.namesArea(q); err != nil || !named {
		return false, err
	}
	return true, answer()
}

// leaves says when a village or a county leaves the list of the poor.
func (t *talk) leaves(q inquiry) error {
	p, ok, err := t.placeOf(q, t.texts.Say("sum.word"))
	if !ok {
		return err
	}
	all, err := t.view.Areas().Area(t.ctx, p.Code)
	if err != nil && models.CodeOf(err) != models.NotFound {
		return err
	}
	if p.Level != models.Village && p.Level != models.County {
		t.say("leaves.which", "area", all.Name)
		return t.offerAreas(p.Code, t.texts.Say("leaves.word"), "")
	}
	year, err := t.view.Areas().Exit(t.ctx, p.Code, t.profile.ID)
	if err != nil {
		return err
	}
	if !year.Known() {
		t.say("leaves.unknown", "area", all.Name)
		return nil
	}
	t.say("leaves."+string(p.Level), "area", all.Name, "year", year.String())
	t.menu(dialog.Option{Label: t.texts.Say("sum.part.exits"), Say: strings.Join([]string{t.texts.Say("sum.word"), t.texts.Say("sum.part.exits")}, " ")})
	return nil
}
