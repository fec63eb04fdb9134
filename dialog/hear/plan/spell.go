package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// misheard are signs that speech recognition writes for a unit, with what may
// not follow when it is a word of its own. Both have the same length, so that
// the way back to the text stays right.
var misheard = []struct{ said, meant, bar string }{
	{"木", "亩", "材料匠工头板耳瓜香船制薯本结"},
	{"母", "亩", "牛猪羊鸡猫狗马亲女子"},
	{"畝", "亩", ""},
}

// pause stands for a Chinese comma between digits, which is no separator of
// thousands: 每只补15，100只.
const pause = '&'

// apart marks such commas.
func apart(f zh.Traced, s string) string {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == ',' && digit(s[i-1]) && digit(s[i+1]) && f.Said(i, i+1) != "," {
			s = s[:i] + string(pause) + s[i+1:]
		}
	}
	return s
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// respell puts the unit that was meant behind a number: 十五木 → 十五亩.
func respell(s string) string {
	for _, m := range misheard {
		for from := 0; ; {
			i := strings.Index(s[from:], m.said)
			if i < 0 {
				break
			}
			i += from
			from = i + len(m.said)
			next, _ := utf8.DecodeRuneInString(s[from:])
			if !numeral(s[:i]) || from < len(s) && strings.ContainsRune(m.bar, next) {
				continue
			}
			s = s[:i] + m.meant + s[from:]
		}
	}
	return s
}

// numeral: the text ends in a sign of a number.
func numeral(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= '0' && r <= '9' || strings.ContainsRune("一二三四五六七八九十百两半", r)
}

// yearWords turns durations that are spoken years into parts of a date: 十九年
// is 2019 where the programme reaches it, unless something is counted with it.
func (p *pass) yearWords() {
	s, last := p.f.Text, p.c.Last%100
	for k := range p.qs {
		q := &p.qs[k]
		n, whole := q.Value.Int()
		if s[q.Start:q.End] == "一月" && k+1 < len(p.qs) && p.qs[k+1].Start == q.End && (p.qs[k+1].Dim == zh.Money || p.qs[k+1].Dim == zh.Plain && p.qs[k+1].Value >= zh.Whole(100)) { // 一月六百
			q.Dim, q.Num = zh.Months, zh.Num{Value: zh.One}
			continue
		}
		if said := s[q.Start:q.End]; q.Dim == zh.Calendar && len(said) == len("20年") && strings.HasSuffix(said, "年") && p.spans(q.Start) { // 租20年
			if n, err := strconv.Atoi(said[:2]); err == nil {
				q.Dim, q.Num = zh.Years, zh.Num{Value: zh.Whole(n)}
			}
			continue
		}
		if q.Dim != zh.Years || q.Approx || q.Per != "" || !whole || n < 11 || n > last || s[q.Start] <= '9' {
			continue
		}
		prev, _ := utf8.DecodeLastRuneInString(s[:q.Start])
		next, _ := utf8.DecodeRuneInString(s[q.End:])
		if q.Start > 0 && (strings.ContainsRune("了有住干满共过用病瘫养第近快整约达多", prev) || p.spans(q.Start)) || q.End < len(s) && strings.ContainsRune("了来多后以内限期没时间长", next) {
			continue
		}
		q.Dim = zh.Calendar
	}
}
