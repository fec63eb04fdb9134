package hear

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// called is one way to call somebody of the roster.
type called struct {
	text   string
	people []int
}

// roster lists the ways the people are called, the longest first: whole names,
// aliases, and given names of at least two signs.
func (p *pass) roster() []called {
	out := make([]called, 0, 2*len(p.c.People))
	add := func(text string, i int) {
		if strings.ContainsFunc(text, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF || zh.Traditional(r) }) {
			text = strings.ReplaceAll(zh.Trace(text).Text, " ", "")
		}
		if utf8.RuneCountInString(text) < 2 {
			return
		}
		for j := range out {
			if out[j].text == text {
				out[j].people = append(out[j].people, i)
				return
			}
		}
		out = append(out, called{text, []int{i}})
	}
	for i, who := range p.c.People {
		add(who.Name, i)
		for _, a := range who.Aliases {
			add(a, i)
		}
	}
	for i, who := range p.c.People {
		r := []rune(who.Name)
		switch {
		case len(r) == 3 && r[0] != '岩' && r[0] != '玉':
			add(string(r[1:]), i)
		case len(r) > 2 && r[0] == '岩': // heard as 癌 or 哎 (domain.md §6.2)
			add("癌"+string(r[1:]), i)
			add("哎"+string(r[1:]), i)
		case len(r) == 2 && r[0] == '岩':
			add("癌"+string(r[1:]), i)
		}
	}
	return out
}

// rosterAt finds somebody of the roster at a place, the longest way first.
func (p *pass) rosterAt(pos int) (token, bool) {
	best := -1
	for i, c := range p.called {
		if strings.HasPrefix(p.Text[pos:], c.text) && (best < 0 || len(c.text) > len(p.called[best].text)) {
			best = i
		}
	}
	if best < 0 {
		return token{}, false
	}
	c := p.called[best]
	if w := p.r.lex.find(p.Text[pos:]); w != nil && len(w.text) > len(c.text) && !w.is(fill) {
		return token{}, false
	}
	return token{kind: person, s: pos, e: pos + len(c.text), people: c.people}, true
}

// newNameAt is the end of what reads like a new person's name at a place where
// one may stand, pos when there is none.
func (p *pass) newNameAt(pos int, w *word, q *zh.Quantity) int {
	if end := p.boundName(pos); end > pos {
		return end
	}
	after, strong := p.nameMayStand()
	after = after || p.listing && (w == nil || utf8.RuneCountInString(w.text) == 1) && p.agedName(pos)
	if !after || w.is(command) || w != nil && utf8.RuneCountInString(w.text) > 1 || q != nil && q.End-q.Start > 3 {
		return pos
	}
	r, n := utf8.DecodeRuneInString(p.Text[pos:])
	if !unicode.Is(unicode.Han, r) || strings.ContainsRune("一两几每各这那着她他", r) || r == '和' && p.r.lex.find(p.Text[pos+n:]).is(kin) && !p.toks[len(p.toks)-1].is(kin) {
		return pos
	}
	if strings.ContainsRune("他她", firstRune(p.Text[pos+n:])) {
		return pos // 小他三岁
	}
	if p.familyOf(pos, r, n) {
		return pos + n
	}
	if end := p.entryName(pos); end > pos && !p.kinSign(pos, r, n) {
		return end
	}
	if p.kinSign(pos, r, n) {
		return pos
	}
	if !strong && !p.r.lex.surname[r] || strong && p.r.lex.notName[r] && !p.sirHe(pos+n) {
		return pos
	}
	ends := []int{pos + n}
	for i := pos + n; i < len(p.Text) && len(ends) < 4; {
		r, n := utf8.DecodeRuneInString(p.Text[i:])
		if !unicode.Is(unicode.Han, r) && r != '·' {
			break
		}
		i += n
		ends = append(ends, i)
	}
	if p.r.lex.surname[r] && strings.HasPrefix(p.Text[pos+n:], "家") && (w == nil || w.is(label)) && !(p.listing && len(ends) > 2 && p.nameFits(pos, ends[2], w)) {
		return pos + n
	}
	for _, count := range [...]int{3, 2, 4} {
		if len(ends) >= count && p.nameFits(pos, ends[count-1], w) {
			return ends[count-1]
		}
	}
	return pos
}

// familyOf: 胡家5个人 names the family, not a person.
func (p *pass) familyOf(pos int, r rune, n int) bool {
	rest, ok := strings.CutPrefix(p.Text[pos+n:], "家")
	return ok && p.listing && p.r.lex.surname[r] && strings.ContainsRune("0123456789一二两三四五六七八九十:,有共", firstRune(rest))
}

// entryName: in a roster, an entry of two to four signs between separators in
// which no word stands is a name.
func (p *pass) entryName(pos int) int {
	if !p.listing {
		return pos
	}
	end, n := pos, 0
	if w := p.r.lex.find(p.Text[pos:]); w.is(kin) && w.text != "孙" {
		return pos
	}
	for end < len(p.Text) {
		r, size := utf8.DecodeRuneInString(p.Text[end:])
		if !unicode.Is(unicode.Han, r) && r != '·' {
			break
		}
		if n > 0 && strings.ContainsRune("也是得很", r) {
			return pos // 张艳也是28
		}
		if w := p.r.lex.find(p.Text[end:]); w != nil && (utf8.RuneCountInString(w.text) > 1 || n == 0 && w.is(no|all|fill)) {
			return pos
		}
		if end, n = end+size, n+1; n > 5 {
			return pos
		}
	}
	if n < 2 || n > 4 || !p.r.lex.surname[firstRune(p.Text[pos:])] && len(p.toks) > 0 && !p.toks[len(p.toks)-1].is(kin) && !p.personAt(end) {
		return pos
	}
	if name := []rune(p.Text[pos:end]); n > 2 && p.sexEnds(name, end) {
		end -= 3 // 周兴旺男47
	}
	if n == 4 && strings.HasSuffix(p.Text[pos:end], "才") && end < len(p.Text) && p.Text[end] <= '9' && p.Text[end] >= '0' {
		end -= 3 // 马小燕才8个月
	}
	if n > 2 && strings.HasSuffix(p.Text[pos:end], "家") {
		end -= 3 // 岩温龙家：
	}
	for _, q := range p.qs {
		if q.Start >= pos && q.Start < end && (q.End-q.Start > 3 || q.Dim != zh.Plain) {
			return pos
		}
	}
	return end
}

// nameMayStand: at the start, after a separator or a blank, after 叫, and after
// a word of kinship, where any sign may begin the name (strong).
func (p *pass) nameMayStand() (may, strong bool) {
	n := len(p.toks)
	if n == 0 {
		return true, false
	}
	prev := &p.toks[n-1]
	adjacent := !p.gap
	switch {
	case prev.is(kin) && (adjacent || p.listing || p.bornBefore(n-1)):
		return true, true
	case prev.is(fill) && adjacent && slices.Contains(realNames, prev.word.text):
		return true, true
	case prev.is(fill) && adjacent && (strings.HasSuffix(prev.word.text, "叫") || n > 1 && strings.Contains("和跟与", prev.word.text) && (p.toks[n-2].kind == newname || p.toks[n-2].kind == person || p.toks[n-2].is(kin))):
		return true, true
	case p.listing && prev.is(fill) && adjacent && p.introduces(n-1):
		return true, false
	case prev.is(fix) && adjacent, prev.is(misname) && adjacent,
		prev.is(fill) && prev.word.text == "是" && adjacent && p.wrongName(prev.s):
		return true, false
	case prev.kind == amount && prev.q.Dim == zh.Ordinal && adjacent && strings.ContainsAny(prev.q.Said, "组社队") && n == 1:
		return true, false // 三组张大有家
	case p.listing && p.isPeople(n-1) && n > 1 && p.toks[n-2].is(kin):
		return true, true // 孙子两个马云飞10岁
	case prev.kind == newname && adjacent:
		return n > 1 && p.toks[n-2].is(kin), false
	case prev.kind == mark, p.gap:
		return true, false
	}
	return false, false
}

// nameFits: the name may end here, since a word, a number or a separator
// follows, and nothing in it speaks against a name.
func (p *pass) nameFits(s, e int, w *word) bool {
	name := []rune(p.Text[s:e])
	last, atEnd := name[len(name)-1], e >= len(p.Text)
	if !atEnd {
		r, _ := utf8.DecodeRuneInString(p.Text[e:])
		next := p.r.lex.find(p.Text[e:])
		if next.is(kin) && len(name) == 2 && len(next.text) == 3 && strings.Contains("妹姐弟哥娘囡", next.text) {
			return false // 王大妹
		}
		free := !unicode.Is(unicode.Han, r) || p.listing && p.ageAt(e)
		if !p.r.lex.surname[name[0]] && next.is(no|ask|wish) {
			return false
		}
		joined := len(name) == 3 && p.r.lex.surname[name[0]] && p.r.lex.surname[r] && len(p.toks) > 0 && p.toks[len(p.toks)-1].is(kin)
		if next == nil && !free && !joined && !strings.ContainsRune("一二两三四五六七八九十半", r) {
			return false
		}
		if !free && p.r.lex.notName[last] && !(len(name) == 3 && (next.is(kin) || r == '家')) || strings.ContainsRune("家组户队社", r) && len(name) == 2 && r != '家' && !next.is(kin) {
			return false
		}
	}
	for _, q := range p.qs {
		if q.Start >= s && q.Start < e && (q.End > e || q.End-q.Start > 3 || q.Dim != zh.Plain) {
			return false
		}
	}
	for i, r := range name[1:] {
		if r == '家' && p.listing && i == 0 && len(name) == 3 {
			continue // 段家荣
		}
		if strings.ContainsRune("是的了没不家户组个级些们俩瘫症癌炎他她我得也很死", r) || p.r.lex.notName[r] && i == 0 && len(name) == 2 {
			return false
		}
	}
	if len(name) == 4 && (w == nil || !w.is(kin)) && !strings.ContainsRune("欧尉诸上赫司扎岩艾", name[0]) {
		return false
	}
	for i := 3; i < len(p.Text[s:e]); i += 3 { // a long word inside is no part of a name
		if in := p.r.lex.find(p.Text[s+i:]); in != nil && utf8.RuneCountInString(in.text) > 1 && !in.is(kin|fill) {
			return false
		}
	}
	if p.listing && len(name) > 2 && p.sexEnds(name, e) {
		return false
	}
	_, ok := zh.ReadName(string(name))
	return ok
}

// wifeAged: a roster that tells the relations by one sign before the age.
var wifeAged = regexp.MustCompile(`妻[0-9]`)

// sexEnds: the 男 of 周杰男22 is the sex, that of 李胜男 22 is not.
func (p *pass) sexEnds(name []rune, e int) bool {
	last, before := name[len(name)-1], name[len(name)-2]
	if e >= len(p.Text) {
		return false
	}
	if strings.ContainsRune("妻父母", last) || strings.ContainsRune("子儿女", last) && wifeAged.MatchString(p.Text) {
		return p.ageAt(e) // 娜朵妻44
	}
	if last != '男' && last != '女' || last == '男' && strings.ContainsRune("胜亚若超俊佳招引赛", before) {
		return false
	}
	r := firstRune(p.Text[e:])
	return r >= '0' && r <= '9' || strings.ContainsRune("一二三四五六七八九十汉彝傣苗壮回白藏哈纳傈拉佤景布", r)
}

// kinSign: the 孙 of 孙张浩 and the 女 of 女张小花 tell the relation, since the
// head's family name follows.
func (p *pass) kinSign(pos int, r rune, n int) bool {
	if !strings.ContainsRune("孙女子儿妻父母", r) || len(p.toks) == 0 {
		return false
	}
	for i := range p.toks {
		if t := &p.toks[i]; t.kind == newname {
			_, first := utf8.DecodeRuneInString(p.Text[t.s:])
			return strings.HasPrefix(p.Text[pos+n:], p.Text[t.s:t.s+first]) && (r != '孙' || p.listing)
		}
	}
	return false
}

// sirHe: the family name 和 after a word of kinship, no «and».
func (p *pass) sirHe(pos int) bool {
	rest := p.Text[pos:]
	if !strings.HasSuffix(p.Text[:pos], "和") || p.r.lex.find(rest).is(kin) {
		return false
	}
	if _, ok := p.rosterAt(pos); ok {
		return false
	}
	n := 0
	for _, r := range rest {
		if !unicode.Is(unicode.Han, r) || p.r.lex.surname[r] && n > 1 || p.ageAt(pos+3*n) {
			break
		}
		n++
	}
	return n == 1 || n == 2
}

// wrongName: 名字错了，是 comes before the right name.
func (p *pass) wrongName(pos int) bool {
	s := strings.TrimRight(p.Text[:pos], " ,、应该")
	return deniesWhole(s) && (strings.Contains(s, "名字") || strings.Contains(s, "姓名"))
}

// introduces: in a roster a name follows 我, and 是 behind a word of kinship.
func (p *pass) introduces(i int) bool {
	switch p.toks[i].word.text {
	case "我", "我是":
		return true
	case "是", "就是":
		return i > 0 && (p.toks[i-1].is(kin) || p.toks[i-1].is(fill) && p.toks[i-1].word.text == "我")
	}
	return false
}

// agedName: in a roster without separators 小学四年级马云鹏6岁 a family name with a
// given name, and an age right behind them, are the next person.
func (p *pass) agedName(pos int) bool {
	if n := len(p.toks); p.toks[n-1].kind == raw || !p.r.lex.surname[firstRune(p.Text[pos:])] {
		return false
	}
	for _, size := range [...]int{9, 6} {
		if end := pos + size; end < len(p.Text) && p.ageAt(end) && p.nameFits(pos, end, nil) {
			return true
		}
	}
	return false
}

// personAt: what begins at a place of the text, behind blanks and separators, is
// told of a person: an age, a sex, a relation, or the text ends there.
func (p *pass) personAt(at int) bool {
	for at < len(p.Text) && strings.ContainsRune(" ,、()\t", rune(p.Text[at])) {
		at++
	}
	at += len(p.Text[at:]) - len(strings.TrimLeft(p.Text[at:], " ,、()"))
	if at >= len(p.Text) || p.Text[at] >= '0' && p.Text[at] <= '9' || p.ageAt(at) || strings.ContainsRune("。;\n", firstRune(p.Text[at:])) {
		return true
	}
	w := p.r.lex.find(p.Text[at:])
	return w.is(kin|born|zodiac) || w != nil && (w.says("member.sex") != nil || w.says("member.ethnic") != nil)
}
