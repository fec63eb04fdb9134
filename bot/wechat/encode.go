package wechat

import (
	"strconv"
	"strings"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/message"

	"github.com/huhuqing/huhuqing/bot"
)

// encodeText is the passive answer to m, as encoding/xml makes it of the
// library's message (a test compares them), which takes ten times as long.
// Content must be clean and not empty, else the person sees the platform's fault
// banner.
func encodeText(m bot.Message, content string, now time.Time) []byte {
	b := make([]byte, 0, 256+len(m.From)+len(m.To)+len(content))
	b = append(b, "<xml>"...)
	b = element(b, "ToUserName", m.From)
	b = element(b, "FromUserName", m.To)
	b = append(b, "<CreateTime>"...)
	b = strconv.AppendInt(b, now.Unix(), 10)
	b = append(b, "</CreateTime><MsgType>"+message.MsgTypeText+"</MsgType>"...)
	b = element(b, "Content", content)
	return append(b, "</xml>"...)
}

// element appends an element whose text is not parsed. The end of a CDATA section
// within the text is parted between two sections.
func element(b []byte, name, text string) []byte {
	b = append(append(append(b, '<'), name...), "><![CDATA["...)
	for {
		i := strings.Index(text, "]]>")
		if i < 0 {
			break
		}
		b = append(append(b, text[:i+2]...), "]]><![CDATA["...)
		text = text[i+2:]
	}
	b = append(append(b, text...), "]]></"...)
	return append(append(b, name...), '>')
}
