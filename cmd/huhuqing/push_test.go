package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

// records are the rows of the world's bot, as a producer of pushes has them.
func (w *world) records() *store.Store {
	w.t.Helper()
	keys, err := seal.Parse("k1:" + w.dataKey)
	require.NoError(w.t, err)
	s, err := store.Open(store.Options{URL: w.database, Keys: keys, Log: slog.New(slog.DiscardHandler), Now: w.clock.Now})
	require.NoError(w.t, err)
	w.t.Cleanup(func() { require.NoError(w.t, s.Close()) })
	return s
}

// due is a push to the person bound to a phone. Its NotBefore lies in this very hour, so that it may be sent whenever
// the test runs.
func (w *world) due(t *testing.T, s *store.Store, id string, u phone) models.Push {
	t.Helper()
	person, err := s.People().ByUser(t.Context(), u.OpenID())
	require.NoError(t, err)
	now := time.Now()
	return models.Push{
		ID: id, PersonID: person.ID, Village: dawan, Kind: models.PushDue, Title: "岩温家水管", Text: "岩温家的水管后天到期（" + id + "）", Count: 1, Due: "2026-03-04",
		Taps: models.PushTaps{{Label: "看看", Say: "查 岩温"}}, NotBefore: now, Expires: now.Add(6 * time.Hour),
	}
}

func (w *world) becomes(t *testing.T, s *store.Store, id string, state models.PushState) models.Push {
	t.Helper()
	var p models.Push
	require.Eventually(t, func() bool {
		var err error
		p, err = s.Pushes().Push(context.Background(), operator(""), id)
		return err == nil && p.State == state
	}, patience, pollEvery, "%s: %s", id, state)
	return p
}

// TestPushesEndToEnd: a running bot delivers what is put, by the window its person opened, then by the template; the
// operator sees where each stands, and wakes the dead letters.
func TestPushesEndToEnd(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const template = "HHQ_WECHAT_TEMPLATE_DUE=abcDEF123456_ghiJKL789012:household=thing1,step=thing2,due=time3,village=thing4"
		server := w.serve(template, "HHQ_PUSH_RATE=200")
		s, u := w.records(), w.cadre("李红", dawan)
		var ids []string
		for n := range 6 {
			ids = append(ids, fmt.Sprintf("a%d", n))
		}
		time.Sleep(time.Second) // following and writing within one second count as following
		u.say("帮助")
		time.Sleep(700 * time.Millisecond) // the ledger is written twice a second
		u.Unread()
		for _, id := range ids {
			require.NoError(t, s.Pushes().Put(t.Context(), []models.Push{w.due(t, s, id, u)}))
			w.becomes(t, s, id, models.PushDelivered)
		}
		items := u.Unread().Parts
		require.Len(t, items, 6)
		require.Equal(t, platform.ViaCustomer, items[4].Via)
		require.Equal(t, platform.ViaTemplate, items[5].Via)
		require.Contains(t, items[5].Plain(), "大湾")
		require.Contains(t, u.say("查 岩温"), "岩温", "the tap is an ordinary message")

		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{
			{Path: "/cgi-bin/message/custom/send", ErrCode: 45047, Times: 1}, {Path: "/cgi-bin/message/template/send", ErrCode: 40037, Times: 1},
		}})
		require.NoError(t, s.Pushes().Put(t.Context(), []models.Push{w.due(t, s, "dead1", u)}))
		p := w.becomes(t, s, "dead1", models.PushFailed)
		require.Equal(t, "40037", p.Code)

		list := w.tool("push", "list", "--state", "failed")
		require.Regexp(t, `^编号 +时间 +状态 +原因 `, list)
		require.Contains(t, list, "dead1")
		require.Regexp(t, `^编号 {2,}时间 {2,}状态 {2,}原因 {2,}种类 {2,}渠道 {2,}次数 {2,}人 {2,}行政区\n`, list, "a head over every column")
		require.Contains(t, list, "40037")
		require.Contains(t, list, "李红")
		require.NotContains(t, list, "岩温")
		require.Equal(t, 7+1, strings.Count(w.tool("push", "list", "--since", "1h", "--person", p.PersonID), "\n"))
		show := w.tool("push", "show", "dead1")
		require.Contains(t, show, p.Rid)
		require.NotContains(t, show, "岩温")
		require.Contains(t, w.tool("push", "show", "dead1", "--text"), "岩温家的水管")
		require.Contains(t, w.tool("push", "again", "--dead"), "dead1 会再发")
		w.becomes(t, s, "dead1", models.PushDelivered)

		_, text := server.get(t, "/metrics")
		require.Contains(t, text, `huhuqing_pushes_total{channel="custom",kind="due",outcome="delivered"}`)
		require.Contains(t, text, `huhuqing_push_breaker{scope="all"} 0`)
		require.Contains(t, text, `huhuqing_push_queue{lane="bulk"}`)
	})
}

func TestPushCommandsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t, embedded(t), platform.Plain)
	s, u := w.records(), "nobody"
	now := time.Now()
	put := func(id string, state models.PushState, code string, expires time.Time) {
		t.Helper()
		p := models.Push{ID: id, PersonID: u, Village: dawan, Kind: models.PushDigest, Title: "x", NotBefore: now.Add(-2 * time.Hour), Expires: expires}
		require.NoError(t, s.Pushes().Put(t.Context(), []models.Push{p}))
		p, err := s.Pushes().Push(t.Context(), operator(""), id)
		require.NoError(t, err)
		p.State, p.Code = state, code
		require.NoError(t, s.Deliveries().Settle(t.Context(), p))
	}
	put("maybe", models.PushUnsure, "timeout", now.Add(time.Hour))
	put("old", models.PushGivenUp, "-1", now.Add(-time.Hour))
	put("fine", models.PushDelivered, "", now.Add(time.Hour))
	fails := func(want string, args ...string) {
		t.Helper()
		out, errs := w.fails(t, nil, args...)
		require.Contains(t, out+errs, want)
	}
	fails("可能已经送到", "push", "again", "maybe")
	fails("已经过期", "push", "again", "old")
	fails("现在是 delivered", "push", "again", "fine")
	fails("没有编号为 zz 的推送", "push", "again", "zz")
	fails("没有编号为 zz 的推送", "push", "show", "zz")
	fails("--dead", "push", "again")
	fails("没有「done」这种状态", "push", "list", "--state", "done")
	fails("看不懂「yesterday」", "push", "list", "--since", "yesterday")
	both := w.tool("push", "again", "--dead")
	require.Contains(t, both, "可能已经送到")
	require.Contains(t, both, "已经过期")
	require.Contains(t, w.tool("push", "again", "maybe", "--twice"), "maybe 会再发")
	require.Empty(t, w.tool("push", "list", "--area", "44"))
}

func TestTheDemosTemplatesShowEveryKind(t *testing.T) {
	t.Parallel()
	set, cards := localTemplates(config.Templates{})
	require.Len(t, cards, 3)
	require.Len(t, byKind(set), 3)
	own := config.Templates{Due: config.Template{ID: "mine"}}
	set, cards = localTemplates(own)
	require.Equal(t, own, set)
	require.Empty(t, cards)
}
