package wechat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/dialog"
)

func TestAPushIsOneMessageWithItsLines(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Plain)
	lines := []dialog.Option{{Label: "完成", Say: "完成 3"}, {Label: "看看", Say: "查 岩温"}}
	for _, text := range []string{"岩温家的水管后天到期", strings.Repeat("三组岩温家水管到期。", 200), strings.Repeat("长", 3000), ""} {
		l.Unread()
		require.NoError(t, l.account.SendPush(t.Context(), ann, dialog.Reply{Text: text, Options: lines}))
		got := l.Unread()
		require.Len(t, got.Parts, 1)
		require.Len(t, got.Options, 2)
		require.Equal(t, "完成 3", got.Options[0].Say)
		require.Equal(t, len(text) > 1800, strings.Contains(got.Text, "（太长"), text)
		_, err := l.Say(t.Context(), "在")
		require.NoError(t, err)
	}
}

func TestTemplateFieldsLosePicturesAndKeepWords(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Plain)
	long := "𠮷" + strings.Repeat("长", 30)
	_, err := l.account.SendTemplate(t.Context(), bot.Template{User: ann, ID: "t", Fields: []bot.Field{
		{Name: "thing1", Value: "😀岩温家\n水管👍🏽 5℃ ①"}, {Name: "thing2", Value: long}, {Name: "number3", Value: "12"},
		{Name: "date4", Value: "2026年3月4日"}, {Name: "phrase5", Value: "已退回，原因见通知"},
	}})
	require.NoError(t, err)
	got := l.Unread()
	require.Contains(t, got.Text, "thing1: 岩温家 水管 5℃ ①\n")
	require.Contains(t, got.Text, "thing2: 𠮷"+strings.Repeat("长", 18)+"…")
	require.Contains(t, got.Text, "phrase5: 已退回原因")
	_, err = l.account.SendTemplate(t.Context(), bot.Template{User: ann, ID: "t", Fields: []bot.Field{{Name: "thing1", Value: "😀"}}})
	require.Equal(t, bot.SendOurBug, bot.SendClassOf(err), "nothing is left")
}

func TestSubscribeNotificationsCostAGrant(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Safe)
	message := bot.Template{User: ann, ID: "sub", Fields: []bot.Field{{Name: "thing1", Value: "x"}}}
	_, err := l.account.SendSubscribe(t.Context(), message)
	var refused *bot.SendError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, []any{43101, bot.SendStopUser}, []any{refused.Code, refused.Class})
	_, err = l.Subscribe(t.Context(), "sub", true)
	require.NoError(t, err)
	l.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: "/cgi-bin/message/subscribe/", After: true, Drop: true, Times: 1}}})
	_, err = l.account.SendSubscribe(t.Context(), message)
	require.ErrorAs(t, err, &refused)
	require.True(t, refused.Unknown, "not repeated: it may have been sent")
	require.Len(t, l.Unread().Parts, 1)
}
