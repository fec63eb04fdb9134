package progress

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// FuzzRead: any text is read without a panic, and what is read can be kept.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"李家的牛买回来了2头，花了19800", "验收过2户剩1户", "工期下雨拖了，月底才行", "2/3", "钱拨下来一半，还有一半没到", "三组李阿普户\xff０．５公里", "往后推半个月", "撤掉他家养羊 改养蜂10箱", "99999999999999999999头"} {
		f.Add(s, uint8(0))
	}
	r := reader(f, "huhuqing-2018")
	steps := []models.StepKind{"", models.StepReport, models.StepPostpone, models.StepFinish}
	asks := []string{"", models.NeedDue, models.NeedWhy}
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		got := r.Read(text, Context{Now: autumn, Step: steps[int(n)%len(steps)], Asked: asks[int(n)%len(asks)]})
		for _, x := range got.Reports {
			for _, v := range []string{x.Done.Qty, x.Of.Qty, x.Left.Qty, x.Loss.Qty} {
				_, err := models.ParseDec(v)
				require.NoError(t, err)
			}
			for _, s := range x.Money {
				_, err := models.ParseDec(s.Amount)
				require.NoError(t, err)
			}
			p, err := models.ParseInt(x.Percent)
			require.NoError(t, err)
			require.True(t, p.N() >= 0 && p.N() <= 100, x.Percent)
			require.True(t, x.Due == "" || !models.Date(x.Due).LastDay().Undated(), x.Due)
		}
	})
}

// TestReadIsLinear: the longest text is read in the time a turn has for it.
func TestReadIsLinear(t *testing.T) {
	r := reader(t, "huhuqing-2018")
	long := strings.Repeat("张大有家的牛买回来了2头花了一万九千八百九十九月底前", 40)
	at := time.Now()
	r.Read(long, Context{Now: autumn})
	require.Less(t, time.Since(at), 500*time.Millisecond)
}

// TestFits: which measure of a household words fit.
func TestFits(t *testing.T) {
	t.Parallel()
	r := reader(t, "huhuqing-2018")
	measures := []models.Measure{
		{ID: "1", Cat1: "industry", Cat2: "breeding", Title: "养能繁母牛"}, {ID: "2", Cat1: "industry", Cat2: "breeding", Title: "养猪"},
		{ID: "3", Cat1: "housing", Cat2: "house_c", Title: "C级危房修缮加固"}, {ID: "4", Cat1: "living", Cat2: "safe_water", Title: "引水管", Content: "引水管300米接到户"},
		{ID: "5", Cat1: "education", Cat2: "yulu", Title: "张小芳雨露计划补助"}, {ID: "6", Cat1: "living", Cat2: "entry_road", Title: "入户路硬化"},
		{ID: "7", Cat1: "relocation", Cat2: "reloc_central", Title: "搬到县城安置点"}, {ID: "8", Cat1: "health", Cat2: "doctor_contract", Title: "李秀英家庭医生签约"},
	}
	for text, want := range map[string]string{
		"牛买回来了": "1", "黄牛买回来了": "1", "猪出栏了": "2", "羊买回来了": "1? 2?", "危改封顶了": "3", "封顶了": "3", "C改B 已验": "3",
		"水管埋了五百米": "4", "管子埋完了": "4", "雨露补助到账1500": "5", "路硬化了一半": "6", "他家搬进去了": "7", "慢病卡办好了": "8", "签约了": "8", "出栏三头卖七千二": "1 2", "厕所改好了": "",
	} {
		got := r.Read(text, Context{Now: autumn})
		require.NotEmpty(t, got.Reports, text)
		best, hits := 0, []string{}
		for i := range measures {
			score, sure := got.Reports[0].Fits(&measures[i])
			if score == 0 || score < best {
				continue
			}
			if score > best {
				best, hits = score, nil
			}
			hits = append(hits, measures[i].ID+map[bool]string{false: "?"}[sure])
		}
		require.Equal(t, want, strings.Join(hits, " "), text)
	}
}
