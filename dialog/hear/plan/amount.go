package plan

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// large is the sum above which 元 and 万元 must be read back.
const large = 10000

// money reads a token as a sum: one with a unit of money, or a bare number that
// can be no count.
func (p *pass) money(i int) (zh.Dec, Flags, bool) {
	t := &p.toks[i]
	if t.kind != amount || p.negative(i) {
		return 0, Flags{}, false
	}
	q := &t.q
	switch {
	case q.Dim == zh.Money:
	case q.Dim == zh.Plain && (q.Value >= zh.Whole(100) || q.Per != "" || q.Value >= zh.Whole(10) && p.per(i) != ""):
	default:
		return 0, Flags{}, false
	}
	if _, year := p.bareYear(t); year && q.Value >= zh.Whole(1000) {
		return 0, Flags{}, false // 2018 alone is a year, not a sum
	}
	return q.Value, Flags{Approx: q.Approx || q.Ambiguous || p.loosely(i), Large: q.Value > zh.Whole(large)}, q.Value > 0
}

// loosely: 大概, 左右 stand next to the number.
func (p *pass) loosely(i int) bool {
	about := func(j int) bool {
		return j >= 0 && j < len(p.toks) && p.toks[j].kind == vocab && p.toks[j].word != nil && strings.Contains(" 大概 大约 差不多 左右 估计 上下 样子 的样子 约 可能 前后 ", " "+p.toks[j].word.text+" ")
	}
	return about(i-1) || about(i+1)
}

// negative: a minus sign stands before the number, no dash between words.
func (p *pass) negative(i int) bool {
	at := p.toks[i].from
	return at > 0 && p.f.Text[at-1] == '-' && (at == 1 || strings.ContainsAny(p.f.Text[at-2:at-1], " :,"))
}

// measured is a quantity in the units of the code list: as said where the list
// has that unit (公斤, 米), otherwise in the base unit.
func (p *pass) measured(i int) (qty, unit string, f Flags, ok bool) {
	t := &p.toks[i]
	if t.kind != amount {
		return "", "", f, false
	}
	q := &t.q
	f.Approx = q.Approx || q.Ambiguous || p.loosely(i)
	v, said := q.Value, p.f.Text[t.from:t.to]
	switch q.Dim {
	case zh.Area:
		unit = "亩"
	case zh.Floor:
		unit = "㎡"
	case zh.Length:
		unit = "公里"
		if strings.HasSuffix(said, "米") && !strings.HasSuffix(said, "千米") {
			unit, v = "米", v*1000
		}
	case zh.Weight:
		unit = "斤"
		switch {
		case strings.HasSuffix(said, "公斤"), strings.HasSuffix(said, "千克"), strings.HasSuffix(said, "KG"):
			unit, v = "公斤", v/2
		case strings.HasSuffix(said, "吨"):
			unit, v = "吨", v/2000
		}
	case zh.Months:
		unit = "月"
	case zh.Count:
		unit = q.Unit
	default:
		return "", "", f, false
	}
	return v.String(), p.r.lex.units[unit], f, v > 0
}

// rawUnit is the sign a count was said with: 口 for people and for wells.
func (p *pass) rawUnit(i int) string {
	t := &p.toks[i]
	return strings.TrimLeft(p.f.Text[t.from:t.to], "0123456789.一二两三四五六七八九十百千半几")
}
