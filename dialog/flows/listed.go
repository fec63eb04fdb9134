package flows

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// filters are what households are asked for by.
type filters struct {
	all      [][]string // see models.Tagged
	labels   []string
	n        string // what the tags of the first one count besides households
	category string // cat1 the first one is of, "" for none
	year     int    // that was understood with one of them
	exits    bool   // all that is asked is who leaves in the year
}

// filtersOf are the filters of a question: states, causes, kinds of measures of a
// year, the year of leaving.
func (t *talk) filtersOf(q inquiry) filters {
	var f filters
	for _, word := range q.words {
		w := pickFilter(word, q.part())
		if w == nil {
			continue
		}
		tags, label := w.Tags, w.Label
		if w.As == "category" {
			tags, label = t.categoryTags(w.What, q.year), w.Label
			if f.year = q.year; len(f.all) == 0 {
				f.category = t.catOf(w.What)
			}
		}
		if len(f.all) == 0 {
			f.n = w.N
		}
		f.all, f.labels = append(f.all, tags), append(f.labels, label)
	}
	if q.crop != "" {
		f.all, f.labels = append(f.all, []string{"grow:" + q.crop}), append(f.labels, t.texts.Say("listed.grow", "crop", q.crop))
	}
	if q.year != 0 && f.year == 0 && q.part() == "exits" {
		year := itoa(q.year)
		f.exits = len(f.all) == 0
		f.all, f.labels, f.year = append(f.all, []string{"exit:" + year}), append(f.labels, t.texts.Say("listed.exit", "year", year)), q.year
	}
	return f
}

// pickFilter is what a word means as a filter: its own row before a cause, a cause
// before a kind of measure; where measures or money are asked about (养牛的措施有几条),
// the kind of measure first.
func pickFilter(word []askWord, part string) *askWord {
	kinds := []string{"tag", "cause", "category"}
	if part == "measures" || part == "money" {
		kinds = []string{"category", "tag", "cause"}
	}
	for _, as := range kinds {
		for i := range word {
			if word[i].As == as {
				return &word[i]
			}
		}
	}
	return nil
}

// categoryTags are the tags of measures of a kind and of the kinds below it.
func (t *talk) categoryTags(key string, year int) []string {
	keys := []string{key}
	for _, it := range t.profile.Codes["measure_cat2"] {
		if it.More["cat1"] == key {
			keys = append(keys, it.Key)
		}
	}
	years := []int{year}
	if year == 0 {
		for y := t.profile.FirstYear; y <= t.profile.LastYear; y++ {
			years = append(years, y)
		}
	}
	var out []string
	for _, k := range keys {
		for _, y := range years {
			out = append(out, "cat:"+k+":"+itoa(y))
		}
	}
	return out
}

// readList reads a question for a list. What is grown (种核桃的户) is taken out of it;
// unread is what is neither that nor a word nor an area: it narrows nothing.
func (t *talk) readList(text string) (q inquiry, unread string, err error) {
	q = t.asks.read(text, t.in.At)
	if crop, rest := cropAsked(text); crop != "" && q.part() != "measures" && q.part() != "money" {
		q = t.asks.read(rest, t.in.At)
		q.crop = crop
	}
	named, err := t.namesArea(q)
	if err != nil || named {
		return q, "", err
	}
	unread = strings.Join(q.left, "、")
	q.left, q.whole = nil, nil
	return q, unread, nil
}

// cropAsked takes what is grown out of a question: 核桃 of 种核桃的有几户.
func cropAsked(text string) (crop, rest string) {
	before, after, ok := cutAny(text, lex().Grows)
	if !ok || strings.ContainsAny(before, lex().Denials) {
		return "", text
	}
	end := strings.IndexAny(after, lex().CropEnds)
	if end < 0 {
		end = len(after)
	}
	crop = strings.TrimSpace(after[:end])
	if n := utf8.RuneCountInString(crop); n < 1 || n > maxCrop || containsAny(crop, lex().NoCrops) {
		return "", text
	}
	return crop, before + " " + after[end:]
}

// maxCrop is how long the name of what is grown is at most, in characters.
const maxCrop = 6

// findFiltered is 查 by filters: 查 D级, 查 因病 三组. done is false when the words are
// a name, or anything else than filters, groups, areas and years.
func (t *talk) findFiltered(arg string) (done bool, err error) {
	q, unread, err := t.readList(arg)
	if err != nil {
		return false, err
	}
	f := t.filtersOf(q)
	if len(f.all) == 0 || q.year != f.year {
		return false, nil
	}
	if unread != "" {
		if strings.ContainsAny(unread, lex().Denials) {
			return false, nil // what is denied is not to be left out
		}
		if cards, _, err := t.namedAt(unread, q.group); err != nil || len(cards) > 0 {
			return false, err
		}
		t.note("listed.unread", "said", unread)
	}
	if namely(arg) { // somebody may be called so
		cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: arg, Limit: 3})
		if err != nil {
			return false, err
		}
		for _, c := range cards {
			if c.Head == arg || c.MatchedBy == arg {
				return false, nil
			}
		}
	}
	return true, t.listed(q, arg, "")
}

// listed is a page of the households that a question is about, from a cursor on,
// with how many there are.
func (t *talk) listed(q inquiry, said, after string) error {
	if q.year != 0 && !t.inProgramme(q.year) {
		return nil
	}
	p, ok, err := t.placeOf(q, t.texts.Say("find.word")+" "+strings.Join(t.filtersOf(q).labels, " "))
	if !ok {
		return err
	}
	f := t.filtersOf(q)
	cards, count, more, err := t.view.Households().Tagged(t.ctx, *t.by, models.Tagged{
		Programme: t.profile.ID, Area: p.Code, Group: p.group, All: f.all, After: after, Limit: findPage,
	})
	if err != nil {
		return err
	}
	where, err := t.nameOf(p)
	if err != nil {
		return err
	}
	what := strings.Join(f.labels, "、")
	if f.year != 0 && f.category != "" {
		what = t.texts.Say("sum.year", "year", itoa(f.year)) + what
	}
	key := "listed.head"
	switch {
	case count.Households == 0:
		if after == "" && namely(said) { // a group may be called so
			cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Group: said, Limit: findPage})
			if err == nil && len(cards) > 0 {
				t.hits(said, cards, false, "find.say")
				return nil
			}
		}
		t.say("listed.none", "where", where, "what", what)
		return t.otherYears(p, q, f)
	case f.n != "":
		key = "listed.head_n"
	}
	t.say(key, "where", where, "what", what, "n", itoa(count.Households), "of", itoa(count.N), "unit", f.n)
	if f.category != "" && q.part() == "money" {
		if err := t.moneyOfCategory(p, f); err != nil {
			return err
		}
	}
	var opts []dialog.Option
	for _, c := range cards {
		opts = append(opts, dialog.Option{Label: t.cardLine(c), Say: t.texts.Say("find.say", "head", c.Head, "group", c.Group, "serial", c.ID[len(c.ID)-4:])})
	}
	last := ""
	if len(cards) > 0 {
		last = cards[len(cards)-1].ID
	}
	t.linesMenu(opts, more, map[string]string{"more": "listed", "what": said, "after": last})
	return nil
}

// otherYears says how many there are without the year that was asked for.
func (t *talk) otherYears(p spot, q inquiry, f filters) error {
	if f.category == "" || f.year == 0 {
		return nil
	}
	q.year = 0
	all := t.filtersOf(q)
	_, count, _, err := t.view.Households().Tagged(t.ctx, *t.by, models.Tagged{Programme: t.profile.ID, Area: p.Code, Group: p.group, All: all.all, Limit: 1})
	if err != nil || count.Households == 0 {
		return err
	}
	t.reply.Text += t.texts.Say("listed.other_years", "n", itoa(count.Households))
	t.menu(dialog.Option{Label: t.texts.Say("listed.any_year"), Say: strings.TrimSpace(t.texts.Say("find.word") + " " + strings.Join(all.labels, " ") + " " + p.group)})
	return nil
}

// nameOf is what a place is called in an answer.
func (t *talk) nameOf(p spot) (string, error) {
	name := p.Name
	if p.Code == t.area() && p.Code == t.by.Area {
		name = t.by.AreaName
	}
	if name == "" {
		a, err := t.view.Areas().Area(t.ctx, p.Code)
		if err != nil && models.CodeOf(err) != models.NotFound {
			return "", err
		}
		name = a.Name
	}
	return name + p.group, nil
}

// moneyOfCategory adds what the measures of a category cost, from the kept sums.
func (t *talk) moneyOfCategory(p spot, f filters) error {
	all, ok, err := t.sumsOf(p)
	if !ok {
		return err
	}
	s := all[0]
	of := func(k models.MoneyKey) bool { return k.Cat == f.category && (f.year == 0 || k.Year == f.year) }
	t.reply.Text += "\n" + t.texts.Say("listed.money", "what", t.profile.Label("measure_cat1", f.category), "planned", t.yuan(moneyOf(s.Money, of)), "paid", t.yuan(moneyOf(s.Paid, of)))
	return nil
}
