package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// pass is one reading of one text.
type pass struct {
	r *Reader
	c Context
	zh.Traced
	called   []called
	known    []string // whole names that are known
	listing  bool     // reading a roster: every entry begins with a person
	toks     []token
	gap      bool // a blank came before the next token
	item     bool // the number of a list entry did
	cls      []clause
	clauseOf []int
	subs     []subject
	subject  []int // index into subs for each token, -1 for none
	drafts   []draft
	herds    []herd
	qs       []zh.Quantity    // the quantities of the text
	told     map[int][]string // paths of the facts and guesses of each clause
	last     int              // 1 + the label that 有 or 没有 was said of last
	order    []order          // of names and relations, one a clause and one of the whole text
	more     int              // names that follow in a roster with the relations moreKin
	moreKin  []string
	first    string        // what the first one told of is to the head
	speaker  string        // what the speaker is to the head, where the text is told from their view
	shares   map[int]share // of new people who stand for several
	rest     []string      // fields of which 其他 was told: the first amount is the whole
	house    int           // token that named the household, -1 for none
	out      Reading
}

// draft is a fact with the tokens it was made of.
type draft struct {
	Fact
	from, to int  // tokens, inclusive
	fresh    int  // 1 + index into out.NewPeople, 0 for the household or the roster
	add      bool // amounts of one field are summed
	of       int  // how many people it was said of at once, 0 when of one
}

func (r *Reader) newPass(text string, c Context) *pass {
	p := &pass{r: r, c: c, Traced: zh.Trace(text), house: -1, shares: map[int]share{}, known: knownNames(c)}
	p.called = p.roster()
	return p
}

// asks reports whether the open question asks for a path; "member.x" matches
// the field of any person.
func (p *pass) asks(path string) bool {
	key, ofMember := strings.CutPrefix(path, "member.")
	for _, o := range p.c.Open {
		if o == path {
			return true
		}
		if _, k, _ := strings.Cut(o, "."); ofMember && k == key && isRef(o) {
			return true
		}
	}
	return false
}

// isRef reports whether a path belongs to a person of the roster.
func isRef(path string) bool {
	rec, _, _ := strings.Cut(path, ".")
	switch rec {
	case "household", "condition", "income":
		return false
	}
	return true
}

// may reports whether a path may be filled now.
func (p *pass) may(path string) bool {
	if len(p.c.Sections) == 0 || p.asks(path) {
		return true
	}
	rec, _, _ := strings.Cut(path, ".")
	for _, s := range p.c.Sections {
		if s == rec {
			return true
		}
	}
	return false
}

// fieldOf is the dictionary entry of a path in any form ("m2.health").
func fieldOf(path string) *models.Field {
	if f := models.FieldAt(path); f != nil {
		return f
	}
	if _, key, ok := strings.Cut(path, "."); ok && isRef(path) {
		return models.FieldAt("member." + key)
	}
	return nil
}

// opt flags a fact.
type opt uint8

const (
	approx opt = 1 << iota
	relative
	adds
	replaces
)

// put makes a fact of tokens from to to. A member's path goes to the people
// that the tokens are about; when it is not certain who is meant, it becomes
// unread with a guess for each.
func (p *pass) put(from, to int, path, text string, o opt) {
	p.claim(from, to, path)
	p.cls[p.clauseOf[from]].fact = true
	d := p.draftOf(from, to, path, text, o)
	key, ofMember := strings.CutPrefix(path, "member.")
	if !ofMember {
		p.drafts = append(p.drafts, d)
		return
	}
	s := p.about(from)
	if to > from && p.subject[to] >= 0 {
		s = p.about(to) // 养老保险除了小花都交了
	}
	p.give(d, key, s, 0)
}

// claim settles the tokens of a fact; a year told between its words, 房子2010年盖的85平,
// is of something else and stays.
func (p *pass) claim(from, to int, path string) {
	k := kindOf(path)
	for i := from; i <= to && i < len(p.toks); i++ {
		t := &p.toks[i]
		if i > from && i < to && t.kind == date && t.use == free && numeric(k) && t.s+len("2010年") == t.e && p.Text[t.s] <= '9' {
			continue
		}
		t.use = claimed
	}
}

// give makes the fact d of everybody a subject means.
func (p *pass) give(d draft, key string, s subject, depth int) {
	for _, n := range s.also {
		if depth < 2 {
			p.give(d, key, p.subs[n], depth+1)
		}
	}
	switch {
	case s.fresh > 0:
		d.Path, d.fresh = "m."+key, s.fresh
		p.drafts = append(p.drafts, d)
	case s.ref != "":
		d.Path = s.ref + "." + key
		p.drafts = append(p.drafts, d)
	case s.every && len(s.people) > 0 || len(s.people) == 1:
		if len(s.people) > 1 {
			d.of = len(s.people)
		}
		for _, i := range s.people {
			d.Path = p.c.People[i].Ref + "." + key
			p.drafts = append(p.drafts, d)
		}
		p.giveOthers(d, key, s.left)
	case len(s.also) > 0:
	default:
		p.unsure(d.from, d.to, p.guesses(d.Fact, key, s.people))
	}
}

// giveOthers: 除了张小军都参保 says of 张小军 that he is not; read back.
func (p *pass) giveOthers(d draft, key string, left []int) {
	f := models.FieldAt("member." + key)
	if f == nil {
		return
	}
	if none, ok := p.nothing(f.Path()); ok && (f.Kind == models.KindYesNo || f.Codes == "insurance") {
		if f.Kind == models.KindYesNo {
			none = flip(d.Value)
		} else if d.Value == none {
			return
		}
		d.Value, d.Approx = none, true
		for _, i := range left {
			d.Path = p.c.People[i].Ref + "." + key
			p.drafts = append(p.drafts, d)
		}
	}
}

func (p *pass) draftOf(from, to int, path, text string, o opt) draft {
	s, e := p.toks[from].s, p.toks[to].e
	d := draft{from: from, to: to, add: o&adds != 0}
	d.Path, d.Value, d.Said = path, text, p.Said(s, e)
	d.Start, d.End = p.Span(s, e)
	d.Approx, d.Relative = o&approx != 0, o&relative != 0
	d.Replace = o&replaces != 0 || p.cls[p.clauseOf[from]].replace
	return d
}

// guesses offers a member's fact for each of the people who may be meant.
func (p *pass) guesses(f Fact, key string, people []int) []Fact {
	if len(people) == 0 {
		for i := range p.c.People {
			people = append(people, i)
		}
	}
	var out []Fact
	if len(people) == 0 {
		return nil // nobody is known: no path
	}
	for _, i := range people {
		f.Path = p.c.People[i].Ref + "." + key
		out = append(out, f)
	}
	return out
}

// guessAt names the field a value was meant for, of the people it may be about.
func (p *pass) guessAt(from, to int, path string) []Fact {
	f := p.guess(from, to, path, "")
	key, ofMember := strings.CutPrefix(path, "member.")
	if !ofMember {
		return []Fact{f}
	}
	s := p.about(from)
	switch {
	case s.fresh > 0:
		f.Path = "m." + key
	case s.ref != "":
		f.Path = s.ref + "." + key
	default:
		return p.guesses(f, key, s.people)
	}
	return []Fact{f}
}

// unsure reports tokens as ambiguous; they are settled.
func (p *pass) unsure(from, to int, guess []Fact) { p.unread(from, to, WhyAmbiguous, guess) }

// unread reports tokens that became no fact; they are settled.
func (p *pass) unread(from, to int, why string, guess []Fact) {
	p.mark(from, to, claimed)
	p.cls[p.clauseOf[from]].fact = p.cls[p.clauseOf[from]].fact || why != WhyUnknown
	if p.told == nil {
		p.told = map[int][]string{}
	}
	fresh := 0
	for _, g := range guess {
		p.told[p.clauseOf[from]] = append(p.told[p.clauseOf[from]], g.Path)
		if strings.HasPrefix(g.Path, "m.") {
			fresh = p.about(from).fresh
		}
	}
	s, e := p.toks[from].s, p.toks[to].e
	a, b := p.Span(s, e)
	p.out.Unread = append(p.out.Unread, Unread{Said: p.Said(s, e), Start: a, End: b, Why: why, Guess: guess, New: fresh})
}

// guess is a fact for an Unread.
func (p *pass) guess(from, to int, path, text string) Fact {
	d := p.draftOf(from, to, path, text, 0)
	return d.Fact
}

func (p *pass) mark(from, to int, u use) {
	for i := from; i <= to && i < len(p.toks); i++ {
		p.toks[i].use = max(p.toks[i].use, u)
	}
}

// free reports whether token i exists, is of no rule yet and may be read.
func (p *pass) open(i int) bool { return i >= 0 && i < len(p.toks) && p.toks[i].use == free }

// about is whom a token is about: the subject of its place, the person of the
// open question, the last one spoken of, or the only one there is.
func (p *pass) about(i int) subject {
	if s := p.subject[i]; s >= 0 {
		return p.subs[s]
	}
	ref, open := "", true
	for _, o := range p.c.Open {
		if rec, _, _ := strings.Cut(o, "."); isRef(o) && rec != "member" && rec != "m" {
			if ref != "" && ref != rec {
				ref, open = "", false
				break
			}
			ref = rec
		}
	}
	if ref == "" {
		ref, open = p.c.About, false
	}
	for n, who := range p.c.People {
		if who.Ref == ref && ref != "" {
			return subject{people: []int{n}}
		}
	}
	if open && ref != "" {
		return subject{ref: ref}
	}
	if len(p.c.People) == 1 {
		return subject{people: []int{0}}
	}
	return subject{}
}
