package models

// Waiver is the reason somebody gave for a warning, so that it no longer stands
// in the way of a clear (domain.md §4: W 可说明后放行).
type Waiver struct {
	HouseholdID string `gorm:"primaryKey;size:16"`
	Key         string `gorm:"primaryKey;column:finding;size:60"` // clears.Finding.Key: rule, record, id of the record
	Village     string `gorm:"size:12;not null"`
	Reason      string `key:"reason" gorm:"size:300"`
	By          string `kept:"by" gorm:"column:given_by;size:20"` // person id
	On          Date   `kept:"on" gorm:"column:given_on;size:10"`
}
