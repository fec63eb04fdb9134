// Package turn takes one message of one person: order, replay, lock, session,
// conversation, effects in one transaction, save, reply (house.md, «The way of
// one message»). Runner.Take is that list.
//
// The database is the truth. Three things in its one transaction make a message
// count exactly once, whatever fails around it:
//
//   - the turn's key is unique: a message taken before finds its first answer;
//   - the session is written only over the version the turn began with: nobody
//     overwrites what they have not seen, however stale their copy was;
//   - effects, answer and session are written together or not at all.
//
// Redis adds speed and order on top: remembered answers, sessions at hand, one
// queue and lock per person across replicas. While it is away, an in-process
// queue and the three rules above go on alone.
//
// It must not know what is said in a conversation, nor gorm, Redis or WeChat.
package turn
