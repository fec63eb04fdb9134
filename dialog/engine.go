package dialog

// MaxTries is how often one question is put before it is given up on and left
// to the list of what is missing: nobody is trapped by a question.
const MaxTries = 3

// Event says what a step of the engine came to, for the words around it.
type Event string

// The outcomes of giving an input to a form.
const (
	Took       Event = "took"       // values were taken
	Checked    Event = "check"      // values wait for a yes
	NotRead    Event = "unread"     // nothing was understood
	NotAllowed Event = "impossible" // understood, but it cannot be
	GaveUp     Event = "gave_up"    // not understood for the last time; left open
	Which      Event = "which"      // several meanings
)

// Outcome is what came of one input given to the open card.
type Outcome struct {
	Event  Event
	Took   []Assign // what counts now
	Unread []string
	Wrong  string
	Which  *Reply
}

// Give hands an input to the open card of the form and applies what was
// understood. derive may add values that follow from those (an ID number gives
// sex and birth); it runs within the same step, so 上一步 takes them back too.
func (fl *Flow) Give(f *Form, in Input, derive func(f *Form, step *Step, took []Assign)) Outcome {
	c := fl.Next(f)
	if c == nil {
		return Outcome{Event: NotRead}
	}
	f.Card = c.ID()
	h := c.Read(f, in)
	return fl.apply(f, c, h, derive)
}

// Apply takes what was heard outside of a card (an amendment at the confirm screen).
func (fl *Flow) Apply(f *Form, h Heard, derive func(f *Form, step *Step, took []Assign)) Outcome {
	return fl.apply(f, fl.Next(f), h, derive)
}

func (fl *Flow) apply(f *Form, c Card, h Heard, derive func(f *Form, step *Step, took []Assign)) Outcome {
	if !h.Understood() {
		return fl.failed(f, c, h)
	}
	step := Step{Card: f.Card}
	var took, unsure []Assign
	for _, a := range h.Set {
		if a.Unsure {
			unsure = append(unsure, a)
			continue
		}
		f.Put(&step, a.Path, a.Value)
		took = append(took, a)
	}
	f.Pass(&step, "skip", h.Pass...)
	if derive != nil && len(took) > 0 {
		derive(f, &step, took)
	}
	if len(step.Was) > 0 || len(took) > 0 {
		f.Note(step)
	}
	f.Check = append(f.Check, unsure...)
	f.Tries = 0
	if c != nil && len(unsure) == 0 {
		f.Force = false
	}
	out := Outcome{Event: Took, Took: took, Unread: h.Unread, Wrong: h.Wrong, Which: h.Which}
	if len(f.Check) > 0 {
		out.Event = Checked
	}
	return out
}

func (fl *Flow) failed(f *Form, c Card, h Heard) Outcome {
	switch {
	case h.Which != nil:
		return Outcome{Event: Which, Which: h.Which, Unread: h.Unread}
	case h.Wrong != "":
		f.Tries++
		if f.Tries < MaxTries || c == nil {
			return Outcome{Event: NotAllowed, Wrong: h.Wrong, Unread: h.Unread}
		}
	default:
		f.Tries++
		if f.Tries < MaxTries || c == nil {
			return Outcome{Event: NotRead, Unread: h.Unread}
		}
	}
	fl.Skip(f, "tries")
	return Outcome{Event: GaveUp, Wrong: h.Wrong, Unread: h.Unread}
}

// Skip leaves the open card's question open with a reason. A card that asks
// one member at a time is skipped for that member only: it says so by First.
func (fl *Flow) Skip(f *Form, why string) {
	c := fl.Next(f)
	if c == nil {
		return
	}
	step := Step{Card: c.ID()}
	open := f.Open(c.Wants(f))
	if one, ok := c.(interface{ First(f *Form) []string }); ok {
		open = f.Open(one.First(f))
	}
	f.Pass(&step, why, open...)
	f.Note(step)
	f.Tries, f.Force, f.Check = 0, false, nil
}

// Confirm settles the values that waited for a yes: taken, or dropped so that
// the card asks again.
func (fl *Flow) Confirm(f *Form, yes bool, derive func(f *Form, step *Step, took []Assign)) []Assign {
	took := f.Check
	f.Check = nil
	if !yes {
		return nil
	}
	step := Step{Card: f.Card}
	for _, a := range took {
		f.Put(&step, a.Path, a.Value)
	}
	if derive != nil {
		derive(f, &step, took)
	}
	f.Note(step)
	f.Force = false
	return took
}
