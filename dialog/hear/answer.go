package hear

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Answer reads a text that as a whole answers one field. It returns either the
// fact, or what is wrong: impossible when a value was meant that cannot be,
// bad_id, ambiguous with guesses, or not_a_field when the text says nothing for
// this field (it may still say something for others: see Read).
func (r *Reader) Answer(path, text string, c Context) (Fact, *Unread) {
	text = limit(text)
	f := fieldOf(path)
	if clean := zh.Clean(text); f == nil || clean == "" || deniesWhole(clean) && len([]rune(clean)) <= 6 || deniesPerson(clean) && f.Key != "remark" {
		return Fact{}, whole(text, WhyNotAField)
	}
	c.Open, c.Sections = []string{path}, []string{f.Record}
	if fact, u, ok := r.direct(f, path, text, c); ok {
		return fact, u
	}
	got := r.Read(text, c)
	for _, fact := range got.Facts {
		if fact.Path == path {
			return fact, nil
		}
	}
	for _, n := range got.NewPeople {
		for _, fact := range n.Facts {
			if isRef(path) && strings.TrimPrefix(fact.Path, "m.") == f.Key && len(got.NewPeople) == 1 {
				fact.Path = path
				return fact, nil
			}
		}
	}
	for _, u := range got.Unread {
		if u.Why != WhyUnknown {
			return Fact{}, &u
		}
	}
	if f.Kind == models.KindText {
		question := slices.ContainsFunc(got.Unread, func(u Unread) bool { return u.Why == WhyQuestion })
		if t := zh.Clean(text); len([]rune(t)) <= 60 && !question && (len(got.Unread) > 0 || len([]rune(t)) <= 12 && !strings.ContainsAny(t, " ，,。；")) {
			return said(path, t, text), nil
		}
	}
	return Fact{}, whole(text, WhyNotAField)
}

// whole is an Unread of the whole text.
func whole(text, why string, guess ...Fact) *Unread {
	return &Unread{Said: text, End: len(text), Why: why, Guess: guess}
}

// said is a fact of the whole text.
func said(path, value, text string) Fact {
	return Fact{Path: path, Value: value, Said: text, End: len(text)}
}

// direct reads the plain answers of a kind; ok is false when it is none.
func (r *Reader) direct(f *models.Field, path, text string, c Context) (Fact, *Unread, bool) {
	p := r.newPass(text, c)
	if f.Path() == "household.phone" && zh.IsNone(text) {
		return said("household.no_phone", string(models.Yes), text), nil, true
	}
	if text, ok := p.nothing(f.Path()); ok && zh.IsNone(p.Source) {
		return said(path, text, p.Source), nil, true
	}
	switch f.Kind {
	case models.KindYesNo:
		if deniesWhole(zh.Clean(text)) || deniesPerson(text) {
			return Fact{}, nil, false
		}
		switch zh.YesNo(text) {
		case zh.Yes:
			return said(path, string(models.Yes), text), nil, true
		case zh.No:
			return said(path, string(models.No), text), nil, true
		}
	case models.KindCode, models.KindCodes:
		return r.choose(f, path, text)
	case models.KindMoney, models.KindArea, models.KindFloor, models.KindKm, models.KindMonths, models.KindInt:
		return r.amount(f, path, p)
	case models.KindYear:
		if y, ok := zh.ReadYear(text, c.Now); ok {
			return said(path, strconv.Itoa(y), text), nil, true
		}
	case models.KindDate:
		return answerDate(f, path, text, c)
	case models.KindName:
		if n, ok := zh.ReadName(text); ok {
			return said(path, n, text), nil, true
		}
	case models.KindID, models.KindPhone, models.KindBank:
		return document(f, path, p)
	case models.KindText:
		return answerText(f, path, text)
	}
	return Fact{}, nil, false
}

// answerText takes short plain words as they are; sentences go the long way.
func answerText(f *models.Field, path, text string) (Fact, *Unread, bool) {
	t := zh.Clean(text)
	n := len([]rune(t))
	if f.Key == "water_source" || f.Key == "school_name" || f.Key == "work_addr" || f.Key == "house_eval_org" || n > 200 {
		return Fact{}, nil, false
	}
	if f.Key == "remark" || f.Key == "change_note" || n <= 30 && !strings.ContainsAny(t, "?？") {
		return said(path, t, text), nil, true
	}
	return Fact{}, nil, false
}

// choose reads one or several entries of the field's list.
func (r *Reader) choose(f *models.Field, path, text string) (Fact, *Unread, bool) {
	if f.Codes == "" {
		return said(path, strings.Join(zh.SplitList(text), ","), text), nil, true
	}
	var choices []zh.Choice
	items := r.profile.Codes[f.Codes]
	for _, it := range items {
		also := slices.DeleteFunc(slices.Clone(it.Also), func(a string) bool { return strings.Contains(a, "危房") }) // C or D: asked
		choices = append(choices, zh.Choice{Key: it.Key, Label: it.Label, Also: also})
	}
	picked, rest, ok := zh.ReadChoice(text, choices)
	if !ok || strings.TrimSpace(rest) != "" {
		return Fact{}, nil, false
	}
	var keys []string
	for _, i := range picked {
		keys = append(keys, items[i].Key)
	}
	if f.Kind == models.KindCodes {
		d := draft{Fact: said(path, strings.Join(keys, ","), text)}
		p := pass{r: r, Traced: zh.Traced{Source: text}}
		if p.contradicts(d.Fact) {
			return Fact{}, whole(text, WhyImpossible, Fact{Path: path}), true
		}
		return d.Fact, nil, true
	}
	if len(keys) > 1 {
		var g []Fact
		for _, k := range keys {
			g = append(g, said(path, k, text))
		}
		return Fact{}, whole(text, WhyAmbiguous, g...), true
	}
	return said(path, keys[0], text), nil, true
}

func (r *Reader) amount(f *models.Field, path string, p *pass) (Fact, *Unread, bool) {
	want := zh.Plain
	if d := dims[f.Kind]; len(d) > 0 {
		want = d[0]
	}
	q, ok := zh.ReadQuantity(landed(p.Text), want)
	if !ok || isDelta(p.Text) || q.Per != "" || strings.Contains(p.Text, "每") {
		return Fact{}, nil, false
	}
	if q.Dim != want && !(f.Kind == models.KindMonths && q.Dim == zh.Years) {
		return Fact{}, nil, false
	}
	text, o, why := number(q, f.Kind)
	if why != "" {
		return Fact{}, whole(p.Source, why, Fact{Path: path}), true
	}
	fact := said(path, text, p.Source)
	fact.Approx = o&approx != 0
	return fact, nil, true
}

// shortYear: 96 may be the age or the year 1996.
func shortYear(path, text string, c Context) *Unread {
	t := strings.TrimSpace(text)
	n, err := strconv.Atoi(t)
	if err != nil || len(t) != 2 || n < 60 {
		return nil
	}
	return whole(text, WhyAmbiguous, said(path, strconv.Itoa(c.Now.Year()-n), text), said(path, strconv.Itoa(1900+n), text))
}

func answerDate(f *models.Field, path, text string, c Context) (Fact, *Unread, bool) {
	d, problem := zh.ReadDateLean(text, c.Now, zh.Past)
	if f.Key == "birth" {
		if u := shortYear(path, text, c); u != nil {
			return Fact{}, u, true
		}
		d, problem = zh.ReadBirth(text, c.Now)
	}
	switch {
	case problem == zh.DateUnread:
		return Fact{}, nil, false
	case problem == zh.DateImpossible, problem == zh.DateOK && d.First().After(c.Now):
		return Fact{}, whole(text, WhyImpossible, Fact{Path: path}), true
	case problem != zh.DateOK:
		return Fact{}, whole(text, WhyAmbiguous, Fact{Path: path}), true
	}
	fact := said(path, d.String(), text)
	fact.Approx, fact.Relative = d.Approx, d.Relative
	return fact, nil, true
}

// document reads an answer that is a number of an ID, a phone or an account.
func document(f *models.Field, path string, p *pass) (Fact, *Unread, bool) {
	switch f.Kind {
	case models.KindID:
		if ids := zh.IDNumbers(p.Source, p.c.Now); len(ids) > 0 {
			id := ids[0]
			if id.Problem != zh.IDFine {
				return Fact{}, whole(p.Source, WhyBadID, Fact{Path: path, Value: id.Text}), true
			}
			return said(path, id.Text, p.Source), nil, true
		}
	case models.KindPhone:
		for _, ph := range zh.Phones(p.Source) {
			return said(path, ph.Number, p.Source), nil, true
		}
	case models.KindBank:
		if ns := bankNumbers(p.Text); len(ns) > 0 {
			n := ns[0]
			if !n.valid {
				return Fact{}, whole(p.Source, WhyImpossible, Fact{Path: path, Value: n.number}), true
			}
			return said(path, n.number, p.Source), nil, true
		}
	}
	digits := 0
	for _, r := range p.Text {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits >= 5 { // a number was meant
		why := WhyImpossible
		if f.Kind == models.KindID {
			why = WhyBadID
		}
		return Fact{}, whole(p.Source, why, Fact{Path: path}), true
	}
	return Fact{}, nil, false
}
