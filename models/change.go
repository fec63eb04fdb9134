package models

import "time"

// Change is one field of one record that became another value: who, when, old,
// new, from which message. Rows are only ever added. Old and New are sealed,
// since they may hold what is a loan.
type Change struct {
	ID          uint64    `gorm:"primaryKey"`
	At          time.Time `gorm:"not null;index:idx_changes_by,priority:2"`
	By          string    `gorm:"size:20;not null;index:idx_changes_by,priority:1"` // person id
	ByName      string    `gorm:"size:60"`
	Source      string    `gorm:"size:120;not null;index"` // message key, or the name of an import
	HouseholdID string    `gorm:"size:16;not null;index"`
	Village     string    `gorm:"size:12;not null"`
	Record      string    `gorm:"size:16;not null"` // household member condition income …
	RecordID    string    `gorm:"size:60;not null"` // member id, year, id of a measure, kind of a cause, key of a waiver …
	Programme   string    `gorm:"size:40;not null"` // of a cause or an exit: they have one in each programme; "" for other records
	Field       string    `gorm:"size:40;not null"` // key, or "+" for a record added and "-" for one withdrawn
	Old         string    `gorm:"column:old_value;serializer:sealed;type:text"`
	New         string    `gorm:"column:new_value;serializer:sealed;type:text"`
	Undoes      string    `gorm:"size:120"` // source whose change this one put back; "" for an ordinary change
}

// Access is one look at a household's personal data: who saw what, when.
type Access struct {
	ID          uint64    `gorm:"primaryKey"`
	At          time.Time `gorm:"not null;index"`
	By          string    `gorm:"size:20;not null"`
	HouseholdID string    `gorm:"size:16;not null;index"`
	Village     string    `gorm:"size:12;not null"`
	What        string    `gorm:"size:24;not null"` // card, form, history, export
}
