package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

// OpenWindows notes what people did, each user once in windows. The newest trigger
// wins, in whatever order they come; what stopped all channels of a user is over.
func (r deliveries) OpenWindows(ctx context.Context, windows []models.Window) error {
	const op = "open windows"
	if len(windows) == 0 {
		return nil
	}
	return r.atomic(ctx, op, func(tx *Store) error {
		for _, w := range windows {
			if err := tx.openWindow(ctx, w); err != nil {
				return fail(op, err)
			}
		}
		users := make([]string, 0, len(windows))
		for _, w := range windows {
			users = append(users, w.User)
		}
		for part := range chunks(users) {
			if err := tx.on(ctx).Where("user IN ? AND channel = ''", part).Delete(&models.PushStop{}).Error; err != nil {
				return fail(op, err)
			}
		}
		return nil
	})
}

const (
	updateWindow = "UPDATE windows SET opened_by = ?, opened_at = ?, `until` = ?, quota = ?, used = 0 WHERE `user` = ? AND (opened_at < ? OR (opened_at = ? AND opened_by = 'message' AND ? <> 'message'))"
	spendWindow  = "UPDATE windows SET used = used + 1 WHERE `user` = ? AND `until` > ? AND used < quota"
)

func (s *Store) openWindow(ctx context.Context, w models.Window) error {
	at := utc(w.OpenedAt)
	res := s.on(ctx).Exec(updateWindow, w.OpenedBy, at, utc(w.Until), w.Quota, w.User, at, at, w.OpenedBy)
	if res.Error != nil || res.RowsAffected > 0 {
		return res.Error
	}
	w.OpenedAt, w.Until = at, utc(w.Until)
	return s.on(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&w).Error
}

// Spend takes one message from the user's window.
func (r deliveries) Spend(ctx context.Context, user string, now time.Time) (bool, error) {
	const op = "spend window"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return false, err
	}
	res := tx.Exec(spendWindow, user, utc(now))
	return res.RowsAffected == 1, fail(op, res.Error)
}

// Spent counts messages that went out without asking; n is negative for one that was
// taken and did not go out, and which a window opened since never had.
func (r deliveries) Spent(ctx context.Context, user string, n int) error {
	const op = "count messages"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	return fail(op, tx.Exec("UPDATE windows SET used = used + ? WHERE `user` = ? AND used + ? >= 0", n, user, n).Error)
}

// ShutWindow leaves nothing in the user's window.
func (r deliveries) ShutWindow(ctx context.Context, user string) error {
	const op = "shut window"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	return fail(op, tx.Exec("UPDATE windows SET used = quota WHERE `user` = ? AND used < quota", user).Error)
}

// grant is how many subscription notifications of a template a user may still get.
type grant struct {
	User      string `gorm:"primaryKey"`
	Template  string `gorm:"primaryKey"`
	Remaining int
	LastKey   string
}

// Grant counts answers, one event's once.
func (r deliveries) Grant(ctx context.Context, answers []models.GrantAnswer) error {
	const op = "count grants"
	return r.atomic(ctx, op, func(tx *Store) error {
		for _, a := range answers {
			if err := tx.grantOne(ctx, a); err != nil {
				return fail(op, err)
			}
		}
		return nil
	})
}

// grantOne writes an empty row first, so that the count is one UPDATE. A rejection
// takes nothing back: grants given before stay good, unless it says all.
func (s *Store) grantOne(ctx context.Context, a models.GrantAnswer) error {
	err := s.on(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&grant{User: a.User, Template: a.Template}).Error
	if err != nil || !a.Accept && !a.All {
		return err
	}
	remaining := gorm.Expr("remaining + 1")
	if a.All {
		remaining = gorm.Expr("0")
	}
	return s.on(ctx).Model(&grant{}).Where("user = ? AND template = ? AND last_key <> ?", a.User, a.Template, a.Key).
		Updates(map[string]any{"remaining": remaining, "last_key": a.Key}).Error
}

// SpendGrant takes one grant.
func (r deliveries) SpendGrant(ctx context.Context, user, template string) (bool, error) {
	const op = "spend grant"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return false, err
	}
	res := tx.Exec("UPDATE `grants` SET remaining = remaining - 1 WHERE `user` = ? AND template = ? AND remaining > 0", user, template)
	return res.RowsAffected == 1, fail(op, res.Error)
}

// Stop keeps a channel from a user.
func (r deliveries) Stop(ctx context.Context, stop models.PushStop) error {
	const op = "stop channel"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	stop.Until = utc(stop.Until)
	return fail(op, tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&stop).Error)
}

// Stops are the channels that do not reach a user now.
func (r deliveries) Stops(ctx context.Context, user string, now time.Time) ([]models.PushStop, error) {
	var out []models.PushStop
	err := r.on(ctx).Where("user = ? AND until > ?", user, utc(now)).Find(&out).Error
	return out, fail("stopped channels", err)
}

// maxWoken bounds one round of Wake; the next one takes the rest.
const maxWoken = 500

// Wake finds people who have opened a window since their pushes ended undelivered.
func (r deliveries) Wake(ctx context.Context, from, to, now time.Time) (int64, error) {
	const op = "wake pushes"
	if r.readOnly {
		return 0, forbidden(op)
	}
	var found []models.Push
	err := r.on(ctx).Table("windows").Select("pushes.id", "pushes.version").
		Joins("JOIN bindings ON bindings.user = windows.user").
		Joins("JOIN pushes ON pushes.person_id = bindings.person_id AND pushes.state IN ?", unsent).
		Where("windows.opened_at >= ? AND windows.opened_at < ? AND windows.until > ? AND windows.used < windows.quota", utc(from), utc(to), utc(now)).
		Where("pushes.expires > ? AND pushes.ended_at < windows.opened_at", utc(now)).Limit(maxWoken).Scan(&found).Error
	woken := int64(0)
	for _, p := range found {
		if err != nil {
			break
		}
		res := r.on(ctx).Model(&models.Push{}).Where("id = ? AND version = ?", p.ID, p.Version).
			Updates(map[string]any{"state": models.PushWaiting, "next_try": utc(now), "tries": 0, "code": "", "rid": "",
				"ended_at": nil, "version": gorm.Expr("version + 1")})
		woken += res.RowsAffected
		err = res.Error
	}
	return woken, fail(op, err)
}
