package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// times multiplies a rate into the sum of a year: 每人月210 for three people,
// 每月800 for twelve months, 每头2000 for two. ok is false when the base of the
// rate was not said.
func (p *pass) times(i int, v zh.Dec) (sum zh.Dec, worked, ok bool) {
	sum, ok, p.assumed = v, true, false
	for _, per := range strings.Split(p.per(i), "·") {
		var n zh.Dec
		switch per {
		case "", "年":
			continue
		case "月", "个月":
			n = p.countOf(i, zh.Months, "")
			if n <= 0 {
				n, p.assumed = zh.Whole(12), true
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
// 1500; or behind it: 270块一个人.
func (p *pass) per(i int) string {
	q := &p.toks[i].q
	if q.Per != "" {
		if q.Per == "月" && p.oneCounted(i-1) { // 一个人一个月210
			return p.toks[i-1].q.Unit + "·月"
		}
		return q.Per
	}
	if unit := p.perBehind(i); unit != "" {
		return unit
	}
	from := i
	for from > 0 && p.toks[from-1].kind != mark && p.toks[from-1].kind != date {
		from--
		if p.toks[from].kind != amount {
			continue
		}
		if unit, one := p.oneOf(from, i); one {
			return unit
		}
		from++
		break
	}
	return p.perWord(p.f.Text[p.toks[from].from:p.toks[i].from])
}

// perBehind is the base that stands behind the sum in token i: 270块一个人, 两块钱一公斤.
func (p *pass) perBehind(i int) string {
	q := &p.toks[i].q
	if q.Dim != zh.Money && (q.Dim != zh.Plain || q.Value < zh.Whole(100)) || i+1 >= len(p.toks) || p.toks[i+1].kind != amount || p.toks[i+1].q.Per != "" {
		return ""
	}
	unit, one := strings.CutPrefix(p.text(i+1, i+2), "一")
	switch next := &p.toks[i+1].q; {
	case !one:
	case next.Dim == zh.Count && next.Value == zh.One && !items[next.Unit]:
		return next.Unit
	case (next.Dim == zh.Weight || next.Dim == zh.Length) && slices.Contains(rates, unit):
		return unit
	}
	return ""
}

// oneOf is the base that the one in token at makes for the sum in token i; one is
// false when it is no one of anything.
func (p *pass) oneOf(at, i int) (unit string, one bool) {
	t, text := &p.toks[at], p.text(at, at+1)
	weighed := (t.q.Dim == zh.Weight || t.q.Dim == zh.Length) && slices.Contains(rates, strings.TrimPrefix(text, "一"))
	if !p.one(at) && !weighed {
		return "", false
	}
	switch t.q.Dim {
	case zh.Count:
		switch {
		case t.q.Unit == "次", items[t.q.Unit] && !p.countedBy(t.q.Unit, at), p.sourcedBetween(at, i):
			return "", true
		case p.one(at-1) && p.toks[at-1].q.Dim == zh.Months: // 一个月一个人
			return t.q.Unit + "·月", true
		}
		return t.q.Unit, true
	case zh.Area:
		return "亩", true
	case zh.Months:
		if p.oneCounted(at - 1) { // 一个人一个月
			return p.toks[at-1].q.Unit + "·月", true
		}
		return "月", true
	case zh.Days:
		return "天", true
	case zh.Weight, zh.Length:
		return strings.TrimPrefix(text, "一"), true
	}
	return "", true
}

// perWord is the base that words before a sum name: 每头, 人均, 月工资.
func (p *pass) perWord(s string) string {
	if at := strings.LastIndex(s, "每"); at >= 0 {
		unit := strings.TrimPrefix(strings.TrimPrefix(s[at+len("每"):], "一"), "个")
		for _, u := range rates {
			if strings.HasPrefix(unit, u) {
				return p.eachBefore(s[:at]) + u
			}
		}
	}
	if p.r.lex.holds("personal", s) {
		return "人"
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

// oneCounted: token i is one person, one head, nothing like 一个.
func (p *pass) oneCounted(i int) bool {
	return p.one(i) && p.toks[i].q.Dim == zh.Count && !items[p.toks[i].q.Unit]
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
