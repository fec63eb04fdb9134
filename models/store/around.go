package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// fact is one row of what lies around a household: what it is about, and a number
// or a text.
type fact struct {
	K, S string
	N    float64
}

// Around gathers in one UNION what models.Around holds. not_found outside the scope.
func (r households) Around(ctx context.Context, by models.Actor, d *models.Dossier, programme string, now time.Time) (*models.Around, error) {
	const op = "around"
	village := d.Household.Village
	if models.LevelOf(village) != models.Village || !reach(by).Within(village) {
		return nil, models.E(models.NotFound, op, nil)
	}
	u := &union{}
	u.sums(d, programme)
	u.places(d, programme)
	u.people(d)
	u.schools(d, now)
	fs, err := r.facts(ctx, u)
	if err != nil {
		return nil, fail(op, err)
	}
	out := fs.around(d)
	out.SchoolBefore, err = r.schoolsBefore(fs)
	return out, fail(op, err)
}

// union collects the parts of the query.
type union struct {
	text []string
	args []any
}

func (u *union) add(text string, args ...any) {
	u.text, u.args = append(u.text, text), append(u.args, args...)
}

// list is an IN of one of few lengths.
func (u *union) list(text string, values []string, args ...any) {
	if len(values) == 0 {
		return
	}
	values = padded(slices.Clone(values), listSize(len(values)))
	for _, v := range values {
		args = append(args, v)
	}
	u.add(fmt.Sprintf(text, "?"+strings.Repeat(", ?", len(values)-1)), args...)
}

func (u *union) sums(d *models.Dossier, programme string) {
	village, county := d.Household.Village, d.Household.Village[:models.CountyDigits]
	const of = " FROM sums WHERE programme = ? AND sort = ? AND area = ?"
	u.list("SELECT 'text' AS part, what AS k, '' AS s, n"+of+" AND what IN (%s)", textKeys(d), programme, models.SumText, village)
	u.add("SELECT 'dose', '', '', COALESCE(MAX(n), 0)"+of, programme, models.SumDose, village)
	u.add("SELECT 'sum', what, '', n"+of+" AND what >= 'leave:' AND what < 'leave;'", programme, models.SumArea, village)
	u.add("SELECT 'sum', what, '', n"+of+" AND what >= 'exit:' AND what < 'exit;'", programme, models.SumArea, village)
	u.add("SELECT 'sum', what, '', n"+of+" AND what >= 'measure:' AND what < 'measure;'", programme, models.SumArea, village)
	u.add("SELECT 'sum', what, '', n"+of+" AND what = 'people'", programme, models.SumArea, village)
	for _, p := range pricesOf(d) {
		from := models.PricePrefix(p.Cat2, p.Unit)
		u.add("SELECT 'price', what, '', n"+of+" AND what >= ? AND what < ?", programme, models.SumPrice, county, from, from+":")
	}
	var who []string
	for _, key := range models.LoadKeys(d) {
		who = append(who, key)
	}
	slices.Sort(who)
	u.list("SELECT 'load', what, '', n"+of+" AND what IN (%s)", who, programme, models.SumLoad, county)
	const spread = "(invest_pc) FROM lights WHERE programme = ? AND village = ? AND invest_pc > 0 GROUP BY class"
	u.add("SELECT 'least', class, '', MIN"+spread, programme, village)
	u.add("SELECT 'most', class, '', MAX"+spread, programme, village)
}

func (u *union) places(d *models.Dossier, programme string) {
	village, county := d.Household.Village, d.Household.Village[:models.CountyDigits]
	from, to := span(county)
	u.add("SELECT 'name', code, name, 0 FROM areas WHERE code IN (?, ?)", village, county)
	u.add("SELECT 'leaving', area, '', plan_year FROM area_exits WHERE area IN (?, ?) AND programme = ? AND plan_year IS NOT NULL", village, county, programme)
	u.add("SELECT 'villages', '', '', COUNT(*) FROM areas WHERE code >= ? AND code < ? AND level = ?", from, to, models.Village)
	u.add("SELECT 'left', '', '', COUNT(*) FROM area_exits WHERE area >= ? AND area < ? AND LENGTH(area) = ? AND programme = ? AND plan_year <= "+
		"(SELECT plan_year FROM area_exits WHERE area = ? AND programme = ?)", from, to, models.VillageDigits, programme, county, programme)
}

func (u *union) people(d *models.Dossier) {
	var duties, helpers []string
	for _, t := range d.Duties {
		if t.PersonID != "" && t.To == "" && !slices.Contains(duties, t.PersonID) {
			duties = append(duties, t.PersonID)
		}
	}
	for _, h := range d.Helpers {
		if h.IDHash != "" {
			helpers = append(helpers, h.IDHash)
		}
	}
	u.list("SELECT 'departed', id, '', 0 FROM people WHERE active = FALSE AND id IN (%s)", duties)
	u.list("SELECT 'poor', id_hash, '', 1 FROM members WHERE id_hash IN (%s)", helpers)
}

// schools asks for what was said of the school status until one and two years ago;
// the last word counts.
func (u *union) schools(d *models.Dossier, now time.Time) {
	for years := 1; d.Household.ID != "" && years <= 2; years++ {
		u.add("SELECT ?, record_id, new_value, id FROM changes WHERE household_id = ? AND record = 'member' AND field = 'school_status' AND at <= ?",
			"school"+strconv.Itoa(years), d.Household.ID, utc(now.AddDate(-years, 0, 0)))
	}
}

// textKeys are the wordings of a dossier as sums know them.
func textKeys(d *models.Dossier) []string {
	var out []string
	for _, text := range textsOf(d) {
		out = append(out, models.TextKey(text))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func textsOf(d *models.Dossier) []string {
	var out []string
	for _, c := range d.Causes {
		out = append(out, c.Desc)
	}
	for _, m := range d.Measures {
		out = append(out, m.Content)
	}
	return slices.DeleteFunc(out, func(t string) bool { return t == "" })
}

func pricesOf(d *models.Dossier) []models.PriceOfUnit {
	var out []models.PriceOfUnit
	for _, m := range d.Measures {
		if p := (models.PriceOfUnit{Cat2: m.Cat2, Unit: m.Unit}); m.Qty.N() > 0 && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
