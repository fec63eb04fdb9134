package flows

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// replySize is how many bytes a reply takes on the wire, as TestQuestionsFitAScreen
// counts.
func replySize(text string, opts []dialog.Option) int {
	const perLink = 75
	size := len(text)
	for _, o := range opts {
		size += perLink + len(o.Label) + max(len(o.Say), len(o.Label))
	}
	return size
}

// fat is a summary in which everything there is occurs.
func fat(p *models.Profile) models.Summary {
	s := models.Summary{Area: "539901200201", Name: "大水井村委会", Level: models.Village, Households: 21591, People: 91170, LaborHalves: 99999, Rechecks: 1234, Missing: 99999}
	add := func(list, kind string) {
		for i, it := range p.Codes[list] {
			s.Add(kind+":"+it.Key, int64(1000+i))
		}
	}
	add("cause", "cause")
	add("cause", "main")
	add("gap", "gap")
	add("status", "status")
	add("measure_cat1", "measure")
	add("measure_cat1", "done")
	for y := p.FirstYear; y <= p.LastYear; y++ {
		for q := range 5 {
			s.Add("exit:"+strconv.Itoa(y)+"Q"+strconv.Itoa(q), 4321)
			s.Add("leave:"+strconv.Itoa(y)+"Q"+strconv.Itoa(q), 43210)
		}
		for _, c := range p.Codes["measure_cat1"] {
			s.Add("due:"+strconv.Itoa(y)+"-10:"+c.Key, 321)
			for _, f := range p.Codes["fund_source"][:6] {
				s.Add("money:"+strconv.Itoa(y)+":"+f.Key+":"+c.Key, 123456789)
				s.Add("paid:"+strconv.Itoa(y)+":"+f.Key+":"+c.Key, 12345678)
			}
		}
	}
	for i := range 6 {
		s.Green[i], s.Red[i] = 1234*i, 4321
	}
	return s
}

func TestSumsFitAScreen(t *testing.T) {
	c := newConversation(t)
	at := time.Date(2020, 11, 20, 9, 0, 0, 0, models.Zone)
	talk := &talk{Conversation: c, by: &models.Actor{Area: "539901"}, in: dialog.Input{At: at}}
	sum := fat(c.profile)
	for _, part := range sumParts {
		for _, year := range []int{0, 2019} {
			s := &summing{talk: talk, Summary: sum, below: []models.Summary{sum, sum}, year: year, place: spot{Area: models.Area{Code: sum.Area}}}
			lines := s.lines(part)
			require.NotEmpty(t, lines, part)
			seen := 0
			for from := 0; from < len(lines); {
				shown, next := screen(lines, from)
				require.Greater(t, next, from)
				seen += len(shown)
				text := s.texts.Say("sum.head", "area", s.Name, "part", s.texts.Say("sum.part."+part), "year", s.yearText())
				for _, l := range shown {
					require.NotContains(t, l, "{")
					text += "\n" + l
				}
				require.LessOrEqual(t, replySize(text, append(s.options(part), dialog.Option{Label: s.texts.Say("more.word")})), 1900, "%s %d from %d", part, year, from)
				from = next
			}
			require.Equal(t, len(lines), seen, "every line is shown once")
		}
	}
}

func TestYuan(t *testing.T) {
	c := newConversation(t)
	talk := &talk{Conversation: c}
	for yuan, want := range map[float64]string{
		0: "0元", 8000: "8000元", 9999.5: "9999.5元", 10000: "1万元", 32500: "3.25万元", 32510: "3.25万元（32510元）", 196561.2: "19.66万元（196561.2元）",
		1234567: "123.46万元", 100000000: "1亿元", 156000000: "1.56亿元", 99999999: "10000万元",
	} {
		require.Equal(t, want, talk.yuan(models.DecOf(yuan)), yuan)
	}
}

func TestPercent(t *testing.T) {
	for _, x := range [][3]int{{0, 0, 0}, {1, 3, 33}, {2, 3, 67}, {199, 200, 99}, {200, 200, 100}, {0, 5, 0}} {
		require.Equal(t, strconv.Itoa(x[2]), percent(x[0], x[1]), x)
	}
}

func TestQuestionsAreTakenApart(t *testing.T) {
	c := newConversation(t)
	at := time.Date(2018, 11, 20, 9, 0, 0, 0, models.Zone)
	for text, want := range map[string]struct {
		left  []string
		group string
		year  int
		part  string
		has   []string
		not   []string
	}{
		"三组汇总":             {group: "三组", has: []string{"sums"}},
		"第3组 六清":           {group: "第3组", has: []string{"clears"}},
		"19年我们村总投资":        {year: 2019, part: "money", has: []string{"here"}},
		"二零一九年全村资金":        {year: 2019, part: "money", has: []string{"here"}},
		"今年危改几户，多少钱":       {year: 2018, part: "money", has: []string{"category", "count"}},
		"明年计划脱贫几户":         {year: 2019, part: "exits", has: []string{"count"}},
		"大水井村因病的有哪些户":      {left: []string{"大水井村"}, has: []string{"cause", "list"}},
		"清水乡大水井村三组汇总":      {left: []string{"清水乡大水井村"}, group: "三组", has: []string{"sums"}},
		"人民村汇总":            {left: []string{"民村"}, has: []string{"sums"}},
		"大水井组六清怎么样":        {left: []string{"大水井组"}, has: []string{"clears"}},
		"张大有家几口人":          {left: []string{"张大"}},
		"C级房还剩几家":          {has: []string{"tag", "count"}},
		"查 未参保":            {left: []string{"查"}, has: []string{"tag"}},
		"信贷最多能贷多少":         {has: []string{"category", "limit"}},
		"缺劳力的该上什么":         {has: []string{"cause", "suits"}},
		"今年脱贫收入线多少":        {year: 2018, has: []string{"line"}, not: []string{"part"}},
		"539901200201 汇总":  {left: []string{"539901200201"}, has: []string{"sums"}},
		"全鄉最差是哪個村":         {has: []string{"worst", "here"}},
		"有勞力沒得措施的户":        {has: []string{"tag", "list"}},
		"县上谁管我们的路":         {has: []string{"leads", "category"}},
		"今天天气":             {left: []string{"今天天气"}},
		"2018":             {year: 2018},
		"0016":             {left: []string{"0016"}},
		"18年":              {year: 2018},
		"三年":               {has: []string{"stop"}},
		"12组":              {group: "12组"},
		"二组 二〇二〇年":         {group: "二组", year: 2020},
		"":                 {},
		"？！":               {},
		"大水井村，三组，2019年，资金": {left: []string{"大水井村"}, group: "三组", year: 2019, part: "money"},
	} {
		q := c.asks.read(text, at)
		require.Equal(t, want.left, q.left, text)
		require.Equal(t, want.group, q.group, text)
		require.Equal(t, want.year, q.year, text)
		if want.part != "" {
			require.Equal(t, want.part, q.part(), text)
		}
		for _, as := range want.has {
			require.True(t, q.has(as), "%s: %s", text, as)
		}
		for _, as := range want.not {
			require.False(t, q.has(as), "%s: %s", text, as)
		}
	}
}

// TestEveryTagIsMade proves that what ask.zh.yaml lists households by is what
// models/clears tags them with.
func TestEveryTagIsMade(t *testing.T) {
	c := newConversation(t)
	source, err := os.ReadFile("../../models/clears/tag.go")
	require.NoError(t, err)
	var rows []askWord
	require.NoError(t, yaml.UnmarshalWithOptions(askYAML, &rows, yaml.Strict()))
	lists := map[string]string{"attr": "attr", "status": "status", "grade": "house_grade", "road": "road", "gap": "gap"}
	for _, row := range rows {
		require.NotEmpty(t, row.Words, row.What)
		switch row.As {
		case "part":
			require.Contains(t, sumParts, row.What)
		case "category":
			require.NotNil(t, c.profile.Item("measure_cat2", row.What), row.What)
		}
		for _, tag := range row.Tags {
			kind, code, coded := strings.Cut(tag, ":")
			require.Contains(t, string(source), `"`+kind, tag)
			if list := lists[kind]; coded && list != "" {
				require.NotNil(t, c.profile.Item(list, code), tag)
			} else if kind == "stage" {
				require.True(t, slices.ContainsFunc(c.profile.Codes["school"], func(it models.CodeItem) bool { return it.More["stage"] == code }), tag)
			} else if coded {
				require.Contains(t, c.profile.Labels, code, tag)
			}
		}
	}
}
