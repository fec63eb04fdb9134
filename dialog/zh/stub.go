package zh

import (
	"strings"
	"time"
)

// Clean folds full-width ASCII to half width, drops BOM, zero-width, control
// and direction marks and emoji variation selectors, collapses blanks and
// trims. Rare Han and name dots stay.
func Clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// Fold prepares a word for comparison: Clean, lower case, Traditional to
// Simplified by character, no blanks. Never store the result of it.
func Fold(s string) string { return strings.ToLower(strings.ReplaceAll(Clean(s), " ", "")) }

// Num is a number as said. Low and High bound it; both equal Value when exact.
type Num struct {
	Value  Dec
	Approx bool // 七八, 20多, 左右: Value is the middle of Low and High
	Low    Dec
	High   Dec
}

// Number reads a whole string that is one number, in any notation.
func Number(s string) (Num, bool) {
	d, ok := ParseDec(Clean(s))
	return Num{Value: d, Low: d, High: d}, ok
}

// Dim is what a quantity measures. Its base unit is the one in the comment.
type Dim int

// The dimensions a quantity can have.
const (
	Plain    Dim = iota // a bare number, no unit
	Money               // 元
	Area                // 亩 (land)
	Floor               // ㎡ (houses)
	Length              // 公里
	Count               // pieces, see Quantity.Unit
	Months              // 月
	Days                // 天
	Weight              // 斤
	Percent             // %, 50 is one half
	Age                 // 岁
	Years               // 年, a duration
	Minutes             // 分钟
	Volume              // 立方米
	Ordinal             // 三组, 二级, 三年级, 第一: a place in an order, not an amount
	Calendar            // 10月, 19年, 2018.10.31: part of a date, not an amount; read it with ReadDate
)

// Quantity is a number with its unit as found in a text.
type Quantity struct {
	Num
	Dim       Dim
	Unit      string // canonical unit: the Dim's base unit, or the counted measure (人 头 只 …)
	Per       string // 年, 月, 人, 户, 亩 … when it is a rate ("8000/年", "每人月210" is 人·月)
	Said      string // the words, as written
	Start     int    // byte span in the text
	End       int
	Ambiguous bool // could mean something else; read it back
}

// ReadQuantity reads a whole answer whose wanted dimension gives the default unit.
func ReadQuantity(s string, want Dim) (Quantity, bool) {
	n, ok := Number(s)
	return Quantity{Num: n, Dim: want, Said: s, End: len(s)}, ok
}

// Scan finds every quantity in a sentence, in order, without overlaps.
func Scan(s string) []Quantity { return nil }

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

// Answer is what a yes-or-no question got.
type Answer int

// The answers to a yes-or-no question.
const (
	Unclear Answer = iota
	Yes
	No
)

// YesNo reads yes and no in local words.
func YesNo(s string) Answer { return Unclear }

// IsNone reports whether the answer says that there is none of it.
func IsNone(s string) bool { return false }

// Choice is one option of a question.
type Choice struct {
	Key   string
	Label string
	Also  []string // other words for it
}

// ReadChoice finds which options an answer picks, in the order said: indexes into
// cs, what was left over, and whether anything was picked.
func ReadChoice(s string, cs []Choice) (picked []int, rest string, ok bool) { return nil, s, false }

// Clause is one piece of a message.
type Clause struct {
	Text       string
	Start, End int // byte span in the message
}

// Clauses splits a message at punctuation and blanks, never inside a number.
func Clauses(s string) []Clause { return nil }

// SplitList splits the entries of a list (、 ， 和 …), trimmed, empty ones dropped.
func SplitList(s string) []string { return nil }

// IDProblem says what is wrong with an ID number.
type IDProblem string

// The problems an ID number can have.
const (
	IDFine     IDProblem = ""
	IDLength   IDProblem = "length"   // not 18, 20 or 22 long
	IDOld      IDProblem = "old"      // 15 digits, must be renewed
	IDCheck    IDProblem = "check"    // the check digit is wrong
	IDBirth    IDProblem = "birth"    // the date inside is impossible or in the future
	IDDisabled IDProblem = "disabled" // kind not 1–7 or level not 1–4
)

// IDNumber is an identity or disability-certificate number found in a text.
type IDNumber struct {
	Text       string // digits, upper-case X, no blanks
	Start, End int
	Problem    IDProblem
	Birth      Date
	Sex        string // M or F
	Kind       int    // disability kind 1–7, 0 when it is an ID card
	Level      int    // disability level 1–4
}

// IDNumbers finds ID numbers in a text.
func IDNumbers(s string, now time.Time) []IDNumber { return nil }

// Phone is a mobile number found in a text.
type Phone struct {
	Number     string // 11 digits
	Start, End int
}

// Phones finds mobile numbers in a text.
func Phones(s string) []Phone { return nil }

// ReadName normalises a person's name and says whether it can be one.
func ReadName(s string) (string, bool) { return s, s != "" }

// NameKeys are the ways a name can be looked up by sound.
type NameKeys struct {
	Full     []string // "zhangdayou": every combination of readings, at most 16
	Initials []string // "zdy"
	Sound    []string // homophone- and dialect-tolerant
}

// Keys makes the look-up keys of a name.
func Keys(name string) NameKeys { return NameKeys{} }

// LooksPinyin reports whether a query is pinyin or initials rather than Han.
func LooksPinyin(s string) bool { return false }

// NormalizePinyin makes "zhang da you", "ZhangDaYou", "zhāng" into "zhangdayou".
func NormalizePinyin(s string) string { return strings.ToLower(s) }

// Kinship is a relation to the head of the household.
type Kinship struct {
	Key  string // son, daughter_in_law, …
	Sex  string // M, F or ""
	Word string // as written
}

// Kin finds a word of kinship at the start of a piece.
func Kin(s string) (k Kinship, rest string, ok bool) { return Kinship{}, s, false }
