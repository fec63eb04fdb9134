package store

import (
	"context"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// idPurpose is the purpose of the blind index of an ID number.
const idPurpose = "members.id"

// citizen is the part of an ID number that names a person: a disability card
// begins with the 18 characters of the identity card.
func citizen(id models.IDNumber) string {
	text := strings.ToUpper(id.Reveal())
	return text[:min(len(text), 18)]
}

// claim gives every member who counts the blind index of the ID number, and
// takes it from who does not count any more. conflict with Key "dup_id" when
// somebody else has it: here by a look, at the same moment by the unique index.
func (e *edit) claim(ctx context.Context) error {
	var wanted []string
	for _, m := range slices.Concat(e.added, e.changed) {
		o := e.old.member(m.ID)
		if o != nil && o.IDNo == m.IDNo && o.Present() == m.Present() {
			continue
		}
		m.IDHash = nil
		if m.IDNo != "" && m.Present() {
			hash := e.s.keys.Blind(idPurpose, citizen(m.IDNo))
			m.IDHash = &hash
			wanted = append(wanted, e.s.keys.Blinds(idPurpose, citizen(m.IDNo))...)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	var n int64
	err := e.s.on(ctx).Model(&models.Member{}).
		Where("id_hash IN ? AND household_id <> ?", padded(wanted, 16), e.next.Household.ID).Count(&n).Error
	if err == nil && n > 0 {
		return conflict(e.op, "dup_id")
	}
	return fail(e.op, err)
}

// DupID finds where else somebody with this ID number counts, whoever asks. Only
// village, group and head are told.
func (r households) DupID(ctx context.Context, id models.IDNumber, exceptHousehold string) ([]models.Card, error) {
	const op = "dup id"
	if id == "" {
		return nil, nil
	}
	var ids []string
	err := r.on(ctx).Model(&models.Member{}).
		Where("id_hash IN ? AND household_id <> ?", r.keys.Blinds(idPurpose, citizen(id)), exceptHousehold).
		Distinct().Order("household_id").Pluck("household_id", &ids).Error
	if err != nil || len(ids) == 0 {
		return nil, fail(op, err)
	}
	cards, err := r.cards(ctx, ids, len(ids), nil)
	for i, c := range cards {
		cards[i] = models.Card{Village: c.Village, VillageName: c.VillageName, Group: c.Group, Head: c.Head}
	}
	return cards, fail(op, err)
}
