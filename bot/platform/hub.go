package platform

import "sync"

// note is one thing that open pages must hear of at once.
type note struct {
	Kind   string `json:"kind"` // item, typing, people, menu
	OpenID string `json:"openid,omitempty"`
	Item   *Item  `json:"item,omitempty"`
	On     bool   `json:"on,omitempty"`
}

// hub hands notes to all open pages. A page that does not keep up loses its
// line, connects anew and reads everything again.
type hub struct {
	mu     sync.Mutex
	lines  map[chan note]bool
	closed bool
}

// backlog is how many notes a page may be behind.
const backlog = 256

func newHub() *hub { return &hub{lines: map[chan note]bool{}} }

func (h *hub) join() chan note {
	h.mu.Lock()
	defer h.mu.Unlock()
	line := make(chan note, backlog)
	if h.closed {
		close(line)
		return line
	}
	h.lines[line] = true
	return line
}

func (h *hub) leave(line chan note) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(line)
}

func (h *hub) drop(line chan note) {
	if h.lines[line] {
		delete(h.lines, line)
		close(line)
	}
}

func (h *hub) tell(n note) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for line := range h.lines {
		select {
		case line <- n:
		default:
			h.drop(line)
		}
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for line := range h.lines {
		h.drop(line)
	}
}
