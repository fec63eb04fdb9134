package store

import (
	"context"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// tag is one thing a household is listed by.
type tag struct {
	Programme   string `gorm:"primaryKey"`
	Tag         string `gorm:"primaryKey"`
	Village     string `gorm:"primaryKey"`
	HouseholdID string `gorm:"primaryKey"`
	GroupKey    string
	N           int
}

func tagsOf(l *models.Light) []tag {
	var out []tag
	for _, t := range l.TagList() {
		out = append(out, tag{l.Programme, t.What, l.Village, l.HouseholdID, l.GroupKey, t.N})
	}
	return out
}

// retag changes the tags by what two lights differ in.
func (s *Store) retag(ctx context.Context, old, now *models.Light) error {
	have, want := tagsOf(old), tagsOf(now)
	var gone []string
	for _, t := range have {
		if !slices.Contains(want, t) {
			gone = append(gone, t.Tag)
		}
	}
	if len(gone) > 0 {
		err := s.on(ctx).Where("programme = ? AND tag IN ? AND village = ? AND household_id = ?",
			old.Programme, padded(gone, listSize(len(gone))), old.Village, old.HouseholdID).Delete(&tag{}).Error
		if err != nil {
			return err
		}
	}
	want = slices.DeleteFunc(want, func(t tag) bool { return slices.Contains(have, t) })
	return insert(s.on(ctx), want)
}

// Tagged lists households by what they are tagged with: a range of the key for the
// first thing asked for, a look at the key of each hit for the others.
func (r households) Tagged(ctx context.Context, by models.Actor, q models.Tagged) ([]models.Card, models.TaggedCount, bool, error) {
	const op = "tagged"
	area := narrow(reach(by).Area, q.Area)
	if area == "" || len(q.All) == 0 {
		return nil, models.TaggedCount{}, false, nil
	}
	if q.Limit <= 0 {
		q.Limit = pageDefault
	}
	q.Limit = min(q.Limit, pageMost)
	where, args := taggedWhere(area, q)
	var count models.TaggedCount
	err := r.on(ctx).Raw("SELECT COUNT(DISTINCT t.household_id) AS households, COALESCE(SUM(t.n), 0) AS n"+where, args...).Scan(&count).Error
	if err != nil || count.Households == 0 {
		return nil, count, false, fail(op, err)
	}
	var ids []string
	err = r.on(ctx).Raw("SELECT DISTINCT t.household_id"+where+" AND t.household_id > ? ORDER BY t.household_id LIMIT ?",
		append(args, q.After, q.Limit+1)...).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return nil, count, false, fail(op, err)
	}
	more := len(ids) > q.Limit
	cards, err := r.cards(ctx, ids[:min(len(ids), q.Limit)], q.Limit, nil)
	return cards, count, more, fail(op, err)
}

// taggedWhere is FROM and WHERE of the tags t of the first thing asked for.
func taggedWhere(area string, q models.Tagged) (string, []any) {
	var text strings.Builder
	from, to := span(area)
	text.WriteString(" FROM tags t WHERE t.programme = ? AND t.tag IN ?")
	args := []any{q.Programme, alternatives(q.All[0])}
	if models.LevelOf(area) == models.Village {
		text.WriteString(" AND t.village = ?")
		args = append(args, area)
	} else {
		text.WriteString(" AND t.village >= ? AND t.village < ?")
		args = append(args, from, to)
	}
	if q.Group != "" {
		text.WriteString(" AND t.group_key = ?")
		args = append(args, models.GroupKey(q.Group))
	}
	for _, any := range q.All[1:] {
		text.WriteString(" AND EXISTS (SELECT 1 FROM tags o WHERE o.programme = ? AND o.tag IN ? AND o.village = t.village AND o.household_id = t.household_id)")
		args = append(args, q.Programme, alternatives(any))
	}
	return text.String(), args
}

// alternatives is a list of one of few lengths.
func alternatives(tags []string) []string {
	for _, size := range []int{1, 4} {
		if len(tags) <= size {
			return padded(slices.Clone(tags), size)
		}
	}
	return padded(slices.Clone(tags), listSize(len(tags)))
}
