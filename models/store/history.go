package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// historyPage is the largest page of changes: more than the registration of the
// largest household makes, so that a page never cuts one save in two.
const historyPage = 1000

// History is a page of changes, newest first; before is the id of the last one
// seen, 0 for the first page. Those of a withdrawn household can still be read.
func (r households) History(ctx context.Context, by models.Actor, id string, before uint64, limit int) ([]models.Change, error) {
	if limit <= 0 || limit > historyPage {
		limit = historyPage
	}
	tx := r.on(ctx).Scopes(within(by, "household_id")).Where("household_id = ?", id)
	if before > 0 {
		tx = tx.Where("id < ?", before)
	}
	var out []models.Change
	err := tx.Order("id DESC").Limit(limit).Find(&out).Error
	return out, fail("history", err)
}

// LastSaved is what 撤回 would put back: the actor's latest source that was
// neither put back already nor is itself a putting back.
func (r households) LastSaved(ctx context.Context, by models.Actor, since time.Time) (householdID, source string, err error) {
	const op = "last saved"
	var rows []struct{ HouseholdID, Source, Undoes string }
	err = r.on(ctx).Model(&models.Change{}).Scopes(within(by, "household_id")).
		Select("household_id, source, undoes").Where("`by` = ? AND at >= ?", by.PersonID, utc(since)).
		Group("household_id, source, undoes").Order("MAX(id) DESC").Limit(historyPage).Scan(&rows).Error
	if err != nil {
		return "", "", fail(op, err)
	}
	undone := make(map[string]bool)
	for _, row := range rows {
		undone[row.HouseholdID+row.Undoes] = true
	}
	for _, row := range rows {
		if row.Undoes == "" && !undone[row.HouseholdID+row.Source] {
			return row.HouseholdID, row.Source, nil
		}
	}
	return "", "", models.E(models.NotFound, op, nil)
}

// Groups are the groups of a village as they are mostly written, most households first.
func (r households) Groups(ctx context.Context, by models.Actor, village string) ([]string, error) {
	area := narrow(reach(by).Area, village)
	if area == "" {
		return nil, nil
	}
	from, to := span(area)
	var rows []struct {
		GroupKey, GroupName string
		N                   int
	}
	err := r.on(ctx).Model(&models.Household{}).Select("group_key, group_name, COUNT(*) AS n").
		Where("village >= ? AND village < ? AND group_name <> ''", from, to).
		Group("group_key, group_name").Order("n DESC, group_name").Scan(&rows).Error
	total, name := make(map[string]int), make(map[string]string)
	for _, row := range rows {
		if total[row.GroupKey] += row.N; name[row.GroupKey] == "" {
			name[row.GroupKey] = row.GroupName
		}
	}
	var out []string
	for key := range name {
		out = append(out, key)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(total[b], total[a]), strings.Compare(a, b))
	})
	for i, key := range out {
		out[i] = name[key]
	}
	return out, fail("groups", err)
}
