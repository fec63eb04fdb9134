package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// means keeps commands from swallowing answers: 查, 改 and 继 begin names as
// well, and a roster may begin with 查文斌.
func (t *talk) means(do, arg string) bool {
	f := t.s.Form
	spaced := arg == "" || strings.Contains(t.text, " ")
	switch do {
	case "find":
		return f == nil || !rosterLike(arg)
	case "drop":
		return f == nil && spaced || f != nil && (spaced || t.isMember(arg) || !namely(t.text))
	case "amend", "add":
		return f != nil && (spaced || !namely(t.text)) || f == nil && spaced
	case "resume":
		return spaced || !namely(t.text)
	case "quick":
		return arg != "" && (spaced || strings.HasPrefix(zh.Fold(t.text), "记一下"))
	case "cancel":
		return t.s.Ask != "work" && t.s.Ask != "work_which" && (f != nil || t.s.Ask == "" || t.s.Ask == "open" || t.s.Ask == "find")
	case "thanks":
		return t.s.Ask != "work" // 嗯嗯 says yes to what was said back
	case "remark":
		return f != nil && arg != ""
	case "accept", "reopen", "settle":
		_, _, tapped := t.referred(arg)
		_, _, numbered := t.listNumber(arg) // 验收 1 is a line of the list, not what the open question asks for
		return tapped || numbered && len(t.heldIDs()) > 0
	case "task":
		_, _, ok := t.referred(arg)
		return ok
	case "finish", "report", "postpone", "block":
		return f == nil || arg == "" || t.measured(arg)
	case "waive":
		return f != nil
	case "plan", "section_cause", "section_measure", "section_money", "section_duty", "section_exit":
		return arg == "" || spaced && namely(firstWord(arg)) && (f == nil || t.onRoll(arg)) // 资金缺口2万 is an answer
	}
	return true
}

// onRoll reports whether words are the name of a household on file, with its group
// or without, and nothing else: 措施 普阿珍 leads to another household, 原因 高血压 is
// an answer.
func (t *talk) onRoll(arg string) bool {
	who := t.parseTarget(arg)
	if who.name == "" || who.rest != "" {
		return false
	}
	cards, err := t.search(who, 2)
	return err == nil && len(cards) > 0 && who.exact(cards[0])
}

// firstWord is what stands before the first blank.
func firstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }

// isMember reports whether a name is one of the open household's.
func (t *talk) isMember(name string) bool {
	for _, s := range roster(t.s.Form) {
		if s.name() == name {
			return true
		}
	}
	return false
}

// rosterLike reports whether words are people of a household rather than one to
// look up: 文斌 户主 男52，妻…
func rosterLike(s string) bool {
	return strings.Contains(s, "户主") && strings.ContainsAny(s, "，,、男女") || strings.Count(s, "，")+strings.Count(s, ",") >= 2
}

// measured reports whether the words behind 完成 or 进展 are about a measure, so that
// an open form leaves them to it: a tap, a line of the list, words of progress.
func (t *talk) measured(arg string) bool {
	if _, _, ok := t.referred(arg); ok {
		return true
	}
	if _, _, ok := t.listNumber(arg); ok {
		return len(t.heldIDs()) > 0
	}
	return telling(t.workTold(t.text)) != nil || telling(t.workTold(arg)) != nil
}

// cancelsTask reads 取消 2, 取消 养羊 and a tap on 取消: without anything behind it
// the word closes a form.
func (t *talk) cancelsTask() (arg string, ok bool) {
	word := t.texts.Say("step.cancel")
	arg, ok = strings.CutPrefix(t.text, word)
	arg = strings.TrimSpace(arg)
	if !ok || arg == "" || !t.mayEdit() || t.s.Ask == "work" {
		return "", false
	}
	if _, _, ref := t.referred(arg); ref {
		return arg, true
	}
	if _, _, number := t.listNumber(arg); number {
		return arg, true
	}
	return arg, t.s.Form == nil && strings.Trim(arg, "。!！了吧啊") != ""
}
