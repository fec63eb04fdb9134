package models

// Condition is what a household lives and produces with in one year (domain.md
// §1.3). Areas in 亩, house in ㎡, road in 公里.
type Condition struct {
	HouseholdID  string `gorm:"primaryKey;size:16"`
	Year         int    `gorm:"primaryKey;autoIncrement:false"`
	Village      string `gorm:"size:12;not null;index"`
	Farm         Dec    `key:"farm" gorm:"type:decimal(14,2)"`
	Irrigated    Dec    `key:"irrig" gorm:"column:irrig;type:decimal(14,2)"`
	Forest       Dec    `key:"forest" gorm:"type:decimal(14,2)"`
	GrainToWood  Dec    `key:"grain2forest" gorm:"column:grain2forest;type:decimal(14,2)"`
	Fruit        Dec    `key:"fruit" gorm:"type:decimal(14,2)"`
	Grass        Dec    `key:"grass" gorm:"type:decimal(14,2)"`
	Water        Dec    `key:"water" gorm:"type:decimal(14,2)"`
	Stock        string `key:"stock" gorm:"size:400"`      // "pig:2,chicken:15", or "none"
	Industries   string `key:"industries" gorm:"size:600"` // "核桃15亩,洋芋2亩", or "none"
	Coop         Tri    `key:"coop" gorm:"size:3"`
	LeadFirm     Tri    `key:"lead_firm" gorm:"size:3"`
	LeadPerson   Tri    `key:"lead_person" gorm:"size:3"`
	PowerWork    Tri    `key:"power_prod" gorm:"column:power_prod;size:3"`
	PowerHome    Tri    `key:"power_life" gorm:"column:power_life;size:3"`
	TV           Tri    `key:"tv" gorm:"size:3"`
	WaterSource  string `key:"water_source" gorm:"size:60"`
	WaterHard    Tri    `key:"water_hard" gorm:"size:3"`
	WaterSafe    Tri    `key:"water_safe" gorm:"size:3"`
	RoadKm       Dec    `key:"road_km" gorm:"type:decimal(14,2)"`
	RoadType     string `key:"road_type" gorm:"size:24"`
	Toilet       Tri    `key:"toilet" gorm:"size:3"`
	Fuel         string `key:"fuel" gorm:"size:24"`
	HouseArea    Dec    `key:"house_area" gorm:"type:decimal(14,2)"`
	HouseStruct  string `key:"house_struct" gorm:"size:24"`
	HouseGrade   string `key:"house_grade" gorm:"size:24"`
	HouseEvalOrg string `key:"house_eval_org" gorm:"size:60"`
	HouseEvalOn  Date   `key:"house_eval_date" gorm:"column:house_eval_date;size:10"`
	HouseFixYear Int    `key:"house_fix_year"`
	RelocWill    Tri    `key:"reloc_will" gorm:"size:3"`
	RelocType    string `key:"reloc_type" gorm:"size:24"`
	ResettleMode string `key:"resettle_mode" gorm:"size:24"`
	ResettleAt   string `key:"resettle_place" gorm:"column:resettle_place;size:24"`
}
