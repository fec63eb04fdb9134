package models

// Around is what some rules need to know of other households and of people: the
// facts behind clears.Context, as the store finds them for one dossier.
type Around struct {
	SchoolBefore     map[string][]string     // member id → school status one and two years ago
	PoorHelpers      map[string]bool         // ids of helpers who are registered poor
	SameText         map[string]int          // wording of this dossier → households of the village with it
	SameMeasureShare float64                 // greatest share of the village's measures alike in content and quantity
	Prices           map[PriceOfUnit]float64 // median price of one unit in the county, within a twentieth
	Spread           map[string][2]float64   // class of household → least and most invested per person in the village
	Village          string                  // its name
	Departed         map[string]bool         // person ids that do not work any more
	Load             map[string]int          // person id, or name, of this dossier → households looked after
	ExitQuarters     map[int][4]int          // year → households of the village that leave in each quarter
	Leaving          []AreaLeaving
}

// PriceOfUnit is what a price is for: the kind of measure and its unit.
type PriceOfUnit struct{ Cat2, Unit string }

// AreaLeaving is how far an area is at the end of the year it is to leave poverty
// (rule T04): a village by its people, a county by its villages.
type AreaLeaving struct {
	Area  string // name
	Level Level
	Year  int
	All   int // village: people on file; county: its villages
	Left  int // of them out of poverty by the plan
}
