package models

import "time"

// Household is one 户 (domain.md §1.1). Its ID is the 12-digit village code and
// four more digits, never used again; ID and every row below it start with the
// village code, the natural partition.
type Household struct {
	ID           string `gorm:"primaryKey;size:16"`
	Village      string `gorm:"size:12;not null;index:idx_households_village,priority:1"`
	Group        string `key:"group" gorm:"column:group_name;size:60"`
	NatVillage   string `key:"nat_village" gorm:"size:60"`
	NationalNo   string `key:"nat_hh_no" gorm:"size:20;index"`
	Phone        Phone  `key:"phone" gorm:"serializer:sealed;size:200"`
	NoPhone      Tri    `key:"no_phone" gorm:"size:3"` // a household without a phone is complete without a number
	BankName     string `key:"bank_name" gorm:"size:60"`
	BankNo       BankNo `key:"bank_no" gorm:"serializer:sealed;size:200"`
	Attr         string `key:"hh_attr" gorm:"column:hh_attr;size:24"`
	Standard     string `key:"id_standard" gorm:"size:24"`
	FirstYear    Int    `key:"first_year"`
	Status       string `key:"hh_status" gorm:"column:hh_status;size:24"`
	ExitYear     Int    `key:"exit_year_actual" gorm:"column:exit_year_actual"`
	RelapseYear  Int    `key:"relapse_year"`
	RelapseCause string `key:"relapse_cause" gorm:"size:24"`
	Martyr       Tri    `key:"is_martyr" gorm:"column:is_martyr;size:3"`
	OnlyChild    Tri    `key:"is_only_child" gorm:"column:is_only_child;size:3"`
	TwoGirls     Tri    `key:"is_two_girl" gorm:"column:is_two_girl;size:3"`
	VisitBy      string `key:"visit_by" gorm:"size:20"` // person id
	VisitDate    Date   `key:"visit_date" gorm:"size:10"`
	SignImage    string `key:"sign_img" gorm:"column:sign_img;size:120"` // media reference of the signed or fingerprinted form
	Lat          string `key:"lat" gorm:"size:16"`
	Lng          string `key:"lng" gorm:"size:16"`
	Remark       string `key:"remark" gorm:"size:1000"`

	// Kept by the store for look-ups: the head's name and the counts of domain.md §1.1.
	HeadName    string `gorm:"size:60;not null;default:''"`
	MemberCount int    `gorm:"not null;default:0"`
	LaborHalves int    `gorm:"not null;default:0"`                                                  // 普通/技能 = 2, 弱/半 = 1
	GroupKey    string `gorm:"size:60;not null;default:'';index:idx_households_village,priority:2"` // Group in the form look-ups compare: 三组 = 3组
	MembersEver int    `gorm:"not null;default:0"`                                                  // number of the newest member; never goes down
	RowsEver    int    `gorm:"not null;default:0"`                                                  // number of the newest measure, fund, output, duty or helper; never goes down

	Rechecks Set `kept:"rechecks" gorm:"size:120"` // clears to be looked at again since what they build on changed (待复核)

	Version   int       `gorm:"not null;default:1"` // raised by one with every change of the household or of anything that belongs to it
	UpdatedAt time.Time `gorm:"index"`
	CreatedAt time.Time
}
