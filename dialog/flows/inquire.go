package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// questioned answers what is plainly a question: about one household, an area or a list. done is false when it is none, or is about work.
func (t *talk) questioned() (done bool, err error) {
	text := inPlain(t.text)
	asks := questioning(t.text)
	switch next, err := t.followed(t.text); {
	case err != nil:
		return false, err
	case next != "":
		text, asks = next, true
	}
	if done, err := t.workAsked(text); done || err != nil {
		return done, err
	}
	if done, err := t.askedHousehold(text); done || err != nil {
		return done, err
	}
	if !asks && !t.onlyNames(text) {
		return false, nil
	}
	return t.inquire(text)
}

// onlyNames reports whether a text is nothing but what households are listed by, and
// says so by how it ends: 五组逾期的, 吃水有困难的, 路还是土路的人家.
func (t *talk) onlyNames(text string) bool {
	q := t.asks.read(text, t.in.At)
	return len(q.left) == 0 && len(t.filtersOf(q).all) > 0 && t.namesList(text, q)
}

// namesList reports whether a text ends as the name of a list does.
func (t *talk) namesList(text string, q inquiry) bool {
	if q.has("list") || strings.Contains(text, t.texts.Say("listed.of")) && strings.HasSuffix(text, t.texts.Say("listed.houses")) {
		return true
	}
	for _, tail := range strings.Fields(t.texts.Say("listed.tails")) {
		if strings.HasSuffix(text, tail) {
			return true
		}
	}
	return false
}

// inquire answers a question about an area, a list or the programme. done is false
// when the text is none, or has words that nobody understands.
func (t *talk) inquire(text string) (done bool, err error) {
	q := t.asks.read(text, t.in.At)
	if done, err := t.compares(text); done || err != nil {
		return done, err
	}
	if done := t.inquireProgramme(q); done {
		return true, nil
	}
	if crop, _ := cropAsked(text); len(q.words) == 0 && crop == "" {
		return false, nil
	}
	part := q.part()
	category := q.has("category") && (q.has("count") || part == "money")
	lists := q.has("list") || q.has("count") || t.namesList(text, q)
	var answer func() error
	listing := false
	list, unread, err := t.readList(text)
	if err != nil {
		return false, err
	}
	filters := t.filtersOf(list)
	if q.has("private") && lists && len(filters.all) == 0 {
		t.say("listed.private")
		t.menu(t.privateOptions()...)
		return true, nil
	}
	switch {
	case q.has("leaving"):
		answer = func() error { return t.leaves(q) }
	case q.has("worst") || q.has("clears") && !lists:
		answer = func() error { return t.areaLights(q, 0) }
	case category || len(filters.all) > 0 && lists && (!filters.exits || q.has("list")):
		answer, q, listing = func() error { return t.listed(list, text, "") }, list, true
	case q.has("count") && part == "" && len(filters.all) == 0 && (q.group != "" || q.has("here") || len(q.left) > 0):
		answer = func() error { return t.sumUp(q, "", 0) } // 三组几户人
	case q.has("sums") || part != "" && (lists || questioning(text) && len(q.left) == 0 || q.year != 0 && part != "exits" || q.group != "" || q.has("here") || len(q.left) > 0):
		// 19年脱贫 alone is told of a household
		answer = func() error { return t.sumUp(q, part, 0) }
	default:
		return t.askedName(q)
	}
	if named, err := t.namesArea(q); err != nil {
		return false, err
	} else if !named {
		if done, err := t.askedName(q); done || err != nil {
			return done, err
		}
		return false, nil
	}
	if listing && unread != "" && !slices.Contains(lex().Leads, unread) {
		if strings.ContainsAny(unread, lex().Denials) {
			return false, nil // what is denied is not to be left out
		}
		if cards, _, err := t.namedAt(unread, q.group); err != nil || len(cards) > 0 || !questioning(text) {
			return false, err // about somebody, or told
		}
		t.note("listed.unread", "said", unread)
	}
	t.keepAsked(text, "")
	if listing && q.has("private") {
		t.note("listed.private_left")
	}
	return true, answer()
}

// privateOptions are what can be listed instead of people's health.
func (t *talk) privateOptions() []dialog.Option {
	var opts []dialog.Option
	for _, w := range strings.Fields(t.texts.Say("listed.instead")) {
		opts = append(opts, dialog.Option{Label: w, Say: t.texts.Say("find.word") + " " + w})
	}
	return opts
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
