package flows

import (
	"slices"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// todoPage is how many measures a screen shows: with their taps they stay within
// one message (wechat.md §1.5).
const todoPage = 6

// What Session.Held keeps of the lists of measures.
const (
	heldList   = "todo.list"   // ids of the lines shown, comma-joined; pages go on counting
	heldListAt = "todo.at"     // when the list was begun, unix seconds
	heldTask   = "todo.task"   // id of the measure spoken of last
	heldTaskAt = "todo.taskat" // when
)

// todo is 待办: what is due first in front.
func (t *talk) todo(arg string) error { return t.listTasks("todo", arg, "") }

// overdue is 逾期.
func (t *talk) overdue(arg string) error { return t.listTasks("overdue", arg, "") }

// listTasks shows a list, or for those above a village how its parts stand.
func (t *talk) listTasks(what, arg, after string) error {
	arg = t.withoutFiller(arg)
	q, rest, err := t.taskQuery(what, arg)
	if err != nil {
		return err
	}
	if rest != "" {
		return t.listNone(what, rest)
	}
	if len(q.Area) < models.VillageDigits && q.Household == "" && q.Head == "" && t.by.Role != models.RoleVillage {
		return t.listAreas(what, q)
	}
	q.After, q.Limit = after, todoPage
	tasks, more, err := t.view.Households().Tasks(t.ctx, *t.by, q)
	if err != nil {
		return err
	}
	if len(tasks) == 0 {
		t.emptyList(what, arg)
		if what == "todo" && arg == "" {
			return t.offerWaiting()
		}
		return nil
	}
	if after == "" {
		t.s.Hold(heldList, "")
		t.s.Hold(heldListAt, formatID(uint64(t.in.At.Unix())))
	}
	t.reply = dialog.Reply{Text: t.listText(what, "head")}
	if arg != "" {
		t.reply.Text = t.listText(what, "head_of", "of", ofList(arg))
	}
	t.showTasks(tasks)
	if more {
		t.s.Args = map[string]string{"more": what, "what": arg, "after": tasks[len(tasks)-1].Cursor()}
		t.reply.Options = append(t.reply.Options, dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("more.word")})
		t.s.Menu = t.reply.Options
	}
	if t.mayEdit() {
		t.reply.Foot = t.texts.Say("todo.foot")
	}
	if what == "todo" && arg == "" && after == "" {
		return t.offerWaiting()
	}
	return nil
}

// withoutFiller drops the words that narrow a list to nothing: 逾期了几条措施.
func (t *talk) withoutFiller(arg string) string {
	fill := strings.Fields(t.texts.Say("todo.filler"))
	return strings.Join(slices.DeleteFunc(strings.Fields(arg), func(w string) bool { return slices.Contains(fill, w) }), " ")
}

// ofList is what a list was narrowed to, without the code that a tap carries.
func ofList(arg string) string {
	var words []string
	for _, w := range strings.Fields(arg) {
		if !digits(w) {
			words = append(words, w)
		}
	}
	return clip(strings.Join(words, " "), 16)
}

// listText is a sentence of 待办 or 逾期.
func (t *talk) listText(what, part string, pairs ...string) string {
	prefix := "todo."
	if what == "overdue" {
		prefix = "overdue."
	}
	return t.texts.Say(prefix+part, pairs...)
}

// emptyList says that nothing is open, with the wider list on offer.
func (t *talk) emptyList(what, arg string) {
	t.reply = dialog.Reply{Text: t.listText(what, "none")}
	if arg != "" {
		t.reply.Text = t.listText(what, "none_of", "of", ofList(arg))
	}
	if what == "overdue" || arg != "" {
		t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
	}
}

// listNone: words of a filter that are none.
func (t *talk) listNone(what, rest string) error {
	t.say("todo.unknown", "said", clip(rest, 16), "word", t.listText(what, "word"))
	t.menu(dialog.Option{Label: t.texts.Say("todo.all"), Say: t.texts.Say("todo.word")})
	return nil
}

// showTasks makes the lines: numbers go on from page to page, so that 完成 2 means
// the same line also after 下一页.
func (t *talk) showTasks(tasks []models.Task) {
	ids := t.heldIDs()
	var opts []dialog.Option
	for _, x := range tasks {
		ids = append(ids, x.ID)
		o := dialog.Option{Number: len(ids), Label: t.taskLine(x), Say: t.taskSay("task.word", x.Head, &x.Measure)}
		if t.s.Form != nil { // plain numbers belong to the open question; 完成 2 still means this line
			o.Label = t.texts.Say("todo.numbered", "n", itoa(o.Number), "line", o.Label)
		}
		opts = append(opts, o)
	}
	t.s.Hold(heldList, strings.Join(ids, ","))
	t.reply.Options, t.s.Menu = opts, opts
}

// heldIDs are the measures of the list shown last.
func (t *talk) heldIDs() []string {
	if t.s.Held[heldList] == "" {
		return nil
	}
	return strings.Split(t.s.Held[heldList], ",")
}

// taskLine is 张大有 三组 养能繁母牛 10月31日 超20天.
func (t *talk) taskLine(x models.Task) string {
	parts := []string{x.Head, x.Group, clip(t.measureName(&x.Measure), 9), t.dueSaid(&x.Measure)}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// measureName is what a measure is called by.
func (t *talk) measureName(m *models.Measure) string {
	return t.profile.MeasureName(m.Title, m.Cat1, m.Cat2)
}

// dueSaid is when a measure is due, and how late it is: 10月31日 超20天.
func (t *talk) dueSaid(m *models.Measure) string {
	last := m.Due.LastDay()
	said := t.texts.Say("todo.undated")
	if !last.Undated() {
		said = t.daySaid(m.Due)
	}
	if last < t.today() && !last.Undated() && !t.profile.Done(m.Status) {
		span, _ := t.profile.Span(last, t.today())
		said += t.texts.Say("todo.late", "span", span)
	}
	if n := m.Postponed.N(); n > 0 {
		said += t.texts.Say("todo.postponed", "n", itoa(n))
	}
	if m.Blocked() {
		said += t.texts.Say("todo.blocked")
	}
	return said
}

// daySaid is a date as it was said, the year only when it is another one.
func (t *talk) daySaid(d models.Date) string {
	key := map[int][2]string{4: {"layout.year", "layout.year"}, 7: {"layout.month", "layout.month_of_year"}, 10: {"layout.day", "layout.day_of_year"}}[len(d)]
	if key[0] == "" {
		return string(d)
	}
	at, err := time.Parse("2006-01-02"[:len(d)], string(d))
	if err != nil {
		return string(d)
	}
	if at.Year() != t.in.At.Year() {
		return at.Format(t.texts.Say(key[1]))
	}
	return at.Format(t.texts.Say(key[0]))
}

// taskSay is what a tap says of a measure: its words for the person, and the end of
// its id, which no later list changes (完成 张大有 养牛 0001s002).
func (t *talk) taskSay(word, head string, m *models.Measure) string {
	return strings.Join([]string{t.texts.Say(word), head, clip(t.measureName(m), 9), strings.TrimPrefix(m.ID, t.by.Area)}, " ")
}

// answeredWhich is the answer to «哪一项？» in words of its own: 养牛, or none of them.
func (t *talk) answeredWhich() (bool, error) {
	if t.isCancel() || strings.HasPrefix(t.text, t.texts.Say("work.none_of_them")) {
		t.say("work.dropped")
		return true, nil
	}
	r := t.workTold(t.text)
	about := len(r.Reports) > 0 && len(r.Reports[0].About) > 0 && len(r.Unread) == 0
	if len([]rune(t.text)) > 8 || telling(r) != nil || !about && (t.s.Form != nil || !namely(t.text)) {
		return false, nil // another sentence
	}
	said := t.kept["said"]
	return true, t.work(models.StepKind(t.kept["step"]), strings.TrimSpace(t.text+" "+said))
}
