package dialog

// Form is one conversation in progress: what it is about, what was answered,
// and how to go back. Paths name fields ("condition.farm", "m2.health");
// values are canonical text. The form does not know what they mean.
type Form struct {
	Flow    string // id of the flow it follows
	Version int    // version of the flow it began with
	Thing   string // what it is about: a record id, or "new:…"
	Title   string // how people call it
	Began   int64  // unix seconds

	Answers map[string]string // path → value; "" is never stored
	Base    map[string]string // values on file when the form was opened
	Passed  map[string]string // path → why it was left open: "skip", "tries", or the person's reason

	Card   string // the card that is being asked
	Tries  int    // how often its answer was not understood
	Force  bool   // Card is asked although it is complete (上一步, 改)
	Stage  Stage
	Prefer string // the section to go through first, because the person said so

	Check []Assign // values that only count when they are confirmed (七八亩)
	Steps []Step   // what each answer changed, oldest first
	Marks map[string]string

	// Scratch is what was worked out from the answers in this turn; it goes when
	// one of them changes, and is never kept.
	Scratch any
	// World is what this turn may look up beyond the form (read only); who runs the
	// turn sets it, and it is never kept.
	World any
}

// Stage says where in its life a form is.
type Stage string

// The stages of a form.
const (
	Asking     Stage = ""        // a card is open
	Confirming Stage = "confirm" // everything is shown once more
)

// Assign puts a value at a path. Said is what the person is told about it;
// Unsure values wait in Form.Check until they are confirmed.
type Assign struct {
	Path, Value, Said string
	Unsure            bool
}

// Step is one answer: the card it was given to and what stood there before.
type Step struct {
	Card string
	Was  []Was
}

// Was is the former state of a path.
type Was struct {
	Path, Value, Passed string
}

// maxSteps bounds how far 上一步 goes back; a household has far fewer cards.
const maxSteps = 80

// NewForm begins a form of flow about a thing.
func NewForm(flow *Flow, thing, title string, at int64) *Form {
	return &Form{
		Flow: flow.ID, Version: flow.Version, Thing: thing, Title: title, Began: at,
		Answers: map[string]string{}, Base: map[string]string{}, Passed: map[string]string{}, Marks: map[string]string{},
	}
}

// Value is the answer at a path, "" when there is none.
func (f *Form) Value(path string) string { return f.Answers[path] }

// Settled reports whether a path was answered or deliberately left open.
func (f *Form) Settled(path string) bool { return f.Answers[path] != "" || f.Passed[path] != "" }

// Open lists the paths among ps that are not settled.
func (f *Form) Open(ps []string) []string {
	var out []string
	for _, p := range ps {
		if !f.Settled(p) {
			out = append(out, p)
		}
	}
	return out
}

// AnyOpen reports whether one of ps is not settled.
func (f *Form) AnyOpen(ps []string) bool {
	for _, p := range ps {
		if !f.Settled(p) {
			return true
		}
	}
	return false
}

// Put sets a value ("" removes it) and notes what stood there in step.
func (f *Form) Put(step *Step, path, value string) {
	if f.Answers[path] == value && f.Passed[path] == "" {
		return
	}
	step.Was = append(step.Was, Was{path, f.Answers[path], f.Passed[path]})
	f.Scratch = nil
	delete(f.Passed, path)
	if value == "" {
		delete(f.Answers, path)
		return
	}
	f.Answers[path] = value
}

// Pass leaves paths open with a reason and notes it in step.
func (f *Form) Pass(step *Step, why string, paths ...string) {
	for _, p := range paths {
		if f.Settled(p) {
			continue
		}
		step.Was = append(step.Was, Was{p, "", ""})
		f.Passed[p] = why
	}
}

// Note keeps a step for 上一步; a step that changed nothing is kept as well, so
// that going back shows the card it belonged to.
func (f *Form) Note(s Step) {
	f.Steps = append(f.Steps, s)
	if len(f.Steps) > maxSteps {
		f.Steps = f.Steps[len(f.Steps)-maxSteps:]
	}
}

// Back undoes the last step and opens its card again; false when there is none.
func (f *Form) Back() bool {
	if len(f.Steps) == 0 {
		return false
	}
	s := f.Steps[len(f.Steps)-1]
	f.Steps = f.Steps[:len(f.Steps)-1]
	for i := len(s.Was) - 1; i >= 0; i-- {
		w := s.Was[i]
		restore(f.Answers, w.Path, w.Value)
		restore(f.Passed, w.Path, w.Passed)
	}
	f.Check, f.Tries, f.Stage, f.Scratch = nil, 0, Asking, nil
	f.Card, f.Force = s.Card, true
	return true
}

func restore(m map[string]string, k, v string) {
	if v == "" {
		delete(m, k)
		return
	}
	m[k] = v
}
