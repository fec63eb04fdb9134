// Package due says what is due: from the records of one household, one village or
// one county, a profile and an instant to reminders (domain.md §5.5). It is a pure
// function: the same answer on every replica and at any instant one asks for.
//
//	Due     household → the step of every rule that is in force today
//	Village, County    the same for what belongs to an area
//	Address who hears of it: the duty's person, a successor, the level above
//	Next    the next day on which it would tell something new
//
// Of several steps of one rule that have passed only the latest is in force, so that
// nobody hears of «30 days before» the week after; and a step nobody could be told of
// in an outage merges into the next one. What is done, withdrawn or moved is not in
// the answer any more, and whoever keeps rows finds the difference (Reminders.Keep).
//
// It knows the working days (holidays.json): a deadline on days off is told before them.
//
// It must not know how rows are kept, how they are told or in what hour; the words
// stand in the profile.
package due
