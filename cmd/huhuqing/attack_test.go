package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// Requests that WeChat did not make are refused, or read as nothing, and leave no trace.
func TestForgedRequestsChangeNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		s := w.serve()
		u := w.cadre("李红", dawan)
		u.say(opening)
		before := w.traces(t)
		for name, a := range w.attacks(u.OpenID()) {
			status, body := a.push.to(t, s.url)
			require.Equal(t, a.status, status, name)
			require.Empty(t, body, name)
			require.Equal(t, before, w.traces(t), "%s left a trace", name)
		}
		require.Contains(t, u.say("继续"), "属于哪一类", "and nobody else is disturbed")
		_, metrics := s.get(t, "/metrics")
		require.Contains(t, metrics, `huhuqing_callbacks_total{result="forbidden_signature"}`)
		require.Contains(t, metrics, `huhuqing_callbacks_total{result="unreadable_duplicate"}`)
	})
}

// traces are the rows that any turn would add to.
func (w *world) traces(t *testing.T) [3]int {
	t.Helper()
	return [3]int{w.count(t, "SELECT COUNT(*) FROM turns"), w.count(t, "SELECT COUNT(*) FROM bindings"), w.count(t, "SELECT SUM(version) FROM drafts")}
}

type attack struct {
	push   posted
	status int
}

// attacks are requests in the name of a bound cadre.
func (w *world) attacks(openid string) map[string]attack {
	victim := w.text(openid, "解绑", "1")
	change := func(status int, how func(p *posted)) attack {
		p := w.signed(openid, victim)
		how(&p)
		return attack{p, status}
	}
	resigned := func(at time.Time) func(p *posted) {
		return func(p *posted) {
			for key, values := range w.signature(at, "1") {
				p.query[key] = values
			}
			if w.mode == platform.Safe {
				w.enclose(p, victim)
			}
		}
	}
	other := newOpenID()
	broken := strings.Replace(victim, "</MsgId>", "</MsgId><FromUserName><![CDATA["+other+"]]></FromUserName>", 1)
	all := map[string]attack{
		"unsigned":        change(http.StatusForbidden, func(p *posted) { p.query = url.Values{"openid": {openid}} }),
		"wrong signature": change(http.StatusForbidden, func(p *posted) { p.query.Set("signature", sign("x")); p.query.Set("msg_signature", sign("y")) }),
		"signed with an empty token": change(http.StatusForbidden, func(p *posted) {
			p.query.Set("signature", sign("", p.query.Get("timestamp"), p.query.Get("nonce")))
			p.query.Del("msg_signature")
		}),
		"stale":                          change(http.StatusForbidden, resigned(time.Now().Add(-11*time.Minute))),
		"from the future":                change(http.StatusForbidden, resigned(time.Now().Add(11*time.Minute))),
		"two signatures":                 change(http.StatusForbidden, func(p *posted) { p.query.Add("signature", p.query.Get("signature")) }),
		"another openid in the URL":      change(http.StatusForbidden, func(p *posted) { p.query.Set("openid", other) }),
		"no time":                        change(http.StatusForbidden, func(p *posted) { p.query.Del("timestamp") }),
		"an account that is not ours":    {w.signed(openid, strings.Replace(victim, w.gh, "gh_0", 1)), http.StatusForbidden},
		"a sender that is no openid":     {w.signed("../x", strings.ReplaceAll(victim, openid, "../x")), http.StatusForbidden},
		"another method":                 change(http.StatusMethodNotAllowed, func(p *posted) { p.method = http.MethodPut }),
		"GET without signature":          {posted{method: http.MethodGet, query: url.Values{"echostr": {"1"}}}, http.StatusForbidden},
		"a second sender":                {w.signed(openid, broken), http.StatusOK},
		"a document type":                {w.signed(openid, `<!DOCTYPE xml [<!ENTITY a "b">]>`+victim), http.StatusOK},
		"an event that carries a text":   {w.signed(openid, w.body(openid, "event", "<Event>CLICK</Event><EventKey>解绑</EventKey><Content>解绑</Content>")), http.StatusOK},
		"signed, but no message at all":  {w.signed(openid, "<xml></xml>"), http.StatusOK},
		"signed, but nonsense":           {w.signed(openid, "<xml><ToUserName>"), http.StatusOK},
		"signed, but half of an element": {w.signed(openid, victim[:len(victim)/2]), http.StatusOK},
	}
	unread := http.StatusOK // authentic as far as the signature goes; in safe mode that cannot be said of it
	if w.mode == platform.Safe {
		unread = http.StatusForbidden
		all["a clear body in safe mode"] = change(http.StatusForbidden, func(p *posted) { p.body = victim })
		all["a clear body without a type"] = change(http.StatusForbidden, func(p *posted) { p.body = victim; p.query.Del("encrypt_type"); p.query.Del("msg_signature") })
		all["a clear body called raw"] = change(http.StatusForbidden, func(p *posted) { p.body = victim; p.query.Set("encrypt_type", "raw") })
		all["another message in the envelope"] = change(http.StatusForbidden, func(p *posted) {
			head, _, _ := strings.Cut(p.body, "<Encrypt>")
			p.body = head + "<Encrypt><![CDATA[" + w.seal(victim) + "]]></Encrypt></xml>"
		})
	}
	all["JSON"] = change(unread, func(p *posted) { p.contentType, p.body = "application/json", `{"FromUserName":"`+openid+`"}` })
	all["null"] = change(unread, func(p *posted) { p.body = "null" })
	all["200 KiB"] = change(unread, func(p *posted) { p.body = strings.Replace(p.body, "</xml>", strings.Repeat(" ", 200<<10)+"</xml>", 1) })
	return all
}

// What looks like an attack but is a person, or WeChat itself, is answered.
func TestOddButAuthenticRequestsAreAnswered(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		s := w.serve()
		u := w.cadre("李红", dawan)
		require.NoError(t, w.wechat.Verify(t.Context()), "the console checks the URL")

		for _, text := range []string{"\u0002\u0008帮助\u001d", "\ufeff帮助", "帮助\u200b", "帮\u202e助"} {
			require.Contains(t, u.say(text), "入户", "%q", text)
		}
		long := strings.Repeat("很长", 3000)
		require.NotEmpty(t, u.say(long))
		require.NotEmpty(t, u.say("<xml><Content>]]></xml>"))
		require.NotEmpty(t, w.deliver(s, u.OpenID(), w.text(u.OpenID(), "帮助", "not-a-number")), "an id of letters")
		require.NotEmpty(t, w.deliver(s, u.OpenID(), w.text(u.OpenID(), "帮助", strings.Repeat("9", 30))), "an id beyond int64")
		tap := strings.Replace(w.text(u.OpenID(), "帮助", "77"), "</MsgId>", "</MsgId><bizmsgmenuid>chat_passive_12_0</bizmsgmenuid>", 1)
		require.NotEmpty(t, w.deliver(s, u.OpenID(), tap), "a menu id of letters")

		require.NotEmpty(t, w.deliver(s, u.OpenID(), w.body(u.OpenID(), "hologram", "<MsgId>5</MsgId>")), "a type of tomorrow")
		for _, event := range []string{"VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "user_info_modified", "kf_create_session", "subscribe_msg_popup_event"} {
			require.Empty(t, w.deliver(s, u.OpenID(), w.body(u.OpenID(), "event", "<Event>"+event+"</Event>")), "%s wants no answer", event)
		}
		status, _ := w.signed(u.OpenID(), w.body(u.OpenID(), "event", "<Event>of_tomorrow</Event>")).to(t, s.url)
		require.Equal(t, http.StatusOK, status)
	})
}
