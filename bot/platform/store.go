package platform

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// store keeps the platform in a folder: state.json (people, menu, QR codes,
// media list), chat.jsonl (one item a line) and media/. Without a folder it
// keeps nothing. It is meant for one demo village, not for a county: the
// state is written whole after each change.
type store struct {
	mu   sync.Mutex
	root *os.Root
	chat *os.File
	err  error // the first write that failed; reported by close
}

// state is what state.json holds.
type state struct {
	Seq     int64              `json:"seq"`
	MsgID   int64              `json:"msg_id"`
	People  []*person          `json:"people"`
	Menu    []Button           `json:"menu,omitempty"`
	Tickets map[string]*ticket `json:"tickets,omitempty"`
	Media   map[string]*media  `json:"media,omitempty"`
}

const (
	stateFile = "state.json"
	stateNext = "state.json.new" // written first, then renamed
	chatFile  = "chat.jsonl"
	mediaDir  = "media"
)

func openStore(dir string) (*store, error) {
	if dir == "" {
		return &store{}, nil
	}
	if err := os.MkdirAll(filepath.Join(dir, mediaDir), 0o700); err != nil {
		return nil, fmt.Errorf("open platform folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open platform folder: %w", err)
	}
	chat, err := root.OpenFile(chatFile, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		root.Close()
		return nil, fmt.Errorf("open platform folder: %w", err)
	}
	return &store{root: root, chat: chat}, nil
}

func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.root == nil {
		return nil
	}
	return errors.Join(s.err, s.chat.Close(), s.root.Close())
}

func (s *store) appendItem(it Item) {
	if s.root == nil {
		return
	}
	line, err := plainJSON(it)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		_, err = s.chat.Write(append(line, '\n'))
	}
	s.remember(err)
}

func (s *store) writeState(st state) {
	if s.root == nil {
		return
	}
	raw, err := json.Marshal(st)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		err = s.root.WriteFile(stateNext, raw, 0o600)
	}
	if err == nil {
		err = s.root.Rename(stateNext, stateFile)
	}
	s.remember(err)
}

func (s *store) remember(err error) {
	if s.err == nil {
		s.err = err
	}
}

// keepMedia writes a file; kept is false when there is no folder.
func (s *store) keepMedia(id string, data []byte) (kept bool, err error) {
	if s.root == nil {
		return false, nil
	}
	return true, s.root.WriteFile(filepath.Join(mediaDir, id), data, 0o600)
}

func (s *store) readMedia(id string) ([]byte, error) {
	if s.root == nil {
		return nil, fs.ErrNotExist
	}
	return s.root.ReadFile(filepath.Join(mediaDir, id))
}

// readState returns the kept state; a new folder has an empty one.
func (s *store) readState() (state, error) {
	var st state
	if s.root == nil {
		return st, nil
	}
	raw, err := s.root.ReadFile(stateFile)
	if errors.Is(err, fs.ErrNotExist) {
		return st, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &st)
	}
	return st, err
}

// readChat calls each for every kept item. A last line that a crash cut off
// is passed over, and ended so that the next item begins a line of its own.
func (s *store) readChat(each func(Item)) error {
	if s.root == nil {
		return nil
	}
	lines := bufio.NewReader(s.chat)
	for {
		line, err := lines.ReadBytes('\n')
		var it Item
		if json.Unmarshal(line, &it) == nil {
			each(it)
		}
		if errors.Is(err, io.EOF) && len(line) > 0 {
			_, err = s.chat.Write([]byte{'\n'})
			return err
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// load fills the platform from its folder.
func (p *Platform) load() error {
	st, err := p.store.readState()
	if err != nil {
		return fmt.Errorf("read platform state: %w", err)
	}
	p.seq, p.msgID, p.menu = st.Seq, st.MsgID, st.Menu
	for _, u := range st.People {
		if u.Grants == nil {
			u.Grants = map[string]int{}
		}
		p.people[u.OpenID] = u
		p.order = append(p.order, u.OpenID)
	}
	for id, t := range st.Tickets {
		p.tickets[id] = t
	}
	for id, m := range st.Media {
		p.media[id] = m
	}
	err = p.store.readChat(func(it Item) {
		u := p.person(it.OpenID)
		u.chat = append(u.chat, it)
		p.seq = max(p.seq, it.Seq)
		p.msgID = max(p.msgID, it.MsgID)
	})
	if err != nil {
		return fmt.Errorf("read platform chats: %w", err)
	}
	return nil
}

// save writes the state. Callers hold p.mu.
func (p *Platform) save() {
	if p.store.root == nil {
		return
	}
	st := state{Seq: p.seq, MsgID: p.msgID, Menu: p.menu, Tickets: p.tickets, Media: p.media}
	for _, openid := range p.order {
		st.People = append(st.People, p.people[openid])
	}
	p.store.writeState(st)
}
