// Package flows holds the conversations: the cards of 家底 as data (base.yaml),
// the words that always work, look-up, binding, saving, taking back, and the
// texts people read (texts.zh.yaml).
//
// Conversation.Turn is a function of the session, the input, the person and a
// read-only view of the records; what is to be written comes back as effects.
//
// It must not know WeChat, SQL or Redis, and has no clock but the one it is
// given. How Chinese is read is the business of dialog/hear and dialog/zh; what
// is wrong with a record, of models/clears.
package flows
