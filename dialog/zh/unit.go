package zh

import "strings"

// Dim is what a quantity measures. Its base unit is the one in the comment.
type Dim int

// The dimensions a quantity can have.
const (
	Plain    Dim = iota // a bare number, no unit
	Money               // 元
	Area                // 亩 (land)
	Floor               // ㎡ (houses)
	Length              // 公里
	Count               // pieces, see Quantity.Unit
	Months              // 月
	Days                // 天
	Weight              // 斤
	Percent             // %, 50 is one half
	Age                 // 岁
	Years               // 年, a duration
	Minutes             // 分钟
	Volume              // 立方米
	Ordinal             // 三组, 二级, 三年级, 第一: a place in an order, not an amount
	Calendar            // 10月, 19年, 2018.10.31: part of a date, not an amount; read it with ReadDate
)

// baseUnits are the canonical units of dimensions that have one.
var baseUnits = map[Dim]string{
	Money: "元", Area: "亩", Floor: "㎡", Length: "公里", Months: "月", Days: "天", Weight: "斤",
	Percent: "%", Age: "岁", Years: "年", Minutes: "分钟", Volume: "立方米",
}

// Unit is the canonical unit of a dimension, "" where there are many or none.
func (d Dim) Unit() string { return baseUnits[d] }

// unit is one way to write a unit: a value said in it times num/den is in base
// units.
type unit struct {
	word     []rune
	dim      Dim
	canon    string
	num, den Dec
	asked    bool   // only when its dimension is asked for
	bar      string // signs that must not follow
	need     string // when set, one of these or no Han must follow
}

// fraction-friendly dimensions, in which 三亩半 and 一亩二 make sense.
func divisible(d Dim) bool {
	switch d {
	case Money, Area, Length, Weight, Floor, Minutes, Years, Days, Volume, Age:
		return true
	}
	return false
}

// unitRow is a line of the table: words share dimension and factor.
type unitRow struct {
	words    string
	dim      Dim
	num, den Dec
}

var unitRows = []unitRow{
	{"元 块 块钱 元钱 圆 圆整 元整 rmb 元人民币 块人民币", Money, 1, 1},
	{"毛 角 毛钱 角钱", Money, 1, 10},
	{"分钱", Money, 1, 100},
	{"亩 市亩 亩地 木", Area, 1, 1},
	{"分地 分田 分", Area, 1, 10},
	{"厘", Area, 1, 100},
	{"公顷 ha", Area, 15, 1},
	{"平方公里", Area, 1500, 1},
	{"平方米 平米 平方 平 个平方 个平 个平米 ㎡ m2 m² 平方m", Floor, 1, 1},
	{"公里 千米 km 公里路", Length, 1, 1},
	{"里 里路 里地 华里", Length, 1, 2},
	{"米 m 公尺 米远", Length, 1, 1000},
	{"个月 个整月 个多月 月", Months, 1, 1},
	{"季度 个季度 个季 季", Months, 3, 1},
	{"天 日 个工 个工日 工日 个工作日 天工", Days, 1, 1},
	{"周 个星期 星期 礼拜 个礼拜", Days, 7, 1},
	{"斤 市斤", Weight, 1, 1},
	{"公斤 千克 kg", Weight, 2, 1},
	{"两", Weight, 1, 10},
	{"担 石", Weight, 100, 1},
	{"吨 t", Weight, 2000, 1},
	{"克 g", Weight, 1, 500},
	{"% 个百分点 个点", Percent, 1, 1},
	{"成", Percent, 10, 1},
	{"岁 周岁", Age, 1, 1},
	{"年 个年头 年头", Years, 1, 1},
	{"分钟 个分钟", Minutes, 1, 1},
	{"小时 个小时 钟头 个钟头 个钟 个多小时 个多钟头", Minutes, 60, 1},
	{"刻钟", Minutes, 15, 1},
	{"方 立方 立方米 个立方 个方 m3 m³", Volume, 1, 1},
	{"升 公升", Volume, 1, 1000},
	{"年级 级 等级 等", Ordinal, 1, 1},
	{"组 社 村民小组 小组 队", Ordinal, 1, 1},
	{"号楼 单元 号房", Ordinal, 1, 1},
	{"期 批 班 届", Ordinal, 1, 1},
}

// countRows map the words of each counted measure, canonical first.
var countRows = []string{
	"人 口人 个人 口子 口 名 位 个成员 号人",
	"眼",
	"劳 劳力 个劳力 劳动力 个劳动力 个整劳 个劳",
	"户 家 户人家 户人",
	"个", "头", "只", "羽", "匹", "箱", "窝", "群", "笼", "桶", "尾", "峰",
	"棵", "株", "丛", "蔸 兜", "根", "条", "座", "处", "所", "栋 幢", "层", "间", "套",
	"筒", "棒", "次 回 趟 遍", "台", "辆 张车", "架", "件", "份", "项", "笔", "包", "袋", "瓶", "盏", "盘",
	"块地 块田 块板", "张", "本", "副", "对", "双", "扇", "盒", "把", "片", "挂", "胎", "塘",
	"-组 个组 个小组 个村民小组 个社", "-村 个村 个行政村 个自然村",
}

// wells follow 口 when it counts wells and tanks, not mouths.
const wells = "井水窖塘锅池缸泉堰沼"

// bars forbid a unit before these signs: 平 in 平均, 人 in 人均.
var bars = map[string]string{
	"平": "均安时坝地台房整常静衡日", "里": "面头边外", "方": "面便案法式位言针才可", "年": "级代轻纪货终末初义度",
	"人": "均民社大", "口": "粮" + wells, "家": "里庭中属长畜具电养底访子都务村寨湾箐坪庄营沟坡", "户": "主口型均籍用清",
	"头": "疼痛", "只": "有能是要养好剩", "处": "理分罚境在", "所": "以有需得", "眼": "睛镜科", "对": "象口比应接的于岁",
	"回": "来家去到乡族", "次": "要子", "条": "件", "台": "账", "副": "局县乡镇书主村支科", "名": "单字额义叫称",
	"位": "置于", "本": "科人村地户年身月", "升": "学级入到为高初", "成": "员立功为年本绩熟都人家了果效活", "把": "他她它这那握",
	"块": "地田板", "天": "然麻井花气", "分": "之别配红散期户清开家了别为给管工数", "毛": "毯笋巾病竹", "石": "头棉漠斛板场灰",
	"角": "落", "米": "饭线", "担": "心任保", "等": "于到着待", "级": "别", "期": "间待", "社": "会保员", "队": "长伍员",
	"双": "胞方", "窝": "棚", "厘": "米", "套": "种", "月": "份底初末前后", "日": "子常", "片": "区", "项": "目",
	"周": "边围岁", "季": "节", "口子": "村", "根": "据本", "群": "众", "件": "事", "笔": "者", "间": "接断",
	"年头": "", "木": "匠工", "组": "织长成", "班": "长主", "份": "额", "层": "面", "里地": "震", "分地": "震",
	"户人": "口均", "包": "括谷", "筒": "子裙", "棒": "子", "架": "设子", "塘": "边", "套房": "", "对岁": "",
}

// needs let a unit stand only at an end of the words or before these signs.
var needs = map[string]string{
	"张": "桌床证卡照表单纸", "村": "都的合", "班": "的", "克": "的", "g": "", "m": "", "t": "", "把": "锄刀椅伞", "片": "林地药",
	"等": "奖", "级": "残肢视听智精言多工公医危标建学的没文上常看无丧半小初有在吃眼耳走长瘫弱不一生享领护证，", "队": "的", "社": "的", "挂": "", "石": "", "日": "", "方": "木土石水沙砖料",
	"成": "多半以左的", "季": "",
}

// asked units count only when their dimension is wanted.
var asked = map[string]bool{"月": true, "日": true, "木": true, "石": true, "季": true}

// unitIndex finds units by their first sign, longest first.
var unitIndex = buildUnits()

func buildUnits() map[rune][]unit {
	index := map[rune][]unit{}
	for _, row := range unitRows {
		for _, w := range strings.Fields(row.words) {
			canon := row.dim.Unit()
			if row.dim == Ordinal {
				canon = ordinalUnit(w)
			}
			addUnit(index, w, row.dim, canon, row.num, row.den)
		}
	}
	for _, row := range countRows {
		words := strings.Fields(row)
		canon := strings.TrimPrefix(words[0], "-")
		if canon != words[0] { // 三组 is a place in an order, only 三个组 a count
			words = words[1:]
		}
		for _, w := range words {
			addUnit(index, w, Count, canon, 1, 1)
		}
	}
	for _, extra := range []unit{
		{word: []rune("分"), dim: Minutes, num: 1, den: 1}, {word: []rune("分"), dim: Money, num: 1, den: 100},
		{word: []rune("分"), dim: Percent, num: 1, den: 1}, {word: []rune("方"), dim: Floor, num: 1, den: 1},
		{word: []rune("个"), dim: Months, num: 1, den: 1}, {word: []rune("个"), dim: Floor, num: 1, den: 1},
		{word: []rune("点"), dim: Percent, num: 1, den: 1},
	} {
		extra.canon, extra.asked = extra.dim.Unit(), true
		insertUnit(index, extra)
	}
	insertUnit(index, unit{word: []rune("口"), dim: Count, canon: "口", num: 1, den: 1, need: wells})
	return index
}

// ordinalUnit is the canonical word of a place in an order.
func ordinalUnit(w string) string {
	switch w {
	case "社", "村民小组", "小组", "队":
		return "组"
	case "等级", "等":
		return "级"
	}
	return w
}

func addUnit(index map[rune][]unit, w string, d Dim, canon string, num, den Dec) {
	need, has := needs[w]
	if has && need == "" {
		need = "\x00"
	}
	insertUnit(index, unit{word: []rune(w), dim: d, canon: canon, num: num, den: den,
		asked: asked[w], bar: bars[w], need: need})
}

// insertUnit keeps longer words in front and equal ones in order of entry.
func insertUnit(index map[rune][]unit, u unit) {
	list := index[u.word[0]]
	at := len(list)
	for at > 0 && len(list[at-1].word) < len(u.word) {
		at--
	}
	list = append(list, unit{})
	copy(list[at+1:], list[at:])
	list[at] = u
	index[u.word[0]] = list
}

// unitAt finds the unit at sign i: the longest word, among equals the one of the
// wanted dimension.
func unitAt(r []rune, i int, want Dim) (unit, bool) {
	var best unit
	for _, u := range unitIndex[sign(r, i)] {
		if len(u.word) < len(best.word) {
			break
		}
		if !u.fits(r, i, want) {
			continue
		}
		if best.word == nil || related(u.dim, want) && !related(best.dim, want) {
			best = u
		}
	}
	return best, best.word != nil
}

// related reports whether an answer in dimension d can serve one who wants want.
func related(d, want Dim) bool {
	if d == want {
		return true
	}
	switch want {
	case Months:
		return d == Years || d == Days
	case Years, Age:
		return d == Months || d == Years || d == Days
	case Days:
		return d == Months
	case Area:
		return d == Floor
	}
	return false
}

func (u unit) fits(r []rune, i int, want Dim) bool {
	for k, w := range u.word {
		if sign(r, i+k) != w {
			return false
		}
	}
	if u.asked && u.dim != want {
		return false
	}
	next := sign(r, i+len(u.word))
	if isLetter(u.word[len(u.word)-1]) {
		return !isLetter(next)
	}
	if next == 0 || u.dim == want && want != Plain && want != Count && want != Ordinal {
		return true
	}
	if u.need != "" && isHan(next) && !strings.ContainsRune(u.need, next) {
		return false
	}
	return !strings.ContainsRune(u.bar, next)
}

// measureAt reports whether any unit stands at sign i.
func measureAt(r []rune, i int) bool {
	_, ok := unitAt(r, i, Plain)
	return ok
}
