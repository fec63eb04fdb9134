package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

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
	for _, key := range []string{jobPercent, jobPart, jobMoney, jobOut, jobDue, jobBy, jobDone, jobLeft, jobUnsure} {
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
	if now, ok := (slip{right: t.text, led: true}).mend(j[jobNote]); ok {
		j[jobNote] = now
	} else {
		j[jobNote] = strings.TrimPrefix(j[jobNote]+"，"+t.text, "，")
	}
	if !rep.Approx {
		delete(j, jobRound)
	}
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
		delete(j, jobPart)
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
		t.dropped(j)
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
