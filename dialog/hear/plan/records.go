package plan

// Cause is a 致贫原因 as said.
type Cause struct {
	Kind   string   // key of the code list cause
	Main   bool     // said to be the main one
	Other  bool     // said to be a further one
	Desc   string   // the words that explain it, "" when only the cause was named
	Who    []string // refs of the members it is about
	Date   string   // when: 因灾, 因婚, 因丧
	Gap    string   // 缺资金: how much, 元
	GapUse string   // 缺资金: for what
	Flags
	Span
}

// Agreement is who assessed the causes, when, and whether the head of the
// household agrees. Causes passes over the pieces that tell it: read both of the
// same message.
type Agreement struct {
	HeadAgrees string // yes, no or "" when not said
	By         string // 村民小组会 as said, or the full name of the one known
	ByID       string // of the Official it resolves to
	On         string // ISO
	Flags
	Span
}

// Measure is a 帮扶措施 as said.
type Measure struct {
	Cat1    string // keys of the code lists measure_cat1 and measure_cat2; "" when unsure
	Cat2    string
	Title   string   // short: 养能繁母牛
	Content string   // the words, numbers and all
	Qty     string   // decimal in Unit
	Unit    string   // key of the code list unit
	Year    string   // of the due date, or as said
	Start   string   // ISO
	Due     string   // ISO
	Will    string   // key of the code list will
	WillOn  string   // ISO: when it was talked over
	Targets []string // refs of members
	Needs   []string // causes and gaps on record that it answers
	Funds   []Fund   // a missing year or source is "" there and an Unread
	Outputs []Output
	Duties  []Duty // departments and people said with it; Name may be ""
	Scope   string // household person village
	Cancel  bool   // to be taken off
	Fixed   bool   // a value was taken back for another: 羊不是20只，是15只
	Instead bool   // takes the place of the one taken off in the same message
	Flags
	Span
}

// Fund is a line of money as said. With None there is no money, for the reason
// Why.
type Fund struct {
	Year   string
	Source string // key of the code list fund_source
	Kind   string // key of the code list fund_kind
	Amount string // 元
	Paid   string // 元
	PaidOn string // ISO
	Months string // of a loan
	More   bool   // 又2000, 再补2000: beside what there is
	None   bool   // 不要钱
	Why    string // reason of None, as said
	Flags
	Span
}

// Output is a promised result as said.
type Output struct {
	Year      string
	Indicator string // 出栏
	Unit      string // key of the code list unit
	Target    string
	Actual    string // told as reached: 出栏了2头
	Income    string // 增收, 元
	Flags
	Span
}

// Duty is one who answers, as said.
type Duty struct {
	Level    string // village township county, "" when unsure
	Name     string // 小杨 as said, or the full name of the one known
	PersonID string // of the Official it resolves to
	Dept     string // key of the code list dept
	Post     string
	Role     string // key of the code list duty_role
	Unit     string
	Phone    string
	Goal     string
	Deadline string // ISO
	Reward   string
	Penalty  string
	Flags
	Span
}

// Helper is a 帮扶责任人 as said.
type Helper struct {
	Name      string
	PersonID  string
	Unit      string
	UnitLevel string // key of the code list unit_level
	Phone     string
	From      string // ISO
	To        string // ISO
	Replace   bool   // 换成
	Flags
	Span
}

// Milestone is what is reached by the end of a quarter.
type Milestone struct {
	Quarter string // "2018Q4"
	Text    string
	Flags
	Span
}

// Exit is the order of leaving poverty as said.
type Exit struct {
	Year        string
	Quarter     string // 1–4
	Seq         string
	First       bool // 排在前头
	Milestones  []Milestone
	VillageYear string // 出列
	CountyYear  string // 摘帽
	Flags
	Span
}

// OnlyIncome reports whether an output tells nothing but what is added to the income.
func (o Output) OnlyIncome() bool {
	return o.Indicator == "" && (o.Target == "" || o.Unit == "yuan") || o.Unit == "yuan" && o.Target == o.Income
}
