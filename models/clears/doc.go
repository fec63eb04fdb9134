// Package clears judges a household's dossier: the consistency rules of
// domain.md §4 and the six clears of §3. Pure functions from records, a
// programme profile and a date to findings and lights; one row of the table
// per rule, one file per rule letter.
//
// It imports models only. It must not know how a record is asked for or kept,
// holds no Chinese for people (messages, labels and thresholds are the
// profile's), and reads no clock.
//
// # Paths
//
// A path names what to correct: "household.phone", "condition.irrig",
// "income.crop", "exit.plan_year"; records that there are several of carry
// their index in the dossier, counted from 0: "m:0.sex" (members, the departed
// included), "cause:0.desc", "ms:1.due_date" (measures), "fund:3.amount",
// "out:0.target", "duty:2.dept", "helper:0.helper_phone". A path without a
// field, "cause" or "ms:1.fund", asks for a record to be added.
package clears
