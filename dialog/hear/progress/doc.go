// Package progress turns what a cadre says about the carrying out of a measure
// into what happened to it: a step of its life, how far it is, money that came or
// was spent, what came out, what stands in the way, until when it is put off
// (domain.md §6.3 D).
//
//	progress.New(profile).Read("李家的牛买回来了2头，花了19800", progress.Context{…})
//	→ of 李: finish, 2 head, spent 19800, about 牛
//
// A sentence is cut into clauses; each clause tells one thing, and clauses about
// the same measure are joined. Which measure of the household is meant is decided
// by Report.Fits, with the records at hand; the reader itself knows none. What is
// asked, planned or denied is no progress and is reported as unread with the
// reason. Estimates (封顶 ≈ 60 %) and relative dates are flagged: they are said
// back before they count.
//
// The vocabulary beyond the profile's code lists lies in words.yaml.
//
// It must not know conversations, stores or who asks; it knows the code lists of
// the profile and the language.
package progress
