package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesF(t *testing.T) { t.Parallel(); runCases(t, casesF) }

var casesF = cases{
	"F01": {
		hit("写“因病”，可全家都填健康，改哪一头？", func(k *kit) { k.cause("yinbing"); k.m(1).Health = models.Set{"healthy"} }),
		near(func(k *kit) { k.cause("yinbing") }),
		na(func(k *kit) { k.m(1).Health = models.Set{"healthy"} }),
	},
	"F02": {
		hit("写“因残”，家里没登记残疾人", func(k *kit) { k.also("yincan") }),
		near(func(k *kit) { k.also("yincan"); k.m(1).Health = models.Set{"disabled"} }),
		na(func(*kit) {}),
	},
	"F03": {
		hitE("写“因学”，家里没有在读的", func(k *kit) { k.m(3).School, k.m(3).Edu = "", "junior" }),
		hitE("没有在读的", func(k *kit) { k.m(3).School = "preschool_age" }),
		hitW("只有义务教育阶段", func(k *kit) { k.m(3).School = "junior3" }),
		near(func(k *kit) { k.m(3).School = "senior1" }),
		na(func(k *kit) { k.cause("quejishu"); k.m(3).School, k.m(3).Edu = "", "junior" }),
	},
	"F04": {
		hitE("有3个劳力还写缺劳力", func(k *kit) { k.cause("quelaoli"); k.m(1).Labor = "skilled" }),
		hitW("有2个劳力还写缺劳力", func(k *kit) { k.cause("quelaoli") }),
		near(func(k *kit) { k.cause("quelaoli"); k.m(2).Labor = "weak" }),
		na(func(k *kit) { k.m(1).Labor = "normal" }),
	},
	"F05": {
		hit("家里已有技能劳动力，缺什么技术写具体", func(k *kit) { k.m(2).Labor = "skilled" }),
		near(func(k *kit) { k.m(2).Labor, k.m(0).Occupation = "skilled", "waiting" }),
		na(func(k *kit) { k.cause("yinxue"); k.m(2).Labor = "skilled" }),
	},
	"F06": {
		hit("人均1亩地还写缺土地", func(k *kit) { k.cause("quetudi"); k.c().Farm = dec(4) }),
		hit("人均2.3亩", func(k *kit) { k.cause("quetudi"); k.c().Farm = dec(9) }),
		near(func(k *kit) { k.cause("quetudi"); k.c().Farm = dec(3.9) }),
		na(func(k *kit) { k.c().Farm = dec(9) }),
	},
	"F07": {
		hit("饮水安全、田也能浇，缺水缺在哪", func(k *kit) { k.cause("queshui"); k.c().Irrigated = dec(1.75) }),
		near(func(k *kit) { k.cause("queshui"); k.c().Irrigated = dec(1.7) }),
		near(func(k *kit) { k.cause("queshui"); k.c().Irrigated, k.c().WaterSafe = dec(3), "no" }),
		na(func(k *kit) { k.c().Irrigated = dec(3) }),
	},
	"F08": {
		hit("水泥路到家门口，还写交通落后", func(k *kit) { k.cause("jiaotong") }),
		near(func(k *kit) { k.cause("jiaotong"); k.c().RoadKm = dec(1.1) }),
		near(func(k *kit) { k.cause("jiaotong"); k.c().RoadType = "gravel" }),
		na(func(*kit) {}),
	},
	"F09": {
		hit("没有劳力的户不该写动力不足", func(k *kit) { k.cause("dongli"); k.everybody(func(m *models.Member) { m.Labor = "none" }) }),
		near(func(k *kit) {
			k.cause("dongli")
			k.everybody(func(m *models.Member) { m.Labor = "none" })
			k.m(1).Labor = "weak"
		}),
		na(func(k *kit) { k.everybody(func(m *models.Member) { m.Labor = "none" }) }),
	},
	"F10": {
		hit("缺资金，缺多少、拿来干啥要写", func(k *kit) { k.cause("quezijin") }),
		hit("缺资金", func(k *kit) { k.cause("quezijin"); k.Causes[0].GapMoney = dec(20000) }),
		near(func(k *kit) { k.cause("quezijin"); k.Causes[0].GapMoney, k.Causes[0].GapUse = dec(20000), "买牛" }),
		na(func(*kit) {}),
	},
	"F11": {
		hit("家里有大病人，致贫原因里没提", func(k *kit) { k.m(1).Health = models.Set{"serious"}; k.w(3).Needs = nil }),
		hit("家里没有安全住房、饮水不安全，", func(k *kit) { k.w(1).Needs = nil; k.c().WaterSafe = "no" }),
		hit("有残疾人", func(k *kit) { k.m(1).Health = models.Set{"disabled"}; k.w(3).Needs = nil }),
		near(func(k *kit) { k.m(1).Health = models.Set{"serious"}; k.w(3).Needs = nil; k.also("yinbing") }),
		na(func(k *kit) { k.w(1).Needs = nil; k.Causes = nil }),
	},
	"F12": {
		hit("主因必填一个，次因最多两个、不能重", func(k *kit) { k.Causes = nil }),
		hit("最多两个", func(k *kit) { k.also("yinbing", "quezijin") }),
		hit("不能重", func(k *kit) { k.cause("yinxue", "yinxue") }),
		hit("主因必填一个", func(k *kit) { k.Causes[0].Seq = 2 }),
		near(func(k *kit) { k.also("yinbing") }),
		na(func(*kit) {}),
	},
	"F13": {
		hitW("已达标的户为什么还没退，写理由", func(k *kit) { k.c().HouseGrade = "B" }),
		hitE("已达标的户为什么还没退", func(k *kit) { k.c().HouseGrade = "B"; k.firm() }),
		near(func(k *kit) { k.c().HouseGrade, k.Household.Remark = "B", "等搬迁入住后再评" }),
		near(func(k *kit) { k.c().HouseGrade = "B"; k.Income.PayOut = dec(9000) }),
		na(func(k *kit) { k.c().HouseGrade, k.Household.Status = "B", "exited" }),
	},
	"F14": {
		hit("面积对不上：有效灌溉大于耕地", func(k *kit) { k.c().Irrigated = dec(3.6) }),
		hit("退耕还林大于林地+牧草地", func(k *kit) { k.c().GrainToWood = dec(8.1) }),
		near(func(k *kit) { k.c().Irrigated, k.c().GrainToWood, k.c().Grass = dec(3.5), dec(9), dec(1) }),
		na(func(k *kit) { k.c().Farm, k.c().Forest = models.Dec{}, models.Dec{} }),
	},
	"F15": {
		hit("耕地=101，是不是单位弄错(分/亩、米/公里)", func(k *kit) { k.c().Farm = dec(101) }),
		hit("耕地=51", func(k *kit) { k.c().Farm = dec(51); k.Members = k.Members[:1] }),
		hit("林地=281", func(k *kit) { k.c().Forest = dec(281) }),
		hit("离村主干路=300", func(k *kit) { k.c().RoadKm = dec(300) }),
		hit("住房面积=9", func(k *kit) { k.c().HouseArea = dec(9) }),
		hit("住房面积=501", func(k *kit) { k.c().HouseArea = dec(501) }),
		near(func(k *kit) { k.c().Farm, k.c().RoadKm, k.c().HouseArea = dec(100), dec(5), dec(500) }),
		na(func(k *kit) { k.c().HouseArea, k.c().Farm = dec(0), models.Dec{} }),
	},
}

// firm has the county confirm the income lines and limits.
func (k *kit) firm() {
	p := *k.p
	p.Thresholds = append([]models.Threshold(nil), p.Thresholds...)
	for i := range p.Thresholds {
		p.Thresholds[i].Firm = true
	}
	k.p = &p
}
