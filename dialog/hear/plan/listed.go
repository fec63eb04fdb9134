package plan

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// items are what a list is numbered by: 第一个, 第二条, 第三.
var items = map[string]bool{"": true, "个": true, "项": true, "条": true, "样": true, "件": true, "种": true}

// bullet: 1、 or 2) at the beginning of an item, not 1、3, which are choices.
func (p *pass) bullet(i int) bool {
	t := &p.toks[i]
	if t.kind != amount || t.q.Dim != zh.Plain || t.q.Value > zh.Whole(12) || i+2 >= len(p.toks) || p.toks[i+1].kind != mark || p.toks[i+2].kind == amount || p.toks[i+2].kind == date {
		return false
	}
	return strings.ContainsAny(p.text(i+1, i+2), "、.)")
}

// spaced: the items are numbered with blanks behind the numbers: 一 … 二 ….
func (p *pass) spaced() bool {
	return strings.HasPrefix(p.f.Text, "一 ") && strings.Contains(p.f.Text, " 二 ")
}

// enumerate makes marks of what only numbers a list: 第一个是…第二个是…, 一是…二是…,
// 1、…2、….
func (p *pass) enumerate() {
	changed := false
	p.items = map[int]bool{}
	for i := range p.toks {
		t := &p.toks[i]
		opening := i == 0 || p.toks[i-1].kind == mark
		switch {
		case t.kind == amount && t.q.Dim == zh.Ordinal && items[t.q.Unit] && strings.HasPrefix(p.text(i, i+1), "第"):
		case t.means(listed) && (opening || !t.is(fill)):
		case opening && t.kind == amount && t.q.Dim == zh.Count && t.q.Value == zh.One && strings.HasPrefix(p.text(i, i+1), "一") && items[t.q.Unit] && i+1 < len(p.toks) && strings.HasSuffix(p.text(i+1, i+2), "是"):
		case opening && (p.bullet(i) || t.kind == rest && i+1 < len(p.toks) && p.toks[i+1].kind == mark && (strings.ContainsAny(p.text(i+1, i+2), "、.)") || p.spaced()) && strings.Contains(" 一 二 三 四 五 六 七 八 九 十 ", " "+p.text(i, i+1)+" ")):
		default:
			continue
		}
		t.kind, t.strength, t.word, changed = mark, comma, nil, true
		for j := i; j < len(p.toks) && p.toks[j].kind == mark; j++ {
			p.items[j+1] = true
		}
		p.numbered = p.numbered || strings.HasPrefix(p.text(i, i+1), "第") || strings.HasSuffix(p.text(i, i+1), "是")
	}
	if changed {
		p.cut()
	}
}
