package store

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// causeV12 and measureV12 are the columns step 12 seals.
type causeV12 struct {
	HouseholdID string `gorm:"primaryKey"`
	Programme   string `gorm:"primaryKey"`
	Kind        string `gorm:"primaryKey"`
	Desc        string `gorm:"column:descr;serializer:sealed"`
}

// TableName is the table these columns are of; it is part of their purpose.
func (causeV12) TableName() string { return "causes" }

type measureV12 struct {
	ID      string `gorm:"primaryKey"`
	Content string `gorm:"serializer:sealed"`
}

// TableName is the table these columns are of; it is part of their purpose.
func (measureV12) TableName() string { return "measures" }

// sealPlans seals the words about causes and measures that an older program wrote as
// they were said. Running it again changes nothing.
func (s *Store) sealPlans(ctx context.Context, tx *sql.Tx) error {
	t := *s
	t.db, t.inTx = s.on(ctx).Session(&gorm.Session{}), true
	t.db.Statement.ConnPool = tx
	for _, record := range []any{causeV12{}, measureV12{}} {
		if _, err := t.reseal(ctx, record, t.openOrPlain); err != nil {
			return err
		}
	}
	return nil
}

// openOrPlain opens what was sealed and takes anything else as it is.
func (s *Store) openOrPlain(purpose, held string) (string, error) {
	if !s.keys.IsSealed(held) {
		return held, nil
	}
	return s.keys.OpenText(purpose, held)
}
