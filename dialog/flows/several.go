package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Several lines of the list in one message: 2、3都完成了, 前两个都弄好了, 全部完成,
// 2完成了，3延期到月底 下雨. They are worked through one after the other: the first at
// once, the others wait in the job as what is still to be said.

// errand is one line with what is said of it.
type errand struct {
	id   string
	kind models.StepKind
	said string
}

// encodeErrands keeps errands in a job, one a line.
func encodeErrands(es []errand) string {
	var out []string
	for _, e := range es {
		out = append(out, strings.Join([]string{e.id, string(e.kind), strings.ReplaceAll(e.said, "\n", "，")}, "\t"))
	}
	return strings.Join(out, "\n")
}

func decodeErrands(text string) (es []errand) {
	for _, line := range strings.Split(text, "\n") {
		if f := strings.Split(line, "\t"); len(f) == 3 {
			es = append(es, errand{f[0], models.StepKind(f[1]), f[2]})
		}
	}
	return es
}

// lineNumbers reads which lines of the list are meant and what is said of them: 2、3,
// 2和3, 1到3, 前两个, 全部. spaced tells that a blank alone may stand between two.
func (t *talk) lineNumbers(arg string, spaced bool) (ns []int, rest string) {
	s := zh.Clean(arg)
	most := len(t.heldIDs())
	for _, w := range lex().AllLines {
		if rest, ok := strings.CutPrefix(s, w); ok {
			return upTo(1, most), t.linesTail(rest)
		}
	}
	for _, w := range lex().FirstLines {
		if rest, ok := strings.CutPrefix(s, w); ok {
			if n, rest := t.lineNumber(rest); n > 0 {
				return upTo(1, n), rest
			}
		}
	}
	for {
		n, rest := t.lineNumber(s)
		if n == 0 {
			return ns, strings.TrimLeft(s, " ，,、：:。")
		}
		ns = append(ns, n)
		last := n
		s = rest
		for _, w := range lex().LineSpans {
			if after, ok := strings.CutPrefix(s, w); ok {
				if to, rest := t.lineNumber(after); to > last {
					ns, s = append(ns, upTo(last+1, to)...), rest
				}
			}
		}
		joined := strings.HasPrefix(s, " ") && spaced
		for _, w := range lex().LineJoins {
			if after, ok := strings.CutPrefix(strings.TrimLeft(s, " "), w); ok {
				if n, _ := t.lineNumber(after); n > 0 {
					s, joined = after, true
					break
				}
			}
		}
		if !joined {
			return ns, t.linesTail(s)
		}
		s = strings.TrimLeft(s, " ")
	}
}

// lineNumber is a number in front that can be a line: no quantity (3头) and no date.
func (t *talk) lineNumber(s string) (n int, rest string) {
	s = strings.TrimPrefix(strings.TrimLeft(s, " "), "第")
	tail := strings.TrimLeft(s, lex().Ordinals)
	num, found := zh.Number(strings.TrimSuffix(s, tail))
	v, whole := num.Value.Int()
	if !found || !whole || num.Approx || v < 1 || v > 99 {
		return 0, s
	}
	for _, sign := range append(strings.Fields(t.texts.Say("todo.number_signs")), "个") {
		if rest, ok := strings.CutPrefix(tail, sign); ok {
			return v, rest
		}
	}
	if tail == "" || strings.ContainsRune(" ，,、：:。", []rune(tail)[0]) || t.progress.Knows(tail) {
		return v, tail
	}
	for _, w := range slices.Concat(lex().LineJoins, lex().LineSpans, lex().LineTails) {
		if strings.HasPrefix(tail, w) {
			return v, tail
		}
	}
	return 0, s // 3头, 12月, 2/3
}

// linesTail is what is said of several lines, without 都 and 的.
func (t *talk) linesTail(s string) string {
	s = strings.TrimLeft(s, " ，,、：:。")
	for _, w := range lex().LineTails {
		s = strings.TrimPrefix(s, w)
	}
	return strings.TrimLeft(s, " ，,、：:。")
}

func upTo(from, to int) (ns []int) {
	for n := from; n <= to; n++ {
		ns = append(ns, n)
	}
	return ns
}

// stepTold is the step that words about lines of the list tell, and what is said
// beside its word. Words that name a thing of their own are about that thing.
func (t *talk) stepTold(tail string) (kind models.StepKind, said string, ok bool) {
	for _, kind := range []models.StepKind{models.StepFinish, models.StepPostpone, models.StepBlock, models.StepAccept, models.StepCancel} {
		if rest, ok := strings.CutPrefix(tail, t.texts.Say("step."+string(kind))); ok {
			return kind, strings.TrimLeft(rest, "了到 ，,。：:"), true
		}
	}
	r := t.workTold(tail)
	if rep := telling(r); rep != nil && rep.Step != "" && len(rep.About) == 0 && r.House == "" {
		if rest := ""; rep.Step == models.StepFinish && rep.Said == strings.Trim(tail, "。.!！ ") && bare(rep) {
			return rep.Step, rest, true
		}
		return rep.Step, tail, true
	}
	return "", "", false
}

// bare: nothing but the step was told.
func bare(r *progress.Report) bool {
	return r.Percent == "" && r.Done.Qty == "" && len(r.Money)+len(r.Outputs) == 0 && len([]rune(r.Said)) <= bareMost
}

// bareMost is how long words are that tell no more than that something is done: 都弄好了.
const bareMost = 6

// errandsSaid reads a message of one or several lines of the list with their steps.
// ok is false when it is none; nil and ok when a number is wrong, which is said.
func (t *talk) errandsSaid() (es []errand, ok bool, err error) {
	if len(t.heldIDs()) == 0 || t.s.Form != nil {
		return nil, false, nil
	}
	type part struct {
		ns   []int
		kind models.StepKind
		said string
	}
	var parts []part
	for _, seg := range strings.FieldsFunc(t.text, func(r rune) bool { return strings.ContainsRune("，,；;。\n", r) }) {
		ns, tail := t.lineNumbers(seg, true)
		kind, said, told := t.stepTold(tail)
		switch {
		case len(ns) > 0 && tail != "" && told:
			parts = append(parts, part{ns, kind, said})
		case len(parts) > 0 && len(ns) == 0:
			last := &parts[len(parts)-1]
			last.said = strings.TrimPrefix(last.said+"，"+strings.TrimSpace(seg), "，")
		default:
			return nil, false, nil
		}
	}
	for _, p := range parts {
		more, done, err := t.errandsOf(p.ns, p.kind, p.said)
		if done || err != nil {
			return nil, true, err
		}
		es = append(es, more...)
	}
	return es, len(es) > 0, nil
}

// errandsOf are lines of the list with what is said of all of them. done: a number is
// none of the list, and that is said.
func (t *talk) errandsOf(ns []int, kind models.StepKind, said string) (es []errand, done bool, err error) {
	for _, n := range ns {
		id, done, err := t.numbered(n)
		if done || err != nil {
			return nil, true, err
		}
		if !slices.ContainsFunc(es, func(e errand) bool { return e.id == id }) {
			es = append(es, errand{id, kind, said})
		}
	}
	return es, false, nil
}

// runErrands does the first errand; the others wait in its job.
func (t *talk) runErrands(es []errand) error {
	if !t.mayEdit() {
		t.say("work.read_only")
		return nil
	}
	if len(es) > 1 {
		t.note("todo.several", "n", itoa(len(es)))
	}
	return t.runErrand(es, "")
}

func (t *talk) runErrand(es []errand, before string) error {
	j := t.newJob(es[0].id, es[0].kind, es[0].said)
	if es[0].said == "" {
		delete(j, jobProof)
	}
	j.put(jobRest, encodeErrands(es[1:]))
	j.put(jobBefore, before)
	return t.advance(j)
}

// goOnErrands goes on with what the same message told of other lines, below what was
// just done.
func (t *talk) goOnErrands(j job) error {
	es := decodeErrands(j[jobRest])
	if len(es) == 0 {
		return nil
	}
	done, offers := t.reply.Text, t.reply.Options
	t.reply = dialog.Reply{}
	before := ""
	if j[jobProof] == models.ProofNote && len([]rune(j[jobNote])) >= noteLeast {
		before = j[jobNote]
	}
	if err := t.runErrand(es, before); err != nil {
		return err
	}
	t.reply.Text = strings.TrimSpace(done + "\n\n" + t.reply.Text)
	for _, o := range offers {
		o.Number = 0 // numbers belong to the question
		t.reply.Options = append(t.reply.Options, o)
	}
	return nil
}

// dropped says that a job is not recorded, with those that waited behind it.
func (t *talk) dropped(j job) {
	if n := len(decodeErrands(j[jobRest])); n > 0 {
		t.say("work.dropped_all", "n", itoa(n))
		return
	}
	t.say("work.dropped")
}

// noteLeft says that what was not finished is not recorded.
func (t *talk) noteLeft() {
	key := "work.left"
	if len(decodeErrands(t.kept[jobRest])) > 0 {
		key = "work.left_all"
	}
	t.note(key)
}
