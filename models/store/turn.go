package store

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// The two statements of every turn, in plain SQL: nothing built, nothing reflected.
const (
	insertTurn    = "INSERT INTO turns (`user`, turn_key, answer, at) VALUES (?, ?, ?, ?)"
	insertSession = "INSERT INTO drafts (`user`, thing, person_id, household, title, body, version, updated_at) VALUES (?, '', ?, ?, ?, ?, 1, ?)"
	updateSession = "UPDATE drafts SET person_id = ?, household = ?, title = ?, body = ?, version = version + 1, updated_at = ? WHERE `user` = ? AND thing = '' AND version = ?"
	titlePurpose  = "drafts.title"
)

type turns struct{ *Store }

// Answer is the answer a message got. not_found when it was not taken.
func (r turns) Answer(ctx context.Context, user, key string) ([]byte, error) {
	var t models.Turn
	err := r.on(ctx).Select("answer").Where("user = ? AND turn_key = ?", user, key).Take(&t).Error
	return t.Answer, fail("answer of turn", err)
}

// Insert keeps a turn.
func (r turns) Insert(ctx context.Context, t models.Turn) error {
	const op = "insert turn"
	if r.readOnly {
		return forbidden(op)
	}
	_, err := r.db.Statement.ConnPool.ExecContext(ctx, insertTurn, t.User, t.Key, t.Answer, r.at(t.At))
	return keyed(op, "turn_seen", err)
}

// Session is the durable session of a user.
func (r turns) Session(ctx context.Context, user string) (models.Draft, error) {
	var d models.Draft
	err := r.on(ctx).Where("user = ? AND thing = ''", user).Take(&d).Error
	return d, fail("session", err)
}

// SaveSession writes the session in one statement.
func (r turns) SaveSession(ctx context.Context, d models.Draft, was int64) error {
	const op, moved = "save session", "session_moved"
	if r.readOnly {
		return forbidden(op)
	}
	title, at := r.keys.SealText(titlePurpose, d.Title), r.at(d.UpdatedAt)
	conn := r.db.Statement.ConnPool
	if was == 0 {
		_, err := conn.ExecContext(ctx, insertSession, d.User, d.PersonID, d.Household, title, d.Body, at)
		return keyed(op, moved, err)
	}
	res, err := conn.ExecContext(ctx, updateSession, d.PersonID, d.Household, title, d.Body, at, d.User, was)
	if err != nil {
		return fail(op, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return keyed(op, moved, models.E(models.Conflict, op, err))
	}
	return nil
}

// purgeAtOnce bounds how many rows one DELETE of MySQL locks.
const purgeAtOnce = 2000

// Purge drops turns older than before, and wrong invite codes with them, in
// parts, so that nobody waits for it long. Only the turns are counted.
func (r turns) Purge(ctx context.Context, before time.Time) (int64, error) {
	if _, err := r.purge(ctx, "bind_failures", before); err != nil {
		return 0, err
	}
	return r.purge(ctx, "turns", before)
}

func (r turns) purge(ctx context.Context, table string, before time.Time) (int64, error) {
	op := "purge " + table
	query := "DELETE FROM " + table + " WHERE at < ?"
	if r.mysql {
		query += " LIMIT 2000"
	}
	tx, err := r.writable(ctx, op)
	if err != nil {
		return 0, err
	}
	for gone := int64(0); ; {
		res := tx.Exec(query, utc(before))
		gone += res.RowsAffected
		if res.Error != nil || !r.mysql || res.RowsAffected < purgeAtOnce {
			return gone, fail(op, res.Error)
		}
	}
}
