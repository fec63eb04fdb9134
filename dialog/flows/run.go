package flows

import (
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// commands are what the words of words.zh.yaml do; a test proves that every
// name used there is here.
var commands = map[string]func(t *talk, arg string) error{
	"unbind":             (*talk).unbind,
	"open":               (*talk).open,
	"quick":              (*talk).quick,
	"find":               (*talk).find,
	"lights":             (*talk).lights,
	"history":            (*talk).history,
	"help":               (*talk).help,
	"greet":              (*talk).greet,
	"thanks":             (*talk).thanks,
	"back":               (*talk).back,
	"skip":               (*talk).skip,
	"pause":              (*talk).pause,
	"resume":             (*talk).resume,
	"cancel":             (*talk).cancel,
	"undo":               (*talk).undo,
	"amend":              (*talk).amend,
	"add":                (*talk).add,
	"drop":               (*talk).drop,
	"save":               (*talk).save,
	"section_household":  func(t *talk, _ string) error { return t.section("household") },
	"section_members":    func(t *talk, _ string) error { return t.section("members") },
	"section_production": func(t *talk, _ string) error { return t.section("production") },
	"section_living":     func(t *talk, _ string) error { return t.section("living") },
	"section_income":     func(t *talk, _ string) error { return t.section("income") },
	"waive":              (*talk).waive,
	"plan":               func(t *talk, arg string) error { return t.planSection(thenPlan, arg) },
	"section_cause":      func(t *talk, arg string) error { return t.planSection("cause", arg) },
	"section_measure":    func(t *talk, arg string) error { return t.planSection("measure", arg) },
	"section_money":      func(t *talk, arg string) error { return t.planSection("money", arg) },
	"section_duty":       func(t *talk, arg string) error { return t.planSection("duty", arg) },
	"section_exit":       func(t *talk, arg string) error { return t.planSection("exit", arg) },
	"photo":              (*talk).photo,
	"more":               (*talk).more,
	"sum":                (*talk).sum,
	"recheck":            (*talk).recheck,
	"show":               (*talk).show,
	"feedback":           (*talk).feedback,
	"feedback_look":      (*talk).feedbackLook,
	"feedback_answer":    (*talk).feedbackAnswer,
	"later":              (*talk).later,
	"remind":             (*talk).remind,
	"mute":               (*talk).mute,
	"unmute":             (*talk).unmute,
	"remark":             (*talk).remark,
	"fill":               (*talk).fillUp,
	"bind":               (*talk).bindAgain,
	"todo":               (*talk).todo,
	"overdue":            (*talk).overdue,
	"task":               (*talk).task,
	"finish":             (*talk).finish,
	"report":             (*talk).report,
	"postpone":           (*talk).postpone,
	"block":              (*talk).block,
	"follow":             (*talk).followUp,
	"accept":             func(t *talk, arg string) error { return t.work(models.StepAccept, arg) },
	"reopen":             func(t *talk, arg string) error { return t.work(models.StepReopen, arg) },
	"settle":             func(t *talk, arg string) error { return t.work(models.StepSettle, arg) },
}

// lookUps are commands that answer and leave a question about a measure open.
var lookUps = map[string]bool{"find": true, "lights": true, "history": true, "help": true, "greet": true, "thanks": true, "show": true}

// steps are commands about measures: they say themselves what was left unfinished.
var steps = map[string]bool{"finish": true, "report": true, "postpone": true, "block": true, "accept": true, "reopen": true, "settle": true}

// run is one turn: what kind of input, whose, and what it means now.
func (t *talk) run() error {
	switch t.in.Kind {
	case dialog.InputUnfollow:
		t.forget = true
		t.do(Forget{User: t.in.User})
		return nil
	case dialog.InputFollow, dialog.InputScan:
		return t.follow()
	}
	if t.by == nil {
		return t.unbound()
	}
	left := t.openWhich()
	if err := t.understand(); err != nil {
		return err
	}
	t.whichLeft(left)
	if err := t.catchUp(); err != nil {
		return err
	}
	return t.reask()
}

// understand finds what a bound person's input means.
func (t *talk) understand() error {
	switch t.in.Kind {
	case dialog.InputPhoto, dialog.InputPlace, dialog.InputVoice, dialog.InputVideo, dialog.InputFile, dialog.InputLink, dialog.InputOther:
		return t.attach()
	}
	if t.text == "" {
		return t.nothing()
	}
	if !strings.ContainsFunc(t.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.No, r) }) {
		return t.help("") // only ? or ！
	}
	if questioning(t.text) && t.askedAbout(t.text) {
		return nil // 原因怎么定 asks, 原因 goes there
	}
	if t.serialSaid() && t.s.Form == nil {
		return t.plain(t.s.Ask) // 0016 is no line 16
	}
	// 资金 below a summary is a line of it, else a part of a household; 资金没到位 is a
	// reason where a measure is asked about.
	if o := t.s.Pick(t.text); o != nil && (t.s.Ask == "work" || o.Say != "" && t.s.Form == nil) {
		return t.chosen(*o)
	}
	if do, arg := t.command(); do != "" && t.means(do, arg) {
		was := t.s.Ask
		t.kept = t.s.Args
		if of := t.kept["of"]; of != "" && do == "open" && !strings.Contains(arg, of) {
			t.kept = nil // what was said of one household is not put into another
		}
		t.leaveMenu(do)
		if was == "work" && !lookUps[do] && !steps[do] {
			t.noteLeft()
		}
		if err := commands[do](t, arg); err != nil {
			return err
		}
		if was == "work" && lookUps[do] && t.s.Ask == "" {
			return t.reaskWork()
		}
		return nil
	}
	if arg, ok := t.cancelsTask(); ok {
		t.kept = t.s.Args
		t.leaveMenu("")
		return t.work(models.StepCancel, arg)
	}
	if o := t.pickMenu(); o != nil {
		return t.chosen(*o)
	}
	return t.plain(t.s.Ask)
}

// command is the command that the text begins with. Words that lead on to a part are
// one where a question is open; where saving is offered 接着填措施 goes on to the end.
func (t *talk) command() (do, arg string) {
	if f := t.s.Form; f == nil || f.Stage == dialog.Asking {
		if do = t.words.part(t.text); do != "" {
			return do, ""
		}
	}
	return t.words.find(t.text, t.s.Form != nil)
}

// plain is a text that is no command and picks no line: the answer to a plain
// question (ask), to the open card, or free words.
func (t *talk) plain(ask string) error {
	if t.s.Args != nil { // a tapped line has handed them over already
		t.kept = t.s.Args
	}
	t.leaveMenu("")
	if done, err := t.answered(ask); done || err != nil {
		return err
	}
	if done, err := t.ofReminders(); done || err != nil {
		return err
	}
	if t.s.Form != nil {
		return t.answer()
	}
	return t.idle()
}

// pickMenu is the menu line a number or label picks. Inside a form a bare
// number belongs to the open question.
func (t *talk) pickMenu() *dialog.Option {
	if o := t.s.Pick(t.text); o != nil || len(t.s.Menu) == 0 {
		return o
	}
	if _, rest, ok := t.listNumber(t.text); ok && rest == "" && t.s.Menu[0].Number > 1 {
		return nil // the second page of a list: 1 is the first line of the first
	}
	choices := make([]zh.Choice, len(t.s.Menu))
	for i, o := range t.s.Menu {
		choices[i] = zh.Choice{Key: o.Label, Label: o.Label}
	}
	if namely(t.text) && !strings.HasPrefix(t.text, "都不") {
		return t.beginsLine() // a name is a name, not part of a line
	}
	picked, rest, ok := zh.ReadChoice(t.text, choices)
	if ok && len(picked) == 1 && strings.TrimSpace(rest) == "" {
		return &t.s.Menu[picked[0]]
	}
	return t.beginsLine()
}

// beginsLine is the only menu line that begins with the text: 都不是 for
// 都不是，新登记张大有.
func (t *talk) beginsLine() *dialog.Option {
	folded := zh.Fold(t.text)
	if len([]rune(folded)) < 2 {
		return nil
	}
	var found *dialog.Option
	for i := range t.s.Menu {
		if strings.HasPrefix(zh.Fold(t.s.Menu[i].Label), folded) {
			if found != nil {
				return nil
			}
			found = &t.s.Menu[i]
		}
	}
	return found
}

// leaveMenu forgets the lines of the last reply; 更多 needs its cursor.
func (t *talk) leaveMenu(do string) {
	t.s.Menu, t.s.Ask = nil, ""
	if do != "more" {
		t.s.Args = nil
	}
}

// chosen goes on as if the line's words had been typed.
func (t *talk) chosen(o dialog.Option) error {
	say := o.Say
	if say == "" {
		say = o.Label
	}
	args, ask := t.s.Args, t.s.Ask
	t.leaveMenu("")
	t.kept = args
	if path, value, ok := strings.Cut(say, "="); ok && t.s.Form != nil {
		if mine, keep := strings.CutPrefix(path, "keep:"); keep {
			t.s.Form.Base[mine] = value // theirs is known and mine stands
			return t.save("")
		}
		switch {
		case path == "as_new":
			return t.asNew(t.s.Form)
		case path == "same":
			return t.joinTwin(t.s.Form, value)
		case path == "other":
			t.s.Form.Marks["twin"] = "no"
			return t.write(t.s.Form)
		case fieldOf(path) != nil:
			return t.settle(path, value)
		}
	}
	t.text, t.in.Text = say, say
	if ask == "work" {
		return t.plain(ask)
	}
	if do, _ := t.words.find(say, t.s.Form != nil); do == "more" {
		t.s.Args = args
	}
	if do, arg := t.words.find(say, t.s.Form != nil); do != "" {
		return commands[do](t, arg)
	}
	t.s.Args = args // what the line was about
	return t.plain(ask)
}
