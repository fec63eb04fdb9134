package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Near finds names like the given one: the same name, the same sound, one
// character more, less or other. Nearest first.
func (r households) Near(ctx context.Context, by models.Actor, village, name string, sounds []string, limit int) ([]models.Card, error) {
	const op = "near names"
	area := narrow(reach(by).Area, village)
	if area == "" || name == "" {
		return nil, nil
	}
	if limit <= 0 || limit > pageMost {
		limit = pageDefault
	}
	s, err := r.newSearch(ctx, area, models.Query{Name: "", Sounds: sounds})
	if err != nil {
		return nil, fail(op, err)
	}
	s.add("''", "n.kind IN ('name', 'alias') AND n.value = ?", name)
	if like, args := oneOff(name); len(args) > 0 && !s.wide {
		s.add("''", "n.kind IN ('name', 'alias') AND ("+like+")", args...)
	}
	rows, err := s.run(ctx)
	if err != nil {
		return nil, fail(op, err)
	}
	hits := nearest(rows, name)
	hits = hits[:min(len(hits), limit)]
	if len(hits) == 0 {
		return nil, nil
	}
	ids, owners := make([]string, len(hits)), make(map[string]hit, len(hits))
	for i, h := range hits {
		ids[i], owners[h.household] = h.household, h
	}
	cards, err := r.cards(ctx, ids, limit, owners)
	return cards, fail(op, err)
}

// nearest is one hit per household: same name 0, same sound 1, one off 2.
func nearest(rows []foundRow, name string) []hit {
	best := make(map[string]hit)
	for _, row := range rows {
		h := hit{household: row.household(), owner: row.Owner, rank: 2}
		switch {
		case row.Value == name:
			h.rank = 0
		case row.Kind == kindSound:
			h.rank = 1
		}
		if b, ok := best[h.household]; !ok || h.rank < b.rank {
			best[h.household] = h
		}
	}
	var out []hit
	for _, h := range best {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.household, b.household))
	})
	return out
}

// nearMost bounds the patterns: longer names are not mistyped into others.
const nearMost = 10

// oneOff are the patterns of names that differ in one character. In a name of
// two, another character makes another name: half the village is called 李_.
func oneOff(name string) (where string, args []any) {
	letters := []rune(name)
	if len(letters) < 2 || len(letters) > nearMost {
		return "", nil
	}
	escaped := make([]string, len(letters))
	for i, r := range letters {
		escaped[i] = escapeLike.Replace(string(r))
	}
	for i := range len(escaped) + 1 {
		args = append(args, strings.Join(slices.Insert(slices.Clone(escaped), i, "_"), ""))
		if i < len(escaped) && len(escaped) > 2 {
			without := slices.Delete(slices.Clone(escaped), i, i+1)
			args = append(args, strings.Join(without, ""), strings.Join(slices.Insert(without, i, "_"), ""))
		}
	}
	return strings.TrimPrefix(strings.Repeat(" OR n.value LIKE ? ESCAPE '!'", len(args)), " OR "), args
}

var escapeLike = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")
