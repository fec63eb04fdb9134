package zh

import (
	"strings"
	"unicode"
)

// nameDot joins the parts of names such as 尼玛·次仁.
const nameDot = '·'

// notNames are words that answer something else than a name.
var notNames = wordSet(`没有 没得 莫得 有 无 不 不是 是 是的 好 好的 可以 行 对 对的 嗯 跳过 上一步 取消 帮助 暂停 继续 保存 撤回 修改 确认 确定 查询 入户 家底 原因 措施 资金 责任 时序 拍照 收入 成员 待办 逾期 完成 汇总 方案 路线图 项目库 导出 审核 通过 退回 督查 历史 提醒 反馈 绑定 解绑
	不知道 不晓得 不清楚 户主 配偶 妻子 丈夫 儿子 女儿 姑娘 父亲 母亲 老婆 媳妇 孙子 孙女 今年 明年 去年 男 女 男的 女的 健康 初中 小学 高中 大专 本科 文盲 一样 同上 其他 不用 不消 要得 没了 完了 没有了 就这些 就这样 全部 都有 你好 谢谢 下一步 下一个 退出 结束 开始 低保 低保户 五保 五保户 特困 一般 贫困户 脱贫户 务工 打工 在家 上学 读书 因病 因残 因学 因灾 缺技术 缺劳力 缺资金 缺水 耕地 林地 房子 他家 她家 我家 他 她 我 谁 哪个`)

// honorifics are dropped from the end of a name when enough of it is left.
var honorifics = []string{"他们家", "他家里", "他家", "她家", "家里", "家的", "这家", "那家", "一家", "家", "同志", "老师", "大爹", "大爷", "大妈", "大叔", "大哥", "大姐", "大嫂", "大娘", "先生", "女士", "师傅", "支书", "主任", "(户主)", "户主", "户"}

// ReadName normalises a person's name and says whether it can be one: blanks
// inside go, the dots · • ・ ‧ ． . between Han become U+00B7, tails such as 家 户
// 他家 同志 are dropped. Nothing is simplified, rare characters and {部件} stay.
// Names have 2 to 30 signs and need no family name (domain.md §6.2); digits and
// words that are plainly not names are refused.
func ReadName(s string) (string, bool) {
	var r []rune
	for _, c := range strings.Trim(Clean(s), " \n。.,，、;；:：!！?？'\"“”‘’") {
		switch c {
		case ' ', '\n', '　':
			continue
		case '•', '・', '‧', '.', '﹒', '●', '∙', '⋅', '･', '·':
			c = nameDot
		case '（':
			c = '('
		case '）':
			c = ')'
		}
		r = append(r, c)
	}
	r = dropHonorific(r)
	if len(r) < 2 || len(r) > 30 || !nameSigns(r) {
		return "", false
	}
	name := string(r)
	if folded := Fold(name); notNames[folded] || notName(folded) {
		return "", false
	}
	return name, true
}

// dropHonorific takes 家, 户, 同志 … off the end.
func dropHonorific(r []rune) []rune {
	for again := true; again; {
		again = false
		for _, h := range honorifics {
			n := len([]rune(h))
			if len(r)-n >= 2 && string(r[len(r)-n:]) == h {
				r, again = r[:len(r)-n], true
				break
			}
		}
	}
	return r
}

// nameSigns reports that r is made of signs names are made of: Han with dots
// and {部件} groups, or Latin letters of one script.
func nameSigns(r []rune) bool {
	han, latin, dots, open := 0, 0, 0, false
	for i, c := range r {
		switch {
		case isHan(c) || 0x2E80 <= c && c <= 0x2FDF || 0xE000 <= c && c <= 0xF8FF || 0x20000 <= c && c <= 0x3FFFF:
			han++
		case c == nameDot:
			if dots++; i == 0 || i == len(r)-1 || r[i-1] == nameDot {
				return false
			}
		case c == '{' && !open, c == '}' && open:
			open = !open
		case open && (c == '+' || unicode.IsLetter(c)):
		case unicode.IsLetter(c) && !isHan(c):
			latin++
		default:
			return false
		}
	}
	return !open && (han > 0) != (latin > 1 && dots == 0) && (han > 0 || latin > 1)
}

// notName reports sentences and amounts.
func notName(folded string) bool {
	r := []rune(folded)
	if _, ok := Number(folded); ok {
		return !financial(r[0])
	}
	if _, kin := kinIndex[folded]; kin {
		return true
	}
	if IsNone(folded) {
		return true
	}
	if strings.ContainsAny(folded, "吗呢吧") && len(r) > 3 || len(r) > 2 && anyAt(r, 0, "没有", "没得", "不是", "不要", "这个", "那个", "还有", "因为") > 0 {
		return true
	}
	for _, f := range scanText(read(folded), Plain) {
		if f.end-f.start == len(r) && !f.bare {
			return true
		}
	}
	return false
}
