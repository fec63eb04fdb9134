package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Judged is an area summed up and, with below, what each area right below it (groups
// of a village, villages of a township, townships of a county, counties above) has of
// these parts, "" for all of them: "shade", "money"; the single numbers, such as households, always. One
// query for the names, one for the numbers. A group is its village's code, a slash and
// its key. Of an area beyond the actor's only their own part is seen; not_found when
// there is none.
func (r households) Judged(ctx context.Context, by models.Actor, programme, area string, below ...string) ([]models.Summary, error) {
	const op = "judged"
	code, group, _ := strings.Cut(area, "/")
	if code = narrow(reach(by).Area, code); code == "" {
		return nil, models.E(models.NotFound, op, nil)
	}
	names, err := r.names(ctx, code)
	if err != nil {
		return nil, fail(op, err)
	}
	top := &models.Summary{Area: code, Name: names[code], Level: models.LevelOf(code)}
	if group != "" && top.Level == models.Village {
		top = &models.Summary{Area: area, Name: names[area], Level: models.GroupLevel}
		below = nil
	}
	delete(names, code)
	parts := map[string]*models.Summary{top.Area: top}
	sums, err := r.sums(ctx, programme, top, slices.Sorted(maps.Keys(names)), below)
	if err != nil {
		return nil, fail(op, err)
	}
	for _, row := range sums {
		if parts[row.Area] == nil {
			parts[row.Area] = &models.Summary{Area: row.Area, Name: names[row.Area], Level: levelOf(row.Area)}
		}
		parts[row.Area].Add(row.What, row.N)
	}
	out := []models.Summary{*top}
	delete(parts, top.Area)
	for _, part := range parts {
		if part.Households > 0 {
			out = append(out, *part)
		}
	}
	slices.SortFunc(out[1:], func(a, b models.Summary) int { return strings.Compare(a.Area, b.Area) })
	return out, nil
}

// levelOf is the level of an area of the sums.
func levelOf(area string) models.Level {
	if strings.Contains(area, "/") {
		return models.GroupLevel
	}
	return models.LevelOf(area)
}

// sortOf is the sort that the sums of a level are kept under, "" above the counties:
// there they are added up.
func sortOf(l models.Level) string {
	switch l {
	case models.GroupLevel:
		return sumGroup
	case models.Village:
		return sumVillage
	case models.Township:
		return sumTownship
	case models.County:
		return sumCounty
	}
	return ""
}

// sums are the numbers of an area, and those asked for of the areas below it. Each
// area below is looked up by its key: a township's villages have more numbers than
// anybody asks for at once.
func (r households) sums(ctx context.Context, programme string, top *models.Summary, children, below []string) ([]sum, error) {
	u := &union{}
	if sort := sortOf(top.Level); sort != "" {
		u.add("SELECT area, what, n FROM sums WHERE programme = ? AND sort = ? AND area = ?", programme, sort, top.Area)
	} else {
		from, to := span(top.Area)
		u.add("SELECT ? AS area, what, SUM(n) AS n FROM sums WHERE programme = ? AND sort = ? AND area >= ? AND area < ? GROUP BY what", top.Area, programme, sumCounty, from, to)
	}
	if len(below) > 0 && len(children) > 0 {
		r.below(u, programme, top.Level, children, below)
	}
	rows, err := r.db.Statement.ConnPool.QueryContext(ctx, strings.Join(u.text, " UNION ALL "), u.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []sum
	for rows.Next() {
		var one sum
		if err := rows.Scan(&one.Area, &one.What, &one.N); err != nil {
			return nil, err
		}
		if one.N != 0 {
			out = append(out, one)
		}
	}
	return out, rows.Err()
}

// whole are the parts that are one number; the others have a name behind a colon.
var whole = []string{"households", "people", "labor", "missing", "six", "recheck"}

// below adds the parts of the query about the areas right below.
func (r households) below(u *union, programme string, above models.Level, children, below []string) {
	part := func(where string, args ...any) {
		if above == models.Province {
			from, to := span(children[0][:2])
			u.add("SELECT SUBSTR(area, 1, 4), what, SUM(n) FROM sums WHERE programme = ? AND sort = ? AND area >= ? AND area < ? AND "+where+" GROUP BY 1, 2",
				append([]any{programme, sumCounty, from, to}, args...)...)
			return
		}
		u.list("SELECT area, what, n FROM sums WHERE programme = ? AND sort = ? AND "+where+" AND area IN (%s)",
			children, append([]any{programme, sortOf(levelOf(children[0]))}, args...)...)
	}
	if slices.Contains(below, "") {
		part("what >= ''")
		return
	}
	part("what IN ('" + strings.Join(whole, "', '") + "')")
	for _, kind := range below {
		if !slices.Contains(whole, kind) {
			part("what >= ? AND what < ?", kind+":", kind+";")
		}
	}
}

// names are those of an area and of the areas right below it.
func (r households) names(ctx context.Context, area string) (map[string]string, error) {
	out := map[string]string{}
	if models.LevelOf(area) != models.Village {
		var places []models.Area
		err := r.on(ctx).Raw("SELECT code, name FROM areas WHERE code = ? UNION ALL SELECT code, name FROM areas WHERE parent = ?", area, area).Scan(&places).Error
		for _, p := range places {
			out[p.Code] = p.Name
		}
		return out, err
	}
	var rows []struct{ K, Name string }
	err := r.on(ctx).Raw("SELECT '' AS k, name FROM areas WHERE code = ? UNION ALL "+
		"SELECT group_key, MIN(group_name) FROM households WHERE village = ? GROUP BY group_key", area, area).Scan(&rows).Error
	for _, row := range rows[:min(1, len(rows))] {
		out[area] = row.Name
	}
	for _, row := range rows[min(1, len(rows)):] {
		out[area+"/"+row.K] = row.Name
	}
	return out, err
}
