package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Reader reads sentences for one programme profile. It is safe for concurrent
// use: everything in it is made by New and never changed.
type Reader struct {
	profile *models.Profile
	lex     *lexicon
	words   map[string]string // the few words Show needs
	primary []string          // codes of the years of primary and junior school
	junior  []string
	levels  map[string]string // the level of who left school in a year of it
	outside string            // the work area outside the province
}

// New prepares the word tables of a profile.
func New(p *models.Profile) *Reader {
	r := &Reader{profile: p, lex: newLexicon(p)}
	r.words = r.lex.show
	if w := r.lex.words.Get("小学"); w != nil {
		r.primary = w.years
	}
	if w := r.lex.words.Get("初中"); w != nil {
		r.junior = w.years
	}
	r.levels = map[string]string{}
	for _, w := range r.lex.words.All() {
		for _, year := range w.years {
			r.levels[year] = w.edu
		}
	}
	r.outside, _ = item(p, "work_area", "省外")
	return r
}

// Read reads free text: any fields of the sections that may be filled.
func (r *Reader) Read(text string, c Context) Reading {
	text = limit(text)
	if len(c.Open) == 1 {
		if f, ok := r.plain(c.Open[0], text, c); ok {
			return Reading{Facts: []Fact{f}}
		}
		if ref, ok := strings.CutSuffix(c.Open[0], ".id_no"); ok {
			if d, problem := zh.ReadBirth(text, c.Now); problem == zh.DateOK && d.Precision == zh.Day {
				return Reading{Facts: []Fact{said(ref+".birth", d.String(), text)}} // no number yet
			}
		}
		if u := shortYear(c.Open[0], text, c); u != nil && strings.HasSuffix(c.Open[0], ".birth") {
			return Reading{Unread: []Unread{*u}}
		}
	}
	if facts := yesNoInOrder(text, c); facts != nil {
		return Reading{Facts: facts}
	}
	p := r.newPass(text, c)
	p.lex()
	got := p.read()
	if len(c.Open) == 1 && len(got.Facts)+len(got.NewPeople) == 0 && kindOf(c.Open[0]) == models.KindCodes {
		if f, u, ok := r.direct(fieldOf(c.Open[0]), c.Open[0], text, c); ok && u == nil { // 1 3
			return Reading{Facts: []Fact{f}}
		}
	}
	return got
}

// yesNoInOrder reads 是 否 否 for as many open yes-or-no fields.
func yesNoInOrder(text string, c Context) []Fact {
	if len(c.Open) < 2 {
		return nil
	}
	var out []Fact
	at := 0
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" 　、，,/\n", r) }) {
		n := len(out)
		if n >= len(c.Open) || kindOf(c.Open[n]) != models.KindYesNo {
			return nil
		}
		value := map[zh.Answer]models.Tri{zh.Yes: models.Yes, zh.No: models.No}[zh.YesNo(part)]
		if value == "" || deniesWhole(part) {
			return nil
		}
		at += strings.Index(text[at:], part)
		out = append(out, Fact{Path: c.Open[n], Value: string(value), Said: part, Start: at, End: at + len(part)})
		at += len(part)
	}
	if len(out) != len(c.Open) {
		return nil
	}
	return out
}

// plain reads a text that is nothing but an answer to the one open question.
func (r *Reader) plain(path, text string, c Context) (Fact, bool) {
	f := fieldOf(path)
	if f == nil || strings.TrimSpace(text) == "" {
		return Fact{}, false
	}
	switch f.Kind {
	case models.KindCode, models.KindYesNo, models.KindDate, models.KindYear:
		fact, u, ok := r.direct(f, path, text, c)
		return fact, ok && u == nil
	}
	return Fact{}, false
}

// maxText bounds what is read of one text, in bytes.
const maxText = 4096

func limit(text string) string {
	if len(text) > maxText {
		return strings.ToValidUTF8(text[:maxText], "")
	}
	return text
}

// read runs the rules, those that know more before those that know less.
func (p *pass) read() Reading {
	p.setAside()
	p.readDeltas()
	p.subjects()
	p.readCorrections()
	p.readForeign()
	p.readNames()
	p.readChoices()
	p.readDocuments()
	p.readPieces()
	p.readMoney()
	p.readStock()
	p.readIndustries()
	p.readDoctor()
	p.readPeople()
	p.readZodiac()
	p.readAlso()
	p.readHealth()
	p.readSchool()
	p.readChanges()
	p.readWork()
	p.readDwelling()
	p.readWords()
	p.readLetters()
	p.readLabels()
	p.readBare()
	return p.finish()
}
