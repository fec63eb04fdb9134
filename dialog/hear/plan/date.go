package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// dateEnd is the end of the date that begins at byte i, i when there is none,
// and the date as it reads without a lean.
// Its parts stand together: 明年|五月底前, 2018年|三季度, 三个月|内.
func (p *pass) dateEnd(i, next int, w *word) (int, zh.Date) {
	end := p.dateHead(i, next, w)
	if end == i {
		return i, zh.Date{}
	}
	s, longest, on := p.f.Text, i, zh.Date{}
	for {
		if d, problem := zh.ReadDate(s[i:end], p.c.Now); problem == zh.DateOK || problem != zh.DateUnread && !strings.HasSuffix(s[i:end], "年") {
			longest, on = end, d
			if problem != zh.DateOK {
				on = zh.Date{}
			}
		}
		for next < len(p.qs) && p.qs[next].Start < end {
			next++
		}
		more := 0
		if next < len(p.qs) && p.qs[next].Start == end && calendar(&p.qs[next]) {
			more = p.qs[next].End - end
		} else if w := p.r.lex.words.Find(s[end:], len(s)-end); w.is(whentail | when) {
			more = len(w.text)
		}
		if more == 0 || end-i > 60 {
			return longest, on
		}
		end += more
	}
}

// dateHead is the end of the first part of a date.
func (p *pass) dateHead(i, next int, w *word) int {
	if next < len(p.qs) && p.qs[next].Start == i {
		q := &p.qs[next]
		if calendar(q) && (w == nil || len(w.text) <= q.End-i) {
			return q.End
		}
		if q.Dim == zh.Months || q.Dim == zh.Days || q.Dim == zh.Years {
			if t := p.r.lex.words.Find(p.f.Text[q.End:], len(p.f.Text)-q.End); t.is(whentail) && !strings.HasPrefix(t.text, "年") {
				return q.End
			}
		}
		if w == nil || !w.is(when) {
			return i
		}
	}
	if w.is(when) {
		return i + len(w.text)
	}
	return i
}

func calendar(q *zh.Quantity) bool {
	return q.Dim == zh.Calendar || q.Dim == zh.Ordinal && strings.HasSuffix(q.Unit, "季度")
}

// neverIs reports whether token i is a day that no calendar has: 2月30日.
func (p *pass) neverIs(i int) bool {
	_, problem := zh.ReadDate(p.f.Text[p.toks[i].from:p.toks[i].to], p.c.Now)
	return problem == zh.DateImpossible
}

// dateOf reads a date token. A month without a year is the next one within the
// programme, or the one after the date before it in the same text; ok is false
// when no year fits.
func (p *pass) dateOf(i int, lean zh.Lean, after zh.Date) (d zh.Date, ok bool) {
	text := p.f.Text[p.toks[i].from:p.toks[i].to]
	d, problem := zh.ReadDateLean(text, p.c.Now, lean)
	if problem != zh.DateOK {
		return d, false
	}
	if y := p.toks[i].year; y > 0 {
		d.Year, d.Relative = y, true
		return d, true
	}
	if lean == zh.Past || !yearless(text) {
		return d, true
	}
	if after.Precision != zh.NoDate {
		if d.Precision == zh.Day && after.Precision >= zh.Month && !strings.Contains(text, "月") && strings.ContainsAny(text, "日号") { // 10月15号到20号
			d.Month = after.Month
			if after.Precision == zh.Day && d.Day < after.Day {
				d.Month++
			}
			d.Year, d.Relative = after.Year+(d.Month-1)/12, true
			d.Month = (d.Month-1)%12 + 1
			return d, true
		}
		year := after.Year
		if d.Precision != zh.Year && d.Month < after.Month {
			year++
		}
		d.Year, d.Relative = year, true
		return d, true
	}
	if len(p.c.Years) == 1 {
		if y, err := strconv.Atoi(p.c.Years[0]); err == nil {
			d.Year, d.Relative = y, true
			return d, true
		}
	}
	if p.c.First > 0 && d.Year < p.c.First {
		d.Year = p.c.First
	}
	return d, p.c.Last == 0 || d.Year <= p.c.Last
}

// yearless: only a month, a quarter or a day was said.
func yearless(text string) bool {
	if strings.Contains(text, "年") {
		return strings.HasPrefix(text, "年") || strings.HasPrefix(text, "上半年") || strings.HasPrefix(text, "下半年")
	}
	for _, w := range []string{"下个月", "上个月", "下月", "上月", "本月", "这个月", "今", "明", "后", "昨", "前天", "即", "现", "本", "月", "下周", "上周", "大前"} {
		if strings.HasPrefix(text, w) {
			return false
		}
	}
	digits := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	return digits < 5
}

// yearOf reads a year said in a token: a date, or a bare 18 or 2018 within the
// programme.
func (p *pass) yearOf(i int) (string, bool) {
	t := &p.toks[i]
	switch t.kind {
	case date:
		if yearless(p.f.Text[t.from:t.to]) {
			return "", false
		}
		return strconv.Itoa(t.on.Year), t.on.Precision != zh.NoDate
	case amount:
		return p.bareYear(t)
	}
	return "", false
}

// bareYear reads 19 or 2019 when it is a year of the programme.
func (p *pass) bareYear(t *tok) (string, bool) {
	text := p.f.Text[t.from:t.to]
	if t.q.Dim == zh.Years {
		text = strings.TrimSuffix(text, "年") // 18年以工代赈: no duration
	} else if t.q.Dim != zh.Plain {
		return "", false
	}
	if t.q.Dim == zh.Years && p.spans(t.from) {
		return "", false
	}
	n, whole := t.q.Value.Int()
	if !whole || t.q.Per != "" || t.q.Approx || strings.TrimLeft(text, "0123456789") != "" {
		return "", false
	}
	if n < 100 && p.c.First > 0 {
		n += p.c.First / 100 * 100
	}
	if n < p.c.First || n > p.c.Last || p.c.First == 0 {
		return "", false
	}
	return strconv.Itoa(n), true
}

// spans: the words before a number of years tell that it is a span: 已经20年, 交满20年.
func (p *pass) spans(at int) bool {
	return slices.ContainsFunc(p.r.lex.lists["spans"], func(w string) bool { return strings.HasSuffix(strings.TrimRight(p.f.Text[:at], " "), w) })
}

// doubted is the year that may be a span, "" when there is none: 20年 at the end of
// a piece, with no other year said in digits.
func (p *pass) doubted() string {
	const short = "20年"
	if !strings.Contains(p.f.Text, short) {
		return ""
	}
	for at, r := range p.f.Text {
		if r == '年' && at > 0 && digit(p.f.Text[at-1]) && !strings.HasSuffix(p.f.Text[:at+len("年")], short) {
			return ""
		}
	}
	for i := range p.toks {
		if y, ok := p.yearOf(i); ok && p.text(i, i+1) == short && (i+1 == len(p.toks) || p.toks[i+1].kind == mark) {
			return y
		}
	}
	return ""
}

// outside: the programme neither begins as late nor lasts as long.
func (p *pass) outside(year int) bool {
	return p.c.First > 0 && year > 0 && (year < p.c.First || year > p.c.Last)
}

// yearRange reads 18到20年每年 as its years; each tells whether 每年 was said.
func (p *pass) yearRange(i int) (years []string, each bool) {
	t := &p.toks[i]
	if t.kind != amount || t.q.Dim != zh.Years && (t.q.Dim != zh.Plain || p.outside(p.c.First/100*100+int(t.q.Value/zh.One)%100)) || !t.q.Approx { // 18到20
		return nil, false
	}
	text, _, _ := strings.Cut(p.f.Text[t.from:t.to], "年")
	at := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune("到至-—~–", r) })
	if at < 0 {
		return nil, false
	}
	a, okA := zh.ReadYear(text[:at], p.c.Now)
	b, okB := zh.ReadYear(strings.TrimLeft(text[at:], "到至-—~–"), p.c.Now)
	if !okA || !okB || b < a || b-a > 20 {
		return nil, false
	}
	for y := a; y <= b; y++ {
		years = append(years, strconv.Itoa(y))
	}
	return years, t.q.Per == "年"
}

// relative reports whether a date must be read back.
func relative(d zh.Date) Flags { return Flags{Relative: d.Relative, Approx: d.Approx} }
