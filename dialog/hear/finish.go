package hear

import (
	"slices"
	"sort"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// finish joins what was said of one field and reports what nobody claimed.
func (p *pass) finish() Reading {
	p.dropSilent()
	p.relateFirst()
	if p.told == nil {
		p.told = map[int][]string{}
	}
	for _, d := range p.drafts {
		for n := p.clauseOf[d.from]; n <= p.clauseOf[d.to]; n++ {
			p.told[n] = append(p.told[n], d.Path)
		}
	}
	p.unsaid()
	p.join()
	p.leftover()
	if len(p.out.Facts)+len(p.out.NewPeople)+len(p.out.Unread)+len(p.out.Stated) == 0 && p.house >= 0 {
		p.unread(p.house, p.house, WhyUnknown, nil)
	}
	p.nothingSaid()
	p.mergeUnread()
	sort.SliceStable(p.out.Facts, func(a, b int) bool { return p.out.Facts[a].Start < p.out.Facts[b].Start })
	sort.SliceStable(p.out.Unread, func(a, b int) bool { return p.out.Unread[a].Start < p.out.Unread[b].Start })
	return p.out
}

// unsaid reports people who were spoken of, when nothing was said of them.
func (p *pass) unsaid() {
	used := make([]bool, len(p.subs))
	var use func(n int)
	use = func(n int) {
		if n < 0 || used[n] {
			return
		}
		used[n] = true
		for _, m := range p.subs[n].also {
			use(m)
		}
	}
	for i := range p.toks {
		if t := &p.toks[i]; p.isPeople(i) && t.use == helped {
			continue // 张大有一个人住
		} else if t.use == claimed || t.is(no|yes) || !p.toks[i].speaks() {
			use(p.subject[i])
		}
	}
	said := map[string]bool{}
	for _, d := range p.drafts {
		ref, _, _ := strings.Cut(d.Path, ".")
		said[ref] = true
	}
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != helped || t.kind != person && !t.is(butend|pair|two|kin) || p.subject[i] < 0 || used[p.subject[i]] {
			continue
		}
		s := p.subs[p.subject[i]]
		if len(s.people) == 0 || s.fresh > 0 || len(s.also) > 0 || t.is(kin) && t.e-t.s <= 3 {
			continue
		}
		if !slices.ContainsFunc(s.people, func(n int) bool {
			return said[p.c.People[n].Ref] || t.kind == person && p.c.People[n].Relation == "head" && p.cls[p.clauseOf[i]].fact || p.isHeadNear(i)
		}) {
			p.unread(i, i, WhyUnknown, nil)
		}
	}
}

// isHeadNear: 户主是张大有 tells what is known.
func (p *pass) isHeadNear(i int) bool {
	for j := max(0, i-2); j < min(len(p.toks), i+3); j++ {
		if p.toks[j].is(kin) && p.isHeadWord(j) {
			return true
		}
	}
	return false
}

// speaks: the token says who is meant, or nothing.
func (t *token) speaks() bool {
	return t.kind == person || t.kind == newname || t.kind == mark || t.is(kin|pron|all|but|butend|fill|pair|two)
}

// nothingSaid reports a text of which nothing at all became of use, unless it is
// only fillers (好的, 谢谢).
func (p *pass) nothingSaid() {
	if len(p.out.Facts)+len(p.out.NewPeople)+len(p.out.Unread)+len(p.out.Stated) > 0 || p.out.House != "" {
		return
	}
	for i := range p.toks {
		if p.toks[i].is(kin) && p.isHeadWord(i) {
			return // 户主是张大有 tells what is known
		}
	}
	for i := range p.toks {
		if t := &p.toks[i]; t.kind != mark && !t.is(fill) {
			p.unread(0, len(p.toks)-1, WhyUnknown, nil)
			return
		}
	}
}

// join makes one fact for each field: sets are united, amounts that are parts
// summed, corrections win; two different values are unread with both as guesses.
func (p *pass) join() {
	type slot struct {
		fresh int
		path  string
	}
	var order []slot
	by := map[slot][]draft{}
	for _, d := range p.drafts {
		s := slot{d.fresh, d.Path}
		if _, ok := by[s]; !ok {
			order = append(order, s)
		}
		by[s] = append(by[s], d)
	}
	for _, s := range order {
		f, ok := p.one(p.whole(by[s]))
		if !ok {
			p.conflict(by[s])
			continue
		}
		if s.fresh > 0 {
			n := &p.out.NewPeople[s.fresh-1]
			n.Facts = append(n.Facts, f)
		} else {
			p.out.Facts = append(p.out.Facts, f)
		}
	}
}

// one is the single value of several that were said of one field.
func (p *pass) one(ds []draft) (Fact, bool) {
	f := ds[0]
	for _, d := range ds[1:] {
		fd := fieldOf(d.Path)
		switch {
		case d.Value == f.Value:
			f.Approx = f.Approx && d.Approx
			continue
		case d.Replace && !f.Replace:
			f = d
		case f.Replace && !d.Replace:
		case f.of != d.of && (fd == nil || fd.Kind != models.KindCodes || p.contradicts(p.union(f, d).Fact)):
			if d.of < f.of { // 都是小学文化，老母亲没读过书: of her it was said
				f = d
			}
		case fd != nil && fd.Kind == models.KindCodes:
			f = p.union(f, d)
		case fd != nil && fd.Kind == models.KindText && strings.Contains(f.Value, d.Value):
		case fd != nil && fd.Kind == models.KindText && fd.Key == "disease":
			f.Fact = p.spanned(f, d)
			f.Value += "、" + d.Value
		case fd != nil && fd.Path() == "household.hh_status" && (d.Value == "relapsed" || f.Value == "relapsed"):
			if d.Value == "relapsed" { // 16年脱了，去年又返贫
				f = d
			}
		case f.add && d.add && fd != nil && numeric(fd.Kind):
			f = p.sum(f, d)
		case f.add != d.add && fd != nil && fd.Kind == models.KindArea: // a whole and its parts
			if f.add {
				f = d
			}
		case f.Approx && !d.Approx: // what was worked out gives way to what was said
			f = d
		case d.Approx && !f.Approx:
		case fd != nil && fd.Kind == models.KindDate && strings.HasPrefix(d.Value, f.Value):
			f = d
		case fd != nil && fd.Kind == models.KindDate && strings.HasPrefix(f.Value, d.Value):
		default:
			return Fact{}, false
		}
	}
	return f.Fact, !p.contradicts(f.Fact)
}

// contradicts: 健康 beside another state of health.
func (p *pass) contradicts(f Fact) bool {
	if !strings.HasSuffix(f.Path, ".health") || !strings.Contains(f.Value, ",") {
		return false
	}
	key, _ := item(p.r.profile, "health", "健康")
	return slices.Contains(strings.Split(f.Value, ","), key)
}

// union joins two lists of codes in the order of the code list.
func (p *pass) union(a, b draft) draft {
	have := append(models.ParseSet(a.Value), models.ParseSet(b.Value)...)
	var out models.Set
	if fd := fieldOf(a.Path); fd.Codes != "" {
		for _, it := range p.r.profile.Codes[fd.Codes] {
			if slices.Contains(have, it.Key) {
				out = append(out, it.Key)
			}
		}
	} else {
		for _, v := range have {
			if !out.Has(v) {
				out = append(out, v)
			}
		}
	}
	a.Fact = p.spanned(a, b)
	a.Value = out.String()
	a.Approx = a.Approx && b.Approx
	return a
}

func (p *pass) sum(a, b draft) draft {
	x, _ := zh.ParseDec(a.Value)
	y, _ := zh.ParseDec(b.Value)
	a.Fact = p.spanned(a, b)
	a.Value, a.Approx = hundredths(x+y), true
	return a
}

// spanned is the fact of a with the words of both.
func (p *pass) spanned(a, b draft) Fact {
	f := a.Fact
	f.Start, f.End = min(a.Start, b.Start), max(a.End, b.End)
	f.Said = p.Source[f.Start:f.End]
	f.Relative = a.Relative || b.Relative
	return f
}

func (p *pass) conflict(ds []draft) {
	u := Unread{Start: ds[0].Start, End: ds[0].End, Why: WhyAmbiguous}
	for _, d := range ds {
		u.Start, u.End = min(u.Start, d.Start), max(u.End, d.End)
		if !slices.ContainsFunc(u.Guess, func(g Fact) bool { return g.Value == d.Value }) {
			u.Guess = append(u.Guess, d.Fact)
		}
	}
	u.Said = p.Source[u.Start:u.End]
	p.out.Unread = append(p.out.Unread, u)
}

// mergeUnread makes one report of several that overlap for the same reason.
func (p *pass) mergeUnread() {
	us := p.out.Unread
	sort.SliceStable(us, func(a, b int) bool { return us[a].Start < us[b].Start })
	out := us[:0]
	for _, u := range us {
		n := len(out) - 1
		if n >= 0 && u.Start < out[n].End {
			last := &out[n]
			last.End = max(last.End, u.End)
			last.Said = p.Source[last.Start:last.End]
			for _, g := range u.Guess {
				if !slices.ContainsFunc(last.Guess, func(x Fact) bool { return x.Path == g.Path && x.Value == g.Value }) {
					last.Guess = append(last.Guess, g)
				}
			}
			continue
		}
		out = append(out, u)
	}
	p.out.Unread = out
}

// leftover reports what carries meaning and was claimed by no rule. A clause
// without any fact is reported whole.
func (p *pass) leftover() {
	for n := range p.cls {
		c := &p.cls[n]
		for i := c.from; i < c.to; i++ {
			if p.silent(i) {
				continue
			}
			j := i
			for j+1 < c.to && (!p.silent(j+1) || p.toks[j+1].use == free && p.toks[j+1].is(fill) && j+2 < c.to && !p.silent(j+2)) {
				j++
			}
			from, to := i, j
			if !c.fact && c.to > c.from {
				from, to = c.from, c.to-1
				i = c.to
			} else {
				i = j
			}
			p.unread(from, to, WhyUnknown, nil)
		}
	}
}

// silent tokens say nothing of their own: fillers, separators, context.
func (p *pass) silent(i int) bool {
	t := &p.toks[i]
	if t.use != free || t.kind == mark {
		return true
	}
	if t.kind == amount && t.q.Dim == zh.Count && strings.Contains("层间格栋院", t.q.Unit) && p.cls[p.clauseOf[i]].fact {
		return true
	}
	if t.kind == date && p.cls[p.clauseOf[i]].fact && strings.ContainsAny(p.Text[t.s:t.e][:3], "今去前") && t.date.Precision == zh.Year {
		return true
	}
	if t.kind == amount && p.beside(t, p.cls[p.clauseOf[i]]) {
		return true
	}
	if t.kind != known {
		return t.kind == raw && strings.TrimFunc(p.Text[t.s:t.e], func(r rune) bool { return r < ' ' || r == 0xFFFD }) == ""
	}
	c := p.cls[p.clauseOf[i]]
	switch {
	case t.is(fill):
		return true
	case !c.fact:
		return false
	case t.is(all) && !t.is(yes|no), t.is(but | butend | pron | fix | notis | past | nowadays | cert | total | pair | two):
		return true
	case t.is(label) && t.e-t.s <= 3 && (p.near(i, set) || p.toldIn(c, t.word.labels)):
		return true
	case t.is(kin):
		return true
	case t.is(yes) && i > 0 && p.toks[i-1].use == claimed && p.toks[i-1].is(set|label):
		return true // 烧柴用电都有
	}
	for r, paths := range explains {
		if t.is(r) && p.toldIn(c, paths) {
			return true
		}
	}
	return false
}

// beside: the 一年 of 一年做五个月 and the 三次 of 每周透析三次 say nothing of their own.
func (p *pass) beside(t *token, c clause) bool {
	return t.q.Dim == zh.Years && t.q.Value == zh.One && p.toldIn(c, []string{".work_months"}) ||
		t.q.Dim == zh.Count && t.q.Unit == "次" && p.toldIn(c, []string{".treat_at", ".disease", ".health"})
}

// explains are the words that say nothing of their own beside a value of
// certain fields: 卖 beside money, 走路 beside the road or the water.
var explains = map[role][]string{
	sell: {"income.", "condition.stock", "condition.industries"}, earn: {"income.", ".work_pay", ".work_months"},
	spend: {"income.", ".med_ins", ".pension_ins", ".crit_ins", ".suppl_ins"}, rate: {"income.", ".work_"},
	raise: {"condition.stock", "condition.industries", "income."}, plant: {"condition.industries", "income.", "condition.farm", "condition.fruit"},
	work: {".work_", ".occupation", "income.pay_out", ".work_pay", ".labor"}, read: {".school_", ".edu_level"}, grad: {".edu_level"},
	treat: {".treat_at", ".disease", ".health"}, seen: {"condition.house_"}, roundtrip: {"condition.water_"},
	oneway: {"condition.water_", "condition.road_"}, carry: {"condition.water_", "condition.fuel"}, far: {"condition.road_", "condition.water_"},
	door: {"condition.road_", "condition.water_"}, detail: {"condition.house_"}, born: {".birth", ".change_"}, each: {"condition.", "income.", "m"},
	yes: {"condition.power_", "condition.tv", "condition.coop", "_ins", "on_", ".disab_", "condition.lead", "condition.road", "condition.water"},
}

// toldIn: a fact of one of the paths was made of the clause.
func (p *pass) toldIn(c clause, paths []string) bool {
	n := p.clauseOf[c.from]
	for _, path := range p.told[n] {
		for _, want := range paths {
			if strings.Contains(path, want) || strings.HasPrefix(want, "condition.") && related(path, want) {
				return true
			}
		}
	}
	return false
}
