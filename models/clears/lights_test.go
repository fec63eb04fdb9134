package clears

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// wants is what a light lacks after a change to a sound household.
type wants struct {
	clear int
	item  string
	path  string
	shade Shade
	do    func(*kit)
}

func lightCases() map[string]wants {
	red := func(clear int, item, path string, do func(*kit)) wants { return wants{clear, item, path, Red, do} }
	yellow := func(clear int, item, path string, do func(*kit)) wants {
		return wants{clear, item, path, Yellow, do}
	}
	return map[string]wants{
		"group":              red(0, "1a", "household.group", func(k *kit) { k.Household.Group = "" }),
		"phone":              red(0, "1a", "household.phone", func(k *kit) { k.Household.Phone = "" }),
		"exit year":          red(0, "1a", "household.exit_year_actual", func(k *kit) { k.Household.Status = "exited" }),
		"nobody":             red(0, "1b", "m", func(k *kit) { k.Members = nil }),
		"member field":       red(0, "1b", "m:2.ethnic", func(k *kit) { k.m(2).Ethnic = "" }),
		"number wrong":       red(0, "1k", "m:0.id_no", func(k *kit) { k.m(0).IDNo = "539901197203050015" }),
		"no papers":          yellow(0, "1b", "m:0.id_no", func(k *kit) { k.m(0).IDNo, k.m(0).IDType = "", "none" }),
		"area":               red(0, "1c", "condition.grass", func(k *kit) { k.c().Grass = models.Dec{} }),
		"stock":              red(0, "1c", "condition.stock", func(k *kit) { k.c().Stock = "" }),
		"house":              red(0, "1d", "condition.house_struct", func(k *kit) { k.c().HouseStruct = "" }),
		"evaluation":         red(0, "1d", "condition.house_eval_date", func(k *kit) { k.c().HouseEvalOn = "" }),
		"doctor":             red(0, "1e", "m:1.family_doctor", func(k *kit) { k.m(1).Doctor = "" }),
		"disability":         red(0, "1e", "m:1.disab_level", func(k *kit) { k.m(1).Health = models.Set{"disabled"} }),
		"school name":        red(0, "1f", "m:3.school_name", func(k *kit) { k.m(3).SchoolName = "" }),
		"work":               red(0, "1g", "m:0.occupation", func(k *kit) { k.m(0).Occupation = "" }),
		"fuel":               red(0, "1h", "condition.fuel", func(k *kit) { k.c().Fuel = "" }),
		"old income":         red(0, "1i", "income", func(k *kit) { k.Income.Year = 2017 }),
		"income part":        red(0, "1i", "income.eco", func(k *kit) { k.Income.Eco = models.Dec{} }),
		"income sum":         red(0, "1i", "income.net", func(k *kit) { k.Income.StatedNet = dec(1) }),
		"visit":              red(0, "1j", "household.visit_date", func(k *kit) { k.Household.VisitDate = "2017-01-01" }),
		"signature":          yellow(0, "1j", "household.sign_img", func(k *kit) { k.Household.SignImage = "" }),
		"contradiction":      red(0, "1k", "cause:0.cause", func(k *kit) { k.m(3).School, k.m(3).Edu = "", "junior" }),
		"no main cause":      red(1, "2a", "cause", func(k *kit) { k.Causes = nil }),
		"evidence":           red(1, "2c", "cause:0.evidence", func(k *kit) { k.Causes[0].Evidence = nil }),
		"short words":        red(1, "2d", "cause:1.desc", func(k *kit) { k.Causes[1].Desc = "不会" }),
		"copied words":       yellow(1, "2d", "cause:0.desc", func(k *kit) { k.ctx.SameText = map[string]int{k.Causes[0].Desc: 12} }),
		"head disagrees":     red(1, "2e", "cause:0.head_agrees", func(k *kit) { k.Causes[0].HeadAgrees = "no" }),
		"agreed too early":   red(1, "2e", "cause:0.confirm_date", func(k *kit) { k.Causes[0].AgreedOn = "2018-10-14" }),
		"doubtful cause":     yellow(1, "2c", "cause:1.cause", func(k *kit) { k.m(2).Labor = "skilled" }),
		"cause unanswered":   red(2, "3a", "ms", func(k *kit) { k.w(2).Status = "cancelled" }),
		"gap unanswered":     red(2, "3b", "ms", func(k *kit) { k.c().WaterSafe = "no" }),
		"content":            red(2, "3c", "ms:0.content", func(k *kit) { k.w(0).Content = "养牛" }),
		"due month":          red(2, "3c", "ms:0.due_date", func(k *kit) { k.w(0).Due = "2019" }),
		"will":               red(2, "3c", "ms:0.will_sign", func(k *kit) { k.w(0).Will = "refused" }),
		"no labour, no keep": red(2, "3d", "ms", func(k *kit) { k.idle() }),
		"misplaced":          red(2, "3e", "ms:4.targets", func(k *kit) { k.m(2).Labor = "lost" }),
		"one size":           yellow(2, "3f", "ms", func(k *kit) { k.ctx.SameMeasureShare = 0.81 }),
		"year without money": red(3, "4a", "ms:0.fund.2019", func(k *kit) { k.Funds = k.Funds[:1] }),
		"source":             red(3, "4a", "fund:0.source", func(k *kit) { k.Funds[0].Source = "x" }),
		"too much":           red(3, "4b", "fund:4.amount", func(k *kit) { k.Funds[4].Amount = dec(3001) }),
		"year no output":     red(3, "4c", "ms:0.output.2018", func(k *kit) { k.Outputs[0].Target = models.Dec{} }),
		"no income effect":   red(3, "4d", "ms:0.output", func(k *kit) { k.Outputs[0].Income, k.Outputs[1].Income = models.Dec{}, models.Dec{} }),
		"forecast":           yellow(3, "4d", "out", func(k *kit) { k.Income.PayOut = dec(8000) }),
		"forecast firm":      red(3, "4d", "out", func(k *kit) { k.Income.PayOut = dec(8000); k.firm() }),
		"past year paid":     red(3, "4e", "fund:0.paid", func(k *kit) { k.today = "2019-01-05" }),
		"past year actual":   red(3, "4e", "out:0.actual", func(k *kit) { k.today = "2019-01-05" }),
		"no helper":          red(4, "5a", "helper", func(k *kit) { k.Helpers = nil }),
		"helper phone":       red(4, "5a", "helper:0.helper_phone", func(k *kit) { k.Helpers[0].Phone = "" }),
		"level":              red(4, "5b", "ms:0.duty", func(k *kit) { k.duty(0, models.County).Name = "" }),
		"wrong department":   yellow(4, "5c", "duty:2.dept", func(k *kit) { k.duty(0, models.County).Dept = "transport" }),
		"penalty": red(4, "5d", "duty:0.penalty", func(k *kit) {
			for i := range 3 {
				k.Duties[i].Penalty = ""
			}
		}),
		"left":               red(4, "5e", "duty:2.duty_person", func(k *kit) { k.ctx.Departed = map[string]bool{"county": true} }),
		"office":             yellow(4, "5b", "duty:0.duty_person", func(k *kit) { k.Duties[0].Name = "村委会全体" }),
		"no plan year":       red(5, "6a", "exit.plan_year", func(k *kit) { k.Exit = models.Exit{} }),
		"order":              red(5, "6a", "exit.seq_no", func(k *kit) { k.Exit.SeqNo = models.Int{} }),
		"late in the season": red(5, "6b", "ms:1.due_date", func(k *kit) { k.Exit.Quarter = models.IntOf(1) }),
		"after the village":  yellow(5, "6c", "exit.plan_year", func(k *kit) { k.AreaExits[0].Year = models.IntOf(2018) }),
		"after the end":      red(5, "6c", "exit.plan_year", func(k *kit) { k.Exit.Year = models.IntOf(2021) }),
		"milestones":         red(5, "6d", "exit.milestone", func(k *kit) { k.Exit.Milestones = "2018Q4:牛买回来" }),
		"milestone loose":    red(5, "6d", "exit.milestone", func(k *kit) { k.Exit.Milestones = "2019:脱贫" }),
		"county year":        red(5, "6e", "exit.county", func(k *kit) { k.AreaExits = k.AreaExits[:1] }),
	}
}

func TestLightsLack(t *testing.T) {
	t.Parallel()
	for name, c := range lightCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := &kit{Dossier: sound(), p: load(t, "huhuqing-2018"), today: day}
			c.do(k)
			l := k.judge().Lights(k.Dossier)[c.clear]
			require.Equal(t, c.shade, l.Shade, "%+v", l.Missing)
			i := slices.IndexFunc(l.Missing, func(m Missing) bool { return m.Item == c.item && m.Path == c.path })
			require.GreaterOrEqual(t, i, 0, "%s %s in %+v", c.item, c.path, l.Missing)
			require.NotEmpty(t, l.Missing[i].Label)
			require.NotContains(t, l.Missing[i].Message, "{")
			if strings.HasPrefix(l.Missing[i].Label, "lack_") {
				require.NotEmpty(t, l.Missing[i].Message, "the profile has words for it")
			}
		})
	}
}

func TestLightsAreChained(t *testing.T) {
	t.Parallel()
	d := sound()
	d.Condition.Fuel = ""
	l := LightsOf(d, load(t, "huhuqing-2018"), day, nil)
	require.Equal(t, Red, l[0].Shade)
	for _, x := range l[1:] {
		require.Equal(t, Yellow, x.Shade, "%s may not be clear while 家底 is not", x.Clear)
		require.Empty(t, x.Missing)
	}
	require.False(t, l.Green())

	d = sound()
	d.Household.SignImage = ""
	l = LightsOf(d, load(t, "huhuqing-2018"), day, nil)
	require.Equal(t, Yellow, l[0].Shade)
	require.Equal(t, Green, l[1].Shade, "基本清 is enough for the next")
}

func TestMemberOfMissing(t *testing.T) {
	t.Parallel()
	d := sound()
	d.Members[3].SchoolName, d.Condition.Fuel = "", ""
	for _, m := range LightsOf(d, load(t, "huhuqing-2018"), day, nil)[0].Missing {
		want := -1
		if m.Path == "m:3.school_name" {
			want = 3
		}
		require.Equal(t, want, m.Member, m.Path)
	}
}

func TestAcceptedWarningsDoNotCount(t *testing.T) {
	t.Parallel()
	p, d := load(t, "huhuqing-2018"), sound()
	d.Members[2].Labor = "skilled"
	fs := Check(d, p, day)
	require.Len(t, fs, 1)
	require.Equal(t, Yellow, LightsOf(d, p, day, nil)[1].Shade)
	require.Equal(t, Green, LightsOf(d, p, day, map[string]string{fs[0].Key(): "会开车，养牛不会"})[1].Shade)

	d.Members[0].MedIns = "none"
	accepted := map[string]string{}
	for _, f := range Check(d, p, day) {
		accepted[f.Key()] = "知道了"
	}
	require.Equal(t, Red, LightsOf(d, p, day, accepted)[0].Shade, "what blocks cannot be waived")
}

func TestMonitoringHasItsOwnLights(t *testing.T) {
	t.Parallel()
	p, d := load(t, "monitoring-2021"), sound()
	l := LightsOf(d, p, "2023-06-20", nil)
	require.False(t, slices.ContainsFunc(l[5].Missing, func(m Missing) bool { return m.Item == "6e" }), "no plan by area")
	require.True(t, slices.ContainsFunc(l[2].Missing, func(m Missing) bool { return m.Item == "3a" }), "measures of 2018 do not count")
}

func TestDownstream(t *testing.T) {
	t.Parallel()
	require.Equal(t, []Clear{Causes, Helps, Money, Duties, Leaves}, Downstream("member"))
	require.Equal(t, []Clear{Money, Duties, Leaves}, Downstream("measure"))
	require.Empty(t, Downstream("exit"))
	require.Empty(t, Downstream("photo"))
}
