// Package hear turns what a cadre types or says into values of the fields of
// the household dictionary (models.Fields): free sentences with several values,
// answers to one question, and a roster of people in one go.
//
//	hear.New(profile).Read("耕地3亩半 林地5亩 没有水面", hear.Context{…})
//	→ condition.farm=3.5  condition.forest=5  condition.water=0
//
// A reading goes through four stages, one file each: pass.go (one spelling of
// the text, with the way back to its bytes), token.go (words, quantities,
// numbers of documents), subject.go (whom a word is about) and the rules, one
// file per topic, which claim tokens and turn them into facts. Tokens that no
// rule claimed and that carry meaning are reported as unread, with their bytes:
// nothing is dropped silently. What is inferred, rounded or taken from relative
// words is flagged on the fact: nothing is guessed silently.
//
// The vocabulary beyond the profile's code lists lies in words.yaml.
//
// It must not know conversations, stores, rules of consistency or who asks;
// it knows the dictionary, the profile's code lists and the language.
package hear
