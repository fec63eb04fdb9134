package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// someone is who answers as far as a piece says: the words of the piece sorted
// into level, organisation, post and name.
type someone struct {
	level, dept, unit, post, name, phone, role, id string
	unitLevel                                      string // key of unit_level, when said
	collective                                     bool
	at                                             Span
}

// who sorts the words of a piece. What is left over and can be a name is one.
func (p *pass) who(x piece) someone {
	s := someone{at: p.span(x.from, x.to)}
	var left []int
	for i := x.from; i < x.to; i++ {
		if t := &p.toks[i]; !p.sorted(&s, i) && (t.kind == rest || t.kind == vocab && (utf8.RuneCountInString(t.word.text) == 1 || len(t.word.kin) > 0)) {
			left = append(left, i)
		}
	}
	p.nameFrom(&s, left)
	s.settle(p)
	return s
}

// sorted takes a token that is no part of a name.
func (p *pass) sorted(s *someone, i int) bool {
	t := &p.toks[i]
	w := t.word
	switch {
	case t.official > 0:
		o := p.c.Officials[t.official-1]
		if s.name == "" {
			s.name = o.Name
		}
		return true
	case t.person > 0:
		s.name = p.c.People[t.person-1].Name
		return true
	case t.kind == phone:
		if ph := zh.Phones(p.f.Text[t.from:t.to]); len(ph) == 1 {
			s.phone = ph[0].Number
		}
		return true
	case t.kind == date, t.kind == mark, t.means(assess|accept|decline) && !w.is(post):
		return true
	case w == nil:
		return false
	case w.dept != "":
		s.dept, s.unit = w.dept, s.unit+p.span(i, i+1).Said
		return true
	case w.level != "" && !w.is(village|township|county|city|province):
		s.unitLevel = w.level
		return true
	case w.source == "credit" && !w.is(loan): // 农行
		s.unit += p.span(i, i+1).Said
		return true
	case w.is(collective):
		s.collective = true
		return true
	case w.is(village|township|county|city|province) && (len(w.text) > 3 || s.name == ""):
		p.levelWord(s, i)
		return true
	case w.duty != "":
		s.role = w.duty
		return true
	case w.is(post):
		s.post = p.span(i, i+1).Said
		return true
	}
	return (w.is(helper|replace|since|until|is|was|no) || w.means(leaves|wrong)) && len(w.text) > 3 || w.is(fill|is|replace) && p.loose(i)
}

// loose: a single sign that is no part of a name because none is next to it.
func (p *pass) loose(i int) bool {
	w := p.toks[i].word
	if utf8.RuneCountInString(w.text) > 1 {
		return true
	}
	if i > 0 && p.toks[i-1].kind == rest && i+1 < len(p.toks) && p.toks[i+1].kind == rest && utf8.RuneCountInString(p.text(i-1, i)) == 1 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(w.text)
	if p.r.lex.surname[r] && i+1 < len(p.toks) && p.toks[i+1].kind == rest && utf8.RuneCountInString(p.text(i+1, i+2)) <= 2 {
		next, _ := utf8.DecodeRuneInString(p.text(i+1, i+2))
		return p.r.lex.surname[next] || strings.ContainsRune(p.r.lex.called, next)
	}
	if i > 0 && p.toks[i-1].kind == rest && utf8.RuneCountInString(p.text(i-1, i)) == 1 {
		prev, _ := utf8.DecodeRuneInString(p.text(i-1, i))
		return !p.r.lex.surname[prev]
	}
	return true
}

// levelWord takes 村上, 县 … ; a single sign belongs to the name of the unit: 县残联.
func (p *pass) levelWord(s *someone, i int) {
	w := p.toks[i].word
	switch {
	case w.is(village):
		s.level, s.unitLevel = "village", "village"
	case w.is(township):
		s.level, s.unitLevel = "township", "township"
	case w.is(county):
		s.level, s.unitLevel = "county", "county"
	case w.is(city):
		s.level, s.unitLevel = "county", "city"
	case w.is(province):
		s.level, s.unitLevel = "county", "provincial"
	}
	if utf8.RuneCountInString(w.text) == 1 || p.r.lex.org(w.text) {
		s.unit += p.span(i, i+1).Said
	}
}

// nameFrom takes the name, and an organisation that no list has, from the
// tokens left over: the last stretch that can be a name, so that what somebody
// does (老周管水) is none.
func (p *pass) nameFrom(s *someone, left []int) {
	for len(left) > 0 {
		n := len(left) // the last stretch of tokens that stand together
		for n--; n > 0 && p.together(left[n-1], left[n]); {
			n--
		}
		from, to := left[n], left[len(left)-1]+1
		left = left[:n]
		if p.has(piece{from: from, to: to}, raise|plant|finish) >= 0 {
			continue
		}
		text := p.text(from, to)
		if first, n := utf8.DecodeRuneInString(text); text[n:] == "局" && p.r.lex.surname[first] && s.name == "" { // 刘局
			s.name, s.post = text[:n], "局长"
			continue
		}
		n = p.orgEnd(text)
		if slices.Contains(p.r.lex.orgs, text) && utf8.RuneCountInString(text) > 1 { // 县人大
			n = len(text)
		}
		if n > 0 {
			a := p.at(p.toks[from].from, p.toks[from].from+n)
			if s.dept == "" {
				s.unit += a.Said
			}
			text = text[n:]
		}
		if said := strings.TrimPrefix(text, "派"); said != text && p.called(said) != "" { // 农业局派小赵管
			text = said
		}
		posted := s.post != ""
		if next := p.word(to, len(p.toks)); next != nil {
			posted = posted && (next.is(post) || len(left) == 0)
		}
		end := p.toks[to-1].to
		if first := p.toks[from]; !p.nameLike(text, posted) && n == 0 && to > from+1 && first.kind == rest { // 老周管水
			text, end = p.text(from, from+1), first.to
		}
		if short := p.called(text); short != "" && short != text && !p.nameLike(text, posted) { // 小李技术指导
			text, end = short, end-len(text)+len(short)
		}
		if s.name == "" && p.nameLike(text, posted) {
			s.name = p.at(end-len(text), end).Said
		}
	}
}

// together: nothing but a mark stands between two tokens.
func (p *pass) together(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if p.toks[k].kind != mark {
			return false
		}
	}
	return true
}

// orgEnd is the end of an organisation at the start of a text: 烟草局 in 烟草局王强.
func (p *pass) orgEnd(text string) int {
	best := 0
	for _, o := range p.r.lex.orgs {
		if i := strings.LastIndex(text, o); i > 0 {
			best = max(best, i+len(o))
		}
	}
	return best
}

// org: the word is an organisation by its end.
func (x *lexicon) org(text string) bool {
	for _, o := range x.orgs {
		if strings.HasSuffix(text, o) {
			return true
		}
	}
	return false
}

// called is 小杨 or 老李 at the start of a text, "" when there is none.
func (p *pass) called(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	second, m := utf8.DecodeRuneInString(text[n:])
	if n == 0 || !strings.ContainsRune(p.r.lex.called, first) || !p.r.lex.surname[second] {
		return ""
	}
	return text[:n+m]
}

// nameLike: the text can be a name or what somebody is called: 王建国, 小杨, 刘
// before a post.
func (p *pass) nameLike(text string, posted bool) bool {
	n := utf8.RuneCountInString(text)
	first, size := utf8.DecodeRuneInString(text)
	if n == 1 {
		return posted && p.r.lex.surname[first]
	}
	double := slices.ContainsFunc(p.r.lex.double, func(d string) bool { return strings.HasPrefix(text, d) })
	if !double && !p.r.lex.surname[first] && !strings.ContainsRune(p.r.lex.called, first) && !strings.Contains(text, "·") {
		return false // cheaper than reading it as a name
	}
	if _, ok := zh.ReadName(text); !ok || n > 5 && !strings.Contains(text, "·") || n > 12 {
		return false
	}
	if strings.ContainsRune(p.r.lex.called, first) && n <= 3 {
		return n < 3 || !strings.ContainsRune("不没就也都还", lastRune(text)) // 老王不管
	}
	if double {
		return true
	}
	second, _ := utf8.DecodeRuneInString(text[size:])
	if r := []rune(text); n == 4 && p.r.lex.surname[r[2]] && !strings.Contains(text, "·") {
		return false // 张三李四 are two
	}
	return p.r.lex.surname[first] && n <= 4 && !strings.ContainsRune("的了是在要", second) || strings.Contains(text, "·")
}

// settle resolves the name among those known, and fills what follows from it.
func (s *someone) settle(p *pass) {
	if s.unit != "" && p.r.lex.words.Get(s.unit).is(village|township|county|city|province) && !p.r.lex.org(s.unit) {
		s.unit = "" // only the level was said
	}
	if it := p.r.profile.Item("dept", s.dept); it != nil && s.level == "" {
		s.level = it.More["level"]
	}
	for _, level := range []string{"village", "township", "county"} {
		if s.level == "" && slices.ContainsFunc(p.r.lex.posts[level], func(sign string) bool { return strings.Contains(s.post, sign) }) {
			s.level = level
		}
	}
	if s.level == "" {
		s.level = map[string]string{AskVillage: "village", AskTownship: "township", AskCounty: "county"}[p.c.Asked]
	}
	if s.name == "" {
		return
	}
	fits := p.known(s)
	if len(fits) == 1 {
		o := fits[0]
		if strings.HasSuffix(o.Post, s.post) {
			s.post = o.Post // a 副局长 is called 局长
		}
		s.id, s.name = o.ID, o.Name
		s.level, s.dept, s.unit, s.post = either(s.level, o.Level), either(s.dept, o.Dept), either(s.unit, o.Unit), either(s.post, o.Post)
		return
	}
	if len(fits) > 1 {
		var ids []string
		for _, o := range fits {
			ids = append(ids, o.ID)
		}
		p.unread = append(p.unread, Unread{Span: s.at, Why: WhyAmbiguous, Guess: ids})
	}
	if utf8.RuneCountInString(s.name) == 1 {
		s.name += s.post // 刘副局长
	}
}

func either(said, known string) string {
	if said != "" {
		return said
	}
	return known
}

// known are the officials whom a name may mean at that level and department.
func (p *pass) known(s *someone) []Official {
	fit := func(strict bool) []Official {
		var out []Official
		for _, o := range p.c.Officials {
			if !called(s.name, s.post, o) || s.level != "" && o.Level != "" && s.level != o.Level || strict && s.dept != "" && (o.Dept != "" && s.dept != o.Dept || o.Dept == "" && o.Unit != "" && o.Name != s.name && !strings.Contains(o.Unit, s.unit)) { // 村建中心老赵 is not 赵副乡长
				continue
			}
			out = append(out, o)
		}
		return out
	}
	out := fit(true)
	if len(out) == 0 && utf8.RuneCountInString(s.name) > 1 && !strings.ContainsRune(p.r.lex.called, firstRune(s.name)) {
		return fit(false) // the full name of one who changed department
	}
	return out
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// called: the official can be called so: by the full name, 小杨 or 老杨 by the
// family name, 刘 with the post.
func called(name, post string, o Official) bool {
	switch n := utf8.RuneCountInString(name); {
	case name == o.Name:
		return true
	case n == 1:
		return strings.HasPrefix(o.Name, name) && (o.Post == "" || strings.HasSuffix(o.Post, post) || strings.HasSuffix(post, o.Post))
	case n == 2:
		r, size := utf8.DecodeRuneInString(name)
		return (r == '小' || r == '老') && strings.HasPrefix(o.Name, name[size:])
	}
	return false
}
