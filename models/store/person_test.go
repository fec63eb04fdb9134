package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, people := t.Context(), s.People()
		p := models.Person{Name: "安妮", Role: models.RoleVillage, AreaCode: damiao, Groups: models.Set{"三组"}, Phone: "13988887777"}
		require.NoError(t, people.Add(ctx, &p))
		require.NotEmpty(t, p.ID)
		require.LessOrEqual(t, len(p.ID), 20)
		refused(t, people.Add(ctx, &models.Person{ID: p.ID, Name: "鲍勃"}), models.Conflict, "")
		got, err := people.Person(ctx, p.ID)
		require.NoError(t, err)
		require.True(t, got.Active)
		require.Equal(t, "13988887777", got.Phone.Reveal())
		require.Equal(t, p.Groups, got.Groups)
		_, err = people.Person(ctx, "p_nobody")
		refused(t, err, models.NotFound, "")
	})
}

func TestBind(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, people := t.Context(), s.People()
		for _, id := range []string{"ann", "bob", "gone"} {
			require.NoError(t, people.Add(ctx, &models.Person{ID: id, Name: id}))
		}
		require.NoError(t, s.on(ctx).Model(&models.Person{}).Where("id = 'gone'").Update("active", false).Error)
		for hash, person := range map[string]string{"h1": "ann", "h2": "ann", "h3": "bob", "late": "bob", "h4": "gone"} {
			inv := models.Invite{Hash: hash, PersonID: person, ExpiresAt: clock.Add(time.Hour)}
			if hash == "late" {
				inv.ExpiresAt = clock
			}
			require.NoError(t, people.Invite(ctx, inv))
		}
		refused(t, people.Invite(ctx, models.Invite{Hash: "h1", PersonID: "bob", ExpiresAt: clock}), models.Conflict, "")
		bind := func(hash, user string) error { _, err := people.Bind(ctx, hash, user, clock); return err }

		_, err := people.ByUser(ctx, "o_ann")
		refused(t, err, models.NotFound, "")
		invited, err := people.Invited(ctx, "h1", clock)
		require.NoError(t, err)
		require.Equal(t, "ann", invited.ID)
		refused(t, bind("nonsense", "o_ann"), models.NotFound, "")
		refused(t, bind("late", "o_ann"), models.Conflict, "invite_expired")
		refused(t, bind("h4", "o_ann"), models.NotFound, "")
		require.NoError(t, bind("h1", "o_ann"))
		refused(t, bind("h1", "o_other"), models.Conflict, "invite_used")
		_, err = people.Invited(ctx, "h1", clock)
		refused(t, err, models.Conflict, "invite_used")
		refused(t, bind("h3", "o_ann"), models.Conflict, "user_bound")
		refused(t, bind("h2", "o_other"), models.Conflict, "person_bound")

		got, err := people.ByUser(ctx, "o_ann")
		require.NoError(t, err)
		require.Equal(t, "ann", got.ID)
		user, err := people.UserOf(ctx, "ann")
		require.NoError(t, err)
		require.Equal(t, "o_ann", user)

		require.NoError(t, people.Unbind(ctx, "o_ann"))
		refused(t, people.Unbind(ctx, "o_ann"), models.NotFound, "")
		_, err = people.ByUser(ctx, "o_ann")
		refused(t, err, models.NotFound, "")
		require.NoError(t, bind("h2", "o_other"), "an invite that was refused is still good")
	})
}

func TestBindFailures(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, people := t.Context(), s.People()
		for i := range 3 {
			n, err := people.CountBindFailure(ctx, "o_eve", clock.Add(time.Duration(i)*time.Minute), clock)
			require.NoError(t, err)
			require.Equal(t, i+1, n)
		}
		n, err := people.BindFailures(ctx, "o_eve", clock.Add(time.Minute))
		require.NoError(t, err)
		require.Equal(t, 2, n)
		n, err = people.BindFailures(ctx, "o_ann", clock)
		require.NoError(t, err)
		require.Zero(t, n)
	})
}

func TestForget(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, people := t.Context(), s.People()
		for _, user := range []string{"o_ann", "o_bob"} {
			require.NoError(t, people.Add(ctx, &models.Person{ID: user[2:], Name: user[2:]}))
			require.NoError(t, people.Invite(ctx, models.Invite{Hash: user, PersonID: user[2:], ExpiresAt: clock.Add(time.Hour)}))
			_, err := people.Bind(ctx, user, user, clock)
			require.NoError(t, err)
			require.NoError(t, s.Turns().SaveSession(ctx, models.Draft{User: user}, 0))
			require.NoError(t, s.Turns().Insert(ctx, models.Turn{User: user, Key: "k"}))
			require.NoError(t, s.Drafts().Put(ctx, models.Draft{User: user, Thing: "x"}))
			require.NoError(t, s.Feedbacks().Say(ctx, &models.Feedback{User: user, Text: "谢谢"}))
			_, err = people.CountBindFailure(ctx, user, clock, clock)
			require.NoError(t, err)
		}
		create(t, s, ann("m"), wen())
		require.NoError(t, people.Forget(ctx, "o_ann"))
		require.NoError(t, people.Forget(ctx, "o_ann"), "again is nothing")

		for column, values := range raw(t, s) {
			if column != "invites.used_by" && column != "invites.hash" {
				require.NotContains(t, values, "o_ann", column)
			}
		}
		got, err := people.ByUser(ctx, "o_bob")
		require.NoError(t, err)
		require.Equal(t, "bob", got.ID)
		_, err = s.Turns().Session(ctx, "o_bob")
		require.NoError(t, err)
		changes, err := s.Households().History(ctx, ann(""), damiao+"0001", 0, 5)
		require.NoError(t, err)
		require.Len(t, changes, 5, "the records are the programme's")
	})
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, drafts, id := t.Context(), s.Drafts(), damiao+"0001"
		for _, name := range []string{"ann", "bob", "eve"} {
			require.NoError(t, s.People().Add(ctx, &models.Person{ID: name, Name: name}))
		}
		put := func(user, thing, title string, at time.Duration) {
			require.NoError(t, drafts.Put(ctx, models.Draft{User: user, Thing: thing, PersonID: user[2:], Household: id, Title: title, Body: []byte(title), UpdatedAt: clock.Add(at)}))
		}
		refused(t, drafts.Put(ctx, models.Draft{User: "o_ann"}), models.Invalid, "")
		put("o_ann", id, "岩温龙", 0)
		put("o_ann", "new:𠮷", "𠮷", time.Minute)
		put("o_ann", "new:吉", "吉", 2*time.Minute)
		put("o_ann", id, "岩温龙二", 3*time.Minute)
		put("o_bob", id, "x", 0)
		require.NoError(t, s.Turns().SaveSession(ctx, models.Draft{User: "o_eve", PersonID: "eve", Household: id, UpdatedAt: clock}, 0))

		list, err := drafts.List(ctx, "o_ann")
		require.NoError(t, err)
		require.Len(t, list, 3)
		require.Equal(t, "岩温龙二", list[0].Title)
		require.Equal(t, "吉", list[1].Title)
		require.Nil(t, list[0].Body)

		others, err := drafts.Others(ctx, id, "o_ann", clock)
		require.NoError(t, err)
		require.Equal(t, []string{"bob", "eve"}, others)
		others, err = drafts.Others(ctx, id, "o_bob", clock.Add(time.Minute))
		require.NoError(t, err)
		require.Equal(t, []string{"ann"}, others)
		others, err = drafts.Others(ctx, "", "o_bob", clock)
		require.NoError(t, err)
		require.Empty(t, others)

		peeked, err := drafts.Peek(ctx, "o_ann", "new:𠮷")
		require.NoError(t, err)
		taken, err := drafts.Take(ctx, "o_ann", "new:𠮷")
		require.NoError(t, err)
		require.Equal(t, peeked, taken)
		require.Equal(t, []byte("𠮷"), taken.Body)
		_, err = drafts.Take(ctx, "o_ann", "new:𠮷")
		refused(t, err, models.NotFound, "")
		_, err = drafts.Take(ctx, "o_eve", "")
		refused(t, err, models.NotFound, "")
	})
}

func TestAreas(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, areas := t.Context(), s.Areas()
		a, err := areas.Area(ctx, damiao)
		require.NoError(t, err)
		require.Equal(t, models.Area{Code: damiao, Name: "大庙村", Level: models.Village, Parent: township}, a)
		_, err = areas.Area(ctx, "000000")
		refused(t, err, models.NotFound, "")
		below, err := areas.Children(ctx, township)
		require.NoError(t, err)
		require.Equal(t, []string{"大庙村", "小河村"}, []string{below[0].Name, below[1].Name})

		added, err := areas.Put(ctx, []models.Area{{Code: damiao, Name: "大庙社区"}, {Code: damiao + "01", Name: "一组"}})
		require.NoError(t, err)
		require.Equal(t, 1, added)
		added, err = areas.Put(ctx, []models.Area{{Code: damiao, Name: "大庙社区"}, {Code: damiao + "01", Name: "一组"}})
		require.NoError(t, err)
		require.Zero(t, added)
		a, err = areas.Area(ctx, damiao)
		require.NoError(t, err)
		require.Equal(t, "大庙社区", a.Name)
		_, err = areas.Put(ctx, []models.Area{{Code: "123", Name: "三位"}})
		refused(t, err, models.Invalid, "")
	})
}

func TestReaderOnlyReads(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, d := t.Context(), create(t, s, ann("m"), wen())
		before := raw(t, s)
		r := s.Reader()
		_, _, err := r.Households().Find(ctx, ann(""), models.Query{Name: "岩温龙"})
		require.NoError(t, err)
		_, err = r.Areas().Area(ctx, damiao)
		require.NoError(t, err)

		_, putErr := r.Areas().Put(ctx, []models.Area{{Code: "54", Name: "x"}})
		_, bindErr := r.People().Bind(ctx, "h", "u", clock)
		_, countErr := r.People().CountBindFailure(ctx, "u", clock, clock)
		_, takeErr := r.Drafts().Take(ctx, "u", "t")
		_, createErr := r.Households().Create(ctx, ann("m2"), li(damiao, ""), clock)
		d.Household.Remark = "x"
		_, saveErr := r.Households().Save(ctx, ann("m2"), d, 1, clock)
		_, claimErr := r.Households().ClaimPhoto(ctx, clock, time.Minute)
		_, undoErr := r.Households().Undo(ctx, ann("m2"), d.Household.ID, "m", clock, clock)
		for i, err := range []error{
			putErr, bindErr, countErr, takeErr, createErr, saveErr, undoErr, claimErr,
			r.People().Add(ctx, &models.Person{Name: "x"}), r.People().Invite(ctx, models.Invite{Hash: "h"}),
			r.People().Unbind(ctx, "u"), r.People().Forget(ctx, "u"), r.Feedbacks().Say(ctx, &models.Feedback{}),
			r.Drafts().Put(ctx, models.Draft{User: "u", Thing: "t"}),
			r.Households().Seen(ctx, ann(""), d.Household.ID, "card", clock),
			r.Households().AddPhoto(ctx, ann(""), models.Photo{HouseholdID: d.Household.ID}),
			r.Households().SettlePhoto(ctx, models.Photo{ID: "f"}),
		} {
			require.Equal(t, models.Forbidden, models.CodeOf(err), "write %d", i)
		}
		require.Equal(t, before, raw(t, s))
	})
}
