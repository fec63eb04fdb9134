package clears

import "github.com/huhuqing/huhuqing/models"

// ContextOf is the context of a dossier from what the store found around it.
// Numbers registered elsewhere (P05) are not in it: the store refuses them.
func ContextOf(a *models.Around) *Context {
	if a == nil {
		return &Context{}
	}
	c := &Context{
		SchoolBefore: a.SchoolBefore, PoorHelpers: a.PoorHelpers, SameText: a.SameText, SameMeasureShare: a.SameMeasureShare,
		Prices: make(map[string]float64, len(a.Prices)), Spread: make(map[string]Range, len(a.Spread)),
		Village: a.Village, Departed: a.Departed, Load: a.Load, ExitQuarters: a.ExitQuarters,
	}
	for of, price := range a.Prices {
		c.Prices[PriceKey(of.Cat2, of.Unit)] = price
	}
	for class, s := range a.Spread {
		c.Spread[class] = Range{Min: s[0], Max: s[1]}
	}
	for _, l := range a.Leaving {
		if l.All == 0 {
			continue // nobody counted yet: no share to hold against anything
		}
		out := Leaving{Area: l.Area, Level: l.Level, Year: l.Year}
		if l.Level == models.County {
			out.VillageShare = float64(l.Left) / float64(l.All)
		} else {
			out.PoorRate = float64(l.All-l.Left) / float64(l.All)
		}
		c.Leaving = append(c.Leaving, out)
	}
	return c
}
