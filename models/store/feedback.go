package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

type feedbacks struct{ *Store }

// Say keeps what somebody wants us to know.
func (r feedbacks) Say(ctx context.Context, f *models.Feedback) error {
	const op = "say feedback"
	tx, err := r.writable(ctx, op)
	if err != nil {
		return err
	}
	if err := fits("feedback", f); err != nil {
		return err
	}
	f.At = r.at(f.At)
	return fail(op, tx.Create(f).Error)
}

// answerable keeps the rows the actor can answer.
func answerable(by models.Actor, dept string, now time.Time) func(*gorm.DB) *gorm.DB {
	from, to := span(by.Area)
	late := utc(now.Add(-models.FeedbackPatience))
	return func(tx *gorm.DB) *gorm.DB {
		switch by.Role {
		case models.RoleTownship:
			tx = tx.Where("receiver = ? AND secret = ?", by.Role, false)
		case models.RoleCounty:
			tx = tx.Where("(receiver = ? OR (receiver = ? AND secret = ? AND at < ?))", by.Role, models.RoleTownship, false, late)
		case models.RoleDepartment:
			tx = tx.Where("receiver IN ? AND secret = ? AND dept = ? AND dept <> ''", []models.Role{models.RoleTownship, models.RoleCounty}, false, dept)
		case models.RoleAdmin:
			tx = tx.Where("receiver = ?", by.Role)
			return tx.Where("(area >= ? AND area < ? OR area = '') AND person_id <> ?", from, to, by.PersonID)
		default:
			tx = tx.Where("1 = 0")
		}
		return tx.Where("area >= ? AND area < ? AND person_id <> ?", from, to, by.PersonID)
	}
}

// Waiting are those nobody has answered, oldest first.
func (r feedbacks) Waiting(ctx context.Context, by models.Actor, dept string, now time.Time, after uint64, limit int) ([]models.Feedback, bool, error) {
	var out []models.Feedback
	err := r.on(ctx).Scopes(answerable(by, dept, now)).Where("answered_at IS NULL AND id > ?", after).
		Order("id").Limit(limit + 1).Find(&out).Error
	more := len(out) > limit
	return blindfold(out[:min(len(out), limit)]), more, fail("feedback waiting", err)
}

// Feedback is one the actor may answer.
func (r feedbacks) Feedback(ctx context.Context, by models.Actor, dept string, now time.Time, id uint64) (models.Feedback, error) {
	out := make([]models.Feedback, 1)
	err := r.on(ctx).Scopes(answerable(by, dept, now)).Where("id = ?", id).Take(&out[0]).Error
	return blindfold(out)[0], fail("feedback", err)
}

// blindfold leaves out who gave a lead.
func blindfold(fs []models.Feedback) []models.Feedback {
	for i := range fs {
		if fs[i].Secret {
			fs[i].User, fs[i].PersonID, fs[i].ByName = "", "", ""
		}
	}
	return fs
}

// Mine are the actor's own, newest first.
func (r feedbacks) Mine(ctx context.Context, by models.Actor, limit int) ([]models.Feedback, error) {
	var out []models.Feedback
	if by.PersonID == "" {
		return nil, nil
	}
	err := r.on(ctx).Where("person_id = ?", by.PersonID).Order("id DESC").Limit(limit).Find(&out).Error
	return out, fail("own feedback", err)
}

// Answer keeps an answer, once; it gives the feedback with who said it, whom the
// answer is for.
func (r feedbacks) Answer(ctx context.Context, by models.Actor, dept string, now time.Time, id uint64, text string) (models.Feedback, error) {
	const op = "answer feedback"
	var f models.Feedback
	err := r.atomic(ctx, op, func(tx *Store) error {
		if err := tx.on(ctx).Scopes(answerable(by, dept, now)).Where("id = ?", id).Take(&f).Error; err != nil {
			return fail(op, err)
		}
		if f.AnsweredAt != nil {
			return conflict(op, "feedback_answered")
		}
		at := r.at(now)
		f.Answer, f.AnsweredBy, f.AnsweredAt = text, by.Name, &at
		if err := fits("feedback", &f); err != nil {
			return err
		}
		res := tx.on(ctx).Model(&f).Where("answered_at IS NULL").Select("Answer", "AnsweredBy", "AnsweredAt").Updates(&f)
		if res.Error == nil && res.RowsAffected == 0 {
			return conflict(op, "feedback_answered")
		}
		return fail(op, res.Error)
	})
	return f, err
}

// Receivers are the active people of a role who answer for an area.
func (r feedbacks) Receivers(ctx context.Context, to models.Role, area string) ([]models.Person, error) {
	var codes []string
	for code := area; code != ""; code = models.ParentCode(code) {
		codes = append(codes, code)
	}
	var out []models.Person
	if len(codes) == 0 {
		return nil, nil
	}
	err := r.on(ctx).Where("role = ? AND active = ? AND area_code IN ?", to, true, codes).Order("id").Find(&out).Error
	return out, fail("receivers", err)
}
