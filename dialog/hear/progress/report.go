package progress

import (
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Context is what the conversation knows when it hears a sentence.
type Context struct {
	Now   time.Time
	Asked string // one of the models.Need constants: what the bot asked for, "" for nothing
	Step  models.StepKind
}

// Reading is what one text tells.
type Reading struct {
	House   string // whose measure: 李, 张大有; "" when not said
	Group   string // 三组, when said in front
	Batch   bool   // of a whole group or village at once
	Reports []Report
	Unread  []Unread
	Asked   Asked
}

// Asked is what questions among the clauses are about: 张大有家的路修好没有.
type Asked struct {
	About []About
	Work  bool // how far it is, or whether something was done, paid or came
}

// Report is what was told of one measure. Values are canonical texts.
type Report struct {
	Said    string // the clauses, as written
	House   string // whose it is, when that is another household than the sentence began with
	About   []About
	Step    models.StepKind // "" when only money, outputs or a part is told
	Promise bool            // Due was promised, no delay was spoken of: 年底前肯定行
	Percent string          // whole per cent
	// Unfinished: it was said to be done, and then what of it is not. How far it is must
	// be asked.
	Unfinished bool
	Over       string // more than all of it was said, in per cent: 120
	Approx     bool   // the per cent are an estimate, or an amount was 七八百
	Done       Amount // so much of it is done
	Of         Amount // of so much
	Left       Amount // so much is not
	More       bool   // Done comes on top of what was done before: 又埋了一百米
	On         string // ISO: when it happened
	Due        string // ISO: until when it is put off, or promised
	By         string // put off by so many months
	Turned     bool   // a date was made of relative words: read it back
	Why        string
	Dept       string // code of the list dept that the reason points to
	Instead    string // cancelled: what takes its place
	Money      []Sum
	Outputs    []Output
	Loss       Amount
	Follows    []Follow
	price      Sum    // what one of what came out was sold for: 一头卖2100
	one        string // the unit of it
	State      bool   // perhaps how things are rather than what happened: 养了两头牛
	Photo      bool   // photos are announced
}

// About is a word that tells which measure is meant, with the codes of
// measure_cat1 and measure_cat2 that it fits.
type About struct {
	Word   string
	Kinds  []string
	Office bool // who leads such work was named, not the work: 住建验收了
}

// Amount is a quantity in a unit of the code list unit; "" is none.
type Amount struct{ Qty, Unit string }

// What a Sum is.
const (
	Paid   = "paid"   // arrived: 到账, 拨付
	Spent  = "spent"  // 花了
	Earned = "earned" // 卖了, 增收
	Owed   = "owed"   // has not come: 钱还没到
)

// Sum is money of one kind; an Amount of "" is all of it.
type Sum struct {
	Kind, Amount string // yuan
	Share        string // per cent of what is due, when no sum was told: 到了一半
	Approx       bool
	Again        bool // 又到了: on top of what is known
}

// Output is something that came out.
type Output struct {
	Indicator string // one of the keys of outputs in words.yaml
	Amount
	Approx bool
}

// Follow is a value of the household or a member that follows from what was told.
type Follow struct{ Path, Value string }

// Reasons of an Unread.
const (
	WhyQuestion = "question" // asked, not told
	WhyPlan     = "plan"     // meant to be, not done
	WhyDenied   = "denied"   // said not to be so: 还没验收
	WhyOther    = "other"    // another part of the work: visits, meetings, reporting up
	WhyHearsay  = "hearsay"  // heard from others: 听说牛买了
	WhyBack     = "back"     // money that was given back or taken back
	WhyUnknown  = "unknown"  // no word of it means anything here
)

// Unread is a clause that told no progress.
type Unread struct {
	Said, Why string
	House     string // as in Report
}

// Tells reports whether anything of the report changes a record.
func (r *Report) Tells() bool {
	return r.Step != "" || r.Percent != "" || r.Done.Qty != "" || r.Left.Qty != "" || len(r.Money) > 0 || len(r.Outputs) > 0 || r.Loss.Qty != "" || len(r.Follows) > 0 || r.Photo
}
