package wechat

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
)

const replyXML = "<xml><ToUserName><![CDATA[" + ann + "]]></ToUserName><FromUserName><![CDATA[" + originalID +
	"]]></FromUserName><CreateTime>1767225600</CreateTime><MsgType>text</MsgType><Content><![CDATA[%s]]></Content></xml>"

func TestPlainReplyByteForByte(t *testing.T) {
	t.Parallel()
	h := setup(t).Callback(answers(echo))
	for name, c := range map[string]struct{ content, want string }{
		"Chinese":               {"入户 张大有", "答:入户 张大有"},
		"rare characters":       {"𠮷㑇𫖯", "答:𠮷㑇𫖯"},
		"no control characters": {"张\u0002大\u0008有\u001d", "答:张大有"},
		"markup as text":        {"&amp;<b>", "答:&amp;＜b>"},
		"empty":                 {"", "答:"},
	} {
		t.Run(name, func(t *testing.T) {
			w := plainPush(text(ann, c.content, "1")).to(h)
			require.Equal(t, http.StatusOK, w.Code)
			require.Equal(t, fmt.Sprintf(replyXML, c.want), w.Body.String())
		})
	}
	t.Run("an end of CDATA in the reply is split", func(t *testing.T) {
		h := setup(t).Callback(answers(func(bot.Message) bot.Reply { return bot.Reply{Text: "a]]>b"} }))
		require.Equal(t, fmt.Sprintf(replyXML, "a]]]]><![CDATA[>b"), plainPush(text(ann, "x", "1")).to(h).Body.String())
	})
}

func TestSafeReply(t *testing.T) {
	t.Parallel()
	a := setup(t, safe, func(o *Options) { o.PreviousAESKey = previousKey })
	h := a.Callback(answers(echo))
	t.Run("travels under the key that the message came under", func(t *testing.T) {
		for _, key := range []string{aesKey, previousKey} {
			w := safePush(t, key, appID, text(ann, "你好", "1")).to(h)
			require.Equal(t, fmt.Sprintf(replyXML, "答:你好"), opened(t, key, w.Body.String()))
		}
	})
	t.Run("opens what npm wechat-crypto 0.0.2 sealed", func(t *testing.T) {
		p := plainPush("")
		p.enclose(npmSealed)
		require.Equal(t, "45bb1b98c9b31e7ddb4b6595493fe951593e7cc2", p.query.Get("msg_signature"))
		require.Equal(t, fmt.Sprintf(replyXML, "答:入户 张大有"), opened(t, aesKey, p.to(h).Body.String()))
	})
	t.Run("opens a compat body by its envelope alone", func(t *testing.T) {
		p := safePush(t, aesKey, appID, text(ann, "真", "1"))
		p.body = strings.Replace(p.body, "<Encrypt>", "<FromUserName>"+bob+"</FromUserName><Content>假</Content><Encrypt>", 1)
		require.Equal(t, fmt.Sprintf(replyXML, "答:真"), opened(t, aesKey, p.to(h).Body.String()))
	})
	t.Run("is a plain success when there is nothing to say", func(t *testing.T) {
		quiet := a.Callback(answers(func(bot.Message) bot.Reply { return bot.Reply{} }))
		require.Equal(t, "success", safePush(t, aesKey, appID, text(ann, "嗯", "1")).to(quiet).Body.String())
	})
	t.Run("cleans control characters inside the envelope", func(t *testing.T) {
		w := safePush(t, aesKey, appID, text(ann, "好\u0002的", "1")).to(h)
		require.Equal(t, fmt.Sprintf(replyXML, "答:好的"), opened(t, aesKey, w.Body.String()))
	})
	t.Run("comes in any length", func(t *testing.T) {
		for n := range 70 {
			w := safePush(t, aesKey, appID, text(ann, strings.Repeat("x", n), "1")).to(h)
			require.Equal(t, fmt.Sprintf(replyXML, "答:"+strings.Repeat("x", n)), opened(t, aesKey, w.Body.String()))
		}
	})
}

// npmSealed is a text message of Ann, sealed by another implementation.
const npmSealed = "z7p6vIAg16dtRJym3Weq6fLOQdf7E/P024oBMQ1y89NAB6Kx/Rv0O6aa1oxqmPQgGiRA52ZgQvd4grUF71ettFJriFZZsYjDqJbgAxWqO5eONZbaX7ef8GxfSNQVuyD66fwqx+2dZciBkKF8KPTyQM0aNzYuNKzuHc8XUT87TaMr7cIyfzfZhhYxMKvgAmecZHFf+/lWChNRPF3ikRyPu+fytxGPJnqcOSW0cNUJdfW/2khmUe1eDHl9mxpw2zUPFdEV2H359L2QiGupgQPBLh2xdf0mW5AZUbxyl4I509k32iZsNREjpvVV085KeTxuc9frkuTtc3v2mE2ms1rK9RL9DvxEcvdFskKSkYGoQHZRSt9DZDhv8lX4EX1kiP/ACSL5Z/3HgKlC0t70DJMMDSu+dvp88DYgYDbVCBiw/xA="

func TestVerification(t *testing.T) {
	t.Parallel()
	h := setup(t, safe).Callback(answers(echo))
	get := func(change func(*push)) *httptest.ResponseRecorder {
		p := plainPush("")
		p.method = http.MethodGet
		p.query.Set("echostr", "8415743210987654321<b>")
		change(p)
		return p.to(h)
	}
	w := get(func(*push) {})
	require.Equal(t, "8415743210987654321<b>", w.Body.String())
	require.Equal(t, "text/plain; charset=utf-8", w.Header().Get("Content-Type"))
	require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	w = get(func(p *push) { p.query.Set("signature", strings.Repeat("0", 40)) })
	require.Equal(t, http.StatusForbidden, w.Code)
	require.Empty(t, w.Body.String())
}

// spoilt are requests that are not from WeChat, each by one change to a good
// one. They get 403, nothing else, and no turn.
var spoilt = map[string]func(*push){
	"no signature":            func(p *push) { p.query.Del("signature"); p.query.Del("msg_signature") },
	"wrong signature":         func(p *push) { flip(p, "signature"); flip(p, "msg_signature") },
	"no timestamp":            func(p *push) { p.query.Del("timestamp") },
	"other nonce":             func(p *push) { p.query.Set("nonce", "1") },
	"signature twice":         func(p *push) { p.query["signature"] = append(p.query["signature"], p.query["signature"][0]) },
	"encrypt_type twice":      func(p *push) { p.query["encrypt_type"] = []string{"raw", "aes"} },
	"overlong value":          func(p *push) { p.query.Set("x", strings.Repeat("x", 257)) },
	"overlong key":            func(p *push) { p.query.Set(strings.Repeat("x", 257), "x") },
	"digits moved to nonce":   func(p *push) { p.query.Set("timestamp", "176722560"); p.query.Set("nonce", "0"+nonce) },
	"digits moved from nonce": func(p *push) { p.query.Set("timestamp", "17672256001"); p.query.Set("nonce", nonce[1:]) },
	"signs in the timestamp":  func(p *push) { p.restamp("+176722560") },
	"too old":                 func(p *push) { p.restamp("1767224999") },
	"too new":                 func(p *push) { p.restamp("1767226201") },
	"another person's openid": func(p *push) { p.query.Set("openid", bob) },
	"an empty openid":         func(p *push) { p.query.Set("openid", "") },
}

func flip(p *push, key string) {
	if old := p.query.Get(key); old != "" {
		p.query.Set(key, "0"+old[1:len(old)-1]+"z")
	}
}

// restamp signs again with another timestamp.
func (p *push) restamp(stamp string) {
	p.query.Set("timestamp", stamp)
	p.query.Set("signature", sign(signToken, stamp, nonce))
	if _, rest, ok := strings.Cut(p.body, "<Encrypt><![CDATA["); ok {
		sealed, _, _ := strings.Cut(rest, "]]>")
		p.query.Set("msg_signature", sign(signToken, stamp, nonce, sealed))
	}
}

func TestNotFromWeChatIsForbidden(t *testing.T) {
	t.Parallel()
	turns := 0
	count := answers(func(bot.Message) bot.Reply { turns++; return bot.Reply{Text: "x"} })
	plain, sealed := setup(t).Callback(count), setup(t, safe).Callback(count)
	for name, spoil := range spoilt {
		t.Run(name, func(t *testing.T) {
			p := plainPush(text(ann, "你好", "1"))
			spoil(p)
			requireForbidden(t, p.to(plain))
			p = safePush(t, aesKey, appID, text(ann, "你好", "1"))
			spoil(p)
			requireForbidden(t, p.to(sealed))
		})
	}
	t.Run("broken query", func(t *testing.T) {
		r := httptest.NewRequest(http.MethodPost, "/wechat/callback", nil)
		r.URL.RawQuery = "timestamp=1767225600;nonce=%zz"
		w := httptest.NewRecorder()
		plain.ServeHTTP(w, r)
		requireForbidden(t, w)
	})
	require.Zero(t, turns)
}

func requireForbidden(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	require.Equal(t, http.StatusForbidden, w.Code)
	require.Empty(t, w.Body.String())
}

func TestSafeModeTrustsTheEnvelopeOnly(t *testing.T) {
	t.Parallel()
	turns := 0
	b := setup(t, safe)
	h := b.Callback(answers(func(bot.Message) bot.Reply { turns++; return bot.Reply{Text: "x"} }))
	for name, p := range map[string]*push{
		"plain body, no encrypt_type":  plainPush(text(ann, "降级", "1")),
		"plain body, raw":              withQuery(plainPush(text(ann, "降级", "1")), "encrypt_type", "raw"),
		"plain body, AES":              withQuery(plainPush(text(ann, "降级", "1")), "encrypt_type", "AES"),
		"plain body, aes":              withQuery(plainPush(text(ann, "降级", "1")), "encrypt_type", "aes"),
		"plain body, signature copied": withQuery(withQuery(plainPush(text(ann, "降级", "1")), "encrypt_type", "aes"), "msg_signature", sign(signToken, "1767225600", nonce)),
		"envelope, no msg_signature":   withQuery(safePush(t, aesKey, appID, text(ann, "x", "1")), "msg_signature", ""),
		"envelope, only signature":     withQuery(safePush(t, aesKey, appID, text(ann, "x", "1")), "msg_signature", sign(signToken, "1767225600", nonce)),
		"another account's app id":     safePush(t, aesKey, "wx9999999999999999", text(ann, "x", "1")),
		"an app id that goes on":       safePush(t, aesKey, appID+"0", text(ann, "x", "1")),
		"a key that is not ours":       safePush(t, previousKey, appID, text(ann, "x", "1")),
		"json":                         {http.MethodPost, "application/json", `{"Encrypt":"x"}`, safePush(t, aesKey, appID, "").query},
	} {
		t.Run(name, func(t *testing.T) { requireForbidden(t, p.to(h)) })
	}
	t.Run("damaged envelopes", func(t *testing.T) {
		good := seal(t, aesKey, appID, text(ann, "x", "1"))
		for _, sealed := range []string{"", "AAAA", good[:len(good)-44], good[:64], "%%%", good + "AAAA", strings.Repeat("A", 128)} {
			p := plainPush("")
			p.enclose(sealed)
			requireForbidden(t, p.to(h))
		}
	})
	require.Zero(t, turns)
}

func withQuery(p *push, key, value string) *push {
	p.query.Set(key, value)
	return p
}

// TestUnreadableIsEmpty holds what is signed but cannot be understood: a retry
// would not help, and the person must not see the fault banner for it.
func TestUnreadableIsEmpty(t *testing.T) {
	t.Parallel()
	turns := 0
	b := setup(t)
	h := b.Callback(answers(func(bot.Message) bot.Reply { turns++; return bot.Reply{Text: "x"} }))
	head := "<xml><ToUserName>" + originalID + "</ToUserName><FromUserName>" + ann + "</FromUserName><CreateTime>1</CreateTime>"
	for name, body := range map[string]string{
		"empty body":         "",
		"no XML":             "hello",
		"json":               `{"FromUserName":"x"}`,
		"null":               "null",
		"cut off":            text(ann, "x", "1")[:150],
		"another root":       "<html>" + head[5:] + "</html>",
		"two roots":          text(ann, "x", "1") + text(ann, "y", "2"),
		"DTD":                `<!DOCTYPE xml [<!ENTITY a "b">]>` + text(ann, "x", "1"),
		"own entity":         head + "<MsgType>text</MsgType><Content>&a;</Content></xml>",
		"nothing in it":      "<xml></xml>",
		"text only":          "<xml>hello</xml>",
		"deep":               head + strings.Repeat("<a>", 50000) + strings.Repeat("</a>", 50000) + "</xml>",
		"many elements":      head + "<MsgType>text</MsgType>" + manyElements(20000) + "</xml>",
		"too big":            text(ann, strings.Repeat("x", 128<<10), "1"),
		"wrong nesting":      head + "<MsgType>text<Content></MsgType></Content></xml>",
		"prefix":             head + "<MsgType>text</MsgType><w:Content>x</w:Content></xml>",
		"text and elements":  head + "<MsgType>text</MsgType><Content>a<b>c</b></Content></xml>",
		"other encoding":     `<?xml version="1.0" encoding="GBK"?>` + text(ann, "x", "1"),
		"sender twice":       text(ann, "x]]></Content><FromUserName>"+bob+"</FromUserName><Content><![CDATA[", "1"),
		"sender with child":  head + "<MsgType>text</MsgType><FromUserName><a>x</a></FromUserName></xml>",
		"content twice":      text(ann, "x]]></Content><Content><![CDATA[y", "1"),
		"type twice":         text(ann, "x]]></Content><MsgType>event</MsgType><Event>SCAN</Event><a><![CDATA[", "1"),
		"text with an event": text(ann, "x]]></Content><Event>SCAN</Event><EventKey><![CDATA[AB12]]></EventKey><a><![CDATA[", "1"),
		"event with text":    head + "<MsgType>event</MsgType><Event>CLICK</Event><EventKey>x</EventKey><Content>y</Content></xml>",
		"event with MsgId":   head + "<MsgType>event</MsgType><Event>CLICK</Event><EventKey>x</EventKey><MsgId>1</MsgId></xml>",
	} {
		t.Run(name, func(t *testing.T) {
			w := plainPush(body).to(h)
			require.Equal(t, http.StatusOK, w.Code)
			require.Empty(t, w.Body.String())
		})
	}
	t.Run("declared as JSON", func(t *testing.T) {
		p := plainPush(text(ann, "x", "1"))
		p.contentType = "application/json; charset=utf-8"
		require.Empty(t, p.to(h).Body.String())
	})
	t.Run("inside an envelope", func(t *testing.T) {
		h := setup(t, safe).Callback(answers(func(bot.Message) bot.Reply { turns++; return bot.Reply{} }))
		w := safePush(t, aesKey, appID, text(ann, "x]]></Content><FromUserName>"+bob+"</FromUserName><Content><![CDATA[", "1")).to(h)
		require.Equal(t, http.StatusOK, w.Code)
		require.Empty(t, w.Body.String())
	})
	require.Zero(t, turns)
	require.Positive(t, testutil.CollectAndCount(b.reg, "huhuqing_callbacks_total"))
}

func manyElements(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<e%d/>", i)
	}
	return b.String()
}

func TestSenderAndAccountAreChecked(t *testing.T) {
	t.Parallel()
	turns := 0
	h := setup(t).Callback(answers(func(bot.Message) bot.Reply { turns++; return bot.Reply{} }))
	for name, from := range map[string]string{
		"empty": "", "short": "oAnn", "path": "../../../../etc/passwd-oAnn", "newline": ann + "\n",
		"long": strings.Repeat("o", 65), "Chinese": strings.Repeat("户", 20),
	} {
		t.Run(name, func(t *testing.T) {
			p := plainPush(text(from, "x", "1"))
			p.query.Del("openid")
			requireForbidden(t, p.to(h))
		})
	}
	t.Run("another account", func(t *testing.T) {
		requireForbidden(t, plainPush(strings.Replace(text(ann, "x", "1"), originalID, "gh_other", 1)).to(h))
	})
	require.Zero(t, turns)
	t.Run("no openid in the URL is fine", func(t *testing.T) {
		p := plainPush(text(ann, "x", "1"))
		p.query.Del("openid")
		require.Equal(t, "success", p.to(h).Body.String())
	})
	t.Run("any account without an original id", func(t *testing.T) {
		h := setup(t, func(o *Options) { o.OriginalID = "" }).Callback(answers(echo))
		w := plainPush(strings.Replace(text(ann, "x", "1"), originalID, "gh_other", 1)).to(h)
		require.Contains(t, w.Body.String(), "<FromUserName><![CDATA[gh_other]]>")
	})
}

func TestMethods(t *testing.T) {
	t.Parallel()
	h := setup(t).Callback(answers(echo))
	for _, method := range []string{http.MethodPut, http.MethodHead, http.MethodDelete, http.MethodOptions} {
		p := plainPush(text(ann, "x", "1"))
		p.method = method
		p.query.Set("echostr", "1")
		w := p.to(h)
		require.Equal(t, http.StatusMethodNotAllowed, w.Code)
		require.Equal(t, "GET, POST", w.Header().Get("Allow"))
	}
}

// TestNumbersLoseNoMessage holds the values on which typed structs fail
// (wechat.md §2.3).
func TestNumbersLoseNoMessage(t *testing.T) {
	t.Parallel()
	var got bot.Message
	h := setup(t).Callback(answers(func(m bot.Message) bot.Reply { got = m; return bot.Reply{} }))
	for name, body := range map[string]string{
		"menu id of letters": strings.Replace(text(ann, "是", "1"), "<MsgId>", "<bizmsgmenuid>chatwiki_0</bizmsgmenuid><MsgId>", 1),
		"MsgId over int64":   text(ann, "是", "99999999999999999999999"),
		"MsgId of letters":   text(ann, "是", "abc-1"),
		"CreateTime unread":  strings.Replace(text(ann, "是", "1"), "1767225600", "soon", 1),
		"CreateTime in ms":   strings.Replace(text(ann, "是", "1"), "1767225600", "1767225600000", 1),
		"unknown elements":   strings.Replace(text(ann, "是", "1"), "<MsgId>", "<MediaId16K>a</MediaId16K><MsgDataId/><New><A><B>1</B><B>2</B></A></New><MsgId>", 1),
		"BOM and prolog":     "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text(ann, "是", "1") + "\n",
		"broken UTF-8":       text(ann, "是\xff\xfe", "1"),
		"U+FFFF":             text(ann, "是\uffff\ufffe", "1"),
		"indented":           strings.NewReplacer("><T", ">\n  <T", "><F", ">\n  <F", "><C", ">\n  <C", "><M", ">\n  <M", "></xml>", ">\n</xml>").Replace(text(ann, "是", "1")),
	} {
		t.Run(name, func(t *testing.T) {
			got = bot.Message{}
			require.Equal(t, "success", plainPush(body).to(h).Body.String())
			require.Equal(t, "是", got.Input().Text)
			require.Equal(t, clock.Unix(), got.At.Unix())
		})
	}
	t.Run("the year 2039", func(t *testing.T) {
		late := time.Unix(2177452800, 0)
		h := setup(t, safe, func(o *Options) { o.Now = func() time.Time { return late } }).Callback(answers(echo))
		p := safePush(t, aesKey, appID, text(ann, "x", "1"))
		p.restamp("2177452800")
		require.Equal(t, http.StatusOK, p.to(h).Code)
	})
}

func TestEventsAreDecoded(t *testing.T) {
	t.Parallel()
	var got bot.Message
	h := setup(t).Callback(answers(func(m bot.Message) bot.Reply { got = m; return bot.Reply{} }))
	event := func(rest string) {
		w := plainPush("<xml><ToUserName>" + originalID + "</ToUserName><FromUserName>" + ann + "</FromUserName><CreateTime>1767225600</CreateTime><MsgType><![CDATA[event]]></MsgType>" + rest + "</xml>").to(h)
		require.Equal(t, "success", w.Body.String())
	}
	event("<Event>TEMPLATESENDJOBFINISH</Event><MsgID>1234567890123456789</MsgID><Status>failed:user block</Status>")
	require.Equal(t, "1234567890123456789", got.ID)
	require.Equal(t, "failed:user block", got.Field("Status"))
	event("<Event>scancode_waitmsg</Event><EventKey>扫</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>AB12</ScanResult></ScanCodeInfo>")
	require.Equal(t, "AB12", got.Input().Text)
	event("<Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent><List><TemplateId>a</TemplateId></List><List><TemplateId>b</TemplateId></List></SubscribeMsgPopupEvent>")
	require.Equal(t, []bot.Field{{Name: "SubscribeMsgPopupEvent/List/TemplateId", Value: "a"}, {Name: "SubscribeMsgPopupEvent/List/TemplateId", Value: "b"}}, got.Fields[5:])
	event("<Event>subscribe_msg_sent_event</Event><SubscribeMsgSentEvent><List><MsgID>77</MsgID></List></SubscribeMsgSentEvent>")
	require.Equal(t, "77", got.ID)
}

func TestPanicIsAnsweredWithNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.Callback(answers(func(bot.Message) bot.Reply { panic("张大有") }))
	w := plainPush(text(ann, "x", "1")).to(h)
	require.Equal(t, http.StatusOK, w.Code)
	require.Empty(t, w.Body.String())
	require.Contains(t, b.log.String(), "panic in callback")
	require.NotContains(t, b.log.String(), "张大有")
}

// gone is a client that hung up.
type gone struct{ *httptest.ResponseRecorder }

func (gone) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestClientGoneIsNoPanic(t *testing.T) {
	t.Parallel()
	h := setup(t).Callback(answers(echo))
	p := plainPush(text(ann, "x", "1"))
	r := httptest.NewRequest(p.method, "/?"+p.query.Encode(), strings.NewReader(p.body))
	require.NotPanics(t, func() { h.ServeHTTP(gone{httptest.NewRecorder()}, r) })
}

func TestLongAnswerGoesOnAsCustomerMessages(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var sent []string
	api := platform(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/cgi-bin/stable_token" {
			reply(w, `{"access_token":"T1","expires_in":7200}`)
			return
		}
		mu.Lock()
		sent = append(sent, string(body))
		mu.Unlock()
		reply(w, `{"errcode":0}`)
	})
	b := setup(t, api)
	long := strings.Repeat("第一句话说完了。", 200)
	h := b.Callback(answers(func(bot.Message) bot.Reply { return bot.Reply{Text: long} }))
	w := plainPush(text(ann, "x", "1")).to(h)
	require.Contains(t, w.Body.String(), b.texts.More+"]]>")
	require.Equal(t, w.Body.String(), plainPush(text(ann, "x", "1")).to(h).Body.String(), "a retry gets the first part and no other")
	require.NoError(t, b.Shutdown(t.Context()))
	require.Len(t, sent, 2)
	require.Contains(t, sent[0], b.texts.More)
	require.NotContains(t, sent[1], b.texts.More)
	require.Contains(t, sent[0], `"touser":"`+ann+`"`)
}

func TestNobodyGetsAnothersReply(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Options){"plain": func(*Options) {}, "safe": safe} {
		t.Run(name, func(t *testing.T) {
			h := setup(t, change).Callback(answers(func(m bot.Message) bot.Reply { return bot.Reply{Text: m.From + m.Field("Content")} }))
			var wg sync.WaitGroup
			for i := range 1000 {
				wg.Go(func() {
					who, says := fmt.Sprintf("oPERF%022d", i), fmt.Sprintf("第%d句", i)
					p := plainPush(text(who, says, "1"))
					if name == "safe" {
						p = safePush(t, aesKey, appID, text(who, says, "1"))
					}
					p.query.Set("openid", who)
					body := p.to(h).Body.String()
					if name == "safe" {
						body = opened(t, aesKey, body)
					}
					if want := strings.ReplaceAll(fmt.Sprintf(replyXML, who+says), ann, who); body != want {
						t.Errorf("got %s, want %s", body, want)
					}
				})
			}
			wg.Wait()
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(text(ann, "x", "1")))
	f.Add([]byte("<xml><a><b>1</b><b>2</b></a></xml>"))
	f.Add([]byte("<xml><a/>\x02\xff</xml>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		fields, err := parse(sanitize(body))
		if err != nil {
			require.ErrorAs(t, err, new(unreadable))
			return
		}
		seen := map[string]bool{}
		for _, field := range fields {
			require.False(t, !strings.Contains(field.Name, "/") && seen[field.Name], "top-level name twice")
			seen[field.Name] = true
		}
		_, _ = decode(fields, clock)
	})
}

func BenchmarkCallback(b *testing.B) {
	for name, change := range map[string]func(*Options){"plain": func(*Options) {}, "safe": safe} {
		b.Run(name, func(b *testing.B) {
			h := setup(b, change).Callback(answers(echo))
			p := plainPush(text(ann, "耕地3亩半 林地5亩 没有水面", "24000000000000001"))
			if name == "safe" {
				p = safePush(b, aesKey, appID, text(ann, "耕地3亩半 林地5亩 没有水面", "24000000000000001"))
			}
			target, _ := url.Parse("/wechat/callback?" + p.query.Encode())
			b.ReportAllocs()
			for b.Loop() {
				r := &http.Request{Method: http.MethodPost, URL: target, Header: http.Header{"Content-Type": {"text/xml"}},
					Body: io.NopCloser(strings.NewReader(p.body)), ContentLength: int64(len(p.body))}
				w := httptest.ResponseRecorder{}
				h.ServeHTTP(&w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
