package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
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

// listFresh is how long the numbers of a list can be used: after a night nobody
// has the same list before their eyes.
const listFresh = 16 * time.Hour

// todo is 待办: what is due first in front.
func (t *talk) todo(arg string) error { return t.listTasks("todo", arg, "") }

// overdue is 逾期.
func (t *talk) overdue(arg string) error { return t.listTasks("overdue", arg, "") }

// listTasks shows a list, or for those above a village how its parts stand.
func (t *talk) listTasks(what, arg, after string) error {
	q, rest, err := t.taskQuery(what, arg)
	if err != nil {
		return err
	}
	if rest != "" {
		return t.listNone(what, rest)
	}
	if len(q.Area) < villageCode && q.Household == "" && q.Head == "" && t.by.Role != models.RoleVillage {
		return t.listAreas(what, q)
	}
	q.After, q.Limit = after, todoPage
	tasks, more, err := t.view.Households().Tasks(t.ctx, *t.by, q)
	if err != nil {
		return err
	}
	if len(tasks) == 0 {
		t.emptyList(what, arg)
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
	return nil
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
	switch {
	case m.Title != "":
		return m.Title
	case m.Cat2 != "":
		return t.profile.Label("measure_cat2", m.Cat2)
	}
	return t.profile.Label("measure_cat1", m.Cat1)
}

// dueSaid is when a measure is due, and how late it is: 10月31日 超20天.
func (t *talk) dueSaid(m *models.Measure) string {
	last := m.Due.LastDay()
	said := t.texts.Say("todo.undated")
	if !last.Undated() {
		said = t.daySaid(m.Due)
	}
	if n := daysBetween(last, t.today()); n > 0 && !last.Undated() && !t.profile.Done(m.Status) {
		said += t.texts.Say("todo.late", "n", itoa(n))
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

// daysBetween counts the days from one day to another, 0 when either is none.
func daysBetween(from, to models.Date) int {
	a, err := time.Parse(time.DateOnly, string(from))
	b, err2 := time.Parse(time.DateOnly, string(to))
	if err != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// taskSay is what a tap says of a measure: its words for the person, and the end of
// its id, which no later list changes (完成 张大有 养牛 0001s002).
func (t *talk) taskSay(word, head string, m *models.Measure) string {
	return strings.Join([]string{t.texts.Say(word), head, clip(t.measureName(m), 9), strings.TrimPrefix(m.ID, t.by.Area)}, " ")
}

// taskQuery reads what a list is narrowed to: 本周, 本月, 三组, 张大有, 危改. rest is
// what was not understood.
func (t *talk) taskQuery(what, arg string) (q models.TaskQuery, rest string, err error) {
	q = models.TaskQuery{Programme: t.profile.ID, Open: t.profile.OpenStates(), Answering: t.by.Role == models.RoleVillage, Area: t.by.Area}
	if t.by.Role == models.RoleDepartment {
		q.Kinds = t.kindsOf(t.by.Department)
	}
	if what == "overdue" {
		q.To = t.dayAfter(t.today(), -1)
	}
	parts := strings.Fields(targetMarks.Replace(arg))
	for i, part := range parts { // 大水井村 200201: the code tells which of that name
		if digits(part) {
			parts[0], parts[i] = part, parts[0]
		}
	}
	for _, part := range parts {
		if err := t.narrowTasks(&q, part, &rest); err != nil {
			return q, "", err
		}
	}
	return q, rest, nil
}

func (t *talk) narrowTasks(q *models.TaskQuery, part string, rest *string) error {
	part = strings.TrimSuffix(strings.TrimSuffix(part, "的"), t.texts.Say("todo.word"))
	from, to, timed := t.span(part)
	kinds := t.kindsNamed(part)
	switch {
	case part == "" || contains(strings.Fields(t.texts.Say("todo.filler")), part):
	case timed:
		q.From, q.To = from, earlier(q.To, to)
	case looksGroup(part):
		q.Group, q.Answering = part, false
	case len(kinds) > 0:
		q.Kinds = kinds
	case contains(strings.Fields(t.texts.Say("todo.blocked_words")), part):
		q.Blocked = true
	default:
		ok, err := t.narrowPlace(q, part)
		if err != nil {
			return err
		}
		if !ok {
			*rest = strings.TrimSpace(*rest + " " + part)
		}
	}
	return nil
}

// narrowPlace reads a village, a township or a household.
func (t *talk) narrowPlace(q *models.TaskQuery, part string) (bool, error) {
	if code := t.by.Area + part; digits(part) && t.by.Role != models.RoleVillage && models.LevelOf(code) != "" {
		q.Area = code
		return true, nil
	}
	if t.by.Role != models.RoleVillage {
		code, err := t.placeWithin(q.Area, part)
		if err != nil {
			return false, err
		}
		if code != "" {
			q.Area = code
			return true, nil
		}
	}
	if q.Area != t.by.Area && !namely(part) { // the name of the village, told beside its code
		return true, nil
	}
	w := t.parseTarget(strings.TrimSuffix(strings.TrimSuffix(part, "户"), "家"))
	cards, err := t.search(w, 9)
	if err != nil {
		return false, err
	}
	cards = w.narrow(cards)
	switch {
	case len(cards) == 1 && w.exact(cards[0]):
		q.Household, q.Answering = cards[0].ID, false
	case len(cards) > 0 && cards[0].Head == w.name: // several of one name: the lines tell which
		q.Head, q.Answering = w.name, false
	default:
		return q.Area != t.by.Area, nil
	}
	return true, nil
}

// placeWithin is the code of a part of an area: one right below it, or the only one of
// that very name further down. "" when there is none.
func (t *talk) placeWithin(area, name string) (string, error) {
	below, err := t.view.Areas().Children(t.ctx, area)
	if err != nil {
		return "", err
	}
	for _, a := range below {
		if a.Name == name || strings.HasPrefix(a.Name, name) && len([]rune(name)) >= 2 {
			return a.Code, nil
		}
	}
	named, err := t.view.Areas().Named(t.ctx, []string{name})
	if err != nil {
		return "", err
	}
	named = slices.DeleteFunc(named, func(a models.Area) bool { return !strings.HasPrefix(a.Code, area) || len(a.Code) <= len(area) })
	if len(named) != 1 {
		return "", nil
	}
	return named[0].Code, nil
}

func earlier(a, b models.Date) models.Date {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// dayAfter is the day so many days later.
func (t *talk) dayAfter(d models.Date, days int) models.Date {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return models.Date(at.AddDate(0, 0, days).Format(time.DateOnly))
}

// span reads a stretch of time: 本周, 下周, 这个月, 10月, 三季度, 年底前.
func (t *talk) span(part string) (from, to models.Date, ok bool) {
	today := t.today()
	monday := t.dayAfter(today, -(int(t.in.At.Weekday())+6)%7)
	switch {
	case contains(strings.Fields(t.texts.Say("todo.week")), part):
		return monday, t.dayAfter(monday, 6), true
	case contains(strings.Fields(t.texts.Say("todo.next_week")), part):
		return t.dayAfter(monday, 7), t.dayAfter(monday, 13), true
	case contains(strings.Fields(t.texts.Say("todo.today")), part):
		return today, today, true
	}
	d, problem := zh.ReadDate(part, t.in.At)
	if problem != zh.DateOK || d.Precision == zh.NoDate || digits(part) {
		return "", "", false
	}
	last := models.Date(d.Last().Format(time.DateOnly))
	switch {
	case strings.HasSuffix(part, t.texts.Say("todo.quarter")):
		return models.Date(d.Last().AddDate(0, 0, -d.Last().Day()+1).AddDate(0, -2, 0).Format(time.DateOnly)), last, true
	case d.Before || d.Precision == zh.Day:
		return "", last, true
	}
	return models.Date(d.First().Format(time.DateOnly)), last, true
}

// kindsNamed are the categories that a word names: 危改, 搬迁.
func (t *talk) kindsNamed(word string) (out []string) {
	for _, list := range []string{"measure_cat1", "measure_cat2"} {
		for _, it := range t.profile.Codes[list] {
			if it.Label == word || contains(it.Also, word) {
				out = append(out, it.Key)
			}
		}
	}
	return out
}

// kindsOf are the categories that a department of the county answers for.
func (t *talk) kindsOf(department string) (out []string) {
	dept := ""
	for _, it := range t.profile.Codes["dept"] {
		if it.Label == department || contains(it.Also, department) {
			dept = it.Key
		}
	}
	for _, it := range t.profile.Codes["measure_cat2"] {
		if contains(t.profile.Lead(it.More["cat1"], it.Key).County, dept) {
			out = append(out, it.Key)
		}
	}
	if len(out) == 0 {
		return []string{"-"} // a department nobody has given a category: nothing is its own
	}
	return out
}

// listAreas shows how the parts of an area stand, each a tap away from its list.
func (t *talk) listAreas(what string, q models.TaskQuery) error {
	q.To, q.From = "", ""
	parts, err := t.view.Households().Backlogs(t.ctx, *t.by, q, t.today())
	if err != nil {
		return err
	}
	slices.SortStableFunc(parts, func(a, b models.Backlog) int { return b.Overdue - a.Overdue }) // what is worst is on the screen
	var opts []dialog.Option
	open, late := 0, 0
	for _, b := range parts {
		open, late = open+b.Open, late+b.Overdue
		if what == "overdue" && b.Overdue == 0 {
			continue
		}
		opts = append(opts, dialog.Option{
			Label: t.areaLine(b),
			Say:   t.listText(what, "word") + " " + b.Name + " " + strings.TrimPrefix(b.Area, t.by.Area),
		})
	}
	if len(opts) == 0 {
		t.emptyList(what, "")
		return nil
	}
	shown := opts[:min(len(opts), maxOptions)]
	t.say("areas.head", "open", itoa(open), "late", itoa(late))
	if len(shown) < len(opts) {
		t.note("areas.more", "n", itoa(len(opts)-len(shown)), "word", t.listText(what, "word"))
	}
	t.menu(shown...)
	return nil
}

// areaLine is 大水井村 逾期2 待办9 延过1.
func (t *talk) areaLine(b models.Backlog) string {
	line := b.Name
	for _, part := range []struct {
		key string
		n   int
	}{{"areas.late", b.Overdue}, {"areas.open", b.Open}, {"areas.postponed", b.Postponed}, {"areas.blocked", b.Blocked}} {
		if part.n > 0 {
			line += t.texts.Say(part.key, "n", itoa(part.n))
		}
	}
	return line
}

// listNumber reads the number of a line in front of what is said of it: 2, 第2项, ②
// 牛买回来了. ok is false for a number that belongs to a quantity (2头, 2/3, 10月).
func (t *talk) listNumber(arg string) (n int, rest string, ok bool) {
	s := strings.TrimPrefix(zh.Clean(arg), "第")
	r := []rune(s)
	i := 0
	for i < len(r) && strings.ContainsRune(lex().Ordinals, r[i]) {
		i++
	}
	num, found := zh.Number(string(r[:i]))
	v, whole := num.Value.Int()
	if i == 0 || !found || !whole || num.Approx {
		return 0, arg, false
	}
	tail := string(r[i:])
	for _, sign := range strings.Fields(t.texts.Say("todo.number_signs")) {
		if strings.HasPrefix(tail, sign) {
			return v, strings.TrimLeft(strings.TrimPrefix(tail, sign), " ，,、：:."), true
		}
	}
	if tail == "" || strings.ContainsRune(" ，,、：:。", []rune(tail)[0]) {
		return v, strings.TrimLeft(tail, " ，,、：:。"), true
	}
	return 0, arg, false
}

// numbered is the measure of a line of the list shown last. done: the reply says
// what is wrong with the number.
func (t *talk) numbered(n int) (id string, done bool, err error) {
	ids := t.heldIDs()
	at, _ := strconv.ParseInt(t.s.Held[heldListAt], 10, 64)
	switch {
	case len(ids) == 0:
		return "", true, t.relist("todo.no_list")
	case t.in.At.Sub(time.Unix(at, 0)) > listFresh:
		return "", true, t.relist("todo.stale")
	case n < 1 || n > len(ids):
		t.say("todo.no_number", "n", itoa(n), "most", itoa(len(ids)))
		t.menu(dialog.Option{Label: t.texts.Say("todo.again"), Say: t.texts.Say("todo.word")})
		return "", true, nil
	}
	return ids[n-1], false, nil
}

// relist shows the list anew with a word in front: nothing is guessed.
func (t *talk) relist(key string) error {
	t.note(key)
	return t.todo("")
}

// lineDigits is how long the number of a line is at most: 0016 looks up a household.
const lineDigits = 3

// numberOfList hears a number of the list typed without anything else, and questions for
// what is due: 这个月要完的有哪些.
func (t *talk) numberOfList() (bool, error) {
	if n, rest, ok := t.listNumber(t.text); ok && rest == "" && len([]rune(t.text)) <= lineDigits && len(t.heldIDs()) > 0 {
		id, done, err := t.numbered(n)
		if done || err != nil {
			return true, err
		}
		return true, t.showTask(id)
	}
	for _, w := range strings.Fields(t.texts.Say("todo.asks")) {
		before, _, found := strings.Cut(t.text, w)
		if found {
			arg := strings.Trim(before, " 的还有")
			if _, _, ok := t.span(arg); !ok && !looksGroup(arg) {
				arg = ""
			}
			return true, t.todo(arg)
		}
	}
	return false, nil
}

// answeredWhich is the answer to «哪一项？» in words of its own: 养牛, or none of them.
func (t *talk) answeredWhich() (bool, error) {
	if t.isCancel() || strings.HasPrefix(t.text, t.texts.Say("work.none_of_them")) {
		t.say("work.dropped")
		return true, nil
	}
	r := t.progress.Read(t.text, t.hearing("", ""))
	about := len(r.Reports) > 0 && len(r.Reports[0].About) > 0 && len(r.Unread) == 0
	if len([]rune(t.text)) > 8 || telling(r) != nil || !about && (t.s.Form != nil || !namely(t.text)) {
		return false, nil // another sentence
	}
	said := t.kept["said"]
	return true, t.work(models.StepKind(t.kept["step"]), strings.TrimSpace(t.text+" "+said))
}
