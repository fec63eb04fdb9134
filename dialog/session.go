package dialog

// Session is everything remembered of one person's conversation. It is written
// and read again between any two turns.
type Session struct {
	Form  *Form             // the open form, nil when there is none
	Menu  []Option          // lines of the last reply that a number or label picks, when no card is asking
	Ask   string            // what the menu or a plain question waits for: a word the flows understand
	Args  map[string]string // what Ask or a list goes on with
	Saved string            // key of the message whose save can be taken back without asking
	Last  string            // id of the household saved or looked at last
	Held  map[string]string // what a conversation beside the open one remembers: the list shown last …
}

// Hold remembers a value beside the open conversation; "" forgets it.
func (s *Session) Hold(key, value string) {
	if value == "" {
		delete(s.Held, key)
		return
	}
	if s.Held == nil {
		s.Held = map[string]string{}
	}
	s.Held[key] = value
}

// Pick finds the menu line that a text picks by its number or label; nil when none.
func (s *Session) Pick(text string) *Option {
	for i := range s.Menu {
		o := &s.Menu[i]
		if text == o.Label || text == o.Say || (o.Number > 0 && text == itoa(o.Number)) {
			return o
		}
	}
	return nil
}
