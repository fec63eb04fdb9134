package flows_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/flows"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/demo"
)

// aFamily is what a cadre says from 入户 to the confirm screen, one answer a line.
const aFamily = `入户 岩温 三组
一般户
2014年
都不是
13987651234
岩温 户主 男52，妻玉香 50，儿岩叫 28 在昆明务工9个月，儿媳玉罕 27，孙女玉儿 9岁 小学三年级
跳过
都是傣族
岩温初中，玉香小学，岩叫初中，玉罕高中
勐海完小
玉香高血压，其余都健康
玉香在乡卫生院看病，签约医生李明
都对
其余在家务农
耕地3亩半 灌溉1亩2 林地8亩 其余没有
猪2头 鸡15只，核桃15亩
都没有
96平
土木
A级
自来水，够吃干净
都有
水泥路，就在路边
柴草
务工1万8，卖猪6000，养老金2400`

// aPlan is what is said from the causes to the confirm screen of the plan.
const aPlan = `主要因病，次要缺技术
都对
户主认可，今天村民会议评议
签约服务
养能繁母牛2头，合作社统一买，2019年6月底前
1
2
1
18年沪滇2万 19年自筹3千
18年存栏2头，19年出栏2头增收8000
帮扶人张华 县残联 13912345678 2018年3月起
2019年三季度脱，排第3`

// input is what was said last, at its own time: a turn that comes minutes after the
// one before looks for what could not be delivered, and that is no part of an answer.
func (s *stage) input(said string) dialog.Input {
	return dialog.Input{Key: "k", User: "o" + s.who, At: s.now, Kind: dialog.InputText, Text: said}
}

// BenchmarkPlan is one answer about the plan of a household of five, its session
// read and written around it.
func BenchmarkPlan(b *testing.B) {
	s := newStage(b)
	s.who = "王建国"
	ctx := context.Background()
	for _, said := range append(strings.Split(aFamily, "\n"), "本钱1000", "保存", "接着填规划") {
		s.take(dialog.Input{Kind: dialog.InputText, Text: said})
	}
	type turn struct {
		session []byte
		in      dialog.Input
	}
	var turns []turn
	for _, said := range strings.Split(aPlan, "\n") {
		before := s.sessions["o"+s.who]
		s.take(dialog.Input{Kind: dialog.InputText, Text: said})
		require.NotContains(b, s.reply, "没听懂", said)
		turns = append(turns, turn{before, s.input(said)})
	}
	by := s.actor("o"+s.who, "k")
	view := s.store.Reader()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		t := turns[n%len(turns)]
		if _, err := s.conv.Turn(ctx, t.session, t.in, by, view, t.in.At); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkConversation is one answer in the open form of a household of five,
// its session read and written around it, without Redis and database: the engine
// with all its cards, readers and rules. One op is one turn, each answer of the
// conversation as often as the others.
func BenchmarkConversation(b *testing.B) {
	s := newStage(b)
	s.who = "王建国"
	ctx := context.Background()
	type turn struct {
		session []byte
		in      dialog.Input
	}
	var turns []turn
	for i, said := range strings.Split(aFamily, "\n") {
		before := s.sessions["o"+s.who]
		s.take(dialog.Input{Kind: dialog.InputText, Text: said})
		require.NotEmpty(b, s.reply, said)
		if i > 0 { // the first one looks the household up
			turns = append(turns, turn{before, s.input(said)})
		}
	}
	by := s.actor("o"+s.who, "k")
	view := s.store.Reader()
	b.ReportAllocs()
	size, n := 0, 0
	for b.Loop() {
		t := turns[n%len(turns)]
		r, err := s.conv.Turn(ctx, t.session, t.in, by, view, t.in.At)
		if err != nil {
			b.Fatal(err)
		}
		size += len(r.Session)
		n++
	}
	b.ReportMetric(float64(size)/float64(n), "session-B/op")
}

// BenchmarkJudgeVillage judges a village of 200 households whose lights have aged,
// as the keeper does once a day. One op is the village.
func BenchmarkJudgeVillage(b *testing.B) {
	s := newStage(b)
	ctx, v := context.Background(), demo.Village(s.now)
	require.NoError(b, s.store.Atomically(ctx, func(st models.Store) error {
		for i := range 200 {
			d := v.Dossiers[i%27]
			d.Members = append([]models.Member(nil), d.Members...)
			for m := range d.Members {
				d.Members[m].ID, d.Members[m].IDNo = "", "" // nobody is in two households
			}
			if _, err := st.Households().Create(ctx, models.Actor{Area: demoVillage, Source: "import"}, &d, s.now); err != nil {
				return err
			}
		}
		return nil
	}))
	k, day := s.keeper(), s.now
	_, err := k.Pass(ctx, day)
	require.NoError(b, err)
	for b.Loop() {
		day = day.AddDate(0, 0, 1)
		n, err := k.Pass(ctx, day)
		require.NoError(b, err)
		require.Equal(b, 200, n)
	}
}

// county makes the sums of so many households in villages of 200 and eight groups,
// one household of each group on file with the light of all 25 of them.
func (s *stage) county(households int) {
	s.t.Helper()
	const groups, each = 8, 25
	ctx, v := context.Background(), demo.Village(s.now)
	by := models.Actor{Area: "539901", Source: "import"}
	for n := range households / groups / each {
		village := fmt.Sprintf("539901%03d%03d", 300+n/20, 200+n%20)
		_, err := s.store.Areas().Put(ctx, []models.Area{{Code: village[:9], Name: fmt.Sprint("乡", n/20)}, {Code: village, Name: fmt.Sprint("村", n)}})
		require.NoError(s.t, err)
		require.NoError(s.t, s.store.Atomically(ctx, func(st models.Store) error {
			var lights []models.Light
			for g := range groups {
				d := v.Dossiers[(n+g)%27]
				d.Household.Village, d.Household.Group, d.Members, d.AreaExits = village, fmt.Sprint(g+1, "组"), nil, nil
				d.Causes, d.Measures, d.Funds, d.Outputs, d.Duties, d.Helpers, d.Exit = nil, nil, nil, nil, nil, nil, models.Exit{}
				if _, err := st.Households().Create(ctx, by, &d, s.now); err != nil {
					return err
				}
				rich := v.Dossiers[(n+g)%27]
				rich.Household = d.Household
				lights = append(lights, times(models.LightOf(&rich, s.profile), &rich, s.profile, each))
			}
			return st.Households().SaveLights(ctx, by, lights)
		}))
	}
}

// times is a light that counts for several households.
func times(l models.Light, d *models.Dossier, p *models.Profile, n int64) models.Light {
	l.Shades, l.Gaps, l.JudgedOn = "gyrrrr", models.Set{"g_house"}, "2018-11-20"
	l.Count(d, p)
	var out strings.Builder
	for c, x := range l.Counts() {
		fmt.Fprintf(&out, "%s\t%s\t%d\n", c.Sort, c.What, x*n)
	}
	l.Parts = out.String()
	l.SetTags([]models.Tag{{What: "grade:D", N: 1}, {What: "cause:yinbing", N: 1}})
	return l
}

// BenchmarkCounty are the messages of a county's people (performance.md row 13:
// 100 ms at most, better 20), and what one save adds to it there. HHQ_BENCH_HOUSEHOLDS
// says how large the county is.
func BenchmarkCounty(b *testing.B) {
	size, err := strconv.Atoi(cmp.Or(os.Getenv("HHQ_BENCH_HOUSEHOLDS"), "10000"))
	require.NoError(b, err)
	s := newStage(b)
	s.county(size)
	ctx, view := context.Background(), s.store.Reader()
	by := s.actor("o孙丽", "k")
	require.NotZero(b, s.sums("539901").Households)
	for name, text := range map[string]string{"sum": "汇总", "money": "汇总 2019年 资金", "lags": "汇总 滞后", "lights": "六清", "list": "查 D级", "both": "查 D级 因病"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r, err := s.conv.Turn(ctx, nil, dialog.Input{Key: "k", User: "o孙丽", At: s.now, Kind: dialog.InputText, Text: text}, by, view, s.now)
				require.NoError(b, err)
				require.Contains(b, r.Reply.Text, "示范县")
			}
		})
	}
	b.Run("save", func(b *testing.B) {
		cards, _, err := s.store.Households().Find(ctx, *by, models.Query{Village: "539901300200", Limit: 1})
		require.NoError(b, err)
		d, err := s.store.Households().Dossier(ctx, *by, cards[0].ID, 0)
		require.NoError(b, err)
		grades, n := []string{"C", "D"}, 0
		if d.Condition.Year == 0 {
			d.Condition.Year = 2018
		}
		b.ResetTimer()
		for b.Loop() {
			d.Condition.HouseGrade, n = grades[n%2], n+1
			require.NoError(b, s.store.Atomically(ctx, func(st models.Store) error {
				if _, err := st.Households().Save(ctx, *by, d, d.Household.Version, s.now); err != nil {
					return err
				}
				return flows.Keep(ctx, st, *by, s.profile, d.Household.ID, s.now)
			}))
		}
	})
}
