package zh

import (
	"fmt"
	"time"
)

// Precision says how much of a date was said.
type Precision int

// The precisions of a date.
const (
	NoDate Precision = iota
	Year
	Month
	Day
)

// Date is a Gregorian date, possibly only a year or a month.
type Date struct {
	Year, Month, Day int
	Precision        Precision
	Approx           bool   // 左右, 大概, or a season
	Relative         bool   // made from relative words, a lunar date or a missing year: read it back
	Before           bool   // 前, 之前, 内: a limit, not a moment
	Said             string // the words, as written
}

// DateProblem says why a text is no date; empty when it is one.
type DateProblem string

// The problems a date can have.
const (
	DateOK         DateProblem = ""
	DateUnread     DateProblem = "unread"     // not a date
	DateImpossible DateProblem = "impossible" // 2月30日, 13月
	AskWhich       DateProblem = "which"      // 节后, 第一批, 农忙时: must ask which date is meant
	AskYear        DateProblem = "year"       // 属相 only: the year is not certain
)

// String is the ISO form: "2018", "2018-10" or "2018-10-31"; "" for no date.
func (d Date) String() string {
	switch d.Precision {
	case Year:
		return fmt.Sprintf("%04d", d.Year)
	case Month:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	case Day:
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	return ""
}

// First is the first day the date covers, at midnight UTC; zero for no date.
func (d Date) First() time.Time {
	if d.Precision == NoDate {
		return time.Time{}
	}
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Last is the last day the date covers, at midnight UTC; zero for no date.
func (d Date) Last() time.Time {
	switch d.Precision {
	case Year:
		return time.Date(d.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	case Month:
		return time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.First()
}

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: int(m), Day: d, Precision: Day}
}

// Lean tells which way a date without a year leans.
type Lean int

// The ways a date without a year can lean.
const (
	ThisYear Lean = iota // the current year
	Past                 // the latest one not after today (birth, death, last visit)
	Future               // the next one not before today (due dates)
)

// ReadDate reads a date in any notation; a missing year is the current one.
//
// Absolute: 2018年10月31日, 18年10月, 2018.10.31, 2018/10, 20181031, 一九七二年三月,
// 10月底, 3-5. Relative to now: 今天, 前天, 下周五, 月底前, 三季度 (its last day),
// 年底, 去年, 明年五月底前, 半个月后, 三个月内. Lunar: 腊月廿三, 正月十五, 过年前 (the
// day before the festival), 火把节. Seasons of work: 大春, 小春 (their last month),
// 开学 (1 March or 1 September, whichever is next). What only the village knows
// (节后, 第一批, 农忙) is AskWhich.
func ReadDate(s string, now time.Time) (Date, DateProblem) { return ReadDateLean(s, now, ThisYear) }

// ReadDateLean is ReadDate with a say in which year is meant when none is named.
func ReadDateLean(s string, now time.Time, lean Lean) (Date, DateProblem) {
	t := read(s)
	r, loose := stripDate(t.r)
	if len(r) == 0 || len(r) > 40 {
		return Date{}, DateUnread
	}
	p := dateParser{r: r, now: now, today: DateOf(now), lean: lean}
	d, problem := p.parse()
	if problem != DateOK {
		return Date{}, problem
	}
	if d.Year < 1800 || d.Year > 2200 {
		return Date{}, DateImpossible
	}
	if d.Precision == Day && !validDay(d.Year, d.Month, d.Day) {
		return Date{}, DateImpossible
	}
	d.Approx = d.Approx || loose
	d.Relative = d.Relative || p.spoken
	d.Said = Clean(s)
	return d, DateOK
}

// dateParser reads one date.
type dateParser struct {
	r     []rune
	i     int
	now   time.Time
	today Date
	lean  Lean

	spoken bool // the year was said like a number of years: 十九年
	leaned bool // no year was said
}

// stripDate drops fillers and what is done on the date; blanks inside go too.
func stripDate(in []rune) (r []rune, loose bool) {
	for i, c := range in {
		if (c == ' ' || c == '\n') && !(isDigit(sign(in, i-1)) && isDigit(sign(in, i+1))) {
			continue
		}
		if c == '\n' {
			c = ' '
		}
		r = append(r, c)
	}
	r = trimBlank(r)
	for n := anyAt(r, 0, fillers...); n > 0 && n < len(r); n = anyAt(r, 0, fillers...) {
		r, loose = r[n:], true
	}
	for n := anyAt(r, 0, dateHeads...); n > 0 && n < len(r); n = anyAt(r, 0, dateHeads...) {
		r = r[n:]
	}
	for again := true; again; {
		again = false
		if n := endsAt(r, len(r), "左右", "上下", "的样子", "样子", "前后", "?"); n > 0 && n < len(r) {
			r, loose, again = r[:len(r)-n], true, true
		} else if n := endsAt(r, len(r), dateTails...); n > 0 && n < len(r) {
			r, again = r[:len(r)-n], true
		}
	}
	return r, loose
}

var (
	dateHeads = []string{"是在", "就是", "预计", "计划", "打算", "争取", "准备", "截止到", "截止", "截至", "从", "自", "到", "在", "是", "于", "公历", "阳历", "新历", "就", "等到", "等", "要到", "拖到", "改到", "延到", "推到", "推迟到", "延期到", "嗯", "哦"}
	dateTails = []string{"才能完成", "能完成", "才完成", "完成", "完工", "竣工", "开工", "动工", "搞完", "搞好", "整完", "做完", "做好", "修好", "修完", "建成", "建好", "到位", "验收", "脱贫", "出列", "才行", "就行", "可以", "完", "出生", "生的", "生人", "生", "死亡", "去世", "过世", "死的", "走的", "开始", "起", "入户", "的", "了", "吧", "嘛", "呢", "啊", "哦", "噶", "。", ".", "!", ",", "、", "才", "整", "那天", "当天", "(农历)", "交房", "搬迁", "搬", "栽", "种", "买", "办", "到", "时候", "的时候", "那时"}
)

// bound reads 前 后 内 at the end of what is left.
func (p *dateParser) bound(d Date) (Date, DateProblem) {
	switch {
	case d.Precision == Month && !d.Approx && p.before():
		return p.monthBefore(d), DateOK
	case p.eat("前", "之前", "以前", "前后", "内", "以内", "之内", "止", "为止", "截止") && p.done():
		d.Before = true
		return d, DateOK
	case d.Precision == Month && p.eat("间", "里", "里头", "里面"), p.done():
		return d, DateOK
	case p.eat("后", "之后", "以后", "过后"):
		return d, AskWhich
	}
	return d, DateUnread
}

// before consumes 前 at the end of what is left.
func (p *dateParser) before() bool {
	n := anyAt(p.r, p.i, "前", "之前", "以前")
	if n == 0 || p.i+n < len(p.r) {
		return false
	}
	p.i += n
	return true
}

// monthBefore is the last day before a month: 10月前 ends with September. A month that
// was meant to come and would be over already is that of the next year.
func (p *dateParser) monthBefore(d Date) Date {
	last := func() Date {
		return addDays(Date{Year: d.Year, Month: d.Month, Day: 1, Precision: Day, Approx: d.Approx}, -1)
	}
	eve := last()
	if p.leaned && p.lean == Future && eve.First().Before(p.today.First()) {
		d.Year++
		eve = last()
	}
	eve.Before, eve.Relative = true, true
	return eve
}

func (p *dateParser) done() bool { return p.i >= len(p.r) }

// eat consumes the first of words that stands here; a later, longer word wins
// over its own beginning.
func (p *dateParser) eat(words ...string) bool {
	best := 0
	for _, w := range words {
		best = max(best, anyAt(p.r, p.i, w))
	}
	p.i += best
	return best > 0
}

// number consumes a whole number between low and high.
func (p *dateParser) number(low, high int) (int, bool) {
	n, ok := numeralAt(p.r, p.i)
	if !ok || n.approx {
		return 0, false
	}
	v, whole := n.v.mid.Int()
	if !whole || v < low || v > high {
		return 0, false
	}
	p.i = n.end
	return v, true
}

// parse tries the kinds of dates in turn.
func (p *dateParser) parse() (Date, DateProblem) {
	if anyAt(p.r, 0, "第一批", "第二批", "第三批", "第四批", "节后", "节前", "农忙", "农闲", "收完", "等通知", "通知", "随时", "尽快", "过几天", "过段时间", "以后", "下一批", "这一批", "上一批", "雨季", "忙完") > 0 {
		return Date{}, AskWhich
	}
	for _, try := range []func() (Date, DateProblem, bool){p.numeric, p.shift, p.named, p.week, p.lunar, p.common} {
		p.i = 0
		if d, problem, ok := try(); ok {
			return d, problem
		}
	}
	return Date{}, DateUnread
}

// numeric reads 2018-10-31, 2018.10, 20181031, 201810, 3-5, 18.10.31.
func (p *dateParser) numeric() (Date, DateProblem, bool) {
	var part [3]int
	count, width := 0, 0
	sep := rune(0)
	for count < 3 && isDigit(sign(p.r, p.i)) {
		end := digitsEnd(p.r, p.i)
		part[count] = numberOf(p.r[p.i:end])
		if count == 0 {
			width = end - p.i
		} else if end-p.i > 2 {
			return Date{}, DateUnread, false
		}
		count++
		p.i = end
		c := sign(p.r, end)
		if c != '.' && c != '-' && c != '/' && c != ' ' && c != ',' || sep != 0 && c != sep || !isDigit(sign(p.r, end+1)) {
			break
		}
		sep = c
		p.i++
	}
	p.eat("日", "号")
	d, ok := p.fromParts(part, count, width)
	if !ok {
		return Date{}, DateUnread, false
	}
	if d.Month < 1 && d.Precision > Year || d.Month > 12 || d.Precision == Day && !validDay(d.Year, d.Month, d.Day) {
		return Date{}, DateImpossible, p.done()
	}
	d, problem := p.bound(d)
	return d, problem, problem != DateUnread
}

// fromParts makes a date of one to three numbers; width is that of the first.
func (p *dateParser) fromParts(part [3]int, count, width int) (Date, bool) {
	a, b, c := part[0], part[1], part[2]
	century := width == 4 && a >= 1800 && a <= 2200
	switch {
	case count == 1 && width == 8:
		return Date{Year: a / 10000, Month: a / 100 % 100, Day: a % 100, Precision: Day}, true
	case count == 1 && width == 6 && a/100 >= 1900 && a/100 < 2100 && a%100 >= 1 && a%100 <= 12:
		return Date{Year: a / 100, Month: a % 100, Precision: Month}, true
	case count == 1 && century:
		return Date{Year: a, Precision: Year}, true
	case count == 2 && century:
		return Date{Year: a, Month: b, Precision: Month}, true
	case count == 3 && century:
		return Date{Year: a, Month: b, Day: c, Precision: Day}, true
	case count == 3 && width == 2:
		return Date{Year: p.century(a), Month: b, Day: c, Precision: Day}, true
	case count == 2 && width <= 2 && a > 12 && b <= 12:
		return Date{Year: p.century(a), Month: b, Precision: Month}, true
	case count == 2 && width <= 2:
		return p.leaning(Date{Month: a, Day: b, Precision: Day, Relative: true}), true
	}
	return Date{}, false
}

// century completes a year of two digits: up to ten years ahead it is this
// century, otherwise the last one.
func (p *dateParser) century(y int) int {
	full := p.today.Year/100*100 + y
	if full > p.today.Year+10 {
		full -= 100
	}
	return full
}

// leaning puts a year to a month or day without one.
func (p *dateParser) leaning(d Date) Date {
	d.Year, p.leaned = p.today.Year, true
	switch {
	case p.lean == Past && d.First().After(p.today.First()):
		d.Year--
	case p.lean == Future && d.Last().Before(p.today.First()):
		d.Year++
	}
	return d
}
