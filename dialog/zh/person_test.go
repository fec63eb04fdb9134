package zh

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\ufeff张 大有\u200b ": "张 大有", "１２３ＡＢＣ": "123ABC", "三组，\u3000张大有": "三组， 张大有", "a\u202eb\u0007c": "abc", "✔️": "✔",
		"一\r\n\n二": "一\n二", "𠮷㑇𫖯": "𠮷㑇𫖯", "尼玛·次仁": "尼玛·次仁", "  ": "", "３．５亩": "3.5亩", "萬": "萬",
	} {
		require.Equal(t, want, Clean(in), "%q", in)
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Ｃ級": "c级", "貧困 戶": "贫困户", "因病，": "因病,", "養豬兩頭": "养猪两头", "𠮷": "𠮷", "歲": "岁", "OK": "ok"} {
		require.Equal(t, want, Fold(in), "%q", in)
	}
}

func TestReadName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"张大有": "张大有", "岩温龙": "岩温龙", "玉香": "玉香", "艾嘎": "艾嘎", "阿普": "阿普", "麻干": "麻干", "扎西才让": "扎西才让", "小花": "小花", "李二": "李二", "李小二": "李小二", "王四": "王四",
		"尼玛.次仁": "尼玛·次仁", "尼玛•次仁": "尼玛·次仁", "尼玛・次仁": "尼玛·次仁", "尼玛‧次仁": "尼玛·次仁", "尼玛．次仁": "尼玛·次仁", "尼玛 · 次仁": "尼玛·次仁",
		"李 阿普": "李阿普", "李阿普家": "李阿普", "张大有户": "张大有", "张大有同志": "张大有", "张大有他家": "张大有", "張大有": "張大有", "𠮷田": "𠮷田", "㑇香": "㑇香", "𫖯一": "𫖯一", "{亻罗}香": "{亻罗}香", " 张三。": "张三",
		"陆六": "陆六", "万家": "万家", "李家": "李家", "孙德明": "孙德明", "高三": "高三", "岩囡": "岩囡", "何有": "何有", "有福": "有福", "普阿珍（户主）": "普阿珍",
	} {
		got, ok := ReadName(in)
		require.True(t, ok, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "张", "123", "张3", "没有", "没得", "有", "跳过", "上一步", "两万三", "三亩", "4人2劳", "不知道", "今年", "配偶", "儿子", "大爹", "·张三", "张三·", "张··三", "{亻罗香", "13812345678", "一百", "没有了吗", "健康", "打工", "张三,李四"} {
		got, ok := ReadName(in)
		require.False(t, ok, "%q %q", in, got)
	}
}

func TestKeysPutSurnameReadingsFirstAndKeepAll(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"张大有": "zhangdayou", "单小红": "shanxiaohong", "解放": "xiefang", "仇大": "qiuda", "查理": "zhali", "盖国": "geguo", "尉迟恭": "yuchigong", "曾小": "zengxiao",
		"岩温": "aiwen", "玉香": "yuxiang", "吕绿": "lvlv", "尼玛·次仁": "nimaciren", "欧阳明": "ouyangming", "阿普": "apu",
	} {
		require.Equal(t, want, Keys(name).Full[0], name)
	}
	require.Contains(t, Keys("岩温").Full, "yanwen")
	require.Contains(t, Keys("单小红").Full, "danxiaohong")
	require.Contains(t, Keys("岩温").Initials, "yw")
	require.Contains(t, Keys("張大有").Full, "zhangdayou")
	require.Equal(t, "_", Keys("\ue000").Full[0])
	require.Empty(t, Keys("··").Full)
	require.LessOrEqual(t, len(Keys("重重重重重重重重").Full), 16)
}

func TestSoundIsTolerant(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"张英", "脏音"}, {"李娜", "你拉"}, {"刘兰", "牛南"}, {"陈生", "岑森"}, {"邵芳", "少芳"}, {"周山", "邹三"}, {"王方", "王放"}} {
		require.Equal(t, Keys(pair[0]).Sound[0], Keys(pair[1]).Sound[0], "%v", pair)
	}
	require.Equal(t, Keys("张大有").Sound[0], SoundOfPinyin("zhang da you"))
	require.Equal(t, Keys("李小红").Sound[0], SoundOfPinyin("LiXiaoHong"))
	require.NotEqual(t, Keys("张大有").Sound[0], Keys("李大有").Sound[0])
}

func TestPinyinQueries(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"zhang da you": "zhangdayou", "ZhangDaYou": "zhangdayou", "zhāng dà yǒu": "zhangdayou", "ｚｄｙ": "zdy", "lǚ": "lv", "xi'an": "xian"} {
		require.True(t, LooksPinyin(in), in)
		require.Equal(t, want, NormalizePinyin(in), in)
	}
	for _, in := range []string{"张", "zhang3", "", " ", "张da", "C级"} {
		require.False(t, LooksPinyin(in), in)
	}
}

func TestIDNumbers(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]IDNumber{
		"539901199801030030 阿普":        {Text: "539901199801030030", Start: 0, End: 18, Sex: "M"},
		"阿普539901199801030030":         {Text: "539901199801030030", Start: 6, End: 24, Sex: "M"},
		"5399 0119 9801 0300 30":       {Text: "539901199801030030", Start: 0, End: 22, Sex: "M"},
		"539901-19980103-0030":         {Text: "539901199801030030", Start: 0, End: 20, Sex: "M"},
		"５３９９０１１９９８０１０３００３０":           {Text: "539901199801030030", Start: 0, End: 54, Sex: "M"},
		"53990119980103003044":         {Text: "53990119980103003044", Start: 0, End: 20, Sex: "M", Kind: 4, Level: 4},
		"53990119980103003044B1":       {Text: "53990119980103003044B1", Start: 0, End: 22, Sex: "M", Kind: 4, Level: 4},
		"53990119980103003089":         {Text: "53990119980103003089", Start: 0, End: 20, Sex: "M", Kind: 8, Level: 9, Problem: IDDisabled},
		"539901199801030031":           {Text: "539901199801030031", Start: 0, End: 18, Sex: "M", Problem: IDCheck},
		"53990119980103003x":           {Text: "53990119980103003X", Start: 0, End: 18, Sex: "M", Problem: IDCheck},
		"539901980103003":              {Text: "539901980103003", Start: 0, End: 15, Sex: "M", Problem: IDOld},
		"5399011998010300":             {Text: "5399011998010300", Start: 0, End: 16, Problem: IDLength},
		"号539901199801030030电话138xxxx": {Text: "539901199801030030", Start: 3, End: 21, Sex: "M"},
	} {
		got := IDNumbers(in, fuzzNow)
		require.Len(t, got, 1, in)
		if want.Problem != IDLength {
			require.Equal(t, "1998-01-03", got[0].Birth.String(), in)
			got[0].Birth = Date{}
		}
		require.Equal(t, want, got[0], in)
	}
	for _, in := range []string{"", "13812345678", "8613812345678", "1200", "a539901199801030030", "12345678901234567890123456789012345678901234567890"} {
		require.Empty(t, IDNumbers(in, fuzzNow), in)
	}
	require.Equal(t, byte('X'), checkSign("11010519491231002"))
	require.Len(t, IDNumbers("539901199801030030 539901199801030030", fuzzNow), 2)
	future := "53990120300103003"
	require.Equal(t, IDBirth, IDNumbers(future+string(checkSign(future)), fuzzNow)[0].Problem)
	impossible := "53990119980230003"
	require.Equal(t, IDBirth, IDNumbers(impossible+string(checkSign(impossible)), fuzzNow)[0].Problem)
}

func TestPhones(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Phone{
		"13812345678": {"13812345678", 0, 11}, "电话13812345678，": {"13812345678", 6, 17}, "138 1234 5678": {"13812345678", 0, 13}, "138-1234-5678": {"13812345678", 0, 13},
		"+8613812345678": {"13812345678", 0, 14}, "+86 138 1234 5678": {"13812345678", 0, 17}, "86-13812345678": {"13812345678", 0, 14}, "１３８１２３４５６７８": {"13812345678", 0, 33},
		"一三八一二三四五六七八": {"13812345678", 0, 33}, "手机幺三九零零零零幺幺幺幺": {"13900001111", 6, 39},
	} {
		require.Equal(t, []Phone{want}, Phones(in), in)
	}
	for _, in := range []string{"", "0871-65331234", "12345678901", "539901199801030030", "1381234567", "138123456789", "12812345678", "一三八一二三四五六七", "一三八一二三四五六七八九"} {
		require.Empty(t, Phones(in), in)
	}
	require.Len(t, Phones("13812345678、13912345678"), 2)
}

func TestClauses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"耕地3亩半 林地5亩 没有水面": {"耕地3亩半", "林地5亩", "没有水面"}, "1,200元，3.5亩。好": {"1,200元", "3.5亩", "好"}, "3.5 亩 5 口人": {"3.5 亩", "5 口人"},
		"电话 138 1234 5678 李": {"电话", "138 1234 5678", "李"}, "张大有,李四、王五\n赵六": {"张大有", "李四", "王五", "赵六"}, "；；a；": {"a"}, "": nil, "1、3": {"1", "3"}, "一。二！三？": {"一", "二", "三"}, "张大有": {"张大有"},
		"1，200元": {"1，200元"}, "尼玛·次仁 二组": {"尼玛·次仁", "二组"},
	} {
		var got []string
		for _, c := range Clauses(in) {
			require.Equal(t, in[c.Start:c.End], c.Text)
			got = append(got, c.Text)
		}
		require.Equal(t, want, got, in)
	}
	require.Equal(t, []string{"因病", "和志强", "缺水"}, SplitList("因病、和志强 / 缺水，"))
}

func TestReadYear(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"2019": 2019, "2019年": 2019, "19年": 2019, "19": 2019, "明年": 2019, "二〇一九": 2019, "二〇一九年": 2019, "一九年": 2019, "前年": 2016, "去年": 2017, "今年": 2018, "九八年": 1998, "18年度": 2018, "大前年": 2015, "98": 1998} {
		got, ok := ReadYear(in, fuzzNow)
		require.True(t, ok, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "三年", "3", "李二", "没有", "19亩", "第一批", "12345"} {
		_, ok := ReadYear(in, fuzzNow)
		require.False(t, ok, in)
	}
}

func TestLeaningDates(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{"10月": {"2018-10", "2019-10"}, "12月": {"2017-12", "2018-12"}, "3-5": {"2018-03-05", "2019-03-05"}, "25号": {"2018-10-25", "2018-11-25"}, "10号": {"2018-11-10", "2018-12-10"}, "火把节": {"2018-08-05", "2019-07-26"}, "周一": {"2018-11-19", "2018-11-26"}, "三季度": {"2018-09-30", "2019-09-30"}, "正月十五": {"2018-03-02", "2019-02-19"}} {
		past, _ := ReadDateLean(in, fuzzNow, Past)
		future, _ := ReadDateLean(in, fuzzNow, Future)
		require.Equal(t, want, [2]string{past.String(), future.String()}, in)
	}
	d, _ := ReadDate("2018年2月", fuzzNow)
	require.Equal(t, 28, d.Last().Day())
	require.Equal(t, "2018年2月", d.Said)
}
