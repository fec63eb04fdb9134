package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// What Session.Held keeps of what was told last of a measure.
const (
	heldSaid     = "todo.said"     // the words
	heldSaidStep = "todo.saidstep" // the step they were taken for
)

// slip is what somebody takes back of what was said before: 不是8只，是7只; 说错了，7只.
type slip struct {
	wrong, right string
	led          bool // it was said outright that it was wrong
}

// slipOf reads a correction. ok is false when the text is none.
func slipOf(text string) (s slip, ok bool) {
	text = zh.Clean(text)
	if containsAny(text, lex().SlipAsks) || questioning(text) {
		return s, false
	}
	for more := true; more; {
		text = strings.TrimLeft(text, lex().SlipMarks)
		more = false
		for _, w := range lex().SlipLeads {
			if rest, found := strings.CutPrefix(text, w); found {
				text, s.led, more = rest, true, true
			}
		}
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(lex().SlipMarks, r) }) {
		s.hear(part)
	}
	return s, s.right != "" && (s.wrong != "" || s.led)
}

// hear takes one part of a correction.
func (s *slip) hear(part string) {
	not, is := lex().SlipNot, lex().SlipIs
	if before, after, found := strings.Cut(part, not); found {
		s.wrong = after
		for _, w := range is { // 不是8只是7只
			if wrong, right, both := strings.Cut(after, w); both {
				s.wrong, s.right = wrong, right
				return
			}
		}
		for _, w := range is { // 是500米不是50米
			if i := strings.LastIndex(before, w); i >= 0 {
				s.right = before[i+len(w):]
				return
			}
		}
		return
	}
	for _, w := range is {
		if right, found := strings.CutPrefix(part, w); found {
			s.right = right
			return
		}
	}
	if s.led && s.right == "" {
		s.right = part
	}
}

// mend puts what is right into the words said before; ok is false when what was wrong
// is not in them, or could be either of two numbers.
func (s slip) mend(said string) (mended string, ok bool) {
	if said == "" {
		return "", false
	}
	if s.wrong != "" && strings.Count(said, s.wrong) == 1 {
		return strings.Replace(said, s.wrong, s.right, 1), true
	}
	right := zh.Scan(s.right)
	if len(right) != 1 {
		return "", false
	}
	wrong := zh.Scan(s.wrong)
	var fit []zh.Quantity
	for _, q := range zh.Scan(said) {
		bare := right[0].Dim == zh.Plain
		if (bare && (len(wrong) == 1 || s.led) || q.Dim == right[0].Dim && q.Unit == right[0].Unit) && (len(wrong) != 1 || sameNumber(q, wrong[0])) && q.Dim != zh.Calendar && q.Dim != zh.Ordinal {
			fit = append(fit, q)
		}
	}
	if len(fit) > 1 && len(wrong) != 1 { // 两百来米 is what is said exactly now
		fit = slices.DeleteFunc(fit, func(q zh.Quantity) bool { return !q.Approx })
	}
	if len(fit) != 1 {
		return "", false
	}
	now := s.right
	if right[0].Dim == zh.Plain {
		now += strings.TrimLeft(fit[0].Said, lex().Numerals)
	}
	return said[:fit[0].Start] + now + said[fit[0].End:], true
}

// sameNumber: the same amount, or the same number where a unit was left out: 210 of 两百一十米.
func sameNumber(a, b zh.Quantity) bool {
	if a.Value == b.Value {
		return true
	}
	head := strings.TrimSuffix(a.Said, strings.TrimLeft(a.Said, lex().Numerals))
	n, ok := zh.Number(head)
	return ok && b.Dim == zh.Plain && n.Value == b.Value
}

// holdSaid keeps what was told of a measure for a correction.
func (t *talk) holdSaid(j job) {
	t.s.Hold(heldSaid, j[jobNote])
	t.s.Hold(heldSaidStep, j[jobStep])
}

// corrected takes back what was saved a moment ago and says it anew as corrected; it
// counts when it is confirmed.
func (t *talk) corrected() (done bool, err error) {
	s, ok := slipOf(t.text)
	id := t.spokenOf()
	if !ok || id == "" || !t.undoStep() || !t.mayEdit() {
		return false, nil
	}
	said, ok := s.mend(t.s.Held[heldSaid])
	if !ok && !s.led {
		return false, nil
	}
	household, source, err := t.view.Households().LastSaved(t.ctx, *t.by, t.now.Add(-undoWindow))
	if err != nil || source != t.s.Saved || household != householdOf(id) {
		return false, errOr(err, func() error { return nil })
	}
	if !ok {
		t.say("slip.unclear", "said", clip(t.s.Held[heldSaid], 20))
		t.menu(tap(t.texts.Say("undo.word")))
		return true, nil
	}
	kind := t.kindOf(said, models.StepKind(t.s.Held[heldSaidStep]))
	if err := t.undoNow(household, source); err != nil {
		return true, err
	}
	_, m, err := t.measureOnFile(id)
	if m == nil {
		return true, err
	}
	t.say("slip.check", "title", t.measureName(m), "said", said)
	t.askJob(t.newJob(id, kind, said), needCheck, tap(t.texts.Say("check.yes")), tap(t.texts.Say("check.no")))
	return true, nil
}

// kindOf is the step that was meant before, "" when the words tell one themselves.
func (t *talk) kindOf(said string, before models.StepKind) models.StepKind {
	if rep := telling(t.workTold(said)); rep != nil && rep.Step != "" {
		return ""
	}
	return before
}

// correctedJob puts a correction into what waits for an answer.
func (t *talk) correctedJob(j job) (done bool, err error) {
	s, ok := slipOf(t.text)
	if !ok {
		return false, nil
	}
	said, ok := s.mend(j[jobNote])
	if !ok {
		return false, nil
	}
	anew := t.newJob(j[jobID], t.kindOf(said, models.StepKind(j[jobStep])), said)
	for _, key := range []string{jobBase, jobRest, jobBefore, jobWay, jobPhotos, jobDue, jobWhy, jobDept, jobInstead} {
		anew.put(key, j[key])
	}
	anew[jobUnsure] = "1"
	return true, t.advance(anew)
}

// unmoved answers words about work that are no progress, of the reasons given: heard
// from others, money that went back, what is not done yet. done is false when they are
// about something else.
func (t *talk) unmoved(whys ...string) (done bool) {
	r := t.workTold(t.text)
	if telling(r) != nil || !t.mayEdit() {
		return false
	}
	i := slices.IndexFunc(r.Unread, func(u progress.Unread) bool { return slices.Contains(whys, u.Why) })
	if i < 0 {
		return false
	}
	t.say("unmoved."+r.Unread[i].Why, "said", clip(t.text, 20))
	t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
	return true
}
