package flows_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// seedWork puts households with measures on file: three in 大水井村, one in 小箐村.
func (s *stage) seedWork() {
	s.t.Helper()
	ctx := context.Background()
	by := models.Actor{PersonID: "seed", Name: "导入", Role: models.RoleAdmin, Area: "5399", Source: "import"}
	for _, h := range workHouseholds() {
		_, err := s.store.Households().Create(ctx, by, &h, s.now)
		require.NoError(s.t, err)
	}
}

func dec(f float64) models.Dec { return models.DecOf(f) }

// measure is a measure of the programme.
func measure(cat1, cat2, title string, qty float64, unit, due, status string) models.Measure {
	return models.Measure{Programme: "huhuqing-2018", Scope: "household", Cat1: cat1, Cat2: cat2, Title: title, Qty: dec(qty), Unit: unit,
		Year: models.IntOf(2018), Due: models.Date(due), Status: status}
}

func fund(of, source string, amount float64) models.Fund {
	return models.Fund{MeasureID: of, Year: models.IntOf(2018), Source: source, Kind: "grant", Amount: dec(amount)}
}

func family(village, group, head, relation2, other string) models.Dossier {
	return models.Dossier{
		Household: models.Household{Village: village, Group: group, Status: "poor", Attr: "poor"},
		Members: []models.Member{
			{Name: head, Sex: "M", Birth: "1972-03-05", Relation: "head", Labor: "normal"},
			{Name: other, Sex: "F", Birth: "1999-05-10", Relation: relation2, Labor: "normal"},
		},
		Condition: models.Condition{Year: 2018, HouseGrade: "C", RoadType: "dirt", Farm: dec(3.5)},
	}
}

func workHouseholds() []models.Dossier {
	zhang := family("539901200201", "三组", "张大有", "daughter", "张小芳")
	zhang.Measures = []models.Measure{
		measure("industry", "breeding", "养能繁母牛", 2, "head", "2018-10-31", "approved"),
		measure("living", "entry_road", "入户路硬化", 80, "m", "2018-12", "working"),
		measure("housing", "house_c", "C级危房修缮加固", 1, "hu", "2018-11-30", "working"),
		measure("education", "yulu", "张小芳雨露计划补助", 1, "ren", "2018-12", "approved"),
	}
	zhang.Funds = []models.Fund{fund("ms:0", "special", 20000), fund("ms:2", "department", 12000), fund("ms:2", "self", 2000), fund("ms:3", "special", 3000)}
	zhang.Outputs = []models.Output{{MeasureID: "ms:0", Year: models.IntOf(2018), Indicator: "能繁母牛出栏", Unit: "head", Target: dec(2), Income: dec(6000)}}
	zhang.Exit = models.Exit{Programme: "huhuqing-2018", Year: models.IntOf(2018), Quarter: models.IntOf(4)}
	li := family("539901200201", "三组", "李国强", "spouse", "王桂花")
	li.Measures = []models.Measure{
		measure("living", "safe_water", "引水管", 800, "m", "2018-11-25", "working"),
		measure("industry", "breeding", "养羊", 10, "zhi", "2018-12-31", "settled"),
		measure("employment", "job_training", "挖掘机培训", 1, "ren", "2018-12", "working"),
	}
	pu := family("539901200201", "四组", "李阿普", "spouse", "玉香")
	pu.Measures = []models.Measure{
		measure("industry", "breeding", "养能繁母牛", 1, "head", "2018-11-10", "draft"),
		measure("relocation", "reloc_central", "搬到县城安置点", 4, "ren", "2019-03", "working"),
	}
	wen := family("539901200202", "一组", "岩温", "spouse", "玉囡")
	wen.Measures = []models.Measure{measure("industry", "breeding", "养猪", 3, "head", "2018-09", "working")}
	wen.Outputs = []models.Output{{MeasureID: "ms:0", Year: models.IntOf(2018), Indicator: "肥猪出栏", Unit: "head", Target: dec(3)}}
	return []models.Dossier{zhang, li, pu, wen}
}

// turn works a message out without writing it, as a replica does until it commits.
func (s *stage) turn(who, text string) (dialog.Input, *models.Actor, dialog.Result) {
	s.t.Helper()
	s.n++
	user := "o" + who
	in := dialog.Input{User: user, At: s.now, Key: fmt.Sprintf("%s-%d", user, s.n), Kind: dialog.InputText, Text: text}
	by := s.actor(user, in.Key)
	res, err := s.conv.Turn(context.Background(), s.sessions[user], in, by, s.store.Reader(), s.now)
	require.NoError(s.t, err)
	return in, by, res
}

// TestStepsAtTheSameMoment: two steps of one household are worked out from the same
// version; the second is worked out anew, on what the first left.
func TestStepsAtTheSameMoment(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ mine, theirs, want string }{
		"another measure": {"完成 张大有 0001s002 80米全部硬化好了", "进展 张大有 0001s003 做了一半墙", "入户路硬化：实施中→已完工"},
		"the same one":    {"完成 张大有 0001s002 80米全部硬化好了", "完成 2010001s002 路通了，看过了", "已经是已完工，不用再记这一步"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.seedWork()
			in, by, res := s.turn("王建国", c.mine)
			s.who = "赵明"
			s.take(dialog.Input{Kind: dialog.InputText, Text: strings.ReplaceAll(c.theirs, "张大有 0001", "张大有 2010001")})
			if strings.Contains(s.reply, "这样记行吗") {
				s.take(dialog.Input{Kind: dialog.InputText, Text: "行"})
			}
			require.Contains(t, s.reply, "✔")
			err := s.apply(context.Background(), res, by)
			require.Equal(t, models.Conflict, models.CodeOf(err))
			res, err = s.conv.Conflict(context.Background(), s.sessions[in.User], in, by, s.store.Reader(), s.now, err)
			require.NoError(t, err)
			require.NoError(t, s.apply(context.Background(), res, by))
			require.Contains(t, plainReply(res.Reply), c.want)
			d, err := s.store.Households().Dossier(context.Background(), *by, "5399012002010001", 0)
			require.NoError(t, err)
			require.Equal(t, "finished", d.Measures[1].Status)
		})
	}
}

// TestCorpusOfProgress says every sentence of domain.md §6.3 D, and its like, to a
// household with many measures: nothing is saved of what was only asked, meant or
// denied, and no reply is empty.
func TestCorpusOfProgress(t *testing.T) {
	t.Parallel()
	saves := map[string]bool{ // saved at once, with nothing to be asked
		"水管埋了五百米": true, "雨露补助到账1500": true, "羊买回来了10只": true,
	}
	for _, said := range strings.Fields(`李家的牛买回来了 危改封顶了 住建今天验收合格 路硬化了一半 培训结束拿证了 干了两个月回来了 慢病卡办好了 报销了八千多
		雨露补助到账1500 钱还没到 工期下雨拖了，月底才行 施工队跑了 猪死了一头 今年核桃没价 出栏三头卖七千二 他家搬进去了 旧房拆了 评议会开了，都同意 报乡上了
		县农业局签了 这月走访了十二户 电话访了两户 照片补上了 全组都验收完了 一季度任务都清了 年底前肯定行 李家今年可以脱 王家还差房子 新来的小周接手 补录三月的进度
		水管埋了五百米 羊买回来了10只 牛买回来了吗 准备买牛 还没验收 打算下个月盖瓦 2/3 施工队已进 验收过2户剩1户`) {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.seedWork()
			s.who = "王建国"
			s.take(dialog.Input{Kind: dialog.InputText, Text: said})
			s.print(said)
			require.NotEmpty(t, s.reply)
			require.Equal(t, saves[said], slices.Contains(s.effects, "save_household"), s.reply)
		})
	}
}
