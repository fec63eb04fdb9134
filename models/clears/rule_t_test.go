package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesT(t *testing.T) { t.Parallel(); runCases(t, casesT) }

var casesT = cases{
	"T01": {
		hit("house_c2020-03才完，赶不上2019脱贫", func(k *kit) { k.w(1).Due = "2020-03" }),
		near(func(k *kit) { k.w(1).Due = "2019-12" }),
		near(func(k *kit) { k.w(0).Due = "2020-03" }),
		na(func(k *kit) { k.w(1).Due, k.Exit = "2020-03", models.Exit{} }),
	},
	"T02": {
		hit("计划脱贫年要在2018—2020", func(k *kit) { k.Exit.Year = models.IntOf(2021) }),
		hit("计划脱贫年要在2018—2020", func(k *kit) { k.Exit.Year = models.IntOf(2017) }),
		near(func(k *kit) { k.Exit.Year = models.IntOf(2020) }),
		na(func(k *kit) { k.Exit.Year, k.Household.Status = models.IntOf(2017), "exited" }),
	},
	"T03": {
		hit("村比县还晚出列", func(k *kit) { k.AreaExits[0].Year, k.AreaExits[1].Year = models.IntOf(2020), models.IntOf(2019) }),
		near(func(k *kit) { k.AreaExits[0].Year = models.IntOf(2020) }),
		na(func(k *kit) { k.AreaExits = k.AreaExits[:1] }),
	},
	"T04": {
		hit("大水井村2019出列，贫困发生率还有3%", func(k *kit) {
			k.ctx.Leaving = []Leaving{{Area: "大水井村", Level: models.Village, Year: 2019, PoorRate: 0.03}}
		}),
		hit("某县2020摘帽，出列村只有85%", func(k *kit) {
			k.ctx.Leaving = []Leaving{{Area: "某县", Level: models.County, Year: 2020, VillageShare: 0.85}}
		}),
		near(func(k *kit) {
			k.ctx.Leaving = []Leaving{{Area: "大水井村", Level: models.Village, Year: 2019, PoorRate: 0.029}, {Area: "某县", Level: models.County, Year: 2020, VillageShare: 0.9}}
		}),
		na(func(*kit) {}),
	},
	"T05": {
		hit("村2019出列，这户排到2020", func(k *kit) { k.Exit.Year = models.IntOf(2020) }),
		near(func(k *kit) { k.Exit.Year, k.AreaExits[0].Year = models.IntOf(2020), models.IntOf(2020) }),
		na(func(k *kit) { k.AreaExits, k.Exit.Year = nil, models.IntOf(2020) }),
	},
	"T06": {
		hit("breeding开工比完工还晚", func(k *kit) { k.w(0).Start = "2019-06" }),
		hit("开工比完工还晚", func(k *kit) { k.w(0).Finished = "2018-09-30" }),
		hit("breeding报了完工，没有佐证", func(k *kit) { k.w(0).Status = "finished" }),
		near(func(k *kit) { k.w(0).Start = "2019-05-31" }),
		near(func(k *kit) { k.w(0).Status, k.w(0).Proof = "finished", models.Set{"photo"} }),
		na(func(k *kit) { k.w(0).Start = "" }),
	},
	"T07": {
		hit("全排在四季度，进度要分到季", func(k *kit) { k.ctx.ExitQuarters = map[int][4]int{2019: {0, 0, 0, 12}} }),
		near(func(k *kit) { k.ctx.ExitQuarters = map[int][4]int{2019: {0, 1, 0, 11}} }),
		near(func(k *kit) { k.ctx.ExitQuarters = map[int][4]int{2019: {0, 0, 0, 1}} }),
		na(func(*kit) {}),
	},
	"T08": {
		hit("breeding超期20天", func(k *kit) { k.w(0).Due = "2018-10" }),
		near(func(k *kit) { k.w(0).Due = "2018-11" }),
		near(func(k *kit) { k.w(0).Due, k.w(0).Status = "2018-10", "accepted" }),
		na(func(k *kit) { k.w(0).Due = "" }),
	},
	"T09": {
		hit("7月才开工，误了节令", func(k *kit) { k.be(0, "industry", "planting", "种苞谷3亩").Start = "2018-07" }),
		hit("6月才开工", func(k *kit) { k.be(0, "industry", "planting", "移栽烤烟").Start = "2018-06-02" }),
		hit("4月才开工", func(k *kit) { k.be(0, "industry", "planting", "定植核桃苗").Start = "2019-04" }),
		hit("12月才开工", func(k *kit) { k.be(0, "industry", "planting", "种小麦").Start = "2018-12" }),
		near(func(k *kit) { k.be(0, "industry", "planting", "种苞谷3亩").Start = "2018-06" }),
		near(func(k *kit) { k.be(0, "industry", "planting", "定植核桃苗").Start = "2018-12" }),
		na(func(k *kit) { k.be(0, "industry", "planting", "种石斛").Start = "2018-07" }),
		na(func(k *kit) { k.be(0, "industry", "planting", "种苞谷").Start = "2018" }),
	},
	"T10": {
		hitE("张大有已标脱贫，但住房没解决", func(k *kit) { k.Household.Status = "exited" }),
		hitE("但医保、住房、饮水没解决", func(k *kit) { k.Household.Status, k.c().WaterSafe, k.m(0).MedIns = "stable", "no", "none" }),
		hitW("但收入没解决", func(k *kit) { k.Household.Status, k.c().HouseGrade, k.Income.PayOut = "exited", "A", dec(0) }),
		hitE("但收入没解决", func(k *kit) {
			k.Household.Status, k.c().HouseGrade, k.Income.PayOut = "exited", "A", dec(0)
			k.firm()
		}),
		near(func(k *kit) { k.Household.Status, k.c().HouseGrade = "exited", "B" }),
		na(func(k *kit) { k.Household.Status = "pre_exit" }),
	},
}
