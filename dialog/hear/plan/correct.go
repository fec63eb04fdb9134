package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// corrections drops what is taken back in the same breath: 不是2万是3万,
// 2头改成3头, 10月不对12月. Only a value of the same kind takes the place of
// another; what is denied without a better one stays and is judged by its reader.
func (p *pass) corrections() {
	for i := 0; i < len(p.toks); i++ {
		t := &p.toks[i]
		switch {
		case t.is(no) && strings.HasSuffix(t.word.text, "不是") && !p.standsAlone(i):
			x := p.skip(i+1, fill|is)
			for k := 0; k < 2 && p.value(x) == "" && x+1 < len(p.toks) && p.toks[x].kind == vocab; k++ { // 不是增收六千
				x++
			}
			if y := p.better(x, true); y > 0 {
				p.inherit(x, y)
				p.toks[x], p.fixed = p.toks[y], true
				p.cutOut(x+1, y+1)
				p.cutOut(i, i+1)
				i--
			}
		case t.is(no) && p.unsaid(i) > 0:
			p.cutOut(i, p.unsaid(i)) // 不养20箱了，先养10箱
			i--
		case t.is(was) && p.r.lex.listed("formerly", t.word.text):
			x := i + 1
			for x < len(p.toks) && x < i+4 && p.value(x) == "" {
				x++
			}
			if y := p.newer(x); y > 0 {
				p.cutOut(x, x+1) // 原来说5亩，只种得了3亩
			}
		case (t.is(instead) || t.means(rather|moved)) && i > 0:
			y := p.skip(i+1, fill|is)
			if x := p.older(i, y); x >= 0 && (!t.means(moved) || strings.Contains("date year", p.value(y))) && p.sameLine(x, i) {
				p.inherit(x, y)
				p.cutOut(i, y)
				x = p.cutWith(x)
				i = x - 1
			}
		case (t.means(wrong) || p.standsAlone(i)) && i > 0:
			y := i + 1
			for y < len(p.toks) && (p.toks[y].is(fill|is|instead) || p.toks[y].kind == mark && p.toks[y].strength < fullstp) {
				y++
			}
			if x := p.older(i, y); x >= 0 {
				p.inherit(x, y)
				p.cutOut(i, y)
				p.cutOut(x, x+1)
				i = x - 1
			}
		}
	}
}

// unsaid is the end of a number that is taken back for a later one of its kind, 0 when
// none is: 不养20箱了，先养10箱.
func (p *pass) unsaid(i int) int {
	x := i + 1
	for x < len(p.toks) && p.toks[x].is(raise|plant) {
		x++
	}
	if x == i+1 || x+1 >= len(p.toks) || !strings.HasPrefix(p.value(x), "count") || p.text(x+1, x+2) != "了" || p.newer(x) == 0 {
		return 0
	}
	return x + 2
}

// cutWith removes an old value and the 原来 in front of it; it returns where they stood.
func (p *pass) cutWith(x int) int {
	from := x
	for i := x - 1; i >= 0 && i >= x-3 && p.toks[i].kind != mark; i-- {
		if w := p.toks[i].word; w != nil && p.r.lex.listed("formerly", w.text) {
			from = i
		}
	}
	p.cutOut(from, x+1)
	return from
}

// standsAlone: a no between marks takes back what was said before it: 3头，不是，2头.
func (p *pass) standsAlone(i int) bool {
	from := i
	for from > 0 && p.toks[from-1].is(fill) {
		from--
	}
	return from > 0 && i+1 < len(p.toks) && p.toks[from-1].kind == mark && p.toks[i+1].kind == mark && p.toks[i+1].strength == comma && p.r.lex.listed("alone", p.text(i, i+1))
}

// sameLine: no other year and no mark stands between the old value and 改成:
// 18年专项一万，19年换成沪滇一万五 are two lines.
func (p *pass) sameLine(x, i int) bool {
	if v := p.value(x); v == "date" || v == "year" {
		return true
	}
	return p.find(piece{from: x + 1, to: i}, func(t *tok) bool {
		_, year := p.bareYear(t)
		return t.kind == date || t.kind == amount && year
	}) < 0
}

// inherit gives the better date the year of the one it replaces: 不是19年三季度，是
// 四季度.
func (p *pass) inherit(x, y int) {
	a, b := &p.toks[x], &p.toks[y]
	if a.kind == date && b.kind == date && a.on.Precision != zh.NoDate && !yearless(p.f.Text[a.from:a.to]) && yearless(p.f.Text[b.from:b.to]) {
		b.year = a.on.Year
	}
}

// skip is the first token from i on without the roles.
func (p *pass) skip(i int, roles role) int {
	for i < len(p.toks) && p.toks[i].is(roles) && p.value(i) == "" {
		i++
	}
	return i
}

// better is the token of the value that takes the place of x, 0 when there is
// none: it stands behind 是, or right behind a mark.
func (p *pass) better(x int, marked bool) int {
	kind := p.value(x)
	if kind == "" {
		return 0
	}
	y := x + 1
	said := false
	for y < len(p.toks) && (p.toks[y].kind == mark && p.toks[y].strength < fullstp || p.toks[y].is(fill|is|instead)) && p.value(y) == "" {
		said = said || p.toks[y].kind == mark && marked || strings.HasSuffix(p.text(y, y+1), "是") || p.toks[y].is(instead)
		y++
	}
	if (said || y == x+1) && p.value(y) == kind {
		return y
	}
	return 0
}

// newer is a later value of the kind of x, the only one of it in the text; 0 when
// there is none.
func (p *pass) newer(x int) int {
	kind, at := p.value(x), 0
	if !strings.HasPrefix(kind, "count") && kind != string(rune('0'+int(zh.Area))) {
		return 0
	}
	for y := x + 1; y < len(p.toks); y++ {
		if p.value(y) == kind {
			if at > 0 {
				return 0
			}
			at = y
		}
	}
	return at
}

// older is the nearest value before i that is of the kind of y, in the same piece.
func (p *pass) older(i, y int) int {
	kind := p.value(y)
	if kind == "" {
		return -1
	}
	year := -1
	for x := i - 1; x >= 0; x-- {
		if p.toks[x].strength >= fullstp || p.sums(x) && year < 0 && kind == "date" {
			break
		}
		if p.value(x) == kind {
			return x
		}
		if kind == "date" && p.value(x) == "year" && year < 0 {
			year = x // 原来报的18年，改19年三季度
		}
	}
	return year
}

// value is the kind of a token that one of the same kind can take the place
// of, "" when it is none.
func (p *pass) value(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	t := &p.toks[i]
	switch {
	case t.kind == date && t.on.Precision == zh.Year:
		return "year"
	case t.kind == date:
		return "date"
	case t.kind == amount:
		if _, year := p.bareYear(t); year {
			return "year"
		}
		switch t.q.Dim {
		case zh.Money, zh.Plain:
			return "sum"
		case zh.Count:
			return "count" + t.q.Unit
		case zh.Ordinal, zh.Calendar:
			return ""
		}
		return string(rune('0' + int(t.q.Dim)))
	case t.kind == phone:
		return "phone"
	case t.word != nil && t.word.source != "":
		return "source"
	}
	return ""
}

// cutOut removes tokens.
func (p *pass) cutOut(from, to int) { p.toks = slices.Delete(p.toks, from, to) }
