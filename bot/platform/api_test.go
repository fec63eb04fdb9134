package platform

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	customPath    = "/cgi-bin/message/custom/send"
	templatePath  = "/cgi-bin/message/template/send"
	subscribePath = "/cgi-bin/message/subscribe/bizsend"
	menuPath      = "/cgi-bin/menu/create"
)

// template is a template message.
func template(openid, id, url string, data map[string]string) map[string]any {
	values := map[string]any{}
	for key, value := range data {
		values[key] = map[string]string{"value": value}
	}
	return map[string]any{"touser": openid, "template_id": id, "url": url, "data": values}
}

// use makes a call with a token.
func use(w *world, token string) int {
	w.t.Helper()
	return code(w.call("/cgi-bin/user/get?access_token="+token, nil))
}

func TestTokens(t *testing.T) {
	t.Parallel()
	account := map[string]any{"grant_type": "client_credential", "appid": testApp, "secret": testSecret}
	t.Run("a stable token is the same until its last five minutes", func(t *testing.T) {
		t.Parallel()
		w := setup(t, nil)
		first := w.token()
		w.clock.Add(6899 * time.Second)
		out := w.call("/cgi-bin/stable_token", account)
		require.Equal(t, first, out["access_token"])
		require.Equal(t, json.Number("301"), out["expires_in"])
		w.clock.Add(2 * time.Second)
		second := w.token()
		require.NotEqual(t, first, second)
		require.Zero(t, use(w, first), "the old one lives on to its end")
		w.clock.Add(300 * time.Second)
		require.Equal(t, 42001, use(w, first))
		require.Zero(t, use(w, second))
	})
	t.Run("a forced refresh kills the token, 30 s apart and 20 a day", func(t *testing.T) {
		t.Parallel()
		w := setup(t, nil)
		first := w.token()
		forced := map[string]any{"grant_type": "client_credential", "appid": testApp, "secret": testSecret, "force_refresh": true}
		second := w.call("/cgi-bin/stable_token", forced)["access_token"].(string)
		require.NotEqual(t, first, second)
		require.Equal(t, 40001, use(w, first))
		require.Equal(t, second, w.call("/cgi-bin/stable_token", forced)["access_token"])
		for range 19 {
			w.clock.Add(31 * time.Second)
			require.Zero(t, code(w.call("/cgi-bin/stable_token", forced)))
		}
		w.clock.Add(31 * time.Second)
		require.Equal(t, 45009, code(w.call("/cgi-bin/stable_token", forced)))
	})
	t.Run("a plain token leaves the old one five minutes", func(t *testing.T) {
		t.Parallel()
		w := setup(t, nil)
		path := "/cgi-bin/token?grant_type=client_credential&appid=" + testApp + "&secret=" + testSecret
		first := w.call(path, nil)["access_token"].(string)
		second := w.call(path, nil)["access_token"].(string)
		require.NotEqual(t, first, second)
		w.clock.Add(299 * time.Second)
		require.Zero(t, use(w, first))
		w.clock.Add(time.Second)
		require.Equal(t, 42001, use(w, first))
		require.Zero(t, use(w, second))
	})
}

func TestWrongTokensAreRefused(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	require.Equal(t, 41001, use(w, ""))
	require.Equal(t, 40014, use(w, "short"))
	require.Equal(t, 40001, use(w, strings.Repeat("x", 120)))
	token := w.token()
	w.ExpireTokens()
	require.Equal(t, 42001, use(w, token))
	token = w.token()
	w.RevokeTokens()
	require.Equal(t, 40001, use(w, token))
	require.Zero(t, use(w, w.token()))
	require.Equal(t, 40125, code(w.call("/cgi-bin/stable_token", map[string]any{"grant_type": "client_credential", "appid": testApp, "secret": "no"})))
	require.Equal(t, 40013, code(w.call("/cgi-bin/stable_token", map[string]any{"grant_type": "client_credential", "appid": "no", "secret": testSecret})))
	require.Equal(t, 47001, code(w.call("/cgi-bin/stable_token", "{")))
	require.Equal(t, 43002, code(w.call("/cgi-bin/stable_token", nil)))
	out := w.call("/cgi-bin/user/get?access_token=short", nil)
	require.Regexp(t, `^invalid access_token rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$`, out["errmsg"])
}

func TestCustomQuotas(t *testing.T) {
	t.Parallel()
	send := func(w *world) int { return w.post(customPath, custom(ann, "嗯")) }
	spend := func(t *testing.T, w *world, count int) {
		t.Helper()
		for range count {
			require.Zero(t, send(w))
		}
		require.Equal(t, 45047, send(w))
	}
	for name, c := range map[string]struct {
		do    func(u *Phone) error
		count int
		open  time.Duration
	}{
		"a message opens five in 48 hours":     {func(u *Phone) error { _, err := u.Say(t.Context(), "1"); return err }, 5, 48 * time.Hour},
		"a menu click opens three in a minute": {func(u *Phone) error { _, err := u.Click(t.Context(), "k"); return err }, 3, time.Minute},
		"a scan opens three in a minute":       {func(u *Phone) error { _, err := u.Scan(t.Context(), "s"); return err }, 3, time.Minute},
		"following opens three in a minute":    {func(*Phone) error { return nil }, 3, time.Minute},
		"a tap in a msgmenu opens three in a minute": {func(u *Phone) error {
			_, err := u.TapOption(t.Context(), Option{Say: "好", ID: "1", Menu: true})
			return err
		}, 3, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := setup(t, nil)
			u := w.follower(ann)
			require.NoError(t, c.do(u))
			spend(t, w, c.count)
			require.NoError(t, c.do(u))
			w.clock.Add(c.open)
			require.Equal(t, 45015, send(w))
		})
	}
	t.Run("the newest trigger counts, they do not add up", func(t *testing.T) {
		t.Parallel()
		w := setup(t, nil)
		u := w.follower(ann)
		_, err := u.Say(t.Context(), "1")
		require.NoError(t, err)
		require.Zero(t, send(w))
		_, err = u.Click(t.Context(), "k")
		require.NoError(t, err)
		spend(t, w, 3)
	})
	t.Run("a view opens nothing", func(t *testing.T) {
		t.Parallel()
		w := setup(t, nil)
		u := w.follower(ann)
		w.clock.Add(time.Hour)
		_, err := u.View(t.Context(), "https://x.cn")
		require.NoError(t, err)
		require.Equal(t, 45015, send(w))
	})
}

func TestCustomMessages(t *testing.T) {
	t.Parallel()
	w := setup(t, func(o *Options) { o.Unverified = true })
	verified := setup(t, nil)
	u := verified.follower(ann)
	_, err := u.Say(t.Context(), "1")
	require.NoError(t, err)
	menu := map[string]any{"touser": ann, "msgtype": "msgmenu", "msgmenu": map[string]any{"head_content": "满意吗？", "list": []map[string]any{{"id": 101, "content": "满意"}, {"id": "102", "content": "不"}}, "tail_content": "谢谢"}}
	require.Zero(t, verified.post(customPath, menu))
	got := u.Unread()
	require.Equal(t, "满意吗？\n满意\n不\n谢谢", got.Text)
	require.Equal(t, []Option{{Label: "满意", Say: "满意", ID: "101", Menu: true}, {Label: "不", Say: "不", ID: "102", Menu: true}}, got.Options)

	_, err = w.follower(ann).Say(t.Context(), "1")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		body any
		code int
	}{
		"no json":               {"{", 47001},
		"somebody unknown":      {custom("oNobody", "x"), 40003},
		"an empty text":         {custom(ann, ""), 44004},
		"2049 bytes":            {custom(ann, strings.Repeat("x", 2049)), 45002},
		"an unknown type":       {map[string]any{"touser": ann, "msgtype": "smoke"}, 40008},
		"an unknown picture":    {map[string]any{"touser": ann, "msgtype": "image", "image": map[string]string{"media_id": "x"}}, 40007},
		"two articles":          {map[string]any{"touser": ann, "msgtype": "news", "news": map[string]any{"articles": []map[string]string{{"title": "a"}, {"title": "b"}}}}, 45008},
		"a msgmenu, unverified": {menu, 40200},
		"2048 bytes":            {custom(ann, strings.Repeat("x", 2048)), 0},
	} {
		require.Equal(t, c.code, w.post(customPath, c.body), name)
	}
}

func TestTemplateMessages(t *testing.T) {
	t.Parallel()
	w := setup(t, func(o *Options) {
		o.Templates = []Template{{ID: "due", Title: "到期", Fields: []Field{{"thing1", "户主"}, {"date2", "日期"}}}}
	})
	u := w.follower(ann)
	good := template(ann, "due", "https://x.cn", map[string]string{"thing1": "张大有", "date2": "2026年3月5日"})
	good["client_msg_id"] = "r-1"
	first := w.call(templatePath+"?access_token="+w.token(), good)
	require.Zero(t, code(first))
	require.NoError(t, w.Settle(t.Context()))
	job := w.pushes(jobFinish)
	require.Len(t, job, 1)
	require.Equal(t, first["msgid"].(json.Number).String(), job[0].msg.JobID)
	require.Equal(t, "success", job[0].msg.Status)
	card := u.Unread()
	require.Equal(t, "到期\n户主: 张大有\n日期: 2026年3月5日", card.Text)
	require.Equal(t, "https://x.cn", card.Links[0].URL)

	w.clock.Add(599 * time.Second)
	require.Equal(t, first["msgid"], w.call(templatePath+"?access_token="+w.token(), good)["msgid"])
	require.True(t, u.Unread().Silent())
	w.clock.Add(2 * time.Second)
	require.NotEqual(t, first["msgid"], w.call(templatePath+"?access_token="+w.token(), good)["msgid"])
	require.False(t, u.Unread().Silent())

	u.Block(true)
	require.Zero(t, w.post(templatePath, template(ann, "due", "", map[string]string{"thing1": "a", "date2": "10:00"})))
	require.NoError(t, w.Settle(t.Context()))
	require.Equal(t, "failed:user block", w.pushes(jobFinish)[2].msg.Status)
	require.True(t, u.Unread().Silent())

	require.Equal(t, 40037, w.post(templatePath, template(ann, "other", "", nil)))
	require.Equal(t, 47003, w.post(templatePath, template(ann, "due", "", map[string]string{"thing1": "a"})))
	w.User(bob)
	require.Equal(t, 43004, w.post(templatePath, template(bob, "due", "", map[string]string{"thing1": "a", "date2": "10:00"})))
	require.Equal(t, 40003, w.post(templatePath, template("oNobody", "due", "", nil)))
}

func TestFieldTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key, value string
		ok         bool
	}{
		{"thing1", strings.Repeat("字", 20), true}, {"thing1", strings.Repeat("字", 21), false}, {"thing1", "a\nb", false}, {"thing1", "", false},
		{"character_string2", "A-01/2", true}, {"character_string2", "编号1", false},
		{"phrase3", "已完成", true}, {"phrase3", "已完成了一半多", false}, {"phrase3", "ok", false},
		{"number4", "12.5", true}, {"number4", "十二", false}, {"letter5", "abc", true}, {"letter5", "a1", false},
		{"symbol6", "%", true}, {"symbol6", "a", false},
		{"amount7", "¥1234.50", true}, {"amount7", "1200元", true}, {"amount7", "约1200", false},
		{"time8", "15:01", true}, {"time8", "2019年10月1日 15:01", true}, {"time8", "2019年10月1日~2019年10月7日", true}, {"time8", "明天", false},
		{"date9", "2026-03-05", true}, {"date9", "三月五日", false},
		{"phone_number10", "+86-0766-66888866", true}, {"phone_number10", "打给我", false},
		{"car_number11", "云A12345", true}, {"car_number11", "云A1234567890", false},
		{"name12", "张大有", true}, {"name12", strings.Repeat("张", 11), false}, {"name12", "Zhang San", true},
	} {
		_, wrong := checkField(c.key, c.value)
		require.Equal(t, c.ok, wrong == nil, "%s %q", c.key, c.value)
	}
	cut, wrong := checkField("keyword1", "户主abc123\n"+strings.Repeat("字", 30))
	require.Nil(t, wrong)
	require.Equal(t, "户主abc123"+strings.Repeat("字", 17), cut)
}

func TestSubscriptionNotifications(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	body := template(ann, "sub", "", map[string]string{"thing1": "张大有"})
	require.Equal(t, 43101, w.post(subscribePath, body))
	_, err := u.Subscribe(t.Context(), "sub", true)
	require.NoError(t, err)
	_, err = u.Unfollow(t.Context())
	require.NoError(t, err)
	require.Zero(t, w.post(subscribePath, body), "also to somebody who left")
	require.Equal(t, 43101, w.post(subscribePath, body))
	require.NoError(t, w.Settle(t.Context()))
	require.Contains(t, w.pushes("subscribe_msg_sent_event")[0].clear, "<ErrorCode>0</ErrorCode>")
	require.Equal(t, ViaSubscribe, u.Unread().Parts[0].Via)
}

func TestMenu(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	click := Button{Type: "click", Name: "待办", Key: "todo"}
	menu := func(buttons ...Button) map[string]any { return map[string]any{"button": buttons} }
	named := func(name string) Button { return Button{Type: "click", Name: name, Key: "k"} }
	require.Equal(t, 46003, code(w.call("/cgi-bin/menu/get?access_token="+w.token(), nil)))
	for name, c := range map[string]struct {
		body any
		code int
	}{
		"none":           {menu(), 40016},
		"four":           {menu(click, click, click, click), 40016},
		"a long name":    {menu(named(strings.Repeat("长", 6))), 40018},
		"six subs":       {menu(Button{Name: "x", Sub: []Button{click, click, click, click, click, click}}), 40023},
		"a long sub":     {menu(Button{Name: "x", Sub: []Button{named(strings.Repeat("长", 21))}}), 40025},
		"a long key":     {menu(Button{Type: "click", Name: "x", Key: strings.Repeat("k", 129)}), 40019},
		"a long address": {menu(Button{Type: "view", Name: "x", URL: "https://" + strings.Repeat("u", 1024)}), 40020},
		"a strange type": {menu(Button{Type: "smoke", Name: "x"}), 40017},
		"escapes":        {`{"button":[{"type":"click","name":"\u5f85","key":"k"}]}`, 40033},
		"no json":        {"{", 47001},
	} {
		require.Equal(t, c.code, w.post(menuPath, c.body), name)
	}
	require.Zero(t, w.post(menuPath, menu(click, Button{Name: "我的", Sub: []Button{click}})))
	_, raw := w.fetch("/cgi-bin/menu/get?access_token="+w.token(), nil)
	require.Contains(t, raw, `"name":"我的"`)
	require.Zero(t, code(w.call("/cgi-bin/menu/delete?access_token="+w.token(), nil)))
	require.Equal(t, 46003, code(w.call("/cgi-bin/menu/get?access_token="+w.token(), nil)))
}

func TestQRCodes(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	ask := func(action string, scene map[string]any) map[string]any {
		return w.call("/cgi-bin/qrcode/create?access_token="+w.token(), map[string]any{"action_name": action, "action_info": map[string]any{"scene": scene}})
	}
	out := ask("QR_SCENE", map[string]any{"scene_id": 7})
	require.Equal(t, json.Number("60"), out["expire_seconds"])
	ticket := strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(out["ticket"].(string))
	status, picture := w.fetch("/cgi-bin/showqrcode?ticket="+ticket, nil)
	require.Equal(t, http.StatusOK, status)
	_, err := png.Decode(strings.NewReader(picture))
	require.NoError(t, err)
	_, raw := w.fetch("/cgi-bin/showqrcode?ticket="+out["ticket"].(string), nil)
	require.Contains(t, raw, "errcode", "a ticket must be escaped")
	require.NotContains(t, ask("QR_LIMIT_STR_SCENE", map[string]any{"scene_str": "a"}), "expire_seconds")
	for action, scene := range map[string]map[string]any{
		"QR_SCENE": {"scene_id": 0}, "QR_LIMIT_SCENE": {"scene_id": 100001}, "QR_STR_SCENE": {"scene_str": strings.Repeat("x", 65)}, "SMOKE": {},
	} {
		require.Equal(t, 40053, code(ask(action, scene)), action)
	}
}

func TestMediaUpload(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	upload := func(kind string, data []byte) map[string]any {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, err := form.CreateFormFile("media", "a.png")
		require.NoError(t, err)
		_, err = part.Write(data)
		require.NoError(t, err)
		require.NoError(t, form.Close())
		response, err := w.api.Client().Post(w.api.URL+"/cgi-bin/media/upload?type="+kind+"&access_token="+w.token(), form.FormDataContentType(), &body)
		require.NoError(t, err)
		defer response.Body.Close()
		raw, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		out := map[string]any{}
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		require.NoError(t, decoder.Decode(&out), string(raw))
		return out
	}
	picture := []byte("\x89PNG\r\n\x1a\n...")
	id, _ := upload("image", picture)["media_id"].(string)
	_, raw := w.fetch("/cgi-bin/media/get?access_token="+w.token()+"&media_id="+id, nil)
	require.Equal(t, string(picture), raw)
	u := w.follower(ann)
	require.Zero(t, w.post(customPath, map[string]any{"touser": ann, "msgtype": "image", "image": map[string]string{"media_id": id}}))
	require.Equal(t, "image", u.Unread().Parts[0].Kind)
	video, _ := upload("video", []byte("mp4"))["media_id"].(string)
	_, raw = w.fetch("/cgi-bin/media/get?access_token="+w.token()+"&media_id="+video, nil)
	require.Contains(t, raw, "video_url")
	require.Equal(t, 40006, code(upload("thumb", make([]byte, 65<<10))))
	require.Equal(t, 40004, code(upload("smoke", picture)))
	require.Equal(t, 41005, code(upload("image", nil)))
	w.clock.Add(73 * time.Hour)
	require.Equal(t, 40007, code(w.call("/cgi-bin/media/get?access_token="+w.token()+"&media_id="+id, nil)))
}

func TestUsersAndDailyLimits(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.follower(ann)
	w.User(bob)
	info := func(openid string) map[string]any {
		return w.call("/cgi-bin/user/info?access_token="+w.token()+"&openid="+openid, nil)
	}
	require.Equal(t, json.Number("1"), info(ann)["subscribe"])
	require.Equal(t, json.Number("0"), info(bob)["subscribe"])
	require.Equal(t, 40003, code(info("oNobody")))

	list := func() int { return code(w.call("/cgi-bin/user/get?access_token="+w.token(), nil)) }
	for range 500 {
		require.Zero(t, list())
	}
	require.Equal(t, 45009, list())
	for range 10 {
		require.Zero(t, w.post("/cgi-bin/clear_quota", map[string]string{"appid": testApp}))
	}
	require.Zero(t, list())
	require.Equal(t, 48006, w.post("/cgi-bin/clear_quota", map[string]string{"appid": testApp}))
	w.clock.Add(24 * time.Hour)
	require.Zero(t, list())
}
