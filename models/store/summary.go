package store

import (
	"context"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Judged sums an area up: itself first, then each area right below it (groups of
// a village, villages of a township, townships of a county, counties above). One
// query for the numbers, one for the names. Of an area beyond the actor's only
// their own part is seen; not_found when there is none.
func (r households) Judged(ctx context.Context, by models.Actor, programme, area string) ([]models.Summary, error) {
	const op = "judged"
	if area = narrow(reach(by).Area, area); area == "" {
		return nil, models.E(models.NotFound, op, nil)
	}
	sums, err := r.sums(ctx, programme, area)
	if err != nil {
		return nil, fail(op, err)
	}
	names, err := r.names(ctx, area)
	if err != nil {
		return nil, fail(op, err)
	}
	whole := models.Summary{Area: area, Name: names[area], Level: models.LevelOf(area)}
	parts := make(map[string]*models.Summary)
	for _, row := range sums {
		part := parts[row.Area]
		if part == nil {
			level := models.LevelOf(row.Area)
			if strings.Contains(row.Area, "/") {
				level = models.GroupLevel
			}
			part = &models.Summary{Area: row.Area, Name: names[row.Area], Level: level}
			parts[row.Area] = part
		}
		part.Add(row.What, row.N)
		whole.Add(row.What, row.N)
	}
	out := []models.Summary{whole}
	for _, part := range parts {
		if part.Households > 0 {
			out = append(out, *part)
		}
	}
	slices.SortFunc(out[1:], func(a, b models.Summary) int { return strings.Compare(a.Area, b.Area) })
	return out, nil
}

// sums are the numbers of the areas right below; above the counties they are added
// up from those of the counties.
func (r households) sums(ctx context.Context, programme, area string) ([]sum, error) {
	const of = " FROM sums WHERE programme = ? AND sort = ? AND area >= ? AND area < ?"
	from, to := span(area)
	args := []any{programme, "", from, to}
	text := "SELECT area, what, n" + of
	switch models.LevelOf(area) {
	case models.Village:
		args[1] = sumGroup
	case models.Township:
		args[1] = sumVillage
	case models.County:
		args[1] = sumTownship
	case models.Prefecture:
		args[1] = sumCounty
	default:
		text = "SELECT SUBSTR(area, 1, 4), what, SUM(n)" + of + " GROUP BY 1, 2"
		args[1] = sumCounty
	}
	rows, err := r.db.Statement.ConnPool.QueryContext(ctx, text, args...)
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
