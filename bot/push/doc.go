// Package push delivers single messages to single people: what they hear without
// having asked. Producers put rows (models.Pushes); this room brings each to its
// person once, or leaves it standing with the reason.
//
//	rows ──feed──▶ queue (asynq) ──work──▶ channel ──▶ platform
//	  ▲                                      │            │
//	  └────────────── settle ◀───────────────┘            │
//	  └────────────── report ◀── Notice ◀─────────────────┘
//
// The row is the truth, the task only its carrier: it holds an id and the version
// of the claim. A flushed queue is filled again from the rows when their claims
// have run out; a task that comes twice finds a newer version and ends.
//
// Before the platform is asked, the row says by which channel. A worker that dies
// between question and answer therefore leaves a trace, and its successor knows
// what may be repeated: a template message for ten minutes, thanks to its
// client_msg_id; a customer-service message never, because nothing tells whether it
// got through. Such a push ends as unsure: the next contact says so and what it told,
// for twice the same message would be the worse fault.
//
// Channels, in this order (wechat.md §1.7–1.9): a customer-service message with
// lines to tap while the person's window is open, a template message, a
// subscription notification against a grant. When none is left the push stands as
// refused: a conversation shows it at the next contact, or, if it does not and the
// person has then been silent for ten minutes, the window that the contact opened is
// used: nobody is interrupted in the middle of a conversation.
//
// It must not know SQL, silenceper, or what is due.
package push
