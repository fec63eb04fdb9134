package clears

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestRechecks(t *testing.T) {
	t.Parallel()
	after := func(n int) models.Set {
		var out models.Set
		for _, c := range Order[n+1:] {
			out = append(out, string(c))
		}
		return out
	}
	for name, c := range map[string]struct {
		was  models.Set
		do   func(old, now *models.Dossier)
		want models.Set
	}{
		"nothing":          {nil, func(_, _ *models.Dossier) {}, nil},
		"a visit":          {nil, func(_, d *models.Dossier) { d.Household.VisitDate, d.Household.Phone = "2019-01-02", "13800000000" }, nil},
		"another kind":     {nil, func(_, d *models.Dossier) { d.Household.Attr = "poor_dibao" }, after(0)},
		"somebody is born": {nil, func(_, d *models.Dossier) { d.Members = append(d.Members, models.Member{Name: "小宝"}) }, after(0)},
		"somebody dies":    {nil, func(_, d *models.Dossier) { d.Members[1].Change = "died" }, after(0)},
		"a name mended":    {nil, func(_, d *models.Dossier) { d.Members[1].Name = "玉香" }, nil},
		"house repaired":   {nil, func(_, d *models.Dossier) { d.Condition.HouseGrade = "B" }, after(0)},
		"another income":   {nil, func(_, d *models.Dossier) { d.Income.Crop = models.DecOf(12345) }, after(0)},
		"another cause":    {nil, func(_, d *models.Dossier) { d.Causes = d.Causes[:1] }, after(1)},
		"main cause":       {nil, func(_, d *models.Dossier) { d.Causes[0].Seq, d.Causes[1].Seq = 1, 0 }, after(1)},
		"cause agreed":     {nil, func(_, d *models.Dossier) { d.Causes[0].AgreedOn = "2018-11-01" }, nil},
		"more cattle":      {nil, func(_, d *models.Dossier) { d.Measures[0].Qty = models.DecOf(7) }, after(2)},
		"a measure more":   {nil, func(_, d *models.Dossier) { d.Measures = append(d.Measures, models.Measure{Cat1: "industry"}) }, after(2)},
		"progress":         {nil, func(_, d *models.Dossier) { d.Measures[0].Status, d.Measures[0].Progress = "working", models.IntOf(60) }, nil},
		"cancelled":        {nil, func(_, d *models.Dossier) { d.Measures[0].Status = "cancelled" }, after(2)},
		"of another plan":  {nil, func(_, d *models.Dossier) { d.Measures = append(d.Measures, models.Measure{Programme: "x"}) }, nil},
		"more money":       {nil, func(_, d *models.Dossier) { d.Funds[0].Amount = models.DecOf(99) }, after(3)},
		"money arrived":    {nil, func(_, d *models.Dossier) { d.Funds[0].Paid = models.DecOf(99) }, nil},
		"who answers":      {nil, func(_, d *models.Dossier) { d.Duties[0].Name = "罗主任" }, nil},
		"a later deadline": {nil, func(_, d *models.Dossier) { d.Duties[0].Deadline = "2020-12-31" }, after(4)},
		"another year":     {nil, func(_, d *models.Dossier) { d.Exit.Year = models.IntOf(2020) }, nil},
		"not mentioned": {nil, func(_, d *models.Dossier) {
			d.Causes, d.Measures, d.Funds, d.Outputs, d.Duties, d.Helpers, d.Exit = nil, nil, nil, nil, nil, nil, models.Exit{}
		}, nil},
		"nothing there yet": {nil, func(o, d *models.Dossier) {
			o.Measures, o.Funds, o.Outputs, o.Duties, o.Helpers, o.Exit = nil, nil, nil, nil, nil, models.Exit{}
			d.Measures, d.Funds, d.Outputs, d.Duties, d.Helpers, d.Exit = nil, nil, nil, nil, nil, models.Exit{}
			d.Members[1].Change = "died"
		}, models.Set{"cause"}},
		"both at once":      {nil, func(_, d *models.Dossier) { d.Members[1].Change = "died"; d.Causes = d.Causes[:1] }, after(1)},
		"it stays":          {models.Set{"money", "exit"}, func(_, d *models.Dossier) { d.Household.Phone = "13800000000" }, models.Set{"money", "exit"}},
		"it goes":           {models.Set{"measure", "exit"}, func(_, d *models.Dossier) { d.Exit.Year = models.IntOf(2020) }, models.Set{"measure"}},
		"looked at, passed": {models.Set{"cause"}, func(_, d *models.Dossier) { d.Causes[0].Evidence = models.Set{"c.farm"} }, nil},
		"progress is none":  {models.Set{"measure"}, func(_, d *models.Dossier) { d.Measures[0].Progress = models.IntOf(60) }, models.Set{"measure"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := load(t, "huhuqing-2018")
			old, now := sound(), sound()
			for _, d := range []*models.Dossier{old, now} {
				d.Household.Rechecks = c.was
				stored(d)
				d.Of(p.ID)
				d.Exit.Programme = p.ID
			}
			c.do(old, now)
			require.Equal(t, c.want, Rechecks(old, now, p))
		})
	}
}

// stored gives every row an id, as the store does.
func stored(d *models.Dossier) {
	for i := range d.Members {
		d.Members[i].ID = "m" + itoa(i)
	}
	for i := range d.Funds {
		d.Funds[i].ID = "f" + itoa(i)
	}
	for i := range d.Outputs {
		d.Outputs[i].ID = "o" + itoa(i)
	}
	for i := range d.Duties {
		d.Duties[i].ID = "d" + itoa(i)
	}
	for i := range d.Helpers {
		d.Helpers[i].ID = "h" + itoa(i)
	}
	for i := range d.Measures {
		if d.Measures[i].ID == "" {
			d.Measures[i].ID = "w" + itoa(i)
		}
	}
}

func TestRecheckIsNeverGreen(t *testing.T) {
	t.Parallel()
	p, d := load(t, "huhuqing-2018"), sound()
	d.Household.Rechecks = models.Set{"measure", "exit"}
	l := LightsOf(d, p, day, nil)
	require.Equal(t, []Shade{Green, Green, Yellow, Green, Green, Yellow}, []Shade{l[0].Shade, l[1].Shade, l[2].Shade, l[3].Shade, l[4].Shade, l[5].Shade})
	require.True(t, l[2].Recheck())
	require.NotEmpty(t, l[2].Missing[0].Message)
	require.False(t, l[3].Recheck())
}

func TestLightOfAJudge(t *testing.T) {
	t.Parallel()
	p, d := load(t, "huhuqing-2018"), sound()
	what := func(l models.Light) []string {
		var out []string
		for _, x := range l.TagList() {
			out = append(out, x.What)
		}
		return out
	}
	l := Judge{Profile: p, Today: day}.Light(d)
	require.Equal(t, "gggggg", l.Shades)
	require.Zero(t, l.Missing)
	require.Equal(t, []any{day, p.Mark()}, []any{l.JudgedOn, l.Rules})
	require.Contains(t, what(l), "six")
	require.Contains(t, what(l), "cause:"+d.Causes[0].Kind)
	require.Contains(t, what(l), "exit:2019")
	require.NotContains(t, what(l), "idle")

	d.Household.Rechecks = models.Set{"money"}
	d.Condition.HouseGrade, d.Members[0].MedIns = "D", "none"
	d.Measures[0].Due = "2018-10-01"
	l = Judge{Profile: p, Today: day}.Light(d)
	for _, want := range []string{"grade:D", "nomed", "late", "gap:g_house", "gap:g_health", "recheck:money", "unclear:base", "notsix"} {
		require.Contains(t, what(l), want)
	}
	require.Equal(t, int64(1), l.Counts()[models.Count{Sort: models.SumArea, What: "recheck"}])

	later := Judge{Profile: p, Today: "2020-06-01"}.Light(d)
	require.True(t, slices.Contains(what(later), "unvisited"), "lights age without a save")
}

func TestContextOf(t *testing.T) {
	t.Parallel()
	require.Equal(t, &Context{}, ContextOf(nil))
	c := ContextOf(&models.Around{
		Prices: map[models.PriceOfUnit]float64{{Cat2: "breeding", Unit: "head"}: 8000}, Spread: map[string][2]float64{"general": {1, 9}}, Village: "大水井村",
		Leaving: []models.AreaLeaving{
			{Area: "大水井村", Level: models.Village, Year: 2019, All: 100, Left: 98}, {Area: "示范县", Level: models.County, Year: 2019, All: 10, Left: 9},
			{Area: "空村", Level: models.Village, Year: 2019},
		},
	})
	require.Equal(t, map[string]float64{PriceKey("breeding", "head"): 8000}, c.Prices)
	require.Equal(t, map[string]Range{"general": {1, 9}}, c.Spread)
	require.Equal(t, []Leaving{
		{Area: "大水井村", Level: models.Village, Year: 2019, PoorRate: 0.02}, {Area: "示范县", Level: models.County, Year: 2019, VillageShare: 0.9},
	}, c.Leaving)
}
