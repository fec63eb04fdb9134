package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// Tasks are found by idx_measures_open: the measures of a village lie together in
// order of their due day. What a person answers for in a village is at most a few
// hundred rows of it; a township or a county reads its own part of the index.
func (r households) Tasks(ctx context.Context, by models.Actor, q models.TaskQuery) (tasks []models.Task, more bool, err error) {
	const op = "tasks"
	tx, ok := r.tasks(ctx, by, q)
	if !ok {
		return nil, false, nil
	}
	tx = tx.Joins(ofHead)
	if day, id, found := strings.Cut(q.After, "/"); found {
		tx = tx.Where("(m.due_day > ? OR m.due_day = ? AND m.id > ?)", day, day, id)
	}
	limit := q.Limit
	if limit <= 0 || limit > pageMost {
		limit = pageDefault
	}
	var rows []taskRow
	err = tx.Select("m.*, h.head_name, h.group_name").Order("m.due_day, m.id").Limit(limit + 1).Scan(&rows).Error
	if err != nil {
		return nil, false, fail(op, err)
	}
	if len(rows) > limit {
		rows, more = rows[:limit], true
	}
	for _, row := range rows {
		tasks = append(tasks, models.Task{Measure: row.Measure, Head: row.HeadName, Group: row.GroupName})
	}
	return tasks, more, nil
}

// taskRow is a measure with its household's head and group.
type taskRow struct {
	models.Measure
	HeadName, GroupName string
}

// TableName is the table the sealed columns are of; it is part of their purpose.
func (taskRow) TableName() string { return "measures" }

// ofHead joins the household of a measure. Measures of a whole village have none
// and are on no list of households.
const ofHead = "JOIN households h ON h.id = m.household_id"

// tasks is what Tasks and Backlogs have in common; false when nothing can fit.
func (r households) tasks(ctx context.Context, by models.Actor, q models.TaskQuery) (*gorm.DB, bool) {
	area := narrow(reach(by).Area, q.Area)
	if area == "" || len(q.Open) == 0 {
		return nil, false
	}
	from, to := span(area)
	table := "measures m"
	if r.mysql && q.Household == "" { // the area of a township may look like most of a small table, and is the smallest part of a large one
		table += " FORCE INDEX (idx_measures_open)"
	}
	tx := r.on(ctx).Table(table).
		Where("m.programme = ? AND m.village >= ? AND m.village < ?", q.Programme, from, to).
		Where("m.status IN ?", padded(slices.Clone(q.Open), listSize(len(q.Open))))
	for _, c := range []struct {
		on   bool
		text string
		arg  string
	}{
		{q.From != "", "m.due_day >= ?", string(q.From)}, {q.To != "", "m.due_day <= ?", string(q.To)},
		{q.Group != "", "h.group_key = ?", models.GroupKey(q.Group)}, {q.Household != "", "m.household_id = ?", q.Household},
	} {
		if c.on {
			tx = tx.Where(c.text, c.arg)
		}
	}
	if q.Head != "" {
		tx = tx.Where("h.head_name LIKE ? ESCAPE '!'", escapeLike.Replace(q.Head)+"%")
	}
	if q.Blocked {
		tx = tx.Where("m.block_why <> ''")
	}
	if len(q.Kinds) > 0 {
		kinds := padded(slices.Clone(q.Kinds), listSize(len(q.Kinds)))
		tx = tx.Where("(m.cat2 IN ? OR m.cat1 IN ?)", kinds, kinds)
	}
	if q.Answering && (by.Role != models.RoleVillage || len(by.Groups) > 0) {
		tx = answering(tx, by, from, to)
	}
	return tx, true
}

// answering keeps what a person answers for today. A duty may know its person by
// name alone (an import): then the name counts within the area.
func answering(tx *gorm.DB, by models.Actor, from, to string) *gorm.DB {
	const mine = "SELECT object FROM duties WHERE person_id = ? AND person_id <> '' AND to_date = ''"
	const named = "SELECT object FROM duties WHERE village >= ? AND village < ? AND person_id = '' AND name = ? AND name <> '' AND to_date = ''"
	text := "m.id IN (" + mine + ") OR m.household_id IN (" + mine + ") OR m.id IN (" + named + ") OR m.household_id IN (" + named + ")"
	args := []any{by.PersonID, by.PersonID, from, to, by.Name, from, to, by.Name}
	if by.Role == models.RoleVillage && len(by.Groups) > 0 {
		keys := make([]string, len(by.Groups))
		for i, g := range by.Groups {
			keys[i] = models.GroupKey(g)
		}
		text += " OR h.group_key IN ?"
		args = append(args, padded(keys, listSize(len(keys))))
	}
	return tx.Where("("+text+")", args...)
}

// Backlogs count in one query over the same index.
func (r households) Backlogs(ctx context.Context, by models.Actor, q models.TaskQuery, day models.Date) ([]models.Backlog, error) {
	const op = "backlogs"
	tx, ok := r.tasks(ctx, by, q)
	if !ok {
		return nil, nil
	}
	area := narrow(reach(by).Area, q.Area)
	part, name := "m.village", "''"
	switch models.LevelOf(area) {
	case models.Village:
		part, name = "h.group_key", "MIN(h.group_name)"
	case models.County:
		part = "SUBSTR(m.village, 1, 9)"
	case models.Prefecture:
		part = "SUBSTR(m.village, 1, 6)"
	case models.Province:
		part = "SUBSTR(m.village, 1, 4)"
	}
	var rows []struct {
		Part, Name                        string
		Open, Overdue, Postponed, Blocked int
	}
	if name != "''" || q.Group != "" || q.Head != "" || q.Answering {
		tx = tx.Joins(ofHead) // a county is counted without it: the index leads to rows that lie together
	} else {
		tx = tx.Where("m.household_id <> ''")
	}
	err := tx.Select(part+" AS part, "+name+" AS name, COUNT(*) AS open, "+
		"SUM(CASE WHEN m.due_day < ? THEN 1 ELSE 0 END) AS overdue, SUM(CASE WHEN m.postponed > 0 THEN 1 ELSE 0 END) AS postponed, "+
		"SUM(CASE WHEN m.block_why <> '' THEN 1 ELSE 0 END) AS blocked", day).
		Group(part).Order("part").Scan(&rows).Error
	if err != nil {
		return nil, fail(op, err)
	}
	names, err := r.names(ctx, area)
	if err != nil {
		return nil, fail(op, err)
	}
	out := make([]models.Backlog, 0, len(rows))
	for _, row := range rows {
		b := models.Backlog{Area: row.Part, Name: names[row.Part], Level: models.LevelOf(row.Part),
			Open: row.Open, Overdue: row.Overdue, Postponed: row.Postponed, Blocked: row.Blocked}
		if part == "h.group_key" {
			b.Area, b.Name, b.Level = area, row.Name, models.GroupLevel
		}
		out = append(out, b)
	}
	return out, nil
}
