package dialog

import (
	"strconv"
	"strings"
)

// decoder is one reading of a session.
type decoder struct {
	s      *Session
	counts [256]int // how many records of each kind there are, so that nothing has to grow
	paths  []string // of answers and of what was passed, in their order
	was    []Was    // of all steps, which take their own from it
}

// Decode reads what Encode wrote; nil bytes are a new session.
func Decode(b []byte) (*Session, error) {
	d := decoder{s: &Session{}}
	if len(b) == 0 {
		return d.s, nil
	}
	text := string(b)
	tag, rest, _ := strings.Cut(text, string(recSep))
	if tag != codecTag {
		return nil, errCodec
	}
	d.count(text)
	for rest != "" {
		var line string
		if i := strings.IndexByte(rest, recSep); i < 0 {
			line, rest = rest, ""
		} else {
			line, rest = rest[:i], rest[i+1:]
		}
		var f fields
		if !f.split(line) || !d.record(line[0], &f) {
			return nil, errCodec
		}
	}
	return d.s, nil
}

func (d *decoder) count(text string) {
	for {
		i := strings.IndexByte(text, recSep)
		if i < 0 || i+1 == len(text) {
			return
		}
		d.counts[text[i+1]]++
		text = text[i+1:]
	}
}

// fields are those of one record after its kind, which is a single letter.
type fields [10]string

// split reports whether line has the fields its kind must have.
func (f *fields) split(line string) bool {
	if line == "" {
		return false
	}
	last := fieldCount[line[0]] - 2
	if last < 0 || len(line) < 2 || line[1] != fieldSep {
		return false
	}
	line = line[2:]
	for n := range last {
		i := strings.IndexByte(line, fieldSep)
		if i < 0 {
			return false
		}
		f[n], line = line[:i], line[i+1:]
	}
	f[last] = line
	return strings.IndexByte(line, fieldSep) < 0
}

func (d *decoder) record(kind byte, f *fields) bool {
	s := d.s
	switch kind {
	case 'k':
		s.Ask = f[0]
	case 'l':
		s.Saved, s.Last = f[0], f[1]
	case 'g':
		if s.Args == nil {
			s.Args = make(map[string]string, d.counts['g'])
		}
		s.Args[f[0]] = f[1]
	case 'h':
		s.Hold(f[0], f[1])
	case 'o':
		n, _ := strconv.Atoi(f[0])
		s.Menu = append(s.Menu, Option{Number: n, Label: f[1], Say: f[2]})
	case 'f':
		s.Form = d.form(f)
	default:
		return s.Form != nil && d.formRecord(s.Form, kind, f)
	}
	return true
}

// spare is how many answers a usual turn adds: the map need not grow for them.
const spare = 4

func (d *decoder) form(f *fields) *Form {
	version, _ := strconv.Atoi(f[1])
	began, _ := strconv.ParseInt(f[4], 10, 64)
	tries, _ := strconv.Atoi(f[6])
	n := &d.counts
	d.paths = make([]string, 0, n['a']+n['p'])
	d.was = make([]Was, 0, n['w'])
	form := &Form{
		Flow: f[0], Version: version, Thing: f[2], Title: f[3], Began: began, Card: f[5], Tries: tries,
		Force: f[7] == "true", Stage: Stage(f[8]), Prefer: f[9],
		Answers: make(map[string]string, n['a']+spare), Base: make(map[string]string, n['b']+n['e']),
		Passed: make(map[string]string, n['p']), Marks: make(map[string]string, n['m']),
	}
	if n['s'] > 0 {
		form.Steps = make([]Step, 0, n['s']+1) // and the one of this turn
	}
	return form
}

func (d *decoder) formRecord(fm *Form, kind byte, f *fields) bool {
	switch kind {
	case 'a':
		fm.Answers[f[0]] = f[1]
		d.paths = append(d.paths, f[0])
	case 'b':
		fm.Base[f[0]] = f[1]
	case 'e':
		path, ok := d.path(f[0])
		if !ok {
			return false
		}
		fm.Base[path] = fm.Answers[path]
	case 'p':
		fm.Passed[f[0]] = f[1]
		d.paths = append(d.paths, f[0])
	case 'm':
		fm.Marks[f[0]] = f[1]
	case 'c':
		fm.Check = append(fm.Check, Assign{Path: f[0], Value: f[1], Said: f[2], Unsure: true})
	case 's':
		fm.Steps = append(fm.Steps, Step{Card: f[0]})
	case 'w':
		return d.step(fm, f)
	}
	return true
}

// step adds to the last step what stood at a path, which is written out or by
// its place.
func (d *decoder) step(fm *Form, f *fields) bool {
	path, ok := f[0], true
	if place, marked := strings.CutPrefix(path, pathMark); marked {
		path, ok = d.path(place)
	}
	if len(fm.Steps) == 0 || !ok {
		return false
	}
	d.was = append(d.was, Was{path, f[1], f[2]})
	last := &fm.Steps[len(fm.Steps)-1]
	from := len(d.was) - 1 - len(last.Was)
	last.Was = d.was[from:len(d.was):len(d.was)]
	return true
}

func (d *decoder) path(place string) (string, bool) {
	n, err := strconv.Atoi(place)
	if err != nil || n < 0 || n >= len(d.paths) {
		return "", false
	}
	return d.paths[n], true
}
