package flows_test

import (
	"context"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// seedWork puts households with measures on file: three in 大水井村, one in 小箐村.
func (s *stage) seedWork() {
	s.t.Helper()
	ctx := context.Background()
	by := models.Actor{PersonID: "seed", Name: "导入", Role: models.RoleAdmin, Area: "5399", Source: "import"}
	for _, h := range workHouseholds() {
		_, err := s.store.Households().Create(ctx, by, &h, s.now)
		require.NoError(s.t, err)
	}
}

func dec(f float64) models.Dec { return models.DecOf(f) }

// measure is a measure of the programme.
func measure(cat1, cat2, title string, qty float64, unit, due, status string) models.Measure {
	return models.Measure{Programme: "huhuqing-2018", Scope: "household", Cat1: cat1, Cat2: cat2, Title: title, Qty: dec(qty), Unit: unit,
		Year: models.IntOf(2018), Due: models.Date(due), Status: status}
}

func fund(of, source string, amount float64) models.Fund {
	return models.Fund{MeasureID: of, Year: models.IntOf(2018), Source: source, Kind: "grant", Amount: dec(amount)}
}

func family(village, group, head, relation2, other string) models.Dossier {
	return models.Dossier{
		Household: models.Household{Village: village, Group: group, Status: "poor", Attr: "poor"},
		Members: []models.Member{
			{Name: head, Sex: "M", Birth: "1972-03-05", Relation: "head", Labor: "normal"},
			{Name: other, Sex: "F", Birth: "1999-05-10", Relation: relation2, Labor: "normal"},
		},
		Condition: models.Condition{Year: 2018, HouseGrade: "C", RoadType: "dirt", Farm: dec(3.5)},
	}
}

func workHouseholds() []models.Dossier {
	zhang := family("539901200201", "三组", "张大有", "daughter", "张小芳")
	zhang.Measures = []models.Measure{
		measure("industry", "breeding", "养能繁母牛", 2, "head", "2018-10-31", "approved"),
		measure("living", "entry_road", "入户路硬化", 80, "m", "2018-12", "working"),
		measure("housing", "house_c", "C级危房修缮加固", 1, "hu", "2018-11-30", "working"),
		measure("education", "yulu", "张小芳雨露计划补助", 1, "ren", "2018-12", "approved"),
	}
	zhang.Funds = []models.Fund{fund("ms:0", "special", 20000), fund("ms:2", "department", 12000), fund("ms:2", "self", 2000), fund("ms:3", "special", 3000)}
	zhang.Outputs = []models.Output{{MeasureID: "ms:0", Year: models.IntOf(2018), Indicator: "能繁母牛出栏", Unit: "head", Target: dec(2), Income: dec(6000)}}
	zhang.Exit = models.Exit{Programme: "huhuqing-2018", Year: models.IntOf(2018), Quarter: models.IntOf(4)}
	li := family("539901200201", "三组", "李国强", "spouse", "王桂花")
	li.Measures = []models.Measure{
		measure("living", "safe_water", "引水管", 800, "m", "2018-11-25", "working"),
		measure("industry", "breeding", "养羊", 10, "zhi", "2018-12-31", "settled"),
		measure("employment", "job_training", "挖掘机培训", 1, "ren", "2018-12", "working"),
	}
	pu := family("539901200201", "四组", "李阿普", "spouse", "玉香")
	pu.Measures = []models.Measure{
		measure("industry", "breeding", "养能繁母牛", 1, "head", "2018-11-10", "draft"),
		measure("relocation", "reloc_central", "搬到县城安置点", 4, "ren", "2019-03", "working"),
	}
	wen := family("539901200202", "一组", "岩温", "spouse", "玉囡")
	wen.Measures = []models.Measure{measure("industry", "breeding", "养猪", 3, "head", "2018-09", "working")}
	wen.Outputs = []models.Output{{MeasureID: "ms:0", Year: models.IntOf(2018), Indicator: "肥猪出栏", Unit: "head", Target: dec(3)}}
	return []models.Dossier{zhang, li, pu, wen}
}
