package store

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, d := t.Context(), wen()
		res, err := s.Households().Create(ctx, ann("m1"), d, clock)
		require.NoError(t, err)
		require.Equal(t, damiao+"0001", res.ID)
		require.Equal(t, 1, res.Version)
		require.Equal(t, res.ID, d.Household.ID, "the caller's dossier has the ids")
		require.Equal(t, res.ID+"04", d.Members[3].ID)

		got := stored(t, s, ann(""), res.ID)
		require.Equal(t, "岩温龙", got.Household.HeadName)
		require.Equal(t, 4, got.Household.MemberCount)
		require.Equal(t, 5, got.Household.LaborHalves)
		require.True(t, clock.Equal(got.Household.UpdatedAt))
		for i, m := range got.Members {
			require.Empty(t, models.Diff(&wen().Members[i], &m), m.Name)
			require.Equal(t, i, m.Seq)
		}
		require.Empty(t, models.Diff(&wen().Household, &got.Household))
		require.Empty(t, models.Diff(&wen().Condition, &got.Condition))
		require.Empty(t, models.Diff(&wen().Income, &got.Income))
		require.True(t, got.Income.BizCost.Known(), "0 is not unknown")
		require.False(t, got.Income.Crop.Known())

		next := create(t, s, ann("m2"), li(damiao, "大水井组"))
		require.Equal(t, damiao+"0002", next.Household.ID)
		require.Equal(t, xiaohe+"0001", create(t, s, bob("m3"), li(xiaohe, "一组")).Household.ID)
	})
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx := t.Context()
		try := func(by models.Actor, change func(*models.Dossier)) error {
			d := wen()
			change(d)
			_, err := s.Households().Create(ctx, by, d, clock)
			return err
		}
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Household.Village = xiaohe }), models.NotFound, "")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Household.Village = township }), models.Invalid, "no_village")
		refused(t, try(bob("m"), func(d *models.Dossier) { d.Household.Village = township + "999" }), models.Invalid, "no_village")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Condition.Year = 0 }), models.Invalid, "no_year")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Household.Remark = strings.Repeat("长", 1001) }), models.Invalid, "too_long")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Members[0].Disease = strings.Repeat("病", 200) }), models.Invalid, "too_long")
		refused(t, try(ann("m"), func(d *models.Dossier) { d.Income.Crop = models.DecOf(1e13) }), models.Invalid, "too_big")
		require.NoError(t, try(ann("m"), func(d *models.Dossier) {
			d.Household.Remark = strings.Repeat("长", 1000)
			d.Members[0].Disease = strings.Repeat("病", 80)
			d.Income.Crop = models.DecOf(999_999_999_999)
		}))
		refused(t, try(ann("m"), func(*models.Dossier) {}), models.Conflict, "dup_id")
		got, err := s.Households().DupID(ctx, []models.IDNumber{"539901197203050016422", "", "539901198001010011"}, "")
		require.NoError(t, err)
		where := models.Card{Village: damiao, VillageName: "大庙村", Group: "三组", Head: "岩温龙"}
		require.Equal(t, map[models.IDNumber]models.Card{"539901197203050016422": where}, got, "a disability card is the same person")
		got, err = s.Households().DupID(ctx, []models.IDNumber{"539901197203050016"}, damiao+"0001")
		require.NoError(t, err)
		require.Empty(t, got)
	})
}

func TestScope(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		there := create(t, s, bob("m1"), li(xiaohe, "一组"))
		id := there.Household.ID
		for name, by := range map[string]models.Actor{"another village": ann("m2"), "nowhere": {PersonID: "x"}} {
			_, err := hh.Dossier(ctx, by, id, 0)
			refused(t, err, models.NotFound, "")
			_, err = hh.Save(ctx, by, there, 1, clock)
			refused(t, err, models.NotFound, "")
			_, err = hh.Undo(ctx, by, id, "m1", clock, clock)
			refused(t, err, models.NotFound, "")
			refused(t, hh.Seen(ctx, by, id, "card", clock), models.NotFound, "")
			refused(t, hh.AddPhoto(ctx, by, models.Photo{HouseholdID: id}), models.NotFound, "")
			for _, q := range []models.Query{{Name: "李小二"}, {}, {Village: xiaohe}, {Village: xiaohe, Name: "李小二"}, {Group: "一组"}} {
				cards, _, err := hh.Find(ctx, by, q)
				require.NoError(t, err)
				require.Empty(t, cards, name)
			}
			changes, err := hh.History(ctx, by, id, 0, 10)
			require.NoError(t, err)
			require.Empty(t, changes, name)
			cards, err := hh.Near(ctx, by, xiaohe, "李小二", nil, 5)
			require.NoError(t, err)
			require.Empty(t, cards, name)
			groups, err := hh.Groups(ctx, by, xiaohe)
			require.NoError(t, err)
			require.Empty(t, groups, name)
		}
		for _, by := range []models.Actor{bob(""), carl()} {
			cards, more, err := hh.Find(ctx, by, models.Query{Name: "李小二"})
			require.NoError(t, err)
			require.False(t, more)
			require.Equal(t, []string{"李小二"}, heads(cards))
		}
	})
}

func TestScopeOfAGroup(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m"), wen()).Household.ID
		by := ann("")
		by.Area = damiao + "00" // a group: its code begins like the ids of 0001 to 0099
		require.Equal(t, id, stored(t, s, by, id).Household.ID)
		by.Area = damiao + "01"
		require.Equal(t, id, stored(t, s, by, id).Household.ID)
		require.NoError(t, s.Households().Seen(t.Context(), by, id, "card", clock))
	})
}

func TestSave(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		d := create(t, s, ann("m1"), wen())
		id := d.Household.ID

		res, err := hh.Save(ctx, ann("m2"), d, 1, clock)
		require.NoError(t, err)
		require.Equal(t, models.SaveResult{ID: id, Version: 1}, res, "nothing differs, nothing is written")

		d.Household.Phone, d.Household.Group = "", "3组"
		d.Members[1].Change, d.Members[1].ChangeDate = "died", "2018-09"
		d.Members[3].Name = "玉囡囡"
		d.Members = append(d.Members[:2], d.Members[3], models.Member{Name: "新生", Relation: "grandson", Birth: "2018-10-01"}) // 岩𠮷 is not mentioned
		d.Condition.Farm = models.DecOf(4)
		d.Income = models.Income{Year: 2019, Crop: models.DecOf(100)}
		later := clock.Add(time.Hour)
		res, err = hh.Save(ctx, ann("m3"), d, 1, later)
		require.NoError(t, err)
		require.Equal(t, 2, res.Version)
		require.Equal(t, id+"05", d.Members[3].ID)

		got := stored(t, s, ann(""), id)
		require.Equal(t, []string{"岩温龙", "玉香", "岩𠮷", "玉囡囡", "新生"}, names(got.Members))
		require.Equal(t, 4, got.Household.MemberCount)
		require.Equal(t, 2019, got.Income.Year)
		require.Equal(t, "31504.5", got.LastYear.PayOut.String())
		require.Equal(t, "4", got.Condition.Farm.String())
		lastYear, err := hh.Dossier(ctx, ann(""), id, 2018)
		require.NoError(t, err)
		require.Equal(t, "31504.5", lastYear.Income.PayOut.String())
		require.Zero(t, lastYear.LastYear)

		changes, err := hh.History(ctx, ann(""), id, 0, 100)
		require.NoError(t, err)
		var lines []string
		for _, c := range changes {
			if c.Source != "m3" {
				continue
			}
			require.Equal(t, "p_ann", c.By)
			require.Equal(t, "安妮", c.ByName)
			require.True(t, later.Equal(c.At))
			lines = append(lines, strings.Join([]string{c.Record, c.RecordID, c.Field, c.Old, c.New}, "|"))
		}
		require.ElementsMatch(t, []string{
			"household|" + id + "|phone|13812345678|", "household|" + id + "|group|三组|3组",
			"member|" + id + "02|change_type||died", "member|" + id + "02|change_date||2018-09",
			"member|" + id + "04|name|玉囡|玉囡囡",
			"member|" + id + "05|+||新生", "member|" + id + "05|name||新生", "member|" + id + "05|relation||grandson", "member|" + id + "05|birth||2018-10-01",
			"condition|2018|farm|3.5|4",
			"income|2019|+||2019", "income|2019|crop||100",
		}, lines)
		require.Len(t, lines, res.Changes)

		_, err = hh.Save(ctx, bob("m4"), d, 1, clock)
		refused(t, err, models.Conflict, "household_moved")
	})
}

func names(ms []models.Member) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Name)
	}
	return out
}

func TestIDNumberCountsOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		a := create(t, s, bob("m1"), wen())
		b := create(t, s, bob("m2"), li(xiaohe, "一组"))

		b.Members[1].IDNo = "53990119750101002x"
		_, err := hh.Save(ctx, bob("m3"), b, 1, clock)
		refused(t, err, models.Conflict, "dup_id")

		a.Members[1].Change = "married_out"
		_, err = hh.Save(ctx, bob("m4"), a, 1, clock)
		require.NoError(t, err)
		_, err = hh.Save(ctx, bob("m5"), b, 1, clock)
		require.NoError(t, err, "she counts there now")
		_, err = hh.Undo(ctx, bob("m6"), a.Household.ID, "m4", clock, clock)
		refused(t, err, models.Conflict, "dup_id")

		// Two numbers written on the wrong members change places in one go.
		a = stored(t, s, bob(""), a.Household.ID)
		a.Members[2].IDNo, a.Members[0].IDNo = a.Members[0].IDNo, "539901199807070035"
		_, err = hh.Save(ctx, bob("m7"), a, a.Household.Version, clock)
		require.NoError(t, err)
		a.Members[3].IDNo = "539901199807070035"
		_, err = hh.Save(ctx, bob("m8"), a, a.Household.Version, clock)
		refused(t, err, models.Conflict, "dup_id")
	})
}

func TestDossierHoldsEverything(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m1"), wen()).Household.ID
		db := s.on(t.Context())
		for _, row := range []any{
			&models.Cause{HouseholdID: id, Programme: "p", Kind: "yinbing", Village: damiao, Evidence: models.Set{"c.farm"}, GapMoney: models.DecOf(1.25)},
			&models.Measure{ID: "ms1", HouseholdID: id, Village: damiao, Programme: "p", Progress: models.IntOf(60), Targets: models.Set{id + "01"}},
			&models.Fund{ID: "f1", MeasureID: "ms1", Village: damiao, Amount: models.DecOf(5000)},
			&models.Output{ID: "o1", MeasureID: "ms1", Village: damiao, Target: models.DecOf(2)},
			&models.Duty{ID: "d1", Object: id, Village: damiao, Phone: "13900000000"},
			&models.Duty{ID: "d2", Object: "ms1", Village: damiao},
			&models.Helper{ID: "h1", HouseholdID: id, Village: damiao, Phone: "13700000000"},
			&models.Exit{HouseholdID: id, Programme: "p", Village: damiao, Year: models.IntOf(2019)},
			&models.AreaExit{Area: damiao, Programme: "p", Year: models.IntOf(2019)},
			&models.AreaExit{Area: county, Programme: "p", Year: models.IntOf(2020)},
			&models.AreaExit{Area: xiaohe, Programme: "p"},
		} {
			require.NoError(t, db.Create(row).Error)
		}
		d := stored(t, s, ann(""), id)
		require.Equal(t, models.Set{"c.farm"}, d.Causes[0].Evidence)
		require.Equal(t, "1.25", d.Causes[0].GapMoney.String())
		require.Equal(t, 60, d.Measures[0].Progress.N())
		require.Equal(t, "5000", d.Funds[0].Amount.String())
		require.Equal(t, "2", d.Outputs[0].Target.String())
		require.Len(t, d.Duties, 2)
		require.Equal(t, "13900000000", d.Duties[0].Phone.Reveal())
		require.Equal(t, "13700000000", d.Helpers[0].Phone.Reveal())
		require.Equal(t, 2019, d.Exit.Year.N())
		require.Len(t, d.AreaExits, 2)
	})
}
