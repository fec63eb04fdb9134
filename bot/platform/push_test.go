package platform

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestEveryModeCarriesATextAndItsReply(t *testing.T) {
	t.Parallel()
	for _, mode := range []Mode{Plain, Safe, Compat} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := setup(t, func(o *Options) { o.Mode = mode })
			require.NoError(t, w.Verify(t.Context()))
			u := w.follower(ann)
			got, err := u.Say(t.Context(), "四口人 ]]><b>&")
			require.NoError(t, err)
			require.Equal(t, "你说：四口人 ]]><b>&", got.Text)
			require.Equal(t, 1, got.Tries)
			h := w.pushes("text")[0]
			require.Equal(t, ann, h.query.Get("openid"))
			require.Equal(t, testGH, h.msg.To)
			require.Len(t, h.msg.MsgID, 19)
			if mode == Safe {
				require.NotContains(t, h.body, ann)
				require.Equal(t, "aes", h.query.Get("encrypt_type"))
			}
			if mode == Plain {
				require.False(t, h.query.Has("encrypt_type"))
			}
		})
	}
}

func TestTheBotIsTriedThreeTimes(t *testing.T) {
	t.Parallel()
	w := setup(t, func(o *Options) { o.Timeout = 50 * time.Millisecond })
	u := w.follower(ann)
	w.answers(func(http.ResponseWriter, heard) { time.Sleep(120 * time.Millisecond) })
	got, err := u.Say(t.Context(), "在吗")
	require.NoError(t, err)
	require.True(t, got.Failed)
	require.Equal(t, 3, got.Tries)
	require.Equal(t, "该公众号提供的服务出现故障，请稍后再试", got.Text)
	heard := w.pushes("text")
	require.Len(t, heard, 3)
	for _, h := range heard {
		require.Equal(t, heard[0].clear, h.clear)
	}
	require.NotEqual(t, heard[0].query.Get("nonce"), heard[1].query.Get("nonce"))
}

func TestAReplyToTheSecondTryIsShown(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	w.SetFaults(Faults{LoseAnswers: 1})
	got, err := u.Say(t.Context(), "在吗")
	require.NoError(t, err)
	require.Equal(t, "你说：在吗", got.Text)
	require.Equal(t, 2, got.Tries)
}

func TestWhatTheBotMayAnswer(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		answer func(h heard) string
		shown  string
		failed bool
		tries  int
	}{
		{"nothing", func(heard) string { return "" }, "", false, 1},
		{"success", func(heard) string { return "success" }, "", false, 1},
		{"json", func(heard) string { return `{"errcode":0}` }, "", true, 1},
		{"broken xml", func(heard) string { return "<xml><Content>" }, "", true, 1},
		{"empty content", func(h heard) string { return textReply(h, "") }, "", true, 1},
		{"too long", func(h heard) string { return textReply(h, strings.Repeat("长", 700)) }, "", true, 1},
		{"control characters", func(h heard) string { return textReply(h, "a\x02b") }, "", true, 1},
		{"somebody else's reply", func(h heard) string { return strings.Replace(textReply(h, "x"), ann, bob, 1) }, "", true, 1},
		{"encrypted in plain mode", func(heard) string { return "<xml><Encrypt>AAAA</Encrypt></xml>" }, "", true, 1},
		{"an unknown media id", func(h heard) string {
			return strings.Replace(textReply(h, "x"), "<![CDATA[text]]>", "image", 1)
		}, "", true, 1},
		{"a link", func(h heard) string { return textReply(h, `看 <a href="https://x.cn/h/1">名单</a> 吧`) }, "看 名单 吧", false, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := setup(t, nil)
			u := w.follower(ann)
			w.answers(func(out http.ResponseWriter, h heard) { _, _ = io.WriteString(out, c.answer(h)) })
			got, err := u.Say(t.Context(), "你好")
			require.NoError(t, err)
			require.Equal(t, c.failed, got.Failed, got.Trouble)
			require.Equal(t, c.tries, got.Tries)
			if !c.failed {
				require.Equal(t, c.shown, got.Text)
			}
		})
	}
}

func TestAnHTTPErrorIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	w.answers(func(out http.ResponseWriter, _ heard) { http.Error(out, "oops", http.StatusInternalServerError) })
	got, err := u.Say(t.Context(), "你好")
	require.NoError(t, err)
	require.True(t, got.Failed)
	require.Equal(t, 3, got.Tries)
}

func TestSafeModeReplies(t *testing.T) {
	t.Parallel()
	w := setup(t, func(o *Options) { o.Mode = Safe })
	u := w.follower(ann)
	t.Run("a clear reply is a fault", func(t *testing.T) {
		w.answers(func(out http.ResponseWriter, h heard) { _, _ = io.WriteString(out, textReply(h, "x")) })
		got, err := u.Say(t.Context(), "1")
		require.NoError(t, err)
		require.True(t, got.Failed)
	})
	t.Run("an encrypted nothing is silence", func(t *testing.T) {
		w.answers(func(out http.ResponseWriter, h heard) { w.reply(out, h, "") })
		got, err := u.Say(t.Context(), "2")
		require.NoError(t, err)
		require.True(t, got.Silent(), got.Trouble)
	})
	t.Run("a clear success is silence", func(t *testing.T) {
		w.answers(func(out http.ResponseWriter, _ heard) { _, _ = io.WriteString(out, "success") })
		got, err := u.Say(t.Context(), "3")
		require.NoError(t, err)
		require.True(t, got.Silent())
	})
}

func TestMessageIDsGrowAndNeverRepeat(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	seen := map[string]bool{}
	for range 20 {
		_, err := u.Say(t.Context(), "1")
		require.NoError(t, err)
	}
	for _, h := range w.pushes("text") {
		require.False(t, seen[h.msg.MsgID])
		seen[h.msg.MsgID] = true
	}
	require.Len(t, seen, 20)
}
