package models

// Member is one person of a household (domain.md §1.2). Members that left stay
// on file with Change set; 在册 means Change is empty or an arrival.
type Member struct {
	ID           string   `gorm:"primaryKey;size:18"` // household id + two digits, never used again
	HouseholdID  string   `gorm:"size:16;not null;index"`
	Village      string   `gorm:"size:12;not null;index"`
	Name         string   `key:"name" gorm:"size:60;not null"`
	Alias        Set      `key:"alias" gorm:"size:200"`
	Sex          string   `key:"sex" gorm:"size:2"` // M, F
	Birth        Date     `key:"birth" gorm:"size:10"`
	IDType       string   `key:"id_type" gorm:"size:24"`
	IDNo         IDNumber `key:"id_no" gorm:"serializer:sealed;size:200"`
	Relation     string   `key:"relation" gorm:"size:24"`
	Ethnic       string   `key:"ethnic" gorm:"size:24"`
	Political    string   `key:"political" gorm:"size:24"`
	Edu          string   `key:"edu_level" gorm:"column:edu_level;size:24"`
	School       string   `key:"school_status" gorm:"column:school_status;size:24"`
	SchoolName   string   `key:"school_name" gorm:"size:100"`
	Dropout      string   `key:"dropout_reason" gorm:"column:dropout_reason;size:24"`
	Health       Set      `key:"health" gorm:"serializer:sealed;size:300"`
	Disease      string   `key:"disease" gorm:"serializer:sealed;size:400"`
	TreatAt      string   `key:"treat_at" gorm:"serializer:sealed;size:400"`
	Doctor       string   `key:"family_doctor" gorm:"column:family_doctor;size:60"`
	DisabType    string   `key:"disab_type" gorm:"serializer:sealed;size:200"`
	DisabLevel   string   `key:"disab_level" gorm:"serializer:sealed;size:200"`
	Labor        string   `key:"labor" gorm:"size:24"`
	Occupation   string   `key:"occupation" gorm:"size:24"` // 务工 务农 待业 …, for 就业 of 家底清 g
	WorkArea     string   `key:"work_area" gorm:"size:24"`
	WorkAddr     string   `key:"work_addr" gorm:"size:100"`
	WorkMonths   Int      `key:"work_months"`
	WorkUnit     string   `key:"work_unit" gorm:"size:100"`
	WorkPay      Dec      `key:"work_pay" gorm:"type:decimal(14,2)"`
	MedIns       string   `key:"med_ins" gorm:"size:24"`
	CritIns      Tri      `key:"crit_ins" gorm:"size:3"`
	SupplIns     Tri      `key:"suppl_ins" gorm:"size:3"`
	Pension      string   `key:"pension_ins" gorm:"column:pension_ins;size:24"`
	Dibao        Tri      `key:"on_dibao" gorm:"column:on_dibao;size:3"`
	Tekun        Tri      `key:"on_tekun" gorm:"column:on_tekun;size:3"`
	PublicJob    string   `key:"public_job" gorm:"size:24"`
	PublicMonths Int      `key:"public_months"`
	Mandarin     Tri      `key:"mandarin" gorm:"size:3"`
	Soldier      Tri      `key:"soldier" gorm:"size:3"`
	Change       string   `key:"change_type" gorm:"column:change_type;size:24"`
	ChangeDate   Date     `key:"change_date" gorm:"size:10"`
	ChangeNote   string   `key:"change_note" gorm:"size:300"`
	Seq          int      `gorm:"not null;default:0"` // order in the household

	// Kept by the store: the blind index of the ID number while the member counts,
	// nil otherwise. Unique, so that nobody counts in two households.
	IDHash *string `gorm:"size:32;uniqueIndex"`
}

// Present reports whether the member counts as 在册 (domain.md §2.1 C-CHG):
// those who died, married out, moved away and so on stay on file but do not count.
func (m *Member) Present() bool {
	switch m.Change {
	case "", "married_in", "newborn", "moved_in", "returned", "adopted", "merged":
		return true
	}
	return false
}
