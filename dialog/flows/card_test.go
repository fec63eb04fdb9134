package flows

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
)

// TestShortcutsOfCards: what a card says without listing its paths is what the list says.
func TestShortcutsOfCards(t *testing.T) {
	c := newConversation(t)
	dice := rand.New(rand.NewPCG(1, 2))
	values := map[string][]string{
		"birth": {"1970-01-01", "2010-09-01", "2017-01-01"}, "health": {"healthy", "chronic", "serious,disabled"}, "labor": {"normal", "weak", "none"},
		"change_type": {"", "died"}, "school_status": {"", "primary_3"}, "edu_level": {"", "primary"}, "hh_status": {"relapsed", "exited", "registered"},
		"house_grade": {"A", "C"}, "house_area": {"0", "96"}, "reloc_will": {"yes", "no"}, "work_months": {"", "9"}, "crop": {"0", "500"},
	}
	opened := 0
	for range 300 {
		f := dialog.NewForm(&c.base.Flow, "new:x", "张大有", 0)
		f.Marks[markToday], f.Marks[markPeriod], f.Marks[markYear] = "2018-11-20", "2018", "2018"
		f.Answers[pathRoster] = []string{"", "m1", "m1,m2,m3"}[dice.IntN(3)]
		if f.Answers[pathRoster] == "" {
			delete(f.Answers, pathRoster)
		}
		share := dice.Float64()
		for _, card := range c.base.Cards {
			for _, p := range append(card.Wants(f), "m1.change_type", "m2.change_type") {
				_, key, _ := refOf(p)
				if of := fieldOf(p); of != nil && key == "" {
					key = of.Key
				}
				if v := values[key]; dice.Float64() > share || len(v) == 0 && dice.IntN(4) == 0 {
					f.Passed[p] = "skip"
				} else if dice.IntN(2) == 0 && len(v) > 0 {
					f.Put(&dialog.Step{}, p, v[dice.IntN(len(v))])
				}
			}
			f.Base[fieldsOfCondition(dice)] = "1"
		}
		for _, card := range c.base.Cards {
			wants := card.Wants(f)
			require.Equal(t, f.AnyOpen(wants), f.AnyOpenOf(card), card.ID())
			for _, p := range wants {
				never := false
				if n, ok := card.(interface{ Never(path string) bool }); ok {
					never = n.Never(p)
				}
				require.False(t, never, "%s %s", card.ID(), p)
			}
			if f.AnyOpen(wants) {
				opened++
			}
		}
	}
	require.Greater(t, opened, 300)
}

// fieldsOfCondition is some field of last year's condition.
func fieldsOfCondition(dice *rand.Rand) string {
	all := conditionPaths()
	return all[dice.IntN(len(all))]
}
