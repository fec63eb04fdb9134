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

// labels cuts before 目标, 时限, 奖励 and 完不成 where a mark is missing.
func (p *pass) labels() {
	var out []piece
	for _, x := range p.pieces {
		from := x.from
		for i := x.from + 1; i < x.to; i++ {
			t := &p.toks[i]
			if !t.is(goal|deadline|reward|penalty) || p.toks[i-1].is(goal|deadline|reward|penalty) || !slices.ContainsFunc(labelSigns, func(s string) bool { return strings.HasPrefix(t.word.text, s) }) {
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

// labelSigns begin the words that open a term in the middle of a sentence.
var labelSigns = strings.Fields("目标 时限 期限 奖励 完成得好 完成好 干得好 做得好 搞得好 按时完成 按期完成 完不成 没完成 未完成 做不好 干不好 搞不好 逾期 过错 责任追究")

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
			if named && strings.Contains(" 和 跟 与 及 还有 加上 以及 ", " "+p.text(i, i+1)+" ") && i > from && !p.isName(i) && p.namedIn(i+1, x.to) && p.hasPost(piece{from: from, to: x.to}) { // 副主任李红梅和监委主任赵强
				out = append(out, piece{from, i, comma})
				from, named = i+1, false
				continue
			}
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

// hasPost: a post or a known person is named, so that 和 joins people.
func (p *pass) hasPost(x piece) bool {
	return p.find(x, func(t *tok) bool { return t.is(post) || t.official > 0 }) >= 0
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
	text := p.text(i, i+1)
	if t.kind == rest {
		text = text[p.orgEnd(text):] // 烟草公司王海
	}
	return t.kind == rest && text != "" && p.nameLike(text, i+1 < len(p.toks) && p.toks[i+1].is(post))
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
	return strings.Contains(" 国庆 中秋 清明 端午 元旦 冬至 立冬 开年 元宵 春节 ", " "+p.f.Text[t.from:t.to]+" ")
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
