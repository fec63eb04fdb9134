package hear_test

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/models"
)

func TestAnswer(t *testing.T) {
	t.Parallel()
	r := reader(t)
	c := hear.Context{Now: now(), People: people()}
	for _, tt := range []struct{ path, text, want, why string }{
		{"condition.farm", "三亩半", "3.5", ""},
		{"condition.farm", "3.5", "3.5", ""},
		{"condition.farm", "大概七八亩", "7.5~", ""},
		{"condition.farm", "没有", "0", ""},
		{"condition.farm", "耕地3亩半", "3.5", ""},
		{"condition.farm", "水田2亩旱地1亩5", "3.5~", ""},
		{"condition.farm", "9999亩", "", hear.WhyImpossible},
		{"condition.farm", "明天再来", "", hear.WhyNotAField},
		{"condition.farm", "有多少亩?", "", hear.WhyQuestion},
		{"condition.house_area", "九十六个平方", "96", ""},
		{"condition.house_grade", "C", "C", ""},
		{"condition.house_grade", "西级", "C", ""},
		{"condition.house_grade", "危房", "", hear.WhyAmbiguous},
		{"condition.house_struct", "土木结构", "earth_wood", ""},
		{"condition.road_type", "水泥", "cement", ""},
		{"condition.road_km", "一公里二", "1.2", ""},
		{"condition.road_km", "300米", "0.3", ""},
		{"condition.toilet", "有", "yes", ""},
		{"condition.toilet", "旱厕", "", hear.WhyAmbiguous},
		{"condition.toilet", "没得", "no", ""},
		{"condition.coop", "入了", "yes", ""},
		{"condition.stock", "两头猪十五只鸡", "pig:2,chicken:15", ""},
		{"condition.stock", "没养", "none", ""},
		{"condition.stock", "没有", "none", ""},
		{"condition.industries", "核桃15亩、洋芋两亩", "核桃15亩,洋芋2亩", ""},
		{"condition.industries", "无", "none", ""},
		{"condition.water_source", "自来水", "自来水", ""},
		{"condition.water_source", "箐沟里挑的", "箐沟", ""},
		{"condition.house_eval_date", "去年8月", "2017-08^", ""},
		{"condition.house_fix_year", "2016", "2016", ""},
		{"income.pay_out", "一万八", "18000", ""},
		{"income.pay_out", "没有", "0", ""},
		{"income.pay_out", "三亿", "", hear.WhyImpossible},
		{"income.dibao_pay", "3口每人每月210", "7560~", ""},
		{"household.phone", "138 8888 8888", "13888888888", ""},
		{"household.phone", "1388888888", "", hear.WhyImpossible},
		{"household.bank_no", "6228 4804 0256 4890 018", "6228480402564890018", ""},
		{"household.bank_no", "6228480402564890011", "", hear.WhyImpossible},
		{"household.hh_attr", "低保户", "poor_dibao", ""},
		{"household.is_martyr", "不是", "no", ""},
		{"household.first_year", "2014年", "2014", ""},
		{"household.group", "大水井组", "大水井组", ""},
		{"m1.name", "岩温龙", "岩温龙", ""},
		{"m1.sex", "男", "M", ""},
		{"m1.birth", "1972年3月5日", "1972-03-05", ""},
		{"m1.birth", "2月30日", "", hear.WhyImpossible},
		{"m1.id_no", "539901197203050016", "539901197203050016", ""},
		{"m1.id_no", "539901197203050017", "", hear.WhyBadID},
		{"m1.id_no", "5399011972030500", "", hear.WhyBadID},
		{"m2.relation", "媳妇", "spouse", ""},
		{"m2.edu_level", "小学", "primary", ""},
		{"m2.edu_level", "没读过书", "illiterate", ""},
		{"m4.school_status", "三年级", "primary", ""},
		{"m5.health", "高血压", "chronic", ""},
		{"m5.health", "好的", "healthy", ""},
		{"m5.health", "慢病、残疾", "chronic,disabled", ""},
		{"m5.labor", "半劳力", "weak", ""},
		{"m3.work_months", "九个月", "9", ""},
		{"m3.work_months", "半年", "6", ""},
		{"m3.work_months", "13个月", "", hear.WhyImpossible},
		{"m3.work_pay", "三千五", "3500", ""},
		{"m3.med_ins", "居民医保", "resident", ""},
		{"m3.med_ins", "没买", "none", ""},
		{"m3.disease", "高血压", "高血压", ""},
		{"nowhere.nothing", "3", "", hear.WhyNotAField},
		{"condition.farm", "", "", hear.WhyNotAField},
	} {
		t.Run(tt.path+" "+tt.text, func(t *testing.T) {
			t.Parallel()
			f, u := r.Answer(tt.path, tt.text, c)
			if tt.why != "" {
				require.NotNil(t, u, "%+v", f)
				require.Equal(t, tt.why, u.Why)
				return
			}
			require.Nil(t, u)
			require.Equal(t, tt.path+"="+tt.want, fact(f))
		})
	}
}

func TestAnswerNoPhone(t *testing.T) {
	t.Parallel()
	f, u := reader(t).Answer("household.phone", "没有", hear.Context{Now: now()})
	require.Nil(t, u)
	require.Equal(t, "household.no_phone=yes", fact(f))
}

func TestShowAndSay(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, tt := range []struct{ path, value, show, say string }{
		{"condition.farm", "3.5", "3.5亩", "耕地3.5亩"},
		{"condition.house_area", "96", "96㎡", "住房面积96㎡"},
		{"condition.road_km", "1.2", "1.2公里", "离村主干路1.2公里"},
		{"condition.house_grade", "C", "C级", "危房等级：C级"},
		{"condition.stock", "pig:2,chicken:15", "猪2头、鸡15只", "存栏：猪2头、鸡15只"},
		{"condition.stock", "none", "无", "存栏：无"},
		{"condition.industries", "核桃15亩,洋芋2亩", "核桃15亩、洋芋2亩", "主导产业：核桃15亩、洋芋2亩"},
		{"condition.toilet", "no", "否", "卫生厕所：否"},
		{"condition.house_eval_date", "2017-08", "2017年8月", "鉴定日期2017年8月"},
		{"income.pay_out", "18000", "18000元", "务工收入18000元"},
		{"m2.sex", "F", "女", "性别：女"},
		{"m.health", "chronic,disabled", "长期慢性病、残疾", "健康状况：长期慢性病、残疾"},
		{"m3.work_months", "9", "9个月", "务工月数9个月"},
		{"household.phone", "13888888888", "13888888888", "联系电话13888888888"},
		{"household.first_year", "2014", "2014年", "首次识别年2014年"},
		{"condition.farm", "", "", "耕地："},
		{"no.field", "x", "x", "x"},
	} {
		require.Equal(t, tt.show, r.Show(tt.path, tt.value))
		require.Equal(t, tt.say, r.Say(tt.path, tt.value))
	}
}

// Every fact and every unread piece points at its words in the text as it was sent.
func TestSpansAreOfTheOriginalText(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, text := range sentences(t) {
		checkSpans(t, text, r.Read(text, hear.Context{Now: now(), People: people()}))
	}
	got := r.Read("　耕地３畝半　　林地五畝，哈哈哈哈", hear.Context{Now: now()})
	require.Equal(t, "耕地３畝半", got.Facts[0].Said)
	require.Equal(t, "3.5", got.Facts[0].Value)
	require.Equal(t, "哈哈哈哈", got.Unread[0].Said)
}

func checkSpans(t testing.TB, text string, g hear.Reading) {
	t.Helper()
	check := func(said string, s, e int) {
		require.True(t, 0 <= s && s <= e && e <= len(text), "%d–%d of %q", s, e, text)
		require.Equal(t, text[s:e], said, text)
	}
	for _, f := range g.Facts {
		check(f.Said, f.Start, f.End)
	}
	for _, f := range g.Stated {
		check(f.Said, f.Start, f.End)
	}
	for _, n := range g.NewPeople {
		for _, f := range n.Facts {
			check(f.Said, f.Start, f.End)
		}
	}
	for _, u := range g.Unread {
		check(u.Said, u.Start, u.End)
		for _, f := range u.Guess {
			check(f.Said, f.Start, f.End)
		}
	}
}

// Every fact can be kept: its path exists and its value is one of the field's type.
func TestFactsFitTheRecords(t *testing.T) {
	t.Parallel()
	r := reader(t)
	records := map[string]func() any{
		"household": func() any { return &models.Household{} },
		"condition": func() any { return &models.Condition{} },
		"income":    func() any { return &models.Income{} },
	}
	for _, text := range sentences(t) {
		g := r.Read(text, hear.Context{Now: now(), People: people()})
		facts := g.Facts
		for _, n := range g.NewPeople {
			facts = append(facts, n.Facts...)
		}
		for _, f := range facts {
			rec, key, _ := strings.Cut(f.Path, ".")
			target := any(&models.Member{})
			if make, ok := records[rec]; ok {
				target = make()
			}
			require.NoError(t, models.SetValue(target, key, f.Value), "%s: %+v", text, f)
			require.Equal(t, f.Value, models.Value(target, key), "%s: %+v", text, f)
		}
	}
}

func TestSectionsLimitWhatIsFilled(t *testing.T) {
	t.Parallel()
	g := reader(t).Read("耕地3亩 打工一万八", hear.Context{Now: now(), Sections: []string{"condition"}})
	require.Len(t, g.Facts, 1)
	require.Equal(t, "condition.farm=3", fact(g.Facts[0]))
	require.NotEmpty(t, g.Unread)
}

func TestKnownValuesFindTheFieldOfACorrection(t *testing.T) {
	t.Parallel()
	c := hear.Context{Now: now(), Known: map[string]string{"condition.farm": "2", "condition.forest": "3"}}
	g := reader(t).Read("三亩改两亩八", c)
	require.Len(t, g.Facts, 1)
	require.Equal(t, "condition.forest=2.8!", fact(g.Facts[0]))
}

func TestNamesakesAreNotGuessed(t *testing.T) {
	t.Parallel()
	c := hear.Context{Now: now(), People: []hear.Person{
		{Ref: "m1", Name: "岩温", Sex: "M", Relation: "head", Age: 50},
		{Ref: "m2", Name: "岩温", Sex: "M", Relation: "son", Age: 22},
	}}
	g := reader(t).Read("岩温在昆明打工", c)
	require.Empty(t, g.Facts)
	require.NotEmpty(t, g.Unread)
	require.Equal(t, hear.WhyAmbiguous, g.Unread[0].Why)
	require.GreaterOrEqual(t, len(g.Unread[0].Guess), 2)
}

func TestIDNumberFindsItsPerson(t *testing.T) {
	t.Parallel()
	c := hear.Context{Now: now(), People: []hear.Person{
		{Ref: "m1", Name: "张大有", Sex: "M", Relation: "head", Age: 46},
		{Ref: "m2", Name: "李秀英", Sex: "F", Relation: "spouse", Age: 45},
	}}
	g := reader(t).Read("539901197203050016", c)
	require.Equal(t, "m1.id_no=539901197203050016~", fact(g.Facts[0]))
}

func TestReaderServesManyAtOnce(t *testing.T) {
	t.Parallel()
	r := reader(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, text := range sentences(t)[:60] {
				r.Read(text, hear.Context{Now: now(), People: people()})
			}
		})
	}
	wg.Wait()
}

func TestOtherProfilesAreRead(t *testing.T) {
	t.Parallel()
	r := hear.New(&models.Profile{ID: "bare"})
	g := r.Read("耕地3亩 张大有 高血压 C级 猪2", hear.Context{Now: now(), People: people()})
	require.Contains(t, render(g), "  condition.farm=3")
}

// sentences are the ones of testdata.
func sentences(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, b := range testdata(t) {
		for _, line := range strings.Split(b, "\n") {
			if s, ok := strings.CutPrefix(line, "> "); ok {
				out = append(out, s)
			}
		}
	}
	require.Greater(t, len(out), 300)
	return out
}

func FuzzRead(f *testing.F) {
	r := reader(f)
	for _, s := range sentences(f) {
		f.Add(s)
	}
	open := []string{"condition.farm", "m2.health", "income.pay_out", "household.phone"}
	f.Fuzz(func(t *testing.T, text string) {
		c := hear.Context{Now: now(), People: people()}
		if utf8.ValidString(text) && len(text) <= 4096 {
			checkSpans(t, text, r.Read(text, c))
		} else {
			r.Read(text, c)
		}
		c.Open = open
		r.Read(text, c)
		r.Roster(text, c)
		for _, path := range open {
			r.Answer(path, text, c)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	c := hear.Context{Now: now(), People: people()}
	for _, text := range []string{
		"耕地3亩半 林地5亩 没有水面",
		"小军在昆明打工九个月一个月三千五",
		"三组 张大有 4人2劳 C级 缺技术 牛2头 19脱",
	} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				r.Read(text, c)
			}
		})
	}
	for _, piece := range []string{"打工3000", "都", "除了老妈"} {
		worst := strings.Repeat(piece, 4000/len(piece))
		b.Run("4 kB of "+piece, func(b *testing.B) {
			for b.Loop() {
				r.Read(worst, c)
			}
		})
	}
	long := strings.Repeat("耕地3亩半，林地5亩，没有水面。", 80)
	b.Run("4 kB", func(b *testing.B) {
		for b.Loop() {
			r.Read(long, c)
		}
	})
}

func TestAllOfAHouseholdCountedRight(t *testing.T) {
	t.Parallel()
	c := hear.Context{Now: now(), People: people()[:4]}
	g := reader(t).Read("王家4口全参保", c)
	require.Len(t, g.Facts, 4)
	require.Equal(t, "m4.med_ins=resident~", fact(g.Facts[3]))
	require.Equal(t, "王", g.House)
}
