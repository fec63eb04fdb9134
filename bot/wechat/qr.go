package wechat

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/basic"

	"github.com/huhuqing/huhuqing/bot"
)

// qrHost shows the pictures of the real platform's codes; another API shows
// its own.
const qrHost = "https://mp.weixin.qq.com"

const maxQRLife = 30 * 24 * time.Hour // wechat.md §1.11

// QR is a code that was made for a scene.
type QR struct {
	Image string        // address of its picture
	URL   string        // what the code says
	Life  time.Duration // how long it works
}

// SceneQR makes a code that brings scene, of 1 to 64 bytes, with the follow or
// scan event. It works for at most 30 days.
func (a *Account) SceneQR(ctx context.Context, scene string, life time.Duration) (QR, error) {
	if scene == "" || len(scene) > 64 {
		return QR{}, &bot.SendError{Class: bot.SendOurBug, Err: errors.New("a scene has 1 to 64 bytes")}
	}
	life = min(max(life, time.Minute), maxQRLife)
	var ticket basic.Ticket
	// The library makes the body only: its number scenes panic and it does not
	// encode the ticket (wechat.md §2.7).
	body := basic.NewTmpQrRequest(life, scene)
	if err := a.client.call(ctx, request{name: "qrcode", path: "/cgi-bin/qrcode/create", body: body, repeatable: true}, &ticket); err != nil {
		return QR{}, err
	}
	if ticket.Ticket == "" {
		return QR{}, &bot.SendError{Class: bot.SendRetry, Err: errors.New("answer without a ticket")}
	}
	host := a.o.API
	if host == DefaultAPI {
		host = qrHost
	}
	return QR{
		Image: host + "/cgi-bin/showqrcode?ticket=" + url.QueryEscape(ticket.Ticket),
		URL:   ticket.URL,
		Life:  time.Duration(ticket.ExpireSeconds) * time.Second,
	}, nil
}
