// Package platform is a local WeChat: the platform's side of the wire, with a
// phone page in the browser to chat from. `huhuqing demo`, `huhuqing talk` and
// the end-to-end tests use it in place of the real one; the bot cannot tell
// the two apart (wechat.md is the specification).
//
//	person ── Phone / page ──▶ Platform ── signed POST, three tries ──▶ bot
//	   ▲                          │  ▲                                   │
//	   └───── bubbles, cards ─────┘  └── /cgi-bin/… (token, custom, …) ──┘
//
// It is written against the wire and nothing else: it signs, encrypts and
// checks on its own, so that a mistake in bot/wechat is not answered by the
// same mistake here. It must not import silenceper nor any package of ours,
// and it must know nothing about households, villages or the bot's words.
//
// A test holds people's phones with User, reads what happened with Record, and
// breaks things with SetFaults. Another process on this machine does the last
// two over HTTP: GET, PUT and DELETE /admin/faults (a Faults as JSON), POST
// /admin/tokens/expire and /admin/tokens/revoke, GET /admin/record?openid=.
//
// Time comes from Options.Now (quotas, token lifetimes, timestamps); only the
// five seconds of a try and the delays of faults are waited for in real time.
package platform
