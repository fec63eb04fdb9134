package store

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm/schema"

	"github.com/huhuqing/huhuqing/models"
)

// sealedRecords are the records with sealed columns.
func sealedRecords() []any {
	return []any{
		models.Person{}, models.Household{}, models.Member{}, models.Duty{}, models.Helper{},
		models.Cause{}, models.Measure{},
		models.Change{}, models.Feedback{}, models.Draft{}, models.Mute{}, models.Push{},
	}
}

// rotateAtOnce is how many rows Rotate reads at a time.
const rotateAtOnce = 200

// Rotate rewrites with the first key of the ring what an older one sealed, and
// the blind indexes with it; it tells how many rows it changed. It may run while
// the bot serves, and again after it was interrupted. Bodies of drafts and answers
// of turns are sealed by the turn: they are rewritten as people go on, or purged.
// Keep the old key until then, and as long as there are photos in the data folder:
// those files it does not reach.
func (s *Store) Rotate(ctx context.Context) (rows int, err error) {
	const op = "rotate keys"
	if s.readOnly {
		return 0, forbidden(op)
	}
	for _, record := range sealedRecords() {
		n, err := s.reseal(ctx, record, s.keys.OpenText)
		if rows += n; err != nil {
			return rows, fail(op, err)
		}
	}
	n, err := s.reindexAll(ctx)
	return rows + n, fail(op, err)
}

// opener gives the plain text of what a column holds for a purpose.
type opener func(purpose, held string) (string, error)

// reseal goes through one table in the order of its key.
func (s *Store) reseal(ctx context.Context, record any, open opener) (rows int, err error) {
	sc, err := s.schemaOf(record)
	if err != nil {
		return 0, err
	}
	var keys []string
	for _, f := range sc.PrimaryFields {
		keys = append(keys, "`"+f.DBName+"`")
	}
	var cols []*schema.Field
	for _, f := range sc.Fields {
		if f.Serializer != nil {
			cols = append(cols, f)
		}
	}
	key := strings.Join(keys, ", ")
	after, args := "", []any{}
	for {
		page, err := s.page(ctx, sc.Table, key, cols, after, args)
		if err != nil || len(page) == 0 {
			return rows, err
		}
		for _, row := range page {
			changed, err := s.resealRow(ctx, sc.Table, keys, cols, row, open)
			if err != nil {
				return rows, err
			}
			if changed {
				rows++
			}
		}
		after = " WHERE (" + key + ") > (?" + strings.Repeat(", ?", len(keys)-1) + ")"
		args = page[len(page)-1][:len(keys)]
	}
}

// page reads key and sealed columns as they are, key first.
func (s *Store) page(ctx context.Context, table, key string, cols []*schema.Field, after string, args []any) ([][]any, error) {
	list := key
	for _, f := range cols {
		list += ", `" + f.DBName + "`"
	}
	rows, err := s.on(ctx).Raw(fmt.Sprintf("SELECT %s FROM `%s`%s ORDER BY %s LIMIT %d", list, table, after, key, rotateAtOnce), args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		row := make([]any, strings.Count(list, ",")+1)
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok { // gorm takes bytes after a parenthesis for a list
				row[i] = string(b)
			}
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// resealRow writes the columns another key sealed, each only if it is still what
// was read: a save in the same moment has sealed it anew itself.
func (s *Store) resealRow(ctx context.Context, table string, keys []string, cols []*schema.Field, row []any, open opener) (bool, error) {
	changed := false
	for i, f := range cols {
		was, _ := row[len(keys)+i].(string) // NULL is as fresh as nothing
		if s.keys.FreshText(was) {
			continue
		}
		plain, err := open(purposeOf(f), was)
		if err != nil {
			return changed, fmt.Errorf("%s: %w", purposeOf(f), err)
		}
		query := fmt.Sprintf("UPDATE `%s` SET `%s` = ? WHERE %s = ? AND `%s` = ?", table, f.DBName, strings.Join(keys, " = ? AND "), f.DBName)
		args := append([]any{s.keys.SealText(purposeOf(f), plain)}, row[:len(keys)]...)
		if err := s.on(ctx).Exec(query, append(args, was)...).Error; err != nil {
			return changed, err
		}
		changed = true
	}
	return changed, nil
}

// reindexAll rewrites the blind indexes of every household that has old ones.
func (s *Store) reindexAll(ctx context.Context) (rows int, err error) {
	for after := ""; ; {
		var ids []string
		err := s.on(ctx).Model(&models.Household{}).Where("id > ?", after).Order("id").Limit(rotateAtOnce).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return rows, err
		}
		for _, id := range ids {
			n, err := s.reindexHousehold(ctx, id)
			if rows += n; err != nil {
				return rows, err
			}
			after = id
		}
	}
}

// reindexHousehold takes the household's row first, so that no save comes between.
func (s *Store) reindexHousehold(ctx context.Context, id string) (rows int, err error) {
	const op = "rotate keys"
	err = s.atomic(ctx, op, func(tx *Store) error {
		rows = 0
		lock := tx.on(ctx).Exec("UPDATE households SET version = version WHERE id = ?", id)
		if lock.Error != nil {
			return fail(op, lock.Error)
		}
		f, err := tx.load(ctx, models.Actor{Area: id[:2]}, id, baseParts())
		if err != nil {
			return fail(op, err)
		}
		for _, m := range f.Members {
			hash := tx.keys.Blind(idPurpose, citizen(m.IDNo))
			if m.IDHash == nil || *m.IDHash == hash {
				continue
			}
			if err := tx.on(ctx).Model(&models.Member{}).Where("id = ?", m.ID).Update("id_hash", hash).Error; err != nil {
				return fail(op, err)
			}
			rows++
		}
		return fail(op, tx.reindex(ctx, id, tx.lookupsOf(f)))
	})
	if models.CodeOf(err) == models.NotFound { // withdrawn since it was listed
		err = nil
	}
	return rows, err
}
