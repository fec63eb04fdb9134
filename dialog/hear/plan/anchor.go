package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// anchor is the word of a piece that says which measure is meant.
type anchor struct {
	tok   int
	cat1  string
	cat2  string
	rank  int
	known bool
}

// Ranks of anchors: what names a service wins over what is raised with it
// (养殖技术培训 is training, a loan to raise cattle is a loan).
const (
	byThing = 1 + iota
	byClass
	byName
	byLoan
)

// anchorOf is the strongest anchor of a piece, the first of equals.
func (p *pass) anchorOf(x piece) anchor {
	var best anchor
	for i := x.from; i < x.to; i++ {
		a := p.anchorAt(x, i)
		general := best.rank == byName && a.rank == byName && strings.HasSuffix(best.cat2, "_other")
		plain := best.rank == byClass && best.cat2 == "" && a.rank == byThing && a.cat1 == best.cat1 // 搞一个产业养鸡
		if a.known && (a.rank > best.rank && !(best.rank == byThing && a.rank == byClass && a.cat2 == "" && a.cat1 == best.cat1) || general || plain) {
			best = a
		}
	}
	if best.cat2 == "" && best.known {
		best.cat2 = p.lettered(x, best)
	}
	return best
}

// anchorAt is the anchor that token i is.
func (p *pass) anchorAt(x piece, i int) anchor {
	t := &p.toks[i]
	w := t.word
	if w == nil {
		return p.learnt(x, i)
	}
	if t.means(job) && len(w.cats) == 0 && p.sent(x, i) {
		return anchor{tok: i, cat1: p.classOf("labor_export"), cat2: "labor_export", rank: byName, known: true}
	}
	a := anchor{tok: i, known: true}
	switch {
	case w.is(loan) && len(w.cats) > 0:
		a.cat2, a.rank = w.cats[0], byLoan
	case len(w.cats) > 0 && (w.cats[0] == "micro_loan" || w.cats[0] == "mutual_fund") && !strings.HasSuffix(w.text, "贴息"):
		a.cat2, a.rank = w.cats[0], byLoan
	case w.is(cancel) && strings.ContainsAny(w.text, "养种喂栽"): // 不养了
		a.cat2, a.rank = "breeding", byThing
		if strings.ContainsAny(w.text, "种栽") {
			a.cat2 = "planting"
		}
	case w.is(raise) || w.is(plant):
		return p.byVerb(x, i)
	case len(w.cats) > 0 && w.source == "":
		a.cat2, a.rank = w.cats[0], byName
	case len(w.cats) > 0:
		a.cat2, a.rank = w.cats[0], byClass
	case w.thing != "" && p.dropsIt(x, i):
		a.cat2, a.rank = w.thing, byThing
	case w.thing != "" && p.counts(x, i):
		a.cat2, a.rank = w.thing, byThing
	case w.cat1 != "":
		a.cat1, a.rank = w.cat1, byClass
	case w.works != "" && p.built(x, i):
		a.cat2, a.rank = w.works, byClass
		if w.works == "village_road" && p.has(x, village) < 0 && p.homeward(x) {
			a.cat2 = "entry_road"
		}
	case w.is(dwelling) && p.builds(x):
		a.cat1, a.rank = p.classOf("house_c"), byClass
	default:
		return anchor{}
	}
	if a.cat2 == "entry_road" && p.classOf("village_road") != "" && (strings.Contains(p.text(x.from, x.to), "全组") || p.has(x, village) >= 0 && strings.Contains(p.text(x.from, x.to), "全村")) {
		a.cat2 = "village_road"
	}
	if a.cat2 != "" {
		a.cat1 = p.classOf(a.cat2)
		a.known = a.cat1 != ""
	}
	return a
}

// learnt: 学…, with how long or with the office that teaches.
func (p *pass) learnt(x piece, i int) anchor {
	s := p.text(i, i+1)
	at := strings.Index(s, "学")
	if p.toks[i].kind != rest || at < 0 || strings.HasPrefix(s[at:], "学校") || strings.HasSuffix(s[:at], "大") || strings.HasSuffix(s[:at], "上") || strings.HasSuffix(s[:at], "小") || strings.HasSuffix(s[:at], "中") || p.classOf("job_training") == "" {
		return anchor{}
	}
	if p.find(piece{from: x.from, to: max(x.to, p.following(x).to)}, func(t *tok) bool {
		return t.kind == amount && (t.q.Dim == zh.Months || t.q.Dim == zh.Days) || t.word != nil && (t.word.dept == "hr" || t.word.dept == "t_social")
	}) < 0 {
		return anchor{}
	}
	return anchor{tok: i, cat1: p.classOf("job_training"), cat2: "job_training", rank: byName, known: true}
}

// sent: somebody is to go or to be brought to work: 介绍到昆明打工.
func (p *pass) sent(x piece, i int) bool {
	s := p.text(x.from, i)
	if i+1 == x.to && p.items[x.from] && p.classOf("labor_export") != "" { // 二是小军务工
		return true
	}
	return p.classOf("labor_export") != "" && (strings.ContainsAny(s, "去到") || slices.ContainsFunc([]string{"介绍", "联系", "组织", "推荐", "输出", "安排", "送"}, func(w string) bool { return strings.Contains(s, w) }))
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// dropsIt: 羊不养了.
func (p *pass) dropsIt(x piece, i int) bool {
	c := p.has(x, cancel)
	if p.calledOff(x) {
		return true
	}
	return c > i && strings.ContainsAny(p.text(c, c+1), "养种喂栽")
}

// byVerb: 养 and 种 name a measure with what they are done to.
func (p *pass) byVerb(x piece, i int) anchor {
	w := p.toks[i].word
	cat := ""
	for j := i + 1; j < x.to && cat == ""; j++ {
		t := &p.toks[j]
		switch {
		case t.word != nil && t.word.thing != "":
			cat = t.word.thing
		case t.kind == amount && (w.text == "养" || w.text == "喂") && t.q.Dim == zh.Count && j+1 == x.to:
			cat = "breeding"
		case t.kind == amount && w.is(plant) && t.q.Dim == zh.Area && j+1 == x.to:
			cat = "planting"
		case t.kind == rest && (w.text == "养" || w.is(plant)):
			cat = "breeding"
			if w.is(plant) {
				cat = "planting"
			}
		case t.word != nil && len(t.word.cats) > 0:
			return anchor{}
		}
	}
	if cat == "" && len(w.cats) > 0 {
		cat = w.cats[0]
	}
	if i+1 < x.to && p.toks[i+1].kind == amount && p.toks[i+1].q.Dim == zh.Count { // 牛要买两头
		for j := i - 1; j >= x.from && cat == ""; j-- {
			if t := &p.toks[j]; t.word != nil && t.word.thing != "" {
				cat = t.word.thing
			}
		}
	}
	if cat == "" && p.c.Asked == AskKind && x.to == x.from+1 && p.r.lex.alone[w.text] != nil {
		if cats := p.r.lex.alone[w.text].cats; len(cats) == 1 {
			cat = cats[0]
		}
	}
	if i > x.from && p.toks[i-1].kind == rest && strings.ContainsRune("学教", lastRune(p.text(i-1, i))) && p.classOf("job_training") != "" { // 学种天麻
		return anchor{tok: i, cat1: p.classOf("job_training"), cat2: "job_training", rank: byName, known: true}
	}
	cat1 := p.classOf(cat)
	return anchor{tok: i, cat1: cat1, cat2: cat, rank: byThing, known: cat1 != ""}
}

// counts: an amount stands next to the thing in token i.
func (p *pass) counts(x piece, i int) bool {
	near := func(j int) bool {
		if j < x.from || j >= x.to || p.toks[j].kind != amount {
			return false
		}
		q := &p.toks[j].q
		return q.Dim == zh.Count || q.Dim == zh.Area || q.Dim == zh.Plain && q.Value < zh.Whole(1000) && q.Per == ""
	}
	return near(i+1) || near(i-1) || i > x.from && p.toks[i-1].is(fill) && near(i-2)
}

// built: work on the thing in token i is named in the piece, next to it or with
// 把 and the like between.
func (p *pass) built(x piece, i int) bool {
	if utf8.RuneCountInString(p.text(i, i+1)) == 1 { // 电 in 电子厂 is no work
		j := i - 1
		for j > x.from && j > i-3 && (p.toks[j].is(fill) || p.toks[j].kind == amount) {
			j--
		}
		before := j >= x.from && strings.ContainsRune("修建盖装架铺挖砌打接拉整搞换翻通安", lastRune(p.text(j, j+1)))
		for j = i + 1; j < x.to-1 && p.toks[j].is(fill); {
			j++
		}
		behind := j < x.to && (strings.ContainsRune("修建盖装架铺挖砌整打改翻", firstRune(p.text(j, j+1))) || p.toks[j].is(finish) || p.toks[j].means(build))
		return before || behind
	}
	if p.hasSense(x, build) >= 0 || p.has(x, finish) >= 0 {
		return true
	}
	for i > x.from && (p.toks[i-1].is(fill) && !strings.ContainsAny(p.text(i-1, i), "做搞") || p.toks[i-1].word != nil && p.toks[i-1].word.thing != "") { // 安个太阳能热水器, 做蔬菜大棚
		i--
	}
	s := p.text(x.from, i) + " " + p.text(min(i+1, x.to-1), x.to)
	return strings.ContainsAny(s, "修建盖装架铺挖砌") || i > x.from && strings.ContainsAny(p.text(i-1, i), "打改接拉整搞换翻通安做") || i+1 < x.to && strings.ContainsAny(p.text(i+1, i+2), "打改接拉整搞换翻通硬")
}

// homeward: the road leads to the house.
func (p *pass) homeward(x piece) bool {
	s := p.text(x.from, x.to)
	return strings.Contains(s, "门口") || strings.Contains(s, "到家") || strings.Contains(s, "门前") || strings.Contains(s, "入户") || strings.Contains(s, "进家")
}

// builds: a house is to be repaired or built: 房子明年五月底前修好.
func (p *pass) builds(x piece) bool {
	if p.has(x, finish) >= 0 {
		return true
	}
	return p.find(x, func(t *tok) bool {
		s := p.f.Text[t.from:t.to]
		return t.kind == rest && strings.ContainsAny(s, "修盖建补翻")
	}) >= 0
}

// lettered is the kind of work that a letter asks for: 危改D, C级 危改.
func (p *pass) lettered(x piece, a anchor) string {
	for i := x.from; i < len(p.toks) && i < x.to+4; i++ {
		w := p.toks[i].word
		if w != nil && w.grade != "" && p.classOf(w.grade) == a.cat1 {
			return w.grade
		}
	}
	return ""
}

// classOf is the category of a kind of measure, "" when the profile lacks it.
func (p *pass) classOf(cat2 string) string {
	if it := p.r.profile.Item("measure_cat2", cat2); it != nil {
		return it.More["cat1"]
	}
	return ""
}
