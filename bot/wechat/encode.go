package wechat

import (
	"encoding/xml"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/message"

	"github.com/huhuqing/huhuqing/bot"
)

// encodeText is the passive answer to m. The message object is made for this
// answer alone: a shared one sends answers to the wrong person (wechat.md
// §2.3). Content must be clean and not empty, else the person sees the
// platform's fault banner.
func encodeText(m bot.Message, content string, now time.Time) ([]byte, error) {
	text := message.NewText(content)
	text.SetToUserName(message.CDATA(m.From))
	text.SetFromUserName(message.CDATA(m.To))
	text.SetCreateTime(now.Unix())
	text.SetMsgType(message.MsgTypeText)
	return xml.Marshal(text)
}
