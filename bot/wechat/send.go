package wechat

import (
	"context"
	"errors"

	"github.com/silenceper/wechat/v2/officialaccount/message"

	"github.com/huhuqing/huhuqing/bot"
)

// SendText sends a reply as customer-service messages, part after part. A part
// that may have got through although no answer came is not sent again: twice
// the same message confuses, and the person can ask again. msgmenu is not
// used: only verified accounts have it, and a tap on it opens the small quota
// only (wechat.md §1.6).
func (a *Account) SendText(ctx context.Context, user string, reply bot.Reply) error {
	return a.sendParts(ctx, user, a.render(reply))
}

func (a *Account) sendParts(ctx context.Context, user string, parts []string) error {
	for _, part := range parts {
		r := request{name: "text", path: "/cgi-bin/message/custom/send", body: message.NewCustomerTextMessage(user, part), send: true}
		err := a.client.call(ctx, r, nil)
		var failure *bot.SendError
		if a.o.Spent != nil && (err == nil || errors.As(err, &failure) && failure.Unknown) {
			a.o.Spent(user)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
