package store

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func profile(t testing.TB) *models.Profile {
	t.Helper()
	p, err := models.LoadProfile(prog)
	require.NoError(t, err)
	return p
}

// judge makes the light of a stored household, as a conversation does.
func judge(t testing.TB, s *Store, d *models.Dossier, shades string) {
	t.Helper()
	l := models.LightOf(d, profile(t))
	l.Shades, l.Missing, l.Gaps = shades, 2, models.Set{"g_house"}
	l.Count(d, profile(t))
	require.NoError(t, s.Households().SaveLights(t.Context(), bob(""), []models.Light{l}))
}

func TestSumsFollowTheLights(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		d := create(t, s, ann("m1"), planned())
		judge(t, s, d, "gggggg")
		judge(t, s, create(t, s, ann("m2"), li(damiao, "3组")), "ryyyyy")
		judge(t, s, create(t, s, bob("m3"), li(xiaohe, "一组")), "rrrrrr")

		sums, err := hh.Judged(ctx, bob(""), prog, damiao, "")
		require.NoError(t, err)
		require.Len(t, sums, 2, "三组 is 3组")
		village := sums[0]
		require.Equal(t, []any{damiao, "大庙村", models.Village}, []any{village.Area, village.Name, village.Level})
		require.Equal(t, []any{damiao + "/3", models.GroupLevel}, []any{sums[1].Area, sums[1].Level})
		require.NotEmpty(t, sums[1].Name)
		require.Equal(t, []int{2, 6, 7, 4, 1}, []int{village.Households, village.People, village.LaborHalves, village.Missing, village.SixClear})
		require.Equal(t, [6]int{1, 1, 1, 1, 1, 1}, village.Green)
		require.Equal(t, [6]int{1}, village.Red)
		require.Equal(t, map[string]int{"yinbing": 1, "quezijin": 1}, village.Causes)
		require.Equal(t, map[string]int{"yinbing": 1}, village.MainCauses)
		require.Equal(t, map[string]int{"g_house": 2}, village.Gaps)
		require.Equal(t, map[string]int{"health": 1, "industry": 1}, village.Measures)
		require.Equal(t, map[models.YearQuarter]models.Leave{{Year: 2019, Quarter: 4}: {Households: 1, People: 4}}, village.Exits)
		require.Equal(t, "10000", village.Money[models.MoneyKey{Year: 2018, Class: "special", Cat: "industry"}].String())
		require.Equal(t, "3000.5", village.Money[models.MoneyKey{Year: 2019, Class: "other", Cat: "industry"}].String())
		require.Equal(t, 1, village.Late("2019-01"))
		require.Zero(t, village.Late("2018-12"))

		some, err := hh.Judged(ctx, bob(""), prog, damiao, "shade")
		require.NoError(t, err)
		require.Equal(t, village, some[0])
		require.Len(t, some, 2)
		require.Equal(t, []any{sums[1].Green, sums[1].People, sums[1].Name}, []any{some[1].Green, some[1].People, some[1].Name})
		require.Empty(t, some[1].Causes, "not asked for")
		alone, err := hh.Judged(ctx, bob(""), prog, damiao)
		require.NoError(t, err)
		require.Equal(t, some[:1], alone)
		group, err := hh.Judged(ctx, bob(""), prog, damiao+"/3", "shade")
		require.NoError(t, err)
		require.Equal(t, sums[1:], group, "a group has nothing below")

		town, err := hh.Judged(ctx, carl(), prog, township, "")
		require.NoError(t, err)
		require.Len(t, town, 3)
		require.Equal(t, 3, town[0].Households)
		require.Equal(t, []string{"大庙村", "小河村"}, []string{town[1].Name, town[2].Name})
		all, err := hh.Judged(ctx, carl(), prog, county, "")
		require.NoError(t, err)
		require.Equal(t, []string{"示例县", "示例乡"}, []string{all[0].Name, all[1].Name})
		require.Equal(t, all[0].Money, all[1].Money)
		above, err := hh.Judged(ctx, models.Actor{Area: county[:2]}, prog, county[:2], "shade")
		require.NoError(t, err)
		require.Equal(t, []int{3, 3}, []int{above[0].Households, above[1].Households})
		require.Equal(t, all[0].Green, above[1].Green)
		own, err := hh.Judged(ctx, ann(""), prog, county, "")
		require.NoError(t, err)
		require.Equal(t, sums, own, "a village cadre sees the village")
		_, err = hh.Judged(ctx, ann(""), prog, xiaohe, "")
		refused(t, err, models.NotFound, "")
		refused(t, hh.SaveLights(ctx, ann(""), []models.Light{{HouseholdID: xiaohe + "0001"}}), models.NotFound, "")
		lights, err := hh.Lights(ctx, ann(""), prog, damiao)
		require.NoError(t, err)
		require.Equal(t, []string{"岩温龙", "李小二"}, []string{lights[0].Head, lights[1].Head})
		require.Equal(t, "ryyyyy", lights[1].Shades)

		// Another group, other lights, less money: only the difference moves.
		d.Household.Group, d.Funds = "五组", d.Funds[:1]
		_, err = hh.Save(ctx, ann("m4"), d, 1, clock)
		require.NoError(t, err)
		ids, err := hh.Unjudged(ctx, carl(), prog, damiao, "", profile(t).Mark())
		require.NoError(t, err)
		require.Equal(t, []string{d.Household.ID}, ids)
		judge(t, s, d, "rggggg")
		ids, err = hh.Unjudged(ctx, carl(), prog, damiao, "", profile(t).Mark())
		require.NoError(t, err)
		require.Empty(t, ids)
		sums, err = hh.Judged(ctx, ann(""), prog, damiao, "")
		require.NoError(t, err)
		require.Len(t, sums, 3)
		require.Equal(t, 4, sums[2].People)
		require.Equal(t, "五组", sums[2].Name)
		require.Zero(t, sums[0].SixClear)
		require.NotContains(t, sums[0].Money, models.MoneyKey{Year: 2019, Class: "other", Cat: "industry"})
		require.Equal(t, 2, sums[0].Red[0])

		_, err = hh.Undo(ctx, ann("u4"), d.Household.ID, "m4", clock, clock)
		require.NoError(t, err)
		_, err = hh.Undo(ctx, ann("u1"), d.Household.ID, "m1", clock, clock)
		require.NoError(t, err)
		sums, err = hh.Judged(ctx, ann(""), prog, damiao, "")
		require.NoError(t, err)
		require.Equal(t, []int{1, 2}, []int{sums[0].Households, sums[0].People}, "who is withdrawn counts no more")
		require.Empty(t, sums[0].Money)
	})
}

func TestSavesOfOneVillageAtOnceLoseNoCount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		var ds []*models.Dossier
		for i := range 12 {
			ds = append(ds, create(t, s, ann(fmt.Sprint("m", i)), li(damiao, fmt.Sprint(i%3, "组"))))
		}
		p := profile(t)
		for range 2 {
			for _, err := range atOnce(len(ds), func(i int) error {
				d := *ds[i]
				l := models.LightOf(&d, p)
				l.Shades = "gggggg"
				l.Count(&d, p)
				return s.Households().SaveLights(t.Context(), ann(""), []models.Light{l})
			}) {
				require.NoError(t, err)
			}
		}
		sums, err := s.Households().Judged(t.Context(), ann(""), prog, damiao, "")
		require.NoError(t, err)
		require.Equal(t, []int{12, 24, 12}, []int{sums[0].Households, sums[0].People, sums[0].SixClear})

		// Households saved one by one while several at a time judge all of them.
		for _, err := range atOnce(len(ds)+3, func(i int) error {
			var lights []models.Light
			for n := range ds {
				d := *ds[(n+i)%len(ds)]
				d.Members = slices.Clone(d.Members) // a save writes into them
				if i < len(ds) {
					d.Household.Remark = fmt.Sprint("第", i)
					return s.Atomically(t.Context(), func(st models.Store) error {
						if _, err := st.Households().Save(t.Context(), ann(fmt.Sprint("s", i)), &d, 1, clock); err != nil {
							return err
						}
						l := models.LightOf(&d, p)
						l.Shades = "rggggg"
						l.Count(&d, p)
						return st.Households().SaveLights(t.Context(), ann(""), []models.Light{l})
					})
				}
				l := models.LightOf(&d, p)
				l.Shades = "yggggg"
				l.Count(&d, p)
				lights = append(lights, l)
			}
			return s.Households().SaveLights(t.Context(), ann(""), lights)
		}) {
			require.NoError(t, err)
		}
		sums, err = s.Households().Judged(t.Context(), ann(""), prog, damiao, "")
		require.NoError(t, err)
		require.Equal(t, []int{12, 24, 0, 12}, []int{sums[0].Households, sums[0].People, sums[0].SixClear, sums[0].Red[0]}, "the newest version of each stands")
	})
}

func TestAround(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		require.NoError(t, s.People().Add(ctx, &models.Person{ID: "p_ann", Name: "安妮"}))
		var last *models.Dossier
		for i := range 5 {
			d := planned()
			d.Members, d.Waivers = d.Members[2:], nil
			d.Household.Attr = "poor"
			d.Measures[0].Targets = nil
			d.Causes[0].Evidence = nil
			d.Measures[1].Cat2, d.Measures[1].Unit, d.Measures[1].Content = "breed", "tou", "购能繁母牛二头"
			d.Funds[0].Amount = models.DecOf(float64(10000 * (i + 1)))
			last = create(t, s, ann(fmt.Sprint("m", i)), d)
			judge(t, s, last, "gggggg")
		}
		got, err := hh.Around(ctx, ann(""), last, prog, clock)
		require.NoError(t, err)
		require.Equal(t, map[string]int{"户主高血压常年吃药": 5, "购能繁母牛二头": 5}, got.SameText)
		require.InDelta(t, 0.5, got.SameMeasureShare, 1e-9)
		require.InEpsilon(t, (30000+3000.5)/2, got.Prices[models.PriceOfUnit{Cat2: "breed", Unit: "tou"}], 0.05)
		require.Equal(t, map[string][2]float64{"general": {13000.5 / 2, 53000.5 / 2}}, got.Spread)
		require.Equal(t, "大庙村", got.Village)
		require.Equal(t, map[string]int{"p_ann": 5, "卡尔": 5, "鲍勃": 5}, got.Load)
		require.Equal(t, map[int][4]int{2019: {3: 5}}, got.ExitQuarters)
		require.ElementsMatch(t, []models.AreaLeaving{
			{Area: "大庙村", Level: models.Village, Year: 2019, All: 10, Left: 10},
			{Area: "示例县", Level: models.County, Year: 2020, All: 2, Left: 1},
		}, got.Leaving)
		require.Empty(t, got.Departed)
		require.Empty(t, got.PoorHelpers)
		require.Empty(t, got.SchoolBefore)

		require.NoError(t, s.on(ctx).Model(&models.Person{}).Where("id = 'p_ann'").Update("active", false).Error)
		poor := create(t, s, ann("m9"), wen())
		last.Helpers[0].IDHash = *poor.Members[0].IDHash
		last.Members[0].School = "primary"
		_, err = hh.Save(ctx, ann("m10"), last, 1, clock)
		require.NoError(t, err)
		got, err = hh.Around(ctx, ann(""), last, prog, clock.AddDate(2, 0, 1))
		require.NoError(t, err)
		require.Equal(t, map[string]bool{"p_ann": true}, got.Departed)
		require.Equal(t, map[string]bool{last.Helpers[0].ID: true}, got.PoorHelpers)
		require.Equal(t, map[string][]string{last.Members[0].ID: {"primary", "primary"}}, got.SchoolBefore)
		_, err = hh.Around(ctx, models.Actor{Area: xiaohe}, last, prog, clock)
		refused(t, err, models.NotFound, "")
		_, err = hh.Around(ctx, ann(""), li(damiao, "一组"), prog, clock)
		require.NoError(t, err, "a household that is not kept yet")
	})
}
