package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func addPhoto(t *testing.T, s *Store, household, id string, at time.Time) {
	t.Helper()
	require.NoError(t, s.Households().AddPhoto(t.Context(), ann("m"), models.Photo{
		ID: id, HouseholdID: household, Media: "media-" + id, At: at, State: models.PhotoKept, Tries: 7,
	}))
}

func TestPhotosAreClaimedOldestFirst(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		claim := func(now time.Time) (models.Photo, error) { return hh.ClaimPhoto(ctx, now, time.Minute) }
		_, err := claim(clock)
		refused(t, err, models.NotFound, "")
		id := create(t, s, ann("m"), wen()).Household.ID
		addPhoto(t, s, id, "new", clock)
		addPhoto(t, s, id, "old", clock.Add(-time.Hour))

		first, err := claim(clock)
		require.NoError(t, err)
		require.Equal(t, []any{"old", "media-old", id, models.PhotoWaiting, 1}, []any{first.ID, first.Media, first.HouseholdID, first.State, first.Tries})
		second, err := claim(clock)
		require.NoError(t, err)
		require.Equal(t, "new", second.ID)
		_, err = claim(clock.Add(59 * time.Second))
		refused(t, err, models.NotFound, "")

		fetched := clock.Add(time.Second)
		second.State, second.File, second.Bytes, second.SHA256, second.FetchedAt = models.PhotoKept, "v/new", 9, strings.Repeat("a", 64), &fetched
		require.NoError(t, hh.SettlePhoto(ctx, second))
		var row models.Photo
		require.NoError(t, s.on(ctx).Take(&row, "id = 'new'").Error)
		require.True(t, fetched.Equal(*row.FetchedAt))
		require.Equal(t, []any{models.PhotoKept, "v/new", 9, strings.Repeat("a", 64), "p_ann"}, []any{row.State, row.File, row.Bytes, row.SHA256, row.By})

		again, err := claim(clock.Add(time.Minute))
		require.NoError(t, err, "the one who had it is dead")
		require.Equal(t, []any{"old", 2}, []any{again.ID, again.Tries})
		first.State = models.PhotoLost
		refused(t, hh.SettlePhoto(ctx, first), models.Conflict, "")
		again.Reason, again.NextTry = "retry", clock.Add(time.Hour)
		require.NoError(t, hh.SettlePhoto(ctx, again))
		_, err = claim(clock.Add(time.Hour - time.Second))
		refused(t, err, models.NotFound, "")
		again, err = claim(clock.Add(time.Hour))
		require.NoError(t, err)
		require.Equal(t, []any{"retry", 3}, []any{again.Reason, again.Tries})
		again.State = models.PhotoLost
		require.NoError(t, hh.SettlePhoto(ctx, again))
		refused(t, hh.SettlePhoto(ctx, again), models.Conflict, "")
		_, err = claim(clock.Add(1000 * time.Hour))
		refused(t, err, models.NotFound, "")
	})
}

func TestAPhotoHasOneClaimant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m"), wen()).Household.ID
		for i := range 3 {
			addPhoto(t, s, id, fmt.Sprint("p", i), clock)
		}
		claimed := make([]string, 8)
		for i, err := range atOnce(len(claimed), func(i int) error {
			p, err := s.Households().ClaimPhoto(t.Context(), clock, time.Minute)
			claimed[i] = p.ID
			return err
		}) {
			if err != nil {
				refused(t, err, models.NotFound, "")
				require.Empty(t, claimed[i])
			}
		}
		require.Len(t, strings.Fields(strings.Join(claimed, " ")), 3)
		require.Subset(t, claimed, []string{"p0", "p1", "p2"})
	})
}

func TestPhotosFromBeforeAreFetchedAsWell(t *testing.T) {
	t.Parallel()
	for _, b := range backends {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			ctx, s := t.Context(), openAt(t, b.url(t), keyring(t, testKey))
			require.NoError(t, s.migrateTo(ctx, 3))
			require.NoError(t, s.on(ctx).Exec("INSERT INTO photos (id, household_id, media, at) VALUES ('p', ?, 'm', ?)", damiao+"0001", clock).Error)
			require.NoError(t, s.Migrate(ctx))
			p, err := s.Households().ClaimPhoto(ctx, clock, time.Minute)
			require.NoError(t, err)
			require.Equal(t, []any{"p", "m", 1, (*time.Time)(nil)}, []any{p.ID, p.Media, p.Tries, p.FetchedAt})
		})
	}
}
