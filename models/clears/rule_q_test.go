package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesQ(t *testing.T) { t.Parallel(); runCases(t, casesQ) }

// fund is the first line of money of the n-th measure.
func (k *kit) fund(n int) *models.Fund {
	for i := range k.Funds {
		if k.Funds[i].MeasureID == k.w(n).ID {
			return &k.Funds[i]
		}
	}
	return nil
}

var casesQ = cases{
	"Q01": {
		hit("2018年合计16000元，分项加起来16500元", func(k *kit) {
			k.ctx.Totals = []Total{{Record: "household", ID: k.Household.ID, Year: 2018, Stated: dec(16000)}}
		}),
		hit("2019年合计8000元，分项加起来7000元", func(k *kit) {
			k.ctx.Totals = []Total{{Record: "measure", ID: "M2", Year: 2019, Stated: dec(8000)}}
		}),
		hit("合计300000元", func(k *kit) {
			k.ctx.Totals = []Total{{Record: "village", Year: 2019, Stated: dec(300000), Parts: dec(280000)}}
		}),
		near(func(k *kit) { k.ctx.Totals = []Total{{Record: "household", Year: 2018, Stated: dec(16500)}} }),
		na(func(*kit) {}),
	},
	"Q02": {
		hit("钱从哪来要选清楚", func(k *kit) { k.fund(0).Source = "" }),
		hit("钱从哪来", func(k *kit) { k.fund(0).Source = "某老板" }),
		hit("钱从哪来", func(k *kit) { k.fund(0).Amount = dec(0) }),
		near(func(k *kit) { k.fund(0).Source, k.fund(0).Amount = "east_west", dec(10) }),
		na(func(k *kit) { k.fund(0).Source, k.fund(0).MeasureID = "", "another" }),
	},
	"Q03": {
		hit("2017不在2018—2020方案期", func(k *kit) { k.fund(0).Year = models.IntOf(2017) }),
		hit("2020年的钱，不在措施的年度里", func(k *kit) { k.fund(0).Year = models.IntOf(2020) }),
		near(func(k *kit) { k.fund(0).Year, k.w(0).Due = models.IntOf(2020), "2020-01" }),
		na(func(k *kit) { k.fund(0).Year = models.Int{} }),
	},
	"Q04": {
		hitE("小额信贷贴息最高50000元，你填了60000元", func(k *kit) {
			k.be(0, "finance", "micro_loan", "贷款养牛")
			k.fund(0).Kind, k.fund(0).Amount = "loan", dec(60000)
		}),
		hitE("最高36个月，你填了48个月", func(k *kit) {
			k.be(0, "finance", "micro_loan", "贷款养牛")
			k.fund(0).Kind, k.fund(0).Months = "loan", models.IntOf(48)
		}),
		hitE("雨露计划职业教育补助最高3000元，你填了3001元", func(k *kit) { k.fund(2).Amount = dec(3001) }),
		hitE("最高104000元", func(k *kit) { k.be(1, "relocation", "reloc_central", ""); k.fund(1).Amount = dec(98000) }),
		hitW("一般最高14000元，你填了21000元", func(k *kit) { k.fund(1).Amount = dec(14000) }),
		hitE("C级修缮加固最高14000元", func(k *kit) { k.fund(1).Amount = dec(14000); k.firm() }),
		near(func(k *kit) {
			k.be(0, "finance", "micro_loan", "贷款养牛")
			k.fund(0).Kind, k.fund(0).Amount, k.fund(0).Months = "loan", dec(50000), models.IntOf(36)
		}),
		near(func(k *kit) { k.fund(1).Kind, k.fund(1).Amount = "self", dec(30000) }),
		na(func(k *kit) { k.fund(0).Amount = dec(90000) }),
	},
	"Q05": {
		hit("250000是元还是万元？", func(k *kit) { k.fund(0).Amount = dec(250000) }),
		hit("2是元还是万元？", func(k *kit) { k.fund(0).Amount = dec(2) }),
		near(func(k *kit) { k.fund(0).Amount = dec(200000) }),
		near(func(k *kit) { k.fund(0).Amount = dec(10) }),
		near(func(k *kit) { k.fund(0).Amount, k.w(0).Scope = dec(250000), "village" }),
		na(func(k *kit) { k.fund(0).Amount = models.Dec{} }),
	},
	"Q06": {
		hitE("拨付比预算还多", func(k *kit) { k.fund(0).Paid = dec(5001) }),
		hitW("breeding完工91天了钱还没拨", func(k *kit) { k.w(0).Status, k.w(0).Finished = "finished", "2018-08-21" }),
		near(func(k *kit) { k.fund(0).Paid = dec(5000) }),
		near(func(k *kit) { k.w(0).Status, k.w(0).Finished = "finished", "2018-08-22" }),
		na(func(*kit) {}),
	},
	"Q07": {
		hit("每头5000元，别家1600元", func(k *kit) { k.ctx.Prices = map[string]float64{PriceKey("breeding", "head"): 1600} }),
		hit("每头5000元，别家15001元", func(k *kit) { k.ctx.Prices = map[string]float64{PriceKey("breeding", "head"): 15001} }),
		near(func(k *kit) { k.ctx.Prices = map[string]float64{PriceKey("breeding", "head"): 2000} }),
		na(func(k *kit) { k.ctx.Prices = map[string]float64{PriceKey("planting", "mu"): 1} }),
	},
	"Q08": {
		hit("自筹20000元，群众拿得出来吗", func(k *kit) { k.fund(0).Kind, k.fund(0).Amount = "self", dec(20000) }),
		hit("贷款自筹40000元", func(k *kit) { k.fund(0).Kind, k.fund(0).Amount = "loan", dec(40000) }),
		near(func(k *kit) { k.fund(0).Kind, k.fund(0).Amount = "self", dec(17000) }),
		na(func(*kit) {}),
	},
	"Q09": {
		hit("大水井村户均投入差6倍，写明原因", func(k *kit) {
			k.ctx.Village, k.ctx.Spread = "大水井村", map[string]Range{"general": {Min: 8250, Max: 49500}}
		}),
		hit("户均投入差6倍", func(k *kit) { k.ctx.Spread = map[string]Range{"general": {Min: 1375, Max: 8250}} }),
		near(func(k *kit) { k.ctx.Spread = map[string]Range{"general": {Min: 8250, Max: 41250}} }),
		near(func(k *kit) { k.ctx.Spread = map[string]Range{"general": {Min: 1000, Max: 90000}} }),
		na(func(k *kit) { k.ctx.Spread = map[string]Range{"dibao": {Min: 1, Max: 90000}} }),
	},
}
