package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// refused is the code and the key of an error.
func refused(t *testing.T, err error, code models.Code, key string) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, code, models.CodeOf(err), "%v", err)
	if key != "" {
		var e *models.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, key, e.Key)
	}
}

func TestTurns(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		turn := models.Turn{User: "o_ann", Key: "m1", Answer: []byte{0, 1, 0xff}, At: clock}

		_, err := s.Turns().Answer(ctx, "o_ann", "m1")
		refused(t, err, models.NotFound, "")
		require.NoError(t, s.Turns().Insert(ctx, turn))
		refused(t, s.Turns().Insert(ctx, turn), models.Conflict, "turn_seen")
		got, err := s.Turns().Answer(ctx, "o_ann", "m1")
		require.NoError(t, err)
		require.Equal(t, turn.Answer, got)
		_, err = s.Turns().Answer(ctx, "o_bob", "m1")
		refused(t, err, models.NotFound, "")

		n, err := s.Turns().Purge(ctx, clock)
		require.NoError(t, err)
		require.Zero(t, n, "a turn of this very moment stays")
		n, err = s.Turns().Purge(ctx, clock.Add(time.Microsecond))
		require.NoError(t, err)
		require.EqualValues(t, 1, n)
	})
}

func TestSession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, turns := t.Context(), s.Turns()
		d := models.Draft{User: "o_ann", PersonID: "p1", Household: "5399012002010001", Title: "岩温龙", Body: []byte("sealed"), UpdatedAt: clock}

		_, err := turns.Session(ctx, "o_ann")
		refused(t, err, models.NotFound, "")
		refused(t, turns.SaveSession(ctx, d, 1), models.Conflict, "session_moved")
		require.NoError(t, turns.SaveSession(ctx, d, 0))
		refused(t, turns.SaveSession(ctx, d, 0), models.Conflict, "session_moved")
		d.Body = []byte("later")
		require.NoError(t, turns.SaveSession(ctx, d, 1))
		refused(t, turns.SaveSession(ctx, d, 1), models.Conflict, "session_moved")

		got, err := turns.Session(ctx, "o_ann")
		require.NoError(t, err)
		require.EqualValues(t, 2, got.Version)
		require.Equal(t, "岩温龙", got.Title)
		require.Equal(t, []byte("later"), got.Body)
		require.True(t, clock.Equal(got.UpdatedAt), "%s", got.UpdatedAt)
	})
}

func TestAtomically(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		turn := func(key string) models.Turn { return models.Turn{User: "o_ann", Key: key, At: clock} }
		boom := models.E(models.Invalid, "flow", nil)

		err := s.Atomically(ctx, func(tx models.Store) error {
			require.NoError(t, tx.Turns().Insert(ctx, turn("a")))
			require.NoError(t, tx.Atomically(ctx, func(in models.Store) error { return in.Turns().Insert(ctx, turn("b")) }))
			_, err := s.Turns().Answer(ctx, "o_ann", "a")
			refused(t, err, models.NotFound, "")
			return boom
		})
		require.Same(t, boom, err, "the error comes back as it is")
		_, err = s.Turns().Answer(ctx, "o_ann", "a")
		refused(t, err, models.NotFound, "")

		require.NoError(t, s.Atomically(ctx, func(tx models.Store) error {
			require.NoError(t, tx.Turns().Insert(ctx, turn("a")))
			refused(t, tx.Turns().Insert(ctx, turn("a")), models.Conflict, "turn_seen")
			return nil
		}))
		_, err = s.Turns().Answer(ctx, "o_ann", "a")
		require.NoError(t, err)
	})
}
