package wechat

import (
	"context"
	"strings"

	"github.com/silenceper/wechat/v2/officialaccount/message"

	"github.com/huhuqing/huhuqing/bot"
)

// SendPush sends a reply as one customer-service message. A send whose fate is
// unknown is not repeated: the platform has no client_msg_id for these.
func (a *Account) SendPush(ctx context.Context, user string, reply bot.Reply) error {
	r := request{name: "push", path: "/cgi-bin/message/custom/send", body: message.NewCustomerTextMessage(user, a.renderOne(reply)), send: true}
	return a.client.call(ctx, r, nil)
}

// renderOne is a reply as one part: what does not fit is cut off its text, so that
// the lines to tap stay.
func (a *Account) renderOne(reply bot.Reply) string {
	parts, text := a.render(reply), plain(reply.Text)
	if len(parts) == 0 || text == "" {
		return strings.Join(parts, "\n")
	}
	if len(parts) == 1 {
		return parts[0]
	}
	var tail strings.Builder
	writeReply(&tail, bot.Reply{Options: reply.Options, Foot: reply.Foot})
	room := max(maxPart-tail.Len()-len(a.texts.PushCut)-2, 0)
	text = strings.TrimRight(text[:breakAt(text, min(room, len(text)-1))], " \n\t")
	return strings.Trim(text+"\n"+a.texts.PushCut+"\n"+tail.String(), "\n")
}
