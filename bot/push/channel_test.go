package push_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

func TestAnOpenWindowTakesATextWithTaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.writes(u)
		w.run(nil)
		w.put(w.push("a1", "p1"))
		p := w.becomes("a1", models.PushDelivered)
		require.Equal(t, []any{models.PushCustom, "", 1}, []any{p.Channel, p.Code, p.Tries})
		items := w.wechat.Pushed()[u.OpenID()]
		require.Len(t, items, 1)
		require.Equal(t, "岩温家的水管后天到期（a1）\n完成\n延期", items[0].Plain())
		answer, err := u.Tap(t.Context(), "完成")
		require.NoError(t, err)
		require.Equal(t, "收到 完成 3", answer.Text, "a tap arrives as an ordinary message")
	})
}

func TestTheWindowIsUsedAsFarAsItGoesThenTheTemplate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.writes(u)
		w.run(nil)
		for _, id := range []string{"a1", "a2", "a3", "a4", "a5"} {
			w.put(w.push(id, "p1"))
			require.Equal(t, models.PushCustom, w.becomes(id, models.PushDelivered).Channel)
		}
		w.put(w.push("a6", "p1"))
		require.Equal(t, models.PushTemplate, w.becomes("a6", models.PushDelivered).Channel)
		card := w.wechat.Pushed()[u.OpenID()][5]
		require.Equal(t, "thing1: 岩温家 水管\nthing2: 岩温家的水管后天到期（a6）\ntime3: 2026年3月4日 23:59", strings.SplitN(card.Plain(), "\n", 2)[1])
		require.Zero(t, refusals(w, 45047), "our own ledger knew")

		w.writes(u) // opens it anew
		w.put(w.push("a7", "p1"))
		require.Equal(t, models.PushCustom, w.becomes("a7", models.PushDelivered).Channel)
		_, err := u.Click(t.Context(), "待办") // three within a minute instead
		require.NoError(t, err)
		require.NoError(t, w.ledger.Flush(t.Context()))
		w.clock.add(2 * time.Minute)
		w.put(w.push("a8", "p1"))
		require.Equal(t, models.PushTemplate, w.becomes("a8", models.PushDelivered).Channel)
		require.Zero(t, refusals(w, 45015))
	})
}

// refusals counts the platform's answers with a code.
func refusals(w *world, code int) (n int) {
	for _, e := range w.wechat.Record() {
		if e.Kind == platform.EntryAPI && e.ErrCode == code {
			n++
		}
	}
	return n
}

func TestALedgerThatKnowsLessFallsBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.quiet()
		require.NoError(t, w.store.Deliveries().OpenWindows(t.Context(), []models.Window{models.WindowOf(u.OpenID(), models.TriggerMessage, w.clock.now())}))
		w.run(nil)
		w.put(w.push("a1", "p1"), w.push("a2", "p1"))
		require.Equal(t, models.PushTemplate, w.becomes("a1", models.PushDelivered).Channel)
		require.Equal(t, models.PushTemplate, w.becomes("a2", models.PushDelivered).Channel)
		require.LessOrEqual(t, refusals(w, 45015), 2)
		require.Equal(t, map[string]int{"a1": 1, "a2": 1}, w.got())
	})
}

func TestAGrantIsSpentWhenTheTemplateIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.quiet()
		w.wechat.SetFaults(platform.Faults{
			DuplicateMessages: 2, DuplicateOutcomes: 2,
			API: []platform.APIFault{{Path: "/cgi-bin/message/template/", ErrCode: 43101}},
		})
		_, err := u.Subscribe(t.Context(), "sub-due", true)
		require.NoError(t, err)
		_, err = u.Subscribe(t.Context(), "sub-due", false)
		require.NoError(t, err)
		w.run(nil)
		w.put(w.push("a1", "p1"))
		p := w.becomes("a1", models.PushDelivered)
		require.Equal(t, models.PushSubscribe, p.Channel)
		require.NotEmpty(t, p.MsgID)
		w.put(w.push("a2", "p1"))
		p = w.becomes("a2", models.PushRefused)
		require.Equal(t, "43101", p.Code)
		require.Equal(t, 1, refusals(w, 43101), "refused once, and not asked again")
		require.Len(t, w.wechat.Pushed()[u.OpenID()], 1)

		unshown, err := w.store.Pushes().Unshown(t.Context(), "p1", w.clock.now())
		require.NoError(t, err)
		require.Len(t, unshown, 1)
		require.Equal(t, "a2", unshown[0].ID)
	})
}

func TestWhoCannotBeReachedIsToldAtTheNextContact(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.quiet()
		_, err := u.Unfollow(t.Context()) // the turn would unbind; the binding stays here
		require.NoError(t, err)
		w.run(nil)
		w.put(w.push("a1", "p1"), w.push("a2", "p1"), w.push("b1", "nobody"))
		require.Equal(t, "43004", w.becomes("a1", models.PushRefused).Code)
		require.Equal(t, "43004", w.becomes("a2", models.PushRefused).Code)
		require.Equal(t, "unbound", w.becomes("b1", models.PushRefused).Code)
		before := refusals(w, 43004)
		w.put(w.push("a3", "p1"))
		w.becomes("a3", models.PushRefused)
		require.Equal(t, before, refusals(w, 43004), "who has left is not asked again")

		require.NoError(t, w.store.Pushes().Shown(t.Context(), []string{"a3"}, w.clock.now())) // a conversation was quicker
		_, err = u.Follow(t.Context(), "")
		require.NoError(t, err)
		w.writes(u)
		w.clock.add(time.Second)
		w.becomes("a1", models.PushDelivered)
		w.becomes("a2", models.PushDelivered)
		require.Equal(t, models.PushShown, w.row("a3").State)
		require.Equal(t, map[string]int{"a1": 1, "a2": 1}, w.got())
	})
}

func TestNeverBeforeItsTimeNorAfterNorAtNight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.writes(u)
		w.run(nil)
		soon := w.clock.now().Add(1500 * time.Millisecond)
		w.put(
			w.push("a1", "p1", func(p *models.Push) { p.NotBefore = soon }),
			w.push("a2", "p1", func(p *models.Push) { p.NotBefore, p.Expires = soon.Add(-time.Hour), soon.Add(-time.Minute) }),
		)
		require.Equal(t, "expired", w.becomes("a2", models.PushExpired).Code)
		p := w.becomes("a1", models.PushDelivered)
		require.False(t, p.SentAt.Before(soon.Truncate(time.Microsecond)), "%s before %s", p.SentAt, soon)

		w.clock.add(13 * time.Hour) // ten at night
		late := w.push("b1", "p1", func(p *models.Push) {
			p.NotBefore, p.Expires = w.clock.now().Add(-2*time.Hour), w.clock.now().Add(20*time.Hour)
		})
		short := w.push("b2", "p1", func(p *models.Push) {
			p.NotBefore, p.Expires = w.clock.now().Add(-2*time.Hour), w.clock.now().Add(2*time.Hour)
		})
		meant := w.push("b3", "p1", func(p *models.Push) {
			p.NotBefore, p.Expires = w.clock.now().Add(-time.Minute), w.clock.now().Add(2*time.Hour)
		})
		w.put(late, short, meant)
		w.becomes("b3", models.PushDelivered)
		require.Equal(t, "night", w.becomes("b2", models.PushExpired).Code)
		require.Eventually(t, func() bool { return w.row("b1").NextTry.After(w.clock.now()) && w.row("b1").Code == "night" }, patience, 20*time.Millisecond)
		require.Equal(t, "07:30", w.row("b1").NextTry.In(time.FixedZone("CST", 8*3600)).Format("15:04"))
		require.Equal(t, map[string]int{"a1": 1, "b3": 1}, w.got())
		w.clock.add(10 * time.Hour)
		w.becomes("b1", models.PushDelivered)
	})
}

func TestALateAnswerAndALongOneUseTheWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.writes(u)
		r, _ := w.courier(nil)
		require.NoError(t, r.account.SendText(t.Context(), u.OpenID(), replyOfBytes(3000)))
		require.NoError(t, r.ledger.Flush(t.Context()))
		w.run(nil)
		for _, id := range []string{"a1", "a2", "a3"} {
			w.put(w.push(id, "p1"))
			require.Equal(t, models.PushCustom, w.becomes(id, models.PushDelivered).Channel)
		}
		w.put(w.push("a4", "p1"))
		require.Equal(t, models.PushTemplate, w.becomes("a4", models.PushDelivered).Channel)
		require.Zero(t, refusals(w, 45047))
	})
}

func TestALongPushIsOneMessageAndKeepsItsTaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		u := w.person("p1")
		w.writes(u)
		w.run(nil)
		w.put(w.push("a1", "p1", func(p *models.Push) { p.Text = strings.Repeat("三组岩温家水管到期。", 90) }))
		w.becomes("a1", models.PushDelivered)
		items := w.wechat.Pushed()[u.OpenID()]
		require.Len(t, items, 1)
		require.Contains(t, items[0].Plain(), "回「待办」看全部")
		require.Len(t, items[0].Options(), 2)
	})
}

func replyOfBytes(n int) dialog.Reply { return dialog.Reply{Text: strings.Repeat("长", n/3)} }

// TestACardSaysTheOneThing: a template's field has room for one line of a list.
func TestACardSaysTheOneThing(t *testing.T) {
	t.Parallel()
	w := embedded(t)
	u := w.person("p1")
	w.quiet()
	w.run(func(o *push.Options) {
		o.Templates = map[models.PushKind]push.Template{models.PushDue: {ID: "tpl-due", Keywords: map[string]string{"step": "thing2"}}}
		o.Notifications = nil
	})
	for id, c := range map[string]struct{ text, want string }{
		"a1": {"王建国，有1件等不到明早：\n· 三组 张大有 养牛2头 超期1天", "三组 张大有 养牛2头 超期1天"},
		"a2": {"王建国，今天有2件：\n· 三组 张大有 养牛\n· 三组 李阿普 养猪", "王建国，今天有2件"},
		"a3": {"您的反馈有答复了", "您的反馈有答复了"},
		"a4": {"", "岩温家 水管"},
	} {
		before := len(w.wechat.Pushed()[u.OpenID()])
		w.put(w.push(id, "p1", func(p *models.Push) { p.Text = c.text }))
		w.becomes(id, models.PushDelivered)
		card := w.wechat.Pushed()[u.OpenID()][before]
		require.Contains(t, card.Plain(), "thing2: "+c.want)
	}
}
