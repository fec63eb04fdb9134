package wechat

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/message"
	"github.com/silenceper/wechat/v2/util"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
)

func TestEncodeTextIsWhatTheLibraryMakes(t *testing.T) {
	t.Parallel()
	now := time.Unix(1767225600, 0)
	for _, content := range []string{"户主姓名？", "a<b>&c\n\"'\t", "]]>", "a]]>b]]>]]>", "]]", "]]]>>", ">"} {
		text := message.NewText(content)
		text.SetToUserName("o_ann")
		text.SetFromUserName("gh_]]>")
		text.SetCreateTime(now.Unix())
		text.SetMsgType(message.MsgTypeText)
		want, err := xml.Marshal(text)
		require.NoError(t, err)
		require.Equal(t, string(want), string(encodeText(bot.Message{From: "o_ann", To: "gh_]]>"}, content, now)), content)
	}
}

func TestSealIsWhatTheLibraryMakes(t *testing.T) {
	t.Parallel()
	now := time.Unix(1767225600, 0)
	e, err := newEnvelope(aesKey, appID)
	require.NoError(t, err)
	for _, nonce := range []string{"1320562132", "", "a<b>&\"'\t]]>", "\x02", "\xff"} {
		got := e.seal([]byte("<xml></xml>"), "token", nonce, now)
		var m message.ResponseEncryptedXMLMsg
		_, rest, _ := strings.Cut(string(got), "<Encrypt>")
		m.EncryptedMsg, _, _ = strings.Cut(rest, "</Encrypt>")
		payload, err := e.open(m.EncryptedMsg)
		require.NoError(t, err)
		require.Equal(t, "<xml></xml>", string(payload))
		m.MsgSignature = util.Signature("token", "1767225600", nonce, m.EncryptedMsg)
		m.Timestamp, m.Nonce = now.Unix(), nonce
		want, err := xml.Marshal(&m)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), nonce)
	}
}
