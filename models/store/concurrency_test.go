package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// atOnce runs fn n times at the same moment and gives back the errors.
func atOnce(n int, fn func(i int) error) []error {
	errs, start := make([]error, n), make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			errs[i] = fn(i)
		})
	}
	close(start)
	wg.Wait()
	return errs
}

// oneWins wants one success and the same refusal for all others.
func oneWins(t *testing.T, errs []error, key string) {
	t.Helper()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		refused(t, err, models.Conflict, key)
	}
	require.Equal(t, 1, won)
}

func TestCreatorsInOneVillage(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *Store) {
		settle(t, s)
		const n = 24
		ids := make([]string, n)
		for _, err := range atOnce(n, func(i int) error {
			res, err := s.Households().Create(t.Context(), ann(fmt.Sprint("m", i)), li(damiao, "一组"), clock)
			ids[i] = res.ID
			return err
		}) {
			require.NoError(t, err)
		}
		slices.Sort(ids)
		require.Equal(t, fmt.Sprintf("%s%04d", damiao, 1), ids[0])
		require.Equal(t, fmt.Sprintf("%s%04d", damiao, n), ids[n-1], "no number twice, none left out")
		require.Len(t, slices.Compact(ids), n)
	})
}

func TestCreatorsOfOnePerson(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *Store) {
		settle(t, s)
		oneWins(t, atOnce(6, func(i int) error {
			d := wen()
			if i%2 == 0 {
				d.Household.Village = xiaohe
			}
			_, err := s.Households().Create(t.Context(), bob(fmt.Sprint("m", i)), d, clock)
			return err
		}), "dup_id")
	})
}

func TestBindersOfOneInvite(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *Store) {
		ctx, people := t.Context(), s.People()
		require.NoError(t, people.Add(ctx, &models.Person{ID: "ann", Name: "安妮"}))
		require.NoError(t, people.Invite(ctx, models.Invite{Hash: "h", PersonID: "ann", ExpiresAt: clock.Add(time.Hour)}))
		oneWins(t, atOnce(8, func(i int) error {
			_, err := people.Bind(ctx, "h", fmt.Sprint("o_", i), clock)
			return err
		}), "invite_used")
		_, err := people.UserOf(ctx, "ann")
		require.NoError(t, err)
	})
}

func TestSaversOfOneHousehold(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m"), wen()).Household.ID
		oneWins(t, atOnce(8, func(i int) error {
			d, err := s.Households().Dossier(t.Context(), ann(""), id, 0)
			if err != nil {
				return err
			}
			d.Household.Remark = fmt.Sprint(i)
			d.Members = append(d.Members, models.Member{Name: "新人"})
			_, err = s.Households().Save(t.Context(), ann(fmt.Sprint("m", i)), d, 1, clock)
			return err
		}), "household_moved")
		got := stored(t, s, ann(""), id)
		require.Equal(t, 2, got.Household.Version)
		require.Len(t, got.Members, 5)
	})
}

func TestTurnsOfOneKey(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *Store) {
		oneWins(t, atOnce(8, func(int) error {
			return s.Atomically(t.Context(), func(tx models.Store) error {
				if err := tx.Turns().Insert(t.Context(), models.Turn{User: "o_ann", Key: "k", At: clock}); err != nil {
					return err
				}
				return tx.Turns().SaveSession(t.Context(), models.Draft{User: "o_ann"}, 0)
			})
		}), "turn_seen")
		d, err := s.Turns().Session(t.Context(), "o_ann")
		require.NoError(t, err)
		require.EqualValues(t, 1, d.Version)
	})
}
