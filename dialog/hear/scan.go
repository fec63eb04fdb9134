package hear

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// ownHave: in 生活电有电视没有 the 有 belongs to what stands before it; in
// 有电视有卫生厕所 it does not.
func (p *pass) ownHave(w *word) *word {
	n := len(p.toks)
	if w != nil && w.is(set) && n > 0 && !p.gap && p.toks[n-1].is(label) && strings.HasPrefix(w.text, "没有") {
		rest := strings.TrimLeft(p.restAfter(w), ": 是")
		noun := w.text[len("没有"):]
		if longer := p.r.lex.find(noun + p.restAfter(w)); longer.is(label) && len(longer.text) > len(noun) {
			return p.r.lex.words.Get("没有") // 牧草没有低保金7560
		}
		if rest != "" && (rest[0] >= '0' && rest[0] <= '9' || strings.HasPrefix(rest, "有") || strings.HasPrefix(rest, "没")) {
			return p.r.lex.words.Get("没有") // 牧草没有电话138…
		}
	}
	if w == nil || !w.is(set) || !strings.HasPrefix(w.text, "有") || n == 0 || p.gap || !p.toks[n-1].is(label) {
		return w
	}
	prev := &p.toks[n-1]
	if f := fieldOf(prev.word.labels[0]); f == nil || f.Kind != models.KindYesNo || strings.HasPrefix(prev.word.text, "通") || strings.HasPrefix(prev.word.text, "有") {
		return w
	}
	if n > 1 && !prev.gap && (p.toks[n-2].is(no|yes) || p.toks[n-2].word.said() == "有" && !(n > 2 && p.toks[n-3].is(label))) {
		return w
	}
	return p.r.lex.words.Get("有")
}

// beforePlace: 在上海 is 在 and 上海, not 在上.
func (p *pass) beforePlace(w *word, pos int) *word {
	if w == nil || utf8.RuneCountInString(w.text) < 2 || w.is(place|clinic|school) {
		return w
	}
	if next := p.r.lex.find(p.Text[pos+len(w.text):]); w.text == "在上" && next == nil && pos+len(w.text) < len(p.Text) && unicode.Is(unicode.Han, firstRune(p.Text[pos+len(w.text):])) && !strings.ContainsAny(p.Text[pos+len(w.text):pos+len(w.text)+3], "一二三四五六七八九") {
		return p.r.lex.words.Get("在") // 在上河村小学
	}
	_, n := utf8.DecodeLastRuneInString(w.text)
	cut := len(w.text) - n
	if town := p.r.lex.find(p.Text[pos+cut:]); town.is(place) && len(town.text) > n {
		if short := p.r.lex.words.Get(w.text[:cut]); short != nil {
			return short
		}
	}
	return w
}

// quantities are those of a text; the 两 of 103两个人 is a number of its own,
// and the 一 of 一般 is none.
func quantities(text string) []zh.Quantity {
	var out []zh.Quantity
	from := 0
	scan := func(to int) {
		for _, q := range zh.Scan(text[from:to]) {
			q.Start, q.End = q.Start+from, q.End+from
			out = append(out, q)
		}
		from = to
	}
	for i, r := range text {
		switch {
		case r == '两':
			before := strings.TrimRight(text[from:i], " ")
			if before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' && strings.ContainsRune("个口人", firstRune(text[i+len("两"):])) {
				scan(i)
			}
		case r == '一' && i > from && strings.ContainsRune("般共家户", firstRune(text[i+len("一"):])):
			scan(i) // 300米一般户
		}
	}
	scan(len(text))
	return out
}

// negative: 耕地-3亩. A hyphen after a blank or between numbers is none.
func (p *pass) negative(pos int) bool {
	for _, sign := range []string{"-", "−", "负"} {
		if before, ok := strings.CutSuffix(p.Text[:pos], sign); ok {
			r, _ := utf8.DecodeLastRuneInString(before)
			return p.Text[pos] <= '9' && (unicode.Is(unicode.Han, r) || sign == "负" || r == ' ' || before == "")
		}
	}
	return false
}

// unrated cuts 每人 off 3口每人, so that the words of the rate are read as such.
func unrated(q zh.Quantity, text string) zh.Quantity {
	said := text[q.Start:q.End]
	if i := strings.Index(said, "每"); i > 0 {
		q.End, q.Said, q.Per = q.Start+i, said[:i], ""
	}
	if r := strings.TrimSuffix(said, "地"); r != said && q.Dim == zh.Area && q.End < len(text) {
		if next, _ := utf8.DecodeRuneInString(text[q.End:]); strings.ContainsRune("0123456789一二两三四五六七八九十半", next) {
			q.End, q.Said = q.End-3, r // 田三亩地两亩
		}
	}
	return q
}

// landed writes 亩 for the 木 of voice recognition after a number (domain.md
// §6.2); both signs have three bytes, so that places stay.
func landed(text string) string {
	if !strings.Contains(text, "木") {
		return text
	}
	b := []byte(text)
	for i := 0; i < len(text); {
		j := strings.Index(text[i:], "木")
		if j < 0 {
			break
		}
		j += i
		if r, _ := utf8.DecodeLastRuneInString(text[:j]); strings.ContainsRune("0123456789一二两三四五六七八九十半百", r) {
			copy(b[j:], "亩")
		}
		i = j + 3
	}
	return string(b)
}
