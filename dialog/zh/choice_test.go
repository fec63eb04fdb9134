package zh

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// causes is a menu as the forms have it (domain.md §2.4).
var causes = []Choice{
	{"yinbing", "因病", []string{"生病"}}, {"yincan", "因残", nil}, {"yinxue", "因学", nil}, {"jishu", "缺技术", []string{"没技术"}},
	{"laoli", "缺劳力", []string{"没劳力", "没得劳力"}}, {"wubao", "五保", []string{"特困供养", "特困"}}, {"c", "C级", []string{"C"}}, {"d", "D级", []string{"D"}}, {"jiandang", "建档立卡", nil},
}

func TestReadChoice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in     string
		picked []int
		rest   string
	}{
		{"1", []int{0}, ""}, {"１", []int{0}, ""}, {"①", []int{0}, ""}, {"⑨", []int{8}, ""}, {"一", []int{0}, ""}, {"第一个", []int{0}, ""}, {"第2项", []int{1}, ""},
		{"选1", []int{0}, ""}, {"我选3", []int{2}, ""}, {"选第二个", []int{1}, ""}, {"1。", []int{0}, ""}, {"1.", []int{0}, ""}, {"1️⃣", []int{0}, ""}, {"(2)", []int{1}, ""}, {"3号", []int{2}, ""},
		{"1、3", []int{0, 2}, ""}, {"1 3", []int{0, 2}, ""}, {"1,3", []int{0, 2}, ""}, {"1，3", []int{0, 2}, ""}, {"1.3", []int{0, 2}, ""}, {"1和3", []int{0, 2}, ""}, {"1+3", []int{0, 2}, ""}, {"二、三", []int{1, 2}, ""}, {"3 1 3", []int{2, 0}, ""},
		{"1.因病", []int{0}, ""}, {"1、因病", []int{0}, ""}, {"4 缺技术", []int{3}, ""},
		{"因病", []int{0}, ""}, {"因病 缺技术", []int{0, 3}, ""}, {"因病、缺技术", []int{0, 3}, ""}, {"因病和缺技术", []int{0, 3}, ""}, {"因病缺技术", []int{0, 3}, ""}, {"因 病", []int{0}, ""},
		{"主要是因病，次要缺技术", []int{0, 3}, ""}, {"沒得勞力", []int{4}, ""}, {"没得劳力", []int{4}, ""}, {"没技术", []int{3}, ""}, {"他家是因为生病", []int{0}, ""}, {"缺劳", []int{4}, ""}, {"劳力", []int{4}, ""},
		{"C级", []int{6}, ""}, {"c", []int{6}, ""}, {"Ｃ级", []int{6}, ""}, {"d級", []int{7}, ""}, {"C级吧", []int{6}, ""},
		{"西级", []int{6}, ""}, {"地级", []int{7}, ""}, {"武保", []int{5}, ""}, {"特快", []int{5}, ""}, {"建党立卡", []int{8}, ""}, {"音病", []int{0}, ""},
		{"不是C级", nil, "不是c级"}, {"不是因病", nil, "不是因病"}, {"不是因病是因学", []int{2}, "不是因病是"}, {"没有因残", nil, "没有因残"},
		{"13", nil, "13"}, {"10", nil, "10"}, {"0", nil, "0"}, {"缺", nil, "缺"}, {"因", nil, "因"}, {"全部", nil, "全部"}, {"", nil, ""}, {"随便", nil, "随便"}, {"1头", nil, "1头"}, {"三亩", nil, "三亩"},
		{"因病 3亩", []int{0}, "3亩"}, {"1 张三", []int{0}, "张三"}, {"cad", nil, "cad"},
	} {
		picked, rest, ok := ReadChoice(c.in, causes)
		require.Equal(t, c.picked, picked, c.in)
		require.Equal(t, c.rest, rest, c.in)
		require.Equal(t, len(c.picked) > 0, ok, c.in)
	}
}

func TestReadChoiceReachesTwoDigitsInLongMenus(t *testing.T) {
	t.Parallel()
	var long []Choice
	for _, l := range []string{"甲子", "乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午", "辛未", "壬申", "癸酉", "甲戌", "乙亥", "丙子"} {
		long = append(long, Choice{Key: l, Label: l})
	}
	for in, want := range map[string][]int{"13": {12}, "十三": {12}, "⑬": {12}, "1 13": {0, 12}, "14": nil, "甲": nil, "丙寅": {2}} {
		picked, _, _ := ReadChoice(in, long)
		require.Equal(t, want, picked, in)
	}
}

func TestReadChoiceDoesNotPickAWordTwoOptionsShare(t *testing.T) {
	t.Parallel()
	cs := []Choice{{"a", "普通高中一年级", []string{"高中"}}, {"b", "普通高中二年级", []string{"高中", "高二"}}, {"c", "健康", nil}, {"d", "无", nil}}
	picked, rest, ok := ReadChoice("高中", cs)
	require.False(t, ok, "%v %q", picked, rest)
	picked, _, _ = ReadChoice("高二", cs)
	require.Equal(t, []int{1}, picked)
	_, _, ok = ReadChoice("不健康", cs)
	require.False(t, ok)
	_, rest, ok = ReadChoice("无劳动力", cs)
	require.False(t, ok)
	require.Equal(t, "无劳动力", rest)
}
