package models

// Task is a measure on a list of things to do, with whose household it is for.
type Task struct {
	Measure
	Head, Group string
}

// TaskQuery chooses measures within the actor's scope, those due first in front.
// The zero value of a field does not narrow.
type TaskQuery struct {
	Programme string
	Open      []string // states that count as open (Profile.OpenStates); required
	From, To  Date     // due on these days, both included
	Area      string   // a village or township
	Group     string   // as written; matched after normalising digits (三组 = 3组)
	Household string
	Head      string // what the head's name begins with
	// Answering narrows to what the actor answers for: by a duty for the measure or
	// its household, or because the household is of one of their groups. An actor of
	// a village without groups looks after all of it, and nothing is narrowed.
	Answering bool
	Kinds     []string // codes of measure_cat1 and measure_cat2
	Blocked   bool     // only those with an obstacle
	After     string   // cursor: Task.Cursor of the last one seen
	Limit     int      // page size, at most 50
}

// Cursor is where the next page begins after this task.
func (t Task) Cursor() string { return string(t.DueDay) + "/" + t.ID }

// Backlog is how an area stands with its measures.
type Backlog struct {
	Area, Name string
	Level      Level
	Open       int // not finished, not given up
	Overdue    int // of them due before the day
	Postponed  int // of them put off at least once
	Blocked    int // of them with an obstacle
}
