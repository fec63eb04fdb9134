package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// listener is one row of Listeners, without what is sealed.
type listener struct {
	ID, Name   string
	Role       models.Role
	AreaCode   string
	Groups     models.Set
	Department string
	User       string
	AtTime     string
	Amount     models.RemindAmount
	Busy       *time.Time
	Told       int
}

// usualAt is when the morning's list comes for those who said nothing.
const usualAt = "08:00"

// listening are bound, active people with something open on that day.
func (r reminders) listening(ctx context.Context, programme string, today models.Date, after string, urgent bool) *gorm.DB {
	open := r.on(ctx).Model(&models.Reminder{}).Distinct("person_id").
		Where("programme = ? AND state = ? AND person_id > ? AND on_day <= ?", programme, models.ReminderOpen, after, today).
		Where("(until = '' OR until >= ?)", today)
	if urgent {
		open = open.Where("urgent = ?", true)
	}
	told := r.on(ctx).Model(&models.Telling{}).Select("COUNT(*)").Where("tellings.person_id = people.id AND tellings.day = ?", today)
	return r.on(ctx).Table("(?) AS waits", open).
		Joins("JOIN people ON people.id = waits.person_id AND people.active = ?", true).
		Joins("JOIN bindings ON bindings.person_id = people.id").
		Joins("LEFT JOIN remind_settings AS s ON s.person_id = people.id").
		Joins("LEFT JOIN drafts ON drafts.user = bindings.user AND drafts.thing = ''").
		Select("people.id, people.name, people.role, people.area_code, people.`groups`, people.department, bindings.user AS user, "+
			"COALESCE(s.at_time, ?) AS at_time, COALESCE(s.amount, ?) AS amount, drafts.updated_at AS busy, (?) AS told", usualAt, models.RemindAll, told).
		Order("people.id")
}

// Listeners are those whose hour has come and who have no list of the day.
func (r reminders) Listeners(ctx context.Context, programme string, today models.Date, hm, after string, limit int) ([]models.Listener, error) {
	tx := r.listening(ctx, programme, today, after, false).
		Where("COALESCE(s.at_time, ?) <= ?", usualAt, hm).
		Where("NOT EXISTS (SELECT 1 FROM tellings WHERE tellings.person_id = people.id AND tellings.day = ? AND tellings.n = 0)", today)
	return listeners("listeners", tx.Limit(limit))
}

// Urgent are those who have their list of the day, and something that cannot wait.
func (r reminders) Urgent(ctx context.Context, programme string, today models.Date, after string, limit int) ([]models.Listener, error) {
	tx := r.listening(ctx, programme, today, after, true).
		Where("EXISTS (SELECT 1 FROM tellings WHERE tellings.person_id = people.id AND tellings.day = ? AND tellings.n = 0)", today)
	return listeners("urgent listeners", tx.Limit(limit))
}

func listeners(op string, tx *gorm.DB) ([]models.Listener, error) {
	var rows []listener
	if err := tx.Scan(&rows).Error; err != nil {
		return nil, fail(op, err)
	}
	out := make([]models.Listener, 0, len(rows))
	for _, l := range rows {
		one := models.Listener{
			Person: models.Person{ID: l.ID, Name: l.Name, Role: l.Role, AreaCode: l.AreaCode, Groups: l.Groups, Department: l.Department, Active: true},
			User:   l.User, At: l.AtTime, Amount: l.Amount, Told: l.Told,
		}
		if l.Busy != nil {
			one.Busy = *l.Busy
		}
		out = append(out, one)
	}
	return out, nil
}

// tellAtOnce is how many reminders one statement marks.
const tellAtOnce = 200

// Tell claims the push of the day by its key, then marks what it tells. Of two
// replicas that do it at once one is told that it was done.
func (r reminders) Tell(ctx context.Context, t models.Telling, ids []string) error {
	const op, told = "tell reminders", "told"
	return r.atomic(ctx, op, func(tx *Store) error {
		t.At = utc(t.At)
		if t.Push == "" {
			t.Outcome = string(models.PushVoid) // nothing went out
		}
		if err := fits("telling", &t); err != nil {
			return err
		}
		if err := tx.on(ctx).Create(&t).Error; err != nil {
			return keyed(op, told, err)
		}
		for left := ids; len(left) > 0; {
			part := left[:min(tellAtOnce, len(left))]
			left = left[len(part):]
			res := tx.on(ctx).Model(&models.Reminder{}).Where("id IN ? AND state = ?", part, models.ReminderOpen).
				Updates(map[string]any{"state": models.ReminderTold, "push": t.Push, "told_at": t.At, "why": ""})
			if res.Error != nil {
				return fail(op, res.Error)
			}
			if int(res.RowsAffected) != len(part) {
				return conflict(op, told)
			}
		}
		return nil
	})
}

// changesFor is how long the outcome of a push that did not arrive may still change: the
// person writes, or an operator sends it again.
const changesFor = 48 * time.Hour

// Undecided are the pushes of which nobody knows what became of them, and of those that
// did not arrive the young ones.
func (r reminders) Undecided(ctx context.Context, after models.Telling, limit int) ([]models.Telling, error) {
	at := after.At
	if at.Before(beginning) {
		at = beginning
	}
	var out []models.Telling
	err := r.on(ctx).Where("(outcome = '' OR outcome IN ? AND at >= ?)", unheard, utc(r.now().Add(-changesFor))).
		Where("at >= ? AND (at > ? OR person_id > ?)", utc(at), utc(at), after.PersonID).
		Order("at, person_id").Limit(limit).Find(&out).Error
	return out, fail("undecided pushes", err)
}

// Heard ends a push. The row of the day stays, so that no second one is made for it.
func (r reminders) Heard(ctx context.Context, push string, outcome models.PushState) error {
	const op = "heard push"
	return r.atomic(ctx, op, func(tx *Store) error {
		rows := func() *gorm.DB {
			return tx.on(ctx).Model(&models.Reminder{}).Where("push = ? AND state = ?", push, models.ReminderTold)
		}
		var err error
		switch {
		case outcome == models.PushExpired || outcome == models.PushVoid:
			// Told by nobody: what still holds of it is worked out before it is told again.
			err = firstError(reminders{tx}.lookAgain(ctx, push),
				rows().Updates(map[string]any{"state": models.ReminderOpen, "why": "", "push": "", "told_at": nil}).Error)
		case slices.Contains(unheard, string(outcome)):
			err = rows().Where("why IN ?", append([]string{""}, unheard...)).Update("why", string(outcome)).Error
		default:
			err = rows().Where("why IN ?", unheard).Update("why", "").Error
		}
		if err != nil {
			return fail(op, err)
		}
		if outcome == models.PushWaiting {
			outcome = ""
		}
		return fail(op, tx.on(ctx).Model(&models.Telling{}).Where("push = ?", push).Update("outcome", string(outcome)).Error)
	})
}

// lookAgain has what a push told looked at in the next round.
func (r reminders) lookAgain(ctx context.Context, push string) error {
	var told []models.Reminder
	err := r.on(ctx).Select("programme", "household_id").Where("push = ?", push).Find(&told).Error
	things := map[string][]string{} // by programme
	for _, t := range told {
		things[t.Programme] = append(things[t.Programme], t.HouseholdID)
	}
	for programme, ids := range things {
		for part := range chunks(ids) {
			err = firstError(err, r.on(ctx).Model(&models.Watch{}).Where("programme = ? AND thing IN ?", programme, part).Update("next_on", "").Error)
		}
	}
	return err
}

// unheardFor is how long somebody to whom a push could not be brought counts as not
// to be reached.
const unheardFor = 30 * 24 * time.Hour

// Unreached reads people of the area, then their open rows by index.
func (r reminders) Unreached(ctx context.Context, by models.Actor, programme string, today models.Date) ([]models.Unreached, error) {
	const op = "unreached"
	from, to := span(by.Area)
	of := func() *gorm.DB {
		return r.on(ctx).Table("people").Joins("JOIN reminders ON reminders.person_id = people.id").
			Where("people.area_code >= ? AND people.area_code < ? AND people.active = ? AND reminders.programme = ?", from, to, true, programme).
			Group("people.id, people.name, people.area_code, reminders.why").Order("people.area_code, people.id")
	}
	var out []models.Unreached
	err := of().Joins("LEFT JOIN bindings ON bindings.person_id = people.id").
		Where("reminders.state = ? AND reminders.on_day <= ? AND bindings.user IS NULL", models.ReminderOpen, today).
		Select("people.id AS person_id, people.name AS name, people.area_code AS area, COUNT(*) AS open, 'unbound' AS why").Scan(&out).Error
	if err != nil {
		return nil, fail(op, err)
	}
	day, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return nil, models.E(models.Invalid, op, err)
	}
	var deaf []models.Unreached
	err = of().Where("reminders.state = ? AND reminders.why IN ? AND reminders.told_at >= ?", models.ReminderTold, unreached, day.Add(-unheardFor)).
		Select("people.id AS person_id, people.name AS name, people.area_code AS area, COUNT(*) AS open, reminders.why AS why").Scan(&deaf).Error
	if err != nil {
		return nil, fail(op, err)
	}
	var nobody []models.Unreached
	err = r.on(ctx).Model(&models.Reminder{}).Where("programme = ? AND state = ? AND person_id = '' AND on_day <= ?", programme, models.ReminderOpen, today).
		Where("village >= ? AND village < ?", from, to).Group("village").Order("village").
		Select("village AS area, COUNT(*) AS open, 'nobody' AS why").Scan(&nobody).Error
	return append(append(out, deaf...), nobody...), fail(op, err)
}

// Operators are those who run the system.
func (r reminders) Operators(ctx context.Context) ([]models.Person, error) {
	var out []models.Person
	err := r.on(ctx).Where("role = ? AND active = ?", models.RoleAdmin, true).Order("id").Find(&out).Error
	return out, fail("operators", err)
}
