package flows

import (
	"strings"
	"time"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// askNeeds asks for what a step still lacks: proof, a date, a reason, a department,
// what takes its place. One thing at a time, each with its likely answers to tap.
func (t *talk) askNeeds(j job, d *models.Dossier, m *models.Measure) bool {
	t.workOutDue(j, m)
	for _, kind := range t.steps(j, m) {
		for _, need := range j.step(kind, t.photosOfJob(j)).Needs() {
			t.say("need."+need, "head", d.Household.HeadName, "title", t.measureName(m), "step", t.texts.Say("step."+string(kind)))
			t.askJob(j, need, t.answersTo(need, kind, m)...)
			return true
		}
		if key := t.wrongStep(j, kind, m); key != "" {
			t.sayStepError(key, m)
			switch key {
			case "step_past", "step_sooner":
				delete(j, jobDue)
				t.askJob(j, models.NeedDue, t.answersTo(models.NeedDue, kind, m)...)
			}
			return true
		}
	}
	return false
}

// wrongStep is the sentence for a step whose values cannot be.
func (t *talk) wrongStep(j job, kind models.StepKind, m *models.Measure) string {
	probe := *m
	err := t.profile.Take(&probe, j.step(kind, t.photosOfJob(j)), t.today())
	key := stepKey(err)
	if key == "step_past" || key == "step_sooner" || key == "step_future" {
		return key
	}
	return ""
}

// workOutDue makes a date of 往后推一个月: from the old date, or from today when
// that has passed.
func (t *talk) workOutDue(j job, m *models.Measure) {
	if j.has(jobDue) || !j.has(jobBy) {
		return
	}
	from := t.today()
	if last := m.Due.LastDay(); !last.Undated() && last > from {
		from = last
	}
	at, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		return
	}
	n, days := strings.CutSuffix(j[jobBy], "d")
	by, _ := zh.ParseDec(n)
	if days {
		at = at.AddDate(0, 0, int(by.Float()))
	} else {
		whole := int(by.Float())
		at = at.AddDate(0, whole, int((by.Float()-float64(whole))*30))
	}
	j[jobDue], j[jobUnsure] = at.Format(time.DateOnly), "1"
}

// answersTo are the likely answers to what a step needs.
func (t *talk) answersTo(need string, kind models.StepKind, m *models.Measure) []dialog.Option {
	var out []dialog.Option
	switch need {
	case models.NeedProof:
		out = append(out, tap(t.texts.Say("need.no_photo")))
	case models.NeedDue:
		for _, day := range t.nextDates(m) {
			out = append(out, tap(t.dayOfYear(day)))
		}
	case models.NeedWhy:
		for _, why := range strings.Fields(t.texts.Say("need.whys_" + string(kind))) {
			out = append(out, tap(why))
		}
	case models.NeedDept:
		lead := t.profile.Lead(m.Cat1, m.Cat2)
		for _, key := range append(append([]string{}, lead.Township...), lead.County...) {
			if len(out) < todoPage-1 {
				out = append(out, tap(t.profile.DeptName(key, t.in.At.Year())))
			}
		}
		out = append(out, tap(t.profile.Label("dept", deptNone)))
	case models.NeedInstead:
		out = append(out, tap(t.texts.Say("need.nothing_instead")))
	}
	return out
}

// deptNone says that no department is needed: it only has to pass.
const deptNone = "none"

// nextDates are ends of months that lie ahead of today and of the old date.
func (t *talk) nextDates(m *models.Measure) (out []models.Date) {
	first := time.Date(t.in.At.Year(), t.in.At.Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := 1; len(out) < 3 && n < 24; n++ {
		day := models.Date(first.AddDate(0, n, -1).Format(time.DateOnly))
		if day > t.today() && (m.Due == "" || day > m.Due.LastDay()) {
			out = append(out, day)
		}
	}
	return out
}

// workAnswer is the answer to a question of a job. Commands never come here: words
// of their own leave the job, look-ups come back to it.
func (t *talk) workAnswer() error {
	j := job{}
	for k, v := range t.kept {
		j[k] = v
	}
	need := j[jobNeed]
	delete(j, jobNeed)
	if t.isCancel() || zh.Fold(t.text) == zh.Fold(t.texts.Say("work.drop")) {
		t.say("work.dropped")
		return nil
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
		if zh.Fold(t.text) == zh.Fold(t.texts.Say("need.no_photo")) {
			t.say("need.note")
			t.askJob(j, needNote)
			return nil
		}
		t.heardProof(j)
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

// anotherSentence: words about another measure than the one that is asked about are
// no answer. What was not finished is said not to be recorded.
func (t *talk) anotherSentence(j job, need string) (bool, error) {
	r := t.progress.Read(t.text, t.hearing("", ""))
	rep := telling(r)
	if rep == nil || t.s.Form != nil && r.House == "" && len(rep.About) == 0 {
		return false, nil
	}
	if r.House == "" {
		switch {
		case need == models.NeedWhy && !notReason(rep):
			return false, nil
		case need == models.NeedWhy:
			t.note("work.left") // 验收通过了 is why nothing is given up
			return t.progressed()
		case len(rep.About) == 0:
			return false, nil
		}
		_, m, err := t.measureOnFile(j[jobID])
		if m == nil {
			return false, err
		}
		if score, _ := rep.Fits(m); score > 0 {
			again := need == needAdd || need == needOutAdd || need == needLine || need == needWay || need == needMoved
			if !again {
				return false, nil
			}
			return t.progressed() // said anew, perhaps with another number
		}
	}
	t.note("work.left")
	done, err := t.progressed()
	if !done && err == nil {
		t.notes = nil
	}
	return done, err
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
	return len(t.text) > lineDigits && len(t.text) <= householdCode && strings.HasPrefix(t.text, "0") && digits(t.text)
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
	r := t.progress.Read(t.text, t.hearing("", ""))
	if len(r.Reports) > 0 {
		rep := r.Reports[0]
		rep.Step, rep.Percent, rep.Why = "", "", ""
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
	j[jobStep] = string(stepSaid(models.StepReport, &r.Reports[0]))
	j.take(&r.Reports[0])
	if contains(strings.Fields(t.texts.Say("need.hows")), t.text) {
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

func (t *talk) heardWhy(j job) {
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

// answeredCheck is the answer to what was said back: yes, no, or the exact number.
func (t *talk) answeredCheck(j job) error {
	yes := zh.Fold(t.text) == zh.Fold(t.texts.Say("check.yes")) || t.isYes()
	no := zh.Fold(t.text) == zh.Fold(t.texts.Say("check.no")) || t.isNo()
	switch {
	case yes:
		j[jobOK] = "1"
		return t.advance(j)
	case no:
		t.say("work.again")
		t.askJob(t.unsaid(j), needCheck)
		return nil
	}
	t.correct(j)
	return t.advance(j)
}

// unsaid drops what was only heard approximately.
func (t *talk) unsaid(j job) job {
	for _, key := range []string{jobPercent, jobMoney, jobOut, jobDue, jobBy, jobDone, jobLeft, jobUnsure} {
		delete(j, key)
	}
	return j
}

// correct takes exact values in place of those that were said back: 70, 19500,
// 11月20日.
func (t *talk) correct(j job) {
	kind := models.StepKind(j[jobStep])
	r := t.progress.Read(t.text, t.hearing(kind, map[models.StepKind]string{models.StepPostpone: models.NeedDue}[kind]))
	if len(r.Reports) == 0 || r.Reports[0].Percent == "" && amountText(r.Reports[0].Done) == "" && len(r.Reports[0].Money) == 0 {
		if t.exactSum(j) {
			return
		}
	}
	if len(r.Reports) == 0 {
		t.note("check.again")
		return
	}
	rep := &r.Reports[0]
	for key, v := range map[string]string{jobPercent: rep.Percent, jobDue: rep.Due, jobBy: rep.By, jobDone: amountText(rep.Done), jobLeft: amountText(rep.Left), jobMoney: encodeSums(rep.Money), jobOut: encodeOutputs(rep.Outputs)} {
		if v != "" {
			j[key] = v
		}
	}
	if rep.Percent != "" && kind == models.StepReport && !rep.Approx { // 70 is exact, and typed a moment ago
		j[jobOK] = "1"
	}
	if rep.Percent == "" && amountText(rep.Done) != "" {
		delete(j, jobPercent)
	}
}

// exactSum takes a bare number in place of the one sum that was said back: 八千二 for
// 八千多.
func (t *talk) exactSum(j job) bool {
	sums := decodeSums(j[jobMoney])
	n, ok := zh.Number(t.text)
	if len(sums) != 1 || !ok || n.Approx || n.Value.Float() <= 0 {
		return false
	}
	sums[0].Amount, sums[0].Approx = n.Value.String(), false
	j[jobMoney], j[jobNote] = encodeSums(sums), strings.TrimPrefix(j[jobNote]+"，"+t.text, "，")
	return true
}

// answeredOffer is the answer to an offer to go on all the same.
func (t *talk) answeredOffer(j job, need string) error {
	mine := zh.Fold(t.text) == zh.Fold(t.texts.Say("work.moved_mine"))
	theirs := zh.Fold(t.text) == zh.Fold(t.texts.Say("work.moved_theirs")) || zh.Fold(t.text) == zh.Fold(t.texts.Say("work.way_no"))
	switch {
	case theirs || !mine && t.isNo():
		t.say("work.dropped")
		return nil
	case need == needMoved && (mine || t.isYes()):
		delete(j, jobBase)
	case need == needWay && (t.isYes() || strings.HasPrefix(t.text, t.texts.Say("work.way_word"))):
		j[jobWay] = "1"
	default:
		t.heardNote(j) // more words about it, and the question again
	}
	return t.advance(j)
}

func (t *talk) answeredAdd(j job, need string) {
	key, total := jobAdd, t.texts.Say("need.total")
	if need == needOutAdd {
		key = jobOutAdd
	}
	switch {
	case strings.HasPrefix(t.text, total):
		j[key] = "total"
	case strings.HasPrefix(t.text, t.texts.Say("need.add")) || t.isYes():
		j[key] = "add"
	}
}
