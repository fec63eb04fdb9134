package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// Invite keeps an invite. conflict when its hash is known.
func (r people) Invite(ctx context.Context, inv models.Invite) error {
	const op = "invite"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	inv.ExpiresAt = utc(inv.ExpiresAt)
	return fail(op, tx.Create(&inv).Error)
}

// Invited is the person an invite would bind; the invite stays unused.
func (r people) Invited(ctx context.Context, hash string, now time.Time) (models.Person, error) {
	inv, err := r.openInvite(ctx, hash, now)
	if err != nil {
		return models.Person{}, err
	}
	return r.active(ctx, inv.PersonID)
}

// active is a person who may work here; not_found for others.
func (s *Store) active(ctx context.Context, id string) (models.Person, error) {
	var p models.Person
	err := s.on(ctx).Where("id = ? AND active = ?", id, true).Take(&p).Error
	return p, fail("active person", err)
}

// Bind uses up an invite. Of two who bring the same code at once one wins: the
// UPDATE asks whether it is unused.
func (r people) Bind(ctx context.Context, hash, user string, now time.Time) (models.Person, error) {
	var person models.Person
	err := r.atomic(ctx, "bind", func(tx *Store) error {
		inv, err := tx.openInvite(ctx, hash, now)
		if err != nil {
			return err
		}
		if person, err = tx.active(ctx, inv.PersonID); err != nil {
			return err
		}
		if err := tx.unbound(ctx, user, inv.PersonID); err != nil {
			return err
		}
		return tx.use(ctx, inv, user, now)
	})
	return person, err
}

// openInvite is the invite if it can still be used.
func (s *Store) openInvite(ctx context.Context, hash string, now time.Time) (models.Invite, error) {
	const op = "bind"
	var inv models.Invite
	switch err := s.on(ctx).Where("hash = ?", hash).Take(&inv).Error; {
	case err != nil:
		return inv, fail(op, err)
	case inv.UsedAt != nil:
		return inv, conflict(op, "invite_used")
	case !now.Before(inv.ExpiresAt):
		return inv, conflict(op, "invite_expired")
	}
	return inv, nil
}

// unbound tells whether user and person are both free.
func (s *Store) unbound(ctx context.Context, user, person string) error {
	const op = "bind"
	var b models.Binding
	err := s.on(ctx).Where("user = ? OR person_id = ?", user, person).Take(&b).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return nil
	case err != nil:
		return fail(op, err)
	case b.User == user:
		return conflict(op, "user_bound")
	}
	return conflict(op, "person_bound")
}

func (s *Store) use(ctx context.Context, inv models.Invite, user string, now time.Time) error {
	const op = "bind"
	at := utc(now)
	res := s.on(ctx).Model(&models.Invite{}).Where("hash = ? AND used_at IS NULL", inv.Hash).
		Updates(map[string]any{"used_by": user, "used_at": at})
	if res.Error == nil && res.RowsAffected == 0 {
		return conflict(op, "invite_used")
	}
	if res.Error != nil {
		return fail(op, res.Error)
	}
	err := s.on(ctx).Create(&models.Binding{User: user, PersonID: inv.PersonID, At: at}).Error
	return keyed(op, "person_bound", err) // only when both were bound elsewhere in the same moment
}

// bindFailure is one wrong invite code.
type bindFailure struct {
	ID   uint64 `gorm:"primaryKey"`
	User string
	At   time.Time
}

// CountBindFailure notes a wrong code and tells how many there were since.
func (r people) CountBindFailure(ctx context.Context, user string, now, since time.Time) (int, error) {
	const op = "count bind failure"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return 0, err
	}
	if err := tx.Create(&bindFailure{User: user, At: utc(now)}).Error; err != nil {
		return 0, fail(op, err)
	}
	return r.BindFailures(ctx, user, since)
}

// BindFailures counts the wrong codes of a user since then.
func (r people) BindFailures(ctx context.Context, user string, since time.Time) (int, error) {
	var n int64
	err := r.on(ctx).Model(&bindFailure{}).Where("user = ? AND at >= ?", user, utc(since)).Count(&n).Error
	return int(n), fail("bind failures", err)
}
