package dialog

import (
	"bytes"
	"strconv"
	"sync"
)

// encoder writes one session. Its buffer and its map are kept for the next
// session of somebody else: a session is written in every turn, and what it is
// written with costs more than what is written.
type encoder struct {
	b      []byte
	places map[string]int // of the paths of answers and of what was passed, in their order
}

var encoders = sync.Pool{New: func() any { return &encoder{places: map[string]int{}} }}

// free leaves nothing of a household behind.
func (e *encoder) free() {
	clear(e.b)
	clear(e.places)
	e.b = e.b[:0]
	encoders.Put(e)
}

// Encode writes the session.
func (s *Session) Encode() []byte {
	e := encoders.Get().(*encoder)
	defer e.free()
	e.b = append(e.b, codecTag...)
	if s.Ask != "" {
		e.rec('k', s.Ask)
	}
	if s.Saved != "" || s.Last != "" {
		e.rec('l', s.Saved, s.Last)
	}
	e.pairs('g', s.Args)
	e.pairs('h', s.Held)
	for _, o := range s.Menu {
		e.rec('o', itoa(o.Number), o.Label, o.Say)
	}
	if s.Form != nil {
		e.form(s.Form)
	}
	return bytes.Clone(e.b)
}

func (e *encoder) form(f *Form) {
	e.rec('f', f.Flow, itoa(f.Version), f.Thing, f.Title, strconv.FormatInt(f.Began, 10), f.Card, itoa(f.Tries), strconv.FormatBool(f.Force), string(f.Stage), f.Prefer)
	e.paths('a', f.Answers)
	e.paths('p', f.Passed)
	e.base(f)
	e.pairs('m', f.Marks)
	for _, c := range f.Check {
		e.rec('c', c.Path, c.Value, c.Said)
	}
	for _, st := range f.Steps {
		e.rec('s', st.Card)
		for _, w := range st.Was {
			e.was(w)
		}
	}
}

func (e *encoder) rec(kind byte, fields ...string) {
	e.b = append(e.b, recSep, kind)
	for _, f := range fields {
		e.b = append(append(e.b, fieldSep), f...)
	}
}

// place begins a record whose first field is a place, after mark.
func (e *encoder) place(kind byte, mark string, n int) {
	e.b = append(append(e.b, recSep, kind, fieldSep), mark...)
	e.b = strconv.AppendInt(e.b, int64(n), 10)
}

func (e *encoder) pairs(kind byte, m map[string]string) {
	for k, v := range m {
		e.rec(kind, k, v)
	}
}

// paths is pairs that notes the place of every path.
func (e *encoder) paths(kind byte, m map[string]string) {
	for path, v := range m {
		e.places[path] = len(e.places)
		e.rec(kind, path, v)
	}
}

// base writes what was on file; a value that still stands is only marked (e):
// nearly all of a household that is visited again is.
func (e *encoder) base(f *Form) {
	for path, v := range f.Base {
		if n, ok := e.places[path]; ok && f.Answers[path] == v {
			e.place('e', "", n)
			continue
		}
		e.rec('b', path, v)
	}
}

// was names a path that still has an answer by its place.
func (e *encoder) was(w Was) {
	n, ok := e.places[w.Path]
	if !ok {
		e.rec('w', w.Path, w.Value, w.Passed)
		return
	}
	e.place('w', pathMark, n)
	e.b = append(append(e.b, fieldSep), w.Value...)
	e.b = append(append(e.b, fieldSep), w.Passed...)
}
