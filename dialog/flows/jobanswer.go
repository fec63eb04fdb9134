package flows

import (
	"slices"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// workAnswer is the answer to a question of a job. Commands never come here: words
// of their own leave the job, look-ups come back to it.
func (t *talk) workAnswer() error {
	j := jobOf(t.kept)
	need := j[jobNeed]
	delete(j, jobNeed)
	if t.isCancel() || zh.Fold(t.text) == zh.Fold(t.texts.Say("work.drop")) {
		t.dropped(j)
		return nil
	}
	if done, err := t.questionFirst(); done || err != nil {
		return err
	}
	if done, err := t.correctedJob(j); done || err != nil {
		return err
	}
	if another, err := t.anotherSentence(j, need); another || err != nil {
		return err
	}
	if t.serialSaid() && need != needCheck && need != models.NeedDue {
		if err := t.find(t.text); err != nil || t.s.Ask != "" {
			return err
		}
		return t.reaskWork()
	}
	if f := t.s.Form; f != nil && (need == models.NeedProof || need == needNote) && zh.Fold(t.text) != zh.Fold(t.texts.Say("need.no_photo")) && t.picksOption(f) {
		t.noteLeft() // 国家标准 is what the form asked before the step came between
		return t.answer()
	}
	switch need {
	case needCheck:
		return t.answeredCheck(j)
	case needWay, needMoved:
		return t.answeredOffer(j, need)
	case needHow:
		t.heardHow(j)
	case needLine:
		j[jobLine] = strings.TrimSpace(t.text)
	case needAdd, needOutAdd:
		t.answeredAdd(j, need)
	case models.NeedProof:
		return t.answeredProof(j)
	case needNote:
		t.heardProof(j)
	case models.NeedDue:
		if !t.heardDue(j) {
			t.note("need.no_date", "said", clip(t.text, 16))
		}
	case models.NeedWhy:
		t.heardWhy(j)
	case models.NeedDept:
		if !t.heardDept(j) {
			t.note("need.no_dept", "said", clip(t.text, 16))
		}
	case models.NeedInstead:
		t.heardInstead(j)
	}
	return t.advance(j)
}

// questionFirst answers a question that comes where words about a measure are asked
// for (张大有家哪年脱贫): it is no proof and no reason. The open question follows.
func (t *talk) questionFirst() (done bool, err error) {
	if !questioning(t.text) {
		return false, nil
	}
	done, err = t.questioned()
	if need := t.kept[jobNeed]; !done && err == nil && (need == needNote || need == models.NeedProof) {
		if done, err = t.inquired(); !done && err == nil { // what is asked proves nothing
			t.note("need.no_proof", "said", clip(t.text, 16))
			done = true
		}
	}
	if !done || err != nil || t.s.Ask != "" {
		return done, err
	}
	return true, t.reaskWork()
}

// answeredProof takes a photo sent before, what was told before, words, or no proof.
func (t *talk) answeredProof(j job) error {
	if zh.Fold(t.text) == zh.Fold(t.texts.Say("need.no_photo")) {
		t.say("need.note")
		t.askJob(j, needNote)
		return nil
	}
	if pictures := t.loose(); pictures != "" && zh.Fold(t.text) == zh.Fold(t.texts.Say("need.loose")) {
		j[jobPhotos] = pictures
		t.holdLoose("")
		return t.advance(j)
	}
	if zh.Fold(t.text) == zh.Fold(t.texts.Say("need.same")) {
		t.text = j[jobBefore]
	}
	t.heardProof(j)
	return t.advance(j)
}

// anotherSentence: words about another measure than the one that is asked about are
// no answer. What was not finished is said not to be recorded.
func (t *talk) anotherSentence(j job, need string) (bool, error) {
	r := t.workTold(t.text)
	rep := telling(r)
	if rep == nil || t.s.Form != nil && r.House == "" && len(rep.About) == 0 {
		return false, nil
	}
	if r.House == "" {
		switch {
		case need == models.NeedWhy && !notReason(rep):
			return false, nil
		case need == models.NeedWhy:
			t.noteLeft() // 验收通过了 is why nothing is given up
			return t.progressed()
		case len(rep.About) == 0:
			return false, nil
		}
		_, m, err := t.measureOnFile(j[jobID])
		if m == nil {
			return false, err
		}
		if score, sure := rep.Fits(m); score > 0 && (sure || need != models.NeedProof && need != needNote) {
			again := need == needAdd || need == needOutAdd || need == needLine || need == needWay || need == needMoved
			if !again {
				return false, nil
			}
			return t.progressed() // said anew, perhaps with another number
		}
	}
	t.noteLeft()
	done, err := t.progressed()
	if !done && err == nil {
		t.notes = nil
	}
	return done, err
}

// picksOption reports whether the text is one of the lines of the form's open question.
func (t *talk) picksOption(f *dialog.Form) bool {
	c, ok := t.flow(f).Next(f).(*card)
	if !ok || len(f.Check) > 0 || f.Stage == dialog.Confirming && !f.Force {
		return false
	}
	for _, o := range c.options(f) {
		if zh.Fold(o.Label) == zh.Fold(t.text) {
			return true
		}
	}
	return false
}

// notReason: what was told is no reason for standing still or giving up, but that
// something is done. 出去打工了 and 搬走了 are both words of a measure and reasons.
func notReason(rep *progress.Report) bool {
	switch rep.Step {
	case models.StepAccept, models.StepEffect:
		return true
	case models.StepFinish:
		return len(rep.About) == 0 || rep.Done.Qty != "" || len(rep.Money) > 0
	}
	return false
}

// serialSaid: the last digits of a household's number, 0016, are looked up at any time.
func (t *talk) serialSaid() bool {
	return len(t.text) > lineDigits && len(t.text) <= models.HouseholdDigits && strings.HasPrefix(t.text, "0") && digits(t.text)
}

// heardProof takes a sentence as proof. 好, 行 and a bare number prove nothing.
func (t *talk) heardProof(j job) {
	if zh.YesNo(t.text) != zh.Unclear && len([]rune(t.text)) <= 3 || !strings.ContainsFunc(t.text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.note("need.no_proof", "said", clip(t.text, 16))
		return
	}
	t.heardNote(j)
}

// heardNote takes a note, with the amounts it tells.
func (t *talk) heardNote(j job) {
	r := t.workTold(t.text)
	if len(r.Reports) > 0 {
		rep := r.Reports[0]
		if rep.Step == models.StepAccept {
			j[jobStep] = string(models.StepAccept) // it was accepted, which is more than done
		}
		rep.Step, rep.Percent, rep.Why = "", "", ""
		rep.Approx = rep.Approx && (rep.Done.Qty != "" || len(rep.Outputs) > 0)
		j.take(&rep)
	} else {
		j[jobNote] = strings.TrimPrefix(j[jobNote]+"，"+t.text, "，")
	}
	j.put(jobProof, models.ProofNote)
}

// heardHow takes how far it is: a stage, a share, an amount, or that it is done.
func (t *talk) heardHow(j job) {
	r := t.progress.Read(t.text, t.hearing(models.StepReport, ""))
	if len(r.Reports) == 0 {
		j[jobNote] = t.text
		return
	}
	delete(j, jobHalf)
	j[jobStep] = string(stepSaid(models.StepReport, &r.Reports[0]))
	j.take(&r.Reports[0])
	if slices.Contains(strings.Fields(t.texts.Say("need.hows")), t.text) {
		j[jobOK] = "1" // tapped: nothing was misheard
	}
}

func (t *talk) heardDue(j job) bool {
	r := t.progress.Read(t.text, t.hearing(models.StepPostpone, models.NeedDue))
	for i := range r.Reports {
		j.put(jobDue, r.Reports[i].Due)
		j.put(jobBy, r.Reports[i].By)
		j.put(jobWhy, r.Reports[i].Why)
		j.put(jobDept, r.Reports[i].Dept)
		if r.Reports[i].Turned {
			j[jobUnsure] = "1"
		}
	}
	return j.has(jobDue) || j.has(jobBy)
}

// heardWhy takes the words as the reason. 行 and a number are none.
func (t *talk) heardWhy(j job) {
	if zh.YesNo(t.text) != zh.Unclear && len([]rune(t.text)) <= 3 || !strings.ContainsFunc(t.text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.note("need.no_why", "said", clip(t.text, 16))
		return
	}
	r := t.progress.Read(t.text, t.hearing(models.StepKind(j[jobStep]), models.NeedWhy))
	for i := range r.Reports {
		j.put(jobDept, r.Reports[i].Dept)
		j.put(jobInstead, r.Reports[i].Instead)
		j.put(jobDue, r.Reports[i].Due)
	}
	j.put(jobWhy, t.text)
}

func (t *talk) heardDept(j job) bool {
	text := zh.Fold(t.text)
	best := ""
	for _, it := range t.profile.Codes["dept"] {
		names := append([]string{it.Label, t.profile.DeptName(it.Key, t.in.At.Year())}, it.Also...)
		for _, name := range names {
			if strings.Contains(text, zh.Fold(name)) && len(name) > len(best) {
				best, j[jobDept] = name, it.Key
			}
		}
	}
	if best == "" && (t.isNo() || startsWithAny(text, strings.Fields(t.texts.Say("need.no_dept_words")))) {
		j[jobDept] = deptNone
	}
	return j.has(jobDept)
}

func (t *talk) heardInstead(j job) {
	if zh.IsNone(t.text) || zh.Fold(t.text) == zh.Fold(t.texts.Say("need.nothing_instead")) || t.isNo() {
		j[jobInstead] = models.InsteadNone
		return
	}
	j[jobInstead] = t.text
}
