package hear

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// dims are the dimensions a kind of field takes, its own first; a bare number
// fits all of them.
var dims = map[models.Kind][]zh.Dim{
	models.KindMoney:  {zh.Money},
	models.KindArea:   {zh.Area},
	models.KindFloor:  {zh.Floor},
	models.KindKm:     {zh.Length},
	models.KindMonths: {zh.Months, zh.Years},
	models.KindInt:    {zh.Count},
	models.KindYear:   {zh.Calendar},
}

// limits bound what a kind can be; beyond them a value is impossible. They are
// far above what a household has: the rules (domain.md §4 F15) warn earlier.
var limits = map[models.Kind]zh.Dec{
	models.KindMoney: zh.Whole(10_000_000),
	models.KindArea:  zh.Whole(5_000),
	models.KindFloor: zh.Whole(5_000),
	models.KindKm:    zh.Whole(300),
	models.KindInt:   zh.Whole(100_000),
}

func numeric(k models.Kind) bool { _, ok := limits[k]; return ok || k == models.KindMonths }

// own reports whether token i is a quantity of exactly the field's dimension.
func (p *pass) own(i int, k models.Kind) bool {
	t := &p.toks[i]
	if t.kind == date {
		return k == models.KindDate || k == models.KindYear
	}
	if t.kind != amount {
		return false
	}
	for _, d := range dims[k] {
		if t.q.Dim == d {
			return true
		}
	}
	return k == models.KindDate && t.q.Dim == zh.Calendar
}

// fits reports whether token i can be a value of the field at all.
func (p *pass) fits(i int, k models.Kind) bool {
	t := &p.toks[i]
	if p.oddUnit(i) {
		return false
	}
	return p.own(i, k) || t.kind == amount && t.q.Dim == zh.Plain && (numeric(k) || k == models.KindYear) ||
		k == models.KindYear && t.kind == date
}

// oddUnits are measures of land that differ from place to place: 三工, 两箩, 一背. What they
// are in 亩 only the cadre knows.
const oddUnits = "工箩升背斗挑丘墒架片坵担"

// oddUnit: one of these stands right behind the bare number in token i.
func (p *pass) oddUnit(i int) bool {
	t := &p.toks[i]
	if t.kind != amount || t.q.Dim != zh.Plain || i+1 >= len(p.toks) || p.toks[i+1].gap || p.toks[i+1].kind != raw {
		return false
	}
	return strings.ContainsRune(oddUnits, firstRune(p.Text[p.toks[i+1].s:]))
}

// number is the canonical text of a quantity for a kind of field; why is set
// when it cannot be one.
func number(q zh.Quantity, k models.Kind) (text string, o opt, why string) {
	v := q.Value
	if q.Dim == zh.Years && k == models.KindMonths {
		v *= 12
	}
	if q.Approx || q.Ambiguous {
		o |= approx
	}
	top := limits[k]
	if k == models.KindMonths {
		top = zh.Whole(12)
		if n, whole := v.Int(); whole && n >= 0 && v <= top {
			return strconv.Itoa(n), o, ""
		}
		if v > 0 && v < top {
			return v.Round().String(), o | approx, ""
		}
		return "", o, WhyImpossible
	}
	if v < 0 || top > 0 && v > top {
		return "", o, WhyImpossible
	}
	return hundredths(v), o, ""
}

// hundredths rounds to the two decimals that records keep.
func hundredths(v zh.Dec) string { return ((v + 50) / 100 * 100).String() }

// assign makes a fact of the quantity or date in token i for a path, spoken of
// by the tokens from to to; an impossible value becomes unread.
func (p *pass) assign(from, to, i int, path string, o opt) {
	f := fieldOf(path)
	t := &p.toks[i]
	var text, why string
	var more opt
	switch f.Kind {
	case models.KindDate:
		text, more, why = p.dateText(i)
	case models.KindYear:
		text, more, why = p.yearText(i)
	default:
		text, more, why = number(t.q, f.Kind)
	}
	if why != "" {
		p.unread(from, to, why, p.guessAt(from, to, path))
		return
	}
	p.put(from, to, path, text, o|more)
}

func (p *pass) dateText(i int) (string, opt, string) {
	t := &p.toks[i]
	d, problem := t.date, zh.DateOK
	if t.kind != date {
		d, problem = zh.ReadDateLean(p.Text[t.s:t.e], p.c.Now, zh.Past)
	}
	if problem != zh.DateOK || d.First().After(p.c.Now) && !p.c.Now.IsZero() {
		return "", 0, WhyImpossible
	}
	return d.String(), dateOpt(d), ""
}

func dateOpt(d zh.Date) opt {
	var o opt
	if d.Approx {
		o |= approx
	}
	if d.Relative {
		o |= relative
	}
	return o
}

func (p *pass) yearText(i int) (string, opt, string) {
	t := &p.toks[i]
	y, ok := zh.ReadYear(p.Text[t.s:t.e], p.c.Now)
	o := opt(0)
	if t.kind == date {
		y, ok, o = t.date.Year, t.date.Year > 0, dateOpt(t.date)
	}
	if !ok || y < 1949 || y > p.c.Now.Year() {
		return "", 0, WhyImpossible
	}
	return strconv.Itoa(y), o, ""
}

// per reports the unit a rate is for: "年", "月", "人", "人·月" …; from the
// quantity itself, or from 一个月 and 每人 just before it.
func (p *pass) per(i int) string {
	per := p.toks[i].q.Per
	before := p.Text[:p.toks[i].s]
	for _, said := range []string{"一个季度", "每个季度", "每季度", "一季度", "一季", "每季"} {
		if strings.HasSuffix(strings.TrimRight(before, " 是发领有得了"), said) || strings.HasPrefix(p.Text[p.toks[i].e:], said) {
			per += "季"
			break
		}
	}
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		t := &p.toks[j]
		switch {
		case t.kind == amount && t.q.Value == zh.One && t.q.Dim == zh.Months:
			per += "月"
		case t.kind == amount && t.q.Value == zh.One && t.q.Dim == zh.Years:
			per += "年"
		case j == i-1 && i > 1 && p.isPeople(j) && t.q.Value == zh.One && (p.toks[i-2].is(rate|label) || p.toks[i-2].kind == amount && p.toks[i-2].q.Dim == zh.Months):
			per += "人" // 一个月一个人220
		case t.is(rate):
			per += strings.NewReplacer("每", "", "个", "", "一", "", "均", "").Replace(t.word.text)
		case t.is(set) && t.word.says("member.on_dibao") != nil:
			continue
		case t.is(fill|earn|sell|work) || t.kind == amount && t.q.Dim == zh.Count:
			switch t.word.said() {
			case "每年", "一年":
				per += "年"
			}
			continue
		default:
			if s := p.Text[t.s:t.e]; t.kind == raw && strings.Contains("每人每月每年", s) {
				per += strings.ReplaceAll(s, "每", "")
				p.toks[j].use = max(p.toks[j].use, helped)
				continue
			}
			return per
		}
		p.toks[j].use = max(p.toks[j].use, helped)
	}
	return per
}

func (w *word) said() string {
	if w == nil {
		return ""
	}
	return w.text
}

// isPeople: 三口, 两个人.
func (p *pass) isPeople(i int) bool {
	t := &p.toks[i]
	if t.kind != amount || t.q.Dim != zh.Count {
		return false
	}
	switch t.q.Unit {
	case "人", "口", "名", "位", "个":
		return true
	}
	return false
}

// nearly lets 不到, 将近 and the like before or after an amount make it an
// approximate one.
func (p *pass) nearly() {
	for i := range p.toks {
		t := &p.toks[i]
		if !t.is(about) {
			continue
		}
		for _, j := range [...]int{i + 1, i - 1} {
			if j >= 0 && j < len(p.toks) && p.toks[j].kind == amount && (j > i || !t.gap) {
				p.toks[j].q.Approx = true
				t.use = helped
				break
			}
		}
	}
}
