package plan

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// dates takes the year, the begin and the end. A date next to a word of talking
// says when it was agreed.
func (p *pass) dates(d *draft, m *Measure) {
	before := p.datesIn(d, m, piece{from: d.from, to: d.to}, zh.Date{})
	for _, x := range d.later {
		before = p.datesIn(d, m, x, before)
	}
	if m.Due != "" {
		m.Year = m.Due[:4]
	}
	if m.Year == "" && len(m.Start) > 4 {
		m.Year = m.Start[:4]
	}
}

// datesIn takes the dates of some tokens; it returns the last of them.
func (p *pass) datesIn(d *draft, m *Measure, x piece, before zh.Date) zh.Date {
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.kind != date || p.claimed[i] {
			continue
		}
		if p.nearTalk(d, i) || p.c.Asked == AskWill {
			if on, ok := p.dateOf(i, zh.Past, zh.Date{}); ok {
				m.WillOn = on.String()
				m.add(relative(on))
				p.claimed[i] = true
			}
			continue
		}
		if t.word.is(soft) {
			continue
		}
		on, ok := p.workDate(d, i, before)
		if !ok {
			continue
		}
		before = on
		m.add(relative(on))
		if on.Precision == zh.Year {
			m.Year = either(m.Year, strconv.Itoa(on.Year))
			continue
		}
		p.claimed[i] = true
		p.place(d, m, i, on)
	}
	return before
}

// sumIn: a sum stands in the piece of token i.
func (p *pass) sumIn(d *draft, i int) bool {
	from, to := i, i
	for from > d.from && p.toks[from-1].kind != mark {
		from--
	}
	for to < d.to && p.toks[to].kind != mark {
		to++
	}
	for ; from < to; from++ {
		if p.sums(from) {
			return true
		}
	}
	return false
}

// repaying: the date says when a loan is paid back.
func (p *pass) repaying(i, to int) bool {
	if strings.HasPrefix(p.text(i+1, min(i+2, to)), "还") {
		return true
	}
	at := p.skip(i+1, fill)
	return at < to && (strings.HasPrefix(p.text(at, at+1), "还") || strings.HasPrefix(p.text(at, at+1), "到期"))
}

// workDate reads a date of the work; what is none is said, so that nothing dated is
// dropped without a word.
func (p *pass) workDate(d *draft, i int, before zh.Date) (zh.Date, bool) {
	on, ok := p.dateOf(i, zh.Future, before)
	next := p.text(i+1, min(i+2, d.to))
	switch {
	case !ok && p.neverIs(i):
		p.leave(i, i+1, WhyImpossible)
	case !ok:
		p.leave(i, i+1, WhyUnsureDate)
	case next == "后" || next == "以后" || next == "之后": // 春节后: how long after it must be asked
		p.leave(i, i+2, WhyAmbiguous)
		p.claimed[i] = true
	case p.repaying(i, d.to): // 20年还清: when the loan ends is not when it is given
		p.leave(i, i+2, WhyAmbiguous)
		p.claimed[i] = true
	case !p.outside(on.Year):
		return on, true
	case on.Precision == zh.Year && p.sumIn(d, i): // the year of money: a rule speaks of it
	default:
		p.leave(i, i+1, WhyOutside)
		p.claimed[i] = true
	}
	return on, false
}

// place decides whether a date begins or ends the work.
func (p *pass) place(d *draft, m *Measure, i int, on zh.Date) {
	iso := on.String()
	next, prev := p.word(i+1, d.to), p.word(i-1, d.to)
	switch {
	case next != nil && next.text == "放款" && d.rank != byLoan:
		p.leave(i, i+2, WhyAmbiguous)
	case next.is(plantwhen) && on.Before: // 5月前移栽 tells no day on which it begins
		m.Due = either(m.Due, iso)
	case next.is(plantwhen):
		m.Start, m.Due = iso, iso
	case m.Start == "" && d.rank == byLoan && i+1 < d.to && strings.ContainsRune("放贷发批", firstRune(p.text(i+1, i+2))):
		m.Start = iso
	case m.Start == "" && m.Due == "" && p.opened(d, i):
		m.Start = iso
	case next.is(begin) && !next.is(finish) && m.Start != "": // a later step: it stays in the content
	case (next.is(begin) && !next.is(finish) || next.is(since) && !strings.HasSuffix(p.text(i, i+1), "前")) && m.Start == "", next.is(through) && m.Start == "" && i+2 < d.to && p.toks[i+2].kind == date, prev.is(begin) && !prev.is(finish) && m.Start == "":
		m.Start = iso
	case m.Due != "" && next.is(finish) && p.between >= 0: // 春节前上梁，五月份住人
		p.leave(p.between, p.between+1, WhyAmbiguous)
		m.Due, p.between = iso, -1
	case m.Due != "":
		p.leave(i, i+1, WhyAmbiguous)
	default:
		m.Due, p.between = iso, -1
		if j := p.skip(i+1, fill); j < d.to && (p.toks[j].kind == rest || p.toks[j].is(done)) && !p.toks[j].is(finish) {
			p.between = i
		}
	}
}

// opened: 从 stands before the date, and 开始 or another date with 到 behind it: 从今年
// 十月干到明年九月, 从秋季学期开始.
func (p *pass) opened(d *draft, i int) bool {
	if i == d.from || !strings.Contains(" 从 自 由 打 ", " "+p.text(i-1, i)+" ") {
		return false
	}
	for j := i + 1; j < d.to && p.toks[j].strength < comma; j++ {
		if p.toks[j].kind == date {
			return strings.ContainsAny(p.text(j-1, j), "到至")
		}
		if p.toks[j].is(begin | since) {
			return true
		}
	}
	return false
}

// word is the word in token i, nil when it is none or beyond.
func (p *pass) word(i, to int) *word {
	if i < 0 || i >= to {
		return nil
	}
	return p.toks[i].word
}

func (p *pass) nearTalk(d *draft, i int) bool {
	for j := max(d.from, i-2); j < min(d.to, i+4); j++ {
		if p.toks[j].is(talk) {
			return true
		}
		if j > i && p.toks[j].strength >= comma {
			return false
		}
	}
	return false
}
