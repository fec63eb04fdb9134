package state

import (
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// How long things stay.
const (
	// sessionTTL: after a week away the durable session is read from the database.
	sessionTTL = 7 * 24 * time.Hour
	// answerTTL is far more than the 15 s in which WeChat delivers a message three
	// times (wechat.md §1.3); later duplicates are answered from the database.
	answerTTL = 15 * time.Minute
	// queueTTL removes a queue whose waiters all died.
	queueTTL = time.Minute
)

// person is the hash tag of everybody's keys: all keys of one person lie in one
// slot of a cluster, and no key shows an openid.
func person(user string) string { return "hhq:{" + digest(user) + "}:" }

// digest shortens an openid or a message key to 22 characters that tell nothing.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// sessionKey is the sealed session. STRING, sessionTTL.
func sessionKey(user string) string { return person(user) + "session" }

// answerKey is the sealed answer to one message. STRING, answerTTL.
func answerKey(user, message string) string { return person(user) + "answer:" + digest(message) }

// lockKey says who works for the person now: "<message>:<token>". STRING, Sessions.Lease.
func lockKey(user string) string { return person(user) + "lock" }

// queueKey are the messages that wait, scored by ticket in arrival order; 0 is
// the message that is being worked on and was delivered again. ZSET, queueTTL.
func queueKey(user string) string { return person(user) + "queue" }

// askedKey tells until when (Redis time, ms) each waiting message counts as
// alive. HASH message → time, queueTTL.
func askedKey(user string) string { return person(user) + "asked" }
