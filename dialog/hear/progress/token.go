package progress

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

type kind int

// What a token is.
const (
	other  kind = iota // signs that are in no word
	vocab              // a word of the lexicon
	amount             // a quantity
	date
)

// tok is a piece of the folded text.
type tok struct {
	kind     kind
	from, to int
	word     *word
	misheard bool // it only sounds like the word
	q        zh.Quantity
}

// maxText bounds what is read of one text, in bytes.
const maxText = 2048

// pass is one text on its way through the reader.
type pass struct {
	r  *Reader
	c  Context
	f  zh.Traced
	qs []zh.Quantity
}

// clause is a stretch of tokens between marks.
type clause struct {
	*pass
	toks     []tok
	from, to int     // bytes of the folded text
	asked    bool    // it ends in a question mark
	before   *Report // what the clauses before tell, nil for the first
}

// clauses cuts the text at commas and full stops, and where a comma is missing (see
// split.go); a blank alone separates nothing (张大有 牛 买回来了).
func (p *pass) clauses(from int) []clause {
	var out []clause
	s, start := p.f.Text, from
	flush := func(end int, mark rune) {
		if strings.TrimSpace(s[start:end]) == "" {
			return
		}
		for _, to := range p.parts(start, end) {
			c := clause{pass: p, from: start, to: to, asked: mark == '?' || mark == '？'}
			c.toks = p.tokens(start, to)
			out = append(out, c)
			start = to
		}
	}
	for i, r := range s[from:] {
		if i += from; strings.ContainsRune("，,、。；;！!？?\n", r) && !p.inNumber(i) {
			flush(i, r)
			start = i + utf8.RuneLen(r)
		}
	}
	flush(len(s), 0)
	return out
}

// inNumber: a comma between digits belongs to the number.
func (p *pass) inNumber(i int) bool {
	for _, q := range p.qs {
		if q.Start < i && i < q.End {
			return true
		}
	}
	return false
}

// unbatch takes 批 off a number that it does not count: 五万批下来了 is a sum that was
// approved.
func (p *pass) unbatch() {
	for i := range p.qs {
		q, s := &p.qs[i], p.f.Text
		if !strings.HasSuffix(s[q.Start:q.End], "批") || !slices.ContainsFunc([]string{"下", "复", "准", "了"}, func(w string) bool { return strings.HasPrefix(s[q.End:], w) }) {
			continue
		}
		q.End -= len("批")
		q.Said, q.Dim, q.Unit = s[q.Start:q.End], zh.Plain, ""
	}
}

// tokens reads words, quantities and dates from s[from:to].
func (p *pass) tokens(from, to int) []tok {
	var out []tok
	s, next := p.f.Text, 0
	for i := from; i < to; {
		for next < len(p.qs) && p.qs[next].Start < i {
			next++
		}
		t := p.tokenAt(s, i, to, next)
		if n := len(out); n > 0 && t.kind == other && out[n-1].kind == other {
			out[n-1].to = t.to
		} else {
			out = append(out, t)
		}
		i = t.to
	}
	return out
}

func (p *pass) tokenAt(s string, i, to, next int) tok {
	if end := p.dateEnd(i, to); end > i {
		return tok{kind: date, from: i, to: end}
	}
	limit := to - i
	if next < len(p.qs) {
		q := p.qs[next]
		if q.Start == i && q.End <= to {
			if w := p.r.lex.words.Find(s[i:], limit); w == nil || len(w.text) <= q.End-i {
				return tok{kind: amount, from: i, to: q.End, q: q}
			}
		} else if q.Start > i && q.Start < to {
			if w := p.r.lex.words.Find(s[i:], limit); w != nil && i+len(w.text) > q.Start && i+len(w.text) < q.End {
				limit = q.Start - i
			}
		}
	}
	w := p.r.lex.words.Find(s[i:], limit)
	if alike, n := p.r.lex.misheard(s[i:], p.beforeNumber(i, min(limit, to-i), next)); alike != nil && (w == nil || len(w.text) < n) {
		return tok{kind: vocab, from: i, to: i + n, word: alike, misheard: true}
	}
	if w != nil {
		return tok{kind: vocab, from: i, to: i + len(w.text), word: w}
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return tok{kind: other, from: i, to: i + n}
}

// beforeNumber is limit, or less when a quantity begins before it.
func (p *pass) beforeNumber(i, limit, next int) int {
	if next < len(p.qs) && p.qs[next].Start >= i {
		return min(limit, p.qs[next].Start-i)
	}
	return limit
}

// dateSigns are what a date may begin with, timeSigns one of which it must hold.
const (
	dateSigns = "0123456789一二三四五六七八九十廿卅月年本这今明后昨前去上下大腊冬正国元春过火泼开当即半两周星礼季"
	timeSigns = "月年天日号周期礼季旦庆节末底初腊冬旬春晚早夜"
	dateRest  = "个拜以之内里份第中至-./庆旦节末底初旬期天日号把泼水三十夕晚早夜" // with dateSigns, all that dates are made of
	dateMost  = 14                                  // signs
)

// dateEnd is the end of the longest date that begins at byte i, i when there is
// none. A bare duration (两个月) is none, nor is a number without a word of time.
func (p *pass) dateEnd(i, to int) int {
	s := p.f.Text[i:to]
	r, _ := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(dateSigns, r) {
		return i
	}
	end := i
	for n, k := 0, 0; n < len(s) && k < dateMost; k++ {
		r, size := utf8.DecodeRuneInString(s[n:])
		if n += size; !strings.ContainsRune(dateSigns+dateRest, r) {
			break
		}
		said := s[:n]
		if !strings.ContainsAny(said, timeSigns) && strings.Count(said, "-")+strings.Count(said, ".")+strings.Count(said, "/") < 1 {
			continue
		}
		if d, problem := zh.ReadDate(said, p.c.Now); problem == zh.DateOK && d.Precision != zh.NoDate && dated(said) {
			end = i + n
		}
	}
	return end
}

// dated keeps fractions, durations and place-like words from being dates: 2/3
// and 1.2 are numbers, 两个月 without 后 is how long.
func dated(said string) bool {
	if strings.ContainsAny(said, timeSigns) {
		long := strings.Contains(said, "个月") || strings.HasSuffix(said, "天") && strings.ContainsAny(said, "0123456789一二两三四五六七八九十半") || strings.Contains(said, "个星期") || strings.Contains(said, "个礼拜")
		if long && !strings.ContainsAny(said, "后内下上这本大前今明昨") {
			return false
		}
		return !strings.HasPrefix(said, "一期") && !strings.HasPrefix(said, "二期")
	}
	return strings.Count(said, "-")+strings.Count(said, ".")+strings.Count(said, "/") == 2
}

// text is the folded text of a token.
func (c *clause) text(t *tok) string { return c.f.Text[t.from:t.to] }

// said is the clause as it was written.
func (c *clause) said() string { return strings.TrimSpace(c.f.Said(c.from, c.to)) }

// has finds a word with the role; -1 when there is none.
func (c *clause) has(r role) int {
	return c.find(func(t *tok) bool { return t.word.is(r) })
}

// find is the first token that fits, -1 when there is none.
func (c *clause) find(fits func(*tok) bool) int {
	for i := range c.toks {
		if fits(&c.toks[i]) {
			return i
		}
	}
	return -1
}
