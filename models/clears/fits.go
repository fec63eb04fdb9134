package clears

import (
	"slices"

	"github.com/huhuqing/huhuqing/models"
)

// unfitting are the rules that say that a measure is not for this household, by
// its kind alone (domain.md §4: 措施错位).
var unfitting = []func(*run){n01, n02, n03, n04, n07, m03}

// Unfit reports whether the facts speak against a measure of that kind for these
// people, so that it should not be offered: a safe house to be repaired, training
// for somebody who cannot work, a hard road to be paved again.
func (j Judge) Unfit(d *models.Dossier, m models.Measure) bool {
	with := *d
	with.Measures = slices.Concat(d.Measures, []models.Measure{m})
	r := j.run(&with)
	last := len(r.works) - 1
	if last < 0 || r.works[last].n != len(d.Measures) {
		return false
	}
	r.rule = &models.Rule{}
	others := len(r.works[:last])
	for _, judge := range unfitting {
		before := len(*r.found)
		judge(r)
		for _, f := range (*r.found)[before:] {
			if f.RecordID == r.works[last].id() || f.Record == "household" && others > 0 {
				return true
			}
		}
	}
	return false
}
