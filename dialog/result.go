package dialog

// Effect is something a turn wants written. What it writes, and how, is known
// to the flows that make it and the store that does it (models.Effect).
type Effect interface{ Kind() string }

// Result is what a conversation makes of one input.
type Result struct {
	Session   []byte   // to be kept, sealed, as the person's session
	Reply     Reply    // what the person gets
	Effects   []Effect // to be written in one transaction with Session
	Household string   // id of the household whose form is open, "" for none
	Rebound   bool     // who the person is changed: a cached identity is void
	Forget    bool     // every trace of the session is to be removed
}
