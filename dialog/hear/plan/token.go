package plan

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

type kind int

// What a token is.
const (
	rest   kind = iota // signs that are in no word
	vocab              // a word of the lexicon
	amount             // a quantity
	date
	mark
	phone
)

// Strength of a mark: what it separates.
const (
	blank   = 1 // a space or a colon
	comma   = 2
	fullstp = 3
)

// tok is a piece of the folded text.
type tok struct {
	kind     kind
	from, to int
	word     *word // vocab; of a person the word is nil and ref is set
	q        zh.Quantity
	on       zh.Date // date: as it reads without a lean, none when it cannot be
	year     int     // date: of the one it takes the place of, 0 none
	strength int
	person   int // 1 + index in Context.People, 0 none
	official int // 1 + index in Context.Officials, 0 none
}

func (t *tok) is(r role) bool { return t.word.is(r) }

func (t *tok) means(s sense) bool { return t.word.means(s) }

// pass is one text on its way through a reader.
type pass struct {
	r      *Reader
	c      Context
	f      zh.Traced
	toks   []tok
	pieces []piece
	unread []Unread
	qs     []zh.Quantity

	fixed    bool         // something was taken back for something better
	assumed  bool         // the last rate was taken for twelve months
	between  int          // token of a due date of which no word says that all is finished then, -1 none
	worked   bool         // what is left for somebody was worked out
	earns    bool         // sums are what is earned
	numbered bool         // the message is a numbered list
	items    map[int]bool // first tokens of the items of a list
	year     string       // last year an output was told for
	yearFlag bool         // … in relative words
	dropped  map[int]bool // first tokens of measures that another takes the place of
	used     []bool       // amounts that a rate was multiplied with, or an output took
	waiting  *Output      // an indicator whose number was not said yet
	waitAt   piece
	spare    *Output // a number whose indicator was not said yet
	spareAt  piece
	before   zh.Date // the last date without a year in a result
	lateTo   int     // where the last piece with nothing but a year ended
	forWhom  int     // how many members the measure is for
	autoAt   int     // 1 + index of the result that counts one house although nobody said so
	auto     bool
	rated    bool         // a result was worked out of a rate
	results  bool         // reading nothing but outputs
	answers  map[int]bool // tokens of those who answer for a measure, behind its words
	claimed  []bool       // tokens that are no money: dates of a measure, its quantity, its outputs
}

// maxText bounds what is read of one text, in bytes.
const maxText = 4096

// newPass makes the tokens of a text and cuts them into pieces.
func (r *Reader) newPass(text string, c Context) *pass {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	p := &pass{r: r, c: c, f: zh.Trace(text)}
	p.f.Text = apart(p.f, respell(p.f.Text))
	p.qs = p.quantities(p.f.Text)
	p.yearWords()
	p.lex()
	p.used = make([]bool, len(p.toks))
	p.contracts()
	p.halve()
	p.remains()
	p.corrections()
	p.cut()
	p.claimed, p.used = make([]bool, len(p.toks)), make([]bool, len(p.toks))
	return p
}

// contracts takes the doctor out of a 签约 that is about something else (签约拆旧), and
// the money out of where somebody goes (到上海务工).
func (p *pass) contracts() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.word != nil && t.word.source == "east_west" && i > 0 && strings.ContainsRune("到去往在", lastRune(p.text(i-1, i))) && i+1 < len(p.toks) && p.toks[i+1].means(job) {
			t.kind, t.word = rest, nil
			continue
		}
		if t.kind != vocab || t.word == nil || t.word.text != "签约" {
			continue
		}
		from, to := i, i+1
		for from > 0 && p.toks[from-1].kind != mark {
			from--
		}
		for to < len(p.toks) && p.toks[to].kind != mark {
			to++
		}
		if p.r.lex.holds("contracts", p.text(from, to)) {
			t.kind, t.word = rest, nil
		}
	}
}

// lex makes the tokens: documents and known names first, then quantities and
// dates, then the longest words; the rest joins into runs.
func (p *pass) lex() {
	s := p.f.Text
	aside := p.aside()
	next := 0 // quantity
	for i := 0; i < len(s); {
		for next < len(p.qs) && p.qs[next].Start < i {
			next++
		}
		if len(aside) > 0 && aside[0].from <= i {
			if aside[0].from == i {
				p.toks = append(p.toks, aside[0])
				i = aside[0].to
			}
			aside = aside[1:]
			continue
		}
		limit := len(s) - i
		if len(aside) > 0 {
			limit = aside[0].from - i
		}
		t := p.tokenAt(i, next, limit)
		p.toks = append(p.toks, t)
		if n := len(p.toks); n > 1 && t.kind == rest && p.toks[n-2].kind == rest {
			p.toks[n-2].to = t.to
			p.toks = p.toks[:n-1]
		}
		i = t.to
	}
}

// tokenAt is the token that begins at byte i.
func (p *pass) tokenAt(i, next, limit int) tok {
	s := p.f.Text
	r, n := utf8.DecodeRuneInString(s[i:])
	var q *zh.Quantity
	if next < len(p.qs) {
		q = &p.qs[next]
	}
	if q != nil && q.Start > i { // a word may cover a quantity, but not cut into it
		if w := p.r.lex.words.Find(s[i:], limit); w == nil || i+len(w.text) > q.Start && i+len(w.text) < q.End {
			limit = min(limit, q.Start-i)
		}
	}
	w := p.r.lex.words.Find(s[i:], limit)
	if end, on := p.dateEnd(i, next, w); end > i {
		return tok{kind: date, from: i, to: end, on: on}
	}
	if q != nil && q.Start == i && strings.HasPrefix(s[q.End:], "瓦") { // 5千瓦 is no sum
		return tok{kind: rest, from: i, to: q.End + len("瓦")}
	}
	if q != nil && q.Start == i && (w == nil || len(w.text) < q.End-i || w.thing == "" && len(w.cats) == 0 && w.source == "" && w.roles&^fill == 0) {
		return tok{kind: amount, from: i, to: q.End, q: *q}
	}
	if st := strengthOf(r); st > 0 {
		return tok{kind: mark, from: i, to: i + n, strength: st}
	}
	if w != nil && !p.inLetters(i, i+len(w.text)) {
		return tok{kind: vocab, from: i, to: i + len(w.text), word: w}
	}
	return tok{kind: rest, from: i, to: i + n}
}

// inLetters: a Latin word ends where its letters end.
func (p *pass) inLetters(from, to int) bool {
	letter := func(i int) bool { return i >= 0 && i < len(p.f.Text) && p.f.Text[i] >= 'A' && p.f.Text[i] <= 'Z' }
	return letter(from) && letter(from-1) || letter(to-1) && letter(to)
}

func strengthOf(r rune) int {
	switch r {
	case ' ', '\t', ':', '：', '(', ')', '/', '"', '“', '”', '《', '》', '+', '*':
		return blank
	case ',', '，', '、', pause:
		return comma
	case '。', ';', '；', '!', '！', '?', '？', '\n', '\r', '|', '.':
		return fullstp
	}
	return 0
}

// aside are the documents and the names already known, in order.
func (p *pass) aside() []tok {
	var out []tok
	put := func(t tok) {
		for _, o := range out {
			if t.from < o.to && o.from < t.to {
				return
			}
		}
		i := len(out)
		for i > 0 && out[i-1].from > t.from {
			i--
		}
		out = append(out[:i], append([]tok{t}, out[i:]...)...)
	}
	if hasDigits(p.f.Text, 11) || spelledDigits(p.f.Text) {
		for _, ph := range zh.Phones(p.f.Text) {
			put(tok{kind: phone, from: ph.Start, to: ph.End})
		}
	}
	for i, m := range p.c.People {
		p.named(m.Name, func(from, to int) { put(tok{kind: vocab, from: from, to: to, person: i + 1}) })
	}
	for i, o := range p.c.Officials {
		p.named(o.Name, func(from, to int) { put(tok{kind: vocab, from: from, to: to, official: i + 1}) })
	}
	return out
}

// spelledDigits: a number may be dictated digit by digit.
func spelledDigits(s string) bool {
	return strings.Contains(s, "一三") || strings.Contains(s, "一五") || strings.Contains(s, "一八") || strings.Contains(s, "幺") || strings.Contains(s, "一七") || strings.Contains(s, "一九")
}

func hasDigits(s string, n int) bool {
	have := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			have++
		}
	}
	return have >= n
}

// named finds every place of a full name.
func (p *pass) named(name string, found func(from, to int)) {
	if utf8.RuneCountInString(name) < 2 {
		return
	}
	if strings.IndexFunc(name, func(r rune) bool { return r < utf8.RuneSelf || zh.Traditional(r) }) >= 0 {
		name = zh.Trace(name).Text
	}
	for from := 0; ; {
		i := strings.Index(p.f.Text[from:], name)
		if i < 0 {
			return
		}
		found(from+i, from+i+len(name))
		from += i + len(name)
	}
}

// text is the folded text of tokens.
func (p *pass) text(from, to int) string {
	if from >= to {
		return ""
	}
	return p.f.Text[p.toks[from].from:p.toks[to-1].to]
}

// span is the original text of the tokens from … to-1, marks at the ends left out.
func (p *pass) span(from, to int) Span {
	for from < to && p.toks[from].kind == mark {
		from++
	}
	for to > from && p.toks[to-1].kind == mark {
		to--
	}
	if from == to {
		return Span{}
	}
	return p.at(p.toks[from].from, p.toks[to-1].to)
}

// at is the original text of a span of the folded text.
func (p *pass) at(from, to int) Span {
	start, end := p.f.Span(from, to)
	return Span{Said: p.f.Source[start:end], Start: start, End: end}
}

// report keeps what was not read, once.
func (p *pass) report(u Unread) {
	for _, o := range p.unread {
		if o.Span == u.Span && o.Why == u.Why {
			return
		}
	}
	p.unread = append(p.unread, u)
}

// speak reports the whole text when a reader got nothing out of it and would
// say nothing: a lone date, a count without money.
func (p *pass) speak(values int) {
	if values > 0 || len(p.unread) > 0 {
		return
	}
	for _, x := range p.pieces {
		if !p.empty(x) {
			p.leave(0, len(p.toks), WhyUnknown)
			return
		}
	}
}

// leave reports tokens that became no value.
func (p *pass) leave(from, to int, why string, guess ...string) {
	if s := p.span(from, to); s.Said != "" {
		p.report(Unread{Span: s, Why: why, Guess: guess})
	}
}
