// Package bot is the edge: a message in → a turn → a reply out; a push out →
// an outcome back.
//
//	bot/wechat ──Message──▶ Service ──dialog.Input──▶ Turner (dialog/turn)
//	     ▲                     │
//	     └──── dialog.Reply ───┘  in time: as the HTTP answer
//	     └──── Sender.SendText ┘  too late for that: as a customer-service message
//
// What nobody has asked for goes out through bot/push.
//
// It owns the five-second rule, the waiting of retries, the recovery from
// panics and the sentences a person hears when something is down. Photos fetches
// the pictures that turns have filed, and keeps them sealed in the Album.
//
// It must not know SQL, Redis, silenceper or WeChat's wire format, and it must
// not know what a conversation is about.
package bot
