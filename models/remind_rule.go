package models

import (
	"fmt"
	"slices"
)

// RemindRule is one row of the profile's list of reminders (domain.md §5.5): what it
// watches, on which days from the date it is about, to whom, and in what words.
type RemindRule struct {
	ID     string       `json:"id"`
	Watch  string       `json:"watch"`            // a watch of models/due: what has the date, and until when there is a reason
	Dates  []string     `json:"dates,omitempty"`  // days of the year ("08-25") for watches of the calendar
	Kinds  []string     `json:"kinds,omitempty"`  // of measures: cat1 or cat2, "-cat1" leaves one out; none means all
	Steps  []RemindStep `json:"steps"`            // in order of their days
	To     Level        `json:"to,omitempty"`     // whose it is in the first place; village when empty
	Until  *int         `json:"until,omitempty"`  // days after the date when it makes no sense any more; nil: as long as the reason stands
	Urgent bool         `json:"urgent,omitempty"` // cannot wait for the next morning
	Many   string       `json:"many,omitempty"`   // one line for several households: {list} {n}
	Before string       `json:"before,omitempty"` // words of a line before the date: {title} {n} {days} {due}
	Today  string       `json:"today,omitempty"`  // on the date
	Late   string       `json:"late,omitempty"`   // after it
	Open   string       `json:"open,omitempty"`   // what a tap on the line says: {head}; the measure or the household when empty
	Off    bool         `json:"off,omitempty"`    // an heir takes it out of its base's list
	Source string       `json:"source"`
}

// RemindStep is a day from the date, and who is told besides the one whose it is.
type RemindStep struct {
	Day int   `json:"day"`
	To  Level `json:"to,omitempty"`
}

// Reminder finds a rule of the list, nil when the profile has it off.
func (p *Profile) Reminder(id string) *RemindRule {
	for i := range p.Reminders {
		if p.Reminders[i].ID == id {
			return &p.Reminders[i]
		}
	}
	return nil
}

// inheritReminders takes over the base's rows that p does not have; a row of its own
// stands whole, and one that is off takes the base's away.
func (p *Profile) inheritReminders(base *Profile) {
	for _, b := range base.Reminders {
		if p.Reminder(b.ID) == nil {
			p.Reminders = append(p.Reminders, b)
		}
	}
	p.Reminders = slices.DeleteFunc(p.Reminders, func(r RemindRule) bool { return r.Off })
}

// checkReminders finds rows that could never be told.
func (p *Profile) checkReminders(op string) error {
	for i, r := range p.Reminders {
		switch {
		case r.ID == "" || r.Watch == "" || len(r.Steps) == 0 || r.Source == "":
			return E(Invalid, op, fmt.Errorf("reminder %q needs a watch, steps and a source", r.ID))
		case r.Before == "" && r.Today == "" && r.Late == "":
			return E(Invalid, op, fmt.Errorf("reminder %q has no words", r.ID))
		case p.Reminder(r.ID) != &p.Reminders[i]:
			return E(Invalid, op, fmt.Errorf("reminder %q stands twice", r.ID))
		case !slices.IsSortedFunc(r.Steps, func(a, b RemindStep) int { return a.Day - b.Day }):
			return E(Invalid, op, fmt.Errorf("reminder %q: steps are not in order", r.ID))
		}
		for _, s := range r.Steps {
			if !slices.Contains([]Level{"", Village, Township, County}, s.To) {
				return E(Invalid, op, fmt.Errorf("reminder %q: nobody is told at level %q", r.ID, s.To))
			}
		}
	}
	return nil
}
