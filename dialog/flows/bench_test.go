package flows_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
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
		turns = append(turns, turn{before, dialog.Input{Key: "k", User: "o" + s.who, At: s.now, Kind: dialog.InputText, Text: said}})
	}
	by := s.actor("o"+s.who, "k")
	view := s.store.Reader()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		t := turns[n%len(turns)]
		if _, err := s.conv.Turn(ctx, t.session, t.in, by, view, s.now); err != nil {
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
			turns = append(turns, turn{before, dialog.Input{Key: "k", User: "o" + s.who, At: s.now, Kind: dialog.InputText, Text: said}})
		}
	}
	by := s.actor("o"+s.who, "k")
	view := s.store.Reader()
	b.ReportAllocs()
	size, n := 0, 0
	for b.Loop() {
		t := turns[n%len(turns)]
		r, err := s.conv.Turn(ctx, t.session, t.in, by, view, s.now)
		if err != nil {
			b.Fatal(err)
		}
		size += len(r.Session)
		n++
	}
	b.ReportMetric(float64(size)/float64(n), "session-B/op")
}
