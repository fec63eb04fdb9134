package flows

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// target is what a person said after 入户 or 查: a name, perhaps with group,
// birth year or the last four digits of the household id.
type target struct {
	name, group string
	year        int
	serial      string
}

// parseTarget reads «张大有 三组», «三组 张大有», «张大有 三组 1972年», «0017号».
func (t *talk) parseTarget(arg string) target {
	var w target
	if rest, ok := strings.CutPrefix(arg, newWord); ok {
		arg, w.serial = rest, newSerial // 入户 新户 张三: none of the similar names is meant
	}
	var names []string
	parts := strings.Fields(strings.NewReplacer("，", " ", ",", " ", "、", " ").Replace(zh.Clean(arg)))
	for _, part := range parts {
		switch {
		case looksGroup(part) && w.group == "":
			w.group = part
		case strings.HasSuffix(part, "号") && len(part) == 4+len("号") && digits(part[:4]):
			w.serial = part[:4]
		case isYear(part) && len(parts) > 1: // alone it is the tail of a number
			w.year, _ = strconv.Atoi(part[:4])
		default:
			names = append(names, part)
		}
	}
	joined := strings.Join(names, " ")
	if n, ok := zh.ReadName(joined); ok {
		joined = n
	}
	w.name = joined
	return w
}

// looksGroup: 三组, 3组, 二社, 曼班三队, 大水井组.
func looksGroup(s string) bool {
	for _, tail := range []string{"组", "社", "队", "小组", "寨"} {
		if strings.HasSuffix(s, tail) && len([]rune(s)) > 1 {
			return true
		}
	}
	return false
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
		if w.year != 0 && c.HeadBirth.Year() != w.year || w.serial != "" && !strings.HasSuffix(c.ID, w.serial) {
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
