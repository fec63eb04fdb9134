package flows

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// workAsked answers how work stands: 张大有家的路修好没有, 李国强还有什么没完, 哪些户的路还没修.
// One measure is shown with what can be done, several as a list. done is false when
// the text asks something else.
func (t *talk) workAsked(text string) (done bool, err error) {
	l := lex()
	if utf8.RuneCountInString(text) > maxQuestion || containsAny(text, l.WorkNot) || containsAny(text, l.Later) {
		return false, nil
	}
	r := t.workTold(text)
	how := questioning(text) && containsAny(text, l.WorkAsks)
	whether := len(r.Asked.About) > 0 && r.Asked.Work && !containsAny(text, l.WorkLists)
	if !how && !whether || telling(r) != nil {
		return false, nil
	}
	rep := progress.Report{About: r.Asked.About}
	whose, err := t.namedHouseholds(text, r)
	switch {
	case err != nil:
		return true, err
	case whose.stranger != "":
		return true, t.foundNothing(t.parseTarget(whose.stranger), whose.stranger)
	case whose.named():
		return t.workOf(whose, &rep)
	case len(rep.About) > 0 && !containsAny(text, l.WorkAll):
		if near := t.nearHouseholds(); len(near) > 0 {
			if hits, err := t.hitsOf(models.TaskQuery{}, near, &rep, ""); err != nil || len(hits) > 0 && hits[0].sure {
				return true, errOr(err, func() error { return t.showHits(hits) })
			}
		}
	}
	if len(rep.About) > 0 {
		q := models.TaskQuery{Answering: t.by.Role == models.RoleVillage, Group: r.Group, Kinds: rep.Kinds()}
		if hits, err := t.hitsOf(q, nil, &rep, ""); err != nil || len(hits) > 0 {
			return true, errOr(err, func() error { return t.showHits(hits) })
		}
	}
	return t.workOfArea(text, r)
}

// workOf shows the measures of the households named that are asked about, else all that
// is open there.
func (t *talk) workOf(whose owners, rep *progress.Report) (bool, error) {
	if len(rep.About) > 0 {
		hits, err := t.hitsOf(models.TaskQuery{Head: whose.head}, whose.ids, rep, "")
		if err != nil || len(hits) > 0 {
			return true, errOr(err, func() error { return t.showHits(hits) })
		}
		t.note("work.asked_other")
		return false, nil // what the household has of it answers
	}
	tasks, _, err := t.view.Households().Tasks(t.ctx, *t.by, t.openOf(whose.ids, whose.head))
	if err != nil {
		return true, err
	}
	if len(tasks) == 0 {
		t.say("work.asked_none")
		return true, nil
	}
	return true, t.showHits(asHits(tasks))
}

// showHits shows one measure whole, several as lines.
func (t *talk) showHits(hits []hit) error {
	if len(hits) == 1 {
		return t.showTask(hits[0].ID)
	}
	t.reply = dialog.Reply{Text: t.texts.Say("work.asked")}
	if len(hits) > todoPage {
		t.reply.Text = t.texts.Say("work.asked_many", "n", itoa(len(hits)), "shown", itoa(todoPage))
	}
	t.s.Hold(heldList, "")
	t.s.Hold(heldListAt, formatID(uint64(t.in.At.Unix())))
	var tasks []models.Task
	for _, h := range hits[:min(len(hits), todoPage)] {
		tasks = append(tasks, h.Task)
	}
	t.showTasks(tasks)
	return nil
}

// workOfArea is 待办 or 逾期, narrowed by what the question names: a time, a village or
// a group.
func (t *talk) workOfArea(text string, r progress.Reading) (bool, error) {
	what := "todo"
	if containsAny(text, lex().WorkLate) {
		what = "overdue"
	}
	arg := r.Group
	for _, word := range strings.Fields(t.texts.Say("work.asked_when")) {
		if strings.Contains(text, word) {
			arg += " " + word
			break
		}
	}
	if len(t.by.Area) < models.VillageDigits {
		q := t.asks.read(text, t.in.At)
		for _, place := range q.left {
			if _, rest, err := t.taskQuery(what, place); err == nil && rest == "" {
				arg += " " + place
			}
		}
	}
	return true, t.listTasks(what, strings.TrimSpace(arg), "")
}
