package zh

// common reads [year][month][day]: 18年10月底, 明年五月, 下月15号, 三季度, 年底.
func (p *dateParser) common() (Date, DateProblem, bool) {
	d := Date{}
	y, said := p.relativeYear()
	if said {
		d.Year, d.Precision, d.Relative = y, Year, true
	} else if y, said = p.yearNumber(); said {
		d.Year, d.Precision = y, Year
	}
	if d, ok := p.partOfYear(d, said); ok {
		d, problem := p.bound(d)
		return d, problem, true
	}
	month := p.month(&d, said)
	if month {
		p.partOfMonth(&d)
	}
	if !month || d.Precision == Month {
		p.day(&d, month || said)
	}
	if d.Precision == NoDate {
		return d, DateUnread, false
	}
	if d.Month > 12 || d.Precision == Day && (d.Month == 0 || d.Day < 1 || d.Day > 31) {
		return d, DateImpossible, true
	}
	if d.Year == 0 {
		d.Relative = true
		d = p.leaning(d)
	}
	d, problem := p.bound(d)
	return d, problem, problem != DateUnread
}

// yearParts are stretches of a year, each with the month and day it ends on.
var yearParts = []struct {
	words      []string
	month, day int
	approx     bool
}{
	{[]string{"第一季度", "一季度", "第1季度", "1季度", "头季度", "首季度"}, 3, 31, false},
	{[]string{"第二季度", "二季度", "第2季度", "2季度"}, 6, 30, false},
	{[]string{"第三季度", "三季度", "第3季度", "3季度"}, 9, 30, false},
	{[]string{"第四季度", "四季度", "第4季度", "4季度", "末季度"}, 12, 31, false},
	{[]string{"上半年", "年中", "前半年", "中"}, 6, 30, false},
	{[]string{"下半年", "后半年", "年底", "年末", "年终", "年尾", "底", "年前", "年内", "全年"}, 12, 31, false},
	{[]string{"年初", "开年", "初"}, 1, 31, true},
	{[]string{"春天", "春季", "开春"}, 4, 30, true},
	{[]string{"夏天", "夏季"}, 7, 31, true},
	{[]string{"秋天", "秋季"}, 10, 31, true},
	{[]string{"冬天", "冬季"}, 12, 31, true},
}

// partOfYear reads 三季度, 上半年, 年底, 年前.
func (p *dateParser) partOfYear(d Date, said bool) (Date, bool) {
	if p.eat("本季度", "这个季度", "这季度") {
		d.Year, d.Month = p.today.Year, (p.today.Month+2)/3*3
		d.Day, d.Precision, d.Relative = daysIn(d.Year, d.Month), Day, true
		return d, true
	}
	for _, part := range yearParts {
		for _, w := range part.words {
			single := len([]rune(w)) == 1
			if single && !said || !hasAt(p.r, p.i, w) {
				continue
			}
			p.i += len([]rune(w))
			d.Before = w == "年前" || w == "年内"
			if !said {
				d.Year, d.Relative = p.today.Year, true
				d.Year = p.leaning(Date{Month: part.month, Day: part.day, Precision: Day}).Year
			}
			d.Month, d.Day, d.Precision = part.month, part.day, Day
			d.Approx = part.approx
			if part.approx {
				d.Day, d.Precision = 0, Month
			}
			return d, true
		}
	}
	return d, false
}

// month reads 10月, 十月份, 这个月, 下月, 月底 (of this month).
func (p *dateParser) month(d *Date, said bool) bool {
	shift := map[string]int{"这个月": 0, "本月": 0, "这月": 0, "当月": 0, "下个月": 1, "下月": 1, "下下个月": 2, "上个月": -1, "上月": -1, "上上个月": -2}
	for w, n := range shift {
		if !said && hasAt(p.r, p.i, w) {
			p.i += len([]rune(w))
			at := DateOf(addMonths(p.now, n))
			d.Year, d.Month, d.Precision, d.Relative = at.Year, at.Month, Month, true
			return true
		}
	}
	if !said && anyAt(p.r, p.i, "月底", "月末", "月中", "月初", "月内") > 0 {
		p.i++
		d.Year, d.Month, d.Precision, d.Relative = p.today.Year, p.today.Month, Month, true
		return true
	}
	back := p.i
	m, ok := p.number(0, 99)
	if !ok || !p.eat("月份", "月") {
		p.i = back
		return false
	}
	d.Month, d.Precision = m, Month
	if m == 0 {
		d.Month = 13 // no such month
	}
	return true
}

// partOfMonth reads 底, 初, 中旬 behind a month.
func (p *dateParser) partOfMonth(d *Date) {
	year := d.Year
	if year == 0 {
		year = p.leaning(*d).Year
	}
	var day int
	switch {
	case p.eat("底", "末", "最后一天", "内"):
		day = daysIn(year, d.Month)
	case p.eat("下旬"):
		day, d.Approx = daysIn(year, d.Month), true
	case p.eat("中旬", "中"):
		day, d.Approx = 20, true
	case p.eat("上旬"):
		day, d.Approx = 10, true
	case hasAt(p.r, p.i, "初") && p.i+1 == len(p.r), hasAt(p.r, p.i, "初前"):
		p.i++
		day, d.Approx = 10, true
	default:
		return
	}
	d.Year, d.Day, d.Precision = year, day, Day
	d.Relative = true
}

// day reads 31日, 15号, 初五 (as a day), or a bare number behind a month.
func (p *dateParser) day(d *Date, month bool) {
	back := p.i
	n, ok := p.number(1, 99)
	if !ok {
		return
	}
	marked := p.eat("日", "号")
	if !marked && d.Precision != Month {
		p.i = back
		return
	}
	if d.Precision == Year || !month && !marked {
		p.i = back
		return
	}
	if d.Precision == NoDate {
		d.Month, d.Relative = p.today.Month, true
		d.Year = p.today.Year
		switch {
		case p.lean == Future && n < p.today.Day:
			at := DateOf(addMonths(p.now, 1))
			d.Year, d.Month = at.Year, at.Month
		case p.lean == Past && n > p.today.Day:
			at := DateOf(addMonths(p.now, -1))
			d.Year, d.Month = at.Year, at.Month
		}
	}
	d.Day, d.Precision = n, Day
	if p.eat("星期", "周", "礼拜") && !p.eat("日", "天") {
		p.number(1, 6)
	}
}
