// Package zh reads what village cadres in Yunnan type or say: numbers, measured
// quantities, dates, choices, yes and no, ID numbers, phones, names, pinyin and
// words of kinship (domain.md §6).
//
// Every reader is a pure function of its text (and of the time it is given);
// none panics on any bytes, and all of them take time linear in the length of
// the text. Readers understand full-width and Traditional characters without
// being asked to, and byte spans always refer to the string that was passed in.
// A reader that is not sure says so (ok=false, Approx, Ambiguous, a problem);
// it never guesses silently.
//
// It must not know forms, households, rules or any other package of the
// project: it knows the language only.
package zh
