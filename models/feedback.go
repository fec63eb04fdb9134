package models

import (
	"context"
	"time"
)

// Feedback is a complaint, a wish or a correction: what somebody wants said about the
// work or about the bot itself, whose turn it is to act, and what they answered.
type Feedback struct {
	ID         uint64    `gorm:"primaryKey"`
	At         time.Time `gorm:"not null;index"`
	User       string    `gorm:"size:64;not null"`
	PersonID   string    `gorm:"size:20;index:idx_feedbacks_person"`
	ByName     string    `gorm:"size:60"`
	Area       string    `gorm:"size:14;index:idx_feedbacks_to,priority:2"` // where who said it works
	About      string    `gorm:"size:16"`                                   // what kind of thing it is about
	To         Role      `gorm:"column:receiver;size:12;index:idx_feedbacks_to,priority:1"`
	Dept       string    `gorm:"size:24"` // department of the county that sees it as well
	Secret     bool      // a lead: only To sees it, and not who said it
	Text       string    `gorm:"column:body;serializer:sealed;size:4000"`
	Answer     string    `gorm:"serializer:sealed;size:4000"`
	AnsweredBy string    `gorm:"size:60"` // name of who answered
	AnsweredAt *time.Time
}

// FeedbackPatience is how long a township has what is not secret to itself: what is
// not answered by then the county sees as well.
const FeedbackPatience = 7 * 24 * time.Hour

// Feedbacks are what people want said, for those who can act. What an actor may read
// is decided here: a township what is meant for it and not secret, a county what is
// meant for it and what townships left lying, a department what is about its own, an
// administrator what is about the system. Nobody answers themselves.
type Feedbacks interface {
	// Say keeps one; it sets ID. invalid with Key "too_long".
	Say(ctx context.Context, f *Feedback) error
	// Waiting is a page of those the actor can answer and nobody has, oldest first,
	// after the one of that id; more tells of another page. dept is the code of the
	// actor's department.
	Waiting(ctx context.Context, by Actor, dept string, now time.Time, after uint64, limit int) (fs []Feedback, more bool, err error)
	// Feedback is one of those the actor may answer; not_found for others. An answered
	// one is shown as well.
	Feedback(ctx context.Context, by Actor, dept string, now time.Time, id uint64) (Feedback, error)
	// Mine are the actor's own, newest first.
	Mine(ctx context.Context, by Actor, limit int) ([]Feedback, error)
	// Answer keeps an answer; conflict with Key "feedback_answered" when there is one.
	Answer(ctx context.Context, by Actor, dept string, now time.Time, id uint64, text string) (Feedback, error)
	// Receivers are the active people of a role who answer for an area.
	Receivers(ctx context.Context, to Role, area string) ([]Person, error)
}
