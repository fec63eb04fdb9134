package hear

import "strings"

// setAside takes out of the reading what states no fact of today: questions,
// commands, plans, what somebody does not know, and what used to be.
func (p *pass) setAside() {
	for n := range p.cls {
		c := &p.cls[n]
		if c.from >= c.to {
			continue
		}
		switch {
		case n == 0 && p.commands(c):
			p.putAside(c, WhyUnknown)
		case c.question || p.asked(c):
			p.putAside(c, WhyQuestion)
		case p.has(c, dunno) >= 0:
			p.notKnown(c)
		case p.has(c, wish) >= 0 && !p.kept(c):
			p.putAside(c, WhyUnknown)
		default:
			p.usedToBe(n)
		}
	}
}

// has is the first token of a clause with a role, -1 when there is none.
func (p *pass) has(c *clause, r role) int {
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(r) {
			return i
		}
	}
	return -1
}

func (p *pass) commands(c *clause) bool {
	t := &p.toks[c.from]
	if !t.is(command) {
		return false
	}
	return c.to-c.from == 1 || p.toks[c.from+1].gap || t.word.text == "查" || t.word.text == "入户"
}

// asked: a word of question, except in 什么都没有.
func (p *pass) asked(c *clause) bool {
	i := p.has(c, ask)
	if i < 0 {
		return false
	}
	for j := i + 1; j < c.to; j++ {
		if p.toks[j].is(no) && (p.has(c, all) > i || strings.Contains(p.text[p.toks[i].e:p.toks[j].e], "也")) {
			p.toks[i].use = helped
			return false
		}
	}
	return true
}

// kept: 明年 and the like stand in the clause, but a present fact is told, as
// in 今年考 or 愿意.
func (p *pass) kept(c *clause) bool {
	i := p.has(c, wish)
	return p.toks[i].word.text == "安排" && p.has(c, work|set) >= 0
}

func (p *pass) putAside(c *clause, why string) {
	p.unread(c.from, c.to-1, why, nil)
}

// trim drops fillers and separators at both ends.
func (p *pass) trim(from, to int) (int, int) {
	for from < to && (p.toks[from].is(fill) || p.toks[from].kind == mark) && !p.toks[from].is(^fill) {
		from++
	}
	for to > from && (p.toks[to].is(fill) || p.toks[to].kind == mark) && !p.toks[to].is(^fill) {
		to--
	}
	return from, to
}

// notKnown: 耕地不清楚 names a field without a value.
func (p *pass) notKnown(c *clause) {
	var guess []Fact
	from, to := p.trim(c.from, c.to-1)
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(label) {
			for _, path := range p.pick(p.toks[i].word.labels, nil) {
				guess = append(guess, p.guess(i, i, path, ""))
			}
		}
	}
	why := WhyUnknown
	if len(guess) > 0 {
		why = WhyNoValue
	}
	p.unread(from, to, why, guess)
	p.mark(c.from, c.to-1, claimed)
}

// usedToBe passes over 以前是土路 when 现在 follows; otherwise it is unread.
func (p *pass) usedToBe(n int) {
	c := &p.cls[n]
	i := p.has(c, past)
	if i < 0 || i > c.from && p.toks[i-1].kind == date {
		return
	}
	end := c.to
	for j := i; j < c.to; j++ {
		if p.toks[j].is(nowadays) {
			p.mark(i, j, helped)
			return
		}
	}
	later := false
	for m := n + 1; m < len(p.cls); m++ {
		later = later || p.has(&p.cls[m], nowadays) >= 0
	}
	if later {
		p.mark(i, end-1, helped)
		return
	}
	p.unread(i, end-1, WhyUnknown, nil)
}
