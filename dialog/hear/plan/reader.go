package plan

import "github.com/huhuqing/huhuqing/models"

// Reader reads sentences about the plan for one programme profile. It is safe
// for concurrent use: everything in it is made by New and never changed.
type Reader struct {
	profile *models.Profile
}

// New prepares the vocabulary of a profile.
func New(p *models.Profile) *Reader { return &Reader{profile: p} }

// Causes reads 致贫原因.
func (r *Reader) Causes(text string, c Context) ([]Cause, []Unread) { return nil, nil }

// Measures reads 帮扶措施, several in one message.
func (r *Reader) Measures(text string, c Context) ([]Measure, []Unread) { return nil, nil }

// Funds reads money.
func (r *Reader) Funds(text string, c Context) ([]Fund, []Unread) { return nil, nil }

// Outputs reads promised results.
func (r *Reader) Outputs(text string, c Context) ([]Output, []Unread) { return nil, nil }

// Duties reads who answers.
func (r *Reader) Duties(text string, c Context) ([]Duty, []Unread) { return nil, nil }

// Helper reads the 帮扶责任人; nil when none is named.
func (r *Reader) Helper(text string, c Context) (*Helper, []Unread) { return nil, nil }

// Exit reads the order of leaving poverty.
func (r *Reader) Exit(text string, c Context) (Exit, []Unread) { return Exit{}, nil }
