package hear

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// maxName bounds the name of a school or a hospital, in signs.
const maxName = 16

// takeNames makes one token of the name of a school, a hospital or an employer,
// so that 大水井完小 is no well and 龙潭镇卫生院 no spring. A name goes from a
// stop (a blank, a verb, a person, a value) to the word that says what it is.
func (p *pass) takeNames() {
	out := p.toks[:0]
	for i := range p.toks {
		t := p.toks[i]
		if t.is(school|clinic|firm) && !t.is(read) && utf8.RuneCountInString(t.word.text) > 1 || t.is(firm) {
			from := nameStart(p.Text, out, &t)
			if from < len(out) && !bareStage(p.Text[out[from].s:t.s], &t) {
				w := *t.word
				w.text = p.Text[out[from].s:t.e]
				w.roles, w.sets, w.labels = w.roles&(school|clinic|firm), nil, nil
				t = token{kind: known, s: out[from].s, e: t.e, word: &w, gap: out[from].gap, item: out[from].item, named: true}
				out = out[:from]
			}
		}
		out = append(out, t)
	}
	p.toks = out
}

// bareStage: the 上 of 上小学 is what is done there, no name.
func bareStage(before string, t *token) bool {
	return before == "上" || before == "下" || t.is(firm) && strings.HasSuffix(before, "大")
}

// nameStart is the first token of a name that ends with end.
func nameStart(text string, before []token, end *token) int {
	from, next, signs := len(before), end, 0
	for from > 0 && !next.gap {
		t := &before[from-1]
		signs += utf8.RuneCountInString(text[t.s:t.e])
		if signs > maxName || !t.nameLike(text, end) && !(text[t.s:t.e] == "上" && readAt(before[:from-1])) || t.kind == newname && !readAt(before[:from-1]) {
			break
		}
		from, next = from-1, t
	}
	for from < len(before) && before[from].is(fill) && !strings.Contains("上下大小新老好里", before[from].word.text) {
		from++ // a name does not begin with 在 or 的
	}
	if from < len(before) && before[from].word.said() == "上" && (from == 0 || before[from-1].word.said() != "在") && bareKind(text[end.s:end.e]) && from == len(before)-1 {
		from++
	}
	return from
}

// readAt: the words end with 在 or 读, so that what follows is a place.
func readAt(before []token) bool {
	if len(before) == 0 {
		return false
	}
	t := &before[len(before)-1]
	return t.is(read) || t.is(fill) && strings.Contains("在于到", t.word.text)
}

// bareKind is a school that needs no other name: 上中心小学.
func bareKind(s string) bool { return strings.HasPrefix(s, "中心") || strings.HasPrefix(s, "民") }

// nameLike: the token may be part of the name of an institution.
func (t *token) nameLike(text string, end *token) bool {
	said := text[t.s:t.e]
	switch {
	case t.kind == raw:
		return !strings.ContainsAny(said, "是了不没")
	case t.kind == newname:
		return true
	case t.kind == amount:
		return end.is(school|clinic) && (t.q.Dim == zh.Ordinal && strings.HasPrefix(said, "第") || t.q.Dim == zh.Plain && t.e-t.s <= 3 && !end.is(stage))
	case t.kind != known:
		return false
	case t.is(place):
		return !end.is(firm)
	case t.is(school | clinic):
		return !end.is(firm)
	case t.is(firm):
		return end.is(firm)
	case t.is(kin | pron | no | yes | all | read | grad | work | treat | fix | ask | command | stage | sickness):
		return false
	case t.is(set):
		return t.word.says("condition.water_source") != nil || strings.Contains("本乡 本村 乡里 县里 县上 镇上 县城 省内 街上 集镇上", said)
	case t.is(fill):
		return t.e-t.s == 3 && strings.Contains("上下大小新老好水里点位口山", said)
	case t.is(label):
		return t.e-t.s == 3 || strings.Contains("村子 主干道", said)
	}
	return t.e-t.s <= 6 && t.is(species|crop|carry|when|door|far|detail|aside)
}
