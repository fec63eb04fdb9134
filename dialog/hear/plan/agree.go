package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Agreement reads who assessed the causes, when, and whether the head of the
// household agrees: 9月12号村民小组会评议的，户主认可. It reads what Causes leaves
// alone, of the same message; Span.Said is "" when nothing of it was said.
func (r *Reader) Agreement(text string, c Context) (Agreement, []Unread) {
	p := r.newPass(text, c)
	p.pieces = p.merged()
	var a Agreement
	told := false // the piece before told of the assessment
	bare := c.Asked == AskAgree && !p.ofOffices() && !slices.ContainsFunc(p.pieces, func(x piece) bool { return !p.onlyAgreeing(x) })
	for k, x := range p.pieces {
		open := c.Asked == AskAgree && len(p.pieces) == 1
		switch {
		case p.empty(x), p.has(x, reward|penalty|goal|deadline) >= 0 || p.r.lex.holds("rewards", p.text(x.from, x.to)) && p.hasSense(x, accept|decline|assembly) < 0: // 完成得好年终评优
		case !p.agreeing(x) && !(bare && p.bareAgreement(x)):
			next := k+1 < len(p.pieces) && p.hasSense(p.pieces[k+1], assess) >= 0
			if (told || next) && p.onlyDated(x) {
				p.assessedOn(&a, x)
			} else if open {
				p.leave(x.from, x.to, WhyUnknown)
			}
			told = false
			continue
		case p.asked(x):
			p.leave(x.from, x.to, WhyQuestion)
		default:
			told = p.agreement(&a, x)
		}
	}
	return a, p.unread
}

// ofOffices: an office, or two levels, are named: who answers for what, not who
// assessed (村上王支书，乡上农科站小杨).
func (p *pass) ofOffices() bool {
	levels := map[role]bool{}
	for i := range p.toks {
		w := p.toks[i].word
		if w == nil {
			continue
		}
		if w.dept != "" {
			return true
		}
		for _, l := range []role{village, township, county} {
			if p.toks[i].is(l) {
				levels[l] = true
			}
		}
	}
	return len(levels) > 1
}

// merged joins what only blanks separate: 评议人：李国庆.
func (p *pass) merged() []piece {
	var out []piece
	for _, x := range p.pieces {
		if n := len(out); n > 0 && out[n-1].after <= blank {
			out[n-1].to, out[n-1].after = x.to, x.after
			continue
		}
		out = append(out, x)
	}
	return out
}

// agreeing: the piece tells of the assessment or of what the head says to it.
func (p *pass) agreeing(x piece) bool {
	if p.find(x, func(t *tok) bool { return t.means(assess | accept | decline) }) >= 0 {
		return true
	}
	return p.meeting(x)
}

// onlyAgreeing: the piece tells of nothing else, so that Causes may pass over it.
func (p *pass) onlyAgreeing(x piece) bool {
	signs := 0
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.kind == amount || t.word != nil && (t.word.thing != "" || len(t.word.cats) > 0 || t.word.cat1 != "" || t.word.source != "") {
			return false
		}
		if t.kind == rest {
			signs += utf8.RuneCountInString(p.text(i, i+1))
		}
	}
	return signs <= 10
}

// meeting: 9月18号开的小组会, 9月12号小组会上过了.
func (p *pass) meeting(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.means(assembly) && strings.HasSuffix(t.word.text, "会") }) >= 0 &&
		p.find(x, func(t *tok) bool { return t.kind == date }) >= 0 && p.r.lex.holds("held", p.text(x.from, x.to))
}

// bareAgreement: an answer to the open question: a date, who assessed it, yes. The
// date of a measure or of money (养鸡50只，2019年6月底前) is none.
func (p *pass) bareAgreement(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.kind == date || t.official > 0 || t.means(assembly) || t.is(no) }) >= 0
}

// onlyDated: nothing but a date is in the piece.
func (p *pass) onlyDated(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.kind == date }) >= 0 && p.find(x, func(t *tok) bool { return t.kind != date && !t.is(fill) }) < 0
}

// agreement takes one piece; it reports whether it told of the assessment.
func (p *pass) agreement(a *Agreement, x piece) bool {
	s := p.span(x.from, x.to)
	held := p.hasSense(x, assess)
	if held >= 0 && (p.putOff(x, held) || p.toCome(x)) {
		p.leave(x.from, x.to, WhyDenied)
		return false
	}
	if held >= 0 || p.meeting(x) || p.c.Asked == AskAgree && p.hasSense(x, accept|decline) < 0 {
		if who := p.assessors(x); who != "" {
			a.By = who
		} else {
			p.assessor(a, x)
		}
		p.assessedOn(a, x)
	}
	yes, said := p.consent(x)
	if at := p.hasSense(x, accept); at >= 0 && strings.HasSuffix(strings.TrimSuffix(p.text(x.from, at), "会"), "才") {
		p.leave(x.from, x.to, WhyAmbiguous) // 改成缺资金才认
		return held >= 0
	}
	switch {
	case said && p.ofHead(x, held):
		a.HeadAgrees = map[bool]string{true: "yes", false: "no"}[yes]
	case said && held < 0:
		p.leave(x.from, x.to, WhyAmbiguous) // the neighbours agree: what the head says is not told
	case !said && held < 0 && p.c.Asked != AskAgree && !p.meeting(x):
		p.leave(x.from, x.to, WhyUnknown)
		return false
	}
	a.Span = p.join(a.Span, s)
	return held >= 0
}

// putOff: 还没评议.
func (p *pass) putOff(x piece, at int) bool {
	for i := x.from; i < at; i++ {
		if p.toks[i].means(pending) && i+3 > at || p.toks[i].is(no) && i+1 == at {
			return true
		}
	}
	return false
}

// toCome: 明天才评议.
func (p *pass) toCome(x piece) bool {
	return p.find(x, func(t *tok) bool {
		return t.kind == date && t.on.Precision == zh.Day && t.on.First().After(zh.DateOf(p.c.Now).First()) && !yearless(p.f.Text[t.from:t.to])
	}) >= 0
}

// consent is what is said of agreeing: the last word counts.
func (p *pass) consent(x piece) (yes, said bool) {
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		switch {
		case t.means(decline) && i > x.from && (p.toks[i-1].is(no|people) || p.toks[i-1].means(lack) || p.toks[i-1].is(fill) && p.putOff(x, i)): // 没得人有意见
		case t.means(decline):
			yes, said = false, true
		case t.means(accept):
			yes, said = !p.putOff(x, i) && !p.unwilling(x, i), true
		}
	}
	return yes, said
}

// unwilling: 不太认可.
func (p *pass) unwilling(x piece, i int) bool {
	before := p.text(x.from, i)
	before = before[max(0, len(before)-len("不怎么")):]
	return strings.ContainsAny(before, "不没未") && !strings.Contains(before, "不是")
}

// ofHead: the head of the household agrees, not those who assessed: 户主认可, 他认,
// 认可 with nobody named.
func (p *pass) ofHead(x piece, held int) bool {
	at := p.hasSense(x, accept|decline)
	others := false
	for i := x.from; i < at; i++ {
		t := &p.toks[i]
		if t.person > 0 || t.word != nil && (len(t.word.kin) > 0 || strings.Contains(" 他 她 自己 他家 她家 本人 家里 他自己 他们家 户 这家 这户 他们 ", " "+t.word.text+" ")) {
			return true
		}
		others = others || t.means(assembly) || t.official > 0
	}
	return !others || held >= 0 && held < at && p.toks[at].means(decline)
}

// assessedOn takes the date.
func (p *pass) assessedOn(a *Agreement, x piece) {
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind != date {
			continue
		}
		d, ok := p.dateOf(i, zh.Past, zh.Date{})
		if !ok {
			p.leave(i, i+1, WhyImpossible)
			continue
		}
		a.On = d.String()
		a.add(relative(d))
		a.Span = p.join(a.Span, p.span(x.from, x.to))
	}
}

// assessors are those who assess together, as said: 村两委和驻村工作队. A meeting
// names nobody.
func (p *pass) assessors(x piece) string {
	from, to := -1, -1
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if !t.means(assembly) || strings.Contains(" 开会 会上 大家 ", " "+t.word.text+" ") || t.is(post) {
			if from >= 0 && !(t.is(fill) && i+1 < x.to && p.toks[i+1].means(assembly)) {
				break
			}
			continue
		}
		if from < 0 {
			from = i
		}
		to = i + 1
	}
	if from < 0 {
		return ""
	}
	return p.span(from, to).Said
}

// assessor is one person: 王支书评议的, 评议人王建国.
func (p *pass) assessor(a *Agreement, x piece) {
	if p.find(x, func(t *tok) bool { return t.person > 0 }) >= 0 {
		return
	}
	first, last, several := -1, -1, 0
	for i := x.from; i < x.to; i++ {
		if t := &p.toks[i]; t.official > 0 || t.is(post) {
			if first < 0 {
				first = i
			}
			last = i
			several++
		}
	}
	if several > 1 && last > first+1 {
		if first > x.from && p.toks[first].is(post) {
			first-- // 王支书
		}
		a.By = p.span(first, last+1).Said
		return
	}
	before := len(p.unread)
	s := p.who(x)
	at := p.hasSense(x, assess)
	named := at >= 0 && strings.HasSuffix(p.text(at, at+1), "人")
	if s.id == "" && s.post == "" && !named {
		p.unread = p.unread[:before]
		return
	}
	a.By, a.ByID = s.name, s.id
	if s.name == "" { // 支书组织评的
		a.By = s.post
		for _, o := range p.c.Officials {
			if o.Post == s.post && a.ByID == "" {
				a.By, a.ByID = o.Name, o.ID
			} else if o.Post == s.post {
				a.By, a.ByID = s.post, "" // several have it
				break
			}
		}
	}
}
