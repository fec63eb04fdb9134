package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesN(t *testing.T) { t.Parallel(); runCases(t, casesN) }

// be makes a measure another one.
func (k *kit) be(n int, cat1, cat2, content string, targets ...string) *models.Measure {
	w := k.w(n)
	w.Cat1, w.Cat2, w.Content, w.Title, w.Targets = cat1, cat2, content, "", nil
	for _, t := range targets {
		w.Targets = append(w.Targets, k.Household.ID+t)
	}
	return w
}

var casesN = cases{
	"N01": {
		hit("房子是B级，不该安排危改", func(k *kit) { k.c().HouseGrade = "B" }),
		hit("房子是A级", func(k *kit) { k.c().HouseGrade = "A" }),
		near(func(k *kit) { k.c().HouseGrade, k.w(1).Status = "B", "accepted" }),
		na(func(k *kit) { k.c().HouseGrade = "B"; k.drop(0) }),
	},
	"N02": {
		hit("张小芳不在读中高职，不符合雨露计划", func(k *kit) { k.m(3).School = "senior2" }),
		hit("张小军不在读中高职", func(k *kit) { k.be(2, "education", "yulu", "", "03") }),
		hit("张大有不在读大学，不符合大学资助", func(k *kit) { k.be(2, "education", "aid_college", "") }),
		near(func(k *kit) { k.m(3).School = "coll1" }),
		near(func(k *kit) { k.be(2, "education", "yulu", "") }),
		na(func(k *kit) { k.m(3).School, k.w(2).Cat2 = "senior2", "keep_in_school" }),
	},
	"N03": {
		hit("张小军没有劳力，排不了就业", func(k *kit) { k.m(2).Labor = "lost" }),
		hit("张小芳还在读书，排不了就业", func(k *kit) { k.be(4, "public_post", "post_clean", "", "04") }),
		near(func(k *kit) { k.be(4, "public_post", "post_clean", "", "02") }),
		na(func(k *kit) { k.m(2).Labor = "lost"; k.drop(0, 1, 2, 3) }),
	},
	"N04": {
		hit("玉香不符合残疾两补", func(k *kit) { k.be(3, "security", "disab_allowance", "", "02") }),
		hit("玉香不符合残疾康复", func(k *kit) { k.be(3, "health", "rehab", "", "02") }),
		hit("玉香不符合特困供养", func(k *kit) { k.be(3, "security", "tekun", "", "02") }),
		near(func(k *kit) { k.be(3, "security", "disab_allowance", "", "02"); k.m(1).Health = models.Set{"disabled"} }),
		near(func(k *kit) { k.be(3, "security", "tekun", "", "02"); k.m(0).Labor, k.m(2).Labor = "weak", "none" }),
		na(func(k *kit) { k.be(3, "security", "dibao", "", "02") }),
	},
	"N05": {
		hit("家里11.5亩地，要种12亩，地从哪来", func(k *kit) { w := k.be(0, "industry", "planting", "种核桃12亩"); w.Qty, w.Unit = dec(12), "mu" }),
		hit("家里2.5个劳力，要养26头牛", func(k *kit) { k.w(0).Qty = dec(26) }),
		hit("要养76头猪", func(k *kit) { k.be(0, "industry", "breeding", "养肥猪76头").Qty = dec(76) }),
		near(func(k *kit) {
			w := k.be(0, "industry", "planting", "种核桃11.5亩")
			w.Qty, w.Unit = dec(11.5), "mu"
		}),
		near(func(k *kit) {
			w := k.be(0, "industry", "planting", "流转土地种核桃")
			w.Qty, w.Unit = dec(30), "mu"
		}),
		near(func(k *kit) { w := k.be(0, "industry", "planting", "种菜"); w.Qty, w.Unit = dec(110), "fen" }),
		near(func(k *kit) { k.w(0).Qty = dec(25) }),
		na(func(k *kit) { k.be(0, "industry", "breeding", "养鸡").Qty = dec(500) }),
		na(func(k *kit) { k.be(0, "industry", "processing", "加工核桃").Qty = dec(500) }),
	},
	"N06": {
		hit("群众不愿意，再商量一次", func(k *kit) { k.w(0).Will = "reluctant" }),
		hit("群众不愿意", func(k *kit) { k.w(1).Will = "refused" }),
		hit("群众没干过蜂，又没有技术服务", func(k *kit) { k.be(0, "industry", "breeding", "养中蜂10箱"); k.drop(0) }),
		hit("群众没干过烤烟", func(k *kit) { k.be(0, "industry", "planting", "种烤烟3亩"); k.drop(0) }),
		near(func(k *kit) { k.be(0, "industry", "breeding", "养中蜂10箱") }),
		near(func(k *kit) { k.drop(0, 1) }),
		near(func(k *kit) { k.be(0, "industry", "planting", "种核桃3亩"); k.drop(0) }),
		na(func(k *kit) { k.c().Stock = ""; k.be(0, "industry", "breeding", "养中蜂10箱"); k.drop(0) }),
	},
	"N07": {
		hit("已达标的又安排入户路，是不是重复投", func(k *kit) { k.be(0, "living", "entry_road", "硬化入户路") }),
		hit("已达标的又安排安全饮水", func(k *kit) { k.be(0, "living", "safe_water", "建水窖") }),
		near(func(k *kit) { k.be(0, "living", "entry_road", "硬化入户路"); k.c().RoadType = "dirt" }),
		near(func(k *kit) { k.be(0, "living", "safe_water", "建水窖").Status = "effective" }),
		na(func(k *kit) { k.be(0, "village_infra", "village_road", "修通组路") }),
	},
	"N08": {
		hit("2018年养殖排了两次", func(k *kit) { k.be(1, "industry", "breeding", "再养猪") }),
		near(func(k *kit) { k.be(1, "industry", "breeding", "再养猪").Year = models.IntOf(2019) }),
		near(func(k *kit) { k.be(4, "health", "doctor_contract", "签约", "03") }),
		na(func(*kit) {}),
	},
	"N09": {
		hit("贷款要有产业、有劳力、户借户用户还", func(k *kit) { k.be(1, "finance", "micro_loan", "贷款养牛"); k.drop(1) }),
		hit("贷款要有产业", func(k *kit) { k.be(1, "finance", "micro_loan", "贷款养牛", "04") }),
		hit("户借户用户还", func(k *kit) { k.be(1, "finance", "micro_loan", "贷款养牛", "99") }),
		hit("户借户用户还", func(k *kit) { k.be(1, "finance", "micro_loan", "贷款养牛"); k.m(0).Birth = "1952-11-20" }),
		near(func(k *kit) { k.be(1, "finance", "micro_loan", "贷款养牛"); k.m(0).Birth = "1952-11-21" }),
		near(func(k *kit) { k.be(1, "finance", "micro_loan", "贷款养牛", "04"); k.m(3).Birth = "2000-11-20" }),
		na(func(*kit) {}),
	},
}
