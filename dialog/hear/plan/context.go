package plan

import "time"

// Person is one member of the household, whom a cause or a measure may be about.
type Person struct {
	Ref      string // how the conversation names them: "m1"
	Name     string
	Relation string // key of the code list relation, "" when unknown
	Sex      string // M, F or ""
	Age      int    // full years, -1 when unknown
	Student  bool
	Grade    string // key of the code list school, "" when not at school
}

// Official is somebody already known in the area: 小杨, 刘副局长 and 农科站小杨
// resolve to one of them when only one fits.
type Official struct {
	ID    string // of the person on record
	Name  string
	Level string // village, township or county
	Dept  string // key of the code list dept
	Unit  string
	Post  string // 副局长, 支书 …
}

// What the open question may ask for (Context.Asked). With it a bare answer is
// read as that: "2头", "2018年10月", "愿意", "8000".
const (
	AskCause     = "cause"
	AskDesc      = "desc"
	AskGap       = "gap"   // 缺资金: how much and for what
	AskAgree     = "agree" // who assessed it, when, does the head agree
	AskKind      = "kind"
	AskContent   = "content"
	AskQty       = "qty"
	AskDue       = "due"
	AskStart     = "start"
	AskWill      = "will"
	AskTargets   = "targets"
	AskMoney     = "money"
	AskOutput    = "output"
	AskVillage   = "village"  // who answers in the village
	AskTownship  = "township" // … the township
	AskCounty    = "county"   // … the county
	AskGoal      = "goal"
	AskReward    = "reward"
	AskPenalty   = "penalty"
	AskHelper    = "helper"
	AskExit      = "exit"
	AskMilestone = "milestone"
)

// Context is what the conversation knows when it hears a sentence.
type Context struct {
	Now       time.Time
	First     int // years of the programme
	Last      int
	People    []Person
	Causes    []string // keys on record
	Gaps      []string
	Officials []Official
	Measure   string   // cat2 being spoken of
	Years     []string // years of that measure; the only one stands in for a year not said
	Asked     string   // one of the Ask constants, "" when nothing is asked
}

// Span is a piece of the text: the words and their bytes.
type Span struct {
	Said  string
	Start int
	End   int
}

// Flags say what must be read back before it is kept.
type Flags struct {
	Approx   bool // 七八千, 两万左右, or taken for granted: a wage of twelve months
	Worked   bool // worked out from what was said: 每头1500, 3头
	Relative bool // a date made from relative words or a missing year
	Large    bool // a sum above 10,000 元: 元 and 万元 are easily mistaken
	Doubtful bool // a year that may be a span: 20年 at the end of what was said
}

func (f *Flags) add(g Flags) {
	f.Approx = f.Approx || g.Approx
	f.Worked = f.Worked || g.Worked
	f.Relative = f.Relative || g.Relative
	f.Large = f.Large || g.Large
	f.Doubtful = f.Doubtful || g.Doubtful
}

// Reasons of an Unread.
const (
	WhyUnknown      = "unknown"       // no word of it means anything here
	WhyAmbiguous    = "ambiguous"     // fits several things or people
	WhyImpossible   = "impossible"    // a value was meant that cannot be
	WhyQuestion     = "question"      // asked, not told
	WhyUnsureYear   = "unsure_year"   // money without a year
	WhyUnsureSource = "unsure_source" // money without a source
	WhyNeedPerson   = "need_person"   // an organisation where a person must answer
	WhyNoAmount     = "no_amount"     // a source or an indicator without a number
	WhyDone         = "done"          // told as done (progress), not as a plan
	WhyDenied       = "denied"        // said not to be so: 不缺劳力
	WhyUnsureDate   = "unsure_date"   // a date that fits no year, or none at all: 入冬前
	WhyOutside      = "outside"       // a date before or after the programme
)

// Unread is a piece of the text that became no value.
type Unread struct {
	Span
	Why   string   // one of the Why constants
	Guess []string // keys or ids it may mean
}
