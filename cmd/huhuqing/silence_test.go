package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/dialog/turn/proxytest"
)

// keepsSilent is run at the end of every test with a bot: whatever happened, neither of its streams holds a secret of the
// account, an openid, an access token, an invite code, or a word of what was said. The log is English, so one Chinese
// character in it is a word too many.
func (w *world) keepsSilent() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, out := range w.said {
		w.silent(out.String())
	}
}

func (w *world) silent(text string) {
	w.t.Helper()
	require.False(w.t, regexp.MustCompile(`\p{Han}`).MatchString(text), "words of a conversation in the log:\n%s", text)
	secrets := append([]string{w.token, w.secret, w.aesKey, w.dataKey}, newFamily().private()...)
	secrets = append(secrets, w.codes...)
	if _, rest, found := strings.Cut(w.database, "hhq:"); found {
		password, _, _ := strings.Cut(rest, "@")
		secrets = append(secrets, password)
	}
	issued := regexp.MustCompile(`"access_token":"([^"]+)"`)
	for _, e := range w.wechat.Record() {
		secrets = append(secrets, e.OpenID)
		for _, token := range issued.FindAllStringSubmatch(e.Sent, -1) {
			secrets = append(secrets, token[1])
		}
	}
	for _, secret := range secrets {
		require.False(w.t, secret != "" && strings.Contains(text, secret), "%q stands in the log:\n%s", secret, text)
	}
}

// A whole day of everything, at the most talkative level, on both streams.
func TestNothingOfPeopleIsLogged(t *testing.T) {
	t.Parallel()
	for _, mode := range []platform.Mode{platform.Plain, platform.Safe} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, servers(t), mode)
			database, state := proxytest.New(t, w.database, nil), proxytest.New(t, w.redis, nil)
			s := w.serve("HHQ_DATABASE="+database.URL, "HHQ_REDIS="+state.URL)
			u := w.cadre("李红", dawan)
			w.stranger().say("绑定 ABCDE22222")
			f := newFamily()
			f.record(t, u)
			for _, said := range []string{"查 张大有", "历史 张大有", "六清 张大有", "反馈 我叫李红，电话13987651234", "撤回", "13987651234", "胡说八道", f.ids[0]} {
				u.say(said)
			}
			u.read(u.Photo(t.Context(), picture(t)))
			u.read(u.Place(t.Context(), 27.846901, 105.049, "大湾村三组"))
			w.troubles(t, s, u, database, state)
			_, metrics := s.get(t, "/metrics")
			w.silent(metrics)
			u.read(u.Unfollow(t.Context()))
			s.stop()
			require.NotNil(t, s.out.line("serving"), "but it does log")
			require.NotNil(t, s.out.line("turn failed"), "also what went wrong")
		})
	}
}

// troubles make the bot complain about everything it depends on.
func (w *world) troubles(t *testing.T, s *server, u phone, database, state *proxytest.Proxy) {
	t.Helper()
	state.Down()
	u.say("查 张大有")
	database.Down()
	u.say("查 张大有")
	state.Up(t)
	database.Up(t)
	require.Eventually(t, func() bool { return !regexp.MustCompile("没有?记上").MatchString(u.say("查 张大有")) }, patience, pollEvery)

	w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: "/cgi-bin/message/custom/send", ErrCode: 45015}}})
	database.Silence()
	answer, err := u.Say(t.Context(), "查 张大有") // answered too late, and that answer is refused
	database.Speak()
	require.NoError(t, err)
	require.Equal(t, "success", answer.Raw)
	require.Eventually(t, func() bool { return s.out.line("late answer not delivered") != nil }, patience, pollEvery)
	w.wechat.SetFaults(platform.Faults{})
}

func TestHealthReadinessAndMetrics(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		s := w.serve()
		u := w.cadre("李红", dawan)
		u.say("帮助")
		for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "database: ok\nstate: ok\n"} {
			status, body := s.get(t, path)
			require.Equal(t, 200, status, path)
			require.Equal(t, want, body, path)
		}
		status, metrics := s.get(t, "/metrics")
		require.Equal(t, 200, status)
		for _, line := range []string{
			`huhuqing_callbacks_total{result="answered"} 3`, `huhuqing_messages_total{kind="text"} 2`, `huhuqing_messages_total{kind="subscribe"} 1`,
			`huhuqing_turn_seconds_count{result="answered"} 3`, "huhuqing_turns_running 0",
		} {
			require.Contains(t, metrics, line)
		}
		status, _ = s.get(t, "/")
		require.Equal(t, 404, status)
	})
}
