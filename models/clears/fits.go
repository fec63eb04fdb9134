package clears

import (
	"slices"

	"github.com/huhuqing/huhuqing/models"
)

// unfitting are the rules that say that a measure is not for this household, by
// its kind alone (domain.md §4: 措施错位).
var unfitting = []func(*run){n01, n02, n03, n04, n07, m03}

// Unfit tells of a measure whether the facts speak against a measure of that kind for these
// people, so that it should not be offered: a safe house to be repaired, training
// for somebody who cannot work, a hard road to be paved again.
// What is known of the household is gathered once for all that are tried.
func (j Judge) Unfit(d *models.Dossier) func(models.Measure) bool {
	with := *d
	with.Measures = append(slices.Clip(d.Measures), models.Measure{})
	r := j.run(&with)
	r.rule = &models.Rule{}
	return func(m models.Measure) bool {
		with.Measures[len(d.Measures)] = m
		r.gatherWorks()
		return r.mismatched(len(d.Measures))
	}
}

// mismatched reports whether the facts speak against measure n, the last one.
func (r *run) mismatched(n int) bool {
	last := len(r.works) - 1
	if last < 0 || r.works[last].n != n {
		return false
	}
	*r.found = (*r.found)[:0]
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
