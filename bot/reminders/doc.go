// Package reminders turns what is due into pushes: one list in the morning for each
// person instead of many messages, what cannot wait at once, and nothing in quiet
// hours, on days off, or into an open conversation.
//
//	Sweep   records whose day has come → models/due → rows       (by index, any replica)
//	Tell    open rows of a person → one push, in one transaction (the day's key decides)
//	Settle  what became of pushes → rows told, open again, or standing with their reason
//	Round   all three; Run does one every minute, on the replica that leads
//
// A round may run on any number of replicas at once: a row has one identity, a list of
// a day has one key, and a push is put once. Run saves the others the work: a lease says
// who leads, and who takes over when that one is silent for three minutes. A clock that
// steps back finds everything made already. After an outage the latest step of each
// thing is told in the next list, not every step that was missed.
//
// How a push reaches the person is bot/push's affair. It must not know WeChat, SQL or
// Redis, and it judges no record: that is models/due.
package reminders
