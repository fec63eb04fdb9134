package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Exit reads the order of leaving poverty: 2019年三季度脱; 他家先脱，排在前头; 村上出列
// 19年; 2018年底房子修好，2019年二季度出栏 (milestones).
func (r *Reader) Exit(text string, c Context) (Exit, []Unread) {
	p := r.newPass(text, c)
	p.stages()
	e := Exit{Span: p.span(0, len(p.toks))}
	area := role(0) // whose exits were told: of the village, the county
	var before zh.Date
	for k := 0; k < len(p.pieces); k++ {
		x := p.pieces[k]
		for x.after == blank && k+1 < len(p.pieces) && p.goesOn(x, p.pieces[k+1]) {
			k++
			x.to, x.after = p.pieces[k].to, p.pieces[k].after
		}
		switch {
		case p.empty(x):
		case p.asked(x):
			p.leave(x.from, x.to, WhyQuestion)
		case p.has(x, cannot) >= 0, p.has(x, no) >= 0 && p.has(x, exits) > p.has(x, no):
			p.leave(x.from, x.to, WhyDenied)
		case p.has(x, done) >= 0 && !p.dated(x):
			p.leave(x.from, x.to, WhyDone)
		default:
			p.exit(&e, x, &area, &before)
		}
	}
	return e, p.unread
}

// stages cuts a piece that tells several without a mark: 18年四季度房子修好19年一季度
// 牛买回来, 村里19年出列县里20年摘帽. Each begins with its date, or with its level.
func (p *pass) stages() {
	var out []piece
	for _, x := range p.pieces {
		from, told := x.from, false
		open := x.from
		for open < x.to-1 && p.toks[open].is(fill|village|county) {
			open++
		}
		_, year := p.yearOf(open)
		leads := p.toks[open].kind == date || year // dates stand in front
		for i := x.from; i < x.to; i++ {
			t := &p.toks[i]
			_, year := p.yearOf(i)
			when := t.kind == date || year && !p.ranked(i)
			before := piece{from: from, to: i}
			level := t.is(village|county) && p.has(piece{from: i, to: x.to}, exits|villageexit|countyexit) >= 0 && (p.has(before, exits|villageexit|countyexit) >= 0 || told && p.dated(before))
			order := t.is(rank|first) && told && leads
			if i > from && told && (when && (leads || p.ordered(before)) && !(p.toks[i-1].is(village|county)) || level || order) {
				out = append(out, piece{from, i, comma})
				from, told = i, false
			}
			told = told || t.kind == rest || t.is(exits|villageexit|countyexit|finish|raise|plant) || t.kind == vocab && !t.is(fill|village|county|through|rank) && t.kind != date || t.kind == amount && t.q.Dim == zh.Ordinal
		}
		out = append(out, piece{from, x.to, x.after})
	}
	p.pieces = out
}

// goesOn: a piece that only dates or only tells belongs to its neighbour.
func (p *pass) goesOn(x, next piece) bool {
	other := exits | villageexit | countyexit
	if p.ordered(next) || p.dated(x) && p.dated(next) {
		return false
	}
	return !(p.has(x, other) >= 0 && (p.has(next, other|first|rank) >= 0 || p.ordered(x) || p.dated(x)))
}

func (p *pass) ordered(x piece) bool { return p.has(x, rank|first) >= 0 }

// dated: a date, or a bare year of the programme, stands in the piece.
func (p *pass) dated(x piece) bool {
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind == date {
			return true
		}
		if _, ok := p.yearOf(i); ok {
			return true
		}
	}
	return false
}

// exit takes one piece.
func (p *pass) exit(e *Exit, x piece, area *role, before *zh.Date) {
	unread := len(p.unread)
	year, quarter, f, ok := p.when(x, before)
	if !ok {
		if len(p.unread) == unread {
			p.leave(x.from, x.to, WhyUnsureYear)
		}
		return
	}
	f.Doubtful = year != "" && year == p.doubted()
	whose := p.whoseExit(x, *area)
	*area |= whose
	if i := p.hasSense(x, rear); i >= 0 {
		p.leave(i, i+1, WhyAmbiguous) // how many come before is not said
	}
	order := p.seq(e, x)
	if text := p.text(x.from, x.to); strings.HasPrefix(text, "先") && p.has(x, exits) > x.from && utf8.RuneCountInString(p.text(x.from, p.has(x, exits))) <= 5 && !strings.Contains(text, "再") { // 先让他家脱
		e.First, order = true, true
	}
	if i := p.batch(x); i >= 0 { // 第三批: of which year, and where in it, the village knows
		p.leave(i, i+1, WhyAmbiguous)
		if year == "" && !order {
			return
		}
	}
	switch {
	case whose == county && year != "":
		e.CountyYear = year
	case whose == village && year != "":
		e.VillageYear = year
	case year == "" && quarter == 0 && p.hasSense(x, rear) >= 0: // asked above
	case whose != 0, year == "" && quarter == 0 && !order:
		p.leave(x.from, x.to, WhyUnknown)
		return
	case p.has(x, exits) >= 0 || p.bareDate(x) || p.hasSense(x, moved) >= 0:
		if year == "" && quarter > 0 && e.Year == "" {
			p.leave(x.from, x.to, WhyUnsureYear)
		}
		if year != "" {
			e.Year = year
		}
		if p.has(x, villageexit) >= 0 && p.has(x, exits) >= 0 && year != "" { // 跟村一起2019年出列的时候脱
			e.VillageYear = year
		}
		if quarter > 0 {
			e.Quarter = strconv.Itoa(quarter)
		}
	case year != "":
		p.milestone(e, x, year, quarter, f)
		return
	}
	e.add(f)
}

// whoseExit is the level whose exit a piece tells, 0 for the household; told are those
// told before.
func (p *pass) whoseExit(x piece, told role) role {
	if i := p.has(x, village|county); i > x.from && strings.ContainsRune("跟和同随", lastRune(strings.TrimSuffix(p.text(i-1, i), "着"))) {
		return 0 // 跟全村一起19年底脱
	}
	switch {
	case p.has(x, countyexit) >= 0, p.has(x, county) >= 0 && p.has(x, exits) >= 0:
		return county
	case p.has(x, villageexit) >= 0, p.has(x, village) >= 0 && p.has(x, exits) >= 0:
		return village
	case told == 0 || !p.levelDate(x):
		return 0
	case p.has(x, county) >= 0: // 村里2019年出列，县上2020年
		return county
	}
	return village
}

// levelDate: the piece is a level and a date, nothing else.
func (p *pass) levelDate(x piece) bool {
	return p.has(x, village|county) >= 0 && p.find(x, func(t *tok) bool {
		return t.kind != date && t.kind != mark && t.kind != amount && !t.is(fill|village|county)
	}) < 0
}

// when reads year and quarter of a piece.
func (p *pass) when(x piece, before *zh.Date) (year string, quarter int, f Flags, ok bool) {
	for i := x.from; i < x.to; i++ {
		if p.toks[i].kind == amount && year == "" && !p.ranked(i) {
			year, _ = p.yearOf(i)
		}
		if s := p.text(i, i+1); p.toks[i].kind == rest && len(s) > 1 && s[0] == 'Q' && s[1] >= '1' && s[1] <= '4' {
			quarter = int(s[1] - '0')
		}
		if p.toks[i].kind != date || p.ranked(i) {
			continue
		}
		d, fits := p.dateOf(i, zh.Future, *before)
		if !fits {
			return "", 0, f, false
		}
		if p.outside(d.Year) {
			p.leave(x.from, x.to, WhyOutside)
			return "", 0, f, false
		}
		if year != "" && yearless(p.text(i, i+1)) { // 2019三季度
			d.Year, _ = strconv.Atoi(year)
			d.Relative = false
		}
		*before = d
		f.add(relative(d))
		year = strconv.Itoa(d.Year)
		if d.Precision > zh.Year {
			quarter = (d.Month + 2) / 3
		}
	}
	return year, quarter, f, true
}

// ranked: the number is a place in the order: 排19, 第19户.
func (p *pass) ranked(i int) bool {
	if p.toks[i].kind == date && strings.ContainsAny(p.text(i, i+1), "年季月") {
		return false // 排2018年四季度
	}
	return i > 0 && p.toks[i-1].is(rank) || i > 1 && p.toks[i-1].kind == mark && p.toks[i-1].strength == blank && p.toks[i-2].is(rank)
}

// seq reads 排在前头, 排第3, 第12个脱.
func (p *pass) seq(e *Exit, x piece) bool {
	if p.has(x, first) >= 0 {
		e.First = true
		return true
	}
	for i := x.from; i < x.to && p.hasSense(x, rear) < 0; i++ {
		t := &p.toks[i]
		if n, err := strconv.Atoi(strings.TrimSuffix(p.text(i, i+1), "号")); err == nil && t.kind == date && p.ranked(i) {
			e.Seq = strconv.Itoa(n) // 排5号
			return true
		}
		if s := p.text(i, i+1); t.is(mainly|other) && strings.HasPrefix(s, "第") && strings.HasSuffix(s, "位") { // 第二位 is a rank of causes as well
			if n, ok := zh.Number(strings.TrimSuffix(strings.TrimPrefix(s, "第"), "位")); ok {
				e.Seq = n.Value.String()
				return true
			}
		}
		if t.kind == rest && p.ranked(i) { // 顺序二十五
			if n, ok := zh.Number(p.text(i, i+1)); ok && !n.Approx {
				if v, whole := n.Value.Int(); whole && v > 0 && v < 100000 {
					e.Seq = strconv.Itoa(v)
					return true
				}
			}
		}
		if t.kind != amount || !(t.q.Dim == zh.Ordinal && t.q.Unit != "级" && t.q.Unit != "批" && t.q.Unit != "季度" && t.q.Unit != "期" || p.ranked(i)) {
			continue
		}
		if n, whole := t.q.Value.Int(); whole && n > 0 && n < 100000 {
			e.Seq = strconv.Itoa(n)
			return true
		}
	}
	return false
}

// batch is the token of 第二批 or 最后一批, -1 when there is none.
func (p *pass) batch(x piece) int {
	return p.find(x, func(t *tok) bool {
		s := p.f.Text[t.from:t.to]
		return t.kind == amount && t.q.Dim == zh.Ordinal && strings.HasSuffix(s, "批") || t.is(soft) && strings.HasSuffix(s, "批")
	})
}

// bareDate: nothing but the date is in the piece.
func (p *pass) bareDate(x piece) bool {
	if p.c.Asked == AskMilestone {
		return false
	}
	for i := x.from; i < x.to; i++ {
		t := &p.toks[i]
		if t.kind != date && t.kind != mark && !t.is(fill|rank|first) && !t.means(shared|rear) && !(t.kind == amount && t.q.Dim == zh.Ordinal) {
			if _, ok := p.yearOf(i); !ok {
				return false
			}
		}
	}
	return true
}

// milestone keeps the words beside the date. Without a quarter it cannot be one.
func (p *pass) milestone(e *Exit, x piece, year string, quarter int, f Flags) {
	from, to := x.from, x.to
	plain := func(t *tok) bool {
		return t.kind == date || t.kind == mark || t.is(fill) && strings.Contains(" 在 于 就 先 要 把 的 能 会 是 才 都 再 ", " "+t.word.text+" ") || t.is(begin) && len(t.word.text) == 3
	}
	for from < to && plain(&p.toks[from]) {
		from++
	}
	for to > from && (p.toks[to-1].kind == date || p.toks[to-1].kind == mark) {
		to--
	}
	text := p.span(from, to).Said
	if len(text) > 2 && (text[0] == 'Q' || text[0] == 'q') && text[1] >= '1' && text[1] <= '4' {
		text = text[2:]
	}
	if quarter == 0 || text == "" {
		p.leave(x.from, x.to, WhyUnknown)
		return
	}
	e.Milestones = append(e.Milestones, Milestone{Quarter: year + "Q" + strconv.Itoa(quarter), Text: text, Flags: f, Span: p.span(x.from, x.to)})
}
