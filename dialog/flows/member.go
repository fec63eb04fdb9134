package flows

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// Marks a form carries beside its answers.
const (
	markToday   = "today"   // ISO date of the turn; set before any card is asked
	markVersion = "version" // version of the household the form began with
	markVillage = "village" // code of the village a new household is in
	markYear    = "year"    // year of the condition rows
	markPeriod  = "period"  // year the income period ends in
	markFocus   = "focus"   // the member a one-by-one card was sent back to
	markCarry   = "carry"   // "no": last year's condition is not to be offered
	markPhoto   = "photo."  // + message key: media of a picture, until the household has an id
	pathRoster  = "roster"  // answer: refs of the members, "m1,m2"
)

// slot is one member of the form.
type slot struct {
	f   *dialog.Form
	ref string // "m1"
}

func (s slot) v(key string) string { return s.f.Value(s.ref + "." + key) }

func (s slot) name() string { return s.v("name") }

// age is the age in years today, -1 when the birth date is unknown.
func (s slot) age() int { return models.Date(s.v("birth")).AgeOn(models.Date(s.f.Marks[markToday])) }

// present mirrors models.Member.Present.
func (s slot) present() bool {
	change := s.v("change_type")
	return change == "" || (&models.Member{Change: change}).Present()
}

// suffers reports whether the member's health has one of the codes; every card
// that is about the ill asks.
func (s slot) suffers(codes ...string) bool {
	for code := range strings.SplitSeq(s.v("health"), ",") {
		if slices.Contains(codes, code) {
			return true
		}
	}
	return false
}

func (s slot) ill() bool { return s.suffers("chronic", "serious") }

// student reports whether the member is at a school of any kind; children
// before school are not.
func (s slot) student() bool {
	st := s.v("school_status")
	return st != "" && st != "preschool_age"
}

// works reports whether the member counts as labour, wholly or in half.
func (s slot) works() bool {
	switch s.v("labor") {
	case "normal", "skilled", "weak":
		return true
	}
	return false
}

// members go through the members of a form, the departed included.
func members(f *dialog.Form) iter.Seq[slot] {
	return func(yield func(slot) bool) {
		t := f.Value(pathRoster)
		for ref := range strings.SplitSeq(t, ",") {
			if t == "" || !yield(slot{f, ref}) {
				return
			}
		}
	}
}

// roster lists the members of a form, the departed included.
func roster(f *dialog.Form) []slot {
	t := f.Value(pathRoster)
	if t == "" {
		return nil
	}
	out := make([]slot, 0, strings.Count(t, ",")+1)
	for ref := range strings.SplitSeq(t, ",") {
		out = append(out, slot{f, ref})
	}
	return out
}

// present lists the members 在册.
func present(f *dialog.Form) []slot {
	all := roster(f)
	out := all[:0]
	for _, s := range all {
		if s.present() {
			out = append(out, s)
		}
	}
	return out
}

// nextRef is a slot number that no member of the form had before.
func nextRef(f *dialog.Form) string {
	top := 0
	for _, s := range roster(f) {
		if n, err := strconv.Atoi(s.ref[1:]); err == nil && n > top {
			top = n
		}
	}
	return "m" + strconv.Itoa(top+1)
}

// refOf splits a member path "m2.health" into its slot and key.
func refOf(path string) (ref, key string, ok bool) {
	ref, key, found := strings.Cut(path, ".")
	if !found || len(ref) < 2 || ref[0] != 'm' || ref[1] < '0' || ref[1] > '9' {
		return "", "", false
	}
	return ref, key, true
}
