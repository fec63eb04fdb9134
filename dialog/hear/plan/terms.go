package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// labels cuts before 目标, 时限, 奖励 and 完不成 where a mark is missing.
func (p *pass) labels() {
	var out []piece
	for _, x := range p.pieces {
		from := x.from
		for i := x.from + 1; i < x.to; i++ {
			t := &p.toks[i]
			if !t.is(goal|deadline|reward|penalty) || p.toks[i-1].is(goal|deadline|reward|penalty) || !slices.ContainsFunc(p.r.lex.lists["labels"], func(s string) bool { return strings.HasPrefix(t.word.text, s) }) {
				continue
			}
			if p.namedIn(from, i) || p.has(piece{from: from, to: i}, goal|deadline|reward|penalty) >= 0 {
				out = append(out, piece{from, i, comma})
				from = i
			}
		}
		out = append(out, piece{from, x.to, x.after})
	}
	p.pieces = out
}

// agreed takes a piece without people that tells when, what is won and what is
// lost: 18年底前修通，修不通问责.
func (p *pass) agreed(d *Duty, x piece) bool {
	text := p.text(x.from, x.to)
	said := p.span(x.from, x.to).Said
	switch {
	case d.Penalty == "" && p.r.lex.holds("penalties", text):
		d.Penalty = said
	case d.Reward == "" && p.r.lex.holds("rewards", text):
		d.Reward = said
	case p.deadlineIn(d, x):
		if d.Goal == "" && p.find(x, func(t *tok) bool { return t.kind == rest || t.is(finish) }) >= 0 {
			d.Goal = said
		}
	default:
		return false
	}
	d.Span = p.join(d.Span, p.span(x.from, x.to))
	return true
}

// givenDay: a festival that is also a given name.
func (p *pass) givenDay(t *tok) bool {
	return p.r.lex.listed("festivals", p.f.Text[t.from:t.to])
}

// trailing takes what is said behind the name without a mark: 刘文斌18年底前买到户，
// 王强负责修不通问责.
func (p *pass) trailing(d *Duty, x piece) {
	at := x.to - 1
	for at >= x.from && !p.isName(at) {
		at--
	}
	for at+1 < x.to && (p.toks[at+1].is(post|is|fill) || p.toks[at+1].word != nil && p.toks[at+1].word.duty != "") {
		at++
	}
	rest := piece{from: at + 1, to: x.to}
	if rest.from < rest.to {
		p.agreed(d, rest)
	}
	p.deadlineIn(d, x)
}

// deadlineIn takes the deadline out of a piece that has no label for it.
func (p *pass) deadlineIn(d *Duty, x piece) bool {
	if d.Deadline != "" || p.find(x, func(t *tok) bool { return t.kind == date && !p.givenDay(t) }) < 0 { // 李国庆 is no day
		return false
	}
	for i := x.from; i < x.to; i++ {
		if t := &p.toks[i]; t.kind != date || p.givenDay(t) {
			continue
		}
		if on, ok := p.dateOf(i, zh.Future, zh.Date{}); ok && on.Precision > zh.Year && !p.word(i+1, x.to).is(since|begin) {
			d.Deadline = on.String()
			d.add(relative(on))
			return true
		}
	}
	return false
}

// terms reads goal, deadline, reward and penalty: each runs from its label to
// the next one or to a full stop. The other pieces are left for the people.
func (p *pass) terms() (Duty, []piece) {
	var d Duty
	var left []piece
	if field := p.askedTerm(&d); field {
		return d, nil
	}
	labels := goal | deadline | reward | penalty
	for k := 0; k < len(p.pieces); k++ {
		x := p.pieces[k]
		at := p.has(x, labels)
		if at < 0 && x.after == blank && k+1 < len(p.pieces) && p.text(x.from, x.to) == "责任" { // 责任：扣工资
			k++
			d.Penalty = p.span(p.pieces[k].from, p.pieces[k].to).Said
			d.Span = p.join(d.Span, p.span(x.from, p.pieces[k].to))
			continue
		}
		if at < 0 || at > x.from && !p.toks[x.from].is(fill) {
			left = append(left, x)
			continue
		}
		from, to := at+1, x.to
		for x.after < fullstp && k+1 < len(p.pieces) && p.has(p.pieces[k+1], labels) < 0 && (p.toks[at].is(goal|reward|penalty) && !p.personal(p.pieces[k+1]) || from >= to) {
			k++
			x = p.pieces[k]
			to = x.to
		}
		for from < to && (p.toks[from].is(is) || p.toks[from].is(fill) && p.text(from, from+1) == "的") {
			from++
		}
		p.term(&d, at, from, to)
	}
	return d, left
}

func (p *pass) term(d *Duty, at, from, to int) {
	said := p.span(from, to)
	if said.Said == "" {
		p.leave(at, at+1, WhyNoAmount)
		return
	}
	switch t := &p.toks[at]; {
	case t.is(goal):
		d.Goal = said.Said
		p.deadlineIn(d, piece{from: from, to: to})
	case t.is(reward):
		d.Reward = said.Said
	case t.is(penalty):
		d.Penalty = said.Said
	case t.is(deadline):
		p.deadlineOf(d, from, to)
	}
	d.Span = p.join(d.Span, p.span(at, to))
}

func (p *pass) deadlineOf(d *Duty, from, to int) {
	for i := from; i < to; i++ {
		if p.toks[i].kind != date {
			continue
		}
		if on, ok := p.dateOf(i, zh.Future, zh.Date{}); ok && on.Precision > zh.Year {
			d.Deadline = on.String()
			d.add(relative(on))
			return
		}
	}
	p.leave(from, to, WhyUnknown)
}

// askedTerm reads a bare answer to a question for one of the four.
func (p *pass) askedTerm(d *Duty) bool {
	if len(p.toks) == 0 || slices.ContainsFunc(p.pieces, func(x piece) bool { return p.toks[x.from].is(goal|deadline|reward|penalty) && x.after == blank }) {
		return false
	}
	said := p.span(0, len(p.toks))
	said.Said = strings.TrimSpace(said.Said)
	d.Span = said
	if slices.Contains([]string{AskGoal, AskReward, AskPenalty}, p.c.Asked) && zh.IsNone(said.Said) {
		p.leave(0, len(p.toks), WhyDenied)
		d.Span = Span{}
		return true
	}
	switch p.c.Asked {
	case AskGoal:
		d.Goal = said.Said
		p.deadlineIn(d, piece{from: 0, to: len(p.toks)})
	case AskReward:
		d.Reward = said.Said
	case AskPenalty:
		d.Penalty = said.Said
	default:
		d.Span = Span{}
		return false
	}
	return true
}

// withTerms gives everybody the same terms.
func (p *pass) withTerms(out []Duty, d Duty) []Duty {
	if d.Goal+d.Deadline+d.Reward+d.Penalty == "" {
		return out
	}
	if len(out) == 0 {
		return []Duty{d}
	}
	for i := range out {
		out[i].Goal, out[i].Deadline, out[i].Reward, out[i].Penalty = d.Goal, d.Deadline, d.Reward, d.Penalty
		out[i].add(d.Flags)
	}
	return out
}
