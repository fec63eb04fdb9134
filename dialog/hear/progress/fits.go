package progress

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// How well a report fits a measure.
const (
	fitsKind  = 2 // its kind is spoken of
	fitsTitle = 4 // a word of its title is
	fitsText  = 1 // a word of its content is
)

// Fits tells how well the words of a report fit a measure: 0 not at all. sure is
// false when only the kind fits and the thing may be another: 牛 for 养羊.
func (r *Report) Fits(m *models.Measure) (score int, sure bool) {
	other, same := false, false // things that this measure does not name, and does
	for _, a := range r.About {
		kind := slices.Contains(a.Kinds, m.Cat2) || slices.Contains(a.Kinds, m.Cat1)
		text := named(m.Title, a, m.Cat2)
		switch {
		case text:
			score, same = score+fitsTitle, true
		case named(m.Content, a, m.Cat2):
			score, same = score+fitsText, true
		case kind && living(m.Cat2) && thing(strings.TrimSuffix(a.Word, "了")):
			other = true
		}
		if kind {
			score += fitsKind
		}
	}
	return score, same || !other
}

// Kinds are the kinds of measures that the words may be about, each once.
func (r *Report) Kinds() (kinds []string) {
	for _, a := range r.About {
		for _, k := range a.Kinds {
			if !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
		}
	}
	return kinds
}

// named: the text has the word, or of an animal or plant what is behind its signs: 黄牛
// in 养牛, 鸡苗 in 养鸡, 核桃树秧 in 种核桃.
func named(text string, a About, cat2 string) bool {
	word := strings.TrimSuffix(a.Word, "了")
	if strings.Contains(text, word) {
		return true
	}
	if !living(cat2) || !slices.Contains(a.Kinds, cat2) {
		return false
	}
	r := []rune(word)
	if len(r) < 2 {
		return false
	}
	young := strings.TrimRight(word, youngSigns)
	return young != "" && young != word && strings.Contains(text, young) || strings.Contains(text, string(r[len(r)-1:])) && !strings.ContainsRune(youngSigns, r[len(r)-1])
}

// youngSigns stand behind an animal or a plant without changing what it is: 鸡苗, 猪儿.
const youngSigns = "苗秧儿子仔崽树娃"

// thing: an animal or a plant, no word for all of them.
func thing(word string) bool {
	for _, all := range []string{"养殖", "种植", "牲口", "牲畜", "出栏", "存栏", "饲料", "圈里", "产业", "栽", "苗", "移栽", "挂果", "不养", "不喂", "不种", "不栽"} {
		if word == all {
			return false
		}
	}
	return true
}

func titled(m *models.Measure, word string) bool {
	return word == "" || strings.Contains(m.Title+m.Content, word)
}

// inBase are units that measure the same thing, with how many of the smallest
// they are.
var inBase = map[string]struct {
	kind string
	n    float64
}{
	"km": {"length", 1000}, "m": {"length", 1}, "mu": {"area", 10}, "fen": {"area", 1},
	"jin": {"weight", 1}, "kg": {"weight", 2}, "ton": {"weight", 2000}, "wanyuan": {"money", 10000}, "yuan": {"money", 1},
}

// alike: both measure the same thing: 公里 and 米.
func (a Amount) alike(b Amount) bool {
	return a.Unit == b.Unit || inBase[a.Unit].kind != "" && inBase[a.Unit].kind == inBase[b.Unit].kind
}

// size is how much it is in the smallest unit of its kind.
func (a Amount) size() float64 {
	n := float(a.Qty)
	if base, ok := inBase[a.Unit]; ok {
		return n * base.n
	}
	return n
}

// Share is which part of qty in unit an amount is, in per cent; ok is false when
// they measure different things.
func (a Amount) Share(qty models.Dec, unit string) (percent float64, ok bool) {
	done, err := models.ParseDec(a.Qty)
	if err != nil || !done.Known() || qty.N() <= 0 {
		return 0, false
	}
	x, y := inBase[a.Unit], inBase[unit]
	switch {
	case a.Unit == unit, a.Unit == "":
		return done.Float() / qty.Float() * 100, true
	case x.kind != "" && x.kind == y.kind:
		return done.Float() * x.n / (qty.Float() * y.n) * 100, true
	}
	return 0, false
}
