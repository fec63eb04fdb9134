package hear_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/hear"
)

// said is a value as a cadre says it, with its name first and with the value first.
type said struct {
	path, value  string
	first, after string // 耕地3亩半, 3亩半耕地; after is "" when nobody says it so
}

var values = []said{
	{"condition.farm", "3.5", "耕地3亩半", "3亩半耕地"},
	{"condition.irrig", "1.2", "灌溉1.2亩", ""},
	{"condition.forest", "5", "林地五亩", "五亩林地"},
	{"condition.grain2forest", "2.7", "退耕还林两亩七分", ""},
	{"condition.grass", "0", "牧草没有", "没有牧草地"},
	{"condition.water", "0.5", "水面五分", ""},
	{"condition.house_area", "96", "住房面积96平", ""},
	{"condition.house_grade", "C", "房子C级", ""},
	{"condition.road_km", "0.3", "离主路300米", ""},
	{"condition.road_type", "cement", "水泥路", ""},
	{"condition.water_source", "自来水", "自来水", ""},
	{"condition.water_hard", "no", "饮水不困难", ""},
	{"condition.water_safe", "yes", "饮水安全", ""},
	{"condition.fuel", "wood", "烧柴", ""},
	{"condition.toilet", "yes", "有卫生厕所", ""},
	{"condition.tv", "no", "没有电视", ""},
	{"condition.power_life", "yes", "通生活电", ""},
	{"condition.stock", "pig:2,chicken:15", "猪2头鸡15只", "两头猪十五只鸡"},
	{"household.hh_attr", "poor", "一般贫困户", ""},
	{"household.first_year", "2014", "2014年建档", ""},
	{"household.phone", "13888888888", "电话13888888888", ""},
	{"income.pay_out", "18000", "打工一万八", ""},
	{"income.tobacco", "23000", "烤烟卖了23000元", ""},
	{"income.dibao_pay", "7560", "低保金7560", ""},
	{"income.pension_pay", "2400", "养老金两千四", ""},
	{"income.biz_cost", "9000", "生产支出9000元", ""},
}

// Every one of several values is read, in any order and with any separator.
func TestValuesInAnyOrder(t *testing.T) {
	t.Parallel()
	r := reader(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		picked := rnd.Perm(len(values))[:2+rnd.IntN(4)]
		sep := []string{" ", "，", "、", "；", "\n", ", "}[rnd.IntN(6)]
		var parts []string
		for _, n := range picked {
			parts = append(parts, values[n].first)
		}
		requireValues(t, r, strings.Join(parts, sep), picked)
	}
}

// Land and income run together without a separator are read as well.
func TestValuesWithoutSeparators(t *testing.T) {
	t.Parallel()
	r := reader(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 1500 {
		picked := rnd.Perm(len(values))[:2+rnd.IntN(4)]
		text := ""
		for _, n := range picked {
			if v := values[n].first; strings.HasSuffix(text, "没有") || text != "" && isDigit(text[len(text)-1]) && isDigit(v[0]) {
				text += " " + v
			} else {
				text += v
			}
		}
		requireValues(t, r, text, picked)
	}
}

// The value may come before its name.
func TestValuesBeforeTheirNames(t *testing.T) {
	t.Parallel()
	r := reader(t)
	rnd := rand.New(rand.NewPCG(5, 6))
	var some []int
	for n, v := range values {
		if v.after != "" {
			some = append(some, n)
		}
	}
	for range 300 {
		rnd.Shuffle(len(some), func(a, b int) { some[a], some[b] = some[b], some[a] })
		picked := some[:2+rnd.IntN(len(some)-1)]
		var parts []string
		for _, n := range picked {
			parts = append(parts, values[n].after)
		}
		requireValues(t, r, strings.Join(parts, []string{"，", " ", ""}[rnd.IntN(3)]), picked)
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func requireValues(t *testing.T, r *hear.Reader, text string, picked []int) {
	t.Helper()
	g := r.Read(text, hear.Context{Now: now()})
	got := map[string]string{}
	for _, f := range g.Facts {
		got[f.Path] = f.Value
	}
	for _, n := range picked {
		require.Equal(t, values[n].value, got[values[n].path], "%s of %s: %v", values[n].path, text, render(g))
	}
}

// Nothing is dropped: of a run of unknown words put anywhere between values,
// every sign is reported, and the values are read all the same.
func TestUnknownWordsAreReported(t *testing.T) {
	t.Parallel()
	r := reader(t)
	rnd := rand.New(rand.NewPCG(7, 8))
	unknown := []string{"拖拉机嘎嘎响", "嘻嘻嘻嘻", "hello", "★☆★甲乙丙", "锄头坏", "蹦蹦蹦"}
	for range 1000 {
		picked := rnd.Perm(len(values))[:1+rnd.IntN(3)]
		word := unknown[rnd.IntN(len(unknown))]
		at := rnd.IntN(len(picked) + 1)
		var parts []string
		for i, n := range picked {
			if i == at {
				parts = append(parts, word)
			}
			parts = append(parts, values[n].first)
		}
		if at == len(picked) {
			parts = append(parts, word)
		}
		text := strings.Join(parts, "，")
		g := r.Read(text, hear.Context{Now: now()})
		requireValues(t, r, text, picked)
		start := strings.Index(text, word)
		for i, sign := range word {
			require.True(t, !unicode.IsLetter(sign) || covered(g, start+i), "%c of %s: %v", sign, text, render(g))
		}
	}
}

func covered(g hear.Reading, at int) bool {
	for _, u := range g.Unread {
		if u.Start <= at && at < u.End {
			return true
		}
	}
	return false
}

// Whoever is listed gets what is said of all of them.
func TestListsOfPeopleAreGivenOut(t *testing.T) {
	t.Parallel()
	r := reader(t)
	all := people()
	rnd := rand.New(rand.NewPCG(9, 10))
	for _, what := range []struct{ said, path, value string }{
		{"在家务农", "occupation", "farm"}, {"健康", "health", "healthy"}, {"初中文化", "edu_level", "junior"},
		{"汉族", "ethnic", "han"}, {"吃低保", "on_dibao", "yes"}, {"没参保", "med_ins", "none"},
	} {
		for range 60 {
			picked := rnd.Perm(len(all))[:2+rnd.IntN(3)]
			text := ""
			for i, n := range picked {
				if i > 0 {
					text += []string{"和", "跟", "与", "、", " "}[rnd.IntN(5)]
				}
				text += all[n].Name
			}
			text += []string{"都", "", " "}[rnd.IntN(3)] + what.said
			g := r.Read(text, hear.Context{Now: now(), People: all})
			require.Len(t, g.Facts, len(picked), "%s: %v", text, render(g))
			for _, n := range picked {
				require.Contains(t, render(g), "  "+all[n].Ref+"."+what.path+"="+what.value, text)
			}
		}
	}
}
