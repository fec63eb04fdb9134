package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/huhuqing/huhuqing/models"
)

type reminders struct{ *Store }

// Keep compares what is due with what stands, and writes the difference.
func (r reminders) Keep(ctx context.Context, w models.Watch, fresh []models.Reminder, today models.Date, now time.Time) (pushes []string, err error) {
	const op = "keep reminders"
	// Locks on rows and none on the gaps between them: households are looked at side by side.
	err = r.atomicWith(ctx, op, r.rowLocks(), func(tx *Store) error {
		k := keeping{Store: tx, today: today, now: utc(now), fresh: map[string]*models.Reminder{}}
		for i := range fresh {
			k.fresh[fresh[i].ID] = &fresh[i]
		}
		if err := k.settle(ctx, w, fresh); err != nil {
			return fail(op, err)
		}
		pushes = k.pushes
		return fail(op, reminders{tx}.watch(ctx, w))
	})
	return pushes, err
}

// keeping is one comparison.
type keeping struct {
	*Store
	today  models.Date
	now    time.Time
	fresh  map[string]*models.Reminder // by id
	pushes []string
}

func (k *keeping) settle(ctx context.Context, w models.Watch, fresh []models.Reminder) error {
	var stand []models.Reminder
	if err := k.on(ctx).Where("household_id = ? AND programme = ?", w.Thing, w.Programme).Find(&stand).Error; err != nil {
		return err
	}
	if err := k.compare(ctx, stand, fresh); err != nil {
		return err
	}
	known := map[string]bool{}
	for i := range stand {
		known[stand[i].ID] = true
	}
	added := slices.DeleteFunc(slices.Clone(fresh), func(f models.Reminder) bool { return known[f.ID] || overtaken(&f, stand) })
	for i := range added {
		if f := &added[i]; f.Why == models.WhySaid && !newlySaid(f, stand, w.Version) {
			f.State, f.Why = models.ReminderOpen, ""
		}
	}
	return k.add(ctx, added)
}

// newlySaid reports whether the date of a reminder may have come with this save: the
// household is new, or was looked at before and nothing stands for the date.
func newlySaid(f *models.Reminder, stand []models.Reminder, version int) bool {
	stood := func(o models.Reminder) bool { return o.Same(f) && o.Due == f.Due }
	return version == 1 || len(stand) > 0 && !slices.ContainsFunc(stand, stood)
}

// compare ends what does not hold any more, and opens again what does after all.
func (k *keeping) compare(ctx context.Context, stand, fresh []models.Reminder) error {
	ended := map[ending][]string{}
	for i := range stand {
		o := &stand[i]
		switch f := k.fresh[o.ID]; {
		case f == nil && (o.State == models.ReminderOpen || k.mayWait(o)):
			end := ending{o.State, o.State == models.ReminderTold && slices.Contains(unheard, o.Why), k.why(o, fresh)}
			ended[end] = append(ended[end], o.ID)
			k.pushes = append(k.pushes, o.Push)
		case f != nil && f.State == models.ReminderOpen && o.Why != models.WhySaid && (o.State == models.ReminderVoid || slices.Contains(pastWhys, o.Why)):
			if err := k.revive(ctx, o); err != nil {
				return err
			}
		}
	}
	for end, ids := range ended {
		if err := k.end(ctx, end, ids); err != nil {
			return err
		}
	}
	return k.onlyThese(ctx)
}

// ending is how reminders stop to hold: what waits is void, what was told says why it
// would not be told any more, and what was told and not heard is as if it never had been.
type ending struct {
	was     models.ReminderState
	unheard bool
	why     string
}

// pastWhys are the reasons for which a reminder does not hold any more.
var pastWhys = []string{models.WhyGone, models.WhyMoved, models.WhyOvertaken, models.WhyLapsed, models.WhyHanded}

// mayWait reports whether a told reminder may still be unheard: its push did not arrive,
// or is on its way, as pushes live until the evening. One that was told ahead of its day
// (`huhuqing remind`) does not hold yet.
func (k *keeping) mayWait(o *models.Reminder) bool {
	if o.State != models.ReminderTold || o.On > k.today || slices.Contains(pastWhys, o.Why) {
		return false
	}
	return slices.Contains(unheard, o.Why) || o.ToldAt != nil && k.now.Sub(*o.ToldAt) < pushLife
}

// pushLife is more than any push waits for its turn.
const pushLife = 24 * time.Hour

// overtaken reports whether the person was told a later step of the same already: the
// clock stepped back.
func overtaken(f *models.Reminder, stand []models.Reminder) bool {
	return slices.ContainsFunc(stand, func(o models.Reminder) bool {
		return o.State == models.ReminderTold && o.Same(f) && o.PersonID == f.PersonID && o.Due == f.Due && o.On > f.On
	})
}

// why an open reminder does not hold any more.
func (k *keeping) why(o *models.Reminder, fresh []models.Reminder) string {
	if o.Until != "" && o.Until < k.today {
		return models.WhyLapsed
	}
	for i := range fresh {
		f := &fresh[i]
		switch {
		case !f.Same(o):
		case f.Due != o.Due:
			return models.WhyMoved
		case f.Step != o.Step:
			return models.WhyOvertaken
		default:
			return models.WhyHanded
		}
	}
	return models.WhyGone
}

func (k *keeping) end(ctx context.Context, e ending, ids []string) error {
	set := map[string]any{"why": e.why}
	if e.was == models.ReminderOpen || e.unheard {
		set["state"], set["told_at"] = models.ReminderVoid, nil
	}
	return k.on(ctx).Model(&models.Reminder{}).Where("id IN ? AND state = ?", ids, e.was).Updates(set).Error
}

// revive opens a reminder whose reason is there again, unless it was told already.
func (k *keeping) revive(ctx context.Context, o *models.Reminder) error {
	state := models.ReminderOpen
	if o.ToldAt != nil {
		state = models.ReminderTold
	}
	return k.on(ctx).Model(&models.Reminder{}).Where("id = ? AND state = ?", o.ID, o.State).
		Updates(map[string]any{"state": state, "why": ""}).Error
}

// onlyThese keeps of the pushes those that told nothing that still holds.
func (k *keeping) onlyThese(ctx context.Context) error {
	if len(k.pushes) == 0 {
		return nil
	}
	slices.Sort(k.pushes)
	k.pushes = slices.Compact(k.pushes)
	var mixed []string
	err := k.on(ctx).Model(&models.Reminder{}).Distinct("push").Where("push IN ? AND state = ? AND why NOT IN ?", k.pushes, models.ReminderTold, pastWhys).
		Pluck("push", &mixed).Error
	k.pushes = slices.DeleteFunc(k.pushes, func(p string) bool { return p == "" || slices.Contains(mixed, p) })
	return err
}

func (k *keeping) add(ctx context.Context, rs []models.Reminder) error {
	for i := range rs {
		rs[i].At = k.now
		if err := fits("reminder", &rs[i]); err != nil {
			return err
		}
	}
	return insert(k.on(ctx).Clauses(clause.OnConflict{DoNothing: true}).Session(&gorm.Session{}), rs)
}

// Add puts rows in that no household, village or county makes.
func (r reminders) Add(ctx context.Context, rs []models.Reminder, now time.Time) error {
	const op = "add reminders"
	if _, err := r.writable(ctx, op); err != nil {
		return err
	}
	k := keeping{Store: r.Store, now: utc(now)}
	return fail(op, k.add(ctx, slices.Clone(rs)))
}

// Drop voids what is open about a household and forgets its watches.
func (r reminders) Drop(ctx context.Context, household string) error {
	const op = "drop reminders"
	return r.atomic(ctx, op, func(tx *Store) error {
		var stand []models.Reminder
		if err := tx.on(ctx).Where("household_id = ?", household).Find(&stand).Error; err != nil {
			return fail(op, err)
		}
		k := keeping{Store: tx, today: models.DayOf(r.now()), now: utc(r.now())}
		if err := k.compare(ctx, stand, nil); err != nil {
			return fail(op, err)
		}
		if err := (pushes{tx}).Void(ctx, k.pushes); err != nil {
			return err
		}
		return fail(op, tx.on(ctx).Where("thing = ?", household).Delete(&models.Watch{}).Error)
	})
}

// Open are the reminders of a person; of muted households only those of other levels.
func (r reminders) Open(ctx context.Context, programme, personID string, today models.Date) ([]models.Reminder, error) {
	var out []models.Reminder
	err := r.on(ctx).Joins("LEFT JOIN mutes ON mutes.household_id = reminders.household_id AND mutes.until >= ?", today).
		Where("reminders.programme = ? AND reminders.state = ? AND reminders.person_id = ? AND reminders.on_day <= ?",
			programme, models.ReminderOpen, personID, today).
		Where("(reminders.until = '' OR reminders.until >= ?) AND (mutes.until IS NULL OR reminders.level <> ?)", today, models.Village).
		Order("reminders.due, reminders.id").Find(&out).Error
	return out, fail("open reminders", err)
}

// OfDay joins what is open and what was told since the day began.
func (r reminders) OfDay(ctx context.Context, by models.Actor, programme string, today models.Date) ([]models.Reminder, error) {
	const op = "reminders of the day"
	out, err := r.Open(ctx, programme, by.PersonID, today)
	if err != nil {
		return nil, err
	}
	begin, err := time.ParseInLocation(time.DateOnly, string(today), models.Zone)
	if err != nil {
		return nil, models.E(models.Invalid, op, err)
	}
	var told []models.Reminder
	err = r.on(ctx).Where("person_id = ? AND told_at >= ? AND state = ? AND programme = ?", by.PersonID, utc(begin), models.ReminderTold, programme).
		Order("due, id").Find(&told).Error
	return append(out, told...), fail(op, err)
}

// About are the reminders of one household.
func (r reminders) About(ctx context.Context, by models.Actor, household string) ([]models.Reminder, error) {
	var out []models.Reminder
	err := r.on(ctx).Scopes(within(by, "household_id")).Where("household_id = ?", household).Order("on_day DESC, due, id").Find(&out).Error
	return out, fail("reminders of a household", err)
}

// unreached are the outcomes of pushes that did not arrive; unheard those of which the
// person is told at the next contact.
var (
	unreached = []string{string(models.PushRefused), string(models.PushFailed), string(models.PushGivenUp)}
	unheard   = append([]string{string(models.PushUnsure)}, unreached...)
)

// Unheard are what the person was to be told and was not.
func (r reminders) Unheard(ctx context.Context, by models.Actor, programme string) ([]models.Reminder, error) {
	var out []models.Reminder
	err := r.on(ctx).Where("person_id = ? AND programme = ? AND state = ? AND why IN ?", by.PersonID, programme, models.ReminderTold, unheard).
		Order("due, id").Find(&out).Error
	return out, fail("unheard reminders", err)
}

// whyShown says that a conversation told what no push could.
const whyShown = "shown"

// Showed notes what a conversation told; only the person's own.
func (r reminders) Showed(ctx context.Context, by models.Actor, ids []string) error {
	const op = "showed reminders"
	tx, err := r.writable(ctx, op)
	if err != nil || len(ids) == 0 {
		return err
	}
	return fail(op, tx.Model(&models.Reminder{}).Where("id IN ? AND person_id = ? AND why IN ?", ids, by.PersonID, unheard).
		Update("why", whyShown).Error)
}
