package models

// Level is the rank of an area.
type Level string

// The levels of domain.md §0, top down.
const (
	Province   Level = "province"
	Prefecture Level = "prefecture"
	County     Level = "county"
	Township   Level = "township"
	Village    Level = "village"
	GroupLevel Level = "group"
)

// Area is one node of the area tree. Code is 2, 4, 6, 9 or 12 digits, or 14
// for a group (village code + 2, domain.md §0), so that everything within an
// area has its code as a prefix.
type Area struct {
	Code      string `gorm:"primaryKey;size:14"`
	Name      string `gorm:"size:60;not null"`
	Level     Level  `gorm:"size:12;not null"`
	Parent    string `gorm:"size:14;not null;index"`
	ValidFrom Date   `gorm:"size:10"`
	ValidTo   Date   `gorm:"size:10"`
}

// How long codes are (domain.md §0): those of areas, and the id of a household, which
// begins with the code of its village and is where the ids of its records begin.
const (
	CountyDigits    = 6
	TownshipDigits  = 9
	VillageDigits   = 12
	HouseholdDigits = 16
)

// LevelOf is the level that a code of this length has, "" for none.
func LevelOf(code string) Level {
	switch len(code) {
	case 2:
		return Province
	case 4:
		return Prefecture
	case CountyDigits:
		return County
	case TownshipDigits:
		return Township
	case VillageDigits:
		return Village
	case 14:
		return GroupLevel
	}
	return ""
}

// ParentCode is the code one level up, "" for a province.
func ParentCode(code string) string {
	switch len(code) {
	case 4:
		return code[:2]
	case CountyDigits:
		return code[:4]
	case TownshipDigits:
		return code[:CountyDigits]
	case VillageDigits:
		return code[:TownshipDigits]
	case 14:
		return code[:VillageDigits]
	}
	return ""
}
