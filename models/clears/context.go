package clears

import "github.com/huhuqing/huhuqing/models"

// Context is what some rules need from outside the dossier. Everything is
// optional: a rule that lacks its part does not apply. The store fills it for
// one household with indexed look-ups, or for a whole village in one pass
// (each comment says how); nothing here is scanned at every message.
type Context struct {
	// DupIDs, rule P05: first 18 characters of an ID number → where it is
	// registered already ("group head"). Blind index of the numbers of this
	// dossier (IN query on the index), other households, present members only.
	DupIDs map[string]string

	// SchoolBefore, rule P25: member id → school_status one year ago, two years
	// ago … From the changes of the field, or last years' snapshots.
	SchoolBefore map[string][]string

	// PoorHelpers, rule P26: helper id → is registered poor. Join of
	// helpers.id_hash with the blind index of present members.
	PoorHelpers map[string]bool

	// SameText, rule W02: wording → households of the village with exactly it.
	// A column with a hash of the wording, GROUP BY hash HAVING count ≥ 10,
	// computed once a village when one of its texts changes.
	SameText map[string]int

	// SameMeasureShare, clear ③ f: greatest share of the village's measures with
	// equal content and quantity. From the same grouping.
	SameMeasureShare float64

	// Prices, rule Q07: PriceKey(cat2, unit) → median price of one unit in the
	// county. Recomputed nightly or when the county's sums are.
	Prices map[string]float64

	// Spread, rule Q09: class of household (More "class" of its attribute) →
	// least and most invested per person in the village. MIN and MAX over the
	// sums kept per household.
	Spread map[string]Range
	// Village is the name of the household's village, for messages.
	Village string

	// Departed, rule R05: person id → has left the post. From people.active.
	Departed map[string]bool
	// Load, rule R05: person id, or name of a helper → households looked after.
	// GROUP BY over current duties and helpers.
	Load map[string]int

	// Leaving, rule T04: how far the village and the county are. One row per
	// area, kept with the sums.
	Leaving []Leaving
	// ExitQuarters, rule T07: year → households of the village planned to leave
	// in each quarter. GROUP BY plan_year, plan_quarter.
	ExitQuarters map[int][4]int

	// Totals, rule Q01: sums that somebody else stated (an import, a village plan).
	Totals []Total

	// Publishing, rule W03: the text about to be shown in public or in a group.
	Publishing string

	// Case, rules V01, V02, V05, V06: the household as a monitored one.
	Case *Case
}

// Range is least and most.
type Range struct{ Min, Max float64 }

// PriceKey names a price in Context.Prices.
func PriceKey(cat2, unit string) string { return cat2 + "|" + unit }

// Leaving is how far an area is in the year it leaves poverty.
type Leaving struct {
	Area         string // name
	Level        models.Level
	Year         int
	PoorRate     float64 // share of people still poor at the end of Year
	VillageShare float64 // county: share of its villages that have left by Year
}

// Total is a sum as stated. Parts is needed for a village only; the parts of a
// household and a measure are added up from the dossier.
type Total struct {
	Record string // household measure village
	ID     string
	Year   int
	Stated models.Dec
	Parts  models.Dec
}

// Case is the course of a monitored household (防返贫监测).
type Case struct {
	Found, Decided models.Date // risk noticed, decided on
	Entered        models.Date // taken into monitoring
	PostedDays     models.Int  // days posted in the village
	Resolved       models.Date // risk removed
	Natural        bool        // gone by itself: died, moved away …
	IncomeSteady   bool        // above the line without a break since Entered
}
