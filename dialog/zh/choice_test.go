package zh

// causes is a menu as the forms have it (domain.md §2.4).
var causes = []Choice{
	{"yinbing", "因病", []string{"生病"}}, {"yincan", "因残", nil}, {"yinxue", "因学", nil}, {"jishu", "缺技术", []string{"没技术"}},
	{"laoli", "缺劳力", []string{"没劳力", "没得劳力"}}, {"wubao", "五保", []string{"特困供养", "特困"}}, {"c", "C级", []string{"C"}}, {"d", "D级", []string{"D"}}, {"jiandang", "建档立卡", nil},
}
