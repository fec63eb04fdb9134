package wechat

import (
	"encoding/xml"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/message"
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
