package store

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

const prog = "huhuqing-2018"

// planned is wen with all that is planned for them, as a conversation hands it over.
func planned() *models.Dossier {
	d := wen()
	d.Causes = []models.Cause{
		{Programme: prog, Kind: "yinbing", Evidence: models.Set{"m:0.health", "c.farm"}, Desc: "户主高血压常年吃药", HeadAgrees: models.Yes},
		{Programme: prog, Kind: "quezijin", Seq: 1, GapMoney: models.DecOf(20000)},
	}
	d.Measures = []models.Measure{
		{Programme: prog, Scope: "person", Cat1: "health", Title: "签约服务", Needs: models.Set{"yinbing"}, Targets: models.Set{"m:0"}, Due: "2018-12"},
		{Programme: prog, Scope: "household", Cat1: "industry", Cat2: "breeding", Title: "养牛", Qty: models.DecOf(2), Year: models.IntOf(2018)},
	}
	d.Funds = []models.Fund{
		{MeasureID: "ms:1", Year: models.IntOf(2018), Source: "special", Kind: "grant", Amount: models.DecOf(10000)},
		{MeasureID: "ms:1", Year: models.IntOf(2019), Source: "self", Kind: "self", Amount: models.DecOf(3000.5)},
	}
	d.Outputs = []models.Output{{MeasureID: "ms:1", Year: models.IntOf(2018), Indicator: "出栏", Target: models.DecOf(2), Income: models.DecOf(6000)}}
	d.Duties = []models.Duty{
		{Level: models.Village, PersonID: "p_ann", Name: "安妮", Phone: "13988887777", From: "2018-01-01"},
		{Object: "ms:1", Level: models.County, Name: "卡尔", Dept: "agri"},
	}
	d.Helpers = []models.Helper{{Name: "鲍勃", Unit: "乡政府", Phone: "13977776666", IDHash: "h", From: "2018-01-01"}}
	d.Exit = models.Exit{Programme: prog, Year: models.IntOf(2019), Quarter: models.IntOf(4), SeqNo: models.IntOf(7), Milestones: "2018Q4:签约"}
	d.AreaExits = []models.AreaExit{{Area: county, Programme: prog, Year: models.IntOf(2020)}, {Area: damiao, Programme: prog, Year: models.IntOf(2019)}}
	d.Waivers = []models.Waiver{{Key: "P14:member:3", Reason: "在家照顾老人"}, {Key: "P22:household:", Reason: "正在申请低保"}}
	return d
}

func TestPlansAreCreated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		d := planned()
		res, err := s.Households().Create(t.Context(), ann("m1"), d, clock)
		require.NoError(t, err)
		got, id := stored(t, s, ann(""), res.ID), res.ID
		require.Equal(t, 1, res.Version)
		handed := *d
		handed.Condition, handed.Income, handed.Household, handed.Members = got.Condition, got.Income, got.Household, got.Members
		require.Equal(t, *got, handed, "the caller's dossier is what is stored")

		require.Equal(t, []string{id + "s001", id + "s002"}, []string{got.Measures[0].ID, got.Measures[1].ID})
		require.Equal(t, models.Set{id + "01"}, got.Measures[0].Targets)
		require.Equal(t, models.Set{"m:" + id + "01.health", "c.farm"}, got.Causes[0].Evidence)
		require.Equal(t, id+"s002", got.Funds[0].MeasureID)
		require.Equal(t, "3000.5", got.Funds[1].Amount.String())
		require.Equal(t, id+"s002", got.Outputs[0].MeasureID)
		require.Equal(t, []string{id, id + "s002"}, []string{got.Duties[0].Object, got.Duties[1].Object})
		require.Equal(t, "13988887777", got.Duties[0].Phone.Reveal())
		require.Equal(t, "h", got.Helpers[0].IDHash)
		require.Equal(t, 2019, got.Exit.Year.N())
		require.Len(t, got.AreaExits, 2)
		require.Equal(t, map[string]string{"P14:member:" + id + "04": "在家照顾老人", "P22:household:" + id: "正在申请低保"}, got.Accepted())
		require.Equal(t, "p_ann", got.Waivers[0].By)
		require.Equal(t, models.Date("2018-10-31"), got.Waivers[0].On)

		for column, values := range raw(t, s) {
			require.NotContains(t, values, "13988887777", column)
			require.NotContains(t, values, "13977776666", column)
		}
		again, err := s.Households().Save(t.Context(), ann("m2"), got, 1, clock)
		require.NoError(t, err)
		require.Zero(t, again.Changes, "nothing differs, nothing is written")

		second := planned()
		second.Members, second.AreaExits = second.Members[2:], nil
		second.Duties, second.Causes, second.Waivers = second.Duties[:1], nil, nil
		second.Measures[0].Targets = models.Set{"m:1"}
		next := create(t, s, ann("m3"), second)
		require.Len(t, next.AreaExits, 2, "said once, known for the whole village")
	})
}

// changesOf are the changes of a source as "record id field old new", newest last.
func changesOf(t *testing.T, s *Store, household, source string) []string {
	t.Helper()
	cs, err := s.Households().History(t.Context(), carl(), household, 0, 200)
	require.NoError(t, err)
	var out []string
	for i := len(cs) - 1; i >= 0; i-- {
		if c := cs[i]; c.Source == source {
			out = append(out, c.Record+"|"+c.RecordID[min(len(c.RecordID), len(household)):]+"|"+c.Field+"|"+c.Old+"|"+c.New)
		}
	}
	return out
}

func TestPlansAreSavedAndPutBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		before := create(t, s, ann("m1"), planned())
		id := before.Household.ID

		d := stored(t, s, ann(""), id)
		d.Causes = d.Causes[:1]                              // 缺资金 is withdrawn
		d.Measures = append(d.Measures[:0:0], d.Measures[1]) // not mentioned: stays
		d.Measures[0].Progress = models.IntOf(60)
		d.Measures = append(d.Measures, models.Measure{Programme: prog, Title: "修路"})
		d.Funds = []models.Fund{d.Funds[0], {MeasureID: "ms:1", Year: models.IntOf(2019), Source: "pooled", Amount: models.DecOf(800)}}
		d.Outputs = nil               // not mentioned
		d.Duties = d.Duties[1:]       // the first one ends
		d.Helpers = []models.Helper{} // he leaves
		d.Exit.Quarter = models.IntOf(2)
		d.Waivers = []models.Waiver{{Key: d.Waivers[0].Key, Reason: "残疾"}}
		d.Household.Rechecks = models.Set{"measure", "exit"}
		res, err := hh.Save(ctx, bob("m2"), d, 1, clock.Add(time.Hour))
		require.NoError(t, err)
		require.Equal(t, 2, res.Version)

		got := stored(t, s, ann(""), id)
		require.Len(t, got.Causes, 1)
		require.Len(t, got.Measures, 3)
		require.Equal(t, 2, got.Measures[1].Version)
		require.Equal(t, id+"s009", got.Measures[2].ID, "numbers go on")
		require.Equal(t, []string{id + "f003", id + "f010"}, []string{got.Funds[0].ID, got.Funds[1].ID})
		require.Equal(t, id+"s009", got.Funds[1].MeasureID)
		require.Len(t, got.Outputs, 1)
		require.Equal(t, models.Date("2018-10-31"), got.Duties[0].To)
		require.Empty(t, got.Duties[1].To)
		require.Equal(t, models.Date("2018-10-31"), got.Helpers[0].To)
		require.Equal(t, models.Set{"measure", "exit"}, got.Household.Rechecks)
		lines := changesOf(t, s, id, "m2")
		require.Len(t, lines, res.Changes)
		for _, want := range []string{
			"measure|s002|progress||60", "measure|s009|+||修路", "cause||gap_money|20000|", "cause||-|quezijin|", "cause||_seq|1|0",
			"fund|f004|-|self|", "fund|f004|_measure|" + id + "s002|", "fund|f010|_measure||" + id + "s009", "duty|d006|duty_to||2018-10-31",
			"helper|h008|helper_to||2018-10-31", "exit||plan_quarter|4|2", "household||_rechecks||measure,exit",
		} {
			require.Contains(t, lines, want)
		}

		_, err = hh.Undo(ctx, bob("u1"), id, "m2", clock, clock.Add(2*time.Hour))
		require.NoError(t, err)
		after := stored(t, s, ann(""), id)
		require.Equal(t, 3, after.Household.Version)
		require.Equal(t, 10, after.Household.RowsEver, "no number is used again")
		after.Household, after.Measures[1].Version = before.Household, before.Measures[1].Version
		require.Equal(t, before, after, "everything is as it was")
	})
}

// TestUndoOfPlansGoesStepByStep puts back what others build on only after it.
func TestUndoOfPlansGoesStepByStep(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		plain := create(t, s, ann("m1"), wen())
		id := plain.Household.ID
		save := func(source string, change func(d *models.Dossier)) {
			t.Helper()
			d := stored(t, s, ann(""), id)
			change(d)
			_, err := hh.Save(ctx, ann(source), d, d.Household.Version, clock)
			require.NoError(t, err)
		}
		undo := func(source string) error {
			_, err := hh.Undo(ctx, ann("u-"+source), id, source, clock, clock)
			return err
		}
		save("m2", func(d *models.Dossier) { d.Measures = []models.Measure{{Programme: prog, Title: "养牛"}} })
		save("m3", func(d *models.Dossier) { d.Funds = []models.Fund{{MeasureID: "ms:0", Amount: models.DecOf(1)}} })
		save("m4", func(d *models.Dossier) { d.Causes = []models.Cause{{Programme: prog, Kind: "yinbing", Desc: "一"}} })
		save("m5", func(d *models.Dossier) { d.Causes = []models.Cause{} })
		save("m6", func(d *models.Dossier) { d.Causes = []models.Cause{{Programme: prog, Kind: "yinbing", Desc: "二"}} })
		save("m7", func(d *models.Dossier) {
			d.Causes = append(d.Causes, models.Cause{Programme: "other", Kind: "yinbing"})
		})

		refused(t, undo("m2"), models.Conflict, "undo_touched")
		refused(t, undo("m4"), models.Conflict, "undo_touched")
		refused(t, undo("m5"), models.Conflict, "undo_touched")
		refused(t, undo("m1"), models.Conflict, "undo_touched")
		require.NoError(t, undo("m6"), "the cause of another programme is no matter")
		require.Len(t, stored(t, s, ann(""), id).Causes, 1)
		require.NoError(t, undo("m5"))
		require.Equal(t, "一", stored(t, s, ann(""), id).Causes[0].Desc)
		for _, source := range []string{"m7", "m4", "m3", "m2", "m1"} {
			require.NoError(t, undo(source), source)
		}
		for table, values := range raw(t, s) {
			if strings.HasPrefix(table, "measures.") || strings.HasPrefix(table, "funds.") || strings.HasPrefix(table, "causes.") {
				require.Empty(t, values, table)
			}
		}
	})
}

func TestAHouseholdIsWithdrawnWithItsPlans(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m1"), planned()).Household.ID
		_, err := s.Households().Undo(t.Context(), ann("u"), id, "m1", clock, clock)
		require.NoError(t, err)
		for _, table := range []string{"households", "members", "causes", "measures", "funds", "outputs", "duties", "helpers", "exits", "area_exits", "waivers"} {
			var n int64
			require.NoError(t, s.on(t.Context()).Table(table).Count(&n).Error)
			require.Zero(t, n, table)
		}
		lines := changesOf(t, s, id, "u")
		require.Contains(t, lines, "measure|s002|-|养牛|")
		require.Contains(t, lines, "household||-|岩温龙|")
	})
}

func TestPlansThatAreRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		d := create(t, s, ann("m1"), planned())
		id := d.Household.ID
		try := func(by models.Actor, change func(*models.Dossier)) error {
			d := stored(t, s, bob(""), id)
			change(d)
			_, err := s.Households().Save(t.Context(), by, d, d.Household.Version, clock)
			return err
		}
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Funds[0].MeasureID = "ms:7" }), models.Invalid, "no_measure")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Duties[0].Object = damiao + "0002s001" }), models.Invalid, "no_measure")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Measures = append(d.Measures, models.Measure{}) }), models.Invalid, "no_programme")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Causes = append(d.Causes, d.Causes[0]) }), models.Invalid, "twice")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Waivers[0].Reason = "" }), models.Invalid, "no_reason")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Measures[0].Title = strings.Repeat("长", 101) }), models.Invalid, "too_long")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Funds[0].Amount = models.DecOf(1e13) }), models.Invalid, "too_big")
		refused(t, try(ann("m"), func(d *models.Dossier) {
			d.AreaExits = append(d.AreaExits, models.AreaExit{Area: xiaohe, Programme: prog})
		}), models.Invalid, "no_area")
		later := func(d *models.Dossier) { d.AreaExits[0].Year = models.IntOf(2021) }
		refused(t, try(ann("m"), later), models.Forbidden, "not_your_area")
		require.NoError(t, try(carl(), later))
		require.Equal(t, 2021, stored(t, s, ann(""), id).AreaExits[0].Year.N())
		require.NoError(t, try(ann("m8"), func(d *models.Dossier) { d.AreaExits[1].Year = models.IntOf(2018) }), "her own village")
	})
}

func TestTwoProgrammesOfOneHousehold(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		d := create(t, s, ann("m1"), planned())
		d.Of("monitoring-2021")
		require.Empty(t, models.Diff(&models.Exit{}, &d.Exit))
		res, err := s.Households().Save(t.Context(), ann("m2"), d, 1, clock)
		require.NoError(t, err)
		require.Zero(t, res.Changes, "an empty plan is none")
		d.Exit.Year = models.IntOf(2023)
		_, err = s.Households().Save(t.Context(), ann("m3"), d, 1, clock)
		require.NoError(t, err)
		got := stored(t, s, ann(""), d.Household.ID)
		require.Len(t, got.Exits, 2)
		require.Equal(t, 2019, got.Exit.Year.N())
		got.Of("monitoring-2021")
		require.Equal(t, 2023, got.Exit.Year.N())
	})
}

func TestOfficials(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		for _, p := range []models.Person{
			{ID: "c1", Name: "县办", Role: models.RoleCounty, AreaCode: county}, {ID: "d1", Name: "农业局", Role: models.RoleDepartment, AreaCode: county},
			{ID: "t1", Name: "副乡长", Role: models.RoleTownship, AreaCode: township, Phone: "13900000105"}, {ID: "v1", Name: "安妮", Role: models.RoleVillage, AreaCode: damiao},
			{ID: "g1", Name: "组长", Role: models.RoleVillage, AreaCode: damiao + "01"}, {ID: "v2", Name: "邻村", Role: models.RoleVillage, AreaCode: xiaohe},
			{ID: "c2", Name: "邻县", Role: models.RoleCounty, AreaCode: "539902"}, {ID: "a1", Name: "管理员", Role: models.RoleAdmin, AreaCode: county},
			{ID: "x1", Name: "调走了", Role: models.RoleVillage, AreaCode: damiao},
		} {
			require.NoError(t, s.People().Add(t.Context(), &p))
		}
		require.NoError(t, s.on(t.Context()).Model(&models.Person{}).Where("id = 'x1'").Update("active", false).Error)
		for _, by := range []models.Actor{ann(""), bob(""), carl()} {
			got, err := s.People().Officials(t.Context(), by, damiao)
			require.NoError(t, err)
			var ids []string
			for _, p := range got {
				ids = append(ids, p.ID)
			}
			require.Equal(t, []string{"g1", "v1", "t1", "d1", "c1"}, ids)
			require.Equal(t, "13900000105", got[2].Phone.Reveal())
		}
		none, err := s.People().Officials(t.Context(), ann(""), xiaohe)
		require.NoError(t, err)
		require.Empty(t, none)
	})
}
