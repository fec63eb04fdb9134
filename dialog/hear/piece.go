package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readPieces works out what is told by the piece: 卖了5头猪 一头2000, 流转3亩 每亩500.
// The number of pieces becomes the whole amount, to be said back.
func (p *pass) readPieces() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.kind != amount || t.use != free || t.q.Dim != zh.Money && t.q.Dim != zh.Plain {
			continue
		}
		unit := p.pieceOf(i)
		if unit == "" {
			continue
		}
		if k := p.pieces(i, unit); k >= 0 && t.q.Value <= zh.Whole(100_000) && p.toks[k].q.Value <= zh.Whole(5_000) {
			whole := &p.toks[k]
			n := whole.q.Value
			whole.q = t.q
			whole.q.Value, whole.q.Per, whole.q.Dim, whole.q.Approx = n*t.q.Value/zh.One, "", zh.Money, true
			p.mark(min(i, p.rateFrom(i)), i, helped)
		}
	}
}

// pieceUnits are what is sold or rented by the piece.
const pieceUnits = "头只匹羽亩窝条"

// pieceOf is the unit amount i is told for: 每亩500, 一头卖2000, 500块一亩.
func (p *pass) pieceOf(i int) string {
	t := &p.toks[i]
	before := strings.TrimRight(p.Text[:t.s], " 卖了得到能价是按给")
	after := strings.TrimLeft(p.Text[t.e:], "块元钱/ ")
	for _, u := range pieceUnits {
		for _, one := range []string{"每", "一"} {
			if strings.HasSuffix(before, one+string(u)) || strings.HasPrefix(p.Text[t.s:t.e], one+string(u)) || strings.HasPrefix(after, one+string(u)) {
				return string(u)
			}
		}
		if strings.HasPrefix(t.q.Per, string(u)) {
			return string(u)
		}
	}
	return ""
}

// rateFrom is the first token of 每亩 before amount i.
func (p *pass) rateFrom(i int) int {
	for j := i - 1; j >= max(0, i-4); j-- {
		if s := p.Text[p.toks[j].s:p.toks[j].e]; strings.HasPrefix(s, "每") || strings.HasPrefix(s, "一") {
			return j
		} else if p.toks[j].kind == mark && p.toks[j].brk > 0 {
			break
		}
	}
	return i
}

// pieces is the token of how many pieces there are, in the clause of amount i or
// the one before; -1 when it is not told. Land counts only when it is let.
func (p *pass) pieces(i int, unit string) int {
	n := p.clauseOf[i]
	from, to := p.cls[max(0, n-1)].from, p.cls[n].to
	said := p.Text[p.toks[from].s:p.toks[to-1].e]
	if unit == "亩" && !strings.Contains(said, "流转") && !strings.Contains(said, "租") && !strings.Contains(said, "退耕") && !strings.Contains(said, "补") {
		return -1
	}
	found := -1
	for j := from; j < to; j++ {
		t := &p.toks[j]
		if j == i || t.kind != amount || t.use != free || t.q.Value <= 0 || t.q.Unit != unit && !(unit == "亩" && t.q.Dim == zh.Area) {
			continue
		}
		if s := p.Text[t.s:t.e]; j < i && j >= i-2 && (strings.HasPrefix(s, "一") || strings.HasPrefix(s, "每")) {
			continue // the 一头 of 一头2000
		}
		if found < 0 || j < i {
			found = j // the last one told before
		}
	}
	return found
}
