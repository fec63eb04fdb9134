package zh

import "time"

// Precision says how much of a date was said.
type Precision int

// The precisions of a date.
const (
	NoDate Precision = iota
	Year
	Month
	Day
)

// Date is a calendar date (Gregorian), possibly only a year or a month.
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
func (d Date) String() string { return "" }

// Last is the last day the date covers, at midnight of loc's calendar day in UTC.
func (d Date) Last() time.Time { return time.Time{} }

// First is the first day the date covers.
func (d Date) First() time.Time { return time.Time{} }

// Lean tells which way a date without a year leans.
type Lean int

// The ways a date without a year can lean.
const (
	ThisYear Lean = iota // the current year
	Past                 // the latest one not after today (birth, death, last visit)
	Future               // the next one not before today (due dates)
)

// ReadDate reads a date in any notation; a missing year is the current one.
func ReadDate(s string, now time.Time) (Date, DateProblem) { return ReadDateLean(s, now, ThisYear) }

// ReadDateLean is ReadDate with a say in which year is meant when none is named.
func ReadDateLean(s string, now time.Time, lean Lean) (Date, DateProblem) { return Date{}, DateUnread }

// ReadYear reads a year: 2019, 19年, 明年, 二〇一九, 前年.
func ReadYear(s string, now time.Time) (int, bool) { return 0, false }

// ReadBirth reads a birth date or an age: 52岁, 52, 72年生, 1966年3月, 六六年.
func ReadBirth(s string, now time.Time) (Date, DateProblem) { return Date{}, DateUnread }
