package flows

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// target is what a person said after 入户 or 查: a name, perhaps with group,
// birth year or the last four digits of the household id.
type target struct {
	said        string
	name, group string
	rest        string // what was said besides: kept until the household is open
	year        int
	about       bool // the year was worked out from an age: one more or less fits
	serial      string
}

// parseTarget reads «张大有 三组», «三组张大有», «三组的张大有», «张大有（三组）»,
// «张大有 1972年», «张大有 50岁», «0017号».
func (t *talk) parseTarget(arg string) target {
	w := target{said: arg}
	if rest, ok := strings.CutPrefix(arg, newWord); ok {
		arg, w.serial = rest, newSerial // 入户 新户 张三: none of the similar names is meant
	}
	var names []string
	parts := strings.Fields(targetMarks.Replace(zh.Clean(arg)))
	for _, part := range parts {
		part = strings.Trim(part, "的")
		switch {
		case part == "":
		case looksGroup(part) && w.group == "":
			w.group = part
		case strings.HasSuffix(part, "号") && len(part) == 4+len("号") && digits(part[:4]):
			w.serial = part[:4]
		case isYear(part) && len(parts) > 1: // alone it is the tail of a number
			w.year, _ = strconv.Atoi(part[:4])
		case isAge(part) && len(parts) > 1:
			w.year = t.in.At.Year() - atoi(strings.TrimSuffix(part, "岁"))
			w.about = true
		default:
			group, name := splitGroup(part)
			if group != "" && w.group == "" {
				w.group = group
			} else {
				name = part
			}
			names = append(names, name)
		}
	}
	if len(names) > 1 && namely(names[0]) && !namely(names[1]) {
		w.rest = strings.Join(names[1:], " ") // 张大有 一般户 14年
		names = names[:1]
	}
	w.name = plainName(strings.Join(names, " "))
	return w
}

// targetMarks are the signs around what a household is called by.
var targetMarks = strings.NewReplacer("，", " ", ",", " ", "、", " ", "（", " ", "）", " ", "(", " ", ")", " ", "。", " ", "「", " ", "」", " ")

// plainName drops what surrounds a name: 户主张大有, 张大有家.
func plainName(s string) string {
	for _, kind := range lex().KindsInFront {
		if rest, ok := strings.CutPrefix(s, kind); ok && utf8.RuneCountInString(rest) >= 2 {
			s = rest
			break
		}
	}
	if n, ok := zh.ReadName(s); ok {
		return n
	}
	return s
}

// splitGroup cuts a group off the front or the back of a word: 三组张大有,
// 张大有三组, 三组的张大有. Only numbered groups: 大水井组 cannot be told from a name.
func splitGroup(s string) (group, name string) {
	r := []rune(s)
	for i := 1; i < len(r)-1; i++ {
		if !strings.ContainsRune(lex().GroupTails, r[i]) {
			continue
		}
		if _, ok := zh.Number(strings.TrimPrefix(string(r[:i]), "第")); ok {
			return string(r[:i+1]), strings.TrimLeft(string(r[i+1:]), "的")
		}
	}
	if n := len(r); n > 3 && strings.ContainsRune(lex().GroupTails, r[n-1]) {
		i := n - 1
		for i > 0 && strings.ContainsRune(lex().Ordinals, r[i-1]) {
			i--
		}
		if i < n-1 && i > 0 {
			return string(r[i:]), string(r[:i])
		}
	}
	return "", s
}

func isAge(s string) bool {
	n := strings.TrimSuffix(s, "岁")
	return n != s && digits(n) && len(n) <= 3
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

// namely reports whether a text may be the name of a person nobody has heard
// of: short, Han, and no sentence. Names of four and more signs (扎西才让,
// 尼玛·次仁) are common here.
func namely(s string) bool {
	n := 0
	for _, r := range s {
		if r == '·' {
			continue
		}
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune(lex().Unnamely, r) {
			return false
		}
		n++
	}
	return n >= 2 && n <= 10
}

// looksGroup: 三组, 3组, 二社, 曼班三队, 大水井组.
func looksGroup(s string) bool {
	r := []rune(s)
	if len(r) < 2 || len(r) > 6 || !strings.ContainsRune(lex().GroupTails, r[len(r)-1]) {
		return false
	}
	group, name := splitGroup(s)
	return group == "" || name == "" // 张大有三组 is a name and a group
}

// isYear: 1966, 1966年, 1966年生.
func isYear(s string) bool {
	n := strings.TrimSuffix(strings.TrimSuffix(s, "生"), "年")
	return len(n) == 4 && digits(n) && (strings.HasPrefix(n, "19") || strings.HasPrefix(n, "20"))
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// query is the look-up for a target.
func (w target) query(limit int) models.Query {
	q := models.Query{Name: w.name, Group: w.group, Limit: limit}
	if zh.LooksPinyin(w.name) {
		q.Name, q.Pinyin = "", zh.NormalizePinyin(w.name)
	} else if w.name != "" {
		q.Sounds = zh.Keys(w.name).Sound
	}
	return q
}

// narrow keeps the cards that fit what else was said.
func (w target) narrow(cs []models.Card) []models.Card {
	var out []models.Card
	for _, c := range cs {
		if off := c.HeadBirth.Year() - w.year; w.year != 0 && off != 0 && !(w.about && off >= -1 && off <= 1) || w.serial != "" && !strings.HasSuffix(c.ID, w.serial) {
			continue
		}
		out = append(out, c)
	}
	var exact []models.Card
	for _, c := range out {
		if c.Head == w.name {
			exact = append(exact, c)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return out
}

// exact reports whether the hit is surely meant: its head or a member bears the
// very name, not only one that sounds like it.
func (w target) exact(c models.Card) bool {
	return c.Head == w.name || c.MatchedBy == w.name || w.serial != ""
}
