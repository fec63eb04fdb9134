package models

import (
	"slices"
	"strings"
)

// StepKind is what happens to a measure after it was planned (C-MSTAT, domain.md §2.6).
type StepKind string

// The steps. Where each may be taken and where it leads stands with the states,
// in the profile's code list measure_status: More "steps", "start>working
// postpone>" and so on. A step without a target leaves the state as it is.
const (
	StepSettle   StepKind = "settle"   // 定下来
	StepApprove  StepKind = "approve"  // 批复
	StepStart    StepKind = "start"    // 开工
	StepReport   StepKind = "report"   // 进展
	StepFinish   StepKind = "finish"   // 完工
	StepAccept   StepKind = "accept"   // 验收
	StepEffect   StepKind = "effect"   // 见效
	StepReopen   StepKind = "reopen"   // 返工: 验收没过
	StepPostpone StepKind = "postpone" // 延期
	StepBlock    StepKind = "block"    // 受阻
	StepCancel   StepKind = "cancel"   // 取消
)

// What a step may need before it counts.
const (
	NeedProof   = "proof"   // a photo, a note, or what was really spent or produced
	NeedDue     = "due"     // a new date
	NeedWhy     = "why"     // a reason
	NeedDept    = "dept"    // the department that can remove the obstacle
	NeedInstead = "instead" // what is done for the household in its place
)

// stepNeeds says what each step needs (issue 4; domain.md §1.6: 完成须≥1佐证,
// §2.6: 延期须改due+理由, 取消须理由+替代措施).
var stepNeeds = map[StepKind][]string{
	StepFinish:   {NeedProof},
	StepPostpone: {NeedDue, NeedWhy},
	StepBlock:    {NeedWhy, NeedDept},
	StepCancel:   {NeedWhy, NeedInstead},
	StepReopen:   {NeedWhy},
}

// Marks of Measure.Proof that are no ids of photos.
const (
	ProofNote   = "note"   // it is told in the note
	ProofMoney  = "money"  // what was really spent stands with the money
	ProofOutput = "output" // what was really produced stands with the outputs
)

// InsteadNone says on purpose that nothing takes the place of a cancelled measure.
const InsteadNone = "none"

// Step is one thing that happened to a measure.
type Step struct {
	Kind    StepKind
	On      Date // the day it happened; today when it was not said
	Percent Int  // how far the work is; unknown when it was not said
	Note    string
	Proof   Set    // ids of photos and marks
	Due     Date   // postponing: until when
	Why     string // postponing, obstacle, cancelling, doing over again
	Dept    string // obstacle: code of the list dept
	Instead string // cancelling: what takes its place, or InsteadNone
}

// Needs lists what the step still lacks, in the order it is asked for.
func (s Step) Needs() []string {
	has := map[string]bool{
		NeedProof: s.Proof.Known(), NeedDue: s.Due != "", NeedWhy: s.Why != "", NeedDept: s.Dept != "", NeedInstead: s.Instead != "",
	}
	return slices.DeleteFunc(slices.Clone(stepNeeds[s.Kind]), func(need string) bool { return has[need] })
}

// finishedRank is the rank from which the work of a measure is done.
const finishedRank = 6

// Rank is how far a state is: 1 草案 … 8 已见效, 0 for one that is dead or unknown.
func (p *Profile) Rank(status string) int {
	it := p.Item("measure_status", status)
	if it == nil || it.More["dead"] == "yes" || len(it.More["rank"]) != 1 {
		return 0
	}
	return int(it.More["rank"][0] - '0')
}

// Dead reports whether a measure in this state is given up.
func (p *Profile) Dead(status string) bool {
	it := p.Item("measure_status", status)
	return it != nil && it.More["dead"] == "yes"
}

// Several reports whether a household may have several measures of a category at
// once for the same people (养猪 and 养牛); of the others (房子, 低保) there is one.
func (p *Profile) Several(cat1 string) bool {
	it := p.Item("measure_cat1", cat1)
	return it != nil && it.More["several"] == "yes"
}

// Done reports whether the work of a measure in this state is done.
func (p *Profile) Done(status string) bool { return p.Rank(status) >= finishedRank }

// OpenStates are the states in which something is still to be done, "" (on file
// without a state) among them.
func (p *Profile) OpenStates() []string {
	out := []string{""}
	for _, it := range p.Codes["measure_status"] {
		if !p.Dead(it.Key) && !p.Done(it.Key) {
			out = append(out, it.Key)
		}
	}
	return out
}

// unsaidState is how a measure on file without a state counts.
const unsaidState = "settled"

// leads is where a step leads from a state; ok is false when it may not be taken.
func (p *Profile) leads(status string, kind StepKind) (to string, ok bool) {
	if status == "" {
		status = unsaidState
	}
	it := p.Item("measure_status", status)
	if it == nil {
		return "", false
	}
	for _, move := range strings.Fields(it.More["steps"]) {
		if step, to, _ := strings.Cut(move, ">"); step == string(kind) {
			if to == "" {
				to = status
			}
			return to, true
		}
	}
	return "", false
}

// May reports whether the step can be taken in this state.
func (p *Profile) May(status string, kind StepKind) bool {
	_, ok := p.leads(status, kind)
	return ok
}

// forward are the steps that may be passed through on the way to another one.
var forward = []StepKind{StepSettle, StepFinish}

// Way is the shortest chain of steps that ends in kind, kind included: finish and
// accept for a measure that is accepted while it stands as being worked on. Nil
// when no chain of forward steps leads there.
func (p *Profile) Way(status string, kind StepKind) []StepKind {
	if p.May(status, kind) {
		return []StepKind{kind}
	}
	type place struct {
		status string
		way    []StepKind
	}
	seen := map[string]bool{status: true}
	for todo := []place{{status: status}}; len(todo) > 0; todo = todo[1:] {
		for _, step := range forward {
			to, ok := p.leads(todo[0].status, step)
			if !ok || seen[to] {
				continue
			}
			seen[to] = true
			way := append(slices.Clone(todo[0].way), step)
			if p.May(to, kind) {
				return append(way, kind)
			}
			todo = append(todo, place{to, way})
		}
	}
	return nil
}

// Take moves a measure one step on. today is the day counted from. On an error
// (invalid) the measure is as it was, and Key names the sentence that says what to
// do: step_dead, step_draft, step_done, step_early, step_lacks (Path says what),
// step_past, step_sooner, step_future.
func (p *Profile) Take(m *Measure, s Step, today Date) error {
	to, ok := p.leads(m.Status, s.Kind)
	switch {
	case !ok:
		return refuseStep(p.whyNot(m.Status, s.Kind), "status")
	case len(s.Needs()) > 0:
		return refuseStep("step_lacks", s.Needs()[0])
	case s.On > today:
		return refuseStep("step_future", "actual_finish")
	}
	if s.Kind == StepPostpone {
		if key := s.wrongDue(m, today); key != "" {
			return refuseStep(key, "due_date")
		}
	}
	if s.On == "" {
		s.On = today
	}
	next := *m
	next.Status = to
	next.take(s)
	if s.Kind == StepFinish {
		if it := p.Item("measure_cat1", m.Cat1); it != nil && it.More["done"] != "" {
			next.Status = it.More["done"] // 参保, 签约: done is in effect, nobody comes to accept it
		}
	}
	*m = next
	return nil
}

func refuseStep(key, path string) error {
	return &Error{Code: Invalid, Op: "take a step", Key: key, Path: path}
}

// whyNot names the sentence for a step that may not be taken.
func (p *Profile) whyNot(status string, kind StepKind) string {
	after := kind == StepAccept || kind == StepEffect || kind == StepReopen
	if status == "" {
		status = unsaidState
	}
	switch rank := p.Rank(status); {
	case p.Dead(status):
		return "step_dead"
	case rank >= finishedRank:
		return "step_done"
	case after:
		return "step_early"
	case rank <= 1:
		return "step_draft"
	}
	return "step_done"
}

// wrongDue: a new date lies ahead, and behind the old one.
func (s Step) wrongDue(m *Measure, today Date) string {
	switch due := s.Due.LastDay(); {
	case due < today:
		return "step_past"
	case m.Due != "" && due <= m.Due.LastDay():
		return "step_sooner"
	}
	return ""
}

// take writes the step into the fields of the measure.
func (m *Measure) take(s Step) {
	if s.Note != "" {
		m.Note = s.Note
	}
	for _, p := range s.Proof {
		if !m.Proof.Has(p) {
			m.Proof = append(slices.Clip(m.Proof), p)
		}
	}
	switch s.Kind {
	case StepStart, StepReport:
		m.begin(s)
	case StepFinish:
		m.Progress, m.Finished = IntOf(100), s.On
		m.clearObstacle()
	case StepReopen:
		m.Finished, m.Note = "", s.Why
		m.Progress = IntOf(reopenedAt)
		if s.Percent.Known() {
			m.Progress = s.Percent
		}
	case StepPostpone:
		if m.FirstDue == "" {
			m.FirstDue = m.Due
		}
		m.Due, m.PostponeWhy = s.Due, s.Why
		m.Postponed = IntOf(m.Postponed.N() + 1)
	case StepBlock:
		m.BlockWhy, m.BlockDept, m.BlockOn = s.Why, s.Dept, s.On
	case StepCancel:
		m.CancelWhy, m.Instead = s.Why, s.Instead
		m.clearObstacle()
	}
}

// reopenedAt is how far work is that was done and must be done over in part.
const reopenedAt = 90

// begin notes work under way. It removes an obstacle: who works is not stopped.
func (m *Measure) begin(s Step) {
	if s.Percent.Known() {
		m.Progress = s.Percent
	} else if !m.Progress.Known() {
		m.Progress = IntOf(0)
	}
	m.clearObstacle()
}

func (m *Measure) clearObstacle() { m.BlockWhy, m.BlockDept, m.BlockOn = "", "", "" }

// Blocked reports whether an obstacle stands in the way.
func (m *Measure) Blocked() bool { return m.BlockWhy != "" }
