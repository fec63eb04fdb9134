package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Duties reads who answers: 村上王建国，乡上农科站小杨，县上农业局刘副局长; 奖励:年终评优
// 过错:通报批评. Goal, deadline, reward and penalty hold for everybody in the
// message; alone they are one Duty without a person. An organisation where a
// person must answer is reported, with those known there as guesses.
func (r *Reader) Duties(text string, c Context) ([]Duty, []Unread) {
	p := r.newPass(text, c)
	p.enumerate()
	terms, pieces := p.terms()
	pieces = p.persons(p.either(pieces))
	var out []Duty
	level := ""
	var waits []Duty   // departments reported without a person
	label := false     // the piece before only said whose name follows
	carry := someone{} // an organisation that waits for its person
	for k, x := range pieces {
		if p.empty(x) {
			if len(pieces) == 1 && c.Asked != "" {
				p.leave(x.from, x.to, WhyUnknown)
			}
			continue
		}
		if p.asked(x) {
			p.leave(x.from, x.to, WhyQuestion)
			continue
		}
		if p.find(x, func(t *tok) bool { return !t.is(is | helper | fill) }) < 0 {
			label = true
			continue // 责任人：
		}
		labelled := label
		label = false
		s := p.who(x)
		s.inherit(&carry, level)
		switch {
		case s.name != "" && p.refused(x):
			level = s.level
			p.leave(x.from, x.to, WhyDenied, ids(&s)...)
		case s.name != "":
			level = s.level
			out = append(out, s.duty())
			carry = someone{}
			p.dated2(&terms, x)
		case p.follows(&s, pieces, k):
			carry = s
		case k > 0 && !labelled && pieces[k-1].after == blank && len(out) > 0 && out[len(out)-1].take(&s):
		case (len(out) > 0 || terms.Goal+terms.Deadline+terms.Reward+terms.Penalty != "") && s.name+s.dept+s.unit+s.phone == "" && p.agreed(&terms, x):
		case len(out) > 0 && s.name == "" && s.unit != "" && strings.Contains(p.text(x.from, x.to), "派") && out[len(out)-1].Dept == "" && (out[len(out)-1].Unit == ""):
			out[len(out)-1].Unit = s.unit // 第一书记赵明，省社科院派的
		case len(out) > 0 && s.dept+s.unit+s.phone+s.role == "" && s.post == "" && s.level != "" && s.level == out[len(out)-1].Level:
		case s.phone+s.role+s.post != "" && s.dept == "" && len(out) > 0:
			out[len(out)-1].more(&s)
		case s.dept != "" || s.unit != "" || s.collective || s.level != "":
			p.leave(x.from, x.to, WhyNeedPerson, p.staff(&s)...)
			if s.dept != "" && !s.collective {
				waits = append(waits, Duty{Dept: s.dept, Span: p.span(x.from, x.to)})
			}
			level = s.level
			if s.dept != "" {
				level = ""
			}
		default:
			p.leave(x.from, x.to, WhyUnknown)
		}
	}
	for _, w := range waits { // 责任单位：县农业局，责任人：刘文斌
		if slices.ContainsFunc(out, func(d Duty) bool { return d.Dept == w.Dept && d.Name != "" }) {
			p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool { return u.Why == WhyNeedPerson && u.Span == w.Span })
		}
	}
	for _, d := range out {
		if d.Level == "" && !slices.ContainsFunc(p.unread, func(u Unread) bool { return u.Span == d.Span }) {
			p.unread = append(p.unread, Unread{Span: d.Span, Why: WhyAmbiguous})
		}
	}
	return p.withTerms(out, terms), p.unread
}

func ids(s *someone) []string {
	if s.id == "" {
		return nil
	}
	return []string{s.id}
}

// refused: 不是王建国.
func (p *pass) refused(x piece) bool {
	i := p.has(x, no)
	return i >= 0 && strings.HasSuffix(p.text(i, i+1), "不是") || p.hasSense(x, wrong) >= 0 || p.hasSense(x, leaves) >= 0
}

// persons cuts a piece that names several without a mark: 村王建国乡杨志明县刘文斌,
// 民政所小张和残联专干小王.
func (p *pass) persons(pieces []piece) []piece {
	var out []piece
	for _, x := range pieces {
		from, named := x.from, false
		for i := x.from; i < x.to; i++ {
			t := &p.toks[i]
			place := t.word != nil && (t.word.dept != "" || t.is(village|township|county|city|province))
			other := !named && t.is(village|township|county) && i > from && p.otherLevel(piece{from: from, to: i}, t.word)
			if named && (place || t.official > 0) && p.namedIn(i, x.to) || other {
				at := i
				for at-1 > from && p.toks[at-1].is(fill|is) {
					at--
				}
				out = append(out, piece{from, at, comma})
				from, named = i, false
			}
			named = named || p.isName(i)
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// otherLevel: the piece names a level, and not the one of w.
func (p *pass) otherLevel(x piece, w *word) bool {
	levels := village | township | county
	i := p.has(x, levels)
	return i >= 0 && p.toks[i].word.roles&levels != w.roles&levels && p.find(x, func(t *tok) bool {
		return t.kind == rest || t.word != nil && t.word.dept != "" || t.is(fill) && !t.is(is)
	}) >= 0
}

// either cuts 不是王建国是李正明 in two.
func (p *pass) either(pieces []piece) []piece {
	var out []piece
	for _, x := range pieces {
		from, not := x.from, -1
		for i := x.from; i < x.to; i++ {
			switch s := p.text(i, i+1); {
			case p.toks[i].is(no) && strings.HasSuffix(s, "不是"):
				not = i
			case not >= 0 && i > not+1 && strings.Contains(" 是 而是 应该是 就是 ", " "+s+" "):
				out = append(out, piece{from, i, comma})
				from, not = i, -1
			}
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// isName: the token names somebody.
func (p *pass) isName(i int) bool {
	t := &p.toks[i]
	if t.official > 0 || t.person > 0 {
		return true
	}
	if i > 0 && t.kind == rest && p.toks[i-1].kind == vocab && utf8.RuneCountInString(p.text(i, i+1)) <= 2 { // 和志强
		r, n := utf8.DecodeRuneInString(p.text(i-1, i))
		if n == len(p.text(i-1, i)) && p.r.lex.surname[r] && i > 1 && p.toks[i-2].is(post) {
			return true
		}
	}
	return t.kind == rest && p.nameLike(p.text(i, i+1), i+1 < len(p.toks) && p.toks[i+1].is(post))
}

func (p *pass) namedIn(from, to int) bool {
	for i := from; i < to; i++ {
		if p.isName(i) {
			return true
		}
	}
	return false
}

// agreed takes a piece without people that tells when, what is won and what is
// lost: 18年底前修通，修不通问责.
func (p *pass) agreed(d *Duty, x piece) bool {
	text := p.text(x.from, x.to)
	said := p.span(x.from, x.to).Said
	holds := func(words string) bool {
		return slices.ContainsFunc(strings.Fields(words), func(w string) bool { return strings.Contains(text, w) })
	}
	switch {
	case d.Penalty == "" && holds("问责 追责 通报 扣 罚 处分 批评 检讨 约谈 取消 诫勉 不得评"):
		d.Penalty = said
	case d.Reward == "" && holds("奖 表扬 加分 评优 评先 提拔 优先"):
		d.Reward = said
	case p.dated2(d, x):
		if d.Goal == "" && p.find(x, func(t *tok) bool { return t.kind == rest || t.is(finish) }) >= 0 {
			d.Goal = said
		}
	default:
		return false
	}
	d.Span = p.join(d.Span, p.span(x.from, x.to))
	return true
}

// dated2 takes the deadline out of a piece that has no label for it.
func (p *pass) dated2(d *Duty, x piece) bool {
	if d.Deadline != "" || p.find(x, func(t *tok) bool { return t.kind == date }) < 0 {
		return false
	}
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind != date {
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

// personal: a piece names somebody who answers.
func (p *pass) personal(x piece) bool {
	unread := len(p.unread)
	s := p.who(x)
	p.unread = p.unread[:unread]
	return s.name != "" && (s.level != "" || s.dept != "" || s.id != "")
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
		p.dated2(d, piece{from: from, to: to})
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
		p.dated2(d, piece{from: 0, to: len(p.toks)})
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
