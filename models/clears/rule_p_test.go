package clears

import (
	"testing"

	"github.com/huhuqing/huhuqing/models"
)

func TestRulesP(t *testing.T) { t.Parallel(); runCases(t, casesP) }

var casesP = cases{
	"P01": {
		hit("张大有的证件号是17位，应为18位（残疾证20位）", func(k *kit) { k.m(0).IDNo = "53990119720305001" }),
		hit("15位", func(k *kit) { k.m(0).IDNo = "539901720305001" }),
		near(func(k *kit) { k.m(0).IDNo += "42"; k.m(0).Health = models.Set{"disabled"} }),
		na(func(k *kit) { k.m(0).IDNo, k.m(0).IDType = "", "none" }),
		na(func(k *kit) { k.m(0).IDNo, k.m(0).Change = "5399", "died" }),
	},
	"P02": {
		hit("张大有的身份证号末位对不上，请照证重核", func(k *kit) { k.m(0).IDNo = "539901197203050015" }),
		hit("末位", func(k *kit) { k.m(0).IDNo = "53990119720305OO16" }),
		near(func(k *kit) { k.m(0).IDNo = "539901197203050016" }),
		near(func(k *kit) { k.m(3).IDNo = models.IDNumber(lower(card("53990120020510002"))) }),
		na(func(k *kit) { k.m(0).IDNo = "5399" }),
	},
	"P03": {
		hit("张大有身份证里的出生日期不对", func(k *kit) { k.m(0).IDNo = card("53990119720230001") }),
		hit("出生日期不对", func(k *kit) { k.m(0).IDNo = card("53990120190101001") }),
		hit("出生日期不对", func(k *kit) { k.m(0).IDNo = card("53990118970101001") }),
		near(func(k *kit) { k.m(0).IDNo = card("53990120181120001") }),
		na(func(k *kit) { k.m(0).IDNo = "" }),
	},
	"P04": {
		hit("张大有的性别或生日和身份证不一致", func(k *kit) { k.m(0).Sex = "F" }),
		hit("不一致", func(k *kit) { k.m(0).Birth = "1972-03-06" }),
		near(func(k *kit) { k.m(0).Birth = "1972" }),
		na(func(k *kit) { k.m(0).Sex, k.m(0).Birth = "", "" }),
		na(func(k *kit) { k.m(0).Sex, k.m(0).IDNo = "F", "539901197203050015" }),
	},
	"P05": {
		hit("张大有已在三组李阿普户登记，不能两边都算人", func(k *kit) { k.ctx.DupIDs = map[string]string{"539901197203050016": "三组李阿普"} }),
		hit("张小军已在张大有户登记", func(k *kit) { k.m(2).IDNo = k.m(0).IDNo }),
		near(func(k *kit) { k.ctx.DupIDs = map[string]string{"539901197203050032": "三组李阿普"} }),
		near(func(k *kit) { k.m(2).IDNo, k.m(2).Change = k.m(0).IDNo, "moved_out" }),
		na(func(k *kit) { k.m(0).IDNo, k.m(2).IDNo = "", "" }),
	},
	"P06": {
		hit("这户有2个户主，只能有一个", func(k *kit) { k.m(2).Relation = "head" }),
		hit("这户有0个户主", func(k *kit) { k.m(0).Relation = "father" }),
		near(func(k *kit) { k.m(2).Relation, k.m(2).Change = "head", "died" }),
		na(func(*kit) {}),
	},
	"P07": {
		hit("张大有户的配偶登记有误", func(k *kit) { k.m(3).Relation = "spouse" }),
		hit("配偶登记有误", func(k *kit) { k.m(1).Sex = "M" }),
		near(func(k *kit) { k.m(1).Sex = "" }),
		na(func(k *kit) { k.m(1).Relation = "sibling" }),
	},
	"P08": {
		hit("玉香是“之父”，性别却是女", func(k *kit) { k.m(1).Relation = "father" }),
		hit("张小军是“之孙女”，性别却是男", func(k *kit) { k.m(2).Relation = "granddaughter" }),
		near(func(k *kit) { k.m(1).Relation = "mother_in_law" }),
		na(func(k *kit) { k.m(1).Relation, k.m(2).Sex = "sibling", "" }),
	},
	"P09": {
		hit("张大有和张小军只差14岁，关系可能写反了", func(k *kit) { k.m(2).Birth = "1987-03-04" }),
		hit("只差4岁", func(k *kit) { k.m(1).Relation, k.m(1).Birth = "mother", "1976-06-01" }),
		hit("只差26岁", func(k *kit) { k.m(2).Relation = "grandson"; k.m(2).Birth = "1998-04-02" }),
		hit("玉香才17岁就登记为配偶", func(k *kit) { k.m(1).Birth = "2001-01-01" }),
		near(func(k *kit) { k.m(2).Birth = "1987-03-05" }),
		near(func(k *kit) { k.m(1).Birth = "2000-11-20" }),
		na(func(k *kit) { k.m(2).Birth, k.m(2).IDNo = "", "" }),
	},
	"P10": {
		hit("张小芳：在读的填年级，不在读的填文化程度，只填一样", func(k *kit) { k.m(3).Edu = "junior" }),
		hit("张大有", func(k *kit) { k.m(0).Edu = "" }),
		near(func(k *kit) { k.m(3).Edu, k.m(3).School = "junior", "" }),
		na(func(k *kit) { k.m(3).Edu, k.m(3).Change = "junior", "married_out" }),
	},
	"P11": {
		hitW("张小芳14岁填中职二年级，核一下", func(k *kit) { k.m(3).Birth = "2004-05-10" }),
		hitW("16岁填小学", func(k *kit) { k.m(3).School = "primary" }),
		hitW("31岁填本科一年级", func(k *kit) { k.m(2).Birth, k.m(2).Edu, k.m(2).School = "1987-02-02", "", "bach1" }),
		hitW("13岁填大专", func(k *kit) { k.m(3).Birth, k.m(3).School, k.m(3).Edu = "2005-05-10", "", "college" }),
		hitE("20岁还填在读小学，不对", func(k *kit) { k.m(2).Edu, k.m(2).School = "", "primary" }),
		near(func(k *kit) { k.m(3).Birth = "2003-11-20" }),
		near(func(k *kit) { k.m(3).Birth, k.m(3).School = "2003-05-10", "primary" }),
		na(func(k *kit) { k.m(3).Birth, k.m(3).IDNo, k.m(3).School = "", "", "primary" }),
	},
	"P12": {
		hit("张小芳15岁该上学没上，先报控辍保学", func(k *kit) { k.m(3).Birth, k.m(3).School, k.m(3).Edu = "2003-05-10", "", "junior" }),
		hit("8岁该上学没上", func(k *kit) { k.m(3).Birth, k.m(3).School = "2010-05-10", "preschool_age" }),
		near(func(k *kit) {
			k.m(3).Birth, k.m(3).School, k.m(3).Edu, k.m(3).Dropout = "2003-05-10", "", "junior", "tired"
		}),
		near(func(k *kit) { k.m(3).Birth, k.m(3).School = "2012-09-02", "preschool_age" }),
		na(func(k *kit) { k.m(3).School, k.m(3).Edu = "", "junior" }),
		na(func(k *kit) { k.m(3).Birth = "2003-05-10" }),
	},
	"P13": {
		hit("张小芳说因病不上学，健康却填“健康”", func(k *kit) { k.m(3).Dropout = "illness" }),
		hit("因残", func(k *kit) { k.m(3).Dropout = "disability" }),
		near(func(k *kit) { k.m(3).Dropout, k.m(3).Health = "illness", models.Set{"serious"} }),
		na(func(k *kit) { k.m(3).Dropout = "tired" }),
	},
	"P14": {
		hit("张大有年轻健康却填无劳力，要写明原因", func(k *kit) { k.m(0).Labor = "none" }),
		hit("张小军", func(k *kit) { k.m(2).Labor = "lost" }),
		near(func(k *kit) { k.m(0).Labor, k.m(0).Birth = "none", "1958-11-20" }),
		near(func(k *kit) { k.m(1).Labor = "lost" }),
		na(func(*kit) {}),
	},
	"P15": {
		hit("张小芳未满16岁/在读，不能算劳动力", func(k *kit) { k.m(3).Labor = "weak" }),
		hit("张小芳未满16岁", func(k *kit) { k.m(3).Birth, k.m(3).School, k.m(3).Labor = "2002-11-21", "", "normal" }),
		near(func(k *kit) { k.m(3).Birth, k.m(3).School, k.m(3).Labor = "2002-11-20", "", "normal" }),
		na(func(*kit) {}),
	},
	"P16": {
		hit("张小军填了无劳力又填务工9个月", func(k *kit) { k.m(2).Labor = "none" }),
		near(func(k *kit) { k.m(2).Labor = "weak" }),
		na(func(k *kit) { k.m(0).Labor = "lost" }),
	},
	"P17": {
		hit("张小军务工地点和月数要一起填", func(k *kit) { k.m(2).WorkMonths = models.Int{} }),
		hit("张小军", func(k *kit) { k.m(2).WorkArea, k.m(2).WorkAddr = "", "" }),
		hit("张小军", func(k *kit) { k.m(2).WorkMonths = models.IntOf(13) }),
		near(func(k *kit) { k.m(2).WorkMonths = models.IntOf(12) }),
		near(func(k *kit) { k.m(2).WorkArea, k.m(2).WorkAddr, k.m(2).WorkMonths = "", "", models.IntOf(0) }),
		na(func(k *kit) { k.m(2).WorkArea, k.m(2).WorkAddr, k.m(2).WorkMonths = "", "", models.Int{} }),
	},
	"P18": {
		hitE("玉香健康状况前后矛盾", func(k *kit) { k.m(1).Health = models.Set{"healthy", "chronic"} }),
		hitE("前后矛盾", func(k *kit) { k.m(0).DisabLevel = "2" }),
		hitE("前后矛盾", func(k *kit) { k.m(0).IDNo += "42" }),
		hitW("玉香填了残疾却没有残疾证", func(k *kit) { k.m(1).Health = models.Set{"disabled"} }),
		near(func(k *kit) { k.m(1).Health, k.m(1).DisabLevel = models.Set{"chronic", "disabled"}, "2" }),
		na(func(k *kit) { k.m(1).Health = nil }),
	},
	"P19": {
		hit("张小芳在读中职二年级，怎么务工3个月", func(k *kit) { k.m(3).WorkArea, k.m(3).WorkMonths = "town", models.IntOf(3) }),
		near(func(k *kit) { k.m(3).WorkArea, k.m(3).WorkMonths = "town", models.IntOf(2) }),
		na(func(k *kit) { k.m(3).School, k.m(3).WorkMonths = "bach1", models.IntOf(3) }),
	},
	"P20": {
		hitW("张大有70岁上公益岗，需核实", func(k *kit) { k.m(0).PublicJob, k.m(0).Birth = "forest", "1948-11-20" }),
		hitE("张小芳15岁上公益岗，不合规", func(k *kit) { k.m(3).PublicJob, k.m(3).Birth = "clean", "2002-11-21" }),
		near(func(k *kit) { k.m(0).PublicJob, k.m(0).Birth = "forest", "1948-11-21" }),
		na(func(k *kit) { k.m(0).Birth = "1940-01-01" }),
	},
	"P21": {
		hit("低保和特困只能享受一样", func(k *kit) { k.m(0).Dibao, k.m(0).Tekun = "yes", "yes" }),
		hit("只能享受一样", func(k *kit) { k.Income.Dibao, k.Income.Tekun = dec(1), dec(1) }),
		near(func(k *kit) { k.m(0).Dibao, k.m(1).Tekun = "yes", "yes" }),
		na(func(k *kit) { k.m(0).Dibao, k.m(0).Tekun = "", "" }),
	},
	"P22": {
		hit("户属性“低保贫困户”和低保/特困登记不符", func(k *kit) { k.Household.Attr = "poor_dibao" }),
		hit("一般贫困户", func(k *kit) { k.m(0).Dibao = "yes" }),
		hit("一般贫困户", func(k *kit) { k.Income.Dibao = dec(2400) }),
		hit("特困供养贫困户", func(k *kit) { k.Household.Attr = "poor_tekun" }),
		near(func(k *kit) { k.Household.Attr, k.m(1).Dibao = "poor_dibao", "yes" }),
		na(func(k *kit) { k.Household.Attr, k.m(0).Dibao = "", "yes" }),
	},
	"P23": {
		hit("户0口人，核实是否分户/空挂", func(k *kit) { k.Members = nil }),
		hit("张大有户10口人", func(k *kit) { k.Members = append(k.Members, make([]models.Member, 6)...) }),
		near(func(k *kit) { k.Members = append(k.Members, make([]models.Member, 5)...) }),
		na(func(*kit) {}),
	},
	"P24": {
		hit("张小军医保没登记好，先参保", func(k *kit) { k.m(2).MedIns = "none" }),
		hit("张大有", func(k *kit) { k.m(0).MedIns = "" }),
		near(func(k *kit) { k.m(2).MedIns = "employee" }),
		na(func(k *kit) { k.m(2).MedIns, k.m(2).Change = "none", "died" }),
	},
	"P25": {
		hit("张小芳三年都是中职二年级，年级没更新", func(k *kit) { k.ctx.SchoolBefore = map[string][]string{k.m(3).ID: {"voc2", "voc2"}} }),
		near(func(k *kit) { k.ctx.SchoolBefore = map[string][]string{k.m(3).ID: {"voc1", "voc2"}} }),
		near(func(k *kit) {
			k.m(3).School = "primary"
			k.ctx.SchoolBefore = map[string][]string{k.m(3).ID: {"primary", "primary"}}
		}),
		na(func(*kit) {}),
	},
	"P26": {
		hit("张华自己是贫困户，不能当帮扶责任人", func(k *kit) { k.ctx.PoorHelpers = map[string]bool{"H1": true} }),
		near(func(k *kit) { k.ctx.PoorHelpers = map[string]bool{"H1": true}; k.Helpers[0].To = "2018-06-01" }),
		na(func(*kit) {}),
	},
}

func lower(n models.IDNumber) string {
	s := n.Reveal()
	if s[17] == 'X' {
		return s[:17] + "x"
	}
	return s
}
