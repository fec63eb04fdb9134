package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// leftover reports amounts that became nothing.
func (p *pass) leftover(d *draft, m *Measure) {
	for i := d.from; i < d.to; i++ {
		t := &p.toks[i]
		_, year := p.bareYear(t)
		_, _, sum := p.money(i)
		switch {
		case t.kind == vocab && t.is(when) && p.word(i+1, d.to).is(whentail|finish|begin): // 入冬前完
			p.leave(i, min(i+2, d.to), WhyUnsureDate)
		case t.kind == vocab && t.is(soft) && (strings.HasSuffix(p.text(i, i+1), "后") || strings.ContainsAny(p.text(i, i+1), "完过春")): // 年后就走, 过完年走
			p.leave(i, i+1, WhyUnsureDate)
		case t.kind != amount || p.claimed[i] || p.used[i] || year || sum || d.rank == byLoan:
		case calendar(&t.q): // 第五季度
			p.leave(i, i+1, WhyImpossible)
		case p.base(i, d.to), t.q.Dim == zh.Ordinal, p.aged(i), p.repeated(d, i), p.frequency(i):
		case t.q.Dim == zh.Years && len(m.Funds) > 1 && t.q.Value == zh.Whole(len(m.Funds)), i > d.from && p.sums(i-1) && p.perBehind(i-1) != "": // 报两年，18年19年; 4500一个人
		default:
			p.leave(i, i+1, WhyAmbiguous)
		}
	}
}

// repeated: the amount was counted already: 4个人搬迁 4人各2万.
func (p *pass) repeated(d *draft, i int) bool {
	for j := i - 1; j >= d.from && p.toks[j].kind != mark; j-- { // 明年再给2头
		if s := p.text(j, j+1); s == "再" || s == "又" || s == "还" {
			return false
		}
	}
	q := &p.toks[i].q
	return p.find(piece{from: d.from, to: i}, func(t *tok) bool {
		return t.kind == amount && t.q.Dim == q.Dim && t.q.Unit == q.Unit && t.q.Value == q.Value
	}) >= 0
}

// frequency: 每个月来一次 tells how often, 分两次拨 how it is paid; neither how many.
func (p *pass) frequency(i int) bool {
	q := &p.toks[i].q
	if q.Dim != zh.Count || q.Unit != "次" {
		return false
	}
	return q.Per != "" || p.per(i) != "" || i+1 < len(p.toks) && strings.HasPrefix(p.text(i+1, i+2), "性") || i > 0 && strings.HasSuffix(p.text(i-1, i), "分") || i+1 < len(p.toks) && (p.toks[i+1].is(paid) || strings.ContainsRune("拨付兑发补", firstRune(p.text(i+1, i+2))))
}

// base: one of something that a sum is paid for, or that counts nothing: 一个, 一下.
func (p *pass) base(i, to int) bool {
	t := &p.toks[i]
	if t.q.Dim == zh.Length && i+1 < to && p.per(i+1) != "" && strings.HasPrefix(p.text(i, i+1), "一") { // 一米八十块
		return true
	}
	return t.q.Value == zh.One && (t.q.Dim != zh.Count && (t.q.Dim != zh.Area || strings.HasPrefix(p.text(i, i+1), "一")) || items[t.q.Unit] || p.rateAhead(piece{from: i, to: to}, i) || i+1 < to && p.per(i+1) != "")
}

// aged: 老妈76了 tells an age.
func (p *pass) aged(i int) bool {
	prev := p.word(i-1, len(p.toks))
	if i > 0 && p.toks[i-1].is(pair) && p.toks[i].q.Value == zh.Whole(2) { // 夫妻两个
		return true
	}
	person := i > 0 && (p.toks[i-1].person > 0 || prev != nil && len(prev.kin) > 0)
	return person && p.toks[i].q.Dim == zh.Plain && i+1 < len(p.toks) && strings.HasPrefix(p.text(i+1, i+2), "了") || p.toks[i].q.Dim == zh.Age
}

// titled is the name: the words of the head without numbers, dates, people and
// money.
func (p *pass) titled(d *draft) string {
	var b strings.Builder
	for i := d.head.from; i < d.head.to; i++ {
		t := &p.toks[i]
		w := t.word
		if t.kind == date && utf8.RuneCountInString(b.String()) > 1 { // 修房子2018年12月完工危改补助…: it has its name
			break
		}
		skip := p.answers[i] || t.kind == amount || t.kind == date || t.kind == phone || t.person > 0 || (t.is(fill|cancel|each) || t.is(instead) && (d.instead || t.word.text != "换")) && !t.is(raise|plant) && !t.is(finish) && (w.cat1 == "" && len(w.cats) == 0) ||
			t.kind == mark && t.strength > 0 || t.kind == rest && i+2 < len(p.toks) && p.toks[i+1].is(through) && p.isYear(i+2) || t.kind == rest && strings.HasPrefix(p.text(i, i+1), "每") && utf8.RuneCountInString(p.text(i, i+1)) > 1 || w != nil && (w.dept != "" && w.cat1 == "" || w.will != "" || len(w.kin) > 0 || w.source != "" && len(w.cats) == 0 || w.text == "贷" || t.is(begin|through|talk|deadline) || t.is(free|reason))
		if !skip {
			said := p.span(i, i+1).Said
			if _, name := p.givenName(said); t.kind == rest && name != "" { // 小美雨露计划
				said = strings.TrimPrefix(said, name)
			}
			if t.is(instead) && utf8.RuneCountInString(said) > 1 { // 改养
				_, n := utf8.DecodeRuneInString(said)
				said = said[n:]
			}
			b.WriteString(said)
		}
	}
	s := strings.TrimPrefix(strings.TrimPrefix(b.String(), "先"), "后")
	if utf8.RuneCountInString(s) > 40 {
		s = string([]rune(s)[:40])
	}
	return s
}

// isYear: the token is a year or a date: 读到2020.
func (p *pass) isYear(i int) bool {
	_, ok := p.yearOf(i)
	return ok || p.toks[i].kind == date
}

// undated: a date of the piece was not taken, so the words would tell a wrong one.
func (p *pass) undated(from, to int) bool {
	at := p.span(from, to)
	return slices.ContainsFunc(p.unread, func(u Unread) bool {
		return u.Start >= at.Start && u.End <= at.End && slices.Contains([]string{WhyOutside, WhyImpossible, WhyUnsureDate}, u.Why)
	})
}

// content is what was said of the work itself, pieces of money, will and
// departments left out.
func (p *pass) content(d *draft) string {
	var parts []string
	for _, x := range p.pieces {
		from, to := max(x.from, d.from), min(x.to, d.to)
		if from >= to || from < d.head.from && to <= d.head.from {
			continue
		}
		work := from < d.head.to && to > d.head.from
		if !work && p.undated(from, to) {
			continue
		}
		for i := from; i < to && !work; i++ {
			t := &p.toks[i]
			work = d.plain[x.from] || t.kind == date || p.claimed[i] && t.kind == amount || t.kind == rest || t.word != nil && t.word.thing != ""
		}
		if work {
			parts = append(parts, p.span(from, to).Said)
		}
	}
	return strings.Join(parts, "，")
}
