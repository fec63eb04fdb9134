// Package reminders turns what is due into pushes: one list in the morning for each
// person instead of many messages, what cannot wait at once, and nothing in quiet
// hours, on days off, or into an open conversation.
//
//	Sweep   records whose day has come → models/due → rows       (by index, any replica)
//	Tell    open rows of a person → one push, in one transaction (the day's key decides)
//	Settle  what became of pushes → rows told, open again, or standing with their reason
//	Round   all three; Run does one every minute
//
// A round may run on any number of replicas at once: a row has one identity, a list of
// a day has one key, and a push is put once. No leader is needed, and a clock that
// steps back finds everything made already. After an outage the latest step of each
// thing is told in the next list, not every step that was missed.
//
// How a push reaches the person is bot/push's affair. It must not know WeChat, SQL or
// Redis, and it judges no record: that is models/due.
package reminders
