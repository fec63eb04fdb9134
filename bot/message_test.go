package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/dialog"
)

// msg makes a message of alternating names and values.
func msg(kind string, pairs ...string) bot.Message {
	m := bot.Message{From: ann, Type: kind, At: time.Unix(1767225600, 0)}
	for i := 0; i < len(pairs); i += 2 {
		m.Fields = append(m.Fields, bot.Field{Name: pairs[i], Value: pairs[i+1]})
	}
	m.Event, m.EventKey = m.Field("Event"), m.Field("EventKey")
	m.ID = m.Field("MsgId") + m.Field("MsgID")
	return m
}

func TestInputByType(t *testing.T) {
	t.Parallel()
	in := func(kind dialog.InputKind, text string) dialog.Input { return dialog.Input{Kind: kind, Text: text} }
	media := func(kind dialog.InputKind) dialog.Input { return dialog.Input{Kind: kind, Media: "M1"} }
	for name, c := range map[string]struct {
		m    bot.Message
		want dialog.Input
	}{
		"text":                       {msg("text", "Content", "入户 张大有"), in("text", "入户 张大有")},
		"text without content":       {msg("text"), in("text", "")},
		"tap with a number":          {msg("text", "Content", "是", "bizmsgmenuid", "3"), dialog.Input{Kind: "text", Text: "是", Tap: "3"}},
		"tap with any id":            {msg("text", "Content", "是", "bizmsgmenuid", "chatwiki_0"), dialog.Input{Kind: "text", Text: "是", Tap: "chatwiki_0"}},
		"control characters":         {msg("text", "Content", "张\u0002大\u001d有\r\n三组\u200b"), in("text", "张大有\n三组")},
		"photo":                      {msg("image", "PicUrl", "http://x", "MediaId", "M1"), media("photo")},
		"voice":                      {msg("voice", "MediaId", "M1", "Format", "amr", "Recognition", ""), media("voice")},
		"voice with recognised text": {msg("voice", "MediaId", "M1", "Recognition", "耕地三亩"), in("text", "耕地三亩")},
		"video":                      {msg("video", "MediaId", "M1"), media("video")},
		"short video":                {msg("shortvideo", "MediaId", "M1"), media("video")},
		"link":                       {msg("link", "Title", "通知", "Url", "http://x"), in("link", "通知")},
		"file":                       {msg("file", "Title", "花名册.xlsx"), in("file", "花名册.xlsx")},
		"unknown type":               {msg("hologram", "X", "1"), in("other", "hologram")},
		"a type named like an event": {msg("unsubscribe"), in("other", "unsubscribe")},
		"an event named like a type": {msg("event", "Event", "text"), in("other", "text")},
		"place without a number":     {msg("location", "Location_X", "north", "Location_Y", "99"), in("other", "location")},
		"place that is NaN":          {msg("location", "Location_X", "NaN", "Location_Y", "99"), in("other", "location")},
		"place off the globe":        {msg("location", "Location_X", "91", "Location_Y", "99"), in("other", "location")},
		"place": {msg("location", "Location_X", "25.04", "Location_Y", "102.71", "Scale", "20", "Label", "三组"),
			dialog.Input{Kind: "place", Place: &dialog.Place{Lat: 25.04, Lng: 102.71, Label: "三组"}}},
		"follow":                    {msg("event", "Event", "subscribe", "EventKey", ""), in("follow", "")},
		"follow by code":            {msg("event", "Event", "subscribe", "EventKey", "qrscene_AB12", "Ticket", "t"), in("follow", "AB12")},
		"follow after a payment":    {msg("event", "Event", "subscribe", "EventKey", "last_trade_no_1"), in("follow", "")},
		"scan":                      {msg("event", "Event", "SCAN", "EventKey", "AB12", "Ticket", "t"), in("scan", "AB12")},
		"scan by a menu button":     {msg("event", "Event", "scancode_waitmsg", "EventKey", "扫码", "ScanCodeInfo/ScanType", "qrcode", "ScanCodeInfo/ScanResult", "AB12"), in("scan", "AB12")},
		"scan by a pushing button":  {msg("event", "Event", "scancode_push", "EventKey", "扫码", "ScanCodeInfo/ScanResult", "AB12"), in("scan", "AB12")},
		"menu":                      {msg("event", "Event", "CLICK", "EventKey", "待办"), in("menu", "待办")},
		"unfollow":                  {msg("event", "Event", "unsubscribe"), in("unfollow", "")},
		"unknown event":             {msg("event", "Event", "teleported"), in("other", "teleported")},
		"notice asked for as input": {msg("event", "Event", "VIEW", "EventKey", "http://x"), in("other", "VIEW")},
	} {
		t.Run(name, func(t *testing.T) {
			want := c.want
			want.Key, want.User, want.At = c.m.Key(), ann, c.m.At
			require.Equal(t, want, c.m.Input())
		})
	}
}

func TestTextIsBounded(t *testing.T) {
	t.Parallel()
	in := msg("text", "Content", strings.Repeat("户", 3000)).Input()
	require.Equal(t, strings.Repeat("户", dialog.MaxText/3), in.Text)
}

func TestNoticeEvents(t *testing.T) {
	t.Parallel()
	for _, event := range []string{"LOCATION", "VIEW", "view_miniprogram", "TEMPLATESENDJOBFINISH", "location_select",
		"pic_sysphoto", "pic_photo_or_album", "pic_weixin", "subscribe_msg_popup_event", "subscribe_msg_change_event",
		"subscribe_msg_sent_event", "kf_create_session", "kf_close_session", "user_info_modified", "user_authorization_revoke"} {
		require.True(t, msg("event", "Event", event).Notice(), event)
		require.Equal(t, "notice", msg("event", "Event", event).Kind())
	}
	require.False(t, msg("location").Notice(), "a place somebody sent is no notice")
	require.False(t, msg("event", "Event", "SCAN").Notice())
}

func TestKey(t *testing.T) {
	t.Parallel()
	same := msg("text", "CreateTime", "1", "Content", "a", "MsgId", "7")
	t.Run("of a retry is the same", func(t *testing.T) {
		require.Equal(t, same.Key(), msg("text", "CreateTime", "1", "Content", "a", "MsgId", "7").Key())
	})
	t.Run("of anything else differs", func(t *testing.T) {
		other := same
		other.From = "oBobBobBobBobBobBobBob01"
		seen := map[string]bool{same.Key(): true, other.Key(): true}
		different := []bot.Message{
			msg("text", "CreateTime", "1", "Content", "a", "MsgId", "8"),
			msg("text", "CreateTime", "2", "Content", "a", "MsgId", "7"),
			msg("text", "CreateTime", "1", "Content", "a"),
			msg("text", "CreateTime", "1", "Content", "b"),
			msg("event", "CreateTime", "1", "Event", "CLICK", "EventKey", "待办"),
			msg("event", "CreateTime", "1", "Event", "CLICK", "EventKey", "帮助"),
			msg("event", "CreateTime", "1", "Event", "SCAN", "EventKey", "帮助"),
			msg("event", "CreateTime", "1", "Event", "TEMPLATESENDJOBFINISH", "MsgID", "1"),
			msg("event", "CreateTime", "1", "Event", "TEMPLATESENDJOBFINISH", "MsgID", "2"),
		}
		for _, m := range different {
			seen[m.Key()] = true
		}
		require.Len(t, seen, len(different)+2)
	})
	t.Run("fits its column", func(t *testing.T) {
		a := msg("event", "CreateTime", "1", "Event", "VIEW", "EventKey", strings.Repeat("x", 900))
		b := msg("event", "CreateTime", "1", "Event", "VIEW", "EventKey", strings.Repeat("x", 900)+"y")
		require.LessOrEqual(t, len(a.Key()), 120)
		require.NotEqual(t, a.Key(), b.Key())
	})
}

func TestUserHashHidesThePerson(t *testing.T) {
	t.Parallel()
	require.Len(t, bot.UserHash(ann), 12)
	require.NotContains(t, bot.UserHash(ann), ann[:6])
}
