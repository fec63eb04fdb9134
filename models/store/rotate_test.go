package store

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// raw is every value of every row of every table, as the disk has it.
func raw(t *testing.T, s *Store) map[string]string {
	t.Helper()
	tables, err := s.db.Migrator().GetTables()
	require.NoError(t, err)
	out := make(map[string]string)
	for _, table := range tables {
		rows, err := s.pool.db.Query("SELECT * FROM `" + table + "`")
		require.NoError(t, err)
		cols, err := rows.Columns()
		require.NoError(t, err)
		for rows.Next() {
			into := make([]any, len(cols))
			for i := range into {
				into[i] = new(any)
			}
			require.NoError(t, rows.Scan(into...))
			for i, col := range cols {
				out[table+"."+col] += fmt.Sprintf("%s\n", *into[i].(*any))
			}
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	return out
}

func TestNothingSensitiveLiesOpen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx := t.Context()
		d := create(t, s, ann("m1"), wen())
		d.Members[0].IDNo, d.Members[0].Disease, d.Household.BankNo = "539901197203050032", "糖尿病", "6228480402564890026"
		_, err := s.Households().Save(ctx, ann("m2"), d, 1, clock)
		require.NoError(t, err)
		require.NoError(t, s.People().Add(ctx, &models.Person{ID: "p_ann", Name: "安妮", Role: models.RoleVillage, AreaCode: damiao, Phone: "13988887777"}))
		require.NoError(t, s.Turns().SaveSession(ctx, models.Draft{User: "o_ann", Title: "糖尿病的草稿"}, 0))
		require.NoError(t, s.Drafts().Put(ctx, models.Draft{User: "o_ann", Thing: "x", Title: "糖尿病的草稿"}))
		require.NoError(t, s.Feedbacks().Say(ctx, &models.Feedback{Text: "我的电话13988887777"}))

		columns := raw(t, s)
		require.Contains(t, columns["members.name"], "岩温龙", "the names are there, so this reads the right rows")
		for _, secret := range []string{
			"539901197203050016", "539901197203050032", "53990119750101002X", "050016", "0032", "13812345678", "345678", "13988887777",
			"6228480402564890018", "6228480402564890026", "高血压", "糖尿病", "chronic", "disabled", "乡卫生院", "limb",
		} {
			for column, values := range columns {
				require.NotContains(t, values, secret, column)
			}
		}
	})
}

func TestRotate(t *testing.T) {
	t.Parallel()
	newKey := "n2:" + seal.Generate()
	for _, b := range backends {
		if b.name == "memory" {
			continue // it would be another database each time
		}
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			ctx, url := t.Context(), b.url(t)
			old := openAt(t, url, keyring(t, testKey))
			require.NoError(t, old.Migrate(ctx))
			settle(t, old)
			id := create(t, old, ann("m1"), wen()).Household.ID
			require.NoError(t, old.Drafts().Put(ctx, models.Draft{User: "o_ann", Thing: "x", Title: "岩温龙"}))

			both := openAt(t, url, keyring(t, newKey+","+testKey))
			finds(t, both, "before the rotation")
			refusedCreate(t, both)
			rows, err := both.Rotate(ctx)
			require.NoError(t, err)
			require.Greater(t, rows, 10)
			rows, err = both.Rotate(ctx)
			require.NoError(t, err)
			require.Zero(t, rows, "nothing is left to do")

			renewed := openAt(t, url, keyring(t, newKey))
			finds(t, renewed, "with the new key alone")
			refusedCreate(t, renewed)
			require.Empty(t, models.Diff(&wen().Members[0], &stored(t, renewed, ann(""), id).Members[0]))
			drafts, err := renewed.Drafts().List(ctx, "o_ann")
			require.NoError(t, err)
			require.Equal(t, "岩温龙", drafts[0].Title)
			changes, err := renewed.Households().History(ctx, ann(""), id, 0, 200)
			require.NoError(t, err)
			require.NotEmpty(t, changes)
			_, err = old.Households().Dossier(ctx, ann(""), id, 0)
			refused(t, err, models.Internal, "")
			require.NotContains(t, err.Error(), "5399011972")
		})
	}
}

func finds(t *testing.T, s *Store, why string) {
	t.Helper()
	for _, q := range []models.Query{{IDTail: "539901197203050016"}, {IDTail: "0016"}, {IDTail: "50016"}, {Phone: "5678"}, {Phone: "13812345678"}} {
		cards, _, err := s.Households().Find(t.Context(), ann(""), q)
		require.NoError(t, err)
		require.Equal(t, []string{"岩温龙"}, heads(cards), why)
	}
}

func refusedCreate(t *testing.T, s *Store) {
	t.Helper()
	_, err := s.Households().Create(t.Context(), ann("m2"), wen(), clock)
	refused(t, err, models.Conflict, "dup_id")
}

// TestSealedColumnsAreBound moves a sealed value to another column, as somebody
// with access to the database could.
func TestSealedColumnsAreBound(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m1"), wen()).Household.ID
		require.NoError(t, s.on(context.Background()).Exec("UPDATE members SET disease = id_no WHERE id = ?", id+"01").Error)
		_, err := s.Households().Dossier(t.Context(), ann(""), id, 0)
		refused(t, err, models.Internal, "")
		require.ErrorContains(t, err, "members.disease")
	})
}
