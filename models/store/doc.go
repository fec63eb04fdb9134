// Package store keeps the records of models in MySQL (or MariaDB) and in SQLite
// through gorm, without cgo. Both behave the same; the suite in this folder runs
// on both.
//
// It must not know conversations, WeChat or Redis, and it judges nothing: it
// keeps, finds and traces.
//
// # What every call promises
//
// The scope of the actor is part of the query: a row outside is not found. Times
// are UTC. Errors are models.Error; a database that is away is unavailable, and
// no error or log line holds a value out of a row.
//
// # Tables
//
// One per record of models, and lookups (everything a household can be found by),
// serials (numbers handed out), bind_failures. Columns tagged serializer:sealed
// are encrypted by models/seal for the purpose "table.column".
//
// lights say how a household stood when it was last judged, sums what lights add up
// to by group, village, township and county. SaveLights moves them by the difference
// in the transaction of the save, so that no message counts an area anew; tags, one row
// per thing a household is listed by (查 D级), move with them.
//
// watches say on which day something next falls due for a household, a village or a
// county: what a day brings is one range of an index, however many measures there are.
// reminders are what fell due, tellings the pushes made of them.
//
//	Find    → lookups (one range per kind within the village) → cards      2 queries
//	Dossier → one UNION over all its tables                                1 query
//	Around  → one UNION over sums, lights, people and areas                1 query
//	Judged  → names → sums of the area, and some of those below            2 queries
//	Tagged  → a range of the tags: how many → one page → cards             3 queries
//	a turn  → BEGIN, INSERT turns, UPDATE drafts, COMMIT                   4 round trips
package store
