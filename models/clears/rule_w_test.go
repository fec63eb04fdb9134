package clears

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRulesW(t *testing.T) { t.Parallel(); runCases(t, casesW) }

var casesW = cases{
	"W01": {
		hit("张大有户12个月没走访", func(k *kit) { k.Household.VisitDate = "2017-11-19" }),
		hit("户25个月没走访", func(k *kit) { k.Household.VisitDate = "2016-10-15" }),
		near(func(k *kit) { k.Household.VisitDate = "2017-11-20" }),
		near(func(k *kit) { k.Household.VisitDate = "2017-11" }),
		na(func(k *kit) { k.Household.VisitDate = "" }),
	},
	"W02": {
		hit("10户写得一模一样", func(k *kit) { k.ctx.SameText = map[string]int{k.w(1).Content: 10} }),
		hit("48户写得一模一样", func(k *kit) { k.ctx.SameText = map[string]int{k.Causes[0].Desc: 48} }),
		near(func(k *kit) { k.ctx.SameText = map[string]int{k.w(1).Content: 9} }),
		na(func(*kit) {}),
	},
	"W03": {
		hit("公示不能带身份证号、电话、病情", func(k *kit) { k.ctx.Publishing = "张大有 " + k.m(0).IDNo.Reveal() }),
		hit("公示不能带", func(k *kit) { k.ctx.Publishing = "大水井组张大有，电话13800000000" }),
		hit("公示不能带", func(k *kit) { k.ctx.Publishing = "玉香 高血压 签约服务" }),
		hit("公示不能带", func(k *kit) { k.ctx.Publishing = "玉香 长期慢性病" }),
		near(func(k *kit) { k.ctx.Publishing = "大水井组 张大有 养殖 2头 10000元 2019-05-31" }),
		na(func(*kit) {}),
	},
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "13800000000": true, "电话：13800000000。": true, "53990119720305001X": true, "6222021234567890123": true,
		"539901200201": false, "20181120": false, "23800000000": false, "1380000 0000": false,
	} {
		require.Equal(t, want, Numbers(text), text)
	}
}

func TestSensitiveFields(t *testing.T) {
	t.Parallel()
	got := Sensitive()
	require.Contains(t, got, "member.id_no")
	require.Contains(t, got, "household.phone")
	require.Contains(t, got, "household.bank_no")
	require.Contains(t, got, "member.health")
	require.NotContains(t, got, "member.name")
}
