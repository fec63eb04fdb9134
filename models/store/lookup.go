package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// The kinds of look-up rows. Numbers stand there as blind indexes only.
const (
	kindName     = "name"
	kindAlias    = "alias"
	kindPinyin   = "pinyin"
	kindInitials = "initials"
	kindSound    = "sound"
	kindID       = "id"
	kindID6      = "id6" // the last six characters
	kindID4      = "id4"
	kindPhone    = "phone"
	kindPhone6   = "phone6"
	kindPhone4   = "phone4"
)

// lookup is one thing a household can be found by. Owner is the member, or the
// household for its phone; either way it begins with the household's id.
type lookup struct {
	Village string `gorm:"primaryKey"`
	Kind    string `gorm:"primaryKey"`
	Value   string `gorm:"primaryKey"`
	Owner   string `gorm:"primaryKey"`
	Head    bool
}

// maxValue is how many characters a value has at most; longer names are found by other means.
const maxValue = 120

// lookupsOf are all rows of a household, sorted. Those who left stay to be found:
// people go on calling a household after them.
func (s *Store) lookupsOf(f *file) []lookup {
	var out []lookup
	head := f.head()
	for i := range f.Members {
		m := &f.Members[i]
		add := func(kind string, values ...string) {
			for _, v := range values {
				v = strings.TrimSpace(v) // MySQL takes "x" and "x " for equal
				if v != "" && utf8.RuneCountInString(v) <= maxValue {
					out = append(out, lookup{f.Household.Village, kind, v, m.ID, m == head})
				}
			}
		}
		add(kindName, m.Name)
		add(kindAlias, m.Alias...)
		for _, name := range append([]string{m.Name}, m.Alias...) {
			full, initials, sounds := s.reading(name)
			add(kindPinyin, full...)
			add(kindInitials, initials...)
			add(kindSound, sounds...)
		}
		add(kindID, s.blindID(m.IDNo)...)
		add(kindID6, s.blindTails(kindID6, 6, m.IDNo)...)
		add(kindID4, s.blindTails(kindID4, 4, m.IDNo)...)
	}
	if phone := f.Household.Phone.Reveal(); phone != "" {
		for kind, text := range map[string]string{kindPhone: phone, kindPhone6: seal.Tail(phone, 6), kindPhone4: seal.Tail(phone, 4)} {
			if text != "" {
				out = append(out, lookup{f.Household.Village, kind, s.keys.Blind(kind, text), f.Household.ID, true})
			}
		}
	}
	slices.SortFunc(out, compareLookups)
	return slices.CompactFunc(out, func(a, b lookup) bool { return compareLookups(a, b) == 0 })
}

func (s *Store) blindID(id models.IDNumber) []string {
	if id == "" {
		return nil
	}
	return []string{s.keys.Blind(kindID, citizen(id))}
}

// blindTails are the tails of the number as it is written on the card and, on a
// disability card, of the identity number within.
func (s *Store) blindTails(kind string, n int, id models.IDNumber) []string {
	var out []string
	for _, text := range []string{citizen(id), strings.ToUpper(id.Reveal())} {
		if tail := seal.Tail(text, n); tail != "" {
			out = append(out, s.keys.Blind(kind, tail))
		}
	}
	return out
}

// compareLookups orders by key; who is head is no part of it.
func compareLookups(a, b lookup) int {
	for _, c := range []int{
		strings.Compare(a.Kind, b.Kind), strings.Compare(a.Value, b.Value), strings.Compare(a.Owner, b.Owner),
	} {
		if c != 0 {
			return c
		}
	}
	return strings.Compare(a.Village, b.Village)
}

func (e *edit) writeLookups(ctx context.Context) error {
	var want []lookup
	if !e.withdrawn() {
		want = e.s.lookupsOf(e.next)
	}
	if e.old != nil && slices.Equal(e.s.lookupsOf(e.old), want) {
		return nil // most saves change no name and no number
	}
	return e.s.reindex(ctx, e.next.Household.ID, want)
}

// reindex makes the stored rows of a household those wanted. It compares with
// what is stored, not with what should be: pinyin tables and keys change.
func (s *Store) reindex(ctx context.Context, household string, want []lookup) error {
	from, to := span(household)
	var have []lookup
	if err := s.on(ctx).Where("owner >= ? AND owner < ?", from, to).Find(&have).Error; err != nil {
		return err
	}
	for _, l := range have {
		if !slices.Contains(want, l) {
			if err := s.on(ctx).Delete(&l).Error; err != nil {
				return err
			}
		}
	}
	var add []lookup
	for _, l := range want {
		if !slices.Contains(have, l) {
			add = append(add, l)
		}
	}
	return insert(s.on(ctx), add)
}
