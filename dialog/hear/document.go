package hear

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readDocuments reads ID numbers, disability certificates, phones and bank accounts.
func (p *pass) readDocuments() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free {
			continue
		}
		switch t.kind {
		case idno:
			p.readID(i)
		case phone:
			if p.may("household.phone") {
				p.put(i, i, "household.phone", t.number, 0)
			}
		case digits:
			if p.may("household.bank_no") {
				p.readBank(i)
			}
		}
		if t.use == claimed {
			p.helpLabels(i)
		}
	}
}

// helpLabels marks the label before a number that named itself.
func (p *pass) helpLabels(i int) {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch {
		case p.toks[j].is(label) && !strings.ContainsAny(p.Text[p.toks[j].s:p.toks[j].e], "话机号卡账折证系码"):
			return // another thing's name
		case p.toks[j].is(label | fill):
			p.toks[j].use = max(p.toks[j].use, helped)
		case p.toks[j].kind == mark && p.toks[j].brk == 0:
		default:
			return
		}
	}
}

func (p *pass) readBank(i int) {
	if t := &p.toks[i]; !luhn(t.number) {
		p.unread(i, i, WhyImpossible, []Fact{p.guess(i, i, "household.bank_no", t.number)})
		return
	}
	p.put(i, i, "household.bank_no", p.toks[i].number, 0)
}

// readID takes an ID number with what it tells: birth, sex, disability. Without
// a name it goes to the only person whose sex and age agree.
func (p *pass) readID(i int) {
	id := *p.toks[i].id
	if id.Problem != zh.IDFine {
		p.unread(i, i, WhyBadID, nil)
		return
	}
	if !p.may("member.id_no") {
		return
	}
	o := opt(0)
	if s := p.about(i); s.fresh == 0 && (len(s.people) != 1 || p.subject[i] < 0 && !p.idAgrees(id, s.people[0])) {
		people := p.whoseID(id)
		if j := i + 1; len(p.c.People) == 0 && j < len(p.toks) && p.toks[j].kind == newname && p.toks[j].use == free {
			p.subs = append(p.subs, p.fresh(j, p.Said(p.toks[j].s, p.toks[j].e), nil, nil, true))
			p.subject[i] = len(p.subs) - 1
			p.toks[j].use = helped
			p.readID(i)
			return
		}
		if len(people) != 1 {
			p.unsure(i, i, p.guesses(p.guess(i, i, "member.id_no", id.Text), "id_no", people))
			return
		}
		p.subs = append(p.subs, subject{people: people})
		p.subject[i], o = len(p.subs)-1, approx
	}
	if id.Kind == 0 || p.asks("member.id_no") {
		p.put(i, i, "member.id_no", id.Text, o)
	}
	if id.Kind > 0 {
		p.putItem(i, "member.disab_type", strconv.Itoa(id.Kind), o)
		p.putItem(i, "member.disab_level", strconv.Itoa(id.Level), o)
		p.putItem(i, "member.health", "残疾", o|approx)
	}
	if d := id.Birth.String(); d != "" {
		p.put(i, i, "member.birth", d, o)
	}
	if id.Sex != "" {
		p.put(i, i, "member.sex", id.Sex, o)
	}
}

// disabilities are the kinds 1 to 7 of the certificate (domain.md §1.2).
var disabilities = [...]string{"", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"}

// putItem makes a fact of a code named by key, label or number.
func (p *pass) putItem(i int, path, name string, o opt) {
	f := fieldOf(path)
	if n, err := strconv.Atoi(name); err == nil && f.Codes == "disab_type" && n < len(disabilities) {
		name = disabilities[n]
	}
	if key, ok := item(p.r.profile, f.Codes, name); ok {
		p.put(i, i, path, key, o)
	}
}

// idAgrees: sex and age of a person do not speak against the number.
func (p *pass) idAgrees(id zh.IDNumber, i int) bool {
	who := p.c.People[i]
	if who.Sex != "" && id.Sex != "" && who.Sex != id.Sex {
		return false
	}
	age := p.c.Now.Year() - id.Birth.Year
	return who.Age < 0 || age-who.Age <= 1 && who.Age-age <= 1
}

// whoseID lists the people whose sex and age agree with the number; those whose
// age is known come before the others.
func (p *pass) whoseID(id zh.IDNumber) []int {
	var agree, aged []int
	for i, who := range p.c.People {
		if p.idAgrees(id, i) {
			agree = append(agree, i)
			if who.Age >= 0 {
				aged = append(aged, i)
			}
		}
	}
	if len(aged) > 0 {
		return aged
	}
	return agree
}

type bankNumber struct {
	s, e   int
	number string
	valid  bool // the Luhn check holds
}

// bankNumbers finds runs of 16 to 19 digits, blanks and hyphens between them allowed.
func bankNumbers(text string) []bankNumber {
	var out []bankNumber
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		var b strings.Builder
		end := i
		j := i
		for ; j < len(text); j++ {
			c := text[j]
			if c >= '0' && c <= '9' {
				b.WriteByte(c)
				end = j + 1
			} else if (c != ' ' && c != '-') || j-end >= 1 {
				break
			}
		}
		if n := b.Len(); n >= 16 && n <= 19 && (j >= len(text) || text[j] != 'X') {
			out = append(out, bankNumber{i, end, b.String(), luhn(b.String())})
		}
		i = end
	}
	return out
}

// luhn is the check of bank card numbers.
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
