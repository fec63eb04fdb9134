package zh

import "strings"

// Kinship is a relation to the head of the household.
type Kinship struct {
	Key  string // head, spouse, son, daughter_in_law, … (kinRows)
	Sex  string // M, F or ""
	Word string // as written
}

// kinRows: key, implied sex, words. 之子 and the like are the labels of the code
// list (domain.md §2.1); the others are what people say.
var kinRows = []struct{ key, sex, words string }{
	{"head", "", "户主 本人 当家的 当家人 家长"},
	{"spouse", "F", "妻 妻子 老婆 媳妇 媳妇子 婆娘 内人 他媳妇 他老婆 他妻子 户主妻 堂客 婆姨 家属 屋里人 女当家"},
	{"spouse", "M", "夫 丈夫 老公 男人 她男人 汉子 当家男人 她丈夫 她老公"},
	{"spouse", "", "配偶 爱人 对象 老伴 老伴儿"},
	{"son", "M", "儿 儿子 大儿子 大儿 小儿 小儿子 二儿 二儿子 三儿 三儿子 四儿子 老大儿子 长子 次子 三子 四子 幼子 独子 独儿子 独儿 幺儿 幺儿子 老幺 幺子 养子 继子 之子 他儿子 她儿子 他儿 他家儿子 大娃 二娃 男娃 男孩 崽 崽崽 仔 小子 儿娃 儿娃子 老儿子 小男孩 大儿崽"},
	{"daughter", "F", "女 女儿 大女儿 二女儿 三女儿 小女儿 小女 大女 二女 三女 长女 次女 三女儿 四女 独女 幺女 幺女儿 姑娘 大姑娘 二姑娘 三姑娘 小姑娘 四姑娘 幺姑娘 独姑娘 闺女 大闺女 小闺女 囡 大囡 小囡 囡囡 养女 继女 之女 他女儿 他姑娘 女娃 女孩 女娃娃 他家姑娘 她姑娘 她女儿"},
	{"daughter_in_law", "F", "儿媳 儿媳妇 大儿媳 大儿媳妇 二儿媳 二儿媳妇 小儿媳 小儿媳妇 三儿媳 三儿媳妇 之儿媳 儿子媳妇 媳 他儿媳 他儿媳妇 大媳妇 二媳妇 小媳妇"},
	{"son_in_law", "M", "女婿 大女婿 二女婿 小女婿 姑爷 大姑爷 二姑爷 之女婿 婿 上门女婿 他女婿 他姑爷"},
	{"grandson", "M", "孙子 孙儿 孙 大孙子 二孙子 小孙子 三孙子 大孙 小孙 二孙 长孙 次孙 之孙子 孙娃 孙男 孙崽 他孙子"},
	{"granddaughter", "F", "孙女 孙女儿 孙囡 大孙女 二孙女 小孙女 三孙女 长孙女 之孙女 孙姑娘 他孙女"},
	{"grandson_f", "M", "外孙 外孙子 外孙儿 大外孙 小外孙 二外孙 之外孙子 之外孙 他外孙"},
	{"granddaughter_f", "F", "外孙女 外孙囡 大外孙女 小外孙女 二外孙女 之外孙女 外孙姑娘 他外孙女"},
	{"father", "M", "父 父亲 老爹 爹 爸 爸爸 老父 老父亲 老爸 阿爹 他爹 他爸 他父亲 他老爹 之父 养父 继父 亲爹 阿爸 后爹 她爹 她爸"},
	{"mother", "F", "母 母亲 老妈 妈 妈妈 老母 老母亲 老娘 娘 阿妈 他妈 他母亲 他老妈 之母 养母 继母 亲妈 老妈妈 后妈 她妈"},
	{"father_in_law", "M", "岳父 老丈人 丈人 丈人爹 老岳父 之岳父 外父 岳丈 老外父"},
	{"mother_in_law", "F", "岳母 丈母娘 丈母 老岳母 之岳母 外母 老丈母 丈母妈"},
	{"husbands_father", "M", "公公 公爹 老公公 之公公 家公"},
	{"husbands_mother", "F", "婆婆 婆妈 老婆婆 之婆婆 家婆 婆子妈"},
	{"grandfather", "M", "爷爷 祖父 阿爷 老爷爷 之祖父 他爷爷 爷 阿老"},
	{"grandmother", "F", "奶奶 祖母 阿奶 老奶奶 老奶 之祖母 他奶奶 奶"},
	{"grandfather_m", "M", "外公 外祖父 姥爷 阿公 之外祖父 家公爷"},
	{"grandmother_m", "F", "外婆 外祖母 姥姥 外奶 阿婆 之外祖母"},
	{"sibling", "M", "哥 哥哥 大哥 二哥 三哥 弟 弟弟 二弟 三弟 大弟 小弟 兄弟 兄 阿哥 他哥 他弟 胞弟 胞兄 他兄弟 幺弟 老弟 亲兄弟 亲弟 亲哥"},
	{"sibling", "F", "姐 姐姐 大姐 二姐 三姐 妹 妹妹 二妹 三妹 大妹 小妹 阿姐 他姐 他妹 胞妹 胞姐 姊妹 幺妹 姐妹"},
	{"sibling", "", "之兄弟姐妹 兄弟姐妹 兄弟姊妹"},
	{"great_grandson", "M", "曾孙 曾孙子 重孙 重孙子 之曾孙子 之曾孙"},
	{"great_granddaughter", "F", "曾孙女 重孙女 之曾孙女"},
	{"nephew", "M", "侄儿 侄子 大侄子 之侄儿 侄 侄男 大侄儿 小侄子 亲侄儿"},
	{"niece", "F", "侄女 大侄女 之侄女 侄姑娘 侄囡 小侄女"},
	{"siblings_wife", "F", "弟媳 弟媳妇 嫂 嫂子 嫂嫂 大嫂 二嫂 兄弟媳妇 之兄弟媳妇 弟妹 弟妇 哥嫂"},
	{"uncle", "M", "叔 叔叔 小叔 大叔 二叔 三叔 幺叔 叔父 伯 伯伯 大伯 二伯 伯父 大爹 二爹 小爹 之叔伯 耶耶"},
	{"uncle", "F", "孃 孃孃 大孃 二孃 小孃 婶 婶婶 婶子 大妈 伯母 姑妈 姑姑 姑母 孃妈 叔母"},
	{"other", "", "其他 其它 亲戚 寄养 舅舅 舅 舅子 小舅子 舅妈 姨妈 姨 姨爹 姨父 姑父 姑爹 外甥 外甥女 外侄 外侄女 表哥 表弟 表姐 表妹 堂哥 堂弟 小姨子 干儿子 干女儿 保姆 小叔子 大姑子 小姑子"},
}

type kinWord struct {
	key, sex string
}

var kinIndex, kinLongest = buildKin()

func buildKin() (map[string]kinWord, int) {
	index, longest := map[string]kinWord{}, 0
	for _, row := range kinRows {
		for _, w := range strings.Fields(row.words) {
			w = Fold(w)
			if _, taken := index[w]; !taken {
				index[w] = kinWord{row.key, row.sex}
			}
			longest = max(longest, len([]rune(w)))
		}
	}
	return index, longest
}

// kinSurnames are words of kinship that are family names too; whether 孙德明 is a
// grandson 德明 or a person 孙德明 is decided by what follows.
const kinSurnames = "孙伯母公叔娘"

// nameStarts are words that begin a name although they look like kin: 妹 and 哥 in
// 阿妹, 囡 in 囡玉.
var notKin = []string{"孙家", "女士", "父子", "母子", "母女", "夫妻", "夫妇", "女主人", "女方", "男方", "儿童", "女性", "妇女", "子女", "儿女", "女职工", "妈祖", "爷们", "娘家", "公公婆婆", "奶牛", "奶粉", "奶羊", "母猪", "母牛", "母羊", "母鸡", "公鸡", "公猪", "公牛", "父母", "妻儿", "仔猪", "仔鸡", "仔牛", "崽猪", "对象是", "家属区", "家长会", "儿科", "女户主", "男户主", "男人们"}

// Kin finds a word of kinship at the start of a piece; rest is what follows
// (usually the name). The longest word wins, but never so that it eats a name:
// «儿张小军» is son + 张小军, «孙女小花» is granddaughter + 小花. A single sign that
// is a family name too (孙德明) is kinship only when the rest, or the piece after a
// blank or colon, is a complete name with a family name of its own (孙李小军,
// "孙 小军"); otherwise the piece is a name and ok is false. A possessive in front
// (他的, 户主的) is skipped.
func Kin(s string) (k Kinship, rest string, ok bool) {
	t := read(s)
	i := 0
	for sign(t.r, i) == ' ' || sign(t.r, i) == '\n' {
		i++
	}
	i += anyAt(t.r, i, "户主的", "户主之", "他家的", "他家", "她家", "他的", "她的", "家里的", "家里", "有个", "还有个", "还有", "一个", "是")
	if anyAt(t.r, i, notKin...) > 0 {
		return Kinship{}, s, false
	}
	for n := min(kinLongest, len(t.r)-i); n > 0; n-- {
		w, found := kinIndex[string(t.r[i:i+n])]
		if !found {
			continue
		}
		end := i + n
		if n == 1 && !kinAlone(t.r, i) || n > 1 && eatsName(t.r, i, n) {
			continue
		}
		k = Kinship{Key: w.key, Sex: w.sex, Word: t.said(i, end)}
		for end < len(t.r) && strings.ContainsRune(" \n:,、-=叫是名", t.r[end]) && !(t.r[end] == '名' && end+1 == len(t.r)) {
			if t.r[end] == '是' && isHan(sign(t.r, end+1)) && notNameAfter(t.r[end+1:]) {
				break
			}
			end++
		}
		from, _ := t.span(end, end+1)
		return k, s[from:], true
	}
	return Kinship{}, s, false
}

// notNameAfter reports that 是 says something about the relative, not the name.
func notNameAfter(r []rune) bool { return len(r) > 4 }

// kinAlone decides whether the single sign at i is kinship.
func kinAlone(r []rune, i int) bool {
	next := sign(r, i+1)
	if next == 0 || !isHan(next) {
		return true
	}
	if !strings.ContainsRune(kinSurnames+"爷奶妹弟哥姐舅姨", r[i]) {
		return true
	}
	j := i + 1
	for j < len(r) && isHan(r[j]) {
		j++
	}
	return j-i-1 >= 2 && surname(r[i+1:j])
}

// eatsName refuses longer words whose last sign begins the name: 女儿 is one
// word, but 妻子 in «妻子涵» would leave a name of one sign.
func eatsName(r []rune, i, n int) bool {
	word := string(r[i : i+n])
	if word != "妻子" && word != "孙子" && word != "孙儿" && word != "女儿" {
		return false
	}
	j := i + n
	for j < len(r) && isHan(r[j]) {
		j++
	}
	return j-i-n == 1 && word != "女儿" && word != "孙儿"
}

// commonSurnames covers the family names of Yunnan's villages; used only to
// decide where a name begins, never to demand one.
const commonSurnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文普施字者矣岩刀召陶鲁木和阿卯祝安海洪官自起罕保查孔庄茶左尚项玉茶鲍苗依咪线闷思朗穆排勒尼董早石肖岳寸番倪游童代牛鄢敖聂纳沐撒羊晏纪解单仇盖"

// HasSurname reports whether a name begins with a family name of Yunnan's villages.
func HasSurname(name string) bool { return surname([]rune(name)) }

func surname(r []rune) bool {
	return len(r) > 1 && strings.ContainsRune(commonSurnames, r[0])
}
