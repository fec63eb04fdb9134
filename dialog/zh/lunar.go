package zh

import "time"

// lunarDay is a festival by the lunar calendar, shift days from it.
type lunarDay struct {
	words             []string
	month, day, shift int
}

// festivals of the lunar year. The eve of the new year is the day before 1/1,
// counted in the solar year that the new lunar year starts in.
var festivals = []lunarDay{
	{[]string{"大年三十", "年三十", "除夕", "三十晚上", "三十晚"}, 1, 1, -1},
	{[]string{"大年初一", "春节", "过年", "过大年", "年初一", "新年"}, 1, 1, 0},
	{[]string{"元宵节", "元宵"}, 1, 15, 0},
	{[]string{"二月八", "刀杆节"}, 2, 8, 0},
	{[]string{"三月三"}, 3, 3, 0},
	{[]string{"三月街"}, 3, 15, 0},
	{[]string{"端午节", "端午", "端阳"}, 5, 5, 0},
	{[]string{"火把节"}, 6, 24, 0},
	{[]string{"七月半", "中元节", "鬼节"}, 7, 15, 0},
	{[]string{"中秋节", "中秋", "八月十五", "八月半"}, 8, 15, 0},
	{[]string{"重阳节", "重阳"}, 9, 9, 0},
	{[]string{"腊八节", "腊八"}, -12, 8, 0},
	{[]string{"小年"}, -12, 23, 0},
}

// solarFestivals have a fixed day.
var solarFestivals = []lunarDay{
	{[]string{"元旦节", "元旦"}, 1, 1, 0}, {[]string{"三八节", "妇女节"}, 3, 8, 0}, {[]string{"泼水节"}, 4, 13, 0}, {[]string{"五一节", "劳动节", "五一"}, 5, 1, 0},
	{[]string{"六一节", "儿童节", "六一"}, 6, 1, 0}, {[]string{"七一", "建党节"}, 7, 1, 0}, {[]string{"八一", "建军节"}, 8, 1, 0}, {[]string{"教师节"}, 9, 10, 0}, {[]string{"国庆节", "国庆", "十一"}, 10, 1, 0}, {[]string{"目瑙纵歌", "目脑纵歌"}, -1, 15, 0},
}

// firstLunarYear is the year of the first entry of lunarTable. The table, made
// once with lunar-go, stands in for the library, which computes a year anew each
// time it is asked (about 0.5 ms).
const firstLunarYear = 1890

func lunarYear(y int) (uint32, bool) {
	if y < firstLunarYear || y >= firstLunarYear+len(lunarTable) {
		return 0, false
	}
	return lunarTable[y-firstLunarYear], true
}

// lunarDays is the length of a lunar month, negative for a leap month, and how
// many days the year has before it; 0 when there is no such month.
func lunarDays(y, m int) (days, before int) {
	v, ok := lunarYear(y)
	if !ok {
		return 0, 0
	}
	leap := int(v >> 13 & 15)
	for i, at := 0, 1; at <= 12; i++ {
		days = 29 + int(v>>i&1)
		month := at
		if leap > 0 && i == leap { // the leap month follows its namesake
			month = -leap
		} else {
			at++
		}
		if month == m {
			return days, before
		}
		before += days
	}
	return 0, 0
}

// lunarSolar is the Gregorian day of a lunar date; false when there is none.
func lunarSolar(y, m, d int) (Date, bool) {
	days, before := lunarDays(y, m)
	if d < 1 || d > days {
		return Date{}, false
	}
	v, _ := lunarYear(y)
	newYear := Date{Year: y, Month: 1, Day: 1, Precision: Day, Relative: true}
	return addDays(newYear, int(v>>17&63)+before+d-1), true
}

// lunar reads festivals and lunar dates: 春节前, 正月十五, 腊月廿三, 农历八月初三.
func (p *dateParser) lunar() (Date, DateProblem, bool) {
	y, said := p.relativeYear()
	if !said {
		y, said = p.yearNumber()
	}
	if d, ok := p.festival(y, said); ok {
		return p.festivalBound(d)
	}
	marked := p.eat("农历", "阴历", "旧历", "老历")
	m, ok := p.lunarMonth(marked)
	if !ok {
		return Date{}, DateUnread, false
	}
	dayAt, day, last := p.i, 0, false
	switch {
	case p.eat("底", "末", "尾"):
		last = true
	default:
		p.eat("初")
		if n, ok := p.number(1, 30); ok {
			day = n
			p.eat("日", "号")
		}
	}
	if !marked && m > 0 && m < 11 && !(dayAt < p.i && hasAt(p.r, dayAt, "初") && day > 0 && day <= 10) && !hasAt(p.r, dayAt, "廿") && !p.firstMonth() {
		return Date{}, DateUnread, false
	}
	return p.lunarDate(y, said, m, day, last)
}

// firstMonth reports that the month was said as 正月, which no solar month is.
func (p *dateParser) firstMonth() bool {
	for i := 0; i < p.i; i++ {
		if hasAt(p.r, i, "正月") {
			return true
		}
	}
	return false
}

// lunarMonth reads 正月, 冬月, 腊月, 闰六月, and numbered months.
func (p *dateParser) lunarMonth(marked bool) (int, bool) {
	if p.eat("农历", "阴历", "旧历", "老历") {
		marked = true
	}
	switch {
	case p.eat("正月"):
		return 1, true
	case p.eat("冬月"):
		return 11, true
	case p.eat("腊月"):
		return 12, true
	}
	leap := p.eat("闰")
	m, ok := p.number(1, 12)
	if !ok || !p.eat("月") || !marked && !leap && !hasAt(p.r, p.i, "初") && !hasAt(p.r, p.i, "廿") {
		return 0, false
	}
	if leap {
		m = -m
	}
	return m, true
}

// lunarDate finds the lunar year that is meant and converts.
func (p *dateParser) lunarDate(y int, said bool, m, day int, last bool) (Date, DateProblem, bool) {
	if !said {
		y = p.today.Year
		// 正月 of today's lunar year; 冬月 and 腊月 may belong to the one before.
		if m >= 11 {
			if d, ok := lunarSolar(y-1, m, max(day, 29)); ok && !d.First().Before(p.today.First()) && p.lean != Past {
				y--
			}
		}
	}
	day0 := day
	ahead := day == 0 && !last && p.before() // 腊月前 ends before its first day
	if day == 0 {
		day0 = 1
	}
	if last || day == 0 && !ahead {
		if day0, _ = lunarDays(y, m); last {
			day = day0
		}
	}
	d, ok := lunarSolar(y, m, day0)
	if !ok {
		return Date{}, DateImpossible, true
	}
	if !said {
		d = p.leanLunar(d, y, m, day0)
	}
	if ahead {
		d = addDays(d, -1)
		d.Before = true
		return d, DateOK, true
	}
	d.Approx = day == 0
	d, problem := p.bound(d)
	return d, problem, problem != DateUnread
}

// leanLunar moves a lunar date without a year to the side it leans to.
func (p *dateParser) leanLunar(d Date, y, m, day int) Date {
	step := 0
	if p.lean == Past && d.First().After(p.today.First()) {
		step = -1
	} else if p.lean == Future && d.First().Before(p.today.First()) {
		step = 1
	}
	if step != 0 {
		if moved, ok := lunarSolar(y+step, m, min(day, 29)); ok {
			return moved
		}
	}
	return d
}

// festival reads a festival's name; without a year it is the next one, or the
// latest one when the question leans to the past.
func (p *dateParser) festival(y int, said bool) (Date, bool) {
	for _, f := range festivals {
		if p.eat(f.words...) {
			return p.pickYear(y, said, func(y int) Date {
				m := f.month
				if m < 0 {
					m = -m
				}
				d, _ := lunarSolar(y, m, f.day)
				return addDays(d, f.shift)
			}), true
		}
	}
	for _, f := range solarFestivals {
		if !p.eat(f.words...) {
			continue
		}
		return p.pickYear(y, said, func(y int) Date {
			if f.month < 0 {
				d, _ := lunarSolar(y, -f.month, f.day)
				return d
			}
			return Date{Year: y, Month: f.month, Day: f.day, Precision: Day, Relative: true}
		}), true
	}
	if p.eat("清明节", "清明") {
		return p.pickYear(y, said, qingming), true
	}
	return Date{}, false
}

// qingming is the solar term, always 4, 5 or 6 April.
func qingming(y int) Date {
	day := 5
	if v, ok := lunarYear(y); ok {
		day = 4 + int(v>>23)
	}
	return Date{Year: y, Month: 4, Day: day, Precision: Day, Relative: true}
}

// pickYear chooses the year of a festival that comes every year.
func (p *dateParser) pickYear(y int, said bool, on func(y int) Date) Date {
	if said {
		return on(min(max(y, 1900), 2100))
	}
	year := min(max(p.today.Year, 1901), 2099)
	d := on(year)
	switch {
	case p.lean == Past && d.First().After(p.today.First()):
		return on(year - 1)
	case p.lean != Past && d.First().Before(p.today.First()):
		return on(year + 1)
	}
	return d
}

// festivalBound reads 前 and 后 behind a festival: before it means the day before.
func (p *dateParser) festivalBound(d Date) (Date, DateProblem, bool) {
	eve := endsAt(p.r, p.i, "三十", "除夕", "晚上", "三十晚") > 0 // 年三十前 is the eve itself
	p.eat("期间", "那天", "当天")
	if p.eat("前", "之前", "以前") && p.done() {
		if !eve {
			d = addDays(d, -1)
		}
		d.Before = true
		return d, DateOK, true
	}
	d, problem := p.bound(d)
	return d, problem, problem != DateUnread
}

// addDays moves a day.
func addDays(d Date, n int) Date {
	if n == 0 || d.Precision != Day {
		return d
	}
	at := time.Date(d.Year, time.Month(d.Month), d.Day+n, 0, 0, 0, 0, time.UTC)
	d.Year, d.Month, d.Day = at.Year(), int(at.Month()), at.Day()
	return d
}
