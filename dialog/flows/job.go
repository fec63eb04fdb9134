package flows

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// job is one step of a measure on its way: what was said of it so far. Between two
// turns it waits in Session.Args, with Ask "work" and what is asked under jobNeed.
type job map[string]string

// The keys of a job beside those of sums and outputs.
const (
	jobID      = "work"    // the measure
	jobBase    = "base"    // its version when the job began
	jobStep    = "step"    // models.StepKind, "" when only money or outputs are told
	jobNeed    = "need"    // what the bot asked for
	jobNote    = "note"    // the words
	jobPercent = "percent" // how far it is
	jobPart    = "part"    // the same, worked out of what was said of how much there is: 9 of 12
	jobOn      = "on"
	jobDue     = "due"
	jobBy      = "by" // months later, with "d" days
	jobWhy     = "why"
	jobDept    = "dept"
	jobInstead = "instead"
	jobDone    = "done" // "500 m"
	jobLeft    = "left"
	jobMore    = "more" // jobDone comes on top of what was done before
	jobLoss    = "loss"
	jobMoney   = "money"  // sums, see encodeSums
	jobOut     = "out"    // outputs
	jobFollow  = "follow" // path=value, comma-joined
	jobPhotos  = "photos" // key|media, comma-joined
	jobProof   = "proof"  // models.ProofNote …
	jobUnsure  = "unsure" // something must be said back before it counts
	jobRound   = "round"  // an amount or a share was an estimate
	jobHalf    = "half"   // done, and yet not: how far it is must be asked
	jobOver    = "over"   // the share that was said, of more than all of it
	jobOK      = "ok"     // it was
	jobWay     = "way"    // steps on the way were agreed to
	jobLine    = "line"   // the fund line that was chosen
	jobAdd     = "add"    // "add" or "total": how a sum joins the one on record
	jobOutAdd  = "outadd" // the same for an output
	jobBack    = "back"   // the words by which it is entered afterwards: 补录三月的进度
	jobAlso    = "also"   // what the same message told of other measures
	jobAlsoOf  = "alsoof" // the household that it told that of, when it is another
	jobRest    = "rest"   // errands of the same message that wait, see encodeErrands
	jobBefore  = "before" // the note of the errand before, to be said again with one tap
)

// What a job may ask for beside the needs of models.Step.
const (
	needHow    = "how"
	needNote   = "note"
	needCheck  = "check"
	needWay    = "way"
	needMoved  = "moved"
	needLine   = "line"
	needAdd    = "sum"
	needOutAdd = "output"
)

// jobOf takes a job up that waited in the session.
func jobOf(args map[string]string) job {
	j := job{}
	maps.Copy(j, args)
	return j
}

func (j job) has(key string) bool { return j[key] != "" }

// put sets a value that is not known yet.
func (j job) put(key, value string) {
	if j[key] == "" && value != "" {
		j[key] = value
	}
}

// newJob makes a job of what was said. kind is what a command says; the words may
// say it more exactly: 完成 2 验收过了 is accepted, 完成 2 做了一半 is not finished.
func (t *talk) newJob(id string, kind models.StepKind, said string) job {
	j := job{jobID: id}
	r := t.progress.Read(said, t.hearing(kind, ""))
	rep := progress.Report{}
	if len(r.Reports) > 0 {
		rep = r.Reports[0]
	}
	if len(r.Reports) > 1 {
		j[jobAlso] = t.alsoSaid(r)
		j.put(jobAlsoOf, r.Reports[1].House)
	}
	j[jobStep] = string(stepSaid(kind, &rep))
	j.take(&rep)
	if len(r.Reports) == 1 {
		j.noteUnread(r.Unread)
	}
	t.tellUnread(r.Unread)
	if t.backfills(said) && len(rep.About) == 0 {
		j[jobBack] = said
		delete(j, jobNote) // asks how far it was
	}
	if kind != "" && len([]rune(said)) >= noteLeast || rep.Step == models.StepAccept {
		j[jobProof] = models.ProofNote
	}
	if rep.Step == models.StepFinish && t.describes(&rep, r.Unread) {
		j.put(jobProof, models.ProofNote)
	}
	slow := models.StepKind(j[jobStep])
	if kind == models.StepPostpone || kind == models.StepBlock || kind == models.StepCancel || kind == models.StepReopen {
		j.put(jobWhy, t.bareReason(said, &rep, kind))
	}
	if (slow == models.StepBlock || slow == models.StepPostpone || slow == models.StepCancel) && len(r.Unread) > 0 { // 受阻，没开班
		j.put(jobWhy, r.Unread[0].Said)
	}
	return j
}

// describes reports whether words that say that something is done tell as well how it is
// to be seen: 路修好了，车能开到门口. One need not be asked for that again.
func (t *talk) describes(rep *progress.Report, us []progress.Unread) bool {
	if rep.Unfinished || rep.Left.Qty != "" {
		return false
	}
	parts := strings.FieldsFunc(rep.Said, func(r rune) bool { return strings.ContainsRune(pauses, r) })
	parts = parts[min(1, len(parts)):]
	for _, u := range us {
		switch {
		case u.Why == progress.WhyDenied || startsWithAny(u.Said, lex().But):
			return false // 修好了，但是漏水
		case u.Why == progress.WhyUnknown && !untold(u):
			parts = append(parts, u.Said)
		}
	}
	return slices.ContainsFunc(parts, func(part string) bool { return len([]rune(part)) >= noteLeast })
}

// pauses part what is said in one breath from the next.
const pauses = " ，,。；;、"

// noteUnread keeps words that told nothing we know beside those that did: nothing that
// was said is lost.
func (j job) noteUnread(us []progress.Unread) {
	for _, u := range us {
		if !untold(u) && j.has(jobNote) {
			j[jobNote] += "，" + u.Said
		}
	}
}

// untold: a clause that is no part of the note on a measure: a question, what others
// say, money that went back, another household.
func untold(u progress.Unread) bool {
	return u.Why == progress.WhyQuestion || u.Why == progress.WhyHearsay || u.Why == progress.WhyBack || u.House != ""
}

// tellUnread says which clauses are recorded nowhere.
func (t *talk) tellUnread(us []progress.Unread) {
	for _, u := range us {
		if untold(u) {
			t.note("work.unread", "said", clip(t.houseSaid(u.House)+u.Said, 20))
		}
	}
}

// houseSaid is 李国强家 before what is told of another household, "" for none.
func (t *talk) houseSaid(house string) string {
	if house == "" {
		return ""
	}
	return house + t.texts.Say("more.of")
}

// alsoSaid is what a message told of other measures, as it can be said again.
func (t *talk) alsoSaid(r progress.Reading) string {
	var rest []string
	for i, x := range r.Reports[1:] {
		if i == 0 {
			x.House = "" // said in front, see jobAlsoOf
		}
		rest = append(rest, t.houseSaid(x.House)+x.Said)
	}
	return strings.Join(rest, "，")
}

// noteLeast is how much text is a note rather than a slip of the hand.
const noteLeast = 4

// stepSaid joins the command with what the words say.
func stepSaid(kind models.StepKind, rep *progress.Report) models.StepKind {
	switch kind {
	case "":
		return rep.Step
	case models.StepReport:
		if rep.Step != "" {
			return rep.Step
		}
	case models.StepFinish:
		if rep.Step == models.StepAccept || rep.Step == models.StepEffect || rep.Step == models.StepReport && rep.Percent != "" && rep.Percent != "100" {
			return rep.Step
		}
	}
	return kind
}

// bareReason is what stands beside the date and the word of a command: 延期 2 12月底
// 他家没钱 gives 他家没钱, when no known reason was heard.
func (t *talk) bareReason(said string, rep *progress.Report, kind models.StepKind) string {
	if rep.Why != "" {
		return rep.Why
	}
	var parts []string
	for _, part := range strings.FieldsFunc(said, func(r rune) bool { return strings.ContainsRune(pauses, r) }) {
		r := t.progress.Read(part, t.hearing(kind, ""))
		known := len(r.Reports) > 0 && (r.Reports[0].Due != "" || r.Reports[0].By != "" || r.Reports[0].Instead != "" || onlyNames(part, &r.Reports[0]))
		if !known && len([]rune(part)) >= 2 && len(exactName(t, part)) == 0 {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "，")
}

// onlyNames: the words are those of the measure and no more: 挖掘机培训.
func onlyNames(part string, rep *progress.Report) bool {
	n := 0
	for _, a := range rep.About {
		n += len([]rune(a.Word))
	}
	return n > 0 && len([]rune(part)) <= n+1
}

// exactName are the households that a word names: no part of a reason.
func exactName(t *talk, word string) []string {
	if !namely(word) || t.progress.Knows(word) {
		return nil
	}
	cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: word, Limit: 3})
	if err != nil {
		return nil
	}
	return exactCards(cards, word)
}

// take adds what a report tells to what is known.
func (j job) take(r *progress.Report) {
	percent, part := r.Percent, ""
	if r.Done.Qty != "" && (r.Of.Qty != "" || r.Left.Qty != "") {
		percent, part = part, percent
	}
	for key, v := range map[string]string{
		jobPercent: percent, jobPart: part, jobOn: r.On, jobDue: r.Due, jobBy: r.By, jobWhy: r.Why, jobDept: r.Dept, jobInstead: r.Instead,
		jobDone: amountText(r.Done), jobLeft: amountText(r.Left), jobLoss: amountText(r.Loss),
	} {
		j.put(key, v)
	}
	j.put(jobMoney, encodeSums(r.Money))
	j.put(jobOut, encodeOutputs(r.Outputs))
	for _, f := range r.Follows {
		j[jobFollow] = strings.TrimPrefix(j[jobFollow]+","+f.Path+"="+f.Value, ",")
	}
	if r.More {
		j[jobMore] = "1"
	}
	if r.Approx || r.Turned {
		j[jobUnsure] = "1"
	}
	if r.Unfinished {
		j[jobHalf] = "1"
	}
	if r.Approx {
		j[jobRound] = "1"
	}
	if r.Over != "" {
		j[jobOver] = r.Over
	}
	if r.Said != "" {
		j[jobNote] = strings.TrimPrefix(j[jobNote]+"，"+r.Said, "，")
	}
	j.reprove()
}

// reprove takes what was really produced or spent as proof.
func (j job) reprove() {
	if j.has(jobDone) || j.has(jobOut) {
		j.put(jobProof, models.ProofOutput)
	}
	if strings.Contains(j[jobMoney], progress.Spent) || strings.Contains(j[jobMoney], progress.Paid) {
		j.put(jobProof, models.ProofMoney)
	}
}

// step is the step as it stands, for models.
func (j job) step(kind models.StepKind, photos []models.Photo) models.Step {
	s := models.Step{
		Kind: kind, On: models.Date(j[jobOn]), Note: clip(strings.Trim(j[jobBack]+"，"+j[jobNote], "，"), noteMost), Due: models.Date(j[jobDue]), Why: clip(j[jobWhy], whyMost),
		Dept: j[jobDept], Instead: clip(j[jobInstead], whyMost),
	}
	if n, err := strconv.Atoi(j[jobPercent]); err == nil {
		s.Percent = models.IntOf(n)
	}
	for _, p := range photos {
		s.Proof = append(s.Proof, p.ID)
	}
	if j.has(jobProof) {
		s.Proof = append(s.Proof, j[jobProof])
	}
	if !s.On.IsDay() {
		s.On = "" // a month or a year is no day
	}
	return s
}

// How long the words of a step may be (models.Measure).
const (
	noteMost = 280
	whyMost  = 180
)

// photosOfJob are the pictures that were sent for it.
func (t *talk) photosOfJob(j job) []models.Photo {
	var out []models.Photo
	for _, p := range strings.Split(j[jobPhotos], ",") {
		if key, media, ok := strings.Cut(p, "|"); ok {
			photo := t.photoOf(householdOf(j[jobID]), key, media)
			photo.About = j[jobID]
			out = append(out, photo)
		}
	}
	return out
}

// askJob puts a question of a job; the job waits in the session.
func (t *talk) askJob(j job, need string, opts ...dialog.Option) {
	j[jobNeed] = need
	t.menu(opts...)
	t.s.Ask, t.s.Args, t.asked = "work", map[string]string(j), true
	if t.reply.Foot == "" {
		t.reply.Foot = t.texts.Say("work.foot")
	}
}

// tap is an option whose label is what it says.
func tap(label string) dialog.Option { return dialog.Option{Label: label, Say: label} }

// isYes and isNo read the answer to a question with two options.
func (t *talk) isYes() bool {
	return zh.YesNo(t.text) == zh.Yes && len([]rune(t.text)) <= 4
}

func (t *talk) isNo() bool {
	return zh.YesNo(t.text) == zh.No && len([]rune(t.text)) <= 4 || t.isCancel()
}
