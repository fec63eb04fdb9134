package models

// Duty says who answers for a household, a measure or a project, at one level
// and in one role (domain.md §1.7). A hand-over ends one row and begins another.
type Duty struct {
	ID       string `gorm:"primaryKey;size:24"`
	Object   string `kept:"object" gorm:"size:24;not null;index"` // household, measure or project id
	Village  string `gorm:"size:12;not null;index"`
	Level    Level  `key:"duty_level" gorm:"size:12"` // village township county
	PersonID string `kept:"person" gorm:"size:20;index"`
	Name     string `key:"duty_person" gorm:"size:60"`
	Post     string `key:"post" gorm:"size:60"`
	Unit     string `key:"duty_unit" gorm:"size:100"`
	Dept     string `key:"dept" gorm:"size:60"`
	Phone    Phone  `key:"duty_phone" gorm:"serializer:sealed;size:200"`
	Role     string `key:"duty_role" gorm:"size:24"` // lead answer carry deliver
	From     Date   `key:"duty_from" gorm:"column:from_date;size:10"`
	To       Date   `key:"duty_to" gorm:"column:to_date;size:10"`
	Goal     string `key:"goal" gorm:"size:300"`
	Deadline Date   `key:"deadline" gorm:"size:10"`
	Reward   string `key:"reward" gorm:"size:200"`
	Penalty  string `key:"penalty" gorm:"size:200"`
}

// Helper is one 帮扶责任人 (结对) of a household.
type Helper struct {
	ID          string `gorm:"primaryKey;size:24"`
	HouseholdID string `gorm:"size:16;not null;index"`
	Village     string `gorm:"size:12;not null;index"`
	Name        string `key:"helper" gorm:"size:60"`
	Unit        string `key:"helper_unit" gorm:"size:100"`
	UnitLevel   string `key:"unit_level" gorm:"size:24"`
	Phone       Phone  `key:"helper_phone" gorm:"serializer:sealed;size:200"`
	IDHash      string `kept:"id_hash" gorm:"size:64"` // blind index, for rule P26
	From        Date   `key:"helper_from" gorm:"column:from_date;size:10"`
	To          Date   `key:"helper_to" gorm:"column:to_date;size:10"`
}

// Exit is the plan by which a household leaves poverty (脱贫时序).
type Exit struct {
	HouseholdID string `gorm:"primaryKey;size:16"`
	Programme   string `gorm:"primaryKey;size:40"`
	Village     string `gorm:"size:12;not null;index"`
	Year        Int    `key:"plan_year" gorm:"column:plan_year"`
	Quarter     Int    `key:"plan_quarter" gorm:"column:plan_quarter"`
	SeqNo       Int    `key:"seq_no"`
	Milestones  string `key:"milestone" gorm:"column:milestones;size:600"` // "2018Q4:房子修好,2019Q2:…"
}

// AreaExit is the year a village leaves the list (出列) or a county does (摘帽).
type AreaExit struct {
	Area      string `gorm:"primaryKey;size:14"`
	Programme string `gorm:"primaryKey;size:40"`
	Year      Int    `key:"plan_year" gorm:"column:plan_year"`
}
