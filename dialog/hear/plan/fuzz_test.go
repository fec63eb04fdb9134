package plan

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// seeds are sentences of every reader.
var seeds = []string{"主要是因病，次要缺技术", "养能繁母牛2头，危改D 2.1万 住建 10月完", "18年沪滇2万 自筹3千；19年整合1万", "今年底出三头肥猪，增收六千",
	"村上王建国，乡上农科站小杨", "帮扶人换张华 县残联 即日", "2018年底房子修好，2019年二季度出栏", "共计3万两年 18到20年每年3000", "每人每月210 一头补2000", "Q3\xff１８年",
	"9月12号村民小组会评议的，户主认可", "不是2头是3头，18年专项15，100只每只补15", "600019年，4万2019，三年九千", "一是因病二是缺技术，原来说5亩改成3亩", "除了大儿子都要，两个儿子"}

// spansFit: what is reported lies in the text.
func spansFit(t *testing.T, text string, spans ...Span) {
	for _, s := range spans {
		require.True(t, s.Start >= 0 && s.Start <= s.End && s.End <= len(text))
		if utf8.ValidString(text) && s.Said != "" && len(text) <= maxText {
			require.Equal(t, text[s.Start:s.End], s.Said)
		}
	}
}

// sums: what is given as a number can be kept as one.
func sums(t *testing.T, values ...string) {
	for _, v := range values {
		_, err := models.ParseDec(v)
		require.NoError(t, err)
	}
}

func FuzzPlan(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, uint8(0))
	}
	r, c := reader(f), village2018()
	asks := []string{"", AskCause, AskGap, AskKind, AskQty, AskMoney, AskOutput, AskCounty, AskReward, AskExit, AskMilestone, AskAgree}
	f.Fuzz(func(t *testing.T, text string, ask uint8) {
		c := c
		c.Asked = asks[int(ask)%len(asks)]
		if ask > 100 {
			c.Measure = "breeding"
		}
		causes, u1 := r.Causes(text, c)
		for _, v := range causes {
			spansFit(t, text, v.Span)
			sums(t, v.Gap)
		}
		measures, u2 := r.Measures(text, c)
		for _, m := range measures {
			spansFit(t, text, m.Span)
			sums(t, m.Qty)
			for _, v := range m.Funds {
				sums(t, v.Amount, v.Paid)
			}
		}
		funds, u3 := r.Funds(text, c)
		for _, v := range funds {
			spansFit(t, text, v.Span)
			sums(t, v.Amount, v.Paid, v.Months)
		}
		outputs, u4 := r.Outputs(text, c)
		for _, v := range outputs {
			spansFit(t, text, v.Span)
			sums(t, v.Target, v.Actual, v.Income)
		}
		_, u5 := r.Duties(text, c)
		_, u6 := r.Helper(text, c)
		_, u7 := r.Exit(text, c)
		agreement, u8 := r.Agreement(text, c)
		spansFit(t, text, agreement.Span)
		for _, list := range [][]Unread{u1, u2, u3, u4, u5, u6, u7, u8} {
			for _, u := range list {
				spansFit(t, text, u.Span)
				require.NotEmpty(t, u.Why)
			}
		}
	})
}
