package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesR(t *testing.T) { t.Parallel(); runCases(t, casesR) }

// duty is the duty for the n-th measure on a level.
func (k *kit) duty(n int, l models.Level) *models.Duty {
	for i := range k.Duties {
		if k.Duties[i].Object == k.w(n).ID && k.Duties[i].Level == l {
			return &k.Duties[i]
		}
	}
	return nil
}

var casesR = cases{
	"R01": {
		hit("“breeding”还缺乡责任人", func(k *kit) { k.duty(0, models.Township).To = "2018-06-01" }),
		hit("还缺村、乡、县责任人", func(k *kit) { k.Duties = nil }),
		hit("还缺县责任人", func(k *kit) { k.duty(0, models.County).Name = "" }),
		near(func(k *kit) {
			k.duty(0, models.County).Object, k.w(0).ProjectID = "PJ1", "PJ1"
		}),
		na(func(k *kit) { k.Duties, k.Measures = nil, nil }),
	},
	"R02": {
		hit("“breeding”没写县里哪个部门管", func(k *kit) { k.duty(0, models.County).Dept = "" }),
		hit("没写乡里哪个部门管", func(k *kit) { k.duty(0, models.Township).Dept = "" }),
		near(func(k *kit) { k.duty(0, models.Village).Dept = "" }),
		na(func(k *kit) { k.Duties, k.Measures = nil, nil }),
	},
	"R03": {
		hit("C级修缮加固一般由住房和城乡建设局牵头，你填交通运输局", func(k *kit) { k.duty(1, models.County).Dept = "transport" }),
		hit("你填卫生院", func(k *kit) { k.duty(1, models.Township).Dept = "乡卫生院" }),
		hit("养殖一般由农业农村局牵头，你填卫生健康局", func(k *kit) {
			k.duty(0, models.County).Dept, k.w(0).Year = "卫健局", models.IntOf(2019)
		}),
		near(func(k *kit) { k.duty(1, models.County).Dept = "住建局" }),
		near(func(k *kit) { k.duty(1, models.Village).Dept = "村委会" }),
		na(func(k *kit) { k.duty(1, models.County).Dept = "" }),
	},
	"R04": {
		hit("张大有户没有帮扶责任人", func(k *kit) { k.Helpers = nil }),
		hit("没有帮扶责任人", func(k *kit) { k.Helpers[0].To = "2018-11-19" }),
		near(func(k *kit) { k.Helpers[0].To = "2018-11-20" }),
		na(func(*kit) {}),
	},
	"R05": {
		hit("杨站长已调走，25户要换人", func(k *kit) {
			k.ctx.Departed, k.ctx.Load = map[string]bool{"township": true}, map[string]int{"township": 25}
		}),
		hit("刘局长已调走，1户要换人", func(k *kit) { k.duty(0, models.County).To = "2018-09" }),
		hit("张华已调走", func(k *kit) { k.Helpers[0].To = "2018-09" }),
		hit("张华一人管31户，忙不过来", func(k *kit) { k.ctx.Load = map[string]int{"H1": 31} }),
		near(func(k *kit) { k.ctx.Load = map[string]int{"H1": 30} }),
		near(func(k *kit) {
			k.Duties = append(k.Duties, *k.duty(0, models.County))
			k.duty(0, models.County).To = "2018-09"
		}),
		na(func(*kit) {}),
	},
	"R06": {
		hit("责任要到具体人", func(k *kit) { k.duty(0, models.Township).Name = "镇政府全体" }),
		hit("责任要到具体人", func(k *kit) { k.duty(0, models.County).Name, k.duty(0, models.County).Unit = "", "县农业局" }),
		hit("责任要到具体人", func(k *kit) { k.duty(0, models.County).Name = "农业局" }),
		near(func(k *kit) { k.duty(0, models.County).Unit = "县农业局" }),
		na(func(k *kit) {
			k.duty(0, models.Township).Name, k.duty(0, models.Township).To = "镇政府全体", "2018-09"
		}),
	},
	"R07": {
		hit("目标、时限、奖惩都要定", func(k *kit) {
			for _, l := range []models.Level{models.Village, models.Township, models.County} {
				k.duty(0, l).Penalty = ""
			}
		}),
		near(func(k *kit) { k.duty(0, models.Village).Penalty, k.duty(0, models.County).Reward = "", "" }),
		na(func(k *kit) { k.Duties = nil }),
	},
}
