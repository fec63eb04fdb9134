package store

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// push is one that is due at the tests' clock.
func push(id, person string) models.Push {
	return models.Push{
		ID: id, PersonID: person, Village: damiao, Kind: models.PushDue, Title: "岩温家 水管", Text: "岩温家的水管后天到期", Count: 1, Due: "2018-11-02",
		Taps: []models.PushTap{{Label: "完成", Say: "完成 3"}}, NotBefore: clock, Expires: clock.Add(12 * time.Hour),
	}
}

func stateOf(t *testing.T, s *Store, id string) models.Push {
	t.Helper()
	p, err := s.Pushes().Push(t.Context(), carl(), id)
	require.NoError(t, err)
	return p
}

// take claims the one push that is due and begins to send it.
func take(t *testing.T, s *Store, by models.PushChannel) models.Push {
	t.Helper()
	got, err := s.Deliveries().Claim(t.Context(), models.LaneNow, clock, clock.Add(time.Minute), 10)
	require.NoError(t, err)
	require.Len(t, got, 1)
	j, err := s.Deliveries().Job(t.Context(), got[0].ID)
	require.NoError(t, err)
	require.Equal(t, got[0].Version, j.Version)
	p := j.Push
	p.Trying, p.Channel, p.TriedAt, p.Tries, p.User = by, by, &clock, p.Tries+1, "o_ann"
	p.Version, err = s.Deliveries().Begin(t.Context(), p)
	require.NoError(t, err)
	return p
}

// sent settles a push as taken by the platform under an id.
func sent(p models.Push, msgID string) models.Push {
	p.State, p.MsgID, p.SentAt, p.Trying, p.NextTry = models.PushSent, msgID, &clock, "", clock.Add(11*time.Minute)
	return p
}

func TestAPushIsKeptOnceAndSealed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		p := push("a1", "p_ann")
		p.State, p.Code, p.Tries = models.PushDelivered, "0", 3 // not for the producer to say
		require.NoError(t, s.Pushes().Put(ctx, []models.Push{p, push("a2", "p_bob")}))
		p.Title = "别的"
		require.NoError(t, s.Pushes().Put(ctx, []models.Push{p, push("a3", "p_bob")}))

		got := stateOf(t, s, "a1")
		require.Equal(t, []any{models.PushWaiting, "", 0, "岩温家 水管", models.PushTaps{{Label: "完成", Say: "完成 3"}}, models.LaneNow},
			[]any{got.State, got.Code, got.Tries, got.Title, got.Taps, got.Lane})
		var raw struct{ Title, Body, Taps string }
		require.NoError(t, s.on(ctx).Raw("SELECT title, body, taps FROM pushes WHERE id = 'a1'").Scan(&raw).Error)
		require.NotContains(t, raw.Title+raw.Body+raw.Taps, "岩温")
		require.NotContains(t, raw.Taps, "完成")

		states, err := s.Pushes().States(ctx, []string{"a1", "a3", "zz"})
		require.NoError(t, err)
		require.Equal(t, map[string]models.PushState{"a1": models.PushWaiting, "a3": models.PushWaiting}, states)
		for name, spoil := range map[string]func(*models.Push){
			"id":      func(p *models.Push) { p.ID = "A-1" },
			"long id": func(p *models.Push) { p.ID = strings.Repeat("a", 33) },
			"kind":    func(p *models.Push) { p.Kind = "ad" },
			"person":  func(p *models.Push) { p.PersonID = "" },
			"expires": func(p *models.Push) { p.Expires = p.NotBefore },
			"text":    func(p *models.Push) { p.Text = strings.Repeat("长", 1200) },
		} {
			bad := push("b1", "p_ann")
			spoil(&bad)
			require.Equal(t, models.Invalid, models.CodeOf(s.Pushes().Put(ctx, []models.Push{bad})), name)
		}
	})
}

func TestAClaimIsOfOneWorker(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *Store) {
		ctx, d := t.Context(), s.Deliveries()
		var all []models.Push
		for i := range 700 {
			p := push(fmt.Sprintf("c%04d", i), "p_ann")
			p.NotBefore = clock.Add(-time.Duration(i) * time.Second)
			all = append(all, p)
		}
		digest, late := push("d1", "p_ann"), push("e1", "p_ann")
		digest.Kind, late.NotBefore = models.PushDigest, clock.Add(time.Second)
		require.NoError(t, s.Pushes().Put(ctx, append(all, digest, late)))

		first, err := d.Claim(ctx, models.LaneNow, clock, clock.Add(time.Minute), 3)
		require.NoError(t, err)
		require.Equal(t, []models.PushClaim{{ID: "c0699", Version: 1}, {ID: "c0698", Version: 1}, {ID: "c0697", Version: 1}}, first, "the oldest first")
		var mu sync.Mutex
		seen, group := map[string]int{}, sync.WaitGroup{}
		for range 4 {
			group.Go(func() {
				for {
					got, err := d.Claim(ctx, models.LaneNow, clock, clock.Add(time.Minute), 600)
					if err != nil || len(got) == 0 {
						if models.CodeOf(err) == models.Unavailable {
							continue
						}
						require.NoError(t, err)
						return
					}
					mu.Lock()
					for _, c := range got {
						seen[c.ID]++
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
		require.Len(t, seen, 697)
		for id, n := range seen {
			require.Equal(t, 1, n, id)
		}
		again, err := d.Claim(ctx, models.LaneNow, clock.Add(time.Minute), clock.Add(2*time.Minute), 1000)
		require.NoError(t, err)
		require.Len(t, again, 701, "what nobody settled is due again, and the later one has come")
		bulk, err := d.Claim(ctx, models.LaneBulk, clock, clock.Add(time.Minute), 1000)
		require.NoError(t, err)
		require.Equal(t, []models.PushClaim{{ID: "d1", Version: 1}}, bulk)
	})
}

func TestOnlyTheNewestVersionIsWritten(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, d := t.Context(), s.Deliveries()
		require.NoError(t, s.Pushes().Put(ctx, []models.Push{push("a1", "p_ann")}))
		p := take(t, s, models.PushTemplate)
		old := p
		old.Version--
		_, err := d.Begin(ctx, old)
		refused(t, err, models.Conflict, "")
		require.NoError(t, s.Pushes().Void(ctx, []string{"a1"}), "it is being sent")
		require.Equal(t, models.PushWaiting, stateOf(t, s, "a1").State)
		require.NoError(t, d.Settle(ctx, sent(p, "77")))
		refused(t, d.Settle(ctx, sent(p, "78")), models.Conflict, "")
		got := stateOf(t, s, "a1")
		require.Equal(t, []any{models.PushSent, "77", models.PushTemplate, 1, "o_ann"}, []any{got.State, got.MsgID, got.Channel, got.Tries, got.User})
	})
}

func TestReportsFindTheirPush(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, d := t.Context(), s.Deliveries()
		report := func(id string, state models.PushState) {
			t.Helper()
			rep := models.PushReport{MsgID: id, Channel: models.PushTemplate, User: "o_ann", State: state, Code: "x", At: clock}
			require.NoError(t, d.Report(ctx, rep, clock.Add(time.Hour)))
		}
		put := func(id string) models.Push {
			t.Helper()
			require.NoError(t, s.Pushes().Put(ctx, []models.Push{push(id, "p_ann")}))
			return take(t, s, models.PushTemplate)
		}
		require.NoError(t, d.Settle(ctx, sent(put("a1"), "1")))
		report("1", models.PushDelivered)
		report("1", models.PushDelivered)
		report("1", models.PushRefused)
		require.Equal(t, models.PushDelivered, stateOf(t, s, "a1").State, "what comes again changes nothing")

		p := put("a2") // the report is quicker than the answer
		report("2", models.PushRefused)
		report("2", models.PushRefused)
		lost, err := d.Unclaimed(ctx, "o_ann", models.PushTemplate, clock)
		require.NoError(t, err)
		require.Len(t, lost, 1)
		require.NoError(t, s.on(ctx).Exec("UPDATE pushes SET state = 'waiting', trying = 'template' WHERE id = 'a1'").Error)
		lost, err = d.Unclaimed(ctx, "o_ann", models.PushTemplate, clock)
		require.NoError(t, err)
		require.Empty(t, lost, "it may be of either")
		require.NoError(t, s.on(ctx).Exec("UPDATE pushes SET state = 'delivered', trying = '' WHERE id = 'a1'").Error)
		require.NoError(t, d.Settle(ctx, sent(p, "2")))
		got := stateOf(t, s, "a2")
		require.Equal(t, []any{models.PushRefused, "x"}, []any{got.State, got.Code})
		lost, err = d.Unclaimed(ctx, "o_ann", models.PushTemplate, clock)
		require.NoError(t, err)
		require.Empty(t, lost)

		p = put("a4") // the report is quicker, and the worker dies before it looks
		report("5", models.PushDelivered)
		p = sent(p, "5")
		require.NoError(t, s.writePush(ctx, "test", &p))
		n, err := d.Reconcile(ctx, clock)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, models.PushDelivered, stateOf(t, s, "a4").State)

		require.NoError(t, d.Settle(ctx, sent(put("a3"), "3"))) // worth another try, but not for ever
		report("3", models.PushWaiting)
		got = stateOf(t, s, "a3")
		require.Equal(t, models.PushWaiting, got.State)
		require.True(t, clock.Add(time.Hour).Equal(got.NextTry))
		got.Tries = models.PushTries
		got.Version, err = d.Begin(ctx, got)
		require.NoError(t, err)
		require.NoError(t, d.Settle(ctx, sent(got, "4")))
		report("4", models.PushWaiting)
		require.Equal(t, models.PushGivenUp, stateOf(t, s, "a3").State)

		q := put("a5") // a notification whose answer has no id
		q.Trying, q.Channel = models.PushSubscribe, models.PushSubscribe
		require.NoError(t, d.Settle(ctx, sent(q, "")))
		rep := models.PushReport{MsgID: "9", Channel: models.PushSubscribe, User: "o_ann", State: models.PushDelivered, At: clock}
		require.NoError(t, d.Report(ctx, rep, clock))
		require.NoError(t, d.Report(ctx, rep, clock))
		require.Equal(t, models.PushDelivered, stateOf(t, s, "a5").State)

		q = put("a6") // its report is here before the answer is
		q.Trying, q.Channel = models.PushSubscribe, models.PushSubscribe
		rep.MsgID, rep.At = "10", clock.Add(time.Millisecond)
		require.NoError(t, d.Report(ctx, rep, clock))
		answered := clock.Add(time.Second)
		q = sent(q, "")
		q.SentAt = &answered
		require.NoError(t, d.Settle(ctx, q))
		require.Equal(t, models.PushDelivered, stateOf(t, s, "a6").State)
	})
}

func TestTheLedgerCountsAsThePlatformDoes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, d := t.Context(), s.Deliveries()
		open := func(by models.Trigger, at time.Time) {
			t.Helper()
			require.NoError(t, d.OpenWindows(ctx, []models.Window{models.WindowOf("o_ann", by, at)}))
		}
		spend := func(at time.Time) bool {
			t.Helper()
			ok, err := d.Spend(ctx, "o_ann", at)
			require.NoError(t, err)
			return ok
		}
		require.False(t, spend(clock))
		open(models.TriggerMessage, clock)
		require.NoError(t, d.Spent(ctx, "o_ann", 2))
		for range 3 {
			require.True(t, spend(clock.Add(47*time.Hour)))
		}
		require.False(t, spend(clock.Add(47*time.Hour)), "five")
		open(models.TriggerMessage, clock)
		require.False(t, spend(clock), "the same message again opens nothing")
		open(models.TriggerClick, clock.Add(time.Hour))
		require.True(t, spend(clock.Add(time.Hour+59*time.Second)))
		require.False(t, spend(clock.Add(time.Hour+time.Minute)), "a minute")
		open(models.TriggerMessage, clock.Add(time.Minute))
		require.False(t, spend(clock.Add(2*time.Hour)), "older than the click")
		open(models.TriggerMessage, clock.Add(3*time.Hour))
		require.NoError(t, d.ShutWindow(ctx, "o_ann"))
		require.False(t, spend(clock.Add(3*time.Hour)))

		grant := func(key string, accept, all bool) {
			t.Helper()
			require.NoError(t, d.Grant(ctx, []models.GrantAnswer{{User: "o_ann", Template: "t1", Accept: accept, All: all, Key: key}}))
		}
		granted := func() bool {
			t.Helper()
			ok, err := d.SpendGrant(ctx, "o_ann", "t1")
			require.NoError(t, err)
			return ok
		}
		grant("k1", true, false)
		grant("k1", true, false)
		grant("k2", false, false)
		require.True(t, granted())
		require.False(t, granted(), "one event grants once")
		grant("k3", true, false)
		grant("k4", false, true)
		require.False(t, granted(), "taken back")

		require.NoError(t, d.Stop(ctx, models.PushStop{User: "o_ann", Code: "43004", Until: clock.Add(time.Hour)}))
		require.NoError(t, d.Stop(ctx, models.PushStop{User: "o_ann", Channel: models.PushTemplate, Code: "43101", Until: clock.Add(time.Hour)}))
		stops, err := d.Stops(ctx, "o_ann", clock)
		require.NoError(t, err)
		require.Len(t, stops, 2)
		open(models.TriggerMessage, clock.Add(4*time.Hour))
		stops, err = d.Stops(ctx, "o_ann", clock)
		require.NoError(t, err)
		require.Equal(t, "43101", stops[0].Code)
		require.Len(t, stops, 1, "who writes follows us again")
		stops, err = d.Stops(ctx, "o_ann", clock.Add(time.Hour))
		require.NoError(t, err)
		require.Empty(t, stops)
	})
}

func TestABreakerIsAlarmedOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, d := t.Context(), s.Deliveries()
		trip := func(until time.Time) bool {
			t.Helper()
			fresh, err := d.Trip(ctx, models.Breaker{Scope: "all", Code: 40164, Rid: "r", Since: clock, Until: until})
			require.NoError(t, err)
			return fresh
		}
		require.True(t, trip(clock.Add(time.Minute)))
		require.False(t, trip(clock.Add(2*time.Minute)))
		got, err := d.Breakers(ctx)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.True(t, clock.Add(2*time.Minute).Equal(got[0].Until))
		mended, err := d.Mend(ctx, "all")
		require.NoError(t, err)
		require.True(t, mended)
		mended, err = d.Mend(ctx, "all")
		require.NoError(t, err)
		require.False(t, mended)
	})
}

func TestWhatWasNotDeliveredIsShownOrWakes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, d := t.Context(), s.Deliveries()
		require.NoError(t, s.People().Add(ctx, &models.Person{ID: "p_ann", Name: "安妮", Role: models.RoleVillage, AreaCode: damiao}))
		require.NoError(t, s.on(ctx).Create(&models.Binding{User: "o_ann", PersonID: "p_ann", At: clock}).Error)
		end := func(id string, state models.PushState, code string) {
			t.Helper()
			require.NoError(t, s.Pushes().Put(ctx, []models.Push{push(id, "p_ann")}))
			p := take(t, s, models.PushTemplate)
			p.State, p.Code, p.Trying, p.EndedAt = state, code, "", &clock
			require.NoError(t, d.Settle(ctx, p))
		}
		end("a1", models.PushRefused, "no_channel")
		end("a2", models.PushGivenUp, "-1")
		end("a3", models.PushFailed, "47003")
		end("a4", models.PushUnsure, "timeout")
		unshown := func(at time.Time) (ids []string) {
			t.Helper()
			got, err := s.Pushes().Unshown(ctx, "p_ann", at)
			require.NoError(t, err)
			for _, p := range got {
				ids = append(ids, p.ID)
			}
			return ids
		}
		require.Equal(t, []string{"a1", "a2", "a3", "a4"}, unshown(clock))
		require.Empty(t, unshown(clock.Add(12*time.Hour)), "out of date")
		require.NoError(t, s.Pushes().Shown(ctx, []string{"a2", "a3"}, clock))
		require.Equal(t, []string{"a1", "a4"}, unshown(clock))
		require.Equal(t, models.PushShown, stateOf(t, s, "a3").State, "an operator who sends the dead letters again does not tell it twice")

		wrote := clock.Add(time.Hour)
		wake := func(now time.Time) int64 {
			t.Helper()
			n, err := d.Wake(ctx, now.Add(-10*time.Minute), now.Add(-time.Minute), now)
			require.NoError(t, err)
			return n
		}
		require.Zero(t, wake(wrote))
		require.NoError(t, d.OpenWindows(ctx, []models.Window{models.WindowOf("o_ann", models.TriggerMessage, wrote)}))
		require.Zero(t, wake(wrote.Add(30*time.Second)), "a conversation may show it first")
		require.EqualValues(t, 1, wake(wrote.Add(2*time.Minute)))
		require.Zero(t, wake(wrote.Add(2*time.Minute)))
		require.Equal(t, models.PushUnsure, stateOf(t, s, "a4").State, "it may be on the screen already")
		j, err := d.Job(ctx, "a1")
		require.NoError(t, err)
		require.Equal(t, []any{models.PushWaiting, "o_ann", true, 0}, []any{j.State, j.To, j.Window.Open(wrote), j.Tries})

		require.NoError(t, s.People().Forget(ctx, "o_ann"))
		j, err = d.Job(ctx, "a1")
		require.NoError(t, err)
		require.Equal(t, []any{"", "", false}, []any{j.To, j.Push.User, j.Window.Open(wrote)})
	})
}

func TestPushesAreListedWithinScopeAndSentAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx, d := t.Context(), s.Deliveries()
		var all []models.Push
		for i := range 5 {
			all = append(all, push(fmt.Sprintf("l%d", i), "p_ann"))
		}
		all[4].Village = faraway
		require.NoError(t, s.Pushes().Put(ctx, all))
		page, more, err := s.Pushes().List(ctx, carl(), models.PushQuery{Limit: 3})
		require.NoError(t, err)
		require.True(t, more)
		require.Equal(t, []string{"l3", "l2", "l1"}, []string{page[0].ID, page[1].ID, page[2].ID})
		page, more, err = s.Pushes().List(ctx, carl(), models.PushQuery{Limit: 3, Before: "l1", States: []models.PushState{models.PushWaiting}, PersonID: "p_ann", Since: clock})
		require.NoError(t, err)
		require.False(t, more)
		require.Len(t, page, 1)
		_, err = s.Pushes().Push(ctx, carl(), "l4")
		refused(t, err, models.NotFound, "")

		got, err := d.Claim(ctx, models.LaneNow, clock, clock.Add(time.Minute), 1)
		require.NoError(t, err)
		id := got[0].ID
		again := func(twice bool, now time.Time) error { return s.Pushes().Again(ctx, carl(), id, twice, now) }
		refused(t, again(true, clock), models.Conflict, "push_state")
		j, err := d.Job(ctx, id)
		require.NoError(t, err)
		p := j.Push
		p.State, p.Code, p.EndedAt, p.Tries = models.PushUnsure, "timeout", &clock, 4
		require.NoError(t, d.Settle(ctx, p))
		refused(t, again(false, clock), models.Conflict, "push_unsure")
		refused(t, again(true, clock.Add(24*time.Hour)), models.Conflict, "push_expired")
		require.NoError(t, again(true, clock))
		require.Equal(t, []any{models.PushWaiting, "", 0}, []any{stateOf(t, s, id).State, stateOf(t, s, id).Code, stateOf(t, s, id).Tries})
		require.NoError(t, s.Pushes().Void(ctx, []string{id, "zz"}))
		require.Equal(t, models.PushVoid, stateOf(t, s, id).State)
		n, err := s.Pushes().PurgePushes(ctx, clock.Add(time.Hour))
		require.NoError(t, err)
		require.EqualValues(t, 1, n, "what waits stays")
	})
}
