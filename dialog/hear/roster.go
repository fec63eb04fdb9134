package hear

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// Roster reads the people of a household in one go, the head first by custom:
// «张大有 户主 男52,妻李秀英,儿张小军 务工昆明9个月,孙女小花 小学三年级».
// What belongs to the household, not to a person, is left to Read and comes
// back as unread here.
func (r *Reader) Roster(text string, c Context) ([]NewPerson, []Unread) {
	known := knownNames(c)
	for _, who := range c.People {
		if who.Name == c.Head {
			c.Head = "" // is a member already
		}
	}
	c.Sections, c.Open, c.People = []string{"member"}, nil, nil
	p := r.newPass(limit(text), c)
	p.listing, p.known = true, known
	p.lex()
	got := p.read()
	return got.NewPeople, got.Unread
}

// knownNames are the whole names that are known before any word is read: of the
// household, and of its people.
func knownNames(c Context) []string {
	names := []string{c.Head}
	for _, who := range c.People {
		names = append(append(names, who.Name), who.Aliases...)
	}
	return slices.DeleteFunc(names, func(n string) bool { return utf8.RuneCountInString(n) < 2 })
}

// knownAt is the end of the known name that begins at a place, pos when none does.
func (p *pass) knownAt(pos int) int {
	end := pos
	for _, name := range p.known {
		if strings.HasPrefix(p.Text[pos:], name) {
			end = max(end, pos+len(name))
		}
	}
	r := firstRune(p.Text[end:])
	if strings.ContainsRune("囡囝仔妹娃", r) || unicode.Is(unicode.Han, r) && p.r.lex.find(p.Text[end:]) == nil && !strings.ContainsRune("一二两三四五六七八九十半", r) {
		return pos // 岩温囡 is not 岩温
	}
	return end
}

// masked hides the known names, so that the 五 of 李老五六十一岁 is no number.
func (p *pass) masked(text string) string {
	if strings.Contains(text, "老") {
		text = p.unnumbered(text)
	}
	for _, name := range p.known {
		text = strings.ReplaceAll(text, name, strings.Repeat("#", len(name)))
	}
	return text
}

// boundName is the end of a name with a command in it, 李完成 or 帮助花: in a
// roster, behind a word of kinship, and nothing but a blank or a number after it.
func (p *pass) boundName(pos int) int {
	n := len(p.toks)
	if !p.listing || n == 0 || !p.toks[n-1].is(kin) {
		return pos
	}
	end, signs, commands := pos, 0, false
	for end < len(p.Text) {
		r, size := utf8.DecodeRuneInString(p.Text[end:])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		if w := p.r.lex.find(p.Text[end:]); w.is(command) && w.roles&^(command|fill) == 0 {
			commands, signs, size = true, signs+utf8.RuneCountInString(w.text), len(w.text)
		} else if w != nil && utf8.RuneCountInString(w.text) > 1 {
			return pos
		} else {
			signs++
		}
		end += size
	}
	if _, ok := zh.ReadName(p.Text[pos:end]); !ok || !commands || signs > 4 {
		return pos
	}
	return end
}

// unnamedHead: 户主女35岁 without a name is the one the household is called after.
func (p *pass) unnamedHead(i int) bool {
	if !p.listing || p.c.Head == "" || len(p.out.NewPeople) > 0 || p.speaker != "" {
		return false
	}
	j := i + 1
	for j < len(p.toks) && (p.toks[j].is(fill) && !p.toks[j].is(set) || p.toks[j].kind == mark && p.toks[j].brk < 2) {
		j++
	}
	if j == len(p.toks) {
		return false
	}
	t := &p.toks[j]
	return t.kind == amount || t.kind == date || t.kind == idno || t.is(set|work|place|sickness|stage) || t.is(kin) && t.word.kin[0] != "head"
}

// unnumbered hides the number in the likes of 张老三, so that 三一个人 is none.
func (p *pass) unnumbered(text string) string {
	b := []byte(text)
	for at := 0; ; {
		i := strings.Index(text[at:], "老")
		if i < 0 {
			return string(b)
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		number := firstRune(text[at+len("老"):])
		at += len("老")
		if strings.ContainsRune("二三四五六七八九", number) && p.r.lex.surname[before] && strings.ContainsRune("一二两三四五六七八九十", firstRune(text[at+utf8.RuneLen(number):])) {
			copy(b[at:], "###")
		}
	}
}
