package flows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// maxCompared is how many parts of an area are counted one by one: the groups of a
// village, the villages of a township.
const maxCompared = 40

// compares answers where there are most or fewest: 哪个组危房最多, 三组和四组哪个低保户多. done is
// false when the text compares nothing.
func (t *talk) compares(text string) (done bool, err error) {
	named := groupsIn(text)
	if !containsAny(text, lex().Whichever) && len(named) < 2 || !asksMost(text) {
		return false, nil
	}
	rest := strings.TrimRight(without(text, named), "?？ 。")
	for _, w := range lex().MostTails {
		rest = strings.TrimSuffix(rest, w)
	}
	q := t.asks.read(rest, t.in.At)
	f := t.filtersOf(q)
	if len(f.all) == 0 && !containsAny(text, lex().Housed) || q.part() != "" && len(f.all) == 0 && !containsAny(text, lex().Housed) {
		return false, nil
	}
	q.group = ""
	p, ok, err := t.placeOf(q, t.texts.Say("sum.word"))
	if !ok {
		return true, err
	}
	all, ok, err := t.sumsOf(p, "households")
	if !ok {
		return true, err
	}
	parts := all[1:]
	if len(named) > 1 {
		parts = slices.DeleteFunc(parts, func(s models.Summary) bool { return !slices.Contains(named, s.Name) })
	}
	if len(parts) < 2 || len(parts) > maxCompared {
		return false, nil
	}
	counts, err := t.countEach(p, parts, f)
	if err != nil {
		return true, err
	}
	fewest := containsAny(text, lex().Fewest)
	slices.SortStableFunc(counts, func(a, b partCount) int {
		if fewest {
			a, b = b, a
		}
		return cmp.Compare(b.n, a.n)
	})
	t.sayCompared(all[0].Name, f, counts)
	return true, nil
}

// asksMost reports whether a text asks where there is more or less of something.
func asksMost(text string) bool {
	end := strings.TrimRight(text, "?？ 。")
	return containsAny(text, lex().Mosts) || slices.ContainsFunc(lex().MostTails, func(w string) bool { return strings.HasSuffix(end, w) }) && !slices.ContainsFunc(lex().Amounts, func(w string) bool { return strings.HasSuffix(end, w) })
}

// partCount is how many of what is asked a part of an area has.
type partCount struct {
	name string
	n    int
}

func (t *talk) countEach(p spot, parts []models.Summary, f filters) ([]partCount, error) {
	var out []partCount
	for _, part := range parts {
		n := part.Households
		if len(f.all) > 0 {
			asked := models.Tagged{Programme: t.profile.ID, Area: part.Area, All: f.all, Limit: 1}
			if len(p.Code) == models.VillageDigits {
				asked.Area, asked.Group = p.Code, part.Name
			}
			_, count, _, err := t.view.Households().Tagged(t.ctx, *t.by, asked)
			if err != nil {
				return nil, err
			}
			if n = count.Households; f.n != "" {
				n = count.N
			}
		}
		out = append(out, partCount{part.Name, n})
	}
	return out, nil
}

func (t *talk) sayCompared(where string, f filters, counts []partCount) {
	what := cmp.Or(strings.Join(f.labels, "、"), t.texts.Say("compare.households"))
	t.say("compare.head", "where", where, "what", what)
	unit := cmp.Or(f.n, t.texts.Say("compare.unit"))
	var opts []dialog.Option
	for _, c := range counts[:min(len(counts), maxOptions)] {
		say := t.texts.Say("find.word") + " " + strings.TrimSpace(strings.Join(f.labels, " ")+" "+c.name)
		opts = append(opts, dialog.Option{Label: t.texts.Say("compare.line", "name", c.name, "n", itoa(c.n), "unit", unit), Say: say})
	}
	t.menu(opts...)
}

// groupsIn are the numbered groups a text names, in order.
func groupsIn(text string) []string {
	var out []string
	for at := 0; at < len(text); at++ {
		if text[at]&0xC0 == 0x80 {
			continue // inside a sign
		}
		if n := groupAt(text[at:]); n > 0 {
			out = append(out, text[at:at+n])
			at += n - 1
		}
	}
	return out
}
