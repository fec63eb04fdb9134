// Package demo is a village with people in it, for `huhuqing demo` and for
// tests: areas, those who work with the system, and households from complete to
// half-empty and contradictory, so that look-ups, lights and rules have
// something to show.
//
// Everything is invented: the codes begin with 5399, which no prefecture has,
// and phones with 1390000. ID numbers have right check digits, for wrong ones
// could not be told from a slip. The people live in village.json and
// households.json; ages, school years and dates there are relative to the day
// asked for, so that the village never grows old.
//
// It must not know how records are kept, judged or talked about: it makes
// records and hands them over.
package demo
