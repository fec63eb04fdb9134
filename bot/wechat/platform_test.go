package wechat_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/bot/wechat"
	"github.com/huhuqing/huhuqing/dialog"
)

const (
	ann = "oAnnAnnAnnAnnAnnAnnAnn01"
	key = "abcdefghijklmnopqrstuvwxyz0123456789abcdefg"
)

// line is the whole edge on the wire: a local WeChat, the account, the service
// and a conversation made of a function.
type line struct {
	*platform.Phone
	wechat  *platform.Platform
	account *wechat.Account
	service *bot.Service

	mu      sync.Mutex
	inputs  []dialog.Input
	notices []bot.Message
	take    func(dialog.Input) (dialog.Reply, error)
}

func (l *line) Take(_ context.Context, in dialog.Input) (dialog.Reply, error) {
	l.mu.Lock()
	l.inputs = append(l.inputs, in)
	l.mu.Unlock()
	if l.take != nil {
		return l.take(in)
	}
	return dialog.Reply{Text: string(in.Kind) + " " + in.Text, Options: []dialog.Option{{Number: 1, Label: "好的", Say: "好 的&=%"}}}, nil
}

func (l *line) notice(_ context.Context, m bot.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.notices = append(l.notices, m)
	return nil
}

func connect(t *testing.T, mode platform.Mode) *line {
	t.Helper()
	l := &line{}
	o := platform.Options{Token: "token", AppID: "wx0000000000000001", Secret: "secret", OriginalID: "gh_1", AESKey: key, Mode: mode, Now: time.Now}
	var err error
	l.wechat, err = platform.New(o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.wechat.Close() })
	api := httptest.NewServer(l.wechat.Handler())
	t.Cleanup(api.Close)

	metrics, log := bot.NewMetrics(prometheus.NewRegistry()), slog.New(slog.DiscardHandler)
	mine := wechat.Options{AppID: o.AppID, Secret: o.Secret, Token: o.Token, AESKey: key, OriginalID: o.OriginalID,
		Mode: wechat.Plain, API: api.URL, Now: time.Now, Log: log, Metrics: metrics}
	if mode != platform.Plain {
		mine.Mode = wechat.Safe
	}
	l.account, err = wechat.New(mine)
	require.NoError(t, err)
	l.service, err = bot.NewService(bot.Options{Turns: l, Sender: l.account, Now: time.Now, Log: log, Metrics: metrics,
		Notices: l.notice, Window: 300 * time.Millisecond})
	require.NoError(t, err)
	callback := httptest.NewServer(l.account.Callback(l.service))
	t.Cleanup(callback.Close)
	l.wechat.SetURL(api.URL)
	l.wechat.SetCallback(callback.URL)
	require.NoError(t, l.wechat.Verify(t.Context()))
	l.Phone = l.wechat.User(ann)
	_, err = l.Follow(t.Context(), "")
	require.NoError(t, err)
	return l
}

func TestEveryKindOverTheWire(t *testing.T) {
	t.Parallel()
	for _, mode := range []platform.Mode{platform.Plain, platform.Safe, platform.Compat} {
		t.Run(string(mode), func(t *testing.T) {
			l := connect(t, mode)
			ctx := t.Context()
			answered := func(answer platform.Answer, err error) func(want string) {
				return func(want string) {
					t.Helper()
					require.NoError(t, err)
					require.Equal(t, want+"\n1 好的", answer.Text)
				}
			}
			answered(l.Say(ctx, "入户 张大有 <b>]]>\u0002&"))("text 入户 张大有 ＜b>]]>&")
			answered(l.Tap(ctx, "好的"))("text 好 的&=%")
			require.Equal(t, "1", l.inputs[len(l.inputs)-1].Tap)
			answered(l.Photo(ctx, []byte("\xff\xd8\xffjpeg")))("photo")
			answered(l.Voice(ctx, ""))("voice")
			answered(l.Voice(ctx, "耕地三亩"))("text 耕地三亩")
			answered(l.Video(ctx, []byte("mp4")))("video")
			answered(l.Place(ctx, 25.04, 102.71, "三组"))("place")
			require.Equal(t, &dialog.Place{Lat: 25.04, Lng: 102.71, Label: "三组"}, l.inputs[len(l.inputs)-1].Place)
			answered(l.File(ctx, "花名册.xlsx", []byte("x")))("file 花名册.xlsx")
			answered(l.Click(ctx, "待办"))("menu 待办")
			answered(l.Code(ctx, "扫码", "AB12", true))("scan AB12")
			answered(l.Scan(ctx, "CD34"))("scan CD34")

			turns := len(l.inputs)
			for _, quiet := range []func() (platform.Answer, error){
				func() (platform.Answer, error) { return l.Report(ctx, 25, 102) },
				func() (platform.Answer, error) { return l.View(ctx, "https://x") },
				func() (platform.Answer, error) { return l.Subscribe(ctx, "tpl", true) },
			} {
				answer, err := quiet()
				require.NoError(t, err)
				require.Equal(t, "success", answer.Raw)
			}
			require.Len(t, l.inputs, turns, "notices take no turn")
			require.Len(t, l.notices, 3)

			_, err := l.Unfollow(ctx)
			require.NoError(t, err)
			require.Equal(t, dialog.InputUnfollow, l.inputs[turns].Kind)
			answered(l.Follow(ctx, "EF56"))("follow EF56")
		})
	}
}

func TestSlowTurnOverTheWire(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Safe)
	l.take = func(dialog.Input) (dialog.Reply, error) {
		time.Sleep(600 * time.Millisecond)
		return dialog.Reply{Text: "查到了"}, nil
	}
	answer, err := l.Say(t.Context(), "查 张大有")
	require.NoError(t, err)
	require.Equal(t, "success", answer.Raw)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	answer, err = l.Wait(ctx)
	require.NoError(t, err)
	require.Equal(t, "查到了", answer.Text)
	require.NoError(t, l.service.Shutdown(t.Context()))
}

func TestDuplicatesOverTheWire(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Plain)
	l.take = func(in dialog.Input) (dialog.Reply, error) {
		time.Sleep(100 * time.Millisecond)
		return dialog.Reply{Text: "记下"}, nil
	}
	l.inputs = nil
	l.wechat.SetFaults(platform.Faults{DuplicateMessages: 2, Together: true})
	_, err := l.Say(t.Context(), "记")
	require.NoError(t, err)
	require.Len(t, l.inputs, 1, "three deliveries at a time, one turn")
	for _, e := range l.wechat.RecordOf(ann) {
		if e.Kind == platform.EntryPush && e.Type == "text" {
			require.Contains(t, e.Got, "记下", "each gets the answer")
		}
	}
}

func TestLongAnswerOverTheWire(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Plain)
	l.take = func(dialog.Input) (dialog.Reply, error) {
		return dialog.Reply{Text: strings.Repeat("一家一句话。", 250)}, nil
	}
	first, err := l.Say(t.Context(), "六清")
	require.NoError(t, err)
	require.NoError(t, l.account.Shutdown(t.Context()))
	rest := l.Unread()
	require.Len(t, rest.Parts, 2)
	require.Equal(t, 250, strings.Count(first.Text+rest.Text, "一家一句话。"))
}

func TestSendingOverTheWire(t *testing.T) {
	t.Parallel()
	l := connect(t, platform.Plain)
	ctx := t.Context()
	require.NoError(t, l.account.SendText(ctx, ann, dialog.Reply{Text: "一"}))
	t.Run("goes on with a new token when the old one ends or is taken back", func(t *testing.T) {
		l.wechat.ExpireTokens()
		require.NoError(t, l.account.SendText(ctx, ann, dialog.Reply{Text: "二"}))
		l.wechat.RevokeTokens()
		require.NoError(t, l.account.SendText(ctx, ann, dialog.Reply{Text: "三"}))
	})
	t.Run("tells that the quota is used up", func(t *testing.T) {
		var err error
		for range 6 {
			if err = l.account.SendText(ctx, ann, dialog.Reply{Text: "多"}); err != nil {
				break
			}
		}
		var failure *bot.SendError
		require.ErrorAs(t, err, &failure)
		require.Equal(t, bot.SendStopUser, failure.Class)
		require.NotEmpty(t, failure.Rid)
	})
	t.Run("hears what became of a template message", func(t *testing.T) {
		id, err := l.account.SendTemplate(ctx, bot.Template{User: ann, ID: "TPL", Once: "row-1", Fields: []bot.Field{{Name: "thing1", Value: "危房改造"}}})
		require.NoError(t, err)
		require.NoError(t, l.wechat.Settle(ctx))
		require.NotEmpty(t, l.notices)
		notice := l.notices[len(l.notices)-1]
		require.Equal(t, "TEMPLATESENDJOBFINISH", notice.Event)
		require.Equal(t, id, notice.ID)
		require.Equal(t, "success", notice.Field("Status"))
	})
	t.Run("makes a code that can be scanned", func(t *testing.T) {
		qr, err := l.account.SceneQR(ctx, "AB12", time.Hour)
		require.NoError(t, err)
		require.NotEmpty(t, qr.Image)
	})
	t.Run("gets what somebody sent", func(t *testing.T) {
		_, err := l.Photo(ctx, []byte("\xff\xd8\xffjpeg"))
		require.NoError(t, err)
		got, err := l.account.Media(ctx, l.inputs[len(l.inputs)-1].Media)
		require.NoError(t, err)
		require.Equal(t, "\xff\xd8\xffjpeg", string(got.Body))
	})
	t.Run("sets the menu", func(t *testing.T) {
		menu := []bot.Button{{Name: "待办", Key: "待办"}}
		require.NoError(t, l.account.PushMenu(ctx, menu))
		got, err := l.account.Menu(ctx)
		require.NoError(t, err)
		require.Equal(t, menu, got)
	})
}
