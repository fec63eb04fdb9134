package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

const ann = "oAnnAnnAnnAnnAnnAnnAnn01"

// turns is a Turner made of a function.
type turns func(ctx context.Context, in dialog.Input) (dialog.Reply, error)

func (f turns) Take(ctx context.Context, in dialog.Input) (dialog.Reply, error) { return f(ctx, in) }

// outbox is a Sender that keeps what it is given.
type outbox struct {
	mu   sync.Mutex
	sent []string
	err  error
}

func (o *outbox) SendText(_ context.Context, user string, r dialog.Reply) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, user+": "+r.Text)
	return o.err
}

type bundle struct {
	*bot.Service
	out   *outbox
	log   *bytes.Buffer
	reg   *prometheus.Registry
	texts bot.Texts
}

func setup(t *testing.T, take turns, change ...func(*bot.Options)) bundle {
	t.Helper()
	b := bundle{out: &outbox{}, log: &bytes.Buffer{}, reg: prometheus.NewRegistry()}
	o := bot.Options{
		Turns: take, Sender: b.out, Now: time.Now, Metrics: bot.NewMetrics(b.reg),
		Log: slog.New(slog.NewJSONHandler(b.log, nil)),
	}
	for _, f := range change {
		f(&o)
	}
	var err error
	b.Service, err = bot.NewService(o)
	require.NoError(t, err)
	b.texts, err = bot.LoadTexts()
	require.NoError(t, err)
	return b
}

func said(text, id string) bot.Message {
	return bot.Message{To: "gh_1", From: ann, Type: "text", ID: id, Fields: []bot.Field{
		{Name: "CreateTime", Value: "1767225600"}, {Name: "Content", Value: text},
	}}
}

func echo(_ context.Context, in dialog.Input) (dialog.Reply, error) {
	return dialog.Reply{Text: "答" + in.Text}, nil
}

func TestAnswerInTime(t *testing.T) {
	t.Parallel()
	b := setup(t, echo)
	require.Equal(t, "答你好", b.Answer(t.Context(), said("你好", "1")).Text)
	require.NoError(t, b.Shutdown(t.Context()))
	require.Empty(t, b.out.sent)
}

func TestSlowTurnIsAnsweredLaterOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
			time.Sleep(7 * time.Second)
			return dialog.Reply{Text: "慢"}, nil
		})
		start := time.Now()
		require.True(t, b.Answer(t.Context(), said("查", "1")).Empty())
		require.Equal(t, 4500*time.Millisecond, time.Since(start))
		require.NoError(t, b.Shutdown(t.Context()))
		require.Equal(t, []string{ann + ": 慢"}, b.out.sent)
	})
}

func TestRetryWaitsForTheRunningTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ran := 0
		b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
			ran++
			time.Sleep(7 * time.Second)
			return dialog.Reply{Text: "慢"}, nil
		})
		// WeChat hung up on the first try and asks again after five seconds.
		first, hangUp := context.WithTimeout(t.Context(), 3*time.Second)
		defer hangUp()
		require.True(t, b.Answer(first, said("查", "1")).Empty())
		time.Sleep(2 * time.Second)
		require.Equal(t, "慢", b.Answer(t.Context(), said("查", "1")).Text)
		require.Equal(t, 1, ran)
		require.NoError(t, b.Shutdown(t.Context()))
		require.Empty(t, b.out.sent, "answered by the retry, not a second time")
	})
}

func TestSameMessageTogetherRunsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ran := 0
		b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
			ran++
			time.Sleep(time.Second)
			return dialog.Reply{Text: "一次"}, nil
		})
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if got := b.Answer(context.Background(), said("记", "1")).Text; got != "一次" {
					t.Errorf("got %q", got)
				}
			})
		}
		wg.Wait()
		require.Equal(t, 1, ran)
	})
}

func TestPanicCostsOneMessage(t *testing.T) {
	t.Parallel()
	b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
		if in.Text == "炸" {
			panic("张大有 530000199001011234")
		}
		return dialog.Reply{Text: "好"}, nil
	})
	require.Equal(t, b.texts.Crashed, b.Answer(t.Context(), said("炸", "1")).Text)
	require.Equal(t, "好", b.Answer(t.Context(), said("还在吗", "2")).Text)
	require.Contains(t, b.log.String(), "panic")
	require.NotContains(t, b.log.String(), "张大有")
	require.NotContains(t, b.log.String(), ann)
}

func TestPanickedMessageCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	ran := 0
	b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
		if ran++; ran == 1 {
			panic("once")
		}
		return dialog.Reply{Text: "好"}, nil
	})
	require.Equal(t, b.texts.Crashed, b.Answer(t.Context(), said("记", "1")).Text)
	require.Equal(t, "好", b.Answer(t.Context(), said("记", "1")).Text)
}

func TestFailureIsToldHonestly(t *testing.T) {
	t.Parallel()
	b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
		if in.Text == "没记" {
			return dialog.Reply{}, models.E(models.Unavailable, "load session", errors.New("dial tcp"))
		}
		return dialog.Reply{}, errors.New("commit: connection lost")
	})
	require.Equal(t, b.texts.NotKept, b.Answer(t.Context(), said("没记", "1")).Text)
	require.Equal(t, b.texts.Unsure, b.Answer(t.Context(), said("提交", "2")).Text)
	require.NotContains(t, b.texts.Unsure, "没记上，", "nothing is claimed that is not known")
}

func TestTurnGetsADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := setup(t, func(ctx context.Context, in dialog.Input) (dialog.Reply, error) {
			<-ctx.Done()
			return dialog.Reply{}, ctx.Err()
		})
		start := time.Now()
		require.True(t, b.Answer(t.Context(), said("挂", "1")).Empty())
		require.NoError(t, b.Shutdown(t.Context()))
		require.Equal(t, 30*time.Second, time.Since(start))
		require.Equal(t, []string{ann + ": " + b.texts.Unsure}, b.out.sent)
	})
}

func TestLateAnswerIsNotLostSilently(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
			time.Sleep(6 * time.Second)
			return dialog.Reply{Text: "慢"}, nil
		})
		b.out.err = &bot.SendError{Code: 45015, Class: bot.SendStopUser}
		b.Answer(t.Context(), said("查", "1"))
		require.NoError(t, b.Shutdown(t.Context()))
		require.Len(t, b.out.sent, 1)
		require.Contains(t, b.log.String(), "late answer not delivered")
		require.Contains(t, b.log.String(), "45015")
		require.NoError(t, testutil.GatherAndCompare(b.reg, strings.NewReader(`
# HELP huhuqing_late_answers_total Answers that came too late for the HTTP answer, by delivery.
# TYPE huhuqing_late_answers_total counter
huhuqing_late_answers_total{result="failed"} 1
`), "huhuqing_late_answers_total"))
	})
}

func TestShutdown(t *testing.T) {
	t.Run("gives up when its time is over and cancels the turns", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var ended error
			b := setup(t, func(ctx context.Context, in dialog.Input) (dialog.Reply, error) {
				<-ctx.Done()
				ended = ctx.Err()
				return dialog.Reply{}, ended
			})
			b.Answer(t.Context(), said("挂", "1"))
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			require.ErrorIs(t, b.Shutdown(ctx), context.DeadlineExceeded)
			synctest.Wait()
			require.ErrorIs(t, ended, context.Canceled)
		})
	})
	t.Run("takes no more messages and says so", func(t *testing.T) {
		b := setup(t, echo)
		require.NoError(t, b.Shutdown(t.Context()))
		require.Equal(t, b.texts.NotKept, b.Answer(t.Context(), said("晚", "1")).Text)
	})
}

func TestNotices(t *testing.T) {
	t.Parallel()
	finish := bot.Message{From: ann, Type: "event", Event: "TEMPLATESENDJOBFINISH", ID: "9",
		Fields: []bot.Field{{Name: "Status", Value: "success"}}}
	t.Run("go to the hook and need no turn", func(t *testing.T) {
		var got []bot.Message
		b := setup(t, func(context.Context, dialog.Input) (dialog.Reply, error) {
			return dialog.Reply{Text: "turn"}, nil
		}, func(o *bot.Options) {
			o.Notices = func(_ context.Context, m bot.Message) error { got = append(got, m); return nil }
		})
		require.True(t, b.Answer(t.Context(), finish).Empty())
		require.Len(t, got, 1)
		require.Equal(t, "success", got[0].Field("Status"))
	})
	t.Run("stay quiet when the hook fails or panics", func(t *testing.T) {
		b := setup(t, echo, func(o *bot.Options) {
			o.Notices = func(_ context.Context, m bot.Message) error {
				if m.ID == "9" {
					return errors.New("store away")
				}
				panic("bug")
			}
		})
		require.True(t, b.Answer(t.Context(), finish).Empty())
		other := finish
		other.ID = "10"
		require.True(t, b.Answer(t.Context(), other).Empty())
	})
	t.Run("do without a hook", func(t *testing.T) {
		b := setup(t, echo)
		require.True(t, b.Answer(t.Context(), finish).Empty())
	})
}

func TestUnfollowIsATurnWithoutAnswer(t *testing.T) {
	t.Parallel()
	var kind dialog.InputKind
	b := setup(t, func(_ context.Context, in dialog.Input) (dialog.Reply, error) {
		kind = in.Kind
		return dialog.Reply{Text: "再见"}, nil
	})
	require.True(t, b.Answer(t.Context(), bot.Message{From: ann, Type: "event", Event: "unsubscribe"}).Empty())
	require.Equal(t, dialog.InputUnfollow, kind)
}

func TestServiceNeedsItsParts(t *testing.T) {
	t.Parallel()
	_, err := bot.NewService(bot.Options{})
	require.Error(t, err)
}
