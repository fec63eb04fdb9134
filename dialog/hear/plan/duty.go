package plan

import (
	"slices"
	"strings"
)

// Duties reads who answers: 村上王建国，乡上农科站小杨，县上农业局刘副局长; 奖励:年终评优
// 过错:通报批评. Goal, deadline, reward and penalty hold for everybody in the
// message; alone they are one Duty without a person. An organisation where a
// person must answer is reported, with those known there as guesses.
func (r *Reader) Duties(text string, c Context) ([]Duty, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
	p.labels()
	terms, pieces := p.terms()
	a := answering{p: p, pieces: p.persons(p.either(pieces)), terms: terms}
	for k, x := range a.pieces {
		a.take(k, x)
	}
	a.settle()
	return p.withTerms(a.out, a.terms), p.unread
}

// answering gathers those who answer.
type answering struct {
	p      *pass
	pieces []piece
	out    []Duty
	terms  Duty
	level  string
	waits  []Duty  // departments reported without a person
	label  bool    // the piece before only said whose name follows
	carry  someone // an organisation that waits for its person
}

// take is one piece.
func (a *answering) take(k int, x piece) {
	p := a.p
	switch {
	case p.empty(x):
		if len(a.pieces) == 1 && p.c.Asked != "" {
			p.leave(x.from, x.to, WhyUnknown)
		}
		return
	case p.asked(x):
		p.leave(x.from, x.to, WhyQuestion)
		return
	case p.find(x, func(t *tok) bool { return !t.is(is | helper | fill) }) < 0: // 责任人：
		a.label = true
		return
	}
	labelled := a.label
	a.label = false
	s := p.who(x)
	s.inherit(&a.carry, a.level)
	switch {
	case s.name != "" && p.refused(x):
		a.level = s.level
		p.leave(x.from, x.to, WhyDenied, ids(&s)...)
	case s.name != "":
		a.level = s.level
		a.out = append(a.out, s.duty())
		a.carry = someone{}
		p.trailing(&a.terms, x)
	case p.follows(&s, a.pieces, k):
		a.carry = s
	case !a.joins(&s, k, x, labelled):
		a.unnamed(&s, x)
	}
}

// joins: the piece says more of the one before, or what is to be done.
func (a *answering) joins(s *someone, k int, x piece, labelled bool) bool {
	var last *Duty
	if n := len(a.out); n > 0 {
		last = &a.out[n-1]
	}
	some := last != nil || a.terms.Goal+a.terms.Deadline+a.terms.Reward+a.terms.Penalty != ""
	switch {
	case last != nil && k > 0 && !labelled && a.pieces[k-1].after == blank && last.take(s):
	case some && s.dept+s.unit+s.phone == "" && a.p.agreed(&a.terms, x):
	case last == nil:
		return false
	case s.dept != "" && s.post != "" && last.Dept == "" && last.take(s): // 张三，农业局局长
	case s.dept != "" && last.Dept+last.Unit == "" && last.Post == "" && last.Level != "" && s.level == last.Level && !strings.Contains(s.at.Said, "单位") && last.take(s): // 县级责任人陈丽，住建局
	case s.unit != "" && last.Dept+last.Unit == "" && strings.Contains(a.p.text(x.from, x.to), "派"):
		last.Unit = s.unit // 第一书记赵明，省社科院派的
	case s.dept+s.unit+s.phone+s.role+s.post == "" && s.level != "" && s.level == last.Level:
	case s.phone+s.role+s.post != "" && s.dept == "":
		last.more(s)
	default:
		return false
	}
	return true
}

// unnamed reports a piece without a person.
func (a *answering) unnamed(s *someone, x piece) {
	p := a.p
	if s.dept == "" && s.unit == "" && !s.collective && s.level == "" {
		p.leave(x.from, x.to, WhyUnknown)
		return
	}
	p.leave(x.from, x.to, WhyNeedPerson, p.staff(s)...)
	a.level = s.level
	if s.dept != "" {
		a.level = ""
		if !s.collective {
			a.waits = append(a.waits, Duty{Dept: s.dept, Span: p.span(x.from, x.to)})
		}
	}
}

// settle forgets departments whose person came later (责任单位：县农业局，责任人：刘文斌)
// and reports people without a level.
func (a *answering) settle() {
	p := a.p
	for _, w := range a.waits {
		if slices.ContainsFunc(a.out, func(d Duty) bool { return d.Dept == w.Dept && d.Name != "" }) {
			p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool { return u.Why == WhyNeedPerson && u.Span == w.Span })
		}
	}
	for _, d := range a.out {
		if d.Level == "" && !slices.ContainsFunc(p.unread, func(u Unread) bool { return u.Span == d.Span }) {
			p.unread = append(p.unread, Unread{Span: d.Span, Why: WhyAmbiguous})
		}
	}
}

// follows: the person of an organisation stands in the next piece of the same
// breath: 县上 农业局 刘副局长.
func (p *pass) follows(s *someone, pieces []piece, k int) bool {
	if s.collective || pieces[k].after > blank || k+1 >= len(pieces) || s.level+s.dept+s.unit+s.role == "" {
		return false
	}
	unread := len(p.unread)
	next := p.who(pieces[k+1])
	p.unread = p.unread[:unread]
	return (next.name != "" || next.dept != "" || next.unit != "") && (s.level == "" || next.level == "" || next.level == s.level)
}

// inherit takes what the pieces before said.
func (s *someone) inherit(carry *someone, level string) {
	if s.level == "" {
		s.level = carry.level
	}
	s.dept, s.unit, s.role = either(s.dept, carry.dept), either(s.unit, carry.unit), either(s.role, carry.role)
	if s.level == "" && s.dept == "" && s.unit == "" {
		s.level = level
	}
}

func (s *someone) duty() Duty {
	return Duty{Level: s.level, Name: s.name, PersonID: s.id, Dept: s.dept, Post: s.post, Role: s.role, Unit: s.unit, Phone: s.phone, Span: s.at}
}

// more adds a phone, a role or a post said behind the name.
func (d *Duty) more(s *someone) {
	d.Phone, d.Role, d.Post = either(d.Phone, s.phone), either(d.Role, s.role), either(d.Post, s.post)
	d.Level = either(d.Level, s.level)
}

// take adds an organisation said behind the name: 诸葛明 县农业局.
func (d *Duty) take(s *someone) bool {
	if s.dept != "" && s.dept == d.Dept && s.name == "" {
		d.more(s)
		return true // 杨志明（农科站）
	}
	if s.collective || s.unit+s.dept == "" || d.Dept != "" || d.Unit != "" || d.Level != "" && s.level != "" && d.Level != s.level {
		return false
	}
	d.Dept, d.Unit = s.dept, s.unit
	d.more(s)
	return true
}

// staff are those known at an organisation.
func (p *pass) staff(s *someone) []string {
	var ids []string
	for _, o := range p.c.Officials {
		if s.dept != "" && o.Dept == s.dept || s.dept == "" && s.level != "" && o.Level == s.level {
			ids = append(ids, o.ID)
		}
	}
	return ids
}
