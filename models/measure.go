package models

// Measure is one 帮扶措施 (domain.md §1.6).
type Measure struct {
	ID           string `gorm:"primaryKey;size:20"`
	HouseholdID  string `gorm:"size:16;not null;index"` // "" for a village measure
	Village      string `gorm:"size:12;not null;index"`
	Programme    string `kept:"programme" gorm:"size:40;not null"`
	Scope        string `key:"scope" gorm:"size:12"` // household person village
	Cat1         string `key:"cat1" gorm:"size:24"`
	Cat2         string `key:"cat2" gorm:"size:24"`
	Title        string `key:"title" gorm:"size:100"`
	Content      string `key:"content" gorm:"serializer:sealed;size:4000"`
	Needs        Set    `key:"need_ref" gorm:"column:needs;size:200"` // causes and gaps it answers
	Targets      Set    `key:"targets" gorm:"size:400"`               // member ids
	Qty          Dec    `key:"qty" gorm:"type:decimal(14,2)"`
	Unit         string `key:"unit" gorm:"size:24"`
	Year         Int    `key:"year"`
	Start        Date   `key:"start_date" gorm:"column:start_date;size:10"`
	Due          Date   `key:"due_date" gorm:"column:due_date;size:10;index"`
	Will         string `key:"will_sign" gorm:"column:will_sign;size:24"`
	WillOn       Date   `key:"will_date" gorm:"size:10"`
	ProjectID    string `key:"project_id" gorm:"size:24"`
	Status       string `key:"status" gorm:"size:24"`
	Progress     Int    `key:"progress"`
	Finished     Date   `key:"actual_finish" gorm:"column:actual_finish;size:10"`
	Proof        Set    `key:"proof" gorm:"size:600"`
	NoMoneyWhy   string `key:"no_money_why" gorm:"size:200"` // 零投入 reason
	WhyUnfitting string `key:"why_unfitting" gorm:"size:300"`

	// What happened to it (see progress.go).
	FirstDue    Date   `key:"first_due" gorm:"size:10"` // as promised before it was first postponed
	Postponed   Int    `key:"postponed"`                // how often
	PostponeWhy string `key:"postpone_why" gorm:"size:200"`
	BlockWhy    string `key:"block_why" gorm:"size:200"` // "" when nothing stands in the way
	BlockDept   string `key:"block_dept" gorm:"size:60"`
	BlockOn     Date   `key:"block_date" gorm:"column:block_on;size:10"`
	CancelWhy   string `key:"cancel_why" gorm:"size:200"`
	Instead     string `key:"instead" gorm:"size:200"` // in place of a cancelled one, "none" when nothing is
	Note        string `key:"progress_note" gorm:"column:progress_note;size:300"`

	DueDay  Date `gorm:"size:10;not null;default:''"` // kept by the store: last day of Due, to look up what is due
	Version int  `gorm:"not null;default:1"`
}

// Fund is one line of money of a measure: year × source × kind. 元.
type Fund struct {
	ID        string `gorm:"primaryKey;size:24"`
	MeasureID string `kept:"measure" gorm:"size:20;not null;index"`
	Village   string `gorm:"size:12;not null;index"`
	Year      Int    `key:"fund_year"`
	Source    string `key:"source" gorm:"size:24"`
	Kind      string `key:"fund_kind" gorm:"size:24"`
	Amount    Dec    `key:"amount" gorm:"type:decimal(14,2)"`
	Paid      Dec    `key:"paid" gorm:"type:decimal(14,2)"`
	PaidOn    Date   `key:"paid_date" gorm:"column:paid_date;size:10"`
	Months    Int    `key:"loan_months"` // 贷款期限
}

// Output is one promised result of a measure in a year.
type Output struct {
	ID        string `gorm:"primaryKey;size:24"`
	MeasureID string `kept:"measure" gorm:"size:20;not null;index"`
	Village   string `gorm:"size:12;not null;index"`
	Year      Int    `key:"output_year"`
	Indicator string `key:"indicator" gorm:"size:60"`
	Unit      string `key:"output_unit" gorm:"size:24"`
	Target    Dec    `key:"target" gorm:"type:decimal(14,2)"`
	Actual    Dec    `key:"actual" gorm:"type:decimal(14,2)"`
	Income    Dec    `key:"income_effect" gorm:"column:income_effect;type:decimal(14,2)"`
}
