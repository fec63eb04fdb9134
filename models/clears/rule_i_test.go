package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesI(t *testing.T) { t.Parallel(); runCases(t, casesI) }

var casesI = cases{
	"I01": {
		hit("收入合计不对，应为17700", func(k *kit) { k.Income.StatedNet = dec(18000) }),
		hit("应为0", func(k *kit) { k.Income.StatedTrans = dec(100) }),
		hit("应为4425", func(k *kit) { k.Income.StatedNetPC = dec(4500) }),
		near(func(k *kit) { k.Income.StatedNet, k.Income.StatedNetPC = dec(17700.5), dec(4425) }),
		na(func(*kit) {}),
	},
	"I02": {
		hit("有经营收入没有支出，按比例估一个", func(k *kit) { k.Income.BizCost = dec(0) }),
		hit("有经营收入没有支出", func(k *kit) { k.Income.BizCost = models.Dec{} }),
		near(func(k *kit) { k.Income.BizCost = dec(1) }),
		na(func(k *kit) { k.Income.BizCost, k.Income.Crop, k.Income.Stock = dec(0), dec(0), dec(0) }),
	},
	"I03": {
		hit("张小军打工9个月，工资没填", func(k *kit) { k.Income.PayOut = dec(0) }),
		hit("有务工收入13500元，家里没登记谁在务工", func(k *kit) { k.m(2).WorkMonths = models.Int{} }),
		near(func(k *kit) { k.Income.PayOut, k.m(2).WorkMonths = dec(0), models.IntOf(0) }),
		na(func(k *kit) { k.Income = models.Income{} }),
	},
	"I04": {
		hit("月均399元，核实", func(k *kit) { k.Income.PayOut = dec(3595) }),
		hit("月均15556元", func(k *kit) { k.Income.PayOut = dec(140000) }),
		near(func(k *kit) { k.Income.PayOut = dec(3600) }),
		na(func(k *kit) { k.m(2).WorkMonths = models.Int{} }),
	},
	"I05": {
		hit("有生态补偿没有退耕面积", func(k *kit) { k.Income.Eco, k.c().GrainToWood, k.c().Forest = dec(300), dec(0), dec(0) }),
		near(func(k *kit) { k.Income.Eco, k.c().GrainToWood = dec(300), dec(0) }),
		na(func(k *kit) { k.c().GrainToWood, k.c().Forest = dec(0), dec(0) }),
	},
	"I06": {
		hit("张大有满60了，养老金没填", func(k *kit) { k.m(0).Birth = "1958-11-20" }),
		hit("登记了低保，低保金没填", func(k *kit) { k.m(0).Dibao = "yes" }),
		near(func(k *kit) { k.m(0).Birth = "1958-11-21" }),
		near(func(k *kit) { k.m(0).Birth, k.Income.Pension = "1958-11-20", dec(1200) }),
		na(func(k *kit) { k.m(0).Birth, k.m(0).Pension = "1940-11-20", "none" }),
	},
	"I07": {
		hit("人均4425元，和去年差61%", func(k *kit) { k.LastYear.PayOut = dec(11000) }),
		hit("差75%", func(k *kit) { k.LastYear.PayOut = dec(70800) }),
		hit("人均-700元", func(k *kit) { k.Income = models.Income{Year: 2018, BizCost: dec(2800)} }),
		hit("人均254425元", func(k *kit) { k.Income.Dividend = dec(1000000) }),
		near(func(k *kit) { k.LastYear.PayOut = dec(11200) }),
		na(func(k *kit) { k.Income, k.LastYear.PayOut = models.Income{}, dec(100) }),
	},
	"I08": {
		hit("主要靠补贴，脱贫稳不稳", func(k *kit) { k.Household.Status, k.Income.OtherTrans = "pre_exit", dec(50000) }),
		hit("主要靠补贴", func(k *kit) { k.Exit.Year, k.Income.OtherTrans = models.IntOf(2018), dec(50000) }),
		near(func(k *kit) { k.Household.Status, k.Income.OtherTrans = "pre_exit", dec(41300) }),
		na(func(k *kit) { k.Income.OtherTrans = dec(50000) }),
	},
}
