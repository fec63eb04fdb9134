package reminders

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestTheMorningsList(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", func(d *models.Dossier) {
			dated("养牛2头", "2018-10-31")(d)
			dated("给尿毒症的救助", "2018-10-30")(d)
			d.Measures[1].Cat1 = "security"
		})
		require.Empty(t, g.round(s, "2018-09-30 23:00"), "nothing is due")
		require.Empty(t, g.round(s, "2018-10-01 08:00"), "the national holiday")
		require.Empty(t, g.round(s, "2018-10-07 08:00"))
		require.Empty(t, g.round(s, "2018-10-08 00:30"), "quiet hours")
		require.Empty(t, g.round(s, "2018-10-08 07:59"), "the usual hour is eight")
		pushes := g.round(s, "2018-10-08 08:00")
		require.Len(t, pushes, 2, "and the county's library")
		p := g.told(pushes, "wang")
		require.Equal(t, []any{models.PushDigest, "2件事", 2, models.Date("2018-10-30"), village}, []any{p.Kind, p.Title, p.Count, p.Due, p.Village})
		require.Equal(t, "王建国，今天有2件：\n· 三组 张大有 综合保障性扶贫 还有22天到期\n· 三组 张大有 养牛2头 还有23天到期", p.Text)
		require.Equal(t, models.PushTaps{{Label: "看看", Say: "提醒 这些"}}, p.Taps)
		require.Equal(t, []time.Time{g.now, at("2018-10-08 21:00")}, []time.Time{p.NotBefore, p.Expires})
		for _, secret := range []string{"5399", "139", "尿毒症"} {
			require.NotContains(t, p.Text+p.Title, secret)
		}
		require.Empty(t, g.round(s, "2018-10-08 08:01"), "once")
		require.Empty(t, g.round(s, "2018-10-09 08:00"))
		require.Contains(t, g.told(g.round(s, "2018-10-24 08:00"), "wang").Text, "还有6天到期")
		require.NotContains(t, g.log.String(), "张大有")
	})
}

func TestASingleMeasureCanBeAnswered(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		g.household("张大有", dated("养牛2头", "2018-10-31"))
		p := g.told(g.round(g.replica(), "2018-10-08 08:00"), "wang")
		require.Equal(t, models.PushTaps{{Label: "完成", Say: "完成 张大有 养牛2头 0001s001"}, {Label: "延期", Say: "延期 张大有 养牛2头 0001s001"}, {Label: "看看", Say: "查 张大有 三组"}}, p.Taps)
	})
}

func TestEscalationIsVisibleBelow(t *testing.T) {
	onEach(t, "2018-10-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛2头", "2018-10-31"))
		require.Contains(t, g.told(g.round(s, "2018-11-01 08:00"), "wang").Text, "超期1天")
		pushes := g.round(s, "2018-11-15 08:00")
		require.Contains(t, g.told(pushes, "wang").Text, "三组 张大有 养牛2头 超期15天（已报乡镇）")
		require.Contains(t, g.told(pushes, "zhao").Text, "大水井村三组 张大有 养牛2头 超期15天")
		require.Equal(t, "1件事，1件超期", g.told(pushes, "zhao").Title)
		pushes = g.round(s, "2018-11-30 08:00")
		require.Contains(t, g.told(pushes, "wang").Text, "（已报县里）")
		require.Contains(t, g.told(pushes, "gao").Text, "超期30天")
		require.Nil(t, to(pushes, "zhao"), "each step once")
	})
}

func TestAnOutageMergesIntoOneList(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		for i := range 12 {
			g.household(fmt.Sprint("张", string(rune('一'+i))), dated("养牛", models.Date(fmt.Sprintf("2018-10-%02d", 20+i%10))))
		}
		g.round(s, "2018-09-20 23:00")
		pushes := g.round(s, "2018-11-01 08:00") // six weeks of steps have passed
		p := g.told(pushes, "wang")
		require.Equal(t, 12, p.Count, "the last step of each, not all")
		require.LessOrEqual(t, len(strings.Split(p.Text, "\n")), 12)
		require.Contains(t, p.Text, "还有4件，回「提醒」看全部。")
		require.Less(t, len(p.Text), 1500)
		require.Empty(t, g.round(s, "2018-11-01 09:00"))
	})
}

func TestWhatIsDoneOrMovedIsNotTold(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		done, moved := g.household("张大有", dated("养牛", "2018-10-31")), g.household("李阿普", dated("养猪", "2018-10-31"))
		g.round(s, "2018-10-05 23:00") // rows are made in the holiday
		g.edit(done, func(d *models.Dossier) { d.Measures[0].Status = "finished" })
		g.edit(moved, func(d *models.Dossier) { d.Measures[0].Due = "2018-11-30" })
		require.Nil(t, to(g.round(s, "2018-10-08 08:00"), "wang"))
		require.Contains(t, g.told(g.round(s, "2018-10-31 08:00"), "wang").Text, "李阿普 养猪 还有30天到期")
		g.edit(done, func(d *models.Dossier) { d.Measures[0].Status = "working" })
		require.Contains(t, g.told(g.round(s, "2018-11-01 08:00"), "wang").Text, "张大有 养牛 超期1天")
	})
}

func TestNobodyIsInterrupted(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛", "2018-10-31"))
		g.now = at("2018-10-08 07:50")
		require.NoError(t, g.store.Turns().SaveSession(t.Context(), models.Draft{User: "owang", UpdatedAt: g.now}, 0))
		require.Nil(t, to(g.round(s, "2018-10-08 08:00"), "wang"))
		require.Nil(t, to(g.round(s, "2018-10-08 08:04"), "wang"))
		require.NotNil(t, to(g.round(s, "2018-10-08 08:05"), "wang"))
	})
}

func TestEverybodyAsTheyLike(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		like := func(hm string, amount models.RemindAmount) {
			require.NoError(t, g.store.Reminders().SaveSetting(t.Context(), models.RemindSetting{PersonID: "wang", At: hm, Amount: amount}))
		}
		like("19:00", models.RemindOverdue)
		id := g.household("张大有", func(d *models.Dossier) { dated("养牛", "2018-10-31")(d); dated("旧账", "2018-09-30")(d) })
		require.Nil(t, to(g.round(s, "2018-10-08 08:00"), "wang"))
		p := g.told(g.round(s, "2018-10-08 19:00"), "wang")
		require.Contains(t, p.Text, "旧账 超期8天")
		require.NotContains(t, p.Text, "养牛")
		like("08:00", models.RemindNone)
		require.Nil(t, to(g.round(s, "2018-11-01 08:00"), "wang"))
		require.Nil(t, to(g.round(s, "2018-11-01 12:00"), "wang"))
		like("08:00", models.RemindAll)
		require.NoError(t, g.store.Reminders().Mute(t.Context(), actor(), models.Mute{HouseholdID: id, Until: "2018-11-06", Reason: "外出务工"}))
		require.Nil(t, to(g.round(s, "2018-11-02 08:00"), "wang"), "muted")
		require.Contains(t, g.told(g.round(s, "2018-11-07 08:00"), "wang").Text, "养牛 超期7天", "the mute is over")
	})
}

func TestWhatCannotWait(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		id := g.household("张大有", func(d *models.Dossier) {
			dated("养牛", "2018-09-30")(d)
			d.Duties = []models.Duty{{Level: models.Village, PersonID: "wang", Name: "王建国", From: "2018-01-01"}, {Level: models.Township, PersonID: "zhao", Name: "赵明"}}
		})
		require.NotNil(t, to(g.round(s, "2018-10-15 08:00"), "zhao"), "the list of the day: late by 15 days")
		g.now = at("2018-10-15 10:00")
		g.edit(id, func(d *models.Dossier) { d.Duties[0].To = "2018-10-15" })
		p := g.told(g.round(s, "2018-10-15 10:01"), "zhao")
		require.Equal(t, models.PushDue, p.Kind)
		require.Contains(t, p.Text, "大水井村三组 张大有 王建国不管这户了，还没人接")
		require.Empty(t, g.round(s, "2018-10-15 10:02"))
		g.edit(id, func(d *models.Dossier) {
			d.Duties = append(d.Duties, models.Duty{Level: models.Village, PersonID: "wang", Name: "王建国", From: "2018-10-15"})
		})
		g.round(s, "2018-10-15 10:03")
		require.Equal(t, []string{p.ID}, g.sent.voided, "somebody took over before it went out")

		for i := range 4 {
			other := g.household(fmt.Sprint("李", string(rune('一'+i))), func(d *models.Dossier) {
				d.Duties = []models.Duty{{Level: models.Village, Name: "罗学英", To: "2018-10-15"}, {Level: models.Township, PersonID: "zhao", Name: "赵明"}}
			})
			require.NotEmpty(t, other)
			g.round(s, fmt.Sprintf("2018-10-15 11:%02d", i))
		}
		var n int
		for _, p := range g.sent.pushes {
			if p.PersonID == "zhao" && p.NotBefore.After(at("2018-10-15 00:00")) {
				n++
			}
		}
		require.Equal(t, maxADay, n, "enough for a day")
		require.Equal(t, 3, g.told(g.round(s, "2018-10-16 08:00"), "zhao").Count, "the rest in the next list")
	})
}

func TestAClockThatStepsBackSendsNothingTwice(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛", "2018-10-31"))
		require.NotNil(t, to(g.round(s, "2018-10-24 08:00"), "wang"))
		for _, when := range []string{"2018-10-24 07:50", "2018-10-24 08:00", "2018-10-23 08:00", "2018-10-08 08:00", "2018-10-24 08:00", "2018-10-24 20:00"} {
			require.Nil(t, to(g.round(s, when), "wang"), when)
		}
		require.NotNil(t, to(g.round(s, "2018-10-30 08:00"), "wang"))
		for id, n := range g.sent.puts {
			require.Equal(t, 1, n, id)
		}
	})
}

func TestReplicasMakeOneList(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		for i := range 5 {
			g.household(fmt.Sprint("张", string(rune('一'+i))), dated("养牛", "2018-10-31"))
		}
		g.now = at("2018-10-08 08:00")
		var wg sync.WaitGroup
		for range 4 {
			s := mustService(t, g)
			wg.Go(func() {
				r, err := s.Round(context.Background(), g.now)
				require.NoError(t, err)
				require.Zero(t, r.Failed)
			})
		}
		wg.Wait()
		n := 0
		for _, p := range g.sent.pushes {
			if p.PersonID == "wang" {
				n++
				require.Equal(t, 5, p.Count)
			}
		}
		require.Equal(t, 1, n)
		for id, puts := range g.sent.puts {
			require.Equal(t, 1, puts, id)
		}
	})
}

func TestWhatBecameOfPushes(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-08 08:00"), "wang")
		g.sent.states[p.ID] = models.PushWaiting
		require.Nil(t, to(g.round(s, "2018-10-08 20:00"), "wang"))
		g.sent.states[p.ID] = models.PushExpired
		require.Nil(t, to(g.round(s, "2018-10-08 20:30"), "wang"), "not a second list on the same day")
		again := g.told(g.round(s, "2018-10-09 08:00"), "wang")
		require.Contains(t, again.Text, "养牛 还有22天到期", "the next list has it")
		require.NotEqual(t, p.ID, again.ID)
		g.sent.states[again.ID] = models.PushRefused
		g.round(s, "2018-10-09 08:10")
		lost, err := g.store.Reminders().Unheard(t.Context(), actor(), prog)
		require.NoError(t, err)
		require.Equal(t, []string{"refused", again.ID}, []string{lost[0].Why, lost[0].Push})
		require.Nil(t, to(g.round(s, "2018-10-10 08:00"), "wang"), "it stands with its reason")
		require.Contains(t, g.told(g.sent.pushes, "zhao").Text, "王建国收不到提醒，有1件等着", "the township knows")
	})
}

func TestWhoIsNotBoundIsToldOf(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.person(models.Person{ID: "luo", Name: "罗学英", Role: models.RoleVillage, AreaCode: village, Groups: models.Set{"五组"}}, false)
		g.household("张大有", func(d *models.Dossier) { dated("养牛", "2018-10-31")(d); d.Household.Group = "五组" })
		p := g.told(g.round(s, "2018-10-08 08:00"), "zhao")
		require.Contains(t, p.Text, "罗学英收不到提醒，有1件等着")
		require.Nil(t, to(g.round(s, "2018-10-10 08:00"), "zhao"), "once a week")
		require.NotNil(t, to(g.round(s, "2018-10-15 08:00"), "zhao"))
		require.NoError(t, g.store.People().Invite(t.Context(), models.Invite{Hash: "hluo", PersonID: "luo", ExpiresAt: g.now.Add(time.Hour)}))
		_, err := g.store.People().Bind(t.Context(), "hluo", "oluo", g.now)
		require.NoError(t, err)
		require.Contains(t, g.told(g.round(s, "2018-10-16 08:00"), "luo").Text, "养牛", "nothing was lost")
	})
}

func TestAMissingYearIsSaid(t *testing.T) {
	onEach(t, "2021-03-01 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		p := g.told(g.round(s, "2021-03-01 09:00"), "op")
		require.Contains(t, p.Text, "程序里没有2021年的放假安排")
		require.Contains(t, g.log.String(), "year=2021")
		require.Empty(t, g.round(s, "2021-03-02 09:00"), "the operator hears of it once")
		require.Empty(t, g.round(s, "2021-03-06 09:00"), "weekends are days off")
	})
}

func mustService(t *testing.T, g *ground) *Service {
	t.Helper()
	s, err := New(Options{Store: g.store, Profile: g.profile, Now: func() time.Time { return g.now }, Log: slog.New(slog.DiscardHandler), Pushes: func(models.Store) Pushes { return g.sent }})
	require.NoError(t, err)
	return s
}
