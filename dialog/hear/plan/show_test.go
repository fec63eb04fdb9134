package plan

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShowSaysItBackShort(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	require.Equal(t, "8000元", r.ShowMoney("8000"))
	require.Equal(t, "2.1万元（21000元）", r.ShowMoney("21000"))

	causes, _ := r.Causes("缺资金3万买牛", c)
	require.Equal(t, "主因缺资金·3万元（30000元）·买牛·缺资金3万买牛", r.ShowCause(causes[0]))

	ms, _ := r.Measures("养能繁母牛2头，明年五月底前到户，18年沪滇2万，自筹3000，愿意", c)
	require.Len(t, ms, 1)
	require.Equal(t, "养殖·养能繁母牛·2头·2019年5月31日前·商量同意，2018年·东西部扶贫协作资金·2万元（20000元），2018年·群众自筹·3000元", r.ShowMeasure(ms[0]))

	outs, _ := r.Outputs("19年出栏2头增收5000", c)
	require.Equal(t, "2019年·出栏2头·增收5000元", r.ShowOutput(outs[0]))

	funds, _ := r.Funds("不花钱 政策兜底", c)
	require.Equal(t, "不用资金·政策兜底", r.ShowFund(funds[0]))

	ds, _ := r.Duties("乡上农科站小杨落实", c)
	require.Contains(t, r.ShowDuty(ds[0]), "农科站·杨志明农技员·落实")

	h, _ := r.Helper("帮扶人换张华 县残联 即日", c)
	require.Equal(t, "张华·县残联·2018年9月20日起", r.ShowHelper(*h))

	e, _ := r.Exit("2019年三季度脱，排在前头，村上2019年出列", c)
	require.Equal(t, "2019年3季度脱贫·排在前头·村出列2019年", r.ShowExit(e))
}

func TestContentKeepsHowItIsDone(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	ms, us := r.Measures("养能繁母牛2头，由合作社统一采购，明年五月底前到户，沪滇2万，他愿意", c)
	require.Len(t, ms, 1)
	require.Equal(t, "养能繁母牛2头，由合作社统一采购，明年五月底前到户", ms[0].Content)
	require.Empty(t, us)
}

func TestNeedsAreTheCausesAndGapsItAnswers(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	c.Causes, c.Gaps = []string{"yinbing", "quejishu", "yinhun"}, []string{"g_house", "g_income"}
	needs := func(text string) []string {
		ms, _ := r.Measures(text, c)
		require.Len(t, ms, 1)
		return ms[0].Needs
	}
	require.Equal(t, []string{"quejishu", "g_income"}, needs("养牛2头"))
	require.Equal(t, []string{"g_house"}, needs("危改D级 10月完"))
	require.Equal(t, []string{"yinhun"}, needs("修沟渠200米"), "a cause that anything answers, when there is no other")
}

func TestTheOnlyYearOfTheMeasureStandsIn(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	c.Years = []string{"2019"}
	funds, us := r.Funds("专项8000", c)
	require.Equal(t, "2019", funds[0].Year)
	require.Empty(t, us)
	c.Years = []string{"2018", "2019"}
	funds, us = r.Funds("专项8000", c)
	require.Empty(t, funds[0].Year)
	require.Equal(t, WhyUnsureYear, us[0].Why)
}

func TestMonthsWithoutAYearStayInTheProgramme(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	due := func() (string, []Unread) {
		ms, us := r.Measures("养牛2头 10月完", c)
		require.Len(t, ms, 1)
		return ms[0].Due, us
	}
	got, _ := due()
	require.Equal(t, "2018-10", got)
	c.Now = autumn.AddDate(-1, 0, 0) // before the programme
	got, _ = due()
	require.Equal(t, "2018-10", got)
	c.Now = autumn.AddDate(3, 0, 0) // after it: no such month is left
	got, us := due()
	require.Empty(t, got)
	require.Equal(t, WhyUnsureDate, us[0].Why)
	c.Years = []string{"2020"}
	got, _ = due()
	require.Equal(t, "2020-10", got)
}

func TestOneReaderServesMany(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, text := range seeds {
				r.Measures(text, c)
				r.Funds(text, c)
				r.Duties(text, c)
			}
		})
	}
	all.Wait()
	ms, _ := r.Measures("养牛2头", c)
	require.Len(t, ms, 1)
}
