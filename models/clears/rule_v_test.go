package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesV(t *testing.T) { t.Parallel(); runCases(t, casesV) }

var casesV = cases{
	"V01": {
		hit("张大有纳入30天还没帮扶措施", func(k *kit) { k.Measures, k.ctx.Case.Entered = nil, "2023-05-21" }),
		near(func(k *kit) { k.Measures, k.ctx.Case.Entered = nil, "2023-05-22" }),
		near(func(k *kit) { k.ctx.Case.Entered = "2023-01-01" }),
		na(func(k *kit) { k.Measures, k.ctx.Case = nil, nil }),
	},
	"V02": {
		hit("消得太快，收入要稳半年", func(k *kit) { k.ctx.Case.Resolved, k.ctx.Case.IncomeSteady = "2023-02-28", true }),
		hit("消得太快", func(k *kit) { k.ctx.Case.Resolved = "2023-06-01" }),
		near(func(k *kit) { k.ctx.Case.Resolved, k.ctx.Case.IncomeSteady = "2023-03-01", true }),
		near(func(k *kit) { k.ctx.Case.Resolved = "2023-07-10" }),
		near(func(k *kit) { k.ctx.Case.Resolved, k.ctx.Case.Natural = "2023-01-20", true }),
		na(func(*kit) {}),
	},
	"V03": {
		hit("风险“因残”没有对上措施", func(k *kit) { k.cause2("yincan") }),
		hit("风险“因安全饮水”没有对上措施", func(k *kit) { k.cause2("yinshui") }),
		hit("风险“因安全住房”没有对上措施", func(k *kit) { k.cause2("zhufang") }),
		near(func(k *kit) { k.cause2("zhufang"); k.be(1, "house_safe", "house_c", "修缮加固") }),
		near(func(k *kit) { k.cause2("yincan"); k.be(1, "social_aid", "donation", "捐款") }),
		na(func(k *kit) { k.cause2("yinbing") }),
	},
	"V04": {
		hit("没有劳力，谈不上务工不稳", func(k *kit) { k.cause2("wugong"); k.idle() }),
		hit("没有务工登记，谈不上务工不稳", func(k *kit) {
			k.cause2("wugong")
			k.m(2).WorkArea, k.m(2).WorkMonths, k.m(2).Occupation = "", models.Int{}, "farm"
		}),
		near(func(k *kit) { k.cause2("wugong") }),
		na(func(k *kit) { k.idle() }),
	},
	"V05": {
		hit("有劳力半年没有开发式帮扶", func(k *kit) { k.ctx.Case.Entered = "2022-12-19"; k.Measures = k.Measures[2:4] }),
		near(func(k *kit) { k.ctx.Case.Entered = "2022-12-20"; k.Measures = k.Measures[2:4] }),
		near(func(k *kit) { k.ctx.Case.Entered = "2022-12-01"; k.be(2, "finance", "micro_loan", "贷款"); k.drop(2) }),
		na(func(k *kit) { k.ctx.Case.Entered = "2022-12-01"; k.idle(); k.Measures = nil }),
	},
	"V06": {
		hit("从发现到认定已16天", func(k *kit) { k.ctx.Case.Decided = "2023-01-17" }),
		hit("从发现到认定已170天", func(k *kit) { k.ctx.Case.Decided = "" }),
		hit("村内只公示了4天，要满5天", func(k *kit) { k.ctx.Case.PostedDays = models.IntOf(4) }),
		near(func(k *kit) { k.ctx.Case.Decided, k.ctx.Case.PostedDays = "2023-01-16", models.IntOf(5) }),
		na(func(k *kit) { k.ctx.Case = nil }),
	},
}

// cause2 gives the household this risk under monitoring.
func (k *kit) cause2(kind string) {
	c := soundCause(kind, 0, "说明写得清清楚楚")
	c.Programme = "monitoring-2021"
	k.Causes = []models.Cause{c}
}
