package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

const today models.Date = "2018-10-31"

// reminder is a row of ann's about the measure thing of a household.
func reminder(household, thing, step string, change ...func(r *models.Reminder)) models.Reminder {
	r := models.Reminder{
		Programme: prog, State: models.ReminderOpen, PersonID: "p_ann", HouseholdID: household, Village: damiao, Thing: thing, Rule: "due",
		Step: step, Level: models.Village, Due: "2018-11-07", On: today, Title: "养牛", Head: "岩温龙", Group: "三组",
	}
	for _, c := range change {
		c(&r)
	}
	r.Name()
	return r
}

func keep(t *testing.T, s *Store, household string, next models.Date, fresh ...models.Reminder) []string {
	t.Helper()
	pushes, err := s.Reminders().Keep(t.Context(), models.Watch{Programme: prog, Thing: household, Next: next, Version: 1}, fresh, today, clock)
	require.NoError(t, err)
	return pushes
}

// standing are the rows of a household as «thing step state why».
func standing(t *testing.T, s *Store, household string) []string {
	t.Helper()
	var rows []models.Reminder
	require.NoError(t, s.on(t.Context()).Where("household_id = ?", household).Order("thing, step").Find(&rows).Error)
	out := []string{}
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%s %s %s %s", r.Thing, r.Step, r.State, r.Why))
	}
	return out
}

// listens makes a bound person.
func listens(t *testing.T, s *Store, p models.Person) {
	t.Helper()
	ctx := t.Context()
	require.NoError(t, s.People().Add(ctx, &p))
	require.NoError(t, s.People().Invite(ctx, models.Invite{Hash: p.ID, PersonID: p.ID, ExpiresAt: clock.Add(time.Hour)}))
	_, err := s.People().Bind(ctx, p.ID, "o"+p.ID, clock)
	require.NoError(t, err)
}

func TestRemindersFollowWhatIsDue(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := create(t, s, ann("m1"), wen()).Household.ID
		a, b := reminder(id, "a", "-7"), reminder(id, "b", "-7")
		keep(t, s, id, "2018-11-06", a, b)
		keep(t, s, id, "2018-11-06", a, b)
		require.Equal(t, []string{"a -7 open ", "b -7 open "}, standing(t, s, id), "twice changes nothing")

		later := reminder(id, "a", "-1")
		moved := reminder(id, "b", "-7", func(r *models.Reminder) { r.Due = "2018-11-30" })
		keep(t, s, id, "2018-11-06", later, moved)
		require.ElementsMatch(t, []string{"a -1 open ", "a -7 void overtaken", "b -7 open ", "b -7 void moved"}, standing(t, s, id))
		keep(t, s, id, "2018-11-06", a, b)
		require.ElementsMatch(t, []string{"a -1 void overtaken", "a -7 open ", "b -7 open ", "b -7 void moved"}, standing(t, s, id), "put back: the same rows open again")

		handed := reminder(id, "a", "-7", func(r *models.Reminder) { r.PersonID = "p_eve" })
		keep(t, s, id, "2018-11-06", handed)
		require.ElementsMatch(t, []string{"a -1 void overtaken", "a -7 open ", "a -7 void handed", "b -7 void gone", "b -7 void moved"}, standing(t, s, id))
		lapses := reminder(id, "c", "-6", func(r *models.Reminder) { r.Until = "2018-10-30" })
		keep(t, s, id, "2018-11-06", lapses)
		keep(t, s, id, "2018-11-06")
		require.Contains(t, standing(t, s, id), "c -6 void lapsed")

		said := reminder(id, "d", "-30", func(r *models.Reminder) { r.State, r.Why = models.ReminderVoid, models.WhySaid })
		keep(t, s, id, "2018-11-06", said)
		open := said
		open.State, open.Why = models.ReminderOpen, ""
		keep(t, s, id, "2018-11-06", open)
		require.Contains(t, standing(t, s, id), "d -30 void said", "who said it knows it")

		_, err := s.Households().Undo(t.Context(), ann("u"), id, "m1", clock, clock)
		require.NoError(t, err)
		for _, row := range standing(t, s, id) {
			require.NotContains(t, row, "open", "nothing is due of a household that was withdrawn")
		}
		var n int64
		require.NoError(t, s.on(t.Context()).Model(&models.Watch{}).Where("thing = ?", id).Count(&n).Error)
		require.Zero(t, n)
	})
}

func TestATellingIsMadeOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, rs := t.Context(), s.Reminders()
		listens(t, s, models.Person{ID: "p_ann", Name: "安妮", Role: models.RoleVillage, AreaCode: damiao, Groups: models.Set{"三组"}})
		require.NoError(t, s.People().Add(ctx, &models.Person{ID: "p_eve", Name: "伊芙", Role: models.RoleVillage, AreaCode: damiao}))
		id := damiao + "0001"
		a, b := reminder(id, "a", "-7"), reminder(id, "b", "-7", func(r *models.Reminder) { r.Urgent = true })
		future := reminder(id, "f", "-7", func(r *models.Reminder) { r.On = "2018-11-01" })
		eve := reminder(id, "e", "-7", func(r *models.Reminder) { r.PersonID = "p_eve" })
		keep(t, s, id, "2018-11-06", a, b, future, eve)

		lapsed := reminder("m"+damiao, "l", "0", func(r *models.Reminder) { r.PersonID, r.Until = "p_bob", "2018-10-30" })
		require.NoError(t, rs.Add(ctx, []models.Reminder{lapsed}, clock))
		listens(t, s, models.Person{ID: "p_bob", Name: "鲍勃", Role: models.RoleTownship, AreaCode: township})

		hear, err := rs.Listeners(ctx, prog, today, "07:59", "", 10)
		require.NoError(t, err)
		require.Empty(t, hear, "before the hour")
		hear, err = rs.Listeners(ctx, prog, today, "08:00", "", 10)
		require.NoError(t, err)
		require.Len(t, hear, 1, "who is not bound cannot be told")
		require.Equal(t, []any{"p_ann", "安妮", models.Set{"三组"}, "op_ann", "08:00", models.RemindAll, 0}, []any{
			hear[0].Person.ID, hear[0].Person.Name, hear[0].Person.Groups, hear[0].User, hear[0].At, hear[0].Amount, hear[0].Told,
		})
		require.True(t, hear[0].Busy.IsZero())
		require.NoError(t, s.Turns().SaveSession(ctx, models.Draft{User: "op_ann", UpdatedAt: clock}, 0))
		hear, err = rs.Listeners(ctx, prog, today, "09:00", "", 10)
		require.NoError(t, err)
		require.True(t, clock.Truncate(time.Second).Equal(hear[0].Busy.Truncate(time.Second)))
		urgent, err := rs.Urgent(ctx, prog, today, "", 10)
		require.NoError(t, err)
		require.Empty(t, urgent, "the list of the day comes first")

		open, err := rs.Open(ctx, prog, "p_ann", today)
		require.NoError(t, err)
		require.ElementsMatch(t, []string{a.ID, b.ID}, []string{open[0].ID, open[1].ID})
		oneWins(t, atOnce(6, func(i int) error {
			return rs.Tell(ctx, models.Telling{PersonID: "p_ann", Day: today, Push: "push1", At: clock}, []string{a.ID})
		}), "told")
		refused(t, rs.Tell(ctx, models.Telling{PersonID: "p_ann", Day: today, N: 1, Push: "push2", At: clock}, []string{a.ID, b.ID}), models.Conflict, "told")
		open, err = rs.Open(ctx, prog, "p_ann", today)
		require.NoError(t, err)
		require.Len(t, open, 1, "half of a push is none")
		hear, err = rs.Listeners(ctx, prog, today, "20:00", "", 10)
		require.NoError(t, err)
		require.Empty(t, hear, "one list a day")
		urgent, err = rs.Urgent(ctx, prog, today, "", 10)
		require.NoError(t, err)
		require.Equal(t, []int{1, 1}, []int{len(urgent), urgent[0].Told})
		require.NoError(t, rs.Tell(ctx, models.Telling{PersonID: "p_ann", Day: today, N: 1, Push: "push2", At: clock.Add(time.Second)}, []string{b.ID}))
		require.Equal(t, []string{"push2"}, keep(t, s, id, "2018-11-06", a, eve), "an urgent one whose reason is gone can be stopped")
		require.Empty(t, keep(t, s, id, "2018-11-06", a, b, eve))

		undecided, err := rs.Undecided(ctx, models.Telling{}, 10)
		require.NoError(t, err)
		require.Equal(t, []string{"push1", "push2"}, []string{undecided[0].Push, undecided[1].Push})
		next, err := rs.Undecided(ctx, undecided[0], 10)
		require.NoError(t, err)
		require.Len(t, next, 1)
		require.NoError(t, rs.Heard(ctx, "push1", models.PushExpired))
		require.NoError(t, rs.Heard(ctx, "push2", models.PushRefused))
		undecided, err = rs.Undecided(ctx, models.Telling{}, 10)
		require.NoError(t, err)
		require.Len(t, undecided, 1, "what expired is over; what was refused may get through after all")
		require.Equal(t, []string{"push2", "refused"}, []string{undecided[0].Push, undecided[0].Outcome})
		open, err = rs.Open(ctx, prog, "p_ann", today)
		require.NoError(t, err)
		require.Equal(t, a.ID, open[0].ID, "what expired is told with the next list")
		tomorrow, err := rs.Listeners(ctx, prog, "2018-11-01", "08:00", "", 10)
		require.NoError(t, err)
		require.Len(t, tomorrow, 1)

		lost, err := rs.Unheard(ctx, ann(""), prog)
		require.NoError(t, err)
		require.Equal(t, []string{b.ID, "refused"}, []string{lost[0].ID, lost[0].Why})
		deaf, err := rs.Unreached(ctx, bob(""), prog, today)
		require.NoError(t, err)
		require.Equal(t, []models.Unreached{
			{PersonID: "p_eve", Name: "伊芙", Area: damiao, Open: 1, Why: "unbound"}, {PersonID: "p_ann", Name: "安妮", Area: damiao, Open: 1, Why: "refused"},
		}, deaf)
		require.NoError(t, rs.Add(ctx, []models.Reminder{reminder(xiaohe+"0001", "n", "-7", func(r *models.Reminder) { r.PersonID, r.Village = "", xiaohe })}, clock))
		nobody, err := rs.Unreached(ctx, models.Actor{Area: xiaohe}, prog, today)
		require.NoError(t, err)
		require.Equal(t, []models.Unreached{{Area: xiaohe, Open: 1, Why: "nobody"}}, nobody)
		elsewhere, err := rs.Unreached(ctx, models.Actor{Area: faraway}, prog, today)
		require.NoError(t, err)
		require.Empty(t, elsewhere)
		require.NoError(t, rs.Showed(ctx, models.Actor{PersonID: "p_eve"}, []string{b.ID}), "somebody else's")
		lost, err = rs.Unheard(ctx, ann(""), prog)
		require.NoError(t, err)
		require.Len(t, lost, 1)
		require.NoError(t, rs.Showed(ctx, ann(""), []string{b.ID}))
		lost, err = rs.Unheard(ctx, ann(""), prog)
		require.NoError(t, err)
		require.Empty(t, lost, "shown once")
	})
}

func TestWatchesFindTheDay(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, rs := t.Context(), s.Reminders()
		first := create(t, s, ann("m1"), wen()).Household
		second := create(t, s, ann("m2"), li(damiao, "一组")).Household
		ids, err := rs.Unwatched(ctx, prog, time.Time{}, "", 10)
		require.NoError(t, err)
		require.Equal(t, []string{first.ID, second.ID}, ids)
		keep(t, s, first.ID, today)
		keep(t, s, second.ID, "2018-11-02")
		ids, err = rs.Unwatched(ctx, prog, time.Time{}, "", 10)
		require.NoError(t, err)
		require.Empty(t, ids)

		things := func(day models.Date, after models.Watch) (out []string) {
			ws, err := rs.Watched(ctx, prog, day, after, 10)
			require.NoError(t, err)
			for _, w := range ws {
				out = append(out, w.Thing)
			}
			return out
		}
		require.Equal(t, []string{county, damiao, first.ID}, things(today, models.Watch{}), "the village and the county come with their first household")
		require.Equal(t, []string{first.ID}, things(today, models.Watch{Thing: damiao}))
		require.Equal(t, []string{county, damiao, first.ID, second.ID}, things("2018-11-02", models.Watch{}))
		keep(t, s, first.ID, "2018-12-01")
		require.Equal(t, []string{county, damiao}, things(today, models.Watch{}))
		require.Empty(t, things("2018-11-30", models.Watch{Next: "2018-11-02", Thing: second.ID}))

		_, err = s.Households().Save(ctx, ann("m3"), &models.Dossier{Household: changed(second), Members: nil}, second.Version, clock)
		require.NoError(t, err)
		ids, err = rs.Unwatched(ctx, prog, clock, "", 10)
		require.NoError(t, err)
		require.Equal(t, []string{second.ID}, ids, "saved past the conversations")
		ids, err = rs.Unwatched(ctx, prog, clock.Add(time.Hour), "", 10)
		require.NoError(t, err)
		require.Empty(t, ids)

		at, err := rs.SweptAt(ctx, prog)
		require.NoError(t, err)
		require.True(t, at.IsZero())
		require.NoError(t, rs.Swept(ctx, prog, clock))
		require.NoError(t, rs.Swept(ctx, prog, clock.Add(-time.Hour)))
		at, err = rs.SweptAt(ctx, prog)
		require.NoError(t, err)
		require.True(t, clock.Equal(at), "a clock that goes back moves nothing")

		gone := models.Person{ID: "p_gone", Name: "旧人", Role: models.RoleVillage, AreaCode: damiao}
		require.NoError(t, s.People().Add(ctx, &gone))
		require.NoError(t, s.on(ctx).Model(&gone).Update("active", false).Error)
		keep(t, s, second.ID, "2018-12-01", reminder(second.ID, "x", "-7", func(r *models.Reminder) { r.PersonID = "p_gone" }))
		ids, err = rs.Orphaned(ctx, prog, 10)
		require.NoError(t, err)
		require.Equal(t, []string{second.ID}, ids)

		row := reminder(second.ID, "x", "-7", func(r *models.Reminder) { r.PersonID = "p_gone" })
		require.NoError(t, rs.Tell(ctx, models.Telling{PersonID: "p_gone", Day: today, Push: "lost", At: clock}, []string{row.ID}))
		ids, err = rs.Orphaned(ctx, prog, 10)
		require.NoError(t, err)
		require.Empty(t, ids, "told before they left")
		require.NoError(t, rs.Heard(ctx, "lost", models.PushRefused))
		ids, err = rs.Orphaned(ctx, prog, 10)
		require.NoError(t, err)
		require.Equal(t, []string{second.ID}, ids, "they left before it came")
		keep(t, s, second.ID, "2018-12-01", reminder(second.ID, "x", "-7"))
		require.ElementsMatch(t, []string{"x -7 open ", "x -7 void handed"}, standing(t, s, second.ID), "whoever follows hears of it")
		ids, err = rs.Orphaned(ctx, prog, 10)
		require.NoError(t, err)
		require.Empty(t, ids)

		duty := models.Duty{ID: second.ID + "d001", Object: second.ID, Village: second.Village, Level: models.Village, PersonID: "p_gone"}
		require.NoError(t, s.on(ctx).Create(&duty).Error)
		ids, err = rs.Orphaned(ctx, prog, 10)
		require.NoError(t, err)
		require.Equal(t, []string{second.ID}, ids, "they answer for a household, and nobody was told")
		keep(t, s, second.ID, "2018-12-01", reminder(second.ID, duty.ID, "0", func(r *models.Reminder) { r.Rule = "hand_over" }))
		ids, err = rs.Orphaned(ctx, prog, 10)
		require.NoError(t, err)
		require.Empty(t, ids)
	})
}

func changed(h models.Household) models.Household {
	h.Remark = "电话里说的"
	return h
}

func TestSettingsAndMutes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, rs := t.Context(), s.Reminders()
		listens(t, s, models.Person{ID: "p_ann", Name: "安妮", Role: models.RoleVillage, AreaCode: damiao})
		listens(t, s, models.Person{ID: "p_bob", Name: "鲍勃", Role: models.RoleTownship, AreaCode: township})
		usual, err := rs.Setting(ctx, "p_ann")
		require.NoError(t, err)
		require.Equal(t, []any{"08:00", models.RemindAll}, []any{usual.At, usual.Amount})
		for _, at := range []string{"18:30", "19:00"} {
			require.NoError(t, rs.SaveSetting(ctx, models.RemindSetting{PersonID: "p_ann", At: at, Amount: models.RemindOverdue, UpdatedAt: clock}))
		}
		id := create(t, s, ann("m1"), wen()).Household.ID
		mine, theirs := reminder(id, "a", "-7"), reminder(id, "a", "+15", func(r *models.Reminder) { r.PersonID, r.Level = "p_bob", models.Township })
		keep(t, s, id, "2018-11-06", mine, theirs)
		for hm, want := range map[string][]string{"08:00": {"p_bob"}, "19:00": {"p_ann", "p_bob"}} {
			hear, err := rs.Listeners(ctx, prog, today, hm, "", 10)
			require.NoError(t, err)
			got := []string{}
			for _, l := range hear {
				got = append(got, l.Person.ID)
			}
			require.Equal(t, want, got, hm)
		}

		refused(t, rs.Mute(ctx, models.Actor{PersonID: "x", Area: xiaohe}, models.Mute{HouseholdID: id, Until: "2018-12-31"}), models.NotFound, "")
		require.NoError(t, rs.Mute(ctx, ann(""), models.Mute{HouseholdID: id, Until: "2018-11-30", Reason: "外出务工"}))
		require.NoError(t, rs.Mute(ctx, ann(""), models.Mute{HouseholdID: id, Until: "2018-12-31", Reason: "外出务工到年底"}))
		mutes, err := rs.Mutes(ctx, bob(""), today)
		require.NoError(t, err)
		require.Equal(t, []any{"安妮", "外出务工到年底", models.Date("2018-12-31")}, []any{mutes[0].ByName, mutes[0].Reason, mutes[0].Until})
		count := func(person string, day models.Date) int {
			open, err := rs.Open(ctx, prog, person, day)
			require.NoError(t, err)
			return len(open)
		}
		require.Equal(t, []int{0, 1, 1}, []int{count("p_ann", today), count("p_bob", today), count("p_ann", "2019-01-01")}, "only the village is spared, and only until the day")
		mutes, err = rs.Mutes(ctx, bob(""), "2019-01-01")
		require.NoError(t, err)
		require.Empty(t, mutes)
		mutes, err = rs.Mutes(ctx, models.Actor{Area: xiaohe}, today)
		require.NoError(t, err)
		require.Empty(t, mutes)
		refused(t, rs.Unmute(ctx, models.Actor{Area: xiaohe}, id), models.NotFound, "")
		require.NoError(t, rs.Unmute(ctx, ann(""), id))
		refused(t, rs.Unmute(ctx, ann(""), id), models.NotFound, "")
		require.Equal(t, 1, count("p_ann", today))
		for _, values := range raw(t, s) {
			require.NotContains(t, values, "外出务工")
		}

		require.NoError(t, rs.Add(ctx, []models.Reminder{mine}, clock))
		require.Len(t, standing(t, s, id), 2, "known already")
		require.NoError(t, s.People().Add(ctx, &models.Person{ID: "p_op", Name: "管理员", Role: models.RoleAdmin, AreaCode: county}))
		ops, err := rs.Operators(ctx)
		require.NoError(t, err)
		require.Equal(t, "p_op", ops[0].ID)
		reader := s.Reader().Reminders()
		refused(t, reader.SaveSetting(ctx, usual), models.Forbidden, "")
		refused(t, reader.Add(ctx, nil, clock), models.Forbidden, "")
		_, err = reader.Keep(ctx, models.Watch{}, nil, today, clock)
		refused(t, err, models.Forbidden, "")
	})
}

// TestReplicasKeepOneSetOfRows lets several look at the same household at once.
func TestReplicasKeepOneSetOfRows(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		id := damiao + "0001"
		var fresh []models.Reminder
		for i := range 5 {
			fresh = append(fresh, reminder(id, fmt.Sprint(i), "-7"))
		}
		for _, err := range atOnce(6, func(int) error {
			_, err := s.Reminders().Keep(t.Context(), models.Watch{Programme: prog, Thing: id, Next: "2018-11-06", Version: 1}, slices.Clone(fresh), today, clock)
			return err
		}) {
			require.NoError(t, err)
		}
		require.Len(t, standing(t, s, id), 5)
	})
}
