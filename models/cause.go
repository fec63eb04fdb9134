package models

// Cause is one 致贫原因 of a household (domain.md §1.5). Seq 0 is the main
// one, 1 and 2 the others.
type Cause struct {
	HouseholdID string `gorm:"primaryKey;size:16"`
	Programme   string `gorm:"primaryKey;size:40"`
	Kind        string `key:"cause" gorm:"primaryKey;size:24"` // yinbing … (domain.md §2.4)
	Village     string `gorm:"size:12;not null;index"`
	Seq         int    `kept:"seq" gorm:"not null"`
	Evidence    Set    `key:"evidence" gorm:"size:400"` // paths of facts: "m:<member id>.health", "c.farm"
	Desc        string `key:"desc" gorm:"column:descr;serializer:sealed;size:2400"`
	OnDate      Date   `key:"cause_date" gorm:"size:10"`                  // 因灾/因婚/因丧: when
	GapMoney    Dec    `key:"gap_money" gorm:"type:decimal(14,2)"`        // 缺资金: how much
	GapUse      string `key:"gap_use" gorm:"size:200"`                    // 缺资金: for what
	AgreedBy    string `key:"confirm_by" gorm:"column:agreed_by;size:60"` // 评议人
	AgreedOn    Date   `key:"confirm_date" gorm:"column:agreed_on;size:10"`
	HeadAgrees  Tri    `key:"head_agrees" gorm:"size:3"`
}
