package flows

import (
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

// listFresh is how long the numbers of a list can be used: after a night nobody
// has the same list before their eyes.
const listFresh = 16 * time.Hour

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
	if es, ok, err := t.errandsSaid(); ok || err != nil {
		if err != nil || len(es) == 0 {
			return true, err
		}
		return true, t.runErrands(es)
	}
	for _, w := range strings.Fields(t.texts.Say("todo.asks")) {
		before, _, found := strings.Cut(t.text, w)
		if found {
			arg := strings.Trim(before, " 的还有")
			if head, _, of := strings.Cut(arg, t.texts.Say("house.sign")); of && namely(head) {
				arg = head // 李国强家还有哪些没干完
			} else if _, _, ok := t.span(arg); !ok && !looksGroup(arg) {
				arg = ""
			}
			return true, t.todo(arg)
		}
	}
	return false, nil
}
