package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/models"
)

// withDeadline is a village with a bound cadre, one who is not, and a measure that is due.
func (w *world) withDeadline(due models.Date, now time.Time) {
	w.t.Helper()
	ctx, s := w.t.Context(), w.records()
	for _, p := range []models.Person{
		{ID: "wang", Name: "王建国", Role: models.RoleVillage, AreaCode: dawan, Groups: models.Set{"三组"}},
		{ID: "zhao", Name: "赵明", Role: models.RoleTownship, AreaCode: township},
		{ID: "gao", Name: "高明远", Role: models.RoleCounty, AreaCode: township[:6]},
		{ID: "luo", Name: "罗学英", Role: models.RoleVillage, AreaCode: dawan, Groups: models.Set{"五组"}},
	} {
		require.NoError(w.t, s.People().Add(ctx, &p))
		if p.ID == "luo" {
			continue
		}
		w.binds(p.ID, now)
	}
	for _, group := range []string{"三组", "五组"} {
		d := &models.Dossier{
			Household: models.Household{Village: dawan, Group: group, Status: "poor", VisitDate: models.Date(now.Format(time.DateOnly)), Phone: "13912345678"},
			Members:   []models.Member{{Name: "张大有", Relation: "head", MedIns: "resident"}}, Income: models.Income{Year: now.Year()},
			Measures: []models.Measure{{Programme: "huhuqing-2018", Cat1: "industry", Title: "养牛2头", Status: "working", Due: due}},
		}
		_, err := s.Households().Create(ctx, models.Actor{PersonID: "x", Area: dawan, Source: "import " + group}, d, now)
		require.NoError(w.t, err)
	}
}

func (w *world) binds(id string, now time.Time) {
	w.t.Helper()
	people := w.records().People()
	require.NoError(w.t, people.Invite(w.t.Context(), models.Invite{Hash: "h" + id, PersonID: id, ExpiresAt: now.Add(time.Hour)}))
	_, err := people.Bind(w.t.Context(), "h"+id, openID(id), now)
	require.NoError(w.t, err)
}

func TestRemindPrintsAndMakes(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.tool("migrate")
		w.tool("area", "import", "testdata/areas.csv")
		w.withDeadline("2018-10-31", time.Date(2018, 9, 10, 1, 0, 0, 0, time.UTC))

		_, errs := w.fails(t, nil, "remind", "--at", "昨天")
		require.Contains(t, errs, "看不懂时间")
		before := w.dump(t)
		out := w.tool("remind", "--at", "2018-10-24T08:00:00+08:00", "--dry-run")
		for _, part := range []string{"2018-10-24 08:00，工作日", "王建国", "大湾村", "现在", "三组 张大有 养牛2头 还有7天到期", "收不到提醒的 1 人", "扎西镇", "罗学英", "没绑定", "罗学英收不到提醒，有1件等着"} {
			require.Contains(t, out, part)
		}
		require.NotContains(t, out, "139")
		require.Equal(t, before, w.dump(t), "a dry run leaves nothing")
		require.Contains(t, w.tool("remind", "--at", "2018-10-24T06:00:00+08:00", "--dry-run"), "安静时间，不发")
		require.Contains(t, w.tool("remind", "--at", "2018-10-24T07:40:00+08:00", "--dry-run"), "08:00")
		require.Contains(t, w.tool("remind", "--at", "2018-10-27T09:00:00+08:00", "--dry-run"), "休息日，不发提醒")
		require.Contains(t, w.tool("remind", "--at", "2021-10-27T09:00:00+08:00", "--dry-run"), "没有 2021 年的放假安排")
		require.Contains(t, w.tool("remind", "--at", "2018-10-24T08:00:00+08:00", "--dry-run", "--area", longma), "没有人有该提醒的事")

		require.Contains(t, w.tool("remind", "--at", "2018-10-24T06:00:00+08:00"), "做了 0 条推送")
		require.Contains(t, w.tool("remind", "--at", "2018-10-24T08:00:00+08:00", "--area", longma), "做了 0 条推送", "nobody of another township is told")
		out = w.tool("remind", "--at", "2018-10-24T08:00:00+08:00")
		require.Contains(t, out, "做了 3 条推送")
		require.Contains(t, out, "1件事")
		require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM pushes WHERE person_id = 'wang' AND kind = 'digest' AND state = 'waiting'"))
		require.Contains(t, w.tool("remind", "--at", "2018-10-24T08:01:00+08:00"), "做了 0 条推送", "the same list is made once")
		require.Contains(t, w.tool("remind", "--at", "2018-10-24T08:00:00+08:00", "--dry-run"), "没有人有该提醒的事")
		require.NotContains(t, strings.Join(w.column(t, "SELECT body FROM pushes"), ""), "张大有", "sealed")
	})
}

// TestServeReminds lets the running program find what is due by itself. What time it
// is decides whether the list goes out now; that it is known is seen either way.
func TestServeReminds(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		now := time.Now()
		w.withDeadline(models.Date(now.AddDate(0, 0, -3).Format(time.DateOnly)), now)
		s := w.serve()
		require.Eventually(t, func() bool {
			return w.count(t, "SELECT COUNT(*) FROM reminders WHERE rule = 'due' AND person_id = 'wang'") == 1
		}, patience, pollEvery, s.out)
		require.NotContains(t, s.out.String(), "张大有")
	})
}

// TestTheMorningsListLeavesARunningBot steps the clock of two running replicas over half past seven and eight of a
// working day, and back; people's screens show one list each. Then the replica that led is killed, and the other one
// goes on.
func TestTheMorningsListLeavesARunningBot(t *testing.T) {
	t.Parallel()
	clock := newClock(t, "2018-10-10 09:00")
	w := worldAt(t, servers(t), platform.Plain, clock.hasty())
	w.withDeadline("2018-10-31", clock.now())
	w.binds("luo", clock.now())
	ids := []string{"wang", "luo"}
	lists := func() (n [2]int) {
		shown := w.wechat.Pushed()
		for i, id := range ids {
			n[i] = len(shown[openID(id)])
		}
		return n
	}
	// passes lets both look around at a time, and tells how many lists everybody has by then.
	passes := func(when string, want [2]int) {
		t.Helper()
		clock.set(when)
		require.Eventually(t, func() bool { return lists() == want }, patience, pollEvery, "%s: want %v, have %v", when, want, lists())
		time.Sleep(500 * time.Millisecond)
		require.Equal(t, want, lists(), when)
	}
	const template = "HHQ_WECHAT_TEMPLATE_DIGEST=abcDEF123456_ghiJKL789012-mnoPQR345678stuVX:count=number1,day=time2"
	first := w.serveChild(template, beClock+"="+clock.path)
	w.serve(template)
	for _, id := range ids {
		_, err := w.wechat.User(openID(id)).Follow(t.Context(), "")
		require.NoError(t, err)
	}
	require.NoError(t, w.records().Reminders().SaveSetting(t.Context(), models.RemindSetting{PersonID: "wang", At: "07:30", Amount: models.RemindAll, UpdatedAt: clock.now()}))
	require.Eventually(t, func() bool { return w.count(t, "SELECT COUNT(*) FROM sweeps") == 1 }, patience, pollEvery)

	passes("2018-10-24 07:29", [2]int{})
	passes("2018-10-24 07:30", [2]int{1, 0})
	passes("2018-10-24 08:00", [2]int{1, 1})
	passes("2018-10-24 07:25", [2]int{1, 1})
	passes("2018-10-24 08:00", [2]int{1, 1})
	passes("2018-10-24 21:00", [2]int{1, 1})

	first.kill()
	passes("2018-10-31 07:29", [2]int{1, 1})
	passes("2018-10-31 07:30", [2]int{2, 1})
	require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM leases"))
}

func TestColumnsStandUnderEachOther(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.NoError(t, columns(&b, [][]string{{"陈丽", "x", "末"}, {"高明远", "", "a"}, {"", "长一点", "b"}}))
	require.Equal(t, "陈丽    x       末\n高明远          a\n        长一点  b\n", b.String())
}
