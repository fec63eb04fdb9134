package clears

import (
	"github.com/huhuqing/huhuqing/models"
)

const day = models.Date("2018-11-20")

func dec(f float64) models.Dec { return models.DecOf(f) }

// card completes 17 digits with their check digit.
func card(s string) models.IDNumber {
	for _, c := range "0123456789X" {
		if checkDigit(s + string(c)) {
			return models.IDNumber(s + string(c))
		}
	}
	return ""
}

// sound is a household of four that breaks no rule of huhuqing-2018 on day and
// has six green lights.
func sound() *models.Dossier {
	d := &models.Dossier{Household: models.Household{ID: "5399012002010017", Village: "539901200201", Group: "大水井组", Phone: "13800000000",
		Attr: "poor", Standard: "national", FirstYear: models.IntOf(2014), Status: "poor", Martyr: "no", OnlyChild: "no", TwoGirls: "no",
		VisitBy: "p1", VisitDate: "2018-10-15", SignImage: "sign"}}
	person := func(name, sex, birth, relation, labor string, more func(*models.Member)) {
		tail := map[string]string{"M": "001", "F": "002"}[sex]
		m := models.Member{ID: d.Household.ID + "0" + itoa(len(d.Members)+1), Name: name, Sex: sex, Birth: models.Date(birth), IDType: "id",
			IDNo: card("539901" + birth[:4] + birth[5:7] + birth[8:] + tail), Relation: relation, Ethnic: "han", Labor: labor,
			Health: models.Set{"healthy"}, MedIns: "resident", CritIns: "yes", SupplIns: "no", Pension: "resident", Dibao: "no", Tekun: "no"}
		more(&m)
		d.Members = append(d.Members, m)
	}
	person("张大有", "M", "1972-03-05", "head", "normal", func(m *models.Member) { m.Edu, m.Occupation = "junior", "farm" })
	person("玉香", "F", "1975-06-01", "spouse", "weak", func(m *models.Member) {
		m.Edu, m.Occupation, m.Health, m.Disease, m.TreatAt, m.Doctor = "primary", "farm", models.Set{"chronic"}, "高血压", "乡卫生院", "王医生"
	})
	person("张小军", "M", "1998-02-02", "son", "normal", func(m *models.Member) {
		m.Edu, m.Occupation, m.WorkArea, m.WorkAddr, m.WorkMonths = "senior", "migrant", "province", "昆明", models.IntOf(9)
	})
	person("张小芳", "F", "2002-05-10", "daughter", "none", func(m *models.Member) { m.School, m.SchoolName, m.Pension = "voc2", "县职中", "" })
	d.Condition = models.Condition{Year: 2018, Farm: dec(3.5), Irrigated: dec(1.2), Forest: dec(8), GrainToWood: dec(2.7), Fruit: dec(0), Grass: dec(0),
		Water: dec(0), Stock: "pig:2,cattle:1", Industries: "核桃15亩", Coop: "no", LeadFirm: "no", LeadPerson: "no", PowerWork: "yes", PowerHome: "yes",
		TV: "yes", WaterSource: "自来水", WaterHard: "no", WaterSafe: "yes", RoadKm: dec(0.3), RoadType: "cement", Toilet: "yes", Fuel: "wood",
		HouseArea: dec(96), HouseStruct: "earth_wood", HouseGrade: "C", HouseEvalOrg: "镇村建中心", HouseEvalOn: "2018-03"}
	d.Income = models.Income{Year: 2018, PayOut: dec(13500), PayJob: dec(0), Crop: dec(3000), Tobacco: dec(0), Stock: dec(4000), Fruit: dec(0), OtherBiz: dec(0),
		Dividend: dec(0), OtherProp: dec(0), FamilyPlan: dec(0), Dibao: dec(0), Tekun: dec(0), Pension: dec(0), Eco: dec(0), OtherTrans: dec(0), BizCost: dec(2800)}
	d.Causes = []models.Cause{soundCause("yinxue", 0, "姑娘读职高一年要八千"), soundCause("quejishu", 1, "想养牛可是不会防病配料")}
	soundPlan(d)
	return d
}

func soundCause(kind string, seq int, desc string) models.Cause {
	return models.Cause{Kind: kind, Seq: seq, Programme: "huhuqing-2018", Desc: desc, Evidence: models.Set{"m:03.school_status"},
		AgreedBy: "李支书", AgreedOn: "2018-10-20", HeadAgrees: "yes"}
}

func soundPlan(d *models.Dossier) {
	add := func(cat1, cat2, content string, qty float64, unit, county, township string, perYear float64, needs, targets models.Set) {
		id := "M" + itoa(len(d.Measures)+1)
		m := models.Measure{ID: id, Programme: "huhuqing-2018", Scope: "household", Cat1: cat1, Cat2: cat2, Title: cat2, Content: content, Needs: needs,
			Targets: targets, Qty: dec(qty), Unit: unit, Year: models.IntOf(2018), Start: "2018-10", Due: "2019-05", Will: "own", Status: "working"}
		if perYear == 0 {
			m.NoMoneyWhy = "不花钱"
		}
		d.Measures = append(d.Measures, m)
		for y := 2018; y <= 2019; y++ {
			if perYear > 0 {
				d.Funds = append(d.Funds, models.Fund{ID: id + "F" + itoa(y), MeasureID: id, Year: models.IntOf(y), Source: "special", Kind: "grant", Amount: dec(perYear)})
			}
			d.Outputs = append(d.Outputs, models.Output{ID: id + "O" + itoa(y), MeasureID: id, Year: models.IntOf(y), Indicator: "完成", Unit: unit, Target: dec(1), Income: dec(500)})
		}
		for _, t := range []models.Duty{{Level: models.Village, Name: "李支书"}, {Level: models.Township, Name: "杨站长", Dept: township}, {Level: models.County, Name: "刘局长", Dept: county}} {
			t.ID, t.Object, t.From, t.PersonID = id+string(t.Level), id, "2018-01-01", string(t.Level)
			t.Goal, t.Deadline, t.Reward, t.Penalty = "做完", "2019-05", "评优", "通报"
			d.Duties = append(d.Duties, t)
		}
	}
	add("industry", "breeding", "购能繁母牛2头，自家圈里养，农科站教配料", 2, "head", "agri", "t_agri", 5000, models.Set{"quejishu"}, nil)
	add("housing", "house_c", "修缮加固正房96平方，换梁加柱", 96, "m2", "housing", "t_build", 7000, models.Set{"g_house"}, nil)
	add("education", "yulu", "报雨露计划，每年补助三千元", 1, "ren", "poverty", "t_school", 3000, models.Set{"yinxue"}, models.Set{d.Members[3].ID})
	add("health", "doctor_contract", "签家庭医生，每季上门量血压一次", 1, "ren", "health", "t_health", 0, models.Set{"g_health"}, models.Set{d.Members[1].ID})
	add("employment", "job_training", "到人社局培训挖掘机，三个月拿证", 1, "ren", "hr", "t_social", 1500, models.Set{"quejishu"}, models.Set{d.Members[2].ID})
	d.Helpers = []models.Helper{{ID: "H1", Name: "张华", Unit: "县残联", UnitLevel: "county", Phone: "13900000000", From: "2018-01-01"}}
	d.Exit = models.Exit{Programme: "huhuqing-2018", Year: models.IntOf(2019), Quarter: models.IntOf(4), SeqNo: models.IntOf(12), Milestones: "2018Q4:牛买回来,2019Q2:房子修好"}
	d.AreaExits = []models.AreaExit{{Area: "539901200201", Programme: "huhuqing-2018", Year: models.IntOf(2019)}, {Area: "539901", Programme: "huhuqing-2018", Year: models.IntOf(2020)}}
}
