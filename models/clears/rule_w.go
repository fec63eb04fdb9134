package clears

import (
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// w01: nobody came for a year.
func w01(r *run) {
	visit := r.d.Household.VisitDate.End()
	if visit.IsZero() {
		return
	}
	today, most := r.now, int(r.limit("visit_months"))
	if visit.AddDate(0, most, 0).Before(today) {
		r.hit("household", r.d.Household.ID, []string{"household.visit_date"}, "head", r.headName(), "n", itoa(months(visit, today)))
	}
}

// w02: the same words as many other households.
func w02(r *run) {
	many := int(r.limit("same_text_households"))
	for _, c := range r.causes {
		if n := r.ctx.SameText[c.Desc]; c.Desc != "" && n >= many {
			r.hit("cause", c.Kind, several("cause", c.n, "desc"), "n", itoa(n))
		}
	}
	for _, w := range r.works {
		if n := r.ctx.SameText[w.Content]; w.Content != "" && n >= many {
			r.hit("measure", w.id(), w.path("content"), "n", itoa(n))
		}
	}
}

// w03: something about to be shown in public tells what is nobody's business.
func w03(r *run) {
	if r.ctx.Publishing != "" && r.leaks(r.ctx.Publishing) {
		r.hit("household", r.d.Household.ID, nil)
	}
}

// leaks looks for long numbers, and for the household's own phone, illnesses
// and words about health.
func (r *run) leaks(text string) bool {
	if Numbers(text) {
		return true
	}
	for i := range r.d.Members {
		m := &r.d.Members[i]
		if m.Disease != "" && strings.Contains(text, m.Disease) {
			return true
		}
		for _, h := range m.Health {
			if it := r.item("health", h); h != "healthy" && it.Label != "" && strings.Contains(text, it.Label) {
				return true
			}
		}
	}
	return false
}

// Numbers reports whether a text holds an ID number, a phone number or a bank
// card number: a run of 11 digits that begins with 1, or of 15 and more.
func Numbers(text string) bool {
	n, first := 0, byte(0)
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] >= '0' && text[i] <= '9' {
			if n == 0 {
				first = text[i]
			}
			n++
			continue
		}
		if n == 11 && first == '1' || n >= 15 {
			return true
		}
		n = 0
	}
	return false
}

// Sensitive are the fields no public text may hold (domain.md §4 W03).
func Sensitive() []string {
	var out []string
	for _, f := range models.Fields() {
		if f.Secret {
			out = append(out, f.Path())
		}
	}
	return out
}
