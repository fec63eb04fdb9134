package progress

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
)

// People who dictate or type with one thumb set few marks: 屋基打好了在砌墙了, 花椒不种了
// 地被洪水冲了. What a comma would separate is separated here, by what the words tell:
// behind a verb that is over, before 但是, 因为 and 改养, and at a blank with something told
// on both of its sides.

// parts are the clauses within a stretch between two marks, as ends in bytes.
func (p *pass) parts(from, to int) (ends []int) {
	toks := p.tokens(from, to)
	start := 0 // token the part begins with
	for i := 1; i < len(toks); i++ {
		left, right := toks[start:i], toks[i:]
		if p.breaks(toks, left, right) {
			ends = append(ends, toks[i].from)
			start = i
		}
	}
	return append(ends, to)
}

// breaks reports whether a new clause begins at right.
func (p *pass) breaks(all, left, right []tok) bool {
	first := &right[0]
	if first.word.is(instead) {
		return true // 不养鸡了改养鹅
	}
	if !p.tells(left) {
		return false
	}
	if first.word.is(but) || first.word.is(because) && p.tells(right[1:]) && first.from > all[0].from {
		return true
	}
	last := &left[len(left)-1]
	blank := last.kind == other && strings.HasSuffix(p.f.Text[last.from:last.to], " ")
	switch {
	case blank && slow(left):
		return !p.measuredOnly(right) // 花椒不种了 地被洪水冲了: the reason
	case blank:
		return p.tells(right) && !p.measuredOnly(right)
	}
	if p.overAt(left) && first.word != nil && len(first.word.about) > 0 && !first.word.event() && p.happens(right[1:]) {
		return true // 水管好了羊也买回来了
	}
	return p.overAt(left) && (p.nextVerb(first) || first.word.is(no) && !first.word.event() && p.tells(right[1:]))
}

// tells reports whether tokens tell something by themselves.
func (p *pass) tells(toks []tok) bool {
	for i := range toks {
		w := toks[i].word
		switch {
		case w == nil:
		case w.is(did) && (strings.HasSuffix(w.text, "了") || i+1 < len(toks) && toks[i+1].kind == amount):
			return true
		case w.is(no) && i+1 < len(toks) && (toks[i+1].word.is(did|arrived) || toks[i+1].word.event()):
			return true
		case w.is(because) && i+1 < len(toks):
			return true
		case !w.is(rest) && (w.event() || w.money != "" || w.unpaid || w.output != "" || w.loss || w.why != "" || w.is(left)):
			return true
		}
	}
	return false
}

// happens: a word tells that something happened.
func (p *pass) happens(toks []tok) bool {
	for i := range toks {
		if toks[i].word.event() {
			return true
		}
	}
	return false
}

// slow: a step that has its reason behind it.
func slow(toks []tok) bool {
	for i := range toks {
		if w := toks[i].word; w != nil && (w.step == models.StepCancel || w.step == models.StepPostpone || w.step == models.StepBlock) && !w.is(only) {
			return true
		}
	}
	return false
}

// measuredOnly: amounts and dates belong to what stands before them: 硬化了 50米.
func (p *pass) measuredOnly(toks []tok) bool {
	for i := range toks {
		t := &toks[i]
		if t.kind == amount || t.kind == date || t.word.is(rest) || strings.TrimSpace(p.f.Text[t.from:t.to]) == "" {
			continue
		}
		return false
	}
	return true
}

// overAt: the left side ends in something that is over, perhaps with how much of it:
// 领到了一百只.
func (p *pass) overAt(toks []tok) bool {
	for i := len(toks) - 1; i >= 0; i-- {
		switch t := &toks[i]; {
		case t.kind == amount, t.kind == vocab && len(t.word.about) > 0 && !t.word.event():
			continue
		case t.kind == vocab && t.word.is(rest) && !t.word.event():
			return i > 0 && t.word.text == "了" && p.tells(toks[:i])
		case t.kind == vocab:
			return (t.word.event() || t.word.money != "" || t.word.output != "" || t.word.is(did)) && strings.HasSuffix(t.word.text, "了")
		default:
			return false
		}
	}
	return false
}

// nextVerb: a word that begins to tell something else.
func (p *pass) nextVerb(t *tok) bool {
	w := t.word
	if w == nil || w.is(rest) && !w.is(left) {
		return false
	}
	return w.event() || w.money != "" || w.output != "" || w.loss || w.is(left) || w.is(total) && utf8.RuneCountInString(w.text) > 1 || w.unpaid
}
