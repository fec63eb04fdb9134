package dialog

// Reply is what the person gets back for one input. The edge renders it: text,
// then the options as numbered lines that can be tapped, then the foot.
// An empty Reply means nothing is to be said (an unfollow, say).
type Reply struct {
	Text    string   `json:"t,omitempty"`
	Options []Option `json:"o,omitempty"`
	Foot    string   `json:"f,omitempty"` // progress, ways out
	Then    *Reply   `json:"n,omitempty"` // a second block below: the open question again after a look-up
}

// Option is one line to tap. Say is what the tap makes the person send; when
// it is empty the tap sends the option's label. Number is what can be typed
// instead (0: the line carries no number).
type Option struct {
	Number int    `json:"n,omitempty"`
	Label  string `json:"l"`
	Say    string `json:"s,omitempty"`
}

// Empty reports whether there is nothing to say.
func (r Reply) Empty() bool { return r.Text == "" && len(r.Options) == 0 && r.Foot == "" }
