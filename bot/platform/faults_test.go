package platform

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// ready is a world where ann may be written to.
func ready(t *testing.T) (*world, *Phone) {
	t.Helper()
	w := setup(t, nil)
	u := w.follower(ann)
	_, err := u.Say(t.Context(), "1")
	require.NoError(t, err)
	return w, u
}

func TestErrorCodesOnDemand(t *testing.T) {
	t.Parallel()
	for _, errcode := range []int{-1, 45009, 43004, 43101, 40001} {
		w, u := ready(t)
		w.SetFaults(Faults{API: []APIFault{{Path: customPath, ErrCode: errcode, Times: 2}}})
		require.Equal(t, errcode, w.post(customPath, custom(ann, "a")))
		require.Equal(t, errcode, w.post(customPath, custom(ann, "a")))
		require.True(t, u.Unread().Silent())
		require.Zero(t, w.post(customPath, custom(ann, "b")))
		require.Equal(t, "b", u.Unread().Text)
	}
}

func TestFaultsChooseTheirCalls(t *testing.T) {
	t.Parallel()
	w, _ := ready(t)
	w.follower(bob)
	w.SetFaults(Faults{API: []APIFault{{Path: "/cgi-bin/message/", OpenID: bob, Every: 2, Status: 500}}})
	token := w.token()
	send := func(openid string) int {
		status, _ := w.fetch(customPath+"?access_token="+token, custom(openid, "a"))
		return status
	}
	require.Equal(t, []int{200, 200, 500, 200}, []int{send(ann), send(bob), send(bob), send(ann)})
}

func TestTheWorkMayBeDoneAndTheAnswerLost(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]APIFault{
		"dropped": {After: true, Drop: true, Path: templatePath},
		"timeout": {After: true, Hang: true, Path: templatePath},
		"slow":    {Delay: time.Minute, Path: templatePath},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, u := ready(t)
			w.SetFaults(Faults{API: []APIFault{fault}})
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			path, token := templatePath+"?access_token=", w.token()
			_, _, err := w.do(ctx, http.MethodPost, path+token, `{"touser":"`+ann+`","template_id":"due","client_msg_id":"r-1","data":{"thing1":{"value":"x"}}}`)
			require.Error(t, err)
			w.SetFaults(Faults{})
			again := template(ann, "due", "", map[string]string{"thing1": "x"})
			again["client_msg_id"] = "r-1"
			require.Zero(t, w.post(templatePath, again))
			require.Len(t, u.Unread().Parts, 1, "the repetition was recognised")
			require.NoError(t, w.Settle(t.Context()))
			require.Len(t, w.pushes(jobFinish), 1)
		})
	}
}

func TestEverythingRefused(t *testing.T) {
	t.Parallel()
	w, u := ready(t)
	token := w.token()
	w.SetFaults(Faults{RefuseAll: true})
	_, _, err := w.do(t.Context(), http.MethodPost, customPath+"?access_token="+token, "{}")
	require.Error(t, err)
	got, err := u.Say(t.Context(), "在吗")
	require.NoError(t, err)
	require.Equal(t, "你说：在吗", got.Text, "people still reach the bot")
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	for _, together := range []bool{false, true} {
		w, u := ready(t)
		w.SetFaults(Faults{DuplicateMessages: 2, DuplicateOutcomes: 3, Together: together})
		got, err := u.Say(t.Context(), "一次")
		require.NoError(t, err)
		require.Equal(t, "你说：一次", got.Text)
		heard := w.pushes("text")[1:]
		require.Len(t, heard, 3)
		require.Equal(t, heard[0].clear, heard[2].clear)
		require.Zero(t, w.post(templatePath, template(ann, "due", "", map[string]string{"thing1": "x"})))
		require.NoError(t, w.Settle(t.Context()))
		require.Len(t, w.pushes(jobFinish), 4)
	}
}

func TestOutcomesOnDemand(t *testing.T) {
	t.Parallel()
	w, u := ready(t)
	body := template(ann, "due", "", map[string]string{"thing1": "x"})
	w.SetFaults(Faults{Outcome: "failed: system failed"})
	require.Zero(t, w.post(templatePath, body))
	require.NoError(t, w.Settle(t.Context()))
	require.Equal(t, "failed: system failed", w.pushes(jobFinish)[0].msg.Status)
	require.True(t, u.Unread().Silent())
	w.SetFaults(Faults{LoseOutcome: true})
	require.Zero(t, w.post(templatePath, body))
	require.NoError(t, w.Settle(t.Context()))
	require.Len(t, w.pushes(jobFinish), 1)
	require.False(t, u.Unread().Silent())
}

func TestUnescapedCDATA(t *testing.T) {
	t.Parallel()
	w, u := ready(t)
	w.SetFaults(Faults{RawCDATA: true})
	_, err := u.Say(t.Context(), "a]]></Content><FromUserName>"+bob+"</FromUserName><Content><![CDATA[b")
	require.NoError(t, err)
	require.Contains(t, w.pushes("text")[1].clear, "<FromUserName>"+bob)
}

func TestTheRecordIsComplete(t *testing.T) {
	t.Parallel()
	w, _ := ready(t)
	w.SetFaults(Faults{LoseAnswers: 1, API: []APIFault{{Path: customPath, ErrCode: 45009, After: true}}})
	_, err := w.User(ann).Say(t.Context(), "2")
	require.NoError(t, err)
	require.Equal(t, 45009, w.post(customPath, custom(ann, "a")))
	var kinds []string
	record := w.RecordOf(ann)
	for _, e := range record {
		kinds = append(kinds, e.Kind+" "+e.Type)
		require.False(t, e.At.IsZero())
	}
	require.Equal(t, []string{
		"shown notice", "push subscribe", "shown text", "push text", "shown text",
		"shown text", "push text", "push text", "shown text", "api text", "shown text",
	}, kinds)
	call := record[9]
	require.True(t, call.Faulty && call.Done)
	require.Equal(t, 45009, call.ErrCode)
	require.NotEmpty(t, call.RID)
	require.Equal(t, 2, record[7].Try)
}

func TestAdminIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	w, _ := ready(t)
	put := func(body, from, origin string) int {
		r := httptest.NewRequest(http.MethodPut, "/admin/faults", strings.NewReader(body))
		r.RemoteAddr = from
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		out := httptest.NewRecorder()
		w.Handler().ServeHTTP(out, r)
		return out.Code
	}
	require.Equal(t, 200, put(`{"api":[{"path":"/cgi-bin/user","errcode":-1}]}`, "127.0.0.1:5", ""))
	require.Equal(t, -1, w.Faults().API[0].ErrCode)
	require.Equal(t, 400, put(`{"smoke":1}`, "[::1]:5", ""))
	require.Equal(t, 403, put(`{}`, "192.168.1.7:5", ""))
	require.Equal(t, 403, put(`{}`, "127.0.0.1:5", "https://evil.example"))

	status, _, err := w.do(t.Context(), http.MethodDelete, "/admin/faults", "")
	require.NoError(t, err)
	require.Equal(t, 200, status)
	require.Empty(t, w.Faults().API)
	token := w.token()
	_, _, err = w.do(t.Context(), http.MethodPost, "/admin/tokens/expire", "")
	require.NoError(t, err)
	require.Equal(t, 42001, code(w.call("/cgi-bin/user/get?access_token="+token, nil)))
	_, raw := w.fetch("/admin/record?openid="+ann, nil)
	var record []Entry
	require.NoError(t, json.Unmarshal([]byte(raw), &record))
	require.Len(t, record, len(w.RecordOf(ann)))
}

func TestOutcomeEventsComeTwiceOrNotAtAll(t *testing.T) {
	t.Parallel()
	w, u := ready(t)
	_, err := u.Subscribe(t.Context(), "sub", true)
	require.NoError(t, err)
	_, err = u.Subscribe(t.Context(), "sub", true)
	require.NoError(t, err)
	send := func() {
		t.Helper()
		require.Zero(t, w.post("/cgi-bin/message/subscribe/bizsend", template(ann, "sub", "", map[string]string{"thing1": "x"})))
		require.NoError(t, w.Settle(t.Context()))
	}
	w.SetFaults(Faults{DuplicateOutcomes: 2})
	send()
	require.Len(t, w.pushes(subscribeSent), 3)
	w.SetFaults(Faults{LoseOutcome: true})
	send()
	require.Len(t, w.pushes(subscribeSent), 3)
	require.Len(t, w.Pushed()[ann], 2)
	require.Equal(t, ViaSubscribe, w.Pushed()[ann][0].Via)
}
