package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestUndo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		before := create(t, s, ann("m1"), wen())
		id := before.Household.ID

		d := stored(t, s, ann(""), id)
		d.Household.Phone = "13800000000"
		d.Members[0].Name = "岩温"
		d.Members = append(d.Members, models.Member{Name: "来客"})
		d.Condition = models.Condition{Year: 2019, Farm: models.DecOf(1)}
		_, err := hh.Save(ctx, ann("m2"), d, 1, clock.Add(time.Minute))
		require.NoError(t, err)

		gotID, source, err := hh.LastSaved(ctx, ann(""), clock)
		require.NoError(t, err)
		require.Equal(t, []string{id, "m2"}, []string{gotID, source})

		_, err = hh.Undo(ctx, bob("u"), id, "m2", clock, clock)
		refused(t, err, models.Forbidden, "undo_not_yours")
		_, err = hh.Undo(ctx, ann("u"), id, "m2", clock.Add(time.Hour), clock)
		refused(t, err, models.Forbidden, "undo_too_late")
		_, err = hh.Undo(ctx, ann("u"), id, "m9", clock, clock)
		refused(t, err, models.NotFound, "undo_nothing")

		back, err := hh.Undo(ctx, ann("u1"), id, "m2", clock, clock.Add(2*time.Minute))
		require.NoError(t, err)
		require.Len(t, back, 6)
		after := stored(t, s, ann(""), id)
		require.Empty(t, models.Diff(&before.Household, &after.Household))
		require.Equal(t, names(before.Members), names(after.Members))
		require.Equal(t, 2018, after.Condition.Year)
		require.Equal(t, 3, after.Household.Version)
		require.Equal(t, "岩温龙", after.Household.HeadName)
		cards, _, err := hh.Find(ctx, ann(""), models.Query{Name: "来客"})
		require.NoError(t, err)
		require.Empty(t, cards)

		_, err = hh.Undo(ctx, ann("u2"), id, "m2", clock, clock)
		refused(t, err, models.NotFound, "undo_nothing")
		_, source, err = hh.LastSaved(ctx, ann(""), clock)
		require.NoError(t, err)
		require.Equal(t, "m1", source, "what was put back is not the last one any more")

		after.Members = append(after.Members, models.Member{Name: "又来"})
		_, err = hh.Save(ctx, ann("m3"), after, 3, clock.Add(3*time.Minute))
		require.NoError(t, err)
		require.Equal(t, id+"06", after.Members[4].ID, "the number of a withdrawn member is gone")
	})
}

func TestUndoIsRefusedWhenTouchedLater(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		d := create(t, s, ann("m1"), wen())
		id := d.Household.ID
		d.Members[0].Name = "岩温"
		_, err := hh.Save(ctx, ann("m2"), d, 1, clock)
		require.NoError(t, err)
		d.Members[0].Edu = "primary"
		_, err = hh.Save(ctx, bob("m3"), d, 2, clock)
		require.NoError(t, err)

		back, err := hh.Undo(ctx, ann("u1"), id, "m2", clock, clock)
		require.NoError(t, err, "another field of the same member is no matter")
		require.Len(t, back, 1)

		_, err = hh.Undo(ctx, ann("u2"), id, "m1", clock, clock)
		refused(t, err, models.Conflict, "undo_touched")
		var e *models.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, "member.edu_level", e.Path)

		_, err = hh.Undo(ctx, bob("u3"), id, "m3", clock, clock)
		require.NoError(t, err)
		_, err = hh.Undo(ctx, ann("u4"), id, "m1", clock, clock)
		require.NoError(t, err, "what was put back does not stand in the way")
	})
}

func TestUndoWithdrawsAHousehold(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		id := create(t, s, ann("m1"), wen()).Household.ID
		require.NoError(t, hh.AddPhoto(ctx, ann("m1"), models.Photo{HouseholdID: id, Media: "x"}))

		_, err := hh.Undo(ctx, ann("u1"), id, "m1", clock, clock)
		require.NoError(t, err)
		_, err = hh.Dossier(ctx, ann(""), id, 0)
		refused(t, err, models.NotFound, "")
		for _, table := range []string{"households", "members", "conditions", "incomes", "lookups"} {
			var n int64
			require.NoError(t, s.on(ctx).Table(table).Count(&n).Error)
			require.Zero(t, n, table)
		}
		left, err := hh.ClaimPhoto(ctx, clock, time.Minute)
		require.NoError(t, err, "the photo stays")
		require.Equal(t, id, left.HouseholdID)
		changes, err := hh.History(ctx, ann(""), id, 0, 4)
		require.NoError(t, err)
		require.Len(t, changes, 4)
		require.Equal(t, "-", changes[0].Field)
		require.Equal(t, "u1", changes[0].Source)
		require.Equal(t, "m1", changes[0].Undoes)

		_, _, err = hh.LastSaved(ctx, ann(""), clock)
		refused(t, err, models.NotFound, "")
		again := create(t, s, ann("m2"), wen())
		require.Equal(t, damiao+"0002", again.Household.ID, "its number is gone, its ID numbers are free")
	})
}

func TestHistoryPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		id := create(t, s, ann("m1"), wen()).Household.ID
		all, err := hh.History(ctx, ann(""), id, 0, 200)
		require.NoError(t, err)
		require.Greater(t, len(all), 20)
		var paged []models.Change
		for before := uint64(0); ; before = paged[len(paged)-1].ID {
			page, err := hh.History(ctx, ann(""), id, before, 7)
			require.NoError(t, err)
			if len(page) == 0 {
				break
			}
			paged = append(paged, page...)
		}
		require.Equal(t, all, paged)
	})
}
