package progress

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameMost is how many signs a head of household is called by: 扎西才让, 老支书.
const nameMost = 5

// owner reads whose measure a text is about from its beginning: 三组李家的, 张大有家,
// 李阿普户. It returns where the rest begins; 他家 names nobody and is skipped.
func (p *pass) owner() (house, group string, rest int) { return p.ownerAt(0) }

// ownerAt is owner for what begins at byte from.
func (p *pass) ownerAt(from int) (house, group string, rest int) {
	s, x := p.f.Text[from:], p.r.lex.house
	i := 0
	for n, k := 0, 0; n < len(s) && k < 4; k++ { // 三组, 大水井组
		r, size := utf8.DecodeRuneInString(s[n:])
		if n += size; !unicode.Is(unicode.Han, r) && !unicode.IsDigit(r) {
			break
		}
		if k > 0 && strings.ContainsRune(x.Groups, r) && !p.r.lex.words.Find(s, len(s)).beyond(n) && p.r.lex.words.Get(s[:n]) == nil {
			group, i = s[:n], n
			break
		}
	}
	i += blanks(s[i:])
	if strings.HasPrefix(s[i:], "的") {
		i += len("的")
	}
	for n, k := i, 0; n < len(s) && k <= nameMost; k++ {
		r, size := utf8.DecodeRuneInString(s[n:])
		if strings.ContainsRune(x.Signs, r) && k > 0 && !p.joined(s, i, n) {
			name := s[i:n]
			n += size
			if p.isName(name) {
				house = p.f.Said(from+i, from+i+len(name))
			} else if !slices.Contains(strings.Fields("他 她 它 他们 这 那 我 我们 本"), name) {
				return "", group, from + i
			}
			if rest := s[n:]; strings.HasPrefix(rest, "的") {
				n += len("的")
			}
			return house, group, from + n
		}
		if !unicode.Is(unicode.Han, r) && r != '·' {
			break
		}
		n += size
	}
	return "", group, from + i
}

// another is the household that a clause behind the first begins with: ，李国强家的羊也买了.
// The clause is read without it. "" when it names none.
func (c *clause) another() string {
	house, _, rest := c.ownerAt(c.from)
	if utf8.RuneCountInString(house) < 2 || rest >= c.to || c.worded(rest) {
		return ""
	}
	c.from, c.toks = rest, c.tokens(rest, c.to)
	return house
}

// worded: what the clause begins with, up to byte to, is words of ours and no name: 已到家.
func (c *clause) worded(to int) bool {
	unknown := false
	for i := range c.toks {
		t := &c.toks[i]
		if t.from >= to {
			break
		}
		if t.to > to {
			return true
		}
		unknown = unknown || t.kind == other
	}
	return !unknown
}

// joined: the sign at byte n belongs to a word that begins before it: 入户路.
func (p *pass) joined(s string, from, n int) bool {
	_, size := utf8.DecodeLastRuneInString(s[from:n])
	w := p.r.lex.words.Find(s[n-size:], len(s))
	return w.beyond(size) && len(w.about) > 0
}

// beyond reports whether a word is longer than n bytes.
func (w *word) beyond(n int) bool { return w != nil && len(w.text) > n }

// isName: no word that stands before 家 or 户 for another reason, and no word of
// ours at all.
func (p *pass) isName(s string) bool {
	if slices.Contains(strings.Fields(p.r.lex.house.Nobody), s) || strings.Trim(s, p.r.lex.house.Numerals) == "" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(p.r.lex.house.Before, r) {
		return false // 帮他家
	}
	for i := range s { // 电话访了两户, 他是低保户: words, no name
		w := p.r.lex.words.Find(s[i:], len(s)-i)
		if w != nil && (utf8.RuneCountInString(w.text) > 1 || w.is(ask|no) || strings.Contains("是了的说", w.text) || w.is(rest|did|grow) && w.text == s) {
			return false
		}
	}
	return !strings.ContainsAny(s, "是了的说")
}

func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " 　")) }
