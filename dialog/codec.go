package dialog

import (
	"errors"
	"strconv"
	"strings"
)

// The session is written as text, one record after the other, with separators
// that cannot occur in cleaned input: it is read and written in every turn, and
// general-purpose encodings cost several times as much.
const (
	recSep   = "\x1e"
	fieldSep = "\x1f"
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
	for k, v := range s.Args {
		rec("g", k, v)
	}
	for _, o := range s.Menu {
		rec("o", itoa(o.Number), o.Label, o.Say)
	}
	if f := s.Form; f != nil {
		rec("f", f.Flow, itoa(f.Version), f.Thing, f.Title, strconv.FormatInt(f.Began, 10), f.Card, itoa(f.Tries), strconv.FormatBool(f.Force), string(f.Stage), f.Prefer)
		encodeMap(rec, "a", f.Answers)
		encodeMap(rec, "b", f.Base)
		encodeMap(rec, "p", f.Passed)
		encodeMap(rec, "m", f.Marks)
		for _, c := range f.Check {
			rec("c", c.Path, c.Value, c.Said)
		}
		for _, st := range f.Steps {
			rec("s", st.Card)
			for _, w := range st.Was {
				rec("w", w.Path, w.Value, w.Passed)
			}
		}
	}
	return b
}

func encodeMap(rec func(string, ...string), kind string, m map[string]string) {
	for k, v := range m {
		rec(kind, k, v)
	}
}

// Decode reads what Encode wrote; nil bytes are a new session.
func Decode(b []byte) (*Session, error) {
	s := &Session{}
	if len(b) == 0 {
		return s, nil
	}
	text := string(b)
	tag, rest, _ := strings.Cut(text, recSep)
	if tag != codecTag {
		return nil, errCodec
	}
	var fs [11]string
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, recSep)
		n := splitFields(line, fs[:])
		if err := s.record(fs[:n]); err != nil {
			return nil, err
		}
	}
	return s, nil
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

// fieldCount is how many fields each kind of record has, its kind included.
var fieldCount = map[string]int{"k": 2, "g": 3, "o": 4, "f": 11, "a": 3, "b": 3, "p": 3, "m": 3, "c": 4, "s": 2, "w": 4}

func (s *Session) record(f []string) error {
	if n, ok := fieldCount[f[0]]; !ok || len(f) != n {
		return errCodec
	}
	switch f[0] {
	case "k":
		s.Ask = f[1]
		return nil
	case "g":
		if s.Args == nil {
			s.Args = map[string]string{}
		}
		s.Args[f[1]] = f[2]
		return nil
	case "o":
		n, _ := strconv.Atoi(f[1])
		s.Menu = append(s.Menu, Option{Number: n, Label: f[2], Say: f[3]})
		return nil
	case "f":
		s.Form = decodeForm(f)
		return nil
	}
	if s.Form == nil {
		return errCodec
	}
	return s.Form.record(f)
}

func decodeForm(f []string) *Form {
	version, _ := strconv.Atoi(f[2])
	began, _ := strconv.ParseInt(f[5], 10, 64)
	tries, _ := strconv.Atoi(f[7])
	return &Form{
		Flow: f[1], Version: version, Thing: f[3], Title: f[4], Began: began, Card: f[6], Tries: tries,
		Force: f[8] == "true", Stage: Stage(f[9]), Prefer: f[10],
		Answers: make(map[string]string, 128), Base: make(map[string]string, 64), Passed: map[string]string{}, Marks: map[string]string{},
	}
}

func (fm *Form) record(f []string) error {
	switch f[0] {
	case "a":
		fm.Answers[f[1]] = f[2]
	case "b":
		fm.Base[f[1]] = f[2]
	case "p":
		fm.Passed[f[1]] = f[2]
	case "m":
		fm.Marks[f[1]] = f[2]
	case "c":
		fm.Check = append(fm.Check, Assign{Path: f[1], Value: f[2], Said: f[3], Unsure: true})
	case "s":
		fm.Steps = append(fm.Steps, Step{Card: f[1]})
	case "w":
		if len(fm.Steps) == 0 {
			return errCodec
		}
		last := &fm.Steps[len(fm.Steps)-1]
		last.Was = append(last.Was, Was{f[1], f[2], f[3]})
	}
	return nil
}
