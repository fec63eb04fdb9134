// Package flows holds the conversations: the cards of 家底 and of the plan as data
// (base.yaml, plan.yaml), the words that always work (words.zh.yaml), look-ups and
// lists, lights and summaries, work with measures, reminding, binding, saving,
// taking back, and the texts people read (texts.zh.yaml).
//
//	Conversation.Turn   session + input + person + a read-only view → reply + effects
//	effects.go          what is to be written; dialog/turn applies it in its transaction
//	Keeper              judges again what a save has not: imports, other rules, another day
//
// A turn is a function: what is to be written comes back as effects.
//
// It must not know WeChat, SQL or Redis, and has no clock but the one it is
// given. How Chinese is read is the business of dialog/hear and dialog/zh; what
// is wrong with a record, of models/clears; what is due, of models/due.
package flows
