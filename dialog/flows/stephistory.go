package flows

import (
	"slices"

	"github.com/huhuqing/huhuqing/models"
)

// stepOrder are the fields of a measure as its step is told: what it is now first.
var stepOrder = map[string]int{"status": -5, "progress": -4, "due_date": -3, "postponed": -2, "postpone_why": -1, "block_why": -1, "cancel_why": -1}

// stepNoise are fields of a step that its other fields tell already.
var stepNoise = map[string]bool{"first_due": true, "block_date": true, "actual_finish": true, "paid_date": true}

// stepFirst puts the changes of a record in the order in which a step is told; those
// of other records stay as they are.
func stepFirst(cs []models.Change) []models.Change {
	out := slices.Clone(cs)
	slices.SortStableFunc(out, func(a, b models.Change) int { return stepOrder[a.Field] - stepOrder[b.Field] })
	return out
}
