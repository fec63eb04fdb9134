// Package plan turns what a cadre says about the plan of a household into the
// values of its records: 致贫原因, 帮扶措施 with money and outputs, 帮扶责任 and
// 脱贫时序 (domain.md §1.5–1.7, how it is said §6).
//
//	plan.New(profile).Funds("18年沪滇2万 自筹3千；19年整合1万", plan.Context{…})
//	→ 2018 east_west 20000, 2018 self 3000, 2019 pooled 10000
//
// Every reader works on the same tokens (token.go: words of the vocabulary,
// quantities, dates, documents) cut into clauses. What dictation gets wrong is
// spelled right first (spell.go), and what is taken back in the same breath is
// dropped (correct.go: 不是2万是3万), for all of them alike. One file per record
// says what the words mean there; a message without any mark is cut where
// something new begins (parts.go, persons in people.go, stages in exit.go).
// Causes and Agreement share a message: read both. Values are canonical texts as models.SetValue takes
// them: decimals, ISO dates, keys of code lists. What is rounded, worked out of
// relative words or large enough to be read back is flagged, and what carries
// meaning but is no value is reported with its bytes: nothing is guessed and
// nothing is dropped silently.
//
// The vocabulary beyond the profile's code lists lies in words.yaml.
//
// It must not know conversations, stores, rules of consistency or who asks; it
// knows the code lists of the profile and the language.
package plan
