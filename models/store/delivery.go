package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

type deliveries struct{ *Store }

// claimSizes are the lengths in which a claim writes its rows, so that few texts are
// prepared; the last id fills a list up.
var claimSizes = [...]int{8, 64, 512}

// rowLocks is a transaction that locks the rows it touches and no gaps between them:
// others keep putting theirs in. SQLite has one writer anyway.
func (s *Store) rowLocks() *sql.TxOptions {
	if !s.mysql {
		return nil
	}
	return &sql.TxOptions{Isolation: sql.LevelReadCommitted}
}

// Claim takes up what is due of a lane. On MySQL it passes over rows that another
// replica is claiming at the same moment; SQLite has one writer anyway.
func (r deliveries) Claim(ctx context.Context, lane models.PushLane, now, until time.Time, limit int) ([]models.PushClaim, error) {
	const op = "claim pushes"
	due := func(tx *gorm.DB) *gorm.DB {
		return tx.Model(&models.Push{}).Select("id", "version").
			Where("lane = ? AND state = ? AND next_try <= ?", lane, models.PushWaiting, utc(now)).Order("next_try, id")
	}
	var out []models.PushClaim
	// Most looks find nothing: those take no lock and begin no transaction.
	if err := due(r.on(ctx)).Limit(1).Scan(&out).Error; err != nil || len(out) == 0 {
		return nil, fail(op, err)
	}
	err := r.atomicWith(ctx, op, r.rowLocks(), func(tx *Store) error {
		out = nil
		list := due(tx.on(ctx)).Limit(limit)
		if tx.mysql {
			list = list.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
		}
		if err := list.Scan(&out).Error; err != nil {
			return fail(op, err)
		}
		for at := 0; at < len(out); at += claimSizes[2] {
			part := out[at:min(at+claimSizes[2], len(out))]
			ids := make([]string, 0, claimSizes[2])
			for i := range part {
				part[i].Version++
				ids = append(ids, part[i].ID)
			}
			err := tx.on(ctx).Exec("UPDATE pushes SET version = version + 1, next_try = ? WHERE id IN ?", utc(until), padded(ids, claimSize(len(ids)))).Error
			if err != nil {
				return fail(op, err)
			}
		}
		return nil
	})
	return out, err
}

func claimSize(n int) int {
	for _, size := range claimSizes {
		if n <= size {
			return size
		}
	}
	return n
}

// jobWindow is what a person's binding and window say.
type jobWindow struct {
	To string
	models.Window
}

// Job is a push with what its delivery needs to know of the person.
func (r deliveries) Job(ctx context.Context, id string) (models.PushJob, error) {
	const op = "job of push"
	var j models.PushJob
	if err := r.on(ctx).Where("id = ?", id).Take(&j.Push).Error; err != nil {
		return j, fail(op, err)
	}
	var w []jobWindow
	err := r.on(ctx).Table("bindings").Joins("JOIN people ON people.id = bindings.person_id").
		Joins("LEFT JOIN windows ON windows.user = bindings.user").
		Select("bindings.user AS `to`", "windows.user", "windows.opened_by", "windows.opened_at", "windows.until", "windows.quota", "windows.used").
		Where("bindings.person_id = ? AND people.active = ?", j.PersonID, true).Scan(&w).Error
	if err == nil && len(w) > 0 {
		j.To, j.Window = w[0].To, w[0].Window
	}
	return j, fail(op, err)
}

// Begin notes that the platform is about to be asked.
func (r deliveries) Begin(ctx context.Context, p models.Push) (int, error) {
	err := r.writePush(ctx, "begin push", &p)
	return p.Version, err
}

// Settle writes what became of a push, and what the platform has reported of it already.
func (r deliveries) Settle(ctx context.Context, p models.Push) error {
	const op = "settle push"
	if err := r.writePush(ctx, op, &p); err != nil || p.State != models.PushSent {
		return err
	}
	var early []models.PushReport
	tx := r.on(ctx).Where("msg_id = ?", p.MsgID)
	if p.MsgID == "" {
		// Since the send began: the report may be here before the answer is.
		tx = r.on(ctx).Where("user = ? AND channel = ? AND at >= ?", p.User, p.Channel, p.TriedAt)
	}
	if err := tx.Order("at").Limit(1).Find(&early).Error; err != nil || len(early) == 0 {
		return fail(op, err)
	}
	err := r.resolve(ctx, p, early[0], p.NextTry)
	if err == nil {
		err = r.forget(ctx, early[0].MsgID)
	}
	return fail(op, err)
}

// pushColumns are what delivery writes.
var pushColumns = []string{
	"state", "next_try", "version", "tries", "trying", "tried_at", "channel", "code", "rid", "user", "msg_id", "sent_at", "ended_at",
}

// writePush writes the delivery's columns of a push if its version is still the
// newest, and raises it.
func (s *Store) writePush(ctx context.Context, op string, p *models.Push) error {
	tx, err := s.writable(ctx, op)
	if err != nil {
		return err
	}
	if err := fits("push", p); err != nil {
		return err
	}
	was := p.Version
	p.Version++
	p.NextTry = utc(p.NextTry)
	for _, at := range []**time.Time{&p.TriedAt, &p.SentAt, &p.EndedAt} {
		if *at != nil {
			t := utc(**at)
			*at = &t
		}
	}
	res := tx.Model(&models.Push{}).Where("id = ? AND version = ?", p.ID, was).Select(pushColumns).Updates(p)
	if res.Error == nil && res.RowsAffected == 0 {
		return models.E(models.Conflict, op, nil)
	}
	return fail(op, res.Error)
}
