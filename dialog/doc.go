// Package dialog is the conversation engine: a session, the form that is open
// in it, the cards the form asks with, the reply, and the effects a turn wants.
//
// It is a function: session + input + what the cards read from the records →
// session + reply + effects. It writes nothing, has no clock of its own and
// takes a bounded number of steps, so the same inputs give the same outputs.
//
// It must not know households, WeChat, SQL or Redis. What a card asks and how
// it reads Chinese is the business of dialog/flows; who runs a turn, and in
// which transaction, is the business of dialog/turn.
package dialog
