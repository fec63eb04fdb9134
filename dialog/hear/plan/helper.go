package plan

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Helper reads the 帮扶责任人: 帮扶人换张华 县残联 即日; 帮扶责任人李红 县教育局
// 13912345678 2018年3月起. It is nil when nobody is named; a unit without a
// person is reported.
func (r *Reader) Helper(text string, c Context) (*Helper, []Unread) {
	p := r.newPass(text, c)
	p.pieces = p.persons(p.former(p.either(p.pieces)))
	h := &Helper{Span: p.span(0, len(p.toks))}
	named := ""
	for _, x := range p.pieces {
		if p.empty(x) {
			continue
		}
		if p.asked(x) {
			p.leave(x.from, x.to, WhyQuestion)
			continue
		}
		old := p.has(x, was) >= 0 && p.has(x, replace) < 0 || p.hasSense(x, leaves) >= 0 && p.hasSense(x, wrong) < 0
		p.helperTerm(x, h)
		if p.has(x, replace) >= 0 {
			h.Replace = true
			x = p.afterReplace(x)
		}
		s := p.who(x)
		if old && s.name != "" {
			continue // 原来的是李红, 老陈调走了: the one before
		}
		if s.name != "" && p.refused(x) {
			p.leave(x.from, x.to, WhyDenied, ids(&s)...)
			continue
		}
		if s.name != "" && h.Name != "" && h.Name != s.name {
			p.leave(x.from, x.to, WhyAmbiguous)
			continue
		}
		if s.name+s.unit+s.dept+s.phone == "" && p.find(x, func(t *tok) bool { return t.kind == date || t.is(helper|since|until|replace|post|begin) }) < 0 && s.unitLevel == "" {
			p.leave(x.from, x.to, WhyUnknown)
			continue
		}
		h.Name, h.PersonID = either(h.Name, s.name), either(h.PersonID, s.id)
		h.Unit, h.Phone = either(h.Unit, s.unit), either(h.Phone, s.phone)
		h.UnitLevel = either(h.UnitLevel, p.unitLevel(&s))
		named += s.unit + s.dept
	}
	switch {
	case h.Name == "" && named != "":
		p.leave(0, len(p.toks), WhyNeedPerson)
	case h.Name == "" && h.Phone+h.From+h.To == "":
		if len(p.unread) == 0 {
			p.leave(0, len(p.toks), WhyUnknown)
		}
		return nil, p.unread
	case h.Name+h.Phone == "" && slices.ContainsFunc(p.toks, func(t tok) bool { return t.kind == rest || t.kind == amount }):
		p.leave(0, len(p.toks), WhyUnknown)
		return nil, p.unread
	}
	return h, p.unread
}

// former cuts before 原来的: 小周接手原来的老陈调走了.
func (p *pass) former(pieces []piece) []piece {
	var out []piece
	for _, x := range pieces {
		from := x.from
		for i := x.from + 1; i < x.to; i++ {
			if p.toks[i].is(was) && p.has(piece{from: from, to: i}, replace) >= 0 || p.has(piece{from: from, to: i}, was) >= 0 && strings.Contains(" 现在 如今 目前 ", " "+p.text(i, i+1)+" ") {
				out = append(out, piece{from, i, comma})
				from = i
			}
		}
		out = append(out, piece{from, x.to, x.after})
	}
	return out
}

// afterReplace is where the new one stands: behind 换, or the whole piece when
// nothing is behind it (小周接手).
func (p *pass) afterReplace(x piece) piece {
	at := p.has(x, replace)
	if strings.HasPrefix(p.text(at, at+1), "接") && at > x.from { // 张华接替李红
		x.to = at
		return x
	}
	if at+1 < x.to && p.find(piece{from: at + 1, to: x.to}, func(t *tok) bool { return t.kind == rest || t.official > 0 || t.word != nil && t.word.dept != "" }) >= 0 {
		x.from = at + 1
	}
	return x
}

// helperTerm takes from when and until when.
func (p *pass) helperTerm(x piece, h *Helper) {
	var before zh.Date
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind != date {
			continue
		}
		d, ok := p.dateOf(i, zh.ThisYear, before)
		if !ok {
			p.leave(i, i+1, WhyImpossible)
			continue
		}
		next, prev := p.word(i+1, x.to), p.word(i-1, x.to)
		switch {
		case next.is(until) || prev.is(through) || prev.is(until) || d.Before:
			h.To = d.String()
		default:
			h.From = d.String()
		}
		h.add(relative(d))
		before = d
	}
}

// unitLevel is the level of the unit: as said, otherwise that of its department.
func (p *pass) unitLevel(s *someone) string {
	key := s.unitLevel
	if key == "" && (s.dept != "" || s.id != "" || s.post != "") {
		key = s.level
	}
	if p.r.profile.Item("unit_level", key) == nil {
		return ""
	}
	return key
}
