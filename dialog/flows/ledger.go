package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
)

// ledger gathers what one message says of the plan: it sees the answers of the
// form with those of the message laid over them, so that a fund can belong to a
// measure that was named two words before.
type ledger struct {
	*kit
	f     *dialog.Form
	in    dialog.Input
	set   []dialog.Assign
	at    map[string]int // path → place in set
	which *dialog.Reply
	wrong string
	left  []string // pieces nobody read
	work  string   // ref of the measure spoken of last
}

func (k *kit) ledger(f *dialog.Form, in dialog.Input) *ledger {
	return &ledger{kit: k, f: f, in: in, at: map[string]int{}, work: f.Marks[markWork]}
}

// markWork is the measure that was spoken of last.
const markWork = "work"

func (l *ledger) value(path string) string {
	if i, ok := l.at[path]; ok {
		return l.set[i].Value
	}
	return l.f.Value(path)
}

// put sets a value; said is what the person is told about it, "" when another
// value of the same row tells it. What its field cannot hold is told instead.
func (l *ledger) put(path, value, said string, unsure bool) {
	if why := l.refuses(path, value); why != "" {
		if !strings.Contains(l.wrong, why) {
			l.wrong = joinLines(l.wrong, why)
		}
		return
	}
	a := dialog.Assign{Path: path, Value: value, Said: said, Unsure: unsure}
	if i, ok := l.at[path]; ok {
		if said == "" {
			a.Said = l.set[i].Said
		}
		l.set[i] = a
		return
	}
	l.at[path] = len(l.set)
	l.set = append(l.set, a)
}

// fill sets a value that follows from others and is not told.
func (l *ledger) fill(path, value string) {
	if value != "" && l.value(path) != value {
		l.put(path, value, "", false)
	}
}

// refs are the rows of a list, those of the message included.
func (l *ledger) refs(list string) []string {
	text := l.value(list)
	if text == "" || text == noRows {
		return nil
	}
	return strings.Split(text, ",")
}

// add makes a new row at the end of a list, or in front.
func (l *ledger) add(list string, first bool) string {
	refs := l.refs(list)
	ref := nextIn(strings.Join(append(slices.Clone(refs), usedRefs(l.f, listLetter[list])...), ","), listLetter[list])
	if first {
		refs = append([]string{ref}, refs...)
	} else {
		refs = append(refs, ref)
	}
	l.put(list, strings.Join(refs, ","), "", false)
	return ref
}

// usedRefs are refs of rows on file: they are not given to others in this form,
// even when the row was dropped.
func usedRefs(f *dialog.Form, letter string) []string {
	var out []string
	for mark := range f.Marks {
		if ref, ok := strings.CutSuffix(mark, ".id"); ok && strings.HasPrefix(ref, letter) {
			out = append(out, ref)
		}
	}
	return out
}

// drop takes a row off its list with all its values.
func (l *ledger) drop(list, ref string) {
	refs := slices.DeleteFunc(slices.Clone(l.refs(list)), func(r string) bool { return r == ref })
	value := strings.Join(refs, ",")
	if value == "" && l.f.Base[list] != "" {
		value = noRows
	}
	l.put(list, value, "", false)
	for path := range l.f.Answers {
		if strings.HasPrefix(path, ref+".") {
			l.put(path, "", "", false)
		}
	}
}

// of are the rows of a list that belong to a measure.
func (l *ledger) of(list, work string) []string {
	return slices.DeleteFunc(slices.Clone(l.refs(list)), func(r string) bool { return l.value(r+".of") != work })
}

// heard is what the message came to.
func (l *ledger) heard() dialog.Heard {
	if l.work != "" && len(l.set) > 0 {
		l.f.Marks[markWork] = l.work
	}
	l.sayMain()
	return dialog.Heard{Set: l.set, Unread: l.left, Wrong: l.wrong, Which: l.which}
}

// ask offers the meanings of an ambiguous piece, once.
func (l *ledger) ask(text string, opts []dialog.Option) {
	if l.which != nil || len(opts) == 0 {
		return
	}
	if len(opts) > maxOptions {
		opts = opts[:maxOptions]
	}
	for i := range opts {
		opts[i].Number = i + 1
	}
	l.which = &dialog.Reply{Text: text, Options: opts}
}

// whole tells a row in one line: the assign of its first value carries it.
func (l *ledger) whole(ref, said string) {
	for i := range l.set {
		if strings.HasPrefix(l.set[i].Path, ref+".") {
			l.set[i].Said = said
			return
		}
	}
}
