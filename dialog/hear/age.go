package hear

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// bareTens are ages written out without 岁, from ten on: 四十九, 十七.
var bareTens = regexp.MustCompile(`[一二三四五六七八九]?十[一二三四五六七八九]?`)

// ages adds the ages of a roster that stand between words, 李小兰四十九姑娘普丽
// 二十四, where a number without a unit is none elsewhere.
func (p *pass) ages(text string, qs []zh.Quantity) []zh.Quantity {
	if !strings.Contains(text, "十") {
		return qs
	}
	n := len(qs)
	for _, at := range bareTens.FindAllStringIndex(text, -1) {
		covered := slices.ContainsFunc(qs[:n], func(q zh.Quantity) bool { return q.Start < at[1] && q.End > at[0] })
		if one := zh.Scan(text[at[0]:at[1]]); !covered && len(one) == 1 && at[1]-at[0] > 3 {
			q := one[0]
			q.Start, q.End = at[0], at[1]
			qs = append(qs, q)
		}
	}
	slices.SortStableFunc(qs, func(a, b zh.Quantity) int { return a.Start - b.Start })
	return qs
}

// ageFollows: a number that may be an age stands right behind a token.
func (p *pass) ageFollows(i int) bool {
	j := i + 1
	for j < len(p.toks) && p.toks[j].is(fill) && !p.toks[j].is(set) && strings.Contains("今年 有 是 也是", p.toks[j].word.text) {
		j++
	}
	return j < len(p.toks) && p.mayBeAge(j)
}

func (p *pass) mayBeAge(i int) bool {
	t := &p.toks[i]
	return t.kind == amount && (t.q.Dim == zh.Age || t.q.Dim == zh.Plain && t.q.Value >= zh.One && t.q.Value <= zh.Whole(110))
}

// readZodiac: 属马52. The animal settles what an age leaves open by a year; alone
// it says no year.
func (p *pass) readZodiac() {
	for i := range p.toks {
		t := &p.toks[i]
		if !t.is(zodiac) || t.use != free {
			continue
		}
		for n := range p.drafts {
			if d := &p.drafts[n]; p.isBirthOf(d, i) && p.sign(d, t.word.text) {
				p.mark(i, i, claimed)
				break
			}
		}
		if t.use == free && p.may("member.birth") {
			p.unread(i, i, WhyNoValue, p.guessAt(i, i, "member.birth"))
		}
	}
}

// animals are the signs of the years, of which the first began in 1900.
const animals = "鼠牛虎兔龙蛇马羊猴鸡狗猪"

// sign makes the year of a draft that of the animal, when they agree but for one.
func (p *pass) sign(d *draft, said string) bool {
	y, err := strconv.Atoi(d.Value)
	k := strings.Index(animals, strings.TrimPrefix(said, "属")) / len("鼠")
	for _, by := range []int{0, -1, 1} {
		if err == nil && ((y+by)%12+12-1900%12)%12 == k {
			d.Value = strconv.Itoa(y + by)
			return true
		}
	}
	return err != nil // a whole date knows more
}

// isBirthOf: the draft is the birth of whom a token is about.
func (p *pass) isBirthOf(d *draft, i int) bool {
	ref, key, _ := strings.Cut(d.Path, ".")
	s := p.about(i)
	return key == "birth" && (s.fresh > 0 && d.fresh == s.fresh || s.fresh == 0 && d.fresh == 0 && len(s.people) == 1 && p.c.People[s.people[0]].Ref == ref)
}

// ageAt: a number that may be an age begins at a place of the text.
func (p *pass) ageAt(at int) bool {
	for _, q := range p.qs {
		if q.Start == at {
			return (q.Dim == zh.Age || q.Dim == zh.Plain) && q.Value >= zh.One && q.Value <= zh.Whole(110)
		}
	}
	return false
}

// strayAge: outside a roster a number among words is an age behind a person only.
func (p *pass) strayAge(pos int, q *zh.Quantity) bool {
	if p.listing || q.Dim != zh.Plain || q.End == len(p.Text) || !unicode.Is(unicode.Han, firstRune(p.Text[q.End:])) || p.Text[pos] <= '9' || q.End-q.Start > len("四十九") {
		return false
	}
	said := p.Text[pos:q.End]
	if !strings.Contains(said, "十") || strings.ContainsAny(said, "百千万") || strings.HasPrefix(p.Text[q.End:], "了") {
		return false
	}
	n := len(p.toks)
	return n == 0 || p.toks[n-1].kind != newname && p.toks[n-1].kind != person && !p.toks[n-1].is(kin)
}

// nominal: 虚岁 stands before or behind an age, which then is a year too many.
func (p *pass) nominal(from, to *int) bool {
	if i := *from - 1; i >= 0 && p.toks[i].is(fill) && p.toks[i].word.text == "虚岁" {
		*from = i
		return true
	}
	if i := *to + 1; i < len(p.toks) && p.toks[i].is(fill) && p.toks[i].word.text == "虚岁" {
		*to = i
		return true
	}
	return strings.Contains(p.Text[p.toks[*from].s:p.toks[*to].e], "虚岁")
}
