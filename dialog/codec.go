package dialog

import (
	"errors"
	"strconv"
	"strings"
)

// The session is written as text, one record after the other, with separators
// that cannot occur in cleaned input: it is read and written in every turn, and
// general-purpose encodings cost several times as much. A step names the paths
// that still have an answer by their place among the records before it: paths
// are most of a session, and it is sealed, sent and stored twice in every turn.
const (
	recSep   = "\x1e"
	fieldSep = "\x1f"
	pathMark = "#"
	codecTag = "s1"
)

var errCodec = errors.New("dialog: session cannot be read")

func itoa(n int) string { return strconv.Itoa(n) }

// Encode writes the session.
func (s *Session) Encode() []byte {
	b := make([]byte, 0, 2048)
	b = append(b, codecTag...)
	rec := func(kind string, fields ...string) {
		b = append(b, recSep...)
		b = append(b, kind...)
		for _, f := range fields {
			b = append(b, fieldSep...)
			b = append(b, f...)
		}
	}
	if s.Ask != "" {
		rec("k", s.Ask)
	}
	if s.Saved != "" || s.Last != "" {
		rec("l", s.Saved, s.Last)
	}
	encodeMap(rec, "g", s.Args)
	encodeMap(rec, "h", s.Held)
	for _, o := range s.Menu {
		rec("o", itoa(o.Number), o.Label, o.Say)
	}
	if f := s.Form; f != nil {
		rec("f", f.Flow, itoa(f.Version), f.Thing, f.Title, strconv.FormatInt(f.Began, 10), f.Card, itoa(f.Tries), strconv.FormatBool(f.Force), string(f.Stage), f.Prefer)
		places := make(map[string]int, len(f.Answers)+len(f.Passed))
		encodePaths(rec, "a", f.Answers, places)
		encodePaths(rec, "p", f.Passed, places)
		encodeBase(rec, f, places)
		encodeMap(rec, "m", f.Marks)
		for _, c := range f.Check {
			rec("c", c.Path, c.Value, c.Said)
		}
		for _, st := range f.Steps {
			rec("s", st.Card)
			for _, w := range st.Was {
				if place, ok := places[w.Path]; ok {
					b = append(b, recSep+"w"+fieldSep+pathMark...)
					b = strconv.AppendInt(b, int64(place), 10)
					b = append(append(b, fieldSep...), w.Value...)
					b = append(append(b, fieldSep...), w.Passed...)
					continue
				}
				rec("w", w.Path, w.Value, w.Passed)
			}
		}
	}
	return b
}

// encodePaths is encodeMap that notes the place of every path.
func encodePaths(rec func(string, ...string), kind string, m map[string]string, places map[string]int) {
	for path, v := range m {
		places[path] = len(places)
		rec(kind, path, v)
	}
}

// encodeBase writes what was on file; a value that still stands is only marked
// (e): nearly all of a household that is visited again is.
func encodeBase(rec func(string, ...string), f *Form, places map[string]int) {
	for path, v := range f.Base {
		if place, ok := places[path]; ok && f.Answers[path] == v {
			rec("e", itoa(place))
			continue
		}
		rec("b", path, v)
	}
}

func encodeMap(rec func(string, ...string), kind string, m map[string]string) {
	for k, v := range m {
		rec(kind, k, v)
	}
}

// decoder is one reading of a session.
type decoder struct {
	s     *Session
	size  int      // about how many answers there are
	paths []string // of answers and of what was passed, in their order
}

// Decode reads what Encode wrote; nil bytes are a new session.
func Decode(b []byte) (*Session, error) {
	d := decoder{s: &Session{}}
	if len(b) == 0 {
		return d.s, nil
	}
	text := string(b)
	tag, rest, _ := strings.Cut(text, recSep)
	if tag != codecTag {
		return nil, errCodec
	}
	d.size = strings.Count(text, recSep+"a"+fieldSep)
	var fs [11]string
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, recSep)
		n := splitFields(line, fs[:])
		if err := d.record(fs[:n]); err != nil {
			return nil, err
		}
	}
	return d.s, nil
}

func splitFields(line string, into []string) int {
	n := 0
	for n < len(into)-1 {
		i := strings.IndexByte(line, fieldSep[0])
		if i < 0 {
			break
		}
		into[n], line = line[:i], line[i+1:]
		n++
	}
	into[n] = line
	return n + 1
}

// fieldCount is how many fields a kind of record has, its kind included; 0 for
// a kind that is none.
func fieldCount(kind string) int {
	switch kind {
	case "k", "s", "e":
		return 2
	case "g", "h", "a", "b", "p", "m", "l":
		return 3
	case "o", "c", "w":
		return 4
	case "f":
		return 11
	}
	return 0
}

func (d *decoder) record(f []string) error {
	if len(f) != fieldCount(f[0]) {
		return errCodec
	}
	s := d.s
	switch f[0] {
	case "k":
		s.Ask = f[1]
		return nil
	case "l":
		s.Saved, s.Last = f[1], f[2]
		return nil
	case "g":
		if s.Args == nil {
			s.Args = map[string]string{}
		}
		s.Args[f[1]] = f[2]
		return nil
	case "h":
		s.Hold(f[1], f[2])
		return nil
	case "o":
		n, _ := strconv.Atoi(f[1])
		s.Menu = append(s.Menu, Option{Number: n, Label: f[2], Say: f[3]})
		return nil
	case "f":
		s.Form = d.form(f)
		return nil
	}
	if s.Form == nil {
		return errCodec
	}
	return d.formRecord(s.Form, f)
}

// spare is how many answers one turn may add before the map has to grow.
const spare = 16

func (d *decoder) form(f []string) *Form {
	version, _ := strconv.Atoi(f[2])
	began, _ := strconv.ParseInt(f[5], 10, 64)
	tries, _ := strconv.Atoi(f[7])
	d.paths = make([]string, 0, d.size+spare)
	return &Form{
		Flow: f[1], Version: version, Thing: f[3], Title: f[4], Began: began, Card: f[6], Tries: tries,
		Force: f[8] == "true", Stage: Stage(f[9]), Prefer: f[10],
		Answers: make(map[string]string, d.size+spare), Base: map[string]string{}, Passed: map[string]string{}, Marks: map[string]string{},
	}
}

func (d *decoder) formRecord(fm *Form, f []string) error {
	switch f[0] {
	case "a":
		fm.Answers[f[1]] = f[2]
		d.paths = append(d.paths, f[1])
	case "b":
		fm.Base[f[1]] = f[2]
	case "e":
		path, ok := d.path(pathMark + f[1])
		if !ok {
			return errCodec
		}
		fm.Base[path] = fm.Answers[path]
	case "p":
		fm.Passed[f[1]] = f[2]
		d.paths = append(d.paths, f[1])
	case "m":
		fm.Marks[f[1]] = f[2]
	case "c":
		fm.Check = append(fm.Check, Assign{Path: f[1], Value: f[2], Said: f[3], Unsure: true})
	case "s":
		fm.Steps = append(fm.Steps, Step{Card: f[1]})
	case "w":
		path, ok := d.path(f[1])
		if len(fm.Steps) == 0 || !ok {
			return errCodec
		}
		last := &fm.Steps[len(fm.Steps)-1]
		last.Was = append(last.Was, Was{path, f[2], f[3]})
	}
	return nil
}

// path is a path written out or by its place.
func (d *decoder) path(text string) (string, bool) {
	place, marked := strings.CutPrefix(text, pathMark)
	if !marked {
		return text, true
	}
	n, err := strconv.Atoi(place)
	if err != nil || n < 0 || n >= len(d.paths) {
		return "", false
	}
	return d.paths[n], true
}
