package flows

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// taskFresh is how long a measure that was spoken of is the one that words without
// a name are about.
const taskFresh = 30 * time.Minute

// measureRef is the end of a measure's id as taps carry it: 0001s002, and for those
// above a village with the code below theirs in front.
var measureRef = regexp.MustCompile(`(?:^|\s)([0-9]{4,16}s[0-9]{3})(?:\s|$)`)

// referred is the measure that a tap names by its id, and what follows it.
func (t *talk) referred(arg string) (id, rest string, ok bool) {
	m := measureRef.FindStringSubmatchIndex(arg)
	if m == nil {
		return "", arg, false
	}
	const whole = len("5399012002010001s002")
	if id = arg[m[2]:m[3]]; len(id) < whole {
		id = t.by.Area + id
	}
	return id, strings.TrimSpace(arg[m[1]:]), len(id) == whole
}

// householdOf is the household a measure belongs to.
func householdOf(measure string) string { return measure[:models.HouseholdDigits] }

// aim finds the measure that is meant: by the id of a tap, by the number of the list,
// by whose it is and what its words speak of. done: the reply asks, or says why not.
func (t *talk) aim(kind models.StepKind, arg string) (id, said string, done bool, err error) {
	if id, rest, ok := t.referred(arg); ok {
		return id, rest, false, nil
	}
	if n, rest, ok := t.listNumber(arg); ok {
		id, done, err := t.numbered(n)
		return id, rest, done, err
	}
	if strings.TrimSpace(arg) == "" {
		if id := t.spokenOf(); id != "" {
			return id, "", false, nil
		}
		return "", "", true, t.askFromList(kind, "")
	}
	r := t.progress.Read(arg, t.hearing(kind, ""))
	rep := progress.Report{}
	if len(r.Reports) > 0 {
		rep = r.Reports[0]
	}
	if t.backfills(arg) && r.House == "" && len(rep.About) == 0 {
		return "", "", true, t.askFromList(kind, arg)
	}
	hits, where, err := t.candidates(arg, r, &rep, kind)
	if err != nil {
		return "", "", true, err
	}
	id, done = t.choose(hits, where, kind, arg)
	if id == "" && !done {
		if whose, err := t.namedHouseholds(arg, r); err != nil || whose.stranger != "" {
			return "", "", true, errOr(err, func() error { return t.nobodyOf(whose.stranger, r.Group) })
		}
		t.say("work.none", "said", clip(arg, 20))
		t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
		done = true
	}
	return id, arg, done, nil
}

// backfills reports whether words ask to enter progress afterwards: 补录三月的进度.
func (t *talk) backfills(said string) bool {
	return startsWithAny(said, strings.Fields(t.texts.Say("work.backfill"))) && containsAny(said, strings.Fields(t.texts.Say("work.backfilled")))
}

// hearing is what the reader of progress is told of the moment.
func (t *talk) hearing(kind models.StepKind, asked string) progress.Context {
	return progress.Context{Now: t.in.At, Step: kind, Asked: asked}
}

// workTold is what a text tells of work, whatever is asked for. Several in a turn want to know
// it of the same text: it is read once.
func (t *talk) workTold(text string) progress.Reading {
	if t.toldOf == nil || t.toldOf.text != text {
		t.toldOf = &toldOf{text, t.progress.Read(text, t.hearing("", ""))}
	}
	return t.toldOf.read
}

// toldOf is a text and its reading.
type toldOf struct {
	text string
	read progress.Reading
}

// spokenOf is the measure shown or moved a moment ago, "" when none was.
func (t *talk) spokenOf() string {
	at, _ := strconv.ParseInt(t.s.Held[heldTaskAt], 10, 64)
	if t.s.Held[heldTask] == "" || t.in.At.Sub(time.Unix(at, 0)) > taskFresh {
		return ""
	}
	return t.s.Held[heldTask]
}

// speakOf remembers the measure that is spoken of.
func (t *talk) speakOf(id string) {
	t.s.Hold(heldTask, id)
	t.s.Hold(heldTaskAt, formatID(uint64(t.in.At.Unix())))
}

// choose takes the only measure that fits, or asks among several. It asks as well
// when only the kind fits: 牛 for 养羊.
func (t *talk) choose(hits []hit, where string, kind models.StepKind, said string) (id string, done bool) {
	switch {
	case len(hits) == 0:
		return "", false
	case len(hits) == 1 && hits[0].sure:
		return hits[0].ID, false
	}
	t.askMeasure(hits, where, kind, said)
	return "", true
}

// askMeasure asks which measure is meant; what was said waits for the answer.
func (t *talk) askMeasure(hits []hit, where string, kind models.StepKind, said string) {
	key := "work.which"
	if len(hits) == 1 {
		key = "work.is_it"
	}
	t.say(key, "said", clip(said, 20))
	var opts []dialog.Option
	for _, h := range hits[:min(len(hits), todoPage)] {
		opts = append(opts, dialog.Option{Label: t.taskLine(h.Task), Say: t.taskSay("task.word", h.Head, &h.Measure)})
	}
	if len(hits) > todoPage {
		t.note("work.too_many")
	}
	opts = append(opts, dialog.Option{Label: t.texts.Say("work.none_of_them"), Say: t.texts.Say("work.none_of_them")})
	t.menu(opts...)
	t.s.Ask, t.asked = "work_which", true
	t.s.Args = map[string]string{"step": string(kind), "said": said, "where": where}
}
