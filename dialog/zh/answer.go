package zh

import "strings"

// Answer is what a yes-or-no question got.
type Answer int

// The answers to a yes-or-no question.
const (
	Unclear Answer = iota
	Yes
	No
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

var (
	yesWords = wordSet(`有 是 对 好 行 得 要 可以 可 能 会 嗯 嗯嗯 恩 恩恩 哦 噢 昂 唔 要得 得行 中 成 使得 是的 是呢 是嘞 是滴 是啊 对的 对呢 对头 对对
		对对对 没错 没得错 没有错 没问题 没得问题 没有问题 不错 正确 属实 确认 确定 同意 好的 好呢 好嘞 好啊 好吧 行吧 行呢 可以呢 可以的 有的 有呢 有嘞 有了 有啊 得了 得呢 要呢
		要的 办了 参加了 参了 已办 已参加 通了 到了 安全 合格 达标 够 够了 够的 都有 全有 全都有 都是 全部 全是 都参加了 都办了 ok okay okk yes y yep 👌 👍 ✅ ✔ √ ✓ 1 t true 嗯呢 嗯啊 嗯是 嗯是的 嗯有
		当然 肯定 必须 必须的 肯定有 肯定是 就是 就是呢 就是的 就是啦 是噶 是哈 收到 晓得了 知道了 懂了 会的 会呢 能的 能呢 认 认呢 认可 满意 晓得 整 整起 搞 搞得 要整 保存 确认保存 对的呢 着呢 着 是着呢 有着呢 不是没有 参保 参保了 通 需要 愿意 想 想要`)
	noWords = wordSet(`没有 没得 莫得 冇 无 没 否 不 不是 不对 不行 不得 不要 不消 不用 不消了 不用了 算了 不能 不可以 不可 不会 不好 未 莫 别 不想 不愿 不愿意 不需要 不同意 不认 不认可 不满意 没有了 没了 没有呢
		没得呢 没得了 没有的 没得的 冇得 没有啊 不有 不在 不存在 没办 未办 没参加 未参加 没参保 未参保 不参加 没通 未通 不通 没到 未到 还没 还没有 还没得 还不有 还没办 不安全 不合格 不达标 不够 都没有 都没得 全没有 都不是 全都没有 no n nope ✖ × x ❌ ✗ 0 f false
		不是的 不是呢 不对的 不对呢 不行呢 不得行 要不得 使不得 错 错的 错了 不正确 有错 有问题 取消 不保存 不晓不 不干 不搞 不整 不弄 木有 么得 没门 免了 一样没有 一样没得 一个没有 一个没得 没有过 从来没有 从没 不有呢 不办 没交 没买 未交 👎 🙅`)
	unclearHeads = []string{"有没有", "有没得", "是不是", "对不对", "行不行", "好不好", "要不要", "可不可以", "会不会", "不一定", "不晓得", "不知道", "不清楚", "不懂", "不确定", "不明白", "不好说", "不记得", "没听懂", "没听清", "没看懂", "没想好", "没搞懂", "好像", "好几", "对不起", "对面", "有时", "有点", "有些", "有的有", "有人", "得看", "行政", "好多", "是否", "可能", "可惜", "要看", "要不", "要是", "能不能", "会计", "会议", "对象", "成员", "成都", "中间", "一半", "大概", "不少", "不错是"}
	noHeads      = []string{"没有", "没得", "莫得", "不是", "不要", "不行", "不消", "不用", "不得", "不能", "不会", "不需要", "不同意", "不想", "不愿", "没", "未", "冇", "不有", "还没", "都没", "还不", "木有"}
	yesHeads     = []string{"是的", "对的", "有的", "好的", "可以", "要得", "得行", "是", "有", "对", "嗯", "行", "好", "要", "没错", "没问题", "同意", "确认", "已经", "都有", "全部"}
)

// YesNo reads yes and no in local words. Questions, hedges (不晓得, 不一定) and
// longer statements with a turn (有，但是…) are Unclear; 没有错 and 没问题 are Yes.
func YesNo(s string) Answer {
	w := strings.TrimRight(answerWord(s), "1234567890")
	if w == "" {
		w = answerWord(s)
	}
	if a := exactAnswer(w); a != Unclear {
		return a
	}
	if strings.ContainsAny(s, "?？吗") || strings.Contains(w, "但") || strings.Contains(w, "不过") {
		return Unclear
	}
	if cs := Clauses(s); len(cs) > 1 {
		first, second := exactAnswer(answerWord(cs[0].Text)), exactAnswer(answerWord(cs[1].Text))
		if first != Unclear && second != Unclear && first != second && first == Yes && answerWord(cs[0].Text) == "有" {
			return Unclear
		}
		return first
	}
	r := []rune(w)
	if len(r) > 8 || anyAt(r, 0, unclearHeads...) > 0 {
		return Unclear
	}
	switch {
	case anyAt(r, 0, "没有错", "没得错", "没错", "没有问题", "没得问题", "没问题", "不错", "不是没有", "不是没得") > 0:
		return Yes
	case anyAt(r, 0, noHeads...) > 0:
		return No
	case anyAt(r, 0, yesHeads...) > 0 && !strings.ContainsAny(w, "不没无未"):
		return Yes
	}
	return Unclear
}

func exactAnswer(w string) Answer {
	switch {
	case yesWords[w]:
		return Yes
	case noWords[w]:
		return No
	}
	return Unclear
}

// answerWord folds s and takes punctuation and particles off its end.
func answerWord(s string) string {
	w := strings.Trim(Fold(s), ".。!,~…、;")
	for _, p := range []string{"啊", "呀", "哦", "吧", "嘛", "啦", "咯", "哈", "噶", "嘞", "喽", "咧", "了", "的", "呢", "诶", "唉"} {
		if short := strings.TrimSuffix(w, p); short != w && short != "" && exactAnswer(w) == Unclear {
			w = short
		}
	}
	return strings.TrimRight(w, "🏻🏼🏽🏾🏿")
}

var (
	noneHeads = []string{"一样都没有", "一样也没有", "一样没有", "一样没得", "一点都没有", "一点没有", "一个都没有", "一个也没有", "一个没有", "什么都没有", "哪样都没有", "啥都没有", "样样没有", "全部没有", "全都没有", "全没有", "都没有", "都没得", "都没", "从来没有", "还没有", "暂时没有", "暂无", "目前没有", "没有", "没得", "莫得", "冇得", "木有", "么得", "不有", "没有过", "冇", "并无", "无", "没", "未", "空的", "空", "零", "nil", "none", "没养", "没种", "不养", "不种"}
	noneVerbs = []string{"养", "种", "买", "搞", "办", "交", "参加", "参", "领", "享受", "有", "做", "弄", "得", "发生", "出去", "外出", "过", "任何", "啥", "什么", "哪样", "的", "了", "呢", "啊", "嘛", "噶", "哦", "吧", "这个", "这项", "这样", "东西", "过的"}
)

// IsNone reports whether the whole answer says that there is none: 无, 没有, 没得,
// 一样没有, 零, 0亩, 冇, 都没有, 没养, 不有. With the thing named (没有水面) it is
// not; see NoneOf.
func IsNone(s string) bool {
	what, ok := NoneOf(s)
	return ok && what == ""
}

// NoneOf reports whether s says that there is none of something, and of what:
// "没有水面" and "水面没得" give 水面; "没有" gives "".
func NoneOf(s string) (what string, ok bool) {
	w := answerWord(s)
	if q, isZero := Number(w); isZero && q.Value == 0 && q.High == 0 {
		return "", true
	}
	if w == "" || w == "/" || w == "-" || w == "\\" {
		return "", w != ""
	}
	if exactAnswer(w) == Yes || strings.ContainsAny(w, "?吗") || strings.HasPrefix(w, "不是没") || strings.HasPrefix(w, "有没") {
		return "", false
	}
	r := []rune(w)
	if t := read(w); len(t.r) > 1 {
		if f, is := measuredAt(t.r, 0, Plain); is && f.end == len(t.r) && f.v.hi == 0 {
			return "", true
		}
	}
	if n := anyAt(r, 0, noneHeads...); n > 0 {
		return noneRest(r[n:])
	}
	for _, h := range noneHeads {
		if k := len([]rune(h)); k > 1 && endsAt(r, len(r), h) > 0 && len(r)-k <= 6 {
			return string(r[:len(r)-k]), true
		}
	}
	if len(r) > 1 && len(r) <= 6 && (r[len(r)-1] == '无' || r[len(r)-1] == '0' && !isDigit(r[len(r)-2]) && r[len(r)-2] != '.') {
		return string(r[:len(r)-1]), true
	}
	return "", false
}

// noneRest takes verbs and particles off what follows the word for none.
func noneRest(r []rune) (string, bool) {
	for n := anyAt(r, 0, noneVerbs...); n > 0; n = anyAt(r, 0, noneVerbs...) {
		r = r[n:]
	}
	if len(r) > 8 || anyAt(r, 0, "错", "问题", "关系", "事", "意见", "变", "必要", "办法") > 0 {
		return "", false
	}
	if len(scanText(read(string(r)), Plain)) > 0 {
		return "", false
	}
	return string(r), true
}
