package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

// Report finds the push of a report and writes its outcome. A report without a push
// is kept first and looked up once more: Settle writes the platform's id first and
// looks for the report then, so that one of the two sees the other.
func (r deliveries) Report(ctx context.Context, rep models.PushReport, retry time.Time) error {
	const op = "report on push"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if found, err := r.match(ctx, rep, retry); found || err != nil {
		return fail(op, err)
	}
	rep.At = r.at(rep.At)
	if err := fits("push report", &rep); err != nil {
		return err
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rep).Error; err != nil {
		return fail(op, err)
	}
	found, err := r.match(ctx, rep, retry)
	if err == nil && found {
		err = r.forget(ctx, rep.MsgID)
	}
	return fail(op, err)
}

// match is false when no push is known for the report. A push that is not sent any
// more has had its report already.
func (r deliveries) match(ctx context.Context, rep models.PushReport, retry time.Time) (bool, error) {
	var rows []models.Push
	err := r.on(ctx).Where("msg_id = ?", rep.MsgID).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 && rep.Channel == models.PushSubscribe {
		// The send's answer names no id: the user's oldest one without a report it is.
		err = r.on(ctx).Where("user = ? AND state = ? AND channel = ? AND msg_id = ''", rep.User, models.PushSent, rep.Channel).
			Order("sent_at").Limit(1).Find(&rows).Error
	}
	if err != nil || len(rows) == 0 {
		return false, err
	}
	if rows[0].State != models.PushSent {
		return true, nil
	}
	return true, r.resolve(ctx, rows[0], rep, retry)
}

// resolve ends a sent push as its report says. A conflict means that the report came
// twice at once.
func (r deliveries) resolve(ctx context.Context, p models.Push, rep models.PushReport, retry time.Time) error {
	at := r.at(rep.At)
	p.State, p.Code, p.MsgID, p.EndedAt = rep.State, rep.Code, rep.MsgID, &at
	if rep.State == models.PushWaiting {
		p.NextTry, p.EndedAt = later(p.NextTry, retry), nil
		switch {
		case p.Tries >= models.PushTries:
			p.State, p.EndedAt = models.PushGivenUp, &at
		case !p.NextTry.Before(p.Expires):
			p.State, p.EndedAt = models.PushExpired, &at
		}
	}
	err := r.writePush(ctx, "resolve push", &p)
	if models.CodeOf(err) == models.Conflict {
		return nil
	}
	return err
}

// forget drops a kept report that has done its work.
func (r deliveries) forget(ctx context.Context, msgID string) error {
	return r.on(ctx).Where("msg_id = ?", msgID).Delete(&models.PushReport{}).Error
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Unclaimed are reports of a user's sends that no push is known for.
func (r deliveries) Unclaimed(ctx context.Context, user string, channel models.PushChannel, since time.Time) ([]models.PushReport, error) {
	var open int64
	err := r.on(ctx).Model(&models.Push{}).Where("user = ? AND state = ? AND trying = ?", user, models.PushWaiting, channel).Count(&open).Error
	if err != nil || open > 1 {
		return nil, fail("unclaimed reports", err)
	}
	var out []models.PushReport
	err = r.on(ctx).Where("user = ? AND channel = ? AND at >= ?", user, channel, utc(since)).Order("at").Limit(2).Find(&out).Error
	return out, fail("unclaimed reports", err)
}

// Reconcile finds reports whose push has come to have their id.
func (r deliveries) Reconcile(ctx context.Context, since time.Time) (int, error) {
	const op = "reconcile reports"
	if r.readOnly {
		return 0, forbidden(op)
	}
	var found []models.PushReport
	err := r.on(ctx).Joins("JOIN pushes ON pushes.msg_id = push_reports.msg_id AND pushes.state = ?", models.PushSent).
		Where("push_reports.at >= ?", utc(since)).Limit(maxWoken).Find(&found).Error
	for _, rep := range found {
		if err == nil {
			_, err = r.match(ctx, rep, r.now())
		}
		if err == nil {
			err = r.forget(ctx, rep.MsgID)
		}
	}
	return len(found), fail(op, err)
}
