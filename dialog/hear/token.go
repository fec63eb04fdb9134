package hear

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

type kind uint8

// The kinds of tokens.
const (
	raw     kind = iota // signs no table knows
	known               // a word of the lexicon
	amount              // a quantity
	date                // a date
	person              // somebody of the roster, by name
	newname             // reads like the name of somebody else
	idno                // an ID or disability-certificate number
	phone
	digits // a long number that is neither: a bank account
	mark   // punctuation
)

// use says what became of a token.
type use uint8

const (
	free    use = iota
	helped      // understood as part of something, or as context
	claimed     // a fact was made of it
)

// token is one piece of a sentence.
type token struct {
	kind
	s, e   int // byte span in the folded text
	word   *word
	q      zh.Quantity
	date   zh.Date
	id     *zh.IDNumber
	number string // phone or bank account
	people []int  // roster indexes
	brk    int    // mark: 2 ends a sentence, 1 a clause, 0 only separates
	gap    bool   // a blank before it
	item   bool   // the number of a list entry before it
	named  bool   // the whole name of a school, a hospital or an employer
	use    use
}

func (t *token) is(r role) bool { return t.kind == known && t.word.roles&r != 0 }

// lex cuts the folded text into tokens: documents first, then at every place
// the longest of person, word and quantity.
func (p *pass) lex() {
	docs := p.documents()
	p.toks = make([]token, 0, len(p.Text)/5+4)
	hidden := p.masked(landed(p.Text))
	p.qs = p.ages(hidden, quantities(hidden))
	qs := p.qs
	for i := range qs {
		qs[i] = unrated(qs[i], p.Text)
	}
	for pos := 0; pos < len(p.Text); {
		for len(qs) > 0 && qs[0].Start < pos {
			qs = qs[1:]
		}
		var q *zh.Quantity
		if len(qs) > 0 && qs[0].Start == pos && qs[0].End > pos {
			q = &qs[0]
		}
		switch d, ok := docs[pos]; {
		case ok:
			p.push(d)
		case p.listing && p.listNumber(pos) > 0:
			pos += p.listNumber(pos)
			p.gap, p.item = true, true
			continue
		case p.Text[pos] == ' ':
			pos++
			p.gap = true
			continue
		default:
			p.push(p.tokenAt(pos, q))
		}
		pos = p.toks[len(p.toks)-1].e
	}
	p.joinDates()
	p.takeNames()
	p.nearly()
	p.clauses()
}

// listNumber is the length of 1. or 2、 before an entry of a roster.
func (p *pass) listNumber(pos int) int {
	if pos > 0 && !strings.ContainsRune(" \n\t,;", rune(p.Text[pos-1])) && !strings.HasSuffix(p.Text[:pos], "。") {
		return 0
	}
	n := 0
	for pos+n < len(p.Text) && n < 3 && p.Text[pos+n] >= '0' && p.Text[pos+n] <= '9' {
		n++
	}
	if n == 0 || n > 2 {
		return 0
	}
	for _, dot := range []string{".", "、", ")"} {
		if rest, ok := strings.CutPrefix(p.Text[pos+n:], dot); ok {
			if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " ")); unicode.Is(unicode.Han, r) {
				return n + len(dot)
			}
		}
	}
	return 0
}

// push adds a token; raw signs in a row become one token.
func (p *pass) push(t token) {
	t.gap, p.gap = p.gap || len(p.toks) == 0, false
	t.item, p.item = p.item, false
	if n := len(p.toks); n > 0 && t.kind == raw && p.toks[n-1].kind == raw && !t.gap {
		p.toks[n-1].e = t.e
		return
	}
	p.toks = append(p.toks, t)
}

func (p *pass) tokenAt(pos int, q *zh.Quantity) token {
	rest := p.Text[pos:]
	if t, ok := p.rosterAt(pos); ok {
		return t
	}
	if end := p.knownAt(pos); p.listing && end > pos {
		return token{kind: newname, s: pos, e: end}
	}
	w := p.r.lex.find(rest)
	if n := len(p.toks); n > 0 && !p.gap && p.toks[n-1].kind == newname && p.toks[n-1].e-p.toks[n-1].s == 3 && strings.HasPrefix(rest, "家") {
		w = p.r.lex.words.Get("家") // 李家属性: not 家属
	}
	if end := p.newNameAt(pos, w, q); end > pos {
		return token{kind: newname, s: pos, e: end}
	}
	if w != nil && p.splitsName(pos, w) {
		w = nil
	}
	w = p.beforePlace(p.ownHave(w), pos)
	if q != nil && (p.isNameNumeral(pos, q) || p.strayAge(pos, q)) {
		q = nil
	}
	if q != nil && (w == nil || q.End-q.Start > len(w.text) || len(w.text) <= 3 && q.End-q.Start >= len(w.text)) {
		if said := p.Text[pos:q.End]; q.Dim == zh.Area && (strings.HasSuffix(said, "田") || strings.HasSuffix(said, "地")) && !p.afterLabel() {
			q.End -= 3 // 三亩五分田: the last sign is the label
		}
		if p.negative(pos) {
			q.Value = -q.Value
		}
		return token{kind: amount, s: pos, e: q.End, q: *q}
	}
	if w != nil {
		return token{kind: known, s: pos, e: pos + len(w.text), word: w}
	}
	r, n := utf8.DecodeRuneInString(rest)
	if brk, ok := breaks(r); ok {
		return token{kind: mark, s: pos, e: pos + n, brk: brk}
	}
	return token{kind: raw, s: pos, e: pos + n}
}

// restAfter is the text behind a word that begins where the last token ended.
func (p *pass) restAfter(w *word) string { return p.Text[p.toks[len(p.toks)-1].e+len(w.text):] }

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// afterLabel: the last token but fillers is a label.
func (p *pass) afterLabel() bool {
	for i := len(p.toks) - 1; i >= 0; i-- {
		if !p.toks[i].is(fill) {
			return slices.ContainsFunc(labelsOf(&p.toks[i]), func(path string) bool { return numeric(kindOf(path)) })
		}
	}
	return false
}

// breaks says how strongly a sign separates, and whether it is a separator.
func breaks(r rune) (int, bool) {
	switch r {
	case '。', ';', '!', '?', '\n', '\r':
		return 2, true
	case ',', '.', '…', '(', ')', '【', '】', '|', '/':
		return 1, true
	}
	return 0, unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) || r == '\t'
}

// isNameNumeral: the 四 of 王老四 is no number.
func (p *pass) isNameNumeral(pos int, q *zh.Quantity) bool {
	n := len(p.toks)
	if n == 0 || p.gap || q.Dim != zh.Plain || p.toks[n-1].e != pos || q.End-q.Start != 3 || p.Text[pos] <= '9' {
		return false
	}
	prev := p.toks[n-1]
	return prev.kind == raw && prev.e-prev.s <= 6 && !strings.HasSuffix(p.Text[:pos], "分")
}

// splitsName: single signs such as 田 or 社 are words only where a value, a
// word or the end of the text follows, not inside a run of unknown signs that
// reads like a name.
func (p *pass) splitsName(pos int, w *word) bool {
	n := len(p.toks)
	if n == 0 || p.gap || utf8.RuneCountInString(w.text) > 1 || w.roles&^(label|kin|fill) != 0 {
		return false
	}
	prev := p.toks[n-1]
	return prev.kind == raw && prev.e == pos && utf8.RuneCountInString(p.Text[prev.s:prev.e]) == 1 && w.roles&fill == 0
}

// documents finds ID numbers, phones and bank accounts, by the byte they start at.
func (p *pass) documents() map[int]token {
	run := 0
	for i := 0; i < len(p.Text); i++ {
		if c := p.Text[i]; c >= '0' && c <= '9' {
			run++
		}
	}
	if run < 11 {
		return nil
	}
	out := map[int]token{}
	covered := func(s int) bool {
		for _, t := range out {
			if s >= t.s && s < t.e {
				return true
			}
		}
		return false
	}
	bank := strings.Contains(p.Text, "卡") || strings.Contains(p.Text, "账") || p.asks("household.bank_no")
	for _, n := range bankNumbers(p.Text) {
		if bank || n.valid && len(n.number) != 18 {
			out[n.s] = token{kind: digits, s: n.s, e: n.e, number: n.number}
		}
	}
	for _, id := range zh.IDNumbers(p.Text, p.c.Now) {
		if !covered(id.Start) {
			out[id.Start] = token{kind: idno, s: id.Start, e: id.End, id: &id}
		}
	}
	for _, ph := range zh.Phones(p.Text) {
		if !covered(ph.Start) && phoneGroups(p.Text[ph.Start:ph.End]) {
			out[ph.Start] = token{kind: phone, s: ph.Start, e: ph.End, number: ph.Number}
		}
	}
	return out
}

// phoneGroups: the digits stand together or as phones are grouped; 18000 0 6000 0
// are four answers.
func phoneGroups(said string) bool {
	groups := strings.FieldsFunc(said, func(r rune) bool { return r < '0' || r > '9' })
	for _, g := range groups {
		if len(g) < 3 {
			return false
		}
	}
	return len(groups) <= 4
}

// joinDates makes one token of 去年 and 8月, or of 去年 alone.
func (p *pass) joinDates() {
	out := p.toks[:0]
	for i := 0; i < len(p.toks); {
		j := i
		for j < len(p.toks) && p.datePiece(j, i) {
			j++
		}
		if j > i {
			s, e := p.toks[i].s, p.toks[j-1].e
			d, problem := zh.ReadDateLean(p.Text[s:e], p.c.Now, zh.Past)
			if problem == zh.DateOK {
				t := token{kind: date, s: s, e: e, date: d, gap: p.toks[i].gap}
				if j == i+1 {
					t.q = p.toks[i].q // 19年 may still be meant otherwise
				}
				out = append(out, t)
				i = j
				continue
			}
		}
		out = append(out, p.toks[i])
		i++
	}
	p.toks = out
}

func (p *pass) datePiece(j, first int) bool {
	t := &p.toks[j]
	if j > first && t.gap {
		return false
	}
	return t.is(when) || t.kind == amount && t.q.Dim == zh.Calendar ||
		j > first && t.kind == amount && t.q.Dim == zh.Ordinal && strings.HasSuffix(p.Text[t.s:t.e], "号")
}

// clause is a run of tokens between separators of strength one and more.
type clause struct {
	from, to int
	question bool // asked
	replace  bool // a correction
	fact     bool // some fact was made of it
}

func (p *pass) clauses() {
	from := 0
	for i := range p.toks {
		if p.toks[i].kind == mark && p.toks[i].brk >= 1 {
			p.cls = append(p.cls, clause{from: from, to: i, question: strings.ContainsAny(p.Text[p.toks[i].s:p.toks[i].e], "?")})
			from = i + 1
		}
	}
	p.cls = append(p.cls, clause{from: from, to: len(p.toks)})
	p.clauseOf = make([]int, len(p.toks)+1)
	for n, c := range p.cls {
		for i := c.from; i <= c.to && i < len(p.toks); i++ {
			p.clauseOf[i] = n
		}
	}
	p.clauseOf[len(p.toks)] = len(p.cls) - 1
}
