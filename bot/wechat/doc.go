// Package wechat is the only room that knows WeChat's wire (wechat.md) and the
// only one that imports silenceper/wechat: of it the signature, the
// encryption, the message structs and the credential interface. Its server and
// its HTTP client stay unused; wechat.md §2.2–2.5 says why.
//
//	WeChat ──▶ guard ──▶ open ──▶ parse ──▶ decode ──▶ Answerer (bot.Service)
//	   ▲                                                   │
//	   └──────── encode ◀── render ◀──────── bot.Reply ────┘
//	   ◀──────── client (token, deadline, retries) ◀── SendText, SendTemplate, …
//
// It must not know what a conversation is about, nor the database; Redis only
// for the shared access token.
//
// The server in front of Callback should have a ReadTimeout of 5 s; everything
// else of wechat.md §2.8 is done here.
package wechat
