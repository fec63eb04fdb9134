package plan

import "slices"

// unanswered: an answer to the open question that gave nothing: 立夏前.
func (p *pass) unanswered(m *Measure) bool {
	switch p.c.Asked {
	case AskDue, AskStart:
		return m.Due+m.Start == ""
	case AskQty:
		return m.Qty == ""
	case AskWill:
		return m.Will == ""
	case AskMoney:
		return len(m.Funds) == 0
	case AskTargets:
		return len(m.Targets) == 0
	}
	return false
}

// ofAll: the piece opens with 都 and names no measure of its own.
func (p *pass) ofAll(x piece) bool {
	for i := x.from; i < x.to && i < x.from+3; i++ {
		if p.toks[i].means(shared) {
			return !p.anchorOf(x).known && !p.asked(x) && p.useful(x)
		}
		if !p.toks[i].is(fill) {
			return false
		}
	}
	return false
}

// lastDate: a date alone behind several measures without any holds for all of them:
// 养牛2头，种核桃5亩，年底前完成.
func (p *pass) lastDate(ds, common []draft) ([]draft, []draft) {
	n := len(ds)
	if n < 2 || len(common) > 0 {
		return ds, common
	}
	last := &ds[n-1]
	x := p.pieces[len(p.pieces)-1]
	alone := p.find(x, func(t *tok) bool { return t.kind == date }) >= 0 && p.find(x, func(t *tok) bool { return t.kind != date && !t.is(fill|finish|whentail) }) < 0
	if !alone || x.from <= last.head.from || x.to != last.to || p.toks[x.from-1].strength != comma {
		return ds, common
	}
	for i := ds[0].from; i < x.from; i++ {
		if p.toks[i].kind == date || p.toks[i].kind == mark && p.toks[i].strength >= fullstp {
			return ds, common
		}
	}
	for i := range ds {
		if ds[i].cancel || ds[i].rank == byLoan {
			return ds, common
		}
	}
	last.to = x.from - 1
	return ds, append(common, draft{anchor: last.anchor, from: x.from, to: x.to, head: piece{from: x.from, to: x.from}, upto: n})
}

// spread gives the measures before what was said of all of them.
func (p *pass) spread(out []Measure, d *draft) {
	m := p.measure(d)
	used := len(m.Funds) > 0
	named := p.anchorOf(piece{from: d.from, to: d.to}).known || p.find(piece{from: d.from, to: d.to}, func(t *tok) bool { return t.word != nil && (t.word.thing != "" || t.word.works != "") }) >= 0
	named = named || slices.ContainsFunc(m.Funds, func(f Fund) bool { return f.Worked }) // 每只15: of how many of each
	if named && used {                                                                   // 都是整合，圈3000猪2000: which sum is whose must be asked
		p.leave(d.from, d.to, WhyAmbiguous)
	}
	defer func() {
		if i := p.sourceIn(d); i >= 0 && !used {
			p.leave(i, i+1, WhyNoAmount, p.toks[i].word.source)
		}
	}()
	for i := range out[:min(d.upto, len(out))] {
		o := &out[i]
		if o.Cancel {
			continue
		}
		if o.Due == "" && o.Start == "" && m.Due+m.Start != "" {
			o.Due, o.Start, o.Year = m.Due, m.Start, m.Year
		}
		o.Year, o.Will, o.WillOn = either(o.Year, m.Year), either(o.Will, m.Will), either(o.WillOn, m.WillOn)
		if len(o.Duties) == 0 {
			o.Duties = m.Duties
		}
		if len(o.Targets) == 0 {
			o.Targets = m.Targets
		}
		if len(o.Funds) == 0 && p.has(piece{from: d.from, to: d.to}, each) >= 0 && !named {
			o.Funds = slices.Clone(m.Funds)
		}
		for k := range o.Funds {
			f := &o.Funds[k]
			for _, g := range m.Funds {
				f.Source, f.Year = either(f.Source, g.Source), either(f.Year, g.Year)
			}
			if i := p.sourceIn(d); i >= 0 && len(m.Funds) == 0 && f.Source == "" {
				used = true
				f.Source = p.toks[i].word.source
				p.unread = slices.DeleteFunc(p.unread, func(u Unread) bool { return u.Why == WhyUnsureSource && u.Span == f.Span })
			}
		}
		o.Relative = o.Relative || m.Relative
	}
}

// sourceIn is the token of a source in a draft, -1 when there is none.
func (p *pass) sourceIn(d *draft) int {
	return p.find(piece{from: d.from, to: d.to}, func(t *tok) bool {
		return t.word != nil && t.word.source != "" && t.word.source != "other" && len(t.word.cats) == 0
	})
}
