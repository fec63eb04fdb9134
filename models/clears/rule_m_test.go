package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesM(t *testing.T) { t.Parallel(); runCases(t, casesM) }

// idle leaves nobody with labour.
func (k *kit) idle() { k.everybody(func(m *models.Member) { m.Labor = "none" }) }

var casesM = cases{
	"M01": {
		hit("原因“因学”没有对应措施", func(k *kit) { k.drop(0, 1, 3, 4) }),
		hit("原因“缺水”没有对应措施", func(k *kit) { k.also("queshui") }),
		near(func(k *kit) { k.cause("qita") }),
		near(func(k *kit) { k.drop(0, 1, 2, 3) }), // industry answers want of skill too
		na(func(k *kit) { k.Causes, k.Measures = nil, nil }),
	},
	"M02": {
		hit("C级房没有住房措施", func(k *kit) { k.drop(0, 2, 3, 4) }),
		hit("D级房没有住房措施", func(k *kit) { k.c().HouseGrade = "D"; k.w(1).Status = "cancelled" }),
		hit("没有住房，也没有住房措施", func(k *kit) { k.c().HouseArea, k.c().HouseGrade = dec(0), ""; k.drop(0) }),
		near(func(k *kit) { k.w(1).Cat1, k.w(1).Cat2 = "relocation", "reloc_central" }),
		na(func(k *kit) { k.c().HouseGrade = "B"; k.drop(0) }),
	},
	"M03": {
		hit("危改和搬迁只能选一样", func(k *kit) { k.w(0).Cat1, k.w(0).Cat2 = "relocation", "reloc_central" }),
		near(func(k *kit) { k.w(0).Cat1, k.w(0).Cat2 = "relocation", "reloc_followup" }),
		near(func(k *kit) { k.w(0).Cat1, k.w(0).Cat2, k.w(1).Status = "relocation", "reloc_central", "cancelled" }),
		na(func(k *kit) { k.drop(0) }),
	},
	"M04": {
		hit("饮水没解决，也没措施", func(k *kit) { k.c().WaterSafe = "no" }),
		hit("饮水没解决", func(k *kit) { k.c().WaterHard = "yes" }),
		near(func(k *kit) { k.c().WaterSafe = "no"; k.w(0).Cat1, k.w(0).Cat2 = "living", "safe_water" }),
		na(func(k *kit) { k.c().WaterSafe, k.c().WaterHard = "", "" }),
	},
	"M05": {
		hit("张小芳没上学，缺控辍保学措施", func(k *kit) {
			k.m(3).Birth, k.m(3).School, k.m(3).Edu, k.m(3).Dropout = "2004-05-10", "", "primary", "tired"
			k.w(2).Targets = nil
		}),
		near(func(k *kit) {
			k.m(3).Birth, k.m(3).School, k.m(3).Edu, k.m(3).Dropout = "2004-05-10", "", "primary", "tired"
			k.w(2).Targets, k.w(2).Cat2 = nil, "keep_in_school"
		}),
		na(func(k *kit) { k.m(3).School, k.m(3).Edu = "", "junior" }), // 16 on 1 September
	},
	"M06": {
		hit("玉香有病，没有健康帮扶", func(k *kit) { k.drop(0, 1, 2, 4) }),
		near(func(k *kit) { k.w(3).Cat2 = "med_rescue" }),
		na(func(k *kit) { k.m(1).Health = models.Set{"healthy"}; k.drop(0) }),
	},
	"M07": {
		hit("有劳力，不能只靠兜底", func(k *kit) { k.drop(1, 2, 3) }),
		hit("有劳力", func(k *kit) { k.idle(); k.m(1).Labor = "weak"; k.drop(1) }),
		near(func(k *kit) { k.w(1).Cat1, k.w(1).Cat2 = "public_post", "post_forest"; k.drop(1) }),
		na(func(k *kit) { k.idle(); k.drop(1) }),
	},
	"M08": {
		hit("整户无劳力，没有兜底措施", func(k *kit) { k.idle() }),
		near(func(k *kit) { k.idle(); k.m(0).Dibao = "yes" }),
		near(func(k *kit) { k.idle(); k.w(0).Cat2 = "asset_income" }),
		near(func(k *kit) { k.idle(); k.m(0).Labor = "" }),
		na(func(*kit) {}),
	},
	"M09": {
		hit("只有兜底一项，产业就业要跟上", func(k *kit) { k.w(0).Cat1, k.w(0).Cat2 = "security", "dibao"; k.drop(0) }),
		near(func(k *kit) { k.w(0).Cat1, k.w(0).Cat2 = "security", "dibao"; k.drop(0, 1) }),
		na(func(k *kit) { k.idle(); k.w(0).Cat1, k.w(0).Cat2 = "security", "dibao"; k.drop(0) }),
		na(func(k *kit) { k.Measures = nil }),
	},
	"M10": {
		hit("按现有措施到2019人均只有1050元，差2700元", func(k *kit) { k.Income.PayOut = dec(0); k.Outputs = nil; k.drop(1, 2, 3) }),
		near(func(k *kit) { k.Income.PayOut = dec(0); k.Outputs = nil; k.drop(0, 1) }),
		near(func(k *kit) { k.drop(1, 2, 3); k.Outputs = nil }),
		na(func(k *kit) { k.Income = models.Income{}; k.drop(1) }),
		na(func(k *kit) { k.Exit = models.Exit{}; k.Income.PayOut = dec(0); k.drop(1) }),
	},
}
