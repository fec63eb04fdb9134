package platform

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const menuText = `住房等级？
<a href="weixin://bizmsgmenu?msgmenucontent=A%E7%BA%A7&msgmenuid=7.1">1 A级</a>
<a href="weixin://bizmsgmenu?msgmenucontent=C%26D&msgmenuid=7.2">2 C&D级</a>
<a href="weixin://bizmsgmenu?msgmenucontent=x">dead</a> 详见 https://x.cn/h/ab?c=1。`

func TestOptionsAreSeenAndTapped(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	w.answers(func(out http.ResponseWriter, h heard) { w.reply(out, h, textReply(h, menuText)) })
	got, err := u.Say(t.Context(), "住房")
	require.NoError(t, err)
	require.Equal(t, "住房等级？\n1 A级\n2 C&D级\ndead 详见 https://x.cn/h/ab?c=1。", got.Text)
	require.Equal(t, []Option{{Label: "1 A级", Say: "A级", ID: "7.1"}, {Label: "2 C&D级", Say: "C&D", ID: "7.2"}}, got.Options)
	require.Equal(t, []Link{{Label: "https://x.cn/h/ab?c=1", URL: "https://x.cn/h/ab?c=1"}}, got.Links)

	for _, tap := range []func() error{
		func() error { _, err := u.Tap(t.Context(), "2 C&D级"); return err },
		func() error { _, err := u.Tap(t.Context(), "C&D"); return err },
		func() error { _, err := u.TapNth(t.Context(), 2); return err },
	} {
		require.NoError(t, tap())
		last := w.pushes("text")[len(w.pushes("text"))-1]
		require.Equal(t, "C&D", last.msg.Content)
		require.Equal(t, "7.2", last.msg.MenuID)
	}
	_, err = u.Tap(t.Context(), "没有的")
	require.ErrorIs(t, err, ErrNoSuchOption)
	_, err = u.TapNth(t.Context(), 9)
	require.ErrorIs(t, err, ErrNoSuchOption)
}

func TestWhatAPersonCanSend(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	do := func(_ Answer, err error) { t.Helper(); require.NoError(t, err) }
	picture := []byte("\x89PNG\r\n\x1a\n....")

	do(u.Photo(t.Context(), picture))
	image := w.pushes("image")[0].msg
	status, body, err := w.do(t.Context(), http.MethodGet, image.PicURL[len(w.api.URL):], "")
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, string(picture), body)
	_, body = w.fetch("/cgi-bin/media/get?access_token="+w.token()+"&media_id="+image.MediaID, nil)
	require.Equal(t, string(picture), body)

	do(u.Voice(t.Context(), "三组张大有"))
	require.Equal(t, "三组张大有", w.pushes("voice")[0].msg.Recognition)
	do(u.Voice(t.Context(), ""))
	require.NotContains(t, w.pushes("voice")[1].clear, "Recognition")

	do(u.Place(t.Context(), 25.04, 102.71, "三组村口"))
	place := w.pushes("location")[0].msg
	require.Equal(t, [3]string{"25.040000", "102.710000", "三组村口"}, [3]string{place.X, place.Y, place.Label})

	do(u.File(t.Context(), "名单.xlsx", []byte("x")))
	require.Len(t, w.pushes("file"), 1)
	do(u.Video(t.Context(), []byte("mp4")))
	do(u.Send(t.Context(), Message{Type: "link", Title: "t", URL: "https://x.cn"}))
	do(u.Report(t.Context(), 25, 102))
	do(u.Code(t.Context(), "scan", "SN1", true))
	do(u.View(t.Context(), "https://x.cn"))
	do(u.Subscribe(t.Context(), "tpl", true))
	do(u.Unsubscribe(t.Context(), "tpl"))
	do(u.Raise(t.Context(), Event{Name: "kf_create_session", Extra: "<KfAccount>a</KfAccount>"}))
	for _, kind := range []string{"video", "link", "LOCATION", "scancode_waitmsg", "VIEW", "subscribe_msg_popup_event", "subscribe_msg_change_event", "kf_create_session"} {
		require.Len(t, w.pushes(kind), 1, kind)
	}
}

func TestFollowScanAndUnfollow(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.User(ann)
	_, err := u.Say(t.Context(), "你好")
	require.ErrorIs(t, err, ErrNotFollowing)

	out := w.call("/cgi-bin/qrcode/create?access_token="+w.token(), map[string]any{"expire_seconds": 600, "action_name": "QR_STR_SCENE",
		"action_info": map[string]any{"scene": map[string]string{"scene_str": "invite-7"}}})
	ticket := out["ticket"].(string)
	_, err = u.ScanTicket(t.Context(), ticket)
	require.NoError(t, err)
	subscribe := w.pushes("subscribe")[0].msg
	require.Equal(t, [2]string{"qrscene_invite-7", ticket}, [2]string{subscribe.Key, subscribe.Ticket})

	_, err = u.Scan(t.Context(), "invite-8")
	require.NoError(t, err)
	require.Equal(t, "invite-8", w.pushes("SCAN")[0].msg.Key)

	_, err = u.Unfollow(t.Context())
	require.NoError(t, err)
	require.Len(t, w.pushes("unsubscribe"), 1)
	require.Equal(t, 45015, w.post("/cgi-bin/message/custom/send", custom(ann, "还在吗")))

	w.clock.Add(601 * time.Second)
	_, err = u.ScanTicket(t.Context(), ticket)
	require.ErrorIs(t, err, ErrTicketInvalid)
}

func TestRepliesToEventsThatTakeNone(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	w.answers(func(out http.ResponseWriter, h heard) { w.reply(out, h, textReply(h, "收到")) })
	shown, err := u.Click(t.Context(), "todo")
	require.NoError(t, err)
	require.Equal(t, "收到", shown.Text)
	unseen, err := u.View(t.Context(), "https://x.cn")
	require.NoError(t, err)
	require.True(t, unseen.Silent())
	w.answers(func(out http.ResponseWriter, _ heard) { _, _ = io.WriteString(out, "{}") })
	failed, err := u.View(t.Context(), "https://x.cn")
	require.NoError(t, err)
	require.False(t, failed.Failed)
	require.NotEmpty(t, failed.Trouble)
}

func TestALateAnswerIsWaitedFor(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	release := make(chan struct{})
	w.answers(func(out http.ResponseWriter, h heard) { _, _ = io.WriteString(out, "success"); close(release) })
	got, err := u.Say(t.Context(), "汇总")
	require.NoError(t, err)
	require.True(t, got.Silent())
	<-release
	sent := make(chan int, 1)
	go func() { sent <- w.post("/cgi-bin/message/custom/send", custom(ann, "共 41 户")) }()
	late, err := u.Wait(t.Context())
	require.NoError(t, err)
	require.Equal(t, "共 41 户", late.Text)
	require.Zero(t, <-sent)
	require.Equal(t, ViaCustomer, late.Parts[0].Via)
	require.True(t, u.Unread().Silent())
}

func TestPeopleChatsAndMediaSurviveARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	keep := func(o *Options) { o.Dir = dir }
	w := setup(t, keep)
	w.Introduce(User{OpenID: ann, Name: "安大姐", Role: "村干部", Place: "清水村"})
	u := w.follower(ann)
	_, err := u.Say(t.Context(), "第一句")
	require.NoError(t, err)
	_, err = u.Photo(t.Context(), []byte("\x89PNG\r\n\x1a\n"))
	require.NoError(t, err)
	require.Zero(t, w.post("/cgi-bin/menu/create", map[string]any{"button": []Button{{Type: "click", Name: "待办", Key: "todo"}}}))
	before := u.Chat()
	require.NoError(t, w.Close())

	again := setup(t, keep)
	require.Equal(t, before, again.User(ann).Chat())
	require.Equal(t, "安大姐", again.people[ann].Name)
	require.Equal(t, "待办", again.menu[0].Name)
	got, err := again.User(ann).Say(t.Context(), "第二句")
	require.NoError(t, err)
	require.Equal(t, "你说：第二句", got.Text)
	require.Greater(t, got.Parts[0].Seq, before[len(before)-1].Seq)
	status, _ := again.fetch(before[len(before)-1].Media, nil)
	require.Equal(t, http.StatusOK, status)
}
