package store

import (
	"context"
	"database/sql"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// householdV3 and memberV3 are the columns step 3 reads and writes. Not the
// records of today: those will have columns that a database of then has not.
type householdV3 struct {
	ID          string
	Village     string
	Group       string       `gorm:"column:group_name"`
	Phone       models.Phone `gorm:"serializer:sealed"`
	GroupKey    string
	MembersEver int
}

// TableName is the table these columns are of; it is part of their purpose.
func (householdV3) TableName() string { return "households" }

type memberV3 struct {
	ID          string
	HouseholdID string
	Name        string
	Alias       models.Set
	Relation    string
	Change      string          `gorm:"column:change_type"`
	IDNo        models.IDNumber `gorm:"serializer:sealed"`
	Seq         int
	IDHash      *string
}

// TableName is the table these columns are of; it is part of their purpose.
func (memberV3) TableName() string { return "members" }

// fillAtOnce is how many households are brought forward at a time.
const fillAtOnce = 200

// fillLookups makes the look-ups, group keys, member numbers and blind indexes of
// households recorded before there were any. Running it again changes nothing.
func (s *Store) fillLookups(ctx context.Context, tx *sql.Tx) error {
	db := s.on(ctx).Session(&gorm.Session{})
	db.Statement.ConnPool = tx
	t := *s
	t.db, t.inTx = db, true
	taken := make(map[string]bool) // an old database may count somebody twice: the first one keeps the index
	for after := ""; ; {
		var part []householdV3
		if err := t.on(ctx).Where("id > ?", after).Order("id").Limit(fillAtOnce).Find(&part).Error; err != nil || len(part) == 0 {
			return err
		}
		for _, h := range part {
			if err := t.fillHousehold(ctx, h, taken); err != nil {
				return err
			}
			after = h.ID
		}
	}
}

func (s *Store) fillHousehold(ctx context.Context, h householdV3, taken map[string]bool) error {
	var members []memberV3
	if err := s.on(ctx).Where("household_id = ?", h.ID).Order("seq, id").Find(&members).Error; err != nil {
		return err
	}
	f := &file{Dossier: models.Dossier{Household: models.Household{ID: h.ID, Village: h.Village, Phone: h.Phone}}}
	ever := 0
	for _, m := range members {
		one := models.Member{ID: m.ID, Name: m.Name, Alias: m.Alias, Relation: m.Relation, Change: m.Change, IDNo: m.IDNo}
		f.Members = append(f.Members, one)
		ever = max(ever, numberOf(m.ID[models.HouseholdDigits:]))
		if hash := s.keys.Blind(idPurpose, citizen(m.IDNo)); one.Present() && m.IDNo != "" && !taken[hash] {
			taken[hash] = true
			if err := s.on(ctx).Model(&memberV3{}).Where("id = ?", m.ID).Update("id_hash", hash).Error; err != nil {
				return err
			}
		}
	}
	err := s.on(ctx).Model(&householdV3{}).Where("id = ?", h.ID).
		Updates(map[string]any{"group_key": models.GroupKey(h.Group), "members_ever": ever}).Error
	if err != nil {
		return err
	}
	return s.reindex(ctx, h.ID, s.lookupsOf(f))
}
