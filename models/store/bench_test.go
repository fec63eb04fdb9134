package store

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// BenchmarkFind looks households up in one village among many, and runs the same
// first query bare for comparison (performance.md rows 10 and 14).
// HHQ_BENCH_HOUSEHOLDS says among how many, 20,000 by default.
func BenchmarkFind(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("HHQ_BENCH_HOUSEHOLDS"), "20000"))
	require.NoError(b, err)
	for _, back := range backends {
		if back.name == "memory" {
			continue
		}
		s := openAt(b, back.url(b), keyring(b, testKey))
		require.NoError(b, s.Migrate(b.Context()))
		const perVillage = 200
		seed(b, s, n/perVillage, perVillage)
		by := models.Actor{PersonID: "p", Area: villageCode(n / perVillage / 2)}
		town := models.Actor{PersonID: "p", Area: by.Area[:9]}
		someone := seedHousehold(n/perVillage/2, 77).Members[1]
		_, initials, _ := reading(someone.Name)
		for _, c := range []struct {
			name string
			by   models.Actor
			q    models.Query
		}{
			{"name", by, models.Query{Name: someone.Name}},
			{"part", by, models.Query{Name: string([]rune(someone.Name)[1:])}},
			{"initials", by, models.Query{Pinyin: initials[0]}},
			{"tail", by, models.Query{IDTail: string(someone.IDNo[14:])}},
			{"name in a town", town, models.Query{Name: someone.Name}},
			{"tail in a town", town, models.Query{IDTail: string(someone.IDNo[14:])}},
		} {
			b.Run(fmt.Sprintf("%s/%s", back.name, c.name), func(b *testing.B) {
				for b.Loop() {
					cards, _, err := s.Households().Find(b.Context(), c.by, c.q)
					require.NoError(b, err)
					require.NotEmpty(b, cards)
				}
			})
			b.Run(fmt.Sprintf("%s/%s bare", back.name, c.name), func(b *testing.B) { bare(b, s, c.by, c.q) })
		}
	}
}

// bare runs the two queries of a look-up on the prepared statements alone.
func bare(b *testing.B, s *Store, by models.Actor, q models.Query) {
	b.Helper()
	rec := &recorder{pool: s.pool}
	s.db.Statement.ConnPool = rec
	_, _, err := s.Households().Find(b.Context(), by, q)
	s.db.Statement.ConnPool = s.pool
	require.NoError(b, err)
	for b.Loop() {
		for _, one := range rec.seen {
			rows, err := s.pool.QueryContext(b.Context(), one.text, one.args...)
			require.NoError(b, err)
			cols, err := rows.Columns()
			require.NoError(b, err)
			into := make([]any, len(cols))
			for i := range into {
				into[i] = new(any)
			}
			for rows.Next() {
				require.NoError(b, rows.Scan(into...))
			}
			require.NoError(b, rows.Err())
			require.NoError(b, rows.Close())
		}
	}
}

// BenchmarkTurn is the transaction of a recording turn.
func BenchmarkTurn(b *testing.B) {
	for _, back := range backends {
		if back.name == "memory" {
			continue
		}
		b.Run(back.name, func(b *testing.B) {
			s := openAt(b, back.url(b), keyring(b, testKey))
			require.NoError(b, s.Migrate(b.Context()))
			ctx, body, n := b.Context(), make([]byte, 4<<10), int64(0)
			for b.Loop() {
				err := s.Atomically(ctx, func(tx models.Store) error {
					if err := tx.Turns().Insert(ctx, models.Turn{User: "o_ann", Key: strconv.FormatInt(n, 10), Answer: body[:300], At: clock}); err != nil {
						return err
					}
					return tx.Turns().SaveSession(ctx, models.Draft{User: "o_ann", Body: body, UpdatedAt: clock}, n)
				})
				require.NoError(b, err)
				n++
			}
		})
	}
}
