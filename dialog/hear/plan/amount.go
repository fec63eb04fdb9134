package plan

import (
	"slices"
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

// times multiplies a rate into the sum of a year: 每人月210 for three people,
// 每月800 for twelve months, 每头2000 for two. ok is false when the base of the
// rate was not said.
func (p *pass) times(i int, v zh.Dec) (sum zh.Dec, worked, ok bool) {
	sum, ok = v, true
	for _, per := range strings.Split(p.per(i), "·") {
		var n zh.Dec
		switch per {
		case "", "年":
			continue
		case "月", "个月":
			n = zh.Whole(12)
			if m := p.countOf(i, zh.Months, ""); m > 0 {
				n = m
			}
		case "学期":
			n = zh.Whole(2)
		case "季度", "季":
			n = zh.Whole(4)
		case "天", "日":
			n = p.countOf(i, zh.Days, "")
		case "亩":
			n = p.countOf(i, zh.Area, "")
		case "斤", "公斤", "吨":
			n = p.countOf(i, zh.Weight, "") / map[string]zh.Dec{"斤": 1, "公斤": 2, "吨": 2000}[per]
		case "平方米", "平米", "平方", "平":
			n = p.countOf(i, zh.Floor, "")
		case "立方", "方":
			n = p.countOf(i, zh.Volume, "")
		case "米", "公里":
			n = p.countOf(i, zh.Length, "") * map[string]zh.Dec{"米": 1000, "公里": 1}[per]
		default:
			n = p.countOf(i, zh.Count, per)
		}
		if n <= 0 || n > zh.Whole(100000) || sum > zh.Whole(1000000000) {
			return v, false, false
		}
		sum, worked = product(sum, n), worked || n > zh.One
	}
	return sum, worked, ok
}

// product is a × b; both are bounded by the caller.
func product(a, b zh.Dec) zh.Dec { return a/zh.One*b + a%zh.One*b/zh.One }

// per is the base of the rate in token i: its own, or the one that stands
// before it with other words between: 一头补2000, 每头增收3000, 一个月补800, 人均增收
// 1500.
func (p *pass) per(i int) string {
	q := &p.toks[i].q
	if q.Per != "" {
		if q.Per == "月" && p.one(i-1) && p.toks[i-1].q.Dim == zh.Count && !items[p.toks[i-1].q.Unit] { // 一个人一个月210
			return p.toks[i-1].q.Unit + "·月"
		}
		return q.Per
	}
	if (q.Dim == zh.Money || q.Dim == zh.Plain && q.Value >= zh.Whole(100)) && i+1 < len(p.toks) && p.toks[i+1].kind == amount && p.toks[i+1].q.Per == "" && strings.HasPrefix(p.text(i+1, i+2), "一") { // 270块一个人, 两块钱一公斤
		switch next := &p.toks[i+1].q; {
		case next.Dim == zh.Count && next.Value == zh.One && !items[next.Unit]:
			return next.Unit
		case next.Dim == zh.Weight, next.Dim == zh.Length:
			if unit := strings.TrimPrefix(p.text(i+1, i+2), "一"); slices.Contains(rates, unit) {
				return unit
			}
		}
	}
	from := i
	for from > 0 && p.toks[from-1].kind != mark && p.toks[from-1].kind != date {
		from--
		t := &p.toks[from]
		if t.kind != amount {
			continue
		}
		text := p.text(from, from+1)
		one := t.q.Value == zh.One && (strings.HasPrefix(text, "一") || strings.HasPrefix(text, "每")) || (t.q.Dim == zh.Weight || t.q.Dim == zh.Length) && slices.Contains(rates, strings.TrimPrefix(text, "一"))
		switch {
		case !one:
		case t.q.Dim == zh.Count && t.q.Unit == "次":
			return ""
		case t.q.Dim == zh.Count && (items[t.q.Unit] && !p.countedBy(t.q.Unit, from) || p.sourcedBetween(from, i)):
			return ""
		case t.q.Dim == zh.Count:
			if from > 0 && p.toks[from-1].kind == amount && p.toks[from-1].q.Dim == zh.Months && strings.HasPrefix(p.text(from-1, from), "一") { // 一个月一个人
				return t.q.Unit + "·月"
			}
			return t.q.Unit
		case t.q.Dim == zh.Area:
			return "亩"
		case t.q.Dim == zh.Months:
			if p.one(from-1) && p.toks[from-1].q.Dim == zh.Count && !items[p.toks[from-1].q.Unit] { // 一个人一个月
				return p.toks[from-1].q.Unit + "·月"
			}
			return "月"
		case t.q.Dim == zh.Days:
			return "天"
		case t.q.Dim == zh.Weight, t.q.Dim == zh.Length:
			return strings.TrimPrefix(text, "一")
		}
		if !one {
			from++
			break
		}
		return ""
	}
	s := p.f.Text[p.toks[from].from:p.toks[i].from]
	if at := strings.LastIndex(s, "每"); at >= 0 {
		unit := strings.TrimPrefix(strings.TrimPrefix(s[at+len("每"):], "一"), "个")
		for _, u := range rates {
			if strings.HasPrefix(unit, u) {
				return p.eachBefore(s[:at]) + u
			}
		}
	}
	if strings.Contains(s, "月收入") || strings.Contains(s, "月工资") {
		return "月"
	}
	for _, u := range []string{"人均", "户均", "亩均", "月均", "亩产"} {
		if strings.Contains(s, u) {
			return strings.TrimSuffix(strings.TrimSuffix(u, "均"), "产")
		}
	}
	return ""
}

// eachBefore is the base in front of another: 每人每年 is 人·.
func (p *pass) eachBefore(s string) string {
	for _, u := range rates {
		if strings.HasSuffix(s, "每"+u) || strings.HasSuffix(s, "每个"+u) {
			return u + "·"
		}
	}
	return ""
}

// one: token i is one of something: 一个人, 每户.
func (p *pass) one(i int) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].kind == amount && p.toks[i].q.Value == zh.One && (strings.HasPrefix(p.text(i, i+1), "一") || strings.HasPrefix(p.text(i, i+1), "每"))
}

// countedBy: several were counted with a loose unit: 架子牛两条，一条一万二.
func (p *pass) countedBy(unit string, except int) bool {
	for i := range p.toks {
		if t := &p.toks[i]; i != except && unit != "" && t.kind == amount && t.q.Dim == zh.Count && t.q.Unit == unit && t.q.Value > zh.One && (p.beside(i, 0, len(p.toks)) != nil || i > 0 && p.toks[i-1].word != nil && p.toks[i-1].word.works != "") {
			return true
		}
	}
	return false
}

// sourcedBetween: money is named between the one and the sum, or what the one
// brings (一头小牛增收六千): no rate.
func (p *pass) sourcedBetween(from, to int) bool {
	return p.find(piece{from: from, to: to}, func(t *tok) bool {
		return t.word != nil && (t.word.source != "" || t.word.dept != "" || strings.Contains(t.word.text, "增"))
	}) >= 0
}

// rates are the bases that can stand behind 每 without a number.
var rates = []string{"头", "只", "羽", "匹", "箱", "窝", "亩", "棵", "株", "人", "月", "个月", "户", "尾", "年", "学期", "季度", "季", "天", "公斤", "斤", "吨", "米", "公里", "口", "名", "座", "盏", "套", "样", "间", "台", "平方米", "平米", "平方", "平", "立方", "方"}

// takenBack: what token i counts was said not to be so: 不是山羊二十只.
func (p *pass) takenBack(i int) bool {
	if len(p.unread) == 0 {
		return false
	}
	at := p.span(i, i+1)
	return slices.ContainsFunc(p.unread, func(u Unread) bool { return u.Why == WhyDenied && u.Start <= at.Start && u.End >= at.End })
}

// countOf is how many of a unit the text names, 0 when it does not.
func (p *pass) countOf(except int, dim zh.Dim, unit string) zh.Dec {
	for i := range p.toks {
		t := &p.toks[i]
		base := (t.q.Value == zh.One || t.q.Dim == zh.Weight || t.q.Dim == zh.Length) && strings.HasPrefix(p.f.Text[t.from:t.to], "一") && (i+1 == except || i == except+1 || i+2 <= except && p.toks[i+1].kind != mark) // 一头补2000
		if t.kind == amount && i != except && !base && !p.takenBack(i) && t.q.Dim == dim && (unit == "" || t.q.Unit == unit || unit == "名" && t.q.Unit == "人") && t.q.Value < zh.Whole(100000) && (t.q.Per == "" || dim == zh.Months && t.q.Per == "年") {
			p.used[i] = true
			if dim == zh.Weight && p.per(i) != "" { // 一窝割10斤蜜，每斤卖60
				if sum, _, ok := p.times(i, t.q.Value); ok {
					return sum
				}
			}
			return t.q.Value
		}
	}
	switch {
	case unit == "户":
		return zh.One
	case (unit == "人" || unit == "名") && p.forWhom > 1: // the members it is for
		return zh.Whole(p.forWhom)
	}
	return 0
}
