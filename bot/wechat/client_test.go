package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
)

// api is a platform that answers one call after the other from a script and
// keeps what it was asked.
type api struct {
	mu      sync.Mutex
	script  []string // answers, the last one for ever
	asked   []string // bodies
	queries []string
	tokens  int
}

func (a *api) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == "/cgi-bin/stable_token" {
		a.tokens++
		reply(w, `{"access_token":"SECRET-TOKEN-`+string(rune('0'+a.tokens))+`","expires_in":7200}`)
		return
	}
	a.asked = append(a.asked, string(body))
	a.queries = append(a.queries, r.URL.Path+"?"+r.URL.RawQuery)
	answer := a.script[0]
	if len(a.script) > 1 {
		a.script = a.script[1:]
	}
	if strings.HasPrefix(answer, "status ") {
		w.WriteHeader(map[string]int{"status 500": 500, "status 503": 503, "status 504": 504, "status 404": 404, "status 302": 302}[answer])
		return
	}
	reply(w, answer)
}

func script(t *testing.T, answers ...string) (*api, bundle) {
	t.Helper()
	a := &api{script: answers}
	return a, setup(t, platform(t, a.serve))
}

var hello = bot.Reply{Text: "你好<3 & 再见"}

func TestSendText(t *testing.T) {
	t.Parallel()
	a, b := script(t, `{"errcode":0,"errmsg":"ok"}`)
	require.NoError(t, b.SendText(t.Context(), ann, hello))
	require.Equal(t, []string{`{"touser":"` + ann + `","msgtype":"text","text":{"content":"你好<3 & 再见"}}` + "\n"}, a.asked)
	require.Equal(t, []string{"/cgi-bin/message/custom/send?access_token=SECRET-TOKEN-1"}, a.queries)
	require.NoError(t, b.SendText(t.Context(), ann, bot.Reply{}), "nothing to say, nothing sent")
	require.Len(t, a.asked, 1)
}

func TestFailuresByClass(t *testing.T) {
	t.Parallel()
	busy, fine := `{"errcode":-1,"errmsg":"system error"}`, `{"errcode":0}`
	for name, c := range map[string]struct {
		script []string
		class  bot.SendClass
		code   int
		calls  int
		tokens int
	}{
		"busy, then fine":               {[]string{busy, busy, fine}, "", 0, 3, 1},
		"busy for ever":                 {[]string{busy}, bot.SendRetry, -1, 4, 1},
		"rate limit":                    {[]string{`{"errcode":45011}`, fine}, "", 0, 2, 1},
		"server error, then fine":       {[]string{"status 500", "status 503", fine}, "", 0, 3, 1},
		"gateway gave up: maybe sent":   {[]string{"status 504", fine}, bot.SendRetry, 0, 1, 1},
		"not found":                     {[]string{"status 404"}, bot.SendOurBug, 0, 1, 1},
		"a redirect is not followed":    {[]string{"status 302"}, bot.SendOurBug, 0, 1, 1},
		"token refused, then fine":      {[]string{`{"errcode":40001}`, fine}, "", 0, 2, 2},
		"token ended, then fine":        {[]string{`{"errcode":42001}`, fine}, "", 0, 2, 2},
		"token refused twice":           {[]string{`{"errcode":40014}`}, bot.SendNewToken, 40014, 2, 2},
		"window closed":                 {[]string{`{"errcode":45015}`}, bot.SendStopUser, 45015, 1, 1},
		"quota of the window used up":   {[]string{`{"errcode":45047}`}, bot.SendStopUser, 45047, 1, 1},
		"not following":                 {[]string{`{"errcode":43004}`}, bot.SendStopUser, 43004, 1, 1},
		"too long":                      {[]string{`{"errcode":45002}`}, bot.SendOurBug, 45002, 1, 1},
		"no permission":                 {[]string{`{"errcode":48001}`}, bot.SendOurBug, 48001, 1, 1},
		"a code nobody has heard of":    {[]string{`{"errcode":99999}`}, bot.SendOurBug, 99999, 1, 1},
		"daily quota":                   {[]string{`{"errcode":45009}`}, bot.SendStopAll, 45009, 1, 1},
		"address not on the whitelist":  {[]string{`{"errcode":40164}`}, bot.SendStopAll, 40164, 1, 1},
		"frozen secret, found mid-call": {[]string{`{"errcode":40243}`}, bot.SendStopAll, 40243, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := script(t, c.script...)
			err := b.SendText(t.Context(), ann, hello)
			require.Equal(t, c.class, bot.SendClassOf(err))
			require.Len(t, a.asked, c.calls)
			require.Equal(t, c.tokens, a.tokens)
			var failure *bot.SendError
			if errors.As(err, &failure) {
				require.Equal(t, c.code, failure.Code)
			}
		})
	}
}

func TestErrorCarriesRidAndNoContent(t *testing.T) {
	t.Parallel()
	_, b := script(t, `{"errcode":40003,"errmsg":"invalid openid `+ann+` rid: 65f0a1b2-1c2d3e4f-5a6b7c8d"}`)
	err := b.SendText(t.Context(), ann, hello)
	var failure *bot.SendError
	require.ErrorAs(t, err, &failure)
	require.Equal(t, "65f0a1b2-1c2d3e4f-5a6b7c8d", failure.Rid)
	require.Equal(t, "send: stop_user errcode=40003 rid=65f0a1b2-1c2d3e4f-5a6b7c8d", err.Error())
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	now := &hand{at: clock}
	start := func(answers ...string) (*api, bundle) {
		a := &api{script: answers}
		return a, setup(t, platform(t, a.serve), func(o *Options) { o.Now = now.now })
	}
	t.Run("a used-up quota stops its own call until midnight in Beijing", func(t *testing.T) {
		a, b := start(`{"errcode":45009}`, `{"errcode":0}`)
		err := b.SendText(t.Context(), ann, hello)
		var failure *bot.SendError
		require.ErrorAs(t, err, &failure)
		require.Equal(t, time.Date(2026, 1, 1, 16, 0, 30, 0, time.UTC), failure.Until.UTC())
		require.Error(t, b.SendText(t.Context(), bob, hello))
		require.Len(t, a.asked, 1, "the second was not even tried")
		_, err = b.SendTemplate(t.Context(), bot.Template{User: ann, ID: "t"})
		require.NoError(t, err, "other calls go on")
		now.turn(16*time.Hour + time.Minute)
		require.NoError(t, b.SendText(t.Context(), ann, hello))
		require.Equal(t, 1, strings.Count(b.log.String(), "sending stopped"))
	})
	t.Run("what an operator must put right stops all for a minute", func(t *testing.T) {
		a, b := start(`{"errcode":40164}`, `{"errcode":0}`)
		require.Error(t, b.SendText(t.Context(), ann, hello))
		_, err := b.SendTemplate(t.Context(), bot.Template{User: ann, ID: "t"})
		require.Equal(t, bot.SendStopAll, bot.SendClassOf(err))
		require.Len(t, a.asked, 1)
		now.turn(time.Minute)
		require.NoError(t, b.SendText(t.Context(), ann, hello))
	})
	t.Run("so does a secret that the token call refuses", func(t *testing.T) {
		calls := 0
		b := setup(t, platform(t, func(w http.ResponseWriter, _ *http.Request) {
			calls++
			reply(w, `{"errcode":40125,"errmsg":"invalid appsecret rid: 1-2-3"}`)
		}))
		for range 5 {
			require.Equal(t, bot.SendStopAll, bot.SendClassOf(b.SendText(t.Context(), ann, hello)))
		}
		require.Equal(t, 1, calls)
	})
}

func TestTokenAnswerWithoutTokenIsAnError(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{}`, `{"expires_in":7200}`, `[]`, `<html>`, ``} {
		var request map[string]any
		b := setup(t, platform(t, func(w http.ResponseWriter, r *http.Request) {
			_ = json.NewDecoder(r.Body).Decode(&request)
			reply(w, answer)
		}))
		require.Equal(t, bot.SendRetry, bot.SendClassOf(b.SendText(t.Context(), ann, hello)), answer)
		require.Equal(t, map[string]any{"grant_type": "client_credential", "appid": appID, "secret": secret, "force_refresh": false}, request)
	}
}

// TestTimeoutOfATextIsNotRepeated: it may have been shown.
func TestTimeoutOfATextIsNotRepeated(t *testing.T) {
	t.Parallel()
	calls := map[string]int{}
	var mu sync.Mutex
	b := setup(t, platform(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/cgi-bin/stable_token" {
			reply(w, `{"access_token":"SECRET-TOKEN","expires_in":7200}`)
			return
		}
		mu.Lock()
		calls[r.URL.Path]++
		first := calls[r.URL.Path] == 1
		mu.Unlock()
		if first {
			time.Sleep(150 * time.Millisecond)
		}
		reply(w, `{"errcode":0,"msgid":5}`)
	}))
	b.client.http.Timeout = 50 * time.Millisecond
	err := b.SendText(t.Context(), ann, hello)
	var failure *bot.SendError
	require.ErrorAs(t, err, &failure)
	require.True(t, failure.Unknown)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	id, err := b.SendTemplate(t.Context(), bot.Template{User: ann, ID: "t", Once: "row-7"})
	require.NoError(t, err, "with its id it is shown once, however often it is sent")
	require.Equal(t, "5", id)
	require.Equal(t, map[string]int{"/cgi-bin/message/custom/send": 1, "/cgi-bin/message/template/send": 2}, calls)
}

func TestWhatIsNoAnswerOfThePlatformLeavesItOpen(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"<html>Welcome to the hotel</html>", "", "{}", "[]", "null", `{"errmsg":"ok"}`, `{"errcode":"0"}`} {
		a, b := script(t, answer)
		template := bot.Template{User: ann, ID: "t", Once: "x", Fields: []bot.Field{{Name: "thing1", Value: "x"}}}
		_, of := b.SendTemplate(t.Context(), template)
		_, sub := b.SendSubscribe(t.Context(), template)
		for _, err := range []error{b.SendPush(t.Context(), ann, hello), b.SendText(t.Context(), ann, hello), of, sub} {
			var e *bot.SendError
			require.ErrorAs(t, err, &e, answer)
			require.True(t, e.Unknown, answer)
		}
		require.Len(t, a.asked, 4, "none is repeated")
	}
}

func TestCancelledCallerStopsTheRepeats(t *testing.T) {
	t.Parallel()
	a, b := script(t, `{"errcode":-1}`)
	b.client.pause = time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	require.Equal(t, bot.SendRetry, bot.SendClassOf(b.SendText(ctx, ann, hello)))
	require.Len(t, a.asked, 1)
}

// TestNoSecretInErrorsOrLogs fails in every way and looks at all that was said.
func TestNoSecretInErrorsOrLogs(t *testing.T) {
	t.Parallel()
	hangUp := func(w http.ResponseWriter, _ *http.Request) {
		c, _, _ := w.(http.Hijacker).Hijack()
		_ = c.Close()
	}
	tokenFirst := func(rest http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/cgi-bin/stable_token" {
				reply(w, `{"access_token":"SECRET-TOKEN","expires_in":7200}`)
				return
			}
			rest(w, r)
		}
	}
	for name, h := range map[string]http.HandlerFunc{
		"token call hangs up": hangUp,
		"token call says 500": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"token call echoes":   func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) },
		"send hangs up":       tokenFirst(hangUp),
		"send says 404":       tokenFirst(http.NotFound),
		"send redirects": tokenFirst(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/x?"+r.URL.RawQuery, 302)
		}),
		"send quotes the URL": tokenFirst(func(w http.ResponseWriter, r *http.Request) {
			reply(w, `{"errcode":40001,"errmsg":"`+r.URL.RawQuery+`"}`)
		}),
		"send answers garbage": tokenFirst(func(w http.ResponseWriter, r *http.Request) { reply(w, r.URL.RawQuery) }),
	} {
		t.Run(name, func(t *testing.T) {
			b := setup(t, platform(t, h))
			said := ""
			_, err := b.SendTemplate(t.Context(), bot.Template{User: ann, ID: "t", Once: "1"})
			if err != nil {
				said = err.Error()
			}
			if err := b.SendText(t.Context(), ann, hello); err != nil {
				said += err.Error()
			}
			said += b.log.String()
			for _, hidden := range []string{"SECRET-TOKEN", secret, ann, "你好"} {
				require.NotContains(t, said, hidden)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		b := setup(t)
		err := b.SendText(t.Context(), ann, hello)
		require.Error(t, err)
		require.NotContains(t, err.Error()+b.log.String(), secret)
	})
	require.Equal(t, `get "https://x/?access_token=***&a=1": secret: ***`, redact(`get "https://x/?access_token=abc&a=1": secret: xyz`, ""))
}

func TestSendsAreCounted(t *testing.T) {
	t.Parallel()
	_, b := script(t, `{"errcode":-1}`, `{"errcode":0}`, "status 404")
	require.NoError(t, b.SendText(t.Context(), ann, hello))
	require.Error(t, b.SendText(t.Context(), ann, hello))
	require.NoError(t, testutil.GatherAndCompare(b.reg, strings.NewReader(`
# HELP huhuqing_sends_total Calls to the platform's API, by call and code.
# TYPE huhuqing_sends_total counter
huhuqing_sends_total{call="stable_token",code="0"} 1
huhuqing_sends_total{call="text",code="-1"} 1
huhuqing_sends_total{call="text",code="0"} 1
huhuqing_sends_total{call="text",code="http_404"} 1
`), "huhuqing_sends_total"))
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	a, b := script(t, `{"errcode":0,"errmsg":"ok","msgid":1234567890123456789}`)
	id, err := b.SendTemplate(t.Context(), bot.Template{User: ann, ID: "TPL", URL: "https://x/h/1?a=1&b=2", Once: "row-7",
		Fields: []bot.Field{{Name: "thing1", Value: "张大有家危房改造"}}})
	require.NoError(t, err)
	require.Equal(t, "1234567890123456789", id)
	require.Equal(t, `{"touser":"`+ann+`","template_id":"TPL","url":"https://x/h/1?a=1&b=2","client_msg_id":"row-7","data":{"thing1":{"value":"张大有家危房改造"}}}`+"\n", a.asked[0])
	_, err = b.SendTemplate(t.Context(), bot.Template{User: ann, ID: "TPL", Fields: []bot.Field{{Name: "time2", Value: "明天"}}})
	var failure *bot.SendError
	require.ErrorAs(t, err, &failure)
	require.Equal(t, 47003, failure.Code)
	require.Len(t, a.asked, 1, "what cannot fit is not sent")
}

func TestTemplateFieldsFitTheirTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, value, want string
		ok                bool
	}{
		{"thing1", strings.Repeat("户", 20), strings.Repeat("户", 20), true},
		{"thing1", strings.Repeat("户", 21), strings.Repeat("户", 19) + "…", true},
		{"thing1", "两\n行 \u0002字", "两 行 字", true},
		{"thing1", " \n ", "", false},
		{"keyword3", strings.Repeat("户", 30), strings.Repeat("户", 19) + "…", true},
		{"first", "你好", "你好", true},
		{"character_string2", "No-12 户", "No-12", true},
		{"character_string2", "全是汉字", "", false},
		{"phrase3", "待处理abc中心思", "待处理中心", true},
		{"name4", "张大有", "张大有", true},
		{"number5", "12.5", "12.5", true},
		{"number5", "十二", "十二", false},
		{"amount6", "¥1200.50元", "¥1200.50元", true},
		{"amount6", "12345678901", "12345678901", false},
		{"time7", "2019年10月1日 15:01", "2019年10月1日 15:01", true},
		{"date7", "2019年10月1日~2019年10月3日", "2019年10月1日~2019年10月3日", true},
		{"time7", "下周一", "下周一", false},
		{"phone_number8", "0871-65123456", "0871-65123456", true},
		{"phone_number8", "138001380001380013800", "138001380001380013800", false},
		{"car_number9", "云A12345", "云A12345", true},
	} {
		got, ok := fit(c.name, c.value)
		require.Equal(t, c.ok, ok, c.name+" "+c.value)
		if ok {
			require.Equal(t, c.want, got)
		}
	}
}

func TestMenu(t *testing.T) {
	t.Parallel()
	buttons := []bot.Button{
		{Name: "记", Sub: []bot.Button{{Name: "入户", Key: "入户"}, {Name: "扫码", Key: "扫码", Scan: true}}},
		{Name: "待办", Key: "待办"}, {Name: "网页", URL: "https://x/?a=1&b=2"},
	}
	const wire = `{"button":[{"name":"记","sub_button":[{"type":"click","name":"入户","key":"入户"},{"type":"scancode_waitmsg","name":"扫码","key":"扫码"}]},{"type":"click","name":"待办","key":"待办"},{"type":"view","name":"网页","url":"https://x/?a=1&b=2"}]}`
	a, b := script(t, `{"errcode":0}`, `{"menu":`+wire+`}`, `{"errcode":46003}`)
	require.NoError(t, b.PushMenu(t.Context(), buttons))
	require.Equal(t, wire+"\n", a.asked[0], "not escaped")
	got, err := b.Menu(t.Context())
	require.NoError(t, err)
	require.Equal(t, buttons, got)
	got, err = b.Menu(t.Context())
	require.NoError(t, err)
	require.Empty(t, got)
}

func TestMenuThatWouldBeRefusedIsNotSent(t *testing.T) {
	t.Parallel()
	a, b := script(t, `{"errcode":0}`)
	key := bot.Button{Name: "好", Key: "k"}
	for name, buttons := range map[string][]bot.Button{
		"none": nil, "four": {key, key, key, key},
		"six below":       {{Name: "x", Sub: []bot.Button{key, key, key, key, key, key}}},
		"name too long":   {{Name: "六个汉字太长", Key: "k"}},
		"sub name":        {{Name: "x", Sub: []bot.Button{{Name: strings.Repeat("长", 21), Key: "k"}}}},
		"does nothing":    {{Name: "x"}},
		"does two things": {{Name: "x", Key: "k", URL: "https://x"}},
		"key too long":    {{Name: "x", Key: strings.Repeat("k", 129)}},
	} {
		require.Error(t, b.PushMenu(t.Context(), buttons), name)
	}
	require.Empty(t, a.asked)
}

func TestSceneQR(t *testing.T) {
	t.Parallel()
	a, b := script(t, `{"ticket":"gQH47joAA+/=","expire_seconds":604800,"url":"http://weixin.qq.com/q/x"}`)
	qr, err := b.SceneQR(t.Context(), "AB12", 7*24*time.Hour)
	require.NoError(t, err)
	require.Equal(t, QR{Image: b.o.API + "/cgi-bin/showqrcode?ticket=gQH47joAA%2B%2F%3D", URL: "http://weixin.qq.com/q/x", Life: 7 * 24 * time.Hour}, qr)
	require.Equal(t, `{"expire_seconds":604800,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"AB12"}}}`+"\n", a.asked[0])
	_, err = b.SceneQR(t.Context(), "", time.Hour)
	require.Error(t, err)
	_, err = b.SceneQR(t.Context(), strings.Repeat("x", 65), time.Hour)
	require.Error(t, err)
}

func TestMedia(t *testing.T) {
	t.Parallel()
	b := setup(t, platform(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("media_id") {
		case "":
			reply(w, `{"access_token":"T","expires_in":7200}`)
		case "photo+1":
			w.Header().Set("Content-Type", "image/jpeg")
			_, _ = w.Write([]byte("\xff\xd8jpeg"))
		case "video":
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, `{"video_url":"http://x/v.mp4"}`)
		case "huge":
			w.Header().Set("Content-Type", "image/jpeg")
			_, _ = w.Write(make([]byte, maxMedia+1))
		case "odd":
			reply(w, `{"video_url":"javascript:x"}`)
		default:
			reply(w, `{"errcode":40007,"errmsg":"invalid media_id rid: 1-2"}`)
		}
	}))
	got, err := b.Media(t.Context(), "photo+1")
	require.NoError(t, err)
	require.Equal(t, bot.Media{ContentType: "image/jpeg", Body: []byte("\xff\xd8jpeg")}, got)
	got, err = b.Media(t.Context(), "video")
	require.NoError(t, err)
	require.Equal(t, "http://x/v.mp4", got.VideoURL)
	for _, id := range []string{"huge", "odd", "gone"} {
		_, err = b.Media(t.Context(), id)
		require.Equal(t, bot.SendOurBug, bot.SendClassOf(err), id)
	}
}

func TestNewRefusesWhatIsUnsafe(t *testing.T) {
	t.Parallel()
	good := setup(t, safe).o
	for name, spoil := range map[string]func(*Options){
		"empty token":         func(o *Options) { o.Token = "" },
		"no app id":           func(o *Options) { o.AppID = "" },
		"no clock":            func(o *Options) { o.Now = nil },
		"unknown mode":        func(o *Options) { o.Mode = "compat" },
		"safe without a key":  func(o *Options) { o.AESKey = "" },
		"short key":           func(o *Options) { o.AESKey = aesKey[:42] },
		"key not base64":      func(o *Options) { o.AESKey = strings.Repeat("!", 43) },
		"broken previous key": func(o *Options) { o.PreviousAESKey = "x" },
		"API without a host":  func(o *Options) { o.API = "localhost" },
	} {
		t.Run(name, func(t *testing.T) {
			o := good
			spoil(&o)
			_, err := New(o)
			require.Error(t, err)
			require.NotContains(t, err.Error(), secret)
		})
	}
	o := good
	o.Mode, o.AESKey, o.API = "", "", ""
	a, err := New(o)
	require.NoError(t, err, "plain mode needs no key")
	require.Equal(t, DefaultAPI, a.o.API)
}

func TestServerThatNeverEndsIsCutOff(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		chunk := []byte(strings.Repeat("x", 1<<16))
		for range 64 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	b := setup(t, func(o *Options) { o.API = server.URL })
	require.Error(t, b.SendText(t.Context(), ann, hello))
}
