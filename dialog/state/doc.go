// Package state keeps on Redis what makes turns quick: the lock of a person
// with its queue, the session, and the answers to messages seen before. It
// implements turn.Sessions, on a server, on a cluster, or embedded.
//
//	Enter ── seen before ──► the answer
//	  │  └── others first ─► how many; ask again soon
//	  └──── locked ────────► the session          (Extend while it takes long)
//	Leave ─► session and answer kept, unlocked; only while the lock is still ours
//
// Everything here may be lost at any moment: the database is the truth, and the
// version in the session shows when Redis is behind it (dialog/turn).
//
// It must not know what is in a session or an answer (both come sealed), nor
// records, SQL or WeChat.
package state
