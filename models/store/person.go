package store

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

type people struct{ *Store }

// Person is one person, active or not. not_found when there is none.
func (r people) Person(ctx context.Context, id string) (models.Person, error) {
	var p models.Person
	err := r.on(ctx).Where("id = ?", id).Take(&p).Error
	return p, fail("person", err)
}

// Add keeps a new person, who is active. conflict when the ID is taken.
func (r people) Add(ctx context.Context, p *models.Person) error {
	const op = "add person"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if p.ID == "" {
		p.ID = newID("p")
	}
	p.Active = true
	if err := fits("person", p); err != nil {
		return err
	}
	return fail(op, tx.Create(p).Error)
}

// newID is a prefix and 80 random bits, short enough for every id column of 20.
func newID(prefix string) string { return prefix + strings.ToLower(rand.Text()[:16]) }

// ByUser is the active person a WeChat user is bound to.
func (r people) ByUser(ctx context.Context, user string) (models.Person, error) {
	var p models.Person
	err := r.on(ctx).Joins("JOIN bindings ON bindings.person_id = people.id").
		Where("bindings.user = ? AND people.active = ?", user, true).Take(&p).Error
	return p, fail("person of user", err)
}

// UserOf is the WeChat user bound to a person.
func (r people) UserOf(ctx context.Context, personID string) (string, error) {
	var b models.Binding
	err := r.on(ctx).Where("person_id = ?", personID).Take(&b).Error
	return b.User, fail("user of person", err)
}

// Unbind ends the tie of a user; not_found when there was none.
func (r people) Unbind(ctx context.Context, user string) error {
	const op = "unbind"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	res := tx.Where("user = ?", user).Delete(&models.Binding{})
	if res.Error == nil && res.RowsAffected == 0 {
		return models.E(models.NotFound, op, nil)
	}
	return fail(op, res.Error)
}

// Forget removes binding, session, drafts, kept turns, wrong codes and the ledger of a
// user. What they told us and were told stays, without the user.
func (r people) Forget(ctx context.Context, user string) error {
	const op = "forget user"
	return r.atomic(ctx, op, func(tx *Store) error {
		for _, rows := range []any{
			&models.Binding{}, &models.Draft{}, &models.Turn{}, &bindFailure{},
			&models.Window{}, &grant{}, &models.PushStop{}, &models.PushReport{},
		} {
			if err := tx.on(ctx).Where("user = ?", user).Delete(rows).Error; err != nil {
				return fail(op, err)
			}
		}
		if err := tx.on(ctx).Model(&models.Push{}).Where("user = ?", user).Update("user", "").Error; err != nil {
			return fail(op, err)
		}
		return fail(op, tx.on(ctx).Model(&models.Feedback{}).Where("user = ?", user).Update("user", "").Error)
	})
}
