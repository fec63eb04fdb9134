package store

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

type pushes struct{ *Store }

var pushID = regexp.MustCompile(`^[0-9a-z]{1,32}$`)

// Put keeps pushes whose ID is unknown, to be sent from their NotBefore on.
func (r pushes) Put(ctx context.Context, list []models.Push) error {
	const op = "put pushes"
	if len(list) == 0 {
		return nil
	}
	rows := make([]models.Push, len(list))
	var err error
	for i := range list {
		if rows[i], err = r.newPush(&list[i]); err != nil {
			return err
		}
	}
	return r.atomic(ctx, op, func(tx *Store) error {
		return fail(op, insert(tx.on(ctx).Clauses(clause.OnConflict{DoNothing: true}).Session(&gorm.Session{}), rows))
	})
}

// newPush is a push as it begins, without what only the delivery may say of it.
func (r pushes) newPush(p *models.Push) (models.Push, error) {
	row := models.Push{
		ID: p.ID, PersonID: p.PersonID, Village: p.Village, Kind: p.Kind, Title: p.Title, Text: p.Text, Taps: p.Taps, Count: p.Count, Due: p.Due,
		NotBefore: utc(p.NotBefore), NextTry: utc(p.NotBefore), Expires: utc(p.Expires),
		State: models.PushWaiting, Lane: models.LaneOf(p.Kind), CreatedAt: utc(r.now()),
	}
	known := p.Kind == models.PushDigest || p.Kind == models.PushDue || p.Kind == models.PushReview
	if !known || !pushID.MatchString(p.ID) || p.PersonID == "" || p.NotBefore.IsZero() || !p.Expires.After(p.NotBefore) {
		return row, models.E(models.Invalid, "put push", fmt.Errorf("push %q of kind %q: want an id of [0-9a-z], a person, a kind, and times", p.ID, p.Kind))
	}
	return row, fits("push", &row)
}

// Void ends pushes that are not needed any more, unless they are being sent.
func (r pushes) Void(ctx context.Context, ids []string) error {
	return r.end(ctx, "void pushes", ids, models.PushVoid, r.now(),
		"state IN ? AND trying = ''", []models.PushState{models.PushWaiting, models.PushRefused, models.PushGivenUp, models.PushFailed})
}

// Shown ends pushes that a conversation has told.
func (r pushes) Shown(ctx context.Context, ids []string, now time.Time) error {
	return r.end(ctx, "shown pushes", ids, models.PushShown, now, "state IN ?", unshown)
}

// unshown are the states in which a push is to be shown at the next contact.
var unshown = []models.PushState{models.PushRefused, models.PushGivenUp, models.PushFailed, models.PushUnsure}

// unsent are those of them that the window may be used for which the contact opens.
var unsent = []models.PushState{models.PushRefused, models.PushGivenUp}

func (r pushes) end(ctx context.Context, op string, ids []string, state models.PushState, now time.Time, where string, args ...any) error {
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	for part := range chunks(ids) {
		err := tx.Model(&models.Push{}).Where("id IN ?", part).Where(where, args...).
			Updates(map[string]any{"state": state, "ended_at": utc(now), "version": gorm.Expr("version + 1")}).Error
		if err != nil {
			return fail(op, err)
		}
	}
	return nil
}

// States are the states of the pushes that are known.
func (r pushes) States(ctx context.Context, ids []string) (map[string]models.PushState, error) {
	out := make(map[string]models.PushState, len(ids))
	for part := range chunks(ids) {
		var rows []models.Push
		if err := r.on(ctx).Select("id", "state").Where("id IN ?", part).Find(&rows).Error; err != nil {
			return nil, fail("states of pushes", err)
		}
		for _, p := range rows {
			out[p.ID] = p.State
		}
	}
	return out, nil
}

// maxUnshown is more than fits into one answer.
const maxUnshown = 20

// Unshown are pushes of a person that could not be delivered and are still of use.
func (r pushes) Unshown(ctx context.Context, personID string, now time.Time) ([]models.Push, error) {
	var out []models.Push
	err := r.on(ctx).Where("person_id = ? AND state IN ? AND expires > ?", personID, unshown, utc(now)).
		Order("not_before, id").Limit(maxUnshown).Find(&out).Error
	return out, fail("unshown pushes", err)
}

const (
	pushPage    = 50
	maxPushPage = 200
)

// List is a page of pushes within the actor's scope, newest first.
func (r pushes) List(ctx context.Context, by models.Actor, q models.PushQuery) (out []models.Push, more bool, err error) {
	const op = "list pushes"
	limit := q.Limit
	if limit <= 0 {
		limit = pushPage
	}
	limit = min(limit, maxPushPage)
	tx := r.on(ctx).Scopes(within(by, "village"))
	if len(q.States) > 0 {
		tx = tx.Where("state IN ?", q.States)
	}
	if q.PersonID != "" {
		tx = tx.Where("person_id = ?", q.PersonID)
	}
	if !q.Since.IsZero() {
		tx = tx.Where("created_at >= ?", utc(q.Since))
	}
	if q.Before != "" {
		last, err := r.Push(ctx, by, q.Before)
		if err != nil {
			return nil, false, err
		}
		tx = tx.Where("created_at < ? OR (created_at = ? AND id < ?)", last.CreatedAt, last.CreatedAt, last.ID)
	}
	err = tx.Order("created_at DESC, id DESC").Limit(limit + 1).Find(&out).Error
	if more = len(out) > limit; more {
		out = out[:limit]
	}
	return out, more, fail(op, err)
}

// Push is one push within the actor's scope.
func (r pushes) Push(ctx context.Context, by models.Actor, id string) (models.Push, error) {
	var p models.Push
	err := r.on(ctx).Scopes(within(by, "village")).Where("id = ?", id).Take(&p).Error
	return p, fail("push", err)
}

// Again lets a push that ended badly wait once more, with its tries forgotten.
func (r pushes) Again(ctx context.Context, by models.Actor, id string, twice bool, now time.Time) error {
	const op = "push again"
	if r.readOnly {
		return forbidden(op)
	}
	p, err := r.Push(ctx, by, id)
	switch {
	case err != nil:
		return err
	case !slices.Contains(unshown, p.State):
		return conflict(op, "push_state")
	case !now.Before(p.Expires):
		return conflict(op, "push_expired")
	case p.State == models.PushUnsure && !twice:
		return conflict(op, "push_unsure")
	}
	p.State, p.NextTry, p.Tries, p.Trying, p.TriedAt, p.EndedAt = models.PushWaiting, now, 0, "", nil, nil
	p.Code, p.Rid = "", ""
	return r.writePush(ctx, op, &p)
}

// reportLife is far more than a push with a lost answer waits for its report.
const reportLife = 7 * 24 * time.Hour

// PurgePushes drops ended pushes made before, and old reports nobody claimed.
func (r pushes) PurgePushes(ctx context.Context, before time.Time) (int64, error) {
	const op = "purge pushes"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return 0, err
	}
	if err := tx.Where("at < ?", utc(r.now().Add(-reportLife))).Delete(&models.PushReport{}).Error; err != nil {
		return 0, fail(op, err)
	}
	for gone := int64(0); ; {
		var ids []string
		err := r.on(ctx).Model(&models.Push{}).Where("created_at < ? AND state <> ?", utc(before), models.PushWaiting).
			Limit(purgeAtOnce/4).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return gone, fail(op, err)
		}
		for part := range chunks(ids) {
			res := r.on(ctx).Where("id IN ?", part).Delete(&models.Push{})
			if gone += res.RowsAffected; res.Error != nil {
				return gone, fail(op, res.Error)
			}
		}
	}
}
