package platform

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	testToken  = "kD8sT2vW"
	testApp    = "wxb11529c136998cb6"
	testSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	testGH     = "gh_7f083739789a"
	ann        = "oAnn_0123456789abcdefghijklm"
	bob        = "oBob_0123456789abcdefghijklm"
)

// clock is a fake clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// heard is one push as the fake bot understood it.
type heard struct {
	query url.Values
	body  string // as received
	clear string // decrypted
	msg   pushed
}

type pushed struct {
	To          string `xml:"ToUserName"`
	From        string `xml:"FromUserName"`
	Created     string `xml:"CreateTime"`
	Type        string `xml:"MsgType"`
	Content     string `xml:"Content"`
	MsgID       string `xml:"MsgId"`
	MenuID      string `xml:"bizmsgmenuid"`
	Event       string `xml:"Event"`
	Key         string `xml:"EventKey"`
	Ticket      string `xml:"Ticket"`
	Status      string `xml:"Status"`
	JobID       string `xml:"MsgID"`
	PicURL      string `xml:"PicUrl"`
	MediaID     string `xml:"MediaId"`
	Recognition string `xml:"Recognition"`
	X           string `xml:"Location_X"`
	Y           string `xml:"Location_Y"`
	Label       string `xml:"Label"`
	Encrypt     string `xml:"Encrypt"`
}

// world is a platform with a fake bot behind a real HTTP callback.
type world struct {
	*Platform
	t     *testing.T
	clock *clock
	api   *httptest.Server
	mu    sync.Mutex
	heard []heard
	// answer is what the bot does with a push; by default it echoes texts.
	answer func(w http.ResponseWriter, h heard)
}

func setup(t *testing.T, change func(*Options)) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}}
	w.answer = func(out http.ResponseWriter, h heard) {
		if h.msg.Type == "text" {
			w.reply(out, h, textReply(h, "你说："+h.msg.Content))
		}
	}
	bot := httptest.NewServer(http.HandlerFunc(w.callback))
	t.Cleanup(bot.Close)
	options := Options{
		Callback: bot.URL + "/wechat/callback", Token: testToken, AESKey: vectorKey, AppID: testApp, Secret: testSecret,
		OriginalID: testGH, Name: "户户清助手", Mode: Plain, Now: w.clock.Now, Timeout: 2 * time.Second,
	}
	if change != nil {
		change(&options)
	}
	var err error
	w.Platform, err = New(options)
	require.NoError(t, err)
	w.api = httptest.NewServer(w.Handler())
	w.SetURL(w.api.URL)
	t.Cleanup(func() { w.api.CloseClientConnections(); require.NoError(t, w.Close()); w.api.Close() })
	return w
}

// follower is the phone of somebody who follows and has opened no long quota.
func (w *world) follower(openid string) *Phone {
	w.t.Helper()
	_, err := w.User(openid).Follow(w.t.Context(), "")
	require.NoError(w.t, err)
	return w.User(openid)
}

func (w *world) callback(out http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if sign(testToken, query.Get("timestamp"), query.Get("nonce")) != query.Get("signature") {
		http.Error(out, "bad signature", http.StatusForbidden)
		return
	}
	if r.Method == http.MethodGet {
		_, _ = io.WriteString(out, query.Get("echostr"))
		return
	}
	body, _ := io.ReadAll(r.Body)
	h := heard{query: query, body: string(body), clear: string(body)}
	_ = xml.Unmarshal(body, &h.msg)
	if sealed := h.msg.Encrypt; sealed != "" && h.msg.From == "" {
		opened, err := w.envelope.open(sealed)
		if err != nil || query.Get("msg_signature") != sign(testToken, query.Get("timestamp"), query.Get("nonce"), sealed) {
			http.Error(out, "bad envelope", http.StatusForbidden)
			return
		}
		h.clear = string(opened)
		_ = xml.Unmarshal(opened, &h.msg)
	}
	w.mu.Lock()
	w.heard = append(w.heard, h)
	answer := w.answer
	w.mu.Unlock()
	answer(out, h)
}

// reply writes XML as the mode wants it.
func (w *world) reply(out io.Writer, h heard, body string) {
	if w.opt.Mode != Plain {
		sealed := w.envelope.seal([]byte(body))
		stamp, nonce := fmt.Sprint(w.clock.Now().Unix()), h.query.Get("nonce")
		body = fmt.Sprintf("<xml><Encrypt><![CDATA[%s]]></Encrypt><MsgSignature>%s</MsgSignature><TimeStamp>%s</TimeStamp><Nonce>%s</Nonce></xml>",
			sealed, sign(testToken, stamp, nonce, sealed), stamp, nonce)
	}
	_, _ = io.WriteString(out, body)
}

func textReply(h heard, text string) string {
	return "<xml>" + field("ToUserName", h.msg.From, false) + field("FromUserName", h.msg.To, false) +
		"<CreateTime>1772413200</CreateTime>" + field("MsgType", "text", false) + field("Content", text, false) + "</xml>"
}

// pushes are what the bot heard, of one type or event name.
func (w *world) pushes(kind string) []heard {
	w.mu.Lock()
	defer w.mu.Unlock()
	var found []heard
	for _, h := range w.heard {
		if h.msg.Type == kind || h.msg.Event == kind {
			found = append(found, h)
		}
	}
	return found
}

// answers replaces what the bot does.
func (w *world) answers(answer func(http.ResponseWriter, heard)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = answer
}

// token fetches the stable token.
func (w *world) token() string {
	w.t.Helper()
	out := w.call("/cgi-bin/stable_token", map[string]any{"grant_type": "client_credential", "appid": testApp, "secret": testSecret})
	token, _ := out["access_token"].(string)
	require.NotEmpty(w.t, token, "%v", out)
	return token
}

// post calls an endpoint with the token and returns its errcode.
func (w *world) post(path string, body any) int {
	w.t.Helper()
	return code(w.call(path+"?access_token="+w.token(), body))
}

func code(answer map[string]any) int {
	number, _ := answer["errcode"].(json.Number)
	n, _ := number.Int64()
	return int(n)
}

// call posts JSON, or gets when body is nil, and reads a JSON object.
func (w *world) call(path string, body any) map[string]any {
	w.t.Helper()
	status, raw := w.fetch(path, body)
	require.Equal(w.t, http.StatusOK, status)
	out := map[string]any{}
	decoder := json.NewDecoder(strings.NewReader(raw))
	decoder.UseNumber()
	require.NoError(w.t, decoder.Decode(&out), raw)
	return out
}

func (w *world) fetch(path string, body any) (int, string) {
	w.t.Helper()
	method, raw := http.MethodGet, ""
	if body != nil {
		method = http.MethodPost
		encoded, err := plainJSON(body)
		require.NoError(w.t, err)
		raw = string(encoded)
		if text, isText := body.(string); isText {
			raw = text
		}
	}
	status, answer, err := w.do(w.t.Context(), method, path, raw)
	require.NoError(w.t, err)
	return status, answer
}

func (w *world) do(ctx context.Context, method, path, body string) (int, string, error) {
	request, err := http.NewRequestWithContext(ctx, method, w.api.URL+path, strings.NewReader(body))
	require.NoError(w.t, err)
	response, err := w.api.Client().Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, string(answer), err
}

// custom is a customer-service text.
func custom(openid, text string) map[string]any {
	return map[string]any{"touser": openid, "msgtype": "text", "text": map[string]string{"content": text}}
}
