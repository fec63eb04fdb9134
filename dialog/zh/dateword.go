package zh

import "time"

// dayWords are days relative to today.
var dayWords = []struct {
	word string
	days int
}{
	{"大后天", 3}, {"外后天", 3}, {"后天", 2}, {"后日", 2}, {"明天", 1}, {"明日", 1}, {"明早", 1}, {"大前天", -3}, {"前天", -2}, {"前日", -2}, {"昨天", -1}, {"昨日", -1}, {"昨晚上", -1}, {"昨晚", -1}, {"昨夜", -1}, {"前晚上", -2}, {"前晚", -2}, {"今早上", 0},
	{"今天", 0}, {"今日", 0}, {"今早", 0}, {"今晚", 0}, {"当天", 0}, {"当日", 0}, {"即日", 0}, {"现在", 0}, {"刚才", 0}, {"刚刚", 0}, {"马上", 0}, {"立即", 0}, {"目前", 0}, {"今", 0},
}

// named reads 今天, 开学, 大春.
func (p *dateParser) named() (Date, DateProblem, bool) {
	for _, w := range dayWords {
		if p.eat(w.word) {
			if w.word == "今" && !p.done() {
				break
			}
			d := DateOf(p.now.AddDate(0, 0, w.days))
			d.Relative = true
			p.eat("早上", "上午", "中午", "下午", "晚上")
			d, problem := p.bound(d)
			return d, problem, problem != DateUnread
		}
	}
	p.i = 0
	y, said := p.relativeYear()
	if !said {
		y, said = p.yearNumber()
	}
	if d, ok := p.season(y, said); ok {
		d, problem := p.bound(d)
		return d, problem, problem != DateUnread
	}
	return Date{}, DateUnread, false
}

// season reads 开学, 大春, 小春, which have a month but no day of their own.
func (p *dateParser) season(y int, said bool) (Date, bool) {
	if !said {
		y = p.today.Year
	}
	d := Date{Year: y, Relative: true}
	switch {
	case p.eat("开学"), p.eat("新学期"), p.eat("春季学期", "春季开学"), p.eat("秋季学期", "秋季开学"):
		d.Month, d.Day, d.Precision = 9, 1, Day
		spring, autumn := hasAt(p.r, p.i-4, "春季"), hasAt(p.r, p.i-4, "秋季")
		if spring {
			d.Month = 3
		} else if !said && !autumn {
			switch m := p.today.Month; {
			case m < 3 || m == 3 && p.today.Day == 1:
				d.Month = 3
			case m > 9 || m == 9 && p.today.Day > 1:
				d.Year, d.Month = y+1, 3
			}
		}
	case p.eat("大春"):
		d.Month, d.Precision, d.Approx = 10, Month, true
		if !said && p.lean == Future && p.today.Month > 10 {
			d.Year++
		}
	case p.eat("小春"):
		d.Month, d.Precision, d.Approx = 4, Month, true
		if !said && p.today.Month > 4 && p.lean != Past {
			d.Year++
		}
	default:
		return d, false
	}
	return d, true
}

// shift reads a distance from today: 半个月后, 三个月内, 10天以后, 两年前, 过两天.
func (p *dateParser) shift() (Date, DateProblem, bool) {
	ahead := p.eat("再过", "过", "再等", "未来", "接下来")
	f, ok := measuredAt(p.r, p.i, Months)
	if !ok || f.bare || f.dim != Months && f.dim != Days && f.dim != Years || sign(p.r, f.end-1) == '月' && sign(p.r, f.start) != '半' && endsAt(p.r, f.end, "个月", "半月", "整月", "多月", "把月") == 0 {
		return Date{}, DateUnread, false
	}
	p.i = f.end
	sign := 1
	d := Date{Relative: true, Approx: f.approx || f.v.lo != f.v.hi}
	switch {
	case p.eat("内", "以内", "之内", "里"):
		d.Before = true
	case p.eat("后", "之后", "以后", "过后"):
	case p.eat("前", "之前", "以前"):
		sign = -1
	case ahead:
	default:
		return Date{}, DateUnread, false
	}
	return p.shifted(d, f, sign)
}

// shifted moves today by f and keeps no more precision than was said.
func (p *dateParser) shifted(d Date, f found, sign int) (Date, DateProblem, bool) {
	if f.v.mid > 2000*One || !p.done() && !p.eat("前") {
		return Date{}, DateUnread, false
	}
	n, whole := f.v.mid.Int()
	at := p.now
	switch {
	case f.dim == Days:
		at = at.AddDate(0, 0, sign*n)
	case f.dim == Years && whole:
		at = addMonths(at, sign*n*12)
	case f.dim == Months && whole:
		at = addMonths(at, sign*n)
	default:
		days := int(f.v.mid * 30 / One)
		if f.dim == Years {
			days = int(f.v.mid * 365 / One)
		}
		at, d.Approx = at.AddDate(0, 0, sign*days), true
	}
	day := DateOf(at)
	d.Year, d.Month, d.Day, d.Precision = day.Year, day.Month, day.Day, Day
	if sign < 0 && f.dim == Years {
		d.Month, d.Day, d.Precision = 0, 0, Year
	}
	return d, DateOK, true
}

// addMonths moves t by months and stays within the month that is reached.
func addMonths(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(d, daysIn(first.Year(), int(first.Month())))-1)
}

// week reads 下周五, 这个星期天, 周三, 上周.
func (p *dateParser) week() (Date, DateProblem, bool) {
	weeks, named := 0, true
	switch {
	case p.eat("下下周", "下下个星期", "下下个周"):
		weeks = 2
	case p.eat("下周", "下个星期", "下星期", "下个周", "下礼拜", "下个礼拜"):
		weeks = 1
	case p.eat("上上周", "上上个星期"):
		weeks = -2
	case p.eat("上周", "上个星期", "上星期", "上个周", "上礼拜", "上个礼拜"):
		weeks = -1
	case p.eat("这周", "本周", "这个星期", "这星期", "这个周", "本星期", "这礼拜", "这个礼拜"):
	case p.eat("周", "星期", "礼拜"):
		named = false
	default:
		return Date{}, DateUnread, false
	}
	monday := p.now.AddDate(0, 0, -(int(p.now.Weekday())+6)%7+7*weeks)
	day, approx := 4, true
	switch {
	case p.eat("末"):
		day, approx = 6, false
	case p.eat("天", "日"):
		day, approx = 6, false
	default:
		if n, ok := p.number(1, 7); ok {
			day, approx = n-1, false
		} else if !named {
			return Date{}, DateUnread, false
		}
	}
	at := monday.AddDate(0, 0, day)
	if !named && p.lean == Future && DateOf(at).First().Before(p.today.First()) {
		at = at.AddDate(0, 0, 7)
	} else if !named && p.lean == Past && DateOf(at).First().After(p.today.First()) {
		at = at.AddDate(0, 0, -7)
	}
	d := DateOf(at)
	d.Relative, d.Approx = true, approx
	d, problem := p.bound(d)
	return d, problem, problem != DateUnread
}

// relativeYear reads 今年, 明年, 去年, 前年, 大前年.
func (p *dateParser) relativeYear() (int, bool) {
	for _, w := range []struct {
		word  string
		years int
	}{{"大前年", -3}, {"大后年", 3}, {"后年", 2}, {"前年", -2}, {"去年", -1}, {"上年", -1}, {"头年", -1}, {"昨年", -1}, {"旧年", -1}, {"明年", 1}, {"来年", 1}, {"下年", 1}, {"翌年", 1}, {"翻过年", 1}, {"翻年", 1}, {"今年", 0}, {"本年度", 0}, {"本年", 0}, {"当年", 0}, {"这年", 0}, {"今年度", 0}, {"去年度", -1}, {"上一年", -1}, {"下一年", 1}} {
		if p.eat(w.word) {
			p.eat("的")
			return p.today.Year + w.years, true
		}
	}
	return 0, false
}

// yearNumber reads 2018年, 18年, 一九七二年, 七二年, 二〇一九 (alone).
func (p *dateParser) yearNumber() (int, bool) {
	n, ok := yearAt(p.r, p.i)
	if !ok {
		return p.spokenYear()
	}
	end, y := n.end, int(n.v.mid/One)
	if sign(p.r, end) == '年' {
		end++
		end += anyAt(p.r, end, "度")
	} else if n.signs != 4 {
		return 0, false
	}
	p.i = end + anyAt(p.r, end, "的")
	if n.signs == 2 {
		y = p.century(y)
	}
	return y, true
}

// spokenYear reads 十九年, which is 2019 as a date and nineteen years otherwise: it
// must be read back.
func (p *dateParser) spokenYear() (int, bool) {
	n, ok := numeralAt(p.r, p.i)
	y, whole := n.v.mid.Int()
	if !ok || n.approx || !whole || y < 11 || y > 99 || sign(p.r, n.end) != '年' {
		return 0, false
	}
	p.i = n.end + 1 + anyAt(p.r, n.end+1, "度")
	p.i += anyAt(p.r, p.i, "的")
	p.spoken = true
	return p.century(y), true
}

// yearAt reads two or four digits that can be a year.
func yearAt(r []rune, i int) (numeral, bool) {
	if isDigit(sign(r, i)) {
		end := digitsEnd(r, i)
		v := numberOf(r[i:end])
		n := numeral{v: exact(Whole(v)), end: end, signs: end - i}
		return n, n.signs == 2 || n.signs == 4 && v >= 1800 && v <= 2200
	}
	size := digitRun(r, i)
	if size != 2 && size != 4 {
		return numeral{}, false
	}
	v := 0
	for _, c := range r[i : i+size] {
		if c == '两' {
			return numeral{}, false
		}
		d, _ := digitOf(c)
		v = v*10 + int(d)
	}
	return numeral{v: exact(Whole(v)), end: i + size, signs: size}, size == 2 || v >= 1800 && v <= 2200
}
