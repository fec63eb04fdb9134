package store

import (
	"context"
	"maps"
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

// DupID finds where else somebody with these ID numbers counts, whoever asks, in
// one query as long as nobody does. Only what tells where is told, and nothing
// that could tell who.
func (r households) DupID(ctx context.Context, ids []models.IDNumber, exceptHousehold string) (map[models.IDNumber]models.Card, error) {
	const op = "dup id"
	at, err := r.claimed(ctx, ids, exceptHousehold)
	if err != nil || len(at) == 0 {
		return nil, fail(op, err)
	}
	households := slices.Compact(slices.Sorted(maps.Values(at)))
	cards, err := r.cards(ctx, households, len(households), nil)
	if err != nil {
		return nil, fail(op, err)
	}
	where := make(map[string]models.Card, len(cards))
	for _, c := range cards {
		where[c.ID] = models.Card{Village: c.Village, VillageName: c.VillageName, Group: c.Group, Head: c.Head}
	}
	out := make(map[models.IDNumber]models.Card, len(at))
	for _, id := range ids {
		for _, hash := range r.keys.Blinds(idPurpose, citizen(id)) {
			if card, ok := where[at[hash]]; ok {
				out[id] = card
			}
		}
	}
	return out, nil
}

// claimed are the households elsewhere that hold these numbers, by blind index.
func (r households) claimed(ctx context.Context, ids []models.IDNumber, exceptHousehold string) (map[string]string, error) {
	var hashes []string
	for _, id := range ids {
		if id != "" {
			hashes = append(hashes, r.keys.Blinds(idPurpose, citizen(id))...)
		}
	}
	if len(hashes) == 0 {
		return nil, nil
	}
	var found []models.Member
	err := r.on(ctx).Select("id_hash", "household_id").
		Where("id_hash IN ? AND household_id <> ?", padded(hashes, listSize(len(hashes))), exceptHousehold).Find(&found).Error
	at := make(map[string]string, len(found))
	for _, m := range found {
		at[*m.IDHash] = m.HouseholdID
	}
	return at, err
}
